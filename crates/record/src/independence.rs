//! How many independent origins stand behind claims: origins are counted, not
//! repetitions.
//!
//! A claim's origin is found by following its chain to the innermost source and
//! from there whatever that source relays, cites or quotes. Sources that are
//! one actor are one origin; documents of one outlet that rest on nothing else
//! are that outlet. Sources that only cite one another in a circle are, taken
//! together, at most one origin, and an unverified one.

use crate::{Claim, Index, Record, SourceKind};
use std::collections::{BTreeMap, BTreeSet};

/// Something that claims can originate from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A source of the record, by id.
    Source(String),
    /// An actor, by id: everyone who speaks for it.
    Actor(String),
    /// Sources that cite only each other; the first of their ids.
    Circle(String),
}

/// How many independent origins there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Independent {
    /// At least this many: unnamed origins could be the same person.
    pub at_least: usize,
    /// At most this many.
    pub at_most: usize,
}

/// The origins of every source of a record.
#[derive(Debug, Clone)]
pub struct Origins {
    of_source: Vec<Vec<usize>>,
    all: Vec<Origin>,
    unnamed: Vec<bool>,
    /// Circles of citation, each as source indexes in order.
    pub circles: Vec<Vec<usize>>,
}

impl Origins {
    /// Follows every relation of a record once.
    #[must_use]
    pub fn new(record: &Record, index: &Index<'_>) -> Self {
        let edges: Vec<Vec<usize>> = record
            .sources
            .iter()
            .map(|s| {
                s.rests_on
                    .iter()
                    .filter_map(|(_, id)| index.sources.get(id.as_str()).copied())
                    .collect()
            })
            .collect();
        let components = components(&edges);
        let mut found = Self {
            of_source: vec![Vec::new(); record.sources.len()],
            all: Vec::new(),
            unnamed: Vec::new(),
            circles: Vec::new(),
        };
        let mut known: BTreeMap<Origin, usize> = BTreeMap::new();
        // Components come with what they rest on first.
        for component in components {
            let inside: BTreeSet<usize> = component.iter().copied().collect();
            let circle = component.len() > 1 || edges[component[0]].contains(&component[0]);
            let mut origins: BTreeSet<usize> = BTreeSet::new();
            for &s in &component {
                for &t in edges[s].iter().filter(|t| !inside.contains(t)) {
                    origins.extend(found.of_source[t].iter().copied());
                }
            }
            if circle {
                let mut members = component.clone();
                members.sort_unstable();
                found.circles.push(members);
            }
            if origins.is_empty() {
                let first = component.iter().copied().min().unwrap_or_default();
                let (origin, unnamed) = if circle {
                    (Origin::Circle(record.sources[first].id.clone()), true)
                } else {
                    own_origin(record, index, first)
                };
                let next = found.all.len();
                let slot = *known.entry(origin.clone()).or_insert(next);
                if slot == next {
                    found.all.push(origin);
                    found.unnamed.push(unnamed);
                } else {
                    found.unnamed[slot] &= unnamed;
                }
                origins.insert(slot);
            }
            let origins: Vec<usize> = origins.into_iter().collect();
            for &s in &component {
                found.of_source[s].clone_from(&origins);
            }
        }
        found.circles.sort();
        found
    }

    /// The origins of a claim; none when its innermost source is not in the record.
    #[must_use]
    pub fn of_claim(&self, claim: &Claim, index: &Index<'_>) -> &[usize] {
        claim
            .chain
            .last()
            .and_then(|id| index.sources.get(id.as_str()))
            .map_or(&[], |&s| self.of_source[s].as_slice())
    }

    /// An origin by its number.
    #[must_use]
    pub fn origin(&self, number: usize) -> Option<&Origin> {
        self.all.get(number)
    }

    /// Whether an origin is described but not named.
    #[must_use]
    pub fn is_unnamed(&self, number: usize) -> bool {
        self.unnamed.get(number).copied().unwrap_or(false)
    }

