//! What is asked of a trace, and how it is read.

use chrono::NaiveDate;
use entity::OpaqueId;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    links::{Direction, Step, kinds, steps},
    search::{Hop, Key, Search},
};
use crate::{
    access::actor::Actor,
    catalogue::ENTITIES,
    graph::{
        Declaration,
        error::{ErrorCode, Refusal},
        names,
    },
    reader::{
        arguments::{self, input_fault},
        links::{Standing, Viewpoint, Way, follow},
        plan::{Decode, Level, Moment, Reading, Selected},
        rows::Rows,
        snapshot::{ReadFault, Snapshot, StatementCount},
        sql::Bind,
    },
};

/// Most objects that a trace reaches.
pub const MOST_NODES: usize = 5_000;
/// Most links that it looks at in one step.
pub const MOST_LINKS: usize = 50_000;
/// Most steps of a path, and how many when nobody says.
pub const DEPTH: (i64, i64) = (6, 4);
/// Most hits of an answer, and how many when nobody says.
pub const FIRST: (i64, i64) = (1_000, 100);

/// What is asked.
pub struct Asked {
    start: (&'static Declaration, Uuid),
    /// Which kinds are hits.
    to: Vec<&'static Declaration>,
    /// How many steps at the most.
    pub depth: usize,
    /// Which steps are taken, by number.
    steps: Vec<usize>,
    /// On which day.
    pub day: NaiveDate,
    /// How many hits are told.
    pub first: usize,
}

impl Asked {
    /// Reads the arguments; `day` is that of `asOf`, or today.
    pub fn read(mut given: Map<String, Value>, day: NaiveDate) -> Result<Self, Refusal> {
        let id = given.get("id").and_then(Value::as_str).and_then(OpaqueId::parse).ok_or(ErrorCode::NotFound)?;
        let start = declaration(id.number).ok_or(ErrorCode::NotFound)?;
        let mut number = |name, (most, usual): (i64, i64)| {
            let number =
                given.remove(name).filter(|value| !value.is_null()).map_or(Some(usual), |value| value.as_i64());
            number.filter(|number| (1..=most).contains(number)).map(|number| number as usize)
        };
        let depth =
            number("depth", DEPTH).ok_or_else(|| input_fault("depth").with("expected", format!("1…{}", DEPTH.0)))?;
        let first = number("first", FIRST);
        let first = first.ok_or_else(|| ErrorCode::PageSizeInvalid.at(["first"]).with("maximum", FIRST.0))?;
        let direction = given.remove("direction");
        let via = words(&mut given, "via");
        let taken = |step: &Step| {
            let other = match direction.as_ref().and_then(Value::as_str) {
                Some("OUT") => Some(Direction::In),
                Some("IN") => Some(Direction::Out),
                _ => None,
            };
            other != Some(step.direction)
                && via.as_ref().is_none_or(|via| via.iter().any(|word| word == step.edge.name))
        };
        let steps = steps().iter().enumerate().filter(|(_, step)| taken(step)).map(|(number, _)| number).collect();
        let to = words(&mut given, "to");
        let asked_for = |kind: &&&'static Declaration| to.as_ref().is_none_or(|to| to.contains(&kind_word(kind)));
        let to = kinds().iter().filter(asked_for).copied().collect();
        Ok(Self { start: (start, id.uuid), to, depth, steps, day, first })
    }

    /// What it starts from.
    pub fn start(&self) -> &'static Declaration {
        self.start.0
    }

    /// Is an object of this kind a hit?
    pub fn is_hit(&self, kind: u8) -> bool {
        self.to.iter().any(|declaration| number_of(declaration) == kind)
    }

    /// Searches, in the state of a snapshot; none when the viewer does not see where it starts.
    pub async fn search(
        &self,
        actor: &Actor,
        snapshot: &mut Snapshot<'_>,
        count: &StatementCount,
    ) -> Result<Option<Search>, ReadFault> {
        if !self.sees_start(actor, snapshot, count).await? {
            return Ok(None);
        }
        let (declaration, id) = self.start;
        let mut search = Search::new(Key { kind: number_of(declaration), id }, MOST_NODES);
        let viewpoint = Viewpoint { actor, day: self.day };
        for depth in 1..=self.depth {
            let useful = self.useful(self.depth - depth);
            let standing = standing(&search);
            let ways = self.ways(&standing, &useful);
            if ways.is_empty() {
                break;
            }
            let rows = follow(&ways, &standing, MOST_LINKS + 1, viewpoint, snapshot, count).await?;
            let some = rows.len().min(MOST_LINKS);
            search.advance((0..some).filter_map(|row| hop(&rows, row)), rows.len() <= MOST_LINKS);
            if search.is_over() || search.cut().nodes {
                break;
            }
        }
        Ok(Some(search))
    }

