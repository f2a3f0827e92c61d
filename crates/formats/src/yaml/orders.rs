//! Orders in partial preferences: of options, of issues, of whole outcomes.

use super::Reader;
use crate::tree::{Data, Node};
use detente_model::diagnostic::{Diagnostic, Span};
use detente_model::partial::{PartialOutcome, Ranking, Tiers};
use detente_model::{Choice, Outcome};

/// What stands in a ranking where the party would rather have no agreement.
pub(super) const NO_AGREEMENT: &str = "no agreement";

impl Reader<'_> {
    /// Best first; equals stand in a list of their own.
    pub(super) fn tiers(
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

    pub(super) fn ranking(&mut self, node: &Node, file: &str) -> Option<Ranking> {
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

    pub(super) fn outcome(&mut self, node: &Node, file: &str) -> Option<Outcome> {
        let mut choices: Vec<Option<usize>> = vec![None; self.issues.len()];
        for &(issue, option) in self.partial_outcome(node, file)?.choices() {
            choices[issue] = Some(option);
        }
        if let Some(missing) = choices.iter().position(Option::is_none) {
            self.findings.add(
                Diagnostic::error(
                    "incomplete-outcome",
                    format!("this outcome does not settle `{}`", self.issues[missing].name),
                )
                .in_file(file)
                .at(Span::new(node.span.start, node.span.start)),
            );
            return None;
        }
        Some(Outcome(choices.into_iter().flatten().map(Choice::Option).collect()))
    }

    /// An option for each of some issues.
    pub(super) fn partial_outcome(&mut self, node: &Node, file: &str) -> Option<PartialOutcome> {
        let map = node.want_map("a mapping from issues to options", file, self.findings)?;
        let mut choices = Vec::with_capacity(map.entries.len());
        for entry in map.entries {
            let issue = self.issue_named(&entry.key, file, entry.key_span)?;
            let name = entry.value.want_text("an option", file, self.findings)?;
            choices.push((issue, self.option_named(issue, name, file, entry.value.span)?));
        }
        Some(PartialOutcome::new(choices))
    }
}
