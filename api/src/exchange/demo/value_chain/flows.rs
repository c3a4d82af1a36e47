//! Inputs and outputs: what one process gives another is said once, by whoever gives it or by whoever takes it.

use entity::{
    Id, fold,
    value_chain::{
        FlowDirection::{self, Input, Output},
        ProcessLevel, external_party, flow, flow_party, flow_process,
    },
};

use super::{
    Maker,
    characterizations::Version,
    exchanges::{INPUTS, OUTPUTS, OUTSIDE, PARTIES},
    faults::Rule,
    map::Process,
};
use crate::exchange::{
    demo::{DemoData, FUNZA},
    load::key,
};

/// A flow as a version says it.
struct Said<'a> {
    direction: FlowDirection,
    name: &'a str,
    processes: Vec<&'a Process>,
    party: Option<&'a str>,
}

/// What is to be broken: the process whose characterization says it, and what it says.
type Wrong<'a> = (Rule, &'a str, Said<'a>);

/// Writes the external parties, and the flows of every version of a process proper.
pub fn write(maker: &mut Maker, made: &[Process], demo: &mut DemoData) {
    parties(maker, demo);
    let wrong = wrong(maker, made);
    for process in made.iter().filter(|process| process.level == ProcessLevel::Process) {
        let said = said(maker, process, made);
        for version in &process.versions {
            let mut counts = [0, 0];
            for flow in &said {
                push(maker, version, flow, &mut counts, demo);
            }
            let current = process.current().is_some_and(|current| current.id == version.id);
            for (rule, _, flow) in wrong.iter().filter(|(_, code, _)| current && *code == process.code) {
                let id = push(maker, version, flow, &mut counts, demo);
                maker.faults.plant(*rule, maker.secretariat.code(), id.uuid());
            }
        }
    }
}

fn parties(maker: &Maker, demo: &mut DemoData) {
    demo.external_parties.extend(PARTIES.iter().map(|(name, description)| external_party::Model {
        id: party(maker, name),
        organization_id: maker.secretariat.id,
        name: (*name).to_owned(),
        name_key: fold(name),
        description: Some((*description).to_owned()),
        row_version: 1,
    }));
}

fn party(maker: &Maker, name: &str) -> Id<external_party::Entity> {
    key(&format!("{}/{}", maker.secretariat.code(), fold(name)))
}

fn said<'a>(maker: &Maker, process: &Process, made: &'a [Process]) -> Vec<Said<'a>> {
    let there = |code: &&str| made.iter().find(|other| other.code == **code && other.current().is_some());
    let code = process.code.as_str();
    let mut said = Vec::new();
    let outside = OUTSIDE.iter().find(|(letter, ..)| maker.detailed && *letter == process.letter());
    if let Some((_, (what, whence), (result, whither))) = outside {
        said.push(Said { direction: Input, name: what, processes: Vec::new(), party: Some(whence) });
        said.push(Said { direction: Output, name: result, processes: Vec::new(), party: Some(whither) });
    }
    for (_, name, to) in OUTPUTS.iter().filter(|(from, ..)| *from == code) {
        let processes: Vec<&Process> = to.iter().filter_map(&there).collect();
        if !processes.is_empty() {
            said.push(Said { direction: Output, name, processes, party: None });
        }
    }
    for (_, name, from) in INPUTS.iter().filter(|(to, ..)| *to == code) {
        if let Some(source) = there(from).map(|source| vec![source]) {
            said.push(Said { direction: Input, name, processes: source, party: None });
        }
    }
    said
}

fn wrong<'a>(maker: &Maker, made: &'a [Process]) -> Vec<Wrong<'a>> {
    let code = maker.secretariat.code();
    let strikes = |rule| maker.faults.strikes(rule, code);
    let mut wrong: Vec<Wrong> = Vec::new();
    let mut say = |rule, at: &'a str, direction, name, processes| {
        wrong.push((rule, at, Said { direction, name, processes, party: None }));
    };
    if strikes(Rule::OutputWithoutConsumer) {
        let at = if code == FUNZA { "C02" } else { "D02" };
        say(Rule::OutputWithoutConsumer, at, Output, "Informe de caracterización de la población", Vec::new());
    }
    if strikes(Rule::InputWithoutSource) {
        say(Rule::InputWithoutSource, "H01", Input, "Relación de vacantes definitivas", Vec::new());
    }
    if strikes(Rule::FlowEndNotInForce) {
        let ended = made.iter().filter(|process| process.until.is_some()).collect();
        say(Rule::FlowEndNotInForce, "G01", Output, "Cifras para el boletín impreso", ended);
    }
    if strikes(Rule::FlowSaidTwice) {
        let source = made.iter().filter(|process| process.code == "C03").collect();
        say(Rule::FlowSaidTwice, "C04", Input, "Cupos asignados", source);
    }
    wrong
}

fn push(maker: &Maker, version: &Version, said: &Said, counts: &mut [i32; 2], demo: &mut DemoData) -> Id<flow::Entity> {
    let count = &mut counts[usize::from(said.direction == Output)];
    let id = key(&format!("{}/{}/{count}", version.id.uuid(), said.direction.number()));
    let organization_id = maker.secretariat.id;
    demo.flows.push(flow::Model {
        id,
        organization_id,
        process_version_id: version.id,
        direction: said.direction,
        position: *count,
        name: said.name.to_owned(),
        name_key: fold(said.name),
        description: None,
        row_version: 1,
    });
    *count += 1;
    demo.flow_processes.extend(said.processes.iter().map(|process| flow_process::Model {
        flow_id: id,
        organization_id,
        process_id: process.id,
    }));
    demo.flow_parties.extend(said.party.map(|name| flow_party::Model {
        flow_id: id,
        organization_id,
        external_party_id: party(maker, name),
    }));
    id
}
