//! The process map: strategic, core, support and evaluation processes in bands, between what is expected and what is reached.

use entity::value_chain::{ProcessKind, ProcessLevel};
use serde_json::Value;

use super::draw::{
    Drawn, Tongue,
    mermaid::{label, titled},
    scene::{Block, FAINT, INK, MARGIN, Outline, Scene, hand},
    svg::svg,
    text::clean,
};

/// A process on the map.
#[derive(Clone, Debug)]
pub struct Process {
    id: String,
    above: Option<String>,
    code: String,
    name: String,
    level: String,
    /// The process and all under it in its band: how deep each stands.
    below: Vec<usize>,
}

/// A band: its kind, and the processes of it that stand at its top.
struct Band {
    kind: &'static str,
    processes: Vec<Process>,
    tops: Vec<usize>,
}

/// A whole map.
pub struct ProcessMap {
    title: String,
    date: String,
    bands: Vec<Band>,
    tongue: Tongue,
}

/// The bands from top to bottom.
const KINDS: [&str; 4] = ["STRATEGIC", "CORE", "SUPPORT", "EVALUATION"];

/// Light and dark colour of a band; white on the dark one and dark on the light one have 5:1 and more.
pub fn colours(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "STRATEGIC" => ("#e4eefa", "#1f5a99"),
        "CORE" => ("#e3f3e4", "#2a7036"),
        "SUPPORT" => ("#fdf3dc", "#8a5a00"),
        _ => ("#f0e8f8", "#65399a"),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// From `organization { name processMap { code name kind level process { id } parent { id } } }`.
pub fn map(data: &Value, date: &str, tongue: Tongue) -> ProcessMap {
    let organization = &data["organization"];
    let rows: Vec<&Value> = organization["processMap"].as_array().into_iter().flatten().collect();
    let bands = KINDS.map(|kind| {
        let mut processes: Vec<Process> = rows
            .iter()
            .filter(|row| text(&row["kind"]) == kind)
            .map(|row| Process {
                id: text(&row["process"]["id"]).to_owned(),
                above: row["parent"]["id"].as_str().map(str::to_owned),
                code: clean(text(&row["code"])),
                name: clean(text(&row["name"])),
                level: text(&row["level"]).to_owned(),
                below: Vec::new(),
            })
            .collect();
        let mut tops = Vec::new();
        for place in 0..processes.len() {
            let above = processes[place].above.clone();
            let above = above.and_then(|id| processes.iter().position(|known| known.id == id));
            match above {
                // What stands in another band, or is not seen, has a card of its own here.
                None => tops.push(place),
                Some(above) => processes[above].below.push(place),
            }
        }
        Band { kind, processes, tops }
    });
    let title = format!("{}: {}", tongue.say("Mapa de procesos", "Process map"), clean(text(&organization["name"])));
    ProcessMap { title, date: date.to_owned(), bands: bands.into(), tongue }
}

impl Band {
    /// A top and all under it, each with its depth, in the order of their codes.
    fn under(&self, top: usize) -> Vec<(usize, usize)> {
        let mut seen = vec![false; self.processes.len()];
        let (mut found, mut open) = (Vec::new(), vec![(top, 0)]);
        while let Some((place, depth)) = open.pop() {
            if std::mem::replace(&mut seen[place], true) {
                continue;
            }
            found.push((place, depth));
            open.extend(self.processes[place].below.iter().rev().map(|below| (*below, depth + 1)));
        }
        found
    }

    fn name(&self, tongue: Tongue) -> &'static str {
        match self.kind {
            "STRATEGIC" => tongue.say("Procesos estratégicos", "Strategic processes"),
            "CORE" => tongue.say("Procesos misionales", "Core processes"),
            "SUPPORT" => tongue.say("Procesos de apoyo", "Support processes"),
            _ => tongue.say("Procesos de evaluación", "Evaluation processes"),
        }
    }
}

const CARD: i32 = 272;
const GAP: i32 = 14;
const SIDE: i32 = 172;
const INSET: i32 = 14;