    /// Whether an origin is a circle.
    #[must_use]
    pub fn is_circle(&self, number: usize) -> bool {
        matches!(self.all.get(number), Some(Origin::Circle(_)))
    }

    /// The origins of several claims together, each once.
    #[must_use]
    pub fn together<'c>(
        &self,
        claims: impl IntoIterator<Item = &'c Claim>,
        index: &Index<'_>,
    ) -> BTreeSet<usize> {
        claims.into_iter().flat_map(|c| self.of_claim(c, index).iter().copied()).collect()
    }

    /// How many of these origins are independent of one another.
    #[must_use]
    pub fn count(&self, origins: &BTreeSet<usize>) -> Independent {
        let named = origins.iter().filter(|o| !self.is_unnamed(**o)).count();
        Independent {
            at_least: named.max(usize::from(!origins.is_empty())),
            at_most: origins.len(),
        }
    }
}

/// What a source is the origin of when it rests on nothing else.
fn own_origin(record: &Record, index: &Index<'_>, s: usize) -> (Origin, bool) {
    let source = &record.sources[s];
    if let Some(actor) = &source.actor {
        return (Origin::Actor(actor.clone()), source.unnamed);
    }
    if source.kind == SourceKind::Document
        && let Some(outlet) = source.outlet.as_deref()
        && let Some(&o) = index.sources.get(outlet)
        && o != s
    {
        let outlet = &record.sources[o];
        return outlet.actor.as_ref().map_or_else(
            || (Origin::Source(outlet.id.clone()), outlet.unnamed),
            |a| (Origin::Actor(a.clone()), false),
        );
    }
    (Origin::Source(source.id.clone()), source.unnamed)
}

/// Strongly connected components, each after those it points to (Tarjan's
/// algorithm, without recursion so that long chains cannot exhaust the stack).
fn components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const NEW: usize = usize::MAX;
    let n = edges.len();
    let (mut order, mut low, mut on_stack) = (vec![NEW; n], vec![0; n], vec![false; n]);
    let (mut stack, mut out, mut next) = (Vec::new(), Vec::new(), 0);
    for root in 0..n {
        if order[root] != NEW {
            continue;
        }
        let mut work = vec![(root, 0_usize)];
        while let Some(&mut (v, ref mut at)) = work.last_mut() {
            if *at == 0 {
                order[v] = next;
                low[v] = next;
                next += 1;
                stack.push(v);
                on_stack[v] = true;
            }
            if let Some(&w) = edges[v].get(*at) {
                *at += 1;
                if order[w] == NEW {
                    work.push((w, 0));
                } else if on_stack[w] {
                    low[v] = low[v].min(order[w]);
                }
                // A vertex without edges left falls through below on its next turn.
                continue;
            }
            work.pop();
            if let Some(&(parent, _)) = work.last() {
                low[parent] = low[parent].min(low[v]);
            }
            if low[v] == order[v] {
                let mut component = Vec::new();
                while let Some(w) = stack.pop() {
                    on_stack[w] = false;
                    component.push(w);
                    if w == v {
                        break;
                    }
                }
                out.push(component);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_come_after_what_they_rest_on() {
        // 0 → 1 → 2 → 1, 3 → 0
        let found = components(&[vec![1], vec![2], vec![1], vec![0]]);
        let sorted: Vec<Vec<usize>> = found
            .into_iter()
            .map(|mut c| {
                c.sort_unstable();
                c
            })
            .collect();
        assert_eq!(sorted, [vec![1, 2], vec![0], vec![3]]);
    }

    #[test]
    fn a_chain_of_a_hundred_thousand_does_not_exhaust_the_stack() {
        let n = 100_000;
        let edges: Vec<Vec<usize>> =
            (0..n).map(|i| if i + 1 < n { vec![i + 1] } else { vec![] }).collect();
        assert_eq!(components(&edges).len(), n);
    }
}
