//! Rows of the value chain, with every value set and every foreign key pointing somewhere.

use entity::{
    Id, Moment,
    access::{access_grant, access_grant_process, account},
    fold,
    organization::organization,
    value_chain::{
        AdoptionStatus, AlignmentRole, CodeSubject, ControlledDocumentKind, ControlledStage, ControlledState,
        FlowDirection, PhvaPhase, ProcessKind, ProcessLevel, ResponsibilityRole, activity, alignment, capability,
        capability_process, capability_unit, code_pattern, controlled_document, document_transition, document_version,
        external_party, flow, flow_party, flow_process, process, process_norm, process_responsibility,
        process_transition, process_version, reference_adoption,
    },
};

use crate::{Bench, day, framework::National, list, organization::Owner, structure::People};

fn key(text: &str) -> String {
    fold(text)
}

/// One row a table, and what it needs before it.
pub async fn rows(
    bench: &mut Bench,
    owner: &Owner,
    around: &People,
    account_id: Id<account::Entity>,
) -> Id<process::Entity> {
    let &Owner { organization_id, legal_act_id } = owner;
    let process = process::Model {
        id: Id::new(),
        organization_id,
        level: ProcessLevel::Macroprocess,
        code: "Ñ".into(),
        name: "Gestión de la Cobertura".into(),
        name_key: key("Gestión de la Cobertura"),
        published: true,
        row_version: 2,
    };
    bench.keeps(process.clone()).await;
    let base = process_version::Model {
        id: Id::new(),
        organization_id,
        process_id: process.id,
        number: 1,
        stage: ControlledStage::Approved,
        code: "C".into(),
        name: "Cobertura".into(),
        name_key: key("Cobertura"),
        kind: ProcessKind::Core,
        parent_process_id: Some(process.id),
        objective: Some("Llegar a todos".into()),
        scope: Some("Lo oficial".into()),
        starts_with: Some("Proyección".into()),
        ends_with: Some("Matrícula".into()),
        policies: list(),
        resources: list(),
        change_reason: Some("Actualización".into()),
        legal_act_id: Some(legal_act_id),
        base_version_id: None,
        prepared_by_id: Some(around.person_id),
        reviewed_by_id: Some(around.person_id),
        approved_by_id: Some(around.person_id),
        valid_from: Some(day(100)),
        valid_to: Some(day(200)),
        row_version: 3,
    };
    bench.keeps(base.clone()).await;
    let version = process_version::Model { id: Id::new(), number: 2, base_version_id: Some(base.id), ..base };
    bench.keeps(version.clone()).await;
    let step = process_transition::Model {
        id: Id::new(),
        organization_id,
        process_version_id: version.id,
        from_state: Some(ControlledState::Draft),
        to_state: ControlledState::InReview,
        civil_date: day(150),
        recorded_at: Moment(1_700_000_000_000_001),
        account_id,
        person_id: Some(around.person_id),
        act: "processVersionSubmit".into(),
        reason: Some("Lista".into()),
    };
    bench.keeps(step).await;
    parts(bench, organization_id, &version, around).await;
    bench
        .keeps(process_responsibility::Model {
            id: Id::new(),
            organization_id,
            process_id: process.id,
            org_unit_id: around.org_unit_id,
            role: ResponsibilityRole::Consulted,
            note: Some("Antes de decidir".into()),
            succession_id: Some(around.succession_id),
            valid_from: day(100),
            valid_to: Some(day(120)),
            row_version: 1,
        })
        .await;
    document(bench, owner, process.id, around, account_id).await;
    capabilities(bench, organization_id, process.id, around).await;
    process.id
}

