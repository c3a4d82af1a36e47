//! The national normograma and the lines of defence (domain 3 and 4).

use entity::Kind;

use super::name_en;
use crate::graph::{
    Declaration,
    declaration::{Lookup, NATIONAL},
    words::*,
};

/// Norma.
pub static NORM: Declaration = Declaration {
    name: "Norm",
    singular: "norm",
    plural: "norms",
    kind: Some(Kind::Norm),
    table: "norm",
    description: "Norma. A law, decree, resolution or circular of the national normograma, which processes and findings \
                  refer to.",
    visibility: NATIONAL,
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        column("code", Text, "code", "Código. Kind, number and year, such as `LEY_87_1993`.").filtered().ordered(),
        name("Norma. As it is cited, such as `Ley 87 de 1993`."),
        column("articles", Text, "articles", "Artículos. Those that matter here; null for all of it.").nullable(),
        column("subject", Text, "subject", "Asunto. What it is about."),
        source(),
        official(),
    ],
    lookups: &[Lookup {
        name: "code",
        description: "Código. Such as `DECRETO_1499_2017`.",
        condition: "{t}.code = {k0}",
        through: None,
    }],
    default_order: &["code"],
};

/// Línea de defensa.
pub static DEFENCE_LINE: Declaration = Declaration {
    name: "DefenceLine",
    singular: "defenceLine",
    plural: "defenceLines",
    kind: Some(Kind::DefenceLine),
    table: "defence_line",
    description: "Línea de defensa. One of the lines of the internal control scheme: who answers for which part of control.",
    visibility: NATIONAL,
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        column("code", Text, "code", "Código. Such as `SEGUNDA`.").filtered().ordered(),
        column("position", Int, "position", "Posición. Its place among the lines; 0 is the strategic one.").ordered(),
        name("Nombre. In Spanish."),
        name_en(),
        column("who", Text, "who", "Quiénes. Who makes up the line."),
        source(),
        official(),
    ],
    lookups: &[Lookup {
        name: "code",
        description: "Código. Such as `SEGUNDA`.",
        condition: "{t}.code = {k0}",
        through: None,
    }],
    default_order: &["position"],
};
