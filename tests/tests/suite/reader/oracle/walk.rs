//! The graph that traces walk, said again: every link that an actor sees on a day, row by row.

use articula::{
    graph::link::{End, Link as Declared},
    insight::trace::links::EDGES,
};

use super::*;

/// A row, by its type and key.
pub type Object = (&'static str, Uuid);

/// A link between two objects.
#[derive(Debug)]
pub struct Link {
    /// Its place among all that are registered.
    pub rank: (usize, usize),
    pub edge: &'static str,
    /// The row that says it, where it is neither of the two.
    pub through: Option<Object>,
    /// Its ends; whether each is there on the day.
    pub from: (Object, bool),
    pub to: (Object, bool),
}

impl Oracle<'_> {
    /// Every link of which the actor sees the row that says it, and both ends.
    pub fn links(&self, actor: &Actor, day: NaiveDate) -> Vec<Link> {
        let document = Document::read("{ __typename }", &Map::new());
        let resolver = Resolver {
            oracle: self,
            document: &document,
            actor,
            locale: Locale::EsCo,
            path: Vec::new(),
            failures: Vec::new(),
            broken: Vec::new(),
        };
        let mut found = Vec::new();
        for (edge, number, link) in EDGES.iter().enumerate().flat_map(|(place, edge)| {
            edge.links.iter().enumerate().map(move |(number, link)| ((place, edge.name), number, link))
        }) {
            for id in self.data.table(link.hub.table).ids() {
                let hub = Place { declaration: link.hub, id, asked: day };
                let only = link.only.map(|only| self.value(hub, Sql::Template(only), Scalar::Boolean));
                if !resolver.sees(hub)
                    || !resolver.holds_on(hub, day)
                    || only.is_some_and(|only| only != Val::Bool(true))
                {
                    continue;
                }
                let through = (!link.is_direct()).then_some((link.hub.name, id));
                for from in resolver.end(hub, link, link.from, day) {
                    for to in resolver.end(hub, link, link.to, day) {
                        found.push(Link { rank: (edge.0, number), edge: edge.1, through, from, to });
                    }
                }
            }
        }
        found
    }

    /// Does the actor find the row by its id?
    pub fn finds(&self, actor: &Actor, declaration: &'static Declaration, id: Uuid, day: NaiveDate) -> bool {
        let document = Document::read("{ __typename }", &Map::new());
        let resolver = Resolver {
            oracle: self,
            document: &document,
            actor,
            locale: Locale::EsCo,
            path: Vec::new(),
            failures: Vec::new(),
            broken: Vec::new(),
        };
        let place = Place { declaration, id, asked: day };
        actor.account.is_some() && resolver.may_read(declaration) && resolver.sees(place)
    }
}

impl Resolver<'_> {
    /// Is the row there on the day? What has no interval always is, and so is what the Nation keeps.
    fn holds_on(&self, place: Place, day: NaiveDate) -> bool {
        let has = |name| place.declaration.member(name).is_some();
        let lasts = place.declaration.visibility.owner != Owner::Nation && has("validFrom") && has("validTo");
        !lasts || self.oracle.in_force(place, day)
    }

    /// What the actor sees at an end of a link, from the row that says it.
    fn end(&self, hub: Place, link: &Declared, end: End, day: NaiveDate) -> Vec<(Object, bool)> {
        let mut at = vec![hub];
        let steps = link.steps(end);
        for (number, edge) in steps.iter().enumerate() {
            // What is only passed must be there too.
            at.retain(|place| number == 0 || self.holds_on(*place, day));
            at = at.into_iter().flat_map(|place| self.far(place, edge, &Map::new(), day)).collect();
        }
        at.into_iter().map(|place| ((place.declaration.name, place.id), self.holds_on(place, day))).collect()
    }
}
