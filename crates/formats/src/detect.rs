//! Telling a file's part in a scenario from its content.

use crate::source::Format;
use crate::tree::{self, Data, Node};
use detente_model::diagnostic::{Diagnostic, Span};

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Issues and options (and in our own YAML nearly everything that is not private).
    Domain,
    /// One party's preferences.
    Profile,
    /// A scenario in one file, or something beside both, as score sheets' opening deal.
    Other,
}

/// A file with what was found out about it.
#[derive(Debug)]
pub(crate) struct Document {
    /// Its path.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
    /// Its tree, if it is YAML or JSON.
    pub(crate) tree: Option<Node>,
    /// Which format it belongs to and what it is for; `None` if it belongs to none.
    pub(crate) role: Option<(Format, Part)>,
}

/// The last part of a path without its extension: a party's id.
pub(crate) fn stem(path: &str) -> &str {
    let name = file_name(path);
    name.rfind('.').map_or(name, |dot| &name[..dot])
}

/// The last part of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn extension(path: &str) -> String {
    file_name(path).rsplit_once('.').map_or(String::new(), |(_, e)| e.to_ascii_lowercase())
}

/// Looks at one file.
///
/// Gives the document, and a finding where the file cannot be read or belongs
/// to nothing.
pub(crate) fn look(path: String, text: String) -> (Document, Option<Diagnostic>) {
    let mut document = Document { path, text, tree: None, role: None };
    let path = document.path.as_str();
    let name = file_name(path);
    let finding = match extension(path).as_str() {
        _ if name.starts_with(['_', '.']) => Some(ignored(path, "its name starts with `_` or `.`")),
        // How a deal is carried out; read by itself, see `read_staging`.
        "yaml" | "yml" | "json" if stem(path) == "staging" => None,
        "xml" => {
            let (role, finding) = xml(path, &document.text);
            document.role = role;
            finding
        }
        "json" => match tree::parse_json(path, &document.text) {
            Ok(node) => {
                document.role = json_role(&node);
                document.tree = Some(node);
                document.role.is_none().then(|| ignored(path, "it holds no part of a scenario"))
            }
            Err(error) => Some(error),
        },
        "yaml" | "yml" => match tree::parse_yaml(path, &document.text) {
            Ok(node) => {
                document.role = yaml_role(path, &node);
                document.tree = Some(node);
                document.role.is_none().then(|| {
                    Diagnostic::error(
                        "unknown-file",
                        "this file is neither a scenario nor a party's preferences in any format known here",
                    )
                    .in_file(path)
                    .hint("our own format has `scenario.yaml` and one file for each party in `parties/`; NegMAS files have a `type`")
                })
            }
            Err(error) => Some(error),
        },
        "txt" => {
            document.role = sheet_role(path);
            None
        }
        _ => None,
    };
    (document, finding)
}

fn ignored(path: &str, why: &str) -> Diagnostic {
    Diagnostic::note("ignored-file", format!("`{path}` is left aside: {why}")).in_file(path)
}

/// Tells a GENIUS file by its root element, without parsing all of it.
fn xml(path: &str, text: &str) -> (Option<(Format, Part)>, Option<Diagnostic>) {
    // ANAC's published frontiers are lines "u1, u2" under this name.
    if file_name(path).to_ascii_lowercase().contains("pareto") {
        return (
            None,
            Some(ignored(path, "it is a published frontier, not a part of the scenario")),
        );
    }
    match root_element(text) {
        Ok("negotiation_template") => (Some((Format::GeniusXml, Part::Domain)), None),
        Ok("utility_space") => (Some((Format::GeniusXml, Part::Profile)), None),
        Ok(other) => {
            let shown: String = other.chars().take(60).collect();
            (None, Some(ignored(path, &format!("its root element is `{shown}`"))))
        }
        Err(at) => {
            let error = Diagnostic::error("bad-xml", "no XML element starts here")
                .in_file(path)
                .at(Span::new(at, at))
                .hint("a GENIUS file starts with `<negotiation_template>` or `<utility_space>`");
            (None, Some(error))
        }
    }
}

