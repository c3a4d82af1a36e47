//! What the value of a parameter is called in a text: `params` keep the codes, people read words in their language.

use entity::{
    OpaqueId, Vocabulary,
    access::Role,
    value_chain::{AlignmentRole, ProcessKind, ResponsibilityRole},
};

use super::{ErrorCode, Locale, texts::phrase};

/// The words for a value; `None` where it is shown as it is.
pub(super) fn word(code: ErrorCode, parameter: &str, value: &str, locale: Locale) -> Option<String> {
    match (code, parameter) {
        (ErrorCode::TransitionNotAllowed, "from" | "to") => state(value, locale),
        (ErrorCode::ProcessKindMismatch, "kind") => one_word(&[&ProcessKind::VOCABULARY], value, locale),
        (ErrorCode::Malformed, "format") | (ErrorCode::InvalidArgument, "expected") => format(value, locale),
        (ErrorCode::RolesExclude, "role") => {
            one_word(&[&ResponsibilityRole::VOCABULARY, &AlignmentRole::VOCABULARY], value, locale)
        }
        // A variable, and what it should look like.
        (ErrorCode::VariablesInvalid, "detail") => {
            let (place, expected) = value.split_once(": MALFORMED: ")?;
            Some(format!("{place}: {}", format(expected, locale)?))
        }
        (_, "role" | "roles") => Role::VOCABULARY.by_name(value).map(|term| locale.label(term).to_owned()),
        // Where no name is known, the path says which; an id means nothing to people.
        (_, "unit") if OpaqueId::parse(value).is_some() => phrase("unit-by-id", locale, &[]),
        _ => None,
    }
}

/// A word of one of these vocabularies.
fn one_word(vocabularies: &[&Vocabulary], name: &str, locale: Locale) -> Option<String> {
    let term = vocabularies.iter().find_map(|vocabulary| vocabulary.by_name(name));
    term.map(|term| locale.label(term).to_owned())
}

/// A state of any life cycle.
fn state(name: &str, locale: Locale) -> Option<String> {
    let mut states = entity::VOCABULARIES.iter().filter(|vocabulary| vocabulary.name.ends_with("State"));
    states.find_map(|vocabulary| vocabulary.by_name(name)).map(|term| locale.label(term).to_owned())
}

/// What a value should look like: a phrase of the texts, the words of a vocabulary, or the type as the schema names it.
/// Patterns such as `01…99` speak for themselves.
fn format(expected: &str, locale: Locale) -> Option<String> {
    let key: String = expected.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    phrase(&format!("format-{key}"), locale, &[])
        .or_else(|| one_of(expected, locale))
        .or_else(|| is_type(expected).then(|| phrase("format-of-type", locale, &[("type", expected)])).flatten())
}

fn one_of(vocabulary: &str, locale: Locale) -> Option<String> {
    let vocabulary = entity::VOCABULARIES.iter().find(|known| known.name == vocabulary)?;
    let values = vocabulary.terms.iter().map(|term| format!("{} ({})", term.name, locale.label(term)));
    phrase("format-one-of", locale, &[("values", &values.collect::<Vec<_>>().join(", "))])
}

fn is_type(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::error::Refusal;

    fn both(refusal: &Refusal) -> [String; 2] {
        Locale::ALL.map(|locale| refusal.message(locale))
    }

    #[test]
    fn people_read_their_language_and_programs_the_codes() {
        let refused = ErrorCode::TransitionNotAllowed.with("from", "UNDER_APPROVAL").with("to", "IN_FORCE");
        assert_eq!(
            both(&refused),
            ["No se puede pasar de En aprobación a Vigente.", "It cannot go from Under approval to In force."]
        );
        assert_eq!(refused.params["to"], "IN_FORCE");
        let lacking = crate::access::rules::lacks(crate::access::rules::Duty::ApproveStructure);
        assert!(both(&lacking)[0].contains("quien es Alta dirección;"), "{}", both(&lacking)[0]);
        assert_eq!(lacking.params["roles"], serde_json::json!(["SENIOR_MANAGEMENT"]));
        let id = entity::Id::<entity::organization::org_unit::Entity>::new().opaque().to_string();
        let [es, en] = both(&ErrorCode::SuccessorNotInVersion.with("unit", id.as_str()));
        assert!(es.starts_with("La dependencia indicada no") && !es.contains(&id), "{es}");
        assert!(en.starts_with("The unit that is named cannot") && !en.contains(&id), "{en}");
        let [es, _] = both(&ErrorCode::SuccessorNotInVersion.with("unit", "SED-100"));
        assert!(es.starts_with("La dependencia SED-100 no"), "{es}");
    }

    #[test]
    fn formats_are_told_in_words() {
        for (format, es, en) in [
            ("one line of text", "una línea de texto", "one line of text"),
            ("64 hexadecimal digits", "64 dígitos hexadecimales", "64 hexadecimal digits"),
            ("type/subtype", "tipo/subtipo", "type/subtype"),
            ("Date", "una fecha", "a date"),
            ("Int", "un número entero", "a whole number"),
            ("Boolean", "true o false", "true or false"),
            ("LegalActKind", "uno de LAW (Ley), DECREE (Decreto)", "one of LAW (Law), DECREE (Decree)"),
            ("LegalActCreateInput", "un valor de tipo LegalActCreateInput", "a value of type LegalActCreateInput"),
            ("01…99", "01…99", "01…99"),
            ("A-Z 0-9 . -", "A-Z 0-9 . -", "A-Z 0-9 . -"),
            ("1", "1", "1"),
        ] {
            let [spanish, english] = both(&ErrorCode::Malformed.with("format", format));
            assert!(spanish.contains(&format!("Se espera: {es}")), "{spanish}");
            assert!(english.contains(&format!("Expected: {en}")), "{english}");
        }
    }

    #[test]
    fn every_scalar_has_its_words() {
        let own = crate::graph::scalars::SCALARS.iter().map(|scalar| scalar.name).filter(|name| *name != "JSON");
        for scalar in own.chain(["Int", "Float", "Boolean", "String", "ID"]) {
            for locale in Locale::ALL {
                assert!(phrase(&format!("format-{scalar}"), locale, &[]).is_some(), "{scalar}");
            }
        }
    }
}
