//! The page of a plan.

use super::{About, page, quoted, rests, roomy, sides, subject, table, time, what_it_is, words};
use crate::page::{Banner, Section, Tone, figure};
use crate::staging::charts::phases::{Panel, PhaseChart};
use crate::staging::words::{
    closer, double, exposure, headline, holds_shortly, number, number_or, phase, plan, proof,
};
use detente_analysis::staging::{
    Assessment, Case, PlanRests, Priced, Proof, Rational, Recorded, Staged, Staging,
};
use maud::{Markup, html};
use num_traits::Zero;

/// The page of a plan: one file that needs nothing else.
#[must_use]
pub fn stage_page(
    block: &Staging,
    staged: &Staged,
    priced: Option<&Priced>,
    rests_on: Option<&PlanRests>,
    about: &About,
) -> String {
    let case = &staged.case;
    let mut sections = Vec::new();
    if staged.compared.len() > 1 {
        sections.push(compared(staged));
    }
    match &staged.planned.best {
        None => sections.push(Section {
            id: "plan",
            question: "Who gives what, when?".into(),
            answer: "No plan respects the limits and the exposure caps.".into(),
            body: html! { p { (proof(&staged.planned.proof)) } },
        }),
        Some(best) => {
            let title =
                staged.deal.as_ref().map_or_else(String::new, |d| format!(" for {}", quoted(d)));
            sections.push(who("plan", format!("Who gives what, when{title}?"), block, case, best));
            sections.push(walk(case, best));
            sections.push(last(staged));
        }
    }
    sections.extend(staged.recorded.as_ref().map(|r| recorded(block, case, r)));
    sections.extend(priced.map(super::guarantee::section));
    sections.extend(staged.waiting.as_ref().and_then(|w| time::waiting(block, case, w)));
    sections.extend(time::bets(block, case, &staged.bets));
    if let Some(found) = rests_on {
        sections.push(rests::section("rests", "What does the plan rest on?".into(), &found.plan));
        let question = "What does keeping the finished deal rest on?".into();
        sections.push(rests::section("keeping", question, &found.durability));
        sections.extend(found.robust.as_ref().map(|r| rests::robust(case, r)));
    }
    let unproved = matches!(staged.planned.proof, Proof::Gap(_));
    let banners =
        unproved.then(|| Banner { tone: Tone::Warning, text: proof(&staged.planned.proof) });
    page(
        subject(block),
        "In what order could it be carried out, and who could walk away when?",
        banners.into_iter().collect(),
        sections,
        &block.assumed,
        about,
    )
}

/// Deals shown of those compared.
const MOST_COMPARED: usize = 25;

fn compared(staged: &Staged) -> Section {
    let mut listed: Vec<_> = staged.compared.iter().collect();
    let chosen = |id: &String| staged.deal.as_ref() == Some(id);
    listed.sort_by_key(|c| (!chosen(&c.id), c.fair.is_empty()));
    let rows: Vec<Vec<Markup>> = listed
        .iter()
        .take(MOST_COMPARED)
        .map(|c| {
            let fair: Vec<&str> = c.fair.iter().map(|r| r.name()).collect();
            let sure = if c.proved { "" } else { " or more" };
            vec![
                words(&c.id.replace('_', " ")),
                words(&fair.join(", ")),
                words(&format!("{}{sure}", number_or(c.slack.as_ref(), "no plan"))),
                words(if c.holds { "yes" } else { "no" }),
            ]
        })
        .collect();
    let holding = staged.compared.iter().filter(|c| c.holds).count();
    let best = staged
        .deal
        .as_ref()
        .map_or_else(String::new, |d| format!(" Planned below: {}.", quoted(d)));
    Section {
        id: "deals",
        question: "Which deal can be staged?".into(),
        answer: format!(
            "{holding} of the {} planned hold at every step.{best}",
            staged.compared.len()
        ),
        body: html! {
            (table("Deals", &["deal", "fair by", "smallest slack", "holds"], 2, &rows))
            @if listed.len() > MOST_COMPARED { p.quiet { "And " (listed.len() - MOST_COMPARED) " more that were planned." } }
            @if staged.bounded_away > 0 {
                p.quiet { (staged.bounded_away) " more cannot be staged as well as the one planned: a bound shows it." }
            }
        },
    }
}

