//! Which of a party's statements cannot all hold, and no fewer of them.

use super::system::{Contradiction, Layout, strict};
use detente_model::partial::Partial;

/// The statements of one party, by index, that contradict each other: a
/// smallest set in the sense that without any one of them the rest can hold.
/// `None` where all can hold together.
///
/// `sizes` are the options of each issue. Where the worst and best options of
/// issues are open in too many ways, statements about swings are left out, so
/// that a clash that rests on them is not found.
#[must_use]
pub fn clash(sizes: &[usize], partial: &Partial) -> Option<Vec<usize>> {
    let named = strict(&Layout::new(sizes, partial), partial).err()?;
    Some(smallest(named, partial, sizes).into_iter().collect())
}

/// A smallest set of judgements that clash by themselves, from those named or,
/// where these rest on what was said of an order without naming it, from all:
/// whatever can be left out is (the deletion filter of Chinneck & Dravnieks
/// 1991, *ORSA Journal on Computing* 3:157–168).
pub(super) fn smallest(named: Contradiction, partial: &Partial, sizes: &[usize]) -> Contradiction {
    let clash = |kept: &Contradiction| {
        let statements = kept.iter().map(|&at| partial.statements[at].clone()).collect();
        let alone = Partial { statements };
        strict(&Layout::new(sizes, &alone), &alone).is_err()
    };
    let mut kept: Contradiction =
        if clash(&named) { named } else { (0..partial.statements.len()).collect() };
    for at in kept.clone() {
        kept.remove(&at);
        if !clash(&kept) {
            kept.insert(at);
        }
    }
    kept
}
