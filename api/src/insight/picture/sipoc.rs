//! SIPOC of a process: what it is there for, suppliers, inputs, the process, outputs, consumers.

mod facts;

use entity::value_chain::PhvaPhase;
use serde_json::Value;

use self::facts::{Fact, facts};
use super::{
    draw::{
        Drawn, Tongue,
        mermaid::{label, titled},
        scene::{Block, FAINT, INK, MARGIN, Scene, hand},
        svg::svg,
        text::clean,
    },
    process_map::colours,
};

/// Something that goes in or comes out, and who is at its other end.
#[derive(Clone, Debug)]
struct Flow {
    name: String,
    /// Processes and parties outside; none: a broken link.
    ends: Vec<String>,
}

/// A whole SIPOC.
pub struct Sipoc {
    title: String,
    below: Vec<String>,
    kind: String,
    /// What the title block says: the left column, the right column.
    facts: [Vec<Fact>; 2],
    phases: Vec<(String, Vec<String>)>,
    inputs: Vec<Flow>,
    outputs: Vec<Flow>,
    empty: Option<&'static str>,
    tongue: Tongue,
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn nodes(value: &Value) -> impl Iterator<Item = &Value> {
    value["nodes"].as_array().into_iter().flatten()
}

fn called(process: &Value) -> String {
    clean(&format!("{} {}", text(&process["code"]), text(&process["name"])))
}

/// From `process { current { … } flowsFromOthers { … } }` or `processVersion { … process { flowsFromOthers { … } } }`.
pub fn sipoc(data: &Value, date: &str, tongue: Tongue) -> Sipoc {
    let (version, process) = match &data["processVersion"] {
        Value::Null => (&data["process"]["current"], &data["process"]),
        version => (version, &version["process"]),
    };
    let of = if version.is_null() { process } else { version };
    let state = tongue.label(&entity::value_chain::ControlledState::VOCABULARY, text(&version["state"])).to_lowercase();
    let below = match version {
        Value::Null => format!("{} {date}", tongue.say("visto al", "as of")),
        version => format!(
            "{} {} ({state}); {} {date}",
            tongue.say("Caracterización, versión", "Characterization, version"),
            version["number"],
            tongue.say("visto al", "as of")
        ),
    };
    let phases = PhvaPhase::VOCABULARY.terms.iter().map(|term| {
        let activities = version["activities"].as_array().into_iter().flatten();
        let own = activities.filter(|activity| text(&activity["phase"]) == term.name);
        (tongue.label(&PhvaPhase::VOCABULARY, term.name), own.map(activity).collect())
    });
    let mut sides = [flows(&version["inputs"]), flows(&version["outputs"])];
    for flow in nodes(&process["flowsFromOthers"]) {
        // What another process gives is an input here, and the other way round.
        let side = if text(&flow["direction"]) == "OUTPUT" { 0 } else { 1 };
        let (name, other) = (clean(text(&flow["name"])), called(&flow["processVersion"]));
        match sides[side].iter_mut().find(|known| entity::fold(&known.name) == entity::fold(&name)) {
            Some(known) if known.ends.contains(&other) => {}
            Some(known) => known.ends.push(other),
            None => sides[side].push(Flow { name, ends: vec![other] }),
        }
    }
    let [inputs, outputs] = sides;
    Sipoc {
        title: format!("SIPOC: {}", called(of)),
        below: vec![clean(text(&process["organization"]["name"])), below],
        kind: text(&of["kind"]).to_owned(),
        facts: facts(version, process, tongue),
        phases: phases.collect(),
        inputs,
        outputs,
        empty: version.is_null().then(|| {
            tongue.say(
                "En esta fecha ninguna caracterización está vigente.",
                "No characterization is in force on this day.",
            )
        }),
        tongue,
    }
}

fn activity(activity: &Value) -> String {
    let mut words = clean(text(&activity["description"]));
    if let Some(unit) = activity["responsibleUnit"]["name"].as_str() {
        words.push_str(&format!(" [{}]", clean(unit)));
    }
    if activity["controlPoint"] == true {
        words.push_str(" (PC)");
    }
    words
}

fn flows(list: &Value) -> Vec<Flow> {
    let rows = list.as_array().into_iter().flatten();
    let flow = |row: &Value| {
        let processes = nodes(&row["processes"]).map(called);
        let parties = nodes(&row["externalParties"]).map(|party| clean(text(&party["name"])));
        Flow { name: clean(text(&row["name"])), ends: processes.chain(parties).collect() }
    };
    rows.map(flow).collect()
}

const SIDE: i32 = 230;
const MIDDLE: i32 = 430;
const GAP: i32 = 36;
const BELOW: i32 = 12;

impl Sipoc {
    /// Draws it.
    pub fn draw(&self) -> Drawn {
        let text = self.told();
        Drawn { svg: svg(&self.scene(&text)), mermaid: self.mermaid(), text }
    }

