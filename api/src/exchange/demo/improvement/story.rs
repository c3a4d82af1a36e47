//! What happened, day by day: who reads this knows what the demonstration holds.

use chrono::NaiveDate;
use entity::{
    Id,
    audit::{AuditKind, AuditState, FindingKind, FindingOrigin, ProgramState, audit_program},
    direction::{ReviewKind, decision},
    improvement::{PlanKind, PlanState, ReformulationState},
};

use super::{
    Maker,
    audits::{self, Spec},
    catalogue::{CASES, Case},
    direction, faults,
    findings::{self, Fate as Judged},
    plans::{self, Fate, Task, task},
    programs, progress,
};
use crate::exchange::demo::day;

use FindingKind::{Administrative, MajorNonconformity, MinorNonconformity, Observation, Opportunity, Strength};

/// What a round of audits looks at: cases from one on.
fn cases(first: usize, many: usize) -> Vec<&'static Case> {
    (first..first + many).map(|at| &CASES[at % CASES.len()]).collect()
}

/// Tells it all.
pub fn tell(maker: &mut Maker) {
    progress::windows(maker);
    let turn = maker.chance.below(4) as usize;
    let first = first_round(maker);
    let decisions = reviewed(maker);
    second_round(maker, first, &decisions);
    if maker.whole || turn == 0 {
        control_body(maker);
    }
    present(maker, turn);
    if maker.whole {
        beginnings(maker);
    } else {
        findings::note(maker, FindingOrigin::Complaint, "PQRSD", turn, day(2026, 3, 10));
    }
}

fn audit(
    (code, name, kind): (&'static str, &'static str, AuditKind),
    state: AuditState,
    from: NaiveDate,
    program: Option<Id<audit_program::Entity>>,
    cases: Vec<&'static Case>,
) -> Spec {
    Spec { code, name, kind, state, from, program, cases, closed: None, follows: None }
}

/// 2024: an internal audit, whose findings are all closed.
fn first_round(maker: &mut Maker) -> Option<usize> {
    let closed = if maker.whole { day(2025, 8, 4) } else { day(2025, 2, 10) };
    let days = (Some(day(2024, 3, 11)), Some(closed + chrono::Days::new(7)));
    let program = programs::program(maker, 2024, "Programa anual de auditorías 2024", ProgramState::Closed, days);
    let head = ("AI-2024-01", "Auditoría interna de calidad 2024", AuditKind::InternalQuality);
    let spec = audit(head, AuditState::Closed, day(2024, 3, 11), Some(program), cases(0, 4));
    let done = audits::write(maker, Spec { closed: Some(closed), ..spec })?;
    let first = findings::find(maker, &done, 0, MajorNonconformity, Judged::Confirmed);
    let second = findings::find(maker, &done, 1, MinorNonconformity, Judged::Confirmed);
    findings::find(maker, &done, 2, Strength, Judged::Closed);
    findings::find(maker, &done, 3, Observation, if maker.whole { Judged::Dismissed } else { Judged::Closed });
    for finding in [first, second] {
        findings::analyse(maker, finding, day(2024, 5, 6));
    }
    let (from, due) = (day(2024, 7, 8), day(2024, 12, 16));
    let soon = if maker.whole { day(2024, 8, 1) } else { due };
    let mut tasks =
        vec![task(&[first], 50, Fate::Effective, from, due), task(&[first, second], 30, Fate::Effective, from, soon)];
    if maker.whole {
        tasks.push(task(&[second], 20, Fate::Ineffective, from, due));
        let again = task(&[second], 20, Fate::Effective, day(2025, 4, 7), day(2025, 6, 30));
        // It was closed without effect in March, and something else was tried.
        tasks.push(Task { added: Some(day(2025, 3, 25)), ..again });
    } else {
        tasks.push(task(&[second], 20, Fate::Effective, from, due));
    }
    let plan = plans::Spec {
        code: "PM-2024-01",
        name: "Plan de mejoramiento de la auditoría interna 2024",
        kind: PlanKind::Internal,
        state: PlanState::Closed,
        created: day(2024, 5, 20),
        returned: false,
        findings: vec![first, second],
    };
    plans::write(maker, plan, tasks);
    faults::unreviewed(maker, first);
    Some(first)
}

