//! Partial preferences: what a party said, where it gave no numbers for all of it.
//!
//! A list of judgements, each with how it is known; from a full order of
//! everything to nothing at all. What they leave open stays open: no value is
//! filled in. Orders ("ordinal preferences") are judgements like the others.

use crate::issue::Issue;
use crate::number::Number;
use crate::outcome::Outcome;
use crate::preference::Known;
use std::collections::HashSet;

/// An order with ties: tiers of indices, best tier first.
pub type Tiers = Vec<Vec<usize>>;

/// Whether tiers put some of `n` things in order: each once at most, no tier empty.
#[must_use]
pub fn is_order_of_some(tiers: &Tiers, n: usize) -> bool {
    let mut seen = HashSet::new();
    tiers.iter().all(|tier| !tier.is_empty())
        && tiers.iter().flatten().all(|&thing| thing < n && seen.insert(thing))
}

/// Whether tiers put all of `n` things in order.
#[must_use]
pub fn is_order(tiers: &Tiers, n: usize) -> bool {
    is_order_of_some(tiers, n) && tiers.iter().map(Vec::len).sum::<usize>() == n
}

/// Whole outcomes by preference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// Tiers of outcomes, best first; an outcome occurs once at most.
    pub tiers: Vec<Vec<Outcome>>,
    /// How many tiers the party takes rather than no agreement; the rest it
    /// would refuse. All of them when the party did not say.
    pub acceptable_tiers: usize,
}

/// An option for some of the issues: `(issue, option)`, ascending by issue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct PartialOutcome(Vec<(usize, usize)>);

impl PartialOutcome {
    /// From choices in any order; a repeated issue keeps its first option.
    #[must_use]
    pub fn new(choices: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut choices: Vec<_> = choices.into_iter().collect();
        choices.sort_by_key(|&(issue, _)| issue);
        choices.dedup_by_key(|&mut (issue, _)| issue);
        Self(choices)
    }

    /// The options of a whole outcome.
    #[must_use]
    pub fn whole(outcome: &Outcome) -> Self {
        Self((0..outcome.0.len()).filter_map(|i| Some((i, outcome.option(i)?))).collect())
    }

    /// Issue and option, ascending by issue.
    #[must_use]
    pub fn choices(&self) -> &[(usize, usize)] {
        &self.0
    }
}

/// How the left side of a comparison stands to the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Left is better.
    Better,
    /// Neither is better.
    Equal,
    /// Right is better.
    Worse,
}

/// What a party would not speak about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// What no agreement is worth.
    NoAgreement,
    /// Which issues matter more.
    IssueOrder,
    /// One issue, by index.
    Issue(usize),
}

/// One thing that is said of a party's preferences.
///
/// Utility is read as additive over the issues. The *swing* of an issue is
/// the gain from its worst to its best option; all swings sum to one.
#[derive(Debug, Clone, PartialEq)]
pub enum Judgement {
    /// A stated position: no option of the issue is better for the party.
    Position {
        /// The issue.
        issue: usize,
        /// What the party asks for.
        option: usize,
    },
    /// All options of an issue by preference, other issues being equal.
    OptionOrder {
        /// The issue.
        issue: usize,
        /// Its options.
        tiers: Tiers,
    },
    /// Issues by swing; issues left out may stand anywhere.
    IssueOrder {
        /// Two issues at least.
        tiers: Tiers,
    },
    /// The issue's share of the total swing.
    WeightRange {
        /// The issue.
        issue: usize,
        /// At least so much.
        low: Number,
        /// At most so much.
        high: Number,
    },
    /// The value of an option within its issue: worst 0, best 1.
    ValueRange {
        /// The issue.
        issue: usize,
        /// The option.
        option: usize,
        /// At least so much.
        low: Number,
        /// At most so much.
        high: Number,
    },
    /// The reservation value, where the worst options of all issues together
    /// are worth 0 and the best 1.
    ReservationRange {
        /// At least so much.
        low: Number,
        /// At most so much.
        high: Number,
    },
    /// Two partial outcomes compared; issues not named are equal on both sides.
    Compare {
        /// One side.
        left: PartialOutcome,
        /// The other; names the same issues.
        right: PartialOutcome,
        /// How left stands to right.
        relation: Relation,
    },
    /// The party would take this whole outcome rather than no agreement.
    Accepts {
        /// Settles every issue.
        outcome: Outcome,
    },
    /// The party would rather have no agreement.
    Rejects {
        /// Settles every issue.
        outcome: Outcome,
    },
    /// Whole outcomes in order, and which of them the party would take.
    Ranking(Ranking),
    /// The party was asked and would not say.
    Declined(Topic),
}

