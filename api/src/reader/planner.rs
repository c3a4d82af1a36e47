//! Selection + declaration → plan.

use std::sync::Arc;

use async_graphql::parser::types::SelectionSet;
use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{
    arguments::{self, Given},
    collect::{Merged, Source, agree, below, conflicting},
    cursor::CursorKey,
    listing, permission,
    plan::*,
};
use crate::{
    access::{act_rules::ActRule, actor::Actor},
    graph::{
        declaration::{
            self, Declaration, Edge, Figure, List, Member, ObjectShape, Owner, Part, Scalar, Shape, Sql, TOLD_APART,
        },
        error::{ErrorCode, Locale, Refusal},
        root::CAN,
    },
};

mod connections;

/// What a request is planned with.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Document and variables.
    pub source: Source<'a>,
    /// Who asks.
    pub actor: &'a Arc<Actor>,
    /// Today in Bogotá.
    pub today: NaiveDate,
    /// Language of messages.
    pub locale: Locale,
    /// Key of cursors.
    pub cursors: &'a CursorKey,
}

/// Builds the levels of a request, one root field after another.
pub struct Planner<'a> {
    /// What it plans with.
    pub context: Context<'a>,
    /// The levels so far.
    pub levels: Vec<Level>,
}

/// Where the planner stands: a row of this level, under this alias.
#[derive(Clone)]
pub(super) struct Place {
    level: usize,
    alias: usize,
    /// The moment at which the row was asked for.
    asked: Moment,
    /// The moment at which what hangs on the row is read.
    moment: Moment,
}

impl Place {
    /// Entering a row may clamp the moment into its interval.
    fn at(declaration: &Declaration, level: usize, alias: usize, asked: Moment) -> Self {
        let moment = asked.inside(declaration, &format!("t{alias}"));
        Self { level, alias, asked, moment }
    }

    /// Where one stands to follow an edge: some are read as of the day on which the row was asked for.
    fn on_edge(&self, edge: &Edge) -> Self {
        let moment = if edge.as_asked { &self.asked } else { &self.moment };
        Self { moment: moment.clone(), ..self.clone() }
    }

    /// The moment at which a value is read; one that does not depend on it is the same value at any.
    fn moment_of(&self, sql: &Reading) -> Moment {
        match sql {
            Reading::Moment => self.moment.clone(),
            sql => match sql.template() {
                Some(template) if template.contains("{m}") => self.moment.clone(),
                Some(template) if template.contains("{d}") => self.asked.clone(),
                _ => Moment::Parent,
            },
        }
    }
}

impl<'a> Planner<'a> {
    /// A planner without levels.
    pub fn new(context: Context<'a>) -> Self {
        Self { context, levels: Vec::new() }
    }

    /// Adds a level without parent and gives its number.
    pub fn root(&mut self, declaration: &'static Declaration, moment: Moment) -> usize {
        self.levels.push(Level::of(declaration, moment));
        self.levels.len() - 1
    }

    /// The shape of the rows of a level.
    pub fn rows(&mut self, level: usize, sets: &[&'a SelectionSet]) -> Object {
        let declaration = self.levels[level].declaration;
        let moment = self.levels[level].moment.clone();
        self.entity(declaration, Place::at(declaration, level, 0, moment), sets)
    }

    /// The shape of an entity.
    fn entity(&mut self, declaration: &'static Declaration, place: Place, sets: &[&'a SelectionSet]) -> Object {
        let applies = |name: &str| name == declaration.name || (name == "Node" && declaration.is_node());
        let fields = self.context.source.fields(sets, &applies);
        self.members(declaration, declaration.name, &|name| declaration.member(name), &place, fields)
    }

    fn members(
        &mut self,
        owner: &'static Declaration,
        type_name: &'static str,
        member: &dyn Fn(&str) -> Option<&'static Member>,
        place: &Place,
        fields: async_graphql::indexmap::IndexMap<&'a str, Merged<'a>>,
    ) -> Object {
        let mut shape = Object { fields: Vec::with_capacity(fields.len()) };
        for (key, merged) in fields {
            let name = merged[0].node.name.node.as_str();
            let node = match member(name) {
                _ if !agree(&merged) => Node::Refused(conflicting(&merged)),
                None if name == CAN.name && type_name == owner.name => {
                    permission::plan(self, owner, place, &merged).unwrap_or_else(Node::Refused)
                }
                None => Node::TypeName(type_name.to_owned()),
                Some(member) => {
                    let levels = self.levels.len();
                    self.member(owner, member, place, &merged).unwrap_or_else(|refusal| {
                        // Nothing is read for what is refused.
                        self.levels.truncate(levels);
                        Node::Refused(refusal)
                    })
                }
            };
            shape.fields.push((key.to_owned(), node));
        }
        shape
    }

