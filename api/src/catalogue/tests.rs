#![expect(clippy::disallowed_methods, reason = "the templates are tried on the tables themselves, below the store")]

use std::collections::BTreeSet;

use entity::Id;
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use super::ENTITIES;
use crate::{
    access::{
        rules::{Extent, RULES, Rule},
        scopes::{Limit, SCOPES},
    },
    graph::{
        Declaration,
        declaration::{Edge, List, Member, Owner, Part, Scalar, Source, Sql, TOLD_APART, Within},
    },
    reader::sql::{Dialect, fill, in_force, view, within},
};

/// Every member of an entity, those of its parts among them, each with "Type.member".
fn members(declaration: &'static Declaration) -> Vec<(String, &'static Member)> {
    fn walk(type_name: &str, members: &'static [Member], into: &mut Vec<(String, &'static Member)>) {
        for member in members {
            into.push((format!("{type_name}.{}", member.name), member));
            if let Source::Part(Part { name, members, .. }) = &member.source {
                walk(name, members, into);
            }
        }
    }
    let mut all = Vec::new();
    walk(declaration.name, declaration.members, &mut all);
    let shared = declaration.all_members().skip(declaration.members.len());
    all.extend(shared.map(|member| (format!("{}.{}", declaration.name, member.name), member)));
    all
}

