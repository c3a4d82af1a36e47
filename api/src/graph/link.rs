//! What a link is: a way between two objects that traces follow, said in declared members.
//!
//! A link stands on the row that names both its ends, which may be one of the ends itself: a responsibility names its unit and
//! its process, a document its process. From there it goes by the edges of the declarations, in either direction.

use super::{
    Declaration,
    declaration::{Edge, Owner, Source},
};

/// A way between two objects.
#[derive(Debug)]
pub struct Link {
    /// The row that says it.
    pub hub: &'static Declaration,
    /// Where it begins.
    pub from: End,
    /// Where it leads.
    pub to: End,
    /// Template with `{t}`, the row that says it, and `{m}`: only rows of which this is true.
    pub only: Option<&'static str>,
}

/// An end of a link.
#[derive(Clone, Copy, Debug)]
pub enum End {
    /// The row that says it.
    Itself,
    /// Where to-one members lead, one after the other, from the row that says it.
    Along(&'static [&'static str]),
    /// Where a to-many member leads, by a table of pairs: only so can it be walked from both sides by an index.
    Paired {
        /// The member.
        member: &'static str,
        /// The table of pairs that its template speaks of.
        table: &'static str,
        /// The column of the row that says it.
        own: &'static str,
        /// The column of the row at the end.
        far: &'static str,
    },
}

impl Link {
    /// The edges that lead from the row that says it to an end.
    pub fn steps(&self, end: End) -> Vec<&'static Edge> {
        let names: Vec<_> = match end {
            End::Itself => Vec::new(),
            End::Along(names) => names.to_vec(),
            End::Paired { member, .. } => vec![member],
        };
        let mut at = self.hub;
        let edges = names.into_iter().map_while(|name| match at.member(name).map(|member| &member.source) {
            Some(Source::One(edge) | Source::Many(edge, _)) => {
                at = edge.target;
                Some(edge)
            }
            _ => None,
        });
        edges.collect()
    }

    /// What stands at an end.
    pub fn target(&self, end: End) -> &'static Declaration {
        self.steps(end).last().map_or(self.hub, |edge| edge.target)
    }

    /// Is the row that says it one of the ends?
    pub fn is_direct(&self) -> bool {
        matches!((self.from, self.to), (End::Itself, _) | (_, End::Itself))
    }
}

/// Does a row of an organization hold from a day until a day? National rows stay what they are: what points to an older
/// edition goes on pointing there.
pub fn lasts(declaration: &Declaration) -> bool {
    let has = |name| declaration.member(name).is_some();
    declaration.visibility.owner != Owner::Nation && has("validFrom") && has("validTo")
}
