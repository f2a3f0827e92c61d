//! Good outcomes quickly: local search from a start, to prune with.

/// Improves an assignment by changing one issue, then two at a time, until
/// nothing helps. `better(new, old)` judges whole assignments.
///
/// Deterministic; gives up after `most` trials.
pub(super) fn improve(
    assignment: &mut [usize],
    sizes: &[usize],
    most: usize,
    mut score: impl FnMut(&[usize]) -> Option<f64>,
) -> Option<f64> {
    let mut best = score(assignment);
    let mut trials = 0;
    loop {
        let before = best;
        for (issue, &size) in sizes.iter().enumerate() {
            trials += try_options(assignment, issue, size, &mut best, &mut score);
        }
        if best == before {
            for first in 0..sizes.len() {
                for second in first + 1..sizes.len() {
                    if trials > most {
                        return best;
                    }
                    trials += try_pairs(assignment, [first, second], sizes, &mut best, &mut score);
                }
            }
        }
        if best == before || trials > most {
            return best;
        }
    }
}

fn try_options(
    assignment: &mut [usize],
    issue: usize,
    size: usize,
    best: &mut Option<f64>,
    score: &mut impl FnMut(&[usize]) -> Option<f64>,
) -> usize {
    let mut kept = assignment[issue];
    for option in 0..size {
        assignment[issue] = option;
        if let Some(value) = score(assignment)
            && best.is_none_or(|b| value > b)
        {
            *best = Some(value);
            kept = option;
        }
    }
    assignment[issue] = kept;
    size
}

fn try_pairs(
    assignment: &mut [usize],
    pair: [usize; 2],
    sizes: &[usize],
    best: &mut Option<f64>,
    score: &mut impl FnMut(&[usize]) -> Option<f64>,
) -> usize {
    let original = [assignment[pair[0]], assignment[pair[1]]];
    let mut kept = original;
    for a in (0..sizes[pair[0]]).filter(|&a| a != original[0]) {
        for b in (0..sizes[pair[1]]).filter(|&b| b != original[1]) {
            (assignment[pair[0]], assignment[pair[1]]) = (a, b);
            if let Some(value) = score(assignment)
                && best.is_none_or(|b| value > b)
            {
                *best = Some(value);
                kept = [a, b];
            }
        }
    }
    (assignment[pair[0]], assignment[pair[1]]) = (kept[0], kept[1]);
    sizes[pair[0]] * sizes[pair[1]]
}
