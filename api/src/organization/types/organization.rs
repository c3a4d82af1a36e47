//! Organizations, how they are classified, who administers them for a time, and their legal acts.

use entity::{
    Kind,
    organization::{ClassificationScheme, LegalActKind, OrganizationKind},
};

use super::*;
use crate::{
    access::{
        rules::Subject,
        types::{ACCESS_GRANT, API_KEY, MEMBER},
    },
    audit::types::{AUDIT, AUDIT_PROGRAM, CERTIFICATE, FINDING},
    direction::types::{DISSEMINATION, MANAGEMENT_REVIEW},
    graph::{
        Declaration,
        declaration::{Argument, Lookup, Owner, Part, Takes, Visibility, owned},
        words::*,
    },
    improvement::figures::organization::{EXPLAINED, IMPROVEMENT},
    improvement::types::{IMPROVEMENT_ACTION, IMPROVEMENT_PLAN, REPORTING_WINDOW},
    insight::{
        comparison::COMPARISON,
        coverage::{COVERAGE, EDITION},
        quality::QUALITY,
        types::{ALIGNMENT_LINE, BROKEN_LINK, REFERENCE_LINE},
    },
    territory::types::TERRITORIAL_ENTITY,
    value_chain::types::{
        ALIGNMENT, CAPABILITY, CODE_PATTERN, CONTROLLED_DOCUMENT, EXTERNAL_PARTY, PROCESS, PROCESS_NORM,
        PROCESS_RESPONSIBILITY, PROCESS_VERSION, REFERENCE_ADOPTION,
    },
};

const OWN: &str = "{t}.organization_id = {k0}";

