//! One party played from its true profile.

use crate::random::{Purpose, Random};
use crate::space::{Deal, Space};
use crate::statement::{Answer, Question, Rankings};
use detente_analysis::Problem;
use detente_analysis::problem::{averaged, holds};
use detente_model::partial::Tiers;

/// How a simulated party answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Conduct {
    /// As its profile says.
    Truthful,
    /// Each answer (rankings apart) is wrong with this chance.
    Noisy(f64),
    /// As if what matters most mattered more: swings are squared.
    Exaggerating,
    /// As if its reservation value stood halfway to its best deal.
    Hiding,
    /// As if the worst option of its weightiest issue were a red line.
    FalseRedLine,
    /// Refuses each answer (rankings apart) with this chance.
    Refusing(f64),
    /// Tosses a coin for each answer.
    Random,
}

/// A party with a profile of whole numbers.
#[derive(Debug, Clone)]
pub struct SimulatedParty<'p> {
    problem: &'p Problem,
    party: usize,
    conduct: Conduct,
    random: Random,
    /// Per issue and option: the contribution, averaged over the rest where issues interact.
    contributions: Vec<Vec<f64>>,
    /// The range of utilities by contributions.
    range: f64,
    reservation: f64,
    red_line: Option<(usize, usize)>,
}

/// Utilities this close, as a share of the range, are equal to a simulated party.
const SAME: f64 = 1e-9;

impl<'p> SimulatedParty<'p> {
    /// Party `party` of a compiled scenario.
    #[must_use]
    pub fn new(problem: &'p Problem, party: usize, conduct: Conduct, seed: u64) -> Self {
        let mut contributions = contributions(problem, party);
        let swing = |c: &Vec<f64>| spread(c);
        let swings: Vec<f64> = contributions.iter().map(swing).collect();
        let largest = swings.iter().copied().fold(0.0, f64::max);
        if conduct == Conduct::Exaggerating && largest > 0.0 {
            for (issue, swing) in contributions.iter_mut().zip(&swings) {
                issue.iter_mut().for_each(|c| *c *= swing / largest);
            }
        }
        let mut red_line = None;
        if conduct == Conduct::FalseRedLine
            && let Some(top) = swings.iter().position(|&s| s == largest && s > 0.0)
        {
            let worst = (0..contributions[top].len())
                .min_by(|&a, &b| contributions[top][a].total_cmp(&contributions[top][b]));
            red_line = worst.map(|w| (top, w));
        }
        let range = contributions.iter().map(|c| spread(c)).sum::<f64>();
        let best: f64 = contributions.iter().map(|c| most(c)).sum();
        let mut reservation = problem.reservations[party] as f64 - problem.constants[party] as f64;
        if conduct == Conduct::Hiding {
            reservation = (reservation + best) / 2.0;
        }
        Self {
            problem,
            party,
            conduct,
            random: Random::new(seed, Purpose::Simulation(party), 0),
            contributions,
            range,
            reservation,
            red_line,
        }
    }

    /// The rankings it gives.
    #[must_use]
    pub fn rankings(&self, space: &Space) -> Rankings {
        let options =
            self.contributions.iter().map(|c| Some(tiers(c, self.range * SAME))).collect();
        let swings: Vec<f64> = self.contributions.iter().map(|c| spread(c)).collect();
        let mut rankings = Rankings {
            options,
            issues: Some(tiers(&swings, self.range * SAME)),
            concessions: Some(self.concessions()),
            ..Rankings::default()
        };
        rankings.limit = rankings.ladder().map(|rungs| {
            let taken = |rung: &Deal| self.opinion(&Question::Accept(rung.clone()));
            rungs.iter().position(|r| taken(r) == Answer::First).unwrap_or(rungs.len())
        });
        rankings.takes_worst = rankings.limit.map(|limit| limit == 0);
        debug_assert!(rankings.fits(space));
        rankings
    }

