//! What each area answers on the demonstration data.

mod dates;
mod paging;
mod statements;
mod territory;
