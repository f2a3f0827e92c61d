//! What `solve` answers, in the parties' own units.

use crate::frontier::Completeness;
use detente_model::Outcome;
use num_bigint::BigUint;

/// An outcome with what it is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Deal {
    /// One choice for every issue of the scenario.
    pub outcome: Outcome,
    /// Each party's utility, on its own scale.
    pub utilities: Vec<f64>,
}

/// The frontier in the parties' own units.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontierOfDeals {
    /// The points, first party's best first. With divisible issues: the
    /// corners of the frontier, between which shares move along straight lines.
    pub deals: Vec<Deal>,
    /// How many outcomes share each point's utilities; `None` where not counted.
    pub multiplicities: Vec<Option<u128>>,
    /// Whether these are all.
    pub completeness: Completeness,
    /// Whether points are corners of a continuous frontier.
    pub continuous: bool,
}

/// The rules that pick a fair deal (definitions: `bargaining solution` in the glossary).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SolutionRule {
    /// Largest product of gains.
    Nash,
    /// Leximin of gains relative to each party's best acceptable gain.
    KalaiSmorodinsky,
    /// Leximin of gains; depends on the parties' scales.
    Egalitarian,
    /// Largest sum of utilities; depends on the parties' scales.
    Utilitarian,
    /// Largest sum of utilities, each rescaled to [reservation, ideal].
    UtilitarianRescaled,
}

impl SolutionRule {
    /// Every rule, in the order they are shown. (The egalitarian rule on
    /// rescaled utilities is Kalai–Smorodinsky's.)
    pub const ALL: [Self; 5] = [
        Self::Nash,
        Self::KalaiSmorodinsky,
        Self::Egalitarian,
        Self::Utilitarian,
        Self::UtilitarianRescaled,
    ];

    /// The key in machine-readable results.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Nash => "nash",
            Self::KalaiSmorodinsky => "kalai_smorodinsky",
            Self::Egalitarian => "egalitarian",
            Self::Utilitarian => "utilitarian",
            Self::UtilitarianRescaled => "utilitarian_rescaled",
        }
    }

    /// The name shown to people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Nash => "Nash",
            Self::KalaiSmorodinsky => "Kalai–Smorodinsky",
            Self::Egalitarian => "egalitarian",
            Self::Utilitarian => "utilitarian",
            Self::UtilitarianRescaled => "utilitarian, rescaled",
        }
    }

    /// Whether multiplying one party's utilities by a number can change its choice.
    #[must_use]
    pub fn depends_on_scales(self) -> bool {
        matches!(self, Self::Egalitarian | Self::Utilitarian)
    }
}

/// What a bargaining solution picks.
#[derive(Debug, Clone, PartialEq)]
pub struct SolutionDeal {
    /// By which rule.
    pub rule: SolutionRule,
    /// The deal.
    pub deal: Deal,
    /// The rule's value of it (see DESIGN: product, smallest ratio, smallest gain, sum).
    pub value: f64,
    /// Whether it is proved that no acceptable outcome does better.
    pub optimal: bool,
    /// No acceptable outcome has a value above this; equals `value` when optimal.
    pub bound: f64,
}

/// The answer of `solve`.
#[derive(Debug, Clone, PartialEq)]
pub struct Solved {
    /// Whether some outcome is acceptable to all whose consent is needed;
    /// `None` when the budget ended before it was known.
    pub agreement_possible: Option<bool>,
    /// How many outcomes there are, feasible or not; divisible issues do not count.
    pub outcomes: BigUint,
    /// How many are feasible and acceptable; `None` where not counted.
    pub acceptable_outcomes: Option<BigUint>,
    /// The frontier.
    pub frontier: FrontierOfDeals,
    /// One per rule; empty without agreement.
    pub solutions: Vec<SolutionDeal>,
    /// Each party's best acceptable utility; empty without agreement.
    pub ideals: Vec<f64>,
    /// Each party's utility of no agreement.
    pub reservations: Vec<f64>,
    /// Whether arithmetic was exact; otherwise differences below 1e-9 of a
    /// party's scale were taken for equality.
    pub exact: bool,
}

impl Solved {
    /// Of so many outcomes, nothing looked for and nothing known yet.
    #[must_use]
    pub fn unsearched(outcomes: BigUint) -> Self {
        Self {
            agreement_possible: None,
            outcomes,
            acceptable_outcomes: None,
            frontier: FrontierOfDeals {
                deals: Vec::new(),
                multiplicities: Vec::new(),
                completeness: Completeness::Skipped,
                continuous: false,
            },
            solutions: Vec::new(),
            ideals: Vec::new(),
            reservations: Vec::new(),
            exact: true,
        }
    }

    /// The deal of one rule.
    #[must_use]
    pub fn solution(&self, rule: SolutionRule) -> Option<&SolutionDeal> {
        self.solutions.iter().find(|s| s.rule == rule)
    }
}
