//! What `stage` says.

use super::Lines;
use crate::staging::words::{
    brief, closer, exposure, fair_deals, headline, number, number_or, phase, plan, proof,
    waiting_pays,
};
use crate::text::fitted;
use detente_analysis::staging::{
    Assessment, Bets, Case, LastStep, PlanRests, Robust, Staged, Staging, Waiting,
};

/// What `stage` says; `ties` lists equally good plans.
#[must_use]
pub fn stage_text(
    block: &Staging,
    staged: &Staged,
    ties: bool,
    rests: Option<&PlanRests>,
) -> String {
    let case = &staged.case;
    let mut out = Lines::default();
    if !case.name.is_empty() {
        out.say("", &case.name);
    }
    if let Some(deal) = &staged.deal {
        out.say("", &format!("Deal: {deal}"));
    }
    compared(&mut out, staged);
    let Some(best) = &staged.planned.best else {
        out.head("No plan respects the limits and the exposure caps.");
        out.say("", &proof(&staged.planned.proof));
        out.assumed(block);
        return out.0;
    };
    out.head(&headline(case, best));
    phases(&mut out, case, best, staged.waiting.is_some().then_some(block));
    out.head("Slack: how much better going on is than the better of cheating and walking out. Exposure: what a side stands to lose if the others fail the phase.");
    let rows = best
        .rows
        .iter()
        .map(|r| {
            vec![
                when(r.phase, r.durability),
                case.parties[r.party].clone(),
                number(&r.going_on),
                number_or(r.cheating.as_ref(), "—"),
                number(&r.walking_out),
                number(&r.slack),
                exposure(case, best, r),
            ]
        })
        .collect();
    let header = ["phase", "side", "going on", "cheating", "walking", "slack", "exposure"];
    out.table(&header, "<<>>>>>", rows);
    out.head("What holds each side to the last phase");
    last_steps(&mut out, case, &staged.last);
    if let Some(once) = &staged.all_at_once {
        out.head(&format!("All at once, the smallest slack would be {}.", number(once)));
    }
    if !best.self_enforcing()
        && let Some(linked) = &staged.linked
    {
        out.say("", &format!("With the exchange linked (escrow), it would be {} in the best plan. `detente guarantee` says what bonds or rewards it would take.", number(linked)));
    }
    if ties {
        let more = if staged.planned.tied_complete { "" } else { " or more" };
        let count = staged.planned.tied.len();
        out.head(&format!("Plans that nothing tells apart from this one: {count}{more}"));
        for tied in &staged.planned.tied {
            out.say("  ", &plan(case, tied));
        }
    }
    if let Some(recorded) = &staged.recorded {
        out.head(&format!("The plan on record. {}", headline(case, &recorded.assessment)));
        phases(&mut out, case, &recorded.assessment, None);
        let rows = recorded.assessment.rows.iter().map(|r| {
            let when = when(r.phase, r.durability);
            vec![
                when,
                case.parties[r.party].clone(),
                number(&r.slack),
                exposure(case, &recorded.assessment, r),
            ]
        });
        out.table(&["phase", "side", "slack", "exposure"], "<<>>", rows.collect());
        last_steps(&mut out, case, &recorded.last);
    }
    if let Some(found) = &staged.waiting {
        waiting(&mut out, block, case, found);
    }
    for bet in &staged.bets {
        bets(&mut out, block, case, bet);
    }
    if let Some(rests) = rests {
        out.swings(
            "What the plan rests on: kept as it is, one number moved at a time",
            &rests.plan,
        );
        out.swings("What keeping the finished deal rests on", &rests.durability);
        if let Some(found) = &rests.robust {
            robust(&mut out, case, found);
        }
    }
    out.blank();
    out.say("", &proof(&staged.planned.proof));
    let s = &staged.planned.statistics;
    let kept = if s.moves_kept == 0 {
        String::new()
    } else {
        format!(", {} left after pruning", s.moves_kept)
    };
    out.say("", &format!("{} states, {} moves{kept}.", s.states, s.moves));
    out.assumed(block);
    out.0
}

fn when(phase: usize, durability: bool) -> String {
    if durability { "after".to_owned() } else { phase.to_string() }
}

fn compared(out: &mut Lines, staged: &Staged) {
    if staged.compared.len() < 2 {
        return;
    }
    out.head("Which deal can be staged");
    let shown = staged
        .compared
        .iter()
        .filter(|c| !c.fair.is_empty() || Some(&c.id) == staged.deal.as_ref());
    let rest =
        staged.compared.iter().filter(|c| c.fair.is_empty() && Some(&c.id) != staged.deal.as_ref());
    let rows: Vec<Vec<String>> = shown
        .chain(rest)
        .take(MOST_COMPARED)
        .map(|c| {
            let fair: Vec<&str> = c.fair.iter().map(|r| r.name()).collect();
            let sure = if c.proved { "" } else { " or more" };
            let slack = c
                .slack
                .as_ref()
                .map_or_else(|| "no plan".into(), |s| format!("{}{sure}", number(s)));
            vec![
                c.id.clone(),
                slack,
                (if c.holds { "yes" } else { "no" }).into(),
                fitted(&fair.join(", "), 24),
            ]
        })
        .collect();
    let more = staged.compared.len().saturating_sub(rows.len());
    out.table(&["deal", "smallest slack", "holds", "fair by"], "<>><", rows);
    if more > 0 {
        out.say("  ", &format!("and {more} more that were planned"));
    }
    if staged.bounded_away > 0 {
        out.say(
            "  ",
            &format!(
                "{} more cannot be staged as well as the one planned: a bound shows it.",
                staged.bounded_away
            ),
        );
    }
}

