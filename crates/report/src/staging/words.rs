//! Numbers, states and verdicts in plain words.

use detente_analysis::solved::SolutionRule;
use detente_analysis::staging::{
    Assessment, Case, Closer, FairAtHome, NamedRatification, Proof, Rational, Row, Swing, Swings,
    Verdict, Waiting,
};
use detente_model::number::Number;
use num_traits::Signed;

/// A number for reading: exact when short, else to four places with `≈`.
pub(crate) fn number(q: &Rational) -> String {
    let number = Number::from(q.clone());
    let exact = number.to_exact_string();
    if exact.chars().count() <= 8 && !exact.contains('/') {
        return exact;
    }
    let short = format!("{:.4}", number.to_f64());
    let short = short.trim_end_matches('0').trim_end_matches('.');
    format!("≈{}", if short == "-0" { "0" } else { short })
}

/// A number for drawings.
pub(crate) fn double(q: &Rational) -> f64 {
    Number::from(q.clone()).to_f64()
}

/// A number in at most eight characters, to three places.
pub(crate) fn brief(q: &Rational) -> String {
    let short = format!("{:.3}", Number::from(q.clone()).to_f64());
    let short = short.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

pub(crate) fn number_or(q: Option<&Rational>, otherwise: &str) -> String {
    q.map_or_else(|| otherwise.to_owned(), number)
}

/// What is done in one phase: `works 1–2, permits 3`.
pub(crate) fn phase(case: &Case, from: &[usize], to: &[usize], party: Option<usize>) -> String {
    let parts: Vec<String> = (0..from.len())
        .filter(|&j| to[j] > from[j])
        .filter(|&j| party.is_none_or(|p| case.deliverables[j].performer == p))
        .map(|j| steps(&case.deliverables[j].id, case.deliverables[j].steps.len(), from[j], to[j]))
        .collect();
    parts.join(", ")
}

fn steps(id: &str, all: usize, from: usize, to: usize) -> String {
    match (from + 1, to) {
        _ if all == 1 => id.to_owned(),
        (1, b) if b == all => format!("{id} (all {all})"),
        (a, b) if a == b => format!("{id} {a}"),
        (a, b) => format!("{id} {a}–{b}"),
    }
}

/// A state: `works 1 of 2, permits 3 of 3`; nothing when nothing is done.
pub(crate) fn state(case: &Case, state: &[usize]) -> String {
    let parts: Vec<String> = (0..state.len())
        .filter(|&j| state[j] > 0)
        .map(|j| {
            let d = &case.deliverables[j];
            if d.steps.len() == 1 {
                d.id.clone()
            } else {
                format!("{} {} of {}", d.id, state[j], d.steps.len())
            }
        })
        .collect();
    if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
}

/// A plan in one line: `nets 1, dues → moorings 1`.
pub(crate) fn plan(case: &Case, plan: &[Vec<usize>]) -> String {
    let steps: Vec<String> = plan.windows(2).map(|w| phase(case, &w[0], &w[1], None)).collect();
    if steps.is_empty() { "nothing".to_owned() } else { steps.join(" → ") }
}

/// Amounts above zero with whom they are for: `6 for Halm`.
pub(crate) fn amounts(case: &Case, amounts: &[Rational]) -> String {
    let some = amounts.iter().zip(&case.parties).filter(|(a, _)| a.is_positive());
    let some: Vec<String> = some.map(|(a, p)| format!("{} for {p}", number(a))).collect();
    if some.is_empty() { "nothing".to_owned() } else { some.join(", ") }
}

/// What a plan comes to, in two sentences.
pub(crate) fn headline(case: &Case, best: &Assessment) -> String {
    let slack = number_or(best.min_slack.as_ref(), "none");
    let phases = best.phases();
    let plural = if phases == 1 { "phase" } else { "phases" };
    format!("{phases} {plural}. {} The smallest slack is {slack}.", holds_shortly(case, best))
}

/// Whether a plan holds, in a sentence.
pub(crate) fn holds_shortly(case: &Case, best: &Assessment) -> String {
    match (best.self_enforcing(), best.durable()) {
        (true, true) => {
            "Nobody gains by leaving at any point, and everybody keeps the finished deal."
                .to_owned()
        }
        (true, false) => {
            let breaks = best.durability.iter().zip(&case.parties);
            let who: Vec<&str> =
                breaks.filter(|(d, _)| d.is_negative()).map(|(_, p)| p.as_str()).collect();
            format!(
                "Nobody gains by leaving on the way, but once all is done {} would rather break it.",
                who.join(" and ")
            )
        }
        _ => {
            let rows = best.rows.iter().filter(|r| !r.durability);
            rows.min_by(|a, b| a.slack.cmp(&b.slack)).map_or_else(String::new, |r| {
                format!(
                    "It does not hold: in phase {} {} would rather leave.",
                    r.phase, case.parties[r.party]
                )
            })
        }
    }
}

/// How sure an answer is.
pub(crate) fn proof(proof: &Proof) -> String {
    match proof {
        Proof::Optimal => "Exact: no plan within the limits does better.".into(),
        Proof::SlackOnly => "Exact slack; plans with the same slack were not all compared.".into(),
        Proof::Gap(Some(upper)) => format!(
            "Not proved: the search was cut short; no plan has a slack above {}.",
            number(upper)
        ),
        Proof::Gap(None) => "Not proved: the search was cut short, and no bound is known.".into(),
    }
}

/// What holds a side to its last step.
pub(crate) fn closer(closer: Option<Closer>) -> &'static str {
    match closer {
        None => "nothing does",
        Some(Closer::Intrinsic) => "the step is worth doing for its own sake",
        Some(Closer::Reversal) => "what was given would be taken back",
        Some(Closer::Residual) => "the finished relationship is worth keeping",
        Some(Closer::Linkage) => "the exchange is linked",
        Some(Closer::Reward) => "a reward on completion",
        Some(Closer::Bond) => "a bond would be forfeited",
    }
}