    fn member(
        &mut self,
        owner: &'static Declaration,
        member: &'static Member,
        place: &Place,
        merged: &Merged<'a>,
    ) -> Result<Node, Refusal> {
        let kind = owner.kind.map_or(0, |kind| kind as u8);
        match &member.source {
            declaration::Source::Column(sql, scalar) => {
                let column = self.select(place, Reading::of(*sql, *scalar));
                if !member.personal {
                    return Ok(Node::Value(column, *scalar, kind));
                }
                let Owner::Column(owner) = owner.visibility.owner else { return Err(ErrorCode::PersonalData.into()) };
                let owner = self.select(place, Reading::Column(owner, Decode::Uuid));
                let person = self.select(place, Reading::Column("id", Decode::Uuid));
                Ok(Node::Personal(PersonalNode { field: member.name, column, scalar: *scalar, owner, person }))
            }
            declaration::Source::One(edge) => {
                self.allow(edge.target)?;
                let arguments = self.context.source.arguments(&merged[0].node);
                let far = self.join(place, edge, arguments)?;
                let presence = self.select(&far, Reading::Column("id", Decode::Uuid));
                Ok(Node::One(presence, self.entity(edge.target, far, &below(merged))))
            }
            declaration::Source::Many(edge, list) => self.many(place, edge, *list, merged),
            declaration::Source::Part(part) => Ok(self.part(owner, part, place, merged)),
            declaration::Source::Figure(figure) => {
                let arguments = self.context.source.arguments(&merged[0].node);
                let picked = self.pick(figure.output, &below(merged));
                Ok(Node::Figure(self.figure(figure, place, kind, arguments, picked)?))
            }
        }
    }

    pub(super) fn figure(
        &mut self,
        figure: &'static Figure,
        place: &Place,
        kind: u8,
        arguments: Map<String, Value>,
        picked: Picked,
    ) -> Result<FigureNode, Refusal> {
        let given = arguments::given(figure.arguments, &arguments)?;
        let columns = self.needs(figure.needs, &given, place, kind);
        Ok(FigureNode { figure, columns, arguments, picked })
    }

    pub(super) fn needs(&mut self, needs: &[(Sql, Scalar)], given: &Given, place: &Place, kind: u8) -> Vec<Need> {
        let column = |(sql, scalar): &(Sql, Scalar)| {
            let reading = match Reading::of(*sql, *scalar) {
                Reading::Template(template, decode) if !given.is_empty() => {
                    Reading::Asked(template, decode, given.clone())
                }
                reading => reading,
            };
            (self.select(place, reading), *scalar, kind)
        };
        needs.iter().map(column).collect()
    }

    fn part(&mut self, owner: &'static Declaration, part: &'static Part, place: &Place, merged: &Merged<'a>) -> Node {
        let present = part.present.map(|sql| self.select(place, Reading::of(Sql::Template(sql), Scalar::Boolean)));
        let fields = self.context.source.fields(&below(merged), &|name| name == part.name);
        let member = |name: &str| part.members.iter().find(|member| member.name == name);
        Node::Part(present, self.members(owner, part.name, &member, place, fields))
    }

    /// Refuses a type that this actor can never read.
    pub fn allow(&self, declaration: &'static Declaration) -> Result<(), Refusal> {
        let reach = self.context.actor.reach(declaration.visibility.subject);
        if reach.is_nothing() { Err(self.context.actor.reads_not(declaration.visibility.subject)) } else { Ok(()) }
    }

    /// Reads a value under an alias once, however often it is asked for.
    pub(super) fn select(&mut self, place: &Place, sql: Reading) -> usize {
        let selected = Selected { alias: place.alias, moment: place.moment_of(&sql), sql };
        let select = &mut self.levels[place.level].select;
        if let Some(known) = select.iter().position(|other| *other == selected) {
            return known;
        }
        select.push(selected);
        select.len() - 1
    }

    /// The far end of a to-one edge, joined once for all equal selections.
    fn join(
        &mut self,
        place: &Place,
        edge: &'static Edge,
        mut arguments: Map<String, Value>,
    ) -> Result<Place, Refusal> {
        let moment = match arguments::date(&mut arguments, "asOf")? {
            Some(date) => Moment::Fixed(date),
            None => place.on_edge(edge).moment,
        };
        let given = arguments::given(edge.arguments, &arguments)?;
        let joins = &mut self.levels[place.level].joins;
        let known = joins.iter().position(|join| {
            std::ptr::eq(join.edge, edge)
                && join.from == place.alias
                && join.arguments == given
                && join.moment == moment
        });
        let number = known.unwrap_or_else(|| {
            joins.push(Join { from: place.alias, edge, arguments: given, moment: moment.clone(), fans: false });
            joins.len() - 1
        });
        Ok(Place::at(edge.target, place.level, number + 1, moment))
    }

