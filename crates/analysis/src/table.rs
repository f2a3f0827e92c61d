//! Other tables: the same scenario with an issue or a party less
//! (Sebenius 1983, *International Organization* 37:281–316, on adding and
//! subtracting issues and parties).
//!
//! An issue off the table is not settled: nobody gains or loses by it, a
//! condition on it never holds, it adds nothing to a sum. What that means for
//! each constraint, interaction and red line that mentions it is said in a
//! note. Reservation values stay as they were stated, for the whole table.

use detente_model::constraint::{Condition, Rule, Term};
use detente_model::preference::{Interaction, Statement, When};
use detente_model::{AcceptanceRule, Draft, Flaw, Scenario};

/// What is taken off the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Taken {
    /// An issue, by index.
    Issue(usize),
    /// A party, by index.
    Party(usize),
}

/// What taking something off did to a part of the scenario that mentioned it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// This constraint can no longer be broken, or no longer be met: it is gone.
    ConstraintGone {
        /// Its name.
        constraint: String,
        /// Whether it demanded something of the issue that is gone.
        demanded_it: bool,
    },
    /// This constraint stands without what it said about the issue.
    ConstraintShortened {
        /// Its name.
        constraint: String,
    },
    /// So many interactions of this party can no longer count.
    InteractionsGone {
        /// Party id.
        party: String,
        /// How many.
        count: usize,
    },
    /// So many interactions of this party now always count.
    InteractionsCertain {
        /// Party id.
        party: String,
        /// How many.
        count: usize,
    },
    /// So many red lines of this party can no longer be crossed.
    RedLinesGone {
        /// Party id.
        party: String,
        /// How many.
        count: usize,
    },
    /// This party's ranking of whole outcomes named the issue: it is gone.
    StatementsGone {
        /// Party id.
        party: String,
        /// How many.
        count: usize,
    },
    /// The reservation values were stated for the whole table and are kept.
    ReservationsKept,
    /// The quota is now this many parties.
    QuotaLowered {
        /// How many must accept.
        at_least: usize,
    },
    /// The party that is gone had a veto.
    VetoGone {
        /// Party id.
        party: String,
    },
}

/// A smaller table.
#[derive(Debug, Clone, PartialEq)]
pub struct Reduced {
    /// The scenario.
    pub scenario: Scenario,
    /// What else changed with it.
    pub notes: Vec<Note>,
}

/// The scenario without some issues and parties.
///
/// # Errors
/// The flaws of what would remain: fewer than two parties, no issue. Indices
/// that are not there are ignored.
pub fn without(scenario: &Scenario, taken: &[Taken]) -> Result<Reduced, Vec<Flaw>> {
    let mut draft = scenario.clone().into_draft();
    let mut notes = Vec::new();
    let mut issues: Vec<usize> = Vec::new();
    let mut parties: Vec<usize> = Vec::new();
    for &one in taken {
        match one {
            Taken::Issue(issue) if issue < draft.issues.len() => issues.push(issue),
            Taken::Party(party) if party < draft.parties.len() => parties.push(party),
            _ => {}
        }
    }
    for list in [&mut issues, &mut parties] {
        list.sort_unstable();
        list.dedup();
    }
    // From the last, so that indices before it stay.
    for &party in parties.iter().rev() {
        drop_party(&mut draft, party, &mut notes);
    }
    for &issue in issues.iter().rev() {
        drop_issue(&mut draft, issue, &mut notes);
    }
    if !issues.is_empty() {
        notes.push(Note::ReservationsKept);
    }
    let (scenario, flaws) = draft.check();
    scenario.map(|scenario| Reduced { scenario, notes }).ok_or(flaws)
}

/// The scenario with only some issues and parties; an empty list keeps all of its kind.
///
/// # Errors
/// As [`without`].
pub fn only(
    scenario: &Scenario,
    issues: &[usize],
    parties: &[usize],
) -> Result<Reduced, Vec<Flaw>> {
    let gone = |kept: &[usize], count: usize| -> Vec<usize> {
        if kept.is_empty() {
            Vec::new()
        } else {
            (0..count).filter(|i| !kept.contains(i)).collect()
        }
    };
    let taken: Vec<Taken> = gone(issues, scenario.issues().len())
        .into_iter()
        .map(Taken::Issue)
        .chain(gone(parties, scenario.parties().len()).into_iter().map(Taken::Party))
        .collect();
    without(scenario, &taken)
}

fn drop_party(draft: &mut Draft, party: usize, notes: &mut Vec<Note>) {
    let id = draft.parties.remove(party).id;
    let lines = draft.preferences.remove(party).red_lines.len();
    if lines > 0 {
        notes.push(Note::RedLinesGone { party: id.clone(), count: lines });
    }
    for mediator in &mut draft.mediators {
        mediator.reaches.retain(|&p| p != party);
        shift(mediator.reaches.iter_mut(), party);
    }
    if let AcceptanceRule::Quota { at_least, vetoes } = &mut draft.acceptance {
        if *at_least > draft.parties.len() {
            *at_least = draft.parties.len();
            notes.push(Note::QuotaLowered { at_least: *at_least });
        }
        if vetoes.contains(&party) {
            notes.push(Note::VetoGone { party: id });
        }
        vetoes.retain(|&v| v != party);
        shift(vetoes.iter_mut(), party);
    }
}

