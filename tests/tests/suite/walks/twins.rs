//! Another secretariat is there, or not, or other: whatever an actor asks is answered byte for byte the same.
//!
//! Three databases differ only in what Medellín's secretariat owns. That covers at once what could tell of its rows: ids,
//! edges, filters, counts, orders, groups, cursors, errors.

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
    service::Service,
};
use serde_json::json;

use super::{
    calls::Call,
    coverage::Schema,
    questions::{self, Specimens},
    stock::{Shelf, Thing, doer},
};

const MEDELLIN: &str = "name = 'Secretaría de Educación de Medellín'";
const OTHERS: &str = "name NOT IN ('Secretaría de Educación de Funza', 'Secretaría de Educación de Medellín', \
                      'Ministerio de Educación Nacional')";

/// Who reads all of Funza, and who reads what is published.
const READERS: [&str; 2] = ["control.interno@funza", "dueno.proceso@funza"];
const FOREIGN_READER: &str = "control.interno@medellin";

/// What is asked, and by whom.
struct Asked {
    subject: String,
    document: String,
}

/// The same database three times: as it is, without Medellín's rows, with others in their place.
struct Twins {
    present: Service,
    absent: Service,
    altered: Service,
    asked: Vec<Asked>,
}

impl Twins {
    async fn make(present: &Fresh, absent: &Fresh, altered: &Fresh) -> Self {
        demonstration::fill(present).await;
        present.remove_organizations(OTHERS).await;
        let service = Service::start(present, ANCHOR).await;
        let asked = questions(&service).await;
        service.stop().await;
        for copy in [absent, altered] {
            database::copy(present, copy).await;
        }
        absent.remove_organizations(MEDELLIN).await;
        altered.run(&alteration(altered.dialect)).await;
        let start = async |fresh| Service::start(fresh, ANCHOR).await;
        Self { present: start(present).await, absent: start(absent).await, altered: start(altered).await, asked }
    }

    /// Asks where Medellín's rows are and where they are not, or where others are, and gives what differs.
    async fn compare(&self, asked: &Asked, absent: bool) -> Option<String> {
        let ask = async |service: &Service| {
            let answer = service.user(&asked.subject).ask(&asked.document, json!({})).await;
            (answer.status, answer.anonymous())
        };
        let here = ask(&self.present).await;
        let unfit = ["INTERNAL", "DOCUMENT_INVALID", "QUERY_TOO_COSTLY", "INVALID_ARGUMENT", "FILTER_INVALID"];
        if unfit.iter().any(|code| here.1.contains(&format!("\"code\":\"{code}\""))) {
            return Some(format!("{}: {}\n  {}", asked.subject, asked.document, clip(&here.1)));
        }
        let (what, service) = if absent { ("absent", &self.absent) } else { ("other", &self.altered) };
        let there = ask(service).await;
        let at = here.1.bytes().zip(there.1.bytes()).position(|(one, other)| one != other).unwrap_or_default();
        let around = |text: &str| clip(&String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(150)..]));
        let (one, other) = (around(&here.1), around(&there.1));
        (here != there).then(|| format!("{}, {what}: {}\n  {one}\n  {other}", asked.subject, asked.document))
    }

    async fn stop(self) {
        for service in [self.present, self.absent, self.altered] {
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
    for (subject, call) in [
        (
            doer(Duty::KeepOrganizations),
            "temporaryTakeoverCreate(organization: $m, input: { administrator: \"Nadie\", validFrom: \"2026-06-30\" })",
        ),
        (
            "admin@medellin".to_owned(),
            "apiKeyCreate(organization: $m, input: { name: \"Cargue\", scopes: [\"structure:read\"], validTo: \"2027-01-01\" })",
        ),
    ] {
        let mutation =
            format!("mutation {{ act: {} {{ errors {{ code }} }} }}", call.replace("$m", &medellin.to_string()));
        let done = service.user(&subject).data(&mutation, json!({})).await;
        assert_eq!(done["act"]["errors"], json!([]), "{call}");
    }
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
        asked
            .extend(documents.iter().map(|document| Asked { subject: subject.to_owned(), document: document.clone() }));
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
                fields.push(format!("{plural}({side}: {cursor}) {{ totalCount edges {{ cursor node {{ id }} }} }}"));
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
        for name in names {
            let thing = foreign_thing(&foreign, shelf.thing(name));
            let document = call.document(&shelf.with(name, thing).say(call), ", dryRun: true");
            for subject in [call.doer(), READERS[1].to_owned()] {
                // Who keeps organizations sees Medellín's and acts on it.
                if !subject.ends_with("@men") {
                    asked.push(Asked { subject, document: document.clone() });
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

/// Other values in all that Medellín owns.
fn alteration(dialect: Dialect) -> String {
    let mut script = String::new();
    for declaration in ENTITIES.iter().filter(|declaration| declaration.kind.is_some()) {
        let organization = format!("(SELECT id FROM organization WHERE {MEDELLIN})");
        let whose = match declaration.visibility.owner {
            Owner::Nation => continue,
            // The name is what Medellín is known by here, so it changes last.
            Owner::Column("id") => continue,
            Owner::Column(column) => format!("{column} = {organization}"),
            Owner::Through { table, key } => format!(
                "id IN (SELECT {key} FROM {table} WHERE organization_id = {organization}) \
                 AND id NOT IN (SELECT {key} FROM {table} WHERE organization_id <> {organization})"
            ),
        };
        script.push_str(&altered(declaration, &whose, dialect));
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
                    (Scalar::Int, _) => format!("{column} + 1000"),
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
    database::on_several(3, |sets| async move {
        for dialect in 0..sets[0].len() {
            let twins = Twins::make(&sets[0][dialect], &sets[1][dialect], &sets[2][dialect]).await;
            let mut faults = Vec::new();
            for asked in &twins.asked {
                // Each reader meets both, one on each kind of database.
                let absent = (asked.subject == READERS[1]) == (dialect == 1);
                faults.extend(twins.compare(asked, absent).await);
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
