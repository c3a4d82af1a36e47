//! `GET /exports/improvement-plans/{id}.csv` and `.xlsx`: a plan as a file. What is in it is asked of the graph as the viewer would
//! ask, page after page; this adds what HTTP has for files.

use std::sync::Arc;

use actix_web::body::SizedStream;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG};
use actix_web::web::{Bytes, Query};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream;
use serde_json::{Map, Value};
use tempfile::SpooledData;
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;

use super::Executor;
use super::picture::{is_known, told_refusal};
use super::refused::{Detail, Refused};
use super::response::Exchange;
use super::routes::{Worker, actor, shown};
use crate::access::actor::Actor;
use crate::execution::{GraphRequest, Terms};
use crate::graph::error::{ErrorClass, ErrorCode, Locale};
use crate::improvement::export::{ACTIONS, ExportFile, FINDINGS, Failed, Finished, Format, HEAD, Layout, rows};

/// How much of a file is sent at once.
const PIECE: usize = 64 * 1024;

const ILLEGIBLE: Detail = Detail {
    es: "los parámetros de la dirección no son legibles, se repiten o no se conocen (layout, asOf, language, mark)",
    en: "the parameters of the URL are not legible, are repeated or unknown (layout, asOf, language, mark)",
};
const NO_LAYOUT: Detail =
    Detail { es: "layout debe ser internal o control-body", en: "layout must be internal or control-body" };
const NO_LANGUAGE: Detail = Detail { es: "language debe ser es o en", en: "language must be es or en" };
const NO_MARK: Detail =
    Detail { es: "mark debe ser true o false, y solo para csv", en: "mark must be true or false, and for csv only" };

/// What a path names.
pub(super) struct Target<'a> {
    id: &'a str,
    extension: &'a str,
}

/// What a path below `/exports/` names, such as `improvement-plans/ID.csv`.
pub(super) fn target(path: &str) -> Option<Target<'_>> {
    let (id, extension) = path.strip_prefix("improvement-plans/")?.rsplit_once('.')?;
    (matches!(extension, "csv" | "xlsx") && !id.contains('/')).then_some(Target { id, extension })
}

/// How the address asks for it.
struct Wanted {
    format: Format,
    layout: Option<Layout>,
    as_of: Value,
    locale: Locale,
}

/// The file, or that it is still the one that the client has.
pub(super) async fn answer<E: Executor>(
    worker: &Worker<E>,
    exchange: &Exchange,
    request: &HttpRequest,
    target: Target<'_>,
) -> Result<HttpResponse, Refused> {
    let shown = shown(worker, exchange, request).await?;
    let wanted = wanted(request.query_string(), &target, exchange.locale)?;
    let actor = actor(worker, exchange, &shown).await?;
    let viewer = Viewer { worker, exchange, actor, client: shown.client.clone(), locale: wanted.locale };
    let (file, name) = file(&viewer, target.id, &wanted).await?;
    let tag = format!("\"{}\"", file.hash);
    let known = is_known(request.headers(), &tag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((ETAG, tag));
    // Whoever may see it keeps it, and asks each time whether it still is what he may see.
    response.insert_header((CACHE_CONTROL, "private, no-cache"));
    response.insert_header((CONTENT_LANGUAGE, wanted.locale.tag()));
    if known {
        return Ok(response.finish());
    }
    response.insert_header((CONTENT_TYPE, wanted.format.media()));
    response.insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    Ok(sent(response, file))
}

/// Reads the parameters of the address. One that is present and empty counts as absent.
fn wanted(query_string: &str, target: &Target<'_>, locale: Locale) -> Result<Wanted, Refused> {
    let pairs = Query::<Vec<(String, String)>>::from_query(query_string).map_err(|_| Refused::bad(ILLEGIBLE))?;
    let format = if target.extension == "csv" { Format::Csv { mark: true } } else { Format::Xlsx };
    let mut wanted = Wanted { format, layout: None, as_of: Value::Null, locale };
    let mut seen = Vec::new();
    for (name, value) in pairs.into_inner() {
        if seen.contains(&name) {
            return Err(Refused::bad(ILLEGIBLE));
        }
        match (name.as_str(), value.as_str()) {
            ("layout" | "asOf" | "language" | "mark", "") => {}
            ("layout", value) => wanted.layout = Some(Layout::parse(value).ok_or(Refused::bad(NO_LAYOUT))?),
            ("asOf", value) => wanted.as_of = value.into(),
            ("language", "es" | "es-CO") => wanted.locale = Locale::EsCo,
            ("language", "en") => wanted.locale = Locale::En,
            ("language", _) => return Err(Refused::bad(NO_LANGUAGE)),
            ("mark", value) => match (value.parse(), &mut wanted.format) {
                (Ok(given), Format::Csv { mark }) => *mark = given,
                _ => return Err(Refused::bad(NO_MARK)),
            },
            _ => return Err(Refused::bad(ILLEGIBLE)),
        }
        seen.push(name);
    }
    Ok(wanted)
}

/// Who asks, and how.
struct Viewer<'a, E: Executor> {
    worker: &'a Worker<E>,
    exchange: &'a Exchange,
    actor: Arc<Actor>,
    client: Option<String>,
    locale: Locale,
}

