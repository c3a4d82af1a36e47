//! Rows of the structure, with every value set and every foreign key pointing somewhere.

use entity::{
    Id, Moment, fold,
    organization::{
        AppointmentKind, DocumentKind, OrgUnitKind, ResponsibilityFate, StructureStage, StructureState, SuccessionKind,
        entry_effect, job, legal_act, org_unit, organization, person, post, post_holding, responsibility_transfer,
        structure_transition, structure_version, succession, succession_predecessor, succession_successor,
        unit_version, work_group,
    },
};

use crate::{Bench, day, list, organization::Owner, territory::Land};

/// What access and the value chain hang on.
pub struct People {
    pub person_id: Id<person::Entity>,
    pub org_unit_id: Id<org_unit::Entity>,
    pub post_id: Id<post::Entity>,
    pub succession_id: Id<succession::Entity>,
}

/// The first version of an organization.
pub async fn version(
    bench: &mut Bench,
    organization_id: Id<organization::Entity>,
    legal_act_id: Id<legal_act::Entity>,
) -> Id<structure_version::Entity> {
    let first = structure_version::Model {
        id: Id::new(),
        organization_id,
        number: 1,
        stage: StructureStage::Approved,
        valid_from: Some(day(100)),
        valid_to: Some(day(200)),
        annulled_from: None,
        note: None,
        legal_act_id: Some(legal_act_id),
        repeal_act_id: None,
        base_version_id: None,
        row_version: 1,
    };
    bench.keeps(first.clone()).await;
    first.id
}

/// A unit of an organization.
pub async fn unit(bench: &mut Bench, organization_id: Id<organization::Entity>) -> Id<org_unit::Entity> {
    let unit = org_unit::Model {
        id: Id::new(),
        organization_id,
        name: "Área de Cobertura".into(),
        name_key: fold("Área de Cobertura"),
        row_version: 1,
    };
    bench.keeps(unit.clone()).await;
    unit.id
}

/// One row a table, and what it needs before it.
pub async fn rows(bench: &mut Bench, land: &Land, owner: &Owner) -> People {
    let &Owner { organization_id, legal_act_id } = owner;
    let base = version(bench, organization_id, legal_act_id).await;
    let second = structure_version::Model {
        id: Id::new(),
        organization_id,
        number: 2,
        stage: StructureStage::UnderApproval,
        valid_from: Some(day(200)),
        valid_to: Some(day(300)),
        annulled_from: Some(day(250)),
        note: Some("Rediseño".into()),
        legal_act_id: Some(legal_act_id),
        repeal_act_id: Some(legal_act_id),
        base_version_id: Some(base),
        row_version: 4,
    };
    bench.keeps(second.clone()).await;
    let transition = structure_transition::Model {
        id: Id::new(),
        organization_id,
        structure_version_id: second.id,
        from_state: Some(StructureState::InForce),
        to_state: StructureState::Annulled,
        civil_date: day(250),
        recorded_at: Moment(1_767_225_600_123_456),
        account_id: Id::new(),
        person_id: None,
        act: "annulStructureVersion".into(),
        reason: Some("Sentencia".into()),
    };
    bench.keeps(transition).await;
    let effect = entry_effect::Model {
        structure_version_id: second.id,
        object_id: base.uuid(),
        organization_id,
        next_id: Some(Id::<post_holding::Entity>::new().uuid()),
        valid_to: Some(day(310)),
    };
    bench.keeps(effect).await;
    let (from, to) = (unit(bench, organization_id).await, unit(bench, organization_id).await);
    unit_versions(bench, organization_id, second.id, [from, to]).await;
    let succession_id = successions(bench, organization_id, second.id, [from, to]).await;
    let (person_id, post_id) = staff(bench, land, owner, second.id, to).await;
    let group = work_group::Model {
        id: Id::new(),
        organization_id,
        org_unit_id: to,
        legal_act_id,
        name: "Grupo de Bienestar".into(),
        name_key: fold("Grupo de Bienestar"),
        purpose: Some("Bienestar docente".into()),
        valid_from: day(210),
        valid_to: Some(day(220)),
        row_version: 1,
    };
    bench.keeps(group).await;
    People { person_id, org_unit_id: to, post_id, succession_id }
}