impl ProcessMap {
    /// Draws it.
    pub fn draw(&self) -> Drawn {
        let text = self.told();
        Drawn { svg: svg(&self.scene(&text)), mermaid: self.mermaid(), text }
    }

    fn below(&self) -> String {
        let number = self.bands.iter().map(|band| band.processes.len()).sum();
        let counted = self.tongue.count(
            number,
            ("proceso", "process"),
            ("procesos de todos los niveles", "processes of all levels"),
        );
        let when = self.tongue.say("vigentes al", "in force on");
        format!("{counted}, {when} {}", self.date)
    }

    /// The map as a drawing.
    pub fn scene(&self, told: &str) -> Scene {
        let tongue = self.tongue;
        let number: usize = self.bands.iter().map(|band| band.processes.len()).sum();
        let columns = if number > 40 { 5 } else { 4 };
        let band_width = columns * (CARD + GAP) - GAP + 2 * INSET;
        let width = band_width + 2 * (MARGIN + SIDE + GAP);
        let (mut scene, top) = Scene::titled(tongue.tag(), width, &self.title, &[self.below()]);
        let left = MARGIN + SIDE + GAP;
        let mut y = top;
        for band in &self.bands {
            y = self.band(&mut scene, band, left, y, band_width, columns as usize) + GAP;
        }
        let bottom = y - GAP;
        let sides = [
            (
                MARGIN,
                tongue.say(
                    "Necesidades y expectativas de la comunidad educativa y demás partes interesadas",
                    "Needs and expectations of the education community and other interested parties",
                ),
            ),
            (
                width - MARGIN - SIDE,
                tongue.say(
                    "Comunidad educativa y partes interesadas satisfechas",
                    "Education community and interested parties satisfied",
                ),
            ),
        ];
        for (x, words) in sides {
            let mut side = Block::new(x, top, SIDE).coloured("#33414f", "#33414f").centred();
            side.outline = Outline::Arrow;
            side = side.write(words, hand(14, true, 16).in_ink("#ffffff"));
            side.h = side.h.max(bottom - top);
            scene.blocks.push(side);
        }
        let bottom = bottom.max(scene.blocks.iter().map(Block::bottom).max().unwrap_or(bottom));
        scene.ending(bottom, told.to_owned())
    }

    fn band(&self, scene: &mut Scene, band: &Band, left: i32, top: i32, width: i32, columns: usize) -> i32 {
        let (light, dark) = colours(band.kind);
        let heading = Block::new(left, top, width).coloured(dark, dark).centred();
        let heading = heading.write(
            &format!("{} ({})", band.name(self.tongue), band.processes.len()),
            hand(18, true, 2).in_ink("#ffffff"),
        );
        // Few cards are wider, so that a band is filled.
        let columns = columns.min(band.tops.len().max(2));
        let card = (width - 2 * INSET + GAP) / columns as i32 - GAP;
        let mut ends = vec![heading.bottom() + GAP; columns];
        let frame = scene.blocks.len();
        let mut outside = Block::new(left, top, width).coloured(light, dark);
        (outside.holds, outside.weight) = (true, 2);
        scene.blocks.push(outside);
        scene.blocks.push(heading);
        for top in &band.tops {
            // The shortest column takes the next card, the leftmost of several.
            let (column, y) =
                ends.iter().copied().enumerate().min_by_key(|(number, end)| (*end, *number)).unwrap_or_default();
            let x = left + INSET + column as i32 * (card + GAP);
            ends[column] = self.card(scene, band, *top, (x, y, card)) + GAP;
        }
        if band.tops.is_empty() {
            let words = self.tongue.say("Ningún proceso vigente", "No process in force");
            let none = Block::new(left + INSET, ends[0], CARD).coloured(light, light);
            let none = none.write(words, hand(14, false, 2).in_ink(FAINT));
            ends[0] = none.bottom() + GAP;
            scene.blocks.push(none);
        }
        let bottom = ends.into_iter().max().unwrap_or(top);
        scene.blocks[frame].h = bottom - top;
        bottom
    }

