//! From the graph's answers to charts: one structure, or what became of units between two days.

use entity::organization::StructureState;
use serde_json::Value;

use super::{
    chart::{Change, Chart, Mark, Unit, units},
    draw::{Tongue, text::clean},
};

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The chart of an organization on a day (`organization { name structure { … } }`), or of one version
/// (`structureVersion { … organization { name } }`).
pub fn chart(data: &Value, date: &str, tongue: Tongue) -> Chart {
    let (version, organization) = match &data["structureVersion"] {
        Value::Null => (&data["organization"]["structure"], &data["organization"]),
        version => (version, &version["organization"]),
    };
    let units = units(&version["tree"]);
    let mut below = Vec::new();
    if !version.is_null() {
        let state = tongue.label(&StructureState::VOCABULARY, text(&version["state"])).to_lowercase();
        let mut line =
            format!("{} {} ({state})", tongue.say("Versión de la estructura", "Structure version"), version["number"]);
        if let Some(from) = version["validFrom"].as_str() {
            line.push_str(&format!("; {} {from}", tongue.say("desde el", "from")));
        }
        if let Some(number) = version["legalAct"]["number"].as_str() {
            let act = tongue.label(&entity::organization::LegalActKind::VOCABULARY, text(&version["legalAct"]["kind"]));
            let day = text(&version["legalAct"]["date"]);
            line.push_str(&format!("; {act} {number} {} {day}", tongue.say("del", "of")));
        }
        below.push(line);
    }
    let counted = tongue.count(units.len(), ("dependencia", "unit"), ("dependencias", "units"));
    below.push(format!("{counted}; {} {date}", tongue.say("visto al", "as of")));
    Chart {
        title: format!("{}: {}", tongue.say("Organigrama", "Organization chart"), clean(text(&organization["name"]))),
        below,
        units,
        gone: Vec::new(),
        compares: false,
        empty: tongue
            .say("No hay una estructura vigente en esta fecha.", "There is no structure in force on this day."),
        notes: Vec::new(),
    }
}

/// The chart of the later day with every change marked (`before` and `after` are the organization on the two days).
pub fn compared(data: &Value, from: &str, to: &str, tongue: Tongue) -> Chart {
    let before = units(&data["before"]["structure"]["tree"]);
    let mut after = units(&data["after"]["structure"]["tree"]);
    let mut gone: Vec<(String, String, String)> = Vec::new();
    let changes = data["after"]["structureDiff"].as_array().map(Vec::as_slice).unwrap_or_default();
    for change in changes {
        let said = Said { change, before: &before, tongue };
        for unit in change["successors"].as_array().into_iter().flatten() {
            let Some(place) = after.iter().position(|known| Some(known.id.as_str()) == unit["id"].as_str()) else {
                continue;
            };
            if let Some(mark) = said.mark() {
                let unit = &mut after[place];
                match &mut unit.mark {
                    // What happened later is added to what happened before it.
                    Some(known) => known.told = format!("{}; {} {}", known.told, mark.change.sign(), mark.told),
                    none => *none = Some(mark),
                }
            }
        }
        let act = said.act();
        for unit in change["predecessors"].as_array().into_iter().flatten() {
            let id = text(&unit["id"]);
            if after.iter().any(|known| known.id == id) || gone.iter().any(|(known, ..)| known == id) {
                continue;
            }
            gone.push((id.to_owned(), said.name_of(unit), format!("{}{act}", said.fate())));
        }
    }
    let counted = tongue.count(changes.len(), ("cambio", "change"), ("cambios", "changes"));
    let units = tongue.count(after.len(), ("dependencia", "unit"), ("dependencias", "units"));
    let name = clean(text(&data["after"]["name"]));
    let mut acts: Vec<String> = changes
        .iter()
        .filter_map(|change| {
            let act = &change["legalAct"];
            let kind = tongue.label(&entity::organization::LegalActKind::VOCABULARY, text(&act["kind"]));
            let (number, day) = (act["number"].as_str()?, text(&change["validFrom"]));
            let since = tongue.say("rige desde el", "takes effect on");
            Some(format!("{kind} {} {} {} ({since} {day})", clean(number), tongue.say("del", "of"), text(&act["date"])))
        })
        .collect();
    acts.dedup();
    let mut notes = Vec::new();
    if !acts.is_empty() {
        notes.push(format!("{}: {}.", tongue.say("Actos administrativos", "Legal acts"), acts.join("; ")));
    }
    if changes.is_empty() {
        notes.push(
            tongue
                .say("La estructura no cambió entre estas fechas.", "The structure did not change between these days.")
                .to_owned(),
        );
    }
    Chart {
        title: format!("{}: {name}", tongue.say("Cambios de la estructura", "Changes of the structure")),
        below: vec![
            format!("{} {from} {} {to}: {counted}", tongue.say("Del", "From"), tongue.say("al", "to")),
            format!("{} {to}: {units}", tongue.say("Estructura del", "Structure of")),
        ],
        units: after,
        gone: gone.into_iter().map(|(_, name, fate)| (name, fate)).collect(),
        compares: true,
        empty: tongue
            .say("En la fecha final no hay una estructura vigente.", "On the later day no structure is in force."),
        notes,
    }
}