/// Deals shown of those compared.
const MOST_COMPARED: usize = 12;

fn phases(out: &mut Lines, case: &Case, best: &Assessment, dated: Option<&Staging>) {
    let mut rows = Vec::new();
    for (t, pair) in best.plan.windows(2).enumerate() {
        let day = dated.and_then(|b| b.calendar.as_ref()?.days.get(t).cloned());
        let mut number = day.map_or_else(|| (t + 1).to_string(), |d| format!("{}, {d}", t + 1));
        for (p, party) in case.parties.iter().enumerate() {
            let moves = phase(case, &pair[0], &pair[1], Some(p));
            if !moves.is_empty() {
                rows.push(vec![std::mem::take(&mut number), format!("{party}: {moves}")]);
            }
        }
    }
    out.table(&["phase", "who gives what"], "<<", rows);
}

fn last_steps(out: &mut Lines, case: &Case, last: &[Option<LastStep>]) {
    for (party, step) in case.parties.iter().zip(last) {
        let text = step.as_ref().map_or_else(
            || "does not move last".to_owned(),
            |s| format!("{} (slack {})", closer(s.closed_by), number(&s.slack)),
        );
        out.say("  ", &format!("{party}: {text}"));
    }
}

fn waiting(out: &mut Lines, block: &Staging, case: &Case, found: &Waiting) {
    let Some(calendar) = &block.calendar else { return };
    out.head(&format!(
        "If carrying out begins later (phases of {} days from {})",
        calendar.phase_days, calendar.start
    ));
    for event in &calendar.events {
        out.say("  ", &format!("{}, before phase {}: {}", event.date, event.phase, event.title));
    }
    out.say("  ", "Then what it is worth today to each side:");
    let shown = case.parties.len().min(4);
    let mut header = vec!["begin", "in zone", "holds", "best deal"];
    header.extend(case.parties.iter().take(shown).map(String::as_str));
    let deal = |d: usize| found.deals[d].id.clone();
    let rows = found
        .begins
        .iter()
        .map(|b| {
            let best =
                b.best.as_ref().map_or_else(|| "none".into(), |(d, ..)| fitted(&deal(*d), 22));
            let mut row = vec![
                format!("phase {}", b.phase),
                format!("{}/{}", b.zone.len(), found.deals.len()),
                b.stageable.len().to_string(),
                best,
            ];
            row.extend(b.worth_today.iter().take(shown).map(brief));
            row
        })
        .collect();
    out.table(&header, &format!("<>><{}", ">".repeat(shown)), rows);
    if found.deals.len() > 1 {
        let mut before = String::new();
        for b in &found.begins {
            let fair = fair_deals(&b.fair, deal);
            if fair != before {
                out.say("  ", &format!("Fair deals from phase {}: {fair}.", b.phase));
                before = fair;
            }
        }
    }
    if let Some(phase) = found.closes_after {
        out.say("  ", &format!("After phase {phase} no deal can be staged any more."));
    }
    for line in waiting_pays(case, found, |phase| format!("in phase {phase}")) {
        out.say("  ", &line);
    }
    if found.pays.iter().all(Option::is_none) {
        out.say("  ", "Waiting pays for nobody.");
    }
}

fn bets(out: &mut Lines, block: &Staging, case: &Case, bet: &Bets) {
    let by = bet.by.as_ref().map_or(String::new(), |d| format!(" by {d}"));
    out.head(&format!("If \"{}\"{by}", bet.event));
    for s in &bet.between {
        let (yes, no) = (&case.parties[s.believer], &case.parties[s.doubter]);
        out.say("  ", &format!(
            "{no} gives {yes} {} if it happens, {yes} gives {no} {} if not: by its own probability each expects to gain {}.",
            number(&s.if_so), number(&s.if_not), number(&s.gain)
        ));
    }
    if bet.between.is_empty() {
        out.say("  ", "The sides judge it alike, or put nothing at stake: there is nothing to gain from a bet.");
    }
    let deals = block.broad_deals();
    for deal in bet.deals.iter().take(5) {
        let values: Vec<String> = deal
            .expected
            .iter()
            .zip(&case.parties)
            .map(|(v, p)| format!("{} to {p}", number(v)))
            .collect();
        out.say(
            "  ",
            &format!(
                "A deal that nothing beats: {} if so, {} if not; expected worth {}.",
                deals[deal.if_so].id,
                deals[deal.if_not].id,
                values.join(", ")
            ),
        );
    }
}

fn robust(out: &mut Lines, case: &Case, found: &Robust) {
    out.head("One plan for all of the ranges");
    let which = match found.tried {
        1 => "Best wherever in the ranges a best plan was sought".to_owned(),
        n => format!(
            "Of the {n} plans that are best somewhere in the ranges, the one with the best worst case"
        ),
    };
    out.say("  ", &format!("{which}: {}.", plan(case, &found.plan)));
    let holds = if found.holds_everywhere { "it holds" } else { "it does not hold" };
    let sure = if found.certain {
        "over the whole ranges, whose corners are the worst places"
    } else {
        "at the places looked at; between them the slack may be smaller"
    };
    out.say(
        "  ",
        &format!(
            "Its smallest slack is {}: {holds} {sure} ({} places).",
            number(&found.worst),
            found.places
        ),
    );
    if let Some(above) = &found.no_plan_above {
        out.say("  ", &format!("No plan at all has a worst case above {}.", number(above)));
    }
}
