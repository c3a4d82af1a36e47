//! Another secretariat is there, or not, or other: whatever an actor asks is answered byte for byte the same.
//!
//! The databases differ only in what Medellín's secretariat owns. That covers at once what could tell of its rows: ids,
//! edges, filters, counts, orders, groups, cursors, errors. The same for drafts and who reads what is published.

use std::collections::BTreeSet;

use articula::{
    access::rules::Duty,
    catalogue::ENTITIES,
    exchange::demo::ANCHOR,
    graph::{
        Declaration,
        declaration::{Member, Owner, Scalar, Source, Sql},
    },
    reader::sql::Dialect,
};
use articula_tests::{
    database::{self, Fresh},
    demonstration::{self, MONITOR},
    processes,
    seed::Data,
    service::Service,
};
use serde_json::json;

use super::{
    calls::Call,
    coverage::Schema,
    questions::{self, Specimens},
    rewriting::cases,
    stock::{Shelf, Thing, doer},
};
use crate::reader::generate;

const MEDELLIN: &str = "name = 'Secretaría de Educación de Medellín'";
const OTHERS: &str = "name NOT IN ('Secretaría de Educación de Funza', 'Secretaría de Educación de Medellín', \
                      'Ministerio de Educación Nacional')";

/// Who reads all of Funza but personal data (to read those is recorded, so that the databases would differ), and who reads what
/// is published.
const READERS: [&str; 2] = ["lider.calidad@funza", "admin@funza"];
const FOREIGN_READER: &str = "control.interno@medellin";

/// What is asked, and by whom.
struct Asked {
    subject: String,
    document: String,
    /// Is it nothing that would be refused for its form?
    sound: bool,
}

/// The same database four times: as it is, without Medellín's rows, with others in their place, without Funza's drafts.
struct Twins {
    present: Service,
    absent: Service,
    altered: Service,
    settled: Service,
    asked: Vec<Asked>,
}

impl Twins {
    async fn make([present, absent, altered, settled]: [&Fresh; 4]) -> Self {
        demonstration::fill(present).await;
        present.remove_organizations(OTHERS).await;
        let service = Service::start(present, ANCHOR).await;
        let mut asked = questions(&service).await;
        service.stop().await;
        let data = Data::of(present).await;
        asked.extend((0..cases(20)).map(|seed| Asked {
            subject: READERS[0].to_owned(),
            document: generate::document(&data, seed, true).text,
            sound: false,
        }));
        for copy in [absent, altered, settled] {
            database::copy(present, copy).await;
        }
        absent.run(&(unchecked(absent.dialect) + &forgetting())).await;
        absent.remove_organizations(MEDELLIN).await;
        altered.run(&alteration(altered.dialect)).await;
        settled.run(&settlement(settled.dialect)).await;
        let start = async |fresh| Service::start(fresh, ANCHOR).await;
        Self {
            present: start(present).await,
            absent: start(absent).await,
            altered: start(altered).await,
            settled: start(settled).await,
            asked,
        }
    }

    /// Asks where everything is and where something is not, and gives what differs.
    async fn compare(&self, asked: &Asked, elsewhere: &[(&str, &Service)]) -> Option<String> {
        let ask = async |service: &Service| {
            let answer = service.user(&asked.subject).ask(&asked.document, json!({})).await;
            (answer.status, answer.anonymous())
        };
        let here = ask(&self.present).await;
        let unfit = ["INTERNAL", "DOCUMENT_INVALID", "QUERY_TOO_COSTLY", "INVALID_ARGUMENT", "FILTER_INVALID"];
        let unfit = &unfit[..if asked.sound { unfit.len() } else { 1 }];
        if unfit.iter().any(|code| here.1.contains(&format!("\"code\":\"{code}\""))) {
            return Some(format!("{}: {}\n  {}", asked.subject, asked.document, clip(&here.1)));
        }
        for (what, service) in elsewhere {
            let there = ask(service).await;
            if here != there {
                let at = here.1.bytes().zip(there.1.bytes()).position(|(one, other)| one != other).unwrap_or_default();
                let around = |text: &str| clip(&String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(150)..]));
                let (one, other) = (around(&here.1), around(&there.1));
                return Some(format!("{}, {what}: {}\n  {one}\n  {other}", asked.subject, asked.document));
            }
        }
        None
    }

    async fn stop(self) {
        for service in [self.present, self.absent, self.altered, self.settled] {
            service.stop().await;
        }
    }
}

