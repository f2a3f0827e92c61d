//! Does a small deal now help the broad one, or stand in its way?

use super::guarantee::{Guarantee, Instrument, least_guarantee};
use super::planner::{Effort, best_plan, reachable_values};
use super::rows::{ALL_CLOSERS, Plan, exposures, phase_stretches, temptations};
use super::value::breakdown;
use super::{AfterInterim, BroadDeal, Case, CaseError, Rational};
use num_traits::{One, Signed, Zero};

/// A small deal to be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterimQuestion {
    /// The case; its target and residual are replaced by each deal's.
    pub instance: Case,
    /// The broad deals it may help or block.
    pub deals: Vec<BroadDeal>,
    /// The small deal: progress of each deliverable.
    pub interim: Vec<usize>,
    /// What changes after it.
    pub after: AfterInterim,
    /// The slack every row of a plan must have.
    pub sigma: Rational,
    /// Changes of the best minimum gain up to this count as none; `None` is
    /// five per cent of the best gain without the small deal.
    pub epsilon: Option<Rational>,
}

/// What a small deal does to the broad ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It opens the way: something new becomes possible or better, nothing is lost.
    Precedes,
    /// It changes nothing that matters.
    Neutral,
    /// Fewer broad deals, or less to gain from them.
    Narrows,
    /// Some broad deals are lost, others become possible.
    Shifts,
    /// No broad deal can be carried out after it.
    Precludes,
    /// No broad deal can be carried out with it or without it.
    Moot,
}

impl Verdict {
    /// Its name in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Precedes => "precedes",
            Self::Neutral => "neutral",
            Self::Narrows => "narrows",
            Self::Shifts => "shifts",
            Self::Precludes => "precludes",
            Self::Moot => "moot",
        }
    }
}

/// What would restore a broad deal that the small one blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// Which deal it restores.
    pub deal: String,
    /// What is put up, and the plan that then holds.
    pub guarantee: Guarantee,
}

/// The verdict and what it rests on. Deals are named by their place in the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterimAnswer {
    /// The verdict.
    pub verdict: Verdict,
    /// Deals with a self-enforcing, durable plan from the status quo, and after the small deal.
    pub before: Vec<usize>,
    /// The same after the small deal.
    pub after: Vec<usize>,
    /// The best attainable smallest weighted gain before and after, valued at the status quo.
    pub gain_before: Option<Rational>,
    /// The same after the small deal.
    pub gain_after: Option<Rational>,
    /// Deals that give every party at least what it has, before.
    pub zone_before: Vec<usize>,
    /// Deals that give every party at least what it has, after.
    pub zone_after: Vec<usize>,
    /// Each party's position if the small deal stands and nothing follows.
    pub standing: Vec<Rational>,
    /// What each party has received (or given) in lumps by then.
    pub received: Vec<Rational>,
    /// Per party, the incentive to go on after the small deal (by the deal and
    /// plan in which the smallest is largest), and before it.
    pub go_on: Option<(Vec<Rational>, usize)>,
    /// The same before.
    pub go_on_before: Option<(Vec<Rational>, usize)>,
    /// The largest minimum slack after the small deal, caps left aside: slack, deal, plan.
    pub best_after: Option<(Rational, usize, Plan)>,
    /// The best gain when the whole is signed with the small deal as its first phase.
    pub gain_as_first_phase: Option<Rational>,
    /// The best gain after the small deal if nothing else changes with it.
    pub gain_old_parameters: Option<Rational>,
    /// Slack of each party in the small deal taken by itself.
    pub leg_slack: Vec<Rational>,
    /// Whether the small deal respects the exposure caps.
    pub leg_within_caps: bool,
    /// Only when it precludes: what would help, and what to hold back.
    pub blocked: Option<Blocked>,
    /// Whether every search behind the verdict was complete.
    pub complete: bool,
}

/// What is reported of a small deal that precludes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// The party with the least incentive to go on.
    pub party: Option<usize>,
    /// The least reward on completion that restores a broad deal.
    pub reward: Option<Remedy>,
    /// The least bond, posted with the small deal, that does.
    pub bond: Option<Remedy>,
    /// The largest parts of the small deal that leave a broad deal possible.
    pub safe: Vec<Vec<usize>>,
}

