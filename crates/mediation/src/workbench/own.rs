//! What a package is to a party, by its own words.

use super::table::{Said, Table};
use crate::people::PrincipalKind;
use crate::table::Package;
use crate::view::View;
use detente_analysis::ordinal::separable::Modality;
use detente_analysis::partial::judge;
use detente_model::Outcome;
use num_traits::ToPrimitive;
use serde::Serialize;

/// A package may leave open so much that there are at most so many ways to complete it.
const MOST_COMPLETIONS: usize = 200;

/// What a package is to a party. Exact: it holds for all preferences that
/// fit what the party said, and follows from nothing else.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnValue {
    /// Where it lies between the worst (0) and the best (1) of everything;
    /// for a package that leaves issues open, however these are settled.
    pub share: Option<(f64, f64)>,
    /// Whether it is better than no agreement; for a package that leaves
    /// issues open, however these are settled.
    #[serde(skip)]
    pub acceptable: Modality,
}

/// What a package is to the party that `seen` is a view of, by what it stated
/// in its own room and elsewhere. `None` for anybody else, without anything
/// stated, and where it was not computed.
#[must_use]
pub fn own_value(seen: &View, package: &Package) -> Option<OwnValue> {
    let you = seen.you.as_ref().filter(|you| you.kind == PrincipalKind::Party)?;
    let said = Said::of(you.principal, &seen.rooms);
    if said.count() == 0 || package.is_empty() {
        return None;
    }
    let table = Table::of(&seen.issues, &[&said.red_lines, &[]])?;
    let scenario = table.stated(&[said, Said::default()])?;
    let judged = judge(&scenario, 0, &completions(&table, package)?).ok()?;
    let shares: Option<Vec<(f64, f64)>> = judged
        .iter()
        .map(|j| j.share.as_ref().and_then(|(low, high)| Some((low.to_f64()?, high.to_f64()?))))
        .collect();
    let share = shares.and_then(|all| all.into_iter().reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))));
    let all = |wanted| judged.iter().all(|j| j.acceptable == wanted);
    let acceptable = match () {
        () if all(Modality::Necessary) => Modality::Necessary,
        () if all(Modality::Impossible) => Modality::Impossible,
        () => Modality::Possible,
    };
    Some(OwnValue { share, acceptable })
}

/// Every way to settle what a package leaves open; `None` where these are too many.
fn completions(table: &Table, package: &Package) -> Option<Vec<Outcome>> {
    let mut all = vec![package.clone()];
    for (place, id) in table.ids.iter().enumerate() {
        if package.contains_key(id) {
            continue;
        }
        let options = table.options(place);
        if all.len() * options > MOST_COMPLETIONS {
            return None;
        }
        let with = |head: Package| {
            (0..options as u64).map(move |option| {
                let mut longer = head.clone();
                longer.insert(*id, option);
                longer
            })
        };
        all = all.into_iter().flat_map(with).collect();
    }
    all.iter().map(|package| table.whole(package)).collect()
}
