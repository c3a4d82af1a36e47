//! The table of parents that a level hangs on: `near (n, k0, k1 …, m)`.

use chrono::NaiveDate;

use super::Renderer;
use crate::reader::sql::{Bind, Dialect};

/// The parents of a level: the keys, and the moment where it differs, of each distinct parent row.
#[derive(Debug, Default)]
pub struct Parents {
    /// One list for each key of the edge.
    pub keys: Vec<Vec<uuid::Uuid>>,
    /// The moments, when each parent brings its own.
    pub moments: Option<Vec<NaiveDate>>,
}

impl Parents {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.keys.first().map_or(0, Vec::len)
    }
}

/// Where a level finds its parents.
#[derive(Clone, Copy, Debug)]
pub enum Near<'a> {
    /// It has none: a root field.
    Nowhere,
    /// Their keys are known.
    Known(&'a Parents),
    /// In the same statement, where the level number n stands under the name `ln`, its rows numbered by `r`.
    Above,
}

impl Near<'_> {
    /// Is there one list only? Then rows carry no number of their parent.
    pub(super) fn is_single(self) -> bool {
        match self {
            Self::Nowhere => true,
            Self::Known(parents) => parents.len() == 1,
            Self::Above => false,
        }
    }
}

impl Renderer<'_> {
    /// With one parent its keys are plain values: the database can walk an index and stop at the limit.
    pub(super) fn single_parent(&mut self, near: Near<'_>) {
        let Near::Known(parents) = near else { return };
        self.parent_keys = parents.keys.iter().map(|key| self.statement.bind(Bind::Uuid(key[0]))).collect();
        self.single_moment = parents.moments.as_ref().map(|moments| moments[0]);
    }

    pub(super) fn parent_names(&mut self) {
        let Some(parent) = &self.level.parent else { return };
        self.parent_keys = (0..parent.keys.len()).map(|key| format!("near.k{key}")).collect();
        self.parent_moment = parent.moment.map(|_| "near.m".to_owned());
    }

    /// The parents as a table `near (n, k0, k1 …, m)`. No template of a declaration may call anything `near`: it would stand
    /// between `{k0}` and the parents.
    pub(super) fn parents(&mut self, near: Near<'_>) {
        self.parent_names();
        match (near, self.dialect()) {
            (Near::Nowhere, _) => {}
            (Near::Above, _) => self.parents_above(),
            (Near::Known(parents), Dialect::Postgres) => self.parents_unnested(parents),
            (Near::Known(parents), Dialect::Sqlite) => {
                self.parents_sliced(parents);
                self.views_of_parents(parents);
            }
        }
    }

    /// The distinct keys among the rows of the level above, each with the number of its first row.
    fn parents_above(&mut self) {
        let Some(parent) = &self.level.parent else { return };
        let columns: Vec<_> = parent.keys.iter().chain(&parent.moment).map(|column| format!("c{column}")).collect();
        self.statement.push("(SELECT min(r) AS n");
        for (number, key) in parent.keys.iter().enumerate() {
            self.statement.push(&format!(", c{key} AS k{number}"));
        }
        if let Some(moment) = parent.moment {
            self.statement.push(&format!(", c{moment} AS m"));
        }
        self.statement.push(&format!(" FROM l{} WHERE ", parent.level));
        self.statement.push(&columns.join(" IS NOT NULL AND ")).push(" IS NOT NULL GROUP BY ");
        self.statement.push(&columns.join(", ")).push(") near");
    }

    fn parents_unnested(&mut self, parents: &Parents) {
        let mut names = String::new();
        self.statement.push("unnest(");
        for (number, keys) in parents.keys.iter().enumerate() {
            let separator = if number == 0 { "" } else { ", " };
            self.statement.push(separator).push_bind(Bind::Uuids(keys.clone()));
            names.push_str(&format!("k{number}, "));
        }
        if let Some(moments) = &parents.moments {
            self.statement.push(", ").push_bind(Bind::Dates(moments.clone()));
            names.push_str("m, ");
        }
        self.statement.push(&format!(") WITH ORDINALITY AS near({names}n)"));
    }

    fn parents_sliced(&mut self, parents: &Parents) {
        // Each key and the moments stand one after another in one value; a list of zeros counts them. (Taking values out of
        // JSON costs four times as much.)
        self.statement.push("(SELECT key + 1 AS n");
        for (number, keys) in parents.keys.iter().enumerate() {
            let bytes = keys.iter().flat_map(|key| *key.as_bytes()).collect();
            self.statement.push(", substr(").push_bind(Bind::Bytes(bytes));
            self.statement.push(&format!(", key * 16 + 1, 16) AS k{number}"));
        }
        if let Some(moments) = &parents.moments {
            // As bytes, because in a text SQLite would count characters from its beginning each time.
            let days: String = moments.iter().map(NaiveDate::to_string).collect();
            self.statement.push(", CAST(substr(").push_bind(Bind::Bytes(days.into_bytes()));
            self.statement.push(", key * 10 + 1, 10) AS TEXT) AS m");
        }
        self.statement.push(" FROM json_each(").push_bind(Bind::Ints(vec![0; parents.len()])).push(")) near");
    }
}
