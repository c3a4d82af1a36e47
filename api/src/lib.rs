//! Articula: a headless GraphQL service for the quality management of Colombia's Secretarías de Educación.
//!
//! `docs/architecture.md` tells how it stands. Arrows only point down: http → exchange → areas → reader and
//! store → access → graph → entity.

pub mod access;
pub mod exchange;
pub mod graph;
pub mod reader;
pub mod store;
