//! Sentences used on paper and on the terminal alike.

use crate::extras::AdjustedWinner;
use crate::numbers;
use crate::numbers::counted;
use crate::settle;
use crate::side::Side;
use detente_analysis::Solved;
use detente_analysis::frontier::Completeness;
use detente_analysis::solved::{SolutionDeal, SolutionRule};
use detente_model::{AcceptanceRule, Known, Number, Scenario, Statement};
use num_bigint::BigUint;
use num_traits::{One, ToPrimitive, Zero};

/// Whose yes is needed: "both sides", "all 6 sides", "at least 5 of 6 sides".
pub(crate) fn whose_consent(scenario: &Scenario) -> String {
    let sides = scenario.parties().len();
    match scenario.acceptance() {
        AcceptanceRule::Unanimity if sides == 2 => "both sides".into(),
        AcceptanceRule::Unanimity => format!("all {sides} sides"),
        AcceptanceRule::Quota { at_least, vetoes } if vetoes.is_empty() => {
            format!("at least {at_least} of {sides} sides")
        }
        AcceptanceRule::Quota { at_least, vetoes } => {
            let names: Vec<&str> = vetoes
                .iter()
                .filter_map(|v| scenario.parties().get(*v))
                .map(|p| p.name.as_str())
                .collect();
            format!("at least {at_least} of {sides} sides, among them {}", list(&names))
        }
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// How many outcomes there are, in words, and whether some issues are shared out besides.
pub(crate) fn outcomes(scenario: &Scenario, solved: &Solved) -> String {
    let shared = scenario.issues().iter().filter(|i| i.is_divisible()).count();
    let each = counted(shared, "issue is", "issues are");
    if shared == 0 {
        if solved.outcomes.is_one() {
            return "1 outcome".into();
        }
        return format!("{} outcomes", numbers::count(&solved.outcomes));
    }
    if shared == scenario.issues().len() {
        return format!("{each} shared out, so deals are without number");
    }
    format!("{} outcomes, and {each} shared out besides", numbers::count(&solved.outcomes))
}

/// How statements without full figures are read.
pub(crate) const UNSAID: &str = "A side’s utility is taken to be a sum over the issues; nothing else is filled in. What is called certain holds for every utility function, and every worth of no deal, that fits what the side said; what may be holds for some. Both are decided by linear programs in exact arithmetic. What is at stake for a side is the way from its worst option on every issue to its best.";

/// Whether an agreement is possible, in a sentence or two.
pub(crate) fn possible(scenario: &Scenario, solved: &Solved) -> String {
    let whose = whose_consent(scenario);
    let counted = !scenario.has_divisible_issues();
    let open = scenario.utilities().is_none();
    match (solved.agreement_possible, &solved.acceptable_outcomes) {
        (Some(true), None) if open => {
            format!("Yes, whatever is left unsaid: some deals are acceptable to {whose}.")
        }
        (Some(false), None) if open => {
            format!("No, whatever is left unsaid: no deal can be acceptable to {whose}.")
        }
        (Some(true), Some(acceptable)) if counted => {
            let verb = if acceptable.is_one() { "is" } else { "are" };
            let of = numbers::count(&solved.outcomes);
            let part = part_of(acceptable, &solved.outcomes);
            format!("Yes. {} of {of} outcomes {verb} acceptable to {whose}{part}.", numbers::count(acceptable))
        }
        (Some(true), _) => format!("Yes. Some deals are acceptable to {whose}."),
        (Some(false), _) => format!("No. As things stand, no deal is acceptable to {whose}."),
        (None, _) if open => format!(
            "That depends on what is left unsaid: no deal is certain to be acceptable to {whose}."
        ),
        (None, _) => {
            "Not known. The search ended before it found a deal acceptable to all, or that there is none."
                .into()
        }
    }
}

fn part_of(part: &BigUint, whole: &BigUint) -> String {
    match (part.to_f64(), whole.to_f64()) {
        (Some(p), Some(w)) if w > 0.0 && w.is_finite() && !part.is_zero() => {
            let percent = p / w * 100.0;
            if percent < 0.01 {
                return String::new();
            }
            let decimals = if percent >= 10.0 {
                0
            } else if percent >= 1.0 {
                1
            } else {
                2
            };
            format!(" ({}%)", numbers::fixed(percent, decimals))
        }
        _ => String::new(),
    }
}

/// How many efficient deals are known, and whether that is all.
pub(crate) fn frontier(solved: &Solved) -> String {
    let size = solved.frontier.deals.len();
    let what = if solved.frontier.continuous {
        counted(size, "corner of a continuous frontier", "corners of a continuous frontier")
    } else {
        counted(size, "efficient deal", "efficient deals")
    };
    if size == 0 && solved.frontier.completeness == Completeness::Stopped {
        return "None found before the search was ended.".into();
    }
    match solved.frontier.completeness {
        Completeness::Complete if solved.frontier.continuous => {
            format!("{what}: complete. Every deal on the lines between them is efficient too.")
        }
        Completeness::Complete => format!("{what}: these are all."),
        Completeness::LimitReached => {
            format!("{what} found, then the limit on their number was reached: there are more.")
        }
        Completeness::Stopped => {
            format!("{what} found before the search was ended: there may be more, and better ones.")
        }
        Completeness::Skipped => "Not worked out: it was not asked for.".into(),
    }
}

/// What a rule looks for.
pub(crate) fn rule_meaning(rule: SolutionRule) -> &'static str {
    match rule {
        SolutionRule::Nash => "the largest product of gains over no deal",
        SolutionRule::KalaiSmorodinsky => {
            "the most for whoever gets the smallest part of its best gain, then the next smallest"
        }
        SolutionRule::Egalitarian => {
            "the most for whoever gains least in its own points, then the next"
        }
        SolutionRule::Utilitarian => "the largest sum of utilities",
        SolutionRule::UtilitarianRescaled => {
            "the largest sum of gains, each as a part of that side’s best gain"
        }
    }
}

/// What a rule's value is.
pub(crate) fn value_meaning(rule: SolutionRule) -> &'static str {
    match rule {
        SolutionRule::Nash => "product of gains",
        SolutionRule::KalaiSmorodinsky => "smallest part of a best gain",
        SolutionRule::Egalitarian => "smallest gain",
        SolutionRule::Utilitarian => "sum of utilities",
        SolutionRule::UtilitarianRescaled => "sum of parts of best gains",
    }
}

