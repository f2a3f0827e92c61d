//! Which of many vectors no other dominates.

use super::Point;
use crate::budget::Budget;
use crate::problem::Problem;

/// Vectors to be filtered, stored flat.
#[derive(Debug)]
pub struct Candidates {
    parties: usize,
    vectors: Vec<i64>,
    keys: Vec<usize>,
    counts: Vec<Option<u128>>,
}

/// A vector that is not dominated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Which candidate.
    pub index: usize,
    /// The smallest key among candidates with this vector.
    pub key: usize,
    /// The sum of their counts.
    pub count: Option<u128>,
}

/// Candidates that are compared one by one against the best few before the
/// bitmap stage: most dominated ones fall here.
const FIRST_WINDOW: usize = 96;
/// Most rows of the bitmap index per party.
const MOST_ROWS: usize = 512;
/// Values that span fewer bits are sorted together with their position.
const PACKED_VALUE_BITS: u32 = 40;
const PACKED_INDEX_BITS: u32 = 24;
/// So many parties' sets fit on the stack.
const FEW_PARTIES: usize = 16;
/// Candidates between two looks at the budget.
const CHECK_EVERY: usize = 4096;

impl Candidates {
    /// None yet; every vector will have `parties` entries.
    #[must_use]
    pub fn new(parties: usize) -> Self {
        Self::with_capacity(parties, 0)
    }

    /// None yet, with room for `len`.
    #[must_use]
    pub fn with_capacity(parties: usize, len: usize) -> Self {
        Self {
            parties,
            vectors: Vec::with_capacity(len * parties),
            keys: Vec::with_capacity(len),
            counts: Vec::with_capacity(len),
        }
    }

