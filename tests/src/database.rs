//! A migrated, empty database for each test: a copy of a template that is migrated once.
//!
//! Tests run on SQLite always, and on PostgreSQL too when `TEST_POSTGRES_URL` names a server on which databases may
//! be created (`postgres://user@host:port/postgres`).

use std::{
    future::Future,
    io::Write as _,
    path::PathBuf,
    sync::{Arc, Once},
    thread,
};

use articula::{
    reader::sql::Dialect,
    store::{Settings, Store, SystemClock},
};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tokio::sync::Mutex;
use uuid::Uuid;

/// A database of one test.
#[derive(Clone, Debug)]
pub struct Fresh {
    /// Its address.
    pub url: String,
    /// Which database it is.
    pub dialect: Dialect,
}

impl Fresh {
    /// Settings for a store over it.
    pub fn settings(&self) -> Settings {
        Settings::new(self.url.clone(), 2)
    }

    /// Runs statements, several in one text.
    pub async fn run(&self, statements: &str) {
        let statements = sqlx::raw_sql(AssertSqlSafe(statements.to_owned()));
        match self.dialect {
            Dialect::Sqlite => {
                let mut connection = sqlx::SqliteConnection::connect(&self.url).await.expect("the file opens");
                statements.execute(&mut connection).await.expect("the statements run");
                connection.close().await.expect("the file closes");
            }
            Dialect::Postgres => {
                let mut connection = PgConnection::connect(&self.url).await.expect("the server answers");
                statements.execute(&mut connection).await.expect("the statements run");
                connection.close().await.expect("the connection closes");
            }
        }
    }
}

