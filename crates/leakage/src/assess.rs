//! What one draft to one audience would give away: the call to make before sending.

use crate::bounds;
use crate::channel::{Answers, Channel};
use crate::error::LeakError;
use crate::ledger::Ledger;
use crate::measure::{self, Guesses, Named};
use crate::secret::Secret;
use crate::setting::Setting;

/// How well the audience can guess one secret, at each stage. Probabilities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stages {
    /// At the start of the case.
    pub start: f64,
    /// After everything disclosed so far.
    pub now: f64,
    /// After this draft.
    pub after_draft: f64,
    /// After this draft and the answers to it, on average over the answers.
    pub after_answers: f64,
    /// After this draft and the answers to it, whichever they are.
    pub at_most: f64,
    /// The likeliest value after this draft and the most telling answer.
    pub worst: Named,
    /// How likely that answer is, once this draft is out.
    pub worst_answer: f64,
}

/// What the audience may learn of one secret.
#[derive(Debug, Clone, PartialEq)]
pub struct SecretAtRisk {
    /// The secret.
    pub secret: Secret,
    /// For an audience that knows nothing else about the hidden parties.
    pub blind: Stages,
    /// For one that knows all the rest; `None` where that has no meaning. Here
    /// `at_most` is the worst over all it may know, the others are averages.
    pub knowing_the_rest: Option<Stages>,
    /// How often the best guess is right on average over the drafts the rule
    /// may send, with answers: the price of the rule, not of this draft.
    pub rule_average: f64,
    /// 95 % upper bounds, where states are a sample.
    pub bounds: Option<SecretBounds>,
}

/// 95 % upper bounds for figures from a sample, for a rule that was not made
/// from that sample (the plain rule, or one fixed beforehand).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SecretBounds {
    /// Of the likeliest value after this draft.
    pub after_draft: f64,
    /// Of [`SecretAtRisk::rule_average`].
    pub rule_average: f64,
}

/// What one draft to one audience would give away.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// Probability, as the audience sees it, that this draft would be sent.
    pub probability: f64,
    /// How many states would get it (with any probability), of how many still plausible.
    pub states: (usize, usize),
    /// Whether the rule leaves anything to chance.
    pub by_lot: bool,
    /// Bits this draft gives, on top of the case so far.
    pub bits: f64,
    /// 95 % upper bound of [`Assessment::bits`], where states are a sample
    /// and the rule leaves nothing to chance.
    pub bits_bound: Option<f64>,
    /// Bits the answers to it give on average, on top of that.
    pub answer_bits: f64,
    /// Bits of the rule on average over its drafts.
    pub rule_bits: f64,
    /// Bits of the rule and the answers on average.
    pub rule_and_answer_bits: f64,
    /// Max-leakage of the rule, bits: for every prior.
    pub max_leakage: f64,
    /// Bits of the case so far, before this draft.
    pub case_bits: f64,
    /// Max-leakage of the case so far, this draft and the answers to it.
    pub case_max_leakage: f64,
    /// Each secret of each hidden party.
    pub secrets: Vec<SecretAtRisk>,
    /// Size of the sample; `None` when every figure is exact for the prior.
    pub sample: Option<usize>,
}

