//! Proof that an act may be done on a row.

use std::marker::PhantomData;

use entity::{Id, organization::organization};
use sea_orm::{EntityTrait, IdenStatic as _, Iterable as _, ModelTrait as _, Value};
use uuid::Uuid;

use crate::access::rules::Duty;

/// What somebody sets out to do; the rules table says who has the duty.
pub trait Verb {
    /// The duty that it takes.
    const DUTY: Duty;
}

macro_rules! verbs {
    ($( $(#[doc = $about:literal])+ $verb:ident = $duty:ident; )+) => { $(
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug)]
        pub struct $verb;
        impl Verb for $verb {
            const DUTY: Duty = Duty::$duty;
        }
    )+ };
}

verbs! {
    /// Formular. To write drafts of structures, legal acts, jobs, posts and the names of persons.
    Formulate = FormulateStructure;
    /// Aprobar. To decide on structures and put them in force.
    Approve = ApproveStructure;
    /// Nombrar. To appoint persons to posts.
    Appoint = AppointStaff;
    /// Formular procesos. To write drafts of characterizations and documents, say who answers, and align.
    FormulateProcess = FormulateProcesses;
    /// Aprobar procesos. To decide on characterizations and documents.
    ApproveProcess = ApproveProcesses;
    /// Programar auditorías. To plan audits and say who may audit.
    PlanAudit = PlanAudits;
    /// Auditar. To write checklists, findings and reports.
    DoAudit = Audit;
    /// Responder hallazgos. To answer on behalf of the audited.
    AnswerFinding = AnswerFindings;
    /// Formular planes. To analyse causes and write plans and actions.
    FormulatePlan = FormulatePlans;
    /// Aprobar planes. To decide on plans, actions and reformulations.
    ApprovePlan = ApprovePlans;
    /// Reportar avance. To say what was done.
    Report = ReportProgress;
    /// Firmar avance. To sign what was reported.
    Sign = SignProgress;
    /// Controlar planes. To open windows, rate progress, cancel actions.
    ControlPlan = ControlPlans;
    /// Verificar. To verify actions and evaluate their effectiveness.
    Verify = VerifyActions;
    /// Dirigir. To review, decide and hand over.
    DirectSystem = Direct;
    /// Socializar. To publish material to units.
    Publish = Disseminate;
    /// Acusar recibo. To acknowledge what was published to a unit.
    Confirm = Acknowledge;
    /// Mantener. To keep the record of an organization and its classifications.
    KeepOrganization = KeepOrganizations;
    /// Administrar miembros. To invite and suspend members, give and end roles, keep keys.
    KeepMember = KeepMembers;
    /// Designar. To name an organization's first administrator, and those whose role is national.
    NameAdministrator = NameAdministrators;
    /// Tratar datos personales. To write and erase documents and contacts of persons.
    KeepPersonalData = KeepPersonalData;
}

/// A row on which the actor of a change set may do `V`. Only change sets make it, and only for the length of one act.
pub struct Granted<E: EntityTrait, V> {
    pub(super) model: E::Model,
    pub(super) organization: Uuid,
    verb: PhantomData<fn() -> V>,
}

impl<E: EntityTrait, V> Granted<E, V> {
    pub(super) fn new(model: E::Model, organization: Uuid) -> Self {
        Self { model, organization, verb: PhantomData }
    }

    /// The row as it stands in the transaction.
    pub fn model(&self) -> &E::Model {
        &self.model
    }

    /// The row's key.
    pub fn id(&self) -> Id<E> {
        Id::from_uuid(key::<E>(&self.model))
    }

    /// The organization that owns it.
    pub fn organization(&self) -> Id<organization::Entity> {
        Id::from_uuid(self.organization)
    }
}

impl<E: EntityTrait, V> std::fmt::Debug for Granted<E, V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Granted({:?})", self.model)
    }
}

/// The column with this name, if the table has one.
pub(super) fn column<E: EntityTrait>(name: &str) -> Option<E::Column> {
    E::Column::iter().find(|column| column.as_str() == name)
}

/// The key of a row; tables without an `id` have none, and nil stands for it.
pub(super) fn key<E: EntityTrait>(model: &E::Model) -> Uuid {
    uuid::<E>(model, "id")
}

/// The key in a column of a row.
pub(super) fn uuid<E: EntityTrait>(model: &E::Model, name: &str) -> Uuid {
    match column::<E>(name).map(|column| model.get(column)) {
        Some(Value::Uuid(Some(uuid))) => uuid,
        _ => Uuid::nil(),
    }
}
