//! The chain of a finding: whence it comes, what it is and touches, why it came about, what is done about it, whether that
//! worked, and whether it lasted.

mod facts;
mod sheet;

use super::{
    acted::{Acted, Light},
    draw::{
        Drawn, Tongue,
        mermaid::{label, titled},
        scene::{INK, Scene},
        svg::svg,
    },
};

pub use facts::chain;

/// A card with a name and what is said under it.
#[derive(Clone, Debug, Default)]
struct Card {
    /// What kind of thing it is.
    kind: String,
    name: String,
    about: Vec<String>,
}

/// A whole chain.
pub struct Chain {
    title: String,
    below: Vec<String>,
    origin: Card,
    /// The finding that this one repeats.
    earlier: Option<Card>,
    finding: Card,
    /// What it touches, under a heading each: processes, units, requirements.
    touched: Vec<(String, Vec<String>)>,
    causes: Vec<Card>,
    plans: Vec<Card>,
    /// Each with the place of its plan in the list, where that is seen.
    actions: Vec<(Acted, Option<usize>)>,
    /// Findings that repeat this one.
    later: Vec<Card>,
    /// Was it closed with effect by the day?
    closed: bool,
    notes: Vec<String>,
    tongue: Tongue,
}

impl Chain {
    /// Draws it.
    pub fn draw(&self) -> Drawn {
        let text = self.told();
        Drawn { svg: svg(&self.scene(&text)), mermaid: self.mermaid(), text }
    }

    /// It as a drawing.
    pub fn scene(&self, told: &str) -> Scene {
        sheet::scene(self, told)
    }

    /// The stages, in their order.
    fn stages(&self) -> [&'static str; 5] {
        let tongue = self.tongue;
        [
            tongue.say("1 Origen", "1 Origin"),
            tongue.say("2 Hallazgo", "2 Finding"),
            tongue.say("3 Causas y plan", "3 Causes and plan"),
            tongue.say("4 Acciones", "4 Actions"),
            tongue.say("5 Verificación y eficacia", "5 Verification and effectiveness"),
        ]
    }

    /// What stands where something is missing.
    fn missing(&self) -> [&'static str; 3] {
        let tongue = self.tongue;
        [
            tongue.say("! Sin análisis de causas", "! No cause analysis"),
            tongue.say("! En ningún plan que usted pueda ver", "! In no plan that you may see"),
            tongue.say("! Ninguna acción que usted pueda ver", "! No action that you may see"),
        ]
    }

    /// What became of an action: its milestones and evaluations, or that it is waited for.
    fn outcome(&self, acted: &Acted) -> Vec<String> {
        let tongue = self.tongue;
        let mut said: Vec<String> = acted.marks.iter().map(|mark| format!("{} {}", mark.sign, mark.told())).collect();
        said.extend(
            acted.reviews.iter().map(|review| format!("{}: {review}", tongue.say("Eficacia", "Effectiveness"))),
        );
        let waits = match (acted.light, acted.marks.len()) {
            (Light::Out, _) => None,
            (_, 0) => Some(tongue.say("… Por ejecutar", "… To be executed")),
            (_, 1) => Some(tongue.say("… Por verificar", "… To be verified")),
            (_, 2) => Some(tongue.say("… Por evaluar su eficacia", "… Effectiveness to be evaluated")),
            _ => None,
        };
        said.extend(waits.map(str::to_owned));
        if said.is_empty() {
            said.push("—".to_owned());
        }
        said
    }

    /// Whether what was done lasts; nothing to say of what is not closed and was not repeated.
    fn lasting(&self) -> Option<Card> {
        let tongue = self.tongue;
        if self.later.is_empty() && !self.closed {
            return None;
        }
        let name = match (self.later.is_empty(), self.closed) {
            (true, _) => tongue.say("= Sin recurrencia: el cierre se sostiene", "= No recurrence: the closure lasts"),
            (false, true) => tongue.say("! El cierre no se sostuvo", "! The closure was not sustained"),
            (false, false) => tongue.say("! Se repitió", "! It was repeated"),
        };
        let about =
            self.later.iter().flat_map(|card| [card.name.clone()].into_iter().chain(card.about.iter().cloned()));
        Some(Card {
            kind: tongue.say("Recurrencia", "Recurrence").to_owned(),
            name: name.to_owned(),
            about: about.collect(),
        })
    }

