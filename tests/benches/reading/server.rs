//! The server that is measured: the product's own, with one thing added that answers by hand.

use std::{cell::RefCell, future::Future, io::Read as _, pin::Pin, sync::Arc};

use anyhow::{Context as _, Result, anyhow};
use articula::{
    access::{
        DevelopmentKey,
        actor::{Actor, Via},
        token::Verifier,
    },
    app::{App, AppSettings, Service},
    config::Config,
    exchange::demo::ANCHOR,
    execution::{GraphRequest, GraphResponse},
    graph::error::Refusal,
    http::{self, Edge, Executor},
    store::{Clock as _, Settings, TurnedClock},
};
use chrono::{NaiveDate, TimeDelta};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _};
use uuid::Uuid;

use crate::cases::{Bound, CASES, Case, MARK};

/// Who asks: somebody who sees every organization.
const WHO: &str = "monitor.sfi@men";

/// Serves the database until the standard input ends; prints the address and a token.
pub fn serve(url: &str) -> Result<()> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(async {
        let clock = Arc::new(TurnedClock::on(ANCHOR));
        let settings = Settings::new(url, 4);
        let app = Arc::new(App::build(AppSettings::over(settings), clock.clone()).await?);
        let config = Config::load(|name| (name == "ARTICULA_HTTP_ADDRESS").then(|| "127.0.0.1:0".to_owned()), None)?;
        let folder = std::env::temp_dir().join(format!("articula-bench-key-{}", Uuid::now_v7()));
        let key = DevelopmentKey::open(&folder)?;
        std::fs::remove_dir_all(folder)?;
        let token = key.sign(WHO, clock.now(), TimeDelta::hours(12))?;
        let verifier = Verifier::with_development(&config.tokens, &key)?;
        let listener = http::listen(config.http.address)?;
        let edge = Edge::new(config.http, verifier, Arc::new(move || clock.now()));
        let url = url.to_owned();
        let executor = move || BesideByHand { service: Service(app.clone()), by_hand: ByHand::new(&url) };
        let running = http::serve(listener, edge, executor)?;
        println!("{} {token}", running.address());
        tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
        running.stop().await?;
        Ok(())
    })
}

/// The product, and beside it the statements written by hand.
struct BesideByHand {
    service: Service,
    by_hand: ByHand,
}

type Later<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

impl Executor for BesideByHand {
    fn execute(&self, request: GraphRequest) -> Later<'_, GraphResponse> {
        let Some(marked) = request.query.strip_prefix(MARK) else { return self.service.execute(request) };
        let case = marked.split('\n').next().and_then(|number| CASES.get(number.parse::<usize>().ok()?));
        let id = request.variables.get("id").and_then(|id| entity::OpaqueId::parse(id.as_str()?)).map(|id| id.uuid);
        Box::pin(async move {
            let found = match case {
                Some(case) => self.by_hand.answer(case, id.unwrap_or_default()).await,
                None => Err(anyhow!("no such case")),
            };
            match found {
                Ok(data) => {
                    let mut body = Vec::with_capacity(data.len() + 9);
                    body.extend_from_slice(b"{\"data\":");
                    body.extend_from_slice(data.as_bytes());
                    body.push(b'}');
                    GraphResponse { body, ..GraphResponse::default() }
                }
                Err(fault) => GraphResponse {
                    body: format!("{fault:#}").into_bytes(),
                    refused: Some(500),
                    ..GraphResponse::default()
                },
            }
        })
    }

    fn receipt_keys(&self) -> String {
        self.service.receipt_keys()
    }

    fn sdl(&self) -> String {
        self.service.sdl()
    }

    fn actor<'a>(&'a self, issuer: &'a str, subject: &'a str, via: Via<'a>) -> Later<'a, Result<Arc<Actor>, Refusal>> {
        self.service.actor(issuer, subject, via)
    }

    fn ready(&self) -> Later<'_, Result<(), String>> {
        self.service.ready()
    }
}

/// One connection of this worker, one prepared statement for each case.
enum ByHand {
    Sqlite(String, RefCell<Option<rusqlite::Connection>>),
    Postgres(String, RefCell<Option<PgConnection>>),
}

impl ByHand {
    fn new(url: &str) -> Self {
        match url.strip_prefix("sqlite:") {
            Some(file) => Self::Sqlite(file.to_owned(), RefCell::default()),
            None => Self::Postgres(url.to_owned(), RefCell::default()),
        }
    }

    async fn answer(&self, case: &'static Case, id: Uuid) -> Result<String> {
        match self {
            Self::Sqlite(file, kept) => {
                let mut kept = kept.borrow_mut();
                if kept.is_none() {
                    let connection = rusqlite::Connection::open(file)?;
                    connection.execute_batch("PRAGMA query_only = on; PRAGMA mmap_size = 268435456;")?;
                    *kept = Some(connection);
                }
                let connection = kept.as_ref().context("a connection")?;
                let mut statement = connection.prepare_cached(case.sqlite)?;
                for (number, bound) in case.bound.iter().enumerate() {
                    match bound {
                        Bound::Id => statement.raw_bind_parameter(number + 1, id.as_bytes().as_slice())?,
                        Bound::Today => statement.raw_bind_parameter(number + 1, ANCHOR.to_string())?,
                    }
                }
                let mut rows = statement.raw_query();
                let row = rows.next()?.context("one row")?;
                Ok(row.get_ref(0)?.as_str()?.to_owned())
            }
            Self::Postgres(url, kept) => {
                let resting = kept.borrow_mut().take();
                let mut connection = match resting {
                    Some(connection) => connection,
                    None => PgConnection::connect(url).await?,
                };
                let mut query = sqlx::query(AssertSqlSafe(case.postgres));
                for bound in case.bound {
                    query = match bound {
                        Bound::Id => query.bind(id),
                        Bound::Today => query.bind::<NaiveDate>(ANCHOR),
                    };
                }
                let row = query.fetch_one(&mut connection).await?;
                *kept.borrow_mut() = Some(connection);
                Ok(row.try_get(0)?)
            }
        }
    }
}
