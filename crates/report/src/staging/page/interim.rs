//! The page of the small deals.

use super::{About, page, plan, quoted, rests, sides, subject, table, what_it_is, words};
use crate::page::Section;
use crate::staging::words::{VERDICTS, amounts, meaning, number, number_or, state};
use detente_analysis::staging::{
    Assessment, Case, Judged, Rational, Staging, Survey, Swings, Verdict,
};
use maud::{Markup, html};
use num_traits::Signed;

/// What the page shows beside the verdicts.
#[derive(Debug, Default)]
pub struct AfterThem<'a> {
    /// All small deals.
    pub survey: Option<&'a Survey>,
    /// What each verdict rests on, in the order of the small deals.
    pub rests: &'a [Swings],
    /// What would follow one of them, or nothing: which (by place), the case, its best plan.
    pub follows: Option<(Option<usize>, &'a Case, &'a Assessment)>,
}

/// The page of the small deals.
#[must_use]
pub fn interim_page(
    block: &Staging,
    judged: &[Judged],
    more: &AfterThem<'_>,
    about: &About,
) -> String {
    let mut sections = Vec::new();
    for (index, j) in judged.iter().enumerate() {
        sections.push(verdict(index, block, j, more.rests.get(index)));
    }
    if let (Some(found), Some(first)) = (more.survey, judged.first()) {
        sections.push(survey(&first.question.instance, found));
    }
    if let Some((which, case, best)) = more.follows {
        let question = match which.and_then(|w| judged.get(w)) {
            Some(j) => format!("After {}: who gives what, when?", quoted(&j.id)),
            None => "Without any small deal: who gives what, when?".to_owned(),
        };
        sections.push(plan::who("follows", question, block, case, best));
        sections.push(plan::walk(case, best));
    }
    let title = "Would a small deal now help the broad agreement, or stand in its way?";
    page(subject(block), title, Vec::new(), sections, &block.assumed, about)
}

fn verb(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Precedes => "Precedes",
        Verdict::Neutral => "Neutral",
        Verdict::Narrows => "Narrows",
        Verdict::Shifts => "Shifts",
        Verdict::Precludes => "Precludes",
        Verdict::Moot => "Moot",
    }
}

/// The ids of the first small deals on a page; a page is about a few.
const IDS: [&str; 12] = [
    "deal1", "deal2", "deal3", "deal4", "deal5", "deal6", "deal7", "deal8", "deal9", "deal10",
    "deal11", "deal12",
];