fn shift<'a>(indices: impl Iterator<Item = &'a mut usize>, gone: usize) {
    for index in indices.filter(|i| **i > gone) {
        *index -= 1;
    }
}

fn mentions(conditions: &[Condition], issue: usize) -> bool {
    conditions.iter().any(|c| c.issue == issue)
}

fn drop_issue(draft: &mut Draft, issue: usize, notes: &mut Vec<Note>) {
    draft.issues.remove(issue);
    let mut constraints = std::mem::take(&mut draft.constraints);
    constraints.retain_mut(|constraint| {
        let fate = reduce_rule(&mut constraint.rule, issue);
        let name = constraint.name.clone();
        match fate {
            Fate::Untouched => true,
            Fate::Shortened => {
                notes.push(Note::ConstraintShortened { constraint: name });
                true
            }
            Fate::Gone { demanded_it } => {
                notes.push(Note::ConstraintGone { constraint: name, demanded_it });
                false
            }
        }
    });
    for constraint in &mut constraints {
        shift_rule(&mut constraint.rule, issue);
    }
    draft.constraints = constraints;
    for (party, preferences) in draft.parties.iter().zip(&mut draft.preferences) {
        let before = preferences.red_lines.len();
        preferences.red_lines.retain(|line| !mentions(&line.conditions, issue));
        let count = before - preferences.red_lines.len();
        if count > 0 {
            notes.push(Note::RedLinesGone { party: party.id.clone(), count });
        }
        for line in &mut preferences.red_lines {
            shift_conditions(&mut line.conditions, issue);
        }
        match &mut preferences.statement {
            Statement::Utility(utility) => {
                if issue < utility.issues.len() {
                    utility.issues.remove(issue);
                }
                let (gone, certain) = drop_interactions(&mut utility.interactions, issue);
                let id = || party.id.clone();
                if gone > 0 {
                    notes.push(Note::InteractionsGone { party: id(), count: gone });
                }
                if certain > 0 {
                    notes.push(Note::InteractionsCertain { party: id(), count: certain });
                }
            }
            Statement::Partial(partial) => {
                let (kept, count) = partial.without_issue(issue);
                *partial = kept;
                if count > 0 {
                    notes.push(Note::StatementsGone { party: party.id.clone(), count });
                }
            }
        }
    }
}

/// How many no longer count, and how many now always do.
fn drop_interactions(interactions: &mut Vec<Interaction>, issue: usize) -> (usize, usize) {
    let (mut gone, mut certain) = (0, 0);
    interactions.retain_mut(|interaction| {
        if !mentions(&interaction.conditions, issue) {
            shift_conditions(&mut interaction.conditions, issue);
            return true;
        }
        match interaction.when {
            When::All => {
                gone += 1;
                false
            }
            When::NotAll => {
                // Not all conditions can hold: it always counts.
                certain += 1;
                interaction.conditions.clear();
                interaction.when = When::All;
                true
            }
        }
    });
    (gone, certain)
}

enum Fate {
    Untouched,
    Shortened,
    Gone { demanded_it: bool },
}

fn reduce_rule(rule: &mut Rule, issue: usize) -> Fate {
    let shorten = |conditions: &mut Vec<Condition>| {
        let before = conditions.len();
        conditions.retain(|c| c.issue != issue);
        before > conditions.len()
    };
    match rule {
        Rule::Forbid(conditions) if mentions(conditions, issue) => {
            Fate::Gone { demanded_it: false }
        }
        Rule::Forbid(_) => Fate::Untouched,
        Rule::Require(conditions) => match (shorten(conditions), conditions.is_empty()) {
            (false, _) => Fate::Untouched,
            (true, false) => Fate::Shortened,
            (true, true) => Fate::Gone { demanded_it: true },
        },
        Rule::Implies { when, .. } if mentions(when, issue) => Fate::Gone { demanded_it: false },
        Rule::Implies { then, .. } => match (shorten(then), then.is_empty()) {
            (false, _) => Fate::Untouched,
            (true, false) => Fate::Shortened,
            (true, true) => Fate::Gone { demanded_it: true },
        },
        Rule::Count { of, at_least, .. } => {
            if !shorten(of) {
                Fate::Untouched
            } else if of.is_empty() || *at_least > of.len() {
                Fate::Gone { demanded_it: *at_least > of.len() }
            } else {
                Fate::Shortened
            }
        }
        Rule::Sum { terms, .. } => {
            let before = terms.len();
            terms.retain(|t: &Term| t.issue != issue);
            match (before > terms.len(), terms.is_empty()) {
                (false, _) => Fate::Untouched,
                (true, false) => Fate::Shortened,
                (true, true) => Fate::Gone { demanded_it: true },
            }
        }
    }
}

fn shift_conditions(conditions: &mut [Condition], gone: usize) {
    shift(conditions.iter_mut().map(|c| &mut c.issue), gone);
}

