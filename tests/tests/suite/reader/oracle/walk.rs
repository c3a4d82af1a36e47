//! The graph that traces walk, said again: every link that an actor sees on a day, row by row.

use articula::{
    graph::link::{End, Link as Declared},
    insight::trace::links::EDGES,
};

use super::*;

/// A row, by its type and key.
pub type Object = (&'static str, Uuid);

/// A link, walked from one object to another.
#[derive(Debug)]
pub struct Walk {
    /// Its place among all that there are: edge, link, and from which side.
    pub rank: (usize, usize, usize),
    pub edge: &'static str,
    pub direction: &'static str,
    /// The row that says the link, where it is neither of its ends.
    pub through: Option<Object>,
    pub near: Object,
    pub far: Object,
}

impl Oracle<'_> {
    /// Every walk over a link of which the actor sees the row that says it and what is passed, to what is there on the day.
    pub fn walks(&self, actor: &Actor, day: NaiveDate) -> Vec<Walk> {
        let document = Document::read("{ __typename }", &Map::new());
        let resolver = self.resolver(&document, actor);
        let mut found = Vec::new();
        let links = EDGES.iter().enumerate().flat_map(|(place, edge)| {
            edge.links.iter().enumerate().map(move |(number, link)| (place, number, edge.name, link))
        });
        for (place, number, edge, link) in links {
            for id in self.data.table(link.hub.table).ids() {
                let hub = Place { declaration: link.hub, id, asked: day, part: None };
                let only = link.only.map(|only| self.is_true(hub, only, day));
                if !resolver.sees(hub) || !resolver.holds_on(hub, day) || only == Some(false) {
                    continue;
                }
                let itself = (link.hub.name, id);
                let through = (!link.is_direct()).then_some(itself);
                let (from, to) = (resolver.end(hub, link, link.from, day), resolver.end(hub, link, link.to, day));
                let mut add = |variant, direction, near: &[(Object, bool)], far: &[(Object, bool)]| {
                    for (near, _) in near {
                        for (far, _) in far.iter().filter(|(_, there)| *there) {
                            let rank = (place, number, variant);
                            found.push(Walk { rank, edge, direction, through, near: *near, far: *far });
                        }
                    }
                };
                add(0, "OUT", &from, &to);
                add(1, "IN", &to, &from);
                if through.is_some() {
                    // To each end, be the other there or not.
                    add(2, "OUT", &[(itself, true)], &to);
                    add(3, "IN", &[(itself, true)], &from);
                }
            }
        }
        found
    }

    fn resolver<'r>(&'r self, document: &'r Document, actor: &'r Actor) -> Resolver<'r> {
        let (path, failures, broken) = (Vec::new(), Vec::new(), Vec::new());
        Resolver { oracle: self, document, actor, locale: Locale::EsCo, path, failures, broken }
    }

    /// Does the actor find the row by its id?
    pub fn finds(&self, actor: &Actor, declaration: &'static Declaration, id: Uuid, day: NaiveDate) -> bool {
        let document = Document::read("{ __typename }", &Map::new());
        let resolver = self.resolver(&document, actor);
        let place = Place { declaration, id, asked: day, part: None };
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