impl InterimQuestion {
    /// The case of one broad deal from a given state that stands.
    #[must_use]
    pub fn case(&self, deal: &BroadDeal, start: &[usize], after: bool) -> Case {
        let mut case = self.instance.with_deal(deal);
        case.start = start.to_vec();
        case.standing = start.to_vec();
        if after {
            if let Some(hazard) = &self.after.hazard {
                case.hazard.clone_from(hazard);
            }
            if let Some(caps) = &self.after.exposure_cap {
                case.exposure_cap.clone_from(caps);
            }
            if let Some(margin) = &self.after.margin {
                case.margin.clone_from(margin);
            }
        }
        case
    }

    /// Whether what a side has received in the small deal may be shown: not
    /// where that would put a value on what concerns persons.
    #[must_use]
    pub fn shows_received(&self) -> bool {
        let valued = |j: usize| {
            let steps = &self.instance.deliverables[j].steps[..self.interim[j]];
            steps.iter().any(|s| s.value.iter().any(|v| !v.is_zero()))
        };
        (0..self.interim.len())
            .all(|j| !self.instance.deliverables[j].concerns_persons || !valued(j))
    }

    fn nothing(&self) -> Vec<usize> {
        vec![0; self.instance.deliverables.len()]
    }

    /// Judges the small deal.
    ///
    /// # Errors
    /// [`CaseError`] when the question does not hold together.
    pub fn judge(&self, effort: &Effort<'_>) -> Result<InterimAnswer, CaseError> {
        self.check()?;
        let zero = self.nothing();
        let mut complete = true;
        let status_quo = self.attainable(&zero, false, effort, &mut complete)?;
        let later = self.attainable(&self.interim, true, effort, &mut complete)?;
        let old = self.attainable(&self.interim, false, effort, &mut complete)?;
        let verdict = self.verdict(&status_quo, &later);
        let standing = breakdown(&self.standing_case(), &self.interim);
        let received = self.lumps(&self.interim);
        let go_on = self.go_on(&self.interim, true, effort, &mut complete)?;
        let blocked = if verdict == Verdict::Precludes {
            Some(self.blocked(go_on.as_ref(), effort, &mut complete)?)
        } else {
            None
        };
        let (leg_slack, leg_within_caps) = self.leg();
        Ok(InterimAnswer {
            verdict,
            zone_before: self.zone(&zero, false),
            zone_after: self.zone(&self.interim, true),
            go_on_before: self.go_on(&zero, false, effort, &mut complete)?,
            best_after: self.best_after(effort, &mut complete)?,
            gain_as_first_phase: self.as_first_phase(effort, &mut complete)?,
            gain_before: status_quo.gain,
            before: status_quo.deals,
            gain_after: later.gain,
            after: later.deals,
            gain_old_parameters: old.gain,
            standing,
            received,
            go_on,
            leg_slack,
            leg_within_caps,
            blocked,
            complete,
        })
    }

    /// The verdict alone, and the best gain after the small deal.
    ///
    /// # Errors
    /// [`CaseError`] when the question does not hold together.
    pub fn judge_briefly(
        &self,
        before: &Attainable,
        effort: &Effort<'_>,
    ) -> Result<(Verdict, Attainable, bool), CaseError> {
        let mut complete = true;
        let later = self.attainable(&self.interim, true, effort, &mut complete)?;
        Ok((self.verdict(before, &later), later, complete))
    }

    /// What can be carried out from the status quo.
    ///
    /// # Errors
    /// [`CaseError`] when the question does not hold together.
    pub fn from_status_quo(&self, effort: &Effort<'_>) -> Result<(Attainable, bool), CaseError> {
        self.check()?;
        let mut complete = true;
        let found = self.attainable(&self.nothing(), false, effort, &mut complete)?;
        Ok((found, complete))
    }

    fn check(&self) -> Result<(), CaseError> {
        self.instance.check()?;
        let d = self.instance.deliverables.len();
        if self.interim.len() != d {
            return Err(CaseError(format!(
                "the small deal must have {d} entries, one per deliverable"
            )));
        }
        for (j, deliverable) in self.instance.deliverables.iter().enumerate() {
            if self.interim[j] > deliverable.steps.len() {
                return Err(CaseError(format!(
                    "the small deal goes beyond the last step of `{}`",
                    deliverable.id
                )));
            }
        }
        for deal in &self.deals {
            self.case(deal, &self.nothing(), false).check()?;
            self.case(deal, &self.nothing(), true).check()?;
        }
        Ok(())
    }

