//! What the service shows beside the graph: the explorer and the list of errors.

use async_graphql::http::GraphiQLSource;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The explorer's page, and what a browser may load for it.
#[derive(Clone, Debug)]
pub(super) struct Explorer {
    /// HTML.
    pub page: String,
    /// `Content-Security-Policy`.
    pub policy: String,
}

impl Explorer {
    /// GraphiQL for `/graphql`, as the library writes it. Its program comes from unpkg.com, so the browser needs the internet.
    pub fn new() -> Self {
        let page = GraphiQLSource::build().endpoint("/graphql").title("Articula").finish();
        // The page's own script is named by its hash: no other inline script runs, whatever an answer might contain.
        let scripts = page.split("<script>").skip(1).filter_map(|rest| rest.split("</script>").next());
        let hashes: String =
            scripts.map(|script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script)))).collect();
        let policy = format!(
            "default-src 'none'; script-src https://unpkg.com{hashes}; style-src 'unsafe-inline' https://unpkg.com; \
             img-src 'self' data: https://graphql.org; font-src data: https://unpkg.com; connect-src 'self'; \
             worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
        Self { page, policy }
    }
}
