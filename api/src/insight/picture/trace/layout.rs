//! Where the objects of a trace stand: in columns by their distance from the start, each right of the one from which it was reached.

use super::{Trace, colours, kind_name};
use crate::insight::picture::draw::scene::{Block, Scene, hand};

/// Width of a box.
const WIDE: i32 = 320;
/// Room between columns, for the lines.
const ROOM: i32 = 46;
/// Room below a box.
const BELOW: i32 = 8;
/// What leads from the start stands in several columns where one would be longer than this.
const LONG: i32 = 2_000;
/// Most such columns.
const COLUMNS: i32 = 5;
/// Room above them, for the line that leads to each.
const RAIL: i32 = 16;

/// A box with all that was reached from it, from a corner of its own; its box is the first.
pub struct Part {
    blocks: Vec<Block>,
    wires: Vec<Vec<(i32, i32)>>,
    /// Width.
    pub width: i32,
    height: i32,
}

impl Part {
    fn of(block: Block) -> Self {
        Self { width: block.w, height: block.h, blocks: vec![block], wires: Vec::new() }
    }

    /// Where the line meets the box.
    fn level(&self) -> i32 {
        self.blocks.first().map_or(0, |block| block.h.min(44) / 2)
    }

    /// Puts parts right of the box, each below the other.
    fn with(mut self, parts: Vec<Part>) -> Self {
        let (left, gutter, mut y) = (WIDE + ROOM, WIDE + ROOM / 2, 0);
        let begins = (WIDE, self.level());
        for part in parts {
            let level = y + part.level();
            self.wires.push(vec![begins, (gutter, begins.1), (gutter, level), (left, level)]);
            let next = y + part.height + BELOW;
            self.add(part, left, y);
            y = next;
        }
        self
    }

    /// Puts parts right of the box in columns of about one height, each of which hangs on a line above all of them.
    fn with_columns(self, parts: Vec<Part>) -> Self {
        let total: i32 = parts.iter().map(|part| part.height + BELOW).sum();
        let columns = ((total + LONG - 1) / LONG).clamp(1, COLUMNS);
        if columns == 1 {
            return self.with(parts);
        }
        let mut sheet = Part { blocks: Vec::new(), wires: Vec::new(), width: WIDE, height: RAIL + self.height };
        let begins = (WIDE, RAIL + self.level());
        sheet.add(self, 0, RAIL);
        let (mut left, mut y, mut widest, mut filled) = (WIDE + ROOM, RAIL, 0, 0);
        let rail = (WIDE + ROOM / 2, 0);
        sheet.wires.push(vec![begins, (rail.0, begins.1), rail]);
        for part in parts {
            if filled >= total / columns {
                (left, y, widest, filled) = (left + widest + ROOM, RAIL, 0, 0);
            }
            let (gutter, level) = (left - ROOM / 2, y + part.level());
            sheet.wires.push(vec![rail, (gutter, rail.1), (gutter, level), (left, level)]);
            let high = part.height + BELOW;
            widest = widest.max(part.width);
            sheet.add(part, left, y);
            (y, filled) = (y + high, filled + high);
        }
        sheet
    }

    fn add(&mut self, part: Part, dx: i32, dy: i32) {
        self.width = self.width.max(dx + part.width);
        self.height = self.height.max(dy + part.height);
        self.blocks.extend(part.blocks.into_iter().map(|block| block.moved(dx, dy)));
        let wires = part.wires.into_iter();
        self.wires.extend(wires.map(|wire| wire.into_iter().map(|(x, y)| (x + dx, y + dy)).collect()));
    }

    /// Puts it on a drawing; gives its lower edge.
    pub fn place(self, scene: &mut Scene, x: i32, y: i32) -> i32 {
        scene.blocks.extend(self.blocks.into_iter().map(|block| block.moved(x, y)));
        for wire in self.wires {
            scene.wire(&wire.into_iter().map(|(left, top)| (left + x, top + y)).collect::<Vec<_>>());
        }
        y + self.height
    }
}

/// The whole tree.
pub fn tree(trace: &Trace) -> Part {
    let children = trace.children();
    // Whatever was reached from an object stands after it: going backwards each finds its own ready.
    let mut parts: Vec<Option<Part>> = (0..trace.nodes.len()).map(|_| None).collect();
    for place in (0..trace.nodes.len()).rev() {
        let mut right = Vec::new();
        for group in groups(trace, &children, &children[place]) {
            match group.as_slice() {
                [single] => right.extend(parts[*single].take()),
                several => right.push(Part::of(list(trace, several))),
            }
        }
        let part = Part::of(single(trace, place));
        parts[place] = Some(if place == 0 { part.with_columns(right) } else { part.with(right) });
    }
    let start = parts.into_iter().next().flatten();
    start.unwrap_or_else(|| Part::of(Block::new(0, 0, WIDE)))
}

/// Those that lead no farther, and were reached by the same link, stand in one box if they are of one kind.
fn groups(trace: &Trace, children: &[Vec<usize>], of: &[usize]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let is_leaf = |place: usize| children[place].is_empty();
    let alike = |one: usize, other: usize| {
        let (one, other) = (&trace.nodes[one], &trace.nodes[other]);
        one.kind == other.kind && one.from == other.from
    };
    for child in of {
        let known = groups.iter_mut().find(|group| is_leaf(*child) && is_leaf(group[0]) && alike(group[0], *child));
        match known {
            Some(group) => group.push(*child),
            None => groups.push(vec![*child]),
        }
    }
    groups
}

/// A box that begins with the link by which what is in it was reached, and with its kind.
fn headed(trace: &Trace, place: usize, number: usize) -> Block {
    let node = &trace.nodes[place];
    let (light, dark) = colours(&node.kind);
    let step = node.from.as_ref().map(|(_, step)| format!("{} · ", step.told(trace.tongue))).unwrap_or_default();
    let counted = if number > 1 { format!(" ({number})") } else { String::new() };
    let heading = format!("{step}{}{counted}", kind_name(&node.kind, trace.tongue));
    Block::new(0, 0, WIDE).coloured(light, dark).write(&heading, hand(12, false, 2).in_ink(dark))
}

fn single(trace: &Trace, place: usize) -> Block {
    let node = &trace.nodes[place];
    let mut block = headed(trace, place, 1).write(&node.name, hand(14, true, 5));
    if node.from.is_none() {
        block.weight = 3;
    }
    block
}

fn list(trace: &Trace, several: &[usize]) -> Block {
    let block = headed(trace, several[0], several.len());
    several
        .iter()
        .fold(block, |block, place| block.write(&format!("· {}", trace.nodes[*place].name), hand(13, false, 4)))
}
