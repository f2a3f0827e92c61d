//! The plain rule: the Nash draft of the true state. The leakiest.

use crate::channel::{Channel, Observation};
use crate::setting::Setting;

/// In every state the first draft of the largest product of gains; no draft
/// where nobody would gain by any.
#[must_use]
pub fn plain(setting: &Setting) -> Channel {
    let drafts: Vec<Option<usize>> = (0..setting.states())
        .map(|state| {
            let mut best: Option<(f64, usize)> = None;
            for draft in 0..setting.drafts {
                let product = setting.product(state, draft);
                // Equal but for rounding counts as equal: the first in order is taken.
                if product > best.map_or(0.0, |(b, _)| b * (1.0 + 1e-12)) {
                    best = Some((product, draft));
                }
            }
            best.map(|(_, draft)| draft)
        })
        .collect();
    Channel::deterministic(&drafts)
}

/// In every state any draft acceptable to all, each as likely as the next; no
/// draft where there is none. How a reader takes a draft made by hand.
#[must_use]
pub fn any_acceptable(setting: &Setting) -> Channel {
    let rows = (0..setting.states()).map(|state| {
        let acceptable: Vec<usize> =
            (0..setting.drafts).filter(|&d| setting.product(state, d) > 0.0).collect();
        let each = 1.0 / acceptable.len().max(1) as f64;
        if acceptable.is_empty() {
            return vec![(Observation { draft: None, answers: 0 }, 1.0)];
        }
        let sent = |d| (Observation { draft: Some(d), answers: 0 }, each);
        acceptable.into_iter().map(sent).collect()
    });
    Channel::new(rows.collect())
}
