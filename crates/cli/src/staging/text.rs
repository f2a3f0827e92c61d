//! Answers as tables and sentences for the terminal.

use super::words::{brief, number, number_or, phase, state, table, wrapped};
use crate::commands::guarantee::Priced;
use crate::commands::interim::Judged;
use crate::commands::stage::{Staged, deals, unsound};
use crate::error::CommandError;
use detente_analysis::staging::{
    Assessment, BroadDeal, Case, Change, Closer, Effort, GuaranteeFound, Proof, RatificationAnswer,
    Rational, Survey, Verdict, along_the_calendar, assess, contingent_deals, last_steps,
    robust_plan, side_bet, tornado,
};
use detente_staging_file::{NamedRatification, StagingFile};
use num_traits::Signed;

/// What `stage` says.
pub(crate) fn stage(file: &StagingFile, staged: &Staged, ties: bool) -> String {
    let case = &staged.case;
    let mut out = heading(&case.name);
    if let Some(deal) = &staged.deal {
        out += &format!("Deal: {deal}\n");
    }
    if staged.others.len() > 1 {
        let rows: Vec<Vec<String>> = staged
            .others
            .iter()
            .take(20)
            .map(|(id, slack, holds)| {
                vec![
                    id.clone(),
                    number_or(slack.as_ref(), "no plan"),
                    (if *holds { "yes" } else { "no" }).into(),
                ]
            })
            .collect();
        out += "\nWhich deal can be staged\n";
        out += &table(&["deal", "smallest slack", "holds"], &rows);
    }
    let Some(best) = &staged.planned.best else {
        out += "\nNo plan respects the limits and the exposure caps.\n";
        return out + &proof(&staged.planned.proof);
    };
    out += &format!("\n{}\n", headline(case, best));
    out += &table(&["phase", "who gives what"], &phases(case, best));
    out += "\nSlack: how much better going on is than the better of cheating and walking\n";
    out += "out. Exposure: what a side stands to lose if the others fail the phase.\n";
    let rows: Vec<Vec<String>> = best
        .rows
        .iter()
        .map(|r| {
            let after = if r.durability { "after".to_owned() } else { r.phase.to_string() };
            vec![
                after,
                case.parties[r.party].clone(),
                number(&r.going_on),
                number_or(r.cheating.as_ref(), "—"),
                number(&r.walking_out),
                number(&r.slack),
                number(&r.exposure),
            ]
        })
        .collect();
    out +=
        &table(&["phase", "side", "going on", "cheating", "walking", "slack", "exposure"], &rows);
    out += "\nWhat holds each side to the last phase\n";
    for (party, step) in case.parties.iter().zip(&staged.last) {
        let text = match step {
            None => "does not move last".to_owned(),
            Some(step) => {
                let by = step.closed_by.map_or("nothing does", closer);
                format!("{by} (slack {})", number(&step.slack))
            }
        };
        out += &format!("  {party}: {text}\n");
    }
    if let Some(once) = &staged.all_at_once {
        out += &format!("\nAll at once, the smallest slack would be {}.\n", number(once));
    }
    if ties {
        out += &format!(
            "\nPlans that nothing tells apart from this one: {}{}\n",
            staged.planned.tied.len(),
            if staged.planned.tied_complete { "" } else { " or more" }
        );
        for plan in &staged.planned.tied {
            let steps: Vec<String> =
                plan.windows(2).map(|w| phase(case, &w[0], &w[1], None)).collect();
            out += &wrapped(&steps.join(" → "), "  ");
        }
    }
    out += &recorded(file, case);
    out += &calendar(file, staged);
    out += &contingent(file, case);
    out += &proof(&staged.planned.proof);
    let s = &staged.planned.statistics;
    out +=
        &format!("{} states, {} moves, {} left after pruning.\n", s.states, s.moves, s.moves_kept);
    if !file.case.assumed.is_empty() {
        out += &wrapped(
            &format!("Assumed, because the file does not say: {}.", file.case.assumed.join("; ")),
            "",
        );
    }
    out += ASSUMPTIONS;
    out
}

const ASSUMPTIONS: &str = "\
Read with care: this takes each side as one will, sees every default, lets no
broken deal be mended, and rests on the numbers given. See docs/staging.md.
";

