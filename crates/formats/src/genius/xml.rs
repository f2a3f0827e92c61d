//! An XML file with spans, and complaints about it.

use crate::detect::Document;
use crate::findings::{self, Findings};
use detente_model::diagnostic::{Diagnostic, Span};
use detente_model::number::Number;
use roxmltree::{Node, ParsingOptions, TextPos};

/// Most nodes in one file.
const MAX_NODES: u32 = 4_000_000;

/// A parsed file.
pub(crate) struct Xml<'a> {
    file: &'a str,
    document: roxmltree::Document<'a>,
}

impl<'a> Xml<'a> {
    /// Parses a file; document types (and so entities) are refused.
    pub(crate) fn parse(source: &'a Document, findings: &mut Findings) -> Option<Self> {
        let options = ParsingOptions { nodes_limit: MAX_NODES, ..ParsingOptions::default() };
        match roxmltree::Document::parse_with_options(&source.text, options) {
            Ok(document) => Some(Self { file: &source.path, document }),
            Err(error) => {
                findings.add(complaint(&source.path, &source.text, &error));
                None
            }
        }
    }

    /// The file's path.
    pub(crate) fn file(&self) -> &'a str {
        self.file
    }

    /// The root element.
    pub(crate) fn root(&self) -> Node<'_, 'a> {
        self.document.root_element()
    }

    /// The start tag of an element.
    pub(crate) fn span(&self, node: Node<'_, '_>) -> Span {
        let range = node.range();
        let text = &self.document.input_text()[range.clone()];
        // `>` may stand in an attribute's value: look behind the last attribute.
        let after = node.attributes().next_back().map_or(range.start, |a| a.range().end);
        let end = text
            .get(after - range.start..)
            .and_then(|t| t.find('>'))
            .map_or(range.end, |i| after + i + 1);
        Span::new(range.start, end)
    }

    /// The value of an attribute with its place, or a complaint that it is missing.
    pub(crate) fn attribute<'n>(
        &self,
        node: Node<'n, 'a>,
        name: &str,
        whose: &str,
        findings: &mut Findings,
    ) -> Option<(&'n str, Span)> {
        let found = self.optional(node, name);
        if found.is_none() {
            findings.add(
                Diagnostic::error("missing-attribute", format!("{whose} has no `{name}`"))
                    .in_file(self.file)
                    .at(self.span(node))
                    .hint(format!("add `{name}=\"…\"`")),
            );
        }
        found
    }

    /// The value of an attribute with its place.
    pub(crate) fn optional<'n>(&self, node: Node<'n, 'a>, name: &str) -> Option<(&'n str, Span)> {
        let attribute = node.attribute_node(name)?;
        let range = attribute.range_value();
        Some((attribute.value(), Span::new(range.start, range.end)))
    }

    /// A number in an attribute, or a complaint.
    pub(crate) fn number(
        &self,
        node: Node<'_, 'a>,
        name: &str,
        whose: &str,
        findings: &mut Findings,
    ) -> Option<Number> {
        let (text, span) = self.attribute(node, name, whose, findings)?;
        findings::number(text, whose, self.file, span, findings)
    }

    /// A whole number in an attribute, or a complaint.
    pub(crate) fn integer(
        &self,
        node: Node<'_, 'a>,
        name: &str,
        whose: &str,
        findings: &mut Findings,
    ) -> Option<i64> {
        let (text, span) = self.attribute(node, name, whose, findings)?;
        let value = text.trim().parse().ok();
        if value.is_none() {
            findings.add(
                Diagnostic::error(
                    "not-a-number",
                    format!("{whose}: `{name}` should be a whole number"),
                )
                .in_file(self.file)
                .at(span),
            );
        }
        value
    }
}

fn complaint(file: &str, text: &str, error: &roxmltree::Error) -> Diagnostic {
    match error {
        roxmltree::Error::DtdDetected => {
            let at = text.find("<!DOCTYPE").unwrap_or(0);
            Diagnostic::error("xml-doctype", "document types and entities are not taken")
                .in_file(file)
                .at(Span::new(at, at + "<!DOCTYPE".len()))
                .hint("remove the `<!DOCTYPE …>`; no GENIUS file needs it")
        }
        roxmltree::Error::NodesLimitReached => {
            Diagnostic::error("too-large", format!("more than {MAX_NODES} XML nodes in one file"))
                .in_file(file)
        }
        _ => {
            let at = match error {
                // These carry no place of their own: the file ends too early.
                roxmltree::Error::NoRootNode | roxmltree::Error::UnclosedRootNode => text.len(),
                _ => offset(text, error.pos()),
            };
            let said = error.to_string();
            let message = said.split(" at ").next().unwrap_or(&said);
            Diagnostic::error("bad-xml", format!("this is not XML: {message}"))
                .in_file(file)
                .at(Span::new(at, at))
        }
    }
}

/// The byte offset of a row and column (from 1, in characters).
fn offset(text: &str, position: TextPos) -> usize {
    let row = (position.row as usize).saturating_sub(1);
    let start = if row == 0 {
        0
    } else {
        text.bytes()
            .enumerate()
            .filter(|&(_, b)| b == b'\n')
            .nth(row - 1)
            .map_or(text.len(), |(i, _)| i + 1)
    };
    text[start..]
        .char_indices()
        .nth((position.col as usize).saturating_sub(1))
        .map_or(text.len(), |(i, _)| start + i)
}
