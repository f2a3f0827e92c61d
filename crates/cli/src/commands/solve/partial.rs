//! What holds where parties gave no full numbers: computed, put in words, as JSON.

use super::answer::input_error;
use super::extras_json::outcome;
use crate::error::CommandError;
use detente_analysis::Budget;
use detente_analysis::ordinal::separable::Modality;
use detente_analysis::partial::{
    self, Efficiency, PartialAnswer, PartialError, RobustPick, RobustRule,
};
use detente_model::diagnostic::Diagnostic;
use detente_model::{AcceptanceRule, Outcome, Scenario};
use detente_report::extras::{OrdinalPick, Unstated};
use num_traits::{ToPrimitive, Zero};
use serde_json::{Map, Value, json};

/// Said where nothing was computed.
pub(super) const NOT_COMPUTED: &str = "What holds whatever is left unsaid was not computed: with partial preferences, issues that are shared out or have over 400 options together are not.";

/// The answer; `None` where the scenario is of a kind that is not computed.
pub(super) fn answer(
    scenario: &Scenario,
    budget: &Budget<'_>,
) -> Result<Option<PartialAnswer>, CommandError> {
    match partial::solve(scenario, budget) {
        Ok(answer) => Ok(Some(answer)),
        Err(PartialError::NotComputed(_)) => Ok(None),
        Err(PartialError::Contradiction { index, party, statements }) => {
            let said = scenario.preferences()[index].partial();
            let words: Vec<String> = statements
                .iter()
                .filter_map(|&s| said?.statements.get(s))
                .map(|s| s.judgement.in_words(scenario.issues()))
                .collect();
            let message =
                format!("`{party}` contradicts itself: {}, cannot all hold", words.join("; "));
            Err(input_error(
                Diagnostic::error("contradiction", message)
                    .hint("ask again, or drop the statement that is least sure"),
            ))
        }
    }
}

/// In the order in which a reader asks.
pub(super) fn picks(scenario: &Scenario, answer: &PartialAnswer) -> Vec<OrdinalPick> {
    let mut picks = Vec::new();
    if !answer.complete {
        picks.push(OrdinalPick {
            rule: format!("{} outcomes were looked at", answer.outcomes.len()),
            outcomes: Vec::new(),
            note: "there are too many for all; these are those that were named, and those that are best for some preferences that fit what was said".into(),
        });
    }
    picks.extend([sure(answer), open(scenario, answer)]);
    picks.extend(efficient(answer));
    picks.extend(answer.robust.iter().map(|pick| OrdinalPick {
        rule: robust_words(pick.rule).into(),
        outcomes: vec![answer.outcomes[pick.outcome].clone()],
        note: worst_case_words(pick),
    }));
    if answer.robust.is_empty() {
        picks.push(OrdinalPick {
            rule: "deals that hold up whatever is left unsaid".into(),
            outcomes: Vec::new(),
            note: why_no_rule(scenario, answer).into(),
        });
    }
    let vague: Vec<&str> = scenario
        .parties()
        .iter()
        .zip(&answer.exact)
        .filter(|(_, exact)| !**exact)
        .map(|(party, _)| party.name.as_str())
        .collect();
    if !vague.is_empty() {
        picks.push(OrdinalPick {
            rule: format!("for {} not all was used", vague.join(", ")),
            outcomes: Vec::new(),
            note: "statements about weights and swings can be read in too many ways there; what is called certain holds, what is called possible is only not excluded".into(),
        });
    }
    picks
}

fn with(answer: &PartialAnswer, agreement: Modality) -> Vec<Outcome> {
    let all = answer.outcomes.iter().zip(&answer.agreement);
    all.filter(|(_, m)| **m == agreement).map(|(o, _)| o.clone()).collect()
}

fn of(answer: &PartialAnswer) -> String {
    let kind = if answer.complete { "feasible outcomes" } else { "outcomes looked at" };
    format!("{} {kind}", answer.outcomes.len())
}