pub(crate) fn headline(case: &Case, best: &Assessment) -> String {
    let slack = number_or(best.min_slack.as_ref(), "none");
    let phases = best.phases();
    let plural = if phases == 1 { "phase" } else { "phases" };
    let holds = match (best.self_enforcing(), best.durable()) {
        (true, true) => {
            "Nobody gains by leaving at any point, and everybody keeps the finished deal."
                .to_owned()
        }
        (true, false) => {
            let who: Vec<&str> = best
                .durability
                .iter()
                .enumerate()
                .filter(|(_, d)| d.is_negative())
                .map(|(i, _)| case.parties[i].as_str())
                .collect();
            format!(
                "Nobody gains by leaving on the way, but once all is done {} would rather break it.",
                who.join(" and ")
            )
        }
        _ => {
            let worst =
                best.rows.iter().filter(|r| !r.durability).min_by(|a, b| a.slack.cmp(&b.slack));
            worst.map_or_else(String::new, |r| {
                format!(
                    "It does not hold: in phase {} {} would rather leave.",
                    r.phase, case.parties[r.party]
                )
            })
        }
    };
    let text = format!("{phases} {plural}, smallest slack {slack}. {holds}");
    wrapped(&text, "").trim_end().to_owned()
}

pub(crate) fn phases(case: &Case, best: &Assessment) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (t, pair) in best.plan.windows(2).enumerate() {
        let mut number = (t + 1).to_string();
        for (p, party) in case.parties.iter().enumerate() {
            let moves = phase(case, &pair[0], &pair[1], Some(p));
            if !moves.is_empty() {
                rows.push(vec![std::mem::take(&mut number), format!("{party}: {moves}")]);
            }
        }
    }
    // The first column is right of the words otherwise; pad words to one width.
    let width = rows.iter().map(|r| r[1].chars().count()).max().unwrap_or(0);
    for row in &mut rows {
        let pad = width - row[1].chars().count();
        row[1] += &" ".repeat(pad);
    }
    rows
}

pub(crate) fn closer(closer: Closer) -> &'static str {
    match closer {
        Closer::Intrinsic => "the step is worth doing for its own sake",
        Closer::Reversal => "what was given would be taken back",
        Closer::Residual => "the finished relationship is worth keeping",
        Closer::Linkage => "the exchange is linked",
        Closer::Reward => "a reward on completion",
        Closer::Bond => "a bond would be forfeited",
    }
}

/// A name in at most so many characters.
fn cut(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let mut short: String = name.chars().take(most - 1).collect();
    short.push('…');
    short
}

fn heading(name: &str) -> String {
    if name.is_empty() { String::new() } else { wrapped(name, "") }
}

fn proof(proof: &Proof) -> String {
    match proof {
        Proof::Optimal => "Exact: no plan within the limits does better.\n".into(),
        Proof::SlackOnly => {
            "Exact slack; plans with the same slack were not all compared.\n".into()
        }
        Proof::Gap(Some(upper)) => {
            format!(
                "Not proved: the search was cut short; no plan has a slack above {}.\n",
                number(upper)
            )
        }
        Proof::Gap(None) => "Not proved: the search was cut short, and no bound is known.\n".into(),
    }
}

fn recorded(file: &StagingFile, case: &Case) -> String {
    let plan = file.recorded_plan.as_ref().filter(|p| p.last() == Some(&case.target));
    let Some(plan) = plan else { return String::new() };
    let a = assess(case, plan);
    let mut out = format!("\nThe plan on record\n{}\n", headline(case, &a));
    out += &table(&["phase", "who gives what"], &phases(case, &a));
    let rows: Vec<Vec<String>> = a
        .rows
        .iter()
        .map(|r| {
            let when = if r.durability { "after".to_owned() } else { r.phase.to_string() };
            vec![when, case.parties[r.party].clone(), number(&r.slack), number(&r.exposure)]
        })
        .collect();
    out += &table(&["phase", "side", "slack", "exposure"], &rows);
    for (party, step) in case.parties.iter().zip(last_steps(case, plan)) {
        if let Some(step) = step {
            let by = step.closed_by.map_or("nothing does", closer);
            out += &format!("  What holds {party} to its last phase: {by}.\n");
        }
    }
    out
}

/// Changes of a calendar, for the analysis.
pub(crate) fn changes(file: &StagingFile) -> Vec<Change> {
    let events = file.calendar.iter().flat_map(|c| &c.events);
    events.map(|e| Change { phase: e.phase, sets: e.sets.clone() }).collect()
}

/// The deals a calendar is about.
pub(crate) fn dated_deals(file: &StagingFile, staged: &Staged) -> Vec<BroadDeal> {
    let listed = deals(file);
    if !listed.is_empty() {
        return listed;
    }
    vec![BroadDeal {
        id: "all of it".into(),
        target: staged.case.target.clone(),
        residual: staged.case.residual.clone(),
    }]
}

