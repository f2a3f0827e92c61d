//! What is carried out, by whom, in which steps, and what it is worth.

use super::{BroadDeal, Rational};
use num_traits::{One, Zero};

/// One step of a deliverable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What each party gains (or gives up, below zero) once, when the step is done.
    pub value: Vec<Rational>,
    /// How the step changes each party's position per period if things
    /// collapse afterwards: leverage gained or used up.
    pub flow: Vec<Rational>,
}

/// Something one party carries out, in steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deliverable {
    /// Its name in the file.
    pub id: String,
    /// The party that carries it out.
    pub performer: usize,
    /// Share of its cost that the performer gets back if things collapse.
    pub recover: Rational,
    /// Share of what they received that the others keep if things collapse.
    pub keep: Rational,
    /// Its steps, in order.
    pub steps: Vec<Step>,
    /// Whether it concerns persons: then it is counted and ordered, and no
    /// output shows a value for it.
    pub concerns_persons: bool,
}

impl Deliverable {
    /// Whether nothing of it can be undone.
    #[must_use]
    pub fn is_irreversible(&self) -> bool {
        self.recover.is_zero() && self.keep.is_one()
    }
}

/// One step must be done in an earlier phase than another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The deliverable that comes first, and its step (counted from 1).
    pub earlier: (usize, usize),
    /// The deliverable that comes later, and its step (counted from 1).
    pub later: (usize, usize),
}

/// The phases in which a step may be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Which deliverable.
    pub deliverable: usize,
    /// Which step of it, counted from 1.
    pub step: usize,
    /// Not before this phase (counted from 1).
    pub from: usize,
    /// Not after this phase.
    pub until: Option<usize>,
}

/// What a plan must respect besides the parties' incentives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    /// At most so many phases.
    pub max_phases: Option<usize>,
    /// At most so many steps in one phase, of all parties together.
    pub max_moves: Option<usize>,
    /// What must come before what.
    pub order: Vec<Order>,
    /// When a step may be done.
    pub windows: Vec<Window>,
}

/// A deal with what its carrying out means for each party.
///
/// Vectors indexed by party have one entry per party; `start` and `target`
/// one per deliverable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What it is called.
    pub name: String,
    /// The parties' names.
    pub parties: Vec<String>,
    /// What a gain one phase later is worth now, per party, in (0, 1].
    pub discount: Vec<Rational>,
    /// What one unit of flow is worth in all, per party.
    pub annuity: Vec<Rational>,
    /// Each party's flow if nothing is carried out.
    pub status_quo_flow: Vec<Rational>,
    /// What the finished relationship is worth to each party.
    pub residual: Vec<Rational>,
    /// What a guarantor pays each party on completion.
    pub reward: Vec<Rational>,
    /// What each party forfeits when it defaults.
    pub bond: Vec<Rational>,
    /// What each party demands above no deal before it takes part.
    pub margin: Vec<Rational>,
    /// Weights that make the parties' slacks comparable.
    pub weight: Vec<Rational>,
    /// The most each party accepts to stand to lose in one phase.
    pub exposure_cap: Vec<Option<Rational>>,
    /// Probability that the process breaks off after a phase.
    pub hazard: Rational,
    /// Share of that probability that is gone when everything is done.
    pub hazard_drop: Rational,
    /// Probability that the others' part of a phase goes through before a
    /// default is seen; 0 is a linked exchange or escrow.
    pub leak: Rational,
    /// What is carried out.
    pub deliverables: Vec<Deliverable>,
    /// What is done already.
    pub start: Vec<usize>,
    /// What stands whatever happens (an interim deal): nothing of it is taken
    /// back if things collapse later.
    pub standing: Vec<usize>,
    /// How far the deal goes.
    pub target: Vec<usize>,
    /// Limits on the plan.
    pub limits: Limits,
    /// Whether a bond is already at stake when the first phase is due (a bond
    /// posted with an interim deal), rather than from the second phase on.
    pub bond_at_entry: bool,
}

/// Why a case cannot be worked with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CaseError(pub String);

impl Case {
    /// A case with the defaults: no flows, no hazard, everything leaks, weight 1.
    #[must_use]
    pub fn new(name: impl Into<String>, parties: Vec<String>) -> Self {
        let n = parties.len();
        let zeros = vec![Rational::zero(); n];
        let ones = vec![Rational::one(); n];
        Self {
            name: name.into(),
            parties,
            discount: ones.clone(),
            annuity: ones.clone(),
            status_quo_flow: zeros.clone(),
            residual: zeros.clone(),
            reward: zeros.clone(),
            bond: zeros.clone(),
            margin: zeros,
            weight: ones,
            exposure_cap: vec![None; n],
            hazard: Rational::zero(),
            hazard_drop: Rational::zero(),
            leak: Rational::one(),
            deliverables: Vec::new(),
            start: Vec::new(),
            standing: Vec::new(),
            target: Vec::new(),
            limits: Limits::default(),
            bond_at_entry: false,
        }
    }

    /// Adds a deliverable, to be carried out in full.
    pub fn push(&mut self, deliverable: Deliverable) {
        self.start.push(0);
        self.standing.push(0);
        self.target.push(deliverable.steps.len());
        self.deliverables.push(deliverable);
    }

