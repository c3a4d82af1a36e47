//! Traces against all paths over the links that the oracle tells.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use articula::{
    access::actor::Actor,
    catalogue::ENTITIES,
    graph::{Declaration, declaration::Owner, error::Locale, names::upper_snake},
    insight::trace::links::{EDGES, kinds},
};
use articula_tests::{
    database,
    random::Random,
    seed::{Data, Val, day, today},
};
use chrono::NaiveDate;
use entity::OpaqueId;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    oracle::{Object, Oracle, Walk},
    world::{self, Asked},
};

const TRACE: &str =
    "query($id: ID!, $to: [TraceKind!], $depth: Int, $direction: TraceDirection, $via: [TraceEdge!], $day: Date) {
    trace(id: $id, to: $to, depth: $depth, direction: $direction, via: $via, asOf: $day, first: 1000) {
        count truncated cut
        hits { depth node { id __typename } path { edge direction through node { id } } }
    }
}";

fn declared(name: &str) -> &'static Declaration {
    ENTITIES.iter().find(|declaration| declaration.name == name).expect("declared")
}

fn id((name, uuid): Object) -> String {
    let number = declared(name).kind.map_or(0, |kind| kind as u8);
    OpaqueId { number, uuid }.to_string()
}

/// What is asked.
#[derive(Clone, Debug)]
struct Question {
    start: Object,
    to: Option<Vec<&'static str>>,
    depth: usize,
    direction: &'static str,
    via: Option<Vec<&'static str>>,
    day: NaiveDate,
}

impl Question {
    fn random(random: &mut Random, data: &Data, day: NaiveDate) -> Self {
        // Mostly from what has links.
        let of: Vec<_> = if random.percent(85) {
            kinds().to_vec()
        } else {
            ENTITIES.iter().copied().filter(|kind| kind.is_node() && kind.name != "Viewer").collect()
        };
        let filled: Vec<_> = of.into_iter().filter(|kind| !data.table(kind.table).ids().is_empty()).collect();
        let kind = random.pick(&filled);
        let start = (kind.name, *random.pick(&data.table(kind.table).ids()));
        let to = random.percent(50).then(|| (0..2).map(|_| random.pick(kinds()).name).collect());
        let via = random.percent(30).then(|| (0..5).map(|_| random.pick(EDGES).name).collect());
        let direction = random.pick(&["BOTH", "BOTH", "OUT", "IN"]);
        Self { start, to, depth: 1 + random.below(4), direction, via, day }
    }

    fn variables(&self) -> Value {
        let kinds = |names: &Vec<&str>| names.iter().map(|name| upper_snake(name)[1..].to_owned()).collect::<Vec<_>>();
        json!({
            "id": id(self.start), "to": self.to.as_ref().map(kinds), "depth": self.depth, "direction": self.direction,
            "via": self.via, "day": self.day.to_string(),
        })
    }
}

/// A step as it is compared: link, variant of the walk, where it leads, through what.
type Step = ((usize, usize, usize), (u8, Uuid), Option<Uuid>);

/// Every step that a question allows, from each object.
type Steps<'w> = HashMap<Object, Vec<(Step, &'w Walk)>>;

fn steps<'w>(walks: &'w [Walk], question: &Question) -> Steps<'w> {
    let mut steps = Steps::new();
    for walk in walks {
        let left_out = question.via.as_ref().is_some_and(|via| !via.contains(&walk.edge));
        if !left_out && ["BOTH", walk.direction].contains(&question.direction) {
            let number = declared(walk.far.0).kind.map_or(0, |kind| kind as u8);
            let step = (walk.rank, (number, walk.far.1), walk.through.map(|(_, id)| id));
            steps.entry(walk.near).or_default().push((step, walk));
        }
    }
    steps
}

/// A path: its steps, and the same as the answer tells them.
type Path = (Vec<Step>, Vec<Value>);

/// Extends every path by every step, and keeps of each object the least of the shortest ones: the hits, in their order.
fn expected(walks: &[Walk], question: &Question) -> Vec<Value> {
    let steps = steps(walks, question);
    let mut best: BTreeMap<Object, Path> = BTreeMap::from([(question.start, Path::default())]);
    let mut last = best.clone();
    for _ in 0..question.depth {
        let mut next: BTreeMap<Object, Path> = BTreeMap::new();
        for (object, (path, told)) in &last {
            for (step, walk) in steps.get(object).into_iter().flatten() {
                let mut path = path.clone();
                path.push(*step);
                if next.get(&walk.far).is_none_or(|(known, _)| path < *known) {
                    let (through, node) = (walk.through.map(id), json!({ "id": id(walk.far) }));
                    let step =
                        json!({ "edge": walk.edge, "direction": walk.direction, "through": through, "node": node });
                    let told = told.iter().cloned().chain([step]).collect();
                    next.insert(walk.far, (path, told));
                }
            }
        }
        // A longer path is never better.
        next.retain(|object, _| !best.contains_key(object));
        best.extend(next.clone());
        last = next;
    }
    best.remove(&question.start);
    let mut hits: Vec<_> = best.into_iter().filter(|(object, _)| is_asked_for(question, object.0)).collect();
    hits.sort_by(|(_, (one, _)), (_, (other, _))| (one.len(), one).cmp(&(other.len(), other)));
    let told = hits.into_iter().map(|(object, (path, told))| {
        json!({ "depth": path.len(), "node": { "id": id(object), "__typename": object.0 }, "path": told })
    });
    told.collect()
}