    fn verdict(&self, before: &Attainable, after: &Attainable) -> Verdict {
        if after.deals.is_empty() {
            return if before.deals.is_empty() { Verdict::Moot } else { Verdict::Precludes };
        }
        let (Some(g0), Some(g1)) = (&before.gain, &after.gain) else { return Verdict::Precedes };
        let epsilon =
            self.epsilon.clone().unwrap_or_else(|| g0.abs() * Rational::new(1.into(), 20.into()));
        let change = g1 - g0;
        let lost = before.deals.iter().any(|d| !after.deals.contains(d));
        let new = after.deals.iter().any(|d| !before.deals.contains(d));
        if !lost && change >= -epsilon.clone() && (new || change > epsilon) {
            Verdict::Precedes
        } else if !lost && !new && change.abs() <= epsilon {
            Verdict::Neutral
        } else if !new && change <= epsilon {
            Verdict::Narrows
        } else {
            Verdict::Shifts
        }
    }

    fn lumps(&self, state: &[usize]) -> Vec<Rational> {
        let mut case = self.instance.clone();
        case.start = self.nothing();
        case.target = state.to_vec();
        case.total_lumps()
    }

    fn standing_case(&self) -> Case {
        let mut case = self.instance.clone();
        case.standing.clone_from(&self.interim);
        case
    }

    fn durable(case: &Case) -> bool {
        let end = breakdown(case, &case.target);
        case.residual.iter().zip(&end).all(|(c, b)| c >= b)
    }

    fn fits(start: &[usize], deal: &BroadDeal) -> bool {
        start.iter().zip(&deal.target).all(|(s, t)| s <= t)
    }

    /// A value after `start`, seen from the status quo and less what that is worth.
    fn gain_of(&self, case: &Case, values: &[Rational]) -> Rational {
        let start = &case.start;
        let status_quo = breakdown(&self.instance_at_zero(), &self.nothing());
        let begun = start.iter().any(|&s| s > 0);
        let lumps = self.lumps(start);
        let h = if *start == case.target { Rational::zero() } else { case.break_off(start) };
        let on = Rational::one() - &h;
        let down = breakdown(case, start);
        (0..values.len())
            .map(|i| {
                let seen = if begun {
                    &lumps[i] + &case.discount[i] * (&on * &values[i] + &h * &down[i])
                } else {
                    values[i].clone()
                };
                &case.weight[i] * (seen - &status_quo[i])
            })
            .min()
            .unwrap_or_else(Rational::zero)
    }

    fn instance_at_zero(&self) -> Case {
        let mut case = self.instance.clone();
        case.standing = self.nothing();
        case
    }

    fn attainable(
        &self,
        start: &[usize],
        after: bool,
        effort: &Effort<'_>,
        complete: &mut bool,
    ) -> Result<Attainable, CaseError> {
        let mut found = Attainable { deals: Vec::new(), gain: None };
        for (index, deal) in self.deals.iter().enumerate() {
            if !Self::fits(start, deal) {
                continue;
            }
            let case = self.case(deal, start, after);
            if !Self::durable(&case) {
                continue;
            }
            let values = reachable_values(&case, Some(&self.sigma), effort)?;
            *complete &= values.complete;
            let best = values.points.iter().map(|(v, _)| self.gain_of(&case, v)).max();
            if let Some(best) = best {
                found.deals.push(index);
                found.gain = found.gain.max(Some(best));
            }
        }
        Ok(found)
    }

    fn zone(&self, start: &[usize], after: bool) -> Vec<usize> {
        (0..self.deals.len())
            .filter(|&index| {
                let deal = &self.deals[index];
                let case = self.case(deal, start, after);
                let down = breakdown(&case, start);
                let got = self.lumps(start);
                let all = self.lumps(&deal.target);
                Self::fits(start, deal)
                    && (0..down.len()).all(|i| {
                        &all[i] + &deal.residual[i] >= &down[i] + &got[i] + &case.margin[i]
                    })
            })
            .collect()
    }

