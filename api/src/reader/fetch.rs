//! Plan → rows: the levels, breadth first, in one snapshot.

use std::collections::HashMap;

use super::{
    plan::{Decode, Level},
    render::{Near, Parents, Renderer},
    rows::{Cell, Rows},
    snapshot::{ReadFault, Snapshot, StatementCount},
    sql::Statement,
    together,
};
use crate::{access::actor::Actor, graph::Declaration};

/// What a level brought.
#[derive(Debug, Default)]
pub struct Fetched {
    /// The rows, those of one parent together.
    pub rows: Rows,
    /// For each row of the level above, the number of its parent here; `None` where there is no near row.
    owner: Vec<Option<u32>>,
    /// For each parent, its first row and the one after its last.
    ranges: Vec<(u32, u32)>,
    /// For each parent, the total count, when it was asked for.
    counts: Vec<i64>,
}

impl Fetched {
    /// The rows that belong to a row of the level above (to row 0 when there is no level above).
    pub fn range(&self, parent_row: usize) -> std::ops::Range<usize> {
        let range = self.parent(parent_row).and_then(|parent| self.ranges.get(parent));
        range.map_or(0..0, |(start, end)| *start as usize..*end as usize)
    }

    /// The total count under a row of the level above.
    pub fn count(&self, parent_row: usize) -> i64 {
        self.parent(parent_row).and_then(|parent| self.counts.get(parent)).copied().unwrap_or(0)
    }

    fn parent(&self, row: usize) -> Option<usize> {
        self.owner.get(row).copied().flatten().map(|parent| parent as usize)
    }
}

/// Reads all levels: together where the database reads several in one statement, else one after another. When there are several statements the caller has begun a read transaction; on a fault it drops
/// the snapshot, and the connection goes with it.
pub async fn fetch(
    levels: &[Level],
    actor: &Actor,
    snapshot: &mut Snapshot<'_>,
    count: &StatementCount,
) -> Result<Vec<Fetched>, ReadFault> {
    if together::suits(levels, snapshot.dialect()) {
        return all(levels, actor, snapshot, count).await;
    }
    let mut fetched: Vec<Fetched> = Vec::with_capacity(levels.len());
    for level in levels {
        let level = one(level, &fetched, actor, snapshot, count).await?;
        fetched.push(level);
    }
    Ok(fetched)
}

async fn all(
    levels: &[Level],
    actor: &Actor,
    snapshot: &mut Snapshot<'_>,
    count: &StatementCount,
) -> Result<Vec<Fetched>, ReadFault> {
    let reach = |declaration: &'static Declaration| actor.reach(declaration.visibility.subject);
    let (statement, parts) = together::render(levels, &reach);
    let mut parts = snapshot.fetch_parts(statement, &parts, count).await?.into_iter();
    let mut fetched: Vec<Fetched> = Vec::with_capacity(levels.len());
    for level in levels {
        let (owner, several) = match &level.parent {
            Some(parent) => {
                let (owner, parents) = gather(parent, &fetched[parent.level].rows);
                (owner, parents.len())
            }
            None => (vec![Some(0)], 1),
        };
        let parent = |rows: &Rows, row| {
            let first = rows.int(row, 0).unwrap_or(1) as usize - 1;
            owner[first].unwrap_or_default() as usize
        };
        let rows = if level.rows { parts.next() } else { None }.unwrap_or_default();
        let counted = if level.count { parts.next() } else { None }.unwrap_or_default();
        let ranges = ranges(&rows, several, parent);
        let counts = counts(&counted, several, parent);
        fetched.push(Fetched { rows: rows.without_first_column(), owner, ranges, counts });
    }
    Ok(fetched)
}

