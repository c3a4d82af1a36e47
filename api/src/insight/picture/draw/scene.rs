//! What is drawn: blocks of text and the lines between them, in whole pixels.

use super::text::{clean, width, wrap};

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The text, clean.
    pub text: String,
    /// Size of the font.
    pub size: i32,
    /// In bold?
    pub bold: bool,
    /// Colour.
    pub ink: &'static str,
}

impl Line {
    /// How high it is.
    pub fn height(&self) -> i32 {
        (self.size * 13 + 9) / 10
    }

    /// How wide it is, at most.
    pub fn width(&self) -> i32 {
        width(&self.text, self.size, self.bold)
    }
}

/// The outline of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outline {
    /// A rectangle with round corners.
    Box,
    /// An arrow to the right; its text stands left of the point.
    Arrow,
    /// A disc, without text.
    Disc,
    /// A triangle that stands on its base, without text.
    Triangle,
    /// A square that stands on its point, without text.
    Diamond,
}

/// Room beside the text of a block.
pub const PAD: i32 = 8;
/// Width of the point of an arrow.
pub const POINT: i32 = 26;

/// A block with text.
#[derive(Clone, Debug)]
pub struct Block {
    /// Left.
    pub x: i32,
    /// Top.
    pub y: i32,
    /// Width.
    pub w: i32,
    /// Height.
    pub h: i32,
    /// Outline.
    pub outline: Outline,
    /// Colour inside.
    pub fill: &'static str,
    /// Colour of the outline.
    pub stroke: &'static str,
    /// Width of the outline.
    pub weight: i32,
    /// Is the outline dashed?
    pub dashed: bool,
    /// The text.
    pub lines: Vec<Line>,
    /// Is it centred?
    pub centred: bool,
    /// What is shown when one points at it; all of what may be cut off.
    pub told: Option<String>,
    /// Are other blocks inside of it?
    pub holds: bool,
}

/// How text looks.
#[derive(Clone, Copy, Debug)]
pub struct Hand {
    /// Size of the font.
    pub size: i32,
    /// In bold?
    pub bold: bool,
    /// Colour.
    pub ink: &'static str,
    /// Most lines.
    pub most: usize,
}

/// Colour of ordinary text.
pub const INK: &str = "#1b1f24";
/// Colour of text that matters less; 7:1 on white.
pub const FAINT: &str = "#4d5661";

/// A hand in the ordinary colour.
pub const fn hand(size: i32, bold: bool, most: usize) -> Hand {
    Hand { size, bold, ink: INK, most }
}

impl Hand {
    /// The same in another colour.
    pub const fn in_ink(mut self, ink: &'static str) -> Self {
        self.ink = ink;
        self
    }
}

impl Block {
    /// A white block without text.
    pub fn new(x: i32, y: i32, w: i32) -> Self {
        Self {
            x,
            y,
            w,
            h: 2 * PAD,
            outline: Outline::Box,
            fill: "#ffffff",
            stroke: "#ffffff",
            weight: 1,
            dashed: false,
            lines: Vec::new(),
            centred: false,
            told: None,
            holds: false,
        }
    }

    /// With these colours.
    pub fn coloured(mut self, fill: &'static str, stroke: &'static str) -> Self {
        (self.fill, self.stroke) = (fill, stroke);
        self
    }

    /// With a dashed outline.
    pub fn dashed(mut self) -> Self {
        self.dashed = true;
        self
    }

    /// With its text in the middle.
    pub fn centred(mut self) -> Self {
        self.centred = true;
        self
    }

    /// Writes a text below what stands there; the block grows.
    pub fn write(mut self, text: &str, hand: Hand) -> Self {
        let text = clean(text);
        let room = self.room();
        let lines = wrap(&text, room, hand.size, hand.bold, hand.most);
        if lines.last().is_some_and(|last| last.ends_with('…')) {
            let all = self.told.get_or_insert_default();
            if !all.is_empty() {
                all.push_str(" · ");
            }
            all.push_str(&text);
        }
        for text in lines {
            let line = Line { text, size: hand.size, bold: hand.bold, ink: hand.ink };
            self.h += line.height();
            self.lines.push(line);
        }
        self
    }

    /// Puts text between the lines and the bottom that says the whole.
    pub fn told(mut self, text: impl Into<String>) -> Self {
        self.told = Some(text.into());
        self
    }

    /// The same elsewhere.
    pub fn moved(mut self, dx: i32, dy: i32) -> Self {
        self.x += dx;
        self.y += dy;
        self
    }

    /// Width for text.
    pub fn room(&self) -> i32 {
        let point = if self.outline == Outline::Arrow { POINT } else { 0 };
        self.w - 2 * PAD - point
    }

