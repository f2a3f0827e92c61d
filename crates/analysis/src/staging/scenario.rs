//! From a scenario to what is carried out: the parties' own values spread over
//! steps, with visible defaults for what the scenario does not say.

use super::at_home::Worth;
use super::fair::fair_among;
use super::{
    BroadDeal, Case, CaseError, Deliverable, Rational, Staging, Step, WeightRule, breakdown,
};
use crate::budget::Budget;
use crate::solved::{SolutionRule, Solved};
use detente_model::staging::{NamedInterim, NamedRatification, OptionMap};
use detente_model::{Number, Outcome, Scenario};
use num_traits::{FromPrimitive, One, Signed, ToPrimitive, Zero};

/// A staging block made for a scenario.
#[derive(Debug, Clone)]
pub struct ScenarioStaging {
    /// The block; its broad deals are the acceptable outcomes compared.
    pub block: Staging,
    /// What the rules of fairness pick among them, by place.
    pub fair: Vec<(SolutionRule, usize)>,
    /// Whether these are all acceptable outcomes; otherwise the efficient and
    /// the fair ones that `solve` finds.
    pub all_outcomes: bool,
}

/// Up to so many outcomes are looked at one by one.
const MOST_OUTCOMES: u32 = 20_000;
/// Most efficient deals taken where there are more outcomes.
const MOST_EFFICIENT: usize = 300;
/// Most options of an issue that become deliverables.
const MOST_OPTIONS: u64 = 200;

/// Makes the staging block of a scenario, from what its folder says about
/// carrying out and from defaults for the rest.
///
/// # Errors
/// [`CaseError`] when the scenario has no numbers to work with, or the two do
/// not fit together.
pub fn stage_scenario(
    scenario: &Scenario,
    written: Option<Staging>,
    budget: &Budget<'_>,
) -> Result<ScenarioStaging, CaseError> {
    let values = Values::new(scenario)?;
    let mut block = written.unwrap_or_else(|| empty_block(scenario, &values));
    if block.case.name.is_empty() {
        scenario.title().clone_into(&mut block.case.name);
    }
    let listed = !block.deals.is_empty();
    values.fill(&mut block)?;
    if listed {
        return Ok(ScenarioStaging { block, fair: Vec::new(), all_outcomes: true });
    }
    let all_outcomes = scenario.outcome_count().to_u32().is_some_and(|n| n <= MOST_OUTCOMES);
    let outcomes = if all_outcomes {
        values.acceptable()
    } else {
        values.efficient(&crate::solve(scenario, budget).map_err(|e| CaseError(e.to_string()))?)
    };
    let of_scenario = !block.valued.iter().any(|v| *v);
    let mut deals = Vec::new();
    let (mut gains, mut worths) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        if Some(&outcome) == values.no_deal.as_ref() {
            continue;
        }
        let worth = values.worth(&outcome);
        let gain: Vec<Rational> = worth.iter().zip(&values.reserves).map(|(u, r)| u - r).collect();
        let mut deal = values.deal(&block, &outcome);
        if of_scenario {
            // What no step carries (combinations, what standing still is
            // worth) comes with the finished deal, so that nothing is lost.
            let carried = block.case.with_deal(&deal).total_lumps();
            let start = breakdown(&block.case, &block.case.start);
            for i in 0..gain.len() {
                deal.residual[i] += &gain[i] + &start[i] - &carried[i];
            }
        }
        deals.push(deal);
        gains.push(gain);
        worths.push(worth);
    }
    block.deals = deals;
    Ok(ScenarioStaging { fair: fair_among(&gains, &worths), block, all_outcomes })
}

