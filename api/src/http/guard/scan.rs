//! The text of a document, read once, before a parser that recurses does.
//!
//! Every recursion of the parser passes through one of the brackets `{ [ (`: selection sets, lists, objects, list types. The scan
//! sees the same brackets because both read by one [`Lexer`].

use super::lexer::{Lexer, is_name_start};
use super::limits::Limits;
use super::refusal::{Limit, Refusal, within};

/// The most brackets open at once that any configuration can allow. The parser bears some 300 on a thread of
/// 2 MiB without optimization, and gives up on selections below 64 by itself.
pub const NESTING_CEILING: u64 = 64;

/// What a document that passed the scan is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scanned {
    /// Lexical tokens and comments.
    pub tokens: u64,
    /// The most brackets open at once.
    pub nesting: u64,
    /// Steps taken: at most one per byte and one per token.
    pub work: u64,
}

/// Reads `document` once and counts its tokens and open brackets.
///
/// # Errors
///
/// A bound is passed (bytes, tokens, nesting, bytes of a name), or the text is no GraphQL: a character or an escape that the
/// language does not have, a text without its end, brackets that do not match.
pub fn scan(document: &str, limits: &Limits) -> Result<Scanned, Refusal> {
    let bytes = u64::try_from(document.len()).unwrap_or(u64::MAX);
    within(Limit::Document, bytes, limits.document_bytes, None)?;
    let mut lexer = Lexer::new(document);
    let mut open: Vec<u8> = Vec::new();
    let (mut tokens, mut nesting) = (0, 0);
    let allowed_nesting = limits.nesting.min(NESTING_CEILING);
    while let Some(token) = lexer.next_token()? {
        tokens += 1;
        if tokens > limits.tokens {
            return Err(lexer.exceeded(Limit::Tokens, tokens, limits.tokens, token.start));
        }
        match token.first {
            b'{' | b'[' | b'(' => {
                open.push(token.first);
                nesting = nesting.max(open.len() as u64);
                if nesting > allowed_nesting {
                    return Err(lexer.exceeded(Limit::Depth, nesting, allowed_nesting, token.start));
                }
            }
            b'}' | b']' | b')' if open.pop() != Some(opener(token.first)) => {
                return Err(lexer.syntax("a bracket closes what is not open", token.start));
            }
            first if is_name_start(first) => {
                let length = (token.end - token.start) as u64;
                if length > limits.name_bytes {
                    return Err(lexer.exceeded(Limit::Name, length, limits.name_bytes, token.start));
                }
            }
            _ => {}
        }
    }
    if open.is_empty() {
        Ok(Scanned { tokens, nesting, work: lexer.work() })
    } else {
        Err(lexer.syntax("a bracket is not closed", document.len()))
    }
}

const fn opener(closer: u8) -> u8 {
    match closer {
        b'}' => b'{',
        b']' => b'[',
        _ => b'(',
    }
}
