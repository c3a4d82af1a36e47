//! The rows that every test finds.

use chrono::NaiveDate;
use entity::{
    Id, Kinded,
    organization::*,
    territory::{JobLevel, TerritorialEntityKind, department, job_denomination, territorial_entity},
};
use sea_orm::{EntityTrait, IntoActiveModel, ModelTrait};

use super::Bench;

type Org = Id<organization::Entity>;

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

async fn put<M>(bench: &mut Bench, name: &str, id: Id<M::Entity>, row: M)
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    M::Entity: EntityTrait<Model = M> + Kinded,
{
    M::Entity::insert(row.into_active_model()).exec_without_returning(&bench.rows).await.expect("inserted");
    bench.call(name, id.opaque());
}

/// The territory, the ministry, and two secretariats that have the same rows: ours, and theirs under `their_…`.
pub async fn lay_out(bench: &mut Bench) {
    territory(bench).await;
    organization(bench, "ministry", OrganizationKind::Ministry, "Ministerio de Educación Nacional", None).await;
    for (prefix, etc) in [("", "etc"), ("their_", "their_etc")] {
        let (org, etc) = (format!("{prefix}org"), Some(bench.key(etc)));
        let org = organization(bench, &org, OrganizationKind::EducationSecretariat, &format!("SE {prefix}"), etc).await;
        structure(bench, prefix, org).await;
        staff(bench, prefix, org).await;
        kept(bench, prefix, org).await;
    }
}

async fn territory(bench: &mut Bench) {
    let department_id = Id::new();
    let row = department::Model {
        id: department_id,
        code: "25".to_owned(),
        name: "Cundinamarca".to_owned(),
        name_key: "cundinamarca".to_owned(),
        source: "test".to_owned(),
        official: true,
    };
    put(bench, "department", department_id, row).await;
    for (name, divipola) in [("etc", "25286"), ("their_etc", "25754"), ("free_etc", "25175")] {
        let id = Id::new();
        let row = territorial_entity::Model {
            id,
            department_id,
            kind: TerritorialEntityKind::Municipality,
            men_code: None,
            divipola: divipola.to_owned(),
            name: name.to_owned(),
            name_key: name.to_owned(),
            aliases: Default::default(),
            search_key: name.to_owned(),
            valid_from: day("2003-01-01"),
            valid_to: None,
            source: "test".to_owned(),
            official: true,
        };
        put(bench, name, id, row).await;
    }
    for (name, code, level) in [("denomination", "219", JobLevel::Professional), ("clerk", "407", JobLevel::Assistance)]
    {
        let id = Id::new();
        let row = job_denomination::Model {
            id,
            code: code.to_owned(),
            name: name.to_owned(),
            name_key: name.to_owned(),
            level,
            source: "test".to_owned(),
            official: true,
        };
        put(bench, name, id, row).await;
    }
}

async fn organization(
    bench: &mut Bench,
    name: &str,
    kind: OrganizationKind,
    title: &str,
    etc: Option<Id<territorial_entity::Entity>>,
) -> Org {
    let id = Id::new();
    let row = organization::Model {
        id,
        kind,
        name: title.to_owned(),
        name_key: entity::fold(title),
        tax_id: None,
        territorial_entity_id: etc,
        row_version: 1,
    };
    put(bench, name, id, row).await;
    id
}

async fn structure(bench: &mut Bench, prefix: &str, organization_id: Org) {
    for (name, number) in [("act", "100"), ("spare_act", "200")] {
        let id = Id::new();
        let row = legal_act::Model {
            id,
            organization_id,
            kind: LegalActKind::Decree,
            number: number.to_owned(),
            number_key: number.to_owned(),
            issuer: "Alcaldía".to_owned(),
            date: day("2019-12-01"),
            subject: "Estructura".to_owned(),
            subject_key: "estructura".to_owned(),
            document_title: Some("Decreto".to_owned()),
            document_uri: None,
            document_media_type: None,
            document_sha256: None,
            filing_number: None,
            row_version: 1,
        };
        put(bench, &format!("{prefix}{name}"), id, row).await;
    }
    let mut units = Vec::new();
    for name in ["unit", "new_unit"] {
        let id = Id::new();
        let (title, name_key) = (name.to_owned(), name.to_owned());
        let row = org_unit::Model { id, organization_id, name: title, name_key, row_version: 1 };
        put(bench, &format!("{prefix}{name}"), id, row).await;
        units.push(id);
    }
    versions(bench, prefix, organization_id, &units).await;
}

async fn versions(bench: &mut Bench, prefix: &str, organization_id: Org, units: &[Id<org_unit::Entity>]) {
    let versions = [
        ("version", StructureStage::Approved, Some(day("2020-01-01"))),
        ("draft", StructureStage::Draft, None),
        ("submitted", StructureStage::UnderApproval, None),
    ];
    for (number, (name, stage, valid_from)) in (1..).zip(versions) {
        let id = Id::new();
        let row = structure_version::Model {
            id,
            organization_id,
            number,
            stage,
            valid_from,
            valid_to: None,
            annulled_from: None,
            note: None,
            repeal_act_id: None,
            legal_act_id: Some(bench.key(&format!("{prefix}act"))),
            base_version_id: None,
            row_version: 1,
        };
        put(bench, &format!("{prefix}{name}"), id, row).await;
        let of_version = if number == 1 { &units[..1] } else { units };
        for (position, unit) in (1..).zip(of_version) {
            unit_version(bench, (organization_id, id, *unit), position, valid_from).await;
        }
    }
}