    fn go_on(
        &self,
        start: &[usize],
        after: bool,
        effort: &Effort<'_>,
        complete: &mut bool,
    ) -> Result<Option<(Vec<Rational>, usize)>, CaseError> {
        let mut best: Option<(Rational, Vec<Rational>, usize)> = None;
        for (index, deal) in self.deals.iter().enumerate() {
            if !Self::fits(start, deal) || start == deal.target {
                continue;
            }
            let mut case = self.case(deal, start, after);
            case.exposure_cap = vec![None; case.parties.len()];
            let down = breakdown(&case, start);
            let values = reachable_values(&case, None, effort)?;
            *complete &= values.complete;
            for (v, _) in &values.points {
                let over: Vec<Rational> = v.iter().zip(&down).map(|(v, d)| v - d).collect();
                let least = over.iter().zip(&case.weight).map(|(o, w)| o * w).min();
                let Some(least) = least else { continue };
                if best.as_ref().is_none_or(|(b, ..)| least > *b) {
                    best = Some((least, over, index));
                }
            }
        }
        Ok(best.map(|(_, over, index)| (over, index)))
    }

    fn best_after(
        &self,
        effort: &Effort<'_>,
        complete: &mut bool,
    ) -> Result<Option<(Rational, usize, Plan)>, CaseError> {
        let mut best: Option<(Rational, usize, Plan)> = None;
        for (index, deal) in self.deals.iter().enumerate() {
            if !Self::fits(&self.interim, deal) {
                continue;
            }
            let mut case = self.case(deal, &self.interim, true);
            case.exposure_cap = vec![None; case.parties.len()];
            let planned = best_plan(&case, effort)?;
            *complete &= matches!(planned.proof, super::Proof::Optimal | super::Proof::SlackOnly);
            let Some((slack, plan)) =
                planned.best.and_then(|b| b.min_slack.clone().map(|s| (s, b.plan)))
            else {
                continue;
            };
            let better = best
                .as_ref()
                .is_none_or(|(s, _, p)| slack > *s || slack == *s && plan.len() < p.len());
            if better {
                best = Some((slack, index, plan));
            }
        }
        Ok(best)
    }

    /// The best gain of plans from the status quo whose first phase is the small deal.
    fn as_first_phase(
        &self,
        effort: &Effort<'_>,
        complete: &mut bool,
    ) -> Result<Option<Rational>, CaseError> {
        let zero = self.nothing();
        let mut best = None;
        if self.interim == zero || !self.leg().1 {
            return Ok(None);
        }
        for deal in &self.deals {
            let whole = self.case(deal, &zero, false);
            if !Self::fits(&self.interim, deal) || !Self::durable(&whole) {
                continue;
            }
            let mut rest = whole.clone();
            rest.start.clone_from(&self.interim);
            rest.margin = vec![Rational::zero(); rest.parties.len()];
            rest.bond_at_entry = true;
            rest.limits.max_phases = rest.limits.max_phases.map(|p| p.saturating_sub(1));
            let moves = phase_stretches(&whole, &zero, &self.interim, true);
            let (cheating, walking) = temptations(&whole, &zero, &moves, true, ALL_CLOSERS);
            let down = breakdown(&whole, &self.interim);
            let finished = self.interim == deal.target;
            let h = if finished { Rational::zero() } else { whole.break_off(&self.interim) };
            let on = Rational::one() - &h;
            let values = reachable_values(&rest, Some(&self.sigma), effort)?;
            *complete &= values.complete;
            for (ahead, _) in &values.points {
                let start: Vec<Rational> = (0..ahead.len())
                    .map(|i| {
                        let lump: Rational = moves.iter().map(|(_, s)| &s.lump[i]).sum();
                        lump + &whole.discount[i] * (&on * &ahead[i] + &h * &down[i])
                    })
                    .collect();
                let holds = (0..start.len()).all(|i| {
                    let top = cheating[i].as_ref().map_or(&walking[i], |d| d.max(&walking[i]));
                    &whole.weight[i] * (&start[i] - top) >= self.sigma
                });
                if holds {
                    best = best.max(Some(self.gain_of(&whole, &start)));
                }
            }
        }
        Ok(best)
    }