fn edge(member: &'static Member) -> Option<&'static Edge> {
    match &member.source {
        Source::One(edge) | Source::Many(edge, _) => Some(edge),
        _ => None,
    }
}

fn everything() -> impl Iterator<Item = (&'static Declaration, String, &'static Member)> {
    let all = ENTITIES.iter().flat_map(|entity| members(entity).into_iter().map(|(at, member)| (*entity, at, member)));
    all.collect::<Vec<_>>().into_iter()
}

fn camel(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(|c| c.is_ascii_alphanumeric())
}

fn pascal(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(|c| c.is_ascii_alphanumeric())
}

/// "Término. What it is."
fn described(text: &str) -> bool {
    let term = text.split_once(". ").map(|(term, rest)| (term, rest.trim()));
    text.starts_with(char::is_uppercase)
        && text.ends_with('.')
        && term.is_some_and(|(term, rest)| term.len() < 80 && !rest.is_empty())
}

#[test]
fn names_are_unique_and_well_formed() {
    let (mut types, mut roots, mut kinds) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for entity in ENTITIES {
        assert!(pascal(entity.name) && types.insert(entity.name), "{}", entity.name);
        for root in [entity.singular, entity.plural].into_iter().filter(|root| !root.is_empty()) {
            assert!(camel(root) && roots.insert(root), "{root}");
        }
        if let Some(kind) = entity.kind {
            assert!(kinds.insert(kind), "{} shares its kind", entity.name);
        }
        let mut names = BTreeSet::new();
        for (at, member) in members(entity) {
            assert!(camel(member.name) && names.insert(at.clone()), "{at}");
            if let Source::Part(part) = &member.source {
                assert!(pascal(part.name) && types.insert(part.name), "{}", part.name);
            }
        }
        let lookups: BTreeSet<_> = entity.lookups.iter().map(|lookup| lookup.name).collect();
        assert!(lookups.len() == entity.lookups.len() && lookups.iter().all(|name| camel(name)), "{}", entity.name);
    }
}

#[test]
fn everything_is_described_the_spanish_term_first() {
    let mut texts = Vec::new();
    for entity in ENTITIES {
        texts.push((entity.name.to_owned(), entity.description));
        texts.extend(
            entity.lookups.iter().map(|lookup| (format!("{} by {}", entity.name, lookup.name), lookup.description)),
        );
    }
    for (_, at, member) in everything() {
        if let Source::Part(part) = &member.source {
            texts.push((part.name.to_owned(), part.description));
        }
        let arguments = edge(member).map_or(&[][..], |edge| edge.arguments);
        texts.extend(arguments.iter().map(|argument| (format!("{at}({})", argument.name), argument.description)));
        texts.push((at, member.description));
    }
    let bare: Vec<_> = texts.iter().filter(|(_, text)| !described(text) || text.contains("  ")).collect();
    assert!(bare.is_empty(), "{bare:#?}");
}

#[test]
fn orders_and_lookups_refer_to_members() {
    for entity in ENTITIES {
        for name in entity.default_order {
            let name = name.trim_start_matches('-');
            assert!(entity.member(name).is_some_and(|member| member.order), "{} is ordered by {name}", entity.name);
        }
        assert!(
            entity.plural.is_empty() || !entity.default_order.is_empty(),
            "{} is listed without order",
            entity.name
        );
        for lookup in entity.lookups {
            assert!(!entity.singular.is_empty(), "{} is looked up by no field", entity.name);
            let member = entity.member(lookup.name);
            match lookup.through {
                None => assert!(member.is_some(), "{} by {}", entity.name, lookup.name),
                Some(far) => {
                    let leads = member.and_then(edge).is_some_and(|edge| std::ptr::eq(edge.target, far));
                    assert!(leads && !far.lookups.is_empty(), "{} by {}", entity.name, lookup.name);
                }
            }
        }
    }
}

#[test]
fn every_edge_leads_into_the_catalogue() {
    for (_, at, member) in everything() {
        let Some(edge) = edge(member) else { continue };
        // One entity may be declared twice, as others see it and as the viewer sees his own: with the same members.
        let listed = ENTITIES.iter().find(|entity| entity.name == edge.target.name);
        let alike = |listed: &&&Declaration| std::ptr::eq(listed.members, edge.target.members);
        assert!(listed.is_some_and(|listed| alike(&listed)), "{at}");
        for (number, _) in edge.keys.iter().enumerate() {
            assert!(edge.on.contains(&format!("{{k{number}}}")), "{at} does not use its key {number}");
        }
        for argument in edge.arguments {
            let word = format!("{{{}}}", argument.name);
            let used = edge.on.contains(&word) || edge.target.is_view() && edge.target.table.contains(&word);
            assert!(used, "{at} does not use {word}");
        }
    }
}

/// What the reader makes of a view: read at one moment from a list, kept by the column that an edge names.
#[test]
fn a_view_is_listed_and_says_where_days_and_columns_go() {
    for entity in ENTITIES.iter().filter(|entity| entity.is_view()) {
        assert!(
            entity.kind.is_none() && entity.singular.is_empty() && !entity.dated && entity.moment == Within::Asked,
            "{}",
            entity.name
        );
        for select in entity.table.split(" UNION ALL ") {
            assert_eq!(select.matches("FROM {days}").count(), 1, "{}: {select}", entity.name);
        }
    }
    for (_, at, member) in everything() {
        let Some(edge) = edge(member).filter(|edge| edge.target.is_view()) else { continue };
        assert!(matches!(member.source, Source::Many(_, List::Connection)), "{at} is no list");
        let column = edge.on.strip_prefix("{t}.").and_then(|on| on.strip_suffix(" = {k0}"));
        let kept = column.map(|column| edge.target.table.matches(&format!("{{of:{column}}}")).count());
        assert_eq!(kept, Some(edge.target.table.split(" UNION ALL ").count()), "{at}");
    }
}

#[test]
fn a_list_that_calls_itself_bounded_says_its_bound() {
    for (_, at, member) in everything() {
        if let Source::Many(_, List::Bounded(_)) = &member.source {
            let says = ["at most", "mostly", "rarely"].iter().any(|word| member.description.contains(word));
            assert!(says, "{at}");
        }
    }
}

/// The reader compares a value as it stands: `a AND b = ?` would compare only `b`.
#[test]
fn a_computed_value_is_closed() {
    for (_, at, member) in everything() {
        let Source::Column(Sql::Template(template), _) = &member.source else { continue };
        for template in [Some(*template), member.folded].into_iter().flatten() {
            let start = template.find('(').unwrap_or(template.len());
            let mut depth = 0_usize;
            let inner_end = template[start..].bytes().position(|byte| {
                depth = match byte {
                    b'(' => depth + 1,
                    b')' => depth - 1,
                    _ => depth,
                };
                depth == 0
            });
            let word = template[..start].trim_end();
            let closed = inner_end.is_some_and(|end| start + end + 1 == template.len());
            assert!(closed && word.bytes().all(|byte| byte.is_ascii_uppercase()), "{at}: {template}");
        }
    }
}

/// A refusal inside a field that is never null would take the whole row along.
#[test]
fn an_edge_that_some_reader_of_the_row_may_not_follow_is_nullable() {
    for (near, at, member) in everything() {
        let Some(edge) = edge(member) else { continue };
        let (near, far) = (near.visibility.subject, edge.target.visibility.subject);
        let refused = |rule: &&Rule| {
            let everywhere = rule.extent(near) > Extent::Nothing && rule.extent(far) == Extent::Nothing;
            let at_home = rule.extent_at_home(near) > Extent::Nothing && rule.extent_at_home(far) == Extent::Nothing;
            everywhere || at_home
        };
        if let Some(rule) = RULES.iter().find(refused) {
            assert!(member.nullable, "{at}: {:?} reads {near:?} and not {far:?}", rule.role);
        }
        for scope in SCOPES {
            let limit = Limit::to([scope.name]);
            assert!(
                !limit.reads(near) || limit.reads(far) || member.nullable,
                "{at}: {} opens {near:?} only",
                scope.name
            );
        }
    }
}

#[test]
fn personal_data_is_in_no_filter_order_or_group() {
    let personal: Vec<_> = everything().filter(|(_, _, member)| member.personal).collect();
    assert!(!personal.is_empty());
    for (_, at, member) in personal {
        assert!(member.nullable && !member.filter && !member.order && !member.group && member.folded.is_none(), "{at}");
    }
}

/// Runs a test on a fresh SQLite database and, if the environment names a server, on a fresh PostgreSQL database,
/// which is dropped afterwards whatever happened.
async fn on_every_database<F: Future<Output = ()> + Send + 'static>(test: fn(DatabaseConnection) -> F) {
    async fn open(url: &str) -> DatabaseConnection {
        let mut options = ConnectOptions::new(url);
        options.max_connections(1).sqlx_logging(false);
        let database = Database::connect(options).await.expect("the database answers");
        Migrator::up(&database, None).await.expect("all steps run");
        database
    }
    test(open("sqlite::memory:").await).await;
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else { return };
    let admin = Database::connect(&server).await.expect("the server answers");
    let name = format!("articula_catalogue_{}", Id::<()>::new().uuid().simple());
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("created");
    let (base, _) = server.rsplit_once('/').expect("postgres://host/database");
    let url = format!("{base}/{name}");
    let outcome = tokio::spawn(async move { test(open(&url).await).await }).await;
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.expect("dropped");
    if let Err(failure) = outcome {
        std::panic::resume_unwind(failure.into_panic());
    }
}

