//! Sentences of leakage, on paper and on the terminal alike.

use super::Reading;
use crate::numbers;
use crate::words::list;
use detente_leakage::assess::{SecretAtRisk, Stages};
use detente_leakage::{Answers, Secret, SecretKind};
use detente_model::Scenario;

fn name(scenario: &Scenario, party: usize) -> &str {
    scenario.parties().get(party).map_or("", |p| p.name.as_str())
}

/// The audience by name.
pub(super) fn readers(scenario: &Scenario, reading: &Reading) -> String {
    let names: Vec<&str> = reading.readers.iter().map(|&r| name(scenario, r)).collect();
    list(&names)
}

/// The hidden parties by name.
pub(super) fn hidden(scenario: &Scenario, reading: &Reading) -> String {
    let names: Vec<&str> = reading.hidden.iter().map(|&h| name(scenario, h)).collect();
    list(&names)
}

/// A probability as people say it: "31 in 100", "less than 1 in 100".
pub(super) fn chance(probability: f64) -> String {
    let times = probability * 100.0;
    if times > 99.5 && times < 100.0 - 1e-7 {
        return "more than 99 in 100".into();
    }
    if times > 1e-9 && times < 0.5 {
        return "less than 1 in 100".into();
    }
    format!("{times:.0} in 100")
}

/// The same as a frequency: "31 times in 100", "less than once in 100".
fn times(probability: f64) -> String {
    match chance(probability).as_str() {
        "less than 1 in 100" => "less than once in 100".into(),
        "1 in 100" => "once in 100".into(),
        said => said.replacen(" in", " times in", 1),
    }
}

/// A secret as the object of "guess".
pub(super) fn secret(scenario: &Scenario, secret: &Secret) -> String {
    let party = name(scenario, secret.party);
    match secret.kind {
        SecretKind::Reservation => format!("{party}'s limit"),
        SecretKind::TopIssue => format!("which issue weighs most for {party}"),
        SecretKind::RedLine(line) => {
            format!("whether {party} holds {}", red_line(scenario, secret.party, line))
        }
    }
}

fn red_line(scenario: &Scenario, party: usize, line: usize) -> String {
    let reason = scenario
        .preferences()
        .get(party)
        .and_then(|p| p.red_lines.get(line))
        .map(|l| l.reason.as_str())
        .filter(|r| !r.is_empty());
    reason.map_or_else(|| format!("red line {}", line + 1), |r| format!("the red line “{r}”"))
}

/// A secret with its value, as a claim.
pub(super) fn fact(scenario: &Scenario, secret: &Secret, value: usize) -> String {
    let party = name(scenario, secret.party);
    let shown = secret.values.get(value).map_or("", String::as_str);
    match secret.kind {
        SecretKind::Reservation => format!("{party}'s limit is {shown}"),
        SecretKind::TopIssue => format!("“{shown}” weighs most for {party}"),
        SecretKind::RedLine(line) => {
            let holds = if value == 1 { "holds" } else { "does not hold" };
            format!("{party} {holds} {}", red_line(scenario, secret.party, line))
        }
    }
}

/// "after this draft and A's answer".
pub(super) fn after(scenario: &Scenario, reading: &Reading) -> String {
    match (reading.answers, reading.hidden.len()) {
        (Answers::Unseen, _) => "after this draft".into(),
        (Answers::Open, 1) => {
            format!("after this draft and {}'s answer", hidden(scenario, reading))
        }
        (Answers::Open, _) => "after this draft and the answers to it".into(),
        (Answers::Sealed, _) => "after this draft, a yes of its own and the sealed result".into(),
    }
}

/// "B could guess A's limit 20 times in 100 now; after this draft …, at most 31 in 100."
pub(super) fn guess(scenario: &Scenario, reading: &Reading, risk: &SecretAtRisk) -> String {
    let Stages { now, after_draft, at_most, worst_answer, .. } = risk.blind;
    let rare = if at_most > after_draft + 0.005 && worst_answer < 0.995 {
        format!(" (an answer to expect {})", times(worst_answer))
    } else {
        String::new()
    };
    format!(
        "{} could guess {} {} now; after this draft {}; {}, at most {}{rare}.",
        readers(scenario, reading),
        secret(scenario, &risk.secret),
        times(now),
        chance(after_draft),
        after(scenario, reading),
        chance(at_most),
    )
}

