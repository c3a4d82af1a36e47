//! Certificates.

use entity::Kind;

use super::*;
use crate::{
    access::{involved, rules::Subject},
    framework::types::FRAMEWORK_EDITION,
    graph::{Declaration, declaration::involving, words::*},
    value_chain::types::PROCESS,
};

/// Certificado.
pub static CERTIFICATE: Declaration = Declaration {
    name: "Certificate",
    singular: "certificate",
    plural: "certificates",
    kind: Some(Kind::Certificate),
    table: "certificate",
    description: "Certificado. What a certification body says of processes, for a time.",
    visibility: involving(Subject::Improvement, involved::CERTIFICATE),
    dated: true,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one(
            "audit",
            &AUDIT,
            &["audit_id"],
            "Auditoría. The one on which it rests; null where it is not recorded, or not read.",
        )
        .nullable(),
        column("body", Text, "body", "Ente certificador. Who certifies.").filtered().ordered(),
        one(
            "edition",
            &FRAMEWORK_EDITION,
            &["framework_edition_id"],
            "Edición. The norm by its edition; null where it is not known here.",
        )
        .nullable(),
        column("standard", Text, "standard", "Norma. As the certificate writes it.").filtered(),
        column("number", Text, "number", "Número. As the certificate writes it.").filtered().ordered(),
        column("scope", Text, "scope", "Alcance. As the certificate writes it; null where it does not.").nullable(),
        many(
            "processes",
            &PROCESS,
            &["id"],
            "{t}.id IN (SELECT x.process_id FROM certificate_process x WHERE x.certificate_id = {k0})",
            "Procesos. Those that it covers.",
        ),
        valid_from(),
        valid_to(),
    ],
    lookups: &[],
    default_order: &["-validFrom", "number"],
};