async fn one(
    level: &Level,
    above: &[Fetched],
    actor: &Actor,
    snapshot: &mut Snapshot<'_>,
    count: &StatementCount,
) -> Result<Fetched, ReadFault> {
    let reach = |declaration: &'static Declaration| actor.reach(declaration.visibility.subject);
    let renderer = |snapshot: &Snapshot<'_>| Renderer::new(level, Statement::new(snapshot.dialect()), &reach);
    let mut fetched = Fetched { owner: vec![Some(0)], ..Fetched::default() };
    let parents = level.parent.as_ref().map(|parent| {
        let (owner, parents) = gather(parent, &above[parent.level].rows);
        fetched.owner = owner;
        parents
    });
    let several = parents.as_ref().map_or(1, Parents::len);
    if several == 0 {
        return Ok(fetched);
    }
    let near = parents.as_ref().map_or(Near::Nowhere, Near::Known);
    let numbered = several > 1;
    let parent = |rows: &Rows, row| if numbered { rows.int(row, 0).unwrap_or(1) as usize - 1 } else { 0 };
    if level.count {
        let statement = renderer(snapshot).counts(near);
        let decodes: &[Decode] = if numbered { &[Decode::Big, Decode::Big] } else { &[Decode::Big] };
        let rows = snapshot.fetch(statement, decodes, count).await?;
        fetched.counts = counts(&rows, several, parent);
    }
    if level.rows {
        let statement = renderer(snapshot).rows(near);
        let mut decodes = level.decodes();
        if numbered {
            decodes.insert(0, Decode::Big);
        }
        let rows = snapshot.fetch(statement, &decodes, count).await?;
        fetched.ranges = ranges(&rows, several, parent);
        fetched.rows = if numbered { rows.without_first_column() } else { rows };
    }
    Ok(fetched)
}

/// The counts, which stand in the last column, by the numbers of their parents.
fn counts(rows: &Rows, several: usize, parent: impl Fn(&Rows, usize) -> usize) -> Vec<i64> {
    let mut counts = vec![0; several];
    for row in 0..rows.len() {
        counts[parent(rows, row)] = rows.int(row, rows.width() - 1).unwrap_or(0);
    }
    counts
}

/// Where the rows of each parent begin and end.
fn ranges(rows: &Rows, several: usize, parent: impl Fn(&Rows, usize) -> usize) -> Vec<(u32, u32)> {
    let mut ranges = vec![(0, 0); several];
    for row in 0..rows.len() {
        let parent = parent(rows, row);
        if ranges[parent].1 == 0 {
            ranges[parent].0 = row as u32;
        }
        ranges[parent].1 = row as u32 + 1;
    }
    ranges
}

/// The distinct parents among the rows above, and for each row the number of its parent.
fn gather(parent: &super::plan::Parent, rows: &Rows) -> (Vec<Option<u32>>, Parents) {
    let columns: Vec<usize> = parent.keys.iter().copied().chain(parent.moment).collect();
    let mut known: HashMap<Vec<Cell>, u32> = HashMap::new();
    let mut owner = Vec::with_capacity(rows.len());
    let mut distinct =
        Parents { keys: vec![Vec::new(); parent.keys.len()], moments: parent.moment.map(|_| Vec::new()) };
    let mut cells: Vec<Cell> = Vec::with_capacity(columns.len());
    for row in 0..rows.len() {
        cells.clear();
        cells.extend(columns.iter().map(|column| rows.cell(row, *column)));
        if cells.contains(&Cell::Null) {
            owner.push(None);
            continue;
        }
        let next = known.len() as u32;
        let number = known.get(&cells).copied().unwrap_or(next);
        if number == next {
            known.insert(cells.clone(), number);
            for (list, column) in distinct.keys.iter_mut().zip(&parent.keys) {
                list.push(rows.uuid(row, *column).unwrap_or_default());
            }
            if let (Some(moments), Some(column)) = (&mut distinct.moments, parent.moment) {
                moments.push(rows.date(row, column).unwrap_or_default());
            }
        }
        owner.push(Some(number));
    }
    (owner, distinct)
}
