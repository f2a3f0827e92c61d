//! A party's private preferences.

use super::Reader;
use super::partial::STATEMENTS;
use super::scenario::{known, text};
use super::values::FUNCTIONS;
use crate::tree::{Data, Entry, Map, Node};
use detente_model::diagnostic::Diagnostic;
use detente_model::preference::{Interaction, IssueValue, Known, RedLine, When};
use detente_model::{Number, Partial, Place, Preferences, Statement, Utility, ValueFunction};

/// Keys of any party.
const SHARED: [&str; 2] = ["known", "red_lines"];
const NUMERIC: [&str; 6] = ["reservation", "discount", "constant", "cap", "issues", "interactions"];

impl Reader<'_> {
    /// Reads one party's preferences.
    pub(super) fn party(&mut self, party: usize, node: &Node, file: &str) -> Option<Preferences> {
        let id = self.parties[party].id.clone();
        let map = node.want_map("a mapping with the party's preferences", file, self.findings)?;
        self.places.set(Place::Preferences(party), file, map.start());
        let keys = [&SHARED[..], &NUMERIC, &STATEMENTS].concat();
        map.only(&keys, &format!("the file of `{id}`"), self.findings);
        let known = known(&map, Known::Unknown, self.findings);
        let given = |key: &&str| map.entry(key).filter(|e| !e.value.is_null());
        let numeric = NUMERIC.iter().find_map(given);
        let partial = STATEMENTS.iter().find_map(given);
        let statement = match (numeric, partial) {
            (Some(_), None) => Statement::Utility(Box::new(self.utility(party, &id, &map, known)?)),
            (None, Some(_)) => Statement::Partial(self.partial(party, &map, known)?),
            (None, None) if map.get("red_lines").is_some() => {
                Statement::Partial(Partial::default())
            }
            (None, None) => {
                self.findings.add(
                    Diagnostic::error(
                        "no-preferences",
                        format!("`{id}` says nothing of what it wants"),
                    )
                    .in_file(file)
                    .at(map.start())
                    .hint("add `issues: …` with values, or what is known: `positions`, `orders`, `comparisons`, …")
                    .hint("if it will not say, write `wont_say: [no agreement]`"),
                );
                return None;
            }
            (Some(number), Some(other)) => {
                self.findings.add(
                    Diagnostic::error(
                        "numbers-and-statements",
                        format!(
                            "`{id}` gives both numbers for everything (`{}`) and partial preferences (`{}`)",
                            number.key, other.key
                        ),
                    )
                    .in_file(file)
                    .at(other.key_span)
                    .hint("give one of the two; ranges go under `weights`, `values` and `reservation_range`"),
                );
                return None;
            }
        };
        let red_lines = self.red_lines(party, &map, known)?;
        Some(Preferences { statement, red_lines })
    }

    fn utility(
        &mut self,
        party: usize,
        id: &str,
        map: &Map<'_>,
        known_by: Known,
    ) -> Option<Utility> {
        let file = map.file;
        let mut utility = Utility::new(self.issues.len());
        match map.get("reservation") {
            Some(node) => {
                self.places.set(Place::Reservation(party), file, node.span);
                let (value, known) = self.with_known(node, "value", known_by, file)?;
                utility.reservation =
                    value.want_number("the reservation value", file, self.findings)?;
                utility.reservation_known = known;
            }
            None => self.findings.add(
                Diagnostic::warning(
                    "no-reservation",
                    format!("`{id}` does not say what no agreement is worth; zero is taken"),
                )
                .in_file(file)
                .at(map.start())
                .hint("add `reservation: …`"),
            ),
        }
        if let Some(node) = map.get("discount") {
            self.places.set(Place::Discount(party), file, node.span);
            utility.discount = node.want_number("the discount", file, self.findings)?;
        }
        if let Some(node) = map.get("constant") {
            utility.constant = node.want_number("the constant", file, self.findings)?;
        }
        if let Some(node) = map.get("cap") {
            utility.cap = Some(node.want_number("the cap", file, self.findings)?);
        }
        self.issue_values(party, id, map, known_by, &mut utility);
        if let Some(node) = map.get("interactions") {
            for item in node.want_list("a list of interactions", file, self.findings)? {
                let place = Place::Interaction(party, utility.interactions.len());
                self.places.set(place, file, item.span);
                utility.interactions.push(self.interaction(item, known_by, file)?);
            }
        }
        Some(utility)
    }

    fn issue_values(
        &mut self,
        party: usize,
        id: &str,
        map: &Map<'_>,
        known: Known,
        utility: &mut Utility,
    ) {
        let mut said = vec![false; self.issues.len()];
        if let Some(values) = map
            .get("issues")
            .and_then(|n| n.want_map("a mapping from issues to values", map.file, self.findings))
        {
            for entry in values.entries {
                let Some(issue) = self.issue_named(&entry.key, map.file, entry.key_span) else {
                    continue;
                };
                said[issue] = true;
                for place in [Place::Value(party, issue), Place::Weight(party, issue)] {
                    self.places.set(place, map.file, entry.key_span);
                }
                if entry.value.plain() != Some("none") {
                    utility.issues[issue] = self.issue_value(party, issue, entry, known, map.file);
                }
            }
        }
        let silent: Vec<&str> = self
            .issues
            .iter()
            .zip(&said)
            .filter(|(_, said)| !**said)
            .map(|(issue, _)| issue.name.as_str())
            .collect();
        let in_interactions = map.get("interactions").is_some();
        if !silent.is_empty() && !in_interactions {
            let at = map.entry("issues").map_or(map.start(), |e| e.key_span);
            let shown: Vec<String> = silent.iter().take(5).map(|s| format!("`{s}`")).collect();
            let more = if silent.len() > 5 { ", …" } else { "" };
            self.findings.add(
                Diagnostic::warning(
                    "silent-issue",
                    format!(
                        "`{id}` says nothing about {}{more}; it counts for nothing",
                        shown.join(", ")
                    ),
                )
                .in_file(map.file)
                .at(at)
                .hint(format!("add `{}: …`, or `{}: none` if that is meant", silent[0], silent[0])),
            );
        }
    }

    fn issue_value(
        &mut self,
        party: usize,
        issue: usize,
        entry: &Entry,
        known_by: Known,
        file: &str,
    ) -> Option<IssueValue> {
        if let Data::Text { .. } = entry.value.data
            && self.issues[issue].is_divisible()
        {
            let what = format!("the worth of `{}`", entry.key);
            let whole = entry.value.want_number(&what, file, self.findings)?;
            let value = ValueFunction::Share(whole);
            return Some(IssueValue { weight: Number::one(), value, known: known_by });
        }
        let wanted = "`weight` and a value function, or `none`";
        let map = entry.value.want_map(wanted, file, self.findings)?;
        let mut keys = vec!["weight", "known"];
        keys.extend(FUNCTIONS);
        let whose = format!("the value of issue `{}`", entry.key);
        map.only(&keys, &whose, self.findings);
        let known = known(&map, known_by, self.findings);
        let weight = match map.get("weight") {
            Some(node) => {
                self.places.set(Place::Weight(party, issue), file, node.span);
                node.want_number("the weight", file, self.findings)?
            }
            None => Number::one(),
        };
        let given: Vec<&Entry> = map
            .entries
            .iter()
            .filter(|e| FUNCTIONS.contains(&e.key.as_str()) && !e.value.is_null())
            .collect();
        let [function] = given.as_slice() else {
            self.findings.add(
                Diagnostic::error(
                    "value-function",
                    format!("{whose} should be given exactly once"),
                )
                .in_file(file)
                .at(entry.key_span)
                .hint("`values: {…}` for named options, `linear`, `piecewise` or `peak` for numbers, `share` for a divisible issue"),
            );
            return None;
        };
        self.places.set(Place::Value(party, issue), file, function.key_span);
        let value = self.function(party, issue, &function.key, &function.value, file)?;
        Some(IssueValue { weight, value, known })
    }

    /// Either the value itself, or a mapping of it with `known`.
    pub(super) fn with_known<'n>(
        &mut self,
        node: &'n Node,
        key: &str,
        otherwise: Known,
        file: &'n str,
    ) -> Option<(&'n Node, Known)> {
        if let Data::Map(_) = node.data {
            let map = node.want_map("", file, self.findings)?;
            map.only(&[key, "known"], "this", self.findings);
            let known = known(&map, otherwise, self.findings);
            return Some((map.require(key, "this", self.findings)?, known));
        }
        Some((node, otherwise))
    }

    fn interaction(&mut self, node: &Node, otherwise: Known, file: &str) -> Option<Interaction> {
        let map = node.want_map("`when` (or `unless`) and `adds`", file, self.findings)?;
        map.only(&["when", "unless", "adds", "known"], "an interaction", self.findings);
        let (when, conditions) = match (map.get("when"), map.get("unless")) {
            (Some(node), None) => (When::All, node),
            (None, Some(node)) => (When::NotAll, node),
            _ => {
                self.findings.add(
                    Diagnostic::error(
                        "missing-key",
                        "an interaction has either `when` or `unless`",
                    )
                    .in_file(file)
                    .at(map.start()),
                );
                return None;
            }
        };
        let conditions = self.conditions(conditions, file)?;
        let adds = map.require("adds", "this interaction", self.findings)?;
        let value = adds.want_number("what this interaction adds", file, self.findings)?;
        let known = known(&map, otherwise, self.findings);
        Some(Interaction { conditions, when, value, known })
    }

    fn red_lines(&mut self, party: usize, map: &Map<'_>, otherwise: Known) -> Option<Vec<RedLine>> {
        let mut lines = Vec::new();
        let Some(node) = map.get("red_lines") else { return Some(lines) };
        for item in node.want_list("a list of red lines", map.file, self.findings)? {
            self.places.set(Place::RedLine(party, lines.len()), map.file, item.span);
            let wanted = "`never`, with a `reason`";
            let fields = item.want_map(wanted, map.file, self.findings)?;
            fields.only(&["never", "reason", "known"], "a red line", self.findings);
            let never = fields.require("never", "this red line", self.findings)?;
            lines.push(RedLine {
                conditions: self.conditions(never, map.file)?,
                reason: text(&fields, "reason", self.findings).unwrap_or_default(),
                known: known(&fields, otherwise, self.findings),
            });
        }
        Some(lines)
    }
}