    /// Height of its text.
    pub fn written(&self) -> i32 {
        self.lines.iter().map(Line::height).sum()
    }

    /// Its lower edge.
    pub fn bottom(&self) -> i32 {
        self.y + self.h
    }

    /// Its right edge.
    pub fn right(&self) -> i32 {
        self.x + self.w
    }

    /// The middle between left and right.
    pub fn centre(&self) -> i32 {
        self.x + self.w / 2
    }

    /// The middle between top and bottom.
    pub fn middle(&self) -> i32 {
        self.y + self.h / 2
    }
}

/// What a line is for, and how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pen {
    /// Links two blocks; behind the blocks.
    Link,
    /// Divides the sheet; thin, behind everything.
    Rule,
    /// Marks a day; over the blocks.
    Mark,
}

/// A line between blocks.
#[derive(Clone, Debug)]
pub struct Wire {
    /// Its corners.
    pub points: Vec<(i32, i32)>,
    /// Has it a head?
    pub arrow: bool,
    /// What it is for.
    pub pen: Pen,
}

/// A whole drawing.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
    /// Its name.
    pub title: String,
    /// What it shows, for those who do not see it.
    pub told: String,
    /// Language (BCP 47).
    pub language: &'static str,
    /// The lines.
    pub wires: Vec<Wire>,
    /// The blocks, those that hold others first.
    pub blocks: Vec<Block>,
}

/// Room around a drawing.
pub const MARGIN: i32 = 32;

impl Scene {
    /// A drawing with its heading; gives the first free line below it.
    pub fn titled(language: &'static str, width: i32, title: &str, below: &[String]) -> (Self, i32) {
        let mut scene = Self { width, title: clean(title), language, ..Self::default() };
        let mut heading = Block::new(MARGIN - PAD, MARGIN - PAD, width - 2 * (MARGIN - PAD));
        heading = heading.write(title, hand(26, true, 4));
        for text in below {
            heading = heading.write(text, hand(14, false, 3).in_ink(FAINT));
        }
        let bottom = heading.bottom();
        scene.blocks.push(heading);
        (scene, bottom + 8)
    }

    /// A line from point to point.
    pub fn wire(&mut self, points: &[(i32, i32)]) {
        self.drawn(points, false, Pen::Link);
    }

    /// The same with a head at its end.
    pub fn arrow(&mut self, points: &[(i32, i32)]) {
        self.drawn(points, true, Pen::Link);
    }

    /// An upright line that divides the sheet, or marks a day.
    pub fn upright(&mut self, x: i32, (top, bottom): (i32, i32), pen: Pen) {
        self.drawn(&[(x, top), (x, bottom)], false, pen);
    }

    fn drawn(&mut self, points: &[(i32, i32)], arrow: bool, pen: Pen) {
        self.wires.push(Wire { points: points.to_vec(), arrow, pen });
    }

    /// A row of signs with their meaning; gives the first free line below it.
    pub fn legend(&mut self, y: i32, entries: Vec<Block>) -> i32 {
        let (mut x, mut top, mut bottom) = (MARGIN, y, y);
        for mut entry in entries {
            if x > MARGIN && x + entry.w > self.width - MARGIN {
                (x, top) = (MARGIN, bottom + 8);
            }
            (entry.x, entry.y) = (x, top);
            x = entry.right() + 10;
            bottom = bottom.max(entry.bottom());
            self.blocks.push(entry);
        }
        bottom
    }

    /// Notes at the foot; gives the first free line below them.
    pub fn notes(&mut self, mut y: i32, notes: &[String]) -> i32 {
        for note in notes {
            let block = Block::new(MARGIN - PAD, y, self.width - 2 * (MARGIN - PAD));
            let block = block.write(note, hand(13, false, 6).in_ink(FAINT));
            y = block.bottom();
            self.blocks.push(block);
        }
        y
    }

    /// Ends it below this line.
    pub fn ending(mut self, bottom: i32, told: String) -> Self {
        self.height = bottom + MARGIN;
        self.told = told;
        self
    }
}

/// A block of a legend, as wide as its text.
pub fn sign(text: &str, size: i32, fill: &'static str, stroke: &'static str) -> Block {
    let text = clean(text);
    let wide = width(&text, size, false) + 2 * PAD + 1;
    Block::new(0, 0, wide).coloured(fill, stroke).write(&text, hand(size, false, 1))
}

impl Block {
    /// Writes a text, or nothing where there is none.
    pub fn write_if(self, text: &str, hand: Hand) -> Self {
        if text.is_empty() { self } else { self.write(text, hand) }
    }
}
