//! Linear programs in doubles: an interior-point solver (Clarabel) behind the
//! few words needed here. Deterministic; every solution is checked by its
//! duality gap before it is used.

use crate::error::LeakError;
use clarabel::algebra::CscMatrix;
use clarabel::solver::{
    DefaultSettings, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus, SupportedConeT,
    ZeroConeT,
};

type Terms = Vec<(usize, f64)>;

/// Maximise Σ objective × x over x ≥ 0 under equations and inequalities.
pub(crate) struct Program {
    pub(crate) objective: Vec<f64>,
    equalities: Vec<(Terms, f64)>,
    upper: Vec<(Terms, f64)>,
}

/// An optimal solution.
pub(crate) struct Solved {
    pub(crate) variables: Vec<f64>,
    /// Multiplier per equation, then per inequality, in the order they were
    /// added: the reduced worth of a new variable is its objective less
    /// Σ multiplier × coefficient.
    pub(crate) multipliers: Vec<f64>,
}

/// Precisions asked of the solver in turn: beyond what doubles allow in a
/// program it may end further from the optimum than where less is asked.
const PRECISIONS: [f64; 2] = [1e-10, 1e-8];
/// Relative difference of primal and dual objective that is still an optimum.
const GAP: f64 = 1e-7;
/// The same where no precision reached that.
const ROUGH_GAP: f64 = 1e-5;

impl Program {
    pub(crate) fn new(variables: usize) -> Self {
        Self { objective: vec![0.0; variables], equalities: Vec::new(), upper: Vec::new() }
    }

    pub(crate) fn equal(&mut self, terms: Terms, right: f64) {
        self.equalities.push((terms, right));
    }

    pub(crate) fn at_most(&mut self, terms: Terms, right: f64) {
        self.upper.push((terms, right));
    }

    pub(crate) fn maximise(&self) -> Result<Solved, LeakError> {
        let variables = self.objective.len();
        let own = self.equalities.len() + self.upper.len();
        let mut columns: Vec<Vec<(usize, f64)>> = vec![Vec::new(); variables];
        let rows = self.equalities.iter().chain(&self.upper);
        for (row, (terms, _)) in rows.clone().enumerate() {
            for &(variable, coefficient) in terms {
                columns[variable].push((row, coefficient));
            }
        }
        // x ≥ 0 as −x + slack = 0.
        let (mut starts, mut places, mut values) = (vec![0], Vec::new(), Vec::new());
        for (variable, column) in columns.iter().enumerate() {
            for &(row, coefficient) in column {
                places.push(row);
                values.push(coefficient);
            }
            places.push(own + variable);
            values.push(-1.0);
            starts.push(places.len());
        }
        let a = CscMatrix::new(own + variables, variables, starts, places, values);
        let mut b: Vec<f64> = rows.map(|(_, right)| *right).collect();
        b.extend(std::iter::repeat_n(0.0, variables));
        let cones: [SupportedConeT<f64>; 2] =
            [ZeroConeT(self.equalities.len()), NonnegativeConeT(self.upper.len() + variables)];
        let costs: Vec<f64> = self.objective.iter().map(|c| -c).collect();
        let quadratic = CscMatrix::zeros((variables, variables));
        let mut status = SolverStatus::Unsolved;
        let mut best: Option<(f64, Solved)> = None;
        for precision in PRECISIONS {
            let settings = DefaultSettings {
                verbose: false,
                tol_gap_abs: precision,
                tol_gap_rel: precision,
                tol_feas: precision,
                max_threads: 1,
                ..DefaultSettings::default()
            };
            let mut solver = DefaultSolver::new(&quadratic, &costs, &a, &b, &cones, settings)
                .map_err(|e| LeakError::Unsolved(e.to_string()))?;
            solver.solve();
            let solution = solver.solution;
            let (value, bound) = (-solution.obj_val, -solution.obj_val_dual);
            status = solution.status;
            let solved = matches!(status, SolverStatus::Solved | SolverStatus::AlmostSolved);
            let gap = (value - bound).abs() / (1.0 + value.abs());
            if solved && best.as_ref().is_none_or(|b| gap < b.0) {
                let multipliers = solution.z[..own].to_vec();
                best = Some((gap, Solved { variables: solution.x, multipliers }));
            }
            if best.as_ref().is_some_and(|b| b.0 <= GAP) {
                break;
            }
        }
        if let Some((gap, solved)) = best
            && gap <= ROUGH_GAP
        {
            return Ok(solved);
        }
        Err(LeakError::Unsolved(format!("{status:?}")))
    }
}
