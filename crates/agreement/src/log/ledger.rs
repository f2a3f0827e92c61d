//! A log read line by line: the chain checked, the entries kept.

use super::chain::{Chain, Fault, Malformed};
use super::claim_lines::ClaimLines;
use super::entry::{Claim, ClaimBrief, Correction, Entry, Ratified};
use super::reading::{Reading, Says, read_lines};
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
    /// How many claims there are in all, without those struck out.
    pub claim_count: u64,
    /// How many claims are about each obligation.
    pub claims_about: BTreeMap<String, u64>,
    /// The line of each claim, those struck out too.
    pub claim_lines: ClaimLines,
    /// The lines that were struck out, with the reason.
    pub struck: BTreeMap<u64, String>,
    /// How many lines were recorded later than asked for.
    pub later: u64,
}

impl Ledger {
    /// The line of a claim that was not struck out.
    #[must_use]
    pub fn claim_line(&self, id: &str) -> Option<u64> {
        self.claim_lines.get(id).filter(|line| !self.struck.contains_key(line))
    }

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

    /// Takes the next line (without its line feed).
    ///
    /// # Errors
    /// With what is wrong with it; nothing of it is kept then.
    pub fn line(&mut self, line: &[u8]) -> Result<(), Fault> {
        self.take(Reading::of(line, self.until))
    }

    /// Takes the next lines, each with its line feed; they are read on as many
    /// threads as given.
    ///
    /// # Errors
    /// With what is wrong with the first that cannot be taken, and that line.
    pub fn lines<'a>(&mut self, block: &'a [u8], threads: usize) -> Result<(), (Fault, &'a [u8])> {
        for (line, reading) in read_lines(block, threads, self.until) {
            self.take(reading).map_err(|fault| (fault, line))?;
        }
        Ok(())
    }

    fn take(&mut self, reading: Result<Reading<'_>, Malformed>) -> Result<(), Fault> {
        let number = self.chain.entries + 1;
        let Reading { link, by, says } = reading.map_err(|wrong| wrong.at_line(number))?;
        self.chain.follow(&link)?;
        if self.watch.contains(&number) {
            self.heads.insert(number, self.chain.head);
        }
        let fault = |why: String| Malformed { column: 0, why }.at_line(number);
        match says.map_err(|wrong| wrong.at_line(number))? {
            Says::Later => self.ledger.later += 1,
            Says::Claim(brief, whole) => {
                if self.ledger.claims.len() < MAX_KEPT_CLAIMS {
                    self.ledger.claims.push((number, whole.read().map_err(|w| w.at_line(number))?));
                }
                self.claim(number, &brief).map_err(fault)?;
            }
            Says::Entry(entry) => {
                if let Entry::Correction(Correction { strikes, why }) = &*entry {
                    if *strikes == 0 || *strikes >= number {
                        return Err(fault(format!("line {strikes} is not before this one")));
                    }
                    self.ledger.struck.insert(*strikes, why.clone());
                }
                let recorded =
                    Recorded { seq: number, at: link.at, by: by.into_owned(), entry: *entry };
                self.ledger.entries.push(recorded);
            }
        }
        Ok(())
    }

    fn claim(&mut self, seq: u64, brief: &ClaimBrief<'_>) -> Result<(), String> {
        if !self.ledger.claim_lines.insert(&brief.id, seq) {
            return Err(format!("there is already a claim `{}`", brief.id));
        }
        for about in &brief.about {
            let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
            let name = match self.names.get(about.0.as_ref()) {
                Some(name) => *name,
                None => *self.names.entry(about.0.as_ref().into()).or_insert(next),
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
        let gone = struck.keys().filter(|line| ledger.claim_lines.is_claim(**line)).count();
        ledger.claim_count = (ledger.claim_lines.len() - gone) as u64;
        let mut counts = vec![0_u64; self.names.len()];
        for (seq, name) in &self.about {
            counts[*name as usize] += u64::from(!struck.contains_key(seq));
        }
        ledger.claims_about =
            self.names.into_iter().map(|(n, i)| (n.into(), counts[i as usize])).collect();
        ledger
    }
}