    /// Adds one; of equal vectors the smallest key is kept and counts are added.
    pub fn push(&mut self, vector: &[i64], key: usize, count: Option<u128>) {
        debug_assert_eq!(vector.len(), self.parties);
        self.vectors.extend_from_slice(vector);
        self.keys.push(key);
        self.counts.push(count);
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// One of them.
    #[must_use]
    pub fn vector(&self, index: usize) -> &[i64] {
        &self.vectors[index * self.parties..(index + 1) * self.parties]
    }

    /// The distinct vectors that no other is at least as good as for all and
    /// better for one; `None` when the budget ended first.
    ///
    /// Coordinates become dense ranks; candidates are visited in descending
    /// order of their rank sum (a dominator always has a larger one), first
    /// against a small window, then through a bitmap index: per party and
    /// coarse rank, the set of vectors at least that good, so that one
    /// intersection leaves only a handful to compare.
    #[must_use]
    pub fn undominated(&self, budget: &Budget<'_>) -> Option<Vec<Kept>> {
        let ranks = self.ranks();
        let distinct = self.distinct(&ranks);
        let mut window: Vec<u32> = Vec::new();
        let mut rest: Vec<Kept> = Vec::new();
        for kept in distinct {
            let row = self.rank_row(&ranks, kept.index);
            let beaten = window.chunks_exact(self.parties.max(1)).any(|w| at_least(w, row));
            if beaten {
                continue;
            }
            if window.len() < FIRST_WINDOW * self.parties {
                window.extend_from_slice(row);
            }
            rest.push(kept);
        }
        if rest.len() <= FIRST_WINDOW {
            return Some(rest);
        }
        let index = BitmapIndex::new(&rest, self.parties, |kept, party| {
            ranks[kept.index * self.parties + party]
        });
        let mut undominated = Vec::with_capacity(rest.len());
        for (position, kept) in rest.iter().enumerate() {
            if position.is_multiple_of(CHECK_EVERY) && budget.is_over() {
                return None;
            }
            let row = self.rank_row(&ranks, kept.index);
            let beaten = index.any_before(position, row, |other| {
                at_least(self.rank_row(&ranks, rest[other].index), row)
            });
            if !beaten {
                undominated.push(*kept);
            }
        }
        Some(undominated)
    }

    fn rank_row<'r>(&self, ranks: &'r [u32], index: usize) -> &'r [u32] {
        &ranks[index * self.parties..(index + 1) * self.parties]
    }

    /// Per vector and party, how many distinct smaller values there are.
    fn ranks(&self) -> Vec<u32> {
        let mut ranks = vec![0; self.vectors.len()];
        let mut order: Vec<(i64, u32)> = Vec::with_capacity(self.len());
        let mut packed: Vec<u64> = Vec::with_capacity(self.len());
        for party in 0..self.parties {
            let column = || self.vectors.iter().skip(party).step_by(self.parties).copied();
            let (least, most) = (column().min().unwrap_or(0), column().max().unwrap_or(0));
            let mut rank = 0;
            if most.abs_diff(least) < 1 << PACKED_VALUE_BITS && self.len() < 1 << PACKED_INDEX_BITS
            {
                // Value and position in one word: sorts several times faster.
                packed.clear();
                packed.extend(
                    column().zip(0_u64..).map(|(v, i)| v.abs_diff(least) << PACKED_INDEX_BITS | i),
                );
                packed.sort_unstable();
                for at in 0..packed.len() {
                    rank += u32::from(
                        at > 0
                            && packed[at] >> PACKED_INDEX_BITS
                                != packed[at - 1] >> PACKED_INDEX_BITS,
                    );
                    let index = packed[at] & ((1 << PACKED_INDEX_BITS) - 1);
                    ranks[index as usize * self.parties + party] = rank;
                }
                continue;
            }
            order.clear();
            order.extend(column().zip(0..));
            order.sort_unstable_by_key(|o| o.0);
            for at in 0..order.len() {
                rank += u32::from(at > 0 && order[at].0 != order[at - 1].0);
                ranks[order[at].1 as usize * self.parties + party] = rank;
            }
        }
        ranks
    }

    /// One candidate per distinct vector, in descending order of rank sum.
    fn distinct(&self, ranks: &[u32]) -> Vec<Kept> {
        let sums: Vec<u64> = ranks
            .chunks_exact(self.parties.max(1))
            .map(|r| r.iter().map(|&x| u64::from(x)).sum())
            .collect();
        // Sum (descending) and position in one word; equal sums are then put in order by vector.
        let mut order: Vec<u64> = sums
            .iter()
            .zip(0_u64..)
            .map(|(sum, i)| (u64::from(u32::MAX) - sum.min(&u64::from(u32::MAX))) << 32 | i)
            .collect();
        order.sort_unstable();
        let index_of = |packed: u64| (packed & u64::from(u32::MAX)) as usize;
        for group in order.chunk_by_mut(|a, b| a >> 32 == b >> 32).filter(|g| g.len() > 1) {
            group.sort_unstable_by(|&a, &b| {
                let (a, b) = (index_of(a), index_of(b));
                sums[b]
                    .cmp(&sums[a])
                    .then_with(|| self.rank_row(ranks, b).cmp(self.rank_row(ranks, a)))
                    .then_with(|| self.keys[a].cmp(&self.keys[b]))
            });
        }
        let mut distinct: Vec<Kept> = Vec::new();
        for index in order.into_iter().map(index_of) {
            match distinct.last_mut() {
                Some(last)
                    if sums[last.index] == sums[index]
                        && self.vector(last.index) == self.vector(index) =>
                {
                    last.count =
                        last.count.zip(self.counts[index]).and_then(|(a, b)| a.checked_add(b));
                }
                _ => {
                    distinct.push(Kept { index, key: self.keys[index], count: self.counts[index] });
                }
            }
        }
        distinct
    }
}

fn at_least<R: Ord>(a: &[R], b: &[R]) -> bool {
    a.iter().zip(b).all(|(a, b)| a >= b)
}

/// Per party and coarse rank, the set of vectors whose rank is at least that.
struct BitmapIndex<R> {
    parties: usize,
    words: usize,
    rows: usize,
    /// Per party, the first rank of each row, ascending.
    starts: Vec<Vec<R>>,
    bits: Vec<u64>,
}

