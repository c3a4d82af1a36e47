//! Staff: jobs, the posts of the planta central, persons, and who fills what.

use entity::{
    Kind,
    organization::{AppointmentKind, DocumentKind},
    territory::JobLevel,
};

use super::*;
use crate::{
    access::{rules::Subject, types::ACCOUNT},
    graph::{
        Declaration,
        declaration::{drafted, owned},
        words::*,
    },
    history::types::PERSONAL_DATA_READ,
    territory::types::JOB_DENOMINATION,
};

/// Empleo.
pub static JOB: Declaration = Declaration {
    name: "Job",
    singular: "job",
    plural: "jobs",
    kind: Some(Kind::Job),
    table: "job",
    description: "Empleo. A denomination and grade with its functions, as the manual of one organization sets them \
                  (Decreto Ley 785 de 2005).",
    visibility: owned(Subject::Staff),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        computed(
            "code",
            Text,
            "(SELECT d.code FROM job_denomination d WHERE d.id = {t}.job_denomination_id)",
            "Código. Of its denomination: three digits as text.",
        )
        .filtered()
        .ordered(),
        column("grade", Text, "grade", "Grado salarial. Two digits as text, with the leading zero.")
            .filtered()
            .ordered()
            .grouped(),
        computed(
            "level",
            Enum(&JobLevel::VOCABULARY),
            "(SELECT d.level FROM job_denomination d WHERE d.id = {t}.job_denomination_id)",
            "Nivel jerárquico. Of its denomination, as the first digit of the code tells.",
        )
        .filtered()
        .ordered()
        .grouped(),
        column("functions", TextList, "functions", "Funciones. In the order of the manual; mostly fewer than 40."),
        one("denomination", &JOB_DENOMINATION, &["job_denomination_id"], "Denominación. In the national nomenclature."),
        legal_act("Acto administrativo. The act that adopts its functions; null where it is not recorded."),
        many("posts", &POST, &["id"], "{t}.job_id = {k0}", "Cargos. The posts of this job on the day asked for.")
            .dated(),
    ],
    lookups: &[],
    default_order: &["code", "grade"],
};

/// Cargo.
pub static POST: Declaration = Declaration {
    name: "Post",
    singular: "post",
    plural: "posts",
    kind: Some(Kind::Post),
    table: "post",
    description: "Cargo. One place of the planta central, in one unit, which one person at a time fills; neither teachers nor \
                  contractors occupy one.",
    visibility: drafted(Subject::Staff, PUBLISHED_WITH_VERSION).of_unit("{t}.org_unit_id"),
    dated: true,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        starts(),
        valid_to(),
        computed(
            "vacant",
            Boolean,
            concat!("(NOT EXISTS (SELECT 1 FROM post_holding h WHERE h.post_id = {t}.id AND ", in_force!("h"), "))"),
            "Vacante. Whether nobody fills it on the day asked for, not even by encargo.",
        )
        .filtered()
        .grouped(),
        one("job", &JOB, &["job_id"], "Empleo. Of which it is one place."),
        one("unit", &ORG_UNIT, &["org_unit_id"], "Dependencia. The unit in which it stands."),
        one(
            "structureVersion",
            &STRUCTURE_VERSION,
            &["structure_version_id"],
            "Versión de la estructura. The version that brings it; null when it was created outside one.",
        )
        .nullable(),
        legal_act("Acto administrativo. The act that creates it; null in a draft or where it is not recorded."),
        one("replaces", &POST, &["replaces_id"], "Reemplaza a. The post that it continues, such as the same place elsewhere.")
            .nullable(),
        few(
            "replacedBy",
            &POST,
            &["id", "organization_id"],
            "{t}.organization_id = {k1} AND {t}.replaces_id = {k0}",
            "{t}.valid_from NULLS LAST, {t}.id",
            "Reemplazado por. The posts that continue it, the oldest first; mostly none or one.",
        ),
        many(
            "holdings",
            &POST_HOLDING,
            &["id"],
            "{t}.post_id = {k0}",
            "Vinculaciones. Who has filled it, over all time.",
        ),
        few(
            "currentHoldings",
            &POST_HOLDING,
            &["id"],
            "{t}.post_id = {k0}",
            "{t}.valid_from, {t}.id",
            "Vinculaciones vigentes. Those of the day asked for: the holder's and, with an encargo, another; at most 5.",
        )
        .dated(),
        few(
            "holders",
            &PERSON,
            &["id"],
            concat!("{t}.id IN (SELECT h.person_id FROM post_holding h WHERE h.post_id = {k0} AND ", in_force!("h"), ")"),
            "{t}.name_key, {t}.id",
            "Quienes lo ocupan. The persons who fill it on the day asked for, by name; at most 5.",
        ),
    ],
    lookups: &[],
    default_order: &["validFrom"],
};

