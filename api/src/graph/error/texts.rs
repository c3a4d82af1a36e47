//! The texts of the codes, in Fluent (`api/texts`), one message a code, named like the code.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde_json::Value;

use super::{ErrorClass, ErrorCode, Locale, Refusal, mention, words::word};

/// The source of a language's texts.
pub(super) const fn source(locale: Locale) -> &'static str {
    match locale {
        Locale::EsCo => include_str!("../../../texts/es-CO.ftl"),
        Locale::En => include_str!("../../../texts/en.ftl"),
    }
}

static TEXTS: LazyLock<[FluentBundle<FluentResource>; 2]> = LazyLock::new(|| Locale::ALL.map(bundle));

/// A mistake in a file costs its own messages only, and a test finds it: the server never dies of a text.
fn bundle(locale: Locale) -> FluentBundle<FluentResource> {
    let resource = FluentResource::try_new(source(locale).to_owned()).unwrap_or_else(|(legible, _)| legible);
    let mut bundle = FluentBundle::new_concurrent(locale.tag().parse().into_iter().collect());
    // The marks that isolate directions would be invisible dirt in JSON; both languages run left to right.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The text of a refusal in a language. A parameter that was not given shows as a dash, unless the text chooses other words by
/// `{name}-given`, which is `yes` or `no`.
pub fn message(refusal: &Refusal, locale: Locale) -> String {
    let text = text(refusal, locale);
    match refusal.code.entry().class {
        ErrorClass::Input => place(&refusal.path, locale).map_or(text.clone(), |place| format!("{text} ({place})")),
        _ => text,
    }
}

/// Which items of lists a path leads through, in words: whoever reads it sees no path. Counted from 1.
fn place(path: &[String], locale: Locale) -> Option<String> {
    let items = path.windows(2).filter_map(|pair| {
        let number: usize = pair[1].parse().ok()?;
        let number = (number + 1).to_string();
        let values = [("number", number.as_str())];
        phrase(&format!("item-{}", pair[0]), locale, &values).or_else(|| phrase("item-other", locale, &values))
    });
    let items: Vec<_> = items.collect();
    if items.is_empty() { None } else { Some(items.join(", ")) }
}

fn text(refusal: &Refusal, locale: Locale) -> String {
    let given = |name: &str| refusal.params.get(name).filter(|value| !value.is_null());
    format(refusal.code, locale, |name| {
        let value = given(name)?;
        let words = |value: &Value| match value.as_str() {
            Some(text) => word(refusal.code, name, text, locale),
            None => mention::words(value, locale),
        };
        Some(match value {
            Value::Array(items) => {
                let items = items.iter().map(|item| words(item).unwrap_or_else(|| shown(item)));
                FluentValue::from(items.collect::<Vec<_>>().join(", "))
            }
            value => words(value).map_or_else(|| plain(value), FluentValue::from),
        })
    })
}

/// A phrase that texts are put together from; `None` where there is no such phrase.
pub(super) fn phrase(name: &str, locale: Locale, values: &[(&str, &str)]) -> Option<String> {
    let bundle = of(locale);
    let pattern = bundle.get_message(name)?.value()?;
    let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, *value)).collect();
    Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
}

fn of(locale: Locale) -> &'static FluentBundle<FluentResource> {
    match locale {
        Locale::EsCo => &TEXTS[0],
        Locale::En => &TEXTS[1],
    }
}

/// The text of a code, its parameters filled by name; the code's name where there is no text.
pub(super) fn format<'v>(code: ErrorCode, locale: Locale, value: impl Fn(&str) -> Option<FluentValue<'v>>) -> String {
    let bundle = of(locale);
    let Some(pattern) = bundle.get_message(code.name()).and_then(|message| message.value()) else {
        return code.name().to_owned();
    };
    bundle.format_pattern(pattern, Some(&arguments(code, value)), &mut Vec::new()).into_owned()
}

/// What a text is given: each parameter of its code, and whether there is one.
fn arguments<'v>(code: ErrorCode, value: impl Fn(&str) -> Option<FluentValue<'v>>) -> FluentArgs<'v> {
    let mut arguments = FluentArgs::new();
    for name in code.entry().params {
        let given = value(name);
        arguments.set(format!("{name}-given"), if given.is_some() { "yes" } else { "no" });
        arguments.set(*name, given.unwrap_or_else(|| FluentValue::from("—")));
    }
    arguments
}