fn clip(text: &str) -> String {
    text.chars().take(400).collect()
}

/// Makes for Medellín what the demonstration has not of its own: it must have something of everything to hide.
async fn complete(service: &Service) {
    let found = service.user(FOREIGN_READER).data("{ organizations(first: 1) { nodes { id } } }", json!({})).await;
    let medellin = &found["organizations"]["nodes"][0]["id"];
    let process = processes::add(service, medellin, &["M"], "2020-01-01", None).await.remove(0);
    let query = r#"{ organization(by: { territorialEntity: { divipola: "05001" } }) { structure { tree { unit { id } } } }
        referenceProcesses(first: 1, where: { level: { eq: SUBPROCESS } }) { nodes { id } } requirements(first: 1) { nodes { id } } }"#;
    let found = service.user(demonstration::OTHER_LEADER).data(query, json!({})).await;
    let unit = &found["organization"]["structure"]["tree"][0]["unit"]["id"];
    let [reference, requirement] = ["referenceProcesses", "requirements"].map(|name| &found[name]["nodes"][0]["id"]);
    let leader = || demonstration::OTHER_LEADER.to_owned();
    let days = "validFrom: \"2026-06-30\"";
    for (subject, call) in [
        (leader(), "externalPartyCreate(organization: $m, input: { name: \"Familias\" })"),
        (leader(), "codePatternSet(organization: $m, subject: PROCESS, pattern: \"A99\")"),
        (
            leader(),
            "capabilityCreate(organization: $m, input: { name: \"Atender\", $d, realizations: [{ process: $p, weight: 9 }] })",
        ),
        (leader(), "processResponsibilityCreate(process: $p, input: { unit: $u, role: LEADS, $d })"),
        (
            leader(),
            "referenceAdoptionCreate(organization: $m, input: { referenceProcess: $f, process: $p, status: ADOPTED, $d })",
        ),
        (
            leader(),
            "alignmentCreate(organization: $m, input: { subject: { process: $p }, requirement: $r, role: LEADS, $d })",
        ),
        (leader(), "processNormCreate(process: $p, input: { norm: { name: \"Acuerdo 7\" }, $d })"),
        (
            doer(Duty::KeepOrganizations),
            "temporaryTakeoverCreate(organization: $m, input: { administrator: \"Nadie\", validFrom: \"2026-06-30\" })",
        ),
        (
            "admin@medellin".to_owned(),
            "apiKeyCreate(organization: $m, input: { name: \"Cargue\", scopes: [\"structure:read\"], validTo: \"2027-01-01\" })",
        ),
    ] {
        let ids = [("$m", medellin), ("$p", &process), ("$u", unit), ("$f", reference), ("$r", requirement)];
        let said = ids.iter().fold(call.replace("$d", days), |said, (name, id)| said.replace(name, &id.to_string()));
        let mutation = format!("mutation {{ act: {said} {{ errors {{ code }} }} }}");
        let done = service.user(&subject).data(&mutation, json!({})).await;
        assert_eq!(done["act"]["errors"], json!([]), "{call}");
    }
    let shown = service.user(FOREIGN_READER).data("{ persons(first: 1) { nodes { email } } }", json!({})).await;
    assert!(shown["persons"]["nodes"][0]["email"].is_string(), "{shown}");
    service.app.store().flush_reads().await.expect("what was shown is noted");
}

/// Everything that is asked, made while Medellín's rows are there.
async fn questions(service: &Service) -> Vec<Asked> {
    complete(service).await;
    let mut asked = acts(service).await;
    let own = questions::specimens(&service.user(READERS[0])).await;
    let foreign = questions::specimens(&service.user(FOREIGN_READER)).await;
    let missing: Vec<_> = ENTITIES
        .iter()
        .filter(|declaration| declaration.visibility.owner != Owner::Nation)
        .filter(|declaration| foreign.get(declaration.name).is_none_or(Vec::is_empty))
        .map(|declaration| declaration.name)
        .collect();
    assert!(missing.is_empty(), "Medellín has no {missing:?} to hide");
    let mut fields = questions::all(&own, &foreign);
    fields.extend(cursors(service).await);
    let documents = questions::documents(&fields);
    covered(service, &documents).await;
    for subject in READERS {
        asked.extend(documents.iter().map(|document| Asked {
            subject: subject.to_owned(),
            document: document.clone(),
            sound: true,
        }));
    }
    asked
}

