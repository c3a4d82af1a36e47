//! `verifyHistory`: whether the history of an organization stands as it was written.

use entity::{Id, organization::organization};
use futures_util::future::LocalBoxFuture;
use serde_json::{Map, Value};

use super::receipt::ReceiptKey;
use crate::{
    access::{actor::Actor, rules::Subject},
    graph::{
        declaration::{ObjectShape, Shape, ShapeField},
        error::{ErrorCode, Refusal},
    },
    reader::write::object,
    store::{Store, StoreFault, Verified},
};

static VERIFICATION: ObjectShape = ObjectShape {
    name: "HistoryVerification",
    description: "Verificación del historial. Every entry sealed again from what is stored, up to the head of the chain.",
    fields: &[
        ShapeField {
            name: "intact",
            description: "Íntegro. Whether all stands as it was written, and as the receipt says, if one was given.",
            shape: &Shape::Leaf("Boolean"),
            nullable: false,
        },
        ShapeField {
            name: "firstAltered",
            description: "Primer asiento alterado. The number of the first entry that was altered, put in or removed; null: none.",
            shape: &Shape::Leaf("BigInt"),
            nullable: true,
        },
        ShapeField {
            name: "count",
            description: "Asientos verificados. How many follow each other unaltered from the first.",
            shape: &Shape::Leaf("BigInt"),
            nullable: false,
        },
        ShapeField {
            name: "head",
            description: "Huella final. The hash of the last of them; zeros when there is none.",
            shape: &Shape::Leaf("String"),
            nullable: false,
        },
        ShapeField {
            name: "receiptHolds",
            description: "Recibo conforme. Whether the chain has the entry that the receipt proves; null without a receipt.",
            shape: &Shape::Leaf("Boolean"),
            nullable: true,
        },
    ],
};

/// What `verifyHistory` gives.
pub static VERIFIED: Shape = Shape::Object(&VERIFICATION);

/// Verifies the chain of an organization whose history the viewer reads.
pub fn verify<'a>(
    store: &'a Store,
    receipts: &'a ReceiptKey,
    viewer: &'a Actor,
    arguments: &'a Map<String, Value>,
) -> LocalBoxFuture<'a, Result<Value, Refusal>> {
    Box::pin(async move {
        let reach = viewer.reach(Subject::History);
        if reach.is_nothing() {
            return Err(ErrorCode::Forbidden.into());
        }
        let text = |name: &str| arguments.get(name).and_then(Value::as_str);
        let organization = text("organization").and_then(Id::<organization::Entity>::parse);
        let organization = organization.filter(|organization| reach.published.contains(organization.uuid()));
        let organization = organization.ok_or(ErrorCode::NotFound)?;
        let receipt = text("receipt").map(|receipt| receipts.open(receipt)).transpose();
        let receipt = receipt.map_err(|_| ErrorCode::InvalidArgument.at(["receipt"]))?;
        if receipt.as_ref().is_some_and(|receipt| receipt.organization != organization.uuid()) {
            return Err(ErrorCode::InvalidArgument.at(["receipt"]));
        }
        let failed = |fault| unreadable(store, &fault);
        if !store.organization_exists(organization).await.map_err(failed)? {
            return Err(ErrorCode::NotFound.into());
        }
        let verified = store.verify_history(organization, receipt.as_ref()).await;
        Ok(told(&verified.map_err(failed)?))
    })
}

fn unreadable(store: &Store, fault: &StoreFault) -> Refusal {
    if fault.is_stopped() {
        return store.stopped();
    }
    tracing::error!(%fault, "the history could not be read");
    ErrorCode::Internal.into()
}

fn told(verified: &Verified) -> Value {
    object([
        ("intact", verified.is_intact().into()),
        ("firstAltered", verified.first_altered.map_or(Value::Null, |sequence| sequence.to_string().into())),
        ("count", verified.count.to_string().into()),
        ("head", verified.head.clone().into()),
        ("receiptHolds", verified.receipt_holds.map_or(Value::Null, Value::from)),
    ])
}
