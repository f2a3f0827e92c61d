//! What `interim` says.

use super::Lines;
use crate::staging::words::{VERDICTS, amounts, meaning, number, number_or, state};
use detente_analysis::staging::{Blocked, Judged, Rational, Staging, Survey, Swings};

/// What `interim` says of each small deal, and of all of them where asked.
#[must_use]
pub fn interim_text(
    block: &Staging,
    judged: &[Judged],
    found: Option<&Survey>,
    rests: &[Swings],
) -> String {
    let mut out = Lines::default();
    if !block.case.name.is_empty() {
        out.say("", &block.case.name);
    }
    for (index, j) in judged.iter().enumerate() {
        one(&mut out, j);
        if let Some(swings) = rests.get(index) {
            out.swings(&format!("What the verdict on {} rests on", j.id), swings);
        }
    }
    if let (Some(found), Some(first)) = (found, judged.first()) {
        let case = &first.question.instance;
        out.head(&format!(
            "All {} small deals, if nothing else changes with them",
            found.all.len()
        ));
        for verdict in VERDICTS.into_iter().filter(|v| found.count(*v) > 0) {
            out.say(
                "  ",
                &format!("{}: {} — {}", verdict.name(), found.count(verdict), meaning(verdict)),
            );
        }
        out.say("  ", "The largest safe ones:");
        for safe in found.largest_safe.iter().take(10) {
            out.say("    ", &state(case, safe));
        }
        let first = found.best_first_step.as_ref().map_or("none".into(), |s| state(case, s));
        out.say("  ", &format!("The best first step: {first}."));
        if !found.complete {
            out.say("  ", "Not complete: too many small deals, or a search was cut short.");
        }
    }
    out.assumed(block);
    out.0
}

fn one(out: &mut Lines, j: &Judged) {
    let case = &j.question.instance;
    let a = &j.answer;
    out.head(&format!("{}: {}", j.id, state(case, &j.question.interim)));
    out.say("  ", &format!("{} — {}.", a.verdict.name().to_uppercase(), meaning(a.verdict)));
    let names = |deals: &[usize]| {
        let all: Vec<&str> = deals.iter().map(|&d| j.question.deals[d].id.as_str()).collect();
        if all.is_empty() { "none".to_owned() } else { all.join(", ") }
    };
    out.say(
        "  ",
        &format!(
            "Broad deals that can be carried out: before, {}; after, {}.",
            names(&a.before),
            names(&a.after)
        ),
    );
    out.say(
        "  ",
        &format!(
            "The smallest gain anybody has to accept: before {}, after {}.",
            number_or(a.gain_before.as_ref(), "—"),
            number_or(a.gain_after.as_ref(), "—")
        ),
    );
    let go = |g: &Option<(Vec<Rational>, usize)>, i: usize| {
        g.as_ref().map_or("—".into(), |(g, _)| number(&g[i]))
    };
    let received = |i: usize| {
        if j.question.shows_received() { number(&a.received[i]) } else { "not shown".to_owned() }
    };
    let rows = (0..case.parties.len())
        .map(|i| {
            vec![
                case.parties[i].clone(),
                received(i),
                number(&a.standing[i]),
                go(&a.go_on_before, i),
                go(&a.go_on, i),
                number(&a.leg_slack[i]),
            ]
        })
        .collect();
    let header =
        ["side", "has got", "if it stops", "to go on: before", "after", "slack of it alone"];
    out.table(&header, "<>>>>>", rows);
    if let Some(blocked) = &a.blocked {
        remedies(out, j, blocked);
    }
    if !a.complete {
        out.say("  ", "Not complete: a search was cut short.");
    }
}

fn remedies(out: &mut Lines, j: &Judged, blocked: &Blocked) {
    let case = &j.question.instance;
    if let Some(i) = blocked.party {
        out.say("  ", &format!("{} has the least reason to go on.", case.parties[i]));
    }
    let each =
        [("A bond posted with it", &blocked.bond), ("A reward on completion", &blocked.reward)];
    for (what, remedy) in each {
        if let Some(r) = remedy {
            let put_up = amounts(case, &r.guarantee.amounts);
            out.say("  ", &format!("{what} would restore {}: {put_up}.", r.deal));
        }
    }
    let safe: Vec<String> = blocked.safe.iter().map(|s| state(case, s)).collect();
    out.say("  ", &format!("The most of it that is safe: {}.", safe.join("; or ")));
}
