//! What is broken on purpose: about twenty of each kind, said while it is being broken.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::exchange::demo::{FUNZA, random::Chance};

/// A rule of which the demonstration breaks some.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// An output that nobody takes.
    OutputWithoutConsumer,
    /// An input that nobody gives.
    InputWithoutSource,
    /// A flow from or to a process that is not in force.
    FlowEndNotInForce,
    /// An input that repeats what the other process says.
    FlowSaidTwice,
    /// A process that nobody leads.
    ProcessWithoutLead,
    /// A core process whose lead unit has nobody.
    CoreProcessUnstaffed,
    /// A process below one that is not in force.
    ParentNotInForce,
    /// A process that is aligned to nothing.
    ProcessWithoutAlignment,
    /// A unit that has nothing to do with any process.
    UnitWithoutProcess,
    /// A responsibility that outlived its unit.
    ResponsibleUnitEnded,
    /// An activity of a unit or post that is there no more.
    ActivityResponsibleEnded,
    /// A document whose review is overdue.
    DocumentPastReview,
    /// An alignment to an edition that ended.
    AlignmentOutdated,
    /// A macroprocess of the reference that is left out without a word.
    ReferenceGapUnjustified,
    /// A nonconformity in a plan, without an analysis of its causes.
    NonconformityWithoutCause,
    /// An action of nobody.
    ActionWithoutExecutor,
    /// A plan all of whose dates have passed.
    PlanPastDue,
    /// A finding that was closed without asking whether that had an effect.
    FindingClosedUnreviewed,
    /// A decision from which nothing came.
    DecisionWithoutAction,
    /// A process of another kind than the one above it.
    ProcessKindDiffers,
}

impl Rule {
    /// Its code in the catalogue of rules.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OutputWithoutConsumer => "OUTPUT_WITHOUT_CONSUMER",
            Self::InputWithoutSource => "INPUT_WITHOUT_SOURCE",
            Self::FlowEndNotInForce => "FLOW_END_NOT_IN_FORCE",
            Self::FlowSaidTwice => "FLOW_SAID_TWICE",
            Self::ProcessWithoutLead => "PROCESS_WITHOUT_LEAD",
            Self::CoreProcessUnstaffed => "CORE_PROCESS_UNSTAFFED",
            Self::ParentNotInForce => "PARENT_NOT_IN_FORCE",
            Self::ProcessWithoutAlignment => "PROCESS_WITHOUT_ALIGNMENT",
            Self::UnitWithoutProcess => "UNIT_WITHOUT_PROCESS",
            Self::ResponsibleUnitEnded => "RESPONSIBLE_UNIT_ENDED",
            Self::ActivityResponsibleEnded => "ACTIVITY_RESPONSIBLE_ENDED",
            Self::DocumentPastReview => "DOCUMENT_PAST_REVIEW",
            Self::AlignmentOutdated => "ALIGNMENT_OUTDATED",
            Self::ReferenceGapUnjustified => "REFERENCE_GAP_UNJUSTIFIED",
            Self::NonconformityWithoutCause => "NONCONFORMITY_WITHOUT_CAUSE",
            Self::ActionWithoutExecutor => "ACTION_WITHOUT_EXECUTOR",
            Self::PlanPastDue => "PLAN_PAST_DUE",
            Self::FindingClosedUnreviewed => "FINDING_CLOSED_UNREVIEWED",
            Self::DecisionWithoutAction => "DECISION_WITHOUT_ACTION",
            Self::ProcessKindDiffers => "PROCESS_KIND_DIFFERS",
        }
    }

    /// In how many of a hundred secretariats that could break it, it is broken.
    const fn share(self) -> u32 {
        match self {
            // Only where the map began in the earlier edition.
            Self::AlignmentOutdated => 45,
            _ => 33,
        }
    }

    /// About how many are broken.
    const fn wanted(self) -> usize {
        20
    }
}

/// Something that is broken on purpose.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planted {
    /// Code of the rule that it breaks.
    pub rule: &'static str,
    /// DIVIPOLA code of the entity whose secretariat it is.
    pub divipola: String,
    /// The object that the rule names; for `REFERENCE_GAP_UNJUSTIFIED` the process of the reference.
    pub object: Uuid,
}

/// Decides where to break, and keeps what was broken.
#[derive(Default)]
pub struct Faults {
    counts: BTreeMap<Rule, usize>,
    planted: Vec<Planted>,
}

impl Faults {
    /// Is this rule to be broken at this secretariat? The one of the examples breaks three.
    pub fn strikes(&self, rule: Rule, divipola: &str) -> bool {
        use Rule::{DocumentPastReview, OutputWithoutConsumer, ProcessWithoutAlignment};
        if divipola == FUNZA {
            return matches!(rule, OutputWithoutConsumer | ProcessWithoutAlignment | DocumentPastReview);
        }
        let open = self.counts.get(&rule).is_none_or(|count| *count < rule.wanted());
        open && Chance::of(&format!("{}/{divipola}", rule.code())).percent(rule.share())
    }

    /// Has it been broken an odd number of times so far?
    pub fn is_odd(&self, rule: Rule) -> bool {
        self.counts.get(&rule).is_some_and(|count| count % 2 == 1)
    }

    /// Notes that it was broken.
    pub fn plant(&mut self, rule: Rule, divipola: &str, object: Uuid) {
        *self.counts.entry(rule).or_default() += 1;
        self.planted.push(Planted { rule: rule.code(), divipola: divipola.to_owned(), object });
    }

    /// All of it.
    pub fn planted(self) -> Vec<Planted> {
        self.planted
    }
}
