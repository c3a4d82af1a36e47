//! The alignment heat map: which process leads or contributes to which policy of MIPG.

use serde_json::Value;

use super::draw::{
    Drawn, Tongue,
    mermaid::{coded, label},
    scene::{Block, FAINT, INK, MARGIN, Scene, hand, sign},
    svg::svg,
    text::clean,
};

/// What a process does for a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cell {
    Nothing,
    /// It contributes, by a record that points to an earlier or later edition.
    ContributesElsewhere,
    Contributes,
    LeadsElsewhere,
    Leads,
}

impl Cell {
    fn colours(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Nothing => ("#ffffff", "#d4d9df", INK),
            Self::Contributes => ("#a9cdee", "#1f5a99", INK),
            Self::ContributesElsewhere => ("#e6f0fa", "#1f5a99", INK),
            Self::Leads => ("#123f6e", "#123f6e", "#ffffff"),
            Self::LeadsElsewhere => ("#e6f0fa", "#123f6e", INK),
        }
    }

    fn sign(self, tongue: Tongue) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Contributes => "C",
            Self::ContributesElsewhere => "(C)",
            Self::Leads => tongue.say("L", "L"),
            Self::LeadsElsewhere => tongue.say("(L)", "(L)"),
        }
    }
}

struct Policy {
    slug: String,
    name: String,
    dimension: String,
}

struct Row {
    code: String,
    name: String,
    depth: usize,
    cells: Vec<Cell>,
}

/// A whole heat map.
pub struct HeatMap {
    title: String,
    below: Vec<String>,
    policies: Vec<Policy>,
    rows: Vec<Row>,
    /// Alignments of processes that no column shows.
    aside: usize,
    /// Some process has more alignments than were read.
    cut: bool,
    tongue: Tongue,
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// From `organization { name processMap { code name level process { alignments { … } } } }` and `framework { current { … } }`.
pub fn heat_map(data: &Value, date: &str, tongue: Tongue) -> HeatMap {
    let edition = &data["framework"]["current"];
    let requirements = edition["requirements"]["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let named = |row: &Value| {
        let english = row["nameEn"].as_str().filter(|_| tongue.0 == crate::graph::error::Locale::En);
        clean(english.unwrap_or(text(&row["name"])))
    };
    let policies: Vec<Policy> = requirements
        .iter()
        .map(|row| Policy { slug: text(&row["slug"]).to_owned(), name: named(row), dimension: named(&row["parent"]) })
        .collect();
    let mut map = HeatMap {
        title: format!(
            "{}: {}",
            tongue.say(
                "Alineación de procesos con las políticas de MIPG",
                "Alignment of processes with the policies of MIPG"
            ),
            clean(text(&data["organization"]["name"]))
        ),
        below: Vec::new(),
        policies,
        rows: Vec::new(),
        aside: 0,
        cut: false,
        tongue,
    };
    for row in data["organization"]["processMap"].as_array().into_iter().flatten() {
        map.read(row, text(&edition["id"]));
    }
    let processes = tongue.count(map.rows.len(), ("proceso", "process"), ("procesos", "processes"));
    let policies = tongue.count(map.policies.len(), ("política", "policy"), ("políticas", "policies"));
    let when = tongue.say("vigentes al", "in force on");
    map.below.push(format!("{processes}, {policies}; {when} {date}; {}", clean(text(&edition["label"]))));
    map
}

impl HeatMap {
    fn read(&mut self, row: &Value, edition: &str) {
        let mut cells = vec![Cell::Nothing; self.policies.len()];
        let alignments = &row["process"]["alignments"];
        self.cut |= alignments["pageInfo"]["hasNextPage"] == true;
        for alignment in alignments["nodes"].as_array().into_iter().flatten() {
            let requirement = &alignment["requirement"];
            let place = self.policies.iter().position(|policy| policy.slug == text(&requirement["slug"]));
            let Some(place) = place.filter(|_| text(&requirement["kind"]) == "POLICY") else {
                self.aside += 1;
                continue;
            };
            let here = text(&requirement["edition"]["id"]) == edition;
            let cell = match (text(&alignment["role"]), here) {
                ("LEADS", true) => Cell::Leads,
                ("LEADS", false) => Cell::LeadsElsewhere,
                (_, true) => Cell::Contributes,
                (_, false) => Cell::ContributesElsewhere,
            };
            cells[place] = cells[place].max(cell);
        }
        let depth = match text(&row["level"]) {
            "MACROPROCESS" => 0,
            "PROCESS" => 1,
            "SUBPROCESS" => 2,
            _ => 3,
        };
        self.rows.push(Row { code: clean(text(&row["code"])), name: clean(text(&row["name"])), depth, cells });
    }

    /// Draws it.
    pub fn draw(&self) -> Drawn {
        let text = self.told();
        Drawn { svg: svg(&self.scene(&text)), mermaid: self.mermaid(), text }
    }

    fn column(&self, place: usize) -> usize {
        self.rows.iter().filter(|row| row.cells[place] != Cell::Nothing).count()
    }

