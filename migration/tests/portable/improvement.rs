//! Rows of audits, improvement and senior management, with every value set and every foreign key pointing somewhere.

use entity::{
    Amount, Id, Moment,
    access::account,
    audit::{
        AuditKind, AuditState, ChecklistResult, FindingKind, FindingOrigin, FindingRegime, FindingSeverity,
        FindingState, IncidenceKind, ProgramState, ReportStage, TeamRole, audit, audit_criterion, audit_program,
        audit_program_transition, audit_report, audit_scope, audit_team_member, audit_transition, certificate,
        certificate_process, checklist_item, finding, finding_incidence, finding_process, finding_requirement,
        finding_response, finding_transition, finding_type, finding_unit,
    },
    direction::{
        DisseminationChannel, ReviewKind, ReviewState, acknowledgement, decision, dissemination, dissemination_unit,
        management_review,
    },
    improvement::{
        ActionKind, ActionResult, ActionState, CauseCategory, CauseMethod, ControlStatus, DecisionCapacity, PlanKind,
        PlanState, ReformulationState, action_activity, action_finding, action_transition, action_unit, cause_analysis,
        effectiveness_review, evidence, improvement_action, improvement_plan, plan_finding, plan_transition,
        progress_rating, progress_report, reformulation, reformulation_decision, reporting_window,
    },
    value_chain::process,
};

use crate::{Bench, day, framework::National, list, organization::Owner, structure::People};

