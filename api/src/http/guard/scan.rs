//! The text of a document, read once, before a parser that recurses does.
//!
//! Every recursion of the library's parser passes through one of the brackets `{ [ (`: selection sets, lists, objects, list
//! types. The scan sees the same brackets as the parser because it reads texts, block texts and comments by the
//! same rules, and refuses every text that ends in another place for one of the two.

use super::limits::Limits;
use super::refusal::{Limit, Position, Refusal, within};

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
    let mut lexer = Lexer { text: document, bytes: document.as_bytes(), at: 0, work: 0 };
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
                let length = (lexer.at - token.start) as u64;
                if length > limits.name_bytes {
                    return Err(lexer.exceeded(Limit::Name, length, limits.name_bytes, token.start));
                }
            }
            _ => {}
        }
    }
    if open.is_empty() {
        Ok(Scanned { tokens, nesting, work: lexer.work })
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

const fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

struct Token {
    first: u8,
    start: usize,
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    work: u64,
}

impl Lexer<'_> {
    /// The next token or comment; the lexer then stands behind it.
    fn next_token(&mut self) -> Result<Option<Token>, Refusal> {
        self.skip_ignored();
        let start = self.at;
        let Some(first) = self.peek(0) else { return Ok(None) };
        self.step(1);
        match first {
            b'{' | b'}' | b'[' | b']' | b'(' | b')' | b'!' | b'$' | b'&' | b':' | b'=' | b'@' | b'|' => {}
            b'.' if self.peek(0) == Some(b'.') && self.peek(1) == Some(b'.') => self.step(2),
            b'"' => self.string(start)?,
            b'#' => self.run(|byte| byte != b'\r' && byte != b'\n'),
            b'-' | b'0'..=b'9' => self.number(),
            _ if is_name_start(first) => self.run(is_name),
            _ => return Err(self.syntax("a character that GraphQL does not have", start)),
        }
        Ok(Some(Token { first, start }))
    }

    /// White space, commas and byte order marks (the parser ignores them anywhere).
    fn skip_ignored(&mut self) {
        while let Some(byte) = self.peek(0) {
            match byte {
                b' ' | b'\t' | b',' | b'\r' | b'\n' => self.step(1),
                0xEF if self.bytes[self.at..].starts_with("\u{feff}".as_bytes()) => self.step(3),
                _ => break,
            }
        }
    }

    /// A text after its first quotation mark.
    fn string(&mut self, start: usize) -> Result<(), Refusal> {
        if self.peek(0) == Some(b'"') {
            self.step(1);
            if self.peek(0) != Some(b'"') {
                return Ok(());
            }
            self.step(1);
            return self.block(start);
        }
        loop {
            match self.peek(0) {
                Some(b'"') => {
                    self.step(1);
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                None | Some(b'\r' | b'\n') => return Err(self.syntax("a text has no end", start)),
                Some(_) => self.step(1),
            }
        }
    }

    /// A block text after its three quotation marks; a backslash means something only before three of them.
    fn block(&mut self, start: usize) -> Result<(), Refusal> {
        loop {
            let rest = &self.bytes[self.at..];
            if rest.is_empty() {
                return Err(self.syntax("a block text has no end", start));
            } else if rest.starts_with(b"\"\"\"") {
                self.step(3);
                return Ok(());
            } else if rest.starts_with(b"\\\"\"\"") {
                self.step(4);
            } else {
                self.step(1);
            }
        }
    }

    /// An escape in a text. Halves of surrogate pairs are no characters, and the parser refuses them too.
    fn escape(&mut self) -> Result<(), Refusal> {
        let start = self.at;
        match self.peek(1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.step(2),
            Some(b'u') => {
                let digits = self.bytes.get(start + 2..start + 6).unwrap_or_default();
                let surrogate = matches!(digits, [b'd' | b'D', b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F', ..]);
                if digits.len() != 4 || !digits.iter().all(u8::is_ascii_hexdigit) || surrogate {
                    return Err(self.syntax("an escape that is no character", start));
                }
                self.step(6);
            }
            _ => return Err(self.syntax("an escape that GraphQL does not have", start)),
        }
        Ok(())
    }

    /// A number after its first character. Wrong ones (`1x`, `1.e`) are left to the parser: they hide no bracket.
    fn number(&mut self) {
        self.run(|byte| byte.is_ascii_digit());
        if self.peek(0) == Some(b'.') && self.peek(1).is_some_and(|byte| byte.is_ascii_digit()) {
            self.step(1);
            self.run(|byte| byte.is_ascii_digit());
        }
        if matches!(self.peek(0), Some(b'e' | b'E')) {
            self.step(1);
            if matches!(self.peek(0), Some(b'+' | b'-')) {
                self.step(1);
            }
            self.run(|byte| byte.is_ascii_digit());
        }
    }

    fn run(&mut self, belongs: impl Fn(u8) -> bool) {
        while self.peek(0).is_some_and(&belongs) {
            self.step(1);
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn step(&mut self, bytes: usize) {
        self.at += bytes;
        self.work += 1;
    }

    fn syntax(&self, reason: &'static str, offset: usize) -> Refusal {
        Refusal::Syntax { reason, at: Position::of(self.text, offset) }
    }

    fn exceeded(&self, limit: Limit, actual: u64, allowed: u64, offset: usize) -> Refusal {
        Refusal::Exceeded { limit, actual, allowed, at: Some(Position::of(self.text, offset)) }
    }
}
