//! Everything a staging block says.

use super::{
    Bet, BroadDeal, Calendar, Case, NamedInterim, NamedRatification, OptionMap, Range, Rational,
};
use num_traits::{One, Signed, Zero};

/// How the parties' slacks are made comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeightRule {
    /// As written in the file, or 1.
    Given,
    /// One over each party's total gain.
    ByGain,
}

/// Words about a deliverable, for people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Described {
    /// What it is.
    pub title: Option<String>,
    /// How much of it, per step, with its unit.
    pub quantity: Option<String>,
    /// Where it is from: a source, or that it is assumed.
    pub basis: Option<String>,
}

/// A staging block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staging {
    /// What is carried out, by whom, and what it is worth.
    pub case: Case,
    /// Numbers that were given as ranges.
    pub ranges: Vec<Range>,
    /// How weights are to be set.
    pub weights: WeightRule,
    /// Words about each deliverable.
    pub described: Vec<Described>,
    /// Per deliverable: whether the file says what its steps are worth.
    pub valued: Vec<bool>,
    /// Defaults that were used, in words.
    pub assumed: Vec<String>,
    /// Broad deals.
    pub deals: Vec<BroadDeal>,
    /// Small deals.
    pub interims: Vec<NamedInterim>,
    /// Whether exactly one small deal was asked about, by `interim`.
    pub single_interim: bool,
    /// The slack every row must have.
    pub sigma: Rational,
    /// Changes up to this count as none.
    pub epsilon: Option<Rational>,
    /// Which options are carried out by which steps.
    pub carried_out_by: Vec<OptionMap>,
    /// The most a guarantor puts up for each party, if limited.
    pub put_up_at_most: Option<Vec<Rational>>,
    /// Dates.
    pub calendar: Option<Calendar>,
    /// Bets on what the parties believe differently.
    pub bets: Vec<Bet>,
    /// A plan that was followed or is proposed, to be judged beside the best one.
    pub recorded_plan: Option<Vec<Vec<usize>>>,
    /// Constituencies.
    pub ratification: Option<NamedRatification>,
}

/// Most combinations of options that become broad deals.
const MOST_OUTCOMES: usize = 2000;

impl Staging {
    /// A block that says nothing but its case.
    #[must_use]
    pub fn new(case: Case) -> Self {
        Self {
            described: vec![Described::default(); case.deliverables.len()],
            valued: vec![true; case.deliverables.len()],
            case,
            ranges: Vec::new(),
            weights: WeightRule::Given,
            assumed: Vec::new(),
            deals: Vec::new(),
            interims: Vec::new(),
            single_interim: false,
            sigma: Rational::zero(),
            epsilon: None,
            carried_out_by: Vec::new(),
            put_up_at_most: None,
            calendar: None,
            bets: Vec::new(),
            recorded_plan: None,
            ratification: None,
        }
    }

    /// The case with its weights: as written, or one over the most that any
    /// of the deals brings each party in all.
    #[must_use]
    pub fn weighed(&self) -> Case {
        let mut case = self.case.clone();
        if self.weights == WeightRule::Given {
            return case;
        }
        let own = self.whole();
        let deals: Vec<&BroadDeal> =
            if self.deals.is_empty() { vec![&own] } else { self.deals.iter().collect() };
        let mut most = vec![Rational::zero(); case.parties.len()];
        for deal in deals {
            for (i, worth) in case.with_deal(deal).total_worth().iter().enumerate() {
                most[i] = worth.abs().max(most[i].clone());
            }
        }
        case.weight = most
            .into_iter()
            .map(|m| if m.is_zero() { Rational::one() } else { m.recip() })
            .collect();
        case
    }

    /// Everything, as a broad deal.
    #[must_use]
    pub fn whole(&self) -> BroadDeal {
        BroadDeal {
            id: "all of it".into(),
            target: self.case.target.clone(),
            residual: self.case.residual.clone(),
        }
    }

    /// The broad deals: those listed, or every combination of options with
    /// the deliverables that carry it out.
    #[must_use]
    pub fn broad_deals(&self) -> Vec<BroadDeal> {
        if !self.deals.is_empty() || self.carried_out_by.is_empty() {
            return self.deals.clone();
        }
        let mut all = vec![(String::new(), vec![0; self.case.deliverables.len()])];
        for map in &self.carried_out_by {
            all = all
                .into_iter()
                .flat_map(|(name, target)| {
                    map.options.iter().map(move |(option, progress)| {
                        let separator = if name.is_empty() { "" } else { ", " };
                        let target = target.iter().zip(progress).map(|(a, b)| *a.max(b)).collect();
                        (format!("{name}{separator}{}={option}", map.issue), target)
                    })
                })
                .take(MOST_OUTCOMES)
                .collect();
        }
        all.into_iter()
            .filter(|(_, target)| target.iter().any(|&t| t > 0))
            .map(|(id, target)| BroadDeal { id, target, residual: self.case.residual.clone() })
            .collect()
    }
}
