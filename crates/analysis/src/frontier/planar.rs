//! Two parties: sums of two staircases by one sorted sweep.

use super::block::Block;
use super::layer::{Layer, multiply};

struct Candidate {
    first: i64,
    second: i64,
    previous: u32,
    choice: u32,
}

/// The undominated sums of a layer and a block of a two-party problem.
///
/// The layer's points descend in the first coordinate, so each choice adds
/// one sorted run, and the run-adaptive stable sort merges the runs in
/// O(n log k); a sweep then keeps each new best in the second coordinate.
pub(super) fn sum(layer: &Layer, block: &Block) -> Layer {
    let mut candidates = Vec::with_capacity(layer.len() * block.len());
    for choice in 0..block.len() {
        let added = block.vector(choice);
        for index in 0..layer.len() {
            let base = layer.vector(index);
            candidates.push(Candidate {
                first: base[0] + added[0],
                second: base[1] + added[1],
                previous: index as u32,
                choice: choice as u32,
            });
        }
    }
    candidates.sort_by_key(|c| std::cmp::Reverse((c.first, c.second)));
    let mut next = Layer::empty(2);
    let mut keys: Vec<usize> = Vec::new();
    let mut kept: Vec<(i64, i64, usize, usize, Option<u128>)> = Vec::new();
    let mut best = i64::MIN;
    for candidate in &candidates {
        let (previous, choice) = (candidate.previous as usize, candidate.choice as usize);
        let equal = kept.last().is_some_and(|k| (k.0, k.1) == (candidate.first, candidate.second));
        if !equal && candidate.second <= best {
            continue;
        }
        let key = layer.rank(previous) as usize * block.len() + choice;
        let count = multiply(layer.count(previous), block.count(choice));
        if equal {
            if let (Some(last), Some(last_key)) = (kept.last_mut(), keys.last_mut()) {
                last.4 = last.4.zip(count).and_then(|(a, b)| a.checked_add(b));
                if key < *last_key {
                    *last_key = key;
                    (last.2, last.3) = (previous, choice);
                }
            }
        } else {
            best = candidate.second;
            kept.push((candidate.first, candidate.second, previous, choice, count));
            keys.push(key);
        }
    }
    for (first, second, previous, choice, count) in kept {
        next.push(&[first, second], previous, choice, count);
    }
    next.rank_by(&keys);
    next
}
