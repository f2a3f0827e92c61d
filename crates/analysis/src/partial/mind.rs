//! What is known of one party, asked about outcomes.

use super::clash::smallest;
use super::dictionary::{Form, Most, Point};
use super::system::{Cases, Contradiction, Layout, closed, strict};
use crate::ordinal::separable::Modality;
use detente_model::partial::Partial;
use detente_model::{Evaluated, Number, Outcome, Scenario, Statement, Utility};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// So many consistent utilities are kept, to answer most questions at once.
const MOST_WITNESSES: usize = 16;

/// One party's preferences over listed outcomes.
#[derive(Debug)]
pub(super) enum Mind {
    Numbers(Numbers),
    Said(Said),
}

/// All in numbers.
#[derive(Debug)]
pub(super) struct Numbers {
    utilities: Vec<BigRational>,
    reservation: BigRational,
    /// The worst utility of all, and the distance to the best.
    worst: BigRational,
    swing: BigRational,
    /// Whether these two are known, or only those of the listed outcomes.
    scaled: bool,
    exact: bool,
}

/// What was said.
#[derive(Debug)]
pub(super) struct Said {
    layout: Layout,
    strict: Cases,
    closed: Option<Cases>,
    /// Of each outcome, as [`strict`] and as [`closed`] read it.
    utilities: Vec<Form>,
    shares: Vec<Form>,
    witnesses: Vec<Witness>,
}

/// A consistent utility function.
#[derive(Debug)]
struct Witness {
    point: Point,
    /// Of each outcome, scaled.
    utilities: Vec<BigInt>,
}

/// Smallest and largest; `None` where there is no bound.
pub(super) type Range = (Option<BigRational>, Option<BigRational>);

impl Mind {
    /// # Errors
    /// Statements that cannot all hold.
    pub(super) fn new(
        scenario: &Scenario,
        party: usize,
        sizes: &[usize],
        outcomes: &[Vec<usize>],
        complete: bool,
    ) -> Result<Self, Contradiction> {
        Ok(match &scenario.preferences()[party].statement {
            Statement::Utility(utility) => {
                let mut numbers = Numbers::new(scenario, party, utility, outcomes);
                if !complete {
                    numbers.scale(scenario, party, utility, sizes);
                }
                Self::Numbers(numbers)
            }
            Statement::Partial(partial) => Self::Said(Said::new(partial, sizes, outcomes)?),
        })
    }

    /// Whether answers about this party are exact, not only safe.
    pub(super) fn is_exact(&self) -> bool {
        match self {
            Self::Numbers(numbers) => numbers.exact,
            Self::Said(said) => said.strict.exact,
        }
    }

    /// Whether it prefers an outcome to no agreement, red lines apart.
    pub(super) fn acceptability(&mut self, x: usize) -> Modality {
        match self {
            Self::Numbers(n) if n.utilities[x] >= n.reservation => Modality::Necessary,
            Self::Numbers(_) => Modality::Impossible,
            Self::Said(said) => {
                let gain = said.utilities[x].minus(&said.layout.reservation());
                let loss = said.layout.reservation().minus(&said.utilities[x]);
                if !said.can(&gain, false) {
                    Modality::Impossible
                } else if said.can(&loss, true) {
                    Modality::Possible
                } else {
                    Modality::Necessary
                }
            }
        }
    }

    /// Whether `y` may be worth as much as `x` (`above`: more).
    pub(super) fn may_be(&mut self, y: usize, above: bool, x: usize) -> bool {
        match self {
            Self::Numbers(n) if above => n.utilities[y] > n.utilities[x],
            Self::Numbers(n) => n.utilities[y] >= n.utilities[x],
            Self::Said(said) => {
                let known = said.witnesses.iter().any(|w| {
                    let (a, b) = (&w.utilities[y], &w.utilities[x]);
                    if above { a > b } else { a >= b }
                });
                known || {
                    let gain = said.utilities[y].minus(&said.utilities[x]);
                    said.can(&gain, above)
                }
            }
        }
    }

    /// How many consistent utilities are at hand.
    pub(super) fn witnesses(&self) -> usize {
        match self {
            Self::Numbers(_) => 1,
            Self::Said(said) => said.witnesses.len(),
        }
    }

    /// How `y` compares with `x` for one of them.
    pub(super) fn compare(&self, witness: usize, y: usize, x: usize) -> std::cmp::Ordering {
        match self {
            Self::Numbers(n) => n.utilities[y].cmp(&n.utilities[x]),
            Self::Said(said) => {
                let utilities = &said.witnesses[witness].utilities;
                utilities[y].cmp(&utilities[x])
            }
        }
    }