/// Who gives what, when: the chart and the list.
pub(super) fn who(
    id: &'static str,
    question: String,
    block: &Staging,
    case: &Case,
    best: &Assessment,
) -> Section {
    let days = block.calendar.as_ref().map(|c| c.days.as_slice()).unwrap_or_default();
    let names: Vec<String> = (0..best.phases())
        .map(|t| {
            days.get(t).map_or_else(|| format!("phase {}", t + 1), |d| format!("{} · {d}", t + 1))
        })
        .collect();
    let persons: Vec<&str> =
        case.deliverables.iter().filter(|d| d.concerns_persons).map(|d| d.id.as_str()).collect();
    let what: Vec<(&str, String)> = case
        .deliverables
        .iter()
        .enumerate()
        .filter_map(|(j, d)| Some((d.id.as_str(), what_it_is(block, j)?)))
        .collect();
    let chart_id = format!("{id}-chart");
    let chart = PhaseChart { id: &chart_id, phases: names.clone(), panels: panels(case, best) };
    let sides = sides(case);
    let mut rows: Vec<Vec<Markup>> = Vec::new();
    for (t, pair) in best.plan.windows(2).enumerate() {
        for side in &sides {
            let moves = phase(case, &pair[0], &pair[1], Some(side.index));
            if !moves.is_empty() {
                rows.push(vec![words(&names[t]), side.named(), words(&moves)]);
            }
        }
    }
    Section {
        id,
        question,
        answer: headline(case, best),
        body: html! {
            (figure(&roomy("Phase by phase", &chart.draw()), &html! {
                "Filled: lumps received so far; outlined: given so far; each side on its own scale. Dashed: what the side stands to lose if the others fail the phase. Strip: slack, hatched where it is below zero."
            }, &html! {}))
            (table("Phases", &["phase", "side", "gives"], 3, &rows))
            @if !what.is_empty() { dl.words { @for (id, words) in &what { dt { bdi { (id) } } dd { bdi { (words) } } } } }
            @if !persons.is_empty() {
                p { "Counted and ordered, with no value shown, because they concern persons: " (persons.join(", ")) ". They are left out of the bars." }
            }
        },
    }
}

/// Who could walk away, row by row.
pub(super) fn walk(case: &Case, best: &Assessment) -> Section {
    let sides = sides(case);
    let tightest = best.rows.iter().filter(|r| !r.durability).min_by(|a, b| a.slack.cmp(&b.slack));
    let rows: Vec<Vec<Markup>> = best
        .rows
        .iter()
        .map(|r| {
            let when =
                if r.durability { "afterwards".into() } else { format!("phase {}", r.phase) };
            vec![
                words(&when),
                sides[r.party].named(),
                words(&number(&r.going_on)),
                words(&number_or(r.cheating.as_ref(), "–")),
                words(&number(&r.walking_out)),
                words(&number(&r.slack)),
                words(&exposure(case, best, r)),
            ]
        })
        .collect();
    let header = ["when", "side", "going on", "cheating", "walking out", "slack", "stands to lose"];
    Section {
        id: "walk",
        question: "Who could walk away ahead, and when?".into(),
        answer: tightest.map_or_else(String::new, |r| {
            let side = &case.parties[r.party];
            format!("It is tightest for {side} in phase {}: slack {}.", r.phase, number(&r.slack))
        }),
        body: html! {
            p { "A side goes on while that is worth more to it than cheating in the phase or walking out before it. Slack is the difference, weighed so that sides compare." }
            (table("Going on, cheating, walking out", &header, 2, &rows))
        },
    }
}

