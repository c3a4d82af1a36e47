//! What a request is charged before it runs, and what its answer tells of that.

use std::net::IpAddr;

use async_graphql::parser::types::OperationDefinition;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{
    Engine, GraphRequest, GraphResponse,
    cost::{Cost, told},
    rate::{Caller, Standing},
};
use crate::{
    graph::{
        bridge::Contracted,
        error::{ErrorCode, Refusal},
    },
    reader::collect::Source,
};

/// On what terms a request is served.
#[derive(Clone, Copy, Debug, Default)]
pub struct Terms {
    /// Where it comes from: what visitors are counted by. Without it, nobody who shows no token is limited.
    pub address: Option<IpAddr>,
    /// Does the answer tell what it cost?
    pub tells_cost: bool,
}

/// What a request is charged.
pub(super) struct Charge<'t> {
    /// Its cost at the most.
    pub cost: Cost<'t>,
    /// Why it is not run.
    pub refusal: Option<Refusal>,
    standing: Option<Standing>,
}

impl<C: Contracted> Engine<C> {
    /// Judges the cost of an operation, and takes it from what its caller has left.
    pub(super) fn charge<'d>(
        &self,
        now: DateTime<Utc>,
        request: &GraphRequest,
        source: Source<'d>,
        operation: &'d OperationDefinition,
    ) -> Charge<'_> {
        let cost = self.costs.requested(source, operation);
        let total = cost.total();
        if total > self.max_cost {
            let refusal = self.too_costly(&cost);
            return Charge { cost, refusal: Some(refusal), standing: None };
        }
        let caller = Caller::of(&request.actor, request.client.as_deref(), request.terms.address);
        // Whatever is asked costs something.
        let standing = caller.and_then(|caller| self.rate.take(caller, total.max(1), now));
        let wait = standing.as_ref().and_then(|standing| standing.wait);
        let refusal = wait.map(|seconds| ErrorCode::RateLimited.with("seconds", seconds));
        Charge { cost, refusal, standing }
    }

    fn too_costly(&self, cost: &Cost<'_>) -> Refusal {
        ErrorCode::QueryTooCostly
            .with("cost", told(cost.total()))
            .with("maximum", told(self.max_cost))
            .with("dearest", cost.named())
    }

    /// Puts into an answer what it cost, where that was asked, and how its caller stands.
    pub(super) fn settle<'d>(
        &self,
        charge: Charge<'_>,
        terms: Terms,
        source: Source<'d>,
        operation: &'d OperationDefinition,
        mut response: GraphResponse,
    ) -> GraphResponse {
        response.standing = charge.standing;
        if terms.tells_cost && response.body.last() == Some(&b'}') {
            let answer: Value = serde_json::from_slice(&response.body).unwrap_or_default();
            let actual = self.costs.actual(source, operation, &answer["data"]);
            let cost = json!({
                "requested": told(charge.cost.total()),
                "actual": told(actual.total()),
                "limit": told(self.max_cost),
                "breakdown": charge.cost.breakdown(),
            });
            response.body.pop();
            response.body.extend_from_slice(format!(",\"extensions\":{{\"cost\":{cost}}}}}").as_bytes());
        }
        response
    }
}