/// How much better a deal might be at most, in per cent of its value; `None` when proved.
pub(crate) fn gap(pick: &SolutionDeal) -> Option<f64> {
    if pick.optimal {
        return None;
    }
    let room = (pick.bound - pick.value).max(0.0);
    Some(if pick.value.abs() > 0.0 { room / pick.value.abs() * 100.0 } else { f64::INFINITY })
}

/// "proved" or "at most 3.1% better possible".
pub(crate) fn kind(pick: &SolutionDeal) -> String {
    match gap(pick) {
        None => "proved".into(),
        Some(gap) if gap.is_finite() => {
            format!("not proved: at most {} better possible", gap_text(gap))
        }
        Some(_) if pick.bound.is_finite() => {
            format!("not proved: none above {}", numbers::plain(pick.bound))
        }
        Some(_) => "not proved: how much better is not known".into(),
    }
}

/// A gap in per cent, rounded up so that it promises no more than is known.
pub(crate) fn gap_text(gap: f64) -> String {
    let step = if gap < 0.1 {
        1000.0
    } else if gap < 10.0 {
        10.0
    } else {
        1.0
    };
    format!("{}%", numbers::plain((gap * step - 1e-9).ceil() / step))
}

/// How exact the arithmetic is.
pub(crate) fn exactness(solved: &Solved) -> &'static str {
    if solved.exact {
        "Exact: every figure is kept as the fraction or decimal it was written as, and deals are compared without rounding. Only what is printed is rounded."
    } else {
        "With a tolerance: some figures cannot be kept as fractions, so differences below a billionth of a side’s scale count as equal."
    }
}

/// How the preferences of everyone are known, most guarded first.
pub(crate) fn audience(scenario: &Scenario) -> &'static str {
    let mut public = true;
    for preferences in scenario.preferences() {
        let known: Vec<Known> = match &preferences.statement {
            Statement::Utility(utility) => utility
                .issues
                .iter()
                .flatten()
                .map(|v| v.known)
                .chain(utility.interactions.iter().map(|i| i.known))
                .chain([utility.reservation_known])
                .collect(),
            Statement::Partial(partial) => partial.statements.iter().map(|s| s.known).collect(),
        };
        let red = preferences.red_lines.iter().map(|r| r.known);
        for known in known.into_iter().chain(red) {
            if known == Known::ToldInConfidence {
                return "The mediator’s team only. Worked out from what sides told in confidence.";
            }
            public &= known == Known::StatedPublicly;
        }
    }
    if public {
        "Nothing told in confidence went in: every statement here is recorded as stated publicly."
    } else {
        "The mediator’s team only. Worked out from every side’s own preferences."
    }
}

/// How adjusted winner went, in sentences.
pub(crate) fn adjusted_winner(
    scenario: &Scenario,
    sides: &[Side<'_>],
    table: &AdjustedWinner,
) -> String {
    let letter = |i: usize| sides.get(table.parties[i]).map(Side::letter).unwrap_or_default();
    let both = |points: [f64; 2]| {
        format!(
            "{} {}, {} {}",
            letter(0),
            numbers::plain(points[0]),
            letter(1),
            numbers::plain(points[1])
        )
    };
    let mut text =
        format!("With every issue where it has more points: {} points.", both(table.first_totals));
    let to = letter(usize::from(table.first_totals[1] < table.first_totals[0]));
    let moved: Vec<String> = table
        .moved
        .iter()
        .filter_map(|(issue, part)| Some((scenario.issues().get(*issue)?, part)))
        .map(|(issue, part)| {
            if part == &Number::one() {
                format!("all of {}", issue.name)
            } else {
                format!("{} of {}", settle::share(part), issue.name)
            }
        })
        .collect();
    if !moved.is_empty() {
        let moved: Vec<&str> = moved.iter().map(String::as_str).collect();
        text.push_str(&format!(
            " Then to {to}: {}. In all: {} points.",
            list(&moved),
            both(table.totals)
        ));
    }
    let checked: Vec<&str> = [
        (table.equal, "both have the same points"),
        (table.no_envy, "neither would rather have the other’s part"),
        (table.efficient, "no other sharing gives one more and the other no less"),
    ]
    .into_iter()
    .filter_map(|(holds, words)| holds.then_some(words))
    .collect();
    if !checked.is_empty() {
        text.push_str(&format!(" Checked on the result: {}.", list(&checked)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_never_rounded_down() {
        for (gap, text) in
            [(2.903, "3%"), (3.01, "3.1%"), (0.0123, "0.013%"), (35.01, "36%"), (0.0, "0%")]
        {
            assert_eq!(gap_text(gap), text);
        }
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}
