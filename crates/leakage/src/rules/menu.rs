//! A public menu: a few drafts, named to all beforehand; the mediator sends
//! the best of them. Whatever the prior, no guess becomes more than as many
//! times likelier as the menu has drafts.

use crate::channel::Channel;
use crate::error::LeakError;
use crate::setting::Setting;

/// A public menu and the rule that picks from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Menu {
    /// The drafts of the menu, in the order they were chosen.
    pub drafts: Vec<usize>,
    /// The rule.
    pub channel: Channel,
    /// The smallest share any state with a deal gets: a menu may leave someone nothing.
    pub smallest_share: f64,
}

/// Chooses `size` drafts by public knowledge alone, each time the one that
/// raises the expected share most (greedy: within 1 − 1/e of the best menu,
/// Nemhauser, Wolsey and Fisher 1978), and sends in every state the best of them.
///
/// # Errors
/// When `size` is zero.
pub fn menu(setting: &Setting, size: usize) -> Result<Menu, LeakError> {
    if size == 0 {
        return Err(LeakError::Empty("the menu"));
    }
    let mut reached = vec![0.0_f64; setting.states()];
    let mut drafts: Vec<usize> = Vec::new();
    for _ in 0..size.min(setting.drafts) {
        let mut best = (f64::NEG_INFINITY, 0);
        for draft in (0..setting.drafts).filter(|d| !drafts.contains(d)) {
            let raised: f64 = (0..setting.states())
                .map(|s| setting.prior[s] * reached[s].max(setting.share(s, draft)))
                .sum();
            if raised > best.0 + 1e-12 {
                best = (raised, draft);
            }
        }
        drafts.push(best.1);
        for (state, reached) in reached.iter_mut().enumerate() {
            *reached = reached.max(setting.share(state, best.1));
        }
    }
    let sent: Vec<Option<usize>> = (0..setting.states())
        .map(|state| {
            let better = |a: usize, b: usize| {
                if setting.share(state, b) > setting.share(state, a) + 1e-12 { b } else { a }
            };
            drafts.iter().copied().reduce(better)
        })
        .collect();
    let smallest = (0..setting.states())
        .filter(|&s| setting.has_deal(s) && setting.prior[s] > 0.0)
        .map(|s| reached[s])
        .fold(1.0, f64::min);
    Ok(Menu { drafts, channel: Channel::deterministic(&sent), smallest_share: smallest })
}
