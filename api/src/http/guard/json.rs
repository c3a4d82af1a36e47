//! The body of a request and its variables, before they become values in memory.

use super::limits::Limits;
use super::refusal::{Limit, Refusal, within};

/// What the variables of a request are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Weighed {
    /// Values of every kind, those inside lists and objects included; names of members do not count.
    pub values: u64,
    /// The most brackets open at once.
    pub nesting: u64,
    /// Bytes of the longest text or name of a member, as written.
    pub longest_text: u64,
    /// Steps taken: at most one per byte.
    pub work: u64,
}

/// Refuses a body by its length alone: asked with `Content-Length` before reading, and again with each piece that arrives.
///
/// # Errors
///
/// The body is longer than [`Limits::body_bytes`].
pub fn check_body(bytes: u64, limits: &Limits) -> Result<(), Refusal> {
    within(Limit::Body, bytes, limits.body_bytes, None)
}

/// Reads the JSON text of the variables once, before it is parsed: take them from the body as `RawValue`.
///
/// `serde_json` stops at 127 levels, so parsing alone is safe; what comes after is not obliged to be. The library checks,
/// copies and drops values by recursion, with several calls per level, and each byte of `[[],[],…` becomes
/// some forty in memory. So nesting and number are bounded here, more strictly. Wrong JSON is left to the parser: this
/// only counts, and whatever it counts wrongly there the parser refuses.
///
/// # Errors
///
/// A bound is passed: number of values, nesting, or the bytes of one text.
pub fn weigh(variables: &str, limits: &Limits) -> Result<Weighed, Refusal> {
    let bytes = variables.as_bytes();
    let mut seen = Weighed::default();
    let (mut at, mut open) = (0_usize, 0_u64);
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'{' | b'[' => {
                seen.values += 1;
                open += 1;
                seen.nesting = seen.nesting.max(open);
            }
            b'}' | b']' => open = open.saturating_sub(1),
            b'"' => {
                at = end_of_text(bytes, at);
                seen.values += 1;
                seen.longest_text = seen.longest_text.max((at - start).saturating_sub(2) as u64);
            }
            // The text before a colon was the name of a member, no value.
            b':' => seen.values = seen.values.saturating_sub(1),
            _ if is_scalar(byte) => {
                at += bytes[at..].iter().take_while(|byte| is_scalar(**byte)).count();
                seen.values += 1;
            }
            _ => {}
        }
        seen.work += (at - start) as u64;
        within(Limit::VariablesDepth, seen.nesting, limits.values_nesting, None)?;
        within(Limit::VariableValues, seen.longest_text, limits.text_bytes, None)?;
        // One more is allowed: a name of a member counts until its colon is read.
        within(Limit::VariableValues, seen.values, limits.values.saturating_add(1), None)?;
    }
    within(Limit::VariableValues, seen.values, limits.values, None)?;
    Ok(seen)
}

/// The place behind the quotation mark that ends a text, or the end of a text that has none.
fn end_of_text(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b'"' => return at + 1,
            b'\\' => 2,
            _ => 1,
        };
    }
    bytes.len()
}

/// Belongs to a number or to `true`, `false`, `null`.
const fn is_scalar(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')
}
