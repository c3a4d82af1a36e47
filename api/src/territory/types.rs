//! The declared graph of the territory and of the national catalogues. Everyone who is signed in reads it.

use entity::{
    Kind,
    organization::OrgUnitKind,
    territory::{JobLevel, TerritorialEntityKind},
};

use crate::{
    graph::{
        Declaration,
        declaration::{Lookup, NATIONAL},
        words::*,
    },
    organization::types::{JOB, ORGANIZATION},
};

/// Departamento.
pub static DEPARTMENT: Declaration = Declaration {
    name: "Department",
    singular: "department",
    plural: "departments",
    kind: Some(Kind::Department),
    table: "department",
    description: "Departamento. A first-level division of Colombia, or Bogotá, D. C., as DIVIPOLA lists them.",
    visibility: NATIONAL,
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        column("code", Text, "code", "Código DIVIPOLA. Two digits as text, with the leading zero, such as `05`.")
            .filtered()
            .ordered(),
        name("Nombre. The official name with its accents."),
        source(),
        official(),
        many(
            "municipalities",
            &MUNICIPALITY,
            &["id"],
            "{t}.department_id = {k0}",
            "Municipios. All of the department, ended ones among them, certified or not.",
        ),
        many(
            "territorialEntities",
            &TERRITORIAL_ENTITY,
            &["id"],
            "{t}.department_id = {k0}",
            "Entidades territoriales certificadas. Those that lie in the department on the day asked for, its own among them.",
        )
        .dated(),
    ],
    lookups: &[Lookup {
        name: "code",
        description: "Código DIVIPOLA. Two digits, such as `05`.",
        condition: "{t}.code = {k0}",
        through: None,
    }],
    default_order: &["name"],
};

/// Municipio.
pub static MUNICIPALITY: Declaration = Declaration {
    name: "Municipality",
    singular: "municipality",
    plural: "municipalities",
    kind: Some(Kind::Municipality),
    table: "municipality",
    description: "Municipio. A municipality or non-municipalized area of DIVIPOLA; an abolished one stays, with its end.",
    visibility: NATIONAL,
    // Not dated: the first day of nearly all of them lies before anything recorded here and is empty.
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        column("code", Text, "code", "Código DIVIPOLA. Five digits as text; the first two are the department's.")
            .filtered()
            .ordered(),
        name("Nombre. The official name with its accents."),
        valid_from().nullable(),
        valid_to(),
        computed(
            "inForce",
            Boolean,
            "(({t}.valid_from IS NULL OR {t}.valid_from <= {m}) AND ({t}.valid_to IS NULL OR {t}.valid_to > {m}))",
            "Vigente. Whether the municipality exists on the day asked for.",
        )
        .filtered()
        .grouped(),
        source(),
        official(),
        one("department", &DEPARTMENT, &["department_id"], "Departamento. The one to which it belongs."),
        many(
            "coverages",
            &COVERAGE,
            &["id"],
            "{t}.municipality_id = {k0}",
            "Coberturas. Every ETC that has administered its schools, over all time.",
        ),
        one_where(
            "territorialEntity",
            &TERRITORIAL_ENTITY,
            &["id"],
            concat!(
                "{t}.id = (SELECT c.territorial_entity_id FROM coverage c WHERE c.municipality_id = {k0} AND ",
                in_force!("c"),
                " ORDER BY c.valid_from DESC LIMIT 1)"
            ),
            "Entidad territorial certificada. The ETC that administers its schools on the day asked for; exactly one \
             from 2011-01-01 on, null before.",
        ),
    ],
    lookups: &[Lookup {
        name: "code",
        description: "Código DIVIPOLA. Five digits, such as `25286`.",
        condition: "{t}.code = {k0}",
        through: None,
    }],
    default_order: &["name"],
};

