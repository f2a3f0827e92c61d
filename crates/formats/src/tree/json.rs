//! JSON (RFC 8259) into a tree.

use super::{Data, Entry, MAX_DEPTH, MAX_NODES, Node, repeated_key, too_deep, too_many_nodes};
use detente_model::diagnostic::{Diagnostic, Span};

/// Parses a whole JSON text.
pub(crate) fn parse(file: &str, text: &str) -> Result<Node, Diagnostic> {
    let mut reader = Reader { file, text, at: 0, nodes: 0 };
    reader.space();
    let node = reader.value(0)?;
    reader.space();
    if reader.at < text.len() {
        return Err(reader.error("nothing more should follow here"));
    }
    Ok(node)
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    at: usize,
    nodes: usize,
}

impl Reader<'_> {
    fn error(&self, message: impl Into<String>) -> Diagnostic {
        let next = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        Diagnostic::error("bad-json", message)
            .in_file(self.file)
            .at(Span::new(self.at, self.at + next))
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Diagnostic> {
        let start = self.at;
        let here = Span::new(start, start + 1);
        if depth > MAX_DEPTH {
            return Err(too_deep(self.file, here));
        }
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(too_many_nodes(self.file, here));
        }
        let data = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Data::Text { text: self.string()?, plain: false },
            Some(b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z') => self.word()?,
            Some(_) => return Err(self.error("this is not a JSON value")),
            None => return Err(self.error("the text ends where a value should stand")),
        };
        Ok(Node { data, span: Span::new(start, self.at) })
    }

    /// `null`, `true`, `false`, or a number; `NaN` and `Infinity` become
    /// scalars too, so that the reader of the number can refuse them by name.
    fn word(&mut self) -> Result<Data, Diagnostic> {
        let start = self.at;
        while matches!(
            self.peek(),
            Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z')
        ) {
            self.at += 1;
        }
        let text = &self.text[start..self.at];
        let number = text.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        match text {
            "null" => Ok(Data::Null),
            "true" | "false" | "NaN" | "Infinity" => {
                Ok(Data::Text { text: text.to_owned(), plain: true })
            }
            _ if number => Ok(Data::Text { text: text.to_owned(), plain: true }),
            _ => {
                self.at = start;
                Err(self.error("this is not a JSON value").hint("texts stand in double quotes"))
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Data, Diagnostic> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Data::List(items));
        }
        loop {
            self.space();
            items.push(self.value(depth + 1)?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Data::List(items));
                }
                _ => return Err(self.error("`,` or `]` should stand here")),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Data, Diagnostic> {
        self.at += 1;
        let mut entries = Vec::new();
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Data::Map(entries));
        }
        loop {
            self.space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.error("a key in double quotes should stand here"));
            }
            let key = self.string()?;
            let key_span = Span::new(start, self.at);
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.error("`:` should stand here"));
            }
            self.at += 1;
            self.space();
            let value = self.value(depth + 1)?;
            entries.push(Entry { key, key_span, value });
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return match repeated_key(self.file, &entries) {
                        Some(error) => Err(error),
                        None => Ok(Data::Map(entries)),
                    };
                }
                _ => return Err(self.error("`,` or `}` should stand here")),
            }
        }
    }

    fn string(&mut self) -> Result<String, Diagnostic> {
        let start = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(stop) = rest.find(['"', '\\', '\n']) else {
                self.at = start;
                return Err(self.error("this text is never closed"));
            };
            out.push_str(&rest[..stop]);
            self.at += stop + 1;
            match rest.as_bytes()[stop] {
                b'"' => return Ok(out),
                b'\n' => {
                    self.at = start;
                    return Err(self.error("this text is not closed on its line"));
                }
                _ => out.push(self.escape()?),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Diagnostic> {
        let c = self.peek();
        let simple = match c {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.unicode();
            }
            _ => return Err(self.error("this is no JSON escape")),
        };
        self.at += 1;
        Ok(simple)
    }

    fn hex(&mut self) -> Result<u32, Diagnostic> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4);
        let value = digits
            .filter(|d| d.iter().all(u8::is_ascii_hexdigit))
            .and_then(|d| std::str::from_utf8(d).ok())
            .and_then(|d| u32::from_str_radix(d, 16).ok());
        match value {
            Some(value) => {
                self.at += 4;
                Ok(value)
            }
            None => Err(self.error("four hexadecimal digits should stand here")),
        }
    }

    fn unicode(&mut self) -> Result<char, Diagnostic> {
        let high = self.hex()?;
        let code = if (0xD800..0xDC00).contains(&high) {
            if !self.text[self.at..].starts_with("\\u") {
                return Err(self.error("half of a surrogate pair"));
            }
            self.at += 2;
            let low = self.hex()?;
            if !(0xDC00..0xE000).contains(&low) {
                return Err(self.error("half of a surrogate pair"));
            }
            0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
        } else {
            high
        };
        char::from_u32(code).ok_or_else(|| self.error("half of a surrogate pair"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_text() {
        let node = parse("f", "{\"a\": [1.50, \"x\\u00e9\\n\", null, true]}").unwrap();
        let items = match &node.get("a").unwrap().data {
            Data::List(items) => items,
            _ => unreachable!("a list was written"),
        };
        assert_eq!(items[0].plain(), Some("1.50"));
        assert_eq!(items[1].text(), Some("xé\n"));
        assert!(items[2].is_null());
        assert_eq!(items[3].plain(), Some("true"));
    }

    #[test]
    fn what_is_no_json_is_refused_at_its_place() {
        for (text, at) in [
            ("{\"a\": 1,}", 8),
            ("[1 2]", 3),
            ("{\"a\": 1, \"a\": 2}", 9),
            ("\"a", 0),
            ("", 0),
            ("{a: 1}", 1),
            ("[1] x", 4),
            ("\"\\ud800\"", 7),
        ] {
            let error = parse("f", text).unwrap_err();
            assert_eq!(error.span.unwrap().start, at, "{text}: {}", error.message);
        }
        assert_eq!(parse("f", &"[".repeat(100_000)).unwrap_err().code, "too-deep");
    }
}
