//! One audience: its setting, the rule, the draft, the measurement.

use super::options::{Options, Protected, RuleName, party};
use super::refused;
use crate::commands::solve::given;
use crate::error::CommandError;
use detente_analysis::Problem;
use detente_leakage::setting::{MOST_STATES, readers_product};
use detente_leakage::{
    Answers, Channel, Drafts, Family, Ledger, Observation, SecretKind, Setting, assess, rules,
};
use detente_model::Scenario;
use detente_report::leak::Reading;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// Combinations of several hidden parties are sampled to this many.
const JOINT_SAMPLES: usize = 3_000;
/// More figures than this (cases × drafts) would take too much memory.
const MOST_CELLS: usize = 40_000_000;

/// Measures one audience.
pub(super) fn reading(
    scenario: &Scenario,
    problem: &Problem,
    options: &Options,
    readers: Vec<usize>,
) -> Result<Reading, CommandError> {
    let mut random = ChaCha8Rng::seed_from_u64(options.seed);
    random.set_stream(readers.iter().fold(0, |stream, &r| stream * 64 + r as u64 + 1));
    let named = options.draft.as_deref().map(|text| deal(scenario, problem, text)).transpose()?;
    let already = options
        .already
        .iter()
        .map(|text| earlier(scenario, problem, text))
        .collect::<Result<Vec<_>, _>>()?;
    let mut also: Vec<Vec<usize>> = already.iter().map(|a| a.draft.clone()).collect();
    also.extend(named.clone());
    let drafts = Drafts::new(problem, &also).map_err(|e| refused(&e))?;
    let family = options.family();
    let hidden: Vec<usize> = (0..problem.parties).filter(|p| !readers.contains(p)).collect();
    let setting = setting(scenario, problem, options, &drafts, &family, &readers, &mut random)?;
    let mut remarks = Vec::new();
    let truth = true_state(scenario, problem, &family, &setting, &hidden, &mut remarks);

    let mut ledger = Ledger::new(&setting);
    let by_hand = rules::any_acceptable(&setting);
    for earlier in &already {
        record(&setting, &mut ledger, &by_hand, &drafts, earlier)?;
    }
    let made = rule(&setting, options, scenario, &hidden)?;
    let (rule, draft) = match named {
        Some(assignment) => {
            let draft = drafts.position(&assignment).unwrap_or(0);
            let possible = made.channel.position_of_draft(draft).is_some_and(|o| {
                let likelihood = made.channel.likelihood(o);
                ledger.now().iter().zip(&likelihood).any(|(p, l)| p * l > 0.0)
            });
            if possible {
                (made, draft)
            } else {
                remarks.push(format!(
                    "The rule would never lead to this draft from anything still plausible. The figures hold for readers who take it as any draft acceptable to all, each as likely; readers who expected {} would see that it was not followed.",
                    made.short
                ));
                (Made::by_hand(by_hand), draft)
            }
        }
        None => {
            let drawn = truth.map(|state| made.channel.draw(state, &mut random).draft);
            match drawn.unwrap_or_else(|| likeliest(&setting, &made.channel)) {
                Some(draft) => (made, draft),
                None => return Err(no_deal()),
            }
        }
    };
    if setting.sample.is_some() && options.rule != RuleName::Plain {
        remarks.push(
            "The rule was made from the same sample as the figures, which makes the bounds somewhat too low."
                .into(),
        );
    }
    let share = rule.channel.expected_share(&setting);
    let told = assess(&setting, &rule.channel, &ledger, draft, options.answers.into())
        .map_err(|e| impossible(&e))?;
    Ok(Reading {
        draft: problem.outcome(&drafts.assignment(draft)),
        rule: rule.words,
        gap: rule.gap,
        share,
        answers: options.answers.into(),
        told,
        case: ledger,
        remarks,
        readers,
        hidden,
    })
}

