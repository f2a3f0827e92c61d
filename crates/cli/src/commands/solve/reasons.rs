//! Why there is no agreement, in the shape the page and the text show.

use detente_analysis::Budget;
use detente_analysis::why_not::cuts::{JointCut, OwnCut};
use detente_analysis::why_not::lifts::{Effect, Lift as Lifting, Lifted};
use detente_analysis::why_not::{self, Verdict};
use detente_model::Scenario;
use detente_report::extras::{Alone, Cause, Cut, Lift, Tried, WhyNot};

/// Asks why not; what cannot be answered becomes a remark.
pub(super) fn why_not(
    scenario: &Scenario,
    budget: &Budget<'_>,
    remarks: &mut Vec<String>,
) -> Option<WhyNot> {
    let verdict = match why_not::why_not(scenario, budget) {
        Ok(verdict) => verdict,
        Err(error) => {
            remarks.push(format!("Why there is no agreement was not looked into: {error}."));
            return None;
        }
    };
    match verdict {
        Verdict::Possible(_) => None,
        Verdict::Undecided => {
            remarks.push("Why there is no agreement was not decided in the time allowed.".into());
            None
        }
        Verdict::NothingFeasible { constraints, minimal } => Some(WhyNot {
            conflicts: vec![constraints.into_iter().map(Cause::Constraint).collect()],
            conflicts_complete: false,
            ..WhyNot::default()
        })
        .inspect(|_| {
            if !minimal {
                remarks.push("The constraints named leave nothing together; fewer of them may do so already.".into());
            }
        }),
        Verdict::Impossible(found) => Some(impossible(&found)),
    }
}

fn impossible(found: &why_not::WhyNot) -> WhyNot {
    let conflicts = found.conflicts.minimal.iter().map(|conflict| {
        let reservations = conflict.reservations.iter().map(|&p| Cause::NoDeal(p));
        reservations.chain(conflict.red_lines.iter().map(|&(p, i)| Cause::RedLine(p, i))).collect()
    });
    let alone = found.own_cuts.iter().enumerate().map(|(party, cut)| Alone {
        party,
        cut: match cut {
            OwnCut::Opens { cut, deal } => Tried::Opens((cut.to_f64(), deal.clone())),
            OwnCut::Never => Tried::Nothing,
            OwnCut::Undecided => Tried::Undecided,
        },
    });
    WhyNot {
        conflicts: conflicts.collect(),
        conflicts_complete: found.conflicts.complete,
        alone: alone.collect(),
        cuts: found.joint_cuts.minimal.iter().map(cut).collect(),
        cuts_complete: found.joint_cuts.complete,
        evenest: found.joint_cuts.evenest.as_ref().map(cut),
        lifts: found.red_lines.iter().chain(&found.constraints).map(lift).collect(),
        never_offered: found.not_negotiable.clone(),
    }
}

fn cut(joint: &JointCut) -> Cut {
    let by = joint.cuts.iter().enumerate().filter(|(_, c)| !c.is_zero());
    Cut { by: by.map(|(party, c)| (party, c.to_f64())).collect(), deal: joint.deal.clone() }
}

fn lift(lifting: &Lifting) -> Lift {
    Lift {
        cause: match lifting.what {
            Lifted::RedLine(party, index) => Cause::RedLine(party, index),
            Lifted::Constraint(index) => Cause::Constraint(index),
        },
        effect: match &lifting.effect {
            Effect::Opens(deal) => Tried::Opens(deal.clone()),
            Effect::Nothing => Tried::Nothing,
            Effect::Undecided => Tried::Undecided,
        },
    }
}