impl<E: Executor> Viewer<'_, E> {
    /// What a document of ours answers under its one field. What the viewer may not see of it is null; whatever else goes wrong
    /// refuses the whole.
    async fn ask(&self, document: &str, field: &str, variables: &[(&str, &Value)]) -> Result<Value, Refused> {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).clone()));
        let response = self.worker.executor.execute(GraphRequest {
            query: document.to_owned(),
            operation_name: None,
            variables: variables.collect::<Map<_, _>>(),
            actor: self.actor.clone(),
            locale: self.locale,
            request_id: self.exchange.request_id.clone(),
            client: self.client.clone(),
            read_only: true,
            // Nobody exports without a token.
            terms: Terms::default(),
        });
        let mut told: Value = serde_json::from_slice(&response.await.body).unwrap_or_default();
        let found = told["data"][field].take();
        let errors = told["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        let unseen = |class| matches!(class, ErrorClass::NotFound | ErrorClass::Authorization);
        let refusals = errors.iter().map(told_refusal);
        match refusals.into_iter().find(|refusal| found.is_null() || !unseen(refusal.code.entry().class)) {
            Some(refusal) => Err(Refused::resource(refusal)),
            None if found.is_null() => Err(Refused::resource(ErrorCode::NotFound.into())),
            None => Ok(found),
        }
    }

    /// The rest of a list of which a page is there.
    async fn complete(&self, action: &mut Value, as_of: &Value) -> Result<(), Refused> {
        let id = action["id"].clone();
        while let Some(after) = next(&action["findings"]) {
            let variables = [("id", &id), ("asOf", as_of), ("after", &after)];
            let mut more = self.ask(FINDINGS, "improvementAction", &variables).await?["findings"].take();
            let found = &mut action["findings"];
            if let (Some(all), Some(more)) = (found["nodes"].as_array_mut(), more["nodes"].as_array_mut()) {
                all.append(more);
            }
            found["pageInfo"] = more["pageInfo"].take();
        }
        Ok(())
    }
}

/// The cursor behind which a list goes on.
fn next(connection: &Value) -> Option<Value> {
    let page = &connection["pageInfo"];
    (page["hasNextPage"] == true && page["endCursor"].is_string()).then(|| page["endCursor"].clone())
}

/// The whole file and its name. A page of actions is in memory at a time.
async fn file<E: Executor>(viewer: &Viewer<'_, E>, id: &str, wanted: &Wanted) -> Result<(Finished, String), Refused> {
    let id = Value::from(id);
    let plan = viewer.ask(HEAD, "improvementPlan", &[("id", &id), ("asOf", &wanted.as_of)]).await?;
    // The day is the same for all pages, though midnight may pass.
    let cutoff = plan["progress"]["cutoff"].clone();
    let layout = wanted.layout.unwrap_or_else(|| Layout::of(plan["kind"].as_str().unwrap_or_default()));
    let mut file = ExportFile::begin(wanted.format, layout, wanted.locale).map_err(failed)?;
    let mut after = Value::Null;
    loop {
        let variables = [("id", &id), ("asOf", &cutoff), ("after", &after)];
        let mut page = viewer.ask(ACTIONS, "improvementPlan", &variables).await?["actions"].take();
        for action in page["nodes"].as_array_mut().into_iter().flatten() {
            viewer.complete(action, &cutoff).await?;
            for row in rows(layout, &plan, action, wanted.locale) {
                file.row(&row).map_err(failed)?;
            }
        }
        match next(&page) {
            Some(cursor) => after = cursor,
            None => break,
        }
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    // Codes are letters, digits, points and hyphens.
    let name = format!("{}-{}-{}.{}", text(&plan["code"]), layout.name(), text(&cutoff), wanted.format.extension());
    Ok((file.finish().map_err(failed)?, name))
}

fn failed(fault: Failed) -> Refused {
    tracing::error!(%fault, "an export failed");
    Refused::transport(ErrorCode::Internal)
}

/// The answer with a file's bytes.
fn sent(mut response: actix_web::HttpResponseBuilder, file: Finished) -> HttpResponse {
    match file.content {
        SpooledData::InMemory(content) => response.body(content.into_inner()),
        SpooledData::OnDisk(content) => {
            let pieces = stream::try_unfold(File::from_std(content), |mut content| async move {
                let mut piece = vec![0; PIECE];
                let read = content.read(&mut piece).await?;
                piece.truncate(read);
                Ok::<_, std::io::Error>((read > 0).then_some((Bytes::from(piece), content)))
            });
            response.body(SizedStream::new(file.length, Box::pin(pieces)))
        }
    }
}
