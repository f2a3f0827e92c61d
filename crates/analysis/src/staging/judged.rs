//! The whole answer to "would a small deal now help or block the broad one?".

use super::{CaseError, Effort, InterimAnswer, InterimQuestion, Staging};

/// A small deal with its answer.
#[derive(Debug, Clone)]
pub struct Judged {
    /// Its name.
    pub id: String,
    /// What was asked.
    pub question: InterimQuestion,
    /// The answer.
    pub answer: InterimAnswer,
}

/// The questions a staging block asks: one per small deal.
#[must_use]
pub fn interim_questions(block: &Staging) -> Vec<(String, InterimQuestion)> {
    let (instance, deals) = (block.weighed(), block.broad_deals());
    block
        .interims
        .iter()
        .map(|interim| {
            let question = InterimQuestion {
                instance: instance.clone(),
                deals: deals.clone(),
                interim: interim.progress.clone(),
                after: interim.after.clone(),
                sigma: block.sigma.clone(),
                epsilon: block.epsilon.clone(),
            };
            (interim.id.clone(), question)
        })
        .collect()
}

/// Judges the small deals of a staging block, or the one of that name.
///
/// # Errors
/// [`CaseError`] when a question does not hold together.
pub fn judge(
    block: &Staging,
    only: Option<&str>,
    effort: &Effort<'_>,
) -> Result<Vec<Judged>, CaseError> {
    interim_questions(block)
        .into_iter()
        .filter(|(id, _)| only.is_none_or(|only| id == only))
        .map(|(id, question)| {
            let answer = question.judge(effort)?;
            Ok(Judged { id, question, answer })
        })
        .collect()
}
