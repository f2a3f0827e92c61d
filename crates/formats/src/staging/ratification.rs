//! Constituencies and their rules.

use super::fields::{Reader, Within};
use crate::tree::{Data, Entry, Node};
use detente_model::Scenario;
use detente_model::staging::{
    Constituency, NamedRatification, OwnWorth, Ratification, Ratifier, Rational,
};
use num_traits::Zero;

pub(crate) fn ratification(
    reader: &mut Reader,
    node: &Node,
    scenario: Option<&Scenario>,
) -> Option<NamedRatification> {
    if let Some(inner) = node.get("ratification") {
        return ratification(reader, inner, scenario);
    }
    reader.known(
        node,
        &[
            "parties",
            "sizes",
            "x0",
            "draft",
            "cost",
            "issues",
            "status_quo",
            "about",
            "name",
            "title",
        ],
    );
    let mut issues: Vec<(String, Vec<String>)> = Vec::new();
    for Entry { key: issue, value: options, .. } in
        node.get("issues").and_then(Node::entries).unwrap_or_default()
    {
        let names =
            options.list().unwrap_or_default().iter().filter_map(|o| reader.text(o)).collect();
        issues.push((issue.clone(), names));
    }
    if issues.is_empty() && node.get("sizes").is_none() {
        issues = scenario.map(issues_of).unwrap_or_default();
    }
    let sizes: Vec<usize> = match node.get("sizes").and_then(Node::list) {
        Some(list) => list.iter().filter_map(|s| reader.count(s)).collect(),
        None => issues.iter().map(|(_, o)| o.len()).collect(),
    };
    if sizes.is_empty() {
        reader.wrong(
            node,
            "ratification-sizes",
            "no issues",
            "write sizes: [3, 3], or issues: {permits: [none, some, all]}",
        );
        return None;
    }
    let names = Names { issues: &issues, sizes: &sizes };
    let draft = match node.get("x0").or_else(|| node.get("draft")) {
        Some(v) => names.outcome(reader, v)?,
        None => vec![0; sizes.len()],
    };
    let status_quo = match node.get("status_quo") {
        Some(v) => names.outcome(reader, v)?,
        None => vec![0; sizes.len()],
    };
    let cost = match node.get("cost") {
        Some(v) => names.table(reader, v, "cost")?,
        None => (0..sizes.len())
            .map(|i| {
                (0..sizes[i])
                    .map(|o| Rational::from_integer(i64::from(o != draft[i]).into()))
                    .collect()
            })
            .collect(),
    };
    let mut parties = Vec::new();
    let Some(list) = node.get("parties").and_then(Node::list) else {
        reader.wrong(
            node,
            "ratification-parties",
            "there are no `parties`",
            "write - {name: A, quota: 3, constituencies: […]}",
        );
        return None;
    };
    for entry in list {
        parties.push(ratifier(reader, &names, entry)?);
    }
    let question = Ratification { parties, sizes, draft, cost, status_quo };
    if let Err(error) = question.check() {
        reader.wrong(node, "ratification", error.to_string(), "see docs/format-staging.md");
    }
    (!reader.failed()).then_some(NamedRatification { question, issues })
}

/// The issues of a scenario with their options; divisible and very large ones
/// have no list of options and are left out.
fn issues_of(scenario: &Scenario) -> Vec<(String, Vec<String>)> {
    scenario
        .issues()
        .iter()
        .map(|issue| {
            let options = issue.len().filter(|n| *n <= MOST_OPTIONS).unwrap_or(0);
            let names = (0..options as usize).map(|o| issue.option_name(o)).collect();
            (issue.name.clone(), names)
        })
        .collect()
}

/// Most options of one issue.
const MOST_OPTIONS: u64 = 10_000;

