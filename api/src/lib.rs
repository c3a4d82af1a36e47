//! Articula: the quality-management graph of Colombia's Secretarías de Educación, served over GraphQL.

pub mod access;
pub mod config;
pub mod graph;
pub mod telemetry;
