//! The tokens of a document (specification 2.1), as the scan and the parser read them.

use super::refusal::{Limit, Position, Refusal};

/// Can a name begin with it?
pub(super) const fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// A token or a comment: its first byte tells its kind, the rest is in the text.
#[derive(Clone, Copy)]
pub(super) struct Token {
    pub first: u8,
    pub start: usize,
    pub end: usize,
}

/// Reads tokens one after another.
pub(super) struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    work: u64,
}

impl<'a> Lexer<'a> {
    /// A lexer before the first token of `text`.
    pub fn new(text: &'a str) -> Self {
        Self { text, bytes: text.as_bytes(), at: 0, work: 0 }
    }

    /// Steps taken: at most one per byte and one per token.
    pub fn work(&self) -> u64 {
        self.work
    }

    /// The next token or comment; the lexer then stands behind it.
    pub fn next_token(&mut self) -> Result<Option<Token>, Refusal> {
        self.skip_ignored();
        let start = self.at;
        let Some(first) = self.peek(0) else { return Ok(None) };
        self.step(1);
        match first {
            b'{' | b'}' | b'[' | b']' | b'(' | b')' | b'!' | b'$' | b'&' | b':' | b'=' | b'@' | b'|' => {}
            b'.' if self.peek(0) == Some(b'.') && self.peek(1) == Some(b'.') => self.step(2),
            b'"' => self.string(start)?,
            b'#' => self.run(|byte| byte != b'\r' && byte != b'\n'),
            b'-' | b'0'..=b'9' => self.number(first, start)?,
            _ if is_name_start(first) => self.run(is_name),
            _ => return Err(self.syntax("a character that GraphQL does not have", start)),
        }
        Ok(Some(Token { first, start, end: self.at }))
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

    /// An escape in a text. Halves of surrogate pairs are no characters; two that follow one another are one.
    fn escape(&mut self) -> Result<(), Refusal> {
        let start = self.at;
        match self.peek(1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.step(2),
            Some(b'u') => match unicode(&self.bytes[start..]) {
                Some((_, length)) => self.step(length),
                None => return Err(self.syntax("an escape that is no character", start)),
            },
            _ => return Err(self.syntax("an escape that GraphQL does not have", start)),
        }
        Ok(())
    }

    /// A number after its first character, with nothing behind it that could belong to it.
    fn number(&mut self, first: u8, start: usize) -> Result<(), Refusal> {
        let leading = if first == b'-' { self.digits(start)? } else { first };
        if leading == b'0' && self.at == start + 1 + usize::from(first == b'-') && self.is_digit() {
            return Err(self.syntax("a number with a zero before it", start));
        }
        self.run(|byte| byte.is_ascii_digit());
        if self.peek(0) == Some(b'.') {
            self.step(1);
            self.digits(start)?;
            self.run(|byte| byte.is_ascii_digit());
        }
        if matches!(self.peek(0), Some(b'e' | b'E')) {
            self.step(1);
            if matches!(self.peek(0), Some(b'+' | b'-')) {
                self.step(1);
            }
            self.digits(start)?;
            self.run(|byte| byte.is_ascii_digit());
        }
        match self.peek(0) {
            Some(byte) if byte == b'.' || is_name_start(byte) => Err(self.syntax("a number that goes on", start)),
            _ => Ok(()),
        }
    }

    /// One digit, which must be there.
    fn digits(&mut self, start: usize) -> Result<u8, Refusal> {
        let Some(digit) = self.peek(0).filter(u8::is_ascii_digit) else {
            return Err(self.syntax("a number without a digit", start));
        };
        self.step(1);
        Ok(digit)
    }

    fn is_digit(&self) -> bool {
        self.peek(0).is_some_and(|byte| byte.is_ascii_digit())
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

    /// A refusal for what is no GraphQL at a place.
    pub fn syntax(&self, reason: &'static str, offset: usize) -> Refusal {
        Refusal::Syntax { reason, at: Position::of(self.text, offset) }
    }

    /// A refusal for a bound that is passed at a place.
    pub fn exceeded(&self, limit: Limit, actual: u64, allowed: u64, offset: usize) -> Refusal {
        Refusal::Exceeded { limit, actual, allowed, at: Some(Position::of(self.text, offset)) }
    }
}

/// The character that `\uXXXX`, a pair of surrogates so written or `\u{X…}` stands for, and the bytes that it takes; none when it is
/// no character.
pub(super) fn unicode(escape: &[u8]) -> Option<(char, usize)> {
    if escape.get(2) == Some(&b'{') {
        let length = escape.iter().skip(3).position(|byte| *byte == b'}').filter(|length| *length > 0)?;
        let digits = escape.get(3..3 + length)?;
        return Some((char::from_u32(hexadecimal(digits)?)?, length + 4));
    }
    let high = hexadecimal(escape.get(2..6)?)?;
    if let Some(character) = char::from_u32(high) {
        return Some((character, 6));
    }
    let low = escape.get(6..12).filter(|low| low.starts_with(b"\\u")).and_then(|low| hexadecimal(&low[2..]))?;
    if !(0xD800..0xDC00).contains(&high) || !(0xDC00..0xE000).contains(&low) {
        return None;
    }
    Some((char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))?, 12))
}

fn hexadecimal(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |number, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        number.checked_mul(16)?.checked_add(digit)
    })
}
