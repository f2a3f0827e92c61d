//! What a party said as inequalities.
//!
//! Variables are the utilities of options and the reservation value. All
//! statements are homogeneous in them: scaling a party's utilities changes
//! nothing. So "above" may be read as "at least one more", which makes every
//! yes-or-no question a linear program ([`strict`]); figures are shares of the
//! party's swing, over the closed set in which all swings sum to one
//! ([`closed`]).
//!
//! What refers to an issue's worst and best option (orders of issues, weights,
//! values, the reservation range) is linear once those two are known. Where
//! they are not, there is one system for each pair they could be.

use super::dictionary::{Clash, Dictionary, Form, Point};
use detente_model::partial::{Judgement, Partial, PartialOutcome, Relation, Tiers};
use detente_model::{Number, Outcome};
use num_bigint::BigInt;
use num_traits::One;
use std::collections::BTreeSet;

/// At most so many systems for one party.
const MOST_CASES: usize = 256;

/// Statements, by index, that cannot all hold.
pub(super) type Contradiction = BTreeSet<usize>;

/// How the options of one issue become variables.
#[derive(Debug, Clone)]
enum Coding {
    /// An order is stated: one variable for each step from a tier to the next
    /// better; the worst tier is worth nothing.
    Steps { first: usize, tier: Vec<usize>, steps: usize, statement: usize },
    /// One variable for each option.
    Free { first: usize },
}

/// Which variable is what.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    sizes: Vec<usize>,
    codings: Vec<Coding>,
    variables: usize,
    /// Statements about the best option.
    position: Vec<Option<usize>>,
}

/// Worst and best option of each issue, where needed.
type Anchors = Vec<Option<(usize, usize)>>;

/// One system, and what zero is on the scale of shares.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) dictionary: Dictionary,
    /// The worst of everything; only where all anchors are known.
    pub(super) worst: Form,
    /// A point at which all statements hold strictly, in the variables of [`strict`].
    pub(super) inside: Point,
}

/// The systems of a party; one of them holds.
#[derive(Debug, Clone)]
pub(super) struct Cases {
    pub(super) cases: Vec<Case>,
    /// Whether no statement had to be left out.
    pub(super) exact: bool,
}

impl Layout {
    pub(super) fn new(sizes: &[usize], partial: &Partial) -> Self {
        let mut position = vec![None; sizes.len()];
        let mut orders: Vec<Option<(usize, &Tiers)>> = vec![None; sizes.len()];
        for (index, judgement) in partial.judgements().enumerate() {
            match judgement {
                Judgement::Position { issue, option } => position[*issue] = Some(*option),
                Judgement::OptionOrder { issue, tiers } => orders[*issue] = Some((index, tiers)),
                _ => {}
            }
        }
        let mut first = 0;
        let codings = sizes
            .iter()
            .zip(&orders)
            .map(|(&size, order)| {
                let Some((statement, tiers)) = order else {
                    first += size;
                    return Coding::Free { first: first - size };
                };
                let mut tier = vec![0; size];
                let filled = tiers.iter().filter(|t| !t.is_empty());
                let mut steps = 0;
                for (rank, options) in filled.enumerate() {
                    steps = rank;
                    options.iter().for_each(|&o| tier[o] = rank);
                }
                first += steps;
                Coding::Steps { first: first - steps, tier, steps, statement: *statement }
            })
            .collect();
        Self { sizes: sizes.to_vec(), codings, variables: first + 2, position }
    }

    /// What an option is worth. `strict`: each step of an order is one at least.
    pub(super) fn option(&self, issue: usize, option: usize, strict: bool) -> Form {
        let mut form = Form::zero(self.variables);
        match &self.codings[issue] {
            Coding::Free { first } => form.coefficients[first + option] = BigInt::one(),
            Coding::Steps { first, tier, steps, .. } => {
                for step in tier[option]..*steps {
                    form.coefficients[first + step] = BigInt::one();
                }
                if strict {
                    form.constant = (steps - tier[option]).into();
                }
            }
        }
        form
    }