    fn mermaid(&self) -> String {
        let tongue = self.tongue;
        let mut out = String::from("flowchart LR\n");
        out.push_str(&titled(&self.title, &self.below.join(", ")));
        let (mut nodes, mut links) = (String::new(), String::new());
        let mut node = |id: &str, card: &Card, class: &str| {
            let about = card.about.join(" · ");
            nodes.push_str(&format!("{id}[{}]:::{class}\n", label(&[&card.kind, &card.name, &about])));
        };
        let mut link = |from: &str, to: &str| links.push_str(&format!("{from} --> {to}\n"));
        node("origin", &self.origin, "plain");
        node("finding", &self.finding, "finding");
        link("origin", "finding");
        if let Some(earlier) = &self.earlier {
            node("earlier", earlier, "red");
            link("earlier", "finding");
        }
        for (number, (heading, names)) in self.touched.iter().enumerate() {
            let card = Card { kind: heading.clone(), name: names.join(" · "), about: Vec::new() };
            node(&format!("touched{number}"), &card, "plain");
            link("finding", &format!("touched{number}"));
        }
        for (number, cause) in self.causes.iter().enumerate() {
            node(&format!("cause{number}"), cause, "plain");
            link("finding", &format!("cause{number}"));
        }
        for (number, plan) in self.plans.iter().enumerate() {
            node(&format!("plan{number}"), plan, "plain");
            if self.causes.is_empty() {
                link("finding", &format!("plan{number}"));
            }
            for cause in 0..self.causes.len() {
                link(&format!("cause{cause}"), &format!("plan{number}"));
            }
        }
        let lasting = self.lasting();
        for (number, (acted, plan)) in self.actions.iter().enumerate() {
            let about = vec![acted.days(tongue), acted.percent(), acted.standing(tongue)];
            let card = Card { kind: acted.whose(tongue), name: format!("{}. {}", acted.number, acted.name), about };
            node(&format!("action{number}"), &card, &acted.light.class());
            let from = plan.map_or("finding".to_owned(), |plan| format!("plan{plan}"));
            link(&from, &format!("action{number}"));
            let card = Card { about: self.outcome(acted), ..Card::default() };
            node(&format!("outcome{number}"), &card, "plain");
            link(&format!("action{number}"), &format!("outcome{number}"));
            if lasting.is_some() {
                link(&format!("outcome{number}"), "lasting");
            }
        }
        if let Some(card) = &lasting {
            node("lasting", card, if self.later.is_empty() { "green" } else { "red" });
            if self.actions.is_empty() {
                link("finding", "lasting");
            }
        }
        out.push_str(&nodes);
        out.push_str(&links);
        for light in Light::ALL {
            let (pale, strong) = light.colours();
            let dashes = if light == Light::Out { ",stroke-dasharray:6 4" } else { "" };
            out.push_str(&format!("classDef {} fill:{pale},stroke:{strong},color:{INK}{dashes}\n", light.class()));
        }
        for (name, (pale, strong)) in [("plain", sheet::PLAIN), ("finding", sheet::FINDING)] {
            out.push_str(&format!("classDef {name} fill:{pale},stroke:{strong},color:{INK}\n"));
        }
        out
    }

    /// It in words, stage by stage.
    fn told(&self) -> String {
        let tongue = self.tongue;
        let [origin, finding, causes, actions, _] = self.stages();
        let [no_cause, no_plan, no_action] = self.missing();
        let mut out = vec![format!("{}.", self.title)];
        out.extend(self.below.iter().map(|line| format!("{line}.")));
        let say = |out: &mut Vec<String>, card: &Card| {
            let parts = [card.kind.clone(), card.name.clone()].into_iter().chain(card.about.iter().cloned());
            let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
            out.push(format!("- {}.", parts.join(". ").trim_end_matches('.')));
        };
        out.push(format!("{origin}:"));
        say(&mut out, &self.origin);
        self.earlier.iter().for_each(|card| say(&mut out, card));
        out.push(format!("{finding}:"));
        say(&mut out, &self.finding);
        for (heading, names) in &self.touched {
            out.push(format!("- {heading}: {}.", names.join("; ")));
        }
        out.push(format!("{causes}:"));
        self.causes.iter().chain(&self.plans).for_each(|card| say(&mut out, card));
        out.extend(self.causes.is_empty().then(|| format!("- {no_cause}.")));
        out.extend(self.plans.is_empty().then(|| format!("- {no_plan}.")));
        out.push(format!("{actions}:"));
        for (acted, _) in &self.actions {
            out.push(format!(
                "- {}. {} ({}). {}. {} {}. {}.",
                acted.number,
                acted.name,
                acted.whose(tongue),
                acted.days(tongue),
                tongue.say("Avance", "Progress"),
                acted.percent(),
                acted.standing(tongue)
            ));
            out.push(format!("  - {}.", self.outcome(acted).join(". ")));
        }
        out.extend(self.actions.is_empty().then(|| format!("- {no_action}.")));
        if let Some(card) = self.lasting() {
            say(&mut out, &card);
        }
        out.extend(self.notes.iter().cloned());
        out.join("\n") + "\n"
    }
}
