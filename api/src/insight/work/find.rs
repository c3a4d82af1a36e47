//! Finds what waits: rows in a state from which an act leads on, one level for each kind; then `can` of each row decides.

use chrono::NaiveDate;
use entity::{Kind, OpaqueId};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::waiting::{WAITING, Waiting};
use crate::{
    access::act_rules::{ActRule, act_rule},
    graph::{
        Declaration,
        declaration::{Scalar, Source},
        error::{ErrorCode, Refusal},
    },
    insight::trace::{Key, kind_word, number_of},
    reader::{
        arguments,
        fetch::fetch,
        plan::{CanNode, Decode, Filter, Moment, OrderKey, Page, Reading, Test},
        planner::{Context, Planner},
        rows::Rows,
        snapshot::{ReadFault, Snapshot, StatementCount},
        sql::Bind,
        write::{permitted, value},
    },
};

/// Most rows of one kind that are looked at.
pub const MOST: usize = 300;
/// Most items of an answer, and how many when nobody says.
const FIRST: (i64, i64) = (100, 25);

/// What is asked.
pub struct Asked {
    /// Whose work; that of all organizations in which the viewer has a role, when none is named.
    organization: Option<Uuid>,
    /// Of which kinds; of all when none are named.
    kinds: Option<Vec<String>>,
    /// How many items are told.
    pub first: usize,
    /// Today: nothing waits on another day.
    pub day: NaiveDate,
}

impl Asked {
    /// Reads the arguments.
    pub fn read(mut given: Map<String, Value>, today: NaiveDate) -> Result<Self, Refusal> {
        let organization = given.remove("organization").filter(|id| !id.is_null()).map(|id| {
            let id = id.as_str().and_then(OpaqueId::parse).filter(|id| id.number == Kind::Organization as u8);
            id.map(|id| id.uuid).ok_or_else(|| ErrorCode::NotFound.at(["organization"]))
        });
        let first = arguments::int(&mut given, "first").unwrap_or(FIRST.1);
        if !(1..=FIRST.0).contains(&first) {
            return Err(ErrorCode::PageSizeInvalid.at(["first"]).with("maximum", FIRST.0));
        }
        let kinds = given.remove("kinds").filter(|kinds| !kinds.is_null()).map(arguments::list);
        let kinds = kinds.map(|kinds| kinds.iter().filter_map(Value::as_str).map(str::to_owned).collect());
        Ok(Self { organization: organization.transpose()?, kinds, first: first as usize, day: today })
    }

    /// The kinds of which something can wait.
    pub fn kinds(&self) -> impl Iterator<Item = &'static Waiting> {
        let asked = |waiting: &&Waiting| self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind_word(waiting.on)));
        WAITING.iter().filter(asked)
    }

    /// Finds everything that waits for the viewer.
    pub async fn find(
        &self,
        context: Context<'_>,
        snapshot: &mut Snapshot<'_>,
        count: &StatementCount,
    ) -> Result<Work, ReadFault> {
        let mut planner = Planner::new(context);
        let candidates: Vec<_> = self.kinds().filter_map(|waiting| self.candidates(&mut planner, waiting)).collect();
        let fetched = fetch(&planner.levels, context.actor, snapshot, count).await?;
        let mut work = Work::default();
        for candidates in &candidates {
            let rows = &fetched[candidates.level].rows;
            work.cut |= rows.len() > MOST;
            let items = (0..rows.len().min(MOST)).filter_map(|row| candidates.item(rows, row, &context, self.day));
            work.items.extend(items);
        }
        // What has no last day comes after what has one; of one day, kinds stand in the order of the table.
        work.items.sort_by_key(|item| (item.due.is_none(), item.due));
        Ok(work)
    }

    /// The level of the rows of a kind that wait for acts for which the viewer has the duty somewhere; none where there are
    /// no such acts.
    fn candidates(&self, planner: &mut Planner<'_>, waiting: &'static Waiting) -> Option<Candidates> {
        let actor = planner.context.actor;
        planner.allow(waiting.on).ok()?;
        let organizations = self.organizations(planner);
        let may = |act: &&str| {
            let rule = act_rule(act);
            rule.filter(|rule| organizations.iter().any(|one| actor.may_somewhere(rule.duty, *one).is_ok()))
        };
        let steps: Vec<_> = waiting.steps.iter().filter_map(|act| Some((may(act)?, waiting.from(act)))).collect();
        let acts: Vec<_> = waiting.acts.iter().filter_map(|(act, when)| Some((may(act)?, *when))).collect();
        if steps.is_empty() && acts.is_empty() {
            return None;
        }
        let level = planner.root(waiting.on, Moment::Fixed(self.day));
        let places: Vec<_> = (0..organizations.len()).map(|place| format!("{{k{place}}}")).collect();
        let owned = format!("{{t}}.organization_id IN ({})", places.join(", "));
        planner.levels[level].find.push((owned, organizations.into_iter().map(Bind::Uuid).collect()));
        let any = in_states(waiting.on, &steps).into_iter().chain(acts.iter().map(|(_, when)| so(when)));
        planner.levels[level].filter = Some(Filter::Any(any.collect()));
        self.order(planner, level, waiting.due);
        let id = planner.value(level, Reading::Column("id", Decode::Uuid));
        let organization = planner.value(level, Reading::Column("organization_id", Decode::Uuid));
        let due = planner.value(level, Reading::Template(waiting.due, Decode::Date));
        let mut known = Vec::new();
        for (rule, from) in steps {
            known.push(act(planner, level, rule, "state", |column, scalar| When::In(column, scalar, from))?);
        }
        for (rule, when) in acts {
            let Source::Column(sql, scalar) = when.source else { return None };
            let column = planner.value(level, Reading::of(sql, scalar));
            known.push(Act { name: rule.name, can: planner.can(level, rule).ok()?, when: When::So(column) });
        }
        Some(Candidates { waiting, level, id, organization, due, acts: known })
    }

    /// Where the viewer has a role, as far as that is asked for.
    fn organizations(&self, planner: &Planner<'_>) -> Vec<Uuid> {
        let mut all: Vec<_> = planner.context.actor.grants.iter().map(|held| held.organization).collect();
        all.retain(|one| self.organization.is_none_or(|asked| asked == *one));
        all.sort_unstable();
        all.dedup();
        all
    }

    fn order(&self, planner: &mut Planner<'_>, level: usize, due: &'static str) {
        let sql = Reading::Template(due, Decode::Date);
        let moment = Moment::Fixed(self.day);
        let level = &mut planner.levels[level];
        level.order.push(OrderKey { alias: 0, sql, moment, nullable: true, descending: false });
        // One row more tells that there are more.
        level.page = Some(Page { size: MOST, backwards: false, after: None, before: None, peek: true });
    }
}

