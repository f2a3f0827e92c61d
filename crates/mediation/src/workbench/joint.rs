//! A question chosen from everybody's answers: a disclosure, and its price.

use super::known::Known;
use crate::id::{PrincipalId, RoomId};
use crate::preparation::{Grounds, Question};
use crate::questions::open_question;
use crate::view::View;
use detente_elicitation as elicitation;
use detente_elicitation::case::{Mode, Next};
use detente_elicitation::{Answer, Case, Rankings, Settings, Version};
use serde::Serialize;

/// Ways the other sides may be that are tried.
const TRIED: usize = 24;
/// Versions kept of each side while trying.
const PARTICLES: usize = 100;

/// A question chosen from several sides' answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JointQuestion {
    /// The question.
    pub question: Question,
    /// Estimate, in bits: what being asked just this tells the side about the others.
    pub bits: f64,
    /// No estimate from so few trials can exceed this.
    pub most_bits: f64,
    /// How many ways the others may be were tried.
    pub tried: usize,
}

/// The question to a party, in a room, whose answer is worth most by all that
/// a mediator was told; `None` when none is, one is still open, or the viewer
/// is no mediator.
#[must_use]
pub fn joint_question(seen: &View, room: RoomId, to: PrincipalId) -> Option<JointQuestion> {
    let known = Known::of(seen)?;
    let party = known.parties.iter().position(|p| *p == to)?;
    let room = seen.rooms.iter().find(|r| r.id == room)?;
    if open_question(room, to).is_some() {
        return None;
    }
    let settings = Settings { mode: Mode::Joint, particles: PARTICLES, ..Settings::default() };
    let Next::Ask(question) = known.case(settings).next_question(party) else { return None };
    let others = others(&known);
    let same = others.iter().filter(|others| {
        let next = tried(&known, party, others, settings).next_question(party);
        next == Next::Ask(question.clone())
    });
    let same = same.count();
    let most_bits = ((TRIED + 1) as f64).log2();
    Some(JointQuestion {
        question: known.table.question(&question, Grounds::Joint)?,
        // Never 0 of TRIED: the world as it is counts as one more.
        bits: most_bits - ((same + 1) as f64).log2(),
        most_bits,
        tried: TRIED,
    })
}

/// Ways all sides may be, of which nothing is known.
fn others(known: &Known) -> Vec<Vec<Version>> {
    let space = &known.table.space;
    let settings = Settings { seed: known.seed() ^ 2, particles: TRIED, ..Settings::default() };
    let unsaid = vec![Rankings::unsaid(space); space.parties()];
    let case = Case::new(space.clone(), unsaid, settings);
    let versions: Vec<Vec<Version>> = (0..space.parties()).map(|p| case.versions(p)).collect();
    (0..TRIED).map(|k| versions.iter().map(|v| v[k].clone()).collect()).collect()
}

/// The case as it would be if the others were so and had been asked the same.
fn tried(known: &Known, party: usize, others: &[Version], settings: Settings) -> Case {
    let settings = Settings { seed: known.seed(), ..settings };
    let rankings = known.said.iter().enumerate().map(|(p, said)| {
        let given = known.table.rankings(said);
        if p == party { given } else { as_given(&given, &others[p]) }
    });
    let mut case = Case::new(known.table.space.clone(), rankings.collect(), settings);
    for (p, said) in known.said.iter().enumerate() {
        for (question, answer) in known.table.answers(said) {
            let answer = match p == party || !answer.tells() {
                true => answer,
                false => answer_of(&others[p], &question),
            };
            case.answer(p, question, answer);
        }
    }
    case
}

/// Orders of the same things as were given, by this version.
fn as_given(given: &Rankings, version: &Version) -> Rankings {
    let order = |worth: &dyn Fn(usize) -> f64, n: usize| {
        let mut all: Vec<usize> = (0..n).collect();
        all.sort_by(|a, b| worth(*b).total_cmp(&worth(*a)));
        all.into_iter().map(|i| vec![i]).collect()
    };
    let options = given
        .options
        .iter()
        .zip(&version.worth)
        .map(|(tiers, row)| tiers.as_ref().map(|_| order(&|o| row[o], row.len())));
    let swing = |i: usize| version.worth[i].iter().copied().fold(0.0, f64::max);
    Rankings {
        options: options.collect(),
        issues: given.issues.as_ref().map(|_| order(&swing, version.worth.len())),
        ..Rankings::default()
    }
}

fn answer_of(version: &Version, question: &elicitation::Question) -> Answer {
    let (deals, none) = question.margin();
    let deals = deals.into_iter().map(|(deal, factor)| factor * version.utility(deal));
    let margin = deals.sum::<f64>() + none * version.reservation;
    if margin >= 0.0 { Answer::First } else { Answer::Second }
}