fn is_asked_for(question: &Question, kind: &str) -> bool {
    question.to.as_ref().is_none_or(|to| to.contains(&kind))
}

async fn ask(app: &articula::app::App, actor: &Arc<Actor>, document: &str, variables: Value) -> Value {
    let variables = variables.as_object().cloned().unwrap_or_default();
    let asked = Asked { document: document.to_owned(), variables, actor: actor.clone(), locale: Locale::EsCo };
    serde_json::from_slice(&world::ask(app, &asked).await).expect("JSON")
}

#[test]
fn traces_are_what_all_paths_over_the_oracles_links_give() {
    database::on_all(|all| async move {
        let data = Data::new(7, 1);
        let mut apps = Vec::new();
        for fresh in &all {
            apps.push(world::app(fresh, &data).await);
        }
        let oracle = Oracle::new(&data, &all[0].url).await;
        let mut random = Random::new(24);
        let actors: BTreeMap<_, _> = world::actors(&data).into_iter().collect();
        let (mut hits, mut farthest, mut edges) = (0, 0, BTreeSet::new());
        for (name, actor) in &actors {
            for text in ["2019-12-31", "2020-01-01", "2024-06-14", "2024-06-15", "2024-06-16"] {
                let walks = oracle.walks(actor, day(text));
                for _ in 0..if name == "all of both" { 40 } else { 4 } {
                    let question = Question::random(&mut random, &data, day(text));
                    let found = oracle.finds(actor, declared(question.start.0), question.start.1, question.day);
                    for app in &apps {
                        let answer = ask(app, actor, TRACE, question.variables()).await;
                        let at = format!("as {name} on {:?}: {question:?}", app.store().dialect());
                        if !found {
                            let code = &answer["errors"][0]["extensions"]["code"];
                            let expected = if actor.account.is_some() { "NOT_FOUND" } else { "UNAUTHENTICATED" };
                            assert_eq!(*code, expected, "{at}: {answer}");
                            continue;
                        }
                        let expected = expected(&walks, &question);
                        let trace = &answer["data"]["trace"];
                        assert_eq!(trace["hits"], json!(expected), "{at}: {answer}");
                        assert_eq!(
                            (&trace["count"], &trace["truncated"]),
                            (&json!(expected.len()), &json!(false)),
                            "{at}"
                        );
                        hits += expected.len();
                        farthest = farthest.max(expected.last().and_then(|hit| hit["depth"].as_u64()).unwrap_or(0));
                        let taken = expected.iter().flat_map(|hit| hit["path"].as_array().cloned().unwrap_or_default());
                        edges.extend(taken.filter_map(|step| step["edge"].as_str().map(str::to_owned)));
                    }
                }
            }
        }
        assert!(hits > 1_000 && farthest >= 4, "{hits} hits, {farthest} steps");
        let never: Vec<_> = EDGES.iter().map(|edge| edge.name).filter(|name| !edges.contains(*name)).collect();
        assert!(never.is_empty(), "no path took {never:?}");
    });
}

#[test]
fn a_trace_never_reaches_another_organization() {
    database::on_each(|fresh| async move {
        let data = Data::new(13, 2);
        let app = world::app(&fresh, &data).await;
        let organizations = data.table("organization").ids();
        let mut owned = 0;
        for (number, organization) in organizations.iter().enumerate().take(2) {
            let actor = world::actor(&data, &[(entity::access::Role::InternalControl, number, false)]);
            for kind in kinds() {
                for start in data.table(kind.table).ids().into_iter().take(6) {
                    let variables = json!({ "id": id((kind.name, start)), "depth": 4, "day": today().to_string() });
                    let answer = ask(&app, &actor, TRACE, variables).await;
                    for hit in answer["data"]["trace"]["hits"].as_array().into_iter().flatten() {
                        let found = OpaqueId::parse(hit["node"]["id"].as_str().unwrap_or_default()).expect("an id");
                        let declaration = declared(hit["node"]["__typename"].as_str().unwrap_or_default());
                        let Owner::Column(owner) = declaration.visibility.owner else { continue };
                        let owner = data.table(declaration.table).value(found.uuid, owner).uuid();
                        assert_eq!(owner, Some(*organization), "{answer}");
                        owned += 1;
                    }
                }
            }
        }
        assert!(owned > 100, "only {owned} rows of organizations were reached");
    });
}

