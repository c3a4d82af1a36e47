//! What the reader promises beyond giving the right answer.

use std::sync::Arc;

use articula::{
    access::{actor::Actor, rules},
    app::App,
    catalogue::ENTITIES,
    graph::{declaration::Owner, error::Locale},
};
use articula_tests::{database, random::Random, seed::Data};
use entity::access::Role;
use uuid::Uuid;

use super::{
    answer::{Answer, Json, difference},
    generate::{self, Generated},
    oracle::Oracle,
    world::{self, Asked},
};

fn cases(by_default: u64) -> u64 {
    std::env::var("ARTICULA_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(by_default)
}

/// The first document; `ARTICULA_SEED=n ARTICULA_CASES=1` repeats the one that failed.
fn first() -> u64 {
    std::env::var("ARTICULA_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1)
}

#[test]
fn the_reader_answers_as_the_naive_oracle() {
    database::on_all(|all| async move {
        let data = Data::new(7, 1);
        let mut apps = Vec::new();
        for fresh in &all {
            apps.push(world::app(fresh, &data).await);
        }
        let oracle = Oracle::new(&data, &all[0].url).await;
        let actors = world::actors(&data);
        let mut faults = Vec::new();
        for seed in first()..first() + cases(150) {
            let mut random = Random::new(seed ^ 0x5eed);
            let (name, actor) = random.pick(&actors);
            let generated = generate::document(&data, seed, seed % 5 == 0);
            let locale = if random.percent(50) { Locale::EsCo } else { Locale::En };
            let fault = case(&apps, &oracle, &generated, actor, locale, &mut random).await;
            faults.extend(fault.map(|fault| format!("ARTICULA_SEED={seed}, as {name}: {fault}\n{}\n", generated.text)));
            if faults.len() >= 5 {
                break;
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    });
}

/// Asks a document, and again from the cursors of its answers.
async fn case(
    apps: &[App],
    oracle: &Oracle<'_>,
    generated: &Generated,
    actor: &Arc<Actor>,
    locale: Locale,
    random: &mut Random,
) -> Option<String> {
    let (document, variables) = (generated.text.clone(), generated.variables.clone());
    let mut asked = Asked { document, variables, actor: actor.clone(), locale };
    for turn in 0..3 {
        let found = match compared(apps, oracle, &asked).await {
            Ok(found) => found,
            Err(fault) => return Some(format!("turn {turn}: {fault}\n{}", serde_json::Value::from(asked.variables))),
        };
        if generated.cursors.is_empty() {
            break;
        }
        for (key, variable) in &generated.cursors {
            let mut cursors = Vec::new();
            found.data.cursors_under(key, &mut cursors);
            if random.percent(4) {
                cursors = vec!["AAAA".to_owned()];
            }
            if !cursors.is_empty() && random.percent(70) {
                asked.variables.insert(variable.clone(), random.pick(&cursors).clone().into());
            }
        }
    }
    None
}

/// Asks every database and the oracle; gives the answer when all agree.
pub async fn compared(apps: &[App], oracle: &Oracle<'_>, asked: &Asked) -> Result<Answer, String> {
    let bytes = world::ask(&apps[0], asked).await;
    let found = Answer::read(&bytes);
    if found.data == Json::null() {
        return Err(String::from_utf8_lossy(&bytes).into_owned());
    }
    let (expected, broken) = oracle.answer(&asked.document, &asked.variables, &asked.actor, asked.locale);
    if let Some(difference) = difference(&expected.data, &found.data, "data") {
        let mut others = String::new();
        for other in &apps[1..] {
            let alike = world::ask(other, asked).await == bytes;
            others =
                format!("{:?} {} so too", other.store().dialect(), if alike { "answers" } else { "does not answer" });
        }
        return Err(format!("{difference}\n{others}; failures {:?}", found.failures));
    }
    if expected.failures != found.failures {
        return Err(format!("failures\n  expected {:?}\n  found    {:?}", expected.failures, found.failures));
    }
    if !broken.is_empty() {
        return Err(format!("null in what is never null: {broken:?}"));
    }
    for other in &apps[1..] {
        let others = world::ask(other, asked).await;
        if others != bytes {
            let at = difference(&found.data, &Answer::read(&others).data, "data");
            return Err(format!("the databases answer differently: {}", at.unwrap_or_default()));
        }
    }
    Ok(found)
}

#[test]
fn saying_it_otherwise_changes_no_byte() {
    database::on_each(|fresh| async move {
        let data = Data::new(11, 1);
        let app = world::app(&fresh, &data).await;
        let actor = world::all_of_both(&data);
        for seed in first()..first() + cases(60) {
            let mut answers = Vec::new();
            for plainly in [true, false] {
                let Generated { text, variables, .. } = generate::document(&data, seed, plainly);
                let asked = Asked { document: text, variables, actor: actor.clone(), locale: Locale::EsCo };
                answers.push((world::ask(&app, &asked).await, asked.document));
            }
            let [(plain, one), (said, other)] = &answers[..] else { panic!("two answers") };
            assert!(plain == said, "ARTICULA_SEED={seed}\n{one}\n{other}");
        }
    });
}

#[test]
fn nothing_costs_more_than_was_requested() {
    database::on_each(|fresh| async move {
        let data = Data::new(19, 1);
        let app = world::app(&fresh, &data).await;
        let actors = world::actors(&data);
        let (mut dearest, mut cheaper) = (0, 0);
        for seed in first()..first() + cases(150) {
            let (name, actor) = Random::new(seed).pick(&actors).clone();
            let Generated { text, variables, .. } = generate::document(&data, seed, seed % 2 == 0);
            let asked = Asked { document: text, variables, actor, locale: Locale::EsCo };
            let (requested, actual) = world::costs(&app, &asked).await;
            assert!(actual <= requested, "ARTICULA_SEED={seed}, as {name}: {actual} > {requested}\n{}", asked.document);
            dearest = dearest.max(actual);
            cheaper += u32::from(actual < requested);
        }
        assert!(dearest > 100 && cheaper > 0, "no document cost anything: {dearest}, {cheaper}");
    });
}

#[test]
fn every_row_belongs_to_an_organization_that_the_actor_reaches() {
    database::on_each(|fresh| async move {
        let data = Data::new(13, 1);
        let app = world::app(&fresh, &data).await;
        let roles = Role::VOCABULARY.terms.iter().filter_map(|term| Role::from_number(term.number));
        let local: Vec<_> = roles.filter(|role| rules::rule(*role).is_some_and(|rule| !rule.national)).collect();
        let mut seen = 0;
        for seed in first()..first() + cases(60) {
            let number = seed as usize % 2;
            let actor = world::actor(&data, &[(local[seed as usize % local.len()], number, false)]);
            let home = data.table("organization").ids()[number];
            let Generated { text, variables, .. } = generate::document(&data, seed, false);
            let asked = Asked { document: text, variables, actor, locale: Locale::EsCo };
            let found = Answer::read(&world::ask(&app, &asked).await);
            let mut texts = Vec::new();
            found.data.texts(&mut texts);
            for owner in texts.into_iter().filter_map(|text| owner(&data, text)) {
                assert_eq!(owner, home, "ARTICULA_SEED={seed}\n{}", asked.document);
                seen += 1;
            }
        }
        assert!(seen > 0, "no document brought a row of an organization");
    });
}

/// The organization that owns the row with this id.
fn owner(data: &Data, id: &str) -> Option<Uuid> {
    let id = entity::OpaqueId::parse(id)?;
    let declaration = ENTITIES.iter().find(|declaration| declaration.kind.map(|kind| kind as u8) == Some(id.number))?;
    let Owner::Column(owner) = declaration.visibility.owner else { return None };
    data.table(declaration.table).value(id.uuid, owner).uuid()
}

/// Every level of these has rows, few or many.
const GROWING: &[&str] = &[
    "{ organizations(first: 100) { totalCount nodes { name units(first: 100) { totalCount nodes { name current { name parent { name } }
        posts(first: 100) { nodes { job { code } holdings(first: 100) { nodes { person { name } } } } } } } } } }",
    "{ structureVersions(first: 100) { nodes { number tree { name functions children { code } posts(first: 3) { totalCount } } } } }",
    "{ municipalities(first: 50, orderBy: [{field: DEPARTMENT_NAME, direction: DESC}]) { edges { cursor node { coverages(last: 2) { nodes { territorialEntity { name } } } } } } }",
    r#"{ accessGrants(first: 100, asOf: "2020-06-30") { nodes { account { grants(first: 100) { nodes { role } } persons { holdings(first: 5) { totalCount } } } } } }"#,
];

#[test]
fn statements_do_not_grow_with_rows() {
    database::on_several(2, |sets| async move {
        for database in 0..sets[0].len() {
            let mut counts = Vec::new();
            for (set, scale) in sets.iter().zip([1, 10]) {
                let data = Data::new(17, scale);
                let app = world::app(&set[database], &data).await;
                let actor = world::all_of_both(&data);
                let mut each = Vec::new();
                for document in GROWING {
                    let before = app.store().statements().get();
                    let found = world::answer(&app, &actor, document).await;
                    assert!(found.failures.is_empty(), "{:?}", found.failures);
                    each.push(app.store().statements().get() - before);
                }
                counts.push(each);
            }
            assert_eq!(counts[0], counts[1], "{:?}", sets[0][database].dialect);
            assert!(counts[0].iter().all(|count| (1..10).contains(count)), "{counts:?}");
        }
    });
}
