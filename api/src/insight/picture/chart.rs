//! The organization chart: a tree of units, and what became of units where two days are compared.

mod layout;

use entity::organization::OrgUnitKind;
use serde_json::Value;

use self::layout::{BELOW, GAP, Part, WIDE};
use super::draw::{
    Drawn, Tongue,
    mermaid::{label, titled},
    scene::{Block, FAINT, INK, MARGIN, PAD, Scene, hand, sign},
    svg::svg,
    text::clean,
};

/// A unit on the chart.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The lasting unit.
    pub id: String,
    /// The unit above it, by its place in the list; `None` at the top.
    pub parent: Option<usize>,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Kind, as the schema names it.
    pub kind: String,
    /// What became of it.
    pub mark: Option<Mark>,
}

/// What became of a unit.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The kind of change.
    pub change: Change,
    /// In words, with what it was before.
    pub told: String,
}

/// Kinds of change, each with a sign and a colour of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Created,
    /// It has another name.
    Renamed,
    /// It stands elsewhere.
    Moved,
    /// It came of several.
    Merged,
    /// It came of one that became several.
    Split,
    /// It is no more.
    Suppressed,
}

impl Change {
    /// All, in the order of the legend.
    pub const ALL: [Self; 6] = [Self::Created, Self::Renamed, Self::Moved, Self::Merged, Self::Split, Self::Suppressed];

    /// Its sign: a character that every font has.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Created => "+",
            Self::Renamed => "±",
            Self::Moved => "→",
            Self::Merged => "»",
            Self::Split => "«",
            Self::Suppressed => "×",
        }
    }

    fn colours(self) -> (&'static str, &'static str) {
        match self {
            Self::Created => ("#d9f2dc", "#1d6b2a"),
            Self::Renamed => ("#fdf1c7", "#7a5900"),
            Self::Moved => ("#d8e9fb", "#174f8a"),
            Self::Merged => ("#e9ddf6", "#5b2f92"),
            Self::Split => ("#d3f1f1", "#0b5a5e"),
            Self::Suppressed => ("#fbdfdc", "#98221a"),
        }
    }

    /// What it is called.
    pub fn name(self, tongue: Tongue) -> &'static str {
        match self {
            Self::Created => tongue.say("Creada", "Created"),
            Self::Renamed => tongue.say("Cambió de nombre", "Renamed"),
            Self::Moved => tongue.say("Trasladada", "Moved"),
            Self::Merged => tongue.say("Fusionada", "Merged"),
            Self::Split => tongue.say("Resultado de una división", "Split off"),
            Self::Suppressed => tongue.say("Dejó de existir", "Ceased"),
        }
    }
}

/// A whole chart.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Its name.
    pub title: String,
    /// What stands under the name.
    pub below: Vec<String>,
    /// The units, each after the one above it.
    pub units: Vec<Unit>,
    /// Units that are no more, each with what became of it.
    pub gone: Vec<(String, String)>,
    /// Are two days compared?
    pub compares: bool,
    /// What is said when there is no unit.
    pub empty: &'static str,
    /// Remarks at the foot.
    pub notes: Vec<String>,
}

/// The units of a version as the graph gives them (`tree { code name kind unit { id } parent { unit { id } } }`).
pub fn units(tree: &Value) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for row in tree.as_array().into_iter().flatten() {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let above = row["parent"]["unit"]["id"].as_str();
        let parent = above.and_then(|id| units.iter().position(|unit| unit.id == id));
        units.push(Unit {
            id: text(&row["unit"]["id"]),
            parent,
            code: clean(&text(&row["code"])),
            name: clean(&text(&row["name"])),
            kind: text(&row["kind"]),
            mark: None,
        });
    }
    units
}

/// Draws a chart.
pub fn draw(chart: &Chart, tongue: Tongue) -> Drawn {
    let text = told(chart, tongue);
    Drawn { svg: svg(&scene(chart, tongue, &text)), mermaid: mermaid(chart, &text, tongue), text }
}

/// The unit's colours by what sort of unit it is; the sort stands in its box too.
fn colours(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "DESPACHO" => ("#163a63", "#163a63"),
        "UNDERSECRETARIAT" | "DIRECTORATE" => ("#d5e4f5", "#1f5a99"),
        "SUBDIRECTORATE" => ("#e8f0fa", "#1f5a99"),
        "OFFICE" | "ADVISORY_OFFICE" => ("#fdf0d3", "#8a5a00"),
        "WORK_GROUP" | "SCHOOL_CLUSTER" => ("#efe9f7", "#65399a"),
        _ => ("#eef2ee", "#44604a"),
    }
}