/// Gives a scenario's block one small deal per issue, settled as the first
/// rule of fairness would settle it, and keeps as broad deals those that the
/// rules pick.
pub fn small_deals_by_issue(block: &mut Staging, fair: &[(SolutionRule, usize)]) {
    let Some((rule, first)) = fair.first() else { return };
    let chosen = block.deals[*first].clone();
    for map in &block.carried_out_by {
        let part: Vec<usize> = (0..chosen.target.len())
            .map(|j| {
                let moved = map.options.iter().any(|(_, progress)| progress[j] > 0);
                if moved { chosen.target[j] } else { 0 }
            })
            .collect();
        let all = part == chosen.target;
        if part.iter().any(|&p| p > 0) && !all {
            let id = format!("{} alone", map.issue);
            let after = super::AfterInterim::default();
            block.interims.push(NamedInterim { id, progress: part, after });
        }
    }
    let mut kept: Vec<usize> = fair.iter().map(|(_, d)| *d).collect();
    kept.sort_unstable();
    kept.dedup();
    block.deals = kept.into_iter().map(|d| block.deals[d].clone()).collect();
    block.assumed.push(format!(
        "each issue by itself is a small deal, settled as in the {} deal; the broad deals are those that the rules of fairness pick",
        rule.name()
    ));
}

/// A block that leaves everything to the defaults.
fn empty_block(scenario: &Scenario, values: &Values<'_>) -> Staging {
    let ids = scenario.parties().iter().map(|p| p.id.clone()).collect();
    let mut case = Case::new(scenario.title(), ids);
    case.discount.clone_from(&values.discount);
    for (annuity, discount) in case.annuity.iter_mut().zip(&values.discount) {
        let left = Rational::one() - discount;
        *annuity = if left.is_zero() { Rational::zero() } else { left.recip() };
    }
    let mut block = Staging::new(case);
    block.weights = WeightRule::ByGain;
    block.assumed = vec![
        "discounts as in the parties' files; no break-off probability; no linked exchange, no escrow (leak 1)".into(),
        "weight 1/largest total gain, so that units do not matter".into(),
        "nothing is taken back if things collapse, and nothing changes anybody's leverage".into(),
        "the finished relationship is worth nothing beyond the deal (residual 0)".into(),
    ];
    block
}

/// A scenario's values, exactly where they are exact.
pub struct Values<'s> {
    scenario: &'s Scenario,
    reserves: Vec<Rational>,
    discount: Vec<Rational>,
    /// Per issue, option and party.
    options: Vec<Vec<Vec<Rational>>>,
    /// The outcome that is worth to every party what no deal is, if there is one.
    no_deal: Option<Vec<usize>>,
    /// Per issue and party: its part of what no deal is worth.
    base: Vec<Vec<Rational>>,
}

fn rational(number: &Number) -> Rational {
    number.as_rational().clone()
}

fn from_double(value: f64) -> Rational {
    Rational::from_f64(value).unwrap_or_else(Rational::zero)
}

impl<'s> Values<'s> {
    /// Takes the values of a scenario apart, issue by issue.
    ///
    /// # Errors
    /// [`CaseError`] where orders only are known, or an issue is shared out or
    /// has too many options.
    pub fn new(scenario: &'s Scenario) -> Result<Self, CaseError> {
        let Some(utilities) = scenario.utilities() else {
            return Err(CaseError(
                "a party's preferences are orders only; staging needs numbers for every party"
                    .into(),
            ));
        };
        if let Some(issue) = scenario.issues().iter().find(|i| i.is_divisible()) {
            return Err(CaseError(format!(
                "`{}` is shared out; staging needs options that can be carried out in steps",
                issue.name
            )));
        }
        let mut options = Vec::new();
        for (k, issue) in scenario.issues().iter().enumerate() {
            let count = issue.len().filter(|n| *n <= MOST_OPTIONS).ok_or_else(|| {
                CaseError(format!("`{}` has more than {MOST_OPTIONS} options", issue.name))
            })?;
            let row = (0..count as usize)
                .map(|o| {
                    utilities
                        .iter()
                        .map(|u| match &u.issues[k] {
                            None => Rational::zero(),
                            Some(v) => {
                                let worth = v.value.at(issue, o).times(&v.weight);
                                worth.exact().map_or_else(|| from_double(worth.to_f64()), rational)
                            }
                        })
                        .collect()
                })
                .collect();
            options.push(row);
        }
        let reserves: Vec<Rational> = utilities.iter().map(|u| rational(&u.reservation)).collect();
        let discount = utilities.iter().map(|u| rational(&u.discount)).collect();
        let mut values =
            Self { scenario, reserves, discount, options, no_deal: None, base: Vec::new() };
        let constants: Vec<Rational> = utilities.iter().map(|u| rational(&u.constant)).collect();
        if scenario.outcome_count().to_u32().is_some_and(|n| n <= MOST_OUTCOMES) {
            let mut all = values.every_outcome().into_iter();
            values.no_deal = all.find(|x| values.worth(x) == values.reserves);
        }
        values.base = match &values.no_deal {
            Some(x) => x.iter().enumerate().map(|(k, &o)| values.options[k][o].clone()).collect(),
            None => values.shared_out(&constants),
        };
        Ok(values)
    }

