//! What findings say: written as drafts, corrected with a reason once the audited knows them.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    Amount,
    audit::{
        AuditKind, FindingKind, FindingOrigin, FindingSeverity, FindingState, IncidenceKind, audit, finding,
        finding_incidence, finding_process, finding_requirement, finding_transition, finding_unit,
    },
    improvement::evidence,
    organization::{org_unit, organization},
    value_chain::process,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, Condition,
};
use uuid::Uuid;

use super::typed::typed;
use crate::{
    audit::{
        evidence::attach,
        inputs::{named, requirements},
        states::{audit::is_external, finding::action_by_kind},
        types::FINDING,
    },
    execution::act::Act,
    graph::{
        Declaration,
        error::ErrorCode,
        scalars::{Date, Decimal},
    },
    life_cycle::{begun, forgotten, noted},
    organization::{
        entry::{DocumentReferenceInput, Texts, obtain, reason},
        rules::validate,
    },
    store::{ActFault, ChangeSet, DoAudit, FormulatePlan, Granted, Verb},
};

/// Incidencia. What else the finding of a control body may lead to.
#[derive(InputObject)]
pub(super) struct FindingIncidenceInput {
    /// Clase. Each at most once.
    kind: IncidenceKind,
    /// Destino. Before whom it was brought, up to 200 characters.
    destination: Option<String>,
    /// Cuantía. In Colombian pesos, not negative.
    amount: Option<Decimal>,
}

/// Hallazgo. What was found; of an edit, what is absent stays as it is, null clears, a list is given as a whole.
#[derive(InputObject)]
pub(super) struct FindingInput {
    /// Código. Hierarchical, such as 2.1.4: 1 to 20 of `A`–`Z`, `0`–`9`, `.` and `-`; unique in its audit. Required for a new one.
    code: MaybeUndefined<String>,
    /// Título. One line of 1 to 200 characters. Required for a new one.
    name: MaybeUndefined<String>,
    /// Clase. How grave it is. Required for a new one.
    kind: MaybeUndefined<FindingKind>,
    /// Tipo. As the regime of the audit calls it: one of the catalogue that names this kind, and whose regime is that of the audit.
    finding_type: MaybeUndefined<ID>,
    /// Severidad. How much it weighs.
    severity: MaybeUndefined<FindingSeverity>,
    /// Condición. What is, up to 4,000 characters. Required for a new one.
    condition: MaybeUndefined<String>,
    /// Criterio. What should be, up to 4,000 characters.
    criterion: MaybeUndefined<String>,
    /// Causa. As whoever found it says, up to 4,000 characters.
    cause: MaybeUndefined<String>,
    /// Efecto. What comes of it, up to 4,000 characters.
    effect: MaybeUndefined<String>,
    /// Requiere acción. Decided of an observation or an opportunity only (absent: no); nonconformities and administrative findings
    /// ask for one, strengths for none.
    requires_action: Option<bool>,
    /// Fecha. Day on which it was found, today or before; absent: today.
    identified_on: Option<Date>,
    /// Procesos. Where it was found, at most 200.
    processes: Option<Vec<ID>>,
    /// Dependencias. Whom it concerns, at most 200.
    units: Option<Vec<ID>>,
    /// Requisitos. What it falls short of, at most 200.
    requirements: Option<Vec<ID>>,
    /// Incidencias. Of a control body's finding.
    incidences: Option<Vec<FindingIncidenceInput>>,
    /// Evidencias. Files that show it, at most 20 at once; they are added to those that are there.
    #[graphql(default)]
    evidence: Vec<DocumentReferenceInput>,
}

