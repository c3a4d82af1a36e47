//! The form of single values. Each check answers the first thing wrong with the value, or nothing.
//!
//! Text arrives in NFC: it is normalized once, where input is read, and lengths here count the Unicode scalar
//! values of that form, so that "é" is one however it was typed.

use super::{Violation, code};

/// Most characters of a name.
pub const NAME_LIMIT: usize = 200;
/// Most characters of a note, a reason, a description.
pub const NOTE_LIMIT: usize = 4_000;
/// Most functions of a unit or a job.
pub const FUNCTIONS_LIMIT: usize = 60;
/// Most characters of one function.
pub const FUNCTION_LIMIT: usize = 2_000;
/// Most characters of a unit's code.
pub const UNIT_CODE_LIMIT: usize = 20;
/// Most characters of a reference to a document.
pub const URI_LIMIT: usize = 2_000;

/// Every violation of these checks, each put under the name of its field.
pub fn gather<'a>(checks: impl IntoIterator<Item = (&'a str, Option<Violation>)>) -> Vec<Violation> {
    checks.into_iter().filter_map(|(field, check)| Some(check?.under([field]))).collect()
}

/// Denominación. A name, subject or title: one line of 1 to 200 characters.
/// REQUIRED, TOO_LONG(limit), MALFORMED(expected).
pub fn name(text: &str) -> Option<Violation> {
    text_of(text, NAME_LIMIT).or_else(|| malformed(!text.chars().any(is_hidden), "one line of text"))
}

/// Does the character not show, or does it change how others are shown? Two names that look alike could differ by it, or a
/// name could read otherwise than it is written. Controls, ends of lines, zero width, direction.
pub fn is_hidden(c: char) -> bool {
    let format = matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}');
    c.is_control() || format
}

/// Nota. Text of any number of lines, up to 4,000 characters; may be empty. TOO_LONG(limit).
pub fn note(text: &str) -> Option<Violation> {
    too_long(text, NOTE_LIMIT)
}

/// Motivo. As a note, and not empty. REASON_REQUIRED, TOO_LONG(limit).
pub fn reason(text: Option<&str>) -> Option<Violation> {
    match text.filter(|text| !text.trim().is_empty()) {
        Some(text) => note(text),
        None => Some(Violation::new(code::REASON_REQUIRED)),
    }
}

/// Funciones. Up to 60 of them, each 1 to 2,000 characters; the path names the item.
/// TOO_LONG(limit), REQUIRED.
pub fn functions<S: AsRef<str>>(items: &[S]) -> Vec<Violation> {
    if items.len() > FUNCTIONS_LIMIT {
        return vec![Violation::new(code::TOO_LONG).with("limit", FUNCTIONS_LIMIT)];
    }
    let check = |(index, item): (usize, &S)| Some(text_of(item.as_ref(), FUNCTION_LIMIT)?.under([index]));
    items.iter().enumerate().filter_map(check).collect()
}

/// Código de dependencia. 1 to 20 of `A`–`Z`, `0`–`9`, `.` and `-`. REQUIRED, TOO_LONG(limit), MALFORMED(expected).
pub fn unit_code(text: &str) -> Option<Violation> {
    let allowed = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '.' || c == '-';
    text_of(text, UNIT_CODE_LIMIT).or_else(|| malformed(text.chars().all(allowed), "A-Z 0-9 . -"))
}

/// NIT. Nine or ten digits and, after a hyphen, the check digit if it is known. MALFORMED(expected), which names
/// the right digit when only that one is wrong.
pub fn tax_id(text: &str) -> Option<Violation> {
    let (number, check) = text.split_once('-').map_or((text, None), |(number, check)| (number, Some(check)));
    let form =
        matches!(number.len(), 9 | 10) && digits(number) && check.is_none_or(|check| check.len() == 1 && digits(check));
    malformed(form, "999999999-9").or_else(|| {
        let right = nit_check_digit(number).to_string();
        malformed(check.is_none_or(|check| check == right), &format!("{number}-{right}"))
    })
}

/// Dígito de verificación. The check digit of a NIT as the DIAN computes it: the digits from the right, weighted
/// with primes, modulo 11. Only the last 15 digits of `number` count; other characters do too, as no digit.
pub fn nit_check_digit(number: &str) -> u32 {
    const WEIGHTS: [u32; 15] = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71];
    let digits = number.chars().rev().map(|c| c.to_digit(10).unwrap_or(0));
    match digits.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum::<u32>() % 11 {
        rest @ (0 | 1) => rest,
        rest => 11 - rest,
    }
}

/// Huella. A SHA-256 in 64 hexadecimal digits, of either case. MALFORMED(expected).
pub fn sha256(text: &str) -> Option<Violation> {
    malformed(text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit()), "64 hexadecimal digits")
}

/// Tipo de medio. `type/subtype` in the characters of RFC 6838 section 4.2, without parameters. MALFORMED(expected).
pub fn media_type(text: &str) -> Option<Violation> {
    let restricted = |name: &str| {
        (1..=127).contains(&name.len())
            && name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c))
    };
    let form = text.split_once('/').is_some_and(|(kind, subtype)| restricted(kind) && restricted(subtype));
    malformed(form, "type/subtype")
}

/// Referencia. Where a document is kept: an `http`, `https` or `urn` URI of at most 2,000 characters. Nothing else,
/// so that no front end runs a `javascript:` it was given. REQUIRED, TOO_LONG(limit), MALFORMED(expected).
pub fn uri(text: &str) -> Option<Violation> {
    text_of(text, URI_LIMIT).or_else(|| malformed(is_uri(text), "http://… | https://… | urn:…:…"))
}

/// Grado. The grade of a job: two digits, `01` to `99`. MALFORMED(expected).
pub fn grade(text: &str) -> Option<Violation> {
    malformed(text.len() == 2 && digits(text) && text != "00", "01…99")
}

fn is_uri(text: &str) -> bool {
    // What RFC 3986 leaves out would be read differently by different clients.
    let plain = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c);
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let form = match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest.strip_prefix("//").is_some_and(has_host),
        "urn" => rest.split_once(':').is_some_and(|(space, name)| is_urn_namespace(space) && !name.is_empty()),
        _ => false,
    };
    form && text.chars().all(plain)
}

fn has_host(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // A user in front of the host is how links lie about where they lead.
    !authority.contains('@') && authority.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')
}

fn is_urn_namespace(space: &str) -> bool {
    (2..=32).contains(&space.len())
        && space.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !space.starts_with('-')
        && !space.ends_with('-')
}

fn text_of(text: &str, limit: usize) -> Option<Violation> {
    if text.trim().is_empty() { Some(Violation::new(code::REQUIRED)) } else { too_long(text, limit) }
}

fn too_long(text: &str, limit: usize) -> Option<Violation> {
    (text.chars().nth(limit).is_some()).then(|| Violation::new(code::TOO_LONG).with("limit", limit))
}

fn malformed(well: bool, expected: &str) -> Option<Violation> {
    (!well).then(|| Violation::new(code::MALFORMED).with("expected", expected))
}

fn digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests;
