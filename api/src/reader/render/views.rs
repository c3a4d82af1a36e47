//! Views: entities whose rows are computed at a moment (`docs/decisions/0023-views.md`).

use std::borrow::Cow;

use super::{Parents, Renderer, named};
use crate::{
    graph::{Declaration, declaration::Edge},
    reader::{
        arguments::Given,
        plan::Moment,
        sql::{Bind, view},
    },
};

/// By which column an edge leads to the rows of a view. Databases do not find that out by themselves in each `SELECT`.
pub(super) fn column(edge: &'static Edge) -> Option<&'static str> {
    let column = || edge.on.strip_prefix("{t}.")?.strip_suffix(" = {k0}");
    if edge.target.is_view() { column() } else { None }
}

impl Renderer<'_> {
    /// The rows of an entity as `FROM` names them: its table, or its view at a moment, kept by a column, with what an edge gives.
    pub(super) fn source(
        &mut self,
        declaration: &'static Declaration,
        moment: &Moment,
        of: Option<(&str, &str)>,
        given: &Given,
    ) -> Cow<'static, str> {
        if !declaration.is_view() {
            return Cow::Borrowed(declaration.table);
        }
        let (days, moment) = match (&self.days, moment) {
            (Some(days), Moment::Parent) => (days.clone(), "day.m".to_owned()),
            (_, moment) => (String::new(), self.moment(moment)),
        };
        let bound = self.bound(declaration.table, given);
        Cow::Owned(view(declaration.table, &days, &moment, of, |name| named(&bound, name)))
    }

    /// The rows of the level's own entity: of a view only those that belong to parents.
    pub(super) fn own_source(&mut self) -> Cow<'static, str> {
        let level = self.level;
        let column = level.parent.as_ref().and_then(|parent| column(parent.edge));
        let compared = match self.near_keys.take() {
            Some(keys) => {
                let keys = self.statement.bind(Bind::Uuids(keys));
                Some(format!("IN (SELECT unhex(value) FROM json_each({keys}))"))
            }
            None => self.parent_keys.first().map(|key| format!("= {key}")),
        };
        let given = level.parent.as_ref().map(|parent| parent.arguments.clone()).unwrap_or_default();
        self.source(level.declaration, &level.moment, column.zip(compared.as_deref()), &given)
    }

    /// On SQLite nothing in a view sees the parents: it is read once for all their days and keys.
    pub(super) fn views_of_parents(&mut self, parents: &Parents) {
        if !self.level.declaration.is_view() {
            return;
        }
        if let Some(moments) = &parents.moments {
            let mut days = moments.clone();
            days.sort_unstable();
            days.dedup();
            let days = self.statement.bind(Bind::Dates(days));
            self.days = Some(format!("(SELECT value AS m FROM json_each({days})) day CROSS JOIN "));
        }
        self.near_keys = parents.keys.first().cloned();
    }
}
