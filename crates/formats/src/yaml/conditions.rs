//! Conditions: "these issues are settled so".

use super::Reader;
use crate::tree::{Data, Entry, Node};
use detente_model::diagnostic::{Diagnostic, Span};
use detente_model::{Condition, Issue, IssueKind, Number};

impl Reader<'_> {
    /// A mapping from issues to what they should be settled by.
    pub(super) fn conditions(&mut self, node: &Node, file: &str) -> Option<Vec<Condition>> {
        let map = node.want_map("a mapping from issues to options", file, self.findings)?;
        let all: Vec<_> = map.entries.iter().map(|e| self.condition(e, file)).collect();
        all.into_iter().collect()
    }

    /// One issue with an option, a list of them, `{from, to}`, or `{not: …}`.
    fn condition(&mut self, entry: &Entry, file: &str) -> Option<Condition> {
        let issue = self.issue_named(&entry.key, file, entry.key_span)?;
        if self.issues[issue].is_divisible() {
            self.findings.add(
                Diagnostic::error(
                    "condition-on-divisible",
                    format!("the issue `{}` is divisible", entry.key),
                )
                .in_file(file)
                .at(entry.key_span)
                .hint("conditions are about options; a divisible issue has shares"),
            );
            return None;
        }
        let options = match &entry.value.data {
            Data::Map(fields) if fields.iter().any(|f| f.key == "not") => {
                let map = entry.value.want_map("", file, self.findings)?;
                map.only(&["not"], "this condition", self.findings);
                let not = self.listed(issue, map.get("not")?, file)?;
                let count =
                    self.width(issue, 0, self.issues[issue].len()?, file, entry.value.span)?;
                let mut keep = vec![true; count];
                for option in not {
                    if let Some(slot) = keep.get_mut(option) {
                        *slot = false;
                    }
                }
                (0..count).filter(|&o| keep[o]).collect()
            }
            Data::Map(_) => self.between(issue, &entry.value, file)?,
            _ => self.listed(issue, &entry.value, file)?,
        };
        Some(Condition::new(issue, options))
    }

    fn listed(&mut self, issue: usize, node: &Node, file: &str) -> Option<Vec<usize>> {
        let items = match &node.data {
            Data::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut options = Vec::with_capacity(items.len());
        for item in items {
            let name = item.want_text("an option", file, self.findings)?;
            options.push(self.option_named(issue, name, file, item.span)?);
        }
        Some(options)
    }

    /// `{from: …, to: …}` of an issue whose options have an order.
    fn between(&mut self, issue: usize, node: &Node, file: &str) -> Option<Vec<usize>> {
        let fields = node.want_map("`from` and `to`", file, self.findings)?;
        fields.only(&["from", "to", "not"], "this condition", self.findings);
        let this = &self.issues[issue];
        if matches!(this.kind, IssueKind::Categorical(_)) {
            self.findings.add(
                Diagnostic::error(
                    "no-order",
                    format!(
                        "the options of `{}` have no order, so nothing is between them",
                        this.name
                    ),
                )
                .in_file(file)
                .at(node.span)
                .hint("list the options, or declare the issue as `ordered`"),
            );
            return None;
        }
        let count = this.len()?;
        let first = match fields.get("from") {
            Some(node) => self.bound(issue, node, file, true)?,
            None => 0,
        };
        let end = match fields.get("to") {
            Some(node) => self.bound(issue, node, file, false)?,
            None => count,
        };
        if first >= end {
            return Some(Vec::new());
        }
        let width = self.width(issue, first, end, file, node.span)?;
        let first = usize::try_from(first).ok()?;
        Some((first..first.checked_add(width)?).collect())
    }

    /// The first option not below a bound, or the first beyond it.
    fn bound(&mut self, issue: usize, node: &Node, file: &str, first: bool) -> Option<u64> {
        let this = &self.issues[issue];
        if !this.is_numeric() {
            let name = node.want_text("an option", file, self.findings)?;
            let option = self.option_named(issue, name, file, node.span)? as u64;
            return Some(if first { option } else { option + 1 });
        }
        let value = node.want_number("this bound", file, self.findings)?;
        Some(position(this, &value, first).unwrap_or(0))
    }

    /// `end - first`, if the budget of listed options allows.
    fn width(
        &mut self,
        issue: usize,
        first: u64,
        end: u64,
        file: &str,
        span: Span,
    ) -> Option<usize> {
        let width = usize::try_from(end.saturating_sub(first)).ok();
        let left = width.and_then(|w| self.left.checked_sub(w));
        if left.is_none() {
            self.findings.add(
                Diagnostic::error(
                    "too-large",
                    format!("this covers too many options of `{}`", self.issues[issue].name),
                )
                .in_file(file)
                .at(span)
                .hint("make the range shorter, or its step larger"),
            );
        }
        self.left = left?;
        width
    }
}

/// How many options lie below `value` (`first`) or not above it.
fn position(issue: &Issue, value: &Number, first: bool) -> Option<u64> {
    let (min, step) = (
        issue.numeric_value(0)?,
        match &issue.kind {
            IssueKind::Stepped { step, .. } => step.clone(),
            _ => Number::one(),
        },
    );
    let steps = (&(value - &min) / &step)?;
    let mut count = steps.floor();
    if !first || count < steps {
        count = &count + &Number::one();
    }
    let count = count.max(Number::zero());
    let most = issue.len()?;
    Some(count.to_exact_string().parse::<u64>().map_or(most, |c| c.min(most)))
}
