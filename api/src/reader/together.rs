//! All levels of a request in one statement of PostgreSQL: one round trip, and one state without opening a transaction.
//!
//! Each level is a subselect `WITH` a name; a level finds its parents in the one above by that name. The answer is their rows,
//! one level after another (`UNION ALL` reads its parts in turn), in columns that levels share by type.

use super::{
    plan::{Decode, Level},
    render::{Near, Renderer},
    sql::{Dialect, Statement},
};
use crate::{access::visibility::Reach, graph::Declaration};

/// Levels of more statements than these are read one by one: PostgreSQL would take long to plan them as one.
const MOST: usize = 16;

/// Are these levels read by one statement?
pub fn suits(levels: &[Level], dialect: Dialect) -> bool {
    dialect == Dialect::Postgres && (2..=MOST).contains(&super::parts(levels))
}

/// Where the cells of a part's rows stand: column and decoding. The first is the number of the parent's row, counted from 1.
pub type Cells = Vec<(usize, Decode)>;

/// The statement and its parts. The rows of a level are a part, and so are its counts, after them. Each row begins with the
/// number of its part.
pub fn render(levels: &[Level], reach: &dyn Fn(&'static Declaration) -> Reach) -> (Statement, Vec<Cells>) {
    let mut statement = Statement::new(Dialect::Postgres);
    let mut answer = Answer::default();
    for (number, level) in levels.iter().enumerate() {
        let near = if level.parent.is_some() { Near::Above } else { Near::Nowhere };
        if level.rows {
            let leads_on =
                levels.iter().any(|below| below.parent.as_ref().is_some_and(|parent| parent.level == number));
            statement.push(answer.open()).push(&format!("l{number} AS ("));
            statement.push(if leads_on { "SELECT row_number() OVER () AS r, x.* FROM (" } else { "" });
            statement = Renderer::new(level, statement, reach).rows(near);
            statement.push(if leads_on { ") x)" } else { ")" });
            answer.add(format!("l{number}"), near, &level.decodes());
        }
        if level.count {
            statement.push(answer.open()).push(&format!("s{number} AS ("));
            statement = Renderer::new(level, statement, reach).counts(near);
            statement.push(")");
            answer.add(format!("s{number}"), near, &[Decode::Big]);
        }
    }
    answer.select(&mut statement);
    (statement, answer.parts.into_iter().map(|(.., cells)| cells).collect())
}

/// The columns of the whole: the part's number, the parent's, and as many of each type as the part with most of them has.
#[derive(Default)]
struct Answer {
    columns: Vec<Decode>,
    /// The name of each part, its parent's number, its cells.
    parts: Vec<(String, &'static str, Cells)>,
}

/// Columns before those of the parts.
const FIRST: usize = 2;

impl Answer {
    fn open(&self) -> &'static str {
        if self.parts.is_empty() { "WITH " } else { ", " }
    }

    /// Gives each value of a part a column of its type.
    fn add(&mut self, name: String, near: Near<'_>, decodes: &[Decode]) {
        let mut taken = vec![false; self.columns.len()];
        let mut cells = vec![(FIRST - 1, Decode::Big)];
        for decode in decodes {
            let free = (0..taken.len()).find(|column| !taken[*column] && self.columns[*column] == *decode);
            let column = free.unwrap_or_else(|| {
                self.columns.push(*decode);
                taken.push(false);
                taken.len() - 1
            });
            taken[column] = true;
            cells.push((FIRST + column, *decode));
        }
        let parent = if matches!(near, Near::Nowhere) { "1::bigint" } else { "n" };
        self.parts.push((name, parent, cells));
    }

    fn select(&self, statement: &mut Statement) {
        for (number, (name, parent, cells)) in self.parts.iter().enumerate() {
            let all = if number == 0 { "" } else { " UNION ALL" };
            statement.push(&format!("{all} SELECT {number}, {parent}"));
            for (column, decode) in self.columns.iter().enumerate() {
                match cells[1..].iter().position(|(own, _)| *own == FIRST + column) {
                    Some(own) => statement.push(&format!(", c{own}")),
                    None => statement.push(&format!(", NULL::{}", type_name(*decode))),
                };
            }
            statement.push(&format!(" FROM {name}"));
        }
    }
}

fn type_name(decode: Decode) -> &'static str {
    match decode {
        Decode::Uuid => "uuid",
        Decode::Text => "text",
        Decode::Int => "integer",
        Decode::Small => "smallint",
        Decode::Big => "bigint",
        Decode::Bool => "boolean",
        Decode::Date => "date",
    }
}
