//! From objects to those that links join with them: one statement for all links of a step.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    plan::{Decode, Level, Moment},
    render::Renderer,
    rows::Rows,
    snapshot::{ReadFault, Snapshot, StatementCount},
    sql::Statement,
};
use crate::{
    access::actor::Actor,
    graph::{
        Declaration,
        link::{End, Link},
    },
};

/// Where one stands on a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// On the row that says it.
    Hub,
    /// At its beginning.
    From,
    /// At its end.
    To,
}

/// A link, walked from one side to another.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// The link.
    pub link: &'static Link,
    /// From where.
    pub near: Side,
    /// Where to.
    pub far: Side,
}

impl Way {
    fn end(&self, side: Side) -> End {
        match side {
            Side::Hub => End::Itself,
            Side::From => self.link.from,
            Side::To => self.link.to,
        }
    }

    /// The end from which it is walked.
    pub(super) fn near_end(&self) -> End {
        self.end(self.near)
    }

    /// The end to which it is walked.
    pub(super) fn far_end(&self) -> End {
        self.end(self.far)
    }

    /// What stands where it is walked from.
    pub fn near(&self) -> &'static Declaration {
        self.link.target(self.near_end())
    }

    /// What stands where it leads.
    pub fn far(&self) -> &'static Declaration {
        self.link.target(self.far_end())
    }
}

/// Objects of one kind from which links are followed, each with its place among all of the step.
#[derive(Debug)]
pub struct Standing {
    /// What they are.
    pub declaration: &'static Declaration,
    /// Their keys.
    pub keys: Vec<Uuid>,
    /// Their places.
    pub places: Vec<i64>,
}

/// Whose eyes and which day.
#[derive(Clone, Copy)]
pub struct Viewpoint<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The day on which links must hold.
    pub day: NaiveDate,
}

/// The columns of what [`follow`] reads: place of the near object, number of the way, key of the far object, key of the row that
/// says it (null where that is one of the two).
const COLUMNS: [Decode; 4] = [Decode::Big, Decode::Big, Decode::Uuid, Decode::Uuid];

/// Follows ways, each under a number, from objects: at most so many rows, in the order of their columns.
pub async fn follow(
    ways: &[(usize, Way)],
    standing: &[Standing],
    most: usize,
    from: Viewpoint<'_>,
    snapshot: &mut Snapshot<'_>,
    count: &StatementCount,
) -> Result<Rows, ReadFault> {
    let Some((_, first)) = ways.first() else { return Ok(Rows::default()) };
    let level = Level::of(first.link.hub, Moment::Fixed(from.day));
    let reach = |declaration: &'static Declaration| from.actor.reach(declaration.visibility.subject);
    let statement = Renderer::new(&level, Statement::new(snapshot.dialect()), &reach).ways(ways, standing, most);
    snapshot.fetch(statement, &COLUMNS, count).await
}
