//! Which line each claim stands on.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// The lines of claims by their ids: all ids in one text and a table of
/// numbers, since a string each for a million claims takes longer to keep than
/// the rest of the log to read.
#[derive(Debug, Clone, Default)]
pub struct ClaimLines {
    ids: String,
    /// Where each id ends in the text, and its line; by rising line.
    claims: Vec<(usize, u64)>,
    /// Numbers of claims.
    table: HashTable<usize>,
    hasher: DefaultHashBuilder,
}

impl ClaimLines {
    /// Adds a claim whose line is after all others; false where there is one of
    /// this id, which stays.
    pub fn insert(&mut self, id: &str, line: u64) -> bool {
        let Self { ids, claims, table, hasher } = self;
        let hash = hasher.hash_one(id);
        let rehash = |&claim: &usize| hasher.hash_one(id_of(ids, claims, claim));
        let same = |&claim: &usize| id_of(ids, claims, claim) == id;
        let hashbrown::hash_table::Entry::Vacant(free) = table.entry(hash, same, rehash) else {
            return false;
        };
        free.insert(claims.len());
        ids.push_str(id);
        claims.push((ids.len(), line));
        true
    }

    /// The line of the claim of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<u64> {
        let same = |&claim: &usize| id_of(&self.ids, &self.claims, claim) == id;
        let claim = self.table.find(self.hasher.hash_one(id), same)?;
        Some(self.claims[*claim].1)
    }

    /// Whether a line is a claim.
    #[must_use]
    pub fn is_claim(&self, line: u64) -> bool {
        self.claims.binary_search_by_key(&line, |(_, line)| *line).is_ok()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.claims.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.claims.is_empty()
    }
}

fn id_of<'a>(ids: &'a str, claims: &[(usize, u64)], claim: usize) -> &'a str {
    let start = claim.checked_sub(1).map_or(0, |before| claims[before].0);
    &ids[start..claims[claim].0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn it_keeps_what_a_map_keeps(ids in prop::collection::vec("[ab]{0,3}", 0..60)) {
            let (mut lines, mut map) = (ClaimLines::default(), HashMap::new());
            for (id, line) in ids.iter().zip(1..) {
                prop_assert_eq!(lines.insert(id, line), !map.contains_key(id));
                map.entry(id).or_insert(line);
            }
            prop_assert_eq!(lines.len(), map.len());
            for id in &ids {
                prop_assert_eq!(lines.get(id), map.get(id).copied());
            }
            prop_assert_eq!(lines.get("c"), None);
            for line in 0..=ids.len() as u64 {
                prop_assert_eq!(lines.is_claim(line), map.values().any(|l| *l == line));
            }
        }
    }
}
