//! From analyses to what the page and the text can show.

use super::answer::Answer;
use super::partial;
use super::patience::Patience;
use super::reasons;
use detente_analysis::Budget;
use detente_analysis::division::adjusted_winner;
use detente_analysis::division::lottery::{Lotteries, LotteryDeal};
use detente_analysis::explain;
use detente_analysis::ordinal::{self, fallback, schulze};
use detente_analysis::solved::{Deal, SolutionRule};
use detente_analysis::table::{Note, Reduced};
use detente_model::{Choice, Outcome, Scenario};
use detente_report::Extras;
use detente_report::extras::{
    AdjustedWinner, AdjustedWinnerRow, Contested, GivenDeal, Improvement, Move, OrdinalPick,
    Sensitivity, TableChange, Trade,
};

/// Larger frontiers are not tried for sensitivity.
const MOST_SENSITIVE_POINTS: usize = 2_000;

/// Everything beyond the bare answer.
pub(super) fn extras(
    scenario: &Scenario,
    answer: &Answer,
    given: Option<&Outcome>,
    patience: &Patience,
) -> Extras {
    patience.begin_explaining();
    let over = || patience.is_over();
    let budget = Budget::default().stopped_by(&over);
    let mut extras = Extras::default();
    if scenario.utilities().is_none() {
        match &answer.partial {
            Some(found) => {
                extras.ordinal = partial::picks(scenario, found);
                extras.unstated = Some(partial::counts(found));
            }
            None => extras.remarks.push(partial::NOT_COMPUTED.into()),
        }
        extras.ordinal.extend(ordinal_picks(scenario));
        return extras;
    }
    if scenario.has_divisible_issues() {
        extras.adjusted_winner =
            adjusted_winner::adjusted_winner(scenario).ok().map(|a| winner(&a));
    } else if answer.solved.agreement_possible == Some(false) {
        extras.why_not = reasons::why_not(scenario, &budget, &mut extras.remarks);
    }
    extras.contested = contested(scenario);
    extras.remarks.extend(answer.lotteries.iter().flat_map(|l| lottery_remarks(scenario, l)));
    extras.sensitivity = sensitivity(scenario, answer, &budget);
    if let Some(given) = given {
        improve(&mut extras, scenario, answer, given, &budget);
    }
    extras
}

/// The fair lotteries in a sentence each.
fn lottery_remarks(scenario: &Scenario, lotteries: &Lotteries) -> Vec<String> {
    let sentence = |lottery: &LotteryDeal| {
        let sides = scenario.parties().iter().zip(&lottery.expected);
        let expected: Vec<String> = sides.map(|(p, u)| format!("{} {u:.4}", p.name)).collect();
        let (rule, count) = (lottery.rule.name(), lottery.outcomes.len());
        format!(
            "Lottery, {rule}: over {count} deals, expected utilities {} (a single draw may be worth less than no deal).",
            expected.join(", ")
        )
    };
    lotteries.deals.iter().map(sentence).collect()
}

fn contested(scenario: &Scenario) -> Vec<Contested> {
    if scenario.has_divisible_issues() {
        return Vec::new();
    }
    let contests = explain::contested::contested(scenario);
    let fought = contests.into_iter().filter(|c| c.loss > 0.0);
    fought
        .map(|contest| Contested {
            issue: contest.issue,
            note: contest.between.map_or_else(String::new, |[a, b]| {
                format!(
                    "most between {} and {}",
                    scenario.parties()[a].name,
                    scenario.parties()[b].name
                )
            }),
            stakes: contest.ranges,
        })
        .collect()
}