/// Every field, every filter, every key of an order or a group of the schema is asked for.
async fn covered(service: &Service, documents: &[String]) {
    let schema = Schema::read(service).await;
    let mut asked = BTreeSet::new();
    for document in documents {
        schema.asked(document, &mut asked);
    }
    // Sealed with a secret of the database: what it says can be compared no more than it can be read.
    asked.insert("Query.changesPosition".to_owned());
    let forgotten: Vec<_> = schema.all().into_iter().filter(|element| !asked.contains(element)).collect();
    assert!(forgotten.is_empty(), "nothing asks for {forgotten:?}");
}

/// Pages that begin where somebody else's did.
async fn cursors(service: &Service) -> Vec<String> {
    let mut fields = Vec::new();
    for declaration in ENTITIES.iter().filter(|declaration| !declaration.plural.is_empty()) {
        let plural = declaration.plural;
        let query = format!("{{ it: {plural}(first: 1) {{ edges {{ cursor }} }} }}");
        let found = service.user(FOREIGN_READER).ask(&query, json!({})).await;
        let cursor = &found.body["data"]["it"]["edges"][0]["cursor"];
        if cursor.is_string() {
            for side in ["first: 3, after", "last: 3, before"] {
                fields.push(format!(
                    "{plural}({side}: {cursor}) {{ totalCount edges {{ cursor node {{ __typename }} }} }}"
                ));
            }
        }
    }
    fields
}

/// Every mutation with somebody else's id in each place where one can stand.
async fn acts(service: &Service) -> Vec<Asked> {
    let foreign = questions::specimens(&service.user(FOREIGN_READER)).await;
    let mut asked = Vec::new();
    for call in Call::of_each_mutation() {
        let shelf = Shelf::for_call(service, call).await;
        let names: BTreeSet<_> = call.names().into_iter().collect();
        // What the Nation owns is nobody's to hide.
        let owned = |name: &&str| shelf.thing(name).declaration().visibility.owner != Owner::Nation;
        for name in names.into_iter().filter(owned) {
            let thing = foreign_thing(&foreign, shelf.thing(name));
            let document = call.document(&shelf.with(name, thing).say(call), ", dryRun: true");
            for subject in [call.doer(), READERS[1].to_owned()] {
                // Who keeps organizations sees Medellín's and acts on it.
                if !subject.ends_with("@men") {
                    asked.push(Asked { subject, document: document.clone(), sound: true });
                }
            }
        }
    }
    asked
}

fn foreign_thing(foreign: &Specimens, like: &Thing) -> Thing {
    let name = like.declaration().name;
    Thing::of(foreign.get(name).and_then(|rows| rows.first()).unwrap_or_else(|| panic!("Medellín has no {name}")))
}

/// Removes whom only Medellín knows: nobody owns an account, but only who knows it sees it.
fn forgetting() -> String {
    let medellin = format!("(SELECT id FROM organization WHERE {MEDELLIN})");
    let only = ENTITIES.iter().filter_map(|declaration| match declaration.visibility.owner {
        Owner::Through { .. } => {
            let theirs = whose(declaration, &medellin)?;
            // The rows that name it go with Medellín; nothing checks in between.
            Some(format!("DELETE FROM {} WHERE {theirs};\n", declaration.table))
        }
        _ => None,
    });
    only.collect()
}

/// Removes what is not published, of everybody.
fn settlement(dialect: Dialect) -> String {
    let drafts = ENTITIES.iter().filter_map(|declaration| {
        // What is computed has no rows to delete.
        let published = declaration.visibility.published.filter(|_| declaration.kind.is_some())?;
        let published = published.replace("{t}", declaration.table);
        Some(format!("DELETE FROM {} WHERE ({published}) IS NOT TRUE;\n", declaration.table))
    });
    unchecked(dialect) + &drafts.collect::<String>()
}

/// From here on nothing checks what refers to what.
fn unchecked(dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite => "PRAGMA foreign_keys = OFF;\n".to_owned(),
        Dialect::Postgres => "SET session_replication_role = replica;\n".to_owned(),
    }
}

/// Condition on rows that only this organization owns, or through which only it knows them.
fn whose(declaration: &Declaration, organization: &str) -> Option<String> {
    match declaration.visibility.owner {
        Owner::Nation => None,
        Owner::Column(column) => Some(format!("{column} = {organization}")),
        Owner::Through { table, key } => Some(format!(
            "id IN (SELECT {key} FROM {table} WHERE organization_id = {organization}) \
             AND id NOT IN (SELECT {key} FROM {table} WHERE organization_id <> {organization})"
        )),
    }
}

