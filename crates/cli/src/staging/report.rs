//! The pages a mediator puts on the table.

use super::text::{closer, headline, meaning};
use super::words::{number, number_or, phase, state};
use crate::commands::guarantee::price;
use crate::commands::interim::Judged;
use crate::commands::stage::{Staged, unsound};
use crate::error::CommandError;
use detente_analysis::staging::{
    Assessment, Case, Effort, Rational, Survey, Swing, Verdict, best_plan, tornado,
};
use detente_model::number::Number;
use detente_staging_file::StagingFile;
use detente_staging_report::{
    Bar, Page, Panel, PhaseChart, Section, WinSet, tornado_chart, win_set_chart,
};
use maud::{Markup, html};
use num_traits::{Signed, Zero};

fn double(q: &Rational) -> f64 {
    Number::from(q.clone()).to_f64()
}

/// The page of a plan.
pub(crate) fn stage(
    file: &StagingFile,
    staged: &Staged,
    effort: &Effort<'_>,
) -> Result<String, CommandError> {
    let case = &staged.case;
    let Some(best) = &staged.planned.best else {
        return Ok(page(
            file,
            "In what order could it be carried out?",
            vec!["No plan respects the limits and the exposure caps.".into()],
            Vec::new(),
        ));
    };
    let mut short = vec![headline(case, best).replace('\n', " ")];
    for (party, step) in case.parties.iter().zip(&staged.last) {
        if let Some(step) = step {
            short.push(format!(
                "What holds {party} to the last phase: {}.",
                step.closed_by.map_or("nothing does", closer)
            ));
        }
    }
    let mut sections = plan_sections(file, case, best);
    sections.push(guarantees(file, staged, effort)?);
    sections.push(rests_on(file, case, best));
    if let Some(section) = at_home(file)? {
        sections.push(section);
    }
    Ok(page(
        file,
        "In what order could it be carried out, and who could walk away when?",
        short,
        sections,
    ))
}

/// The page of the small deals.
pub(crate) fn interim(
    file: &StagingFile,
    judged: &[Judged],
    found: Option<&Survey>,
    effort: &Effort<'_>,
) -> Result<String, CommandError> {
    let mut short = Vec::new();
    let mut sections = Vec::new();
    for j in judged {
        short.push(format!(
            "{}: it {} the broad deal; {}.",
            title(&j.id),
            verb(j.answer.verdict),
            meaning(j.answer.verdict)
        ));
        sections.push(verdict_section(j));
    }
    if let (Some(found), Some(first)) = (found, judged.first()) {
        let case = &first.question.instance;
        if let Some(step) = &found.best_first_step {
            short.push(format!(
                "The best first step of all {} looked at: {}.",
                found.all.len(),
                state(case, step)
            ));
        }
        sections.push(survey_section(case, found));
    }
    // What would follow the first small deal that leaves a way, or else the
    // broad deal by itself.
    let open = judged.iter().find_map(|j| Some((j, *j.answer.after.first()?)));
    let nothing = judged.first().and_then(|j| Some((j, *j.answer.before.first()?)));
    let shown = match (open, nothing) {
        (Some((j, deal)), _) => {
            let question =
                format!("After {}: what would follow, and who could walk away when?", title(&j.id));
            Some((j.question.case(&j.question.deals[deal], &j.question.interim, true), question))
        }
        (None, Some((j, deal))) => {
            let start = vec![0; j.question.instance.deliverables.len()];
            let question = "Without any small deal: who gives what, when?".to_owned();
            Some((j.question.case(&j.question.deals[deal], &start, false), question))
        }
        (None, None) => None,
    };
    if let Some((case, question)) = shown
        && let Some(best) = best_plan(&case, effort).map_err(unsound)?.best
    {
        let mut parts = plan_sections(file, &case, &best);
        if let Some(first) = parts.first_mut() {
            first.question = question;
        }
        sections.extend(parts);
    }
    Ok(page(
        file,
        "Would a small deal now help the broad agreement, or stand in its way?",
        short,
        sections,
    ))
}