/// What one who knows all the rest could guess.
pub(super) fn knowing(risk: &SecretAtRisk) -> Option<String> {
    let known = risk.knowing_the_rest?;
    Some(format!(
        "Someone who already knew everything else: {} now, {} after the draft on average, at most {} at the end.",
        chance(known.now),
        chance(known.after_draft),
        chance(known.at_most)
    ))
}

/// The single fact that becomes likeliest, and from what.
pub(super) fn worst(scenario: &Scenario, reading: &Reading) -> String {
    let rise =
        |r: &SecretAtRisk| (r.blind.at_most - r.blind.start) / (1.0 - r.blind.start).max(1e-12);
    let worst = reading.told.secrets.iter().reduce(|a, b| if rise(b) > rise(a) { b } else { a });
    worst.map_or_else(String::new, |risk| {
        format!(
            "Worst named fact: {}: up to {} ({} at the start for the best guess).",
            fact(scenario, &risk.secret, risk.blind.worst.value),
            chance(risk.blind.at_most),
            chance(risk.blind.start)
        )
    })
}

/// How many plausible parties would get the draft.
pub(super) fn plausible(scenario: &Scenario, reading: &Reading) -> String {
    let (hits, count) = reading.told.states;
    let kind = if reading.told.sample.is_some() { "sampled" } else { "plausible" };
    let whom = if reading.hidden.len() == 1 {
        format!("{kind} cases of {}", hidden(scenario, reading))
    } else {
        format!("{kind} combinations of {}", hidden(scenario, reading))
    };
    let told = bits(reading.told.bits);
    if reading.told.by_lot {
        return format!(
            "Over all {} {whom} this draft would be drawn {}: {told} bits.",
            numbers::small_count(count),
            times(reading.told.probability)
        );
    }
    let bound = reading.told.bits_bound;
    format!(
        "{} of {} {whom} would get this draft: {told} bits{}.",
        numbers::small_count(hits),
        numbers::small_count(count),
        bound.map_or_else(String::new, |b| format!(", at most {} (95 % sure)", bits(b)))
    )
}

/// What the audience has learnt in the case, this draft included.
pub(super) fn case(reading: &Reading) -> String {
    let before = reading.case.entries().len();
    let told = &reading.told;
    let whole = told.case_bits + told.bits;
    let rest = format!(
        "With this draft {} bits, the answers {} more on average. Whatever the audience believed beforehand, the rules used make no guess more than {} times likelier to be right.",
        bits(whole),
        bits(told.answer_bits),
        factor(told.case_max_leakage)
    );
    match before {
        0 => format!("The whole case so far: nothing disclosed before. {rest}"),
        n => format!(
            "The whole case so far: {} disclosed before, {} bits. {rest}",
            numbers::counted(n, "thing", "things"),
            bits(told.case_bits)
        ),
    }
}

fn factor(bits: f64) -> String {
    let times = bits.exp2();
    if times < 10.0 { format!("{times:.1}") } else { format!("{times:.0}") }
}

/// Bits with two decimals.
pub(super) fn bits(value: f64) -> String {
    format!("{:.2}", if value.abs() < 0.005 { 0.0 } else { value })
}

/// The rule, what it keeps, how sure it is that nothing tells less.
pub(super) fn rule(reading: &Reading) -> String {
    let told = &reading.told;
    let gap = reading.gap.map_or_else(String::new, |gap| {
        format!(" No rule of that share does better by the measure it minimises, to within {gap:.6} bits.")
    });
    format!(
        "{} It keeps {:.1} % of the best Nash product on average, and tells {} bits on average, {} with the answers.{gap}",
        reading.rule,
        reading.share * 100.0,
        bits(told.rule_bits),
        bits(told.rule_and_answer_bits)
    )
}

/// What the figures are: exact, or from a sample.
pub(super) fn kind(reading: &Reading) -> String {
    reading.told.sample.map_or_else(
        || "Exact for this prior: every case was counted.".to_owned(),
        |n| {
            format!(
                "Estimates from {} samples; bounds marked so hold with 95 % confidence.",
                numbers::small_count(n)
            )
        },
    )
}