    /// What a bundle of options is worth.
    pub(super) fn utility(
        &self,
        choices: impl IntoIterator<Item = (usize, usize)>,
        strict: bool,
    ) -> Form {
        let mut sum = Form::zero(self.variables);
        for (issue, option) in choices {
            sum.add(&BigInt::one(), &self.option(issue, option, strict));
        }
        sum
    }

    /// The reservation value: one variable above zero, one below.
    pub(super) fn reservation(&self) -> Form {
        let mut form = Form::zero(self.variables);
        form.coefficients[self.variables - 2] = BigInt::one();
        form.coefficients[self.variables - 1] = -BigInt::one();
        form
    }

    /// Pairs of worst and best option that an issue could have.
    fn pairs(&self, issue: usize) -> Vec<(usize, usize)> {
        let size = self.sizes[issue];
        let ends = |tier: &[usize], steps: usize| {
            let of = |rank| tier.iter().position(|&t| t == rank);
            Some((of(steps)?, of(0)?))
        };
        if let Coding::Steps { tier, steps, .. } = &self.codings[issue] {
            return ends(tier, *steps).into_iter().collect();
        }
        let bests = self.position[issue].map_or(0..size, |p| p..p + 1);
        bests
            .flat_map(|best| (0..size).map(move |worst| (worst, best)))
            .filter(|(worst, best)| worst != best || size == 1)
            .collect()
    }
}

/// All statements with "above" read as "at least one more".
///
/// # Errors
/// Statements that cannot all hold.
pub(super) fn strict(layout: &Layout, partial: &Partial) -> Result<Cases, Contradiction> {
    let mut needed = BTreeSet::new();
    for judgement in partial.judgements() {
        match judgement {
            Judgement::IssueOrder { tiers } => needed.extend(tiers.iter().flatten().copied()),
            Judgement::ValueRange { issue, .. } => {
                needed.insert(*issue);
            }
            Judgement::WeightRange { .. } | Judgement::ReservationRange { .. } => {
                needed.extend(0..layout.sizes.len());
            }
            _ => {}
        }
    }
    let (all, exact) = match anchors(layout, &needed) {
        Some(all) => (all, true),
        None => (vec![vec![None; layout.sizes.len()]], false),
    };
    let mut contradiction = Contradiction::new();
    let mut cases = Vec::new();
    for anchors in all {
        match Builder::new(layout, &anchors, true).all(partial, exact) {
            Ok(builder) => cases.push(builder.case()),
            Err(statements) => contradiction.extend(statements),
        }
    }
    if cases.is_empty() { Err(contradiction) } else { Ok(Cases { cases, exact }) }
}

/// The closed set of utilities whose swings sum to one, with the reservation
/// value between −1 and 2; `None` where there would be too many systems.
pub(super) fn closed(layout: &Layout, partial: &Partial) -> Option<Cases> {
    let all = anchors(layout, &(0..layout.sizes.len()).collect())?;
    let mut cases = Vec::new();
    for anchors in all {
        // Only what also holds strictly: the closure of nothing is nothing.
        let Ok(within) = Builder::new(layout, &anchors, true).all(partial, true) else {
            continue;
        };
        let Ok(mut builder) = Builder::new(layout, &anchors, false).all(partial, true) else {
            continue;
        };
        let total = builder.total();
        let mut one = Form::zero(layout.variables);
        one.constant = BigInt::one();
        let mut most = [one.clone(), one.clone()];
        most[0].constant = 2.into();
        for (bound, variable) in most.iter_mut().zip([2, 1]) {
            bound.coefficients[layout.variables - variable] = -BigInt::one();
        }
        let [high, low] = most;
        // The worst of everything is zero, so that the window has a meaning.
        let worst = Form::zero(layout.variables).minus(&builder.worst());
        let bounds = [worst, total.minus(&one), one.minus(&total), high, low];
        if bounds.iter().all(|form| builder.dictionary.require(form).is_ok()) {
            cases.push(Case { inside: within.dictionary.point(), ..builder.case() });
        }
    }
    Some(Cases { cases, exact: true })
}

