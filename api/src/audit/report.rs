//! Acts that hand over the reports of an audit.

use async_graphql::{ID, InputObject};
use entity::audit::{FindingState, ReportStage, audit, audit_report, finding};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    finding::steps::term,
    states::{AuditAct, FindingAct},
    types::AUDIT,
};
use crate::{
    execution::act::{Act, AnyAct, act},
    graph::{
        Declaration,
        error::{ErrorCode, Refusal},
        scalars::Date,
    },
    life_cycle::{Given, Judged as _, Stepped, check, step},
    organization::{
        entry::{DocumentReferenceInput, Reference, Texts, obtain, reason},
        rules::validate,
    },
    store::{ActFault, ChangeSet, DoAudit, Granted},
};

/// The acts on reports.
pub static ACTS: &[&dyn AnyAct] = &[act::<AuditReportDraft>(), act::<AuditReportFinish>()];

/// Informe. What it says in short, and where it lies.
#[derive(InputObject, Default)]
pub(crate) struct AuditReportInput {
    /// Resumen. Up to 4,000 characters.
    summary: Option<String>,
    /// Archivo. Where it lies and how to know it again.
    file: Option<DocumentReferenceInput>,
}

impl AuditReportInput {
    fn row(&self, stage: ReportStage) -> Result<audit_report::ActiveModel, ActFault> {
        let (mut texts, mut own) = (Texts::default(), Texts::default());
        let summary = texts.optional("summary", self.summary.as_deref(), validate::note);
        let file = self.file.as_ref().map(|file| file.read(&mut own));
        texts.nest("file", own);
        texts.done()?;
        let mut row = audit_report::ActiveModel { stage: Set(stage), summary: Set(summary), ..Default::default() };
        if let Some(Reference { title, uri, media_type, sha256, filing_number }) = file {
            row.document_title = Set(title);
            row.document_uri = Set(uri);
            row.document_media_type = Set(media_type);
            row.document_sha256 = Set(sha256);
            row.filing_number = Set(filing_number);
        }
        Ok(row)
    }
}

/// Entregar el informe preliminar. Hands a draft of the report over and communicates every finding that is still a draft; the
/// audited may answer until `answerDue`.
#[derive(InputObject)]
struct AuditReportDraft {
    /// Auditoría. One in execution.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Plazo de respuesta. Last day on which the audited may answer; today or later. Either this or `answerBusinessDays`.
    answer_due: Option<Date>,
    /// Plazo en días hábiles. The same as so many business days from today on, 1 to 120.
    answer_business_days: Option<i32>,
    /// Informe. The draft; absent where nothing is to be said of it.
    input: Option<AuditReportInput>,
    /// Motivo. A remark, at most 4,000 characters.
    reason: Option<String>,
}

impl Act for AuditReportDraft {
    const NAME: &'static str = "auditReportDraft";
    const CODES: &'static [ErrorCode] = &[ErrorCode::TransitionNotAllowed, ErrorCode::NotOnTeam];
    const PAYLOAD: &'static Declaration = &AUDIT;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let audit = obtain::<audit::Entity, DoAudit>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let reason = reason(self.reason.as_deref())?;
        let due = term(changes.today(), self.answer_due, self.answer_business_days)?;
        let report = self.input.unwrap_or_default().row(ReportStage::Draft)?;
        let given = Given { date: None, reason: reason.is_some() };
        let audit = step(changes, audit, AuditAct::Draft, (given, reason), Default::default()).await?;
        let drafts = Condition::all()
            .add(finding::Column::AuditId.eq(audit.id()))
            .add(finding::Column::State.eq(FindingState::Draft));
        for draft in changes.follow_all::<finding::Entity, _>(&audit, drafts).await? {
            communicate(changes, draft, due).await?;
        }
        let row = audit_report::ActiveModel {
            audit_id: Set(audit.id()),
            reported_on: Set(changes.today()),
            content_hash: Set(None),
            ..report
        };
        changes.create::<audit_report::Entity, _>(&audit, row).await?;
        Ok(audit.id().uuid())
    }
}

