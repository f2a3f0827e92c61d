//! What closes the last step: why the party that moves last performs at all.

use super::rows::{ALL_CLOSERS, Closers, continuation, phase_stretches, temptations};
use super::{Case, Rational};
use num_traits::Signed;

/// What can make a last step worth doing, from the most to the least built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closer {
    /// The step is worth doing for its own sake.
    Intrinsic,
    /// What was given can be taken back.
    Reversal,
    /// The finished relationship is worth keeping.
    Residual,
    /// The exchange is linked: the others' part waits for this one.
    Linkage,
    /// A guarantor pays on completion.
    Reward,
    /// A bond is forfeited by default.
    Bond,
}

impl Closer {
    /// All, in the order in which they are tried.
    pub const ALL: [Self; 6] =
        [Self::Intrinsic, Self::Reversal, Self::Residual, Self::Linkage, Self::Reward, Self::Bond];

    /// Its name in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Intrinsic => "intrinsic",
            Self::Reversal => "reversal",
            Self::Residual => "residual",
            Self::Linkage => "linkage",
            Self::Reward => "reward",
            Self::Bond => "bond",
        }
    }
}

/// What holds one party to its part of the last phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastStep {
    /// Its slack in the last phase.
    pub slack: Rational,
    /// The slack with the closers up to and including each.
    pub ladder: Vec<(Closer, Rational)>,
    /// The first that suffices together with those before it.
    pub closed_by: Option<Closer>,
    /// Those without which the step would not be taken.
    pub necessary: Vec<Closer>,
}

fn closers(on: impl Fn(Closer) -> bool) -> Closers {
    Closers {
        reversal: on(Closer::Reversal),
        residual: on(Closer::Residual),
        linkage: on(Closer::Linkage),
        reward: on(Closer::Reward),
        bond: on(Closer::Bond),
    }
}

fn last_slack(case: &Case, plan: &[Vec<usize>], party: usize, on: Closers) -> Rational {
    let last = &plan[plan.len() - 2..];
    let value = &continuation(case, last, on)[0][party];
    let moves = phase_stretches(case, &last[0], &last[1], on.reversal);
    let (cheating, walking) = temptations(case, &last[0], &moves, plan.len() == 2, on);
    let best = cheating[party].as_ref().map_or(&walking[party], |d| d.max(&walking[party]));
    &case.weight[party] * (value - best)
}

/// For each party: `None` when it does not move in the last phase, else what
/// holds it to its part.
#[must_use]
pub fn last_steps(case: &Case, plan: &[Vec<usize>]) -> Vec<Option<LastStep>> {
    let Some([before, end]) = plan.last_chunk::<2>() else {
        return vec![None; case.parties.len()];
    };
    (0..case.parties.len())
        .map(|party| {
            let moves = (0..end.len())
                .any(|j| end[j] > before[j] && case.deliverables[j].performer == party);
            moves.then(|| {
                let ladder: Vec<(Closer, Rational)> = Closer::ALL
                    .into_iter()
                    .map(|top| {
                        let on = closers(|c| c as usize <= top as usize);
                        (top, last_slack(case, plan, party, on))
                    })
                    .collect();
                let slack = last_slack(case, plan, party, ALL_CLOSERS);
                let closed_by =
                    ladder.iter().find(|(_, s)| !s.is_negative()).map(|(closer, _)| *closer);
                let necessary = Closer::ALL[1..]
                    .iter()
                    .copied()
                    .filter(|gone| {
                        !slack.is_negative()
                            && last_slack(case, plan, party, closers(|c| c != *gone)).is_negative()
                    })
                    .collect();
                LastStep { slack, ladder, closed_by, necessary }
            })
        })
        .collect()
}