/// Every choice of worst and best option for the issues that need one.
fn anchors(layout: &Layout, needed: &BTreeSet<usize>) -> Option<Vec<Anchors>> {
    let mut all: Vec<Anchors> = vec![vec![None; layout.sizes.len()]];
    for &issue in needed {
        let pairs = layout.pairs(issue);
        if pairs.len().checked_mul(all.len())? > MOST_CASES {
            return None;
        }
        all = all
            .into_iter()
            .flat_map(|anchors| {
                pairs.iter().map(move |&pair| {
                    let mut anchors = anchors.clone();
                    anchors[issue] = Some(pair);
                    anchors
                })
            })
            .collect();
    }
    Some(all)
}

struct Builder<'a> {
    layout: &'a Layout,
    anchors: &'a Anchors,
    strict: bool,
    dictionary: Dictionary,
    /// Per inequality: the statement it comes from.
    sources: Vec<Option<usize>>,
}

impl<'a> Builder<'a> {
    fn new(layout: &'a Layout, anchors: &'a Anchors, strict: bool) -> Self {
        let dictionary = Dictionary::new(layout.variables);
        Self { layout, anchors, strict, dictionary, sources: Vec::new() }
    }

    fn case(self) -> Case {
        let (worst, inside) = (self.worst(), self.dictionary.point());
        Case { dictionary: self.dictionary, worst, inside }
    }

    /// The worst of everything, as far as it is known.
    fn worst(&self) -> Form {
        let known = self.anchors.iter().enumerate().filter_map(|(i, a)| Some((i, (*a)?.0)));
        self.layout.utility(known, self.strict)
    }

    /// Anchors and statements; `anchored`: also those that refer to worst and best options.
    fn all(mut self, partial: &Partial, anchored: bool) -> Result<Self, Contradiction> {
        for (issue, anchor) in self.anchors.iter().enumerate() {
            let Some((worst, best)) = *anchor else { continue };
            if matches!(self.layout.codings[issue], Coding::Steps { .. }) {
                continue;
            }
            for option in 0..self.layout.sizes[issue] {
                let value = |o| self.layout.option(issue, o, self.strict);
                let above = value(best).minus(&value(option));
                let below = value(option).minus(&value(worst));
                self.require(above, None)?;
                self.require(below, None)?;
            }
        }
        if self.strict && self.anchors.iter().all(Option::is_some) {
            // Shares need something that is shared out.
            let mut some = self.total();
            some.constant -= BigInt::one();
            self.require(some, None)?;
        }
        for (index, judgement) in partial.judgements().enumerate() {
            for (form, above) in self.inequalities(judgement, anchored) {
                let mut form = form;
                if above && self.strict {
                    form.constant -= BigInt::one();
                }
                self.require(form, Some(index))?;
            }
        }
        Ok(self)
    }

    fn require(&mut self, form: Form, source: Option<usize>) -> Result<(), Contradiction> {
        self.sources.push(source);
        self.dictionary.require(&form).map_err(|Clash { inequalities, variables }| {
            let stated = inequalities.iter().filter_map(|&i| self.sources[i]);
            let orders = self.layout.codings.iter().filter_map(|c| match c {
                Coding::Steps { first, steps, statement, .. } => variables
                    .iter()
                    .any(|v| (*first..first + steps).contains(v))
                    .then_some(*statement),
                Coding::Free { .. } => None,
            });
            stated.chain(orders).collect()
        })
    }

    fn swing(&self, issue: usize) -> Form {
        let (worst, best) = self.anchors[issue].unwrap_or((0, 0));
        let value = |o| self.layout.option(issue, o, self.strict);
        value(best).minus(&value(worst))
    }

    fn total(&self) -> Form {
        let mut total = Form::zero(self.layout.variables);
        for issue in 0..self.layout.sizes.len() {
            total.add(&BigInt::one(), &self.swing(issue));
        }
        total
    }

    fn whole(&self, outcome: &Outcome) -> Form {
        self.bundle(&PartialOutcome::whole(outcome))
    }

