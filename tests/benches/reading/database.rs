//! Databases to measure on, and the first start of the product.

use std::{
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
    str::FromStr as _,
    sync::Arc,
    time::Instant,
};

use anyhow::{Context as _, Result};
use articula::{
    exchange::{
        demo::{ANCHOR, load_demo},
        load::load_reference,
        reference::{Files, read},
    },
    store::{Settings, Store, TurnedClock},
};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, Row as _, postgres::PgConnectOptions};

/// A database with reference and demonstration data, of its own.
pub struct Database {
    pub url: String,
    /// Where the server is asked, and the database's name; nothing for SQLite.
    pub server: Option<(String, String)>,
    folder: PathBuf,
}

impl Database {
    /// Makes and fills it: on a server, or else as a file.
    pub fn create(server: Option<&str>, scale: u32) -> Result<Self> {
        let name = format!("articula_bench_{}", uuid::Uuid::now_v7().simple());
        let folder = std::env::temp_dir().join(&name);
        let database = match server {
            None => {
                std::fs::create_dir_all(&folder)?;
                Self { url: format!("sqlite:{}", folder.join("articula.db").display()), server: None, folder }
            }
            Some(server) => {
                run(server, &format!("CREATE DATABASE {name}"))?;
                let url = PgConnectOptions::from_str(server)?.database(&name).to_url_lossy().to_string();
                Self { url, server: Some((server.to_owned(), name)), folder }
            }
        };
        eprintln!("{} at scale {scale}", if server.is_some() { "PostgreSQL" } else { "SQLite" });
        let filled = block(async {
            let settings = Settings::new(database.url.clone(), 2);
            let store = Store::open(&settings, Arc::new(TurnedClock::on(ANCHOR))).await?;
            store.migrate().await?;
            let data = read(&Files::embedded()).map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
            load_reference(&store, &data).await?;
            load_demo(&store, scale, false).await?;
            store.close().await;
            Ok(())
        });
        // What the server does by itself after a while is done now, so that no round meets it.
        let settled =
            filled.and_then(|()| database.server.as_ref().map_or(Ok(()), |_| run(&database.url, "VACUUM ANALYZE")));
        match settled {
            Ok(()) => Ok(database),
            Err(fault) => {
                let _ = database.forget();
                Err(fault)
            }
        }
    }

    /// Processes of the server that work for this database.
    pub fn backends(&self) -> Result<Vec<u32>> {
        let Some((server, name)) = &self.server else { return Ok(Vec::new()) };
        block(async {
            let mut connection = PgConnection::connect(server).await?;
            let rows = sqlx::query("SELECT pid FROM pg_stat_activity WHERE datname = $1").bind(name);
            let rows = rows.fetch_all(&mut connection).await?;
            rows.iter().map(|row| Ok(row.try_get::<i32, _>(0)? as u32)).collect()
        })
    }

    /// Throws it away.
    pub fn forget(&self) -> Result<()> {
        match &self.server {
            Some((server, name)) => run(server, &format!("DROP DATABASE {name} WITH (FORCE)")),
            None => Ok(std::fs::remove_dir_all(&self.folder)?),
        }
    }
}

fn run(url: &str, statement: &str) -> Result<()> {
    block(async {
        let mut connection = PgConnection::connect(url).await?;
        sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await?;
        Ok(connection.close().await?)
    })
}

fn block<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}

/// How `articula serve --demo` starts: what, seconds, most memory in MiB. Needs the release binary beside this bench.
pub fn starts() -> Result<Vec<(&'static str, f64, f64)>> {
    let binary = std::env::current_exe()?.ancestors().nth(2).map(|folder| folder.join("articula"));
    let Some(binary) = binary.filter(|binary| binary.exists()) else {
        eprintln!("no articula beside this bench: `cargo build --release` first to measure its start");
        return Ok(Vec::new());
    };
    let folder = std::env::temp_dir().join(format!("articula_bench_{}", uuid::Uuid::now_v7().simple()));
    std::fs::create_dir_all(&folder)?;
    let mut told = Vec::new();
    for what in ["first start of `serve --demo`", "a later start"] {
        let begun = Instant::now();
        let mut child = Command::new(&binary)
            .args(["serve", "--demo"])
            .env("DATABASE_URL", format!("sqlite:{}", folder.join("articula.db").display()))
            .env("ARTICULA_HTTP_ADDRESS", "127.0.0.1:0")
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let lines = BufReader::new(child.stdout.take().context("its output")?).lines();
        let listens = lines.map_while(Result::ok).any(|line| line.contains("listens on"));
        let seconds = begun.elapsed().as_secs_f64();
        let memory = crate::measure::memory(child.id());
        child.kill()?;
        child.wait()?;
        anyhow::ensure!(listens, "articula did not start");
        told.push((what, seconds, memory?));
    }
    std::fs::remove_dir_all(folder)?;
    Ok(told)
}
