//! Rows of organizations and their acts.

use entity::{
    Id, fold,
    organization::{
        ClassificationScheme, LegalActKind, OrganizationKind, legal_act, organization, organization_classification,
        temporary_takeover,
    },
};

use crate::{Bench, day, territory::Land};

/// What the structure hangs on.
pub struct Owner {
    pub organization_id: Id<organization::Entity>,
    pub legal_act_id: Id<legal_act::Entity>,
}

/// An organization without a territory.
pub async fn another(bench: &mut Bench) -> Id<organization::Entity> {
    let partner = organization::Model {
        id: Id::new(),
        kind: OrganizationKind::Partner,
        name: "Fundación aliada".into(),
        name_key: fold("Fundación aliada"),
        tax_id: None,
        territorial_entity_id: None,
        row_version: 1,
    };
    bench.keeps(partner.clone()).await;
    partner.id
}

/// One row a table.
pub async fn rows(bench: &mut Bench, land: &Land) -> Owner {
    let secretariat = organization::Model {
        id: Id::new(),
        kind: OrganizationKind::EducationSecretariat,
        name: "Secretaría de Educación de La Estrella".into(),
        name_key: fold("Secretaría de Educación de La Estrella"),
        tax_id: Some("890980782".into()),
        territorial_entity_id: Some(land.territorial_entity_id),
        row_version: i32::MAX,
    };
    bench.keeps(secretariat.clone()).await;
    let organization_id = secretariat.id;
    let classification = organization_classification::Model {
        id: Id::new(),
        organization_id,
        scheme: ClassificationScheme::Region,
        value: "Región Andina".into(),
        valid_from: day(10),
        valid_to: Some(day(20)),
        source: "MEN".into(),
        row_version: 1,
    };
    bench.keeps(classification).await;
    let act = legal_act::Model {
        id: Id::new(),
        organization_id,
        kind: LegalActKind::Decree,
        number: "0123 BIS".into(),
        number_key: fold("0123 BIS"),
        issuer: "Alcaldía de La Estrella".into(),
        date: day(5),
        subject: "Por el cual se adopta la estructura".into(),
        subject_key: fold("Por el cual se adopta la estructura"),
        document_title: Some("Decreto 0123".into()),
        document_uri: Some("https://example.org/decreto/0123".into()),
        document_media_type: Some("application/pdf".into()),
        document_sha256: Some("0f".repeat(32)),
        filing_number: Some("2024-0001".into()),
        row_version: 2,
    };
    bench.keeps(act.clone()).await;
    let takeover = temporary_takeover::Model {
        id: Id::new(),
        organization_id,
        legal_act_id: Some(act.id),
        administrator: "Ana Peña".into(),
        valid_from: day(6),
        valid_to: Some(day(7)),
        row_version: 3,
    };
    bench.keeps(takeover).await;
    Owner { organization_id, legal_act_id: act.id }
}