    fn notes(&self) -> Vec<String> {
        let tongue = self.tongue;
        let mut notes = Vec::new();
        let unled = self
            .policies
            .iter()
            .enumerate()
            .filter(|(place, _)| self.rows.iter().all(|row| row.cells[*place] < Cell::LeadsElsewhere));
        let unled: Vec<_> = unled.map(|(_, policy)| policy.name.as_str()).collect();
        if !unled.is_empty() {
            notes.push(format!(
                "{} ({}): {}.",
                tongue.say("Políticas que ningún proceso lidera", "Policies that no process leads"),
                unled.len(),
                unled.join("; ")
            ));
        }
        let bare = self.rows.iter().filter(|row| row.cells.iter().all(|cell| *cell == Cell::Nothing)).count();
        if bare > 0 {
            notes.push(format!(
                "{}: {bare}.",
                tongue.say("Procesos sin alineación con políticas", "Processes aligned to no policy")
            ));
        }
        if self.aside > 0 {
            notes.push(format!(
                "{}: {}.",
                tongue.say(
                    "Alineaciones con otros requisitos, que este cuadro no muestra",
                    "Alignments to other requirements, which are not shown"
                ),
                self.aside
            ));
        }
        if self.cut {
            notes.push(
                tongue
                    .say(
                        "De algún proceso hay más de 100 alineaciones; se muestran las primeras.",
                        "Some process has more than 100 alignments; the first are shown.",
                    )
                    .to_owned(),
            );
        }
        notes
    }

    /// It as a drawing.
    pub fn scene(&self, told: &str) -> Scene {
        let tongue = self.tongue;
        let columns = self.policies.len() as i32;
        let width = (2 * MARGIN + NAME + (columns + 1) * CELL).max(900);
        let (mut scene, y) = Scene::titled(tongue.tag(), width, &self.title, &self.below);
        let signs = [
            (Cell::Leads, tongue.say("L: lidera", "L: leads")),
            (Cell::Contributes, tongue.say("C: contribuye", "C: contributes")),
            (
                Cell::LeadsElsewhere,
                tongue.say("(L), (C): según otra edición de MIPG", "(L), (C): by another edition of MIPG"),
            ),
            (Cell::Nothing, tongue.say("vacío: sin alineación", "empty: not aligned")),
        ];
        let signs = signs.map(|(cell, words)| {
            let (fill, stroke, ink) = cell.colours();
            let mut block = sign(words, 13, fill, stroke);
            block.lines.iter_mut().for_each(|line| line.ink = ink);
            block
        });
        let mut y = scene.legend(y, signs.into()) + 12;
        if self.policies.is_empty() || self.rows.is_empty() {
            let words = tongue.say(
                "No hay procesos vigentes, o ninguna edición de MIPG lo está, en esta fecha.",
                "No process, or no edition of MIPG, is in force on this day.",
            );
            let none = Block::new(MARGIN, y, 700).coloured("#f4f6f8", FAINT).dashed().write(words, hand(15, false, 4));
            y = none.bottom();
            scene.blocks.push(none);
        } else {
            y = self.grid(&mut scene, y);
        }
        let y = scene.notes(y + 10, &self.notes());
        scene.ending(y, told.to_owned())
    }

    fn heading(&self, scene: &mut Scene, top: i32) -> i32 {
        let tongue = self.tongue;
        let start = scene.blocks.len();
        let words = tongue.say("Proceso", "Process");
        scene.blocks.push(
            Block::new(MARGIN, top, NAME)
                .coloured("#33414f", "#ffffff")
                .write(words, hand(14, true, 1).in_ink("#ffffff")),
        );
        for (place, policy) in self.policies.iter().enumerate() {
            let block =
                Block::new(MARGIN + NAME + place as i32 * CELL, top, CELL).coloured("#33414f", "#ffffff").centred();
            let block = block.write(&policy.name, hand(11, false, 10).in_ink("#ffffff"));
            scene.blocks.push(block.told(format!("{} ({})", policy.name, policy.dimension)));
        }
        let all = Block::new(MARGIN + NAME + self.policies.len() as i32 * CELL, top, CELL)
            .coloured("#33414f", "#ffffff")
            .centred();
        scene.blocks.push(
            all.write(tongue.say("Políticas por proceso", "Policies by process"), hand(11, false, 4).in_ink("#ffffff")),
        );
        let high = scene.blocks[start..].iter().map(|block| block.h).max().unwrap_or(0);
        scene.blocks[start..].iter_mut().for_each(|block| block.h = high);
        top + high
    }

