//! Broken links: the rows that the catalogue of rules finds.

use entity::{
    OpaqueId,
    insight::{BrokenLinkRule, Severity},
};
use serde_json::Value;

use crate::{
    access::rules::Subject,
    audit::types::FINDING,
    direction::types::DECISION,
    framework::types::REFERENCE_PROCESS,
    graph::{
        Declaration,
        declaration::{Figure, FigureInput, Member, Shape, Sql, drafted},
        error::{ErrorCode, Refusal},
        words::*,
    },
    improvement::types::{IMPROVEMENT_ACTION, IMPROVEMENT_PLAN},
    insight::broken_links::{DEFINITION, Rule, VIEW},
    organization::types::{ORG_UNIT, ORGANIZATION},
    value_chain::types::{ACTIVITY, ALIGNMENT, DOCUMENT_VERSION, FLOW, PROCESS, PROCESS_RESPONSIBILITY},
};

const RULE: (Sql, crate::graph::declaration::Scalar) = (Sql::Column("part"), Int);

const ABOUT: Figure = Figure {
    needs: &[RULE],
    output: &Shape::Object(&DEFINITION),
    arguments: &[],
    compute: |input| Ok(rule(input)?.shown(input.locale)),
    reveals: None,
};

const OBJECT: Figure = Figure {
    needs: &[RULE, (Sql::Column("id"), Id)],
    output: &Shape::Leaf("ID"),
    arguments: &[],
    compute: |input| {
        let uuid = input.cells[1].as_str().and_then(OpaqueId::parse).ok_or(ErrorCode::Internal)?.uuid;
        Ok(Value::from(OpaqueId { number: rule(input)?.object as u8, uuid }.to_string()))
    },
    reveals: None,
};

fn rule(input: &FigureInput<'_>) -> Result<&'static Rule, Refusal> {
    let number = input.cells[0].as_i64().and_then(|number| i16::try_from(number).ok());
    Ok(number.and_then(Rule::numbered).ok_or(ErrorCode::Internal)?)
}

/// The object itself, where it is of this kind.
const fn itself(name: &'static str, kind: &'static Declaration, description: &'static str) -> Member {
    one(name, kind, &["id"], description).nullable().unfiltered()
}

/// Enlace roto.
pub static BROKEN_LINK: Declaration = Declaration {
    name: "BrokenLink",
    singular: "",
    plural: "brokenLinks",
    kind: None,
    table: VIEW,
    description: "Enlace roto. A place of the graph where, on the day asked for, a link is missing or leads nowhere, found by \
                  one of the published rules. It is computed, so it is gone as soon as its cause is.",
    // What is found at findings, plans and decisions is for those who read all of these.
    visibility: drafted(Subject::Processes, "{t}.part < 15"),
    dated: false,
    moment: Within::Asked,
    members: &[
        column("rule", Enum(&BrokenLinkRule::VOCABULARY), "rule", "Regla. By which it was found.")
            .filtered()
            .ordered()
            .grouped(),
        column("severity", Enum(&Severity::VOCABULARY), "severity", "Severidad. How much it matters.")
            .filtered()
            .ordered()
            .grouped(),
        column("weight", Int, "weight", "Peso. How much it counts in the quality score.")
            .filtered()
            .ordered()
            .grouped(),
        figure(
            "about",
            ABOUT,
            "Explicación. What the rule is called, when it finds something, and what to do about it.",
        ),
        figure("object", OBJECT, "Objeto. The id of what it was found at; `node` finds it."),
        one("organization", &ORGANIZATION, &["organization_id"], "Organización. In whose graph it is.").nullable(),
        one("process", &PROCESS, &["process_id"], "Proceso. The process concerned; null where none is.").nullable(),
        one("unit", &ORG_UNIT, &["org_unit_id"], "Dependencia. The unit concerned; null where none is.").nullable(),
        itself("flow", &FLOW, "Flujo. The input or output, where it is one."),
        itself("activity", &ACTIVITY, "Actividad. The activity, where it is one."),
        itself("responsibility", &PROCESS_RESPONSIBILITY, "Responsabilidad. The responsibility, where it is one."),
        itself(
            "documentVersion",
            &DOCUMENT_VERSION,
            "Versión del documento. The version of a document, where it is one.",
        ),
        itself("alignment", &ALIGNMENT, "Alineación. The alignment, where it is one."),
        itself(
            "referenceProcess",
            &REFERENCE_PROCESS,
            "Proceso de referencia. The macroprocess of the national reference of which nothing is said, where it is one.",
        ),
        itself("finding", &FINDING, "Hallazgo. The finding, where it is one."),
        itself("action", &IMPROVEMENT_ACTION, "Acción. The action, where it is one."),
        itself("plan", &IMPROVEMENT_PLAN, "Plan. The plan, where it is one."),
        itself("decision", &DECISION, "Decisión. The decision of senior management, where it is one."),
    ],
    lookups: &[],
    default_order: &["-severity", "rule"],
};
