//! The `articula` command.
#![expect(clippy::print_stdout, reason = "dev")]
use articula::{app::*, store::*};
use std::sync::Arc;
#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let args: Vec<_> = std::env::args().collect();
    let url = std::env::var("DATABASE_URL").unwrap_or("sqlite:/tmp/x/dev.sqlite".into());
    let app = App::build(AppSettings::over(Settings { url, read_connections: 2 }), Arc::new(SystemClock)).await?;
    if args.get(1).map(String::as_str) == Some("schema") {
        println!("{}", app.sdl());
        return Ok(());
    }
    let actor = app.actor("dev", args.get(2).map(String::as_str).unwrap_or("x")).await?;
    let response = app
        .execute(articula::execution::GraphRequest {
            query: args[1].clone(),
            operation_name: None,
            variables: Default::default(),
            actor,
            locale: articula::graph::error::Locale::EsCo,
            request_id: "r".into(),
            read_only: false,
        })
        .await;
    println!("{}", String::from_utf8_lossy(&response.body));
    println!("statements {}", app.store().statements().get());
    Ok(())
}