/// Other values in all that Medellín owns.
fn alteration(dialect: Dialect) -> String {
    let mut script = unchecked(dialect);
    let medellin = format!("(SELECT id FROM organization WHERE {MEDELLIN})");
    for declaration in ENTITIES.iter().filter(|declaration| declaration.kind.is_some()) {
        // The name is what Medellín is known by here, so it changes last.
        let theirs = whose(declaration, &medellin).filter(|_| declaration.name != "Organization");
        script.extend(theirs.map(|theirs| altered(declaration, &theirs, dialect)));
    }
    let organization = ENTITIES.iter().find(|declaration| declaration.name == "Organization").expect("declared");
    script + &altered(organization, MEDELLIN, dialect)
}

fn altered(declaration: &Declaration, whose: &str, dialect: Dialect) -> String {
    let mut changes = Vec::new();
    let mut members: Vec<&Member> = declaration.members.iter().collect();
    while let Some(member) = members.pop() {
        match &member.source {
            Source::Part(part) => members.extend(part.members),
            Source::Column(Sql::Column(column), scalar) => {
                let changed = match (scalar, dialect) {
                    (Scalar::Text | Scalar::Url, _) => format!("{column} || 'x'"),
                    (Scalar::Int | Scalar::BigInt, _) => format!("{column} + 1000"),
                    // Percentages must stay such.
                    (Scalar::Decimal, _) => {
                        format!("CASE WHEN {column} > 1000 THEN {column} - 1000 ELSE {column} + 1000 END")
                    }
                    (Scalar::DateTime, _) => format!("{column} + 86400000000"),
                    (Scalar::Date, Dialect::Sqlite) => format!("date({column}, '+1 day')"),
                    (Scalar::Date, Dialect::Postgres) => format!("{column} + 1"),
                    (Scalar::Boolean, Dialect::Sqlite) => format!("1 - {column}"),
                    (Scalar::Boolean, Dialect::Postgres) => format!("NOT {column}"),
                    _ => continue,
                };
                changes.push(format!("{column} = {changed}"));
                if let Some(folded) = member.folded.filter(|folded| *folded != *column) {
                    changes.push(format!("{folded} = {folded} || 'x'"));
                }
            }
            _ => {}
        }
    }
    if changes.is_empty() {
        return String::new();
    }
    format!("UPDATE {} SET {} WHERE {whose};\n", declaration.table, changes.join(", "))
}

#[test]
fn whether_another_secretariat_is_there_changes_no_answer() {
    database::on_several(4, |sets| async move {
        let each = (0..sets[0].len()).map(|dialect| [0, 1, 2, 3].map(|number: usize| &sets[number][dialect]));
        for (dialect, four) in each.enumerate() {
            let twins = Twins::make(four).await;
            let mut faults = Vec::new();
            for (number, asked) in twins.asked.iter().enumerate() {
                let published = asked.subject == READERS[1];
                // Half of it on each kind of database, unless more is asked for.
                if published && number % 2 != dialect % 2 && cases(0) == 0 {
                    continue;
                }
                // Each reader meets both, one on each kind of database.
                let absent = published == (dialect == 1);
                let mut elsewhere = vec![if absent { ("absent", &twins.absent) } else { ("other", &twins.altered) }];
                elsewhere.extend(published.then_some(("no drafts", &twins.settled)));
                faults.extend(twins.compare(asked, &elsewhere).await);
            }
            assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(5)].join("\n"));
            sees_the_difference(&twins).await;
            twins.stop().await;
        }
    });
}

/// Proof that there is something to hide: who reads all secretariats is answered otherwise.
async fn sees_the_difference(twins: &Twins) {
    let documents: Vec<_> = twins.asked.iter().filter(|asked| asked.subject == READERS[0]).step_by(7).collect();
    let mut differing = 0;
    for Asked { document, .. } in &documents {
        let ask = async |service: &Service| service.user(MONITOR).ask(document, json!({})).await.anonymous();
        differing += usize::from(ask(&twins.present).await != ask(&twins.absent).await);
    }
    assert!(differing * 2 > documents.len(), "only {differing} of {} questions could tell", documents.len());
}
