//! `docs/errors.md`, written from the table and the texts.

use std::fmt::Write;

use fluent_bundle::FluentValue;

use super::{ErrorClass, ErrorCode, Locale, texts};

const HEAD: &str = "# Error codes

Generated from `api/src/graph/error/table.rs` and `api/texts` by `articula docs`; a test keeps it current.

A code never changes its meaning and is never given to another. *Retriable* says that the same request, sent again unchanged a
little later, may succeed. A status stands only where the code can refuse a whole request; everything else is answered with
status 200, as an entry of a payload's `errors` or of the top-level `errors`.

Whoever asks for `Accept: application/json`, or names no type, gets status 200 in the place of 400 for whatever is wrong with
the document or the variables (GraphQL over HTTP, section 6.4.1): look at `errors`, and whether `data` is there. With
`Accept: application/graphql-response+json` the status is the one below. What is wrong with the HTTP request itself
(`BAD_REQUEST`, and every status but 400) is told with its status either way.

Texts come in the language that `Accept-Language`
asks for, Spanish when it asks for nothing; words in braces are the parameters, which `params` repeats as data.
";

/// The page of all codes, by class, with both texts.
pub fn errors_markdown() -> String {
    let mut page = HEAD.to_owned();
    for class in ErrorClass::ALL {
        // Writing into a String cannot fail.
        let _ = write!(page, "\n## {}\n\n{}\n\n", class.name(), class.description());
        page.push_str(
            "| code | status | retriable | español | English | parameters |\n| --- | --- | --- | --- | --- | --- |\n",
        );
        for code in ErrorCode::ALL.iter().filter(|code| code.entry().class == class) {
            page.push_str(&row(*code));
        }
    }
    page
}

fn row(code: ErrorCode) -> String {
    let entry = code.entry();
    let status = entry.status.map_or_else(|| "–".to_owned(), |status| status.to_string());
    let retriable = if entry.retriable { "yes" } else { "no" };
    let [es, en] = Locale::ALL.map(|locale| {
        texts::format(code, locale, |name| Some(FluentValue::from(format!("{{{name}}}")))).replace('|', "\\|")
    });
    let params = entry.params.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let name = entry.name;
    format!("| <a id=\"{name}\"></a>`{name}` | {status} | {retriable} | {es} | {en} | {params} |\n")
}