/// What a side stands to lose in a row's phase; not where that concerns persons.
pub(crate) fn exposure(case: &Case, plan: &Assessment, row: &Row) -> String {
    if plan.shows_exposure(case, row.phase) {
        number(&row.exposure)
    } else {
        "not shown".to_owned()
    }
}

/// What the rules of fairness pick: `A (Nash, egalitarian); B (utilitarian)`.
pub(crate) fn fair_deals(
    picks: &[(SolutionRule, usize)],
    name: impl Fn(usize) -> String,
) -> String {
    let mut deals: Vec<usize> = picks.iter().map(|(_, d)| *d).collect();
    deals.sort_unstable();
    deals.dedup();
    let rules = |deal: usize| -> String {
        let rules = picks.iter().filter(|(_, d)| *d == deal).map(|(rule, _)| rule.name());
        let rules: Vec<&str> = rules.collect();
        if rules.len() == picks.len() { "every rule".to_owned() } else { rules.join(", ") }
    };
    let each: Vec<String> = deals.iter().map(|&d| format!("{} ({})", name(d), rules(d))).collect();
    if each.is_empty() { "none".to_owned() } else { each.join("; ") }
}

/// For whom waiting pays, and whether for a deal or for no deal.
pub(crate) fn waiting_pays(
    case: &Case,
    found: &Waiting,
    when: impl Fn(usize) -> String,
) -> Vec<String> {
    let each = case.parties.iter().zip(&found.pays);
    each.filter_map(|(party, phase)| {
        let begin = &found.begins[(*phase)? - 1];
        let when = when(begin.phase);
        Some(if begin.best.is_some() {
            format!("Waiting pays for {party}: beginning {when} is worth more to it today.")
        } else {
            format!("Waiting pays for {party}, but not for a deal: having none {when} is worth more to it today than beginning at once.")
        })
    })
    .collect()
}

/// The verdicts in the order in which they are listed.
pub(crate) const VERDICTS: [Verdict; 6] = [
    Verdict::Precedes,
    Verdict::Neutral,
    Verdict::Narrows,
    Verdict::Shifts,
    Verdict::Precludes,
    Verdict::Moot,
];

/// What a verdict on a small deal means.
pub(crate) fn meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Precedes => "it opens the way to the broad deal",
        Verdict::Neutral => "it changes nothing that matters for the broad deal",
        Verdict::Narrows => "the broad deal stays possible, with less to gain or fewer ways",
        Verdict::Shifts => "some broad deals are lost and others gained",
        Verdict::Precludes => "after it no broad deal can be carried out",
        Verdict::Moot => "no broad deal can be carried out, with it or without it",
    }
}

/// A number's two ends.
pub(crate) fn ends(swing: &Swing) -> String {
    format!("{} … {}", brief(&swing.ends.0), brief(&swing.ends.1))
}

/// What flips a verdict: `from 0.12 up: precludes`.
pub(crate) fn flips(swing: &Swing) -> Vec<String> {
    let way = |at: &Rational| if *at < swing.value { "down" } else { "up" };
    [&swing.flips.0, &swing.flips.1]
        .into_iter()
        .flatten()
        .map(|flip| format!("from {} {}: {}", brief(&flip.at), way(&flip.at), flip.becomes))
        .collect()
}

/// Whether a verdict could also change and change back on the way.
pub(crate) fn certainty(found: &Swings) -> String {
    let certain = found.swings.iter().filter(|s| s.certain).count();
    let all = found.swings.len();
    let looked = found.looked;
    if certain == all {
        "There are no other changes than those named.".into()
    } else if certain == 0 {
        format!(
            "{looked} places looked at towards each; between two of them the verdict could change and change back."
        )
    } else {
        format!(
            "For {certain} of the {all} numbers there are no other changes than those named; for the rest, {looked} places were looked at towards each end, and between two of them the verdict could change and change back."
        )
    }
}

/// Between which values a verdict is known to hold: `0.03 to 0.1`.
pub(crate) fn holds_over(swing: &Swing) -> String {
    let low = swing.flips.0.as_ref().map_or(&swing.ends.0, |f| &f.at);
    let high = swing.flips.1.as_ref().map_or(&swing.ends.1, |f| &f.at);
    format!(
        "{}{} to {}{}",
        if swing.flips.0.is_some() { "above " } else { "" },
        brief(low),
        if swing.flips.1.is_some() { "below " } else { "" },
        brief(high)
    )
}

/// The sides in which the deal a rule would pick fails at home.
pub(crate) fn fails_in(named: &NamedRatification, fair: &FairAtHome, rule: usize) -> String {
    let sides: Vec<&str> =
        fair.fails[rule].iter().map(|&p| named.question.parties[p].name.as_str()).collect();
    if sides.is_empty() { "passes".to_owned() } else { format!("fails in {}", sides.join(", ")) }
}
