//! Writing partial preferences.

use super::orders::NO_AGREEMENT;
use super::partial::ISSUE_ORDER;
use super::write::yaml_text_or_number;
use crate::write::yaml_text;
use detente_model::partial::{Judgement, Partial, PartialOutcome, Ranking, Relation, Tiers, Topic};
use detente_model::preference::Known;
use detente_model::{Number, Outcome, Scenario};
use std::fmt::Write;

/// All statements, key by key.
///
/// How each is known stands beside it; nothing is said of the whole file, as
/// that would hold of the red lines too.
pub(super) fn write_partial(out: &mut String, scenario: &Scenario, partial: &Partial) {
    let mut sections = Sections::default();
    for stated in &partial.statements {
        add(&mut sections, scenario, &stated.judgement, stated.known);
    }
    sections.write(out);
}

/// What stands under each key, in the order in which keys first came.
#[derive(Default)]
struct Sections(Vec<(&'static str, Vec<String>)>);

impl Sections {
    /// The lines under a key.
    fn under(&mut self, key: &'static str) -> &mut Vec<String> {
        let at = self.0.iter().position(|(k, _)| *k == key).unwrap_or_else(|| {
            self.0.push((key, Vec::new()));
            self.0.len() - 1
        });
        &mut self.0[at].1
    }

    fn write(&self, out: &mut String) {
        for (key, lines) in &self.0 {
            let _ = match lines.as_slice() {
                [one] if !one.starts_with(' ') => writeln!(out, "{key}: {one}"),
                _ => writeln!(out, "{key}:\n{}", lines.join("\n")),
            };
        }
    }
}

fn add(sections: &mut Sections, scenario: &Scenario, judgement: &Judgement, known: Known) {
    let issues = scenario.issues();
    let issue = |i: usize| yaml_text(&issues[i].name);
    let option = |i: usize, o: usize| yaml_text_or_number(&issues[i], o);
    match judgement {
        Judgement::Position { issue: i, option: o } => {
            let position = with_known("option", &option(*i, *o), known);
            sections.under("positions").push(format!("  {}: {position}", issue(*i)));
        }
        Judgement::OptionOrder { issue: i, tiers: order } => {
            let order = with_known("order", &tiers(order, |o| option(*i, o)), known);
            sections.under("orders").push(format!("  {}: {order}", issue(*i)));
        }
        Judgement::IssueOrder { tiers: order } => {
            sections.under("issue_order").push(with_known("order", &tiers(order, issue), known));
        }
        Judgement::WeightRange { issue: i, low, high } => {
            let range = range(low, high, known);
            sections.under("weights").push(format!("  {}: {range}", issue(*i)));
        }
        Judgement::ValueRange { issue: i, option: o, low, high } => {
            let head = format!("  {}:", issue(*i));
            let line = format!("    {}: {}", option(*i, *o), range(low, high, known));
            let lines = sections.under("values");
            match lines.iter_mut().find(|l| l.lines().next() == Some(&head)) {
                Some(group) => {
                    let _ = write!(group, "\n{line}");
                }
                None => lines.push(format!("{head}\n{line}")),
            }
        }
        Judgement::ReservationRange { low, high } => {
            sections.under("reservation_range").push(range(low, high, known));
        }
        Judgement::Compare { left, right, relation } => {
            let [left, right] = [left, right].map(|o| bundle(scenario, o));
            let sides = match relation {
                Relation::Better => format!("better: {left}, worse: {right}"),
                Relation::Worse => format!("better: {right}, worse: {left}"),
                Relation::Equal => format!("equal: [{left}, {right}]"),
            };
            sections.under("comparisons").push(format!("  - {{{sides}{}}}", beside(known)));
        }
        Judgement::Accepts { outcome } => {
            let line = format!("  - {}", with_known("outcome", &whole(scenario, outcome), known));
            sections.under("accepts").push(line);
        }
        Judgement::Rejects { outcome } => {
            let line = format!("  - {}", with_known("outcome", &whole(scenario, outcome), known));
            sections.under("rejects").push(line);
        }
        Judgement::Ranking(order) => {
            let order = with_known("order", &ranking(scenario, order), known);
            sections.under("ranking").push(order);
        }
        Judgement::Declined(topic) => sections.under("wont_say").push(match topic {
            Topic::NoAgreement => format!("  - {NO_AGREEMENT}"),
            Topic::IssueOrder => format!("  - {ISSUE_ORDER}"),
            Topic::Issue(i) => format!("  - {}", issue(*i)),
        }),
    }
}

/// The value itself, or a mapping of it with how it is known.
fn with_known(key: &str, value: &str, known: Known) -> String {
    match known {
        Known::Unknown => value.to_owned(),
        _ => format!("{{{key}: {value}{}}}", beside(known)),
    }
}

fn beside(known: Known) -> String {
    match known {
        Known::Unknown => String::new(),
        _ => format!(", known: {}", known.as_str()),
    }
}

fn range(low: &Number, high: &Number, known: Known) -> String {
    with_known("range", &format!("[{low}, {high}]"), known)
}

fn ranking(scenario: &Scenario, ranking: &Ranking) -> String {
    let mut all = Vec::new();
    for (index, tier) in ranking.tiers.iter().enumerate() {
        if index == ranking.acceptable_tiers {
            all.push(NO_AGREEMENT.to_owned());
        }
        let tier: Vec<String> = tier.iter().map(|o| whole(scenario, o)).collect();
        all.push(match tier.as_slice() {
            [one] => one.clone(),
            _ => format!("[{}]", tier.join(", ")),
        });
    }
    format!("[{}]", all.join(", "))
}

fn tiers(tiers: &Tiers, name: impl Fn(usize) -> String) -> String {
    let all: Vec<String> = tiers
        .iter()
        .map(|tier| {
            let names: Vec<String> = tier.iter().map(|&i| name(i)).collect();
            match names.as_slice() {
                [one] => one.clone(),
                _ => format!("[{}]", names.join(", ")),
            }
        })
        .collect();
    format!("[{}]", all.join(", "))
}

fn whole(scenario: &Scenario, outcome: &Outcome) -> String {
    bundle(scenario, &PartialOutcome::whole(outcome))
}

fn bundle(scenario: &Scenario, outcome: &PartialOutcome) -> String {
    let all: Vec<String> = outcome
        .choices()
        .iter()
        .map(|&(i, o)| {
            let issue = &scenario.issues()[i];
            format!("{}: {}", yaml_text(&issue.name), yaml_text_or_number(issue, o))
        })
        .collect();
    format!("{{{}}}", all.join(", "))
}