    /// The consistent utility at hand or found that favours `x` against all listed outcomes.
    pub(super) fn favouring(&mut self, x: usize) -> usize {
        match self {
            Self::Numbers(_) => 0,
            Self::Said(said) => said.favouring(x),
        }
    }

    /// An outcome's place between the worst (0) and the best (1) of everything.
    pub(super) fn share(&mut self, x: usize) -> Option<Range> {
        match self {
            Self::Numbers(n) => {
                let share = n.in_swings(&(&n.utilities[x] - &n.worst))?;
                Some((Some(share.clone()), Some(share)))
            }
            Self::Said(said) => {
                let form = said.shares[x].clone();
                said.range(&form, true)
            }
        }
    }

    /// How much better `y` than `x` can be, in swings.
    pub(super) fn regret(&mut self, x: usize, y: usize) -> Option<BigRational> {
        match self {
            Self::Numbers(n) => n.in_swings(&(&n.utilities[y] - &n.utilities[x])),
            Self::Said(said) => {
                let form = said.shares[y].minus(&said.shares[x]);
                said.range(&form, false)?.1
            }
        }
    }

    /// The smallest gain over no agreement, in swings, of an outcome it surely accepts.
    pub(super) fn least_gain(&mut self, x: usize) -> Option<BigRational> {
        match self {
            Self::Numbers(n) => n.in_swings(&(&n.utilities[x] - &n.reservation)),
            Self::Said(said) => {
                let gain = said.shares[x].minus(&said.layout.reservation());
                said.range(&gain, false)?.0
            }
        }
    }

    /// The smallest gain of `x` over the gain of `y` wherever that is above
    /// zero, `x` being surely accepted; `Some(None)` where `y` never gains.
    pub(super) fn least_ratio(&mut self, x: usize, y: usize) -> Option<Option<BigRational>> {
        match self {
            Self::Numbers(n) => {
                let [a, b] = [x, y].map(|o| &n.utilities[o] - &n.reservation);
                Some(b.is_positive().then(|| a / b))
            }
            Self::Said(said) => said.least_ratio(x, y),
        }
    }
}

impl Numbers {
    fn new(scenario: &Scenario, party: usize, utility: &Utility, outcomes: &[Vec<usize>]) -> Self {
        let values: Vec<Evaluated> = outcomes
            .iter()
            .map(|o| utility.of(scenario, party, &Outcome::from_options(o.iter().copied())))
            .collect();
        let exact = values.iter().all(|v| v.exact().is_some());
        let number = |v: &Evaluated| match v.exact() {
            Some(exact) => exact.as_rational().clone(),
            None => Number::from_f64(v.to_f64())
                .map_or_else(BigRational::zero, |n| n.as_rational().clone()),
        };
        let utilities: Vec<BigRational> = values.iter().map(number).collect();
        let worst = utilities.iter().min().cloned().unwrap_or_else(BigRational::zero);
        let best = utilities.iter().max().cloned().unwrap_or_else(BigRational::zero);
        let reservation = utility.reservation.as_rational().clone();
        Self { swing: &best - &worst, worst, utilities, reservation, scaled: true, exact }
    }

    /// Finds the worst and the best of all where not all are listed.
    fn scale(&mut self, scenario: &Scenario, party: usize, utility: &Utility, sizes: &[usize]) {
        let Some(contributions) = contributions(scenario, party, utility, sizes) else {
            self.scaled = false;
            return;
        };
        self.worst = base(scenario, party, utility, sizes);
        self.swing = BigRational::zero();
        for row in &contributions {
            let (least, most) = (row.iter().min(), row.iter().max());
            self.worst += least.into_iter().sum::<BigRational>();
            self.swing += most.into_iter().sum::<BigRational>();
            self.swing -= least.into_iter().sum::<BigRational>();
        }
    }

    fn in_swings(&self, difference: &BigRational) -> Option<BigRational> {
        let share =
            || if self.swing.is_zero() { BigRational::zero() } else { difference / &self.swing };
        self.scaled.then(share)
    }
}