/// Tries templates on empty tables and gathers what the database says against them.
struct Trial {
    database: DatabaseConnection,
    faults: Vec<String>,
}

impl Trial {
    fn postgres(&self) -> bool {
        self.database.get_database_backend() == DbBackend::Postgres
    }

    fn day(&self) -> String {
        if self.postgres() { "'2020-02-29'::date".to_owned() } else { "'2020-02-29'".to_owned() }
    }

    /// The moment as a row under `alias` brings it.
    fn moment(&self, how: Within, alias: &str) -> String {
        let dialect = if self.postgres() { Dialect::Postgres } else { Dialect::Sqlite };
        within(dialect, how, alias, &self.day())
    }

    async fn run(&mut self, at: &str, sql: String) -> Option<String> {
        let statement = Statement::from_string(self.database.get_database_backend(), sql.clone());
        match self.database.query_one_raw(statement).await {
            Ok(row) => row.and_then(|row| row.try_get_by_index(0).ok()),
            Err(fault) => {
                self.faults.push(format!("{at}: {fault}\n    {sql}"));
                None
            }
        }
    }

    fn filled(&self, template: &str, alias: &str, moment: &str, keys: &[String]) -> String {
        let filled = fill(template, |name| match name {
            "t" => Some(alias.to_owned()),
            "m" => Some(moment.to_owned()),
            "d" => Some(self.day()),
            "from" | "to" => Some(self.day()),
            "edition" => Some("NULL".to_owned()),
            "text" => Some(if self.postgres() { "text" } else { "hex" }.to_owned()),
            "day" => Some(if self.postgres() { "" } else { "julianday" }.to_owned()),
            name => keys.get(name.strip_prefix('k')?.parse::<usize>().ok()?).cloned(),
        });
        assert!(!filled.contains('{'), "unfilled: {filled}");
        filled
    }

    /// The rows of an entity, on the day.
    fn rows(&self, entity: &Declaration) -> String {
        let rows = view(entity.table, "", &self.day(), None, |_| "NULL".to_owned());
        assert!(!rows.contains('{'), "unfilled: {rows}");
        rows
    }

