//! What honesty costs, in words.

use crate::numbers;
use crate::text::{Emphasis, printable, wrapped};
use detente_leakage::honest::Honest;
use detente_model::Scenario;

/// The best rules under which the truth is every party's best answer, beside
/// the rule that trusts everyone.
#[derive(Debug, Clone)]
pub struct HonestyCost {
    /// Per party, how many types it may be.
    pub types: Vec<usize>,
    /// Combinations of types.
    pub profiles: usize,
    /// Drafts looked at.
    pub drafts: usize,
    /// The largest gain from a lie under the plain rule, as a part of the liar's largest gain.
    pub nash_lie: f64,
    /// Where parties may refuse what is recommended.
    pub recommended: Honest,
    /// Where they may not.
    pub binding: Honest,
}

/// The terminal text.
#[must_use]
pub fn honesty_text(scenario: &Scenario, cost: &HonestyCost, emphasis: Emphasis) -> String {
    let percent = |x: f64| format!("{:.1} %", x * 100.0);
    let kept = |honest: &Honest| {
        format!(
            "{} of the best Nash product on average (no such rule keeps more than {})",
            percent(honest.share),
            percent(honest.bound)
        )
    };
    let names: Vec<String> = scenario
        .parties()
        .iter()
        .zip(&cost.types)
        .map(|(p, n)| format!("{} {n}", p.name))
        .collect();
    let lines = [
        format!(
            "The plain rule trusts every report. A party could gain up to {} of the most it can ever gain by misreporting.",
            percent(cost.nash_lie)
        ),
        format!(
            "The best recommendation under which no misreport pays keeps {}: honesty costs {}.",
            kept(&cost.recommended),
            percent(1.0 - cost.recommended.share)
        ),
        format!("If parties were bound by the draft unseen, it would be {}.", kept(&cost.binding)),
        format!(
            "Over {} combinations of what the parties may be ({}) and {} drafts; each party knows itself and holds the others' possibilities equally likely.",
            numbers::small_count(cost.profiles),
            names.join(", "),
            numbers::small_count(cost.drafts)
        ),
    ];
    let title = format!("What honesty costs in {}", scenario.title());
    let mut out = emphasis.strong(&printable(&title));
    out += "\n\n";
    for line in lines {
        let text = wrapped(&printable(&line), 80, "  ", "  ");
        out += text.trim_end_matches('\n');
        out.push('\n');
    }
    out
}
