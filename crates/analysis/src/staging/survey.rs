//! All small deals at once: which open the way, which block it, which are safe.

use super::interim::{InterimQuestion, Verdict, parts_of};
use super::planner::{Effort, best_plan};
use super::{CaseError, Rational};
use num_traits::Signed;

/// One small deal in a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surveyed {
    /// How far each deliverable goes.
    pub interim: Vec<usize>,
    /// The verdict.
    pub verdict: Verdict,
    /// The best smallest gain after it.
    pub gain_after: Option<Rational>,
    /// Whether it holds by itself if nothing follows: the best slack of its
    /// own plan is not below zero when it then stands.
    pub holds_alone: bool,
}

/// What a survey of all small deals found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Every small deal looked at, in lexicographic order.
    pub all: Vec<Surveyed>,
    /// The largest ones after which some broad deal can still be carried out.
    pub largest_safe: Vec<Vec<usize>>,
    /// The best first step: of those that lose no broad deal and hold by
    /// themselves, the one with the most to gain after it; if none holds by
    /// itself, of all that lose none.
    pub best_first_step: Option<Vec<usize>>,
    /// Whether every small deal was looked at, completely.
    pub complete: bool,
}

impl Survey {
    /// How many have a verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.all.iter().filter(|s| s.verdict == verdict).count()
    }
}

/// Most small deals looked at.
const MOST_SURVEYED: usize = 5000;

/// Judges every part of the broad deals as a small deal.
///
/// # Errors
/// [`CaseError`] when the question does not hold together.
pub fn survey(question: &InterimQuestion, effort: &Effort<'_>) -> Result<Survey, CaseError> {
    let (before, mut complete) = question.from_status_quo(effort)?;
    let d = question.instance.deliverables.len();
    let widest: Vec<usize> = (0..d)
        .map(|j| question.deals.iter().map(|deal| deal.target[j]).max().unwrap_or(0))
        .collect();
    let size = widest.iter().fold(1_usize, |n, w| n.saturating_mul(w + 1));
    let mut parts = if size > MOST_SURVEYED { Vec::new() } else { parts_of(&widest) };
    complete &= size <= MOST_SURVEYED;
    parts.retain(|p| p.iter().any(|&s| s > 0));
    parts.retain(|p| !question.deals.iter().any(|deal| deal.target == *p));
    let mut all = Vec::new();
    for part in parts {
        let mut asked = question.clone();
        asked.interim.clone_from(&part);
        let (verdict, later, whole) = asked.judge_briefly(&before, effort)?;
        complete &= whole;
        let holds_alone = holds_alone(&asked, effort)?;
        all.push(Surveyed { interim: part, verdict, gain_after: later.gain, holds_alone });
    }
    let safe: Vec<&Surveyed> =
        all.iter().filter(|s| !matches!(s.verdict, Verdict::Precludes | Verdict::Moot)).collect();
    let below = |a: &[usize], b: &[usize]| a != b && a.iter().zip(b).all(|(x, y)| x <= y);
    let largest_safe = safe
        .iter()
        .filter(|s| !safe.iter().any(|o| below(&s.interim, &o.interim)))
        .map(|s| s.interim.clone())
        .collect();
    let best_first_step = safe
        .iter()
        .filter(|s| matches!(s.verdict, Verdict::Precedes | Verdict::Neutral | Verdict::Narrows))
        .max_by(|a, b| {
            (a.holds_alone, &a.gain_after)
                .cmp(&(b.holds_alone, &b.gain_after))
                .then_with(|| b.interim.cmp(&a.interim))
        })
        .map(|s| s.interim.clone());
    Ok(Survey { largest_safe, best_first_step, complete, all })
}

/// Whether the small deal, carried out in the best order and then standing,
/// holds by itself.
fn holds_alone(question: &InterimQuestion, effort: &Effort<'_>) -> Result<bool, CaseError> {
    let mut case = question.instance.clone();
    case.target.clone_from(&question.interim);
    let mut stands = case.clone();
    stands.standing.clone_from(&question.interim);
    case.residual = super::breakdown(&stands, &question.interim);
    let best = best_plan(&case, effort)?.best;
    Ok(best.and_then(|b| b.min_slack).is_some_and(|s| !s.is_negative()))
}
