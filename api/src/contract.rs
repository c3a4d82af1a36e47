//! What the schema consists of: the entities and acts of all areas, and the few root fields beside them.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use crate::{
    access::types::VIEWER,
    catalogue::ENTITIES,
    execution::{
        act::{AnyAct, mutation},
        limits,
        roots::{Root, ValueField, as_of, of_entities, root_field},
    },
    graph::{
        bridge::{Contract, Contracted, input, register_object, register_shape},
        declaration::{ObjectShape, Shape, ShapeField},
        error::{ErrorCode, Locale, Refusal},
    },
    history::{announced, verify},
    improvement::fields,
    insight::{broken_links, picture, trace, two_maps, work},
};

/// The contract of this service.
pub struct Articula;

impl Contracted for Articula {
    fn contract() -> &'static Contract {
        static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
            let mut query: Vec<_> = fields();
            query.extend(of_entities(ENTITIES).into_iter().map(|(_, field)| field));
            let mutation = acts().iter().map(|act| mutation(*act)).collect();
            Contract { entities: ENTITIES, query, mutation, subscription: vec![announced::changes()] }
        });
        &CONTRACT
    }
}

/// The acts of all areas.
pub fn acts() -> &'static [&'static dyn AnyAct] {
    use crate::access::acts as access;
    use crate::organization::{keeping, legal_act, staff, structure};
    use crate::value_chain::{document, process, relations};
    static ALL: LazyLock<Vec<&dyn AnyAct>> = LazyLock::new(|| {
        let organization = [structure::ACTS, legal_act::ACTS, keeping::ACTS, staff::ACTS].concat();
        let value_chain = [process::ACTS, document::ACTS, relations::ACTS].concat();
        let improvement =
            [crate::audit::ACTS.clone(), crate::improvement::ACTS.clone(), crate::direction::ACTS.clone()].concat();
        [organization, value_chain, improvement, access::ACTS.to_vec()].concat()
    });
    &ALL
}

/// `docs/life-cycles.md`: the life cycles of all areas.
pub fn life_cycles_markdown() -> String {
    use crate::{access::states::member_markdown, life_cycle, organization, value_chain};
    let parts = [
        organization::states::structure_markdown(),
        value_chain::states::controlled_markdown(),
        crate::audit::states::audits_markdown(),
        crate::improvement::states::improvement_markdown(),
        member_markdown(),
    ];
    life_cycle::HEAD.to_owned() + &parts.concat()
}

/// The root fields that are no entity's own.
pub fn roots() -> Vec<(&'static str, Root)> {
    vec![
        ("node", Root::Node),
        ("nodes", Root::Nodes),
        ("viewer", Root::Viewer(&VIEWER)),
        ("trace", Root::Trace),
        ("myWork", Root::Work),
        ("verifyHistory", Root::Stored(&verify::VERIFIED, verify::verify)),
        ("changesPosition", Root::Stored(&announced::POSITION, announced::present)),
        (
            "brokenLinkRules",
            Root::Value(ValueField { shape: &broken_links::DEFINITIONS, compute: broken_links::definitions }),
        ),
        ("improvementPlanFields", Root::Value(ValueField { shape: &fields::FIELDS, compute: fields::listed })),
        ("picture", Root::Drawn(&picture::PICTURE)),
        ("processMapComparison", Root::Drawn(&two_maps::COMPARISON)),
        ("estimateCost", Root::Estimate),
        ("apiLimits", Root::ApiLimits),
        ("enumLabels", Root::Value(ValueField { shape: &LABELS, compute: labels })),
    ]
}

