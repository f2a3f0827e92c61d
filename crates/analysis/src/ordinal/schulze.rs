//! Schulze's method (Schulze 2011, *Social Choice and Welfare* 36:267–303),
//! with ties, strength of a link measured by the votes for it.

use super::Profile;

/// Outcomes compared by their strongest chains of majorities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schulze {
    /// `[a][b]`: how many parties rank a above b. A party that does not rank
    /// both has no say.
    pub votes: Vec<Vec<usize>>,
    /// `[a][b]`: the weakest link of the strongest chain of majorities from a to b.
    pub strengths: Vec<Vec<usize>>,
    /// The outcomes no other beats.
    pub winners: Vec<usize>,
    /// All outcomes in tiers: those that only members of earlier tiers beat.
    pub tiers: Vec<Vec<usize>>,
}

/// Compares all outcomes of a profile.
#[must_use]
pub fn schulze(profile: &Profile) -> Schulze {
    let count = profile.outcomes.len();
    let mut votes = vec![vec![0; count]; count];
    for row in &profile.tiers {
        for a in 0..count {
            for b in 0..count {
                if let (Some(x), Some(y)) = (row[a], row[b])
                    && x < y
                {
                    votes[a][b] += 1;
                }
            }
        }
    }
    let mut strengths: Vec<Vec<usize>> = (0..count)
        .map(|a| {
            (0..count).map(|b| if votes[a][b] > votes[b][a] { votes[a][b] } else { 0 }).collect()
        })
        .collect();
    // Widest paths (Floyd & Warshall's recursion).
    for via in 0..count {
        let through = strengths[via].clone();
        for row in &mut strengths {
            let first = row[via];
            for (cell, second) in row.iter_mut().zip(&through) {
                *cell = (*cell).max(first.min(*second));
            }
        }
    }
    for (a, row) in strengths.iter_mut().enumerate() {
        row[a] = 0;
    }
    let beats = |a: usize, b: usize| strengths[a][b] > strengths[b][a];
    let mut left: Vec<usize> = (0..count).collect();
    let mut tiers = Vec::new();
    while !left.is_empty() {
        // "Beats" is transitive (Schulze 2011, section 4.1): some outcome is unbeaten.
        let tier: Vec<usize> =
            left.iter().copied().filter(|&b| !left.iter().any(|&a| beats(a, b))).collect();
        if tier.is_empty() {
            break;
        }
        left.retain(|o| !tier.contains(o));
        tiers.push(tier);
    }
    let winners = tiers.first().cloned().unwrap_or_default();
    Schulze { votes, strengths, winners, tiers }
}