    /// The most phases any plan can have: one step a phase.
    #[must_use]
    pub fn steps_to_do(&self) -> usize {
        self.start.iter().zip(&self.target).map(|(s, t)| t.saturating_sub(*s)).sum()
    }

    /// The break-off probability after a phase that ends at `state`.
    #[must_use]
    pub fn break_off(&self, state: &[usize]) -> Rational {
        let all: usize = self.target.iter().sum();
        if all == 0 || self.hazard_drop.is_zero() {
            return self.hazard.clone();
        }
        let done = Rational::new(state.iter().sum::<usize>().into(), all.into());
        &self.hazard * (Rational::one() - &self.hazard_drop * done)
    }

    /// Everything the deal brings each party in lumps, from `start` to `target`.
    #[must_use]
    pub fn total_lumps(&self) -> Vec<Rational> {
        let mut total = vec![Rational::zero(); self.parties.len()];
        for (j, d) in self.deliverables.iter().enumerate() {
            for step in &d.steps[self.start[j]..self.target[j]] {
                for (t, v) in total.iter_mut().zip(&step.value) {
                    *t += v;
                }
            }
        }
        total
    }

    /// Lumps and residual together: what carrying out everything, and what
    /// follows, is worth to each party.
    #[must_use]
    pub fn total_worth(&self) -> Vec<Rational> {
        self.total_lumps().iter().zip(&self.residual).map(|(l, c)| l + c).collect()
    }

    /// The same case with the target and residual of a broad deal.
    #[must_use]
    pub fn with_deal(&self, deal: &BroadDeal) -> Self {
        let mut case = self.clone();
        case.target.clone_from(&deal.target);
        case.residual.clone_from(&deal.residual);
        case
    }

    /// Whether every part has the shape and the range the definitions need.
    ///
    /// # Errors
    /// [`CaseError`] with the first part that has not.
    pub fn check(&self) -> Result<(), CaseError> {
        let n = self.parties.len();
        let fail = |text: String| Err(CaseError(text));
        if n == 0 {
            return fail("there is no party".into());
        }
        if n > MOST_PARTIES {
            return fail(format!("{n} parties; at most {MOST_PARTIES} are supported"));
        }
        let per_party = [
            ("discount", self.discount.len()),
            ("annuity", self.annuity.len()),
            ("status_quo_flow", self.status_quo_flow.len()),
            ("residual", self.residual.len()),
            ("reward", self.reward.len()),
            ("bond", self.bond.len()),
            ("margin", self.margin.len()),
            ("weight", self.weight.len()),
            ("exposure_cap", self.exposure_cap.len()),
        ];
        if let Some((what, len)) = per_party.iter().find(|(_, len)| *len != n) {
            return fail(format!("`{what}` has {len} entries for {n} parties"));
        }
        let (zero, one) = (Rational::zero(), Rational::one());
        let unit = |q: &Rational| *q >= zero && *q <= one;
        if self.discount.iter().any(|d| *d <= zero || *d > one) {
            return fail("a discount lies outside (0, 1]".into());
        }
        if self.weight.iter().any(|w| *w <= zero) {
            return fail("a weight is not above zero".into());
        }
        if self.exposure_cap.iter().flatten().any(|c| *c < zero) {
            return fail("an exposure cap is below zero".into());
        }
        for (what, q) in
            [("hazard", &self.hazard), ("hazard_drop", &self.hazard_drop), ("leak", &self.leak)]
        {
            if !unit(q) {
                return fail(format!("`{what}` lies outside [0, 1]"));
            }
        }
        let d = self.deliverables.len();
        if self.start.len() != d || self.target.len() != d || self.standing.len() != d {
            return fail(format!(
                "`start`, `standing` and `target` must have {d} entries, one per deliverable"
            ));
        }
        for (j, deliverable) in self.deliverables.iter().enumerate() {
            let id = &deliverable.id;
            if deliverable.performer >= n {
                return fail(format!("`{id}` is carried out by nobody"));
            }
            if !unit(&deliverable.recover) || !unit(&deliverable.keep) {
                return fail(format!("`recover` or `keep` of `{id}` lies outside [0, 1]"));
            }
            if deliverable.steps.iter().any(|s| s.value.len() != n || s.flow.len() != n) {
                return fail(format!("a step of `{id}` has not one value per party"));
            }
            if self.start[j] > self.target[j] || self.target[j] > deliverable.steps.len() {
                return fail(format!(
                    "`{id}` cannot go from step {} to {}",
                    self.start[j], self.target[j]
                ));
            }
        }
        let step_exists =
            |(j, s): (usize, usize)| j < d && s >= 1 && s <= self.deliverables[j].steps.len();
        if self.limits.order.iter().any(|o| !step_exists(o.earlier) || !step_exists(o.later)) {
            return fail("an order constraint names a step that is not there".into());
        }
        if self.limits.windows.iter().any(|w| !step_exists((w.deliverable, w.step)) || w.from == 0)
        {
            return fail("a window names a step or a phase that is not there".into());
        }
        Ok(())
    }
}

/// The most parties one case may have.
pub const MOST_PARTIES: usize = 32;
