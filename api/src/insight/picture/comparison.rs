//! The comparison with the national reference: a card for each macroprocess of it, with what the map does with it and with each
//! process under it, and the processes that only this map has.

use entity::value_chain::AdoptionStatus;
use serde_json::Value;

use super::draw::{
    Drawn, Tongue,
    mermaid::{label, titled},
    scene::{Block, FAINT, INK, MARGIN, Scene, hand, sign},
    svg::svg,
    text::clean,
};
use crate::insight::two_maps::ask::lines;

/// A line of the comparison.
struct Line {
    id: String,
    above: Option<String>,
    standing: Standing,
    /// Code and name in the reference; of an own process in the map.
    name: String,
    /// What the map has for it, and why it deviates.
    own: Option<String>,
    why: Option<String>,
}

/// What the map does, each with a sign and colours of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Adopted,
    Adapted,
    Merged,
    /// Not done, with a justification.
    Absent,
    /// Not done, and nobody says why.
    Gap,
    /// Below the macroprocess, where no figure counts it: the map says nothing of it.
    Unsaid,
    Own,
}

impl Standing {
    const ALL: [Self; 7] =
        [Self::Adopted, Self::Adapted, Self::Merged, Self::Absent, Self::Gap, Self::Unsaid, Self::Own];

    fn of(line: &Value) -> Self {
        match text(&line["status"]) {
            "ADOPTED" => Self::Adopted,
            "ADAPTED" => Self::Adapted,
            "MERGED" => Self::Merged,
            "OWN" => Self::Own,
            _ if line["said"] != true && line["level"] != "MACROPROCESS" => Self::Unsaid,
            _ if line["unjustifiedGap"] == true => Self::Gap,
            _ => Self::Absent,
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Adopted => "=",
            Self::Adapted => "±",
            Self::Merged => "»",
            Self::Absent => "×",
            Self::Gap => "!",
            Self::Unsaid => "?",
            Self::Own => "+",
        }
    }

    /// Is it not done? Then its outline is dashed.
    fn is_absent(self) -> bool {
        matches!(self, Self::Absent | Self::Gap | Self::Unsaid)
    }

    /// Light and dark: dark on light has 7:1 and more.
    fn colours(self) -> (&'static str, &'static str) {
        match self {
            Self::Adopted => ("#dff3e1", "#1a5526"),
            Self::Adapted => ("#fdf1c7", "#624700"),
            Self::Merged => ("#e9ddf6", "#4c2680"),
            Self::Absent => ("#eceff2", "#3d4650"),
            Self::Gap => ("#fbdfdc", "#861a13"),
            Self::Unsaid => ("#ffffff", FAINT),
            Self::Own => ("#d8e9fb", "#123f6e"),
        }
    }

    fn class(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    fn name(self, tongue: Tongue) -> String {
        let status = match self {
            Self::Gap => return tongue.say("Ausente sin justificar", "Absent, unjustified").to_owned(),
            Self::Adopted => AdoptionStatus::Adopted,
            Self::Adapted => AdoptionStatus::Adapted,
            Self::Merged => AdoptionStatus::Merged,
            Self::Absent => return tongue.say("Ausente justificado", "Absent, justified").to_owned(),
            Self::Unsaid => return tongue.say("Sin declarar", "Nothing said").to_owned(),
            Self::Own => AdoptionStatus::Own,
        };
        let term = AdoptionStatus::VOCABULARY.by_number(status.number());
        term.map(|term| tongue.label(&AdoptionStatus::VOCABULARY, term.name)).unwrap_or_default()
    }
}

/// A whole comparison.
pub struct Comparison {
    title: String,
    below: Vec<String>,
    lines: Vec<Line>,
    own: Vec<Line>,
    notes: Vec<String>,
    tongue: Tongue,
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn called(process: &Value) -> Option<String> {
    process.is_object().then(|| clean(&format!("{} {}", text(&process["code"]), text(&process["name"]))))
}

fn line(value: &Value) -> Line {
    let (reference, own) = (called(&value["referenceProcess"]), called(&value["process"]));
    let why = value["adoption"]["justification"].as_str().map(clean);
    let (name, own) = match reference {
        // What is called as in the reference need not be said twice.
        Some(reference) => (reference.clone(), own.filter(|own| *own != reference)),
        None => (own.unwrap_or_else(|| "—".to_owned()), None),
    };
    Line {
        id: text(&value["referenceProcess"]["id"]).to_owned(),
        above: value["referenceProcess"]["parent"]["id"].as_str().map(str::to_owned),
        standing: Standing::of(value),
        name,
        own,
        why,
    }
}

/// From an organization that was asked for its lines (`two_maps::ask`).
pub fn comparison(data: &Value, date: &str, tongue: Tongue) -> Comparison {
    let organization = &data["organization"];
    let (read, figures) = (lines(organization), &organization["referenceComparison"]);
    let title =
        tongue.say("Mapa de procesos frente a la referencia nacional", "Process map against the national reference");
    let mut below = vec![format!("{} {date}", tongue.say("Visto al", "As of"))];
    let count = |name: &str| figures[name].as_u64().unwrap_or(0);
    match figures["coverage"]["percent"].as_str() {
        Some(percent) => {
            let covered = count("adopted") + count("adapted") + count("merged");
            below.push(format!(
                "{}: {covered} {} {} ({percent} %). {}: {}. {}: {}.",
                tongue.say("Macroprocesos cubiertos", "Macroprocesses covered"),
                tongue.say("de", "of"),
                count("reference"),
                tongue.say("Ausentes sin justificar", "Absent and unjustified"),
                count("unjustifiedGaps"),
                tongue.say("Procesos propios", "Own processes"),
                count("own"),
            ));
        }
        None => below.extend(
            [&figures["reason"], &figures["coverage"]["reason"]].iter().filter_map(|why| why.as_str()).map(clean),
        ),
    }
    let mut notes = Vec::new();
    if read.cut {
        let words = tongue.say(
            "Hay más de 100 renglones de un nivel; se muestran los primeros.",
            "A level has more than 100 lines; the first are shown.",
        );
        notes.push(words.to_owned());
    }
    Comparison {
        title: format!("{title}: {}", clean(text(&organization["name"]))),
        below,
        lines: read.reference.into_iter().map(line).collect(),
        own: read.own.into_iter().map(line).collect(),
        notes,
        tongue,
    }
}

const CARD: i32 = 380;
const GAP: i32 = 16;
const COLUMNS: usize = 4;

impl Comparison {
    /// Draws it.
    pub fn draw(&self) -> Drawn {
        let text = self.told();
        Drawn { svg: svg(&self.scene(&text)), mermaid: self.mermaid(), text }
    }