fn unit_block(unit: &Unit, compares: bool, tongue: Tongue) -> Block {
    let top = unit.kind == "DESPACHO" && !compares;
    let (ink, faint) = if top { ("#ffffff", "#ffffff") } else { (INK, FAINT) };
    let (fill, stroke) = match &unit.mark {
        Some(mark) => mark.change.colours(),
        // Where changes are shown, the rest steps back.
        None if compares => ("#fafbfc", "#8a939d"),
        None => colours(&unit.kind),
    };
    let mut block = Block::new(0, 0, WIDE).coloured(fill, stroke);
    block = block.write(&unit.name, hand(14, true, 6).in_ink(ink));
    let kind = tongue.label(&OrgUnitKind::VOCABULARY, &unit.kind);
    block = block.write(&format!("{} · {kind}", unit.code), hand(12, false, 2).in_ink(faint));
    if let Some(mark) = &unit.mark {
        block.weight = 3;
        block = block.write(&format!("{} {}", mark.change.sign(), mark.told), hand(12, true, 6).in_ink(stroke));
    }
    block
}

/// A chart as a drawing.
pub fn scene(chart: &Chart, tongue: Tongue, told: &str) -> Scene {
    let children = children(&chart.units);
    let tops = &children[chart.units.len()];
    // Several tops hang under nothing: they stand side by side.
    let root = if let [root] = tops.as_slice() { Some(*root) } else { None };
    let below_root: &[usize] = root.map_or(tops, |root| &children[root]);
    let is_staff = |unit: usize| {
        children[unit].is_empty() && ["OFFICE", "ADVISORY_OFFICE"].contains(&chart.units[unit].kind.as_str())
    };
    let (mut staff, mut columns): (Vec<usize>, Vec<usize>) = below_root.iter().partition(|unit| is_staff(**unit));
    if columns.is_empty() || root.is_none() || staff.len() > 8 {
        (staff, columns) = (Vec::new(), below_root.to_vec());
    }
    let blocks = chart.units.iter().map(|unit| unit_block(unit, chart.compares, tongue)).collect();
    let mut parts = layout::parts(blocks, &children, root);
    let columns: Vec<Part> = columns.iter().map(|unit| std::mem::take(&mut parts[*unit])).collect();
    let rows = layout::rows(columns);
    let spine = if rows.len() > 1 && root.is_some() { GAP } else { 0 };
    let width = rows.iter().map(|row| layout::width(row)).max().unwrap_or(0).max(900) + 2 * MARGIN + spine;
    let (mut scene, mut y) = Scene::titled(tongue.tag(), width, &chart.title, &chart.below);
    if chart.compares {
        y = scene.legend(y, signs(tongue)) + 18;
    }
    let trunk = (width + spine) / 2;
    if let Some(root) = root {
        let own = unit_block(&chart.units[root], chart.compares, tongue).moved(trunk - WIDE / 2, y);
        let from = own.bottom();
        scene.blocks.push(own);
        let staff = staff.iter().map(|unit| unit_block(&chart.units[*unit], chart.compares, tongue)).collect();
        y = layout::staff(&mut scene, staff, trunk, from + 18);
        if !rows.is_empty() {
            scene.wire(&[(trunk, from), (trunk, y + 14)]);
        }
    }
    y = layout::place(&mut scene, rows, trunk, y + 14, root.is_some());
    if chart.units.is_empty() {
        let block =
            Block::new(MARGIN, y, 700).coloured("#f4f5f7", FAINT).dashed().write(chart.empty, hand(15, false, 3));
        y = block.bottom();
        scene.blocks.push(block);
    }
    y = gone(&mut scene, chart, y, tongue);
    let y = scene.notes(y + 12, &chart.notes);
    scene.ending(y, told.to_owned())
}

fn signs(tongue: Tongue) -> Vec<Block> {
    let signs = Change::ALL.map(|change| {
        let (fill, stroke) = change.colours();
        let mut block = sign(&format!("{} {}", change.sign(), change.name(tongue)), 13, fill, stroke);
        block.dashed = change == Change::Suppressed;
        block
    });
    signs.into()
}

