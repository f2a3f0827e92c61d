//! What honesty costs: the best rule under which no party gains by lying.
//!
//! By the revelation principle (Myerson 1979) every way to mediate has the
//! outcome of some direct mechanism to which each party truthfully says what
//! it is. Over types that can be listed, the best such mechanism is a linear
//! program: maximise the expected share of the best Nash product subject to
//!
//! - *incentive compatibility*: no type of any party expects more from
//!   claiming to be another, the others being truthful;
//! - *participation*: no type expects less than no agreement.
//!
//! Two kinds of mediator, after Hörner, Morelli and Squintani (2015):
//! [`Force::Recommendation`] only recommends, so a party may refuse after it
//! has seen the draft, also one obtained by a lie; [`Force::Binding`] is an
//! arbitrator whose draft holds for all who came. The first is what a
//! mediator can do; the second bounds what any could.
//!
//! Drafts join the program as its multipliers ask for them, until none could
//! improve it: the [`Honest::bound`] covers every draft.

use crate::error::LeakError;
use crate::linear;
use crate::secret::PlausibleParty;

/// So many combinations of types at most.
pub const MOST_PROFILES: usize = 1_500;
/// Rounds in which drafts may join.
const MOST_ROUNDS: usize = 60;
/// What drafts that have not joined could add, in share, when the search ends.
const TOLERANCE: f64 = 1e-6;

/// Whether parties may refuse the draft once they see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Force {
    /// They may: the mediator only recommends.
    Recommendation,
    /// They may not: whoever reports is bound.
    Binding,
}

impl Profile {
    /// Profile `number` (first party slowest), from each party's probabilities.
    fn new(number: usize, p: &[Vec<f64>]) -> Self {
        let mut left = number;
        let mut types = vec![0; p.len()];
        for (slot, own) in types.iter_mut().zip(p).rev() {
            *slot = left % own.len();
            left /= own.len();
        }
        let without = |party: usize| {
            let others = types.iter().zip(p).enumerate().filter(|&(i, _)| i != party);
            others.map(|(_, (&t, own))| own[t]).product()
        };
        Self {
            p: types.iter().zip(p).map(|(&t, own)| own[t]).product(),
            others: (0..p.len()).map(without).collect(),
            types,
        }
    }
}

/// What is drafted for every combination of reports.
#[derive(Debug, Clone, PartialEq)]
pub struct Mechanism {
    /// Per profile (first party slowest): draft and probability; with what is
    /// left to one there is no agreement.
    pub rows: Vec<Vec<(usize, f64)>>,
}

/// The best honest mechanism.
#[derive(Debug, Clone, PartialEq)]
pub struct Honest {
    /// The mechanism.
    pub mechanism: Mechanism,
    /// Expected share of the best Nash product, over profiles with a deal.
    pub share: f64,
    /// No honest mechanism, over all drafts, has a larger share than this.
    pub bound: f64,
    /// The most any type of any party gains by any lie, as a part of its
    /// party's largest gain: zero but for rounding.
    pub lie: f64,
}

/// The combinations of types of several parties.
#[derive(Debug, Clone, PartialEq)]
pub struct Types<'a> {
    parties: &'a [PlausibleParty],
    drafts: usize,
    /// Per party, its largest gain: the unit its gains are counted in.
    unit: Vec<f64>,
    profiles: Vec<Profile>,
}

/// One type for every party.
#[derive(Debug, Clone, PartialEq)]
struct Profile {
    types: Vec<usize>,
    p: f64,
    /// Per party, the probability of the others' types.
    others: Vec<f64>,
}