impl Said {
    fn new(
        partial: &Partial,
        sizes: &[usize],
        outcomes: &[Vec<usize>],
    ) -> Result<Self, Contradiction> {
        let layout = Layout::new(sizes, partial);
        let strict = strict(&layout, partial).map_err(|named| smallest(named, partial, sizes))?;
        let forms = |strict: bool| -> Vec<Form> {
            outcomes.iter().map(|o| layout.utility(o.iter().copied().enumerate(), strict)).collect()
        };
        let (utilities, shares) = (forms(true), forms(false));
        let closed = closed(&layout, partial);
        let mut said = Self { layout, strict, closed, utilities, shares, witnesses: Vec::new() };
        for case in 0..said.strict.cases.len().min(MOST_WITNESSES / 2) {
            let point = said.strict.cases[case].dictionary.point();
            said.keep(point);
        }
        Ok(said)
    }

    /// Adds a witness, or replaces the last.
    fn keep(&mut self, point: Point) -> usize {
        let utilities = self.utilities.iter().map(|f| point.scaled(f)).collect();
        self.witnesses.truncate(MOST_WITNESSES - 1);
        self.witnesses.push(Witness { point, utilities });
        self.witnesses.len() - 1
    }

    /// Whether a form is zero or more (`above`: above zero) for some consistent utility.
    fn can(&mut self, form: &Form, above: bool) -> bool {
        let holds = |value: &BigInt| value.is_positive() || !above && value.is_zero();
        if self.witnesses.iter().any(|w| holds(&w.point.scaled(form))) {
            return true;
        }
        for case in 0..self.strict.cases.len() {
            let dictionary = &mut self.strict.cases[case].dictionary;
            let found = match dictionary.maximise(form, true) {
                Most::AboveZero | Most::Unbounded => true,
                Most::Value(value) => !above && value.is_zero(),
            };
            if found {
                let point = dictionary.point();
                if self.witnesses.len() < MOST_WITNESSES {
                    self.keep(point);
                }
                return true;
            }
        }
        false
    }

    fn favouring(&mut self, x: usize) -> usize {
        let mut goal = Form::zero(self.shares[x].coefficients.len());
        goal.add(&BigInt::from(self.shares.len()), &self.shares[x]);
        for other in &self.shares {
            goal.add(&-BigInt::one(), other);
        }
        let mut best: Option<(BigRational, Point)> = None;
        for case in self.closed.iter_mut().flat_map(|c| &mut c.cases) {
            if let Most::Value(value) = case.dictionary.maximise(&goal, false)
                && best.as_ref().is_none_or(|(b, _)| value > *b)
            {
                // Nearly that corner, where all that is said holds strictly.
                best = Some((value, case.dictionary.point().far(1000, &case.inside)));
            }
        }
        match best {
            Some((_, point)) => self.keep(point),
            None => 0,
        }
    }

    /// Smallest and largest value; `from_worst`: above the worst of everything.
    /// `None` where that was not computed; no bound where only the window of
    /// the reservation value would give one.
    fn range(&mut self, form: &Form, from_worst: bool) -> Option<Range> {
        let mut range: Range = (None, None);
        for case in &mut self.closed.as_mut()?.cases {
            let form = if from_worst { form.minus(&case.worst) } else { form.clone() };
            let mut negative = Form::zero(form.coefficients.len());
            negative.add(&-BigInt::one(), &form);
            if let Most::Value(most) = case.dictionary.maximise(&form, false) {
                range.1 = Some(range.1.into_iter().fold(most, BigRational::max));
            }
            if let Most::Value(least) = case.dictionary.maximise(&negative, false) {
                range.0 = Some(range.0.into_iter().fold(-least, BigRational::min));
            }
        }
        Some(range)
    }

    /// Dinkelbach's iteration (W. Dinkelbach 1967, *Management Science*
    /// 13:492–498): exact, as each ratio is that of a corner.
    fn least_ratio(&mut self, x: usize, y: usize) -> Option<Option<BigRational>> {
        let reservation = self.layout.reservation();
        let [gain, other] = [x, y].map(|o| self.shares[o].minus(&reservation));
        let mut least: Option<BigRational> = None;
        for case in &mut self.closed.as_mut()?.cases {
            if case.dictionary.maximise(&other, true) != Most::AboveZero {
                continue;
            }
            let mut point = case.dictionary.point();
            loop {
                let below = point.scaled(&other);
                if !below.is_positive() {
                    // Only where `x` is not surely accepted: nothing is guaranteed.
                    least = Some(BigRational::zero());
                    break;
                }
                let ratio = BigRational::new(point.scaled(&gain), below);
                let mut surplus = Form::zero(gain.coefficients.len());
                surplus.add(ratio.numer(), &other);
                surplus.add(&-ratio.denom(), &gain);
                let better = ratio.is_positive()
                    && case.dictionary.maximise(&surplus, true) == Most::AboveZero;
                if better {
                    // A corner may lie further on; from here the ratio only falls.
                    case.dictionary.maximise(&surplus, false);
                    point = case.dictionary.point();
                    continue;
                }
                least = Some(least.into_iter().fold(ratio, BigRational::min));
                break;
            }
        }
        // The lower the reservation value, the nearer the ratio is to one.
        if self.open_below() {
            least = least.map(|l| l.min(BigRational::one()));
        }
        Some(least)
    }