    fn grid(&self, scene: &mut Scene, top: i32) -> i32 {
        let mut y = top;
        for (number, row) in self.rows.iter().enumerate() {
            // On a long sheet the names of the policies come again.
            if number % 40 == 0 {
                y = self.heading(scene, y);
            }
            let indent = 16 * row.depth as i32;
            let fill = if row.depth == 0 { "#e3e7ec" } else { "#f6f7f9" };
            let mut name = Block::new(MARGIN, y, NAME).coloured(fill, "#d4d9df");
            name.x += indent;
            name.w -= indent;
            name = name.write(&format!("{} {}", row.code, row.name), hand(13, row.depth == 0, 4));
            name.h -= 4;
            let high = name.h;
            let filled = row.cells.iter().filter(|cell| **cell != Cell::Nothing).count();
            for (place, cell) in row.cells.iter().enumerate() {
                let (fill, stroke, ink) = cell.colours();
                let mut block =
                    Block::new(MARGIN + NAME + place as i32 * CELL, y, CELL).coloured(fill, stroke).centred();
                block = block.write_if(cell.sign(self.tongue), hand(14, true, 1).in_ink(ink));
                block.h = high;
                if *cell != Cell::Nothing {
                    block = block.told(format!("{} {} · {}", row.code, row.name, self.policies[place].name));
                }
                // An outline of white shows nothing: an empty cell keeps its thin grey one.
                scene.blocks.push(block);
            }
            let mut all =
                Block::new(MARGIN + NAME + row.cells.len() as i32 * CELL, y, CELL).coloured(fill, "#d4d9df").centred();
            all = all.write(&filled.to_string(), hand(13, filled == 0, 1));
            all.h = high;
            scene.blocks.push(all);
            scene.blocks.push(name);
            y += high;
        }
        let words = self.tongue.say("Procesos por política", "Processes by policy");
        let name = Block::new(MARGIN, y, NAME).coloured("#e3e7ec", "#d4d9df").write(words, hand(13, true, 2));
        let high = name.h;
        scene.blocks.push(name);
        for place in 0..self.policies.len() {
            let block =
                Block::new(MARGIN + NAME + place as i32 * CELL, y, CELL).coloured("#e3e7ec", "#d4d9df").centred();
            let number = self.column(place);
            let mut block = block.write(&number.to_string(), hand(13, true, 1));
            block.h = high;
            scene.blocks.push(block);
        }
        y + high
    }

    /// A grid of blocks: Mermaid has no heat map, and as a flowchart this would be a ball of wool.
    fn mermaid(&self) -> String {
        let mut out = format!("block-beta\n%% {}\ncolumns {}\n", coded(&self.title), self.policies.len() + 1);
        out.push_str(&format!("h0[{}]\n", label(&[self.tongue.say("Proceso", "Process")])));
        for (place, policy) in self.policies.iter().enumerate() {
            out.push_str(&format!("h{}[{}]\n", place + 1, label(&[&policy.name])));
        }
        let mut classes = [Vec::new(), Vec::new(), Vec::new()];
        for (number, row) in self.rows.iter().enumerate() {
            out.push_str(&format!("r{}[{}]\n", number + 1, label(&[&format!("{} {}", row.code, row.name)])));
            for (place, cell) in row.cells.iter().enumerate() {
                let id = format!("c{}x{}", number + 1, place + 1);
                let class = match cell {
                    Cell::Nothing => {
                        out.push_str("space\n");
                        continue;
                    }
                    Cell::Leads => 0,
                    Cell::Contributes => 1,
                    Cell::LeadsElsewhere | Cell::ContributesElsewhere => 2,
                };
                out.push_str(&format!("{id}[{}]\n", label(&[cell.sign(self.tongue)])));
                classes[class].push(id);
            }
        }
        out.push_str("classDef leads fill:#123f6e,stroke:#123f6e,color:#ffffff\nclassDef contributes fill:#a9cdee,stroke:#1f5a99,color:#1b1f24\nclassDef elsewhere fill:#e6f0fa,stroke:#123f6e,color:#1b1f24\n");
        for (name, ids) in ["leads", "contributes", "elsewhere"].into_iter().zip(&classes) {
            if !ids.is_empty() {
                out.push_str(&format!("class {} {name}\n", ids.join(",")));
            }
        }
        out
    }

    /// It in words: policy by policy, for a table of 19 columns cannot be listened to.
    fn told(&self) -> String {
        let tongue = self.tongue;
        let mut out = vec![format!("{}.", self.title)];
        out.extend(self.below.iter().map(|line| format!("{line}.")));
        for (place, policy) in self.policies.iter().enumerate() {
            let of = |wanted: fn(Cell) -> bool| {
                let rows = self.rows.iter().filter(|row| wanted(row.cells[place]));
                let codes: Vec<_> = rows.map(|row| format!("{} {}", row.code, row.name)).collect();
                if codes.is_empty() { tongue.say("ninguno", "none").to_owned() } else { codes.join("; ") }
            };
            let leads = of(|cell| cell >= Cell::LeadsElsewhere);
            let contributes = of(|cell| matches!(cell, Cell::Contributes | Cell::ContributesElsewhere));
            out.push(format!(
                "- {}. {}: {leads}. {}: {contributes}.",
                policy.name,
                tongue.say("Lideran", "Led by"),
                tongue.say("Contribuyen", "Contributing")
            ));
        }
        let bare = self.rows.iter().filter(|row| row.cells.iter().all(|cell| *cell == Cell::Nothing));
        for row in bare {
            let words = tongue.say("sin alineación con políticas", "aligned to no policy");
            out.push(format!("- {} {}: {words}.", row.code, row.name));
        }
        out.extend(self.notes());
        out.join("\n") + "\n"
    }
}

const NAME: i32 = 340;
const CELL: i32 = 116;
