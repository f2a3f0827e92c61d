//! The sentences of it.

use super::Mediation;
use detente_elicitation::simulate::Proposal;
use detente_elicitation::statement::{Answer, Question};
use detente_elicitation::{Aim, Case, Recommendation, Space, Stop};
use detente_model::Scenario;

/// The names of an issue of the space and of one of its options.
#[must_use]
pub fn named(scenario: &Scenario, space: &Space, issue: usize, option: usize) -> (String, String) {
    let named = &scenario.issues()[space.issue_of_scenario(issue)];
    (named.name.clone(), named.option_name(space.option_of_scenario(issue, option)))
}

/// A deal, issue by issue; `only` some of them where it is given.
#[must_use]
pub fn package(
    scenario: &Scenario,
    space: &Space,
    deal: &[usize],
    only: Option<&[usize]>,
) -> String {
    let wanted = |i: &usize| only.is_none_or(|only| only.contains(i));
    let named = (0..deal.len()).filter(wanted).map(|i| {
        let (issue, option) = named(scenario, space, i, deal[i]);
        format!("{issue}: {option}")
    });
    named.collect::<Vec<_>>().join("; ")
}

/// What cannot be said, and why: of parties that told little, or against themselves.
#[must_use]
pub fn remarks(scenario: &Scenario, case: &Case) -> Vec<String> {
    let mut remarks = Vec::new();
    for (p, party) in scenario.parties().iter().enumerate() {
        let refuses = |a: &(Question, Answer)| matches!(a, (Question::Accept(_), Answer::Second));
        let told = case.answers(p).iter().filter(|a| a.1.tells() && !refuses(a)).count();
        if case.rankings(p).answers() + told == 0 {
            remarks.push(format!(
                "{} told nothing beyond what it refused: what is said of it rests on no other answer of its own.",
                party.name
            ));
        }
        let doubted = case.doubted(p).len();
        if doubted > 0 {
            let (answers, verb) = if doubted == 1 { ("answer", "does") } else { ("answers", "do") };
            remarks.push(format!(
                "{doubted} {answers} of {} {verb} not go with the rest of what it said; the estimates allow for that.",
                party.name
            ));
        }
    }
    remarks
}

/// The two sides of a question, and which was chosen: of two deals only where they differ.
pub(super) fn sides(shown: &Mediation<'_>, question: &Question) -> (String, String) {
    let space = shown.case.space();
    match question {
        Question::Compare(first, second) => {
            let differing: Vec<usize> =
                (0..first.len()).filter(|&i| first[i] != second[i]).collect();
            let side = |deal| package(shown.scenario, space, deal, Some(&differing));
            (side(first), side(second))
        }
        Question::Accept(deal) => {
            (package(shown.scenario, space, deal, None), "no agreement".into())
        }
        Question::Toss { coins, sure, heads, tails } => {
            let whole =
                |deal: &[usize]| format!("({})", package(shown.scenario, space, deal, None));
            let tails = tails.as_ref().map_or("no agreement".into(), |deal| whole(deal));
            (
                format!("for sure {}", whole(sure)),
                match coins {
                    1 => format!("a coin, heads {}, tails {tails}", whole(heads)),
                    _ => format!("two coins, both heads {}, else {tails}", whole(heads)),
                },
            )
        }
    }
}

/// An answer in words.
pub(super) fn answer(question: &Question, answer: Answer) -> &'static str {
    match (answer, question) {
        (Answer::First, Question::Accept(_)) => "would take it",
        (Answer::Second, Question::Accept(_)) => "rather none",
        (Answer::First, Question::Toss { .. }) => "for sure",
        (Answer::Second, Question::Toss { coins: 1, .. }) => "the coin",
        (Answer::Second, Question::Toss { .. }) => "the coins",
        (Answer::First, Question::Compare(..)) => "the first",
        (Answer::Second, Question::Compare(..)) => "the second",
        (Answer::Equal, _) => "equal",
        (Answer::CannotSay, _) => "cannot say",
        (Answer::Refused, _) => "will not say",
    }
}

/// Who answered, and how questions were chosen.
pub(super) fn how(shown: &Mediation<'_>) -> String {
    let people = shown.played.iter().filter(|p| **p).count();
    let who = if people == 0 {
        format!("The parties answered from their files (simulated, seed {}).", shown.seed)
    } else if people == shown.played.len() {
        "People answered for all parties.".to_owned()
    } else {
        let names = shown.scenario.parties().iter().zip(shown.played);
        let names: Vec<&str> = names.filter(|n| *n.1).map(|n| n.0.name.as_str()).collect();
        format!("People answered for {}; the others were simulated.", names.join(", "))
    };
    let chosen = if shown.joint {
        "Questions were chosen from everyone's answers: what a party is asked tells it something about the others."
    } else {
        "Each party's questions were chosen from its own answers alone."
    };
    format!("{who} {chosen}")
}

/// How much one party told.
pub(super) fn told(shown: &Mediation<'_>, party: usize) -> String {
    let rankings = shown.case.rankings(party).answers();
    let questions = shown.road.questions[party];
    let plural = if questions == 1 { "" } else { "s" };
    let stop = shown.road.stops[party].map(Stop::as_str);
    let why = stop.map_or(String::new(), |s| format!("; then no more: {s}"));
    format!("rankings worth {rankings} answers, {questions} question{plural}{why}")
}

/// What a recommendation is thought to reach.
pub(super) fn estimate(shown: &Mediation<'_>, recommendation: &Recommendation) -> String {
    let sure = match at_least(recommendation, 1) {
        Some(least) => format!("with 95 % confidence at least {least} %"),
        None => "how little it may be cannot be said yet".to_owned(),
    };
    format!(
        "Estimates from the answers: {:.1} % of {} on average; {sure}.",
        100.0 * recommendation.expected_share,
        shown.case.aim().best(),
    )
}

/// What is reached with 95 % confidence, in per cent; `None` where that
/// rounds to nothing and so says nothing.
pub(super) fn at_least(recommendation: &Recommendation, decimals: usize) -> Option<String> {
    let least = 100.0 * (1.0 - recommendation.regret);
    let shown = format!("{least:.decimals$}");
    shown.parse().is_ok_and(|rounded: f64| rounded > 0.0).then_some(shown)
}

/// What the true profiles say of a proposal.
pub(super) fn measured(shown: &Mediation<'_>, proposal: &Proposal) -> Option<String> {
    let yardstick = shown.truth?.yardstick?;
    let best = if yardstick.is_proved() { "the best" } else { "the best known" };
    let deal = &proposal.recommendation.deal;
    let (sought, share) = match shown.case.aim() {
        Aim::Nash => ("product of gains", yardstick.nash_share(deal)),
        Aim::Egalitarian => ("least gain", yardstick.least_share(deal)),
    };
    Some(format!("By the true profiles its {sought} is {:.2} % of {best}.", 100.0 * share))
}

/// How it ended.
pub(super) fn end(shown: &Mediation<'_>) -> &'static str {
    if shown.road.agreed {
        "Agreed."
    } else if shown.road.proposals.is_empty() {
        "No agreement: nothing was proposed, as no deal seems acceptable to enough parties."
    } else {
        "No agreement: no proposal found the consent it needs, and every party is left with what no agreement is worth to it."
    }
}

/// Six significant digits, no more zeros than needed.
pub(super) fn figure(value: f64) -> String {
    // No minus before a zero.
    let text = format!("{:.4}", value + 0.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