/// Organización.
pub static ORGANIZATION: Declaration = Declaration {
    name: "Organization",
    singular: "organization",
    plural: "organizations",
    kind: Some(Kind::Organization),
    table: "organization",
    description: "Organización. A Secretaría de Educación, the Ministry, a partner, or a body that controls or certifies.",
    visibility: Visibility { subject: Subject::Organization, owner: Owner::Column("id"), published: None, unit: None, involved: None, about: None },
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        column("kind", Enum(&OrganizationKind::VOCABULARY), "kind", "Clase. What part it plays in quality management.")
            .filtered()
            .ordered()
            .grouped(),
        name("Nombre. The official name with its accents.").grouped(),
        column("taxId", Text, "tax_id", "NIT. The tax number; null where it is not known.").nullable().filtered().ordered(),
        one(
            "territorialEntity",
            &TERRITORIAL_ENTITY,
            &["territorial_entity_id"],
            "Entidad territorial certificada. The ETC for which a secretariat works; null for any other organization.",
        )
        .nullable(),
        few(
            "classifications",
            &ORGANIZATION_CLASSIFICATION,
            &["id"],
            OWN,
            "{t}.scheme, {t}.valid_from, {t}.id",
            "Clasificaciones. Those that hold on the day asked for, one for each scheme: at most 3.",
        )
        .dated(),
        few(
            "takeovers",
            &TEMPORARY_TAKEOVER,
            &["id"],
            OWN,
            "{t}.valid_from, {t}.id",
            "Administraciones temporales. All over time, the oldest first; mostly none, rarely more than 5.",
        ),
        many("legalActs", &LEGAL_ACT, &["id"], OWN, "Actos administrativos. All that are recorded for it.").nullable(),
        one_where(
            "structure",
            &STRUCTURE_VERSION,
            &["id"],
            OWN,
            "Estructura vigente. The version in force on the day asked for; null when none is.",
        )
        .dated(),
        many(
            "structureVersions",
            &STRUCTURE_VERSION,
            &["id"],
            OWN,
            "Versiones de la estructura. All over time; drafts for those who may read them.",
        )
        .nullable(),
        few(
            "structureDiff",
            &SUCCESSION,
            &["id"],
            "{t}.organization_id = {k0} AND {t}.valid_from > {from} AND {t}.valid_from <= {to}",
            "{t}.valid_from, {t}.id",
            "Diferencia entre dos fechas. What became of units after `from` and until `to`: created, renamed, moved, merged, \
             split, suppressed, each with its act; at most 2,000, in the order in which they took effect.",
        )
        .with(&[
            Argument { name: "from", takes: Takes::Day, description: "Desde. The earlier day; what took effect on it is left out." },
            Argument { name: "to", takes: Takes::Day, description: "Hasta. The later day; what took effect on it is included." },
        ])
        .nullable(),
        many("units", &ORG_UNIT, &["id"], OWN, "Dependencias. Every unit that it has or had, whatever the day.").nullable(),
        many("jobs", &JOB, &["id"], OWN, "Empleos. The jobs of its manual of functions.").nullable(),
        many("posts", &POST, &["id"], OWN, "Cargos. The posts of its staff on the day asked for.").dated().nullable(),
        many("persons", &PERSON, &["id"], OWN, "Personas. All who hold or held a post, or are known to it otherwise.").nullable(),
        many("holdings", &POST_HOLDING, &["id"], OWN, "Vinculaciones. Who fills which post on the day asked for.")
            .dated()
            .nullable(),
        many("workGroups", &WORK_GROUP, &["id"], OWN, "Grupos internos de trabajo. Those of the day asked for.")
            .dated()
            .nullable(),
        few(
            "processMap",
            &PROCESS_VERSION,
            &["id"],
            OWN,
            "{t}.kind, {t}.code, {t}.id",
            "Mapa de procesos. The characterizations that hold on the day asked for, band by band, by code; `parent` tells the \
             tree; at most 2,000.",
        )
        .dated()
        .nullable(),
        many("processes", &PROCESS, &["id"], OWN, "Procesos. Every process that it has or had, whatever the day.").nullable(),
        many(
            "processResponsibilities",
            &PROCESS_RESPONSIBILITY,
            &["id"],
            OWN,
            "Matriz de responsabilidades. Which unit leads, supports, is consulted on or told of which process on the day asked for.",
        )
        .dated()
        .nullable(),
        many("controlledDocuments", &CONTROLLED_DOCUMENT, &["id"], OWN, "Documentos controlados. All that it has or had.")
            .nullable(),
        many("capabilities", &CAPABILITY, &["id"], OWN, "Capacidades. Those of the day asked for.").dated().nullable(),
        many(
            "referenceAdoptions",
            &REFERENCE_ADOPTION,
            &["id"],
            OWN,
            "Adopciones. How its map stands to the national reference on the day asked for, as far as it says.",
        )
        .dated()
        .nullable(),
        many("alignments", &ALIGNMENT, &["id"], OWN, "Alineaciones. What is done for which requirement on the day asked for.")
            .dated()
            .nullable(),
        many("normogram", &PROCESS_NORM, &["id"], OWN, "Normograma. Which process is held to which norm on the day asked for.")
            .dated()
            .nullable(),
        many("externalParties", &EXTERNAL_PARTY, &["id"], OWN, "Partes externas. Who outside gives to its processes or takes from them.")
            .nullable(),
        many("auditPrograms", &AUDIT_PROGRAM, &["id"], OWN, "Programas de auditorías. Which audits it means to do, by years.")
            .nullable(),
        many("audits", &AUDIT, &["id"], OWN, "Auditorías. Those of which it is the audited.").nullable(),
        many("findings", &FINDING, &["id"], OWN, "Hallazgos. What was brought up there.").nullable(),
        many("certificates", &CERTIFICATE, &["id"], OWN, "Certificados. Those that hold on the day asked for.")
            .dated()
            .nullable(),
        many("improvementPlans", &IMPROVEMENT_PLAN, &["id"], OWN, "Planes de mejoramiento. What it undertakes about findings.")
            .nullable(),
        many("improvementActions", &IMPROVEMENT_ACTION, &["id"], OWN, "Acciones de mejora. Those of all its plans.")
            .nullable(),
        figure(
            "improvement",
            IMPROVEMENT,
            "Cifras de mejora. How it closes, and whether what it does lasts, at the day asked for.",
        ),
        figure(
            "explainImprovement",
            EXPLAINED,
            "Explicación de las cifras de mejora. How they are counted on the day asked for, and from which records.",
        ),
        many("reportingWindows", &REPORTING_WINDOW, &["id"], OWN, "Periodos de reporte. When progress may be reported.")
            .nullable(),
        many("managementReviews", &MANAGEMENT_REVIEW, &["id"], OWN, "Revisiones por la dirección. What senior management looked at.")
            .nullable(),
        many("disseminations", &DISSEMINATION, &["id"], OWN, "Socializaciones. What was made known to its units.")
            .nullable(),
        many("brokenLinks", &BROKEN_LINK, &["id"], OWN, "Enlaces rotos. Where links of its graph are missing on the day asked for.")
            .nullable(),
        figure(
            "referenceComparison",
            COMPARISON,
            "Comparación con el mapa de referencia. How its map stands to the national reference on the day asked for.",
        ),
        many(
            "referenceLines",
            &REFERENCE_LINE,
            &["id"],
            OWN,
            "Renglones de la comparación. Every process of the national reference and every own one, on the day asked for.",
        )
        .nullable(),
        figure(
            "alignmentCoverage",
            COVERAGE,
            "Cobertura de la alineación. How many policies of MIPG something leads on the day asked for, in the edition in force or in another.",
        ),
        many(
            "alignmentLines",
            &ALIGNMENT_LINE,
            &["id"],
            OWN,
            "Renglones de la cobertura. Every requirement in force, or of another edition, and what is done for it on the day asked for.",
        )
        .with_optional(EDITION)
        .nullable(),
        figure("quality", QUALITY, "Calidad. How whole its graph is on the day asked for, by the published rules and weights."),
        few(
            "codePatterns",
            &CODE_PATTERN,
            &["id"],
            OWN,
            "{t}.subject, {t}.id",
            "Patrones de codificación. How it writes codes; at most 5.",
        )
        .nullable(),
        many("members", &MEMBER, &["id"], OWN, "Miembros. The accounts that are known to it, for those who keep or review them.")
            .nullable(),
        many(
            "accessGrants",
            &ACCESS_GRANT,
            &["id"],
            OWN,
            "Asignaciones de roles. All over time, for those who keep or review its members.",
        )
        .nullable(),
        many("apiKeys", &API_KEY, &["id"], OWN, "Claves de API. Those that it made, for those who keep or review its members.")
            .nullable(),
    ],
    lookups: &[
        Lookup { name: "taxId", description: "NIT. The tax number, as it is recorded.", condition: "{t}.tax_id = {k0}", through: None },
        Lookup {
            name: "territorialEntity",
            description: "Entidad territorial certificada. The ETC of a secretariat, by one of its own keys.",
            condition: "{t}.territorial_entity_id = {k0}",
            through: Some(&TERRITORIAL_ENTITY),
        },
    ],
    default_order: &["name"],
};