fn fields() -> Vec<crate::graph::bridge::RootField> {
    let id = input("id", "ID!", "Identificador. Any id that the service gave.");
    let ids = input("ids", "[ID!]!", "Identificadores. At most 100.");
    let ty = input("type", "String!", "Tipo. The name of an enum of this schema.");
    let mut labels = root_field(
        "enumLabels",
        "Rótulos. What to show for the values of an enum, in Spanish and English.".to_owned(),
        "[EnumLabel!]",
        vec![ty],
    );
    labels.register = Box::new(|registry| {
        register_object(registry, &LABEL);
    });
    let mut rules = root_field(
        "brokenLinkRules",
        "Reglas de enlaces rotos. The published catalogue: every rule with its weight, 14.".to_owned(),
        "[BrokenLinkDefinition!]",
        vec![],
    );
    rules.register = Box::new(|registry| register_shape(registry, &broken_links::DEFINITIONS));
    let organization = input("organization", "ID!", "Organización. Whose chain is verified.");
    let receipt = input("receipt", "String", "Recibo. The `signature` of a receipt that the chain shall bear out.");
    let mut verification = root_field(
        "verifyHistory",
        "Verificar el historial. Seals every entry of an organization again and says whether all stands as it was written. \
         That the whole chain was written anew only a receipt can show."
            .to_owned(),
        "HistoryVerification",
        vec![organization, receipt],
    );
    verification.register = Box::new(|registry| register_shape(registry, &verify::VERIFIED));
    let mut drawn = root_field(
        "picture",
        "Imagen. A part of the graph, drawn as the viewer may see it: organization chart, process map, SIPOC, alignment heat \
         map, changes of a structure, comparison with the reference, trace, chain of a finding, improvement plan over time, calendar of an audit program. Also at `/pictures/{kind}`."
            .to_owned(),
        "Picture",
        picture::arguments(),
    );
    drawn.register = Box::new(|registry| register_shape(registry, picture::PICTURE.shape));
    let mut beside = root_field(
        "processMapComparison",
        two_maps::DESCRIPTION.to_owned(),
        "ProcessMapComparison",
        two_maps::arguments(),
    );
    beside.register = Box::new(|registry| register_shape(registry, two_maps::COMPARISON.shape));
    let mut all = limits::roots();
    all.extend([
        root_field(
            "node",
            "Nodo. Whatever has this id (Relay); NOT_FOUND when there is nothing that the viewer may read.".to_owned(),
            "Node",
            vec![id, as_of()],
        ),
        root_field(
            "nodes",
            "Nodos. Whatever has these ids, in their order; null with an error where there is nothing.".to_owned(),
            "[Node]",
            vec![ids, as_of()],
        ),
        root_field(
            "viewer",
            "Quien consulta. The account behind the token, and its grants.".to_owned(),
            "Viewer",
            vec![as_of()],
        ),
        trace::root(),
        work::root(),
        announced::changes_position(),
        verification,
        rules,
        fields::root(),
        drawn,
        beside,
        labels,
    ]);
    all
}

const TEXT: Shape = Shape::Leaf("String");
static LABEL: ObjectShape = ObjectShape {
    name: "EnumLabel",
    description: "Rótulo. What to show for a value of an enum.",
    fields: &[
        ShapeField { name: "value", description: "Valor. The value of the enum.", shape: &TEXT, nullable: false },
        ShapeField {
            name: "label",
            description: "Rótulo. In the language of the request.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "es",
            description: "En español. The label in Spanish (es-CO).",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField { name: "en", description: "En inglés. The label in English.", shape: &TEXT, nullable: false },
        ShapeField {
            name: "description",
            description: "Descripción. What the value means.",
            shape: &TEXT,
            nullable: false,
        },
    ],
};
static LABELS: Shape = Shape::List(&Shape::Object(&LABEL));

fn labels(arguments: &Map<String, Value>, locale: Locale) -> Result<Value, Refusal> {
    let name = arguments.get("type").and_then(Value::as_str).unwrap_or_default();
    let vocabulary = entity::VOCABULARIES.iter().find(|vocabulary| vocabulary.name == name);
    let vocabulary = vocabulary.ok_or_else(|| ErrorCode::InvalidArgument.at(["type"]))?;
    let labels = vocabulary.terms.iter().map(|term| {
        let label = locale.label(term);
        json!({ "value": term.name, "label": label, "es": term.es, "en": term.en, "description": term.description })
    });
    Ok(labels.collect())
}
