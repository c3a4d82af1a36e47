//! What the service tells of itself and of what it was asked: costs, limits, metrics.

mod cost;
mod metrics;
mod rate;
