//! One party's own utility: all that a negotiator ever knows of anybody's preferences.

use crate::ranked::{Descending, Sorted};
use crate::table::{Package, Table};
use detente_analysis::problem::{Literal, Origin, Problem, Scale, averaged, holds};
use std::sync::{Arc, OnceLock};

/// A value that counts when all literals hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bonus {
    pub(crate) literals: Vec<Literal>,
    pub(crate) value: i64,
}

/// One party's utility over the packages of a table, in scaled whole numbers,
/// with its reservation value and red lines. Nothing of any other party is in it.
#[derive(Debug, Clone)]
pub struct OwnUtility {
    table: Arc<Table>,
    pub(crate) rows: Vec<Vec<i64>>,
    pub(crate) bonuses: Vec<Bonus>,
    pub(crate) constant: i64,
    cap: Option<i64>,
    reservation: i64,
    red_lines: Vec<Vec<Literal>>,
    scale: Scale,
    /// The acceptable packages in order, once somebody asked: matches share it.
    sorted: OnceLock<Option<Arc<Sorted>>>,
    best: OnceLock<Option<(i64, Package)>>,
}

impl OwnUtility {
    pub(crate) fn new(problem: &Problem, party: usize, table: Arc<Table>) -> Self {
        let row = |t: &Vec<i64>| t.iter().skip(party).step_by(problem.parties).copied().collect();
        let own = |o: Origin| matches!(o, Origin::RedLine(whose, _) if whose == party);
        let bonuses = problem.factors.iter().filter(|f| f.party == party);
        let lines = problem.red_lines.iter().filter(|r| own(r.origin));
        Self {
            table,
            rows: problem.tables.iter().map(row).collect(),
            bonuses: bonuses
                .map(|f| Bonus { literals: f.literals.clone(), value: f.value })
                .collect(),
            constant: problem.constants[party],
            cap: problem.caps[party],
            reservation: problem.reservations[party],
            red_lines: lines.map(|r| r.literals.clone()).collect(),
            scale: problem.scales[party].clone(),
            sorted: OnceLock::new(),
            best: OnceLock::new(),
        }
    }

    /// The table it is about.
    #[must_use]
    pub fn table(&self) -> &Arc<Table> {
        &self.table
    }

    /// The scaled utility of a package of the table.
    #[must_use]
    pub fn utility(&self, package: &Package) -> i64 {
        let mut total = self.constant;
        for (row, &option) in self.rows.iter().zip(&package.0) {
            total += row[option];
        }
        for bonus in &self.bonuses {
            if holds(&bonus.literals, &package.0) {
                total += bonus.value;
            }
        }
        self.capped(total)
    }

    pub(crate) fn capped(&self, utility: i64) -> i64 {
        self.cap.map_or(utility, |cap| utility.min(cap))
    }

    /// The scaled utility of no agreement.
    #[must_use]
    pub fn reservation(&self) -> i64 {
        self.reservation
    }

    /// Whether a package crosses one of this party's red lines.
    #[must_use]
    pub fn crosses_red_line(&self, package: &Package) -> bool {
        self.red_lines.iter().any(|line| holds(line, &package.0))
    }

    /// Worth at least no agreement, and within the red lines.
    #[must_use]
    pub fn is_acceptable(&self, package: &Package) -> bool {
        self.utility(package) >= self.reservation && !self.crosses_red_line(package)
    }

    /// In the party's own units.
    #[must_use]
    pub fn in_own_units(&self, utility: i64) -> f64 {
        self.scale.to_f64(utility)
    }

    /// Scaled units per unit of the party's own.
    #[must_use]
    pub fn units_per_one(&self) -> f64 {
        self.scale.units_per_one()
    }

    /// What each option adds, the others drawn evenly where issues interact.
    #[must_use]
    pub(crate) fn on_average(&self) -> Vec<Vec<f64>> {
        let rows = self.rows.iter().map(|row| row.iter().map(|&v| v as f64).collect()).collect();
        averaged(rows, self.bonuses.iter().map(|b| (b.literals.as_slice(), b.value)))
    }

    /// No package is worth less (a bound; exact without interactions).
    #[must_use]
    pub fn lowest(&self) -> i64 {
        let rows: i64 = self.rows.iter().filter_map(|row| row.iter().min()).sum();
        let bonuses: i64 = self.bonuses.iter().map(|b| b.value.min(0)).sum();
        self.capped(self.constant + rows + bonuses)
    }

    /// The acceptable feasible packages, best first, worked out as they are asked for.
    #[must_use]
    pub fn descending(&self) -> Descending {
        Descending::new(self)
    }

    /// The best acceptable feasible package and its utility, or the best found
    /// where [`Descending::is_exact`] is false.
    #[must_use]
    pub fn best(&self) -> Option<&(i64, Package)> {
        self.best.get_or_init(|| self.descending().next()).as_ref()
    }

    /// All acceptable feasible packages in order; `None` when there are too many packages.
    pub(crate) fn sorted(&self) -> Option<Arc<Sorted>> {
        self.sorted.get_or_init(|| Sorted::new(self).map(Arc::new)).clone()
    }
}