fn setting(
    scenario: &Scenario,
    problem: &Problem,
    options: &Options,
    drafts: &Drafts,
    family: &Family,
    readers: &[usize],
    random: &mut ChaCha8Rng,
) -> Result<Setting, CommandError> {
    let product = readers_product(problem, drafts, readers);
    let hidden: Vec<usize> = (0..problem.parties).filter(|p| !readers.contains(p)).collect();
    let cases = |&party: &usize| match options.particles {
        Some(n) => n as usize,
        None => family.most_members() << scenario.preferences()[party].red_lines.len().min(3),
    };
    let cases: usize = hidden.iter().map(cases).sum();
    if drafts.len().saturating_mul(cases) > MOST_CELLS {
        return Err(CommandError::usage(
            "too-large",
            format!("{} drafts and {cases} plausible cases are too many to look at", drafts.len()),
            "use a coarser prior (--shuffle 2, --shapes 1, a shorter --grid) or take issues off the table",
        ));
    }
    let mut parties = Vec::new();
    for &party in &hidden {
        let plausible = match options.particles {
            None => family.enumerate(scenario, problem, drafts, party),
            Some(n) => family.sample(scenario, problem, drafts, party, n as usize, random),
        };
        parties.push(plausible.map_err(|e| refused(&e))?);
    }
    let count = parties.iter().fold(1_usize, |n, p| n.saturating_mul(p.plausible.len()));
    let joint_limit = (MOST_CELLS / drafts.len().max(1)).min(MOST_STATES);
    let made = if count <= joint_limit {
        Setting::new(readers.to_vec(), product, parties)
    } else {
        let samples = JOINT_SAMPLES.min(joint_limit.max(100));
        Setting::sampled(readers.to_vec(), product, parties, samples, random)
    };
    made.map_err(|e| refused(&e))
}

/// The state that stands for the scenario's own figures, where every case was counted.
fn true_state(
    scenario: &Scenario,
    problem: &Problem,
    family: &Family,
    setting: &Setting,
    hidden: &[usize],
    remarks: &mut Vec<String>,
) -> Option<usize> {
    let mut wanted = Vec::new();
    for &party in hidden {
        let nearest = family.nearest(scenario, problem, party);
        let name = &scenario.parties()[party].name;
        if nearest.above_grid {
            remarks.push(format!(
                "{name}'s limit is above all that the prior allows; the highest stood in for it."
            ));
        } else if nearest.off_grid {
            remarks.push(format!(
                "{name}'s limit is not on the grid; the next higher stood in for it."
            ));
        }
        wanted.push(nearest.index as u32);
    }
    let found =
        (0..setting.states()).find(|&s| setting.sample.is_none() && setting.who(s) == wanted);
    if found.is_none() {
        remarks.clear();
        remarks.push(
            "The draft is the one this rule sends most often in the sample; give --draft to judge another."
                .into(),
        );
    }
    found
}

/// The draft the rule sends most often.
fn likeliest(setting: &Setting, rule: &Channel) -> Option<usize> {
    let marginal = rule.marginal(&setting.prior);
    rule.observations
        .iter()
        .zip(&marginal)
        .filter(|(o, _)| o.draft.is_some())
        .fold((None, 0.0), |best, (o, &p)| if p > best.1 { (o.draft, p) } else { best })
        .0
}

/// A rule with what is said of it.
struct Made {
    channel: Channel,
    words: String,
    short: &'static str,
    gap: Option<f64>,
}

impl Made {
    fn by_hand(channel: Channel) -> Self {
        Self {
            channel,
            words: "A draft made by hand, taken as any that is acceptable to all, each as likely."
                .into(),
            short: "any acceptable draft",
            gap: None,
        }
    }
}

fn rule(
    setting: &Setting,
    options: &Options,
    scenario: &Scenario,
    hidden: &[usize],
) -> Result<Made, CommandError> {
    let made = |channel, words: String, short| Made { channel, words, short, gap: None };
    let fail = |e| refused(&e);
    let protected = || protected(setting, options, scenario, hidden);
    Ok(match options.rule {
        RuleName::Plain => {
            made(rules::plain(setting), "The plain rule: the Nash draft.".into(), "the Nash draft")
        }
        RuleName::Optimal => {
            let found =
                rules::optimal(setting, options.share, options.answers.into()).map_err(fail)?;
            Made {
                gap: Some(found.gap()),
                channel: found.channel,
                words: "Least information: a lottery held once in the case.".into(),
                short: "a lottery of least information",
            }
        }
        RuleName::Priced => {
            let secret = protected()?;
            let found = rules::priced(
                setting,
                secret,
                options.price,
                options.share,
                options.answers.into(),
            )
            .map_err(fail)?;
            Made {
                gap: Some(found.gap()),
                channel: found.channel,
                words: format!(
                    "Priced: a lottery held once in the case; each hundredth by which the protected secret is guessed more often costs {} bits.",
                    options.price / 100.0
                ),
                short: "a priced lottery",
            }
        }
        RuleName::Capped => made(
            rules::capped(setting, protected()?, options.cap).map_err(fail)?,
            format!(
                "Capped: after the draft no value of the protected secret is likelier than {}, even to one who knows the rest; answers may tell more.",
                options.cap
            ),
            "a capped lottery",
        ),
        RuleName::Menu => {
            let menu = rules::menu(setting, options.menu).map_err(fail)?;
            made(
                menu.channel,
                format!(
                    "The best of a public list of {} drafts; the worst-served plausible case gets {:.0} % of its best Nash product.",
                    menu.drafts.len(),
                    menu.smallest_share * 100.0
                ),
                "a public list",
            )
        }
    })
}