    fn headings(&self) -> [&'static str; 5] {
        let tongue = self.tongue;
        [
            tongue.say("Proveedores", "Suppliers"),
            tongue.say("Entradas", "Inputs"),
            tongue.say("Proceso", "Process"),
            tongue.say("Salidas", "Outputs"),
            tongue.say("Clientes o usuarios", "Customers"),
        ]
    }

    fn nobody(&self, inputs: bool) -> &'static str {
        match inputs {
            true => self.tongue.say("! sin proveedor", "! no supplier"),
            false => self.tongue.say("! sin cliente", "! no customer"),
        }
    }

    /// It as a drawing.
    pub fn scene(&self, told: &str) -> Scene {
        let width = 4 * SIDE + MIDDLE + 4 * GAP + 2 * MARGIN;
        let (mut scene, top) = Scene::titled(self.tongue.tag(), width, &self.title, &self.below);
        let top = self.title_block(&mut scene, top) + BELOW;
        let widths = [SIDE, SIDE, MIDDLE, SIDE, SIDE];
        let mut lefts = [MARGIN; 5];
        for place in 1..5 {
            lefts[place] = lefts[place - 1] + widths[place - 1] + GAP;
        }
        let (_, dark) = colours(&self.kind);
        let mut y = top;
        for (place, heading) in self.headings().into_iter().enumerate() {
            let block = Block::new(lefts[place], top, widths[place]).coloured(dark, dark).centred();
            let block = block.write(heading, hand(17, true, 1).in_ink("#ffffff"));
            y = block.bottom() + BELOW;
            scene.blocks.push(block);
        }
        let frame = scene.blocks.len();
        let mut middle = Block::new(lefts[2], y, MIDDLE).coloured("#fdfdfd", dark);
        (middle.holds, middle.weight) = (true, 2);
        scene.blocks.push(middle);
        let process = self.process(&mut scene, lefts[2], y);
        let inputs = self.side(&mut scene, &self.inputs, true, [lefts[0], lefts[1]], lefts[2], y);
        let outputs = self.side(&mut scene, &self.outputs, false, [lefts[4], lefts[3]], lefts[2] + MIDDLE, y);
        let bottom = process.max(inputs).max(outputs);
        scene.blocks[frame].h = bottom - y;
        let notes = [self
            .tongue
            .say(
                "PC: punto de control. El signo ! señala un enlace roto.",
                "PC: control point. The sign ! marks a broken link.",
            )
            .to_owned()];
        let bottom = scene.notes(bottom + BELOW, &notes);
        scene.ending(bottom, told.to_owned())
    }

