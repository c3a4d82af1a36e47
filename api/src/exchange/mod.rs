//! Bulk in and out of the service.

pub mod demo;
pub mod load;
pub mod reference;

#[cfg(test)]
mod testing;
