//! Our own YAML: `scenario.yaml`, and `parties/<id>.yaml` for each party.
//!
//! Described in `docs/formats/detente-yaml.md`.

mod conditions;
mod constraints;
mod issues;
mod orders;
mod partial;
mod party;
mod scenario;
mod values;
mod write;
mod write_partial;
mod write_party;

pub(crate) use write::write;

use crate::detect::{Document, Part, stem};
use crate::findings::Findings;
use crate::names::Names;
use crate::places::{Places, issues_are_sound};
use crate::read::of_part;
use crate::suggest;
use crate::tree::{Map, Node};
use detente_model::diagnostic::{Diagnostic, Span};
use detente_model::{Draft, Issue, Party, Place, Preferences};

/// What every part of reading needs at hand.
pub(crate) struct Reader<'a> {
    /// The issues read before.
    issues: &'a [Issue],
    /// Their names and options.
    names: &'a Names<'a>,
    /// The parties, in order.
    parties: &'a [Party],
    places: &'a mut Places,
    findings: &'a mut Findings,
    /// How many more options conditions may list.
    left: usize,
}

/// Most options that the conditions of one scenario may list.
const MAX_LISTED: usize = 4_000_000;

/// Reads a folder of our own format.
pub(crate) fn read(name: &str, documents: &[Document], findings: &mut Findings) -> (Draft, Places) {
    let mut places = Places::default();
    let mut draft = Draft { title: name.to_owned(), ..Draft::default() };
    let domains: Vec<&Document> = of_part(documents, Part::Domain).collect();
    let main = match domains.as_slice() {
        [main] => *main,
        [] => {
            let mut error = Diagnostic::error(
                "no-domain",
                "there are parties' files but no `scenario.yaml` with the issues",
            );
            if let Some(party) = of_part(documents, Part::Profile).next() {
                error = error.in_file(&party.path);
            }
            findings.add(error.hint("give the folder that holds `scenario.yaml` and `parties/`"));
            return (draft, places);
        }
        [first, second, ..] => {
            findings.add(
                Diagnostic::error(
                    "several-domains",
                    format!("`{}` and `{}` are both scenarios", first.path, second.path),
                )
                .in_file(&second.path)
                .hint("put each scenario into a folder of its own"),
            );
            return (draft, places);
        }
    };
    let Some(tree) = &main.tree else { return (draft, places) };
    places.set(Place::Scenario, &main.path, Span::new(0, 0));
    let Some(map) = tree.want_map("a mapping", &main.path, findings) else {
        return (draft, places);
    };
    places.set(Place::Scenario, &main.path, map.start());
    map.only(&scenario::KEYS, "a scenario", findings);
    scenario::head(&map, &mut draft, &mut places, findings);
    draft.issues = issues::read(&map, &mut places, findings);
    if findings.has_errors() || !issues_are_sound(&draft.issues, &places, findings) {
        return (draft, places);
    }
    let names = Names::new(&draft.issues);
    let mut reader = Reader {
        issues: &draft.issues,
        names: &names,
        parties: &draft.parties,
        places: &mut places,
        findings,
        left: MAX_LISTED,
    };
    draft.mediators = reader.mediators(&map);
    draft.constraints = reader.constraints(&map);
    draft.acceptance = reader.acceptance(&map);
    draft.preferences = reader.preferences(&map, documents);
    (draft, places)
}

impl<'a> Reader<'a> {
    /// The preferences of every party: in its own file, or within the scenario's.
    fn preferences(&mut self, map: &Map<'a>, documents: &'a [Document]) -> Vec<Preferences> {
        let inside = map.get("preferences").and_then(|n| {
            n.want_map("a mapping from parties to preferences", map.file, self.findings)
        });
        let known: Vec<&str> = self.parties.iter().map(|p| p.id.as_str()).collect();
        let named =
            inside.iter().flat_map(|m| m.entries).map(|e| (e.key.as_str(), map.file, e.key_span));
        let filed = of_part(documents, Part::Profile)
            .map(|d| (stem(&d.path), d.path.as_str(), Span::new(0, 0)));
        for (id, file, span) in named.chain(filed) {
            if !known.contains(&id) {
                self.unknown_party(id, file, span);
            }
        }
        let mut all = Vec::with_capacity(self.parties.len());
        for (index, party) in self.parties.iter().enumerate() {
            let mut found: Vec<(&'a str, &'a Node)> = Vec::new();
            if let Some(node) = inside.as_ref().and_then(|m| m.get(&party.id)) {
                found.push((map.file, node));
            }
            for document in of_part(documents, Part::Profile).filter(|d| stem(&d.path) == party.id)
            {
                found.extend(document.tree.as_ref().map(|tree| (document.path.as_str(), tree)));
            }
            match found.as_slice() {
                [(file, node)] => {
                    if let Some(preferences) = self.party(index, node, file) {
                        all.push(preferences);
                    }
                }
                [] => {
                    let at = map
                        .get("parties")
                        .and_then(|p| p.get(&party.id))
                        .map_or(map.start(), |n| n.span);
                    self.findings.add(
                        Diagnostic::error(
                            "no-preferences",
                            format!("party `{}` has no preferences", party.id),
                        )
                        .in_file(map.file)
                        .at(at)
                        .hint(format!("add `parties/{}.yaml`", party.id)),
                    );
                }
                [_, (file, _), ..] => self.findings.add(
                    Diagnostic::error(
                        "duplicate-name",
                        format!("party `{}` has preferences in two places", party.id),
                    )
                    .in_file(*file)
                    .hint("keep one of them"),
                ),
            }
        }
        all
    }

    /// Complains about a party that the scenario does not have.
    fn unknown_party(&mut self, id: &str, file: &str, span: Span) {
        let known: Vec<&str> = self.parties.iter().map(|p| p.id.as_str()).collect();
        let mut error =
            Diagnostic::error("unknown-party", format!("the scenario has no party `{id}`"))
                .in_file(file)
                .at(span);
        if let Some(hint) = suggest::hint(id, &known) {
            error = error.hint(hint);
        }
        self.findings.add(error);
    }

    /// The party of that id, or a complaint.
    fn party_named(&mut self, node: &Node, file: &str) -> Option<usize> {
        let id = node.want_text("a party's id", file, self.findings)?;
        let found = self.parties.iter().position(|p| p.id == id);
        if found.is_none() {
            self.unknown_party(id, file, node.span);
        }
        found
    }

    /// The issue of that name, or a complaint.
    fn issue_named(&mut self, name: &str, file: &str, span: Span) -> Option<usize> {
        let found = self.names.issue(name);
        if found.is_none() {
            let mut error =
                Diagnostic::error("unknown-issue", format!("the scenario has no issue `{name}`"))
                    .in_file(file)
                    .at(span);
            if let Some(hint) = suggest::hint(name, &self.names.issue_names()) {
                error = error.hint(hint);
            }
            self.findings.add(error);
        }
        found
    }

    /// The option of that name, or a complaint.
    fn option_named(&mut self, issue: usize, name: &str, file: &str, span: Span) -> Option<usize> {
        let found = self.names.option(issue, name);
        if found.is_none() {
            let whose = &self.issues[issue].name;
            let mut error = Diagnostic::error(
                "unknown-option",
                format!("issue `{whose}` has no option `{name}`"),
            )
            .in_file(file)
            .at(span);
            if let Some(hint) = suggest::hint(name, &self.names.option_names(issue)) {
                error = error.hint(hint);
            }
            self.findings.add(error);
        }
        found
    }
}
