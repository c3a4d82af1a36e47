//! How a plan lies on the sheet: a row for each action, what it is at the left, its bars on the calendar at the right.

use super::{Activity, Gantt};
use crate::insight::picture::{
    acted::{Acted, Light, bar},
    draw::{
        scene::{Block, FAINT, MARGIN, PAD, Pen, Scene, hand, sign},
        span::Span,
    },
};

/// Width of the names, of the percentages, of the calendar.
const NAMES: i32 = 570;
const DONE: i32 = 120;
const DAYS: i32 = 1_150;
/// Height of the bar of an action, of an activity, of the days before a reformulation.
const BAR: i32 = 20;
const PART: i32 = 12;
const BEFORE: i32 = 7;
/// A milestone.
const MARK: (i32, i32) = (27, 20);
const CHART: i32 = MARGIN + NAMES + DONE;

/// The whole sheet.
pub fn scene(gantt: &Gantt, told: &str) -> Scene {
    let tongue = gantt.tongue;
    let width = CHART + DAYS + MARGIN;
    let (mut scene, y) = Scene::titled(tongue.tag(), width, &gantt.title, &gantt.below);
    let y = legend(gantt, &mut scene, y) + 14;
    let Some(span) = span(gantt) else {
        let none = Block::new(MARGIN, y, 700).coloured("#f4f6f8", FAINT).dashed();
        let none = none.write(gantt.nothing(), hand(15, false, 4));
        let bottom = none.bottom();
        scene.blocks.push(none);
        let y = scene.notes(bottom, &gantt.notes);
        return scene.ending(y, told.to_owned());
    };
    let y = cutoff(gantt, &mut scene, &span, y);
    let top = span.head(&mut scene, y, tongue);
    let mut y = top;
    for (number, (acted, parts)) in gantt.actions.iter().enumerate() {
        y = row(gantt, &mut scene, &span, y, (number, acted, parts));
    }
    span.rule(&mut scene, (top, y));
    if let Some(day) = gantt.cutoff.filter(|day| span.holds(*day)) {
        let x = span.bar(day, day).0;
        scene.upright(x, (top, y), Pen::Mark);
    }
    // The calendar again, for whoever stands before the lower end of the sheet.
    if gantt.actions.len() > 6 {
        y = span.head(&mut scene, y, tongue);
    }
    let y = scene.notes(y + 8, &gantt.notes);
    scene.ending(y, told.to_owned())
}

fn legend(gantt: &Gantt, scene: &mut Scene, y: i32) -> i32 {
    let tongue = gantt.tongue;
    let y = scene.legend(y, Light::legend(tongue)) + 8;
    let plain = |text: &str| {
        let mut block = sign(text, 13, "#ffffff", "#ffffff");
        block.h = MARK.1 + 2;
        block
    };
    let mut before = Block::new(0, 0, 60).coloured("#ffffff", FAINT).dashed();
    before.h = BEFORE;
    let mut entries =
        vec![before, plain(tongue.say("plazo inicial, antes de reformular", "first due date, before a reformulation"))];
    for (letter, light, es, en) in [
        ("E", Light::Out, "ejecutada", "executed"),
        ("V", Light::Out, "verificada", "verified"),
        ("C", Light::Green, "cerrada eficaz", "closed, effective"),
        ("N", Light::Red, "cerrada no eficaz", "closed, not effective"),
    ] {
        entries.extend([mark(letter, light, (0, 0)), plain(tongue.say(es, en))]);
    }
    scene.legend(y, entries)
}

/// The letter of a milestone.
fn mark(letter: &str, light: Light, (x, y): (i32, i32)) -> Block {
    let (pale, strong) = light.colours();
    let mut block = Block::new(x, y, MARK.0).coloured(pale, strong).centred().write(letter, hand(12, true, 1));
    block.h = MARK.1;
    block
}

/// The months from the first day to the last; that of the cut-off too where it is not far.
fn span(gantt: &Gantt) -> Option<Span> {
    let days = gantt.actions.iter().flat_map(|(acted, parts)| {
        let marks = acted.marks.iter().map(|mark| mark.on);
        let parts = parts.iter().flat_map(|part| [part.from, part.due]);
        [acted.from, acted.due].into_iter().chain(acted.before).chain(marks).chain(parts)
    });
    let days: Vec<_> = days.collect();
    let (first, last) = (days.iter().min()?, days.iter().max()?);
    let far = |day: &chrono::NaiveDate| (*first - *day).num_days() > 200 || (*day - *last).num_days() > 200;
    Span::over(days.iter().copied().chain(gantt.cutoff.filter(|day| !far(day))), (CHART, DAYS))
}

