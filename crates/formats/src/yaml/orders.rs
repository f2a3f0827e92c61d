//! Preferences as orders: of options, of issues, of whole outcomes.

use super::Reader;
use crate::tree::{Data, Map, Node};
use detente_model::diagnostic::Diagnostic;
use detente_model::ordinal::{Ordinal, Ranking, Tiers};
use detente_model::preference::Known;
use detente_model::{Choice, Outcome, Place};

/// What stands in a ranking where the party would rather have no agreement.
const NO_AGREEMENT: &str = "no agreement";

impl Reader<'_> {
    /// Reads `orders`, `issue_order` and `ranking`.
    pub(super) fn ordinal(&mut self, party: usize, map: &Map<'_>, known: Known) -> Option<Ordinal> {
        let file = map.file;
        let mut ordinal =
            Ordinal { option_orders: vec![None; self.issues.len()], known, ..Ordinal::default() };
        if let Some(node) = map.get("orders") {
            let orders = node.want_map("a mapping from issues to orders", file, self.findings)?;
            for entry in orders.entries {
                let issue = self.issue_named(&entry.key, file, entry.key_span)?;
                self.places.set(Place::OptionOrder(party, issue), file, entry.key_span);
                let tiers = self.tiers(&entry.value, file, |reader, node| {
                    let name = node.want_text("an option", file, reader.findings)?;
                    reader.option_named(issue, name, file, node.span)
                })?;
                ordinal.option_orders[issue] = Some(tiers);
            }
        }
        if let Some(node) = map.get("issue_order") {
            self.places.set(Place::IssueOrder(party), file, node.span);
            ordinal.issue_order = Some(self.tiers(node, file, |reader, node| {
                let name = node.want_text("an issue", file, reader.findings)?;
                reader.issue_named(name, file, node.span)
            })?);
        }
        if let Some(node) = map.get("ranking") {
            self.places.set(Place::Ranking(party), file, node.span);
            ordinal.ranking = Some(self.ranking(node, file)?);
        }
        Some(ordinal)
    }

    /// Best first; equals stand in a list of their own.
    fn tiers(
        &mut self,
        node: &Node,
        file: &str,
        mut one: impl FnMut(&mut Self, &Node) -> Option<usize>,
    ) -> Option<Tiers> {
        let mut tiers = Vec::new();
        for item in node.want_list("a list, best first", file, self.findings)? {
            let equals = match &item.data {
                Data::List(items) => items.as_slice(),
                _ => std::slice::from_ref(item),
            };
            let tier: Vec<Option<usize>> = equals.iter().map(|n| one(self, n)).collect();
            tiers.push(tier.into_iter().collect::<Option<Vec<usize>>>()?);
        }
        Some(tiers)
    }

    fn ranking(&mut self, node: &Node, file: &str) -> Option<Ranking> {
        let mut tiers = Vec::new();
        let mut acceptable = None;
        for item in node.want_list("a list of outcomes, best first", file, self.findings)? {
            if item.text() == Some(NO_AGREEMENT) {
                if acceptable.replace(tiers.len()).is_some() {
                    self.findings.add(
                        Diagnostic::error("duplicate-name", "`no agreement` is there twice")
                            .in_file(file)
                            .at(item.span),
                    );
                    return None;
                }
                continue;
            }
            let equals = match &item.data {
                Data::List(items) => items.as_slice(),
                _ => std::slice::from_ref(item),
            };
            let tier: Option<Vec<Outcome>> = equals.iter().map(|n| self.outcome(n, file)).collect();
            tiers.push(tier?);
        }
        let acceptable_tiers = acceptable.unwrap_or(tiers.len());
        Some(Ranking { tiers, acceptable_tiers })
    }

    fn outcome(&mut self, node: &Node, file: &str) -> Option<Outcome> {
        let map = node.want_map("an outcome: an option for every issue", file, self.findings)?;
        let mut choices: Vec<Option<usize>> = vec![None; self.issues.len()];
        for entry in map.entries {
            let issue = self.issue_named(&entry.key, file, entry.key_span)?;
            let name = entry.value.want_text("an option", file, self.findings)?;
            choices[issue] = Some(self.option_named(issue, name, file, entry.value.span)?);
        }
        if let Some(missing) = choices.iter().position(Option::is_none) {
            self.findings.add(
                Diagnostic::error(
                    "incomplete-outcome",
                    format!("this outcome does not settle `{}`", self.issues[missing].name),
                )
                .in_file(file)
                .at(map.start()),
            );
            return None;
        }
        Some(Outcome(choices.into_iter().flatten().map(Choice::Option).collect()))
    }
}
