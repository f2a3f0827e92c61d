//! The page of `solve`: which deals are possible and fair, question by question.

mod efficient;
mod explain;
mod fair;
mod gives_up;
mod issues;
mod method;
mod possible;
mod who_gets;
mod why_not;

use crate::candidates::{Candidate, candidates, capitalised, focus_name};
use crate::charts::ChartDeal;
use crate::extras::Extras;
use crate::gain::Gains;
use crate::page::{Audience, Banner, Direction, Page, Reach, Section, Tone};
use crate::side::Side;
use crate::stakes::Stakes;
use crate::svg::mark::Shape;
use crate::words;
use detente_analysis::Solved;
use detente_analysis::solved::Deal;
use detente_model::Scenario;
use maud::html;

/// Everything the sections share.
struct View<'a> {
    scenario: &'a Scenario,
    solved: &'a Solved,
    extras: &'a Extras,
    sides: Vec<Side<'a>>,
    gains: Gains,
    stakes: Stakes,
    candidates: Vec<Candidate<'a>>,
}

impl<'a> View<'a> {
    /// The deal most sections are about: the one in focus, else the given one.
    fn main_deal(&self) -> Option<(String, &'a Deal)> {
        let pick = self.candidates.first().map(|c| (focus_name(c, self.extras), c.deal));
        pick.or_else(|| self.extras.given.as_ref().map(|g| (g.label.clone(), &g.deal)))
    }

    /// An issue's name; empty where there is no such issue.
    fn issue_name(&self, index: usize) -> &'a str {
        self.scenario.issues().get(index).map(|i| i.name.as_str()).unwrap_or_default()
    }

    /// The deals as charts show them.
    fn chart_deals(&self) -> Vec<ChartDeal> {
        let picked = self.candidates.iter().map(|c| ChartDeal {
            lines: c.names().into_iter().map(capitalised).collect(),
            shape: c.shape,
            focus: c.focus,
            gains: self.gains.of(&c.deal.utilities),
        });
        let given = self.extras.given.iter().map(|g| ChartDeal {
            lines: vec![g.label.clone()],
            shape: Shape::Ring,
            focus: false,
            gains: self.gains.of(&g.deal.utilities),
        });
        picked.chain(given).collect()
    }
}

/// The page of what `solve` found: one file that needs nothing else.
#[must_use]
pub fn solve_page(scenario: &Scenario, solved: &Solved, extras: &Extras) -> String {
    let view = View {
        scenario,
        solved,
        extras,
        sides: Side::all(scenario),
        gains: Gains::new(solved, extras),
        stakes: Stakes::new(scenario),
        candidates: candidates(solved, extras),
    };
    let sections: Vec<Section> = [
        Some(possible::section(&view)),
        why_not::section(&view),
        fair::section(&view),
        efficient::section(&view),
        who_gets::section(&view),
        gives_up::section(&view),
        explain::trades(&view),
        explain::firmness(&view),
        explain::table_changes(&view),
        Some(issues::section(&view)),
        Some(method::section(&view)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let page = Page {
        title: "Which deals are possible, and which are fair?",
        subject: scenario.title(),
        lead: html! {
            @if !scenario.about().is_empty() { p.about dir="auto" { (scenario.about()) } }
        },
        audience: Audience {
            reach: Reach::Narrow,
            text: extras.audience.clone().unwrap_or_else(|| words::audience(scenario).to_owned()),
        },
        banners: banners(solved, extras),
        sections,
        as_of: extras.as_of.as_deref(),
        footer: footer(extras),
        language: "en",
        direction: Direction::LeftToRight,
    };
    page.render()
}

fn banners(solved: &Solved, extras: &Extras) -> Vec<Banner> {
    let unproved = solved.solutions.iter().filter(|s| !s.optimal).count();
    let mut banners = Vec::new();
    if unproved > 0 {
        banners.push(Banner {
            tone: Tone::Warning,
            text: format!(
                "{unproved} of {} fair deals below are the best found, not proved best: the search was ended before. Each says how much better a deal could be at most.",
                solved.solutions.len()
            ),
        });
    }
    banners
        .extend(extras.remarks.iter().map(|text| Banner { tone: Tone::Note, text: text.clone() }));
    banners
}

fn footer(extras: &Extras) -> Vec<String> {
    let made = extras.made_by.as_ref().map(|by| format!("Made by {by}."));
    let command = extras.command.as_ref().map(|c| format!("Command: {c}"));
    let promise = "This page computes what follows from the figures it was given. It takes no side and recommends nothing: people decide.";
    [Some(promise.to_owned()), made, command].into_iter().flatten().collect()
}