fn page(
    file: &StagingFile,
    question: &str,
    in_short: Vec<String>,
    sections: Vec<Section>,
) -> String {
    let mut footer = vec![
        "Exact arithmetic on the numbers of the file. Read with care: this takes each side as one will, sees every default, lets no broken deal be mended, and compares nothing between sides.".to_owned(),
    ];
    if !file.case.assumed.is_empty() {
        footer.push(format!(
            "Assumed, because the file does not say: {}.",
            file.case.assumed.join("; ")
        ));
    }
    Page {
        title: question.to_owned(),
        subject: file.case.case.name.clone(),
        in_short,
        sections,
        footer,
    }
    .render()
}

fn title(id: &str) -> String {
    format!("“{}”", id.replace('_', " "))
}

fn verb(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Precedes => "helps",
        Verdict::Neutral => "does not change",
        Verdict::Narrows => "narrows",
        Verdict::Shifts => "shifts",
        Verdict::Precludes => "precludes",
        Verdict::Moot => "does not matter for",
    }
}

fn cells(header: &[&str], rows: &[Vec<String>]) -> Markup {
    html! {
        div.wide { table {
            thead { tr { @for (c, h) in header.iter().enumerate() { th.n[c > 0] scope="col" { (h) } } } }
            tbody { @for row in rows { tr { @for (c, cell) in row.iter().enumerate() { td.n[c > 0] { (cell) } } } } }
        } }
    }
}

fn plan_sections(file: &StagingFile, case: &Case, best: &Assessment) -> Vec<Section> {
    let chart = chart(case, best);
    let mut listed = Vec::new();
    for (t, pair) in best.plan.windows(2).enumerate() {
        for (p, party) in case.parties.iter().enumerate() {
            let moves = phase(case, &pair[0], &pair[1], Some(p));
            if !moves.is_empty() {
                listed.push((t + 1, party.clone(), moves));
            }
        }
    }
    let persons: Vec<&str> =
        case.deliverables.iter().filter(|d| d.concerns_persons).map(|d| d.id.as_str()).collect();
    let what: Vec<(String, String)> = case
        .deliverables
        .iter()
        .zip(&file.case.described)
        .filter(|(_, w)| w.title.is_some() || w.quantity.is_some())
        .map(|(d, w)| {
            (
                d.id.clone(),
                [w.title.clone(), w.quantity.clone(), w.basis.clone()]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join("; "),
            )
        })
        .collect();
    let who = Section {
        question: "Who gives what, when?".into(),
        body: html! {
            figure {
                (chart.draw())
                figcaption { "Bars: lumps received and given so far, each side on its own scale. Dashed: what the side stands to lose if the others fail the phase. Strip: slack, hatched below zero." }
            }
            ol { @for (t, party, moves) in &listed { li value=(t) { b { (party) } ": " (moves) } } }
            @if !what.is_empty() { dl { @for (id, words) in &what { dt { b { (id) } } dd { (words) } } } }
            @if !persons.is_empty() { p { "Counted and ordered, with no value shown, because they concern persons: " (persons.join(", ")) ". They are left out of the bars." } }
        },
    };
    let rows: Vec<Vec<String>> = best
        .rows
        .iter()
        .map(|r| {
            vec![
                if r.durability { "afterwards".into() } else { format!("phase {}", r.phase) },
                case.parties[r.party].clone(),
                number(&r.going_on),
                number_or(r.cheating.as_ref(), "–"),
                number(&r.walking_out),
                number(&r.slack),
                number(&r.exposure),
            ]
        })
        .collect();
    let walk = Section {
        question: "Who could walk away ahead?".into(),
        body: html! {
            p { "A side goes on while that is worth more to it than cheating in the phase or walking out before it. Slack is the difference, the smallest of which makes the plan." }
            (cells(&["when", "side", "going on", "cheating", "walking out", "slack", "exposure"], &rows))
        },
    };
    vec![who, walk]
}

