//! More drafts in one case: drawn once, later ones in an order the first fixed.
//!
//! Drawing anew after each refusal averages the noise away. So the lottery is
//! held once; every later draft is a public function of the first, and tells
//! nothing more.

use crate::channel::{Answers, Channel, Observation};
use crate::measure;
use crate::setting::Setting;
use std::collections::BTreeMap;

/// The first `count` drafts after `first`, in the order in which they would
/// be sent: by the share they are expected to have, given the first. A
/// function of the first draft and of public knowledge alone.
#[must_use]
pub fn later_drafts(setting: &Setting, rule: &Channel, first: usize, count: usize) -> Vec<usize> {
    let likelihood = rule.position_of_draft(first).map(|o| rule.likelihood(o));
    let belief = likelihood
        .and_then(|l| measure::posterior(&setting.prior, &l))
        .unwrap_or_else(|| setting.prior.clone());
    let states: Vec<usize> = (0..setting.states()).filter(|&s| belief[s] > 1e-9).collect();
    let mut worth: Vec<(f64, usize)> = (0..setting.drafts)
        .filter(|&d| d != first && !setting.is_useless_to_readers(d))
        .map(|d| (states.iter().map(|&s| belief[s] * setting.share(s, d)).sum(), d))
        .collect();
    worth.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    worth.into_iter().take(count).map(|w| w.1).collect()
}

/// How the readers take drafts in a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// They refuse every draft: sealed answers then show them nothing.
    RefuseAll,
    /// They accept every draft they gain by: sealed answers show them whether all agreed.
    AcceptAll,
}

/// Drafts in order, each with whether there was agreement on it.
type History = Vec<(usize, bool)>;

/// Everything the readers see of `1 + further` drafts with sealed answers,
/// as one channel. The sequence ends with an agreement.
///
/// Observations are numbered, not named: a number stands for one history.
#[must_use]
pub fn whole_case(setting: &Setting, rule: &Channel, further: usize, readers: Readers) -> Channel {
    let mut numbers: BTreeMap<History, u64> = BTreeMap::new();
    let orders: Vec<Vec<usize>> = rule
        .observations
        .iter()
        .map(|o| {
            o.draft.map_or(Vec::new(), |first| {
                let mut order = vec![first];
                order.extend(later_drafts(setting, rule, first, further));
                order
            })
        })
        .collect();
    let rows = rule.rows.iter().enumerate().map(|(state, row)| {
        row.iter()
            .map(|&(o, p)| {
                let mut seen = Vec::new();
                for &draft in &orders[o] {
                    let all = (0..setting.hidden.len()).all(|h| setting.accepts(state, h, draft));
                    let agreed = readers == Readers::AcceptAll
                        && !setting.is_useless_to_readers(draft)
                        && all;
                    seen.push((draft, agreed));
                    if agreed {
                        break;
                    }
                }
                let draft = rule.observations[o].draft;
                let next = numbers.len() as u64;
                let answers = *numbers.entry(seen).or_insert(next);
                (Observation { draft, answers }, p)
            })
            .collect()
    });
    Channel::new(rows.collect())
}

/// Bits of the first draft with its answers as [`Answers`] says, and of the
/// whole sequence, under each of two kinds of readers.
#[must_use]
pub fn bits_of_sequence(setting: &Setting, rule: &Channel, further: usize) -> SequenceBits {
    let of = |readers| {
        let whole = whole_case(setting, rule, further, readers);
        measure::bits(&setting.prior, &whole)
    };
    let answered = rule.with_answers(setting, Answers::Sealed);
    SequenceBits {
        first: measure::bits(&setting.prior, rule),
        first_and_answer: measure::bits(&setting.prior, &answered),
        refused: of(Readers::RefuseAll),
        accepted: of(Readers::AcceptAll),
    }
}

/// What a sequence of drafts with sealed answers tells, in bits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SequenceBits {
    /// The first draft alone.
    pub first: f64,
    /// The first draft and, the readers having said yes, whether there is agreement.
    pub first_and_answer: f64,
    /// All drafts, where the readers refuse each.
    pub refused: f64,
    /// All drafts, where the readers accept each they gain by.
    pub accepted: f64,
}
