//! The search itself, breadth first and without a database: what was reached, by which step, and what is to be looked at next.

use std::{collections::HashSet, ops::Range};

use uuid::Uuid;

/// An object: the number of its kind, and its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The number of its kind.
    pub kind: u8,
    /// Its key.
    pub id: Uuid,
}

/// A step from an object to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hop {
    /// The place of the near object among those reached.
    pub near: usize,
    /// The number of the step.
    pub step: usize,
    /// The far object.
    pub to: Key,
    /// The row that says the link, where it is neither of the two.
    pub through: Option<Uuid>,
}

/// An object that was reached.
#[derive(Clone, Copy, Debug)]
pub struct Reached {
    /// Which.
    pub key: Key,
    /// In how many steps.
    pub depth: usize,
    /// By which; none for the start.
    pub by: Option<Hop>,
}

/// What was left out of a trace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// Objects, because there were too many.
    pub nodes: bool,
    /// Links, because one step had too many.
    pub links: bool,
}

/// A search under way. Objects stand in the order of their paths: the shorter first, then step by step by the number of the
/// step, then by key.
#[derive(Debug)]
pub struct Search {
    reached: Vec<Reached>,
    known: HashSet<Key>,
    frontier: Range<usize>,
    most: usize,
    cut: Cut,
}

impl Search {
    /// A search from an object that reaches at most so many others.
    pub fn new(start: Key, most: usize) -> Self {
        Self {
            reached: vec![Reached { key: start, depth: 0, by: None }],
            known: HashSet::from([start]),
            frontier: 0..1,
            most,
            cut: Cut::default(),
        }
    }

    /// The objects from which one goes on, with their places.
    pub fn frontier(&self) -> impl Iterator<Item = (usize, Key)> {
        self.frontier.clone().map(|place| (place, self.reached[place].key))
    }

    /// Takes the steps from the frontier, in their order. `all` is false where there were more.
    pub fn advance(&mut self, hops: impl IntoIterator<Item = Hop>, all: bool) {
        let (first, depth) = (self.reached.len(), self.reached[self.frontier.start].depth + 1);
        self.cut.links |= !all;
        for hop in hops {
            if self.known.contains(&hop.to) {
                continue;
            }
            if self.reached.len() > self.most {
                self.cut.nodes = true;
                break;
            }
            self.known.insert(hop.to);
            self.reached.push(Reached { key: hop.to, depth, by: Some(hop) });
        }
        self.frontier = first..self.reached.len();
    }

    /// Is there anything from which to go on?
    pub fn is_over(&self) -> bool {
        self.frontier.is_empty()
    }

    /// What was reached, the start first.
    pub fn reached(&self) -> &[Reached] {
        &self.reached
    }

    /// What was left out.
    pub fn cut(&self) -> Cut {
        self.cut
    }

    /// The steps to an object, from the start.
    pub fn path(&self, place: usize) -> Vec<Hop> {
        let mut path: Vec<_> = std::iter::successors(self.reached[place].by, |hop| self.reached[hop.near].by).collect();
        path.reverse();
        path
    }
}

#[cfg(test)]
mod tests;
