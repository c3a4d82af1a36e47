//! A trace as a graph from its start: each object once, where its shortest path leads to it, so it is a tree from left to right.

mod layout;

use entity::organization::LegalActKind;
use serde_json::Value;

use super::draw::{
    Drawn, Tongue,
    mermaid::{label, titled},
    scene::{INK, MARGIN, Scene, sign},
    svg::svg,
    text::clean,
};
use crate::{catalogue::ENTITIES, insight::trace::links::EDGES};

/// An object of a trace.
#[derive(Clone, Debug)]
struct Node {
    id: String,
    /// What it is: the type of the schema.
    kind: String,
    /// What it is called.
    name: String,
    /// Whence it was reached, by its place in the list, and by which link.
    from: Option<(usize, Step)>,
}

/// A link on which an object was reached.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    edge: String,
    /// Is it walked from its beginning to its end?
    out: bool,
}

/// A whole trace.
pub struct Trace {
    title: String,
    below: Vec<String>,
    /// The start first; each after the one from which it was reached.
    nodes: Vec<Node>,
    notes: Vec<String>,
    tongue: Tongue,
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// What a kind is called: of the Spanish term the description opens with, of the type in English.
fn kind_name(kind: &str, tongue: Tongue) -> String {
    let declared = ENTITIES.iter().find(|declaration| declaration.name == kind);
    let spanish = declared.and_then(|declaration| declaration.description.split('.').next());
    let english = kind.chars().enumerate().map(|(number, c)| match c.is_ascii_uppercase() && number > 0 {
        true => format!(" {}", c.to_ascii_lowercase()),
        false => c.to_string(),
    });
    match (tongue.say("es", "en"), spanish) {
        ("es", Some(spanish)) => spanish.to_owned(),
        _ => english.collect(),
    }
}

impl Step {
    /// In words, with the direction in which it is read.
    fn told(&self, tongue: Tongue) -> String {
        let declared = EDGES.iter().find(|edge| edge.name == self.edge);
        let spanish = declared.and_then(|edge| edge.description.split('.').next()).unwrap_or(&self.edge);
        let english = self.edge.to_lowercase().replace('_', " ");
        let words = if tongue.say("es", "en") == "es" { spanish } else { &english };
        format!("{} {}", if self.out { "→" } else { "←" }, clean(words))
    }
}

/// What an object is called, by whatever its kind is known by.
fn called(node: &Value, tongue: Tongue) -> String {
    let job = &node["job"];
    let known = if job.is_object() {
        format!("{} ({}-{})", text(&job["denomination"]["name"]), text(&job["code"]), text(&job["grade"]))
    } else if let Some(act) = node["act"].as_str() {
        let kind = tongue.label(&LegalActKind::VOCABULARY, act);
        format!("{kind} {} {} {}", text(&node["number"]), tongue.say("del", "of"), text(&node["date"]))
    } else if let Some(number) = node["version"].as_i64() {
        format!("{} {number}", tongue.say("Versión", "Version"))
    } else {
        let name = node["name"].as_str().unwrap_or(text(&node["description"]));
        [text(&node["code"]), name].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
    };
    if known.trim().is_empty() { kind_name(text(&node["__typename"]), tongue) } else { clean(&known) }
}

/// From `node { … }` and `trace { count atLeast truncated hits { node { … } path { edge direction node { id } } } }`.
pub fn trace(data: &Value, date: &str, tongue: Tongue) -> Trace {
    let node = |value: &Value, from| Node {
        id: text(&value["id"]).to_owned(),
        kind: text(&value["__typename"]).to_owned(),
        name: called(value, tongue),
        from,
    };
    let mut nodes = vec![node(&data["node"], None)];
    let found = &data["trace"];
    for hit in found["hits"].as_array().into_iter().flatten() {
        let path = hit["path"].as_array().map(Vec::as_slice).unwrap_or_default();
        let Some(last) = path.last() else { continue };
        // What is nearer stands before, so whatever a path passes is there.
        let before = path.len().checked_sub(2).map(|place| text(&path[place]["node"]["id"]));
        let near = before.and_then(|id| nodes.iter().position(|known| known.id == id)).unwrap_or(0);
        let step = Step { edge: text(&last["edge"]).to_owned(), out: text(&last["direction"]) == "OUT" };
        nodes.push(node(&hit["node"], Some((near, step))));
    }
    let shown = nodes.len() - 1;
    let reached = found["count"].as_u64().map(|count| count.to_string());
    let at_least = || format!("{} {}", tongue.say("al menos", "at least"), found["atLeast"].as_u64().unwrap_or(0));
    let mut notes = Vec::new();
    if found["truncated"] == true {
        notes.push(format!(
            "{} {shown} {} {}.",
            tongue.say("Se muestran los primeros", "Shown are the first"),
            tongue.say("de", "of"),
            reached.clone().unwrap_or_else(at_least)
        ));
    }
    let objects = tongue.say("objetos alcanzados", "objects reached");
    Trace {
        title: format!("{}: {}", tongue.say("Trazabilidad", "Trace"), nodes[0].name),
        below: vec![format!(
            "{}; {} {date}; {} {objects}",
            kind_name(&nodes[0].kind, tongue),
            tongue.say("visto al", "as of"),
            reached.unwrap_or_else(at_least),
        )],
        nodes,
        notes,
        tongue,
    }
}

/// Light and dark colour of a kind; the kind stands in words too.
fn colours(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "OrgUnit" | "WorkGroup" | "StructureVersion" => ("#fdf0d3", "#8a5a00"),
        "Post" | "Person" => ("#fbe6d6", "#8a3d0c"),
        "Process" | "ProcessVersion" | "Activity" | "Flow" => ("#e3f3e4", "#2a7036"),
        "ReferenceProcess" => ("#d3f1f1", "#0b5a5e"),
        "Requirement" => ("#e4eefa", "#1f5a99"),
        "Norm" | "LegalAct" => ("#f0e8f8", "#65399a"),
        "Audit" | "Finding" | "Certificate" => ("#fbe3ea", "#8f1f47"),
        _ => ("#eef0f3", "#4d5661"),
    }
}

