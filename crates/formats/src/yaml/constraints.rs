//! `constraints:` of a scenario.

use super::Reader;
use super::scenario::{known, text};
use crate::tree::{Data, Map, Node};
use detente_model::constraint::{Amount, Term};
use detente_model::diagnostic::Diagnostic;
use detente_model::preference::Known;
use detente_model::{Basis, Condition, Constraint, Number, Place, Rule};

const KEYS: [&str; 11] = [
    "reason", "basis", "known", "forbid", "require", "when", "then", "of", "sum", "at_least",
    "at_most",
];

impl<'a> Reader<'a> {
    /// Reads every constraint.
    pub(super) fn constraints(&mut self, map: &Map<'a>) -> Vec<Constraint> {
        let wanted = "a mapping from names to constraints";
        let Some(all) =
            map.get("constraints").and_then(|n| n.want_map(wanted, map.file, self.findings))
        else {
            return Vec::new();
        };
        let mut constraints = Vec::new();
        for entry in all.entries {
            self.places.set(Place::Constraint(constraints.len()), map.file, entry.key_span);
            let Some(fields) = entry.value.want_map(
                "a mapping with the constraint's rule",
                map.file,
                self.findings,
            ) else {
                continue;
            };
            let whose = format!("constraint `{}`", entry.key);
            fields.only(&KEYS, &whose, self.findings);
            let reason = text(&fields, "reason", self.findings).unwrap_or_default();
            let (Some(basis), Some(rule)) =
                (self.basis(&fields, &whose), self.rule(&fields, &whose))
            else {
                continue;
            };
            let known = known(&fields, Known::StatedPublicly, self.findings);
            constraints.push(Constraint { name: entry.key.clone(), reason, basis, known, rule });
        }
        constraints
    }

    fn basis(&mut self, fields: &Map<'a>, whose: &str) -> Option<Basis> {
        let node = fields.require("basis", whose, self.findings)?;
        let basis = match node.text().unwrap_or_default() {
            "legal-limit" => Some(Basis::LegalLimit),
            "agreed-principle" => Some(Basis::AgreedPrinciple),
            "practical" => Some(Basis::Practical),
            _ => None,
        };
        if basis.is_none() {
            self.findings.add(
                Diagnostic::error("unknown-word", format!("{whose} has an unknown basis"))
                    .in_file(fields.file)
                    .at(node.span)
                    .hint("one of `legal-limit`, `agreed-principle`, `practical`"),
            );
        }
        basis
    }

    fn rule(&mut self, fields: &Map<'a>, whose: &str) -> Option<Rule> {
        let file = fields.file;
        let has = |key: &str| fields.get(key).is_some();
        let bounds = has("at_least") || has("at_most");
        let kinds =
            [has("forbid"), has("require"), has("when") || has("then"), has("of"), has("sum")];
        if kinds.iter().filter(|k| **k).count() != 1 || bounds && !(has("of") || has("sum")) {
            self.findings.add(
                Diagnostic::error(
                    "constraint-rule",
                    format!("{whose} should have exactly one rule"),
                )
                .in_file(file)
                .at(fields.start())
                .hint("`forbid`, `require`, `when` with `then`, `of` with `at_least` or `at_most`, or `sum` with them"),
            );
            return None;
        }
        if let Some(node) = fields.get("forbid") {
            return Some(Rule::Forbid(self.conditions(node, file)?));
        }
        if let Some(node) = fields.get("require") {
            return Some(Rule::Require(self.conditions(node, file)?));
        }
        if let Some(node) = fields.get("of") {
            return self.counted(node, fields);
        }
        if let Some(node) = fields.get("sum") {
            return Some(Rule::Sum {
                terms: self.terms(node, file)?,
                at_least: self.bound_of(fields, "at_least")?,
                at_most: self.bound_of(fields, "at_most")?,
            });
        }
        let when = fields.require("when", whose, self.findings)?;
        let then = fields.require("then", whose, self.findings)?;
        Some(Rule::Implies {
            when: self.conditions(when, file)?,
            then: self.conditions(then, file)?,
        })
    }

    fn counted(&mut self, node: &Node, fields: &Map<'a>) -> Option<Rule> {
        let file = fields.file;
        let mut of: Vec<Condition> = Vec::new();
        for item in node.want_list("a list of conditions", file, self.findings)? {
            let conditions = self.conditions(item, file)?;
            if conditions.len() != 1 {
                self.findings.add(item.not("a condition on one issue", file));
                return None;
            }
            of.extend(conditions);
        }
        let at_least = match fields.get("at_least") {
            Some(node) => self.count(node, file)?,
            None => 0,
        };
        let at_most = match fields.get("at_most") {
            Some(node) => self.count(node, file)?,
            None => of.len(),
        };
        Some(Rule::Count { of, at_least, at_most })
    }

    /// `Some(None)` when the bound is not given.
    fn bound_of(&mut self, fields: &Map<'a>, key: &str) -> Option<Option<Number>> {
        match fields.get(key) {
            Some(node) => Some(Some(node.want_number("this bound", fields.file, self.findings)?)),
            None => Some(None),
        }
    }

    fn terms(&mut self, node: &Node, file: &str) -> Option<Vec<Term>> {
        let map = node.want_map("a mapping from issues to amounts", file, self.findings)?;
        let mut terms = Vec::new();
        for entry in map.entries {
            let issue = self.issue_named(&entry.key, file, entry.key_span)?;
            let amount = match &entry.value.data {
                Data::Map(_) => Amount::PerOption(self.table(issue, &entry.value, file)?),
                _ => Amount::Times(entry.value.want_number("this factor", file, self.findings)?),
            };
            terms.push(Term { issue, amount });
        }
        Some(terms)
    }
}