/// In figures.
pub(super) fn counts(answer: &PartialAnswer) -> Unstated {
    let efficient = answer.efficiency.as_ref().map(|all| {
        let count = |wanted| all.iter().filter(|e| **e == wanted).count();
        (count(Efficiency::Necessary), count(Efficiency::Possible))
    });
    Unstated {
        looked_at: answer.outcomes.len(),
        complete: answer.complete,
        acceptable: (answer.count(Modality::Necessary), answer.count(Modality::Possible)),
        efficient,
    }
}

fn sure(answer: &PartialAnswer) -> OrdinalPick {
    let outcomes = with(answer, Modality::Necessary);
    let note = format!("{} of {}", outcomes.len(), of(answer));
    OrdinalPick { rule: "acceptable to all, for certain".into(), outcomes, note }
}

fn open(scenario: &Scenario, answer: &PartialAnswer) -> OrdinalPick {
    let refusing: Vec<String> = scenario
        .parties()
        .iter()
        .zip(&answer.acceptability)
        .map(|(party, row)| {
            let count = row.iter().filter(|m| **m == Modality::Impossible).count();
            format!("{} {count}", party.name)
        })
        .collect();
    OrdinalPick {
        rule: "may be acceptable to all".into(),
        outcomes: Vec::new(),
        note: format!(
            "{} of {}; {} cannot be (each side for certain refuses so many: {})",
            answer.count(Modality::Possible),
            of(answer),
            answer.count(Modality::Impossible),
            refusing.join(", ")
        ),
    }
}

fn efficient(answer: &PartialAnswer) -> Option<OrdinalPick> {
    let efficiency = answer.efficiency.as_ref()?;
    let count = |wanted: fn(&Efficiency) -> bool| efficiency.iter().filter(|e| wanted(e)).count();
    let undecided = count(|e| matches!(e, Efficiency::Undecided));
    let undecided = if undecided == 0 { String::new() } else { format!("; {undecided} undecided") };
    let always = count(|e| matches!(e, Efficiency::Necessary));
    let may_be_agreed = |wanted: Efficiency| -> Vec<Outcome> {
        let all = answer.outcomes.iter().zip(efficiency).zip(&answer.agreement);
        all.filter(|((_, e), a)| **e == wanted && **a > Modality::Impossible)
            .map(|((o, _), _)| o.clone())
            .collect()
    };
    let dominated = count(|e| matches!(e, Efficiency::Dominated { .. }));
    let beaten = format!(
        "{dominated} cannot be, as another is for certain as good for all and better for one{undecided}"
    );
    if !answer.complete {
        let listed = may_be_agreed(Efficiency::Possible);
        return Some(OrdinalPick {
            rule: "efficient among all there are, for some preferences that fit what was said"
                .into(),
            note: format!(
                "{} of {}, {} of which may be acceptable to all; {beaten}",
                count(|e| matches!(e, Efficiency::Possible)),
                of(answer),
                listed.len(),
            ),
            outcomes: listed,
        });
    }
    let listed = may_be_agreed(Efficiency::Necessary);
    Some(OrdinalPick {
        rule: "efficient whatever is left unsaid".into(),
        note: format!(
            "{always} of {}, {} of which may be acceptable to all; {} more may be efficient; {beaten}",
            of(answer),
            listed.len(),
            count(|e| matches!(e, Efficiency::Possible)),
        ),
        outcomes: listed,
    })
}

fn robust_words(rule: RobustRule) -> &'static str {
    match rule {
        RobustRule::Share => "the largest share of what is at stake that every side is sure of",
        RobustRule::Regret => "the smallest regret, all sides together",
        RobustRule::Nash => "robust Nash",
        RobustRule::KalaiSmorodinsky => "robust Kalai–Smorodinsky",
        RobustRule::Egalitarian => "robust egalitarian",
    }
}