    fn tops(&self) -> impl Iterator<Item = usize> {
        let known =
            |line: &Line| line.above.as_ref().is_some_and(|above| self.lines.iter().any(|other| other.id == *above));
        (0..self.lines.len()).filter(move |place| !known(&self.lines[*place]))
    }

    /// A line and all under it, each with its depth, in the order of the reference.
    fn under(&self, top: usize) -> Vec<(usize, usize)> {
        let (mut found, mut open) = (Vec::new(), vec![(top, 0)]);
        let mut seen = vec![false; self.lines.len()];
        while let Some((place, depth)) = open.pop() {
            if std::mem::replace(&mut seen[place], true) {
                continue;
            }
            found.push((place, depth));
            let id = Some(&self.lines[place].id);
            let below = (0..self.lines.len()).rev().filter(|below| self.lines[*below].above.as_ref() == id);
            open.extend(below.map(|below| (below, depth + 1)));
        }
        found
    }

    /// It as a drawing.
    pub fn scene(&self, told: &str) -> Scene {
        let tongue = self.tongue;
        let width = COLUMNS as i32 * (CARD + GAP) - GAP + 2 * MARGIN;
        let (mut scene, y) = Scene::titled(tongue.tag(), width, &self.title, &self.below);
        let signs = Standing::ALL.map(|standing| {
            let (fill, stroke) = standing.colours();
            let mut block = sign(&format!("{} {}", standing.sign(), standing.name(tongue)), 13, fill, stroke);
            block.dashed = standing.is_absent();
            block
        });
        let mut y = scene.legend(y, signs.into()) + 14;
        let cards: Vec<_> = self.tops().map(|top| self.under(top)).collect();
        let cards =
            cards.into_iter().map(|card| card.into_iter().map(|(place, depth)| (&self.lines[place], depth)).collect());
        y = self.cards(&mut scene, cards.collect(), y);
        if !self.own.is_empty() {
            let words =
                tongue.say("Procesos propios, que la referencia no tiene", "Own processes, which the reference lacks");
            let heading = format!("{words} ({})", self.own.len());
            let heading = Block::new(MARGIN, y, width - 2 * MARGIN).write(&heading, hand(17, true, 2));
            y = heading.bottom() + 4;
            scene.blocks.push(heading);
            y = self.cards(&mut scene, self.own.iter().map(|line| vec![(line, 0)]).collect(), y);
        }
        if self.lines.is_empty() && self.own.is_empty() {
            let none = Block::new(MARGIN, y, 700).coloured("#f4f6f8", FAINT).dashed();
            let none = none.write(self.nothing(), hand(15, false, 4));
            y = none.bottom();
            scene.blocks.push(none);
        }
        let y = scene.notes(y, &self.notes);
        scene.ending(y, told.to_owned())
    }

    fn nothing(&self) -> &'static str {
        self.tongue.say("No hay nada que comparar en esta fecha.", "There is nothing to compare on this day.")
    }

