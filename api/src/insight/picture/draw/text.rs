//! Text as pictures take it: without what steers terminals or directions, measured, and broken into lines.
//!
//! The font is the reader's, so widths are estimated from above: those of DejaVu Sans, the widest of the common faces, for
//! what is in ASCII or built on it; safe bounds for everything else. [`svg`](super::svg) forces lines with other
//! letters into their estimate.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Widths of U+0020 to U+007E in DejaVu Sans, in thousandths of the size.
const PLAIN: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863,
    748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635,
    615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636,
    337, 636, 838,
];
/// The same in DejaVu Sans Bold.
const BOLD: [u16; 95] = [
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696, 696,
    696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995,
    837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716,
    678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712,
    365, 712, 838,
];
/// Most marks that one letter may carry: Spanish needs one, towers of them are mischief.
const MARKS: usize = 2;
/// Most characters of one text that a picture looks at.
const LONGEST: usize = 2_000;

/// A name as pictures show it: one line, no control characters, nothing invisible, nothing that turns the direction of what
/// stands beside it. Nothing left shows as a dash.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.chars().take(LONGEST) {
        if c.is_whitespace() || c.is_control() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            marks = 0;
        } else if is_combining_mark(c) {
            marks += 1;
            if marks <= MARKS && !out.is_empty() && !out.ends_with(' ') {
                out.push(c);
            }
        } else if !is_unseen(c) {
            out.push(c);
            marks = 0;
        }
    }
    out.truncate(out.trim_end().len());
    if out.is_empty() { "—".to_owned() } else { out }
}

/// Invisible characters, marks of direction, and what is no character of XML.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{FDD0}'..='\u{FDEF}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Is the width of all of it known, not bounded?
pub fn is_measured(text: &str) -> bool {
    text.chars().all(|c| table(c, false).is_some() || is_combining_mark(c) || "—–…·×→←«»¿¡°±".contains(c))
}

/// The estimated width in pixels, from above.
pub fn width(text: &str, size: i32, bold: bool) -> i32 {
    let thousandths: i64 = text.chars().map(|c| i64::from(advance(c, bold))).sum();
    // Two in a hundred for rounding of single letters.
    (thousandths * i64::from(size) * 102 / 100_000 + 1).try_into().unwrap_or(i32::MAX)
}

fn table(c: char, bold: bool) -> Option<u16> {
    let base = if c.is_ascii() { c } else { std::iter::once(c).nfd().next()? };
    let index = (base as usize).checked_sub(0x20)?;
    (if bold { &BOLD } else { &PLAIN }).get(index).copied()
}

fn advance(c: char, bold: bool) -> u32 {
    if is_combining_mark(c) {
        return 0;
    }
    if let Some(known) = table(c, bold) {
        return known.into();
    }
    match u32::from(c) {
        0..0x590 => 1_250,
        0x590..0x700 => 1_000,
        0x700..0x2010 => 1_500,
        0x2010..0x2E80 => 1_100,
        0xFD00..0xFE00 => 3_000,
        0x2E80..0x1_0000 => 1_100,
        _ => 1_500,
    }
}

/// Breaks a clean text into lines of at most this width: at blanks, after hyphens and strokes, and through words that are longer
/// than a line. Of more than `most` lines the last one ends with an ellipsis.
pub fn wrap(text: &str, room: i32, size: i32, bold: bool, most: usize) -> Vec<String> {
    let fits = |line: &str| width(line, size, bold) <= room;
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let line = lines.last_mut().expect("never empty");
        let longer = format!("{line}{piece}");
        if fits(longer.trim_end()) {
            *line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(String::new());
        }
        for letter in letters(piece) {
            let line = lines.last_mut().expect("never empty");
            if !line.is_empty() && !fits(format!("{line}{letter}").trim_end()) {
                lines.push(letter.to_owned());
            } else {
                line.push_str(letter);
            }
        }
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines.retain(|line| !line.is_empty());
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && !fits(&format!("{last}…")) {
                last.pop();
            }
            *last = format!("{}…", last.trim_end());
        }
    }
    lines
}

/// Words, each with the blank, hyphen or stroke after it. Dates and numbers stay whole.
fn pieces(text: &str) -> Vec<&str> {
    let (mut pieces, mut from) = (Vec::new(), 0);
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let digit_next = letters.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        if c == ' ' || "-/\u{2013}\u{2014}".contains(c) && !digit_next {
            let end = at + c.len_utf8();
            pieces.push(&text[from..end]);
            from = end;
        }
    }
    pieces.push(&text[from..]);
    pieces
}

/// Letters with the marks that they carry.
fn letters(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.char_indices().filter(|(at, c)| *at == 0 || !is_combining_mark(*c)).map(|(at, _)| at);
    let starts: Vec<usize> = starts.chain([text.len()]).collect();
    let pairs: Vec<(usize, usize)> = starts.windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.into_iter().map(move |(from, to)| &text[from..to])
}
