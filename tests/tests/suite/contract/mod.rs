//! What clients build on: the schema, the documents that we show, and how a request is executed.

mod examples;
mod execution;
mod schema;
mod surfaces;
