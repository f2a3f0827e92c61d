//! What parties say: rankings, and answers about concrete deals.

use crate::space::{Deal, Space};
use detente_model::partial::{Tiers, is_order, is_order_of_some};

/// What a party says before the questions: orders, never numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rankings {
    /// Per issue of the [`Space`]: its options, best tier first, other issues
    /// being equal; `None` where the party would not say.
    pub options: Vec<Option<Tiers>>,
    /// The issues by what is at stake between their best and worst option,
    /// most first; `None` where the party would not say.
    pub issues: Option<Tiers>,
    /// What it would give up first: the issues by what the step from their
    /// best option to the next would cost it, least first. Issues without such
    /// a step may be left out; `None` where the party would not say.
    pub concessions: Option<Tiers>,
    /// Whether its worst deal is still better than no agreement.
    pub takes_worst: Option<bool>,
    /// How many issues, in the order of [`Self::issues`], must be settled as it
    /// likes best for it to agree, were all others settled as it likes least:
    /// 0 where it takes its worst deal, one more than there are steps
    /// ([`Self::ladder`]) where it takes no deal; `None` where it would not say.
    pub limit: Option<usize>,
}

impl Rankings {
    /// A party that has said nothing.
    #[must_use]
    pub fn unsaid(space: &Space) -> Self {
        // Where there is one option there is one order.
        let order = |issue| (space.size(issue) == 1).then(|| vec![vec![0]]);
        Self { options: (0..space.issues()).map(order).collect(), ..Self::default() }
    }

    /// Deals from the worst to the best that its orders know: one issue after
    /// the other, the weightiest first, goes from its worst option to its
    /// best. `None` unless it ordered everything.
    #[must_use]
    pub fn ladder(&self) -> Option<Vec<Deal>> {
        let ends = |tiers: &Option<Tiers>| {
            let tiers = tiers.as_ref()?;
            Some((*tiers.first()?.first()?, *tiers.last()?.first()?, tiers.len() > 1))
        };
        let ends: Vec<_> = self.options.iter().map(ends).collect::<Option<_>>()?;
        let mut rung: Deal = ends.iter().map(|end| end.1).collect();
        let mut rungs = vec![rung.clone()];
        for issue in self.issues.as_ref()?.iter().flatten().filter(|issue| ends[**issue].2) {
            rung[*issue] = ends[*issue].0;
            rungs.push(rung.clone());
        }
        Some(rungs)
    }

    /// What [`Self::concessions`] and [`Self::limit`] say about whole deals, as
    /// answers to questions that were not put. A deal refused for a red line
    /// says nothing of what no agreement is worth: `crosses` tells which do.
    #[must_use]
    pub fn about_deals(&self, crosses: impl Fn(&[usize]) -> bool) -> Vec<(Question, Answer)> {
        let mut said = Vec::new();
        if let (Some(rungs), Some(limit)) = (self.ladder(), self.limit) {
            // No party is thought to refuse even its best deal: there the one before says most.
            let below = limit.min(rungs.len() - 1);
            let refused = rungs[..below].iter().rev().find(|rung| !crosses(rung));
            said.extend(refused.map(|deal| (Question::Accept(deal.clone()), Answer::Second)));
            let taken = rungs.get(limit);
            said.extend(taken.map(|deal| (Question::Accept(deal.clone()), Answer::First)));
        }
        let steps = self.concessions.iter().flatten().map(|tier| {
            tier.iter().filter_map(|&issue| self.one_step_down(issue)).collect::<Vec<Deal>>()
        });
        let steps: Vec<Vec<Deal>> = steps.filter(|tier| !tier.is_empty()).collect();
        for same in steps.iter().flat_map(|tier| tier.windows(2)) {
            let question = Question::Compare(same[0].clone(), same[1].clone());
            said.push((question, Answer::Equal));
        }
        for next in steps.windows(2) {
            let question = Question::Compare(next[0][0].clone(), next[1][0].clone());
            said.push((question, Answer::First));
        }
        said
    }

    /// Its best deal but for one issue, which goes to its next best option.
    #[must_use]
    pub fn one_step_down(&self, issue: usize) -> Option<Deal> {
        let best = |tiers: &Option<Tiers>| tiers.as_ref()?.first()?.first().copied();
        let mut deal: Deal = self.options.iter().map(best).collect::<Option<_>>()?;
        *deal.get_mut(issue)? = *self.options[issue].as_ref()?.get(1)?.first()?;
        Some(deal)
    }

    /// How many single answers these are worth: one per item put in its place
    /// after the first, one for where no agreement stands.
    #[must_use]
    pub fn answers(&self) -> usize {
        let placed = |tiers: &Tiers| tiers.iter().map(Vec::len).sum::<usize>().saturating_sub(1);
        self.options.iter().flatten().map(placed).sum::<usize>()
            + self.issues.as_ref().map_or(0, placed)
            + self.concessions.as_ref().map_or(0, placed)
            + usize::from(self.takes_worst.is_some() || self.limit.is_some())
    }

    /// Whether every tier names each option (or issue) once, where nothing may
    /// be left out all of them, and the limit is one.
    #[must_use]
    pub fn fits(&self, space: &Space) -> bool {
        self.options.len() == space.issues()
            && self
                .options
                .iter()
                .enumerate()
                .all(|(issue, tiers)| tiers.as_ref().is_none_or(|t| is_order(t, space.size(issue))))
            && self.issues.as_ref().is_none_or(|t| is_order(t, space.issues()))
            && self.concessions.as_ref().is_none_or(|t| is_order_of_some(t, space.issues()))
            && self.limit.is_none_or(|limit| {
                limit <= self.ladder().map_or(space.issues() + 1, |rungs| rungs.len())
            })
    }
}

/// A question about concrete deals.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Question {
    /// Which of these two deals would you rather have?
    Compare(Deal, Deal),
    /// Would you take this deal rather than none?
    Accept(Deal),
    /// A standard gamble: this deal for sure, or coins tossed, `heads` where all
    /// show heads, else `tails`, or no agreement where that is `None`?
    Toss {
        /// How many: 1 or 2, for an even chance or one in four.
        coins: u8,
        /// What is had for sure.
        sure: Deal,
        /// What all heads bring.
        heads: Deal,
        /// What anything else brings.
        tails: Option<Deal>,
    },
}

impl Question {
    /// The deals it names.
    pub fn deals(&self) -> impl Iterator<Item = &Deal> {
        self.margin().0.into_iter().map(|part| part.0)
    }

    /// By how much the first side is better: deals with the factors of their
    /// utilities, and the factor of the reservation value.
    #[must_use]
    pub fn margin(&self) -> (Vec<(&Deal, f64)>, f64) {
        match self {
            Self::Compare(first, second) => (vec![(first, 1.0), (second, -1.0)], 0.0),
            Self::Accept(deal) => (vec![(deal, 1.0)], -1.0),
            Self::Toss { coins, sure, heads, tails } => {
                let chance = 0.5_f64.powi(i32::from(*coins));
                let mut deals = vec![(sure, 1.0), (heads, -chance)];
                match tails {
                    Some(tails) => {
                        deals.push((tails, chance - 1.0));
                        (deals, 0.0)
                    }
                    None => (deals, chance - 1.0),
                }
            }
        }
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