/// One row a table.
pub async fn rows(
    bench: &mut Bench,
    owner: &Owner,
    around: &People,
    national: &National,
    process_id: Id<process::Entity>,
    account_id: Id<account::Entity>,
) {
    let organization_id = owner.organization_id;
    let audit_program = audit_program::Model {
        id: Id::new(),
        organization_id,
        year: 3,
        name: "Año ñandú".into(),
        name_key: "1.2.ñ".into(),
        objective: Some("Año ñandú".into()),
        state: ProgramState::Approved,
        approved_by_id: Some(around.person_id),
        row_version: 2,
    };
    bench.keeps(audit_program.clone()).await;
    let audit_program_transition = audit_program_transition::Model {
        id: Id::new(),
        organization_id,
        audit_program_id: audit_program.id,
        from_state: Some(ProgramState::Approved),
        to_state: ProgramState::Approved,
        civil_date: day(104),
        recorded_at: Moment(1_700_000_000_000_001),
        account_id,
        person_id: Some(around.person_id),
        act: "1.2.ñ".into(),
        reason: Some("Año ñandú".into()),
    };
    bench.keeps(audit_program_transition.clone()).await;
    let audit = audit::Model {
        id: Id::new(),
        organization_id,
        code: "1.2.ñ".into(),
        name: "Año ñandú".into(),
        name_key: "1.2.ñ".into(),
        kind: AuditKind::InternalControl,
        state: AuditState::Prepared,
        audit_program_id: Some(audit_program.id),
        auditing_organization_id: Some(organization_id),
        auditing_body: Some("Año ñandú".into()),
        followed_audit_id: None,
        objective: Some("Año ñandú".into()),
        planned_from: day(111),
        planned_to: day(112),
        started_on: Some(day(113)),
        ended_on: Some(day(114)),
        conclusions: Some("Año ñandú".into()),
        row_version: 2,
    };
    bench.keeps(audit.clone()).await;
    let audit_transition = audit_transition::Model {
        id: Id::new(),
        organization_id,
        audit_id: audit.id,
        from_state: Some(AuditState::Prepared),
        to_state: AuditState::Prepared,
        civil_date: day(104),
        recorded_at: Moment(1_700_000_000_000_001),
        account_id,
        person_id: Some(around.person_id),
        act: "1.2.ñ".into(),
        reason: Some("Año ñandú".into()),
    };
    bench.keeps(audit_transition.clone()).await;
    let audit_scope = audit_scope::Model {
        id: Id::new(),
        organization_id,
        audit_id: audit.id,
        position: 3,
        process_id: Some(process_id),
        org_unit_id: Some(around.org_unit_id),
        covered: true,
        exclusion_reason: Some("Año ñandú".into()),
        row_version: 2,
    };
    bench.keeps(audit_scope.clone()).await;
    let audit_criterion = audit_criterion::Model {
        id: Id::new(),
        organization_id,
        audit_id: audit.id,
        requirement_id: national.requirement_id,
        note: Some("Año ñandú".into()),
        row_version: 2,
    };
    bench.keeps(audit_criterion.clone()).await;
    let audit_team_member = audit_team_member::Model {
        id: Id::new(),
        organization_id,
        audit_id: audit.id,
        person_id: around.person_id,
        role: TeamRole::Auditor,
        override_reason: Some("Año ñandú".into()),
        override_by_id: Some(around.person_id),
        row_version: 2,
    };
    bench.keeps(audit_team_member.clone()).await;
    let checklist_item = checklist_item::Model {
        id: Id::new(),
        organization_id,
        audit_id: audit.id,
        position: 3,
        question: "Año ñandú".into(),
        requirement_id: Some(national.requirement_id),
        process_id: Some(process_id),
        result: Some(ChecklistResult::DoesNotConform),
        remarks: Some("Año ñandú".into()),
        row_version: 2,
    };
    bench.keeps(checklist_item.clone()).await;
    let finding_type = finding_type::Model {
        id: Id::new(),
        regime: FindingRegime::Iso,
        code: "NC_MENOR".into(),
        position: 1,
        name: "No conformidad menor".into(),
        name_key: "no conformidad menor".into(),
        name_en: "Minor nonconformity".into(),
        kinds: list(),
        requires_action: true,
        source: "ISO".into(),
        official: false,
    };
    bench.keeps(finding_type.clone()).await;
    let finding = finding::Model {
        id: Id::new(),
        organization_id,
        audit_id: Some(audit.id),
        origin: FindingOrigin::Audit,
        origin_source: Some("Año ñandú".into()),
        origin_number: Some("1.2.ñ".into()),
        origin_date: Some(day(105)),
        code: "1.2.ñ".into(),
        name: "Año ñandú".into(),
        name_key: "1.2.ñ".into(),
        kind: FindingKind::MinorNonconformity,
        finding_type_id: Some(finding_type.id),
        state: FindingState::Communicated,
        severity: Some(FindingSeverity::Medium),
        condition: "Año ñandú".into(),
        criterion: Some("Año ñandú".into()),
        cause: Some("Año ñandú".into()),
        effect: Some("Año ñandú".into()),
        external: true,
        requires_action: true,
        revision: 3,
        revision_reason: Some("Año ñandú".into()),
        identified_on: day(120),
        answer_due: Some(day(121)),
        recurrence_of_id: None,
        row_version: 2,
    };
    bench.keeps(finding.clone()).await;
    let finding_transition = finding_transition::Model {
        id: Id::new(),
        organization_id,
        finding_id: finding.id,
        from_state: Some(FindingState::Communicated),
        to_state: FindingState::Communicated,
        civil_date: day(104),
        recorded_at: Moment(1_700_000_000_000_001),
        account_id,
        person_id: Some(around.person_id),
        act: "1.2.ñ".into(),
        reason: Some("Año ñandú".into()),
    };
    bench.keeps(finding_transition.clone()).await;
    let finding_process = finding_process::Model { organization_id, finding_id: finding.id, process_id };
    bench.keeps(finding_process.clone()).await;
    let finding_unit = finding_unit::Model { organization_id, finding_id: finding.id, org_unit_id: around.org_unit_id };
    bench.keeps(finding_unit.clone()).await;
    let finding_requirement =
        finding_requirement::Model { organization_id, finding_id: finding.id, requirement_id: national.requirement_id };
    bench.keeps(finding_requirement.clone()).await;
    let finding_incidence = finding_incidence::Model {
        id: Id::new(),
        organization_id,
        finding_id: finding.id,
        kind: IncidenceKind::Disciplinary,
        destination: Some("Año ñandú".into()),
        amount: Some(Amount(1_250)),
        row_version: 2,
    };
    bench.keeps(finding_incidence.clone()).await;
    let finding_response = finding_response::Model {
        id: Id::new(),
        organization_id,
        finding_id: finding.id,
        text: "Año ñandú".into(),
        responded_on: day(103),
        person_id: Some(around.person_id),
        row_version: 2,
    };
    bench.keeps(finding_response.clone()).await;
    let audit_report = audit_report::Model {
        id: Id::new(),
        organization_id,
        audit_id: audit.id,
        stage: ReportStage::Final,
        reported_on: day(103),
        summary: Some("Año ñandú".into()),
        document_title: Some("Año ñandú".into()),
        document_uri: Some("Año ñandú".into()),
        document_media_type: Some("Año ñandú".into()),
        document_sha256: Some("Año ñandú".into()),
        filing_number: Some("Año ñandú".into()),
        content_hash: Some("Año ñandú".into()),
        row_version: 2,
    };
    bench.keeps(audit_report.clone()).await;
    let certificate = certificate::Model {
        id: Id::new(),
        organization_id,
        audit_id: Some(audit.id),
        body: "Año ñandú".into(),
        framework_edition_id: Some(national.edition_id),
        standard: "Año ñandú".into(),
        number: "1.2.ñ".into(),
        scope: Some("Año ñandú".into()),
        valid_from: day(107),
        valid_to: Some(day(108)),
        row_version: 2,
    };
    bench.keeps(certificate.clone()).await;
    let certificate_process =
        certificate_process::Model { organization_id, certificate_id: certificate.id, process_id };
    bench.keeps(certificate_process.clone()).await;
    let management_review = management_review::Model {
        id: Id::new(),
        organization_id,
        kind: ReviewKind::Handover,
        state: ReviewState::Frozen,
        name: "Año ñandú".into(),
        name_key: "1.2.ñ".into(),
        cutoff: day(105),
        held_on: Some(day(106)),
        conclusions: Some("Año ñandú".into()),
        document_title: Some("Año ñandú".into()),
        document_uri: Some("Año ñandú".into()),
        document_media_type: Some("Año ñandú".into()),
        document_sha256: Some("Año ñandú".into()),
        filing_number: Some("Año ñandú".into()),
        content: Some("Año ñandú".into()),
        content_hash: Some("Año ñandú".into()),
        frozen_on: Some(day(115)),
        row_version: 2,
    };
    bench.keeps(management_review.clone()).await;
    let decision = decision::Model {
        id: Id::new(),
        organization_id,
        management_review_id: management_review.id,
        number: 3,
        text: "Año ñandú".into(),
        org_unit_id: around.org_unit_id,
        owner_id: Some(around.person_id),
        due_on: Some(day(106)),
        row_version: 2,
    };
    bench.keeps(decision.clone()).await;
    let dissemination = dissemination::Model {
        id: Id::new(),
        organization_id,
        management_review_id: Some(management_review.id),
        name: "Año ñandú".into(),
        name_key: "1.2.ñ".into(),
        channel: DisseminationChannel::Email,
        published_on: day(105),
        note: Some("Año ñandú".into()),
        document_title: Some("Año ñandú".into()),
        document_uri: Some("Año ñandú".into()),
        document_media_type: Some("Año ñandú".into()),
        document_sha256: Some("Año ñandú".into()),
        filing_number: Some("Año ñandú".into()),
        row_version: 2,
    };
    bench.keeps(dissemination.clone()).await;
    let dissemination_unit = dissemination_unit::Model {
        organization_id,
        dissemination_id: dissemination.id,
        org_unit_id: around.org_unit_id,
    };
    bench.keeps(dissemination_unit.clone()).await;
    let acknowledgement = acknowledgement::Model {
        id: Id::new(),
        organization_id,
        dissemination_id: dissemination.id,
        org_unit_id: around.org_unit_id,
        person_id: Some(around.person_id),
        acknowledged_on: day(104),
        note: Some("Año ñandú".into()),
        row_version: 2,
    };
    bench.keeps(acknowledgement.clone()).await;
    let cause_analysis = cause_analysis::Model {
        id: Id::new(),
        organization_id,
        finding_id: finding.id,
        method: CauseMethod::Ishikawa,
        category: CauseCategory::Method,
        whys: list(),
        root_cause: "Año ñandú".into(),
        content: Some("Año ñandú".into()),
        recorded_on: day(107),
        person_id: Some(around.person_id),
        row_version: 2,
    };
    bench.keeps(cause_analysis.clone()).await;
    let improvement_plan = improvement_plan::Model {
        id: Id::new(),
        organization_id,
        code: "1.2.ñ".into(),
        name: "Año ñandú".into(),
        name_key: "1.2.ñ".into(),
        kind: PlanKind::ControlBody,
        year: 3,
        state: PlanState::Submitted,
        org_unit_id: around.org_unit_id,
        process_id: Some(process_id),
        objective: Some("Año ñandú".into()),
        filing_number: Some("Año ñandú".into()),
        control_body: Some("Año ñandú".into()),
        subscribed_on: Some(day(112)),
        row_version: 2,
    };
    bench.keeps(improvement_plan.clone()).await;
    let plan_transition = plan_transition::Model {
        id: Id::new(),
        organization_id,
        improvement_plan_id: improvement_plan.id,
        from_state: Some(PlanState::Submitted),
        to_state: PlanState::Submitted,
        civil_date: day(104),
        recorded_at: Moment(1_700_000_000_000_001),
        account_id,
        person_id: Some(around.person_id),
        act: "1.2.ñ".into(),
        reason: Some("Año ñandú".into()),
    };
    bench.keeps(plan_transition.clone()).await;
    let plan_finding =
        plan_finding::Model { organization_id, improvement_plan_id: improvement_plan.id, finding_id: finding.id };
    bench.keeps(plan_finding.clone()).await;
    let improvement_action = improvement_action::Model {
        id: Id::new(),
        organization_id,
        improvement_plan_id: improvement_plan.id,
        number: 3,
        kind: ActionKind::Corrective,
        description: "Año ñandú".into(),
        objective: Some("Año ñandú".into()),
        indicator: Some("Año ñandú".into()),
        unit_of_measure: "Año ñandú".into(),
        target: Amount(1_250),
        weight: Amount(1_250),
        resources: Some("Año ñandú".into()),
        org_unit_id: around.org_unit_id,
        executor_id: Some(around.person_id),
        starts_on: day(113),
        due_on: day(114),
        state: ActionState::PendingApproval,
        result: Some(ActionResult::NotEffective),
        control_status: Some(ControlStatus::Fulfilled),
        decision_id: Some(decision.id),
        row_version: 2,
    };
    bench.keeps(improvement_action.clone()).await;
    let action_transition = action_transition::Model {
        id: Id::new(),
        organization_id,
        improvement_action_id: improvement_action.id,
        from_state: Some(ActionState::PendingApproval),
        to_state: ActionState::PendingApproval,
        civil_date: day(104),
        recorded_at: Moment(1_700_000_000_000_001),
        account_id,
        person_id: Some(around.person_id),
        act: "1.2.ñ".into(),
        reason: Some("Año ñandú".into()),
    };
    bench.keeps(action_transition.clone()).await;
    let action_finding =
        action_finding::Model { organization_id, improvement_action_id: improvement_action.id, finding_id: finding.id };
    bench.keeps(action_finding.clone()).await;
    let action_unit = action_unit::Model {
        organization_id,
        improvement_action_id: improvement_action.id,
        org_unit_id: around.org_unit_id,
    };
    bench.keeps(action_unit.clone()).await;
    let action_activity = action_activity::Model {
        id: Id::new(),
        organization_id,
        improvement_action_id: improvement_action.id,
        number: 3,
        description: "Año ñandú".into(),
        unit_of_measure: "Año ñandú".into(),
        target: Amount(1_250),
        starts_on: day(106),
        due_on: day(107),
        row_version: 2,
    };
    bench.keeps(action_activity.clone()).await;
    let reporting_window = reporting_window::Model {
        id: Id::new(),
        organization_id,
        name: "Año ñandú".into(),
        name_key: "1.2.ñ".into(),
        period_from: day(103),
        period_to: day(104),
        opens_on: day(105),
        closes_on: day(106),
        row_version: 2,
    };
    bench.keeps(reporting_window.clone()).await;
    let progress_report = progress_report::Model {
        id: Id::new(),
        organization_id,
        improvement_action_id: improvement_action.id,
        action_activity_id: Some(action_activity.id),
        reporting_window_id: reporting_window.id,
        quantity: Amount(1_250),
        narrative: "Año ñandú".into(),
        reported_on: day(106),
        reported_by_id: Some(around.person_id),
        signed_on: Some(day(108)),
        signed_by_id: Some(around.person_id),
        row_version: 2,
    };
    bench.keeps(progress_report.clone()).await;
    let progress_rating = progress_rating::Model {
        id: Id::new(),
        organization_id,
        progress_report_id: progress_report.id,
        percent: Amount(1_250),
        concept: "Año ñandú".into(),
        rated_on: day(104),
        person_id: Some(around.person_id),
        row_version: 2,
    };
    bench.keeps(progress_rating.clone()).await;
    let reformulation = reformulation::Model {
        id: Id::new(),
        organization_id,
        improvement_action_id: improvement_action.id,
        state: ReformulationState::Approved,
        justification: "Año ñandú".into(),
        before_due_on: day(104),
        after_due_on: day(105),
        before_target: Amount(1_250),
        after_target: Amount(1_250),
        requested_on: day(108),
        requested_by_id: Some(around.person_id),
        decided_on: Some(day(110)),
        row_version: 2,
    };
    bench.keeps(reformulation.clone()).await;
    let reformulation_decision = reformulation_decision::Model {
        id: Id::new(),
        organization_id,
        reformulation_id: reformulation.id,
        capacity: DecisionCapacity::InternalControl,
        approved: true,
        reason: Some("Año ñandú".into()),
        decided_on: day(105),
        account_id,
        person_id: Some(around.person_id),
        row_version: 2,
    };
    bench.keeps(reformulation_decision.clone()).await;
    let effectiveness_review = effectiveness_review::Model {
        id: Id::new(),
        organization_id,
        improvement_action_id: improvement_action.id,
        result: ActionResult::NotEffective,
        score: Some(Amount(1_250)),
        concept: "Año ñandú".into(),
        reviewed_on: day(105),
        verifier_id: Some(around.person_id),
        row_version: 2,
    };
    bench.keeps(effectiveness_review.clone()).await;
    let evidence = evidence::Model {
        id: Id::new(),
        organization_id,
        checklist_item_id: None,
        finding_id: None,
        finding_response_id: None,
        progress_report_id: Some(progress_report.id),
        effectiveness_review_id: None,
        document_title: Some("Año ñandú".into()),
        document_uri: Some("Año ñandú".into()),
        document_media_type: Some("Año ñandú".into()),
        document_sha256: Some("Año ñandú".into()),
        filing_number: Some("Año ñandú".into()),
        recorded_on: day(9),
        row_version: 2,
    };
    bench.keeps(evidence.clone()).await;
}
