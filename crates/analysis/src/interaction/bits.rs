//! Bit sets as slices of words.

/// Whether bit `index` is set.
pub(super) fn get(words: &[u64], index: usize) -> bool {
    words[index / 64] >> (index % 64) & 1 == 1
}

/// The set of those of `0..len` for which `contains` is true.
pub(super) fn collect(len: usize, contains: impl Fn(usize) -> bool) -> Vec<u64> {
    let mut words = vec![0; len.div_ceil(64)];
    for index in (0..len).filter(|&i| contains(i)) {
        words[index / 64] |= 1 << (index % 64);
    }
    words
}

/// Whether any bit is set.
pub(super) fn any(words: &[u64]) -> bool {
    words.iter().any(|&w| w != 0)
}

/// The set bits, ascending.
pub(super) fn ones(words: &[u64]) -> impl Iterator<Item = usize> {
    words.iter().enumerate().flat_map(|(k, &word)| {
        let mut rest = word;
        std::iter::from_fn(move || {
            (rest != 0).then(|| {
                let bit = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                k * 64 + bit
            })
        })
    })
}
