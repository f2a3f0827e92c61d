//! Which issues hang together.

use crate::problem::Problem;

/// Groups of issues tied by interactions, forbidden combinations or sums, in
/// the order of their first issue; an issue tied to none is a group of its own.
pub(crate) fn components(problem: &Problem) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..problem.issues.len()).collect();
    let mut tie = |issues: &mut dyn Iterator<Item = usize>| {
        let Some(first) = issues.next() else { return };
        for issue in issues {
            let (a, b) = (find(&mut root, first), find(&mut root, issue));
            root[a.max(b)] = a.min(b);
        }
    };
    for factor in &problem.factors {
        tie(&mut factor.literals.iter().map(|l| l.issue));
    }
    for forbidden in &problem.forbidden {
        tie(&mut forbidden.literals.iter().map(|l| l.issue));
    }
    for sum in &problem.sums {
        tie(&mut sum.terms.iter().map(|t| t.0));
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); root.len()];
    for issue in 0..root.len() {
        let at = find(&mut root, issue);
        groups[at].push(issue);
    }
    groups.retain(|g| !g.is_empty());
    groups
}

fn find(root: &mut [usize], mut at: usize) -> usize {
    while root[at] != at {
        root[at] = root[root[at]];
        at = root[at];
    }
    at
}