/// Communicates a finding together with the draft report, as its own act would.
async fn communicate(
    changes: &mut ChangeSet,
    draft: Granted<finding::Entity, DoAudit>,
    due: chrono::NaiveDate,
) -> Result<(), ActFault> {
    type Life = <finding::Entity as Stepped>::Life;
    let cells = changes.needs(&draft, Life::OF, Life::FIGURE.needs).await?;
    let read = Life::read(crate::life_cycle::Cells(&cells), &changes.intent().actor, changes.today());
    if let Err(found) = check::<Life>(&read.facts, FindingAct::Communicate) {
        let at = |refusal: Refusal| refusal.within(["findings".to_owned(), draft.model().code.clone()]);
        return Err(found.into_iter().map(at).collect::<Vec<_>>().into());
    }
    let row = finding::ActiveModel { answer_due: Set(Some(due)), ..Default::default() };
    crate::life_cycle::follow_step(changes, draft, FindingAct::Communicate, row).await.map(drop)
}

/// Informe final. What the auditors conclude, and the report.
#[derive(InputObject)]
struct AuditReportFinishInput {
    /// Conclusiones. What the auditors conclude, up to 4,000 characters.
    conclusions: String,
    /// What the report says, and where it lies.
    #[graphql(flatten)]
    report: AuditReportInput,
}

/// Emitir el informe final. Says the last word: every finding is confirmed or dismissed, everything in the scope was looked at
/// or left out with a reason. Condition, criterion, effect, kind and code of the findings are frozen, their hash stands in the report.
#[derive(InputObject)]
struct AuditReportFinish {
    /// Auditoría. One in which the audited was heard.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Informe. The final one.
    input: AuditReportFinishInput,
    /// Motivo. A remark, at most 4,000 characters.
    reason: Option<String>,
}

impl Act for AuditReportFinish {
    const NAME: &'static str = "auditReportFinish";
    const CODES: &'static [ErrorCode] =
        &[ErrorCode::TransitionNotAllowed, ErrorCode::NotOnTeam, ErrorCode::ScopeUncovered, ErrorCode::FindingsOpen];
    const PAYLOAD: &'static Declaration = &AUDIT;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let audit = obtain::<audit::Entity, DoAudit>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let reason = reason(self.reason.as_deref())?;
        let mut texts = Texts::default();
        let conclusions = texts.required("conclusions", &self.input.conclusions, validate::note);
        texts.done()?;
        let report = self.input.report.row(ReportStage::Final)?;
        let row = audit::ActiveModel {
            ended_on: Set(Some(changes.today())),
            conclusions: Set(Some(conclusions)),
            ..Default::default()
        };
        let given = Given { date: None, reason: reason.is_some() };
        let audit = step(changes, audit, AuditAct::Finish, (given, reason), row).await?;
        let of = Condition::all().add(finding::Column::AuditId.eq(audit.id()));
        let mut findings = changes.find::<finding::Entity, _>(&audit, of).await?;
        findings.sort_by(|one, other| one.code.cmp(&other.code).then(one.id.cmp(&other.id)));
        let row = audit_report::ActiveModel {
            audit_id: Set(audit.id()),
            reported_on: Set(changes.today()),
            content_hash: Set(Some(frozen(&findings))),
            ..report
        };
        changes.create::<audit_report::Entity, _>(&audit, row).await?;
        Ok(audit.id().uuid())
    }
}

/// SHA-256 of what a final report freezes, as JSON in the order of the codes: code, kind, state, condition, criterion, effect.
pub fn frozen(findings: &[finding::Model]) -> String {
    let told = findings
        .iter()
        .map(|one| json!([one.code, one.kind.number(), one.state.number(), one.condition, one.criterion, one.effect]));
    let bytes = told.collect::<serde_json::Value>().to_string();
    Sha256::digest(bytes.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
