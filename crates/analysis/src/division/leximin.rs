//! Linear rules over a convex set of gains, exactly: leximin and largest sum.
//!
//! Leximin by a sequence of linear programs (Ogryczak & Śliwiński 2006,
//! *EJOR* 180:1–16; Dubins & Spanier's order for the nucleolus): raise all
//! gains together; those whose row has a positive multiplier cannot rise
//! further in any optimal solution and are fixed; repeat with the rest.

use super::Q;
use super::convex::{ConvexSet, Weights};
use super::simplex::{Answer, Relation, Row, maximise};
use num_traits::{One, Signed, Zero};

/// A point of the set with the prices that prove its first value.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub weights: Weights,
    pub gains: Vec<Q>,
    /// Not negative: the support of these prices bounds the first value over
    /// this set, and over every set with the same blocks.
    pub prices: Vec<Q>,
}

/// What became of a search over one set.
pub(crate) enum Search {
    Found(Box<Found>),
    /// No point leaves every party its reservation value.
    Empty,
    Stopped,
}

struct Program<'a> {
    set: &'a ConvexSet<'a>,
    rows: Vec<Row>,
    /// Row index → party whose gain it bounds.
    party_of_row: Vec<Option<usize>>,
}

impl<'a> Program<'a> {
    /// Variables: the weights, then the common level.
    fn new(set: &'a ConvexSet<'a>) -> Self {
        let mut rows = Vec::new();
        let mut start = 0;
        for block in set.blocks {
            let mut coefficients = vec![Q::zero(); set.choices() + 1];
            coefficients[start..start + block.len()].iter_mut().for_each(|c| *c = Q::one());
            rows.push(Row { coefficients, relation: Relation::Equal, right: Q::one() });
            start += block.len();
        }
        let party_of_row = vec![None; rows.len()];
        Self { set, rows, party_of_row }
    }

    /// Σ factor × gain over parties, as coefficients and the constant of the base.
    fn sum(&self, factors: &[(usize, Q)]) -> (Vec<Q>, Q) {
        let mut coefficients: Vec<Q> = self
            .set
            .blocks
            .iter()
            .flatten()
            .map(|choice| factors.iter().map(|(p, f)| &choice[*p] * f).sum())
            .collect();
        coefficients.push(Q::zero());
        (coefficients, factors.iter().map(|(p, f)| &self.set.base[*p] * f).sum())
    }

    /// gain_p − level × rate ≥ floor.
    fn at_least(&mut self, party: usize, rate: Q, floor: &Q) {
        let (mut coefficients, base) = self.sum(&[(party, Q::one())]);
        let idle =
            rate.is_zero() && base >= *floor && coefficients.iter().all(|c| !c.is_negative());
        if idle {
            return;
        }
        if let Some(level) = coefficients.last_mut() {
            *level = -rate;
        }
        self.rows.push(Row { coefficients, relation: Relation::AtLeast, right: floor - base });
        self.party_of_row.push(Some(party));
    }

    fn weights(&self, variables: &[Q]) -> Weights {
        let mut at = 0;
        self.set
            .blocks
            .iter()
            .map(|block| {
                at += block.len();
                variables[at - block.len()..at].to_vec()
            })
            .collect()
    }
}

/// The point whose gains, divided by `scales`, are leximin-best among those
/// that leave no party below zero. Parties without a scale only must not
/// fall below zero. `also`: Σ factor × gain must be at least a value.
pub(crate) fn leximin(
    set: &ConvexSet<'_>,
    scales: &[Option<Q>],
    also: Option<(&[(usize, Q)], &Q)>,
    stop: &dyn Fn() -> bool,
) -> Search {
    let parties = set.parties();
    let mut fixed: Vec<Option<Q>> = vec![None; parties];
    let mut first: Option<Found> = None;
    loop {
        let mut program = Program::new(set);
        if let Some((factors, value)) = also {
            let (coefficients, base) = program.sum(factors);
            program.rows.push(Row {
                coefficients,
                relation: Relation::AtLeast,
                right: value - base,
            });
            program.party_of_row.push(None);
        }
        for party in 0..parties {
            match (&scales[party], &fixed[party]) {
                (Some(scale), None) => program.at_least(party, scale.clone(), &Q::zero()),
                (Some(scale), Some(level)) => program.at_least(party, Q::zero(), &(scale * level)),
                (None, _) => program.at_least(party, Q::zero(), &Q::zero()),
            }
        }
        let mut objective = vec![Q::zero(); set.choices() + 1];
        let open = (0..parties).any(|p| scales[p].is_some() && fixed[p].is_none());
        if open && let Some(level) = objective.last_mut() {
            *level = Q::one();
        }
        let optimum = match maximise(&objective, &program.rows, stop) {
            Answer::Optimal(optimum) => optimum,
            Answer::Infeasible | Answer::Unbounded => return Search::Empty,
            Answer::Stopped => return Search::Stopped,
        };
        let weights = program.weights(&optimum.variables);
        let mut prices = vec![Q::zero(); parties];
        for (party, multiplier) in program.party_of_row.iter().zip(&optimum.multipliers) {
            if let Some(party) = party {
                prices[*party] = -multiplier.clone();
            }
        }
        let mut progress = false;
        for party in 0..parties {
            if scales[party].is_some() && fixed[party].is_none() && prices[party].is_positive() {
                fixed[party] = Some(optimum.value.clone());
                progress = true;
            }
        }
        let found =
            first.get_or_insert_with(|| Found { weights: Vec::new(), gains: Vec::new(), prices });
        found.gains = set.gains(&weights);
        found.weights = weights;
        let done = (0..parties).all(|p| scales[p].is_none() || fixed[p].is_some());
        if done || !progress {
            break;
        }
    }
    first.map_or(Search::Empty, |found| Search::Found(Box::new(found)))
}

/// The point of the largest Σ factor × gain among those that leave no party
/// below zero; ties by leximin of gains.
pub(crate) fn largest_sum(
    set: &ConvexSet<'_>,
    factors: &[(usize, Q)],
    stop: &dyn Fn() -> bool,
) -> Search {
    let parties = set.parties();
    let mut program = Program::new(set);
    for party in 0..parties {
        program.at_least(party, Q::zero(), &Q::zero());
    }
    let (objective, base) = program.sum(factors);
    let optimum = match maximise(&objective, &program.rows, stop) {
        Answer::Optimal(optimum) => optimum,
        Answer::Infeasible | Answer::Unbounded => return Search::Empty,
        Answer::Stopped => return Search::Stopped,
    };
    let mut prices = vec![Q::zero(); parties];
    for (party, multiplier) in program.party_of_row.iter().zip(&optimum.multipliers) {
        if let Some(party) = party {
            prices[*party] = -multiplier.clone();
        }
    }
    for (party, factor) in factors {
        prices[*party] += factor;
    }
    let value = &optimum.value + base;
    let ones = vec![Some(Q::one()); parties];
    match leximin(set, &ones, Some((factors, &value)), stop) {
        Search::Found(mut found) => {
            found.prices = prices;
            Search::Found(found)
        }
        other => other,
    }
}
