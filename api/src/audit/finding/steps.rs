//! The life cycle of findings: communicated, answered, confirmed or dismissed.

use async_graphql::{ID, InputObject};
use chrono::NaiveDate;
use entity::{
    Id, after_business_days,
    audit::{finding, finding_response},
};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::{
    audit::{
        evidence::attach,
        states::{FindingAct, finding::action_by_kind},
        types::FINDING,
    },
    execution::act::Act,
    graph::{
        Declaration,
        error::{ErrorCode, Refusal},
        scalars::Date,
    },
    life_cycle::{Given, step, step_acts},
    organization::{
        entry::{DocumentReferenceInput, Texts, obtain, reason},
        rules::validate,
    },
    store::{ActFault, AnswerFinding, ChangeSet, DoAudit},
};

const NOTHING_SAID: Given = Given { date: None, reason: false };

/// Most business days of a term.
const TERM_LIMIT: u32 = 120;

/// The last day of a term that is given as a day or in business days. REQUIRED, INVALID_ARGUMENT.
pub(in crate::audit) fn term(
    today: NaiveDate,
    day: Option<Date>,
    business_days: Option<i32>,
) -> Result<NaiveDate, Refusal> {
    match (day, business_days) {
        (None, None) => Err(ErrorCode::Required.at(["answerDue"])),
        (Some(_), Some(_)) => Err(ErrorCode::InvalidArgument.at(["answerBusinessDays"])),
        (Some(day), None) if day.0 < today => {
            Err(ErrorCode::InvalidArgument.at(["answerDue"]).with("expected", format!("{today}…")))
        }
        (Some(day), None) => Ok(day.0),
        (None, Some(days)) => match u32::try_from(days) {
            Ok(days) if (1..=TERM_LIMIT).contains(&days) => Ok(after_business_days(today, days)),
            _ => Err(ErrorCode::InvalidArgument.at(["answerBusinessDays"]).with("expected", format!("1…{TERM_LIMIT}"))),
        },
    }
}

/// Comunicar un hallazgo. Sends a draft to the audited, who may answer until a day.
#[derive(InputObject)]
pub(super) struct FindingCommunicate {
    /// Hallazgo. A draft that names a process or a unit.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Plazo de respuesta. Last day on which the audited may answer; today or later. Either this or `answerBusinessDays`.
    answer_due: Option<Date>,
    /// Plazo en días hábiles. The same as so many business days from today on, 1 to 120.
    answer_business_days: Option<i32>,
}

impl Act for FindingCommunicate {
    const NAME: &'static str = "findingCommunicate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::TransitionNotAllowed, ErrorCode::NotOnTeam, ErrorCode::Forbidden];
    const PAYLOAD: &'static Declaration = &FINDING;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let finding =
            obtain::<finding::Entity, DoAudit>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let due = term(changes.today(), self.answer_due, self.answer_business_days)?;
        let row = finding::ActiveModel { answer_due: Set(Some(due)), ..Default::default() };
        let finding = step(changes, finding, FindingAct::Communicate, (NOTHING_SAID, None), row).await?;
        Ok(finding.id().uuid())
    }
}

/// Respuesta. What the audited says.
#[derive(InputObject)]
pub(super) struct FindingAnswerInput {
    /// Respuesta. Up to 4,000 characters.
    text: String,
    /// Evidencias. Files that support it, at most 20.
    #[graphql(default)]
    evidence: Vec<DocumentReferenceInput>,
}

/// Responder un hallazgo. The audited says what there is to say to it (derecho de contradicción), once or several times.
#[derive(InputObject)]
pub(super) struct FindingAnswer {
    /// Hallazgo. One that was communicated and is not decided.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Respuesta. What is said.
    input: FindingAnswerInput,
}

impl Act for FindingAnswer {
    const NAME: &'static str = "findingAnswer";
    const CODES: &'static [ErrorCode] = &[ErrorCode::TransitionNotAllowed];
    const PAYLOAD: &'static Declaration = &FINDING;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let finding = obtain::<finding::Entity, AnswerFinding>(changes, &self.id, &["id"], expected).await?;
        let mut texts = Texts::default();
        let text = texts.required("text", &self.input.text, validate::note);
        texts.done()?;
        let finding = step(changes, finding, FindingAct::Answer, (NOTHING_SAID, None), Default::default()).await?;
        let person = changes.intent().actor.person(finding.organization().uuid());
        let row = finding_response::ActiveModel {
            finding_id: Set(finding.id()),
            text: Set(text),
            responded_on: Set(changes.today()),
            person_id: Set(person.map(Id::from_uuid)),
            ..Default::default()
        };
        let response = changes.create::<finding_response::Entity, _>(&finding, row).await?;
        let id = response.id();
        attach(changes, &response, &self.input.evidence, |row| row.finding_response_id = Set(Some(id))).await?;
        Ok(finding.id().uuid())
    }
}

/// Confirmar un hallazgo. Lets it stand, once the audited answered or the day to do so has passed.
#[derive(InputObject)]
pub(super) struct FindingConfirm {
    /// Hallazgo. One that was communicated.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Requiere acción. Decided of an observation or an opportunity; absent: as it was written.
    requires_action: Option<bool>,
    /// Motivo. A remark, at most 4,000 characters.
    reason: Option<String>,
}

impl Act for FindingConfirm {
    const NAME: &'static str = "findingConfirm";
    const CODES: &'static [ErrorCode] =
        &[ErrorCode::TransitionNotAllowed, ErrorCode::NotOnTeam, ErrorCode::AnswerPending, ErrorCode::Forbidden];
    const PAYLOAD: &'static Declaration = &FINDING;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let finding =
            obtain::<finding::Entity, DoAudit>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let reason = reason(self.reason.as_deref())?;
        let mut row = finding::ActiveModel::default();
        if let Some(said) = self.requires_action {
            if action_by_kind(finding.model().kind).is_some_and(|fixed| fixed != said) {
                return Err(ErrorCode::InvalidArgument.at(["requiresAction"]).into());
            }
            row.requires_action = Set(said);
        }
        let given = Given { date: None, reason: reason.is_some() };
        let finding = step(changes, finding, FindingAct::Confirm, (given, reason), row).await?;
        Ok(finding.id().uuid())
    }
}

step_acts! {
    finding, FINDING;
    /// Desvirtuar un hallazgo. Lets it fall, with a reason, once the audited answered or the day to do so has passed.
    FindingDismiss = "findingDismiss", FindingAct::Dismiss, DoAudit, [NotOnTeam, AnswerPending, Forbidden];
    /// Cerrar un hallazgo sin acción. Ends one that asks for none.
    FindingClose = "findingClose", FindingAct::Close, DoAudit, [NotOnTeam, ActionRequired, Forbidden];
}
