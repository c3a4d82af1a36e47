//! A calendar across a sheet: which day stands where, and its months, quarters or years as a head over it.

use chrono::{Datelike as _, NaiveDate};

use super::{
    Tongue,
    scene::{Block, FAINT, INK, PAD, Pen, Scene, hand},
    text::width,
};

/// The days between two edges of a sheet.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// First month, counted from the year 0.
    first: i32,
    /// The month after the last.
    after: i32,
    /// Left edge.
    x: i32,
    /// Width.
    w: i32,
}

/// How many months a cell of the head may hold.
const STEPS: [i32; 11] = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 6_000];
/// Narrowest cell.
const NARROWEST: i32 = 42;
/// Height of a row of the head.
const HEAD: i32 = 26;
/// Narrowest bar: a day of a year is seen, too.
const THINNEST: i32 = 4;

fn month(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0() as i32
}

fn first_of(month: i32) -> NaiveDate {
    let day = NaiveDate::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, 1);
    day.unwrap_or(NaiveDate::MAX)
}

impl Span {
    /// The whole months that hold these days; one month of none.
    pub fn over(days: impl IntoIterator<Item = NaiveDate>, (x, w): (i32, i32)) -> Option<Self> {
        let months: Vec<i32> = days.into_iter().map(month).collect();
        Some(Self { first: *months.iter().min()?, after: months.iter().max()? + 1, x, w })
    }

    /// First day of the calendar, and the day after its last one.
    pub fn ends(&self) -> (NaiveDate, NaiveDate) {
        (first_of(self.first), first_of(self.after))
    }

    /// Is the day on it?
    pub fn holds(&self, day: NaiveDate) -> bool {
        (self.first..self.after).contains(&month(day))
    }

    /// Where a day begins; days outside stand at the edge.
    pub fn at(&self, day: NaiveDate) -> i32 {
        let (from, to) = self.ends();
        let (whole, part) = ((to - from).num_days().max(1), (day - from).num_days());
        self.x + (part.clamp(0, whole) * i64::from(self.w) / whole) as i32
    }

    /// Left edge and width of what lasts from a day to another one, both included.
    pub fn bar(&self, from: NaiveDate, to: NaiveDate) -> (i32, i32) {
        let (left, right) = (self.at(from), self.at(to.succ_opt().unwrap_or(to)));
        let w = (right - left).max(THINNEST);
        (left.min(self.x + self.w - w), w)
    }

    /// Its right edge.
    pub fn right(&self) -> i32 {
        self.x + self.w
    }

    /// Where the cells of so many months begin and end, each with its first month.
    fn cells(&self, step: i32) -> Vec<(i32, i32, i32)> {
        let mut cells = Vec::new();
        let mut from = self.first.div_euclid(step) * step;
        while from < self.after {
            let (left, right) =
                (self.at(first_of(from.max(self.first))), self.at(first_of((from + step).min(self.after))));
            if right > left {
                cells.push((left, right, from));
            }
            from += step;
        }
        cells
    }

    fn step(&self) -> i32 {
        let months = i64::from(self.after - self.first);
        let fits = |step: &i32| i64::from(self.w) * i64::from(*step) / months >= i64::from(NARROWEST);
        STEPS.into_iter().find(fits).unwrap_or(STEPS[STEPS.len() - 1])
    }

    /// Draws the head; gives the first free line below it.
    pub fn head(&self, scene: &mut Scene, mut y: i32, tongue: Tongue) -> i32 {
        let step = self.step();
        let years = |month: i32, step: i32| match (month.div_euclid(12), step / 12) {
            (year, 0 | 1) => year.to_string(),
            (year, many) => format!("{year}–{}", year + many - 1),
        };
        if step < 12 {
            self.row(scene, y, 12, true, &|month| years(month, 12));
            y += HEAD;
        }
        self.row(scene, y, step, step >= 12, &|month| match step {
            1 => short(month, tongue).to_owned(),
            3 => format!("{}{}", tongue.say("T", "Q"), month.rem_euclid(12) / 3 + 1),
            6 => format!("{}{}", tongue.say("S", "H"), month.rem_euclid(12) / 6 + 1),
            _ => years(month, step),
        });
        y + HEAD
    }

    /// Upright lines between the cells of the head.
    pub fn rule(&self, scene: &mut Scene, ends: (i32, i32)) {
        let cells = self.cells(self.step());
        for x in cells.iter().map(|(left, ..)| *left).chain([self.right()]) {
            scene.upright(x, ends, Pen::Rule);
        }
    }

    fn row(&self, scene: &mut Scene, y: i32, step: i32, bold: bool, label: &dyn Fn(i32) -> String) {
        for (left, right, month) in self.cells(step) {
            let mut cell = Block::new(left, y, right - left).coloured("#e9ecf0", "#b9c0c8").centred();
            let text = label(month);
            // What does not fit is not there: its neighbours say what it is.
            if width(&text, 13, bold) <= cell.w - 2 * PAD {
                cell = cell.write(&text, hand(13, bold, 1).in_ink(if bold { INK } else { FAINT }));
            }
            cell.h = HEAD;
            scene.blocks.push(cell);
        }
    }
}

/// The short name of a month.
fn short(month: i32, tongue: Tongue) -> &'static str {
    const ES: [&str; 12] = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"];
    const EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let place = month.rem_euclid(12) as usize;
    tongue.say(ES[place], EN[place])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    /// By hand: January and February 2026 are 59 days on 590 pixels, ten each.
    #[test]
    fn days_stand_in_proportion() {
        let span = Span::over([day("2026-01-10"), day("2026-02-03")], (100, 590)).expect("days");
        assert_eq!(span.ends(), (day("2026-01-01"), day("2026-03-01")));
        assert_eq!(
            [span.at(day("2026-01-01")), span.at(day("2026-02-01")), span.at(day("2030-01-01"))],
            [100, 410, 690]
        );
        assert_eq!(span.bar(day("2026-01-10"), day("2026-01-19")), (190, 100));
        assert!(span.holds(day("2026-02-28")) && !span.holds(day("2026-03-01")));
        assert!(Span::over([], (0, 1)).is_none());
    }

    proptest! {
        /// Whatever it spans, its cells lie side by side from edge to edge, and bars stay on it.
        #[test]
        fn the_head_fills_the_span(one in 0..146_000_i64, other in 0..146_000_i64, w in 300..2_000_i32) {
            let begin = day("1800-01-01");
            let (one, other) = (begin + chrono::Duration::days(one), begin + chrono::Duration::days(other));
            let span = Span::over([one, other], (10, w)).expect("days");
            let cells = span.cells(span.step());
            prop_assert_eq!((cells[0].0, cells[cells.len() - 1].1), (10, 10 + w));
            prop_assert!(cells.windows(2).all(|pair| pair[0].1 == pair[1].0));
            prop_assert!(cells.len() <= 50);
            let (left, wide) = span.bar(one.min(other), one.max(other));
            prop_assert!(left >= 10 && wide > 0 && left + wide <= span.right());
        }
    }
}