fn chart(case: &Case, best: &Assessment) -> PhaseChart {
    let n = case.parties.len();
    let panels = (0..n)
        .map(|i| {
            let mut panel = Panel { side: case.parties[i].clone(), ..Panel::default() };
            let (mut received, mut given) = (Rational::zero(), Rational::zero());
            for (t, pair) in best.plan.windows(2).enumerate() {
                for (j, d) in
                    case.deliverables.iter().enumerate().filter(|(_, d)| !d.concerns_persons)
                {
                    for step in &d.steps[pair[0][j]..pair[1][j]] {
                        if d.performer == i {
                            given -= &step.value[i];
                        } else {
                            received += &step.value[i];
                        }
                    }
                }
                let row = &best.rows[t * n + i];
                panel.received.push(double(&received));
                panel.given.push(double(&given));
                panel.exposure.push(double(&row.exposure));
                panel.slack.push((double(&row.slack), number(&row.slack)));
                panel.does.push(phase(case, &pair[0], &pair[1], Some(i)));
            }
            panel
        })
        .collect();
    PhaseChart { panels }
}

fn guarantees(
    file: &StagingFile,
    staged: &Staged,
    effort: &Effort<'_>,
) -> Result<Section, CommandError> {
    let priced = price(file, staged.deal.as_deref(), effort)?;
    let mut rows = Vec::new();
    for (what, found) in [
        ("Bond, forfeited by default", &priced.bond),
        ("Reward, paid on completion", &priced.reward),
    ] {
        let mut row = vec![what.to_owned()];
        match &found.least {
            Some(g) => {
                row.extend(g.amounts.iter().map(number));
                row.push(number(&g.total()));
            }
            None => {
                row.extend(staged.case.parties.iter().map(|_| "–".to_owned()));
                row.push(if found.complete { "none suffices" } else { "not computed" }.into());
            }
        }
        rows.push(row);
    }
    let mut header = vec!["least guarantee"];
    header.extend(staged.case.parties.iter().map(String::as_str));
    header.push("in all");
    Ok(Section {
        question: "What would it take?".into(),
        body: html! {
            (cells(&header, &rows))
            p { "Without any: smallest slack " (number_or(priced.without(), "none")) ". With the exchange linked, as in escrow: " (number_or(priced.linked.as_ref(), "none")) "." }
        },
    })
}

fn rests_on(file: &StagingFile, case: &Case, best: &Assessment) -> Section {
    let swings: Vec<Swing> = tornado(case, &best.plan, &file.case.ranges)
        .into_iter()
        .filter(|s| !s.knob.concerns_persons(case))
        .take(10)
        .collect();
    let bars: Vec<Bar> = swings
        .iter()
        .map(|s| Bar {
            name: s.knob.name(case),
            slack: (double(&s.slack.0), double(&s.slack.1)),
            ends: (number(&s.ends.0), number(&s.ends.1)),
        })
        .collect();
    let flips: Vec<String> = swings
        .iter()
        .flat_map(|s| {
            [&s.flips.0, &s.flips.1]
                .into_iter()
                .flatten()
                .map(|f| format!("{} at {}", s.knob.name(case), number(f)))
        })
        .collect();
    let now = best.min_slack.as_ref().map_or(0.0, double);
    Section {
        question: "What does the answer rest on?".into(),
        body: html! {
            figure { (tornado_chart(&bars, now)) figcaption { "The plan kept, one number moved at a time: over its range, or half of it either way (a tenth for shares)." } }
            @if flips.is_empty() { p { "None of these numbers, moved alone within its ends, makes the plan fail." } }
            @else { p { "What makes the plan fail: " (flips.join("; ")) "." } }
        },
    }
}