    /// A process of the top with all under it.
    fn card(&self, scene: &mut Scene, band: &Band, top: usize, (x, y, wide): (i32, i32, i32)) -> i32 {
        let (light, dark) = colours(band.kind);
        let frame = scene.blocks.len();
        let mut outside = Block::new(x, y, wide).coloured("#fdfdfd", dark);
        (outside.holds, outside.weight) = (true, 2);
        scene.blocks.push(outside);
        let mut y = y;
        for (place, depth) in band.under(top) {
            let process = &band.processes[place];
            let words = format!("{} {}", process.code, process.name);
            let block = if depth == 0 {
                let block = Block::new(x + 1, y + 1, wide - 2).coloured(light, light);
                block.write(&words, hand(14, true, 6))
            } else {
                let indent = 12 * (depth as i32 - 1).clamp(0, 6);
                let size = if depth == 1 { 13 } else { 12 };
                let ink = if depth == 1 { INK } else { FAINT };
                let mut block = Block::new(x + 1 + indent, y, wide - 2 - indent);
                block = block.write(&words, hand(size, false, 6).in_ink(ink));
                // Lists stand closer than boxes.
                block.h -= 8;
                block
            };
            let level = self.tongue.label(&ProcessLevel::VOCABULARY, &process.level);
            let block = block.told(format!("{level}: {words}"));
            y = block.bottom();
            scene.blocks.push(block);
        }
        y += if band.processes[top].below.is_empty() { 1 } else { 6 };
        scene.blocks[frame].h = y - scene.blocks[frame].y;
        y
    }

    fn mermaid(&self) -> String {
        let tongue = self.tongue;
        let mut out = String::from("flowchart TB\n");
        out.push_str(&titled(&self.title, &self.below()));
        let mut number = 0;
        let mut edges = String::new();
        for (place, band) in self.bands.iter().enumerate() {
            let name = format!("{} ({})", band.name(tongue), band.processes.len());
            out.push_str(&format!("subgraph b{}[{}]\n", place + 1, label(&[&name])));
            let class = band.kind.to_lowercase();
            let mut known = vec![0; band.processes.len()];
            for top in &band.tops {
                for (process, _) in band.under(*top) {
                    number += 1;
                    known[process] = number;
                    let Process { code, name, .. } = &band.processes[process];
                    out.push_str(&format!("n{number}[{}]:::{class}\n", label(&[&format!("{code} {name}")])));
                }
            }
            if band.tops.is_empty() {
                number += 1;
                let words = tongue.say("Ningún proceso vigente", "No process in force");
                out.push_str(&format!("n{number}[{}]:::{class}\n", label(&[words])));
            }
            for (above, process) in band.processes.iter().enumerate() {
                for below in &process.below {
                    edges.push_str(&format!("n{} --- n{}\n", known[above], known[*below]));
                }
            }
            out.push_str("end\n");
        }
        out.push_str(&edges);
        out.push_str("b1 ~~~ b2 ~~~ b3 ~~~ b4\n");
        for kind in KINDS {
            let (light, dark) = colours(kind);
            out.push_str(&format!("classDef {} fill:{light},stroke:{dark},color:{INK}\n", kind.to_lowercase()));
        }
        out
    }

    /// The map in words.
    fn told(&self) -> String {
        let mut out = vec![format!("{}.", self.title), format!("{}.", self.below())];
        for band in &self.bands {
            let kind = self.tongue.label(&ProcessKind::VOCABULARY, band.kind);
            out.push(format!("{} ({kind}, {}):", band.name(self.tongue), band.processes.len()));
            for (place, depth) in band.tops.iter().flat_map(|top| band.under(*top)) {
                let Process { code, name, level, .. } = &band.processes[place];
                let level = self.tongue.label(&ProcessLevel::VOCABULARY, level);
                out.push(format!("{}- {code} {name} ({level})", "  ".repeat(depth)));
            }
        }
        out.join("\n") + "\n"
    }
}
