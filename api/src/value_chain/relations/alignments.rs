//! Several alignments of one subject in one act.

use async_graphql::{ID, InputObject};
use entity::{
    organization::organization,
    value_chain::{AlignmentRole, alignment},
};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::alignment::{AlignmentSubjectInput, CREATING, Known, distinct, in_force, of_subject, subject};
use crate::{
    execution::act::Act,
    graph::{Declaration, error::ErrorCode, scalars::Date},
    organization::{
        entry::{clean, interval, obtain, take_effect},
        refusals::refusal,
        rules::validate,
        types::ORGANIZATION,
    },
    store::{ActFault, ChangeSet, FormulateProcess},
};

/// Alignments that one act takes.
const ITEMS_LIMIT: usize = 500;

/// Alineación de una lista. What the subject does for one requirement.
#[derive(InputObject)]
pub(super) struct AlignmentItemInput {
    /// Requisito. Of an edition that is in force on the first day.
    requirement: ID,
    /// Papel. Leads or contributes.
    role: AlignmentRole,
    /// Justificación. Why it counts, up to 4,000 characters.
    rationale: Option<String>,
}

/// Datos de varias alineaciones. What one subject does for several requirements.
#[derive(InputObject)]
pub(super) struct AlignmentsCreateInput {
    /// Sujeto. What does it.
    subject: AlignmentSubjectInput,
    /// Alineaciones. At most 500.
    items: Vec<AlignmentItemInput>,
    /// Vigente desde. First day on which they hold.
    valid_from: Date,
    /// Vigente hasta. The day after the last; absent: without a known end.
    valid_to: Option<Date>,
}

/// Alinear con varios requisitos. Says at once what one subject does for several requirements, of whatever frameworks; all
/// or none.
#[derive(InputObject)]
pub(super) struct AlignmentsCreate {
    /// Organización. The one whose subject it is.
    organization: ID,
    /// Datos. What is aligned.
    input: AlignmentsCreateInput,
    /// Motivo. Why it is entered only now, when it began in the past.
    reason: Option<String>,
}

impl Act for AlignmentsCreate {
    const NAME: &'static str = "alignmentsCreate";
    const CODES: &'static [ErrorCode] = CREATING;
    const PAYLOAD: &'static Declaration = &ORGANIZATION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let at = &["organization"];
        let organization =
            obtain::<organization::Entity, FormulateProcess>(changes, &self.organization, at, None).await?;
        let input = self.input;
        if input.items.len() > ITEMS_LIMIT {
            return Err(ErrorCode::TooLong.at(["input", "items"]).with("maximum", ITEMS_LIMIT).into());
        }
        let days = interval(input.valid_from.0, input.valid_to.map(|to| to.0))?;
        take_effect(changes, &organization, days.from(), &["input", "validFrom"], self.reason.as_deref())?;
        let subject = subject(changes, &organization, &input.subject, days.from()).await?;
        let mut existing = of_subject(changes, &organization, subject).await?;
        let mut rows = Vec::with_capacity(input.items.len());
        for (at, item) in input.items.iter().enumerate() {
            let index = at.to_string();
            let place = ["input", "items", &index, "requirement"];
            let rationale = item.rationale.as_deref().map(clean).filter(|text| !text.is_empty());
            if let Some(long) = rationale.as_deref().and_then(validate::note) {
                return Err(refusal(&long.under(["rationale"])).within(["input", "items", &index]).into());
            }
            let requirement = in_force(changes, &item.requirement, days.from(), &place).await?;
            let new = Known { id: None, requirement, role: item.role, days };
            distinct(&existing, &new).map_err(|refusal| refusal.at(place))?;
            existing.push(new);
            rows.push(alignment::ActiveModel {
                requirement_id: Set(requirement),
                role: Set(item.role),
                rationale: Set(rationale),
                valid_from: Set(days.from()),
                valid_to: Set(days.to()),
                ..subject.row()
            });
        }
        changes.create_many::<alignment::Entity, _>(&organization, rows).await?;
        Ok(organization.id().uuid())
    }
}