impl FindingInput {
    /// The row with what is said; `known` is what it says so far.
    fn row(&self, changes: &ChangeSet, known: Option<&finding::Model>) -> Result<finding::ActiveModel, ActFault> {
        let mut texts = Texts::default();
        for (field, missing) in [
            ("code", self.code.is_undefined()),
            ("name", self.name.is_undefined()),
            ("kind", self.kind.is_undefined()),
            ("condition", self.condition.is_undefined()),
        ] {
            if missing && known.is_none() {
                texts.refuse(ErrorCode::Required.at([field]));
            }
        }
        let kind = texts.present("kind", &self.kind);
        let told = match &kind {
            Set(kind) => Some(*kind),
            _ => known.map(|known| known.kind),
        };
        let requires = told.map(|kind| (action_by_kind(kind), self.requires_action));
        let requires_action = match requires {
            Some((Some(fixed), Some(said))) if fixed != said => {
                texts.refuse(ErrorCode::InvalidArgument.at(["requiresAction"]).with("expected", fixed.to_string()));
                NotSet
            }
            Some((Some(fixed), _)) => Set(fixed),
            Some((None, Some(said))) => Set(said),
            Some((None, None)) if known.is_none() => Set(false),
            _ => NotSet,
        };
        let identified_on = match self.identified_on {
            Some(day) if day.0 > changes.today() => {
                texts.refuse(
                    ErrorCode::InvalidArgument.at(["identifiedOn"]).with("expected", format!("…{}", changes.today())),
                );
                NotSet
            }
            Some(day) => Set(day.0),
            None if known.is_none() => Set(changes.today()),
            None => NotSet,
        };
        let severity = match self.severity {
            MaybeUndefined::Undefined => NotSet,
            given => Set(given.value().copied()),
        };
        let row = finding::ActiveModel {
            code: texts.edit("code", &self.code, validate::unit_code),
            name: texts.edit("name", &self.name, validate::name),
            kind,
            severity,
            condition: texts.edit("condition", &self.condition, validate::note),
            criterion: texts.edit_optional("criterion", &self.criterion, validate::note),
            cause: texts.edit_optional("cause", &self.cause, validate::note),
            effect: texts.edit_optional("effect", &self.effect, validate::note),
            requires_action,
            identified_on,
            ..Default::default()
        };
        texts.done()?;
        Ok(row)
    }

    /// Does it change what hangs on the finding only?
    fn has_parts(&self) -> bool {
        self.processes.is_some()
            || self.units.is_some()
            || self.requirements.is_some()
            || self.incidences.is_some()
            || !self.evidence.is_empty()
    }

    /// Writes what hangs on it.
    async fn parts<V: Verb>(
        &self,
        changes: &mut ChangeSet,
        finding: &Granted<finding::Entity, V>,
    ) -> Result<(), ActFault> {
        if let Some(ids) = &self.processes {
            let all = named::<process::Entity, V>(changes, finding, ids, "processes").await?;
            let own = Condition::all().add(finding_process::Column::FindingId.eq(finding.id()));
            changes.unlink::<finding_process::Entity, _, _>(finding, own).await?;
            for process_id in all {
                let row = finding_process::ActiveModel {
                    finding_id: Set(finding.id()),
                    process_id: Set(process_id),
                    ..Default::default()
                };
                changes.link::<finding_process::Entity, _, _>(finding, row).await?;
            }
        }
        if let Some(ids) = &self.units {
            let all = named::<org_unit::Entity, V>(changes, finding, ids, "units").await?;
            let own = Condition::all().add(finding_unit::Column::FindingId.eq(finding.id()));
            changes.unlink::<finding_unit::Entity, _, _>(finding, own).await?;
            for org_unit_id in all {
                let row = finding_unit::ActiveModel {
                    finding_id: Set(finding.id()),
                    org_unit_id: Set(org_unit_id),
                    ..Default::default()
                };
                changes.link::<finding_unit::Entity, _, _>(finding, row).await?;
            }
        }
        if let Some(ids) = &self.requirements {
            let all = requirements(changes, ids, "requirements").await?;
            let own = Condition::all().add(finding_requirement::Column::FindingId.eq(finding.id()));
            changes.unlink::<finding_requirement::Entity, _, _>(finding, own).await?;
            for requirement_id in all {
                let row = finding_requirement::ActiveModel {
                    finding_id: Set(finding.id()),
                    requirement_id: Set(requirement_id),
                    ..Default::default()
                };
                changes.link::<finding_requirement::Entity, _, _>(finding, row).await?;
            }
        }
        if let Some(incidences) = &self.incidences {
            self.write_incidences(changes, finding, incidences).await?;
        }
        attach(changes, finding, &self.evidence, |row| row.finding_id = Set(Some(finding.id()))).await
    }

    async fn write_incidences<V: Verb>(
        &self,
        changes: &mut ChangeSet,
        finding: &Granted<finding::Entity, V>,
        incidences: &[FindingIncidenceInput],
    ) -> Result<(), ActFault> {
        let own = Condition::all().add(finding_incidence::Column::FindingId.eq(finding.id()));
        for row in changes.follow_all::<finding_incidence::Entity, V>(finding, own).await? {
            changes.remove(row).await?;
        }
        let (mut texts, mut rows) = (Texts::default(), Vec::new());
        for (at, one) in incidences.iter().enumerate() {
            let mut own = Texts::default();
            let destination = own.optional("destination", one.destination.as_deref(), validate::name);
            if one.amount.is_some_and(|amount| amount.0 < Amount::ZERO) {
                own.refuse(ErrorCode::InvalidArgument.at(["amount"]).with("expected", "0…"));
            }
            if incidences[..at].iter().any(|other| other.kind == one.kind) {
                own.refuse(ErrorCode::Duplicate.at(["kind"]));
            }
            texts.nest_at(&["incidences", &at.to_string()], own);
            rows.push(finding_incidence::ActiveModel {
                finding_id: Set(finding.id()),
                kind: Set(one.kind),
                destination: Set(destination),
                amount: Set(one.amount.map(|amount| amount.0)),
                ..Default::default()
            });
        }
        texts.done()?;
        changes.create_many::<finding_incidence::Entity, V>(finding, rows).await.map(drop)
    }
}

