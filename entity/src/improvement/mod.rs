//! Improvement: causes, plans, actions, progress, verification and effect.

pub mod action_activity;
pub mod action_finding;
pub mod action_transition;
pub mod action_unit;
pub mod cause_analysis;
pub mod effectiveness_review;
pub mod evidence;
pub mod improvement_action;
pub mod improvement_plan;
pub mod plan_finding;
pub mod plan_transition;
pub mod progress_rating;
pub mod progress_report;
pub mod reformulation;
pub mod reformulation_decision;
pub mod reporting_window;
pub mod vocabulary;

pub use vocabulary::{
    ActionKind, ActionResult, ActionState, CauseCategory, CauseMethod, ControlStatus, DecisionCapacity, PlanKind,
    PlanState, ReformulationState, Semaphore,
};
