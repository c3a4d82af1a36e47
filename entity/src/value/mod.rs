//! Small values that are checked once, when they are made.

pub mod amount;
pub mod business_days;
pub mod fold;
pub mod interval;
pub mod moment;
pub mod text_list;
