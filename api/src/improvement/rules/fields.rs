//! What a plan of each kind says, in the words and the order of whoever asks for it. One table: the guards of submission, the
//! field `improvementPlanFields` and the columns of exports all read it.

use entity::improvement::PlanKind;

/// What a field is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// The plan.
    Plan,
    /// Each finding that it takes up.
    Finding,
    /// Each of its actions.
    Action,
    /// Each activity of an action; an action without activities is its own only one.
    Activity,
}

/// What a field holds: each is one place of the graph, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Datum {
    /// `ImprovementPlan.name`.
    PlanName,
    /// `ImprovementPlan.filingNumber`.
    FilingNumber,
    /// `ImprovementPlan.unit`.
    FormulatingUnit,
    /// `ImprovementPlan.kind`.
    PlanKind,
    /// `Finding.origin`.
    Origin,
    /// `ImprovementPlan.process`.
    OriginProcess,
    /// Whether the plan is being subscribed or carried out.
    Registration,
    /// `Finding.code`.
    FindingCode,
    /// `Finding.name`.
    FindingName,
    /// `Finding.condition`.
    Condition,
    /// `Finding.cause`.
    Cause,
    /// `Finding.causeAnalyses`.
    CauseAnalysis,
    /// `Finding.effect`.
    Effect,
    /// `ImprovementAction.kind`.
    ActionKind,
    /// `ImprovementAction.description`.
    Action,
    /// `ImprovementAction.objective`.
    Objective,
    /// `ImprovementAction.indicator`.
    Indicator,
    /// `ImprovementAction.unitOfMeasure`.
    UnitOfMeasure,
    /// `ImprovementAction.target`.
    Target,
    /// `ImprovementAction.resources`.
    Resources,
    /// `ImprovementAction.unit`.
    LeadUnit,
    /// `ImprovementAction.executor`.
    Executor,
    /// Who of control interno follows it up: nobody is named beforehand, whoever verifies is known afterwards.
    FollowUpAuditor,
    /// `ActionActivity.number`.
    ActivityNumber,
    /// `ActionActivity.description`.
    Activity,
    /// `ImprovementAction.startsOn`.
    StartsOn,
    /// `ImprovementAction.dueOn`.
    DueOn,
    /// `ActionActivity.dueOn`.
    Weeks,
    /// `ActionActivity.progress`.
    Done,
    /// What was told with the last progress.
    Remarks,
    /// `ProgressReport.evidence`.
    Evidence,
    /// `ProgressReport.ratings`.
    FollowUp,
    /// `ImprovementAction.effectivenessReviews`.
    Effectiveness,
    /// `ImprovementAction.result`.
    Closure,
}

impl Datum {
    /// The name of the place within its type; empty for what is not held.
    pub fn name(self) -> &'static str {
        self.place().and_then(|place| place.split_once('.')).map_or("", |(_, name)| name)
    }

    /// The place in the graph, from the type on; `None` for what is not held.
    pub const fn place(self) -> Option<&'static str> {
        Some(match self {
            Self::PlanName => "ImprovementPlan.name",
            Self::FilingNumber => "ImprovementPlan.filingNumber",
            Self::FormulatingUnit => "ImprovementPlan.unit",
            Self::PlanKind => "ImprovementPlan.kind",
            Self::Origin => "Finding.origin",
            Self::OriginProcess => "ImprovementPlan.process",
            Self::Registration => "ImprovementPlan.state",
            Self::FindingCode => "Finding.code",
            Self::FindingName => "Finding.name",
            Self::Condition => "Finding.condition",
            Self::Cause => "Finding.cause",
            Self::CauseAnalysis => "Finding.causeAnalyses",
            Self::Effect => "Finding.effect",
            Self::ActionKind => "ImprovementAction.kind",
            Self::Action => "ImprovementAction.description",
            Self::Objective => "ImprovementAction.objective",
            Self::Indicator => "ImprovementAction.indicator",
            Self::UnitOfMeasure => "ImprovementAction.unitOfMeasure",
            Self::Target => "ImprovementAction.target",
            Self::Resources => "ImprovementAction.resources",
            Self::LeadUnit => "ImprovementAction.unit",
            Self::Executor => "ImprovementAction.executor",
            Self::FollowUpAuditor => return None,
            Self::ActivityNumber => "ActionActivity.number",
            Self::Activity => "ActionActivity.description",
            Self::StartsOn => "ImprovementAction.startsOn",
            Self::DueOn => "ImprovementAction.dueOn",
            // Computed of what is held.
            Self::Weeks => "ActionActivity.dueOn",
            Self::Done => "ActionActivity.progress",
            Self::Remarks => "ImprovementAction.reports",
            Self::Evidence => "ProgressReport.evidence",
            Self::FollowUp => "ProgressReport.ratings",
            Self::Effectiveness => "ImprovementAction.effectivenessReviews",
            Self::Closure => "ImprovementAction.result",
        })
    }
}

/// When a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Demand {
    /// Always: nothing is written without it, or it is computed.
    Always,
    /// From the submission on.
    Submission,
    /// It may be missing, or comes later.
    Open,
}