/// The weights whose move by less than their whole size changes the Nash deal.
fn sensitivity(scenario: &Scenario, answer: &Answer, budget: &Budget<'_>) -> Vec<Sensitivity> {
    let (Some(problem), Some(nash)) = (&answer.problem, answer.solved.solution(SolutionRule::Nash))
    else {
        return Vec::new();
    };
    if scenario.has_divisible_issues() || answer.solved.frontier.deals.len() > MOST_SENSITIVE_POINTS
    {
        return Vec::new();
    }
    let Some(chosen) = problem.assignment(&nash.deal.outcome) else { return Vec::new() };
    let Some((within, points)) = answer.frontier_within_red_lines(budget) else {
        return Vec::new();
    };
    let Ok(found) = explain::sensitivity::sensitivity(&within, &points, &chosen) else {
        return Vec::new();
    };
    let mut rows: Vec<(f64, Sensitivity)> = Vec::new();
    for range in found.weights {
        let issue = problem.issues[range.issue];
        let utility = scenario.preferences()[range.party].utility();
        let Some(value) = utility.and_then(|u| u.issues[issue].as_ref()) else { continue };
        let weight = value.weight.to_f64();
        let nearest = range.down.unwrap_or(1.0).min(range.up.unwrap_or(f64::INFINITY));
        if !nearest.is_finite() || range.down.is_none() && range.up.is_none() {
            continue;
        }
        rows.push((
            nearest,
            Sensitivity {
                party: range.party,
                figure: format!("weight of {}", scenario.issues()[issue].name),
                value: weight,
                low: range.down.map(|d| weight * (1.0 - d)),
                high: range.up.map(|u| weight * (1.0 + u)),
            },
        ));
    }
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|r| r.1).collect()
}

/// Judges a deal on the table and looks for better ones.
fn improve(
    extras: &mut Extras,
    scenario: &Scenario,
    answer: &Answer,
    given: &Outcome,
    budget: &Budget<'_>,
) {
    let Some(problem) = &answer.problem else { return };
    let deal_of = |outcome: &Outcome| Deal {
        outcome: outcome.clone(),
        utilities: (0..scenario.parties().len())
            .map(|p| scenario.utility(p, outcome).map_or(0.0, |u| u.to_f64()))
            .collect(),
    };
    let mut label =
        GivenDeal { label: "the deal given".into(), deal: deal_of(given), efficient: None };
    for index in scenario.broken_constraints(given) {
        let constraint = &scenario.constraints()[index];
        extras.remarks.push(format!(
            "The deal given breaks the constraint “{}”: {}",
            constraint.name, constraint.reason
        ));
    }
    let Some(assignment) = problem.assignment(given) else {
        extras.given = Some(label);
        return;
    };
    let found = explain::improve::improvements(problem, &assignment, budget);
    let lines = scenario.preferences().iter().flat_map(|p| &p.red_lines);
    let allowed = scenario.is_feasible(given) && !lines.into_iter().any(|l| l.is_crossed(given));
    label.efficient = found.possible.map(|p| !p).filter(|_| allowed);
    let named = [
        ("the fairest improvement (largest product of gains over it)", &found.best),
        ("the smallest change that helps", &found.smallest),
    ];
    for (name, improvement) in named {
        let Some(improvement) = improvement else { continue };
        let outcome = problem.outcome(&improvement.assignment);
        if extras.improvements.iter().any(|i| i.deal.outcome == outcome) {
            continue;
        }
        extras.trades.push(trade(scenario, given, &outcome));
        extras.improvements.push(Improvement { label: name.into(), deal: deal_of(&outcome) });
    }
    extras.given = Some(label);
}

fn trade(scenario: &Scenario, from: &Outcome, to: &Outcome) -> Trade {
    let name = |issue: usize, outcome: &Outcome| match outcome.0.get(issue) {
        Some(Choice::Option(option)) => scenario.issues()[issue].option_name(*option),
        _ => String::new(),
    };
    let trades = explain::trades::trades(scenario, from, to);
    let moves = trades.changes.iter().map(|change| Move {
        issue: change.issue,
        from: name(change.issue, from),
        to: name(change.issue, to),
        effect: change.worth.iter().map(|w| w.unwrap_or(0.0)).collect(),
    });
    Trade { moves: moves.collect() }
}

fn winner(found: &adjusted_winner::AdjustedWinner) -> AdjustedWinner {
    let rows = found.issues.iter().enumerate().map(|(at, &issue)| AdjustedWinnerRow {
        issue,
        points: [found.points[0][at].to_f64(), found.points[1][at].to_f64()],
        first_share: found.shares[at][0].clone(),
    });
    AdjustedWinner {
        parties: [0, 1],
        rows: rows.collect(),
        scaled: !found.points_as_given,
        first_totals: [found.first_totals[0].to_f64(), found.first_totals[1].to_f64()],
        moved: found.moved.clone(),
        totals: [found.totals[0].to_f64(), found.totals[1].to_f64()],
        equal: found.equitable,
        no_envy: found.envy_free,
        efficient: found.efficient,
    }
}