fn worst_case_words(pick: &RobustPick) -> String {
    let percent = 100.0 * pick.worst_case.to_f64().unwrap_or(f64::NAN);
    if pick.rule != RobustRule::Regret && pick.worst_case.is_zero() {
        return "nothing can be promised yet".to_owned();
    }
    match pick.rule {
        RobustRule::Share => {
            let most = pick.at_most.as_ref().and_then(ToPrimitive::to_f64);
            let most = most.filter(|most| *most < 1.0);
            let most = most.map_or(String::new(), |most| {
                format!("; no outcome can promise more than {:.1}%", 100.0 * most)
            });
            format!(
                "at least {percent:.1}% for each, from its worst on every issue (0%) to its best (100%){most}"
            )
        }
        RobustRule::Regret => format!(
            "no deal that may be agreed on is better by more than {percent:.1}%, the sides' shares of what is at stake added up"
        ),
        RobustRule::Nash => {
            format!("at least {percent:.1}% of the largest product of gains, whatever that is")
        }
        RobustRule::KalaiSmorodinsky => {
            format!("every side gets at least {percent:.1}% of the most it could gain")
        }
        RobustRule::Egalitarian => format!(
            "every side gains at least {percent:.1}% of what is at stake for it over no deal"
        ),
    }
}

fn why_no_rule(scenario: &Scenario, answer: &PartialAnswer) -> &'static str {
    if *scenario.acceptance() != AcceptanceRule::Unanimity {
        "not computed: they are for the consent of all"
    } else if answer.count(Modality::Impossible) == answer.outcomes.len() {
        "there is none: no deal can be acceptable to all"
    } else {
        "not computed: too much is left open, or the time was up"
    }
}

/// The machine-readable form.
pub(super) fn json(scenario: &Scenario, answer: &PartialAnswer) -> Value {
    let id = |p: usize| scenario.parties()[p].id.clone();
    let parties = || 0..scenario.parties().len();
    let exact: Map<String, Value> = parties().map(|p| (id(p), json!(answer.exact[p]))).collect();
    let outcomes: Vec<Value> = answer
        .outcomes
        .iter()
        .enumerate()
        .map(|(x, o)| {
            let acceptable: Map<String, Value> =
                parties().map(|p| (id(p), json!(modality(answer.acceptability[p][x])))).collect();
            let shares: Map<String, Value> = parties()
                .filter_map(|p| {
                    let (low, high) = answer.shares[p].get(x)?;
                    Some((id(p), json!([low.to_f64(), high.to_f64()])))
                })
                .collect();
            let efficiency = answer.efficiency.as_ref().map(|e| e[x]);
            let mut value = json!({
                "outcome": outcome(scenario, o),
                "agreement": modality(answer.agreement[x]),
                "acceptable": acceptable,
                "efficient": efficiency.map(|e| match e {
                    Efficiency::Necessary => "certain",
                    Efficiency::Possible => "possible",
                    Efficiency::Dominated { .. } => "impossible",
                    Efficiency::Undecided => "undecided",
                }),
                "shares": shares,
            });
            if let Some(Efficiency::Dominated { by }) = efficiency {
                value["dominated_by"] = outcome(scenario, &answer.outcomes[by]);
            }
            value
        })
        .collect();
    let robust: Map<String, Value> = RobustRule::ALL
        .into_iter()
        .map(|rule| {
            let pick = answer.robust.iter().find(|p| p.rule == rule).map(|pick| {
                json!({
                    "outcome": outcome(scenario, &answer.outcomes[pick.outcome]),
                    "worst_case": pick.worst_case.to_f64(),
                    "worst_case_exact": pick.worst_case.to_string(),
                    "at_most": pick.at_most.as_ref().and_then(ToPrimitive::to_f64),
                })
            });
            (rule.key().to_owned(), json!(pick))
        })
        .collect();
    json!({
        "agreement_certain": answer.agreement_possible,
        "all_outcomes": answer.complete,
        "exact": exact,
        "counts": {
            "certain": answer.count(Modality::Necessary),
            "possible": answer.count(Modality::Possible),
            "impossible": answer.count(Modality::Impossible),
        },
        "outcomes": outcomes,
        "robust": robust,
    })
}

fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Necessary => "certain",
        Modality::Possible => "possible",
        Modality::Impossible => "impossible",
    }
}