fn verdict_section(j: &Judged) -> Section {
    let case = &j.question.instance;
    let a = &j.answer;
    let names = |deals: &[usize]| {
        if deals.is_empty() {
            "none".to_owned()
        } else {
            deals
                .iter()
                .map(|&d| j.question.deals[d].id.replace('_', " "))
                .collect::<Vec<_>>()
                .join(", ")
        }
    };
    let rows: Vec<Vec<String>> = (0..case.parties.len())
        .map(|i| {
            let go = |g: &Option<(Vec<Rational>, usize)>| {
                g.as_ref().map_or("–".into(), |(g, _)| number(&g[i]))
            };
            vec![
                case.parties[i].clone(),
                number(&a.received[i]),
                number(&a.standing[i]),
                go(&a.go_on_before),
                go(&a.go_on),
            ]
        })
        .collect();
    let fall = a.blocked.as_ref().and_then(|b| b.party).and_then(|i| {
        let before = &a.go_on_before.as_ref()?.0[i];
        let after = &a.go_on.as_ref()?.0[i];
        Some(format!(
            "{} has the least reason to go on: it falls from {} to {}.",
            case.parties[i],
            number(before),
            number(after)
        ))
    });
    Section {
        question: format!("{}: {}", title(&j.id), state(case, &j.question.interim)),
        body: html! {
            p.verdict { (sentence(a.verdict)) }
            p { "Broad deals that can be carried out – before: " (names(&a.before)) "; after: " (names(&a.after)) ". The smallest gain a side has to accept, weighed by what each stands to gain: " (number_or(a.gain_before.as_ref(), "none")) " before, " (number_or(a.gain_after.as_ref(), "none")) " after." }
            @if let Some(fall) = &fall { p { (fall) } }
            (cells(&["side", "has received", "stands at", "reason to go on, before", "after"], &rows))
            @if let Some(b) = &a.blocked {
                ul {
                    @for (what, remedy) in [("A bond posted with it", &b.bond), ("A reward on completion", &b.reward)] {
                        @if let Some(r) = remedy {
                            li { (what) " would restore " (r.deal.replace('_', " ")) ": "
                                (r.guarantee.amounts.iter().enumerate().filter(|(_, x)| x.is_positive()).map(|(i, x)| format!("{} for {}", number(x), case.parties[i])).collect::<Vec<_>>().join(", ")) "." }
                        }
                    }
                    li { "The most of it that is safe: " (b.safe.iter().map(|s| state(case, s)).collect::<Vec<_>>().join("; or ")) "." }
                }
            }
            @if a.leg_slack.iter().any(Signed::is_negative) {
                p { "By itself, all at once, it would not hold: somebody would rather take the other’s part and give nothing. It needs an exchange that is linked, or steps." }
            }
            @if !a.complete { p { "Not complete: a search was cut short." } }
        },
    }
}

fn sentence(verdict: Verdict) -> String {
    let text = meaning(verdict);
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        format!("{}{}. ({})", first.to_uppercase(), letters.as_str(), verdict.name())
    })
}

fn survey_section(case: &Case, found: &Survey) -> Section {
    let rows: Vec<Vec<String>> = [
        Verdict::Precedes,
        Verdict::Neutral,
        Verdict::Narrows,
        Verdict::Shifts,
        Verdict::Precludes,
        Verdict::Moot,
    ]
    .into_iter()
    .filter(|v| found.count(*v) > 0)
    .map(|v| vec![format!("{}: {}", v.name(), meaning(v)), found.count(v).to_string()])
    .collect();
    Section {
        question: "Which small deals are safe, if nothing else changes with them?".into(),
        body: html! {
            (cells(&["of all small deals", "how many"], &rows))
            p { "The largest after which a broad deal can still be carried out:" }
            ul { @for safe in found.largest_safe.iter().take(10) { li { (state(case, safe)) } } }
        },
    }
}

fn at_home(file: &StagingFile) -> Result<Option<Section>, CommandError> {
    let Some(named) = &file.ratification else { return Ok(None) };
    let answer = named.question.answer(1, crate::commands::ratify::MOST_STEPS).map_err(unsound)?;
    let total = named.question.sizes.iter().map(|&s| s as f64).product();
    let mut rows: Vec<WinSet> = named
        .question
        .parties
        .iter()
        .zip(&answer.per_party)
        .map(|(p, &pass)| WinSet { place: p.name.clone(), pass })
        .collect();
    rows.push(WinSet { place: "everywhere".into(), pass: answer.win_set_size });
    let blockers: Vec<String> = named
        .question
        .parties
        .iter()
        .zip(&answer.draft.refuse)
        .filter(|(_, refuse)| !refuse.is_empty())
        .map(|(p, refuse)| {
            format!(
                "{}: {}",
                p.name,
                refuse
                    .iter()
                    .map(|&k| p.constituencies[k].name.as_str())
                    .collect::<Vec<_>>()
                    .join(", ")
            )
        })
        .collect();
    Ok(Some(Section {
        question: "Can each side get it accepted at home?".into(),
        body: html! {
            figure { (win_set_chart(&rows, total)) figcaption { "Outcomes that pass at home, out of all." } }
            @if !blockers.is_empty() { p { "The draft is refused by – " (blockers.join("; ")) "." } }
        },
    }))
}