fn last(staged: &Staged) -> Section {
    let case = &staged.case;
    let sides = sides(case);
    let moving = staged.last.iter().zip(&sides).filter_map(|(s, side)| Some((s.as_ref()?, side)));
    let open: Vec<&str> =
        moving.clone().filter(|(s, _)| s.closed_by.is_none()).map(|(_, side)| side.name).collect();
    let answer = if open.is_empty() {
        let each: Vec<String> = moving
            .clone()
            .map(|(s, side)| format!("{}: {}", side.name, closer(s.closed_by)))
            .collect();
        format!("{}.", each.join("; "))
    } else {
        format!("Nothing holds {} to the last phase.", open.join(" and "))
    };
    let rows: Vec<Vec<Markup>> = moving
        .map(|(s, side)| {
            let alone: Vec<&str> = s.necessary.iter().map(|c| closer(Some(*c))).collect();
            let alone = if alone.is_empty() { "–".to_owned() } else { alone.join("; ") };
            vec![side.named(), words(closer(s.closed_by)), words(&alone), words(&number(&s.slack))]
        })
        .collect();
    let header = ["side that moves last", "held by", "would fail without", "slack"];
    Section {
        id: "last",
        question: "What holds the last step?".into(),
        answer,
        body: html! {
            (table("The last phase", &header, 3, &rows))
            @if let Some(once) = &staged.all_at_once { p { "All at once, the smallest slack would be " (number(once)) "." } }
            @if !staged.by_phases.is_empty() {
                p { "The best smallest slack with at most so many phases: "
                    (staged.by_phases.iter().map(|(n, s)| format!("{n}: {}", number_or(s.as_ref(), "none"))).collect::<Vec<_>>().join("; ")) "." }
            }
            p.quiet { (proof(&staged.planned.proof)) " " (staged.planned.statistics.states) " states, " (staged.planned.statistics.moves) " moves." }
        },
    }
}

fn recorded(block: &Staging, case: &Case, found: &Recorded) -> Section {
    let a = &found.assessment;
    let mut section = who("record", "And the plan on record?".into(), block, case, a);
    let held: Vec<String> = case
        .parties
        .iter()
        .zip(&found.last)
        .filter_map(|(p, s)| Some(format!("{p}: {}", closer(s.as_ref()?.closed_by))))
        .collect();
    section.answer = format!("{} {}", plan_words(case, a), holds_shortly(case, a));
    section.body =
        html! { (section.body) p { "What holds the last phase – " (held.join("; ")) "." } };
    section
}

fn plan_words(case: &Case, a: &Assessment) -> String {
    format!("{}.", plan(case, &a.plan))
}

fn panels<'c>(case: &'c Case, best: &Assessment) -> Vec<Panel<'c>> {
    let n = case.parties.len();
    sides(case)
        .into_iter()
        .map(|side| {
            let mut panel = Panel {
                side,
                received: Vec::new(),
                given: Vec::new(),
                exposure: Vec::new(),
                slack: Vec::new(),
                does: Vec::new(),
            };
            let (mut received, mut given) = (Rational::zero(), Rational::zero());
            for (t, pair) in best.plan.windows(2).enumerate() {
                let shown =
                    case.deliverables.iter().enumerate().filter(|(_, d)| !d.concerns_persons);
                for (j, d) in shown {
                    for step in &d.steps[pair[0][j]..pair[1][j]] {
                        if d.performer == side.index {
                            given -= &step.value[side.index];
                        } else {
                            received += &step.value[side.index];
                        }
                    }
                }
                let row = &best.rows[t * n + side.index];
                panel.received.push(double(&received));
                panel.given.push(double(&given));
                let shown = best.shows_exposure(case, t + 1);
                panel.exposure.push(if shown { double(&row.exposure) } else { 0.0 });
                panel.slack.push((double(&row.slack), number(&row.slack)));
                panel.does.push(phase(case, &pair[0], &pair[1], Some(side.index)));
            }
            panel
        })
        .collect()
}
