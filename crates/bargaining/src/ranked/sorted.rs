//! All acceptable packages of a small space, sorted once.

use crate::own::OwnUtility;
use crate::table::Package;
use std::cmp::Reverse;

/// Larger spaces are not enumerated.
const MOST_PACKAGES: u64 = 1 << 18;

/// Utility and number of every acceptable feasible package, best first.
#[derive(Debug)]
pub(crate) struct Sorted(Vec<(i64, u32)>);

impl Sorted {
    pub(crate) fn new(own: &OwnUtility) -> Option<Self> {
        let table = own.table();
        let count = table.packages().filter(|&n| n <= MOST_PACKAGES)?;
        let mut all = Vec::new();
        for code in 0..u32::try_from(count).ok()? {
            let package = decode(own, code);
            if table.is_feasible(&package) && own.is_acceptable(&package) {
                all.push((own.utility(&package), code));
            }
        }
        all.sort_by_key(|&(utility, code)| (Reverse(utility), code));
        Some(Self(all))
    }

    pub(super) fn package(&self, own: &OwnUtility, at: usize) -> Option<(i64, Package)> {
        self.0.get(at).map(|&(utility, code)| (utility, decode(own, code)))
    }

    /// The places of the packages worth at least `low` and at most `high`.
    pub(super) fn between(&self, low: i64, high: i64) -> std::ops::Range<usize> {
        let above = self.0.partition_point(|p| p.0 > high);
        above..self.0.partition_point(|p| p.0 >= low)
    }
}

/// Package by number; the last issue turns fastest.
fn decode(own: &OwnUtility, code: u32) -> Package {
    let table = own.table();
    let mut rest = code as usize;
    let mut options = vec![0; table.issues()];
    for (issue, option) in options.iter_mut().enumerate().rev() {
        *option = rest % table.size(issue);
        rest /= table.size(issue);
    }
    Package(options)
}