fn calendar(file: &StagingFile, staged: &Staged) -> String {
    let Some(calendar) = &file.calendar else { return String::new() };
    let last = calendar.events.iter().map(|e| e.phase).max().unwrap_or(1) + 1;
    let listed = dated_deals(file, staged);
    let found = along_the_calendar(
        &staged.case,
        &listed,
        &changes(file),
        &calendar.delay_cost,
        last,
        &Effort::default(),
    );
    let Ok(found) = found else { return String::new() };
    let mut out = format!(
        "\nIf carrying out begins later (phases of {} days from {})\n",
        calendar.phase_days, calendar.start
    );
    for event in &calendar.events {
        out += &format!("  {}, before phase {}: {}\n", event.date, event.phase, event.title);
    }
    out += "  Then what it is worth today to each side:\n";
    let mut header = vec!["begin", "in zone", "holds", "best deal"];
    let shown = staged.case.parties.len().min(4);
    header.extend(staged.case.parties.iter().take(shown).map(String::as_str));
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|b| {
            let mut row = vec![
                format!("phase {}", b.phase),
                format!("{}/{}", b.zone.len(), listed.len()),
                b.stageable.len().to_string(),
                b.best.as_ref().map_or_else(|| "none".into(), |(d, ..)| cut(&listed[*d].id, 22)),
            ];
            row.extend(b.worth_today.iter().take(shown).map(brief));
            row
        })
        .collect();
    out += &table(&header, &rows);
    if let Some(closes) =
        found.windows(2).find(|w| !w[0].stageable.is_empty() && w[1].stageable.is_empty())
    {
        out += &format!("  After phase {} no deal can be staged any more.\n", closes[0].phase);
    }
    for (i, party) in staged.case.parties.iter().enumerate() {
        let best = found.iter().rev().max_by(|a, b| a.worth_today[i].cmp(&b.worth_today[i]));
        if let Some(best) =
            best.filter(|b| b.phase > 1 && b.worth_today[i] > found[0].worth_today[i])
        {
            out += &format!(
                "  Waiting pays for {party}: beginning in phase {} is worth more to it today.\n",
                best.phase
            );
        }
    }
    if found.iter().all(|b| b.worth_today.iter().zip(&found[0].worth_today).all(|(a, b)| a <= b)) {
        out += "  Waiting pays for nobody.\n";
    }
    out
}

fn contingent(file: &StagingFile, case: &Case) -> String {
    let mut out = String::new();
    for bet in &file.bets {
        let by = bet.by.as_ref().map_or(String::new(), |d| format!(" by {d}"));
        out += &format!("\nIf \"{}\"{by}\n", bet.event);
        for a in 0..case.parties.len() {
            for b in a + 1..case.parties.len() {
                if let Some(s) = side_bet(&bet.probability, &bet.stake, a, b) {
                    let (yes, no) = (&case.parties[s.believer], &case.parties[s.doubter]);
                    out += &wrapped(
                        &format!(
                            "{no} gives {yes} {} if it happens, {yes} gives {no} {} if not: by its own probability each expects to gain {}.",
                            number(&s.if_so),
                            number(&s.if_not),
                            number(&s.gain)
                        ),
                        "  ",
                    );
                }
            }
        }
        let listed = deals(file);
        let worth: Vec<Vec<Rational>> = listed
            .iter()
            .map(|d| {
                let mut c = case.clone();
                c.target.clone_from(&d.target);
                c.total_lumps().iter().zip(&d.residual).map(|(l, r)| l + r).collect()
            })
            .collect();
        for deal in contingent_deals(&worth, &bet.probability).iter().take(5) {
            let values: Vec<String> = deal
                .expected
                .iter()
                .zip(&case.parties)
                .map(|(v, p)| format!("{} to {p}", number(v)))
                .collect();
            out += &wrapped(
                &format!(
                    "A deal that nothing beats: {} if so, {} if not; expected worth {}.",
                    listed[deal.if_so].id,
                    listed[deal.if_not].id,
                    values.join(", ")
                ),
                "  ",
            );
        }
    }
    out
}