    /// The small deal by itself: each party's slack if it then stands, and
    /// whether it respects the caps.
    fn leg(&self) -> (Vec<Rational>, bool) {
        let zero = self.nothing();
        let case = self.instance_at_zero();
        let moves = phase_stretches(&case, &zero, &self.interim, true);
        let (cheating, walking) = temptations(&case, &zero, &moves, true, ALL_CLOSERS);
        let stands = breakdown(&self.standing_case(), &self.interim);
        let slack = (0..case.parties.len())
            .map(|i| {
                let lump: Rational = moves.iter().map(|(_, s)| &s.lump[i]).sum();
                let value = lump + &case.discount[i] * &stands[i];
                let top = cheating[i].as_ref().map_or(&walking[i], |d| d.max(&walking[i]));
                &case.weight[i] * (value - top)
            })
            .collect();
        let within = exposures(&case, &moves)
            .iter()
            .zip(&case.exposure_cap)
            .all(|(x, cap)| cap.as_ref().is_none_or(|c| x <= c));
        (slack, within)
    }

    fn blocked(
        &self,
        go_on: Option<&(Vec<Rational>, usize)>,
        effort: &Effort<'_>,
        complete: &mut bool,
    ) -> Result<Blocked, CaseError> {
        let party = go_on.and_then(|(over, _)| {
            (0..over.len()).min_by(|&a, &b| {
                let weighted = |i: usize| &over[i] * &self.instance.weight[i];
                weighted(a).cmp(&weighted(b)).then(a.cmp(&b))
            })
        });
        Ok(Blocked {
            party,
            reward: self.remedy(Instrument::Reward, effort, complete)?,
            bond: self.remedy(Instrument::Bond, effort, complete)?,
            safe: self.largest_safe(effort, complete)?,
        })
    }

    fn remedy(
        &self,
        instrument: Instrument,
        effort: &Effort<'_>,
        complete: &mut bool,
    ) -> Result<Option<Remedy>, CaseError> {
        let mut best: Option<Remedy> = None;
        for deal in &self.deals {
            if !Self::fits(&self.interim, deal) || self.interim == deal.target {
                continue;
            }
            let mut case = self.case(deal, &self.interim, true);
            case.bond_at_entry = true;
            if !Self::durable(&case) {
                continue;
            }
            let found = least_guarantee(&case, instrument, &self.sigma, None, effort)?;
            *complete &= found.complete;
            let Some(guarantee) = found.least else { continue };
            if best.as_ref().is_none_or(|b| guarantee.total() < b.guarantee.total()) {
                best = Some(Remedy { deal: deal.id.clone(), guarantee });
            }
        }
        Ok(best)
    }

    /// The largest parts of the small deal after which some broad deal can
    /// still be carried out.
    fn largest_safe(
        &self,
        effort: &Effort<'_>,
        complete: &mut bool,
    ) -> Result<Vec<Vec<usize>>, CaseError> {
        let mut parts = parts_of(&self.interim);
        parts.retain(|p| *p != self.interim);
        parts.sort_by_key(|p| std::cmp::Reverse(p.iter().sum::<usize>()));
        let mut safe: Vec<Vec<usize>> = Vec::new();
        for part in parts {
            if safe.iter().any(|s| part.iter().zip(s).all(|(p, s)| p <= s)) {
                continue;
            }
            let after = part.iter().any(|&p| p > 0);
            if !self.attainable(&part, after, effort, complete)?.deals.is_empty() {
                safe.push(part);
            }
        }
        safe.sort();
        Ok(safe)
    }
}

/// Deals that can be carried out, and the best smallest gain among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attainable {
    /// Which deals.
    pub deals: Vec<usize>,
    /// The largest minimum weighted gain any plan for any of them gives.
    pub gain: Option<Rational>,
}

/// Every state between nothing and `whole`, both included, in lexicographic order.
#[must_use]
pub fn parts_of(whole: &[usize]) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for &most in whole {
        all = all
            .into_iter()
            .flat_map(|head: Vec<usize>| {
                (0..=most).map(move |p| {
                    let mut next = head.clone();
                    next.push(p);
                    next
                })
            })
            .collect();
    }
    all
}
