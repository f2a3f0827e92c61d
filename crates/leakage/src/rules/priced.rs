//! Least information at a chosen share of the best Nash product.

use super::tilted::Program;
use crate::channel::{Answers, Channel, Observation};
use crate::error::LeakError;
use crate::measure::{self, Guesses};
use crate::setting::Setting;

/// A rule of least information with its certificate.
#[derive(Debug, Clone, PartialEq)]
pub struct Priced {
    /// The rule.
    pub channel: Channel,
    /// Expected share of the best Nash product, over states with a deal.
    pub share: f64,
    /// What was minimised, in bits: `I(t;d) + price · G`, where d is the draft
    /// with what is seen of the answers to it, and G how often the best guess
    /// of the secret is then right.
    pub objective: f64,
    /// No rule with that share, over all drafts, has an objective below this
    /// (in bits): the difference is the duality gap.
    pub bound: f64,
}

/// What it costs, by default, when the best guess of a priced secret is right
/// in all cases instead of none, in bits.
pub const DEFAULT_PRICE: f64 = 30.0;
/// The share of the best Nash product kept by default.
pub const DEFAULT_SHARE: f64 = 0.95;

/// The rule that tells least, in bits, at a share of the best Nash product,
/// to readers who see the draft and `answers` of the answers to it.
///
/// # Errors
/// When `share` is not from 0 to .9999.
pub fn optimal(setting: &Setting, share: f64, answers: Answers) -> Result<Priced, LeakError> {
    solve(setting, None, share, answers)
}

/// The same where how often the best guess of one secret is right costs
/// `price` bits: 30 are 0.3 bits for every hundredth.
///
/// # Errors
/// When `share` is not from 0 to .9999, or `price` not from 0 to 300.
pub fn priced(
    setting: &Setting,
    secret: usize,
    price: f64,
    share: f64,
    answers: Answers,
) -> Result<Priced, LeakError> {
    if !(0.0..=300.0).contains(&price) {
        return Err(LeakError::OutOfRange {
            what: "the price",
            range: "from 0 to 300",
            given: price,
        });
    }
    if secret >= setting.secrets().len() {
        return Err(LeakError::Mismatch("there is no such secret"));
    }
    solve(setting, Some((secret, price)), share, answers)
}

/// Bits to which the objective is brought near its bound.
const TOLERANCE: f64 = 1e-5;
/// And where guesses have a price.
const PRICED_TOLERANCE: f64 = 1e-3;
/// So often drafts may join.
const MOST_ROUNDS: usize = 200;
/// After so many rounds a tenth of the precision is enough.
const PATIENCE: usize = 60;
/// So many join at once.
const MOST_JOINING: usize = 48;

fn solve(
    setting: &Setting,
    guessed: Option<(usize, f64)>,
    share: f64,
    answers: Answers,
) -> Result<Priced, LeakError> {
    if !(0.0..=0.9999).contains(&share) {
        return Err(LeakError::OutOfRange {
            what: "the share",
            range: "from 0 to 0.9999",
            given: share,
        });
    }
    let guessed = guessed.filter(|g| g.1 > 0.0);
    // A blind guess is never worse than before.
    let least = guessed.map_or(0.0, |(secret, price)| {
        price * Guesses::blind(setting, &setting.prior, secret).right_before()
    });
    let value = share * setting.deal_probability();
    let constant = best_constant(setting);
    if constant.1 >= value {
        let rows = vec![vec![(constant.0, 1.0)]; setting.states()];
        let silent = certified(setting, &rows, guessed, answers, least);
        if silent.gap() <= TOLERANCE {
            return Ok(silent);
        }
    }
    let value_of = |state| guessed.map_or(0, |(secret, _)| setting.fact(secret, state));
    let classes: Vec<usize> = (0..setting.states()).map(value_of).collect();
    let in_nats = guessed.map_or(0.0, |g| g.1) * std::f64::consts::LN_2;
    let mut program = Program::new(setting, &classes, in_nats, answers);
    program.add(&first_columns(setting, constant.0));
    program.beta = 10.0;
    let closeness = if guessed.is_some() { PRICED_TOLERANCE } else { TOLERANCE };
    let tolerance = closeness * std::f64::consts::LN_2;
    let mut best: Option<Priced> = None;
    for round in 0..MOST_ROUNDS {
        // Coarse while drafts still join, fine at the end.
        let wanted = tolerance.max(1e-3 * 0.5_f64.powi(round.min(40) as i32));
        program.settle(value, wanted / 4.0, ROUNDS_EACH);
        let point = program.reach(value);
        let excess = program.excess(&point);
        let bound = program.bound(&point, &excess, value) / std::f64::consts::LN_2;
        let found = certified(setting, &program.rows(&point), guessed, answers, bound.max(least));
        let keeps = |p: &Priced| p.share >= share - 1e-9;
        let better = best.as_ref().is_none_or(|b| {
            keeps(&found) && !keeps(b) || found.gap() < b.gap() && keeps(&found) == keeps(b)
        });
        if better {
            best = Some(found);
        }
        // Where it comes slowly, less precision is asked for: not where little is from the start.
        let patience = if guessed.is_some() { 0 } else { round / PATIENCE };
        let enough = closeness * 10.0_f64.powi(patience as i32);
        if best.as_ref().is_some_and(|b| b.gap() <= enough) {
            break;
        }
        let mut joining: Vec<usize> = (0..setting.drafts)
            .filter(|&d| excess[d] > 1.0 + tolerance / 4.0 && !program.has(d))
            .collect();
        joining.sort_by(|&a, &b| excess[b].total_cmp(&excess[a]).then(a.cmp(&b)));
        joining.truncate(MOST_JOINING);
        program.prune();
        program.add(&joining);
    }
    best.ok_or(LeakError::Empty("the rounds of the search"))
}

/// At most so many rounds of the iteration before drafts are looked at again.
const ROUNDS_EACH: usize = 600;

impl Priced {
    /// How far, in bits, the objective may be above the least possible.
    #[must_use]
    pub fn gap(&self) -> f64 {
        (self.objective - self.bound).max(0.0)
    }
}

fn certified(
    setting: &Setting,
    rows: &[Vec<(usize, f64)>],
    guessed: Option<(usize, f64)>,
    answers: Answers,
    bound: f64,
) -> Priced {
    let sent = |&(d, p): &(usize, f64)| (Observation { draft: Some(d), answers: 0 }, p);
    let channel = Channel::new(rows.iter().map(|row| row.iter().map(sent).collect()).collect());
    let seen = channel.with_answers(setting, answers);
    let mut objective = measure::bits(&setting.prior, &seen);
    if let Some((secret, price)) = guessed {
        objective += price * Guesses::blind(setting, &setting.prior, secret).right(&seen);
    }
    Priced { share: channel.expected_share(setting), channel, objective, bound }
}

/// The draft of the largest expected value, and that value.
fn best_constant(setting: &Setting) -> (usize, f64) {
    let value = |d: usize| -> f64 {
        (0..setting.states()).map(|s| setting.prior[s] * setting.share(s, d)).sum()
    };
    (0..setting.drafts)
        .filter(|&d| !setting.is_useless_to_readers(d))
        .map(|d| (d, value(d)))
        .fold((0, 0.0), |best, next| if next.1 > best.1 { next } else { best })
}

/// Each state's best draft and the best constant one.
fn first_columns(setting: &Setting, constant: usize) -> Vec<usize> {
    let mut columns: Vec<usize> = super::plain(setting)
        .observations
        .iter()
        .filter_map(|o| o.draft)
        .chain([constant])
        .collect();
    columns.sort_unstable();
    columns.dedup();
    columns
}
