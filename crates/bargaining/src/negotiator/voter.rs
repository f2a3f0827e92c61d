//! Voters on a single text, and the mediator who drafts blindly
//! (Klein, Faratin, Sayama & Bar-Yam 2003).

use crate::chance::Chance;
use crate::own::OwnUtility;
use crate::play::Participant;
use crate::protocol::single_text::{Move, SingleText, View};
use crate::table::{Package, Table};
use std::fmt;
use std::sync::Arc;

/// The share of a party's range that an annealer's temperature begins at.
const WARM: f64 = 0.3;

/// How a party votes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Vote {
    /// For what is no worse than what stands.
    HillClimbing,
    /// Also for what is worse by `d`, with probability `exp(−d / T)`, where `T`
    /// falls from the first draft to the last in a straight line to zero. It
    /// begins at this many of the party's own units; by default at three
    /// tenths of its range.
    Annealing(Option<f64>),
}

impl Vote {
    /// The names in commands and files.
    pub const NAMES: [&'static str; 2] = ["hill-climbing", "annealing"];

    /// The reverse of the name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "hill-climbing" => Some(Self::HillClimbing),
            "annealing" => Some(Self::Annealing(None)),
            _ => None,
        }
    }
}

impl fmt::Display for Vote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [climbing, annealing] = Self::NAMES;
        f.write_str(if *self == Self::HillClimbing { climbing } else { annealing })
    }
}

/// A party that votes on drafts.
///
/// Before any text stands it compares with no agreement. It never votes for
/// what is unacceptable to it, unless the standing text is so already.
#[derive(Debug)]
pub struct Voter {
    own: OwnUtility,
    /// In scaled units; 0 for a hill climber.
    temperature: f64,
    chance: Chance,
}

impl Voter {
    /// A party that has this utility.
    #[must_use]
    pub fn new(own: &OwnUtility, vote: Vote, chance: Chance) -> Self {
        let temperature = match vote {
            Vote::HillClimbing => 0.0,
            Vote::Annealing(Some(units)) => units * own.units_per_one(),
            Vote::Annealing(None) => {
                let best = own.best().map_or(own.reservation(), |best| best.0);
                (best - own.lowest()).max(0) as f64 * WARM
            }
        };
        Self { own: own.clone(), temperature, chance }
    }
}

impl Participant<SingleText> for Voter {
    fn act(&mut self, view: &View<'_>) -> Move {
        let Some(question) = view.question else { return Move::Vote(false) };
        if view.is_final {
            return Move::Vote(self.own.is_acceptable(question));
        }
        let stands = view.standing.map_or(self.own.reservation(), |s| self.own.utility(s));
        let loss = (stands - self.own.utility(question)) as f64;
        let left = 1.0 - f64::from(view.tabled) / f64::from(view.drafts);
        let temperature = self.temperature * left;
        let yes =
            loss <= 0.0 || temperature > 0.0 && self.chance.unit() < (-loss / temperature).exp();
        // From an unacceptable text any way out will do.
        let stuck = view.standing.is_some_and(|s| !self.own.is_acceptable(s));
        Move::Vote(yes && (self.own.is_acceptable(question) || stuck))
    }
}

/// A mediator who knows nothing: any feasible package until one stands, then
/// the standing text with one issue settled otherwise (or two: [`Self::trading`]).
#[derive(Debug)]
pub struct BlindDrafter {
    table: Arc<Table>,
    chance: Chance,
    trades: bool,
}

/// So many draws before the mediator has no further draft.
const DRAWS: usize = 1_000;

impl BlindDrafter {
    /// At this table.
    #[must_use]
    pub fn new(table: Arc<Table>, chance: Chance) -> Self {
        Self { table, chance, trades: false }
    }

    /// Settles two issues otherwise in every other draft: one for the other is
    /// what is left to gain once a deal is signed.
    #[must_use]
    pub fn trading(self) -> Self {
        Self { trades: true, ..self }
    }

    /// Settles one issue otherwise.
    fn change(&mut self, draft: &mut Package, standing: &Package) {
        let issue = self.chance.below(self.table.issues());
        let others = self.table.size(issue) - 1;
        if others > 0 {
            let option = self.chance.below(others);
            draft.0[issue] = option + usize::from(option >= standing.0[issue]);
        }
    }

    fn draft(&mut self, standing: Option<&Package>) -> Package {
        let Some(standing) = standing else {
            let sizes = (0..self.table.issues()).map(|issue| self.table.size(issue));
            return Package(sizes.map(|n| self.chance.below(n)).collect());
        };
        let mut draft = standing.clone();
        self.change(&mut draft, standing);
        if self.trades && self.chance.below(2) == 0 {
            self.change(&mut draft, standing);
        }
        draft
    }
}

impl Participant<SingleText> for BlindDrafter {
    fn act(&mut self, view: &View<'_>) -> Move {
        for _ in 0..DRAWS {
            let draft = self.draft(view.standing);
            if Some(&draft) != view.standing && self.table.is_feasible(&draft) {
                return Move::Draft(draft);
            }
        }
        Move::Rest
    }
}
