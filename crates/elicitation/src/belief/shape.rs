//! How a party's levels within an issue are spaced.
//!
//! Score sheets are very often even (5, 4, 3, 2, 1), or every step down costs
//! more than the one before, or less; others follow no rule. Each issue has
//! one of these shapes, and a party that has spaced one issue in some way is
//! likelier to have spaced the next so (a Pólya urn).

use super::frame::{Frame, Kind};
use crate::random::Random;

/// How the gaps between an issue's levels are distributed: Dirichlet, with
/// parameters that follow one of these rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Anything: evenly over the simplex.
    Any,
    /// About equal gaps.
    Even,
    /// Gaps that grow steadily towards the worst option.
    TowardsWorst,
    /// Gaps that grow steadily towards the best option.
    TowardsBest,
    /// Most of the range lies above the worst option.
    WorstApart,
    /// Most of the range lies below the best option.
    BestApart,
}

/// Every shape, with the balls it begins with in the urn.
const SHAPES: [(Shape, f64); 6] = [
    (Shape::Any, 1.0),
    (Shape::Even, 1.0),
    (Shape::TowardsWorst, 0.25),
    (Shape::TowardsBest, 0.25),
    (Shape::WorstApart, 0.25),
    (Shape::BestApart, 0.25),
];

/// Issues of more gaps are even enough without.
const MOST_GAPS: usize = 60;

impl Shape {
    /// The parameter of gap `gap` (from the worst option up) out of `gaps`.
    fn parameter(self, gap: usize, gaps: usize) -> usize {
        match self {
            Self::Any => 1,
            Self::Even => 16,
            Self::TowardsWorst => (24 * (gaps - gap) / (gaps + 1)).max(1),
            Self::WorstApart => [24, 8, 3].get(gap).copied().unwrap_or(1),
            Self::TowardsBest => Self::TowardsWorst.parameter(gaps - 1 - gap, gaps),
            Self::BestApart => Self::WorstApart.parameter(gaps - 1 - gap, gaps),
        }
    }
}

/// One shape's distribution over the gaps of one issue.
#[derive(Debug, Clone)]
struct Spacing {
    parameters: Vec<usize>,
    /// The density where each gap is its parameter's share, against the uniform one.
    density: f64,
}

impl Spacing {
    fn new(shape: Shape, gaps: usize) -> Self {
        let parameters: Vec<usize> = (0..gaps).map(|g| shape.parameter(g, gaps)).collect();
        let total: usize = parameters.iter().sum();
        // Γ(A) / Γ(k) Π (aᵢ/A)^(aᵢ-1) / Γ(aᵢ), factor by factor to stay in range.
        let mut density = 1.0;
        let mut n = 0;
        for (gap, &parameter) in parameters.iter().enumerate() {
            for t in 1..parameter {
                n += 1;
                density *= n as f64 * parameter as f64 / (t as f64 * total as f64);
            }
            if gap > 0 {
                n += 1;
                density *= n as f64 / gap as f64;
            }
        }
        Self { parameters, density }
    }

    /// The density of these gaps, against the uniform one.
    fn density(&self, gaps: &[f64]) -> f64 {
        let total = self.parameters.iter().sum::<usize>() as f64;
        let powers = gaps
            .iter()
            .zip(&self.parameters)
            .map(|(gap, &parameter)| power(gap * total / parameter as f64, parameter - 1));
        self.density * powers.product::<f64>()
    }
}

/// The spacings that one party's issues may have.
#[derive(Debug, Clone)]
pub(super) struct Shapes {
    /// Per issue and shape; empty where the question does not arise.
    spacings: Vec<Vec<Spacing>>,
}

impl Shapes {
    pub(super) fn new(frame: &Frame) -> Self {
        let mut spacings = vec![Vec::new(); frame.issues()];
        for block in &frame.blocks {
            if let Kind::Values(issue) = block.kind
                && (2..=MOST_GAPS).contains(&block.len)
            {
                spacings[issue] =
                    SHAPES.iter().map(|(shape, _)| Spacing::new(*shape, block.len)).collect();
            }
        }
        Self { spacings }
    }

    /// The Dirichlet parameter of a gap.
    pub(super) fn parameter(&self, issue: usize, shape: Option<usize>, gap: usize) -> usize {
        shape.map_or(1, |s| self.spacings[issue][s].parameters[gap])
    }

    /// The Dirichlet parameters of all gaps of an issue.
    pub(super) fn parameters(&self, issue: usize, shape: Option<usize>, gaps: usize) -> Vec<usize> {
        (0..gaps).map(|g| self.parameter(issue, shape, g)).collect()
    }

    /// The balls in the urn by shape, given the shapes of the party's other issues.
    fn prior(shapes: &[Option<usize>], issue: usize) -> [f64; SHAPES.len()] {
        let mut balls = SHAPES.map(|s| s.1);
        for (other, shape) in shapes.iter().enumerate() {
            if let Some(shape) = shape
                && other != issue
            {
                balls[*shape] += 1.0;
            }
        }
        balls
    }

    /// Draws an issue's shape from the prior given the others drawn so far.
    pub(super) fn draw(
        &self,
        shapes: &[Option<usize>],
        issue: usize,
        random: &mut Random,
    ) -> Option<usize> {
        let arises = !self.spacings[issue].is_empty();
        arises.then(|| pick(&Self::prior(shapes, issue), random))
    }

    /// Draws an issue's shape given its gaps and the others' shapes.
    pub(super) fn redraw(
        &self,
        shapes: &[Option<usize>],
        issue: usize,
        gaps: &[f64],
        random: &mut Random,
    ) -> Option<usize> {
        let spacings = &self.spacings[issue];
        let mut masses = Self::prior(shapes, issue);
        for (mass, spacing) in masses.iter_mut().zip(spacings) {
            *mass *= spacing.density(gaps);
        }
        (!spacings.is_empty()).then(|| pick(&masses, random))
    }
}

/// An index with a chance proportional to its mass.
pub(super) fn pick(masses: &[f64], random: &mut Random) -> usize {
    let mut left = random.unit() * masses.iter().sum::<f64>();
    for (index, mass) in masses.iter().enumerate() {
        left -= mass;
        if left < 0.0 {
            return index;
        }
    }
    0
}

/// Whole powers by multiplication only: the same bits everywhere.
pub(super) fn power(mut base: f64, mut exponent: usize) -> f64 {
    let mut product = 1.0;
    while exponent > 0 {
        if exponent % 2 == 1 {
            product *= base;
        }
        base *= base;
        exponent /= 2;
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Densities are against the uniform one: over uniform gaps they average to one.
    #[test]
    fn every_density_integrates_to_one() {
        let mut random = crate::random::Random::new(3, crate::random::Purpose::Questions, 0);
        for gaps in [2, 3] {
            for (shape, _) in SHAPES {
                let spacing = Spacing::new(shape, gaps);
                let draws = 100_000;
                let sum: f64 =
                    (0..draws).map(|_| spacing.density(&random.dirichlet(&vec![1; gaps]))).sum();
                assert!((sum / f64::from(draws) - 1.0).abs() < 0.05, "{shape:?} {gaps} {sum}");
            }
        }
    }
}