fn ratifier(reader: &mut Reader, names: &Names<'_>, entry: &Node) -> Option<Ratifier> {
    reader.known(entry, &["name", "quota", "constituencies", "title", "worth", "reserve"]);
    let name = entry.get("name").and_then(|n| reader.text(n)).unwrap_or_default();
    let quota = match entry.get("quota") {
        Some(q) => reader.number(q, "quota", Within::NotNegative)?,
        None => Rational::zero(),
    };
    let mut constituencies = Vec::new();
    for c in entry.get("constituencies").and_then(Node::list).unwrap_or_default() {
        reader.known(c, &["name", "u", "utility", "reserve", "weight", "veto", "title"]);
        let name = c.get("name").and_then(|n| reader.text(n));
        let name = name.unwrap_or_else(|| format!("group {}", constituencies.len() + 1));
        let Some(u) = c.get("u").or_else(|| c.get("utility")) else {
            reader.wrong(
                c,
                "ratification-utility",
                format!("{name} has no `u`"),
                "write what each option is worth to it",
            );
            continue;
        };
        let utility = names.table(reader, u, &name)?;
        let (reserve, reserve_range) = match c.get("reserve") {
            Some(r) if r.entries().is_some() => {
                reader.known(r, &["low", "high"]);
                let (Some(low), Some(high)) = (r.get("low"), r.get("high")) else {
                    reader.wrong(
                        r,
                        "staging-range",
                        "a range needs `low` and `high`",
                        "write {low: 1, high: 3}",
                    );
                    continue;
                };
                let low = reader.number(low, "reserve", Within::Anywhere)?;
                let high = reader.number(high, "reserve", Within::Anywhere)?;
                ((&low + &high) / Rational::from_integer(2.into()), Some((low, high)))
            }
            Some(r) => (reader.number(r, "reserve", Within::Anywhere)?, None),
            None => (Rational::zero(), None),
        };
        let weight = match c.get("weight") {
            Some(w) => reader.number(w, "weight", Within::NotNegative)?,
            None => Rational::zero(),
        };
        let veto = c.get("veto").is_some_and(|v| reader.flag(v));
        constituencies.push(Constituency { name, utility, reserve, weight, veto, reserve_range });
    }
    let own = match entry.get("worth") {
        Some(worth) => {
            let utility = names.table(reader, worth, &format!("worth to {name}"))?;
            let reserve = match entry.get("reserve") {
                Some(r) => reader.number(r, "reserve", Within::Anywhere)?,
                None => Rational::zero(),
            };
            Some(OwnWorth { utility, reserve })
        }
        None => None,
    };
    Some(Ratifier { name, quota, constituencies, own })
}

struct Names<'n> {
    issues: &'n [(String, Vec<String>)],
    sizes: &'n [usize],
}

impl Names<'_> {
    /// One option per issue, as numbers in a list or names in a map.
    fn outcome(&self, reader: &mut Reader, node: &Node) -> Option<Vec<usize>> {
        if let Some(list) = node.list() {
            return list.iter().map(|o| reader.count(o)).collect();
        }
        let mut outcome = vec![0; self.sizes.len()];
        for Entry { key: issue, key_span: span, value: option } in
            node.entries().unwrap_or_default()
        {
            let at = self.issues.iter().position(|(i, _)| i == issue);
            let which = at.and_then(|i| {
                self.issues[i].1.iter().position(|o| Some(o.as_str()) == option.text())
            });
            match (at, which) {
                (Some(i), Some(o)) => outcome[i] = o,
                _ => {
                    reader.wrong_at(
                        *span,
                        "ratification-option",
                        format!("there is no such issue or option: {issue}"),
                        "use the names under `issues`",
                    );
                    return None;
                }
            }
        }
        Some(outcome)
    }

    /// One number per option: lists in order, or a map by issue.
    fn table(&self, reader: &mut Reader, node: &Node, what: &str) -> Option<Vec<Vec<Rational>>> {
        let rows: Vec<&Node> = match &node.data {
            Data::List(rows) => rows.iter().collect(),
            Data::Map(_) => {
                let mut rows = Vec::new();
                for (issue, _) in self.issues {
                    match node.get(issue) {
                        Some(row) => rows.push(row),
                        None => {
                            reader.wrong(
                                node,
                                "ratification-utility",
                                format!("{what}: nothing for `{issue}`"),
                                "write one list per issue",
                            );
                            return None;
                        }
                    }
                }
                rows
            }
            _ => Vec::new(),
        };
        let mut table = Vec::new();
        for row in &rows {
            let Some(entries) = row.list() else {
                reader.wrong(
                    row,
                    "ratification-utility",
                    format!("{what}: expected a list of numbers"),
                    "one per option",
                );
                return None;
            };
            table.push(
                entries
                    .iter()
                    .map(|e| reader.number(e, what, Within::Anywhere))
                    .collect::<Option<_>>()?,
            );
        }
        let fits = table.len() == self.sizes.len()
            && table.iter().zip(self.sizes).all(|(r, s): (&Vec<Rational>, _)| r.len() == *s);
        if !fits {
            reader.wrong(
                node,
                "ratification-utility",
                format!("{what}: not one number per option of each issue"),
                "see `sizes` or `issues`",
            );
            return None;
        }
        Some(table)
    }
}