    /// Whether a ratification question is about this scenario's issues and
    /// options, in its order.
    #[must_use]
    pub fn are_about(&self, named: &NamedRatification) -> bool {
        named.issues.len() == self.options.len()
            && named.issues.iter().zip(self.scenario.issues()).all(|((name, options), issue)| {
                *name == issue.name
                    && options.iter().enumerate().all(|(o, n)| *n == issue.option_name(o))
            })
            && named.question.sizes.iter().zip(&self.options).all(|(s, o)| *s == o.len())
    }

    /// What no deal is worth, shared out over the issues in proportion to how
    /// much each can move the party.
    fn shared_out(&self, constants: &[Rational]) -> Vec<Vec<Rational>> {
        let n = self.reserves.len();
        let ends = |k: usize, i: usize| -> (Rational, Rational) {
            let row = self.options[k].iter().map(|o| &o[i]);
            let zero = Rational::zero();
            (row.clone().min().unwrap_or(&zero).clone(), row.max().unwrap_or(&zero).clone())
        };
        let mut base = vec![vec![Rational::zero(); n]; self.options.len()];
        for i in 0..n {
            let ends: Vec<(Rational, Rational)> =
                (0..self.options.len()).map(|k| ends(k, i)).collect();
            let least: Rational = ends.iter().map(|(low, _)| low).sum();
            let span: Rational = ends.iter().map(|(low, high)| high - low).sum();
            let above = &self.reserves[i] - &constants[i] - least;
            for (k, (low, high)) in ends.iter().enumerate() {
                base[k][i] = if span.is_zero() {
                    low + &above / Rational::from_integer(ends.len().into())
                } else {
                    low + &above * (high - low) / &span
                };
            }
        }
        base
    }

    /// Gives every option a deliverable that carries it out, and every step of
    /// the scenario's own a value.
    fn fill(&self, block: &mut Staging) -> Result<(), CaseError> {
        let issues = self.scenario.issues();
        let mapped = std::mem::take(&mut block.carried_out_by);
        let mut performers = Vec::new();
        let mut maps = Vec::new();
        for (k, issue) in issues.iter().enumerate() {
            match mapped.iter().find(|m| m.issue == issue.name) {
                Some(map) => {
                    self.value_steps(block, k, map)?;
                    maps.push(map.clone());
                }
                None => maps.push(self.default_map(block, k, &mut performers)),
            }
        }
        if let Some(stray) = mapped.iter().find(|m| !issues.iter().any(|i| i.name == m.issue)) {
            let known: Vec<&str> = issues.iter().map(|i| i.name.as_str()).collect();
            return Err(CaseError(format!(
                "`carried_out_by` names `{}`, which is no issue of the scenario; there are: {}",
                stray.issue,
                known.join(", ")
            )));
        }
        let all = block.case.deliverables.len();
        for map in &mut maps {
            for (_, progress) in &mut map.options {
                progress.resize(all, 0);
            }
        }
        for (_, progress) in block.interims.iter_mut().map(|i| (0, &mut i.progress)) {
            progress.resize(all, 0);
        }
        block.carried_out_by = maps;
        if !performers.is_empty() {
            block.assumed.push(format!(
                "an option is carried out in one step by the side to which it is worth least: {}",
                performers.join("; ")
            ));
            block.assumed.push(match &self.no_deal {
                Some(x) => format!(
                    "no deal is as if nothing were done: {}, which is worth that to every side",
                    self.name(x)
                ),
                None => "what no deal is worth is shared out over the issues in proportion to how much each can move a side".into(),
            });
        }
        Ok(())
    }

