//! YAML with places.

use crate::tree::{Kind, MOST_DEPTH, Node, Problem};
use detente_model::diagnostic::Span;
use saphyr_parser::{Event, Parser, ScalarStyle};

/// A collection that is still open.
enum Open {
    List(Vec<Node>),
    Map(Vec<(String, Span, Node)>, Option<(String, Span)>),
}

pub(crate) fn parse(text: &str) -> Result<Node, Problem> {
    // The parser counts characters; spans are bytes.
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let byte = |index: usize| bytes.get(index).copied().unwrap_or(text.len());
    let mut open: Vec<(Open, usize)> = Vec::new();
    let mut root: Option<Node> = None;
    for event in Parser::new_from_str(text) {
        let (event, place) = event.map_err(|error| {
            let at = byte(error.marker().index());
            Problem {
                message: error.info().to_owned(),
                span: Span::new(at, at),
                hint: "check the indentation, quotes and colons around this place",
            }
        })?;
        let span = Span::new(byte(place.start.index()), byte(place.end.index()));
        let problem = |message: &str, hint| Err(Problem { message: message.into(), span, hint });
        let node = match event {
            Event::Alias(_) => {
                return problem("anchors and aliases are not taken", "write the value out");
            }
            Event::Scalar(value, style, ..) => Node { kind: scalar(&value, style), span },
            Event::SequenceStart(..) => {
                open.push((Open::List(Vec::new()), span.start));
                if open.len() > MOST_DEPTH {
                    return problem("nested too deeply", "flatten the document");
                }
                continue;
            }
            Event::MappingStart(..) => {
                open.push((Open::Map(Vec::new(), None), span.start));
                if open.len() > MOST_DEPTH {
                    return problem("nested too deeply", "flatten the document");
                }
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some((done, start)) = open.pop() else { continue };
                let kind = match done {
                    Open::List(entries) => Kind::List(entries),
                    Open::Map(parts, _) => Kind::Map(parts),
                };
                Node { kind, span: Span::new(start, span.end) }
            }
            Event::DocumentStart(_) if root.is_some() => {
                return problem("a second document begins here", "keep one document per file");
            }
            _ => continue,
        };
        match open.last_mut() {
            None => root = Some(node),
            Some((Open::List(entries), _)) => entries.push(node),
            Some((Open::Map(parts, key @ None), _)) => {
                let Some(name) = node.words().map(str::to_owned) else {
                    return problem("a name must be a plain text", "write `name: value`");
                };
                if parts.iter().any(|(k, ..)| *k == name) {
                    return problem(&format!("`{name}` is given twice"), "keep one of the two");
                }
                *key = Some((name, span));
            }
            Some((Open::Map(parts, key), _)) => {
                if let Some((name, place)) = key.take() {
                    parts.push((name, place, node));
                }
            }
        }
    }
    root.ok_or_else(|| Problem {
        message: "the file is empty".into(),
        span: Span::new(0, 0),
        hint: "a staging file names its parties and deliverables",
    })
}

fn scalar(value: &str, style: ScalarStyle) -> Kind {
    if style != ScalarStyle::Plain {
        return Kind::Text(value.to_owned());
    }
    match value {
        "" | "~" | "null" => Kind::Null,
        "true" => Kind::Bool(true),
        "false" => Kind::Bool(false),
        _ if detente_model::number::Number::parse(value).is_ok() => Kind::Number(value.to_owned()),
        _ => Kind::Text(value.to_owned()),
    }
}