    async fn sees_start(
        &self,
        actor: &Actor,
        snapshot: &mut Snapshot<'_>,
        count: &StatementCount,
    ) -> Result<bool, ReadFault> {
        let (declaration, id) = self.start;
        let mut level = Level::of(declaration, Moment::Fixed(self.day));
        level.find.push(("{t}.id = {k0}".to_owned(), vec![Bind::Uuid(id)]));
        level.select.push(Selected { alias: 0, sql: Reading::Column("id", Decode::Uuid), moment: Moment::Parent });
        let fetched = crate::reader::fetch::fetch(&[level], actor, snapshot, count).await?;
        Ok(fetched.iter().any(|level| !level.rows.is_empty()))
    }

    /// The kinds from which a hit can be reached in so many steps, itself being one in none: others are not looked at.
    fn useful(&self, steps_left: usize) -> Vec<&'static Declaration> {
        let mut useful = self.to.clone();
        for _ in 0..steps_left {
            let ways: Vec<_> = self.steps.iter().map(|step| &steps()[*step].way).collect();
            let known = useful.clone();
            for way in ways.into_iter().filter(|way| is_among(way.far(), &known)) {
                if !is_among(way.near(), &useful) {
                    useful.push(way.near());
                }
            }
        }
        useful
    }

    fn ways(&self, standing: &[Standing], useful: &[&'static Declaration]) -> Vec<(usize, Way)> {
        let ways = self.steps.iter().map(|step| (*step, steps()[*step].way));
        let leads_on = |(_, way): &(usize, Way)| {
            let near = way.near();
            standing.iter().any(|objects| std::ptr::eq(objects.declaration, near)) && is_among(way.far(), useful)
        };
        ways.filter(leads_on).collect()
    }
}

fn is_among(declaration: &'static Declaration, others: &[&'static Declaration]) -> bool {
    others.iter().any(|other| std::ptr::eq(*other, declaration))
}

/// The objects of the frontier, kind by kind.
fn standing(search: &Search) -> Vec<Standing> {
    let mut standing: Vec<Standing> = Vec::new();
    for (place, key) in search.frontier() {
        let Some(declaration) = declaration(key.kind) else { continue };
        let known = standing.iter().position(|objects| std::ptr::eq(objects.declaration, declaration));
        let number = known.unwrap_or_else(|| {
            standing.push(Standing { declaration, keys: Vec::new(), places: Vec::new() });
            standing.len() - 1
        });
        standing[number].keys.push(key.id);
        standing[number].places.push(place as i64);
    }
    standing
}

fn hop(rows: &Rows, row: usize) -> Option<Hop> {
    let (near, step) = (rows.int(row, 0)? as usize, rows.int(row, 1)? as usize);
    let to = Key { kind: number_of(steps().get(step)?.way.far()), id: rows.uuid(row, 2)? };
    Some(Hop { near, step, to, through: rows.uuid(row, 3) })
}

fn words(given: &mut Map<String, Value>, name: &str) -> Option<Vec<String>> {
    let given = given.remove(name).filter(|value| !value.is_null())?;
    Some(arguments::list(given).iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// The word for a kind.
pub fn kind_word(declaration: &Declaration) -> String {
    names::upper_snake(declaration.name).trim_start_matches('_').to_owned()
}

/// The number of a kind; only nodes are traced.
pub fn number_of(declaration: &Declaration) -> u8 {
    declaration.kind.map_or(0, |kind| kind as u8)
}

/// The declaration of a kind.
pub fn declaration(number: u8) -> Option<&'static Declaration> {
    ENTITIES.iter().copied().find(|declaration| declaration.kind.is_some_and(|kind| kind as u8 == number))
}