    /// Whether nothing bounds the reservation value from below.
    fn open_below(&mut self) -> bool {
        let mut low = Form::zero(self.layout.reservation().coefficients.len());
        low.add(&-BigInt::one(), &self.layout.reservation());
        low.constant -= BigInt::one();
        // In the window of the closed set it then reaches −1, the window's end.
        self.closed.as_mut().is_none_or(|closed| {
            closed.cases.iter_mut().any(|case| {
                matches!(case.dictionary.maximise(&low, false), Most::Value(v) if !v.is_negative())
            })
        })
    }
}

/// Per issue and option, a consistent value: the worst of each issue is 0, the
/// best of all issues together 1.
pub(super) type Values = Vec<Vec<BigRational>>;

/// Some of a party's consistent values; none where they are not sums over the
/// issues, or nothing is at stake for it.
pub(super) fn consistent(scenario: &Scenario, party: usize, sizes: &[usize]) -> Vec<Values> {
    let partial = match &scenario.preferences()[party].statement {
        Statement::Utility(utility) => {
            let own = contributions(scenario, party, utility, sizes);
            return own.and_then(normalised).into_iter().collect();
        }
        Statement::Partial(partial) => partial,
    };
    let layout = Layout::new(sizes, partial);
    let Some(mut closed) = closed(&layout, partial) else { return Vec::new() };
    let value = |point: &Point| {
        let row = |(issue, &n): (usize, &usize)| {
            (0..n).map(|o| point.value(&layout.option(issue, o, true))).collect()
        };
        normalised(sizes.iter().enumerate().map(row).collect())
    };
    let mut all: Vec<Values> = Vec::new();
    for case in &mut closed.cases {
        all.extend(value(&case.inside));
        for (issue, &n) in sizes.iter().enumerate() {
            // As much as can be at stake in this issue.
            let mut goal = layout.utility((0..n).map(|option| (issue, option)), false);
            for other in (0..sizes.len()).filter(|&other| other != issue) {
                let rest = layout.utility((0..sizes[other]).map(|option| (other, option)), false);
                goal = goal.minus(&rest);
            }
            if let Most::Value(_) = case.dictionary.maximise(&goal, false) {
                // Nearly that corner, where all that is said holds strictly.
                all.extend(value(&case.dictionary.point().far(1000, &case.inside)));
            }
        }
        all.dedup();
        if all.len() > MOST_WITNESSES {
            break;
        }
    }
    all
}

fn normalised(mut values: Values) -> Option<Values> {
    let mut total = BigRational::zero();
    for row in &mut values {
        let least = row.iter().min()?.clone();
        row.iter_mut().for_each(|v| *v -= &least);
        total += row.iter().max()?;
    }
    if total.is_zero() {
        return None;
    }
    values.iter_mut().flatten().for_each(|v| *v /= &total);
    Some(values)
}

/// The utility of the first option of every issue.
fn base(scenario: &Scenario, party: usize, utility: &Utility, sizes: &[usize]) -> BigRational {
    let first = Outcome::from_options(sizes.iter().map(|_| 0));
    let value = utility.of(scenario, party, &first);
    value.exact().map_or_else(BigRational::zero, |n| n.as_rational().clone())
}

/// What each option adds to the first of its issue; `None` where it depends on
/// other issues, or is not exact.
fn contributions(
    scenario: &Scenario,
    party: usize,
    utility: &Utility,
    sizes: &[usize],
) -> Option<Values> {
    if !utility.interactions.is_empty() || utility.cap.is_some() {
        return None;
    }
    let base = base(scenario, party, utility, sizes);
    let added = |issue: usize, option: usize| {
        let chosen = (0..sizes.len()).map(|i| if i == issue { option } else { 0 });
        let value = utility.of(scenario, party, &Outcome::from_options(chosen));
        Some(value.exact()?.as_rational() - &base)
    };
    let rows = sizes.iter().enumerate();
    rows.map(|(issue, &n)| (0..n).map(|o| added(issue, o)).collect()).collect()
}