    fn many(&mut self, place: &Place, edge: &'static Edge, list: List, merged: &Merged<'a>) -> Result<Node, Refusal> {
        self.allow(edge.target)?;
        let mut arguments = self.context.source.arguments(&merged[0].node);
        let as_of = arguments::date(&mut arguments, "asOf")?;
        let listing = match list {
            List::Bounded(_) => None,
            List::Connection => Some(listing::read(edge.target, &mut arguments)?),
        };
        let given = arguments::given(edge.arguments, &arguments)?;
        arguments::in_order(&arguments)?;
        let keys = edge.keys.iter().map(|key| self.select(place, Reading::Column(key, Decode::Uuid))).collect();
        let place = &place.on_edge(edge);
        let (moment, brought) = match (as_of, &place.moment) {
            (Some(date), _) => (Moment::Fixed(date), None),
            (None, Moment::Fixed(date)) => (Moment::Fixed(*date), None),
            (None, _) => (Moment::Parent, Some(self.select(place, Reading::Moment))),
        };
        let level = self.root(edge.target, moment);
        self.levels[level].parent = Some(Parent { level: place.level, edge, arguments: given, keys, moment: brought });
        self.levels[level].dated = edge.dated;
        match (list, listing) {
            (_, Some(listing)) => Ok(Node::Connection(level, self.connection(level, listing, merged)?)),
            (List::Bounded(order), None) => {
                self.levels[level].bounded_order = Some(order);
                Ok(Node::List(level, self.rows(level, &below(merged))))
            }
            (List::Connection, None) => Err(ErrorCode::Internal.into()),
        }
    }

    /// The column of the rows' own id.
    pub fn id_column(&mut self, level: usize) -> usize {
        let place = Place { level, alias: 0, asked: Moment::Parent, moment: Moment::Parent };
        self.select(&place, Reading::Column("id", Decode::Uuid))
    }

    /// An order key, with the join that it needs.
    pub(super) fn order_key(
        &mut self,
        level: usize,
        path: &listing::Path,
        descending: bool,
    ) -> Result<OrderKey, Refusal> {
        let mut place = self.itself(level);
        if let Some(edge) = path.edge {
            place = self.join(&place, edge, Map::new())?;
            self.levels[level].joins[place.alias - 1].fans |= path.fans;
        }
        let declaration::Source::Column(sql, scalar) = &path.member.source else {
            return Err(ErrorCode::Internal.into());
        };
        let sql = path.member.folded.map_or(Reading::of(*sql, *scalar), |key| match sql {
            Sql::Column(_) => Reading::Column(key, Decode::Text),
            Sql::Template(_) => Reading::Template(key, Decode::Text),
        });
        let nullable = path.member.nullable || path.edge.is_some();
        Ok(OrderKey { alias: place.alias, moment: place.moment_of(&sql), sql, nullable, descending })
    }

    /// Adds the order keys without which the rows of a view would not be told apart.
    pub(super) fn tell_apart(&mut self, level: usize) {
        let level = &mut self.levels[level];
        if level.declaration.is_view() {
            level.order.extend(TOLD_APART.map(|(column, scalar)| OrderKey {
                alias: 0,
                sql: Reading::Column(column, Decode::of(scalar)),
                moment: Moment::Parent,
                nullable: false,
                descending: false,
            }));
        }
    }

    /// What it needs of the rows of a level to say whether an act may be done on them.
    pub fn can(&mut self, level: usize, rule: &'static ActRule) -> Result<CanNode, Refusal> {
        let place = self.itself(level);
        permission::of_act(self, self.levels[level].declaration, &place, (rule, Picked::Whole))
    }

    /// Reads a value of the rows of a level.
    pub fn value(&mut self, level: usize, sql: Reading) -> usize {
        let place = self.itself(level);
        self.select(&place, sql)
    }

    /// The rows of a level without parent.
    fn itself(&self, level: usize) -> Place {
        let Level { declaration, moment, .. } = &self.levels[level];
        Place::at(declaration, level, 0, moment.clone())
    }

    /// What a selection picks from a computed value.
    pub fn pick(&self, shape: &'static Shape, sets: &[&'a SelectionSet]) -> Picked {
        match shape.object() {
            None => Picked::Whole,
            Some(object) => self.pick_object(object, sets),
        }
    }

    /// What a selection picks from an object that is no entity.
    pub fn pick_object(&self, object: &'static ObjectShape, sets: &[&'a SelectionSet]) -> Picked {
        let fields = self.context.source.fields(sets, &|name| name == object.name);
        let picked = fields.into_iter().map(|(key, merged)| {
            let name = merged[0].node.name.node.as_str();
            match object.fields.iter().find(|field| field.name == name) {
                None => (key.to_owned(), None, Picked::Whole),
                Some(field) => (key.to_owned(), Some(field.name), self.pick(field.shape, &below(&merged))),
            }
        });
        Picked::Fields(object.name, picked.collect())
    }
}
