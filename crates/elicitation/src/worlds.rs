//! All parties at once: possible worlds, each with one version of every party.

use crate::belief::Belief;
use crate::random::Random;
use crate::space::{Deal, Space};
use detente_model::AcceptanceRule;

/// Under a quota, a party outvoted counts as gaining this much.
const OUTVOTED: f64 = 0.02;
/// A gain of nothing counts as this little, so that where no deal leaves
/// everyone a gain, the more parties gain the better.
const NO_GAIN: f64 = 1e-6;
/// Work (gains of one party computed) that a search for good deals may take.
const SEARCH_WORK: usize = 3_000_000;
/// Pairs of changes tried in one climb.
const MOST_PAIRS: usize = 20_000;
/// Most deals kept for comparison.
const POOL: usize = 128;

/// Possible worlds: particle `pairing[party][world]` of each party.
pub(crate) struct Worlds<'a> {
    pub(crate) space: &'a Space,
    beliefs: Vec<&'a Belief>,
    pairing: Vec<Vec<usize>>,
}

impl<'a> Worlds<'a> {
    /// Pairs the parties' particles at random.
    pub(crate) fn new(space: &'a Space, beliefs: Vec<&'a Belief>, random: &mut Random) -> Self {
        let pairing = beliefs.iter().map(|b| random.order(b.len())).collect();
        Self { space, beliefs, pairing }
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

    fn mark_red_lines(&self, deal: &[usize], gains: &mut [f64]) {
        if self.space.has_red_lines() {
            for (party, gain) in gains.iter_mut().enumerate() {
                if self.space.crosses(party, deal) {
                    *gain = gain.min(0.0) - 1.0;
                }
            }
        }
    }

    /// The product of gains; where the deal is not acceptable, how far off it is (negative).
    pub(crate) fn worth(&self, gains: &[f64]) -> f64 {
        let shortfall: f64 = gains.iter().map(|g| g.min(0.0)).sum();
        match self.space.acceptance() {
            AcceptanceRule::Unanimity if shortfall < 0.0 => shortfall,
            AcceptanceRule::Unanimity => gains.iter().map(|g| g.max(NO_GAIN)).product(),
            rule @ AcceptanceRule::Quota { .. } => {
                let accepts: Vec<bool> = gains.iter().map(|&g| g >= 0.0).collect();
                if rule.is_met(&accepts) {
                    gains.iter().map(|g| g.max(OUTVOTED)).product()
                } else {
                    shortfall
                }
            }
        }
    }

    /// Finds deals that are best in some world, adds them to the pool, and
    /// keeps those of use.
    pub(crate) fn refresh(&self, pool: &mut Vec<Deal>, random: &mut Random) -> Shares {
        if pool.is_empty() {
            pool.extend(self.first_deals(random));
        }
        let singles: usize = (0..self.space.issues()).map(|i| self.space.size(i)).sum();
        let pairs = (singles * singles / 2).min(MOST_PAIRS);
        let each = 4 * (singles + pairs) * self.beliefs.len();
        let searched = (SEARCH_WORK / each).max(8).min(self.len());
        let start = random.below(self.len());
        for k in 0..searched {
            let world = (start + k * self.len() / searched) % self.len();
            let deal = self.climb(world, pool, random);
            if !pool.contains(&deal) && self.space.is_feasible(&deal) {
                pool.push(deal);
            }
        }
        let shares = Shares::of(self, pool);
        if pool.len() <= POOL {
            return shares;
        }
        let kept = shares.most_useful(POOL * 3 / 4);
        *pool = kept.iter().map(|&c| pool[c].clone()).collect();
        Shares::of(self, pool)
    }

    /// Something feasible to begin with.
    fn first_deals(&self, random: &mut Random) -> Vec<Deal> {
        let space = self.space;
        let mut found = Vec::new();
        for _ in 0..20 {
            let mut deal: Deal = (0..space.issues()).map(|i| random.below(space.size(i))).collect();
            let mut breaches = space.breaches(&deal);
            for _ in 0..50 * space.issues() {
                if breaches == 0 {
                    break;
                }
                let issue = random.below(space.issues());
                let before = deal[issue];
                deal[issue] = random.below(space.size(issue));
                let now = space.breaches(&deal);
                if now <= breaches {
                    breaches = now;
                } else {
                    deal[issue] = before;
                }
            }
            if space.is_feasible(&deal) && !found.contains(&deal) {
                found.push(deal);
            }
        }
        found
    }

    /// Local search in one world from the pool's best deal there.
    fn climb(&self, world: usize, pool: &[Deal], random: &mut Random) -> Deal {
        let mut gains = Vec::new();
        let mut worth = |deal: &[usize]| {
            self.gains(world, deal, &mut gains);
            self.worth(&gains)
        };
        let start = pool.iter().map(|d| (worth(d), d)).reduce(|a, b| if b.0 > a.0 { b } else { a });
        let Some((value, start)) = start else {
            return (0..self.space.issues()).map(|_| 0).collect();
        };
        let mut climber = Climber::new(self, world, start.clone(), value);
        for _ in 0..6 {
            climber.follow_gradient();
            while climber.single() {}
            if !climber.pair(random) {
                break;
            }
        }
        climber.deal
    }
}

/// A deal on its way up in one world.
struct Climber<'w, 'a> {
    worlds: &'w Worlds<'a>,
    tables: Vec<&'a [f64]>,
    deal: Deal,
    gains: Vec<f64>,
    value: f64,
    trial: Vec<f64>,
}

impl<'w, 'a> Climber<'w, 'a> {
    fn new(worlds: &'w Worlds<'a>, world: usize, deal: Deal, value: f64) -> Self {
        let tables: Vec<&[f64]> =
            (0..worlds.beliefs.len()).map(|p| worlds.table(p, world)).collect();
        let gains = tables
            .iter()
            .enumerate()
            .map(|(p, table)| {
                let sum: f64 =
                    deal.iter().enumerate().map(|(i, &o)| table[worlds.space.cell(i, o)]).sum();
                sum - worlds.reservation(p, world)
            })
            .collect();
        Self { worlds, trial: Vec::new(), tables, deal, gains, value }
    }

