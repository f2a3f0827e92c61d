//! What `solve` found, on a terminal.

use super::Emphasis;
use super::columns::{Align, Columns, fitted, printable, wrapped};
use crate::candidates::{Candidate, candidates, capitalised, focus_name};
use crate::extras::{Alone, Cause, Cut, Extras, Lift, Tried, WhyNot};
use crate::gain::{Gains, value_at};
use crate::numbers;
use crate::settle;
use crate::side::Side;
use crate::standing;
use crate::svg::mark::Shape;
use crate::words;
use detente_analysis::Solved;
use detente_analysis::solved::Deal;
use detente_model::Scenario;

const WIDTH: usize = 80;
/// Up to so many sides stand beside each rule; more become rows.
const MOST_BESIDE: usize = 2;
/// Up to so many sides and issues are listed.
const MOST_ROWS: usize = 24;
/// Up to so many conflicts, cuts and lifts are listed.
const MOST_REASONS: usize = 5;

struct View<'a> {
    scenario: &'a Scenario,
    solved: &'a Solved,
    extras: &'a Extras,
    sides: Vec<Side<'a>>,
    gains: Gains,
    candidates: Vec<Candidate<'a>>,
    emphasis: Emphasis,
}

/// The text of what `solve` found: 80 columns, ends with a line end.
#[must_use]
pub fn solve_text(
    scenario: &Scenario,
    solved: &Solved,
    extras: &Extras,
    emphasis: Emphasis,
) -> String {
    let view = View {
        scenario,
        solved,
        extras,
        sides: Side::all(scenario),
        gains: Gains::new(solved, extras),
        candidates: candidates(solved, extras),
        emphasis,
    };
    let blocks = [
        view.head(),
        view.sides(),
        view.why_not(),
        view.fair(),
        view.deal(),
        view.ordinal(),
        view.notes(),
    ];
    let mut text = blocks.into_iter().filter(|b| !b.is_empty()).collect::<Vec<_>>().join("\n\n");
    text.push('\n');
    text
}