/// Measures what sending `draft` by `rule` tells the audience of `setting`
/// beyond what is in the `ledger`, where answers will be seen as `answers` says.
///
/// # Errors
/// When nothing still plausible leads the rule to this draft: readers who
/// know the rule would conclude it was not followed.
///
/// # Example
/// ```
/// use detente_analysis::Problem;
/// use detente_leakage::{Answers, Drafts, Family, Ledger, Setting, assess, rules, setting::readers_product};
///
/// // Two parties, two issues: a's figures are hidden from b.
/// let tables = [vec![vec![0, 6], vec![4, 0]], vec![vec![5, 0], vec![0, 5]]];
/// let scenario = detente_model::testing::additive(&tables, &[5, 2]).check().0.unwrap();
/// let problem = Problem::new(&scenario)?;
/// let drafts = Drafts::new(&problem, &[])?;
/// let family = Family::new(&[0.3, 0.5, 0.7])?;
/// let a = family.enumerate(&scenario, &problem, &drafts, 0)?;
/// let setting = Setting::new(vec![1], readers_product(&problem, &drafts, &[1]), vec![a])?;
///
/// // Before the draft is sent: what would b learn?
/// let rule = rules::plain(&setting);
/// let mut ledger = Ledger::new(&setting);
/// let draft = rule.observations.iter().find_map(|o| o.draft).unwrap();
/// let told = assess(&setting, &rule, &ledger, draft, Answers::Open)?;
/// let limit = &told.secrets[0];
/// assert!(limit.blind.at_most >= limit.blind.now);
///
/// // After it was sent: it counts in all that follows.
/// ledger.record("first draft", &rule, rule.position_of_draft(draft).unwrap())?;
/// assert!((ledger.bits() - told.bits).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn assess(
    setting: &Setting,
    rule: &Channel,
    ledger: &Ledger,
    draft: usize,
    answers: Answers,
) -> Result<Assessment, LeakError> {
    if rule.rows.len() != setting.states() || ledger.now().len() != setting.states() {
        return Err(LeakError::Mismatch("rule, ledger and setting must have the same states"));
    }
    let never = LeakError::Mismatch("nothing still plausible leads the rule to this draft");
    let Some(sent) = rule.position_of_draft(draft) else { return Err(never) };
    let now = ledger.now();
    let likelihood = rule.likelihood(sent);
    let after = measure::posterior(now, &likelihood).ok_or(never)?;
    let answered = rule.with_answers(setting, answers);
    // What may follow once this draft is out: the answers alone.
    let follows =
        Channel::deterministic(&vec![Some(draft); setting.states()]).with_answers(setting, answers);
    let getting = |s: &usize| now[*s] > 0.0 && likelihood[*s] > 0.0;
    let hits = (0..setting.states()).filter(getting).count();
    let plausible = now.iter().filter(|p| **p > 0.0).count();
    let chance = rule.rows.iter().any(|row| row.len() > 1);
    let sampled = setting.sample.filter(|_| ledger.entries().is_empty());
    let secrets = (0..setting.secrets().len())
        .map(|secret| {
            let rule_average = Guesses::blind(setting, now, secret).right(&answered);
            let blind = stages(Guesses::blind, setting, ledger, &after, &follows, secret);
            SecretAtRisk {
                secret: setting.secrets()[secret].clone(),
                knowing_the_rest: setting.classes(secret).map(|classes| {
                    let of = |s, prior, secret| Guesses::knowing(s, prior, secret, classes.clone());
                    stages(of, setting, ledger, &after, &follows, secret)
                }),
                rule_average,
                bounds: sampled.map(|count| SecretBounds {
                    after_draft: bounds::at_most(
                        (blind.after_draft * hits as f64).round() as usize,
                        hits,
                    ),
                    rule_average: bounds::guess_at_most(rule_average, count),
                }),
                blind,
            }
        })
        .collect();
    Ok(Assessment {
        probability: now.iter().zip(&likelihood).map(|(p, l)| p * l).sum(),
        states: (hits, plausible),
        by_lot: chance,
        bits: measure::bits_given(ledger.before(), &after) - ledger.bits(),
        bits_bound: sampled.filter(|_| !chance).map(|n| bounds::bits_at_most(hits, n)),
        answer_bits: measure::bits(&after, &follows),
        rule_bits: measure::bits(now, rule),
        rule_and_answer_bits: measure::bits(now, &answered),
        max_leakage: measure::max_leakage(rule),
        case_bits: ledger.bits(),
        case_max_leakage: ledger.max_leakage() + measure::max_leakage(&answered),
        secrets,
        sample: setting.sample,
    })
}

fn stages<'a>(
    guesses: impl Fn(&'a Setting, &'a [f64], usize) -> Guesses<'a>,
    setting: &'a Setting,
    ledger: &'a Ledger,
    after: &'a [f64],
    follows: &Channel,
    secret: usize,
) -> Stages {
    let last = guesses(setting, after, secret);
    let nothing = (Named { value: 0, probability: 0.0 }, 0);
    let (worst, answer) = last.worst(follows).unwrap_or(nothing);
    Stages {
        start: guesses(setting, ledger.before(), secret).right_before(),
        now: guesses(setting, ledger.now(), secret).right_before(),
        after_draft: last.right_before(),
        after_answers: last.right(follows),
        at_most: worst.probability,
        worst,
        worst_answer: follows.marginal(after)[answer],
    }
}
