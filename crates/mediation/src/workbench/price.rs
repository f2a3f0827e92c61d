//! What a package would tell the side that reads it about every other side.

use super::known::{Known, middle};
use super::table::Table;
use crate::ballot::Outcome;
use crate::id::PrincipalId;
use crate::table::Package;
use crate::view::{BallotPart, View};
use detente_elicitation::{Case, Deal, Rankings, Settings, Version};
use detente_leakage::secret::{Plausible, PlausibleParty};
use detente_leakage::{
    Answers, Assessment, Ledger, Observation, Secret, SecretKind, Setting, assess, rules,
};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde::Serialize;

/// More packages than this are not gone through.
const MOST_PACKAGES: u64 = 5_000;
/// Ways a hidden side may be.
const STRANGERS: usize = 300;
/// Ways several hidden sides may be at once.
const JOINT: usize = 2_000;
/// Steps of what no agreement may be worth.
const LIMITS: usize = 5;

/// What reading a package tells one side. Estimates from a sample.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Price {
    /// Who reads.
    pub reader: PrincipalId,
    /// Bits about all other sides together, beyond earlier proposals.
    pub bits: f64,
    /// With 95 % confidence no more than this, where that can be said.
    pub at_most: Option<f64>,
    /// How well the reader can guess each secret before and after.
    pub guesses: Vec<Guess>,
    /// Whether the reader is taken to know that the package was chosen as the
    /// best product of gains; otherwise as any that all would accept.
    pub by_rule: bool,
    /// Size of the sample.
    pub sample: usize,
}

/// How well a secret can be guessed: the chance that the best guess is right.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Guess {
    /// Whose secret.
    pub party: PrincipalId,
    /// Whether it is which issue matters most to that side; otherwise what no
    /// agreement is worth to it, in fifths.
    pub top_issue: bool,
    /// Before.
    pub before: f64,
    /// After reading.
    pub after: f64,
    /// After a sealed acceptance of it, on average.
    pub after_answers: f64,
}

/// Why a package has no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotPriced {
    /// It leaves an issue open.
    Open,
    /// There are too many packages to compare it with.
    TooMany,
    /// Nobody else is hidden from the reader, or there is nothing to choose.
    Nothing,
    /// Nobody who knows what the reader knows would expect this package.
    Unexpected,
}

/// Measures what a package would tell each reader; for a mediator's eyes.
///
/// # Errors
/// [`NotPriced`].
pub fn price(
    seen: &View,
    package: &Package,
    readers: &[PrincipalId],
) -> Result<Vec<Price>, NotPriced> {
    let known = Known::of(seen).ok_or(NotPriced::Nothing)?;
    if known.table.packages().is_none_or(|n| n > MOST_PACKAGES) {
        return Err(NotPriced::TooMany);
    }
    // Readers do not know the others' red lines, so no package is ruled out for them.
    let nothing: Vec<&[crate::preparation::RedLine]> = vec![&[]; known.parties.len()];
    let table = Table::of(&seen.issues, &nothing).ok_or(NotPriced::Nothing)?;
    let drafts = table.every_deal();
    let draft = table.deal(package).ok_or(NotPriced::Open)?;
    let case = known.case(Settings::default());
    let stranger = strangers(&table, known.seed());
    let earlier = earlier(seen, &table);
    let sides = readers.iter().filter_map(|id| known.parties.iter().position(|p| p == id));
    sides
        .map(|reader| {
            let own = Own { version: taker(&case.versions(reader), &draft), reader };
            let setting = setting(&known, &table, &drafts, &stranger, &own)?;
            let mut ledger = Ledger::new(&setting);
            let any = rules::any_acceptable(&setting);
            for (to, deal) in &earlier {
                let at = drafts.iter().position(|d| d == deal);
                let observed = Observation { draft: at, answers: 0 };
                if to.contains(&known.parties[reader])
                    && let Some(observed) = any.position(observed)
                {
                    // What nothing plausible allows tells this reader nothing that is modelled.
                    let _ = ledger.record("an earlier proposal", &any, observed);
                }
            }
            let at = drafts.iter().position(|d| *d == draft).ok_or(NotPriced::Open)?;
            let plain = rules::plain(&setting);
            let (told, by_rule) = match assess(&setting, &plain, &ledger, at, Answers::Sealed) {
                Ok(told) => (told, true),
                Err(_) => (
                    assess(&setting, &any, &ledger, at, Answers::Sealed)
                        .map_err(|_| NotPriced::Unexpected)?,
                    false,
                ),
            };
            Ok(told_to(known.parties[reader], &known, &setting, &told, by_rule))
        })
        .collect()
}