async fn parts(
    bench: &mut Bench,
    organization_id: Id<organization::Entity>,
    version: &process_version::Model,
    around: &People,
) {
    let by_unit = activity::Model {
        id: Id::new(),
        organization_id,
        process_version_id: version.id,
        phase: PhvaPhase::Check,
        position: 3,
        description: "Verificar la matrícula".into(),
        record: Some("Acta".into()),
        control_point: true,
        responsible_unit_id: Some(around.org_unit_id),
        responsible_post_id: None,
        row_version: 1,
    };
    bench.keeps(by_unit.clone()).await;
    let by_post = activity::Model {
        id: Id::new(),
        responsible_unit_id: None,
        responsible_post_id: Some(around.post_id),
        ..by_unit.clone()
    };
    bench.keeps(by_post).await;
    let by_both = activity::Model { id: Id::new(), responsible_post_id: Some(around.post_id), ..by_unit };
    bench.insert(by_both).await.expect_err("a unit and a post at once");
    let party = external_party::Model {
        id: Id::new(),
        organization_id,
        name: "Ciudadanía".into(),
        name_key: key("Ciudadanía"),
        description: Some("Quien pide".into()),
        row_version: 1,
    };
    bench.keeps(party.clone()).await;
    let flow = flow::Model {
        id: Id::new(),
        organization_id,
        process_version_id: version.id,
        direction: FlowDirection::Output,
        position: 1,
        name: "Matrícula registrada".into(),
        name_key: key("Matrícula registrada"),
        description: Some("En el SIMAT".into()),
        row_version: 1,
    };
    bench.keeps(flow.clone()).await;
    bench.keeps(flow_process::Model { flow_id: flow.id, organization_id, process_id: version.process_id }).await;
    bench.keeps(flow_party::Model { flow_id: flow.id, organization_id, external_party_id: party.id }).await;
}

async fn document(
    bench: &mut Bench,
    owner: &Owner,
    process_id: Id<process::Entity>,
    around: &People,
    account_id: Id<account::Entity>,
) {
    let &Owner { organization_id, legal_act_id } = owner;
    let document = controlled_document::Model {
        id: Id::new(),
        organization_id,
        process_id,
        kind: ControlledDocumentKind::Instruction,
        code: "N02.04.I05".into(),
        name: "Instructivo de archivo".into(),
        name_key: key("Instructivo de archivo"),
        published: false,
        row_version: 1,
    };
    bench.keeps(document.clone()).await;
    let version = document_version::Model {
        id: Id::new(),
        organization_id,
        controlled_document_id: document.id,
        number: 1,
        stage: ControlledStage::InReview,
        code: "N02.04.I05".into(),
        name: "Instructivo de archivo".into(),
        name_key: key("Instructivo de archivo"),
        document_title: Some("Instructivo.pdf".into()),
        document_uri: Some("https://example.org/i".into()),
        document_media_type: Some("application/pdf".into()),
        document_sha256: Some("a".repeat(64)),
        filing_number: Some("2024-1".into()),
        change_reason: Some("Nueva norma".into()),
        next_review: Some(day(400)),
        legal_act_id: Some(legal_act_id),
        prepared_by_id: Some(around.person_id),
        reviewed_by_id: Some(around.person_id),
        approved_by_id: Some(around.person_id),
        valid_from: Some(day(100)),
        valid_to: Some(day(500)),
        row_version: 1,
    };
    bench.keeps(version.clone()).await;
    bench
        .keeps(document_transition::Model {
            id: Id::new(),
            organization_id,
            document_version_id: version.id,
            from_state: Some(ControlledState::InReview),
            to_state: ControlledState::Draft,
            civil_date: day(99),
            recorded_at: Moment(1),
            account_id,
            person_id: Some(around.person_id),
            act: "documentVersionReturn".into(),
            reason: Some("Falta algo".into()),
        })
        .await;
}