/// The label of the cut-off over the calendar; gives the first free line below it.
fn cutoff(gantt: &Gantt, scene: &mut Scene, span: &Span, y: i32) -> i32 {
    let Some(day) = gantt.cutoff else { return y };
    let words = gantt.tongue.say("Corte", "Cut-off");
    if !span.holds(day) {
        return scene
            .notes(y, &[format!("{words} {day}: {}", gantt.tongue.say("fuera del calendario", "off the calendar"))]);
    }
    let mut label = sign(&format!("{words} {day}"), 13, "#d8e9fb", "#123f6e");
    label.x = (span.bar(day, day).0 - label.w / 2).clamp(CHART, span.right() - label.w);
    label.y = y;
    let bottom = label.bottom();
    scene.blocks.push(label);
    bottom + 2
}

/// An action with its activities; gives the first free line below it.
fn row(
    gantt: &Gantt,
    scene: &mut Scene,
    span: &Span,
    top: i32,
    (number, acted, parts): (usize, &Acted, &[Activity]),
) -> i32 {
    let frame = scene.blocks.len();
    let mut band = Block::new(MARGIN, top, NAMES + DONE + DAYS);
    band.holds = true;
    band = band.coloured(if number.is_multiple_of(2) { "#f7f8fa" } else { "#fefefe" }, "#e3e6ea");
    scene.blocks.push(band);
    let tongue = gantt.tongue;
    let mut name = Block::new(MARGIN + 1, top + 1, NAMES - 2)
        .write(&format!("{}. {}", acted.number, acted.name), hand(14, true, 4));
    let stands = format!("{} · {}", acted.days(tongue), acted.standing(tongue));
    for more in [acted.whose(tongue), stands] {
        name = name.write(&more, hand(12, false, 3).in_ink(FAINT));
    }
    name.h -= PAD / 2;
    let mut bottom = name.bottom();
    scene.blocks.push(name);
    scene.blocks.push(acted.light.mark((MARGIN + NAMES + 4, top + 12)).told(acted.light.name(tongue)));
    let mut percent = Block::new(MARGIN + NAMES + 24, top + 8, DONE - 26).write(&acted.percent(), hand(14, true, 1));
    percent.h = 26;
    scene.blocks.push(percent);
    bottom = bottom.max(lanes(scene, span, top + 8, acted) + 6);
    for part in parts {
        bottom = activity(scene, span, bottom, acted.light, part);
    }
    scene.blocks[frame].h = bottom - top;
    bottom
}

/// The bars of an action: as it was agreed first, as it is, its milestones.
fn lanes(scene: &mut Scene, span: &Span, mut y: i32, acted: &Acted) -> i32 {
    if let Some(before) = acted.before {
        let (x, w) = span.bar(acted.from, before);
        let mut first = Block::new(x, y, w).coloured("#ffffff", FAINT).dashed();
        first.h = BEFORE;
        scene.blocks.push(first.told(format!("{}. {} → {before}", acted.number, acted.from)));
        y += BEFORE + 3;
    }
    let (x, w) = span.bar(acted.from, acted.due);
    scene.blocks.extend(acted.bar((x, y), (w, BAR)));
    y += BAR + 3;
    if acted.marks.is_empty() {
        return y;
    }
    // Each at its day; those that would cover each other are moved apart, and stay on the sheet.
    let mut places: Vec<i32> = Vec::new();
    for milestone in &acted.marks {
        let free = places.last().map_or(i32::MIN, |last| last + MARK.0 + 2);
        places.push((span.bar(milestone.on, milestone.on).0 - MARK.0 / 2).max(free).max(CHART));
    }
    let mut most = span.right() - MARK.0;
    for place in places.iter_mut().rev() {
        *place = (*place).min(most);
        most = *place - MARK.0 - 2;
    }
    for (milestone, x) in acted.marks.iter().zip(places) {
        scene.blocks.push(mark(milestone.sign, milestone.light, (x, y)).told(milestone.told()));
    }
    y + MARK.1
}

fn activity(scene: &mut Scene, span: &Span, top: i32, light: Light, part: &Activity) -> i32 {
    const INDENT: i32 = 20;
    let name = format!("{} {}", part.number, part.name);
    let mut label = Block::new(MARGIN + INDENT, top, NAMES - INDENT - 2).write(&name, hand(12, false, 2));
    label.h -= PAD;
    // What was done of how much stands beside the name, under the percentages.
    let mut quantity =
        Block::new(MARGIN + NAMES, top, DONE - 2).write(&part.quantity, hand(12, false, 2).in_ink(FAINT));
    quantity.h -= PAD;
    let bottom = label.bottom().max(quantity.bottom());
    let (x, w) = span.bar(part.from, part.due);
    let told = format!("{name}: {}", part.quantity);
    scene
        .blocks
        .extend(bar(light, part.done, (x, top + 4), (w, PART)).into_iter().map(|block| block.told(told.clone())));
    scene.blocks.extend([label, quantity]);
    bottom
}
