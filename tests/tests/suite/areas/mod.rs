//! What each area answers on the demonstration data.

mod asking;
mod broken_links;
mod chains;
mod closing;
mod cut_offs;
mod dates;
mod documents;
mod exports;
mod frameworks;
mod history;
mod paging;
mod pictures;
mod processes;
mod relations;
mod statements;
mod sustained;
mod territory;
mod work;
