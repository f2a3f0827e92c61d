//! Fallback bargaining (Brams & Kilgour 2001, *Group Decision and
//! Negotiation* 10:287–316).
//!
//! All parties fall back together, tier by tier, from their best outcomes,
//! until some outcome is supported by enough of them: by all (unanimity), or
//! by `q`. With impasse, no party falls below what it prefers to no agreement;
//! if all have come to that point without enough support, there is none.
//! Ties: a tier is taken in one step.

use super::Profile;

/// What falling back reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fallback {
    /// Enough support.
    Compromise {
        /// How many tiers each party had fallen back to, counted from 1.
        depth: usize,
        /// The outcomes with enough support at that depth, and how many support each.
        outcomes: Vec<(usize, usize)>,
    },
    /// Every party would rather have no agreement than fall further.
    Impasse,
}

/// Falls back until `quota` parties support an outcome.
///
/// `impasse`: whether parties stop at what they prefer to no agreement. An
/// outcome that a party does not rank is never supported by it.
#[must_use]
pub fn fallback(profile: &Profile, quota: usize, impasse: bool) -> Fallback {
    let parties = profile.parties();
    let deepest = (0..parties)
        .map(|p| {
            let ranked = profile.tiers[p].iter().flatten().max().map_or(0, |t| t + 1);
            if impasse { profile.acceptable[p].min(ranked) } else { ranked }
        })
        .collect::<Vec<_>>();
    for depth in 1..=deepest.iter().copied().max().unwrap_or(0) {
        let support = |o: usize| {
            (0..parties)
                .filter(|&p| profile.tiers[p][o].is_some_and(|t| t < depth.min(deepest[p])))
                .count()
        };
        let outcomes: Vec<(usize, usize)> = (0..profile.outcomes.len())
            .map(|o| (o, support(o)))
            .filter(|(_, s)| *s >= quota.max(1))
            .collect();
        if !outcomes.is_empty() {
            return Fallback::Compromise { depth, outcomes };
        }
    }
    Fallback::Impasse
}

/// Fallback bargaining with impasse, all parties consenting.
#[must_use]
pub fn unanimous(profile: &Profile) -> Fallback {
    fallback(profile, profile.parties(), true)
}
