//! Articula: the quality-management graph of Colombia's Secretarías de Educación, served over GraphQL.

pub mod graph;
