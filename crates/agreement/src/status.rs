//! The status of an agreement on a day, on axes kept apart: how far each
//! obligation is carried out, when it is due, whether that is verified,
//! whether it is disputed.

use crate::agreement::Agreement;
use crate::dispute::{DisputeState, disputes};
use crate::due::{Standing, due};
use crate::facts::{Facts, Progress};
use crate::incident::{IncidentState, incidents};
use crate::log::{Assessment, Check, CheckOutcome, Entry, Ledger};
use crate::words::Sentence;
use detente_model::Number;
use jiff::civil::Date;
use num_rational::BigRational;
use num_traits::Zero;
use std::collections::{BTreeMap, HashMap};

/// How far an obligation is carried out, as assessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Implementation<'a> {
    /// Nobody has assessed it.
    NotAssessed,
    /// It cannot be assessed, with the reason and who says so. Never "not done".
    NotAssessable(&'a str, &'a str),
    /// One assessor's score.
    One(u8, &'a str),
    /// A score two assessors share, or agreed on.
    Agreed(u8, Vec<&'a str>),
    /// Scores that differ and were not reconciled.
    Differ(Vec<(&'a str, u8)>),
}

impl Implementation<'_> {
    /// In words.
    #[must_use]
    pub fn sentence(&self, agreement: &Agreement) -> String {
        match self {
            Self::NotAssessed => Sentence::NotAssessed.fill(&[]),
            Self::NotAssessable(why, by) => {
                Sentence::NotAssessable.fill(&[("why", why), ("by", agreement.name(by))])
            }
            Self::One(score, by) => Sentence::OneAssessor
                .fill(&[("score", &score.to_string()), ("by", agreement.name(by))]),
            Self::Agreed(score, by) => {
                let by: Vec<&str> = by.iter().map(|id| agreement.name(id)).collect();
                Sentence::Reconciled
                    .fill(&[("score", &score.to_string()), ("by", &by.join(" and "))])
            }
            Self::Differ(scores) => {
                let all: Vec<String> = scores
                    .iter()
                    .map(|(by, score)| format!("{score} of 3 by {}", agreement.name(by)))
                    .collect();
                Sentence::NotReconciled.fill(&[("scores", &all.join(", "))])
            }
        }
    }

    /// The score that counts in aggregates.
    #[must_use]
    pub fn score(&self) -> Option<u8> {
        match self {
            Self::Agreed(score, _) => Some(*score),
            _ => None,
        }
    }
}

fn implementation<'a>(history: &[&'a Assessment]) -> Implementation<'a> {
    if let Some(last) = history.last()
        && !last.reconciles.is_empty()
        && let Some(score) = last.score
    {
        return Implementation::Agreed(score, last.reconciles.iter().map(String::as_str).collect());
    }
    let mut latest: BTreeMap<&str, &Assessment> = BTreeMap::new();
    for a in history {
        latest.insert(&a.assessor, a);
    }
    let scores: Vec<(&str, u8)> =
        latest.iter().filter_map(|(by, a)| a.score.map(|s| (*by, s))).collect();
    match scores.as_slice() {
        [] => match latest.values().find_map(|a| Some((a.not_assessable.as_deref()?, a))) {
            Some((why, a)) => Implementation::NotAssessable(why, &a.assessor),
            None => Implementation::NotAssessed,
        },
        [(by, score)] => Implementation::One(*score, by),
        [(_, first), rest @ ..] if rest.iter().all(|(_, s)| s == first) => {
            Implementation::Agreed(*first, scores.iter().map(|(by, _)| *by).collect())
        }
        _ => Implementation::Differ(scores),
    }
}

