//! Utilities put on one scale: 0 is no deal, 100 is a side's best.

use crate::extras::Extras;
use detente_analysis::Solved;

/// What 100 stands for on a side's scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hundred {
    /// Its best deal among those acceptable to all.
    BestAcceptable,
    /// No deal is acceptable to all: the range of its utilities among the deals shown.
    RangeShown,
}

/// The value of one side; not a number where it is not known.
pub(crate) fn value_at(values: &[f64], side: usize) -> f64 {
    values.get(side).copied().unwrap_or(f64::NAN)
}

/// Every side's scale.
#[derive(Debug, Clone)]
pub(crate) struct Gains {
    reservations: Vec<f64>,
    lengths: Vec<f64>,
    /// What 100 stands for.
    pub(crate) hundred: Hundred,
}

impl Gains {
    /// The scales for what `solve` found.
    pub(crate) fn new(solved: &Solved, extras: &Extras) -> Self {
        let sides = solved.reservations.len();
        let hundred = if solved.ideals.len() == sides {
            Hundred::BestAcceptable
        } else {
            Hundred::RangeShown
        };
        let lengths = (0..sides).map(|side| {
            let reservation = solved.reservations[side];
            if hundred == Hundred::BestAcceptable && solved.ideals[side] > reservation {
                return solved.ideals[side] - reservation;
            }
            let given = extras.given.as_ref().map(|g| &g.deal);
            let shown = solved.frontier.deals.iter().chain(given);
            let (low, high) = shown
                .filter_map(|d| d.utilities.get(side).copied())
                .fold((reservation, reservation), |(l, h), u| (l.min(u), h.max(u)));
            if high > low { high - low } else { 1.0 }
        });
        Self { lengths: lengths.collect(), reservations: solved.reservations.clone(), hundred }
    }

    /// The gain over no deal, in per cent of the scale.
    pub(crate) fn percent(&self, side: usize, utility: f64) -> f64 {
        match (self.reservations.get(side), self.lengths.get(side)) {
            (Some(reservation), Some(length)) => (utility - reservation) / length * 100.0,
            _ => f64::NAN,
        }
    }

    /// Every side's gain from a deal.
    pub(crate) fn of(&self, utilities: &[f64]) -> Vec<f64> {
        utilities.iter().enumerate().map(|(side, u)| self.percent(side, *u)).collect()
    }

    /// What the scale means, in words.
    pub(crate) fn meaning(&self) -> &'static str {
        match self.hundred {
            Hundred::BestAcceptable => {
                "0 is no deal, 100 is the side’s best deal among those acceptable to all"
            }
            Hundred::RangeShown => {
                "0 is no deal; 100 steps are the whole range of the side’s utilities among the deals shown"
            }
        }
    }
}
