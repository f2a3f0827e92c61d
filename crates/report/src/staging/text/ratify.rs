//! What `ratify` says.

use super::Lines;
use crate::staging::words::{brief, fails_in, number, number_or};
use detente_analysis::staging::{
    FairAtHome, NamedRatification, Picture, RatificationAnswer, Swings,
};

/// What `ratify` says.
#[must_use]
pub fn ratify_text(
    named: &NamedRatification,
    answer: &RatificationAnswer,
    fair: Option<&FairAtHome>,
    rests: Option<&Swings>,
) -> String {
    let question = &named.question;
    let mut out = Lines::default();
    let total = question.sizes.iter().fold(1_u128, |n, &s| n.saturating_mul(s as u128));
    let least = if answer.complete { "" } else { " (at least: the search was cut short)" };
    out.say(
        "",
        &format!("{} of {total} outcomes pass at home on every side{least}.", answer.win_set_size),
    );
    let rows = question
        .parties
        .iter()
        .enumerate()
        .map(|(p, party)| {
            let refuse: Vec<&str> = answer.draft.refuse[p]
                .iter()
                .map(|&k| party.constituencies[k].name.as_str())
                .collect();
            vec![
                party.name.clone(),
                answer.per_party[p].to_string(),
                (if answer.draft.passes[p] { "passes" } else { "fails" }).into(),
                if refuse.is_empty() { "nobody".into() } else { refuse.join(", ") },
                number_or(answer.draft.side_payment[p].as_ref(), "no payment helps"),
                number(&answer.draft.probability[p]),
            ]
        })
        .collect();
    out.say("", &format!("The draft: {}", named.outcome(&question.draft)));
    let header = ["side", "win-set", "draft", "refused by", "side-payment", "chance"];
    out.table(&header, "<>><>>", rows);
    match &answer.cheapest {
        Some((cost, ways)) => {
            out.say(
                "",
                &format!("The cheapest change that passes everywhere costs {}:", number(cost)),
            );
            for way in ways.iter().take(10) {
                out.say("  ", &named.outcome(way));
            }
        }
        None => out.say("", "No change makes it pass on every side."),
    }
    let stuck = question.parties.iter().zip(&answer.status_quo.passes).filter(|(_, p)| **p);
    let stuck: Vec<&str> = stuck.map(|(party, _)| party.name.as_str()).collect();
    if !stuck.is_empty() {
        out.say("", &format!("No deal would pass at home for {}.", stuck.join(" and ")));
    }
    if let Some(fair) = fair {
        changed(&mut out, named, fair);
    }
    if let Some(swings) = rests {
        out.swings("What that rests on: one number moved at a time", swings);
    }
    out.0
}

fn changed(out: &mut Lines, named: &NamedRatification, fair: &FairAtHome) {
    out.head("How the deals change when they must pass at home");
    let row = |what: &str, of: &dyn Fn(&Picture) -> String| {
        vec![what.to_owned(), of(&fair.without), of(&fair.with)]
    };
    let rows = vec![
        row("acceptable to every side", &|p| p.acceptable.to_string()),
        row("efficient", &|p| p.efficient.len().to_string()),
    ];
    out.table(&["deals", "without", "with ratification"], "<>>", rows);
    for (index, (rule, deal)) in fair.without.fair.iter().enumerate() {
        let worth = |w: &[_]| w.iter().map(brief).collect::<Vec<_>>().join(", ");
        let verdict = fails_in(named, fair, index);
        out.say(
            "  ",
            &format!(
                "{}: {} (worth {}) — {verdict}",
                rule.name(),
                named.outcome(&deal.outcome),
                worth(&deal.worth)
            ),
        );
        let with = fair.with.fair.iter().find(|(r, _)| r == rule).map(|(_, d)| d);
        match with {
            Some(with) if with.outcome != deal.outcome => out.say(
                "    ",
                &format!(
                    "with ratification: {} (worth {})",
                    named.outcome(&with.outcome),
                    worth(&with.worth)
                ),
            ),
            Some(_) => {}
            None => out.say("    ", "with ratification: no deal is left that every side accepts"),
        }
    }
}