async fn unit_version(
    bench: &mut Bench,
    (organization_id, structure_version_id, org_unit_id): (Org, Id<structure_version::Entity>, Id<org_unit::Entity>),
    position: i32,
    valid_from: Option<NaiveDate>,
) {
    let id = Id::new();
    let row = unit_version::Model {
        id,
        organization_id,
        structure_version_id,
        org_unit_id,
        parent_id: None,
        code: format!("{position}00"),
        name: "Despacho".to_owned(),
        name_key: "despacho".to_owned(),
        kind: OrgUnitKind::Despacho,
        functions: Default::default(),
        position,
        path: format!("/{position}/"),
        depth: 0,
        valid_from,
        valid_to: None,
        row_version: 1,
    };
    put(bench, "unit_version", id, row).await;
}

async fn staff(bench: &mut Bench, prefix: &str, organization_id: Org) {
    for (name, grade) in [("job", "01"), ("spare_job", "09")] {
        let id = Id::new();
        let row = job::Model {
            id,
            organization_id,
            job_denomination_id: bench.key("denomination"),
            grade: grade.to_owned(),
            functions: Default::default(),
            legal_act_id: None,
            row_version: 1,
        };
        put(bench, &format!("{prefix}{name}"), id, row).await;
    }
    let posts = [
        ("post", Some("2020-01-01"), None, None),
        ("spare_post", Some("2020-01-01"), None, None),
        ("past_post", Some("2020-01-01"), Some("2022-01-01"), None),
        ("future_post", Some("2026-06-01"), None, None),
        ("approved_post", Some("2026-06-01"), None, Some("version")),
        ("draft_post", None, None, Some("draft")),
        ("submitted_post", None, None, Some("submitted")),
    ];
    for (name, from, to, version) in posts {
        let id = Id::new();
        let row = post::Model {
            id,
            organization_id,
            structure_version_id: version.map(|version| bench.key(&format!("{prefix}{version}"))),
            job_id: bench.key(&format!("{prefix}job")),
            org_unit_id: bench.key(&format!("{prefix}unit")),
            legal_act_id: None,
            replaces_id: None,
            valid_from: from.map(day),
            valid_to: to.map(day),
            row_version: 1,
        };
        put(bench, &format!("{prefix}{name}"), id, row).await;
    }
    fillers(bench, prefix, organization_id).await;
}

async fn fillers(bench: &mut Bench, prefix: &str, organization_id: Org) {
    for name in ["person", "other_person", "spare_person"] {
        let id = Id::new();
        let row = person::Model {
            id,
            organization_id,
            name: name.to_owned(),
            name_key: name.to_owned(),
            document_kind: None,
            document_number: None,
            email: None,
            phone: None,
            row_version: 1,
            erased_on: None,
        };
        put(bench, &format!("{prefix}{name}"), id, row).await;
    }
    let holdings =
        [("holding", "post", "2024-01-01", None), ("past_holding", "spare_post", "2021-01-01", Some("2022-01-01"))];
    for (name, post, from, to) in holdings {
        let id = Id::new();
        let row = post_holding::Model {
            id,
            organization_id,
            post_id: bench.key(&format!("{prefix}{post}")),
            person_id: bench.key(&format!("{prefix}person")),
            appointment: AppointmentKind::Provisional,
            legal_act_id: None,
            valid_from: day(from),
            valid_to: to.map(day),
            row_version: 1,
        };
        put(bench, &format!("{prefix}{name}"), id, row).await;
    }
}

async fn kept(bench: &mut Bench, prefix: &str, organization_id: Org) {
    for (name, from, to) in [("group", "2024-01-01", None), ("past_group", "2021-01-01", Some("2022-01-01"))] {
        let id = Id::new();
        let row = work_group::Model {
            id,
            organization_id,
            org_unit_id: bench.key(&format!("{prefix}unit")),
            legal_act_id: bench.key(&format!("{prefix}act")),
            name: name.to_owned(),
            name_key: name.to_owned(),
            purpose: Some("Calidad".to_owned()),
            valid_from: day(from),
            valid_to: to.map(day),
            row_version: 1,
        };
        put(bench, &format!("{prefix}{name}"), id, row).await;
    }
    for (name, from, to) in [("takeover", "2025-01-01", None), ("past_takeover", "2015-01-01", Some("2016-01-01"))] {
        let id = Id::new();
        let row = temporary_takeover::Model {
            id,
            organization_id,
            legal_act_id: None,
            administrator: "Ana".to_owned(),
            valid_from: day(from),
            valid_to: to.map(day),
            row_version: 1,
        };
        put(bench, &format!("{prefix}{name}"), id, row).await;
    }
    let id = Id::new();
    let row = organization_classification::Model {
        id,
        organization_id,
        scheme: ClassificationScheme::Category,
        value: "2".to_owned(),
        valid_from: day("2024-01-01"),
        valid_to: None,
        source: "test".to_owned(),
        row_version: 1,
    };
    put(bench, &format!("{prefix}classification"), id, row).await;
}