/// The ranges over which a plan holds.
pub(crate) fn sensitivity(
    file: &StagingFile,
    staged: &Staged,
    effort: &Effort<'_>,
) -> Result<String, CommandError> {
    let Some(best) = &staged.planned.best else { return Ok(String::new()) };
    let case = &staged.case;
    let mut out =
        "\nWhat the answer rests on: this plan kept, one number moved at a time\n".to_owned();
    let swings = tornado(case, &best.plan, &file.case.ranges);
    let rows: Vec<Vec<String>> = swings
        .iter()
        .filter(|s| !s.knob.concerns_persons(case))
        .take(12)
        .map(|s| {
            let flip = match (&s.flips.0, &s.flips.1) {
                (None, None) => "no".into(),
                (a, b) => [a, b].into_iter().flatten().map(brief).collect::<Vec<_>>().join(", "),
            };
            vec![
                cut(&s.knob.name(case), 34),
                format!("{} … {}", brief(&s.ends.0), brief(&s.ends.1)),
                format!("{} … {}", brief(&s.slack.0), brief(&s.slack.1)),
                flip,
            ]
        })
        .collect();
    out += &table(&["number", "moved", "slack then", "fails at"], &rows);
    if let Some(robust) = robust_plan(case, &file.case.ranges, effort).map_err(unsound)? {
        let steps: Vec<String> =
            robust.plan.windows(2).map(|w| phase(case, &w[0], &w[1], None)).collect();
        out += &wrapped(
            &format!(
                "Over all {} corners of the ranges, the best of the {} plans tried is {}: its smallest slack is {}, and it {} at every corner.",
                robust.corners,
                robust.tried,
                steps.join(" → "),
                number(&robust.worst),
                if robust.holds_everywhere { "holds" } else { "does not hold" }
            ),
            "",
        );
    }
    Ok(out)
}

/// What a verdict means, in words.
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

/// What `interim` says.
pub(crate) fn interim(file: &StagingFile, judged: &[Judged], found: Option<&Survey>) -> String {
    let mut out = heading(&file.case.case.name);
    for j in judged {
        let case = &j.question.instance;
        let a = &j.answer;
        out += &format!("\n{}: {}\n", j.id, state(case, &j.question.interim));
        out += &wrapped(
            &format!("{} — {}.", a.verdict.name().to_uppercase(), meaning(a.verdict)),
            "  ",
        );
        let names = |deals: &[usize]| {
            if deals.is_empty() {
                "none".to_owned()
            } else {
                deals
                    .iter()
                    .map(|&d| j.question.deals[d].id.as_str())
                    .collect::<Vec<_>>()
                    .join(", ")
            }
        };
        out += &wrapped(
            &format!(
                "Broad deals that can be carried out: before, {}; after, {}.",
                names(&a.before),
                names(&a.after)
            ),
            "  ",
        );
        out += &format!(
            "  The smallest gain anybody has to accept: before {}, after {}.\n",
            number_or(a.gain_before.as_ref(), "—"),
            number_or(a.gain_after.as_ref(), "—")
        );
        let rows: Vec<Vec<String>> = (0..case.parties.len())
            .map(|i| {
                vec![
                    case.parties[i].clone(),
                    number(&a.received[i]),
                    number(&a.standing[i]),
                    a.go_on_before.as_ref().map_or("—".into(), |(g, _)| number(&g[i])),
                    a.go_on.as_ref().map_or("—".into(), |(g, _)| number(&g[i])),
                    number(&a.leg_slack[i]),
                ]
            })
            .collect();
        out += &table(
            &["side", "has got", "stands at", "to go on: before", "after", "slack of it alone"],
            &rows,
        );
        if let Some(blocked) = &a.blocked {
            if let Some(i) = blocked.party {
                out += &format!("  {} has the least reason to go on.\n", case.parties[i]);
            }
            for (what, remedy) in [
                ("A bond posted with it", &blocked.bond),
                ("A reward on completion", &blocked.reward),
            ] {
                if let Some(r) = remedy {
                    let amounts: Vec<String> = r
                        .guarantee
                        .amounts
                        .iter()
                        .enumerate()
                        .filter(|(_, a)| a.is_positive())
                        .map(|(i, a)| format!("{} for {}", number(a), case.parties[i]))
                        .collect();
                    out += &wrapped(
                        &format!("{what} would restore {}: {}.", r.deal, amounts.join(", ")),
                        "  ",
                    );
                }
            }
            let safe: Vec<String> = blocked.safe.iter().map(|s| state(case, s)).collect();
            out += &wrapped(&format!("The most of it that is safe: {}.", safe.join("; or ")), "  ");
        }
        if !a.complete {
            out += "  Not complete: a search was cut short.\n";
        }
    }
    if let Some(found) = found {
        let Some(case) = judged.first().map(|j| &j.question.instance) else { return out };
        out +=
            &format!("\nAll {} small deals, if nothing else changes with them\n", found.all.len());
        for verdict in [
            Verdict::Precedes,
            Verdict::Neutral,
            Verdict::Narrows,
            Verdict::Shifts,
            Verdict::Precludes,
            Verdict::Moot,
        ] {
            let count = found.count(verdict);
            if count > 0 {
                out += &format!("  {:<10}{count:>4}  {}\n", verdict.name(), meaning(verdict));
            }
        }
        out += "  The largest safe ones:\n";
        for safe in found.largest_safe.iter().take(10) {
            out += &wrapped(&state(case, safe), "    ");
        }
        let first = found.best_first_step.as_ref().map_or("none".into(), |s| state(case, s));
        out += &wrapped(&format!("The best first step: {first}."), "  ");
        if !found.complete {
            out += "  Not complete: too many small deals, or a search was cut short.\n";
        }
    }
    out + ASSUMPTIONS
}