impl<'a> Types<'a> {
    /// The types of parties that do not know each other.
    ///
    /// # Errors
    /// When there are fewer than two parties, too many combinations, or parts
    /// that do not fit together.
    pub fn new(parties: &'a [PlausibleParty]) -> Result<Self, LeakError> {
        let count: u128 = parties.iter().map(|p| p.plausible.len() as u128).product();
        if count > MOST_PROFILES as u128 {
            return Err(LeakError::TooManyProfiles(count));
        }
        let all = || parties.iter().flat_map(|p| &p.plausible);
        let drafts = all().next().map_or(0, |p| p.gains.len());
        if parties.len() < 2 || count == 0 || drafts == 0 {
            return Err(LeakError::Empty("the parties (two at least), their types and the drafts"));
        }
        if all().any(|p| p.gains.len() != drafts) {
            return Err(LeakError::Mismatch("each possibility needs one gain per draft"));
        }
        let p = parties
            .iter()
            .map(|party| {
                let total: f64 = party.plausible.iter().map(|p| p.weight).sum();
                party.plausible.iter().map(|p| p.weight / total).collect::<Vec<f64>>()
            })
            .collect::<Vec<_>>();
        if p.iter().flatten().any(|p| !p.is_finite() || *p < 0.0) {
            return Err(LeakError::Mismatch("weights must be numbers, zero or more"));
        }
        let largest = |party: &PlausibleParty| {
            party.plausible.iter().flat_map(|p| &p.gains).copied().fold(0.0, f64::max)
        };
        let positive = |x: f64| if x > 0.0 { x } else { 1.0 };
        let unit = parties.iter().map(|party| positive(largest(party))).collect();
        let profiles = (0..count as usize).map(|number| Profile::new(number, &p)).collect();
        Ok(Self { parties, drafts, unit, profiles })
    }

    /// How many combinations there are.
    #[must_use]
    pub fn profiles(&self) -> usize {
        self.profiles.len()
    }

    /// A type's gain by a draft, as a part of its party's largest.
    fn gain(&self, party: usize, own: usize, draft: usize) -> f64 {
        self.parties[party].plausible[own].gains[draft] / self.unit[party]
    }

    /// What a type gets by a draft that it may refuse, if it may.
    fn kept(&self, party: usize, own: usize, draft: usize, force: Force) -> f64 {
        let gain = self.gain(party, own, draft);
        match force {
            Force::Recommendation => gain.max(0.0),
            // A red line is minus infinity: as a figure, worse than all else together.
            Force::Binding => gain.max(-1e3),
        }
    }

    fn product(&self, types: &[usize], draft: usize) -> f64 {
        let gains = types.iter().enumerate().map(|(i, &t)| self.gain(i, t, draft).max(0.0));
        gains.product()
    }

    /// Whether the draft may be sent in a profile.
    fn may(&self, types: &[usize], draft: usize, force: Force) -> bool {
        let least = match force {
            Force::Recommendation => 0.0,
            Force::Binding => -1e3,
        };
        types.iter().enumerate().all(|(i, &t)| self.gain(i, t, draft) >= least)
    }

    /// Per profile the largest product of gains.
    fn best(&self) -> Vec<(f64, usize)> {
        self.profiles
            .iter()
            .map(|profile| {
                (0..self.drafts).fold((0.0, 0), |best, d| {
                    let product = self.product(&profile.types, d);
                    if product > best.0 { (product, d) } else { best }
                })
            })
            .collect()
    }

    /// The plain rule: the Nash draft of what is reported. Its share is one.
    #[must_use]
    pub fn nash(&self) -> Mechanism {
        let row = |(product, draft): (f64, usize)| {
            if product > 0.0 { vec![(draft, 1.0)] } else { Vec::new() }
        };
        Mechanism { rows: self.best().into_iter().map(row).collect() }
    }

    /// Expected share of the best Nash product, over profiles with a deal.
    #[must_use]
    pub fn share(&self, mechanism: &Mechanism) -> f64 {
        let (mut sum, mut possible) = (0.0, 0.0);
        for (profile, (best, _)) in self.best().into_iter().enumerate() {
            if best <= 0.0 {
                continue;
            }
            let Profile { p, types, .. } = &self.profiles[profile];
            possible += p;
            for &(draft, q) in &mechanism.rows[profile] {
                sum += p * q * self.product(types, draft) / best;
            }
        }
        if possible > 0.0 { sum / possible } else { 1.0 }
    }