/// 2025: what senior management made of it.
fn reviewed(maker: &mut Maker) -> Vec<Id<decision::Entity>> {
    if maker.whole {
        direction::review(maker, ReviewKind::Handover, day(2023, 12, 31), Some(day(2024, 1, 15)));
    }
    let held = day(2025, 5, 15);
    let review = direction::review(maker, ReviewKind::ManagementReview, day(2025, 4, 30), Some(held));
    let decisions = [
        ((1, "Reforzar el seguimiento a los establecimientos priorizados.", "100"), day(2026, 3, 31)),
        ((2, "Medir la eficacia de las acciones antes de cerrarlas.", "110"), day(2026, 5, 29)),
        ((3, "Presupuestar la renovación del sistema de información.", "110"), day(2026, 12, 18)),
    ];
    let made = decisions.into_iter().filter_map(|(what, due)| direction::decide(maker, review, what, (held, due)));
    let made: Vec<_> = made.collect();
    faults::forgotten(maker, review, held);
    direction::spread(maker, review, day(2025, 5, 26));
    made
}

/// 2025: an internal audit whose plan is being carried out.
fn second_round(maker: &mut Maker, repeated: Option<usize>, decisions: &[Id<decision::Entity>]) {
    let days = (Some(day(2025, 4, 7)), None);
    let program = programs::program(maker, 2025, "Programa anual de auditorías 2025", ProgramState::InExecution, days);
    let head = ("AI-2025-01", "Auditoría interna de calidad 2025", AuditKind::InternalQuality);
    let mut looked = cases(0, 1);
    looked.extend(cases(4, 3));
    let spec = audit(head, AuditState::FollowUp, day(2025, 4, 7), Some(program), looked);
    let Some(running) = audits::write(maker, spec) else { return };
    let made: Vec<_> = [(0, MajorNonconformity), (1, MinorNonconformity), (2, MinorNonconformity)]
        .map(|(at, kind)| findings::find(maker, &running, at, kind, Judged::Confirmed))
        .into();
    findings::find(maker, &running, 3, Strength, Judged::Closed);
    for (at, finding) in made.iter().enumerate() {
        if at != 1 || !faults::unexplained(maker, *finding) {
            findings::analyse(maker, *finding, day(2025, 5, 20));
        }
    }
    recur(maker, made[0], repeated);
    let (from, late) = (day(2025, 7, 21), day(2026, 9, 30));
    let decided = |at: usize, task: Task| Task { decision: decisions.get(at).copied(), ..task };
    let mut tasks = vec![
        decided(0, task(&made[..1], 30, Fate::Verified, from, day(2026, 4, 20))),
        task(&made[..1], 20, Fate::Executed, from, day(2026, 4, 20)),
        decided(1, task(&made[1..2], 30, Fate::Begun(60), from, late)),
        task(&made[1..], 20, Fate::AsPlan, day(2026, 7, 6), day(2026, 11, 30)),
    ];
    if maker.whole {
        tasks[3].weight = 10;
        tasks.push(task(&made[2..], 10, Fate::SentBack, from, day(2026, 5, 20)));
        tasks.push(task(&made[2..], 10, Fate::Cancelled, from, late));
        let instead = task(&made[2..], 10, Fate::Begun(30), day(2025, 9, 15), day(2026, 6, 12));
        tasks[2].weight = 20;
        tasks.push(Task { added: Some(day(2025, 9, 1)), ..instead });
    }
    faults::overdue(maker, "PM-2025-01", &mut tasks);
    let plan = plans::Spec {
        code: "PM-2025-01",
        name: "Plan de mejoramiento de la auditoría interna 2025",
        kind: PlanKind::Internal,
        state: PlanState::InExecution,
        created: day(2025, 6, 2),
        returned: maker.whole,
        findings: made,
    };
    plans::write(maker, plan, tasks);
    faults::nobody(maker, "PM-2025-01");
    if maker.whole {
        postpone(maker, "PM-2025-01");
    }
}

/// What was found before, came about in the same way, and had been closed with effect.
fn recur(maker: &mut Maker, finding: usize, earlier: Option<usize>) {
    let Some(earlier) = earlier.filter(|_| maker.whole || maker.chance.percent(30)) else { return };
    let (one, other) = (&maker.findings[earlier], &maker.findings[finding]);
    if one.process == other.process && one.case.cause.0 == other.case.cause.0 {
        maker.findings[finding].row.recurrence_of_id = Some(maker.findings[earlier].row.id);
    }
}

/// More time was given once, refused once, and asked for again.
fn postpone(maker: &mut Maker, plan: &str) {
    use ReformulationState::{Approved, Rejected, Requested};
    let plan = crate::exchange::load::key(&maker.code(plan));
    let own = maker.demo.improvement_actions.iter().rev().filter(|row| row.improvement_plan_id == plan);
    let found: Vec<_> = own.map(|row| (row.number, row.id)).collect();
    for (number, state, on) in
        [(3, Approved, day(2026, 3, 9)), (7, Rejected, day(2026, 5, 11)), (3, Requested, day(2026, 6, 22))]
    {
        if let Some((_, action)) = found.iter().find(|(known, _)| *known == number) {
            progress::reformulate(maker, *action, state, on);
        }
    }
}

