//! The page `docs/glossary.md`: which Spanish term is which English name, taken from the descriptions of the schema.

use std::collections::BTreeMap;

use crate::{catalogue::ENTITIES, graph::declaration::Source};

/// The page.
pub fn glossary_markdown() -> String {
    let mut page = String::from(
        "# Glosario\n\nGenerated from the descriptions of the schema by `articula docs`; a test keeps it current.\n\n\
         ## Términos\n\n| español | English | significado |\n| --- | --- | --- |\n",
    );
    let mut terms = BTreeMap::new();
    for entity in ENTITIES {
        enter(&mut terms, entity.name.to_owned(), entity.description);
        for member in entity.members {
            // A field that only names the far type again says nothing new.
            let far = match &member.source {
                Source::One(edge) | Source::Many(edge, _) => term(edge.target.description),
                _ => "",
            };
            if term(member.description) != far {
                enter(&mut terms, format!("{}.{}", entity.name, member.name), member.description);
            }
        }
    }
    for (_, (spanish, names, meaning)) in terms {
        page.push_str(&format!("| {spanish} | {} | {meaning} |\n", names.join(", ")));
    }
    page.push_str("\n## Listas\n\n| lista | valor | español | English |\n| --- | --- | --- | --- |\n");
    for vocabulary in entity::VOCABULARIES {
        for value in vocabulary.terms {
            page.push_str(&format!("| {} | `{}` | {} | {} |\n", vocabulary.name, value.name, value.es, value.en));
        }
    }
    page
}

/// Spanish term as people write it, the names that bear it, and what the first of them means; by folded term and meaning.
type Terms = BTreeMap<(String, String), (String, Vec<String>, String)>;

fn enter(terms: &mut Terms, name: String, description: &str) {
    let (spanish, meaning) = (term(description), meaning(description));
    let key = (entity::fold(spanish), meaning.clone());
    let entry = terms.entry(key).or_insert_with(|| (spanish.to_owned(), Vec::new(), meaning));
    entry.1.push(format!("`{name}`"));
}

fn term(description: &str) -> &str {
    description.split(". ").next().unwrap_or_default().trim_end_matches('.')
}

/// The first sentence after the term.
fn meaning(description: &str) -> String {
    let rest = description.split_once(". ").map_or("", |(_, rest)| rest);
    let sentence = rest.split(". ").next().unwrap_or_default().trim_end_matches('.');
    sentence.replace('|', "\\|").replace('\n', " ")
}
