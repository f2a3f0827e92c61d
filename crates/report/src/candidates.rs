//! The deals worth a mark: one per distinct outcome, with the rules that pick it.

use crate::extras::Extras;
use crate::svg::mark::Shape;
use detente_analysis::Solved;
use detente_analysis::solved::{Deal, SolutionDeal, SolutionRule};

/// A deal that one or more rules pick.
#[derive(Debug, Clone)]
pub(crate) struct Candidate<'a> {
    /// The deal.
    pub(crate) deal: &'a Deal,
    /// Who picks it.
    pub(crate) picks: Vec<&'a SolutionDeal>,
    /// How it is drawn.
    pub(crate) shape: Shape,
    /// Whether the page is about it.
    pub(crate) focus: bool,
}

/// A text that starts with a capital.
pub(crate) fn capitalised(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// The name of the deal that a page is about: that of the rule in focus.
pub(crate) fn focus_name(candidate: &Candidate<'_>, extras: &Extras) -> String {
    let focus = extras.focus.unwrap_or(SolutionRule::Nash);
    let pick = candidate.picks.iter().find(|p| p.rule == focus).or(candidate.picks.first());
    format!("the {} deal", pick.map(|p| p.rule.name()).unwrap_or_default())
}

impl Candidate<'_> {
    /// The rules' names, in order.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.picks.iter().map(|p| p.rule.name()).collect()
    }

    /// The rules' names as one text.
    pub(crate) fn label(&self) -> String {
        capitalised(&self.names().join(" · "))
    }
}

/// One candidate per distinct outcome; the one in focus first, then in the order of the rules.
pub(crate) fn candidates<'a>(solved: &'a Solved, extras: &Extras) -> Vec<Candidate<'a>> {
    let focus = extras.focus.unwrap_or(SolutionRule::Nash);
    let mut found: Vec<Candidate<'a>> = Vec::new();
    for pick in &solved.solutions {
        match found.iter_mut().find(|c| c.deal.outcome == pick.deal.outcome) {
            Some(same) => same.picks.push(pick),
            None => found.push(Candidate {
                deal: &pick.deal,
                picks: vec![pick],
                shape: Shape::Disc,
                focus: false,
            }),
        }
    }
    let at = found.iter().position(|c| c.picks.iter().any(|p| p.rule == focus)).unwrap_or(0);
    if at < found.len() {
        found[..=at].rotate_right(1);
    }
    for (index, candidate) in found.iter_mut().enumerate() {
        candidate.shape = Shape::ALL[index % Shape::ALL.len()];
        candidate.focus = index == 0;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_model::Outcome;

    fn solved() -> Solved {
        let pick = |rule, option| SolutionDeal {
            rule,
            deal: Deal { outcome: Outcome::from_options([option]), utilities: vec![1.0, 2.0] },
            value: 2.0,
            optimal: true,
            bound: 2.0,
        };
        Solved {
            agreement_possible: Some(true),
            solutions: vec![
                pick(SolutionRule::Nash, 0),
                pick(SolutionRule::KalaiSmorodinsky, 1),
                pick(SolutionRule::Egalitarian, 1),
                pick(SolutionRule::Utilitarian, 0),
            ],
            ideals: vec![3.0, 3.0],
            reservations: vec![0.0, 0.0],
            ..Solved::unsearched(3_u8.into())
        }
    }

    #[test]
    fn rules_that_pick_the_same_outcome_share_a_mark() {
        let solved = solved();
        let found = candidates(&solved, &Extras::default());
        let labels: Vec<String> = found.iter().map(Candidate::label).collect();
        assert_eq!(labels, ["Nash · utilitarian", "Kalai–Smorodinsky · egalitarian"]);
        assert!(found[0].focus && !found[1].focus && found[0].shape != found[1].shape);
    }

    #[test]
    fn the_rule_asked_for_comes_first() {
        let solved = solved();
        let extras = Extras { focus: Some(SolutionRule::Egalitarian), ..Extras::default() };
        let found = candidates(&solved, &extras);
        assert_eq!(found[0].label(), "Kalai–Smorodinsky · egalitarian");
        assert_eq!(focus_name(&found[0], &extras), "the egalitarian deal");
    }
}
