//! How a chain lies on the sheet: five columns from the origin to the effect, an action and what became of it in one row.

use super::{Card, Chain};
use crate::insight::picture::{
    acted::{Acted, Light, bar},
    draw::scene::{Block, FAINT, MARGIN, Outline, POINT, Scene, hand},
};

/// Light and dark of what has no traffic light; of the finding.
pub const PLAIN: (&str, &str) = ("#eef0f3", "#4d5661");
pub const FINDING: (&str, &str) = ("#fbe3ea", "#8f1f47");

/// Widths of the columns, and what is between them.
const COLUMNS: [i32; 5] = [290, 330, 300, 410, 290];
const GAP: i32 = 46;
/// Between cards of a column.
const ROW: i32 = 14;

fn left(column: usize) -> i32 {
    MARGIN + COLUMNS[..column].iter().map(|w| w + GAP).sum::<i32>()
}

/// The whole sheet.
pub fn scene(chain: &Chain, told: &str) -> Scene {
    let tongue = chain.tongue;
    let width = left(4) + COLUMNS[4] + MARGIN;
    let (mut scene, y) = Scene::titled(tongue.tag(), width, &chain.title, &chain.below);
    let y = scene.legend(y, Light::legend(tongue)) + 12;
    let top = heads(chain, &mut scene, y) + 16;
    let finding = card(&chain.finding, left(1), top, COLUMNS[1], FINDING, 12);
    let entry = (finding.x, finding.middle());
    let exit = (finding.right(), finding.middle());
    let mut bottoms = vec![origin(chain, &mut scene, top, entry)];
    bottoms.push(touched(chain, &mut scene, &finding));
    scene.blocks.push(finding);
    let (plans, bottom) = causes(chain, &mut scene, top, exit);
    bottoms.push(bottom);
    bottoms.push(actions(chain, &mut scene, top, &plans));
    let bottom = bottoms.into_iter().max().unwrap_or(top);
    let y = scene.notes(bottom + 12, &chain.notes);
    scene.ending(y, told.to_owned())
}

/// The names of the stages, as arrows.
fn heads(chain: &Chain, scene: &mut Scene, y: i32) -> i32 {
    let heads: Vec<Block> = chain
        .stages()
        .into_iter()
        .enumerate()
        .map(|(column, name)| {
            let gap = if column < 4 { GAP - 8 } else { 0 };
            let mut head = Block::new(left(column), y, COLUMNS[column] + gap.min(POINT)).coloured("#123f6e", "#123f6e");
            head.outline = Outline::Arrow;
            head.write(name, hand(16, true, 2).in_ink("#ffffff"))
        })
        .collect();
    let high = heads.iter().map(|head| head.h).max().unwrap_or(0);
    for mut head in heads {
        head.h = high;
        scene.blocks.push(head);
    }
    y + high
}

/// A card; `most` lines of each thing that is said.
fn card(card: &Card, x: i32, y: i32, w: i32, (pale, strong): (&'static str, &'static str), most: usize) -> Block {
    let mut block = Block::new(x, y, w).coloured(pale, strong);
    block.weight = 2;
    block =
        block.write_if(&card.kind, hand(12, false, 2).in_ink(FAINT)).write_if(&card.name, hand(15, true, most.min(7)));
    card.about.iter().fold(block, |block, about| block.write(about, hand(13, false, most)))
}

/// From the right of one thing to the left of another one: across, up or down, across.
fn link(scene: &mut Scene, (x, y): (i32, i32), (to_x, to_y): (i32, i32)) {
    let middle = to_x - GAP / 2;
    scene.arrow(&[(x, y), (middle, y), (middle, to_y), (to_x, to_y)]);
}

fn origin(chain: &Chain, scene: &mut Scene, top: i32, entry: (i32, i32)) -> i32 {
    let origin = card(&chain.origin, left(0), top, COLUMNS[0], PLAIN, 6);
    let mut bottom = origin.bottom();
    link(scene, (origin.right(), origin.middle()), entry);
    scene.blocks.push(origin);
    if let Some(earlier) = &chain.earlier {
        let earlier = card(earlier, left(0), bottom + 2 * ROW, COLUMNS[0], Light::Red.colours(), 6);
        bottom = earlier.bottom();
        link(scene, (earlier.right(), earlier.middle()), entry);
        scene.blocks.push(earlier);
    }
    bottom
}

/// What the finding touches, under it.
fn touched(chain: &Chain, scene: &mut Scene, finding: &Block) -> i32 {
    let mut bottom = finding.bottom();
    for (heading, names) in &chain.touched {
        let block = Block::new(finding.x, bottom + ROW, finding.w).coloured(PLAIN.0, PLAIN.1);
        let block = block.write(heading, hand(12, false, 1).in_ink(FAINT));
        let block = names.iter().fold(block, |block, name| block.write(name, hand(13, false, 3)));
        scene.wire(&[(block.centre(), bottom), (block.centre(), block.y)]);
        bottom = block.bottom();
        scene.blocks.push(block);
    }
    bottom
}

/// Something that is not there.
fn missing(words: &str, (x, y): (i32, i32), w: i32) -> Block {
    let (pale, strong) = Light::Out.colours();
    Block::new(x, y, w).coloured(pale, strong).dashed().write(words, hand(14, true, 3))
}

