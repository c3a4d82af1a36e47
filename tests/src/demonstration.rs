//! The service over the demonstration data. They are loaded once into a template; each test has a copy of its own.

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::PathBuf,
    sync::Arc,
};

use articula::{
    exchange::{
        demo::{ANCHOR, load_demo},
        load::load_reference,
        reference::{Files, read},
    },
    reader::sql::Dialect,
    store::{Settings, Store, SystemClock},
};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tokio::sync::Mutex;

use crate::{
    database::{self, Fresh},
    service::Service,
};

/// Who leads quality in Funza's secretariat: reads all of it but personal data, formulates and appoints.
pub const LEADER: &str = "lider.calidad@funza";
/// Senior management of the same: reads personal data too, approves, backdates.
pub const MANAGEMENT: &str = "alta.direccion@funza";
/// Head of a unit of the same: reads what is published.
pub const MEMBER: &str = "jefe.dependencia@funza";
/// Who leads quality in another secretariat, Medellín's.
pub const OTHER_LEADER: &str = "lider.calidad@medellin";
/// Ministry: reads every secretariat.
pub const MONITOR: &str = "monitor.sfi@men";

/// Runs a test on each kind of database by itself, with the service over the demonstration, on the day that these
/// take for today.
pub fn on_each(test: impl AsyncFn(&Service) + Send + Clone + 'static) {
    database::on_each(move |fresh| {
        let test = test.clone();
        async move {
            fill(&fresh).await;
            let service = Service::start(&fresh, ANCHOR).await;
            test(&service).await;
            service.stop().await;
        }
    });
}

/// Puts the demonstration into a database that has nothing but its tables.
pub async fn fill(fresh: &Fresh) {
    static LOADING: Mutex<()> = Mutex::const_new(());
    let one_at_a_time = LOADING.lock().await;
    let template = Template::of(fresh);
    if !template.is_current().await {
        template.make().await;
    }
    template.copy(fresh).await;
    drop(one_at_a_time);
}

/// What a template was made by. The template outlives the run, so that only a changed program loads it anew; there is one
/// for each working copy and kind of database.
fn program() -> String {
    let known = std::env::current_exe().and_then(std::fs::metadata).expect("the program that runs");
    format!("{} {:?}", known.len(), known.modified().ok())
}

fn name() -> String {
    let mut hasher = DefaultHasher::new();
    env!("CARGO_MANIFEST_DIR").hash(&mut hasher);
    format!("articula_demonstration_{:016x}", hasher.finish())
}

enum Template {
    File(PathBuf),
    Database { server: String },
}

impl Template {
    fn of(fresh: &Fresh) -> Self {
        match fresh.dialect {
            Dialect::Sqlite => Self::File(std::env::temp_dir().join(format!("{}.db", name()))),
            Dialect::Postgres => {
                let (server, _) = fresh.url.rsplit_once('/').expect("postgres://host/database");
                Self::Database { server: server.to_owned() }
            }
        }
    }

    async fn is_current(&self) -> bool {
        match self {
            Self::File(path) => {
                path.exists() && std::fs::read_to_string(path.with_extension("program")).is_ok_and(|it| it == program())
            }
            Self::Database { server } => {
                let mut connection = administration(server).await;
                let remark = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = $1";
                let remark: Option<Option<String>> =
                    sqlx::query_scalar(remark).bind(name()).fetch_optional(&mut connection).await.expect("an answer");
                remark.flatten().is_some_and(|remark| remark == program())
            }
        }
    }

    async fn make(&self) {
        match self {
            Self::File(path) => {
                let making = path.with_extension("making");
                let _ = std::fs::remove_file(&making);
                load(&format!("sqlite:{}", making.display())).await;
                std::fs::rename(&making, path).expect("the template is put in place");
                std::fs::write(path.with_extension("program"), program()).expect("the template is marked");
            }
            Self::Database { server } => {
                let name = name();
                administer(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
                administer(server, &format!("CREATE DATABASE {name}")).await;
                load(&format!("{server}/{name}")).await;
                administer(server, &format!("COMMENT ON DATABASE {name} IS '{}'", program())).await;
            }
        }
    }

    async fn copy(&self, fresh: &Fresh) {
        match self {
            Self::File(path) => {
                std::fs::copy(path, fresh.url.trim_start_matches("sqlite:")).expect("the template is copied");
            }
            Self::Database { server } => {
                let (_, database) = fresh.url.rsplit_once('/').expect("postgres://host/database");
                administer(server, &format!("DROP DATABASE {database} WITH (FORCE)")).await;
                administer(server, &format!("CREATE DATABASE {database} TEMPLATE {}", name())).await;
            }
        }
    }
}

/// Reference and demonstration, as `serve --demo` loads them.
async fn load(url: &str) {
    let settings = Settings::new(url, 1);
    let store = Store::open(&settings, Arc::new(SystemClock)).await.expect("the database opens");
    store.migrate().await.expect("all steps run");
    let reference = read(&Files::embedded()).expect("the shipped files hold");
    load_reference(&store, &reference).await.expect("the reference is loaded");
    load_demo(&store, 1, false).await.expect("the demonstration is loaded");
    store.close().await;
}

async fn administration(server: &str) -> PgConnection {
    PgConnection::connect(&format!("{server}/postgres")).await.expect("the server answers")
}

async fn administer(server: &str, statement: &str) {
    let mut connection = administration(server).await;
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await.expect("the server obeys");
    connection.close().await.expect("the connection closes");
}
