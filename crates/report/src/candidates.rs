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
