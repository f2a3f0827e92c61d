//! A gate before sending: drafts that would tell too much are replaced by one
//! fixed, public fallback.
//!
//! The gate looks at the draft and at public knowledge (prior, rule, cap),
//! never at the true state. A gate that looked at the truth, or tried the
//! next best draft until one passed, would itself tell: in our experiments up
//! to certainty.

use crate::channel::{Channel, Observation};
use crate::error::LeakError;
use crate::measure::Guesses;
use crate::setting::Setting;

/// Which drafts of a rule may be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    fallback: usize,
    /// Drafts that pass, ascending; the fallback is one of them.
    passes: Vec<usize>,
}

impl Gate {
    /// Decides for every draft of a rule whether it may be sent: no value of
    /// the secret may become likelier than `cap`, not even to a reader who
    /// knows the rest (where that has a meaning). What does not pass is
    /// replaced by `fallback`, whose own meaning grows with what it stands
    /// for: drafts fail, the most telling first, until it too is within the cap.
    ///
    /// # Errors
    /// When even always sending the fallback exceeds the cap.
    pub fn new(
        setting: &Setting,
        rule: &Channel,
        secret: usize,
        cap: f64,
        fallback: usize,
    ) -> Result<Self, LeakError> {
        let guesses = Guesses::knowing_the_rest(setting, &setting.prior, secret)
            .unwrap_or_else(|| Guesses::blind(setting, &setting.prior, secret));
        let tell = |channel: &Channel, draft: usize| {
            let at = channel.position_of_draft(draft);
            at.and_then(|o| guesses.after(channel, o)).map_or(0.0, |n| n.probability)
        };
        let mut drafts: Vec<(f64, usize)> =
            rule.observations.iter().filter_map(|o| o.draft).map(|d| (tell(rule, d), d)).collect();
        drafts.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        drafts.retain(|&(told, d)| told <= cap + 1e-9 && d != fallback);
        loop {
            let mut passes: Vec<usize> = drafts.iter().map(|d| d.1).chain([fallback]).collect();
            passes.sort_unstable();
            let gate = Self { fallback, passes };
            let already = tell(&gate.applied(rule), fallback);
            if already <= cap + 1e-9 {
                return Ok(gate);
            }
            if drafts.pop().is_none() {
                return Err(LeakError::CapBelowPrior { cap, already });
            }
        }
    }

    /// What is sent where the rule says `draft` (or nothing): a function of
    /// the draft alone.
    #[must_use]
    pub fn sent(&self, draft: Option<usize>) -> usize {
        match draft {
            Some(d) if self.passes.binary_search(&d).is_ok() => d,
            _ => self.fallback,
        }
    }

    /// The rule with the gate behind it.
    #[must_use]
    pub fn applied(&self, rule: &Channel) -> Channel {
        let rows = rule.rows.iter().map(|row| {
            row.iter()
                .map(|&(o, p)| {
                    let draft = Some(self.sent(rule.observations[o].draft));
                    (Observation { draft, answers: 0 }, p)
                })
                .collect()
        });
        Channel::new(rows.collect())
    }
}
