//! The domain file: issues and their options.

use super::xml::Xml;
use crate::findings::Findings;
use crate::places::Places;
use detente_model::diagnostic::Diagnostic;
use detente_model::{Issue, IssueKind, IssueOption, Number, Place};
use roxmltree::Node;

/// GENIUS enumerates a real issue at this many equally spaced values, both ends included.
const REAL_VALUES: i64 = 21;

/// What a domain file holds.
pub(super) struct Domain {
    /// The issues, in file order.
    pub(super) issues: Vec<Issue>,
    /// The `index` attribute of each.
    pub(super) indices: Vec<Option<i64>>,
}

/// Reads a domain file.
pub(super) fn read(xml: &Xml<'_>, places: &mut Places, findings: &mut Findings) -> Option<Domain> {
    let mut domain = Domain { issues: Vec::new(), indices: Vec::new() };
    let root = xml.root();
    places.set(Place::Scenario, xml.file(), xml.span(root));
    for node in root.descendants().filter(|n| n.has_tag_name("issue")) {
        let index = domain.issues.len();
        places.set(Place::Issue(index), xml.file(), xml.span(node));
        domain.issues.push(issue(xml, node, index, places, findings)?);
        domain.indices.push(node.attribute("index").and_then(|i| i.trim().parse().ok()));
    }
    Some(domain)
}

fn issue<'a>(
    xml: &Xml<'a>,
    node: Node<'_, 'a>,
    index: usize,
    places: &mut Places,
    findings: &mut Findings,
) -> Option<Issue> {
    let (name, _) = xml.attribute(node, "name", "this issue", findings)?;
    let whose = format!("issue `{name}`");
    let declared = ["type", "vtype", "etype"].iter().find_map(|a| xml.optional(node, a));
    let kind = match declared.map(|(t, s)| (t.to_ascii_lowercase(), s)) {
        None => discrete(xml, node, index, &whose, places, findings)?,
        Some((kind, _)) if kind == "discrete" => {
            discrete(xml, node, index, &whose, places, findings)?
        }
        Some((kind, _)) if kind == "integer" => {
            let bounds = bounds(node);
            IssueKind::Integer {
                min: xml.integer(bounds, "lowerbound", &whose, findings)?,
                max: xml.integer(bounds, "upperbound", &whose, findings)?,
            }
        }
        Some((kind, span)) if kind == "real" => {
            let bounds = bounds(node);
            let min = xml.number(bounds, "lowerbound", &whose, findings)?;
            let max = xml.number(bounds, "upperbound", &whose, findings)?;
            let step = (&(&max - &min) / &Number::from(REAL_VALUES - 1))?;
            findings.add(
                Diagnostic::warning(
                    "real-issue",
                    format!("{whose} is real; it is read at {REAL_VALUES} equally spaced values, as GENIUS enumerates it"),
                )
                .in_file(xml.file())
                .at(span),
            );
            IssueKind::Stepped { min, max, step }
        }
        Some((kind, span)) => {
            let kind: String = kind.chars().take(40).collect();
            findings.add(
                Diagnostic::error(
                    "unknown-type",
                    format!("{whose} is of the unknown type `{kind}`"),
                )
                .in_file(xml.file())
                .at(span)
                .hint("the types are `discrete`, `integer` and `real`"),
            );
            return None;
        }
    };
    let note = node.attribute("description").unwrap_or_default().to_owned();
    Some(Issue { name: name.to_owned(), note, unit: String::new(), kind })
}

/// Bounds stand in the issue itself or in a `range` within it.
pub(super) fn bounds<'a, 'i>(node: Node<'a, 'i>) -> Node<'a, 'i> {
    node.children().find(|n| n.has_tag_name("range")).unwrap_or(node)
}

fn discrete<'a>(
    xml: &Xml<'a>,
    node: Node<'_, 'a>,
    index: usize,
    whose: &str,
    places: &mut Places,
    findings: &mut Findings,
) -> Option<IssueKind> {
    let mut options = Vec::new();
    for item in node.children().filter(|n| n.has_tag_name("item")) {
        places.set(Place::Option(index, options.len()), xml.file(), xml.span(item));
        let (name, _) = xml.attribute(item, "value", &format!("an item of {whose}"), findings)?;
        let description = item.attribute("description").unwrap_or_default();
        let note = if description == name { String::new() } else { description.to_owned() };
        options.push(IssueOption { name: name.to_owned(), note });
    }
    Some(IssueKind::Categorical(options))
}
