//! What a party wants: always with how we know it.

use crate::constraint::Condition;
use crate::number::Number;
use crate::outcome::{Choice, Outcome};
use crate::partial::Partial;
use crate::scenario::Scenario;
use crate::value_function::{Evaluated, ValueFunction};

/// How a statement about a party is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Known {
    /// The party said so in public.
    StatedPublicly,
    /// The party told the mediator in confidence.
    ToldInConfidence,
    /// The mediator's own estimate.
    MediatorsEstimate,
    /// Nobody recorded how.
    #[default]
    Unknown,
}

impl Known {
    /// The word files use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StatedPublicly => "stated-publicly",
            Self::ToldInConfidence => "told-in-confidence",
            Self::MediatorsEstimate => "mediators-estimate",
            Self::Unknown => "unknown",
        }
    }

    /// The reverse of [`Known::as_str`].
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::StatedPublicly, Self::ToldInConfidence, Self::MediatorsEstimate, Self::Unknown]
            .into_iter()
            .find(|k| k.as_str() == word)
    }
}

/// What one issue contributes to a party's utility: `weight × value(option)`.
#[derive(Debug, Clone, PartialEq)]
pub struct IssueValue {
    /// Not negative.
    pub weight: Number,
    /// The value of each option.
    pub value: ValueFunction,
    /// How this is known.
    pub known: Known,
}

/// When an interaction's value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// All conditions hold (a bonus for a combination; GENIUS `INCLUDES`).
    All,
    /// Not all conditions hold (GENIUS `EXCLUDES`).
    NotAll,
}

/// A bonus or penalty for a combination of options over several issues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interaction {
    /// The combination; empty holds always.
    pub conditions: Vec<Condition>,
    /// When it counts.
    pub when: When,
    /// What it adds; may be negative.
    pub value: Number,
    /// How this is known.
    pub known: Known,
}

impl Interaction {
    /// Whether it counts for the outcome.
    #[must_use]
    pub fn counts(&self, outcome: &Outcome) -> bool {
        let all =
            self.conditions.iter().all(|c| outcome.option(c.issue).is_some_and(|o| c.holds(o)));
        all == (self.when == When::All)
    }
}

/// A combination a party never accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedLine {
    /// The combination; never all of these together. Not empty.
    pub conditions: Vec<Condition>,
    /// Why, in the party's words or the mediator's; may be empty.
    pub reason: String,
    /// How this is known.
    pub known: Known,
}

impl RedLine {
    /// Whether the outcome crosses it.
    #[must_use]
    pub fn is_crossed(&self, outcome: &Outcome) -> bool {
        self.conditions.iter().all(|c| outcome.option(c.issue).is_some_and(|o| c.holds(o)))
    }
}

/// A party's preferences as numbers.
///
/// `utility(x) = min(cap, constant + Σ_issues weight × value(x_issue) + Σ interactions that count)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Utility {
    /// Added to every outcome.
    pub constant: Number,
    /// Per issue, in issue order; `None` where the issue is worth nothing to the party.
    pub issues: Vec<Option<IssueValue>>,
    /// Bonuses and penalties for combinations.
    pub interactions: Vec<Interaction>,
    /// No outcome is worth more than this, if given (GENIUS hyper-rectangles: 1).
    pub cap: Option<Number>,
    /// The utility of no agreement.
    pub reservation: Number,
    /// How the reservation value is known.
    pub reservation_known: Known,
    /// What a utility is worth one period later, from 0 to 1; 1 where nothing is lost.
    pub discount: Number,
}

impl Utility {
    /// Nothing is worth anything yet; no agreement is worth zero.
    #[must_use]
    pub fn new(issues: usize) -> Self {
        Self {
            constant: Number::zero(),
            issues: vec![None; issues],
            interactions: Vec::new(),
            cap: None,
            reservation: Number::zero(),
            reservation_known: Known::Unknown,
            discount: Number::one(),
        }
    }

    /// The utility of an outcome to party `party` of `scenario`: exact where every part is.
    #[must_use]
    pub fn of(&self, scenario: &Scenario, party: usize, outcome: &Outcome) -> Evaluated {
        let mut total = Evaluated::Exact(self.constant.clone());
        for (index, value) in self.issues.iter().enumerate() {
            let (Some(value), Some(issue)) = (value, scenario.issues().get(index)) else {
                continue;
            };
            let worth = match outcome.0.get(index) {
                Some(Choice::Option(option)) => value.value.at(issue, *option),
                Some(Choice::Shares(shares)) => shares
                    .get(party)
                    .map_or(Evaluated::Exact(Number::zero()), |s| value.value.of_share(s)),
                None => continue,
            };
            total = total.plus(&worth.times(&value.weight));
        }
        for interaction in self.interactions.iter().filter(|i| i.counts(outcome)) {
            total = total.plus(&Evaluated::Exact(interaction.value.clone()));
        }
        match &self.cap {
            Some(cap) => total.at_most(cap),
            None => total,
        }
    }
}

/// What is stated of a party's preferences.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// Numbers for everything.
    Utility(Box<Utility>),
    /// What the party said; the rest is open.
    Partial(Partial),
}

/// One party's private preferences.
#[derive(Debug, Clone, PartialEq)]
pub struct Preferences {
    /// How much is worth what.
    pub statement: Statement,
    /// What the party never accepts.
    pub red_lines: Vec<RedLine>,
}

impl Preferences {
    /// Numeric preferences without red lines.
    #[must_use]
    pub fn from_utility(utility: Utility) -> Self {
        Self { statement: Statement::Utility(Box::new(utility)), red_lines: Vec::new() }
    }

    /// The numeric part, if there is one.
    #[must_use]
    pub fn utility(&self) -> Option<&Utility> {
        match &self.statement {
            Statement::Utility(utility) => Some(utility),
            Statement::Partial(_) => None,
        }
    }

    /// What was said, where that is not all in numbers.
    #[must_use]
    pub fn partial(&self) -> Option<&Partial> {
        match &self.statement {
            Statement::Partial(partial) => Some(partial),
            Statement::Utility(_) => None,
        }
    }
}
