//! What regimes of audit call the kinds of findings.

use entity::{Kind, audit::FindingRegime};

use crate::graph::{Declaration, declaration::NATIONAL, words::*};

/// Tipo de hallazgo.
pub static FINDING_TYPE: Declaration = Declaration {
    name: "FindingType",
    singular: "findingType",
    plural: "findingTypes",
    kind: Some(Kind::FindingType),
    table: "finding_type",
    description: "Tipo de hallazgo. What a regime of audit (ISO, fiscal control, internal control) calls a kind of finding; \
                  a catalogue of the Nation.",
    visibility: NATIONAL,
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        column("regime", Enum(&FindingRegime::VOCABULARY), "regime", "Régimen. Whose word it is.")
            .filtered()
            .ordered()
            .grouped(),
        column("code", Text, "code", "Código. Such as `NC_MAYOR`; unique in its regime.").filtered().ordered(),
        column("position", Int, "position", "Posición. Its place among the types, from 0.").ordered(),
        name("Nombre. In Spanish."),
        column(
            "nameEn",
            Text,
            "name_en",
            "Nombre en inglés. A translation; whether the row is official does not speak of it.",
        ),
        column(
            "kinds",
            TextList,
            "kinds",
            "Clases. The kinds of findings that it names, as words of `FindingKind`, at most 6; whether the row is official \
             does not speak of them.",
        ),
        column(
            "requiresAction",
            Boolean,
            "requires_action",
            "Requiere acción. Whether the regime asks for an action about such a finding.",
        )
        .filtered(),
        source(),
        official(),
    ],
    lookups: &[],
    default_order: &["position"],
};
