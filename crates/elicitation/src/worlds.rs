//! All parties at once: possible worlds, each with one version of every party.

use crate::belief::Belief;
use crate::case::Aim;
use crate::random::Random;
use crate::space::Space;
use detente_model::AcceptanceRule;

/// Under a quota, a party outvoted counts as gaining this much.
const OUTVOTED: f64 = 0.02;
/// A gain of nothing counts as this little, so that where no deal leaves
/// everyone a gain, the more parties gain the better.
const NO_GAIN: f64 = 1e-6;
/// Between deals that give the party that gains least the same, this much of
/// the sum of gains decides.
const SECOND: f64 = 1e-4;

/// Possible worlds: particle `pairing[party][world]` of each party.
pub(crate) struct Worlds<'a> {
    pub(crate) space: &'a Space,
    pub(crate) beliefs: Vec<&'a Belief>,
    aim: Aim,
    pairing: Vec<Vec<usize>>,
}

impl<'a> Worlds<'a> {
    /// So many worlds, each with a version of every party drawn at random;
    /// a party's versions take part equally often.
    pub(crate) fn new(
        space: &'a Space,
        beliefs: Vec<&'a Belief>,
        aim: Aim,
        worlds: usize,
        random: &mut Random,
    ) -> Self {
        let pairing = beliefs
            .iter()
            .map(|belief| {
                let mut versions = Vec::with_capacity(worlds + belief.len());
                while versions.len() < worlds {
                    versions.extend(random.order(belief.len()));
                }
                versions.truncate(worlds);
                versions
            })
            .collect();
        Self { space, beliefs, aim, pairing }
    }

    /// How many.
    pub(crate) fn len(&self) -> usize {
        self.pairing[0].len()
    }

    /// Weight × value of every option to a party in a world.
    pub(crate) fn table(&self, party: usize, world: usize) -> &'a [f64] {
        self.beliefs[party].table(self.pairing[party][world])
    }

    /// A party's utility of no agreement in a world.
    pub(crate) fn reservation(&self, party: usize, world: usize) -> f64 {
        self.beliefs[party].reservation(self.pairing[party][world])
    }

    /// The chance that a party's next answer is wrong.
    pub(crate) fn error_rate(&self, party: usize) -> f64 {
        self.beliefs[party].error_rate()
    }

    /// A party's utility of a deal in a world.
    pub(crate) fn utility(&self, party: usize, world: usize, deal: &[usize]) -> f64 {
        let table = self.table(party, world);
        deal.iter().enumerate().map(|(i, &o)| table[self.space.cell(i, o)]).sum()
    }

    /// Everyone's gain over no agreement.
    pub(crate) fn gains(&self, world: usize, deal: &[usize], gains: &mut Vec<f64>) {
        gains.clear();
        for party in 0..self.beliefs.len() {
            gains.push(self.utility(party, world, deal) - self.reservation(party, world));
        }
        self.mark_red_lines(deal, gains);
    }

    pub(crate) fn mark_red_lines(&self, deal: &[usize], gains: &mut [f64]) {
        if self.space.has_red_lines() {
            for (party, gain) in gains.iter_mut().enumerate() {
                if self.space.crosses(party, deal) {
                    *gain = gain.min(0.0) - 1.0;
                }
            }
        }
    }

    /// What is sought of the gains; where the deal is not acceptable, how far off it is (negative).
    pub(crate) fn worth(&self, gains: &[f64]) -> f64 {
        let shortfall: f64 = gains.iter().map(|g| g.min(0.0)).sum();
        match self.space.acceptance() {
            AcceptanceRule::Unanimity if shortfall < 0.0 => shortfall,
            AcceptanceRule::Unanimity => self.sought(gains.iter().map(|g| g.max(NO_GAIN))),
            rule @ AcceptanceRule::Quota { .. } => {
                let accepts: Vec<bool> = gains.iter().map(|&g| g >= 0.0).collect();
                if rule.is_met(&accepts) {
                    self.sought(gains.iter().map(|g| g.max(OUTVOTED)))
                } else {
                    shortfall
                }
            }
        }
    }

    fn sought(&self, gains: impl Iterator<Item = f64> + Clone) -> f64 {
        match self.aim {
            Aim::Nash => gains.product(),
            Aim::Egalitarian => {
                let least = gains.clone().fold(f64::INFINITY, f64::min);
                least + SECOND * gains.sum::<f64>()
            }
        }
    }
}