/// An act of the life cycle, judged on rows of a level.
fn act(
    planner: &mut Planner<'_>,
    level: usize,
    rule: &'static ActRule,
    state: &str,
    when: impl FnOnce(usize, Scalar) -> When,
) -> Option<Act> {
    let Source::Column(sql, scalar) = planner.levels[level].declaration.member(state)?.source else { return None };
    let column = planner.value(level, Reading::of(sql, scalar));
    Some(Act { name: rule.name, can: planner.can(level, rule).ok()?, when: when(column, scalar) })
}

/// "Its state is one from which one of these leads on."
fn in_states(declaration: &'static Declaration, steps: &[(&ActRule, Vec<&'static str>)]) -> Option<Filter> {
    let state = declaration.member("state")?;
    let Source::Column(_, Scalar::Enum(vocabulary)) = state.source else { return None };
    let from = steps.iter().flat_map(|(_, from)| from);
    let numbers = from.filter_map(|name| vocabulary.by_name(name)).map(|term| i64::from(term.number));
    let numbers: Vec<_> = numbers.collect();
    (!numbers.is_empty()).then_some(Filter::Test(state, Test::In(Bind::Ints(numbers))))
}

fn so(when: &'static crate::graph::declaration::Member) -> Filter {
    Filter::Test(when, Test::Equal(Some(Bind::Bool(true))))
}

/// The rows of a kind that may wait.
struct Candidates {
    waiting: &'static Waiting,
    level: usize,
    id: usize,
    organization: usize,
    due: usize,
    acts: Vec<Act>,
}

/// An act that may wait on them.
struct Act {
    name: &'static str,
    can: CanNode,
    when: When,
}

/// When an act waits.
enum When {
    /// In these states, of which the column tells.
    In(usize, Scalar, Vec<&'static str>),
    /// When this column is true.
    So(usize),
}

impl Act {
    /// Does it wait on the row, and may the viewer do it?
    fn is_open(&self, rows: &Rows, row: usize, context: &Context<'_>) -> bool {
        let waits = match &self.when {
            When::In(column, scalar, from) => {
                value(rows, row, *column, *scalar, 0).as_str().is_some_and(|state| from.contains(&state))
            }
            When::So(column) => value(rows, row, *column, Scalar::Boolean, 0) == Value::Bool(true),
        };
        waits && permitted(rows, row, &self.can, context)["allowed"] == Value::Bool(true)
    }
}

impl Candidates {
    /// The row, if something on it waits for the viewer.
    fn item(&self, rows: &Rows, row: usize, context: &Context<'_>, day: NaiveDate) -> Option<Item> {
        let acts = self.acts.iter().filter(|act| act.is_open(rows, row, context)).map(|act| act.name);
        let acts: Vec<_> = acts.collect();
        if acts.is_empty() {
            return None;
        }
        let due = rows.date(row, self.due);
        Some(Item {
            key: Key { kind: number_of(self.waiting.on), id: rows.uuid(row, self.id)? },
            kind: kind_word(self.waiting.on),
            organization: Key { kind: Kind::Organization as u8, id: rows.uuid(row, self.organization)? },
            acts,
            due,
            days_overdue: due.map_or(0, |due| (day - due).num_days().max(0)),
        })
    }
}

/// What waits, the most urgent first.
#[derive(Default)]
pub struct Work {
    /// All of it.
    pub items: Vec<Item>,
    /// Were there rows that nobody looked at?
    pub cut: bool,
}

/// Something that waits.
pub struct Item {
    /// The object.
    pub key: Key,
    /// Its kind.
    pub kind: String,
    /// Whose it is.
    pub organization: Key,
    /// What the viewer may do on it, by the names of the mutations.
    pub acts: Vec<&'static str>,
    /// By when.
    pub due: Option<NaiveDate>,
    /// How many days ago that was; 0 where it was not.
    pub days_overdue: i64,
}