/// Whether an obligation's performance is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verified<'a> {
    /// Nobody checked.
    NotChecked,
    /// All of it was verified, by the check given.
    All(&'a Check),
    /// So much of it was verified, up to the check given.
    Part(Number, &'a Check),
    /// The last check could not verify it.
    Not(&'a Check),
    /// The last check had no access: nothing can be said.
    NoAccess(&'a Check),
}

impl Verified<'_> {
    /// In words.
    #[must_use]
    pub fn sentence(&self, agreement: &Agreement) -> String {
        let fill = |sentence: Sentence, check: &Check, quantity: &str| {
            sentence.fill(&[
                ("by", agreement.name(&check.by)),
                ("day", &check.on.to_string()),
                ("quantity", quantity),
            ])
        };
        match self {
            Self::NotChecked => Sentence::NotChecked.fill(&[]),
            Self::All(check) => fill(Sentence::Verified, check, ""),
            Self::Part(q, check) => fill(Sentence::VerifiedInPart, check, &q.to_exact_string()),
            Self::Not(check) => fill(Sentence::NotVerified, check, ""),
            Self::NoAccess(check) => fill(Sentence::NoAccess, check, ""),
        }
    }

    /// A word for it, for tables and programs.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::NotChecked => "not checked",
            Self::All(_) => "verified",
            Self::Part(..) => "verified in part",
            Self::Not(_) => "not verified",
            Self::NoAccess(_) => "not assessable",
        }
    }
}

fn sum<'a>(amounts: impl Iterator<Item = &'a Number>) -> Number {
    let mut sum = BigRational::zero();
    for amount in amounts {
        sum += amount.as_rational();
    }
    Number::from(sum)
}

fn verified<'a>(progress: &Progress<'a>) -> Verified<'a> {
    let Some(last) = progress.checks.iter().max_by_key(|c| c.on.latest()) else {
        return Verified::NotChecked;
    };
    let last_verified = progress
        .checks
        .iter()
        .filter(|c| c.outcome == CheckOutcome::Verified)
        .max_by_key(|c| c.on.latest());
    match (last.outcome, last_verified) {
        (CheckOutcome::NoAccess, _) => Verified::NoAccess(last),
        (CheckOutcome::NotVerified, _) => Verified::Not(last),
        (CheckOutcome::Verified, _) if progress.verified.is_some() => Verified::All(last),
        (CheckOutcome::Verified, _) => {
            let verified = progress.checks.iter().filter(|c| c.outcome == CheckOutcome::Verified);
            Verified::Part(sum(verified.filter_map(|c| c.quantity.as_ref().map(|q| &q.0))), last)
        }
    }
}

/// What was promised, declared and verified of what is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// What is counted, with its unit.
    pub what: String,
    /// Promised.
    pub promised: Number,
    /// Declared as delivered.
    pub declared: Number,
    /// Verified as delivered.
    pub verified: Number,
    /// Whether it concerns persons.
    pub persons: bool,
}

/// One obligation on a day.
#[derive(Debug, Clone)]
pub struct ObligationStatus<'a> {
    /// How far it is carried out, as assessed.
    pub implementation: Implementation<'a>,
    /// Every assessment so far.
    pub history: Vec<&'a Assessment>,
    /// When it is due.
    pub due: Standing<'a>,
    /// Whether it is verified.
    pub verified: Verified<'a>,
    /// The disputes about it, by index.
    pub disputes: Vec<usize>,
    /// How many claims are about it.
    pub claims: u64,
    /// The findings about it, as incident and finding.
    pub findings: Vec<(usize, usize)>,
    /// What was delivered of what is counted.
    pub delivered: Option<Delivered>,
}

/// The scores of one theme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// How many obligations it has.
    pub obligations: u32,
    /// How many have a score that counts.
    pub counted: u32,
    /// The sum of those scores.
    pub points: u32,
    /// How many have one assessor's score only.
    pub one_assessor: u32,
    /// How many have scores not reconciled.
    pub not_reconciled: u32,
    /// How many cannot be assessed.
    pub not_assessable: u32,
    /// How many nobody has assessed.
    pub not_assessed: u32,
}

impl Theme {
    /// The share of what is counted, in per cent.
    #[must_use]
    pub fn percent(&self) -> Option<f64> {
        let most = f64::from(3 * self.counted);
        (self.counted > 0).then(|| f64::from(100 * self.points) / most)
    }

    /// The least and the most the share can be, whatever is missing.
    #[must_use]
    pub fn bounds(&self) -> (f64, f64) {
        let most = f64::from(3 * self.obligations.max(1));
        let missing = 3 * (self.obligations - self.counted);
        let share = |points: u32| f64::from(100 * points) / most;
        (share(self.points), share(self.points + missing))
    }
}

