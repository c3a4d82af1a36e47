//! Where the units of a chart stand.

use super::super::draw::scene::{Block, MARGIN, Scene};

/// Width of a unit's box.
pub const WIDE: i32 = 232;
/// How far those under a unit stand to its right.
const INDENT: i32 = 22;
/// Room between columns.
pub const GAP: i32 = 24;
/// Room below a box.
pub const BELOW: i32 = 10;
/// A list longer than this is broken into columns.
const LONG: i32 = 900;
/// Rows are no wider than this unless one part alone is.
const SHEET: i32 = 1_900;

/// A unit with all under it, laid out from a corner of its own; its box is the first.
#[derive(Clone, Debug, Default)]
pub struct Part {
    blocks: Vec<Block>,
    wires: Vec<Vec<(i32, i32)>>,
    w: i32,
    h: i32,
    /// Height at which the line from above meets its box.
    level: i32,
}

impl Part {
    fn of(block: Block) -> Self {
        Self { w: block.w, h: block.h, level: block.middle(), blocks: vec![block], wires: Vec::new() }
    }

    fn add(&mut self, part: Part, dx: i32, dy: i32) {
        self.w = self.w.max(dx + part.w);
        self.h = self.h.max(dy + part.h);
        self.blocks.extend(part.blocks.into_iter().map(|block| block.moved(dx, dy)));
        let wires = part.wires.into_iter();
        self.wires.extend(wires.map(|wire| wire.into_iter().map(|(x, y)| (x + dx, y + dy)).collect()));
    }

    /// Puts parts below each other from a line on, each tied to an upright line that begins there.
    fn list(&mut self, parts: Vec<Part>, left: i32, begins: i32, top: i32) {
        let (gutter, mut y) = (left + INDENT / 2, top);
        for part in parts {
            let (level, next) = (y + part.level, y + part.h + BELOW);
            self.wires.push(vec![(gutter, begins), (gutter, level), (left + INDENT, level)]);
            self.add(part, left + INDENT, y);
            y = next;
        }
    }
}

/// Every unit with what is under it; what was taken by the unit above is empty. A root is left alone, for those under it
/// are placed in rows. Those under a unit stand after it, so going backwards meets them first.
pub fn parts(blocks: Vec<Block>, children: &[Vec<usize>], root: Option<usize>) -> Vec<Part> {
    let mut parts: Vec<Part> = blocks.into_iter().map(Part::of).collect();
    for unit in (0..parts.len()).rev().filter(|unit| Some(*unit) != root) {
        let below: Vec<Part> = children[unit].iter().map(|child| std::mem::take(&mut parts[*child])).collect();
        hang(&mut parts[unit], below);
    }
    parts
}

fn hang(own: &mut Part, below: Vec<Part>) {
    let columns = columns(below);
    let bottom = own.h;
    match columns.len() {
        0 => {}
        1 => columns.into_iter().for_each(|column| own.list(column, 0, bottom, bottom + BELOW)),
        _ => {
            let (bus, mut left, mut last) = (bottom + 14, 0, 0);
            own.wires.push(vec![(INDENT / 2, bottom), (INDENT / 2, bus)]);
            for column in columns {
                last = left;
                own.list(column, left, bus, bus + 14);
                left = own.w + GAP;
            }
            own.wires.push(vec![(INDENT / 2, bus), (last + INDENT / 2, bus)]);
        }
    }
}

/// Breaks a list into columns that are not too long, in their order.
fn columns(parts: Vec<Part>) -> Vec<Vec<Part>> {
    let mut columns: Vec<Vec<Part>> = Vec::new();
    let mut high = 0;
    for part in parts {
        if columns.is_empty() || high + part.h > LONG {
            columns.push(Vec::new());
            high = 0;
        }
        high += part.h + BELOW;
        if let Some(column) = columns.last_mut() {
            column.push(part);
        }
    }
    columns
}

/// Breaks what stands side by side into rows that are not too wide.
pub fn rows(parts: Vec<Part>) -> Vec<Vec<Part>> {
    let widest = parts.iter().map(|part| part.w).max().unwrap_or(0).max(SHEET);
    let mut rows: Vec<Vec<Part>> = Vec::new();
    for part in parts {
        match rows.last_mut().filter(|row| width(row) + GAP + part.w <= widest) {
            Some(row) => row.push(part),
            None => rows.push(vec![part]),
        }
    }
    rows
}

/// Width of a row.
pub fn width(row: &[Part]) -> i32 {
    row.iter().map(|part| part.w + GAP).sum::<i32>() - GAP
}

/// Offices that advise stand left and right of the trunk; gives the line below them.
pub fn staff(scene: &mut Scene, staff: Vec<Block>, trunk: i32, mut y: i32) -> i32 {
    let mut staff = staff.into_iter().peekable();
    while staff.peek().is_some() {
        let mut lowest = y;
        for (side, block) in staff.by_ref().take(2).enumerate() {
            let block = block.moved(if side == 0 { trunk - 34 - WIDE } else { trunk + 34 }, y);
            let end = if side == 0 { block.right() } else { block.x };
            scene.wire(&[(trunk, y + 20), (end, y + 20)]);
            lowest = lowest.max(block.bottom());
            scene.blocks.push(block);
        }
        y = lowest + BELOW;
    }
    y
}

/// Places rows below each other. Where they are `tied` to the trunk, each has a level line above it; the lines of several
/// rows hang on a spine at the left.
pub fn place(scene: &mut Scene, rows: Vec<Vec<Part>>, trunk: i32, top: i32, tied: bool) -> i32 {
    let several = rows.len() > 1;
    let (mut bus, mut buses) = (top, Vec::new());
    let mut bottom = top;
    let spine_room = if several && tied { GAP } else { 0 };
    for row in rows {
        let mut x = (scene.width + spine_room - width(&row)) / 2;
        let (mut ends, mut lowest) = ((trunk, trunk), bus);
        if !buses.is_empty() {
            ends = (i32::MAX, i32::MIN);
        }
        for part in row {
            let centre = x + WIDE / 2;
            if tied {
                scene.wire(&[(centre, bus), (centre, bus + 16)]);
            }
            ends = (ends.0.min(centre), ends.1.max(centre));
            lowest = lowest.max(bus + 16 + part.h);
            let right = x + part.w + GAP;
            scene.blocks.extend(part.blocks.into_iter().map(|block| block.moved(x, bus + 16)));
            for wire in part.wires {
                let wire: Vec<_> = wire.into_iter().map(|(at, y)| (at + x, y + bus + 16)).collect();
                scene.wire(&wire);
            }
            x = right;
        }
        if tied {
            let from = if several { MARGIN } else { ends.0 };
            scene.wire(&[(from, bus), (ends.1, bus)]);
        }
        buses.push(bus);
        bottom = lowest + BELOW;
        bus = bottom + 24;
    }
    if let ([first, .., last], true) = (buses.as_slice(), tied) {
        scene.wire(&[(MARGIN, *first), (MARGIN, *last)]);
    }
    bottom
}