/// Entidad territorial certificada.
pub static TERRITORIAL_ENTITY: Declaration = Declaration {
    name: "TerritorialEntity",
    singular: "territorialEntity",
    plural: "territorialEntities",
    kind: Some(Kind::TerritorialEntity),
    table: "territorial_entity",
    description: "Entidad territorial certificada (ETC). A department, district or municipality that is certified to run \
                  the schools of its territory (Ley 715 de 2001). Their number has grown over the years.",
    visibility: NATIONAL,
    dated: true,
    moment: Within::Asked,
    members: &[
        id(),
        column(
            "kind",
            Enum(&TerritorialEntityKind::VOCABULARY),
            "kind",
            "Clase. Whether it is a department, a district or a municipality.",
        )
        .filtered()
        .ordered()
        .grouped(),
        column(
            "menCode",
            Text,
            "men_code",
            "Código MEN. The Ministry's own number, such as `3758`: no DIVIPOLA code; null where it is not known.",
        )
        .nullable()
        .filtered()
        .ordered(),
        column(
            "divipola",
            Text,
            "divipola",
            "Código DIVIPOLA. Two digits for a department, five for a district or municipality, as text.",
        )
        .filtered()
        .ordered(),
        name("Nombre. The official name with its accents."),
        column("aliases", TextList, "aliases", "Otros nombres. Under which sources mention it; mostly fewer than 5."),
        column(
            "searchText",
            Text,
            "search_key",
            "Texto de búsqueda. Name and other names together, without accents, in lower case: made for `contains`.",
        )
        .folded("search_key"),
        valid_from(),
        valid_to(),
        source(),
        official(),
        one(
            "department",
            &DEPARTMENT,
            &["department_id"],
            "Departamento. The one in which it lies; a departmental ETC lies in itself.",
        ),
        one_where(
            "organization",
            &ORGANIZATION,
            &["id"],
            "{t}.territorial_entity_id = {k0}",
            "Secretaría de Educación (SE). The organization that runs the schools for it; null when none is recorded.",
        ),
        many(
            "coverages",
            &COVERAGE,
            &["id"],
            "{t}.territorial_entity_id = {k0}",
            "Coberturas. Every municipality that it has administered, over all time.",
        ),
        many(
            "municipalities",
            &MUNICIPALITY,
            &["id"],
            concat!(
                "{t}.id IN (SELECT c.municipality_id FROM coverage c WHERE c.territorial_entity_id = {k0} AND ",
                in_force!("c"),
                ")"
            ),
            "Municipios. Those whose schools it administers on the day asked for; a departmental ETC has only the ones \
             that are not certified themselves.",
        ),
        computed(
            "municipalityCount",
            Int,
            concat!(
                "CAST((SELECT count(*) FROM coverage c WHERE c.territorial_entity_id = {t}.id AND ",
                in_force!("c"),
                ") AS INTEGER)"
            ),
            "Número de municipios. How many municipalities it administers on the day asked for, from 0.",
        )
        .filtered()
        .ordered(),
    ],
    lookups: &[
        Lookup {
            name: "menCode",
            description: "Código MEN. The Ministry's number, such as `3758`.",
            condition: "{t}.men_code = {k0}",
            through: None,
        },
        Lookup {
            name: "divipola",
            description: "Código DIVIPOLA. Two or five digits, such as `05` or `05001`; always known.",
            condition: "{t}.divipola = {k0}",
            through: None,
        },
    ],
    default_order: &["name"],
};

/// Cobertura.
pub static COVERAGE: Declaration = Declaration {
    name: "Coverage",
    singular: "",
    plural: "coverage",
    kind: Some(Kind::Coverage),
    table: "coverage",
    description: "Cobertura. Says which ETC administers the schools of a municipality, from a day until a day.",
    visibility: NATIONAL,
    dated: true,
    moment: Within::Asked,
    members: &[
        id(),
        valid_from(),
        valid_to(),
        source(),
        official(),
        column(
            "datesOfficial",
            Boolean,
            "dates_official",
            "Fechas oficiales. Whether both dates come from an act; false where only the year is known, which then \
             begins on 1 January.",
        )
        .filtered()
        .grouped(),
        one(
            "territorialEntity",
            &TERRITORIAL_ENTITY,
            &["territorial_entity_id"],
            "Entidad territorial certificada. The ETC that administers.",
        ),
        one("municipality", &MUNICIPALITY, &["municipality_id"], "Municipio. The one whose schools are administered."),
    ],
    lookups: &[],
    default_order: &["validFrom"],
};

/// Tipo de dependencia.
pub static UNIT_KIND: Declaration = Declaration {
    name: "UnitKind",
    singular: "unitKind",
    plural: "unitKinds",
    kind: Some(Kind::UnitKind),
    table: "unit_kind",
    description: "Tipo de dependencia. The national catalogue of the kinds of units, and where each usually hangs.",
    visibility: NATIONAL,
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        column("code", Enum(&OrgUnitKind::VOCABULARY), "code", "Código. The word that units carry as their kind.")
            .filtered()
            .ordered(),
        name("Nombre. In Spanish."),
        column("nameEn", Text, "name_en", "Nombre en inglés. The same in English."),
        column(
            "typicalParents",
            TextList,
            "typical_parents",
            "Dependencias superiores típicas. Kinds under which it usually hangs, as words of `OrgUnitKind`, at most 10; \
             empty: at the top or anywhere.",
        ),
        source(),
        official(),
    ],
    lookups: &[],
    default_order: &["code"],
};

/// Denominación de empleo.
pub static JOB_DENOMINATION: Declaration = Declaration {
    name: "JobDenomination",
    singular: "jobDenomination",
    plural: "jobDenominations",
    kind: Some(Kind::JobDenomination),
    table: "job_denomination",
    description: "Denominación de empleo. A denomination of the nomenclature of territorial jobs, with its code and level \
                  (Decreto Ley 785 de 2005).",
    visibility: NATIONAL,
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        column("code", Text, "code", "Código. Three digits as text; the first tells the level.").filtered().ordered(),
        name("Denominación. As the decree writes it, such as `Profesional Universitario`."),
        column("level", Enum(&JobLevel::VOCABULARY), "level", "Nivel jerárquico. The level of the jobs called so.")
            .filtered()
            .ordered()
            .grouped(),
        source(),
        official(),
        many(
            "jobs",
            &JOB,
            &["id"],
            "{t}.job_denomination_id = {k0}",
            "Empleos. The jobs of this denomination, in the organizations whose staff the viewer reads.",
        )
        .nullable(),
    ],
    lookups: &[Lookup {
        name: "code",
        description: "Código. Three digits, such as `219`.",
        condition: "{t}.code = {k0}",
        through: None,
    }],
    default_order: &["code"],
};