fn verdict(index: usize, block: &Staging, j: &Judged, rests_on: Option<&Swings>) -> Section {
    let case = &j.question.instance;
    let a = &j.answer;
    let id = IDS.get(index).copied().unwrap_or("deal");
    let names = |deals: &[usize]| {
        let all: Vec<String> =
            deals.iter().map(|&d| j.question.deals[d].id.replace('_', " ")).collect();
        if all.is_empty() { "none".to_owned() } else { all.join(", ") }
    };
    let go = |g: &Option<(Vec<Rational>, usize)>, i: usize| {
        g.as_ref().map_or("–".into(), |(g, _)| number(&g[i]))
    };
    let rows: Vec<Vec<Markup>> = sides(case)
        .iter()
        .map(|side| {
            let i = side.index;
            let shown = j.question.shows_received();
            let got = if shown { number(&a.received[i]) } else { "not shown".to_owned() };
            vec![
                side.named(),
                words(&got),
                words(&number(&a.standing[i])),
                words(&go(&a.go_on_before, i)),
                words(&go(&a.go_on, i)),
            ]
        })
        .collect();
    let header =
        ["side", "has received", "worth of stopping there", "reason to go on: before", "after"];
    let fall = a.blocked.as_ref().and_then(|b| b.party).and_then(|i| {
        let before = number(&a.go_on_before.as_ref()?.0[i]);
        let after = number(&a.go_on.as_ref()?.0[i]);
        let party = &case.parties[i];
        Some(format!("{party} has the least reason to go on: it falls from {before} to {after}."))
    });
    Section {
        id,
        question: format!("{}: what would it do?", quoted(&j.id)),
        answer: format!("{}: {}.", verb(a.verdict), meaning(a.verdict)),
        body: html! {
            p { "The small deal:" }
            ul.plain { @for line in small_deal(block, case, &j.question.interim) { li { (line) } } }
            @if let Some(fall) = &fall { p { b { (fall) } } }
            @if let Some(b) = &a.blocked {
                ul.plain {
                    @for (what, remedy) in [("A bond posted with it", &b.bond), ("A reward on completion", &b.reward)] {
                        @if let Some(r) = remedy {
                            li { (what) " would restore " (r.deal.replace('_', " ")) ": " (amounts(case, &r.guarantee.amounts)) "." }
                        }
                    }
                    li { "The most of it that is safe: " (b.safe.iter().map(|s| state(case, s)).collect::<Vec<_>>().join("; or ")) "." }
                }
            }
            p { "Broad deals that can be carried out: " (names(&a.before)) " before it, " (names(&a.after))
                " after it. The smallest gain a side has to accept, weighed by what each stands to gain: "
                (number_or(a.gain_before.as_ref(), "none")) " before, " (number_or(a.gain_after.as_ref(), "none")) " after." }
            (table("Each side after the small deal", &header, 1, &rows))
            p.quiet { "Reason to go on: what carrying out the rest is worth to the side, less what stopping there is worth. A side for which it is below zero stops." }
            @if a.leg_slack.iter().any(Signed::is_negative) {
                p { "By itself, all at once, it would not hold: somebody would rather take the others’ part and give nothing. It needs an exchange that is linked, or steps." }
            }
            @if !a.complete { p { "Not complete: a search was cut short." } }
            @if let Some(found) = rests_on {
                h3 { (rests_line(found)) }
                (rests::body(id, found))
            }
        },
    }
}

/// What a small deal consists of, in the file's words where it has them.
fn small_deal(block: &Staging, case: &Case, interim: &[usize]) -> Vec<String> {
    (0..interim.len())
        .filter(|&j| interim[j] > 0)
        .map(|j| {
            let mut alone = vec![0; interim.len()];
            alone[j] = interim[j];
            let done = state(case, &alone);
            what_it_is(block, j).map_or(done.clone(), |what| format!("{done}: {what}"))
        })
        .collect()
}

fn rests_line(found: &Swings) -> String {
    let flipping: Vec<&str> =
        found.swings.iter().filter(|s| s.flips()).map(|s| s.name.as_str()).collect();
    match flipping.as_slice() {
        [] => {
            "What the verdict rests on: no number, moved alone as far as shown, flips it".to_owned()
        }
        [only] => format!("What the verdict rests on: one number flips it, {only}"),
        [first, ..] => {
            format!(
                "What the verdict rests on: {} numbers flip it, {first} among them",
                flipping.len()
            )
        }
    }
}

fn survey(case: &Case, found: &Survey) -> Section {
    let rows: Vec<Vec<Markup>> = VERDICTS
        .into_iter()
        .filter(|v| found.count(*v) > 0)
        .map(|v| {
            let count = found.count(v).to_string();
            vec![words(&format!("{}: {}", v.name(), meaning(v))), words(&count)]
        })
        .collect();
    Section {
        id: "all",
        question: "Which small deals are safe, if nothing else changes with them?".into(),
        answer: found.best_first_step.as_ref().map_or_else(
            || "None leaves every broad deal possible.".into(),
            |s| {
                format!(
                    "The best first step of the {} looked at: {}.",
                    found.all.len(),
                    state(case, s)
                )
            },
        ),
        body: html! {
            (table("Small deals", &["of all small deals", "how many"], 1, &rows))
            p { "The largest after which a broad deal can still be carried out:" }
            ul.plain { @for safe in found.largest_safe.iter().take(10) { li { (state(case, safe)) } } }
            @if !found.complete { p { "Not complete: too many small deals, or a search was cut short." } }
        },
    }
}