fn gone(scene: &mut Scene, chart: &Chart, y: i32, tongue: Tongue) -> i32 {
    if chart.gone.is_empty() {
        return y;
    }
    let heading = Block::new(MARGIN - PAD, y + 10, scene.width - 2 * (MARGIN - PAD));
    let heading =
        heading.write(tongue.say("Dependencias que dejaron de existir", "Units that ceased"), hand(17, true, 2));
    let mut top = heading.bottom() + 4;
    scene.blocks.push(heading);
    let in_row = ((scene.width - 2 * MARGIN + GAP) / (WIDE + 40 + GAP)).max(1) as usize;
    for row in chart.gone.chunks(in_row) {
        let mut lowest = top;
        for (number, (name, fate)) in row.iter().enumerate() {
            let (fill, stroke) = Change::Suppressed.colours();
            let block = Block::new(MARGIN + number as i32 * (WIDE + 40 + GAP), top, WIDE + 40);
            let block = block.coloured(fill, stroke).dashed();
            let block = block.write(&format!("{} {name}", Change::Suppressed.sign()), hand(14, true, 6));
            let mut block = block.write(fate, hand(12, false, 6).in_ink(stroke));
            block.weight = 2;
            lowest = lowest.max(block.bottom());
            scene.blocks.push(block);
        }
        top = lowest + BELOW;
    }
    top
}

/// For each unit those right under it; at the end those under none.
fn children(units: &[Unit]) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); units.len() + 1];
    for (number, unit) in units.iter().enumerate() {
        children[unit.parent.unwrap_or(units.len())].push(number);
    }
    children
}

fn depth(units: &[Unit], unit: usize) -> usize {
    // Whoever is above stands before, so this ends.
    std::iter::successors(units[unit].parent, |above| units[*above].parent).count()
}

fn mermaid(chart: &Chart, told: &str, tongue: Tongue) -> String {
    let mut out = String::from("flowchart TD\n");
    out.push_str(&titled(&chart.title, told.lines().nth(1).unwrap_or_default()));
    for (number, unit) in chart.units.iter().enumerate() {
        let kind = tongue.label(&OrgUnitKind::VOCABULARY, &unit.kind);
        let mark = unit.mark.as_ref().map(|mark| format!("{} {}", mark.change.sign(), mark.told)).unwrap_or_default();
        let class = match &unit.mark {
            Some(mark) => format!("{:?}", mark.change).to_lowercase(),
            None if chart.compares => "still".to_owned(),
            None if unit.kind == "DESPACHO" => "top".to_owned(),
            None => "unit".to_owned(),
        };
        let text = label(&[&unit.name, &format!("{} · {kind}", unit.code), &mark]);
        out.push_str(&format!("n{}[{text}]:::{class}\n", number + 1));
    }
    for (number, unit) in chart.units.iter().enumerate() {
        if let Some(parent) = unit.parent {
            out.push_str(&format!("n{} --> n{}\n", parent + 1, number + 1));
        }
    }
    for (number, (name, fate)) in chart.gone.iter().enumerate() {
        let name = format!("{} {name}", Change::Suppressed.sign());
        out.push_str(&format!("g{}[{}]:::suppressed\n", number + 1, label(&[&name, fate])));
    }
    out.push_str("classDef top fill:#163a63,stroke:#163a63,color:#ffffff\nclassDef unit fill:#e8f0fa,stroke:#1f5a99,color:#1b1f24\nclassDef still fill:#fafbfc,stroke:#8a939d,color:#1b1f24\n");
    for change in Change::ALL {
        let (fill, stroke) = change.colours();
        let dashes = if change == Change::Suppressed { ",stroke-dasharray:6 4" } else { "" };
        let class = format!("{change:?}").to_lowercase();
        out.push_str(&format!("classDef {class} fill:{fill},stroke:{stroke},stroke-width:2px,color:#1b1f24{dashes}\n"));
    }
    out
}

/// The chart in words: an indented list.
fn told(chart: &Chart, tongue: Tongue) -> String {
    let mut out = vec![format!("{}.", clean(&chart.title))];
    let below: Vec<String> = chart.below.iter().map(|text| clean(text)).collect();
    out.push(format!("{}.", below.join(". ")));
    if chart.units.is_empty() {
        out.push(chart.empty.to_owned());
    }
    for (number, unit) in chart.units.iter().enumerate() {
        let kind = tongue.label(&OrgUnitKind::VOCABULARY, &unit.kind);
        let mark =
            unit.mark.as_ref().map(|mark| format!(" — {} {}", mark.change.sign(), mark.told)).unwrap_or_default();
        let indent = "  ".repeat(depth(&chart.units, number).min(40));
        out.push(format!("{indent}- {} {} ({kind}){mark}", unit.code, unit.name));
    }
    if !chart.gone.is_empty() {
        out.push(format!("{}:", tongue.say("Dependencias que dejaron de existir", "Units that ceased")));
        out.extend(
            chart
                .gone
                .iter()
                .map(|(name, fate)| format!("- {} {}: {}", Change::Suppressed.sign(), clean(name), clean(fate))),
        );
    }
    out.extend(chart.notes.iter().map(|note| clean(note)));
    out.join("\n") + "\n"
}