impl View<'_> {
    fn heading(&self, text: &str) -> String {
        self.emphasis.strong(text)
    }

    fn name(&self, side: &Side<'_>) -> String {
        format!("{} {}", side.letter(), printable(side.name))
    }

    fn head(&self) -> String {
        let mut facts = vec![
            numbers::counted(self.sides.len(), "side", "sides"),
            numbers::counted(self.scenario.issues().len(), "issue", "issues"),
            words::outcomes(self.scenario, self.solved),
        ];
        if !self.scenario.constraints().is_empty() {
            facts.push(numbers::counted(
                self.scenario.constraints().len(),
                "constraint",
                "constraints",
            ));
        }
        format!(
            "{}\n{}\n\n{}\n{}",
            self.heading(&wrapped(&printable(self.scenario.title()), WIDTH, "", "")),
            wrapped(&facts.join(" · "), WIDTH, "", ""),
            self.heading("Is an agreement possible?"),
            wrapped(&words::possible(self.scenario, self.solved), WIDTH, "  ", "  "),
        ) + &self.given()
    }

    /// How the deal on the table stands.
    fn given(&self) -> String {
        let Some(given) = &self.extras.given else { return String::new() };
        let text = standing::sentence(self.scenario, self.solved, given, &self.sides);
        format!("\n{}", wrapped(&capitalised(&printable(&text)), WIDTH, "  ", "  "))
    }

    /// The sides with what no deal is worth, where they are few enough not to be rows below.
    fn sides(&self) -> String {
        let best = self.solved.ideals.len() == self.sides.len();
        if self.sides.len() > MOST_BESIDE && !self.candidates.is_empty() {
            return String::new();
        }
        let mut columns = Columns::new(vec![Align::Start, Align::End, Align::End]);
        if !self.solved.reservations.is_empty() {
            columns.row(vec![
                String::new(),
                "no deal".into(),
                if best { "best possible".into() } else { String::new() },
            ]);
        }
        let values = self.solved.reservations.iter().chain(&self.solved.ideals).copied();
        let decimals = numbers::decimals_for(values);
        let number = |list: &[f64], side: &Side<'_>| {
            list.get(side.index).map(|v| numbers::fixed(*v, decimals)).unwrap_or_default()
        };
        for side in self.sides.iter().take(MOST_ROWS) {
            columns.row(vec![
                self.name(side),
                number(&self.solved.reservations, side),
                if best { number(&self.solved.ideals, side) } else { String::new() },
            ]);
        }
        self.block("Sides", columns, more(self.sides.len(), "sides"))
    }

    fn block(&self, heading: &str, columns: Columns, rest: Option<String>) -> String {
        let mut lines = vec![self.heading(heading)];
        lines.extend(columns.lines("  ", WIDTH));
        lines.extend(rest.map(|r| self.emphasis.quiet(&r)));
        lines.join("\n")
    }

    fn fair(&self) -> String {
        if self.candidates.is_empty() {
            return String::new();
        }
        if self.sides.len() <= MOST_BESIDE { self.fair_beside() } else { self.fair_rows() }
    }

    /// A row per rule, the sides beside it.
    fn fair_beside(&self) -> String {
        let mut aligns = vec![Align::Start];
        let mut head = vec![String::new()];
        for side in &self.sides {
            aligns.extend([Align::End, Align::End]);
            head.extend([fitted(&self.name(side), 12), "gain".to_owned()]);
        }
        aligns.push(Align::Start);
        head.push(String::new());
        let mut columns = Columns::new(aligns);
        columns.row(head);
        for candidate in &self.candidates {
            for (index, pick) in candidate.picks.iter().enumerate() {
                let mut row = vec![format!("{} {}", candidate.shape.character(), pick.rule.name())];
                for side in &self.sides {
                    if index > 0 {
                        row.extend(["″".to_owned(), "″".to_owned()]);
                        continue;
                    }
                    let utility = value_at(&pick.deal.utilities, side.index);
                    row.push(numbers::fixed(utility, self.decimals(side)));
                    row.push(numbers::percent(self.gains.percent(side.index, utility)));
                }
                row.push(short_kind(pick));
                columns.row(row);
            }
        }
        if let Some(given) = &self.extras.given {
            let mut row = vec![format!("{} {}", Shape::Ring.character(), printable(&given.label))];
            for side in &self.sides {
                let utility = value_at(&given.deal.utilities, side.index);
                row.push(numbers::fixed(utility, self.decimals(side)));
                row.push(numbers::percent(self.gains.percent(side.index, utility)));
            }
            row.push("on the table".into());
            columns.row(row);
        }
        self.block("Fair deals, by rule", columns, None)
    }

    /// The deals shown: those the rules pick, and the one on the table.
    fn deals(&self) -> impl Iterator<Item = &Deal> {
        self.candidates.iter().map(|c| c.deal).chain(self.extras.given.iter().map(|g| &g.deal))
    }

    fn decimals(&self, side: &Side<'_>) -> usize {
        numbers::decimals_for(self.deals().map(|d| value_at(&d.utilities, side.index)))
    }

    /// The rules with their deal's number, then a row per side.
    fn fair_rows(&self) -> String {
        let mut rules = Columns::new(vec![Align::Start, Align::Start, Align::End, Align::Start]);
        for candidate in &self.candidates {
            for pick in &candidate.picks {
                rules.row(vec![
                    candidate.shape.character().to_string(),
                    pick.rule.name().to_owned(),
                    format!("{} {}", words::value_meaning(pick.rule), numbers::plain(pick.value)),
                    short_kind(pick),
                ]);
            }
        }
        if let Some(given) = &self.extras.given {
            rules.row(vec![Shape::Ring.character().to_string(), printable(&given.label)]);
        }
        let deals = self.deals().count();
        let mut columns = Columns::new([vec![Align::Start], vec![Align::End; deals + 1]].concat());
        let shapes = self.candidates.iter().map(|c| c.shape);
        let shapes = shapes
            .chain(self.extras.given.iter().map(|_| Shape::Ring))
            .map(|shape| shape.character().to_string());
        columns.row([vec![String::new(), "no deal".into()], shapes.collect()].concat());
        for side in self.sides.iter().take(MOST_ROWS) {
            let decimals = self.decimals(side);
            let mut row = vec![self.name(side)];
            row.push(
                self.solved
                    .reservations
                    .get(side.index)
                    .map(|r| numbers::plain(*r))
                    .unwrap_or_default(),
            );
            for deal in self.deals() {
                let utility = value_at(&deal.utilities, side.index);
                row.push(format!(
                    "{} {:>4}",
                    numbers::fixed(utility, decimals),
                    numbers::percent(self.gains.percent(side.index, utility))
                ));
            }
            columns.row(row);
        }
        format!(
            "{}\n\n{}",
            self.block("Fair deals, by rule", rules, None),
            self.block(
                "What each side has, and in per cent of its best gain",
                columns,
                more(self.sides.len(), "sides")
            )
        )
    }

    fn deal(&self) -> String {
        let (title, deal): (String, &Deal) = match (self.candidates.first(), &self.extras.given) {
            (Some(first), _) => (capitalised(&focus_name(first, self.extras)), first.deal),
            (None, Some(given)) => (printable(&given.label), &given.deal),
            (None, None) => return String::new(),
        };
        let mut columns = Columns::new(vec![Align::Start, Align::Start]);
        for (index, issue) in self.scenario.issues().iter().enumerate().take(MOST_ROWS) {
            let settled = settle::of(self.scenario, &deal.outcome, index, &self.sides);
            columns
                .row(vec![fitted(&printable(&issue.name), 34), fitted(&printable(&settled), 42)]);
        }
        self.block(
            &fitted(&format!("{title}, issue by issue"), WIDTH),
            columns,
            more(self.scenario.issues().len(), "issues"),
        )
    }

    /// What is picked where only orders are known.
    fn ordinal(&self) -> String {
        if self.extras.ordinal.is_empty() {
            return String::new();
        }
        let mut lines = vec![self.heading("What holds, from what was said")];
        for pick in &self.extras.ordinal {
            let note =
                if pick.note.is_empty() { String::new() } else { format!(": {}", pick.note) };
            lines.push(wrapped(&printable(&format!("{}{note}", pick.rule)), WIDTH, "  ", "  "));
            for outcome in pick.outcomes.iter().take(MOST_REASONS) {
                let settled: Vec<String> = self
                    .scenario
                    .issues()
                    .iter()
                    .enumerate()
                    .map(|(index, issue)| {
                        let choice = settle::of(self.scenario, outcome, index, &self.sides);
                        format!("{}: {}", printable(&issue.name), printable(&choice))
                    })
                    .collect();
                lines.push(wrapped(&settled.join("; "), WIDTH, "  · ", "    "));
            }
            let hidden = pick.outcomes.len().saturating_sub(MOST_REASONS);
            if hidden > 0 {
                lines.push(self.emphasis.quiet(&format!("  … and {hidden} more")));
            }
        }
        lines.join("\n")
    }

    fn why_not(&self) -> String {
        let Some(why_not) = &self.extras.why_not else { return String::new() };
        let mut lines =
            vec![self.heading("What stands in the way, and what would open an agreement?")];
        let mut push = |text: String| lines.push(wrapped(&text, WIDTH, "  · ", "    "));
        for conflict in why_not.conflicts.iter().take(MOST_REASONS) {
            let causes: Vec<String> = conflict.iter().map(|c| self.cause(c)).collect();
            push(format!("Cannot all stand: {}.", causes.join("; ")));
        }
        let less = |party: usize, by: f64| {
            let side = self.sides.get(party).map(|s| self.name(s)).unwrap_or_default();
            format!("{side} asks for {} less", numbers::plain(by))
        };
        for (party, by) in opening(&why_not.alone).take(MOST_REASONS) {
            push(format!("Enough by itself: {}.", less(party, by)));
        }
        for lift in lifting(&why_not.lifts).take(MOST_REASONS) {
            push(format!("Enough by itself: without {}.", self.cause(&lift.cause)));
        }
        for cut in joint(why_not).take(MOST_REASONS) {
            let by: Vec<String> = cut.by.iter().map(|(party, by)| less(*party, *by)).collect();
            let even = if Some(cut) == why_not.evenest.as_ref() { " (most even)" } else { "" };
            push(format!("Enough together{even}: {}.", by.join(", ")));
        }
        lines.extend(rest(why_not).map(|r| self.emphasis.quiet(&r)));
        lines.join("\n")
    }

    fn cause(&self, cause: &Cause) -> String {
        let side = |p: usize| self.sides.get(p).map(|s| self.name(s)).unwrap_or_default();
        match cause {
            Cause::NoDeal(party) => format!("what no deal is worth to {}", side(*party)),
            Cause::RedLine(party, index) => {
                let preferences = self.scenario.preferences().get(*party);
                let reason = preferences.and_then(|p| p.red_lines.get(*index)).map(|r| &r.reason);
                match reason.filter(|r| !r.is_empty()) {
                    Some(reason) => {
                        format!("the red line of {} “{}”", side(*party), printable(reason))
                    }
                    None => format!("red line {} of {}", index + 1, side(*party)),
                }
            }
            Cause::Constraint(index) => {
                let name = self.scenario.constraints().get(*index).map(|c| c.name.as_str());
                format!("the constraint “{}”", printable(name.unwrap_or_default()))
            }
        }
    }

    fn notes(&self) -> String {
        let divided = self.extras.adjusted_winner.as_ref().map(|table| {
            let words = words::adjusted_winner(self.scenario, &self.sides, table);
            printable(&format!("Adjusted winner: {}", lower(&words)))
        });
        let mut notes: Vec<String> = divided.into_iter().collect();
        if self.scenario.utilities().is_none() {
            notes.push(words::UNSAID.into());
        } else {
            notes.push(format!("Efficient: {}", lower(&words::frontier(self.solved))));
        }
        if self.solved.solutions.iter().any(|s| !s.optimal) {
            notes.push(
                "“≤ x% better” means not proved: no deal can be better by that rule than that."
                    .into(),
            );
        }
        if self.solved.solutions.iter().any(|s| s.rule.depends_on_scales()) {
            notes.push("The egalitarian and utilitarian deals depend on the sides’ scales.".into());
        }
        if !self.solved.exact {
            notes.push("Differences below a billionth of a side’s scale count as equal.".into());
        }
        notes.extend(self.extras.remarks.iter().map(|r| printable(r)));
        let lines: Vec<String> = notes.iter().map(|n| wrapped(n, WIDTH, "  ", "    ")).collect();
        format!("{}\n{}", self.heading("Notes"), lines.join("\n"))
    }
}