/// Clasificación de una organización.
pub static ORGANIZATION_CLASSIFICATION: Declaration = Declaration {
    name: "OrganizationClassification",
    singular: "organizationClassification",
    plural: "organizationClassifications",
    kind: Some(Kind::OrganizationClassification),
    table: "organization_classification",
    description: "Clasificación de una organización. Its category, region or size over time, as some source assigns it.",
    visibility: owned(Subject::Organization),
    dated: true,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        column("scheme", Enum(&ClassificationScheme::VOCABULARY), "scheme", "Esquema. By what it is classified.")
            .filtered()
            .ordered()
            .grouped(),
        column("value", Text, "value", "Valor. The class under that scheme, in the source's own words.")
            .filtered()
            .ordered()
            .grouped(),
        valid_from(),
        valid_to(),
        column("source", Text, "source", "Fuente. Where it was read: document, data set and edition."),
    ],
    lookups: &[],
    default_order: &["scheme", "validFrom"],
};

/// Administración temporal.
pub static TEMPORARY_TAKEOVER: Declaration = Declaration {
    name: "TemporaryTakeover",
    singular: "temporaryTakeover",
    plural: "temporaryTakeovers",
    kind: Some(Kind::TemporaryTakeover),
    table: "temporary_takeover",
    description: "Administración temporal. The Nation takes over the education service of an ETC for a time, through an \
                  administrator whom the Ministry names (Decreto 028 de 2008).",
    visibility: owned(Subject::Organization),
    dated: true,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        column("administrator", Text, "administrator", "Administrador temporal. Who administers in the Nation's name."),
        legal_act("Acto administrativo. The act that orders it; null where it is not recorded."),
        valid_from(),
        valid_to(),
    ],
    lookups: &[],
    default_order: &["validFrom"],
};