/// Causes, and under them the plans; gives where the wires of the actions leave each plan, and the first free line.
fn causes(chain: &Chain, scene: &mut Scene, top: i32, exit: (i32, i32)) -> (Vec<(i32, i32)>, i32) {
    let (x, w) = (left(2), COLUMNS[2]);
    let [no_cause, no_plan, _] = chain.missing();
    let mut y = top;
    let mut blocks: Vec<Block> = Vec::new();
    for cause in &chain.causes {
        blocks.push(card(cause, x, y, w, PLAIN, 8));
        y = blocks[blocks.len() - 1].bottom() + ROW;
    }
    if blocks.is_empty() {
        blocks.push(missing(no_cause, (x, y), w));
        y = blocks[0].bottom() + ROW;
    }
    for block in &blocks {
        link(scene, exit, (block.x, block.middle()));
    }
    // From the last cause down to the plans.
    let mut above = blocks[blocks.len() - 1].bottom();
    let mut ways = Vec::new();
    y += ROW;
    for plan in &chain.plans {
        let plan = card(plan, x, y, w, ("#e4eefa", "#1f5a99"), 6);
        scene.arrow(&[(plan.centre(), above), (plan.centre(), plan.y)]);
        (above, y) = (plan.bottom(), plan.bottom() + 2 * ROW);
        ways.push((plan.right(), plan.middle()));
        blocks.push(plan);
    }
    if chain.plans.is_empty() {
        let none = missing(no_plan, (x, y), w);
        scene.arrow(&[(none.centre(), above), (none.centre(), none.y)]);
        (above, _) = (none.bottom(), ways.push((none.right(), none.middle())));
        blocks.push(none);
    }
    scene.blocks.extend(blocks);
    (ways, above)
}

/// The actions, what became of each, and whether it lasts.
fn actions(chain: &Chain, scene: &mut Scene, top: i32, plans: &[(i32, i32)]) -> i32 {
    let (x, w) = (left(3), COLUMNS[3]);
    let (out, out_w) = (left(4), COLUMNS[4]);
    let mut y = top;
    let mut exits = Vec::new();
    if chain.actions.is_empty() {
        let none = missing(chain.missing()[2], (x, y), w);
        y = none.bottom() + ROW;
        exits.push(none.middle());
        scene.blocks.push(none);
    }
    for (acted, plan) in &chain.actions {
        let said = Card { about: chain.outcome(acted), ..Card::default() };
        // Closed with effect or without it is seen from afar.
        let colours =
            acted.marks.iter().find(|mark| mark.light != Light::Out).map_or(PLAIN, |mark| mark.light.colours());
        let mut outcome = card(&said, out, y, out_w, colours, 3);
        let bottom = action(chain, scene, (x, y, w), acted, outcome.h);
        let middle = y + (bottom - y) / 2;
        if let Some((from_x, from_y)) = plan.map_or(plans.first(), |plan| plans.get(plan)) {
            // A track of its own for each plan, so that one sees which of them an action belongs to.
            let track = x - GAP / 2 + 5 * plan.unwrap_or(0).min(3) as i32;
            scene.arrow(&[(*from_x, *from_y), (track, *from_y), (track, middle), (x, middle)]);
        }
        outcome.y = middle - outcome.h / 2;
        scene.arrow(&[(x + w, middle), (out, middle)]);
        exits.push(middle);
        scene.blocks.push(outcome);
        y = bottom + ROW;
    }
    let Some(lasting) = chain.lasting() else { return y - ROW };
    let colours = if chain.later.is_empty() { Light::Green } else { Light::Red }.colours();
    let lasting = card(&lasting, out, y + ROW, out_w, colours, 6);
    let (track, middle) = (lasting.right() + MARGIN / 2, lasting.middle());
    for exit in exits.iter().filter(|_| !chain.actions.is_empty()) {
        scene.arrow(&[(lasting.right(), *exit), (track, *exit), (track, middle), (lasting.right(), middle)]);
    }
    let bottom = lasting.bottom();
    scene.blocks.push(lasting);
    bottom
}

/// The card of an action: its name, its days, its progress as a bar, where it stands. At least so high.
fn action(chain: &Chain, scene: &mut Scene, (x, y, w): (i32, i32, i32), acted: &Acted, high: i32) -> i32 {
    let tongue = chain.tongue;
    let (_, strong) = acted.light.colours();
    let mut frame = Block::new(x, y, w).coloured("#ffffff", strong);
    (frame.holds, frame.weight, frame.dashed) = (true, 2, acted.light == Light::Out);
    let place = scene.blocks.len();
    scene.blocks.push(frame);
    let name = Block::new(x + 2, y + 2, w - 4).write(&format!("{}. {}", acted.number, acted.name), hand(14, true, 5));
    let mut name = name.write(&acted.whose(tongue), hand(12, false, 3).in_ink(FAINT));
    name = name.write(&acted.days(tongue), hand(12, false, 2).in_ink(FAINT));
    name.h -= 6;
    let line = name.bottom() + 4;
    scene.blocks.push(name);
    scene.blocks.push(acted.light.mark((x + 10, line)).told(acted.light.name(tongue)));
    scene.blocks.extend(bar(acted.light, acted.done, (x + 36, line + 2), (w - 140, 14)));
    let mut percent = Block::new(x + w - 98, line - 4, 94).write(&acted.percent(), hand(14, true, 1));
    percent.h = 24;
    scene.blocks.push(percent);
    // Milestones stand beside it; here whether it is on time.
    let standing = match acted.light {
        Light::Out => acted.state.clone(),
        light if acted.late > 0 => {
            format!("{} · {}, {} {} d", acted.state, light.name(tongue), tongue.say("retraso", "late"), acted.late)
        }
        light => format!("{} · {}", acted.state, light.name(tongue)),
    };
    let mut state = Block::new(x + 2, line + 22, w - 4).write(&standing, hand(12, false, 2));
    state.h -= 6;
    let bottom = (state.bottom() + 2).max(y + high);
    scene.blocks.push(state);
    scene.blocks[place].h = bottom - y;
    bottom
}