    /// Gains after changes; then their worth; negative infinity where infeasible.
    fn try_changes(&mut self, changes: &[(usize, usize)]) -> f64 {
        let space = self.worlds.space;
        self.trial.clear();
        for (table, gain) in self.tables.iter().zip(&self.gains) {
            let mut sum = *gain;
            for &(issue, option) in changes {
                sum +=
                    table[space.cell(issue, option)] - table[space.cell(issue, self.deal[issue])];
            }
            self.trial.push(sum);
        }
        if space.has_red_lines() || self.value < 0.0 {
            return self.try_carefully(changes);
        }
        let value = self.worlds.worth(&self.trial);
        if value > self.value && !self.is_feasible_with(changes) {
            return f64::NEG_INFINITY;
        }
        value
    }

    fn try_carefully(&mut self, changes: &[(usize, usize)]) -> f64 {
        let changed = self.with(changes);
        if !self.worlds.space.is_feasible(&changed) {
            return f64::NEG_INFINITY;
        }
        let mut gains = self.trial.clone();
        self.worlds.mark_red_lines(&changed, &mut gains);
        self.worlds.worth(&gains)
    }

    fn with(&self, changes: &[(usize, usize)]) -> Deal {
        let mut changed = self.deal.clone();
        for &(issue, option) in changes {
            changed[issue] = option;
        }
        changed
    }

    fn is_feasible_with(&self, changes: &[(usize, usize)]) -> bool {
        self.worlds.space.is_feasible(&self.with(changes))
    }

    fn take(&mut self, changes: &[(usize, usize)], value: f64) {
        let space = self.worlds.space;
        for (table, gain) in self.tables.iter().zip(&mut self.gains) {
            for &(issue, option) in changes {
                *gain +=
                    table[space.cell(issue, option)] - table[space.cell(issue, self.deal[issue])];
            }
        }
        self.deal = self.with(changes);
        self.value = value;
    }

    /// Changes all issues at once towards the gradient of the product's logarithm.
    fn follow_gradient(&mut self) {
        let space = self.worlds.space;
        for _ in 0..4 {
            let pull: Vec<f64> = self.gains.iter().map(|g| 1.0 / g.max(0.02)).collect();
            let changes: Vec<(usize, usize)> = (0..space.issues())
                .filter_map(|issue| {
                    let score = |o: usize| -> f64 {
                        let at = space.cell(issue, o);
                        self.tables.iter().zip(&pull).map(|(t, w)| t[at] * w).sum()
                    };
                    let held = self.deal[issue];
                    let best = (0..space.size(issue))
                        .map(|o| (score(o), o))
                        .fold((score(held), held), |a, b| if b.0 > a.0 { b } else { a });
                    (best.1 != held).then_some((issue, best.1))
                })
                .collect();
            if changes.is_empty() {
                return;
            }
            let value = self.try_changes(&changes);
            if value <= self.value {
                return;
            }
            self.take(&changes, value);
        }
    }

    /// The best change of one issue; whether there was one.
    fn single(&mut self) -> bool {
        let mut best = (self.value, None);
        for issue in 0..self.deal.len() {
            for option in 0..self.worlds.space.size(issue) {
                if option != self.deal[issue] {
                    let value = self.try_changes(&[(issue, option)]);
                    if value > best.0 {
                        best = (value, Some((issue, option)));
                    }
                }
            }
        }
        let Some(change) = best.1 else { return false };
        self.take(&[change], best.0);
        true
    }

    /// The first better change of two issues found; whether there was one.
    fn pair(&mut self, random: &mut Random) -> bool {
        let issues = self.deal.len();
        let mut tried = 0;
        let order = random.order(issues * issues);
        for code in order {
            let (i, j) = (code / issues, code % issues);
            if i >= j {
                continue;
            }
            for a in 0..self.worlds.space.size(i) {
                for b in 0..self.worlds.space.size(j) {
                    if a == self.deal[i] || b == self.deal[j] {
                        continue;
                    }
                    tried += 1;
                    let value = self.try_changes(&[(i, a), (j, b)]);
                    if value > self.value {
                        self.take(&[(i, a), (j, b)], value);
                        return true;
                    }
                }
            }
            if tried > MOST_PAIRS {
                return false;
            }
        }
        false
    }
}

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
    fn of(worlds: &Worlds<'_>, pool: &[Deal]) -> Self {
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
    fn most_useful(&self, most: usize) -> Vec<usize> {
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