/// One change in words.
struct Said<'a> {
    change: &'a Value,
    before: &'a [Unit],
    tongue: Tongue,
}

impl Said<'_> {
    /// What a predecessor was called on the earlier day.
    fn name_of(&self, unit: &Value) -> String {
        let known = self.before.iter().find(|known| Some(known.id.as_str()) == unit["id"].as_str());
        known.map_or_else(|| clean(text(&unit["name"])), |known| known.name.clone())
    }

    fn names(&self, side: &str) -> String {
        let units = self.change[side].as_array().into_iter().flatten();
        let names: Vec<String> = match side {
            "predecessors" => units.map(|unit| self.name_of(unit)).collect(),
            _ => units.map(|unit| clean(text(&unit["name"]))).collect(),
        };
        names.join(", ")
    }

    fn act(&self) -> String {
        match (self.change["legalAct"]["number"].as_str(), self.change["validFrom"].as_str()) {
            (_, Some(day)) => format!(" ({day})"),
            _ => String::new(),
        }
    }

    /// What a unit that is there afterwards shows.
    fn mark(&self) -> Option<Mark> {
        let tongue = self.tongue;
        let before = self.names("predecessors");
        let (change, told) = match text(&self.change["kind"]) {
            "CREATE" => (Change::Created, tongue.say("Creada", "Created").to_owned()),
            "RENAME" => (Change::Renamed, format!("{} {before}", tongue.say("Antes:", "Before:"))),
            "MOVE" => {
                let unit = self.change["successors"][0]["id"].as_str();
                let place = self.before.iter().find(|known| Some(known.id.as_str()) == unit);
                let above = place.and_then(|known| known.parent).map(|parent| self.before[parent].name.clone());
                let told = match above {
                    Some(above) => format!("{} {above}", tongue.say("Antes dependía de", "Stood under")),
                    None => tongue.say("Trasladada", "Moved").to_owned(),
                };
                (Change::Moved, told)
            }
            "MERGE" => (Change::Merged, format!("{} {before}", tongue.say("Fusión de", "Merger of"))),
            "SPLIT" => (Change::Split, format!("{} {before}", tongue.say("De la división de", "Split off from"))),
            _ => return None,
        };
        Some(Mark { change, told })
    }

    /// What became of a unit that is not there afterwards.
    fn fate(&self) -> String {
        let tongue = self.tongue;
        let after = self.names("successors");
        let told = match text(&self.change["kind"]) {
            "MERGE" => tongue.say("Se fusionó en", "Merged into"),
            "SPLIT" => tongue.say("Se dividió en", "Split into"),
            "SUPPRESS" if after.is_empty() => return tongue.say("Suprimida", "Suppressed").to_owned(),
            "SUPPRESS" => {
                tongue.say("Suprimida; sus responsabilidades pasan a", "Suppressed; its responsibilities go to")
            }
            _ => return tongue.say("No está en la estructura final", "Not in the later structure").to_owned(),
        };
        format!("{told} {after}")
    }
}