async fn unit_versions(
    bench: &mut Bench,
    organization_id: Id<organization::Entity>,
    structure_version_id: Id<structure_version::Entity>,
    [upper, lower]: [Id<org_unit::Entity>; 2],
) {
    let top = unit_version::Model {
        id: Id::new(),
        organization_id,
        structure_version_id,
        org_unit_id: upper,
        parent_id: None,
        code: "100".into(),
        name: "Despacho del Secretario".into(),
        name_key: fold("Despacho del Secretario"),
        kind: OrgUnitKind::Despacho,
        functions: list(),
        position: 0,
        path: "00".into(),
        depth: 0,
        valid_from: Some(day(200)),
        valid_to: Some(day(300)),
        row_version: 1,
    };
    bench.keeps(top.clone()).await;
    let below = unit_version::Model {
        id: Id::new(),
        org_unit_id: lower,
        parent_id: Some(top.id),
        code: "110".into(),
        kind: OrgUnitKind::Area,
        position: 3,
        path: "00.03".into(),
        depth: 1,
        ..top
    };
    bench.keeps(below).await;
}

async fn successions(
    bench: &mut Bench,
    organization_id: Id<organization::Entity>,
    structure_version_id: Id<structure_version::Entity>,
    [from, to]: [Id<org_unit::Entity>; 2],
) -> Id<succession::Entity> {
    let succession = succession::Model {
        id: Id::new(),
        organization_id,
        structure_version_id,
        kind: SuccessionKind::Suppress,
        responsibilities: Some(ResponsibilityFate::Transferred),
        note: Some("Se suprime".into()),
        valid_from: Some(day(200)),
        row_version: 1,
    };
    let succession_id = succession.id;
    bench.keeps(succession).await;
    bench.keeps(succession_predecessor::Model { succession_id, organization_id, org_unit_id: from }).await;
    bench.keeps(succession_successor::Model { succession_id, organization_id, org_unit_id: to }).await;
    let transfer = responsibility_transfer::Model {
        id: Id::new(),
        organization_id,
        succession_id,
        from_unit_id: from,
        to_unit_id: Some(to),
        process_id: None,
        description: Some("Inspección y vigilancia".into()),
        row_version: 1,
    };
    bench.keeps(transfer).await;
    succession_id
}

async fn staff(
    bench: &mut Bench,
    land: &Land,
    &Owner { organization_id, legal_act_id }: &Owner,
    structure_version_id: Id<structure_version::Entity>,
    org_unit_id: Id<org_unit::Entity>,
) -> (Id<person::Entity>, Id<post::Entity>) {
    let job = job::Model {
        id: Id::new(),
        organization_id,
        job_denomination_id: land.job_denomination_id,
        grade: "02".into(),
        functions: list(),
        legal_act_id: Some(legal_act_id),
        row_version: 1,
    };
    bench.keeps(job.clone()).await;
    let replaced = post::Model {
        id: Id::new(),
        organization_id,
        structure_version_id: Some(structure_version_id),
        job_id: job.id,
        org_unit_id,
        legal_act_id: Some(legal_act_id),
        replaces_id: None,
        valid_from: None,
        valid_to: None,
        row_version: 1,
    };
    bench.keeps(replaced.clone()).await;
    let post = post::Model {
        id: Id::new(),
        replaces_id: Some(replaced.id),
        valid_from: Some(day(200)),
        valid_to: Some(day(300)),
        ..replaced
    };
    bench.keeps(post.clone()).await;
    let person = person::Model {
        id: Id::new(),
        organization_id,
        name: "José Núñez Ibáñez".into(),
        name_key: fold("José Núñez Ibáñez"),
        document_kind: Some(DocumentKind::TemporaryProtectionPermit),
        document_number: Some("0012345".into()),
        email: Some("jose@example.org".into()),
        phone: Some("+57 601 0000000".into()),
        row_version: 1,
        erased_on: None,
    };
    bench.keeps(person.clone()).await;
    let holding = post_holding::Model {
        id: Id::new(),
        organization_id,
        post_id: post.id,
        person_id: person.id,
        appointment: AppointmentKind::Acting,
        legal_act_id: Some(legal_act_id),
        valid_from: day(201),
        valid_to: Some(day(202)),
        row_version: 1,
    };
    bench.keeps(holding).await;
    (person.id, post.id)
}
