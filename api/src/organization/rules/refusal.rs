//! A broken rule as the caller is told it: the rule's code in the catalogue of errors, its parameters under the names
//! that the texts use.

use entity::{Id, organization::org_unit};
use serde_json::Value;
use uuid::Uuid;

use super::Violation;
use crate::graph::error::{ErrorCode, Refusal};

impl From<Violation> for Refusal {
    fn from(violation: Violation) -> Self {
        let code = ErrorCode::ALL.iter().find(|code| code.name() == violation.code);
        // Unreachable as long as every rule's code stands in the catalogue, which the test below holds.
        let code = *code.unwrap_or(&ErrorCode::InvalidArgument);
        let known = code.entry().params;
        let mut refusal = code.at(violation.path);
        for (name, value) in violation.params {
            let (name, value) = match name {
                "limit" => ("maximum", value.parse::<i64>().map_or(Value::Null, Value::from)),
                "expected" => ("format", value.into()),
                // Rules name units by their keys where they know no name; the world knows ids.
                "unit" => (name, value.parse().map_or_else(|_| value.as_str().into(), unit_id)),
                name => (name, value.into()),
            };
            // Rules tell more than some texts speak of.
            if known.contains(&name) {
                refusal = refusal.with(name, value);
            }
        }
        refusal
    }
}

fn unit_id(key: Uuid) -> Value {
    Id::<org_unit::Entity>::from_uuid(key).opaque().to_string().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organization::rules::{code, validate};

    #[test]
    fn every_rule_has_its_code_in_the_catalogue() {
        for name in code::ALL {
            assert_eq!(Refusal::from(Violation::new(name)).code.name(), *name);
        }
    }

    #[test]
    fn limits_and_formats_go_by_the_names_of_the_texts() {
        let long = Refusal::from(validate::name(&"a".repeat(201)).expect("too long").under(["input", "name"]));
        assert_eq!((long.code, &long.params["maximum"]), (ErrorCode::TooLong, &Value::from(200)));
        assert_eq!(long.path, ["input", "name"]);
        let odd = Refusal::from(validate::grade("7").expect("malformed"));
        assert_eq!(odd.params["format"], "01…99");
        let key = Uuid::now_v7();
        let stray = Refusal::from(Violation::new(code::SUCCESSOR_NOT_IN_VERSION).with("unit", key));
        assert_eq!(stray.params["unit"], unit_id(key));
        let overlap = Refusal::from(Violation::new(code::HOLDING_OVERLAP).with("from", "2020-01-01"));
        assert!(overlap.params.is_empty());
    }
}