/// The secret a rule protects.
fn protected(
    setting: &Setting,
    options: &Options,
    scenario: &Scenario,
    hidden: &[usize],
) -> Result<usize, CommandError> {
    let whose = match &options.protect_of {
        Some(id) => party(scenario, id)?,
        None => hidden[0],
    };
    let wanted = |kind: SecretKind| match options.protect {
        Protected::Limit => kind == SecretKind::Reservation,
        Protected::TopIssue => kind == SecretKind::TopIssue,
        Protected::RedLine => matches!(kind, SecretKind::RedLine(_)),
    };
    setting.secrets().iter().position(|s| s.party == whose && wanted(s.kind)).ok_or_else(|| {
        CommandError::usage(
            "no-such-secret",
            format!(
                "{} has no such secret hidden from these readers",
                scenario.parties()[whose].name
            ),
            "see --protect and --protect-of",
        )
    })
}

/// A draft the audience saw before, with the answer it knows.
struct Earlier {
    what: String,
    draft: Vec<usize>,
    answer: Option<bool>,
}

fn earlier(scenario: &Scenario, problem: &Problem, text: &str) -> Result<Earlier, CommandError> {
    let (deal_text, answer) = match text.rsplit_once("->") {
        None => (text, None),
        Some((deal, answer)) => match answer.trim() {
            "yes" => (deal, Some(true)),
            "no" => (deal, Some(false)),
            other => {
                return Err(CommandError::usage(
                    "bad-answer",
                    format!("`{other}` is no answer"),
                    "write the deal, then -> yes or -> no",
                ));
            }
        },
    };
    let what = format!("the draft {}", text.trim());
    Ok(Earlier { what, draft: deal(scenario, problem, deal_text.trim())?, answer })
}

fn deal(scenario: &Scenario, problem: &Problem, text: &str) -> Result<Vec<usize>, CommandError> {
    let outcome = given::read(scenario, text)?;
    problem.assignment(&outcome).filter(|a| problem.is_feasible(a)).ok_or_else(|| {
        CommandError::usage(
            "infeasible",
            "the draft breaks a constraint of the scenario",
            "see `detente solve --from` for which",
        )
    })
}

/// Enters an earlier draft, and its answer, into the ledger.
fn record(
    setting: &Setting,
    ledger: &mut Ledger,
    by_hand: &Channel,
    drafts: &Drafts,
    earlier: &Earlier,
) -> Result<(), CommandError> {
    let draft = drafts.position(&earlier.draft).unwrap_or(0);
    let sent = by_hand.position_of_draft(draft).ok_or_else(|| {
        CommandError::usage(
            "implausible",
            format!("{} is acceptable to all in no plausible case", earlier.what),
            "leave it out, or widen the prior (--grid, --shapes)",
        )
    })?;
    ledger.record(&earlier.what, by_hand, sent).map_err(|e| impossible(&e))?;
    if let Some(yes) = earlier.answer {
        let answers = Channel::deterministic(&vec![Some(draft); setting.states()])
            .with_answers(setting, Answers::Sealed);
        let seen = Observation { draft: Some(draft), answers: u64::from(yes) };
        let Some(seen) = answers.position(seen) else {
            return Err(impossible(&detente_leakage::LeakError::Mismatch(
                "nothing plausible would lead to that answer",
            )));
        };
        let what = format!("the answer to {}", earlier.what);
        ledger.record(what, &answers, seen).map_err(|e| impossible(&e))?;
    }
    Ok(())
}

fn impossible(error: &detente_leakage::LeakError) -> CommandError {
    CommandError::usage(
        "implausible",
        error.to_string(),
        "what was disclosed contradicts the prior: widen it (--grid, --shapes), or check --already",
    )
}

fn no_deal() -> CommandError {
    CommandError::usage(
        "no-draft",
        "this rule sends no draft: by these figures nobody would gain by any",
        "give a draft with --draft, or another --grid; see `detente solve` for why",
    )
}