/// What `guarantee` says.
pub(crate) fn guarantee(priced: &Priced) -> String {
    let case = &priced.case;
    let mut out = heading(&case.name);
    match priced.without() {
        Some(slack) => {
            out += &format!(
                "Without any guarantee the best plan has a smallest slack of {}.\n",
                number(slack)
            );
        }
        None => {
            out +=
                "No plan respects the limits and exposure caps; guarantees cannot change that.\n";
        }
    }
    let say = |out: &mut String, name: &str, found: &GuaranteeFound| match &found.least {
        None if found.complete => {
            *out += &wrapped(
                &format!(
                    "{name}: no amount{} makes any plan hold.",
                    if priced.limited.is_some() { " that the guarantors can put up" } else { "" }
                ),
                "",
            );
        }
        None => *out += &wrapped(&format!("{name}: not computed, too many states."), ""),
        Some(g) => {
            let parts: Vec<String> = g
                .amounts
                .iter()
                .enumerate()
                .map(|(i, a)| format!("{} for {}", number(a), case.parties[i]))
                .collect();
            *out += &wrapped(
                &format!("{name}: {} in all ({}).", number(&g.total()), parts.join(", ")),
                "",
            );
            let steps: Vec<String> =
                g.plan.windows(2).map(|w| phase(case, &w[0], &w[1], None)).collect();
            *out += &wrapped(&format!("Plan: {}.", steps.join(" → ")), "  ");
        }
    };
    say(&mut out, "Least bonds, forfeited by default", &priced.bond);
    say(&mut out, "Least rewards, paid on completion", &priced.reward);
    if priced.without().is_some_and(Signed::is_negative) {
        out += "For the best plan as it is, the least in all:\n";
        for (name, mix) in &priced.mixes {
            let amount =
                mix.as_ref().map_or("cannot make it hold".to_owned(), |m| number(&m.total));
            out += &format!("  {name}: {amount}\n");
        }
    }
    if let Some(linked) = &priced.linked {
        out += &format!(
            "If the exchange is linked (escrow), the smallest slack is {}.\n",
            number(linked)
        );
    }
    out + ASSUMPTIONS
}

/// What `ratify` says.
pub(crate) fn ratification(named: &NamedRatification, answer: &RatificationAnswer) -> String {
    let question = &named.question;
    let outcome = |x: &[usize]| -> String {
        if named.issues.is_empty() {
            return format!("{x:?}");
        }
        named
            .issues
            .iter()
            .zip(x)
            .map(|((i, options), &o)| format!("{i} {}", options[o]))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let total = question.sizes.iter().fold(1_u128, |n, &s| n.saturating_mul(s as u128));
    let mut out = format!(
        "{} of {total} outcomes pass at home on every side{}.\n",
        answer.win_set_size,
        if answer.complete { "" } else { " (at least: the search was cut short)" }
    );
    let rows: Vec<Vec<String>> = question
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
    out += &wrapped(&format!("The draft: {}", outcome(&question.draft)), "");
    out += &table(&["side", "win-set", "draft", "refused by", "side-payment", "chance"], &rows);
    match &answer.cheapest {
        Some((cost, ways)) => {
            out += &format!("The cheapest change that passes everywhere costs {}:\n", number(cost));
            for way in ways.iter().take(10) {
                out += &wrapped(&outcome(way), "  ");
            }
        }
        None => out += "No change makes it pass on every side.\n",
    }
    let stuck: Vec<&str> = question
        .parties
        .iter()
        .enumerate()
        .filter(|(p, _)| answer.status_quo.passes[*p])
        .map(|(_, r)| r.name.as_str())
        .collect();
    if !stuck.is_empty() {
        out += &format!("No deal would pass at home for {}.\n", stuck.join(" and "));
    }
    out
}
