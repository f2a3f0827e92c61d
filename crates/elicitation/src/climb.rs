//! The search for good deals: local, so that spaces too large to list are no obstacle.

use crate::random::Random;
use crate::shares::Shares;
use crate::space::Deal;
use crate::worlds::Worlds;

/// Work (gains of one party computed) that a search for good deals may take.
const SEARCH_WORK: usize = 3_000_000;
/// Pairs of changes tried in one climb.
const MOST_PAIRS: usize = 20_000;
/// Most deals kept for comparison.
const POOL: usize = 128;
/// And where the work is shared.
const LEAST_POOL: usize = 40;

impl Worlds<'_> {
    /// Finds deals that are best in some world, adds them to the pool, and
    /// keeps those of use; the work is shared among so many searches.
    pub(crate) fn refresh(
        &self,
        pool: &mut Vec<Deal>,
        among: usize,
        random: &mut Random,
    ) -> Shares {
        if pool.is_empty() {
            pool.extend(self.first_deals(random));
        }
        let singles: usize = (0..self.space.issues()).map(|i| self.space.size(i)).sum();
        let pairs = (singles * singles / 2).min(MOST_PAIRS);
        let each = 4 * (singles + pairs) * self.beliefs.len();
        let searched = (SEARCH_WORK / among / each).max(8).min(self.len());
        let start = random.below(self.len());
        for k in 0..searched {
            let world = (start + k * self.len() / searched) % self.len();
            let deal = self.climb(world, pool, random);
            if !pool.contains(&deal) && self.space.is_feasible(&deal) {
                pool.push(deal);
            }
        }
        let most = (POOL / among).max(LEAST_POOL);
        let shares = Shares::of(self, pool);
        if pool.len() <= most {
            return shares;
        }
        let kept = shares.most_useful(most * 3 / 4);
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

    /// Changes all issues at once towards the gradient of the product's logarithm,
    /// which helps most where gains are small.
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
