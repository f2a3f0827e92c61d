//! The lies that are tried: a stated class, the same for every procedure.

use crate::scenarios::Case;
use detente_analysis::Problem;
use detente_analysis::problem::{Forbidden, Literal, Origin};
use std::fmt;

/// One way not to tell the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    /// Claims that one issue matters three times as much as it does.
    Weight {
        /// The issue.
        issue: usize,
    },
    /// Claims a reservation value so many hundredths of the way to its best package.
    Reservation {
        /// Hundredths.
        hundredths: i64,
    },
    /// Claims never to accept the option of an issue that it likes least.
    RedLine {
        /// The issue.
        issue: usize,
    },
}

/// The three kinds, for tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Exaggerated weights.
    Weights,
    /// Hidden flexibility.
    Flexibility,
    /// False red lines.
    RedLines,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Weights => "exaggerated weights",
            Self::Flexibility => "hidden flexibility",
            Self::RedLines => "false red lines",
        })
    }
}

impl Lie {
    /// Every lie of the class: `2 × issues + 3`.
    #[must_use]
    pub fn all(problem: &Problem) -> Vec<Self> {
        let issues = 0..problem.issues.len();
        let mut lies: Vec<Self> = issues.clone().map(|issue| Self::Weight { issue }).collect();
        lies.extend([25, 50, 75].map(|hundredths| Self::Reservation { hundredths }));
        lies.extend(issues.map(|issue| Self::RedLine { issue }));
        lies
    }

    /// Which kind it is of.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Weight { .. } => Kind::Weights,
            Self::Reservation { .. } => Kind::Flexibility,
            Self::RedLine { .. } => Kind::RedLines,
        }
    }

    /// The case as it would look if this party told the lie.
    #[must_use]
    pub fn told(self, case: &Case, party: usize) -> Problem {
        let mut told = case.problem.clone();
        let parties = told.parties;
        match self {
            Self::Weight { issue } => {
                let column = told.tables[issue].iter_mut().skip(party).step_by(parties);
                column.for_each(|value| *value *= 3);
            }
            Self::Reservation { hundredths } => {
                let own = &case.own[party];
                let floor = own.reservation().max(own.lowest());
                let best = own.best().map_or(floor, |best| best.0);
                told.reservations[party] = floor + (best - floor) * hundredths / 100;
            }
            Self::RedLine { issue } => {
                let options = 0..told.size(issue);
                let least = options.clone().min_by_key(|&o| told.row(issue, o)[party]);
                let mask = options.map(|option| Some(option) == least).collect();
                let literals = vec![Literal { issue, mask }];
                let origin = Origin::RedLine(party, usize::MAX);
                told.red_lines.push(Forbidden { literals, origin });
            }
        }
        told
    }
}
