//! The types of the comparison of two maps.

use crate::graph::{
    declaration::{ObjectShape, Shape},
    words::{shown, shown_or_null},
};

const TEXT: Shape = Shape::Leaf("String");
const COUNT: Shape = Shape::Leaf("Int");
const TRUTH: Shape = Shape::Leaf("Boolean");
const KEY: Shape = Shape::Leaf("ID");
const LEVEL: Shape = Shape::Leaf("ProcessLevel");

static ORGANIZATION: ObjectShape = ObjectShape {
    name: "ComparedOrganization",
    description: "Organización comparada. One of the two whose maps are compared.",
    fields: &[
        shown("id", &KEY, "Identificador. `node` finds it."),
        shown("name", &TEXT, "Nombre. The official name."),
        shown_or_null(
            "own",
            &COUNT,
            "Propios. How many processes it has that the reference does not; null where nothing is compared.",
        ),
    ],
};

static PROCESS: ObjectShape = ObjectShape {
    name: "ComparedProcess",
    description: "Proceso comparado. A process of the reference or of an organization.",
    fields: &[
        shown("id", &KEY, "Identificador. `node` finds it."),
        shown("code", &TEXT, "Código. As its map writes it."),
        shown("name", &TEXT, "Nombre. What it is called."),
    ],
};

static ACT: ObjectShape = ObjectShape {
    name: "ComparedAct",
    description: "Acto administrativo. The one on which what is said rests.",
    fields: &[
        shown("kind", &Shape::Leaf("LegalActKind"), "Clase. What sort of act it is."),
        shown("number", &TEXT, "Número. As it is cited."),
        shown("date", &Shape::Leaf("Date"), "Fecha. On which it was issued."),
    ],
};

static SIDE: ObjectShape = ObjectShape {
    name: "ProcessMapSide",
    description: "Lado de la comparación. What one of the two maps has on a line.",
    fields: &[
        shown(
            "status",
            &Shape::Leaf("AdoptionStatus"),
            "Estado. Adopted, adapted, merged, own; absent also where nothing is said.",
        ),
        shown("said", &TRUTH, "Dicho. Whether the organization says so."),
        shown("unjustifiedGap", &TRUTH, "Brecha sin justificar. Whether it is absent and nobody says why."),
        shown_or_null(
            "process",
            &Shape::Object(&PROCESS),
            "Proceso. That of the organization; null where it is absent, or not to be seen.",
        ),
        shown_or_null("justification", &TEXT, "Justificación. Why it deviates; null where nobody says."),
        shown_or_null(
            "legalAct",
            &Shape::Object(&ACT),
            "Acto administrativo. On which it rests; null where none is named.",
        ),
    ],
};

static LINE: ObjectShape = ObjectShape {
    name: "ProcessMapLine",
    description: "Renglón de la comparación. A process of the national reference, or one that only one of the two has.",
    fields: &[
        shown("standing", &Shape::Leaf("MapStanding"), "Situación. How the two maps stand to it."),
        shown("level", &LEVEL, "Nivel. Of the process of the reference, or of the own one."),
        shown_or_null("referenceProcess", &Shape::Object(&PROCESS), "Proceso de referencia. Null for an own process."),
        shown_or_null(
            "of",
            &Shape::Object(&SIDE),
            "Primera. What the first has; null for an own process of the second.",
        ),
        shown_or_null(
            "with",
            &Shape::Object(&SIDE),
            "Segunda. What the second has; null for an own process of the first.",
        ),
    ],
};

static TALLY: ObjectShape = ObjectShape {
    name: "ProcessMapTally",
    description: "Conteo por nivel. How many processes of the reference, of one level, stand in which way.",
    fields: &[
        shown("level", &LEVEL, "Nivel. Of the processes that are counted."),
        shown("reference", &COUNT, "Referencia. How many the reference has."),
        shown("both", &COUNT, "En ambos. Those that both adopt, adapt or merge."),
        shown("differing", &COUNT, "Distintos. Those of both that the two do not do in the same way."),
        shown("onlyOf", &COUNT, "Solo en el primero. Those that only the first does."),
        shown("onlyWith", &COUNT, "Solo en el segundo. Those that only the second does."),
        shown("neither", &COUNT, "En ninguno. Those absent from both."),
    ],
};

static EXPLANATION: ObjectShape = ObjectShape {
    name: "ProcessMapComparisonExplanation",
    description: "Explicación de la comparación de dos mapas. How its figures were counted.",
    fields: &[shown("formula", &TEXT, "Fórmula. What is counted, and how the counts make each other.")],
};

/// The whole.
pub static COMPARISON: ObjectShape = ObjectShape {
    name: "ProcessMapComparison",
    description: "Comparación de dos mapas de procesos. The maps of two secretariats beside each other on the day asked for, line by line of \
                  the national reference in force.",
    fields: &[
        shown("of", &Shape::Object(&ORGANIZATION), "Primera. The organization whose map stands first."),
        shown("with", &Shape::Object(&ORGANIZATION), "Segunda. The organization with whose map it is compared."),
        shown(
            "levels",
            &Shape::List(&Shape::Object(&TALLY)),
            "Conteos. By level of the reference, macroprocesses first; at most 4, none where there is a `reason`.",
        ),
        shown(
            "lines",
            &Shape::List(&Shape::Object(&LINE)),
            "Renglones. The reference in its order, then what the first has of its own, then what the second has; at most 600.",
        ),
        shown(
            "truncated",
            &TRUTH,
            "Truncada. Whether a level of the reference, or what one has of its own, has more than 100: those are left out.",
        ),
        shown_or_null(
            "reason",
            &TEXT,
            "Motivo. Why there are no figures, in the language of the request: one of the two is no secretariat, or no reference is in force; \
             null when there are.",
        ),
        shown("explain", &Shape::Object(&EXPLANATION), "Explicación. How its figures were counted."),
    ],
};