/// What rankings of whole outcomes allow to say.
fn ordinal_picks(scenario: &Scenario) -> Vec<OrdinalPick> {
    let mut picks = Vec::new();
    if let Ok(profile) = ordinal::Profile::new(scenario) {
        let outcomes =
            |indices: &[usize]| indices.iter().map(|&i| profile.outcomes[i].clone()).collect();
        let (reached, note) = match fallback::unanimous(&profile) {
            fallback::Fallback::Compromise { depth, outcomes: found } => {
                let indices: Vec<usize> = found.iter().map(|f| f.0).collect();
                (
                    outcomes(&indices),
                    format!(
                        "acceptable to all once every side has fallen back to its choice number {depth}"
                    ),
                )
            }
            fallback::Fallback::Impasse => (
                Vec::new(),
                "impasse: some side would rather have no deal than any outcome all could share"
                    .into(),
            ),
        };
        picks.push(OrdinalPick {
            rule: "fallback bargaining with impasse".into(),
            outcomes: reached,
            note,
        });
        let approval = ordinal::approval(&profile);
        let most = approval.most.first().map_or(0, |&o| approval.approvals[o]);
        picks.push(OrdinalPick {
            rule: "approval".into(),
            outcomes: outcomes(&approval.most),
            note: format!("{most} of {} sides prefer it to no deal", scenario.parties().len()),
        });
        if scenario.parties().len() > 2 {
            let winners = schulze::schulze(&profile).winners;
            picks.push(OrdinalPick {
                rule: "Schulze".into(),
                outcomes: outcomes(&winners),
                note: "beats or ties every other, directly or through others".into(),
            });
        }
    }
    picks
}

/// Says what the smaller table changed against the whole one.
pub(super) fn compare_tables(
    extras: &mut Extras,
    whole: &Scenario,
    answer: &Answer,
    table: &Reduced,
) {
    extras.remarks.extend(table.notes.iter().map(note));
    let focus = answer.solved.solution(SolutionRule::Nash);
    let gains = table.scenario.parties().iter().map(|party| {
        let index = whole.party_index(&party.id)?;
        let (reservation, ideal) =
            (answer.solved.reservations.get(index)?, answer.solved.ideals.get(index)?);
        let utility = focus?.deal.utilities.get(index)?;
        (ideal > reservation).then(|| 100.0 * (utility - reservation) / (ideal - reservation))
    });
    extras.table_changes.push(TableChange {
        change: "the whole table, for comparison".into(),
        agreement_possible: answer.solved.agreement_possible,
        acceptable: answer.solved.acceptable_outcomes.clone(),
        gains: gains.collect(),
    });
}

fn note(note: &Note) -> String {
    match note {
        Note::ConstraintGone { constraint, demanded_it: true } => {
            format!(
                "The constraint “{constraint}” demanded something of what is off the table: it is left out."
            )
        }
        Note::ConstraintGone { constraint, .. } => {
            format!("The constraint “{constraint}” can no longer be broken.")
        }
        Note::ConstraintShortened { constraint } => {
            format!(
                "The constraint “{constraint}” stands without what it said about what is off the table."
            )
        }
        Note::InteractionsGone { party, count } => {
            format!("{count} interactions of {party} can no longer count.")
        }
        Note::InteractionsCertain { party, count } => {
            format!("{count} interactions of {party} now always count.")
        }
        Note::RedLinesGone { party, count } => {
            format!("{count} red lines of {party} can no longer be crossed.")
        }
        Note::StatementsGone { party, count } => {
            format!("{count} statements of {party} were about what is off the table: left out.")
        }
        Note::ReservationsKept => {
            "What no deal is worth was stated for the whole table and is kept.".into()
        }
        Note::QuotaLowered { at_least } => format!("The quota is now {at_least} parties."),
        Note::VetoGone { party } => format!("{party}, who had a veto, is off the table."),
    }
}