fn shift_rule(rule: &mut Rule, gone: usize) {
    match rule {
        Rule::Forbid(conditions) | Rule::Require(conditions) => shift_conditions(conditions, gone),
        Rule::Implies { when, then } => {
            shift_conditions(when, gone);
            shift_conditions(then, gone);
        }
        Rule::Count { of, .. } => shift_conditions(of, gone),
        Rule::Sum { terms, .. } => shift(terms.iter_mut().map(|t| &mut t.issue), gone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_model::constraint::{Basis, Constraint};
    use detente_model::preference::{Known, RedLine};
    use detente_model::testing::additive;
    use detente_model::{Mediator, Number, Outcome};

    fn condition(issue: usize, option: usize) -> Condition {
        Condition::new(issue, vec![option])
    }

    fn scenario() -> Scenario {
        let table = |k: i64| vec![vec![0, k], vec![k, 0], vec![1, k, 2]];
        let mut draft = additive(&[table(3), table(5), table(7)], &[1, 1, 1]);
        for (index, rule) in [
            Rule::Forbid(vec![condition(0, 1), condition(2, 1)]),
            Rule::Implies {
                when: vec![condition(0, 0)],
                then: vec![condition(1, 0), condition(2, 0)],
            },
            Rule::Count { of: vec![condition(1, 0), condition(2, 0)], at_least: 2, at_most: 2 },
            Rule::Require(vec![condition(1, 0)]),
        ]
        .into_iter()
        .enumerate()
        {
            draft.constraints.push(Constraint {
                name: format!("c{index}"),
                reason: "test".into(),
                basis: Basis::Practical,
                known: Known::Unknown,
                rule,
            });
        }
        if let Statement::Utility(u) = &mut draft.preferences[0].statement {
            for (conditions, when) in [
                (vec![condition(1, 1), condition(2, 1)], When::All),
                (vec![condition(1, 1), condition(2, 1)], When::NotAll),
                (vec![condition(2, 2), condition(0, 0)], When::All),
            ] {
                let value = Number::from(2);
                u.interactions.push(Interaction { conditions, when, value, known: Known::Unknown });
            }
        }
        let line = |issue| RedLine {
            conditions: vec![condition(issue, 0)],
            reason: String::new(),
            known: Known::Unknown,
        };
        draft.preferences[1].red_lines = vec![line(1), line(2)];
        draft.mediators.push(Mediator {
            id: "m".into(),
            name: "m".into(),
            reaches: vec![0, 1, 2],
            note: String::new(),
        });
        draft.acceptance = AcceptanceRule::Quota { at_least: 3, vetoes: vec![0, 2] };
        let (scenario, flaws) = draft.check();
        scenario.unwrap_or_else(|| panic!("{flaws:?}"))
    }

    #[test]
    fn an_issue_off_the_table_is_noted_wherever_it_was_named() {
        let whole = scenario();
        let reduced = without(&whole, &[Taken::Issue(1)]).unwrap();
        assert_eq!(reduced.scenario.issues().len(), 2);
        let name = |c: &str| c.to_owned();
        assert_eq!(
            reduced.notes,
            [
                Note::ConstraintShortened { constraint: name("c1") },
                Note::ConstraintGone { constraint: name("c2"), demanded_it: true },
                Note::ConstraintGone { constraint: name("c3"), demanded_it: true },
                Note::InteractionsGone { party: name("p0"), count: 1 },
                Note::InteractionsCertain { party: name("p0"), count: 1 },
                Note::RedLinesGone { party: name("p1"), count: 1 },
                Note::ReservationsKept,
            ]
        );
        // i0=o0, i2=o2: values 0 and 2, the certain interaction and the shifted one.
        let outcome = Outcome::from_options([0, 2]);
        assert_eq!(reduced.scenario.utility(0, &outcome).unwrap().to_f64(), 6.0);
        let expected = Rule::Forbid(vec![condition(0, 1), condition(1, 1)]);
        assert_eq!(reduced.scenario.constraints()[0].rule, expected);
    }

    #[test]
    fn a_party_off_the_table_takes_its_veto_along() {
        let reduced = without(&scenario(), &[Taken::Party(0)]).unwrap();
        assert_eq!(reduced.scenario.parties().len(), 2);
        assert_eq!(reduced.scenario.mediators()[0].reaches, [0, 1]);
        assert_eq!(
            *reduced.scenario.acceptance(),
            AcceptanceRule::Quota { at_least: 2, vetoes: vec![1] }
        );
        assert_eq!(
            reduced.notes,
            [Note::QuotaLowered { at_least: 2 }, Note::VetoGone { party: "p0".into() }]
        );
        assert!(without(&scenario(), &[Taken::Party(0), Taken::Party(1)]).is_err());
    }

    #[test]
    fn only_keeps_what_is_named() {
        let kept = only(&scenario(), &[0], &[1, 2]).unwrap().scenario;
        assert_eq!(kept.issues().len(), 1);
        assert_eq!(kept.parties().iter().map(|p| p.id.as_str()).collect::<Vec<_>>(), ["p1", "p2"]);
        assert!(only(&scenario(), &[], &[]).unwrap().notes.is_empty());
    }
}