/// Redactar un hallazgo. Writes the draft of what an audit found; of an external body's audit control interno transcribes it.
#[derive(InputObject)]
pub(super) struct FindingCreate {
    /// Auditoría. One in execution or in draft; an external one at any time before its end.
    audit: ID,
    /// Datos. What was found.
    input: FindingInput,
}

impl Act for FindingCreate {
    const NAME: &'static str = "findingCreate";
    const CODES: &'static [ErrorCode] =
        &[ErrorCode::NotOnTeam, ErrorCode::Frozen, ErrorCode::Forbidden, ErrorCode::FindingKindMismatch];
    const PAYLOAD: &'static Declaration = &FINDING;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let audit = obtain::<audit::Entity, DoAudit>(changes, &self.audit, &["audit"], None).await?;
        let row = finding::ActiveModel {
            audit_id: Set(Some(audit.id())),
            origin: Set(FindingOrigin::Audit),
            external: Set(is_external(audit.model().kind)),
            ..self.input.row(changes, None)?
        };
        create(changes, &audit, &self.input, (row, Some(audit.model().kind))).await
    }
}

async fn create<V: Verb>(
    changes: &mut ChangeSet,
    under: &Granted<impl sea_orm::EntityTrait, V>,
    input: &FindingInput,
    (mut row, audit): (finding::ActiveModel, Option<AuditKind>),
) -> Result<Uuid, ActFault> {
    typed(changes, &input.finding_type, (&mut row, None), audit).await?;
    let row = finding::ActiveModel { state: Set(FindingState::Draft), revision: Set(1), ..row };
    let finding = changes.create::<finding::Entity, V>(under, row).await;
    let finding = finding.map_err(|fault| fault.duplicate_at(&["input", "code"]))?;
    begun(changes, &finding, None).await?;
    input.parts(changes, &finding).await?;
    Ok(finding.id().uuid())
}

/// Hallazgo de otro origen. Who or what brought it up, and what was found.
#[derive(InputObject)]
pub(super) struct FindingRegisterInput {
    /// Origen. Anything but an audit.
    origin: FindingOrigin,
    /// Fuente. Who or what, up to 200 characters.
    origin_source: String,
    /// Número de origen. Under which it is known there, up to 200 characters.
    origin_number: Option<String>,
    /// Fecha de origen. Today or before.
    origin_date: Date,
    /// What was found.
    #[graphql(flatten)]
    finding: FindingInput,
}

/// Registrar un hallazgo de otro origen. Writes the draft of what an assessment, a review, a complaint, a risk or an indicator
/// brought up.
#[derive(InputObject)]
pub(super) struct FindingRegister {
    /// Organización. Where it was found.
    organization: ID,
    /// Datos. Whence it comes, and what was found.
    input: FindingRegisterInput,
}

impl Act for FindingRegister {
    const NAME: &'static str = "findingRegister";
    const CODES: &'static [ErrorCode] = &[ErrorCode::FindingKindMismatch];
    const PAYLOAD: &'static Declaration = &FINDING;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let at = &["organization"];
        let organization = obtain::<organization::Entity, FormulatePlan>(changes, &self.organization, at, None).await?;
        let (input, mut texts) = (self.input, Texts::default());
        if input.origin == FindingOrigin::Audit {
            texts.refuse(ErrorCode::InvalidArgument.at(["origin"]));
        }
        if input.origin_date.0 > changes.today() {
            texts.refuse(
                ErrorCode::InvalidArgument.at(["originDate"]).with("expected", format!("…{}", changes.today())),
            );
        }
        let source = texts.required("originSource", &input.origin_source, validate::name);
        let number = texts.optional("originNumber", input.origin_number.as_deref(), validate::name);
        texts.done()?;
        let row = finding::ActiveModel {
            origin: Set(input.origin),
            origin_source: Set(Some(source)),
            origin_number: Set(number),
            origin_date: Set(Some(input.origin_date.0)),
            external: Set(false),
            ..input.finding.row(changes, None)?
        };
        create(changes, &organization, &input.finding, (row, None)).await
    }
}

