//! The declared graph of improvement.

mod action;
mod action_parts;
mod cause;
mod plan;
mod progress;

pub use action::{ACTION_TRANSITION, IMPROVEMENT_ACTION};
pub use action_parts::{ACTION_ACTIVITY, EFFECTIVENESS_REVIEW, REFORMULATION, REFORMULATION_DECISION};
pub use cause::{CAUSE_ANALYSIS, EVIDENCE};
pub use plan::{IMPROVEMENT_PLAN, PLAN_TRANSITION};
pub use progress::{PROGRESS_RATING, PROGRESS_REPORT, REPORTING_WINDOW};

use crate::{life_cycle::step_members, organization::types::owner};