    /// One deliverable of one step per option of an issue.
    fn default_map(
        &self,
        block: &mut Staging,
        k: usize,
        performers: &mut Vec<String>,
    ) -> OptionMap {
        let issue = &self.scenario.issues()[k];
        let n = self.reserves.len();
        let reach: Vec<Rational> = (0..n)
            .map(|i| {
                let row = self.options.iter().map(|options| {
                    let worth = options.iter().map(|o| &o[i]);
                    match (worth.clone().max(), worth.min()) {
                        (Some(most), Some(least)) => most - least,
                        _ => Rational::zero(),
                    }
                });
                row.sum()
            })
            .collect();
        let mut options = Vec::new();
        for (o, worth) in self.options[k].iter().enumerate() {
            let value: Vec<Rational> =
                worth.iter().zip(&self.base[k]).map(|(w, b)| w - b).collect();
            let share = |i: usize| {
                if reach[i].is_zero() { Rational::zero() } else { &value[i] / &reach[i] }
            };
            let performer =
                (0..n).min_by(|&a, &b| share(a).cmp(&share(b)).then(a.cmp(&b))).unwrap_or(0);
            let name = issue.option_name(o);
            let id = format!("{}: {name}", issue.name);
            let mut progress = vec![0; block.case.deliverables.len()];
            if value.iter().any(|v| !v.is_zero()) {
                performers.push(format!("{id} by {}", block.case.parties[performer]));
                progress.push(1);
                block.case.push(Deliverable {
                    id,
                    performer,
                    recover: Rational::zero(),
                    keep: Rational::one(),
                    steps: vec![Step { value, flow: vec![Rational::zero(); n] }],
                    concerns_persons: false,
                });
                block.described.push(detente_model::staging::Described::default());
                block.valued.push(false);
            }
            options.push((name, progress));
        }
        OptionMap { issue: issue.name.clone(), options }
    }

    /// Spreads the values of an issue's options over the steps of the one
    /// deliverable that carries them out.
    fn value_steps(&self, block: &mut Staging, k: usize, map: &OptionMap) -> Result<(), CaseError> {
        let issue = &self.scenario.issues()[k];
        let mut at: Vec<(usize, usize)> = Vec::new();
        let mut moved: Vec<usize> = Vec::new();
        for (name, progress) in &map.options {
            let Some(o) = issue.option_index(name) else {
                let count = self.options[k].len();
                let known: Vec<String> = (0..count).map(|o| issue.option_name(o)).collect();
                return Err(CaseError(format!(
                    "`carried_out_by`: `{}` has no option `{name}`; it has: {}",
                    issue.name,
                    known.join(", ")
                )));
            };
            moved.extend((0..progress.len()).filter(|&j| progress[j] > 0));
            at.push((o, progress.iter().sum()));
        }
        if let Some(o) = (0..self.options[k].len()).find(|o| !at.iter().any(|(x, _)| x == o)) {
            return Err(CaseError(format!(
                "`carried_out_by` does not say how `{}` of `{}` is carried out; write null where nothing is done",
                issue.option_name(o),
                issue.name
            )));
        }
        moved.sort_unstable();
        moved.dedup();
        let open: Vec<usize> = moved.iter().copied().filter(|&j| !block.valued[j]).collect();
        let [j] = open[..] else {
            return if open.is_empty() {
                Ok(())
            } else {
                Err(CaseError(format!(
                    "several deliverables without values carry out `{}`; say what each step is worth (`v`)",
                    issue.name
                )))
            };
        };
        at.sort_by_key(|(_, progress)| *progress);
        let repeated = at.windows(2).any(|w| w[0].1 == w[1].1);
        if moved.len() > 1 || repeated {
            return Err(CaseError(format!(
                "the values of `{}` cannot be spread over the steps of `{}`: its options must differ in how far that one deliverable goes; or say what each step is worth (`v`)",
                issue.name, block.case.deliverables[j].id
            )));
        }
        let mut from = (0, self.base[k].clone());
        for (o, progress) in at {
            let worth = &self.options[k][o];
            if progress > from.0 {
                let steps = Rational::from_integer((progress - from.0).into());
                for step in &mut block.case.deliverables[j].steps[from.0..progress] {
                    step.value =
                        worth.iter().zip(&from.1).map(|(to, was)| (to - was) / &steps).collect();
                }
            }
            from = (progress, worth.clone());
        }
        Ok(())
    }