impl Judgement {
    /// What it is about, in a few words, for messages.
    #[must_use]
    pub fn in_words(&self, issues: &[Issue]) -> String {
        let name = |issue: usize| issues.get(issue).map_or("?", |i| i.name.as_str());
        let option = |issue: usize, option: usize| {
            issues.get(issue).map_or_else(String::new, |i| i.option_name(option))
        };
        let bundle = |choices: &PartialOutcome| -> String {
            let all: Vec<String> =
                choices.0.iter().map(|&(i, o)| format!("{}: {}", name(i), option(i, o))).collect();
            format!("{{{}}}", all.join(", "))
        };
        match self {
            Self::Position { issue, option: o } => {
                format!("the position `{}` on `{}`", option(*issue, *o), name(*issue))
            }
            Self::OptionOrder { issue, .. } => format!("the order of `{}`", name(*issue)),
            Self::IssueOrder { .. } => "the order of issues".into(),
            Self::WeightRange { issue, low, high } => {
                format!("the weight of `{}` ({low} to {high})", name(*issue))
            }
            Self::ValueRange { issue, option: o, low, high } => {
                format!("the value of `{}: {}` ({low} to {high})", name(*issue), option(*issue, *o))
            }
            Self::ReservationRange { low, high } => {
                format!("the reservation value ({low} to {high})")
            }
            Self::Compare { left, right, relation } => {
                let word = match relation {
                    Relation::Better => "better than",
                    Relation::Equal => "as good as",
                    Relation::Worse => "worse than",
                };
                format!("{} {word} {}", bundle(left), bundle(right))
            }
            Self::Accepts { outcome } => {
                format!("that it takes {}", bundle(&PartialOutcome::whole(outcome)))
            }
            Self::Rejects { outcome } => {
                format!("that it refuses {}", bundle(&PartialOutcome::whole(outcome)))
            }
            Self::Ranking(_) => "the ranking of outcomes".into(),
            Self::Declined(_) => "what it would not say".into(),
        }
    }
}

/// A judgement with how it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// What is said.
    pub judgement: Judgement,
    /// How it is known.
    pub known: Known,
}

/// All that is said of a party's preferences besides its red lines; may be nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Partial {
    /// In the order in which they were given.
    pub statements: Vec<Stated>,
}

impl Partial {
    /// The same judgements, all known in one way.
    #[must_use]
    pub fn known_as(known: Known, judgements: impl IntoIterator<Item = Judgement>) -> Self {
        let statements =
            judgements.into_iter().map(|judgement| Stated { judgement, known }).collect();
        Self { statements }
    }

    /// The judgements alone.
    pub fn judgements(&self) -> impl Iterator<Item = &Judgement> {
        self.statements.iter().map(|s| &s.judgement)
    }

    /// The order of an issue's options, if stated.
    #[must_use]
    pub fn option_order(&self, issue: usize) -> Option<&Tiers> {
        self.judgements().find_map(|j| match j {
            Judgement::OptionOrder { issue: i, tiers } if *i == issue => Some(tiers),
            _ => None,
        })
    }

    /// The order of issues, if stated.
    #[must_use]
    pub fn issue_order(&self) -> Option<&Tiers> {
        self.judgements().find_map(|j| match j {
            Judgement::IssueOrder { tiers } => Some(tiers),
            _ => None,
        })
    }

    /// The ranking of whole outcomes, if stated.
    #[must_use]
    pub fn ranking(&self) -> Option<&Ranking> {
        self.judgements().find_map(|j| match j {
            Judgement::Ranking(ranking) => Some(ranking),
            _ => None,
        })
    }

    /// What still holds once an issue has left the table, with the issues
    /// behind it renumbered; and how many statements do not.
    ///
    /// Whole outcomes, weights and reservation values were stated for the
    /// whole table and do not.
    #[must_use]
    pub fn without_issue(&self, issue: usize) -> (Self, usize) {
        let kept: Vec<Stated> = self
            .statements
            .iter()
            .filter_map(|s| {
                let judgement = without_issue(&s.judgement, issue)?;
                Some(Stated { judgement, known: s.known })
            })
            .collect();
        let gone = self.statements.len() - kept.len();
        (Self { statements: kept }, gone)
    }
}

fn without_issue(judgement: &Judgement, gone: usize) -> Option<Judgement> {
    let moved = |issue: usize| (issue != gone).then(|| issue - usize::from(issue > gone));
    let mut kept = judgement.clone();
    match &mut kept {
        Judgement::Position { issue, .. }
        | Judgement::OptionOrder { issue, .. }
        | Judgement::ValueRange { issue, .. }
        | Judgement::Declined(Topic::Issue(issue)) => *issue = moved(*issue)?,
        Judgement::IssueOrder { tiers } => {
            for tier in tiers.iter_mut() {
                *tier = tier.iter().filter_map(|&i| moved(i)).collect();
            }
            tiers.retain(|t| !t.is_empty());
            if tiers.iter().flatten().count() < 2 {
                return None;
            }
        }
        Judgement::Compare { left, right, .. } => {
            for (issue, _) in left.0.iter_mut().chain(&mut right.0) {
                *issue = moved(*issue)?;
            }
        }
        Judgement::Declined(Topic::NoAgreement | Topic::IssueOrder) => {}
        Judgement::WeightRange { .. }
        | Judgement::ReservationRange { .. }
        | Judgement::Accepts { .. }
        | Judgement::Rejects { .. }
        | Judgement::Ranking(_) => return None,
    }
    Some(kept)
}
