//! The title block: what a characterization says of the process as a whole.

use serde_json::Value;

use super::{nodes, text};
use crate::insight::picture::draw::{Tongue, text::clean};

/// What the title block says under one heading.
#[derive(Clone, Debug)]
pub enum Fact {
    /// A text.
    Text(&'static str, String),
    /// A list of texts.
    List(&'static str, Vec<String>),
}

impl Fact {
    /// It in words, line by line.
    pub fn told(&self) -> Vec<String> {
        match self {
            Self::Text(heading, value) => vec![format!("{heading}: {value}")],
            Self::List(heading, items) => {
                [format!("{heading}:")].into_iter().chain(items.iter().map(|item| format!("- {item}"))).collect()
            }
        }
    }
}

/// What a characterization says of the process as a whole; of what it does not say, that it does not.
pub fn facts(version: &Value, process: &Value, tongue: Tongue) -> [Vec<Fact>; 2] {
    let missing = tongue.say("sin registrar", "not recorded");
    let said = |heading, value: Option<&str>, otherwise: &str| {
        Fact::Text(heading, value.map_or_else(|| otherwise.to_owned(), clean))
    };
    let lead = said(
        tongue.say("Lidera", "Led by"),
        process["leadUnit"]["name"].as_str(),
        tongue.say("! sin dependencia líder", "! no lead unit"),
    );
    let list = |heading, items: Vec<String>| match items.is_empty() {
        true => Fact::Text(heading, missing.to_owned()),
        false => Fact::List(heading, items),
    };
    let legal = list(tongue.say("Requisitos legales", "Legal requirements"), norms(&process["norms"], tongue));
    if version.is_null() {
        return [vec![lead], vec![legal]];
    }
    let texts = |name: &str| version[name].as_array().into_iter().flatten().map(|item| clean(text(item))).collect();
    let about = vec![
        said(tongue.say("Objetivo", "Objective"), version["objective"].as_str(), missing),
        said(tongue.say("Alcance", "Scope"), version["scope"].as_str(), missing),
        lead,
        said(tongue.say("Inicia con", "Starts with"), version["startsWith"].as_str(), missing),
        said(tongue.say("Termina con", "Ends with"), version["endsWith"].as_str(), missing),
    ];
    let lists = vec![
        list(tongue.say("Políticas de operación", "Operating policies"), texts("policies")),
        list(tongue.say("Recursos", "Resources"), texts("resources")),
        legal,
    ];
    [about, lists]
}

/// The norms that the process is held to.
fn norms(list: &Value, tongue: Tongue) -> Vec<String> {
    let one = |row: &Value| {
        let name = clean(row["norm"]["name"].as_str().unwrap_or(text(&row["name"])));
        row["articles"].as_str().map_or(name.clone(), |articles| format!("{name} ({})", clean(articles)))
    };
    let more =
        (list["pageInfo"]["hasNextPage"] == true).then(|| tongue.say("… y otras más", "… and others").to_owned());
    nodes(list).map(one).chain(more).collect()
}