/// Numbers as numbers, so that texts may choose a plural; everything else as it is written in JSON, strings unquoted.
fn plain(value: &Value) -> FluentValue<'_> {
    match value {
        Value::String(text) => FluentValue::from(text.as_str()),
        Value::Number(number) if number.is_i64() => FluentValue::from(number.as_i64().unwrap_or_default()),
        other => FluentValue::from(other.to_string()),
    }
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The names that a file defines, in its order.
    fn defined(locale: Locale) -> Vec<&'static str> {
        source(locale)
            .lines()
            .filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic() || first == '-'))
            .filter_map(|line| line.split_once('=').map(|(name, _)| name.trim()))
            .collect()
    }

    #[test]
    fn files_are_legible() {
        for locale in Locale::ALL {
            let faults = FluentResource::try_new(source(locale).to_owned()).err().map(|(_, faults)| faults);
            assert!(faults.is_none(), "{}: {faults:?}", locale.tag());
        }
    }

    #[test]
    fn every_code_has_its_text_and_every_text_its_code() {
        let codes: BTreeSet<&str> = ErrorCode::ALL.iter().map(|code| code.name()).collect();
        for locale in Locale::ALL {
            let names = defined(locale);
            let unique: BTreeSet<&str> = names.iter().copied().collect();
            assert_eq!(names.len(), unique.len(), "{}: a text stands twice", locale.tag());
            // Phrases are written small, and the same in both languages.
            let phrases = |names: &[&'static str]| -> BTreeSet<_> {
                names.iter().copied().filter(|name| name.starts_with(char::is_lowercase)).collect()
            };
            assert_eq!(&unique - &phrases(&names), codes, "{}", locale.tag());
            assert_eq!(phrases(&names), phrases(&defined(Locale::EsCo)), "{}", locale.tag());
        }
    }

    #[test]
    fn texts_use_exactly_the_parameters_of_the_table() {
        for locale in Locale::ALL {
            let bundle = bundle(locale);
            for code in ErrorCode::ALL {
                let params = code.entry().params;
                let args = arguments(*code, |name| Some(FluentValue::from(format!("<{name}>"))));
                let pattern = bundle.get_message(code.name()).and_then(|message| message.value()).expect("its text");
                let mut faults = Vec::new();
                let text = bundle.format_pattern(pattern, Some(&args), &mut faults);
                assert!(faults.is_empty(), "{} {}: {faults:?}", locale.tag(), code.name());
                for name in params {
                    assert!(text.contains(&format!("<{name}>")), "{} {} leaves {name} out", locale.tag(), code.name());
                }
            }
        }
    }

    #[test]
    fn the_item_of_a_list_is_told_in_words() {
        let long = ErrorCode::TooLong.at(["input", "activities", "3", "description"]).with("maximum", 4000);
        assert_eq!(long.message(Locale::EsCo), "Es demasiado largo: el máximo es 4000. (actividad 4)");
        let deep = ErrorCode::Required.at(["processes", "0", "responsibilities", "1", "unit"]);
        assert_eq!(deep.message(Locale::En), "This value is required. (process 1, responsibility 2)");
        assert_eq!(ErrorCode::Required.at(["input", "name"]).message(Locale::En), "This value is required.");
    }

    #[test]
    fn an_open_end_is_told_in_words() {
        let taken = ErrorCode::LeadTaken.with("unit", "Calidad").with("from", "2026-01-01").with("to", Value::Null);
        let text = taken.message(Locale::EsCo);
        assert!(
            text.starts_with("“Calidad” lidera el proceso desde el 2026-01-01, sin fecha de fin. Termine"),
            "{text}"
        );
        let text = taken.with("to", "2027-01-01").message(Locale::EsCo);
        assert!(
            text.starts_with("“Calidad” lidera el proceso desde el 2026-01-01 hasta el 2027-01-01. Termine"),
            "{text}"
        );
        let twice = ErrorCode::Duplicate.with("from", "2026-01-01").message(Locale::EsCo);
        assert_eq!(twice, "Este valor está repetido: ya rige desde el 2026-01-01, sin fecha de fin.");
        assert_eq!(Refusal::from(ErrorCode::Duplicate).message(Locale::EsCo), "Este valor está repetido.");
        let expected = ErrorCode::InvalidArgument.with("expected", "1…100").message(Locale::EsCo);
        assert_eq!(expected, "El valor no es válido para este campo. Se espera: 1…100.");
    }

    #[test]
    fn texts_are_plain() {
        let refusal = ErrorCode::VersionConflict.at(["expectedVersion"]).with("current", 1_234_567);
        for locale in Locale::ALL {
            let text = refusal.message(locale);
            assert!(text.contains("1234567"), "{text}");
            assert!(text.chars().all(|c| !('\u{2066}'..='\u{2069}').contains(&c)), "{text}");
        }
        let moved = ErrorCode::TransitionNotAllowed.with("from", "DRAFT").with("to", "IN_FORCE");
        assert_ne!(moved.message(Locale::EsCo), moved.message(Locale::En));
        assert!(Refusal::from(ErrorCode::Backdated).message(Locale::En).contains('—'));
    }
}
