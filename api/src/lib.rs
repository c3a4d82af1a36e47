//! Articula: a headless GraphQL service for the quality management of Colombia's Secretarías de Educación.
//!
//! `docs/architecture.md` tells how it stands. Arrows only point down: http → execution → areas → reader and
//! store → access → graph → entity.

pub mod access;
pub mod app;
pub mod audit;
pub mod catalogue;
pub mod config;
pub mod contract;
pub mod direction;
pub mod exchange;
pub mod execution;
pub mod framework;
pub mod glossary;
pub mod graph;
pub mod history;
pub mod http;
pub mod improvement;
pub mod insight;
pub mod life_cycle;
pub mod metrics;
pub mod organization;
pub mod reader;
pub mod store;
pub mod telemetry;
pub mod territory;
pub mod value_chain;
