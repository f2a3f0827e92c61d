//! A log read line by line: the chain checked, the entries kept.

use super::chain::{Chain, Fault, FaultKind, bare};
use super::entry::{Claim, ClaimBrief, Correction, Entry, Kind, Ratified};
use crate::digest::Hash;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Claims beyond this many are counted, not kept whole.
pub const MAX_KEPT_CLAIMS: usize = 10_000;

/// One line that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its number.
    pub seq: u64,
    /// When it was recorded.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// What it says.
    pub entry: Entry,
}

/// Everything a log says up to a day.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Its lines but claims, in order.
    pub entries: Vec<Recorded>,
    /// Its first claims.
    pub claims: Vec<(u64, Claim)>,
    /// How many claims there are in all.
    pub claim_count: u64,
    /// How many claims are about each obligation.
    pub claims_about: BTreeMap<String, u64>,
    /// The line of each claim.
    pub claim_lines: HashMap<Box<str>, u64>,
    /// The lines that were struck out, with the reason.
    pub struck: BTreeMap<u64, String>,
    /// How many lines were recorded later than asked for.
    pub later: u64,
}

impl Ledger {
    /// The last that is recorded about an approval at home.
    #[must_use]
    pub fn ratification(&self, instrument: &str, party: &str, body: &str) -> Option<&Ratified> {
        self.entries.iter().rev().find_map(|r| match &r.entry {
            Entry::Ratified(e)
                if e.instrument == instrument && e.party == party && e.body == body =>
            {
                Some(e)
            }
            _ => None,
        })
    }
}

/// Reads a log.
#[derive(Debug)]
pub struct Builder {
    chain: Chain,
    until: Option<Timestamp>,
    ledger: Ledger,
    /// The obligations claims are about, by number.
    names: HashMap<Box<str>, u32>,
    /// Which claim (by line) is about which of them.
    about: Vec<(u64, u32)>,
    watch: BTreeSet<u64>,
    heads: BTreeMap<u64, Hash>,
}

impl Builder {
    /// A reader of an agreement's log that leaves out what was recorded after
    /// a point in time (but still checks its chain).
    #[must_use]
    pub fn new(agreement: &str, until: Option<Timestamp>) -> Self {
        Self {
            chain: Chain::new(agreement),
            until,
            ledger: Ledger::default(),
            names: HashMap::new(),
            about: Vec::new(),
            watch: BTreeSet::new(),
            heads: BTreeMap::new(),
        }
    }

    /// Remembers the SHA-256 of these lines, for checkpoints.
    pub fn watch(&mut self, lines: impl IntoIterator<Item = u64>) {
        self.watch.extend(lines);
    }

    /// The chain so far.
    #[must_use]
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// The SHA-256 of a watched line.
    #[must_use]
    pub fn head_at(&self, line: u64) -> Option<Hash> {
        if line == self.chain.entries {
            Some(self.chain.head)
        } else {
            self.heads.get(&line).copied()
        }
    }

    /// Takes the next line.
    ///
    /// # Errors
    /// With what is wrong with it; nothing of it is kept then.
    pub fn line(&mut self, line: &[u8]) -> Result<(), Fault> {
        let (head, at) = self.chain.take(line)?;
        if self.watch.contains(&head.seq) {
            self.heads.insert(head.seq, self.chain.head);
        }
        if self.until.is_some_and(|until| at > until) {
            self.ledger.later += 1;
            return Ok(());
        }
        let column = |e: &serde_json::Error| {
            // The entry stands at the end of its line.
            line.len().saturating_sub(head.entry.get().len() + 1) + e.column().saturating_sub(1)
        };
        let fault = |column: usize, why: String| Fault {
            line: head.seq,
            column,
            kind: FaultKind::Malformed(why),
        };
        if head.kind == "claim" {
            return self
                .claim(head.seq, head.entry.get())
                .map_err(|(e, why)| fault(e.map_or(0, |e| column(&e)), why));
        }
        let kind = Kind::WORDS.iter().find(|(word, _)| *word == head.kind).map(|(_, k)| *k);
        let Some(kind) = kind else {
            return Err(fault(0, format!("there are no entries of the kind `{}`", head.kind)));
        };
        let entry = kind.read(head.entry.get()).map_err(|e| fault(column(&e), bare(&e)))?;
        if let Entry::Correction(Correction { strikes, why }) = &entry {
            if *strikes == 0 || *strikes >= head.seq {
                return Err(fault(0, format!("line {strikes} is not before this one")));
            }
            self.ledger.struck.insert(*strikes, why.clone());
        }
        self.ledger.entries.push(Recorded { seq: head.seq, at, by: head.by.into_owned(), entry });
        Ok(())
    }

    fn claim(&mut self, seq: u64, json: &str) -> Result<(), (Option<serde_json::Error>, String)> {
        let bad = |e: serde_json::Error| {
            let why = bare(&e);
            (Some(e), why)
        };
        let brief: ClaimBrief<'_> = if self.ledger.claims.len() < MAX_KEPT_CLAIMS {
            let claim: Claim = serde_json::from_str(json).map_err(bad)?;
            self.ledger.claims.push((seq, claim));
            serde_json::from_str(json).map_err(bad)?
        } else {
            serde_json::from_str(json).map_err(bad)?
        };
        if self.ledger.claim_lines.insert(brief.id.as_ref().into(), seq).is_some() {
            return Err((None, format!("there is already a claim `{}`", brief.id)));
        }
        self.ledger.claim_count += 1;
        for about in &brief.about {
            let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
            let name = match self.names.get(about.as_ref()) {
                Some(name) => *name,
                None => *self.names.entry(about.as_ref().into()).or_insert(next),
            };
            self.about.push((seq, name));
        }
        Ok(())
    }

    /// Everything that counts: without what was struck out.
    #[must_use]
    pub fn finish(self) -> Ledger {
        let mut ledger = self.ledger;
        let struck = &ledger.struck;
        ledger.entries.retain(|e| !struck.contains_key(&e.seq));
        ledger.claims.retain(|(seq, _)| !struck.contains_key(seq));
        let before = ledger.claim_lines.len();
        ledger.claim_lines.retain(|_, seq| !struck.contains_key(seq));
        ledger.claim_count -= (before - ledger.claim_lines.len()) as u64;
        let mut counts = vec![0_u64; self.names.len()];
        for (seq, name) in &self.about {
            counts[*name as usize] += u64::from(!struck.contains_key(seq));
        }
        ledger.claims_about =
            self.names.into_iter().map(|(n, i)| (n.into(), counts[i as usize])).collect();
        ledger
    }
}
