//! Obligations that wait for one another in a circle.

use crate::agreement::Agreement;
use std::collections::{BTreeMap, HashMap};

/// A circle of obligations, the first named again at the end; absent where
/// every one can begin.
///
/// Members of a group begin together, so each waits for what any of them
/// waits for. A circle is refused even where an `any` might open it.
#[must_use]
pub fn cycle(agreement: &Agreement) -> Option<Vec<String>> {
    let index: HashMap<&str, usize> =
        agreement.obligations.iter().enumerate().map(|(i, o)| (o.id.as_str(), i)).collect();
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, o) in agreement.obligations.iter().enumerate() {
        if let Some(group) = &o.group {
            groups.entry(group).or_default().push(i);
        }
    }
    let own = |i: usize| {
        let o = &agreement.obligations[i];
        let triggers = std::iter::once(&o.trigger).chain(&o.conditions);
        triggers.flat_map(|t| t.obligations()).filter_map(|id| index.get(id).copied())
    };
    let waits: Vec<Vec<usize>> = agreement
        .obligations
        .iter()
        .enumerate()
        .map(|(i, o)| {
            let alone = [i];
            let members = o.group.as_ref().and_then(|g| groups.get(g.as_str()));
            let members = members.map_or(alone.as_slice(), Vec::as_slice);
            members.iter().flat_map(|m| own(*m)).collect()
        })
        .collect();
    find(&waits)
        .map(|circle| circle.into_iter().map(|i| agreement.obligations[i].id.clone()).collect())
}

/// A circle in a graph, by depth-first search without recursion.
fn find(waits: &[Vec<usize>]) -> Option<Vec<usize>> {
    const NEW: u8 = 0;
    const OPEN: u8 = 1;
    const CLOSED: u8 = 2;
    let mut state = vec![NEW; waits.len()];
    for start in 0..waits.len() {
        if state[start] != NEW {
            continue;
        }
        let mut path = vec![(start, 0)];
        state[start] = OPEN;
        while let Some((node, next)) = path.last_mut() {
            let node = *node;
            let Some(&to) = waits[node].get(*next) else {
                state[node] = CLOSED;
                path.pop();
                continue;
            };
            *next += 1;
            match state[to] {
                NEW => {
                    state[to] = OPEN;
                    path.push((to, 0));
                }
                OPEN => {
                    let from = path.iter().position(|(n, _)| *n == to)?;
                    let mut circle: Vec<usize> = path[from..].iter().map(|(n, _)| *n).collect();
                    circle.push(to);
                    return Some(circle);
                }
                _ => {}
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn circles_are_found_and_given_in_order() {
        assert_eq!(find(&[vec![1], vec![2], vec![]]), None);
        assert_eq!(find(&[vec![1], vec![2], vec![1]]), Some(vec![1, 2, 1]));
        assert_eq!(find(&[vec![0]]), Some(vec![0, 0]));
        assert_eq!(find(&[vec![1, 2], vec![2], vec![]]), None);
    }
}