/// The reader, as the mediator knows it; it knows itself.
struct Own {
    reader: usize,
    version: Version,
}

/// The reader as the mediator knows it. On average it may refuse a package that
/// it may well take: only the ways it may be that take it count, if there are any.
fn taker(versions: &[Version], draft: &Deal) -> Version {
    let takes = |version: &&Version| version.utility(draft) > version.reservation;
    let takers: Vec<Version> = versions.iter().filter(takes).cloned().collect();
    middle(if takers.is_empty() { versions } else { &takers })
}

/// The ways a side may be of which nothing is known.
fn strangers(table: &Table, seed: u64) -> Vec<Vec<Version>> {
    let parties = table.space.parties();
    let settings = Settings { seed: seed ^ 1, particles: STRANGERS, ..Settings::default() };
    let unsaid = vec![Rankings::unsaid(&table.space); parties];
    let case = Case::new(table.space.clone(), unsaid, settings);
    (0..parties).map(|party| case.versions(party)).collect()
}

fn setting(
    known: &Known,
    table: &Table,
    drafts: &[Deal],
    strangers: &[Vec<Version>],
    own: &Own,
) -> Result<Setting, NotPriced> {
    let names: Vec<String> = table.ids.iter().map(ToString::to_string).collect();
    let hidden: Vec<PlausibleParty> = (0..known.parties.len())
        .filter(|party| *party != own.reader)
        .map(|party| PlausibleParty {
            party,
            secrets: vec![
                Secret { party, kind: SecretKind::TopIssue, values: names.clone() },
                Secret {
                    party,
                    kind: SecretKind::Reservation,
                    values: (0..LIMITS).map(|k| k.to_string()).collect(),
                },
            ],
            plausible: strangers[party].iter().map(|v| plausible(v, drafts)).collect(),
            sampled: true,
        })
        .collect();
    let gain = |deal: &Deal| {
        let crossed = known.table.space.crosses(own.reader, deal);
        let gain = own.version.utility(deal) - own.version.reservation;
        if crossed { 0.0 } else { gain.max(0.0) }
    };
    let product = drafts.iter().map(gain).collect();
    let readers = vec![own.reader];
    match hidden.len() {
        0 => Err(NotPriced::Nothing),
        1 => Setting::new(readers, product, hidden).map_err(|_| NotPriced::Nothing),
        _ => {
            let mut random = ChaCha8Rng::seed_from_u64(known.seed());
            Setting::sampled(readers, product, hidden, JOINT, &mut random)
                .map_err(|_| NotPriced::Nothing)
        }
    }
}

fn plausible(version: &Version, drafts: &[Deal]) -> Plausible {
    let best = |row: &Vec<f64>| row.iter().copied().fold(0.0, f64::max);
    let swings = version.worth.iter().map(best).enumerate();
    let top = swings.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(issue, _)| issue);
    let limit = ((version.reservation * LIMITS as f64) as usize).min(LIMITS - 1);
    Plausible {
        weight: 1.0,
        gains: drafts.iter().map(|d| version.utility(d) - version.reservation).collect(),
        facts: vec![top, limit],
        rest: Vec::new(),
    }
}

/// Whole packages put before, and to whom; not those that were withdrawn.
fn earlier(seen: &View, table: &Table) -> Vec<(Vec<PrincipalId>, Deal)> {
    let ballots = seen.rooms.iter().flat_map(|room| &room.ballots);
    ballots
        .filter(|ballot| !matches!(ballot.outcome, Some((_, Outcome::Withdrawn))))
        .filter_map(|ballot| {
            let BallotPart::Putting { to, .. } = &ballot.part else { return None };
            let deal = table.deal(&ballot.proposal.package)?;
            Some((to.iter().map(|to| to.party).collect(), deal))
        })
        .collect()
}

fn told_to(
    reader: PrincipalId,
    known: &Known,
    setting: &Setting,
    told: &Assessment,
    by_rule: bool,
) -> Price {
    let guesses = told.secrets.iter().map(|at_risk| Guess {
        party: known.parties[at_risk.secret.party],
        top_issue: at_risk.secret.kind == SecretKind::TopIssue,
        before: at_risk.blind.now,
        after: at_risk.blind.after_draft,
        after_answers: at_risk.blind.after_answers,
    });
    Price {
        reader,
        bits: told.bits,
        at_most: told.bits_bound,
        guesses: guesses.collect(),
        by_rule,
        sample: setting.states(),
    }
}