    /// What a type expects when it reports `claim`, the others being truthful.
    #[must_use]
    pub fn expects(
        &self,
        mechanism: &Mechanism,
        party: usize,
        own: usize,
        claim: usize,
        force: Force,
    ) -> f64 {
        self.profiles
            .iter()
            .zip(&mechanism.rows)
            .filter(|(profile, _)| profile.types[party] == claim)
            .map(|(profile, row)| {
                let got: f64 = row.iter().map(|&(d, q)| q * self.kept(party, own, d, force)).sum();
                profile.others[party] * got
            })
            .sum()
    }

    /// The most any type of any party gains by any lie: tried one by one.
    #[must_use]
    pub fn best_lie(&self, mechanism: &Mechanism, force: Force) -> f64 {
        let mut most = 0.0_f64;
        for (party, plausible) in self.parties.iter().enumerate() {
            for own in 0..plausible.plausible.len() {
                let truth = self.expects(mechanism, party, own, own, force);
                for claim in 0..plausible.plausible.len() {
                    most = most.max(self.expects(mechanism, party, own, claim, force) - truth);
                }
            }
        }
        most
    }

    /// The best mechanism in which nobody gains by lying.
    ///
    /// # Errors
    /// When the linear program is not solved.
    pub fn honest(&self, force: Force) -> Result<Honest, LeakError> {
        let best = self.best();
        let possible: f64 =
            self.profiles.iter().zip(&best).filter(|(_, b)| b.0 > 0.0).map(|(t, _)| t.p).sum();
        if possible <= 0.0 {
            let mechanism = Mechanism { rows: vec![Vec::new(); self.profiles.len()] };
            return Ok(Honest { mechanism, share: 1.0, bound: 1.0, lie: 0.0 });
        }
        let mut master = Master::new(self, force, &best, possible);
        let mut bound = f64::INFINITY;
        for _ in 0..MOST_ROUNDS {
            let solved = master.program().maximise()?;
            // By weak duality any multipliers of zero or more bound every
            // mechanism, however near the solver came: a row sums to one at most.
            let multipliers: Vec<f64> = solved.multipliers.iter().map(|y| y.max(0.0)).collect();
            let (missing, joining) = master.missing(&multipliers);
            let rows: f64 = multipliers[..self.profiles.len()].iter().sum();
            bound = bound.min(rows + missing);
            master.solution = solved.variables;
            if missing <= TOLERANCE || joining.is_empty() {
                break;
            }
            master.columns.extend(joining);
        }
        let mechanism = master.mechanism();
        Ok(Honest {
            share: self.share(&mechanism),
            bound: bound.min(1.0),
            lie: self.best_lie(&mechanism, force),
            mechanism,
        })
    }
}

/// The program over the drafts that have joined.
struct Master<'t> {
    types: &'t Types<'t>,
    force: Force,
    best: &'t [(f64, usize)],
    possible: f64,
    /// (profile, draft).
    columns: Vec<(usize, usize)>,
    solution: Vec<f64>,
    /// Per party, the first row of its lies: one row per (type, claim).
    first_lie: Vec<usize>,
    first_stay: Vec<usize>,
    rows: usize,
}

impl<'t> Master<'t> {
    fn new(types: &'t Types<'t>, force: Force, best: &'t [(f64, usize)], possible: f64) -> Self {
        let mut rows = types.profiles();
        let mut first_lie = Vec::new();
        for party in types.parties {
            first_lie.push(rows);
            rows += party.plausible.len().pow(2);
        }
        let mut first_stay = Vec::new();
        if force == Force::Binding {
            for party in types.parties {
                first_stay.push(rows);
                rows += party.plausible.len();
            }
        }
        let columns =
            (0..types.profiles()).filter(|&t| best[t].0 > 0.0).map(|t| (t, best[t].1)).collect();
        Self {
            types,
            force,
            best,
            possible,
            columns,
            solution: Vec::new(),
            first_lie,
            first_stay,
            rows,
        }
    }