static DOCUMENT_REFERENCE: Part = Part {
    name: "DocumentReference",
    description: "Referencia a un documento. Where a file lies and how to know it again; the file itself is kept elsewhere.",
    members: &[
        column("title", Text, "document_title", "Título. What to show for it.").nullable(),
        column("uri", Url, "document_uri", "Ubicación. Where the file is kept.").nullable(),
        column(
            "mediaType",
            Text,
            "document_media_type",
            "Tipo de contenido. The media type, such as `application/pdf`.",
        )
        .nullable(),
        column("sha256", Text, "document_sha256", "Huella SHA-256. Of the file's bytes, 64 hexadecimal digits.")
            .nullable(),
        column("filingNumber", Text, "filing_number", "Radicado. The number under which it was filed.").nullable(),
    ],
    present: Some(
        "{t}.document_title IS NOT NULL OR {t}.document_uri IS NOT NULL OR {t}.document_media_type IS NOT NULL \
         OR {t}.document_sha256 IS NOT NULL OR {t}.filing_number IS NOT NULL",
    ),
};

/// Acto administrativo.
pub static LEGAL_ACT: Declaration = Declaration {
    name: "LegalAct",
    singular: "legalAct",
    plural: "legalActs",
    kind: Some(Kind::LegalAct),
    table: "legal_act",
    description: "Acto administrativo. The law, decree, ordinance, agreement, resolution or circular on which something rests.",
    visibility: owned(Subject::Structure),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        column("kind", Enum(&LegalActKind::VOCABULARY), "kind", "Clase. The form of the norm or decision.")
            .filtered()
            .ordered()
            .grouped(),
        column("number", Text, "number", "Número. As it is written on the act, such as `0123`.").folded("number_key"),
        column("issuer", Text, "issuer", "Autoridad. Who issued it, such as `Gobernación de Antioquia`.")
            .filtered()
            .ordered()
            .grouped(),
        column("date", Date, "date", "Fecha de expedición. The civil day on which it was issued.").filtered().ordered(),
        column("subject", Text, "subject", "Asunto. What it decides, in its own words.").folded("subject_key"),
        part("document", &DOCUMENT_REFERENCE, "Documento. The file of the act; null when none is recorded."),
        many(
            "structureVersions",
            &STRUCTURE_VERSION,
            &["id"],
            "{t}.legal_act_id = {k0}",
            "Versiones de la estructura. Those that it adopts; drafts for those who may read them.",
        ),
        many(
            "repealedVersions",
            &STRUCTURE_VERSION,
            &["id"],
            "{t}.repeal_act_id = {k0}",
            "Versiones que deroga. The versions of the structure that it repeals.",
        ),
        many(
            "takeovers",
            &TEMPORARY_TAKEOVER,
            &["id"],
            "{t}.legal_act_id = {k0}",
            "Administraciones temporales. Those that it orders, over all time.",
        ),
        many("jobs", &JOB, &["id"], "{t}.legal_act_id = {k0}", "Empleos. Those whose functions it adopts."),
        many("posts", &POST, &["id"], "{t}.legal_act_id = {k0}", "Cargos. Those that it creates, over all time."),
        many(
            "holdings",
            &POST_HOLDING,
            &["id"],
            "{t}.legal_act_id = {k0}",
            "Vinculaciones. The appointments that it makes, over all time.",
        ),
        many(
            "workGroups",
            &WORK_GROUP,
            &["id"],
            "{t}.legal_act_id = {k0}",
            "Grupos internos de trabajo. Those that it makes, over all time.",
        ),
    ],
    lookups: &[],
    default_order: &["date", "number"],
};
