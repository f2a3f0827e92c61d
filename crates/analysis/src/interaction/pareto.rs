//! Which vectors no other one dominates.

/// Flags of the vectors that no other is at least as good as everywhere and
/// better somewhere. `vectors` must be distinct and in ascending order.
///
/// Two components: one sweep. More: each against the undominated ones found so
/// far, best first (Kung, Luccio & Preparata 1975 discuss both), O(n·m·d) for m
/// undominated vectors of d components.
pub(super) fn undominated<V: AsRef<[i64]>>(vectors: &[V]) -> Vec<bool> {
    let mut keep = vec![false; vectors.len()];
    let width = vectors.first().map_or(0, |v| v.as_ref().len());
    if width <= 2 {
        // Descending by the first component: kept when the last one grows.
        let mut best = None;
        for (k, vector) in vectors.iter().enumerate().rev() {
            let last = vector.as_ref().last();
            if best.is_none_or(|b| last > b) {
                keep[k] = true;
                best = Some(last);
            }
        }
        return keep;
    }
    let mut kept: Vec<usize> = Vec::new();
    for (k, vector) in vectors.iter().enumerate().rev() {
        let vector = vector.as_ref();
        let beaten =
            |&other: &usize| vectors[other].as_ref().iter().zip(vector).all(|(a, b)| a >= b);
        if !kept.iter().any(beaten) {
            kept.push(k);
            keep[k] = true;
        }
    }
    keep
}

#[cfg(test)]
mod tests {
    use super::undominated;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_the_definition(
            rows in (0..5_usize).prop_flat_map(|width| prop::collection::btree_set(prop::collection::vec(-3..4_i64, width), 0..25))
        ) {
            let rows: Vec<Vec<i64>> = rows.into_iter().collect();
            let keep = undominated(&rows);
            for (k, row) in rows.iter().enumerate() {
                let beaten = rows.iter().any(|r| r != row && r.iter().zip(row).all(|(a, b)| a >= b));
                prop_assert_eq!(keep[k], !beaten);
            }
        }
    }
}