/// Makes `to` hold what `from` holds, to which nobody may be connected.
pub async fn copy(from: &Fresh, to: &Fresh) {
    let file = |fresh: &Fresh| fresh.url.trim_start_matches("sqlite:").to_owned();
    match to.dialect {
        Dialect::Sqlite => drop(std::fs::copy(file(from), file(to)).expect("the file is copied")),
        Dialect::Postgres => {
            let (server, name) = to.url.rsplit_once('/').expect("postgres://host/database");
            let (_, template) = from.url.rsplit_once('/').expect("postgres://host/database");
            let server = format!("{server}/postgres");
            admin(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
            admin(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        }
    }
}

/// Runs a test once with fresh databases of every kind at hand (SQLite first); they are gone afterwards, whatever
/// happened.
pub fn on_all<F: Future<Output = ()>>(test: impl FnOnce(Vec<Fresh>) -> F + Send + 'static) {
    say_which();
    let copies = block_on(copies(1)).remove(0);
    run(copies, test);
}

/// Runs a test on each kind of database by itself.
pub fn on_each<F: Future<Output = ()>>(test: impl Fn(Fresh) -> F + Send + Clone + 'static) {
    on_all(|all| async move {
        for fresh in all {
            test(fresh).await;
        }
    });
}

/// Runs a test once with several fresh databases of every kind: `test` gets `count` sets.
pub fn on_several<F: Future<Output = ()>>(count: usize, test: impl FnOnce(Vec<Vec<Fresh>>) -> F + Send + 'static) {
    say_which();
    let sets = block_on(copies(count));
    let size = sets[0].len();
    run(sets.concat(), move |all| test(all.chunks(size).map(<[Fresh]>::to_vec).collect()));
}

fn run<F: Future<Output = ()>>(all: Vec<Fresh>, test: impl FnOnce(Vec<Fresh>) -> F + Send + 'static) {
    let given = all.clone();
    // A thread of its own: its panic is caught, and what it runs needs not be sent between threads.
    let run = thread::Builder::new().stack_size(16 << 20).spawn(move || block_on(test(given)));
    let outcome = run.expect("a thread").join();
    block_on(async {
        for fresh in &all {
            remove(fresh).await;
        }
        leave().await;
    });
    if let Err(failure) = outcome {
        std::panic::resume_unwind(failure);
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(future)
}

fn server() -> Option<String> {
    std::env::var("TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty())
}

/// One line on standard error, past the test harness, which keeps what passing tests print to itself.
fn say_which() {
    static SAID: Once = Once::new();
    SAID.call_once(|| {
        let which = if server().is_some() {
            "SQLite and PostgreSQL"
        } else {
            "SQLite only (set TEST_POSTGRES_URL for PostgreSQL)"
        };
        let _ = writeln!(std::io::stderr(), "databases: {which}");
    });
}

/// The templates, and how many tests are using them: the last one takes them away.
#[derive(Default)]
struct Templates {
    users: usize,
    folder: PathBuf,
    postgres: String,
}

static TEMPLATES: Mutex<Templates> =
    Mutex::const_new(Templates { users: 0, folder: PathBuf::new(), postgres: String::new() });

async fn copies(count: usize) -> Vec<Vec<Fresh>> {
    let mut templates = TEMPLATES.lock().await;
    if templates.users == 0 {
        *templates = make().await;
    }
    templates.users += 1;
    let mut sets = Vec::new();
    for _ in 0..count {
        let mut set = vec![copy_file(&templates)];
        if let Some(server) = server() {
            let name = unique("test");
            admin(&server, &format!("CREATE DATABASE {name} TEMPLATE {}", templates.postgres)).await;
            set.push(Fresh { url: on_server(&server, &name), dialect: Dialect::Postgres });
        }
        sets.push(set);
    }
    sets
}

async fn make() -> Templates {
    let folder = std::env::temp_dir().join(unique("tests"));
    std::fs::create_dir_all(&folder).expect("a folder");
    migrate(&format!("sqlite:{}", folder.join("template.db").display())).await;
    let mut postgres = String::new();
    if let Some(server) = server() {
        postgres = unique("template");
        admin(&server, &format!("CREATE DATABASE {postgres}")).await;
        migrate(&on_server(&server, &postgres)).await;
    }
    Templates { users: 0, folder, postgres }
}

async fn migrate(url: &str) {
    let settings = Settings::new(url, 1);
    let store = Store::open(&settings, Arc::new(SystemClock)).await.expect("the database opens");
    store.migrate().await.expect("all steps run");
    store.close().await;
}

fn copy_file(templates: &Templates) -> Fresh {
    let file = templates.folder.join(format!("{}.db", unique("test")));
    std::fs::copy(templates.folder.join("template.db"), &file).expect("the template is copied");
    Fresh { url: format!("sqlite:{}", file.display()), dialect: Dialect::Sqlite }
}

async fn remove(fresh: &Fresh) {
    // Files go with their folder.
    if let (Dialect::Postgres, Some(server)) = (fresh.dialect, server()) {
        let name = fresh.url.rsplit('/').next().unwrap_or_default();
        admin(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
    }
}

async fn leave() {
    let mut templates = TEMPLATES.lock().await;
    templates.users -= 1;
    if templates.users > 0 {
        return;
    }
    let _ = std::fs::remove_dir_all(&templates.folder);
    if let (Some(server), false) = (server(), templates.postgres.is_empty()) {
        admin(&server, &format!("DROP DATABASE {} WITH (FORCE)", templates.postgres)).await;
    }
}

async fn admin(server: &str, statement: &str) {
    let mut connection = PgConnection::connect(server).await.expect("the server answers");
    let statement = sqlx::raw_sql(AssertSqlSafe(statement.to_owned()));
    statement.execute(&mut connection).await.expect("the server obeys");
    connection.close().await.expect("the connection closes");
}

fn on_server(server: &str, name: &str) -> String {
    let (base, _) = server.rsplit_once('/').expect("postgres://host/database");
    format!("{base}/{name}")
}

fn unique(word: &str) -> String {
    format!("articula_{word}_{}", Uuid::now_v7().simple())
}