/// Corregir el borrador de un hallazgo. Changes it before it is communicated.
#[derive(InputObject)]
pub(super) struct FindingUpdate {
    /// Hallazgo. A draft.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: FindingInput,
}

impl Act for FindingUpdate {
    const NAME: &'static str = "findingUpdate";
    const CODES: &'static [ErrorCode] =
        &[ErrorCode::NotOnTeam, ErrorCode::NotADraft, ErrorCode::Forbidden, ErrorCode::FindingKindMismatch];
    const PAYLOAD: &'static Declaration = &FINDING;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let finding =
            obtain::<finding::Entity, DoAudit>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        edit(changes, finding, &self.input, Default::default()).await
    }
}

async fn edit(
    changes: &mut ChangeSet,
    finding: Granted<finding::Entity, DoAudit>,
    input: &FindingInput,
    more: finding::ActiveModel,
) -> Result<Uuid, ActFault> {
    let mut row = input.row(changes, Some(finding.model()))?;
    let audit = match finding.model().audit_id {
        Some(audit) => Some(changes.follow::<audit::Entity, _>(&finding, audit).await?.model().kind),
        None => None,
    };
    typed(changes, &input.finding_type, (&mut row, Some(finding.model())), audit).await?;
    let finding = if input.has_parts() { changes.touch(finding).await? } else { finding };
    input.parts(changes, &finding).await?;
    let row = finding::ActiveModel { revision: more.revision, revision_reason: more.revision_reason, ..row };
    let finding = changes.update(finding, row).await.map_err(|fault| fault.duplicate_at(&["input", "code"]))?;
    Ok(finding.id().uuid())
}

/// Revisar un hallazgo comunicado. Corrects what the audited knows already, with a reason: a new revision. What an external body
/// found is corrected by control interno, and only where the transcription slipped; after a final report condition, criterion,
/// effect, kind and code of a finding of ours are frozen.
#[derive(InputObject)]
pub(super) struct FindingRevise {
    /// Hallazgo. One that was communicated.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: FindingInput,
    /// Motivo. Why; required, at most 4,000 characters.
    reason: String,
}

impl Act for FindingRevise {
    const NAME: &'static str = "findingRevise";
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::NotOnTeam,
        ErrorCode::Frozen,
        ErrorCode::TransitionNotAllowed,
        ErrorCode::Forbidden,
        ErrorCode::FindingKindMismatch,
    ];
    const PAYLOAD: &'static Declaration = &FINDING;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let finding =
            obtain::<finding::Entity, DoAudit>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let model = finding.model().clone();
        let reason = reason(Some(&self.reason))?.ok_or_else(|| ErrorCode::ReasonRequired.at(["reason"]))?;
        noted(changes, &finding, reason.clone()).await?;
        let more = finding::ActiveModel {
            revision: Set(model.revision + 1),
            revision_reason: Set(Some(reason)),
            ..Default::default()
        };
        edit(changes, finding, &self.input, more).await
    }
}

/// Descartar un hallazgo. Removes a draft; the payload holds nothing then.
#[derive(InputObject)]
pub(super) struct FindingDelete {
    /// Hallazgo. A draft.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
}

impl Act for FindingDelete {
    const NAME: &'static str = "findingDelete";
    const CODES: &'static [ErrorCode] =
        &[ErrorCode::NotOnTeam, ErrorCode::NotADraft, ErrorCode::StillInUse, ErrorCode::Forbidden];
    const PAYLOAD: &'static Declaration = &FINDING;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let finding =
            obtain::<finding::Entity, DoAudit>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let id = finding.id();
        changes
            .unlink::<finding_process::Entity, _, _>(
                &finding,
                Condition::all().add(finding_process::Column::FindingId.eq(id)),
            )
            .await?;
        changes
            .unlink::<finding_unit::Entity, _, _>(
                &finding,
                Condition::all().add(finding_unit::Column::FindingId.eq(id)),
            )
            .await?;
        let own = Condition::all().add(finding_requirement::Column::FindingId.eq(id));
        changes.unlink::<finding_requirement::Entity, _, _>(&finding, own).await?;
        let own = Condition::all().add(finding_incidence::Column::FindingId.eq(id));
        for row in changes.follow_all::<finding_incidence::Entity, _>(&finding, own).await? {
            changes.remove(row).await?;
        }
        let own = Condition::all().add(evidence::Column::FindingId.eq(id));
        for row in changes.follow_all::<evidence::Entity, _>(&finding, own).await? {
            changes.remove(row).await?;
        }
        forgotten(changes, &finding, Condition::all().add(finding_transition::Column::FindingId.eq(id))).await?;
        changes.remove(finding).await.map_err(|fault| fault.within(["id"]))?;
        Ok(id.uuid())
    }
}
