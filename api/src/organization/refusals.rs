//! What the rules found, as the world is told it: the one place where a [`Violation`] becomes a [`Refusal`].

use entity::{Id, organization::org_unit};
use serde_json::Value;
use uuid::Uuid;

use super::rules::Violation;
use crate::{
    graph::error::{ErrorCode, Refusal},
    store::ActFault,
};

/// A violation as a refusal: the code of the same name, its place, and those parameters that the code's text speaks
/// of. Keys of units become ids.
pub fn refusal(violation: &Violation) -> Refusal {
    let code = ErrorCode::ALL.iter().copied().find(|code| code.name() == violation.code);
    debug_assert!(code.is_some(), "{} is not catalogued", violation.code);
    let code = code.unwrap_or(ErrorCode::InvalidArgument);
    let told = violation.params.iter().map(|(name, value)| told(name, value));
    told.filter(|(name, _)| code.entry().params.contains(name))
        .fold(code.at(&violation.path), |refusal, (name, value)| refusal.with(name, value))
}

fn told<'a>(name: &'a str, value: &str) -> (&'a str, Value) {
    match name {
        "limit" => ("maximum", value.parse::<u64>().map_or_else(|_| value.into(), Value::from)),
        "expected" => ("format", value.into()),
        "unit" => match value.parse::<Uuid>() {
            Ok(key) => (name, Id::<org_unit::Entity>::from_uuid(key).opaque().to_string().into()),
            Err(_) => (name, value.into()),
        },
        _ => (name, value.into()),
    }
}

impl From<Violation> for Refusal {
    fn from(violation: Violation) -> Self {
        refusal(&violation)
    }
}

/// Violations as the refusal of an act.
pub fn refused(violations: Vec<Violation>) -> ActFault {
    violations.iter().map(refusal).collect::<Vec<_>>().into()
}

/// Passes when there is no violation.
pub fn pass(violations: Vec<Violation>) -> Result<(), ActFault> {
    if violations.is_empty() { Ok(()) } else { Err(refused(violations)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organization::rules::code;

    #[test]
    fn every_violation_is_catalogued() {
        for name in code::ALL {
            assert_eq!(refusal(&Violation::new(name)).code.name(), *name);
        }
    }

    #[test]
    fn parameters_take_the_names_of_the_catalogue() {
        let long = Violation::new(code::TOO_LONG).with("limit", 20).under(["input", "code"]);
        assert_eq!(refusal(&long), ErrorCode::TooLong.at(["input", "code"]).with("maximum", 20));
        let odd = Violation::new(code::VERSIONS_OVERLAP).with("from", "2025-01-01");
        assert_eq!(refusal(&odd), Refusal::from(ErrorCode::VersionsOverlap));
        let key = Id::<org_unit::Entity>::new();
        let stray = Violation::new(code::SUCCESSOR_NOT_IN_VERSION).with("unit", key.uuid());
        assert_eq!(refusal(&stray).params["unit"], key.opaque().to_string());
    }
}