#[test]
fn statements_of_a_trace_are_its_steps() {
    database::on_several(2, |sets| async move {
        for database in 0..sets[0].len() {
            let mut counts = Vec::new();
            for (set, scale) in sets.iter().zip([2, 12]) {
                let data = Data::new(17, scale);
                let app = world::app(&set[database], &data).await;
                let actor = world::all_of_both(&data);
                // The one to which most is aligned.
                let aligned = data.table("alignment").column("requirement_id");
                let most = aligned.iter().max_by_key(|one| aligned.iter().filter(|other| other == one).count());
                let requirement = id(("Requirement", most.and_then(Val::uuid).expect("an alignment")));
                let mut each = Vec::new();
                for depth in 1..=4 {
                    for shown in ["hits { depth }", "hits { depth path { through } node { id } }"] {
                        let before = app.store().statements().get();
                        let document =
                            format!("{{ trace(id: \"{requirement}\", depth: {depth}) {{ count {shown} }} }}");
                        let answer = ask(&app, &actor, &document, json!({})).await;
                        let count = answer["data"]["trace"]["count"].as_u64().unwrap_or_default();
                        assert!(count > 0, "{answer}");
                        each.push((count, app.store().statements().get() - before));
                    }
                }
                counts.push(each);
            }
            let dialect = sets[0][database].dialect;
            for (number, (few, many)) in counts[0].iter().zip(&counts[1]).enumerate() {
                let depth = number as u64 / 2 + 1;
                if number % 2 == 0 {
                    assert_eq!(
                        (few.1, many.1),
                        (1 + depth, 1 + depth),
                        "{dialect:?}: the start, and one for each step"
                    );
                } else {
                    let most = 1 + depth + kinds().len() as u64;
                    assert!(few.1 <= most && many.1 <= most, "{dialect:?}: and one for each kind that is shown");
                }
            }
            assert!(counts[1][7].0 > counts[0][7].0, "{counts:?}");
        }
    });
}

#[test]
fn what_is_left_out_is_told() {
    database::on_each(|fresh| async move {
        let data = Data::new(7, 1);
        let app = world::app(&fresh, &data).await;
        let actor = world::all_of_both(&data);
        let process = data.table("process").ids()[0];
        let owner = data.table("process").value(process, "organization_id");
        let literal = |value: Val| value.literal(fresh.dialect);
        let published = literal(true.into());
        let rows = (0..5_100_u64).map(|number| {
            let (key, owner, process) =
                (Uuid::from_u64_pair(7, number), literal(owner.clone()), literal(process.into()));
            format!("({}, {owner}, {process}, 1, 'X{number}', 'x', 'x', {published}, 1)", literal(key.into()))
        });
        let rows: Vec<_> = rows.collect();
        for rows in rows.chunks(300) {
            let columns = "id, organization_id, process_id, kind, code, name, name_key, published, row_version";
            fresh.run(&format!("INSERT INTO controlled_document ({columns}) VALUES {}", rows.join(", "))).await;
        }
        let start = id(("Process", process));
        let document = |more: &str| {
            format!(
                "{{ trace(id: \"{start}\", via: [DOCUMENTS] {more}) {{ count atLeast visited truncated cut hits {{ depth }} }} }}"
            )
        };
        let cut = ask(&app, &actor, &document("first: 3"), json!({})).await["data"]["trace"].clone();
        assert_eq!((&cut["cut"], &cut["truncated"]), (&json!(["HITS", "NODES"]), &json!(true)));
        assert_eq!((&cut["count"], &cut["atLeast"], &cut["visited"]), (&Value::Null, &json!(5_000), &json!(5_000)));
        assert_eq!(cut["hits"].as_array().map(Vec::len), Some(3));
        let none = ask(&app, &actor, &document("to: [NORM]"), json!({})).await["data"]["trace"].clone();
        assert_eq!(
            (&none["cut"], &none["visited"]),
            (&json!([]), &json!(0)),
            "documents lead to no norm by this edge: {none}"
        );
    });
}

#[test]
fn arguments_out_of_bounds_are_refused() {
    database::on_each(|fresh| async move {
        let data = Data::new(7, 1);
        let app = world::app(&fresh, &data).await;
        let actor = world::all_of_both(&data);
        let process = id(("Process", data.table("process").ids()[0]));
        let nobody = id(("Process", Uuid::from_u128(7)));
        for (arguments, code) in [
            (format!("id: \"{process}\", depth: 0"), "INVALID_ARGUMENT"),
            (format!("id: \"{process}\", depth: 7"), "INVALID_ARGUMENT"),
            (format!("id: \"{process}\", first: 0"), "PAGE_SIZE_INVALID"),
            (format!("id: \"{process}\", first: 1001"), "PAGE_SIZE_INVALID"),
            (format!("id: \"{nobody}\""), "NOT_FOUND"),
            ("id: \"nothing\"".to_owned(), "NOT_FOUND"),
        ] {
            let answer = ask(&app, &actor, &format!("{{ trace({arguments}) {{ count }} }}"), json!({})).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{arguments}: {answer}");
            assert_eq!(answer["data"]["trace"], Value::Null);
        }
    });
}
