//! JSON with places.

use crate::tree::{Kind, MOST_DEPTH, Node, Problem};
use detente_model::diagnostic::Span;

pub(crate) fn parse(text: &str) -> Result<Node, Problem> {
    let mut parser = Parser { text, at: 0 };
    parser.at += if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let node = parser.value(0)?;
    parser.space();
    if parser.at < text.len() {
        return Err(
            parser.problem("there is more after the end of the document", "remove what follows")
        );
    }
    Ok(node)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

const SYNTAX: &str = "check the quotes, commas and brackets around this place";

impl Parser<'_> {
    fn problem(&self, message: impl Into<String>, hint: &'static str) -> Problem {
        let end = self.text[self.at..].chars().next().map_or(self.at, |c| self.at + c.len_utf8());
        Problem { message: message.into(), span: Span::new(self.at, end), hint }
    }

    fn space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn value(&mut self, depth: usize) -> Result<Node, Problem> {
        self.space();
        if depth > MOST_DEPTH {
            return Err(self.problem("nested too deeply", "flatten the document"));
        }
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Kind::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        Ok(Node { kind, span: Span::new(start, self.at) })
    }

    fn word(&mut self) -> Result<Kind, Problem> {
        let words =
            [("null", Kind::Null), ("true", Kind::Bool(true)), ("false", Kind::Bool(false))];
        for (word, kind) in words {
            if self.text[self.at..].starts_with(word) {
                self.at += word.len();
                return Ok(kind);
            }
        }
        Err(self.problem("expected a value here", SYNTAX))
    }

    fn number(&mut self) -> Result<Kind, Problem> {
        let rest = &self.text[self.at..];
        let length = rest
            .find(|c: char| !matches!(c, '-' | '+' | '.' | '0'..='9' | 'e' | 'E'))
            .unwrap_or(rest.len());
        let number = rest[..length].to_owned();
        let mut check = number.trim_start_matches('-');
        check = check.strip_prefix(|c: char| c.is_ascii_digit()).unwrap_or("?");
        if check.starts_with('?') {
            return Err(self.problem(format!("`{number}` is not a number"), SYNTAX));
        }
        self.at += length;
        Ok(Kind::Number(number))
    }

    fn object(&mut self, depth: usize) -> Result<Kind, Problem> {
        self.at += 1;
        let mut parts: Vec<(String, Span, Node)> = Vec::new();
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Kind::Map(parts));
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return Err(self.problem("expected a name in double quotes", SYNTAX));
            }
            let start = self.at;
            let key = self.string()?;
            let span = Span::new(start, self.at);
            if parts.iter().any(|(k, ..)| *k == key) {
                return Err(Problem {
                    message: format!("`{key}` is given twice"),
                    span,
                    hint: "keep one of the two",
                });
            }
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.problem("expected `:` after the name", SYNTAX));
            }
            self.at += 1;
            let value = self.value(depth + 1)?;
            parts.push((key, span, value));
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Kind::Map(parts));
                }
                _ => return Err(self.problem("expected `,` or `}`", SYNTAX)),
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Kind, Problem> {
        self.at += 1;
        let mut entries = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Kind::List(entries));
        }
        loop {
            entries.push(self.value(depth + 1)?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Kind::List(entries));
                }
                _ => return Err(self.problem("expected `,` or `]`", SYNTAX)),
            }
        }
    }

    fn string(&mut self) -> Result<String, Problem> {
        let start = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let Some(c) = self.text[self.at..].chars().next() else {
                self.at = start;
                return Err(self.problem("the text that begins here does not end", SYNTAX));
            };
            match c {
                '"' => {
                    self.at += 1;
                    return Ok(out);
                }
                '\\' => out.push(self.escape()?),
                c if c < ' ' => {
                    return Err(
                        self.problem("a line break or control character inside a text", SYNTAX)
                    );
                }
                c => {
                    out.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, Problem> {
        let bad = self.problem("an escape that JSON does not know", "write the character itself");
        let kind = self.text.as_bytes().get(self.at + 1).copied();
        self.at += 2;
        Ok(match kind {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let high = self.hex().ok_or_else(|| bad.clone())?;
                if !(0xd800..0xdc00).contains(&high) {
                    return char::from_u32(high).ok_or(bad);
                }
                if !self.text[self.at..].starts_with("\\u") {
                    return Err(bad);
                }
                self.at += 2;
                let low = self.hex().ok_or_else(|| bad.clone())?;
                let joined = 0x10000 + ((high - 0xd800) << 10) + low.wrapping_sub(0xdc00);
                return char::from_u32(joined).ok_or(bad);
            }
            _ => return Err(bad),
        })
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        let value = u32::from_str_radix(digits, 16).ok()?;
        self.at += 4;
        Some(value)
    }
}
