//! YAML into a tree, over `saphyr-parser`'s events.

use super::{Data, Entry, MAX_DEPTH, MAX_NODES, Node, repeated_key, too_deep, too_many_nodes};
use detente_model::diagnostic::{Diagnostic, Span};
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use std::borrow::Cow;

/// Parses a text that holds one YAML document.
pub(crate) fn parse(file: &str, text: &str) -> Result<Node, Diagnostic> {
    let offsets = Offsets::new(text);
    let mut builder = Builder { file, text, open: Vec::new(), root: None, nodes: 0 };
    let mut documents = 0;
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| {
            let at = offsets.byte(text, error.marker().index());
            Diagnostic::error("bad-yaml", format!("this is not YAML: {}", error.info()))
                .in_file(file)
                .at(Span::new(at, at))
                .hint("check the indentation, quotes, brackets and colons just before this place")
        })?;
        let start = offsets.byte(text, span.start.index());
        let end = offsets.byte(text, span.end.index());
        let span = Span::new(start, end);
        match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    return Err(Diagnostic::error(
                        "several-documents",
                        "a second YAML document starts here",
                    )
                    .in_file(file)
                    .at(span)
                    .hint("one file holds one document; split the file"));
                }
            }
            event => builder.event(event, span)?,
        }
    }
    Ok(builder.root.unwrap_or(Node { data: Data::Null, span: Span::new(0, 0) }))
}

/// Byte offsets of characters: the parser counts in characters.
struct Offsets {
    ascii: bool,
    /// The byte offset of every 64th character.
    marks: Vec<usize>,
}

impl Offsets {
    const EVERY: usize = 64;

    fn new(text: &str) -> Self {
        let ascii = text.is_ascii();
        let marks = if ascii {
            Vec::new()
        } else {
            text.char_indices().step_by(Self::EVERY).map(|(at, _)| at).collect()
        };
        Self { ascii, marks }
    }

    fn byte(&self, text: &str, index: usize) -> usize {
        if self.ascii {
            return index.min(text.len());
        }
        let Some(&mark) = self.marks.get(index / Self::EVERY) else { return text.len() };
        text[mark..].char_indices().nth(index % Self::EVERY).map_or(text.len(), |(at, _)| mark + at)
    }
}

/// A collection that is not closed yet.
enum Open {
    List { items: Vec<Node>, start: usize },
    Map { entries: Vec<Entry>, key: Option<(String, Span)>, start: usize },
}

struct Builder<'a> {
    file: &'a str,
    text: &'a str,
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
}

impl Builder<'_> {
    fn error(&self, code: &'static str, message: impl Into<String>, at: Span) -> Diagnostic {
        Diagnostic::error(code, message).in_file(self.file).at(at)
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Diagnostic> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse(anchor, tag.as_deref(), span)?;
                let data = scalar(text, style);
                self.put(Node { data, span: self.trimmed(span) })
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse(anchor, tag.as_deref(), span)?;
                self.push(Open::List { items: Vec::new(), start: span.start }, span)
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse(anchor, tag.as_deref(), span)?;
                self.push(Open::Map { entries: Vec::new(), key: None, start: span.start }, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(_) => Err(self
                .error("alias", "aliases (`*name`) are not taken", span)
                .hint("write the value out")),
            _ => Ok(()),
        }
    }

    fn refuse(&self, anchor: usize, tag: Option<&Tag>, span: Span) -> Result<(), Diagnostic> {
        if anchor != 0 {
            return Err(self
                .error("alias", "anchors (`&name`) are not taken", span)
                .hint("write the value out where it is needed"));
        }
        if let Some(tag) = tag {
            return Err(self
                .error("tag", format!("tags (`{}{}`) are not taken", tag.handle, tag.suffix), span)
                .hint("leave the tag out"));
        }
        Ok(())
    }

    fn push(&mut self, open: Open, span: Span) -> Result<(), Diagnostic> {
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(self.file, span));
        }
        self.open.push(open);
        Ok(())
    }

    /// A span without the blank space that a block collection or scalar ends in.
    fn trimmed(&self, span: Span) -> Span {
        let end = span.end.min(self.text.len());
        let inside = self.text.get(span.start..end).unwrap_or_default();
        Span::new(span.start, span.start + inside.trim_end().len())
    }

    fn close(&mut self, span: Span) -> Result<(), Diagnostic> {
        let (data, start) = match self.open.pop() {
            Some(Open::List { items, start }) => (Data::List(items), start),
            Some(Open::Map { entries, key: None, start }) => {
                if let Some(error) = repeated_key(self.file, &entries) {
                    return Err(error);
                }
                (Data::Map(entries), start)
            }
            // The parser gives balanced events; anything else is its mistake, not silence.
            _ => return Err(self.error("bad-yaml", "this collection is not complete", span)),
        };
        self.put(Node { data, span: self.trimmed(Span::new(start, span.end)) })
    }

    fn put(&mut self, node: Node) -> Result<(), Diagnostic> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(too_many_nodes(self.file, node.span));
        }
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, .. }) => match key.take() {
                Some((key, key_span)) => entries.push(Entry { key, key_span, value: node }),
                None => {
                    let text = match node.data {
                        Data::Text { text, .. } => text,
                        Data::Null => {
                            self.text.get(node.span.start..node.span.end).unwrap_or("").to_owned()
                        }
                        Data::List(_) | Data::Map(_) => {
                            return Err(self.error(
                                "wrong-type",
                                "a key should be a single value",
                                node.span,
                            ));
                        }
                    };
                    *key = Some((text, node.span));
                }
            },
        }
        Ok(())
    }
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle) -> Data {
    let plain = style == ScalarStyle::Plain;
    if plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL") {
        Data::Null
    } else {
        let mut text = text.into_owned();
        // A block's last line break ends the block; it is no part of the text.
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            text.truncate(text.trim_end_matches('\n').len());
        }
        Data::Text { text, plain }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> &'static str {
        parse("f", text).unwrap_err().code
    }

    #[test]
    fn scalars_keep_their_text_and_place() {
        let text = "ünit: é\nno: 1.50\nlist:\n  - 'quoted'\n  - ~\n";
        let node = parse("f", text).unwrap();
        let value = node.get("no").unwrap();
        assert_eq!(value.plain(), Some("1.50"));
        assert_eq!(&text[value.span.start..value.span.end], "1.50");
        let list = node.get("list").unwrap();
        assert_eq!(&text[list.span.start..list.span.end], "- 'quoted'\n  - ~");
        assert_eq!(parse("f", "# nothing\n").unwrap().data, Data::Null);
    }

    #[test]
    fn what_makes_small_files_large_or_ambiguous_is_refused() {
        assert_eq!(code("a: &x [1]\nb: *x\n"), "alias");
        assert_eq!(code("a: 1\na: 2\n"), "duplicate-key");
        assert_eq!(code("a: !!python/tuple [1]\n"), "tag");
        assert_eq!(code("a: 1\n---\nb: 2\n"), "several-documents");
        assert_eq!(code("[a, b]: 1\n"), "wrong-type");
        assert_eq!(code("a: [1, 2\n"), "bad-yaml");
        assert_eq!(code(&"[".repeat(200)), "too-deep");
        assert_eq!(code(&"- ".repeat(200)), "too-deep");
    }
}