    /// The deal that carries out an outcome.
    fn deal(&self, block: &Staging, outcome: &[usize]) -> BroadDeal {
        let mut target = block.case.start.clone();
        for ((issue, map), &o) in
            self.scenario.issues().iter().zip(&block.carried_out_by).zip(outcome)
        {
            let name = issue.option_name(o);
            if let Some((_, progress)) = map.options.iter().find(|(n, _)| *n == name) {
                for (t, p) in target.iter_mut().zip(progress) {
                    *t = (*t).max(*p);
                }
            }
        }
        BroadDeal { id: self.name(outcome), target, residual: block.case.residual.clone() }
    }

    fn every_outcome(&self) -> Vec<Vec<usize>> {
        let most: Vec<usize> = self.options.iter().map(|o| o.len() - 1).collect();
        super::parts_of(&most)
    }

    fn name(&self, outcome: &[usize]) -> String {
        let parts: Vec<String> = self
            .scenario
            .issues()
            .iter()
            .zip(outcome)
            .map(|(issue, &o)| format!("{}={}", issue.name, issue.option_name(o)))
            .collect();
        parts.join(", ")
    }

    /// Every acceptable outcome, in order.
    fn acceptable(&self) -> Vec<Vec<usize>> {
        let mut all = self.every_outcome();
        all.retain(|x| {
            let worth = self.worth(x);
            self.is_feasible(x)
                && self.crosses_no_red_line(x)
                && worth.iter().zip(&self.reserves).all(|(u, r)| u >= r)
        });
        all
    }

    /// The acceptable ones among the efficient and fair deals found.
    fn efficient(&self, solved: &Solved) -> Vec<Vec<usize>> {
        let fair = solved.solutions.iter().map(|s| &s.deal.outcome);
        let efficient = solved.frontier.deals.iter().map(|d| &d.outcome).take(MOST_EFFICIENT);
        let options = |x: &Outcome| -> Option<Vec<usize>> {
            (0..self.options.len()).map(|k| x.option(k)).collect()
        };
        let mut all: Vec<Vec<usize>> = fair.chain(efficient).filter_map(options).collect();
        all.retain(|x| {
            let gains = self.worth(x).into_iter().zip(&self.reserves).map(|(u, r)| u - r);
            self.crosses_no_red_line(x) && gains.into_iter().all(|g| !g.is_negative())
        });
        all.sort();
        all.dedup();
        all
    }
}

impl Worth for Values<'_> {
    fn worth(&self, outcome: &[usize]) -> Vec<Rational> {
        let outcome = Outcome::from_options(outcome.iter().copied());
        (0..self.reserves.len())
            .map(|i| match self.scenario.utility(i, &outcome) {
                Some(u) => u.exact().map_or_else(|| from_double(u.to_f64()), rational),
                None => Rational::zero(),
            })
            .collect()
    }

    fn reserves(&self) -> Vec<Rational> {
        self.reserves.clone()
    }

    fn is_feasible(&self, outcome: &[usize]) -> bool {
        self.scenario.is_feasible(&Outcome::from_options(outcome.iter().copied()))
    }

    fn crosses_no_red_line(&self, outcome: &[usize]) -> bool {
        let outcome = Outcome::from_options(outcome.iter().copied());
        let preferences = self.scenario.preferences().iter();
        !preferences.flat_map(|p| &p.red_lines).any(|line| line.is_crossed(&outcome))
    }
}
