//! The declared graph of the history, and the member `history` of everything that leaves one.

use entity::{
    Kind,
    machinery::{HistoryOperation, ObjectKind},
};

use super::changes::CHANGES;
use crate::{
    access::{rules::Subject, types::ACCOUNT},
    catalogue::ENTITIES,
    graph::{
        Declaration,
        declaration::{About, Member, Owner, Visibility},
        words::*,
    },
    organization::types::{ORGANIZATION, PERSON},
};

static PERSONS: &[&Declaration] = &[&PERSON];

/// As the organization calls its member; national roles act without being one.
const ACTOR_NAME: &str = "COALESCE((SELECT m.name FROM member m WHERE m.account_id = {t}.account_id \
     AND m.organization_id = {t}.organization_id), (SELECT a.name FROM account a WHERE a.id = {t}.account_id))";

const fn actor() -> Member {
    one(
        "actor",
        &ACCOUNT,
        &["account_id"],
        "Autor. The account; null when it was the service itself, or when the viewer does not read the members.",
    )
    .nullable()
}

const fn actor_name() -> Member {
    computed("actorName", Text, ACTOR_NAME, "Nombre del autor. Who it was; null when it was the service itself.")
        .nullable()
        .filtered()
        .grouped()
}

const fn request_id() -> Member {
    column("requestId", Text, "request_id", "Identificador de la petición. As its answer and the log show it.")
        .filtered()
}

const fn recorded_at() -> Member {
    column("recordedAt", DateTime, "recorded_at", "Registrado el. When it was recorded.").filtered().ordered()
}

/// Asiento del historial.
pub static HISTORY_ENTRY: Declaration = Declaration {
    name: "HistoryEntry",
    singular: "historyEntry",
    plural: "historyEntries",
    kind: Some(Kind::HistoryEntry),
    table: "history_entry",
    description: "Asiento del historial. What one act did to one object, sealed with a hash over the entry before it. It \
                  is read by who reads the history and the object; no date changes what it shows.",
    visibility: Visibility {
        subject: Subject::History,
        owner: Owner::Column("organization_id"),
        published: None,
        unit: None,
        involved: None,
        about: Some(About { kind: Some("object_kind"), key: "object_id", among: || ENTITIES }),
    },
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        one("organization", &ORGANIZATION, &["organization_id"], "Organización. To whose chain it belongs.").nullable(),
        column("sequence", BigInt, "sequence", "Número. In the organization's chain, from 1 without gaps.")
            .filtered()
            .ordered(),
        recorded_at(),
        column("act", Text, "act", "Acto. The mutation by its name; `load` for data loaded in bulk.")
            .filtered()
            .ordered()
            .grouped(),
        column("kind", Enum(&ObjectKind::VOCABULARY), "object_kind", "Clase de objeto. What kind of object changed.")
            .filtered()
            .ordered()
            .grouped(),
        figure("object", super::changes::OBJECT, "Objeto. The id of what changed; `node` finds it while it exists."),
        actor(),
        actor_name(),
        column("client", Text, "client", "Cliente. The program through which it was done; null where it is not known.")
            .nullable()
            .filtered()
            .grouped(),
        request_id(),
        column(
            "changeSet",
            Id,
            "change_set_id",
            "Conjunto de cambios. The first entry of the same act: entries with the same value were one act.",
        )
        .nullable()
        .filtered(),
        column(
            "operation",
            Enum(&HistoryOperation::VOCABULARY),
            "operation",
            "Operación. What happened to the object.",
        )
        .filtered()
        .grouped(),
        column("reason", Text, "reason", "Motivo. Where the act asks for one.").nullable(),
        column(
            "backdated",
            Boolean,
            "backdated",
            "Retroactivo. Whether it changed what held before the day it was recorded.",
        )
        .filtered()
        .grouped(),
        figure(
            "changes",
            CHANGES,
            "Cambios. Field by field, before and after; mostly fewer than 20. For data loaded in bulk: how many rows were \
             removed and written.",
        ),
        column(
            "previousHash",
            Text,
            "previous_hash",
            "Huella anterior. The hash of the entry before it; zeros for the first.",
        ),
        column("hash", Text, "hash", "Huella. SHA-256 over the entry and the hash before it, in hexadecimal digits.")
            .filtered(),
    ],
    lookups: &[],
    default_order: &["-recordedAt", "-sequence"],
};

/// Consulta de datos personales.
pub static PERSONAL_DATA_READ: Declaration = Declaration {
    name: "PersonalDataRead",
    singular: "personalDataRead",
    plural: "personalDataReads",
    kind: Some(Kind::PersonalDataRead),
    table: "personal_data_read",
    description: "Consulta de datos personales. Somebody was shown personal data of a person (Ley 1581 de 2012): who, \
                  when, which fields, in which request.",
    visibility: Visibility {
        subject: Subject::History,
        owner: Owner::Column("organization_id"),
        published: None,
        unit: None,
        involved: None,
        about: Some(About { kind: None, key: "person_id", among: || PERSONS }),
    },
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        one("organization", &ORGANIZATION, &["organization_id"], "Organización. Whose person it is.").nullable(),
        one(
            "person",
            &PERSON,
            &["person_id"],
            "Persona. Whose data were shown; null when nothing is kept of such a person.",
        )
        .nullable(),
        actor(),
        actor_name(),
        request_id(),
        recorded_at(),
        column("fields", TextList, "fields", "Campos. The fields of the person that were shown; at most 4."),
    ],
    lookups: &[],
    default_order: &["-recordedAt"],
};

/// `history` of an object.
pub static OF_OBJECT: Member = many(
    "history",
    &HISTORY_ENTRY,
    &["id", "organization_id"],
    "{t}.organization_id = {k1} AND {t}.object_id = {k0}",
    "Historial. What acts did to it, the newest first, for those who read the history.",
)
.nullable()
.unfiltered();

/// `history` of an organization: its whole chain.
pub static OF_ORGANIZATION: Member = many(
    "history",
    &HISTORY_ENTRY,
    &["id"],
    "{t}.organization_id = {k0}",
    "Historial. What acts did to the organization and to all that it owns, the newest first, for those who read the history.",
)
.nullable()
.unfiltered();