/// The name of the first element, or where it should have been.
fn root_element(text: &str) -> Result<&str, usize> {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        let skipped = if trimmed.starts_with("<?") {
            trimmed.find("?>").map(|i| i + 2)
        } else if trimmed.starts_with("<!--") {
            trimmed.find("-->").map(|i| i + 3)
        } else if trimmed.starts_with("<!") {
            // A document type: who reads the file will refuse it, with its place.
            return Ok("utility_space");
        } else if let Some(name) = trimmed.strip_prefix('<') {
            let end = name.find(|c: char| c.is_whitespace() || c == '>' || c == '/');
            let name = &name[..end.unwrap_or(name.len())];
            return if name.is_empty() { Err(at) } else { Ok(name) };
        } else {
            None
        };
        at += skipped.ok_or(at)?;
    }
}

fn json_role(node: &Node) -> Option<(Format, Part)> {
    if node.get("issuesValues").is_some() {
        return Some((Format::GeniusWebJson, Part::Domain));
    }
    const SPACES: [&str; 5] = [
        "LinearAdditiveUtilitySpace",
        "SumOfGroupsUtilitySpace",
        "DefaultPartialOrdering",
        "PartialOrdering",
        "DefaultProfile",
    ];
    if let Data::Map(entries) = &node.data
        && entries.iter().any(|e| SPACES.contains(&e.key.as_str()))
    {
        return Some((Format::GeniusWebJson, Part::Profile));
    }
    negmas_role(node)
}

fn negmas_role(node: &Node) -> Option<(Format, Part)> {
    let kind = node.get("type")?.text()?;
    let kind = kind.rsplit('.').next().unwrap_or(kind);
    if kind.contains("OutcomeSpace") {
        Some((Format::NegmasYaml, Part::Domain))
    } else if kind.to_ascii_lowercase().contains("fun") {
        Some((Format::NegmasYaml, Part::Profile))
    } else {
        None
    }
}

fn yaml_role(path: &str, node: &Node) -> Option<(Format, Part)> {
    if let Some(role) = negmas_role(node) {
        return Some(role);
    }
    let in_parties = path.split('/').rev().nth(1) == Some("parties");
    if in_parties {
        return Some((Format::DetenteYaml, Part::Profile));
    }
    let ours = ["parties", "issues"].iter().any(|k| node.get(k).is_some());
    (ours || stem(path) == "scenario").then_some((Format::DetenteYaml, Part::Domain))
}

fn sheet_role(path: &str) -> Option<(Format, Part)> {
    let sheets = Format::ScoreSheets;
    match (path.split('/').rev().nth(1), file_name(path)) {
        (Some("scores_files"), _) => Some((sheets, Part::Profile)),
        (_, "config.txt") => Some((sheets, Part::Domain)),
        (_, "initial_deal.txt") => Some((sheets, Part::Other)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(path: &str, text: &str) -> Option<(Format, Part)> {
        look(path.into(), text.into()).0.role
    }

    #[test]
    fn content_tells() {
        let genius = |p| Some((Format::GeniusXml, p));
        let text = "\n<!-- c --><?xml version='1.0'?> <negotiation_template/>";
        assert_eq!(role("a.xml", text), genius(Part::Domain));
        assert_eq!(role("b.xml", "<utility_space type='nonlinear'>"), genius(Part::Profile));
        assert_eq!(role("pareto.xml", "0.1, 0.2"), None);
        assert_eq!(
            role("a.yml", "type: LinearAdditiveUtilityFunction"),
            Some((Format::NegmasYaml, Part::Profile))
        );
        assert_eq!(
            role("a.yaml", "type: negmas.outcomes.CartesianOutcomeSpace"),
            Some((Format::NegmasYaml, Part::Domain))
        );
        assert_eq!(
            role("s/parties/a.yaml", "reservation: 1"),
            Some((Format::DetenteYaml, Part::Profile))
        );
        assert_eq!(role("scores_files/a.txt", "1"), Some((Format::ScoreSheets, Part::Profile)));
        assert_eq!(role("notes.txt", "1"), None);
        assert_eq!(look("a.xml".into(), "0.1".into()).1.unwrap().code, "bad-xml");
    }
}