    /// Cards in columns: the shortest takes the next, the leftmost of several.
    fn cards(&self, scene: &mut Scene, cards: Vec<Vec<(&Line, usize)>>, top: i32) -> i32 {
        let mut ends = [top; COLUMNS];
        for card in cards {
            let shortest = ends.iter().copied().enumerate().min_by_key(|(number, end)| (*end, *number));
            let (column, y) = shortest.unwrap_or_default();
            ends[column] = self.card(scene, &card, MARGIN + column as i32 * (CARD + GAP), y) + GAP;
        }
        ends.into_iter().max().unwrap_or(top)
    }

    fn card(&self, scene: &mut Scene, card: &[(&Line, usize)], x: i32, top: i32) -> i32 {
        let frame = scene.blocks.len();
        let (_, dark) = card.first().map_or(("", FAINT), |(line, _)| line.standing.colours());
        let mut outside = Block::new(x, top, CARD).coloured("#ffffff", dark);
        (outside.holds, outside.weight) = (true, 2);
        scene.blocks.push(outside);
        let mut y = top + 2;
        for (line, depth) in card {
            let indent = 14 * (*depth as i32).min(6);
            let (light, dark) = line.standing.colours();
            let words = format!("{} {}", line.standing.sign(), line.name);
            let mut block = Block::new(x + 2 + indent, y, CARD - 4 - indent).coloured(light, light);
            block = block.write(&words, hand(if *depth == 0 { 15 } else { 13 }, *depth == 0, 5));
            for (number, more) in self.about(line).into_iter().enumerate() {
                let ink = if number == 0 { dark } else { FAINT };
                block = block.write(&more, hand(12, false, 5).in_ink(ink));
            }
            if *depth > 0 {
                // Lists stand closer than boxes.
                block.h -= 8;
            }
            y = block.bottom() + 2;
            scene.blocks.push(block.told(format!("{}: {}", line.standing.name(self.tongue), line.name)));
        }
        scene.blocks[frame].h = y - top;
        y
    }

    /// What is said of a line under its name: where it is adopted as it is, nothing.
    fn about(&self, line: &Line) -> Vec<String> {
        let status = line.standing.name(self.tongue);
        let own = line.own.as_ref().map(|own| format!("{status}: {own}"));
        let why = line.why.as_ref().map(|why| format!("{}: {why}", self.tongue.say("Justificación", "Justification")));
        match line.standing {
            Standing::Unsaid => Vec::new(),
            Standing::Adopted => line.own.iter().map(|own| format!("→ {own}")).chain(why).collect(),
            _ => [own.unwrap_or(status)].into_iter().chain(why).collect(),
        }
    }

    fn mermaid(&self) -> String {
        let tongue = self.tongue;
        let mut out = String::from("flowchart LR\n");
        out.push_str(&titled(&self.title, &self.below.join(", ")));
        let mut node = |number: &str, line: &Line| {
            let status = format!("{} {}", line.standing.sign(), line.standing.name(tongue));
            let parts = [line.name.as_str(), &status, line.own.as_deref().unwrap_or_default()];
            out.push_str(&format!("{number}[{}]:::{}\n", label(&parts), line.standing.class()));
        };
        for (number, line) in self.lines.iter().enumerate() {
            node(&format!("n{}", number + 1), line);
        }
        for (number, line) in self.own.iter().enumerate() {
            node(&format!("o{}", number + 1), line);
        }
        for (number, line) in self.lines.iter().enumerate() {
            let above = line.above.as_ref().and_then(|above| self.lines.iter().position(|other| other.id == *above));
            if let Some(above) = above.filter(|above| *above != number) {
                out.push_str(&format!("n{} --- n{}\n", above + 1, number + 1));
            }
        }
        for standing in Standing::ALL {
            let (light, dark) = standing.colours();
            let dashes = if standing.is_absent() { ",stroke-dasharray:6 4" } else { "" };
            out.push_str(&format!("classDef {} fill:{light},stroke:{dark},color:{INK}{dashes}\n", standing.class()));
        }
        out
    }

    /// It in words: an indented list.
    fn told(&self) -> String {
        let mut out = vec![format!("{}.", self.title)];
        out.extend(self.below.iter().map(|line| format!("{}.", line.trim_end_matches('.'))));
        let say = |line: &Line, depth: usize| {
            let (indent, status) = ("  ".repeat(depth), line.standing.name(self.tongue));
            let own = line.own.as_ref().map(|own| format!(" → {own}")).unwrap_or_default();
            let why =
                line.why.as_ref().map(|why| format!(". {}: {why}", self.tongue.say("Justificación", "Justification")));
            format!("{indent}- {}: {status}{own}{}", line.name, why.unwrap_or_default())
        };
        for (place, depth) in self.tops().flat_map(|top| self.under(top)) {
            out.push(say(&self.lines[place], depth));
        }
        if !self.own.is_empty() {
            out.push(format!("{} ({}):", self.tongue.say("Procesos propios", "Own processes"), self.own.len()));
            out.extend(self.own.iter().map(|line| say(line, 0)));
        }
        if self.lines.is_empty() && self.own.is_empty() {
            out.push(self.nothing().to_owned());
        }
        out.extend(self.notes.iter().cloned());
        out.join("\n") + "\n"
    }
}