impl<R: Ord + Copy> BitmapIndex<R> {
    fn new<T>(items: &[T], parties: usize, rank: impl Fn(&T, usize) -> R) -> Self {
        let words = items.len().div_ceil(64);
        let rows = (4 * words).clamp(1, MOST_ROWS);
        let mut bits = vec![0_u64; parties * rows * words];
        let mut starts = Vec::with_capacity(parties);
        for party in 0..parties {
            let mut order: Vec<(R, u32)> =
                items.iter().enumerate().map(|(i, item)| (rank(item, party), i as u32)).collect();
            order.sort_unstable_by_key(|o| o.0);
            let first = |row: usize| row * order.len() / rows;
            let party_starts: Vec<R> = (0..rows).map(|row| order[first(row)].0).collect();
            // From the highest row down, each row adds the items that rank lower.
            let mut current = vec![0_u64; words];
            let mut taken = order.len();
            for row in (0..rows).rev() {
                while taken > 0 && order[taken - 1].0 >= party_starts[row] {
                    taken -= 1;
                    let item = order[taken].1 as usize;
                    current[item / 64] |= 1 << (item % 64);
                }
                let at = (party * rows + row) * words;
                bits[at..at + words].copy_from_slice(&current);
            }
            starts.push(party_starts);
        }
        Self { parties, words, rows, starts, bits }
    }

    /// Whether `test` holds for some item before `position` that may be at least `row`.
    fn any_before(&self, position: usize, row: &[R], test: impl Fn(usize) -> bool) -> bool {
        // The largest row whose members include everything at least `row[party]`;
        // the first row holds all.
        let set = |party: usize| {
            let coarse = self.starts[party].partition_point(|&s| s <= row[party]).saturating_sub(1);
            let at = (party * self.rows + coarse) * self.words;
            &self.bits[at..at + self.words]
        };
        let mut few = [&self.bits[..0]; FEW_PARTIES];
        let many: Vec<&[u64]>;
        let sets = if self.parties <= FEW_PARTIES {
            for (party, slot) in few.iter_mut().enumerate().take(self.parties) {
                *slot = set(party);
            }
            &few[..self.parties]
        } else {
            many = (0..self.parties).map(set).collect();
            &many
        };
        let last = position / 64;
        for word in 0..self.words.min(last + 1) {
            let mut common = if word == last { (1_u64 << (position % 64)) - 1 } else { u64::MAX };
            for set in sets {
                common &= set[word];
            }
            while common != 0 {
                let other = word * 64 + common.trailing_zeros() as usize;
                if test(other) {
                    return true;
                }
                common &= common - 1;
            }
        }
        false
    }
}

/// Drops every point whose utilities another point dominates, and all but the
/// first of equal ones.
pub fn keep_undominated(points: &mut Vec<Point>) {
    let parties = points.first().map_or(0, |p| p.utilities.len());
    let mut candidates = Candidates::with_capacity(parties, points.len());
    for (index, point) in points.iter().enumerate() {
        candidates.push(&point.utilities, index, point.outcomes);
    }
    let Some(mut kept) = candidates.undominated(&Budget::default()) else { return };
    kept.sort_unstable_by_key(|k| k.key);
    *points = kept.iter().map(|k| points[k.key].clone()).collect();
}

/// Where arithmetic was rounded: drops every point that one kept before
/// matches within the tolerance for all parties, or that any other matches
/// and betters beyond it for some party.
pub fn drop_within_tolerance(problem: &Problem, points: &mut Vec<Point>) {
    let tolerance: Vec<i64> = problem.scales.iter().map(|s| s.tolerance).collect();
    points.sort_by(|a, b| b.utilities.cmp(&a.utilities));
    let index = BitmapIndex::new(points, problem.parties, |p, party| p.utilities[party]);
    let mut kept = vec![true; points.len()];
    for at in 0..points.len() {
        let low: Vec<i64> =
            points[at].utilities.iter().zip(&tolerance).map(|(u, t)| u - t).collect();
        let beaten = index.any_before(points.len(), &low, |other| {
            let theirs = &points[other].utilities;
            let betters = || {
                theirs
                    .iter()
                    .zip(&points[at].utilities)
                    .zip(&tolerance)
                    .any(|((a, b), t)| *a > b + t)
            };
            other != at && at_least(theirs, &low) && (other < at && kept[other] || betters())
        });
        kept[at] = !beaten;
    }
    let mut flags = kept.iter();
    points.retain(|_| flags.next().copied().unwrap_or(true));
}
