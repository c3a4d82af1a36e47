//! Material, to whom it is made known, and who knows of it.

use entity::{Kind, direction::DisseminationChannel};

use super::*;
use crate::{
    access::{involved, rules::Subject},
    direction::dissemination::COVERAGE,
    graph::{
        Declaration,
        declaration::{Part, involving},
        words::*,
    },
    organization::types::{ORG_UNIT, PERSON},
};

static MATERIAL: Part = file_part!("MaterialFile", "Archivo de un material. Where it lies, outside of this service.");

/// Socialización.
pub static DISSEMINATION: Declaration = Declaration {
    name: "Dissemination",
    singular: "dissemination",
    plural: "disseminations",
    kind: Some(Kind::Dissemination),
    table: "dissemination",
    description: "Socialización. Material that was made known to units.",
    visibility: involving(Subject::Direction, involved::DISSEMINATION),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one(
            "review",
            &MANAGEMENT_REVIEW,
            &["management_review_id"],
            "Revisión. The review that is made known; null for other material, and for whoever does not read \
             it.",
        )
        .nullable(),
        name("Nombre. What is made known."),
        column("channel", Enum(&DisseminationChannel::VOCABULARY), "channel", "Canal. How.")
            .filtered()
            .ordered()
            .grouped(),
        column("publishedOn", Date, "published_on", "Fecha. Day on which it was published.").filtered().ordered(),
        column("note", Text, "note", "Nota. Null mostly.").nullable(),
        part("material", &MATERIAL, "Material. Where it lies."),
        many(
            "audience",
            &ORG_UNIT,
            &["id"],
            "{t}.id IN (SELECT x.org_unit_id FROM dissemination_unit x WHERE x.dissemination_id = {k0})",
            "Audiencia. The units to which it is made known.",
        ),
        figure("coverage", COVERAGE, "Cobertura. Units that acknowledged, of the audience, at the day asked for."),
        many(
            "missing",
            &ORG_UNIT,
            &["id"],
            "{t}.id IN (SELECT x.org_unit_id FROM dissemination_unit x WHERE x.dissemination_id = {k0} \
             AND NOT EXISTS (SELECT 1 FROM acknowledgement k WHERE k.dissemination_id = x.dissemination_id \
             AND k.org_unit_id = x.org_unit_id))",
            "Faltantes. Units of the audience that have not acknowledged it.",
        ),
        few(
            "acknowledgements",
            &ACKNOWLEDGEMENT,
            &["id"],
            "{t}.dissemination_id = {k0}",
            "{t}.acknowledged_on, {t}.id",
            "Acuses de recibo. Which units know of it, the oldest first; at most one of each unit.",
        ),
    ],
    lookups: &[],
    default_order: &["-publishedOn", "name"],
};

/// Acuse de recibo.
pub static ACKNOWLEDGEMENT: Declaration = Declaration {
    name: "Acknowledgement",
    singular: "acknowledgement",
    plural: "acknowledgements",
    kind: Some(Kind::Acknowledgement),
    table: "acknowledgement",
    description: "Acuse de recibo. That a unit knows of the material.",
    visibility: involving(Subject::Direction, involved::OF_DISSEMINATION),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("dissemination", &DISSEMINATION, &["dissemination_id"], "Socialización. The material."),
        one("unit", &ORG_UNIT, &["org_unit_id"], "Dependencia. The unit."),
        one("person", &PERSON, &["person_id"], "Persona. Who acknowledged; null for an account that is nobody.")
            .nullable()
            .unfiltered(),
        column("acknowledgedOn", Date, "acknowledged_on", "Fecha. Day of it.").filtered().ordered(),
        column("note", Text, "note", "Nota. Null mostly.").nullable(),
    ],
    lookups: &[],
    default_order: &["acknowledgedOn"],
};
