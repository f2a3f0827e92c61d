//! What parties say: rankings, and answers about concrete deals.

use crate::space::{Deal, Space};
use detente_model::partial::Tiers;

/// What a party says before the questions: orders, never numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rankings {
    /// Per issue of the [`Space`]: its options, best tier first, other issues
    /// being equal; `None` where the party would not say.
    pub options: Vec<Option<Tiers>>,
    /// The issues by what is at stake between their best and worst option,
    /// most first; `None` where the party would not say.
    pub issues: Option<Tiers>,
    /// Whether its worst deal is still better than no agreement.
    pub takes_worst: Option<bool>,
}

impl Rankings {
    /// A party that has said nothing.
    #[must_use]
    pub fn unsaid(space: &Space) -> Self {
        Self { options: vec![None; space.issues()], issues: None, takes_worst: None }
    }

    /// How many single answers these are worth: one per item put in its place
    /// after the first, one for the worst deal.
    #[must_use]
    pub fn answers(&self) -> usize {
        let placed = |tiers: &Tiers| tiers.iter().map(Vec::len).sum::<usize>().saturating_sub(1);
        self.options.iter().flatten().map(placed).sum::<usize>()
            + self.issues.as_ref().map_or(0, placed)
            + usize::from(self.takes_worst.is_some())
    }

    /// Whether every tier names each option (or issue) once.
    #[must_use]
    pub fn fits(&self, space: &Space) -> bool {
        let is_order = |tiers: &Tiers, n: usize| {
            let mut all: Vec<usize> = tiers.iter().flatten().copied().collect();
            all.sort_unstable();
            all.into_iter().eq(0..n) && tiers.iter().all(|t| !t.is_empty())
        };
        self.options.len() == space.issues()
            && self
                .options
                .iter()
                .enumerate()
                .all(|(issue, tiers)| tiers.as_ref().is_none_or(|t| is_order(t, space.size(issue))))
            && self.issues.as_ref().is_none_or(|t| is_order(t, space.issues()))
    }
}

/// A question about concrete deals.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Question {
    /// Which of these two deals would you rather have?
    Compare(Deal, Deal),
    /// Would you take this deal rather than none?
    Accept(Deal),
}

impl Question {
    /// The deals it names.
    pub fn deals(&self) -> impl Iterator<Item = &Deal> {
        let (first, second) = match self {
            Self::Compare(first, second) => (first, Some(second)),
            Self::Accept(deal) => (deal, None),
        };
        std::iter::once(first).chain(second)
    }
}

/// An answer to a [`Question`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The first deal; or: yes, I would take it.
    First,
    /// The second deal; or: no, rather no agreement.
    Second,
    /// The two are worth the same.
    Equal,
    /// The party cannot tell.
    CannotSay,
    /// The party does not want to tell.
    Refused,
}

impl Answer {
    /// Whether anything is learnt from it.
    #[must_use]
    pub fn tells(self) -> bool {
        matches!(self, Self::First | Self::Second | Self::Equal)
    }
}
