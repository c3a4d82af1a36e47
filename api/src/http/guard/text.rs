//! What a text or a block text stands for (specification 2.9.4).

use super::lexer::unicode;

/// The value of a text as it is written, quotation marks included; the lexer has read it to its end.
pub(super) fn value(written: &str) -> String {
    match written.strip_prefix("\"\"\"").and_then(|rest| rest.strip_suffix("\"\"\"")) {
        Some(raw) => block(&raw.replace("\\\"\"\"", "\"\"\"")),
        None => line(written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default()),
    }
}

/// A text in one line, with its escapes replaced.
fn line(mut rest: &str) -> String {
    let mut value = String::with_capacity(rest.len());
    while let Some(at) = rest.find('\\') {
        value.push_str(&rest[..at]);
        rest = &rest[at..];
        let (character, length) = match rest.as_bytes().get(1) {
            Some(b'b') => ('\u{8}', 2),
            Some(b'f') => ('\u{c}', 2),
            Some(b'n') => ('\n', 2),
            Some(b'r') => ('\r', 2),
            Some(b't') => ('\t', 2),
            Some(b'u') => unicode(rest.as_bytes()).unwrap_or((char::REPLACEMENT_CHARACTER, 2)),
            Some(other) => (char::from(*other), 2),
            None => break,
        };
        value.push(character);
        rest = &rest[length..];
    }
    value.push_str(rest);
    value
}

/// A block text without its common indentation and the blank lines around it.
fn block(raw: &str) -> String {
    let lines: Vec<&str> = raw.split("\r\n").flat_map(|part| part.split(['\r', '\n'])).collect();
    let indent = |line: &&str| line.find(|character| character != ' ' && character != '\t');
    let common = lines.iter().skip(1).filter_map(indent).min().unwrap_or(0);
    let first = lines.iter().position(|line| indent(line).is_some()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| indent(line).is_some()).map_or(0, |at| at + 1);
    let cut = |(at, line): (usize, &&'_ str)| match at {
        0 => (*line).to_owned(),
        _ => line.get(common..).unwrap_or_default().to_owned(),
    };
    let kept = lines.iter().enumerate().take(last).skip(first).map(cut);
    kept.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_stand_for_characters() {
        for (written, expected) in [
            (r#""""#, ""),
            (r#""abc""#, "abc"),
            (r#""a\"b\\c\/d\n\t\b\f\r""#, "a\"b\\c/d\n\t\u{8}\u{c}\r"),
            (r#""\u00f1\u{f1}\u{1F600}\uD83D\uDE00""#, "ññ😀😀"),
            (r#""\\""#, "\\"),
            (r#""\"""#, "\""),
        ] {
            assert_eq!(value(written), expected, "{written}");
        }
    }

    #[test]
    fn a_block_loses_what_only_lays_it_out() {
        for (written, expected) in [
            ("\"\"\"\"\"\"", ""),
            ("\"\"\"abc\"\"\"", "abc"),
            ("\"\"\"\n    Hola,\n      mundo\n\n    fin\n  \"\"\"", "Hola,\n  mundo\n\nfin"),
            ("\"\"\"  a\r\n  b\r  c\"\"\"", "  a\nb\nc"),
            ("\"\"\"a \\\"\"\" b \\n\"\"\"", "a \"\"\" b \\n"),
            ("\"\"\"\n\t\u{f1}x\n \u{f1}y\n\"\"\"", "ñx\nñy"),
        ] {
            assert_eq!(value(written), expected, "{written:?}");
        }
    }
}
