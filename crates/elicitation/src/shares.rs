//! How good each deal is in each possible world.

use crate::space::Deal;
use crate::worlds::Worlds;

/// How good each deal of a pool is in each world, as a share of the best there.
pub(crate) struct Shares {
    pub(crate) deals: Vec<Deal>,
    worlds: usize,
    /// `[world * deals + deal]`; zero where not acceptable.
    values: Vec<f64>,
    /// The best deal of each world; `None` where nothing is acceptable.
    pub(crate) best: Vec<Option<usize>>,
}

impl Shares {
    pub(crate) fn of(worlds: &Worlds<'_>, pool: &[Deal]) -> Self {
        let mut values = Vec::with_capacity(pool.len() * worlds.len());
        let mut best = Vec::with_capacity(worlds.len());
        let mut gains = Vec::new();
        for world in 0..worlds.len() {
            let row = values.len();
            let mut top = (0.0, None);
            for (c, deal) in pool.iter().enumerate() {
                worlds.gains(world, deal, &mut gains);
                let worth = worlds.worth(&gains);
                if worth > top.0 {
                    top = (worth, Some(c));
                }
                values.push(worth.max(0.0));
            }
            if top.1.is_some() {
                for value in &mut values[row..] {
                    *value /= top.0;
                }
            }
            best.push(top.1);
        }
        Self { deals: pool.to_vec(), worlds: worlds.len(), values, best }
    }

    /// The deals' shares in one world.
    pub(crate) fn row(&self, world: usize) -> &[f64] {
        &self.values[world * self.deals.len()..(world + 1) * self.deals.len()]
    }

    /// How many worlds have an acceptable deal.
    pub(crate) fn possible(&self) -> usize {
        self.best.iter().flatten().count()
    }

    /// Per deal: the sum of its shares over the worlds.
    pub(crate) fn sums(&self) -> Vec<f64> {
        let mut sums = vec![0.0; self.deals.len()];
        for world in 0..self.worlds {
            for (sum, share) in sums.iter_mut().zip(self.row(world)) {
                *sum += share;
            }
        }
        sums
    }

    /// Per deal: in how many worlds it is the best.
    pub(crate) fn wins(&self) -> Vec<usize> {
        let mut wins = vec![0; self.deals.len()];
        for &deal in self.best.iter().flatten() {
            wins[deal] += 1;
        }
        wins
    }

    /// The deals most often best, and with the largest shares on average; in pool order.
    pub(crate) fn most_useful(&self, most: usize) -> Vec<usize> {
        let (sums, wins) = (self.sums(), self.wins());
        let mut order: Vec<usize> = (0..self.deals.len()).collect();
        order.sort_by(|&a, &b| {
            let use_of = |c: usize| wins[c] as f64 + 0.5 * sums[c];
            use_of(b).total_cmp(&use_of(a)).then(a.cmp(&b))
        });
        order.truncate(most);
        order.sort_unstable();
        order
    }

    /// The deal with the largest expected share, and that share; the first of
    /// equals, and none of those that were refused.
    pub(crate) fn favourite(&self, refused: &[Deal]) -> Option<(usize, f64)> {
        let open = |c: &(usize, f64)| !refused.contains(&self.deals[c.0]) && c.1 > 0.0;
        let sums = self.sums().into_iter().enumerate().filter(open);
        sums.reduce(|a, b| if b.1 > a.1 { b } else { a })
            .map(|(c, sum)| (c, sum / self.possible().max(1) as f64))
    }

    /// The deal whose largest shortfall in any world is smallest.
    pub(crate) fn minimax(&self, refused: &[Deal]) -> Option<Minimax> {
        let possible = || (0..self.worlds).filter(|&m| self.best[m].is_some());
        let sums = self.sums();
        let mut found: Option<(f64, Minimax)> = None;
        for (deal, sum) in sums.into_iter().enumerate() {
            if refused.contains(&self.deals[deal]) {
                continue;
            }
            let worst = possible().map(|m| (self.row(m)[deal], m));
            let Some((share, world)) = worst.reduce(|a, b| if b.0 < a.0 { b } else { a }) else {
                continue;
            };
            let mean = sum / self.possible() as f64;
            // Where every deal may fail, the one that fails least on average.
            let better = |held: &(f64, Minimax)| (share, mean) > (held.0, held.1.mean);
            if found.as_ref().is_none_or(better) {
                found = Some((share, Minimax { deal, world, mean }));
            }
        }
        found.map(|f| f.1)
    }
}

/// A deal chosen for its worst world.
pub(crate) struct Minimax {
    pub(crate) deal: usize,
    /// Where it falls short most.
    pub(crate) world: usize,
    /// Its mean share.
    pub(crate) mean: f64,
}