    /// The issues that have one by what the first step down costs, least first.
    fn concessions(&self) -> Tiers {
        let same = self.range * SAME;
        let step = |values: &Vec<f64>| {
            let best = most(values);
            let below = values.iter().filter(|v| **v < best - same).copied();
            best - below.fold(f64::NEG_INFINITY, f64::max)
        };
        let steps: Vec<f64> = self.contributions.iter().map(step).collect();
        // Without a step the difference is infinite.
        let mut dearest_first = tiers(&steps, same);
        dearest_first.retain(|tier| steps[tier[0]].is_finite());
        dearest_first.reverse();
        dearest_first
    }

    /// Its answer to a question.
    pub fn answer(&mut self, question: &Question) -> Answer {
        // Drawn for every question, so that conducts can be compared.
        let luck = self.random.unit();
        let honest = self.opinion(question);
        match self.conduct {
            Conduct::Noisy(rate) if luck < rate => match honest {
                Answer::First => Answer::Second,
                Answer::Second => Answer::First,
                _ if luck < rate / 2.0 => Answer::First,
                _ => Answer::Second,
            },
            Conduct::Refusing(rate) if luck < rate => Answer::Refused,
            Conduct::Random if luck < 0.5 => Answer::First,
            Conduct::Random => Answer::Second,
            _ => honest,
        }
    }

    fn opinion(&self, question: &Question) -> Answer {
        let (deals, none) = question.margin();
        let deals = deals.into_iter().map(|(deal, factor)| factor * self.utility(deal));
        let margin = deals.sum::<f64>() + none * self.reservation;
        if matches!(question, Question::Accept(_)) {
            // At the limit a deal is acceptable.
            return if margin >= -self.range * SAME { Answer::First } else { Answer::Second };
        }
        if margin.abs() <= self.range * SAME {
            Answer::Equal
        } else if margin > 0.0 {
            Answer::First
        } else {
            Answer::Second
        }
    }

    /// What a deal is worth to the party it pretends to be, constants apart.
    fn utility(&self, deal: &[usize]) -> f64 {
        if self.red_line.is_some_and(|(issue, option)| deal[issue] == option) {
            return f64::MIN / 4.0;
        }
        if self.conduct == Conduct::Exaggerating {
            return self.contributions.iter().zip(deal).map(|(c, &o)| c[o]).sum();
        }
        (self.problem.utilities(deal)[self.party] - self.problem.constants[self.party]) as f64
    }
}

/// What each option adds to a party's utility, interactions averaged over all
/// outcomes.
fn contributions(problem: &Problem, party: usize) -> Vec<Vec<f64>> {
    let row = |issue| (0..problem.size(issue)).map(move |o| problem.row(issue, o)[party] as f64);
    let rows = (0..problem.issues.len()).map(|issue| row(issue).collect()).collect();
    let own = problem.factors.iter().filter(|f| f.party == party);
    averaged(rows, own.map(|f| (f.literals.as_slice(), f.value)))
}

fn most(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

fn negated(values: &[f64]) -> Vec<f64> {
    values.iter().map(|v| -v).collect()
}

fn spread(values: &[f64]) -> f64 {
    most(values) + most(&negated(values))
}

/// Largest first; values this close share a tier.
fn tiers(values: &[f64], same: f64) -> Tiers {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
    let mut tiers: Tiers = Vec::new();
    let mut last = f64::INFINITY;
    for item in order {
        match tiers.last_mut() {
            Some(tier) if last - values[item] <= same => tier.push(item),
            _ => tiers.push(vec![item]),
        }
        last = values[item];
    }
    tiers
}

/// Whether a deal is acceptable to a party by its true profile.
#[must_use]
pub fn accepts(problem: &Problem, party: usize, deal: &[usize]) -> bool {
    use detente_analysis::problem::Origin;
    let crossed = problem.red_lines.iter().any(|line| {
        matches!(line.origin, Origin::RedLine(of, _) if of == party) && holds(&line.literals, deal)
    });
    !crossed
        && problem.utilities(deal)[party]
            >= problem.reservations[party] - problem.scales[party].tolerance
}