/// The whole status.
#[derive(Debug)]
pub struct Status<'a> {
    /// The agreement.
    pub agreement: &'a Agreement,
    /// The day.
    pub as_of: Date,
    /// The log.
    pub ledger: &'a Ledger,
    /// The obligations, in the agreement's order.
    pub obligations: Vec<ObligationStatus<'a>>,
    /// The themes, in the order in which they first appear.
    pub themes: Vec<Theme>,
    /// The incidents.
    pub incidents: Vec<IncidentState<'a>>,
    /// The disputes.
    pub disputes: Vec<DisputeState<'a>>,
}

/// The status at the end of a day. The ledger should hold what was recorded
/// by then, so that the answer is what was known on the day.
#[must_use]
pub fn status<'a>(agreement: &'a Agreement, ledger: &'a Ledger, as_of: Date) -> Status<'a> {
    let facts = Facts::new(agreement, ledger, as_of);
    let due = due(&facts);
    let incidents = incidents(agreement, ledger, as_of);
    let disputes = disputes(agreement, ledger, as_of);
    let mut history: HashMap<&str, Vec<&Assessment>> = HashMap::new();
    for recorded in &ledger.entries {
        if let Entry::Assessment(a) = &recorded.entry
            && a.on.day <= as_of
        {
            history.entry(&a.obligation).or_default().push(a);
        }
    }
    let mut findings: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    for (i, incident) in incidents.iter().enumerate() {
        for (j, finding) in incident.findings.iter().enumerate() {
            for id in &finding.about {
                findings.entry(id).or_default().push((i, j));
            }
        }
    }
    let mut disputed: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, dispute) in disputes.iter().enumerate() {
        for id in &dispute.dispute.about {
            disputed.entry(id).or_default().push(i);
        }
    }
    let mut themes: Vec<Theme> = Vec::new();
    let mut theme_of: HashMap<&str, usize> = HashMap::new();
    let mut obligations = Vec::with_capacity(due.len());
    for ((o, progress), due) in agreement.obligations.iter().zip(&facts.progress).zip(due) {
        let history = history.remove(o.id.as_str()).unwrap_or_default();
        let implementation = implementation(&history);
        let name = o.theme.as_deref().unwrap_or("without a theme");
        let at = *theme_of.entry(name).or_insert_with(|| {
            themes.push(Theme { name: name.to_owned(), ..Theme::default() });
            themes.len() - 1
        });
        count(&mut themes[at], &implementation);
        obligations.push(ObligationStatus {
            implementation,
            history,
            due,
            verified: verified(progress),
            disputes: disputed.remove(o.id.as_str()).unwrap_or_default(),
            claims: ledger.claims_about.get(&o.id).copied().unwrap_or(0),
            findings: findings.remove(o.id.as_str()).unwrap_or_default(),
            delivered: delivered(o, progress),
        });
    }
    Status { agreement, as_of, ledger, obligations, themes, incidents, disputes }
}

fn count(theme: &mut Theme, implementation: &Implementation<'_>) {
    theme.obligations += 1;
    match implementation {
        Implementation::Agreed(score, _) => {
            theme.counted += 1;
            theme.points += u32::from(*score);
        }
        Implementation::One(..) => theme.one_assessor += 1,
        Implementation::Differ(_) => theme.not_reconciled += 1,
        Implementation::NotAssessable(..) => theme.not_assessable += 1,
        Implementation::NotAssessed => theme.not_assessed += 1,
    }
}

fn delivered(o: &crate::Obligation, progress: &Progress<'_>) -> Option<Delivered> {
    let object = o.object.as_ref()?;
    let promised = object.quantity.clone()?;
    let declared = progress.performances.iter().filter_map(|p| p.quantity.as_ref().map(|q| &q.0));
    let checked = progress.checks.iter().filter(|c| c.outcome == CheckOutcome::Verified);
    let checked = checked.filter_map(|c| c.quantity.as_ref().map(|q| &q.0));
    let unit = object.unit.as_ref().map_or(String::new(), |u| format!(" ({u})"));
    Some(Delivered {
        what: format!("{}{unit}", object.what),
        promised,
        declared: sum(declared),
        verified: sum(checked),
        persons: object.persons,
    })
}