    fn bundle(&self, bundle: &PartialOutcome) -> Form {
        self.layout.utility(bundle.choices().iter().copied(), self.strict)
    }

    /// Forms that are zero or more, or above zero.
    fn inequalities(&self, judgement: &Judgement, anchored: bool) -> Vec<(Form, bool)> {
        let value = |issue: usize, o| self.layout.option(issue, o, self.strict);
        match judgement {
            Judgement::Position { issue, option } => (0..self.layout.sizes[*issue])
                .filter(|o| o != option)
                .map(|o| (value(*issue, *option).minus(&value(*issue, o)), false))
                .collect(),
            Judgement::IssueOrder { tiers } if anchored => {
                let swings: Vec<Vec<Form>> =
                    tiers.iter().map(|t| t.iter().map(|&i| self.swing(i)).collect()).collect();
                order(&swings)
            }
            Judgement::WeightRange { issue, low, high } if anchored => {
                between(&self.swing(*issue), &self.total(), low, high)
            }
            Judgement::ValueRange { issue, option, low, high } if anchored => {
                let worst = self.anchors[*issue].unwrap_or((0, 0)).0;
                let gain = value(*issue, *option).minus(&value(*issue, worst));
                between(&gain, &self.swing(*issue), low, high)
            }
            Judgement::ReservationRange { low, high } if anchored => {
                let above = self.layout.reservation().minus(&self.worst());
                between(&above, &self.total(), low, high)
            }
            Judgement::Compare { left, right, relation } => {
                let gain = self.bundle(left).minus(&self.bundle(right));
                let loss = self.bundle(right).minus(&self.bundle(left));
                match relation {
                    Relation::Better => vec![(gain, true)],
                    Relation::Worse => vec![(loss, true)],
                    Relation::Equal => vec![(gain, false), (loss, false)],
                }
            }
            Judgement::Accepts { outcome } => {
                vec![(self.whole(outcome).minus(&self.layout.reservation()), false)]
            }
            Judgement::Rejects { outcome } => {
                vec![(self.layout.reservation().minus(&self.whole(outcome)), true)]
            }
            Judgement::Ranking(ranking) => {
                let tiers: Vec<Vec<Form>> = ranking
                    .tiers
                    .iter()
                    .map(|t| t.iter().map(|o| self.whole(o)).collect())
                    .collect();
                let (taken, refused) = tiers.split_at(ranking.acceptable_tiers.min(tiers.len()));
                let reservation = self.layout.reservation();
                let mut all = order(&tiers);
                let least = taken.iter().rev().find_map(|t| t.first());
                all.extend(least.map(|f| (f.minus(&reservation), false)));
                let most = refused.iter().find_map(|t| t.first());
                all.extend(most.map(|f| (reservation.minus(f), true)));
                all
            }
            // Orders are in the variables; what was declined says nothing.
            _ => Vec::new(),
        }
    }
}

/// Neighbours in one tier are equal; each tier is above the next.
fn order(tiers: &[Vec<Form>]) -> Vec<(Form, bool)> {
    let filled: Vec<&Vec<Form>> = tiers.iter().filter(|t| !t.is_empty()).collect();
    let mut all = Vec::new();
    for pair in filled.iter().flat_map(|t| t.windows(2)) {
        all.push((pair[0].minus(&pair[1]), false));
        all.push((pair[1].minus(&pair[0]), false));
    }
    for pair in filled.windows(2) {
        all.push((pair[0][0].minus(&pair[1][0]), true));
    }
    all
}

/// `low × whole ≤ part ≤ high × whole`.
fn between(part: &Form, whole: &Form, low: &Number, high: &Number) -> Vec<(Form, bool)> {
    let mut all = Vec::new();
    for (bound, sign) in [(low, 1), (high, -1)] {
        let bound = bound.as_rational();
        let mut form = Form::zero(part.coefficients.len());
        form.add(&(bound.denom() * sign), part);
        form.add(&(-bound.numer() * sign), whole);
        all.push((form, false));
    }
    all
}