/// Persona.
pub static PERSON: Declaration = Declaration {
    name: "Person",
    singular: "person",
    plural: "persons",
    kind: Some(Kind::Person),
    table: "person",
    description: "Persona. Somebody as one organization knows him or her; document and contact are personal data (Ley 1581 \
                  de 2012), shown to the roles that need them and null to all others.",
    visibility: owned(Subject::Staff),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        name("Nombre. Given names and family names."),
        column(
            "documentKind",
            Enum(&DocumentKind::VOCABULARY),
            "document_kind",
            "Tipo de documento. By what the person is identified; personal data.",
        )
        .personal(),
        column("documentNumber", Text, "document_number", "Número de documento. As it is printed; personal data.")
            .personal(),
        column("email", Text, "email", "Correo electrónico. Personal data.").personal(),
        column("phone", Text, "phone", "Teléfono. Personal data.").personal(),
        column(
            "erasedOn",
            Date,
            "erased_on",
            "Suprimida el. Day on which name and personal data were erased, in the history too; null while they are there.",
        )
        .nullable()
        .filtered(),
        many(
            "personalDataReads",
            &PERSONAL_DATA_READ,
            &["id", "organization_id"],
            "{t}.organization_id = {k1} AND {t}.person_id = {k0}",
            "Consultas de sus datos personales. Who was shown them, the newest first, for those who read the history.",
        )
        .nullable()
        .unfiltered(),
        many(
            "holdings",
            &POST_HOLDING,
            &["id"],
            "{t}.person_id = {k0}",
            "Vinculaciones. The posts filled, over all time.",
        ),
        few(
            "accounts",
            &ACCOUNT,
            &["id"],
            "{t}.id IN (SELECT a.account_id FROM member a WHERE a.person_id = {k0})",
            "{t}.subject, {t}.id",
            "Cuentas. With which the person signs in, for those who keep or review members; mostly one.",
        )
        .nullable()
        .unfiltered(),
    ],
    lookups: &[],
    default_order: &["name"],
};

/// Vinculación.
pub static POST_HOLDING: Declaration = Declaration {
    name: "PostHolding",
    singular: "postHolding",
    plural: "postHoldings",
    kind: Some(Kind::PostHolding),
    table: "post_holding",
    description: "Vinculación. A person fills a post from a day until a day, under a kind of appointment; only an encargo may \
                  overlap another holding of the same post.",
    visibility: owned(Subject::Staff),
    dated: true,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        column(
            "appointment",
            Enum(&AppointmentKind::VOCABULARY),
            "appointment",
            "Tipo de vinculación. The kind of appointment.",
        )
        .filtered()
        .ordered()
        .grouped(),
        valid_from(),
        valid_to(),
        one("post", &POST, &["post_id"], "Cargo. The post that is filled."),
        one("person", &PERSON, &["person_id"], "Persona. Who fills it."),
        legal_act("Acto administrativo. The act of the appointment; null where it is not recorded."),
    ],
    lookups: &[],
    default_order: &["validFrom"],
};