    /// What is said of the process as a whole, in two columns over the full width.
    fn title_block(&self, scene: &mut Scene, top: i32) -> i32 {
        let wide = (scene.width - 2 * MARGIN - GAP) / 2;
        let blocks = self.facts.iter().enumerate().map(|(column, facts)| {
            let block =
                Block::new(MARGIN + 2 + column as i32 * (wide + GAP), top + 2, wide - 4).coloured("#f7f9fb", "#f7f9fb");
            facts.iter().fold(block, |block, fact| match fact {
                Fact::Text(heading, value) => {
                    block.write(heading, hand(12, true, 1).in_ink(FAINT)).write(value, hand(14, false, 8))
                }
                Fact::List(heading, items) => {
                    let block = block.write(heading, hand(12, true, 1).in_ink(FAINT));
                    items.iter().fold(block, |block, item| block.write(&format!("· {item}"), hand(14, false, 4)))
                }
            })
        });
        let blocks: Vec<Block> = blocks.collect();
        let high = blocks.iter().map(|block| block.h).max().unwrap_or(0);
        // One frame for both: each column begins at its top.
        let mut frame = Block::new(MARGIN, top, scene.width - 2 * MARGIN).coloured("#f7f9fb", "#b6c0ca");
        (frame.holds, frame.h) = (true, high + 4);
        scene.blocks.push(frame);
        scene.blocks.extend(blocks);
        top + high + 4
    }

    fn process(&self, scene: &mut Scene, left: i32, top: i32) -> i32 {
        let (light, dark) = colours(&self.kind);
        let mut y = top + BELOW;
        let mut push = |block: Block| {
            y = block.bottom() + 6;
            scene.blocks.push(block);
        };
        let wide = MIDDLE - 2 * BELOW;
        let at = |y| Block::new(left + BELOW, y, wide);
        let mut next = top + BELOW;
        if let Some(empty) = self.empty {
            let block = at(next).coloured("#fbdfdc", "#98221a").dashed().write(empty, hand(14, true, 4));
            next = block.bottom() + 6;
            push(block);
        }
        if self.empty.is_none() && self.phases.iter().all(|(_, activities)| activities.is_empty()) {
            let words = self.tongue.say("Sin actividades", "No activities");
            let block = at(next).coloured("#f4f6f8", "#4d5661").dashed().write(words, hand(14, false, 2).in_ink(FAINT));
            next = block.bottom() + 6;
            push(block);
        }
        for (phase, activities) in &self.phases {
            if activities.is_empty() {
                continue;
            }
            let mut block = at(next).coloured(light, dark).write(phase, hand(14, true, 1));
            for (number, activity) in activities.iter().enumerate() {
                block = block.write(&format!("{}. {activity}", number + 1), hand(13, false, 8));
            }
            next = block.bottom() + 6;
            push(block);
        }
        y + 6
    }

    /// Flows of one side, each in the middle of those at its other end.
    fn side(
        &self,
        scene: &mut Scene,
        flows: &[Flow],
        inputs: bool,
        [far, near]: [i32; 2],
        process: i32,
        top: i32,
    ) -> i32 {
        let (light, dark) = colours(&self.kind);
        let mut y = top;
        for flow in flows {
            let mut end = Block::new(far, y, SIDE);
            if flow.ends.is_empty() {
                end = end.coloured("#fbdfdc", "#98221a").dashed().write(self.nobody(inputs), hand(13, true, 2));
                end.weight = 2;
            } else {
                end = end.coloured("#f4f6f8", "#4d5661");
            }
            for name in &flow.ends {
                end = end
                    .write(&if flow.ends.len() > 1 { format!("· {name}") } else { name.clone() }, hand(13, false, 6));
            }
            let mut what = Block::new(near, y, SIDE).coloured(light, dark).write(&flow.name, hand(14, false, 8));
            let high = end.h.max(what.h);
            (end.h, what.h) = (high, high);
            let level = what.middle();
            if inputs {
                scene.arrow(&[(end.right(), level), (what.x, level)]);
                scene.arrow(&[(what.right(), level), (process, level)]);
            } else {
                scene.arrow(&[(process, level), (what.x, level)]);
                scene.arrow(&[(what.right(), level), (end.x, level)]);
            }
            y = what.bottom() + BELOW;
            scene.blocks.push(end);
            scene.blocks.push(what);
        }
        if flows.is_empty() {
            let words = if inputs {
                self.tongue.say("Sin entradas", "No inputs")
            } else {
                self.tongue.say("Sin salidas", "No outputs")
            };
            let none = Block::new(near, y, SIDE).coloured("#f4f6f8", "#4d5661").dashed();
            let none = none.write(words, hand(14, false, 2).in_ink(FAINT));
            y = none.bottom() + BELOW;
            scene.blocks.push(none);
        }
        y
    }