/// A field that a kind of plan has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanField {
    /// What it is about.
    pub about: About,
    /// Its heading in Spanish.
    pub es: &'static str,
    /// Its heading in English.
    pub en: &'static str,
    /// What it holds.
    pub datum: Datum,
    /// When it must be there.
    pub demand: Demand,
}

const fn field(about: About, (es, en): (&'static str, &'static str), datum: Datum, demand: Demand) -> PlanField {
    PlanField { about, es, en, datum, demand }
}

use About::{Action, Activity, Finding, Plan};
use Demand::{Always, Open, Submission};

const INTERNAL: &[PlanField] = &[
    field(Plan, ("Nombre del plan", "Name of the plan"), Datum::PlanName, Always),
    field(Plan, ("Radicado", "Filing number"), Datum::FilingNumber, Open),
    field(Plan, ("Dependencia", "Unit"), Datum::FormulatingUnit, Always),
    field(Plan, ("Clase de plan", "Kind of plan"), Datum::PlanKind, Always),
    field(Plan, ("Origen", "Origin"), Datum::Origin, Always),
    field(Plan, ("Proceso de origen", "Process of origin"), Datum::OriginProcess, Open),
    field(Plan, ("Dependencia que formula", "Unit that formulates"), Datum::FormulatingUnit, Always),
    field(Finding, ("Hallazgo", "Finding"), Datum::FindingName, Always),
    field(Finding, ("Descripción del hallazgo", "Description of the finding"), Datum::Condition, Always),
    field(Finding, ("Causa", "Cause"), Datum::Cause, Submission),
    field(Action, ("Acción correctiva", "Corrective action"), Datum::Action, Always),
    field(Action, ("Objetivo", "Objective"), Datum::Objective, Submission),
    field(Action, ("Indicador", "Indicator"), Datum::Indicator, Submission),
    field(Action, ("Unidad de medida", "Unit of measure"), Datum::UnitOfMeasure, Always),
    field(Action, ("Meta", "Target"), Datum::Target, Always),
    field(Action, ("Área responsable", "Responsible unit"), Datum::LeadUnit, Always),
    field(Action, ("Recursos", "Resources"), Datum::Resources, Submission),
    field(Action, ("Fecha de inicio", "Start"), Datum::StartsOn, Always),
    field(Action, ("Fecha de fin", "End"), Datum::DueOn, Always),
    field(Action, ("Responsable del seguimiento", "Responsible for the follow-up"), Datum::FollowUpAuditor, Open),
];

/// The columns of the form F14.1 in their order, then what the Contraloría General asks for beside them.
const CONTROL_BODY: &[PlanField] = &[
    field(Plan, ("Modalidad de registro", "Mode of registration"), Datum::Registration, Always),
    field(Finding, ("Código del hallazgo", "Code of the finding"), Datum::FindingCode, Always),
    field(Finding, ("Descripción del hallazgo", "Description of the finding"), Datum::Condition, Always),
    field(Finding, ("Causa del hallazgo", "Cause of the finding"), Datum::Cause, Submission),
    field(Action, ("Acción de mejora", "Improvement action"), Datum::Action, Always),
    field(Activity, ("Actividades: descripción", "Activities: description"), Datum::Activity, Always),
    field(Activity, ("Actividades: unidad de medida", "Activities: unit of measure"), Datum::UnitOfMeasure, Always),
    field(Activity, ("Actividades: cantidad", "Activities: quantity"), Datum::Target, Always),
    field(Activity, ("Actividades: fecha de inicio", "Activities: start"), Datum::StartsOn, Always),
    field(Activity, ("Actividades: fecha de terminación", "Activities: end"), Datum::DueOn, Always),
    field(Activity, ("Actividades: plazo en semanas", "Activities: weeks"), Datum::Weeks, Always),
    field(Activity, ("Actividades: avance físico", "Activities: physical progress"), Datum::Done, Always),
    field(Action, ("Observaciones", "Remarks"), Datum::Remarks, Open),
    field(Finding, ("Efecto del hallazgo", "Effect of the finding"), Datum::Effect, Submission),
    field(Action, ("Propósito", "Purpose"), Datum::Objective, Submission),
    field(Activity, ("Número de actividad", "Number of the activity"), Datum::ActivityNumber, Always),
    field(Action, ("Área responsable", "Responsible unit"), Datum::LeadUnit, Always),
];

const TERRITORIAL_CONTROL: &[PlanField] = &[
    field(Action, ("Acción correctiva", "Corrective action"), Datum::Action, Always),
    field(Action, ("Indicador", "Indicator"), Datum::Indicator, Submission),
    field(Action, ("Meta", "Target"), Datum::Target, Always),
    field(Action, ("Área responsable", "Responsible unit"), Datum::LeadUnit, Always),
    field(Action, ("Recursos", "Resources"), Datum::Resources, Submission),
    field(Action, ("Fecha de inicio", "Start"), Datum::StartsOn, Always),
    field(Action, ("Fecha de fin", "End"), Datum::DueOn, Always),
];

