//! The catalogue of rules by which broken links are found: one table, from which come the rows (a view), the counts of the
//! quality score, the root list `brokenLinkRules` and the page `docs/broken-links.md`.

mod rules;
mod sql;

use entity::{
    Kind, VocabularyTerm,
    insight::{BrokenLinkRule, Severity},
};
use serde_json::{Value, json};

use crate::graph::{
    declaration::{ObjectShape, Shape, ShapeField},
    error::{Locale, Refusal},
};

pub use rules::{RULES, VIEW};

/// A rule of the catalogue.
#[derive(Debug)]
pub struct Rule {
    /// Its code.
    pub code: BrokenLinkRule,
    /// Kind of the objects that it looks at.
    pub object: Kind,
    /// How much it matters.
    pub severity: Severity,
    /// How much one broken link counts in the quality score.
    pub weight: u32,
    /// What to do about it, in Spanish.
    pub hint_es: &'static str,
    /// The same in English.
    pub hint_en: &'static str,
    /// Template of two counts: the objects of an organization `{t}` at which it looks, and those of them at which it finds a
    /// broken link.
    pub counts: &'static str,
}

impl Rule {
    /// The rule with this stored number.
    pub fn numbered(number: i16) -> Option<&'static Rule> {
        RULES.iter().find(|rule| rule.code.number() == number)
    }

    /// Its code as a word.
    pub fn term(&self) -> &'static VocabularyTerm {
        term_of(&BrokenLinkRule::VOCABULARY, self.code.number())
    }

    /// Does it look at findings, plans or decisions? Not every member reads these.
    pub fn is_of_improvement(&self) -> bool {
        matches!(self.object, Kind::Finding | Kind::ImprovementAction | Kind::ImprovementPlan | Kind::Decision)
    }

    /// As the schema shows it.
    pub fn shown(&self, locale: Locale) -> Value {
        let term = self.term();
        json!({
            "rule": term.name,
            "severity": term_of(&Severity::VOCABULARY, self.severity.number()).name,
            "weight": self.weight,
            "label": locale.label(term),
            "description": term.description,
            "hint": locale.either(self.hint_es, self.hint_en),
        })
    }
}

fn term_of(vocabulary: &entity::Vocabulary, number: i16) -> &'static VocabularyTerm {
    vocabulary.by_number(number).unwrap_or(&vocabulary.terms[0])
}

const TEXT: Shape = Shape::Leaf("String");

/// A rule, as the schema shows it.
pub static DEFINITION: ObjectShape = ObjectShape {
    name: "BrokenLinkDefinition",
    description: "Regla de enlaces rotos. A rule of the catalogue, with the weight that it has in the quality score.",
    fields: &[
        ShapeField {
            name: "rule",
            description: "Código. Stable; meant for programs.",
            shape: &Shape::Leaf("BrokenLinkRule"),
            nullable: false,
        },
        ShapeField {
            name: "severity",
            description: "Severidad. How much such a broken link matters.",
            shape: &Shape::Leaf("Severity"),
            nullable: false,
        },
        ShapeField {
            name: "weight",
            description: "Peso. How much one such broken link counts in the quality score.",
            shape: &Shape::Leaf("Int"),
            nullable: false,
        },
        ShapeField {
            name: "label",
            description: "Rótulo. What to call it, in the language of the request.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "description",
            description: "Descripción. When it is found, the Spanish term first.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "hint",
            description: "Sugerencia. What to do about it, in the language of the request.",
            shape: &TEXT,
            nullable: false,
        },
    ],
};

/// The catalogue, as the root field `brokenLinkRules` gives it.
pub static DEFINITIONS: Shape = Shape::List(&Shape::Object(&DEFINITION));

/// The published catalogue.
pub fn definitions(_: &serde_json::Map<String, Value>, locale: Locale) -> Result<Value, Refusal> {
    Ok(RULES.iter().map(|rule| rule.shown(locale)).collect())
}

/// The page `docs/broken-links.md`.
pub fn broken_links_markdown() -> String {
    let mut page = String::from(
        "# Broken links\n\n\
         The rules by which broken links (*enlaces rotos*) are found, as of a day. Each looks at the objects of one \
         organization that are in force on it. Generated from the catalogue by `articula docs`; \
         `brokenLinkRules` gives the same.\n\n\
         The quality score of an organization is 100 × (1 − Σ weight × found ÷ Σ weight × checked), over all rules, \
         rounded to one decimal: one more broken link lowers it by 100 × weight ÷ Σ weight × checked. Where nothing is \
         checked there is no score.\n\n\
         | rule | object | severity | weight | is found when | what to do |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for rule in RULES {
        let term = rule.term();
        let severity = term_of(&Severity::VOCABULARY, rule.severity.number()).name;
        page.push_str(&format!(
            "| `{}`<br>{}<br>{} | {:?} | {severity} | {} | {} | {}<br>*{}* |\n",
            term.name, term.es, term.en, rule.object, rule.weight, term.description, rule.hint_en, rule.hint_es,
        ));
    }
    page
}

#[cfg(test)]
mod tests;