    fn mermaid(&self) -> String {
        let mut out = String::from("flowchart LR\n");
        out.push_str(&titled(&self.title, &self.below.join(", ")));
        let facts: Vec<String> = self.facts.iter().flatten().flat_map(Fact::told).collect();
        let name = self.title.trim_start_matches("SIPOC: ");
        let parts: Vec<&str> = [name].into_iter().chain(self.empty).chain(facts.iter().map(String::as_str)).collect();
        out.push_str(&format!(
            "subgraph process[{}]\ndirection TB\np0[{}]\n",
            label(&[self.headings()[2]]),
            label(&parts)
        ));
        let mut before = 0;
        for (number, (phase, activities)) in self.phases.iter().enumerate() {
            if activities.is_empty() {
                continue;
            }
            let parts: Vec<&str> = [phase.as_str()].into_iter().chain(activities.iter().map(String::as_str)).collect();
            out.push_str(&format!("p{}[{}]\np{before} --> p{}\n", number + 1, label(&parts), number + 1));
            before = number + 1;
        }
        out.push_str("end\n");
        for (letters, flows, inputs) in [(("s", "i"), &self.inputs, true), (("c", "o"), &self.outputs, false)] {
            for (number, flow) in flows.iter().enumerate() {
                let (end, what) = (format!("{}{}", letters.0, number + 1), format!("{}{}", letters.1, number + 1));
                let ends: Vec<&str> = flow.ends.iter().map(String::as_str).collect();
                let (words, class) = match ends.as_slice() {
                    [] => (label(&[self.nobody(inputs)]), ":::broken"),
                    ends => (label(ends), ""),
                };
                out.push_str(&format!("{end}[{words}]{class}\n{what}[{}]\n", label(&[&flow.name])));
                match inputs {
                    true => out.push_str(&format!("{end} --> {what} --> process\n")),
                    false => out.push_str(&format!("process --> {what} --> {end}\n")),
                }
            }
        }
        out.push_str(&format!("classDef broken fill:#fbdfdc,stroke:#98221a,color:{INK},stroke-dasharray:6 4\n"));
        out
    }

    /// It in words.
    fn told(&self) -> String {
        let mut out = vec![format!("{}.", self.title), format!("{}.", self.below.join("; "))];
        out.extend(self.empty.map(str::to_owned));
        out.extend(self.facts.iter().flatten().flat_map(Fact::told));
        let headings = self.headings();
        for (heading, flows, inputs) in [(headings[1], &self.inputs, true), (headings[3], &self.outputs, false)] {
            out.push(format!("{heading} ({}):", flows.len()));
            for flow in flows {
                let other = if inputs { headings[0] } else { headings[4] };
                let ends = if flow.ends.is_empty() { self.nobody(inputs).to_owned() } else { flow.ends.join(", ") };
                out.push(format!("- {}. {other}: {ends}", flow.name));
            }
        }
        for (phase, activities) in self.phases.iter().filter(|(_, activities)| !activities.is_empty()) {
            out.push(format!("{phase}:"));
            out.extend(activities.iter().enumerate().map(|(number, activity)| format!("{}. {activity}", number + 1)));
        }
        out.join("\n") + "\n"
    }
}
