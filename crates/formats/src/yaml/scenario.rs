//! The head of `scenario.yaml`: title, parties, mediators, acceptance.

use super::Reader;
use crate::findings::Findings;
use crate::places::Places;
use crate::tree::{Data, Map, Node};
use detente_model::acceptance::AcceptanceRule;
use detente_model::diagnostic::Diagnostic;
use detente_model::preference::Known;
use detente_model::{Draft, Mediator, Party, Place};

/// The keys a scenario may have.
pub(super) const KEYS: [&str; 8] = [
    "title",
    "about",
    "parties",
    "mediators",
    "issues",
    "constraints",
    "acceptance",
    "preferences",
];

/// Reads title, about and parties.
pub(super) fn head(map: &Map<'_>, draft: &mut Draft, places: &mut Places, findings: &mut Findings) {
    if let Some(title) = text(map, "title", findings) {
        draft.title = title;
    }
    draft.about = text(map, "about", findings).unwrap_or_default();
    let Some(node) = map.require("parties", "this scenario", findings) else { return };
    let Some(parties) = node.want_map("a mapping from ids to parties", map.file, findings) else {
        return;
    };
    for entry in parties.entries {
        places.set(Place::Party(draft.parties.len()), map.file, entry.key_span);
        let mut party = Party::new(&entry.key);
        match &entry.value.data {
            Data::Null => {}
            Data::Text { text, .. } => party.name = text.clone(),
            _ => {
                if let Some(fields) =
                    entry.value.want_map("a name, or `name` and `note`", map.file, findings)
                {
                    fields.only(&["name", "note"], "a party", findings);
                    party.name = text(&fields, "name", findings).unwrap_or(party.name);
                    party.note = text(&fields, "note", findings).unwrap_or_default();
                }
            }
        }
        draft.parties.push(party);
    }
}

/// A text under a key.
pub(super) fn text(map: &Map<'_>, key: &str, findings: &mut Findings) -> Option<String> {
    let node = map.get(key)?;
    node.want_text("a text", map.file, findings).map(str::to_owned)
}

/// `known: …` under a key, else what is given.
pub(super) fn known(map: &Map<'_>, otherwise: Known, findings: &mut Findings) -> Known {
    let Some(node) = map.get("known") else { return otherwise };
    let word = node.text().unwrap_or_default();
    Known::from_word(word).unwrap_or_else(|| {
        findings.add(
            Diagnostic::error("unknown-word", format!("`{word}` is no way of knowing"))
                .in_file(map.file)
                .at(node.span)
                .hint("one of `stated-publicly`, `told-in-confidence`, `mediators-estimate`, `unknown`"),
        );
        otherwise
    })
}

impl<'a> Reader<'a> {
    /// Reads `mediators`.
    pub(super) fn mediators(&mut self, map: &Map<'a>) -> Vec<Mediator> {
        let Some(all) = map
            .get("mediators")
            .and_then(|n| n.want_map("a mapping from ids to mediators", map.file, self.findings))
        else {
            return Vec::new();
        };
        let mut mediators = Vec::new();
        for entry in all.entries {
            self.places.set(Place::Mediator(mediators.len()), map.file, entry.key_span);
            let mut mediator = Mediator {
                id: entry.key.clone(),
                name: entry.key.clone(),
                reaches: (0..self.parties.len()).collect(),
                note: String::new(),
            };
            match &entry.value.data {
                Data::Null => {}
                Data::Text { text, .. } => mediator.name = text.clone(),
                _ => {
                    if let Some(fields) = entry.value.want_map(
                        "a name, or `name`, `reaches`, `note`",
                        map.file,
                        self.findings,
                    ) {
                        fields.only(&["name", "reaches", "note"], "a mediator", self.findings);
                        mediator.name =
                            text(&fields, "name", self.findings).unwrap_or(mediator.name);
                        mediator.note = text(&fields, "note", self.findings).unwrap_or_default();
                        if let Some(node) = fields.get("reaches") {
                            mediator.reaches = self.party_list(node, map.file);
                        }
                    }
                }
            }
            mediators.push(mediator);
        }
        mediators
    }

    fn party_list(&mut self, node: &Node, file: &str) -> Vec<usize> {
        let items = node.want_list("a list of party ids", file, self.findings).unwrap_or_default();
        let mut found: Vec<usize> = Vec::new();
        for item in items {
            let Some(party) = self.party_named(item, file) else { continue };
            if found.contains(&party) {
                self.findings.add(
                    Diagnostic::error(
                        "duplicate-name",
                        format!("`{}` is there twice", self.parties[party].id),
                    )
                    .in_file(file)
                    .at(item.span),
                );
            } else {
                found.push(party);
            }
        }
        found
    }

    /// Reads `acceptance`.
    pub(super) fn acceptance(&mut self, map: &Map<'a>) -> AcceptanceRule {
        let Some(node) = map.get("acceptance") else { return AcceptanceRule::Unanimity };
        self.places.set(Place::Acceptance, map.file, node.span);
        if node.text() == Some("unanimity") {
            return AcceptanceRule::Unanimity;
        }
        let wanted = "`unanimity`, or `at_least` and `vetoes`";
        let Some(rule) = node.want_map(wanted, map.file, self.findings) else {
            return AcceptanceRule::Unanimity;
        };
        rule.only(&["at_least", "vetoes"], "an acceptance rule", self.findings);
        let at_least = rule
            .require("at_least", "an acceptance rule", self.findings)
            .and_then(|n| self.count(n, map.file))
            .unwrap_or(1);
        let vetoes = rule.get("vetoes").map(|n| self.party_list(n, map.file)).unwrap_or_default();
        AcceptanceRule::Quota { at_least, vetoes }
    }

    /// A whole number from zero.
    pub(super) fn count(&mut self, node: &Node, file: &str) -> Option<usize> {
        let number = node.plain().and_then(|t| t.parse().ok());
        if number.is_none() {
            self.findings.add(node.not("a whole number", file));
        }
        number
    }
}