impl Trace {
    /// Draws it.
    pub fn draw(&self) -> Drawn {
        let text = self.told();
        Drawn { svg: svg(&self.scene(&text)), mermaid: self.mermaid(), text }
    }

    /// For each object those that were reached from it.
    fn children(&self) -> Vec<Vec<usize>> {
        let mut children = vec![Vec::new(); self.nodes.len()];
        for (number, node) in self.nodes.iter().enumerate() {
            if let Some((near, _)) = &node.from {
                children[*near].push(number);
            }
        }
        children
    }

    /// The kinds of what is shown, in the order in which they are met.
    fn kinds(&self) -> Vec<&str> {
        let mut kinds: Vec<&str> = Vec::new();
        for node in &self.nodes {
            if !kinds.contains(&node.kind.as_str()) {
                kinds.push(&node.kind);
            }
        }
        kinds
    }

    /// It as a drawing.
    pub fn scene(&self, told: &str) -> Scene {
        let tongue = self.tongue;
        let tree = layout::tree(self);
        let width = (tree.width + 2 * MARGIN).max(900);
        let (mut scene, y) = Scene::titled(tongue.tag(), width, &self.title, &self.below);
        let kinds = self.kinds().into_iter().map(|kind| {
            let (light, dark) = colours(kind);
            sign(&kind_name(kind, tongue), 13, light, dark)
        });
        let y = scene.legend(y, kinds.collect()) + 18;
        let bottom = tree.place(&mut scene, MARGIN, y);
        let mut notes = self.notes.clone();
        notes.push(
            tongue
                .say(
                    "→ el vínculo se lee de izquierda a derecha; ← de derecha a izquierda. Cada objeto está una vez, por su camino más corto.",
                    "→ the link is read from left to right; ← from right to left. Each object stands once, by its shortest path.",
                )
                .to_owned(),
        );
        let y = scene.notes(bottom + 12, &notes);
        scene.ending(y, told.to_owned())
    }

    fn mermaid(&self) -> String {
        let tongue = self.tongue;
        let mut out = String::from("flowchart LR\n");
        out.push_str(&titled(&self.title, &self.below.join(", ")));
        for (number, node) in self.nodes.iter().enumerate() {
            let (kind, class) = (kind_name(&node.kind, tongue), node.kind.to_lowercase());
            out.push_str(&format!("n{number}[{}]:::k{class}\n", label(&[&node.name, &kind])));
        }
        for (number, node) in self.nodes.iter().enumerate() {
            let Some((near, step)) = &node.from else { continue };
            let words = step.told(tongue);
            let words = label(&[words.trim_start_matches(['→', '←', ' '])]);
            match step.out {
                true => out.push_str(&format!("n{near} -- {words} --> n{number}\n")),
                false => out.push_str(&format!("n{number} -- {words} --> n{near}\n")),
            }
        }
        for kind in self.kinds() {
            let (light, dark) = colours(kind);
            out.push_str(&format!("classDef k{} fill:{light},stroke:{dark},color:{INK}\n", kind.to_lowercase()));
        }
        out
    }

    /// It in words: an indented list.
    fn told(&self) -> String {
        let mut out = vec![format!("{}.", self.title)];
        out.extend(self.below.iter().map(|line| format!("{line}.")));
        let children = self.children();
        let mut open: Vec<(usize, usize)> = children[0].iter().rev().map(|child| (*child, 0)).collect();
        while let Some((place, depth)) = open.pop() {
            let node = &self.nodes[place];
            let step = node.from.as_ref().map(|(_, step)| step.told(self.tongue)).unwrap_or_default();
            let kind = kind_name(&node.kind, self.tongue);
            out.push(format!("{}- {step}: {} ({kind})", "  ".repeat(depth), node.name));
            open.extend(children[place].iter().rev().map(|child| (*child, depth + 1)));
        }
        if self.nodes.len() == 1 {
            out.push(
                self.tongue
                    .say("No alcanza nada por vínculos vigentes.", "It reaches nothing by links that hold.")
                    .to_owned(),
            );
        }
        out.extend(self.notes.iter().cloned());
        out.join("\n") + "\n"
    }
}