    /// A value of a row: valid SQL and, where the database tells types, of the declared one.
    async fn value(&mut self, at: &str, entity: &Declaration, sql: Sql, scalar: Scalar) {
        let moment = self.moment(entity.moment, "t0");
        let expression = match sql {
            Sql::Column(column) => format!("t0.{column}"),
            Sql::Template(template) => self.filled(template, "t0", &moment, &[]),
        };
        let from = format!("(SELECT 1 AS one) o LEFT JOIN {} t0 ON 1 = 1", self.rows(entity));
        if !self.postgres() {
            self.run(at, format!("SELECT ({expression}) FROM {from} ORDER BY ({expression})")).await;
            return;
        }
        let sql = format!("SELECT pg_typeof(({expression}))::text FROM {from} ORDER BY ({expression})");
        let found = self.run(at, sql).await.unwrap_or_default();
        let expected = match scalar {
            Scalar::Id => "uuid",
            Scalar::Text | Scalar::Url | Scalar::TextList | Scalar::Json => "text",
            Scalar::Int => "integer",
            Scalar::Boolean => "boolean",
            Scalar::Date => "date",
            Scalar::DateTime | Scalar::BigInt | Scalar::Decimal => "bigint",
            Scalar::Enum(_) => "smallint",
        };
        if found != expected {
            self.faults.push(format!("{at} is {found}, declared as {expected}"));
        }
    }

    async fn edge(&mut self, at: &str, near: &Declaration, edge: &'static Edge, list: Option<List>) {
        let moment = self.moment(near.moment, "n0");
        let keys: Vec<_> = edge.keys.iter().map(|key| format!("n0.{key}")).collect();
        let mut condition = self.filled(edge.on, "t0", &moment, &keys);
        if edge.dated {
            condition = format!("({condition}) AND {}", in_force("t0", &moment));
        }
        let mut sql = format!(
            "SELECT 1 FROM {} n0 CROSS JOIN {} t0 WHERE ({condition})",
            self.rows(near),
            self.rows(edge.target)
        );
        if let Some(List::Bounded(order)) = list {
            sql.push_str(&format!(" ORDER BY {}", self.filled(order, "t0", &moment, &[])));
        }
        self.run(at, sql).await;
        for key in edge.keys {
            self.value(&format!("{at} key {key}"), near, Sql::Column(key), Scalar::Id).await;
        }
    }

    async fn entity(&mut self, entity: &'static Declaration) {
        for (at, member) in members(entity) {
            match &member.source {
                Source::Column(sql, scalar) => {
                    self.value(&at, entity, *sql, *scalar).await;
                    if let Some(key) = member.folded {
                        let key = if matches!(sql, Sql::Column(_)) { Sql::Column(key) } else { Sql::Template(key) };
                        self.value(&format!("{at} folded"), entity, key, Scalar::Text).await;
                    }
                }
                Source::One(edge) => self.edge(&at, entity, edge, None).await,
                Source::Many(edge, list) => self.edge(&at, entity, edge, Some(*list)).await,
                Source::Part(part) => {
                    if let Some(present) = part.present {
                        self.value(&at, entity, Sql::Template(present), Scalar::Boolean).await;
                    }
                }
                Source::Figure(figure) => {
                    for (sql, scalar) in figure.needs {
                        self.value(&at, entity, *sql, *scalar).await;
                    }
                }
            }
        }
        let name = entity.name;
        if entity.is_view() {
            for (column, scalar) in TOLD_APART.into_iter().chain([("id", Scalar::Id), ("moment", Scalar::Date)]) {
                self.value(&format!("{name}.{column}"), entity, Sql::Column(column), scalar).await;
            }
        }
        if let Owner::Column(owner) = entity.visibility.owner {
            self.value(&format!("{name} owner"), entity, Sql::Column(owner), Scalar::Id).await;
        }
        if let Some(published) = entity.visibility.published {
            self.value(&format!("{name} published"), entity, Sql::Template(published), Scalar::Boolean).await;
        }
        if entity.dated || entity.moment == Within::Interval {
            for column in ["valid_from", "valid_to"] {
                self.value(&format!("{name} interval"), entity, Sql::Column(column), Scalar::Date).await;
            }
        }
        for lookup in entity.lookups {
            let key = if lookup.through.is_some() { "NULL" } else { "'05'" };
            let condition = self.filled(lookup.condition, "t0", "", &[key.to_owned()]);
            self.run(lookup.name, format!("SELECT 1 FROM {} t0 WHERE {condition}", self.rows(entity))).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_template_is_sql_of_the_declared_type_on_both_databases() {
    on_every_database(|database| async move {
        let mut trial = Trial { database, faults: Vec::new() };
        for entity in ENTITIES {
            trial.entity(entity).await;
        }
        assert!(trial.faults.is_empty(), "{}", trial.faults.join("\n"));
    })
    .await;
}
