//! National reference content: the model of processes, the frameworks by edition, norms and lines of defence.

pub mod types;