    fn worth(&self, profile: usize, draft: usize) -> f64 {
        let best = self.best[profile].0;
        if best <= 0.0 {
            return 0.0;
        }
        let Profile { p, types, .. } = &self.types.profiles[profile];
        p * self.types.product(types, draft) / (best * self.possible)
    }

    /// The coefficients of a column, row by row.
    fn column(&self, profile: usize, draft: usize, found: &mut Vec<(usize, f64)>) {
        let Profile { types, others, .. } = &self.types.profiles[profile];
        found.clear();
        found.push((profile, 1.0));
        for (party, &claim) in types.iter().enumerate() {
            let count = self.types.parties[party].plausible.len();
            let others = others[party];
            let truth = others * self.types.kept(party, claim, draft, self.force);
            for other in (0..count).filter(|&o| o != claim) {
                // Telling the truth as `claim` stands against each lie of `claim` …
                found.push((self.first_lie[party] + claim * count + other, -truth));
                // … and is what `other` gets when it claims to be `claim`.
                let lie = others * self.types.kept(party, other, draft, self.force);
                found.push((self.first_lie[party] + other * count + claim, lie));
            }
            if let Some(first) = self.first_stay.get(party) {
                found.push((first + claim, -truth));
            }
        }
    }

    fn program(&self) -> linear::Program {
        let mut program = linear::Program::new(self.columns.len());
        let mut rows: Vec<Vec<(usize, f64)>> = vec![Vec::new(); self.rows];
        let mut column = Vec::new();
        for (variable, &(profile, draft)) in self.columns.iter().enumerate() {
            program.objective[variable] = self.worth(profile, draft);
            self.column(profile, draft, &mut column);
            for &(row, coefficient) in column.iter().filter(|c| c.1 != 0.0) {
                rows[row].push((variable, coefficient));
            }
        }
        for (row, terms) in rows.into_iter().enumerate() {
            // A row without terms binds nothing, and must leave the solver room.
            let free = row < self.types.profiles() || terms.is_empty();
            program.at_most(terms, if free { 1.0 } else { 0.0 });
        }
        program
    }

    /// What drafts that have not joined could add at most, and the most promising of them.
    fn missing(&self, multipliers: &[f64]) -> (f64, Vec<(usize, usize)>) {
        let mut sum = 0.0;
        let mut joining = Vec::new();
        let mut column = Vec::new();
        for profile in 0..self.types.profiles() {
            let types = &self.types.profiles[profile].types;
            let mut most = (0.0, None);
            for draft in (0..self.types.drafts).filter(|&d| self.types.may(types, d, self.force)) {
                self.column(profile, draft, &mut column);
                let price: f64 = column.iter().map(|&(row, c)| multipliers[row] * c).sum();
                let reduced = self.worth(profile, draft) - price;
                if reduced > most.0 {
                    most = (reduced, Some(draft));
                }
            }
            sum += most.0;
            if let Some(draft) = most.1
                && most.0 > TOLERANCE / self.types.profiles() as f64 / 4.0
                && !self.columns.contains(&(profile, draft))
            {
                joining.push((profile, draft));
            }
        }
        (sum, joining)
    }

    fn mechanism(&self) -> Mechanism {
        let mut rows: Vec<Vec<(usize, f64)>> = vec![Vec::new(); self.types.profiles()];
        for (&(profile, draft), &q) in self.columns.iter().zip(&self.solution) {
            if q > 1e-12 {
                rows[profile].push((draft, q));
            }
        }
        for row in &mut rows {
            let total: f64 = row.iter().map(|r| r.1).sum();
            // Rounding aside a row sums to one at most.
            row.iter_mut().for_each(|r| r.1 /= total.max(1.0));
        }
        Mechanism { rows }
    }
}