/// 2025: what the Contraloría found.
fn control_body(maker: &mut Maker) {
    let head = (
        "CGR-2025",
        "Auditoría de cumplimiento a los recursos del Sistema General de Participaciones",
        AuditKind::ControlBody,
    );
    let spec = audit(head, AuditState::FollowUp, day(2025, 8, 4), None, cases(7, 2));
    let Some(running) = audits::write(maker, spec) else { return };
    let made = [0, 1].map(|at| findings::find(maker, &running, at, Administrative, Judged::Confirmed));
    findings::incidences(maker, made[0]);
    for finding in made {
        findings::analyse(maker, finding, day(2025, 9, 16));
    }
    let second = if maker.whole { Fate::Effective } else { Fate::Executed };
    let tasks = vec![
        task(&made[..1], 60, Fate::Begun(70), day(2025, 11, 10), day(2026, 8, 14)),
        task(&made[1..], 40, second, day(2025, 11, 10), day(2026, 1, 30)),
    ];
    let plan = plans::Spec {
        code: "PM-CGR-2025",
        name: "Plan de mejoramiento suscrito con la Contraloría General",
        kind: PlanKind::ControlBody,
        state: PlanState::InExecution,
        created: day(2025, 9, 22),
        returned: false,
        findings: made.to_vec(),
    };
    plans::write(maker, plan, tasks);
}

/// 2026: an audit that is under way; every secretariat is somewhere else in it.
fn present(maker: &mut Maker, turn: usize) {
    let begins = [
        (AuditState::AuditeeResponse, day(2026, 6, 1)),
        (AuditState::DraftReport, day(2026, 6, 9)),
        (AuditState::FinalReport, day(2026, 5, 20)),
        (AuditState::InExecution, day(2026, 6, 22)),
    ];
    let days = (begins.iter().map(|(_, from)| *from).min(), None);
    let here: &[usize] = if maker.whole { &[2, 0, 1, 3] } else { &[turn] };
    let days = if maker.whole { days } else { (Some(begins[turn].1), None) };
    let program = programs::program(maker, 2026, "Programa anual de auditorías 2026", ProgramState::InExecution, days);
    let heads = [
        ("CI-2026-01", "Auditoría de control interno a la cobertura", AuditKind::InternalControl),
        ("AI-2026-01", "Auditoría interna de calidad 2026", AuditKind::InternalQuality),
        ("AI-2026-02", "Auditoría interna a la mejora continua", AuditKind::InternalQuality),
        ("CI-2026-02", "Auditoría de control interno al talento humano", AuditKind::InternalControl),
    ];
    for at in here {
        let (state, from) = begins[*at];
        let spec = audit(heads[*at], state, from, Some(program), cases(2 * at, 3));
        let Some(running) = audits::write(maker, spec) else { continue };
        let fate = if state == AuditState::FinalReport { Judged::Confirmed } else { Judged::Pending };
        let made = [(0, MinorNonconformity), (1, Observation), (2, Opportunity)]
            .map(|(at, kind)| findings::find(maker, &running, at, kind, fate));
        if state == AuditState::FinalReport {
            formulate(maker, made);
        }
    }
    if maker.whole {
        programmed(maker, program);
    }
}

/// What is being formulated about the findings of the latest final report.
fn formulate(maker: &mut Maker, made: [usize; 3]) {
    findings::analyse(maker, made[0], day(2026, 6, 25));
    if !maker.whole {
        return;
    }
    let plan = plans::Spec {
        code: "PM-2026-02",
        name: "Plan de mejoramiento de la auditoría a la mejora continua",
        kind: PlanKind::Internal,
        state: PlanState::Draft,
        created: day(2026, 6, 26),
        returned: false,
        findings: vec![made[0]],
    };
    let task = task(&made[..1], 100, Fate::AsPlan, day(2026, 8, 3), day(2026, 12, 11));
    plans::write(maker, plan, vec![task]);
}