fn short_kind(pick: &detente_analysis::solved::SolutionDeal) -> String {
    match words::gap(pick) {
        None => "proved".into(),
        Some(gap) if gap.is_finite() => format!("≤ {} better", words::gap_text(gap)),
        Some(_) => "not proved".into(),
    }
}

fn more(all: usize, what: &str) -> Option<String> {
    (all > MOST_ROWS).then(|| {
        format!("  … and {} more {what}: the report and the JSON have them all", all - MOST_ROWS)
    })
}

/// Who could open it alone, and by how much.
fn opening(alone: &[Alone]) -> impl Iterator<Item = (usize, f64)> + '_ {
    alone.iter().filter_map(|alone| match &alone.cut {
        Tried::Opens((by, _)) => Some((alone.party, *by)),
        Tried::Nothing | Tried::Undecided => None,
    })
}

fn lifting(lifts: &[Lift]) -> impl Iterator<Item = &Lift> {
    lifts.iter().filter(|lift| matches!(lift.effect, Tried::Opens(_)))
}

/// The steps of several sides, the most even first.
fn joint(why_not: &WhyNot) -> impl Iterator<Item = &Cut> {
    let others = why_not.cuts.iter().filter(|cut| Some(*cut) != why_not.evenest.as_ref());
    why_not.evenest.iter().chain(others).filter(|cut| cut.by.len() > 1)
}

fn rest(why_not: &WhyNot) -> Option<String> {
    let over = |n: usize| n.saturating_sub(MOST_REASONS);
    let hidden = over(why_not.conflicts.len())
        + over(joint(why_not).count())
        + over(lifting(&why_not.lifts).count())
        + over(opening(&why_not.alone).count());
    (hidden > 0).then(|| format!("  … and {hidden} more: the report has them all"))
}

fn lower(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}