const CERTIFICATION: &[PlanField] = &[
    field(Action, ("Tipo de acción", "Type of action"), Datum::ActionKind, Always),
    field(Finding, ("Análisis de causas", "Cause analysis"), Datum::CauseAnalysis, Submission),
    field(Action, ("Responsable", "Responsible person"), Datum::Executor, Submission),
    field(Action, ("Fecha de inicio", "Start"), Datum::StartsOn, Always),
    field(Action, ("Fecha de fin", "End"), Datum::DueOn, Always),
    field(Action, ("Evidencias", "Evidence"), Datum::Evidence, Open),
    field(Action, ("Seguimiento", "Follow-up"), Datum::FollowUp, Open),
    field(Action, ("Eficacia", "Effectiveness"), Datum::Effectiveness, Open),
    field(Action, ("Cierre", "Closure"), Datum::Closure, Open),
];

/// The fields of a kind of plan, in their order.
pub const fn fields(kind: PlanKind) -> &'static [PlanField] {
    match kind {
        PlanKind::Internal | PlanKind::SelfAssessment | PlanKind::FollowUp => INTERNAL,
        PlanKind::ControlBody => CONTROL_BODY,
        PlanKind::TerritorialControl => TERRITORIAL_CONTROL,
        PlanKind::Certification => CERTIFICATION,
    }
}

/// The fields about something that a plan of this kind must say from its submission on.
pub fn demanded(kind: PlanKind, about: About) -> impl Iterator<Item = &'static PlanField> {
    fields(kind).iter().filter(move |field| field.about == about && field.demand == Submission)
}

/// Does an action or a finding say something? Of what not each of them says there is a letter; SQL collects them.
pub fn says(letters: &str, datum: Datum) -> bool {
    let letter = match datum {
        Datum::Objective => 'o',
        Datum::Indicator => 'i',
        Datum::Resources => 'r',
        Datum::Executor => 'x',
        Datum::Cause => 'c',
        Datum::CauseAnalysis => 'a',
        Datum::Effect => 'e',
        _ => return true,
    };
    letters.contains(letter)
}

/// The SQL of the letters of the action under an alias, see [`says`].
macro_rules! said_of_action {
    ($a:literal) => {
        concat!(
            "CASE WHEN ",
            $a,
            ".objective IS NULL THEN '' ELSE 'o' END || CASE WHEN ",
            $a,
            ".indicator IS NULL THEN '' ELSE 'i' END || CASE WHEN ",
            $a,
            ".resources IS NULL THEN '' ELSE 'r' END || CASE WHEN ",
            $a,
            ".executor_id IS NULL THEN '' ELSE 'x' END"
        )
    };
}
pub(crate) use said_of_action;

/// The SQL of the letters of the finding `f`, see [`says`]. A cause is told by whoever found it, or by an analysis. An effect is
/// asked of what an external body found, for its transcription can be mended; what the organization found is frozen by then.
macro_rules! said_of_finding {
    () => {
        "CASE WHEN f.cause IS NOT NULL OR EXISTS (SELECT 1 FROM cause_analysis c WHERE c.finding_id = f.id) THEN 'c' ELSE '' END \
         || CASE WHEN EXISTS (SELECT 1 FROM cause_analysis c WHERE c.finding_id = f.id) THEN 'a' ELSE '' END \
         || CASE WHEN f.external AND f.effect IS NULL THEN '' ELSE 'e' END"
    };
}
pub(crate) use said_of_finding;

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = PlanKind> {
        PlanKind::VOCABULARY.terms.iter().filter_map(|term| PlanKind::from_number(term.number))
    }

    #[test]
    fn a_field_stands_once_in_a_kind_and_has_both_headings() {
        for kind in all() {
            let fields = fields(kind);
            for (at, field) in fields.iter().enumerate() {
                assert!(!field.es.is_empty() && !field.en.is_empty() && field.es != field.en, "{field:?}");
                assert!(!fields[..at].iter().any(|known| known.es == field.es), "{kind:?}: {field:?}");
            }
        }
    }

    #[test]
    fn what_is_demanded_is_held_and_looked_at() {
        for kind in all() {
            assert!(fields(kind).iter().any(|field| field.demand == Submission), "{kind:?} demands something");
            for field in fields(kind).iter().filter(|field| field.demand == Submission) {
                assert!(field.datum.place().is_some(), "{field:?} can be given");
                assert!(!says("", field.datum), "{field:?} is looked at");
                assert!(says("oirxcae", field.datum), "{field:?} can be there");
                assert!(matches!(field.about, Finding | Action), "{field:?}: only these are looked at");
            }
        }
    }

    #[test]
    fn the_form_of_the_contraloria_keeps_its_order() {
        let columns: Vec<_> =
            fields(entity::improvement::PlanKind::ControlBody).iter().map(|field| field.datum).collect();
        use Datum::*;
        let form = [
            Registration,
            FindingCode,
            Condition,
            Cause,
            Action,
            Activity,
            UnitOfMeasure,
            Target,
            StartsOn,
            DueOn,
            Weeks,
            Done,
            Remarks,
        ];
        assert_eq!(columns[..13], form);
    }
}