async fn capabilities(
    bench: &mut Bench,
    organization_id: Id<organization::Entity>,
    process_id: Id<process::Entity>,
    around: &People,
) {
    let capability = capability::Model {
        id: Id::new(),
        organization_id,
        name: "Planear la oferta".into(),
        name_key: key("Planear la oferta"),
        description: Some("Saber cuántos cupos".into()),
        valid_from: day(1),
        valid_to: Some(day(900)),
        row_version: 1,
    };
    bench.keeps(capability.clone()).await;
    bench
        .keeps(capability_process::Model {
            id: Id::new(),
            organization_id,
            capability_id: capability.id,
            process_id,
            weight: 60,
            row_version: 1,
        })
        .await;
    bench
        .keeps(capability_unit::Model {
            capability_id: capability.id,
            organization_id,
            org_unit_id: around.org_unit_id,
        })
        .await;
    bench
        .keeps(code_pattern::Model {
            id: Id::new(),
            organization_id,
            subject: CodeSubject::Document,
            pattern: "{parent}.A99".into(),
            row_version: 1,
        })
        .await;
}

/// How an organization stands to national rows, and a grant that is limited to a process.
pub async fn references(
    bench: &mut Bench,
    owner: &Owner,
    grant: Id<access_grant::Entity>,
    around: &People,
    national: &National,
) {
    let &Owner { organization_id, legal_act_id } = owner;
    let process = process::Model {
        id: Id::new(),
        organization_id,
        level: ProcessLevel::Process,
        code: "C01".into(),
        name: "Matrícula".into(),
        name_key: key("Matrícula"),
        published: false,
        row_version: 1,
    };
    bench.keeps(process.clone()).await;
    let adapted = reference_adoption::Model {
        id: Id::new(),
        organization_id,
        reference_process_id: Some(national.reference_process_id),
        process_id: Some(process.id),
        status: AdoptionStatus::Adapted,
        justification: Some("Por tamaño".into()),
        legal_act_id: Some(legal_act_id),
        valid_from: day(3),
        valid_to: Some(day(4)),
        row_version: 1,
    };
    bench.keeps(adapted.clone()).await;
    let own = reference_adoption::Model { id: Id::new(), status: AdoptionStatus::Own, ..adapted.clone() };
    bench.insert(own).await.expect_err("an own process is none of the reference");
    let absent = reference_adoption::Model { id: Id::new(), status: AdoptionStatus::Absent, ..adapted };
    bench.insert(absent).await.expect_err("an absent process is none of ours");
    let norm = process_norm::Model {
        id: Id::new(),
        organization_id,
        process_id: process.id,
        norm_id: Some(national.norm_id),
        name: None,
        articles: Some("art. 7".into()),
        subject: Some("Competencias".into()),
        valid_from: day(3),
        valid_to: Some(day(4)),
        row_version: 1,
    };
    bench.keeps(norm.clone()).await;
    let own = process_norm::Model { id: Id::new(), norm_id: None, name: Some("Acuerdo 5".into()), ..norm.clone() };
    bench.keeps(own).await;
    let both = process_norm::Model { id: Id::new(), name: Some("Acuerdo 5".into()), ..norm };
    bench.insert(both).await.expect_err("a norm of the catalogue and one of its own at once");
    let alignment = alignment::Model {
        id: Id::new(),
        organization_id,
        requirement_id: national.requirement_id,
        role: AlignmentRole::Contributes,
        rationale: Some("Atiende al ciudadano".into()),
        process_id: Some(process.id),
        org_unit_id: None,
        controlled_document_id: None,
        capability_id: None,
        valid_from: day(3),
        valid_to: Some(day(4)),
        row_version: 1,
    };
    bench.keeps(alignment.clone()).await;
    let two = alignment::Model { id: Id::new(), org_unit_id: Some(around.org_unit_id), ..alignment.clone() };
    bench.insert(two).await.expect_err("two subjects at once");
    let none = alignment::Model { id: Id::new(), process_id: None, ..alignment };
    bench.insert(none).await.expect_err("no subject");
    let access_grant_id = grant;
    bench.keeps(access_grant_process::Model { access_grant_id, organization_id, process_id: process.id }).await;
}