/// Audits that have not begun, one that never will, one by the Ministry, and one that certifies.
fn programmed(maker: &mut Maker, program: Id<audit_program::Entity>) {
    use AuditState::{Cancelled, Closed, Planned, Prepared};
    let days = (None, None);
    programs::program(maker, 2026, "Programa complementario 2026", ProgramState::Approved, days);
    programs::program(maker, 2027, "Programa anual de auditorías 2027", ProgramState::Draft, days);
    for (head, state, from) in [
        (("AI-2026-03", "Auditoría interna al servicio", AuditKind::InternalQuality), Planned, day(2026, 9, 7)),
        (
            ("CI-2026-03", "Auditoría de control interno a las finanzas", AuditKind::InternalControl),
            Prepared,
            day(2026, 7, 6),
        ),
        (("AI-2026-04", "Auditoría interna en la sede rural", AuditKind::InternalQuality), Cancelled, day(2026, 4, 13)),
    ] {
        audits::write(maker, audit(head, state, from, Some(program), cases(1, 2)));
    }
    let follows = maker.demo.audits.iter().rev().find(|row| row.code == "AI-2024-01").map(|row| row.id);
    let head = ("SG-2025-01", "Seguimiento a los hallazgos de 2024", AuditKind::FollowUp);
    let spec = audit(head, Closed, day(2025, 9, 1), None, cases(0, 2));
    if let Some(done) = audits::write(maker, Spec { follows, closed: Some(day(2025, 10, 20)), ..spec }) {
        findings::find(maker, &done, 0, Strength, Judged::Closed);
    }
    let head = ("MEN-2025", "Visita de segunda parte del Ministerio", AuditKind::SecondParty);
    let spec = audit(head, Closed, day(2025, 10, 6), None, cases(0, 2));
    if let Some(done) = audits::write(maker, Spec { closed: Some(day(2025, 12, 1)), ..spec }) {
        findings::find(maker, &done, 1, Opportunity, Judged::Closed);
    }
    let head = ("CER-2025", "Auditoría de certificación ISO 9001", AuditKind::Certification);
    let spec = audit(head, Closed, day(2025, 3, 3), None, cases(0, 3));
    if let Some(done) = audits::write(maker, Spec { closed: Some(day(2025, 5, 5)), ..spec }) {
        findings::find(maker, &done, 0, Strength, Judged::Closed);
        programs::certify(maker, &done);
    }
}

/// Findings that no audit brought up, plans that have not begun, and the review that is being prepared.
fn beginnings(maker: &mut Maker) {
    let origins = [
        (FindingOrigin::Complaint, "PQRSD", day(2026, 1, 19)),
        (FindingOrigin::Risk, "Mapa de riesgos", day(2026, 1, 26)),
        (FindingOrigin::Indicator, "Tablero de indicadores", day(2026, 3, 2)),
        (FindingOrigin::Assessment, "Autodiagnóstico de la política de servicio", day(2026, 3, 9)),
        (FindingOrigin::Review, "Revisión por la dirección 2025", day(2026, 3, 16)),
    ];
    let made: Vec<_> = origins
        .into_iter()
        .enumerate()
        .filter_map(|(at, (origin, source, on))| findings::note(maker, origin, source, at, on))
        .collect();
    let plan = |code, name, kind, state, created, findings: &[usize]| plans::Spec {
        code,
        name,
        kind,
        state,
        created,
        returned: state == PlanState::Submitted,
        findings: findings.to_vec(),
    };
    let (from, due) = (day(2026, 7, 13), day(2026, 12, 18));
    for (at, finding) in made.chunks(2).enumerate() {
        let spec = match at {
            0 => plan(
                "PM-2026-01",
                "Plan de mejoramiento por riesgos y quejas",
                PlanKind::FollowUp,
                PlanState::Approved,
                day(2026, 4, 20),
                finding,
            ),
            1 => plan(
                "PM-2026-03",
                "Plan de mejoramiento del autodiagnóstico",
                PlanKind::SelfAssessment,
                PlanState::Submitted,
                day(2026, 5, 18),
                finding,
            ),
            _ => plan(
                "PM-2026-04",
                "Plan de mejoramiento para la recertificación",
                PlanKind::Certification,
                PlanState::Draft,
                day(2026, 6, 8),
                finding,
            ),
        };
        let weights = if finding.len() == 2 { vec![55, 45] } else { vec![100] };
        let tasks = finding.iter().zip(weights).map(|(at, weight)| task(&[*at], weight, Fate::AsPlan, from, due));
        plans::write(maker, spec, tasks.collect());
    }
    let review = direction::review(maker, ReviewKind::ManagementReview, day(2026, 6, 30), None);
    direction::decide(
        maker,
        review,
        (1, "Ampliar la auditoría interna a las sedes rurales.", "110"),
        (day(2026, 6, 29), day(2026, 12, 18)),
    );
}
