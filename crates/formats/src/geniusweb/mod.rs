//! GeniusWeb JSON: profiles, each with its domain, and perhaps a domain file.
//!
//! What the parts mean stands in `docs/formats/geniusweb-json.md`.

mod domain;
mod profile;
mod write;

pub(crate) use write::write;

use crate::detect::{Document, Part, stem};
use crate::findings::Findings;
use crate::names::Names;
use crate::places::{Places, issues_are_sound};
use crate::read::of_part;
use crate::tree::Node;
use detente_model::diagnostic::Diagnostic;
use detente_model::{Draft, Issue, Party, Preferences};

/// Reads a folder of GeniusWeb files.
pub(crate) fn read(name: &str, documents: &[Document], findings: &mut Findings) -> (Draft, Places) {
    let mut places = Places::default();
    let mut draft = Draft { title: name.to_owned(), ..Draft::default() };
    let profiles: Vec<&Document> = of_part(documents, Part::Profile).collect();
    let Some(first) = profiles.first() else {
        if let Some(domain) = of_part(documents, Part::Domain).next() {
            findings.add(
                Diagnostic::error(
                    "no-profiles",
                    "there is a domain (GeniusWeb JSON) but no party's preferences",
                )
                .in_file(&domain.path)
                .hint("add one file for each party, or give the folder that has them"),
            );
        }
        return (draft, places);
    };
    // The domain stands in a file of its own, or in every profile, or both; all must agree.
    let mut domains: Vec<(&str, &Node)> = of_part(documents, Part::Domain)
        .filter_map(|d| Some((d.path.as_str(), d.tree.as_ref()?)))
        .collect();
    for profile in &profiles {
        let space = profile.tree.as_ref().and_then(|t| t.get("LinearAdditiveUtilitySpace"));
        domains.extend(space.and_then(|s| s.get("domain")).map(|d| (profile.path.as_str(), d)));
    }
    let Some((file, node)) = domains.first() else {
        findings.add(
            Diagnostic::error(
                "no-domain",
                "there are preferences (GeniusWeb JSON) but no domain with the issues",
            )
            .in_file(&first.path)
            .hint("add the domain file, or a `domain` to each profile"),
        );
        return (draft, places);
    };
    let Some(issues) = domain::read(node, file, &mut places, findings) else {
        return (draft, places);
    };
    if let Some(title) = node.get("name").and_then(Node::text).filter(|t| !t.is_empty()) {
        draft.title = title.to_owned();
    }
    for (other, node) in &domains[1..] {
        let again = domain::read(node, other, &mut Places::default(), findings);
        if again.is_some_and(|again| !same(&again, &issues)) {
            findings.add(
                Diagnostic::error(
                    "other-domain",
                    format!("the issues here differ from those of `{file}`"),
                )
                .in_file(*other)
                .at(node.span)
                .hint("all parties must negotiate over the same issues and options"),
            );
        }
    }
    draft.issues = issues;
    if findings.has_errors() || !issues_are_sound(&draft.issues, &places, findings) {
        return (draft, places);
    }
    let names = Names::new(&draft.issues);
    for (party, document) in profiles.iter().enumerate() {
        let mut this = Party::new(stem(&document.path));
        let space = document.tree.as_ref().and_then(|t| t.get("LinearAdditiveUtilitySpace"));
        if let Some(name) =
            space.and_then(|s| s.get("name")).and_then(Node::text).filter(|n| !n.is_empty())
        {
            this.name = name.to_owned();
        }
        draft.parties.push(this);
        let mut reader = profile::Reader {
            file: &document.path,
            party,
            issues: &draft.issues,
            names: &names,
            places: &mut places,
            findings,
        };
        let utility = document.tree.as_ref().and_then(|tree| reader.read(tree));
        draft.preferences.extend(utility.map(Preferences::from_utility));
    }
    (draft, places)
}

/// Whether two domains have the same issues and options, in whatever order.
fn same(a: &[Issue], b: &[Issue]) -> bool {
    let sorted = |issues: &[Issue]| {
        let mut all: Vec<(String, String, Vec<String>)> = issues
            .iter()
            .map(|i| {
                let mut options = match &i.kind {
                    detente_model::IssueKind::Categorical(list) => {
                        list.iter().map(|o| o.name.clone()).collect()
                    }
                    _ => Vec::new(),
                };
                options.sort();
                let range = if i.is_numeric() { format!("{:?}", i.kind) } else { String::new() };
                (i.name.clone(), range, options)
            })
            .collect();
        all.sort();
        all
    };
    sorted(a) == sorted(b)
}
