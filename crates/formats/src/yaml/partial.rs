//! Partial preferences: what a party said, where it gave no numbers for all of it.

use super::Reader;
use super::orders::NO_AGREEMENT;
use super::scenario::known;
use crate::tree::{Data, Map, Node};
use detente_model::diagnostic::Span;
use detente_model::partial::{Judgement, Partial, Relation, Stated, Topic};
use detente_model::preference::Known;
use detente_model::{Number, Place};

/// The keys that make a party's preferences partial.
pub(super) const STATEMENTS: [&str; 11] = [
    "positions",
    "orders",
    "issue_order",
    "weights",
    "values",
    "reservation_range",
    "comparisons",
    "accepts",
    "rejects",
    "ranking",
    "wont_say",
];

/// What stands in `wont_say` for the order of issues.
pub(super) const ISSUE_ORDER: &str = "issue order";

/// The statements of one party as they are read.
struct Found {
    party: usize,
    known: Known,
    partial: Partial,
}

impl Reader<'_> {
    /// Reads all statements of a party, in the order of [`STATEMENTS`].
    pub(super) fn partial(&mut self, party: usize, map: &Map<'_>, known: Known) -> Option<Partial> {
        let mut found = Found { party, known, partial: Partial::default() };
        self.positions(map, &mut found)?;
        self.orders(map, &mut found)?;
        self.ranges(map, &mut found)?;
        self.comparisons(map, &mut found)?;
        self.taken_and_refused(map, &mut found)?;
        self.wont_say(map, &mut found)?;
        Some(found.partial)
    }

    fn state(
        &mut self,
        found: &mut Found,
        judgement: Judgement,
        known: Known,
        file: &str,
        at: Span,
    ) {
        let place = Place::Statement(found.party, found.partial.statements.len());
        self.places.set(place, file, at);
        found.partial.statements.push(Stated { judgement, known });
    }

    /// `issue: option`.
    fn positions(&mut self, map: &Map<'_>, found: &mut Found) -> Option<()> {
        let file = map.file;
        let Some(node) = map.get("positions") else { return Some(()) };
        let all = node.want_map("a mapping from issues to positions", file, self.findings)?;
        for entry in all.entries {
            let issue = self.issue_named(&entry.key, file, entry.key_span)?;
            let (value, known) = self.with_known(&entry.value, "option", found.known, file)?;
            let name = value.want_text("an option", file, self.findings)?;
            let option = self.option_named(issue, name, file, value.span)?;
            let judgement = Judgement::Position { issue, option };
            self.state(found, judgement, known, file, entry.key_span);
        }
        Some(())
    }

    /// `orders`, `issue_order`.
    fn orders(&mut self, map: &Map<'_>, found: &mut Found) -> Option<()> {
        let file = map.file;
        if let Some(node) = map.get("orders") {
            let orders = node.want_map("a mapping from issues to orders", file, self.findings)?;
            for entry in orders.entries {
                let issue = self.issue_named(&entry.key, file, entry.key_span)?;
                let (value, known) = self.with_known(&entry.value, "order", found.known, file)?;
                let tiers = self.tiers(value, file, |reader, node| {
                    let name = node.want_text("an option", file, reader.findings)?;
                    reader.option_named(issue, name, file, node.span)
                })?;
                let judgement = Judgement::OptionOrder { issue, tiers };
                self.state(found, judgement, known, file, entry.key_span);
            }
        }
        if let Some(node) = map.get("issue_order") {
            let (value, known) = self.with_known(node, "order", found.known, file)?;
            let tiers = self.tiers(value, file, |reader, node| {
                let name = node.want_text("an issue", file, reader.findings)?;
                reader.issue_named(name, file, node.span)
            })?;
            self.state(found, Judgement::IssueOrder { tiers }, known, file, node.span);
        }
        Some(())
    }

    /// `weights`, `values`, `reservation_range`.
    fn ranges(&mut self, map: &Map<'_>, found: &mut Found) -> Option<()> {
        let file = map.file;
        if let Some(node) = map.get("weights") {
            let all = node.want_map("a mapping from issues to ranges", file, self.findings)?;
            for entry in all.entries {
                let issue = self.issue_named(&entry.key, file, entry.key_span)?;
                let (low, high, known) = self.range(&entry.value, found.known, file)?;
                let judgement = Judgement::WeightRange { issue, low, high };
                self.state(found, judgement, known, file, entry.key_span);
            }
        }
        if let Some(node) = map.get("values") {
            let all = node.want_map("a mapping from issues to options", file, self.findings)?;
            for entry in all.entries {
                let issue = self.issue_named(&entry.key, file, entry.key_span)?;
                let wanted = "a mapping from options to ranges";
                for entry in entry.value.want_map(wanted, file, self.findings)?.entries {
                    let option = self.option_named(issue, &entry.key, file, entry.key_span)?;
                    let (low, high, known) = self.range(&entry.value, found.known, file)?;
                    let judgement = Judgement::ValueRange { issue, option, low, high };
                    self.state(found, judgement, known, file, entry.key_span);
                }
            }
        }
        if let Some(node) = map.get("reservation_range") {
            let (low, high, known) = self.range(node, found.known, file)?;
            let judgement = Judgement::ReservationRange { low, high };
            self.state(found, judgement, known, file, node.span);
        }
        Some(())
    }

    /// `[low, high]`, or one number for both; or a mapping of that with `known`.
    fn range(&mut self, node: &Node, known: Known, file: &str) -> Option<(Number, Number, Known)> {
        let (value, known) = self.with_known(node, "range", known, file)?;
        let Data::List(ends) = &value.data else {
            let number = value.want_number("the range", file, self.findings)?;
            return Some((number.clone(), number, known));
        };
        let [low, high] = ends.as_slice() else {
            self.findings.add(value.not("two ends, `[low, high]`", file));
            return None;
        };
        let low = low.want_number("the lower end", file, self.findings)?;
        let high = high.want_number("the upper end", file, self.findings)?;
        Some((low, high, known))
    }

    /// `better` with `worse`, or `equal`.
    fn comparisons(&mut self, map: &Map<'_>, found: &mut Found) -> Option<()> {
        let file = map.file;
        let Some(node) = map.get("comparisons") else { return Some(()) };
        for item in node.want_list("a list of comparisons", file, self.findings)? {
            let wanted = "`better` and `worse`, or `equal`";
            let fields = item.want_map(wanted, file, self.findings)?;
            fields.only(&["better", "worse", "equal", "known"], "a comparison", self.findings);
            let (left, right, relation) = if let Some(equal) = fields.get("equal") {
                let [left, right] = equal.want_list("two outcomes", file, self.findings)? else {
                    self.findings.add(equal.not("two outcomes", file));
                    return None;
                };
                (left, right, Relation::Equal)
            } else {
                let left = fields.require("better", "this comparison", self.findings)?;
                let right = fields.require("worse", "this comparison", self.findings)?;
                (left, right, Relation::Better)
            };
            let left = self.partial_outcome(left, file)?;
            let right = self.partial_outcome(right, file)?;
            let known = known(&fields, found.known, self.findings);
            let judgement = Judgement::Compare { left, right, relation };
            self.state(found, judgement, known, file, item.span);
        }
        Some(())
    }

    /// `accepts`, `rejects`, `ranking`.
    fn taken_and_refused(&mut self, map: &Map<'_>, found: &mut Found) -> Option<()> {
        let file = map.file;
        for (key, takes) in [("accepts", true), ("rejects", false)] {
            let Some(node) = map.get(key) else { continue };
            for item in node.want_list("a list of outcomes", file, self.findings)? {
                // `{outcome: {…}, known: …}`, or the outcome itself.
                let wrapped = item.get("outcome").is_some_and(|n| matches!(n.data, Data::Map(_)));
                let (node, known) = if wrapped {
                    self.with_known(item, "outcome", found.known, file)?
                } else {
                    (item, found.known)
                };
                let outcome = self.outcome(node, file)?;
                let judgement = if takes {
                    Judgement::Accepts { outcome }
                } else {
                    Judgement::Rejects { outcome }
                };
                self.state(found, judgement, known, file, item.span);
            }
        }
        if let Some(node) = map.get("ranking") {
            let (value, known) = self.with_known(node, "order", found.known, file)?;
            let judgement = Judgement::Ranking(self.ranking(value, file)?);
            self.state(found, judgement, known, file, node.span);
        }
        Some(())
    }

    /// `no agreement`, `issue order`, or an issue.
    fn wont_say(&mut self, map: &Map<'_>, found: &mut Found) -> Option<()> {
        let file = map.file;
        let Some(node) = map.get("wont_say") else { return Some(()) };
        for item in
            node.want_list("a list of what it would not speak about", file, self.findings)?
        {
            let wanted = "an issue, `no agreement` or `issue order`";
            let topic = match item.want_text(wanted, file, self.findings)? {
                NO_AGREEMENT if self.names.issue(NO_AGREEMENT).is_none() => Topic::NoAgreement,
                ISSUE_ORDER if self.names.issue(ISSUE_ORDER).is_none() => Topic::IssueOrder,
                name => Topic::Issue(self.issue_named(name, file, item.span)?),
            };
            self.state(found, Judgement::Declined(topic), found.known, file, item.span);
        }
        Some(())
    }
}
