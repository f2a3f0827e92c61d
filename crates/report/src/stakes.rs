//! What each issue is worth to each side, as the model says: for drawing only.

use detente_model::{Choice, Number, Outcome, Scenario, ValueFunction};

/// Issues with more options than this are not gone through one by one.
const MOST_OPTIONS: u64 = 20_000;

/// The least and the most an issue can be worth to a side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Range {
    /// Its worst option.
    pub(crate) worst: f64,
    /// Its best option.
    pub(crate) best: f64,
}

impl Range {
    /// What is at stake.
    pub(crate) fn swing(self) -> f64 {
        self.best - self.worst
    }
}

/// What every issue is worth to every side.
#[derive(Debug, Clone)]
pub(crate) struct Stakes {
    ranges: Vec<Vec<Option<Range>>>,
}

impl Stakes {
    /// From the sides' stated values, other issues and interactions aside.
    pub(crate) fn new(scenario: &Scenario) -> Self {
        let parties = 0..scenario.parties().len();
        let issues = scenario.issues().len();
        let ranges =
            parties.map(|party| (0..issues).map(|i| range(scenario, party, i)).collect()).collect();
        Self { ranges }
    }

    /// The range of one issue for one side; `None` where values are not
    /// numbers or options are too many to go through.
    pub(crate) fn range(&self, party: usize, issue: usize) -> Option<Range> {
        *self.ranges.get(party)?.get(issue)?
    }

    /// The part of everything at stake for a side that lies in one issue, from 0 to 1.
    pub(crate) fn weight(&self, party: usize, issue: usize) -> Option<f64> {
        let row = self.ranges.get(party)?;
        let total: f64 = row.iter().flatten().map(|r| r.swing()).sum();
        let swing = row.get(issue)?.as_ref()?.swing();
        (total > 0.0).then(|| swing / total)
    }

    /// The issues, most at stake first (on average over the sides), ties in their own order.
    pub(crate) fn order(&self) -> Vec<usize> {
        let issues = self.ranges.first().map_or(0, Vec::len);
        let total = |issue| -> f64 {
            (0..self.ranges.len()).filter_map(|party| self.weight(party, issue)).sum()
        };
        let mut order: Vec<usize> = (0..issues).collect();
        order.sort_by(|a, b| total(*b).total_cmp(&total(*a)));
        order
    }

    /// How far an outcome takes a side from its worst (0) to its best (1) on an issue.
    pub(crate) fn reached(
        &self,
        scenario: &Scenario,
        party: usize,
        issue: usize,
        outcome: &Outcome,
    ) -> Option<f64> {
        let range = self.range(party, issue)?;
        let worth = worth(scenario, party, issue, outcome.0.get(issue)?)?;
        (range.swing() > 0.0).then(|| ((worth - range.worst) / range.swing()).clamp(0.0, 1.0))
    }
}

/// What a choice on an issue is worth to a side.
fn worth(scenario: &Scenario, party: usize, issue: usize, choice: &Choice) -> Option<f64> {
    let utility = scenario.preferences().get(party)?.utility()?;
    let Some(value) = utility.issues.get(issue)? else { return Some(0.0) };
    let evaluated = match choice {
        Choice::Option(option) => value.value.at(scenario.issues().get(issue)?, *option),
        Choice::Shares(shares) => value.value.of_share(shares.get(party)?),
    };
    Some(evaluated.times(&value.weight).to_f64())
}

fn range(scenario: &Scenario, party: usize, index: usize) -> Option<Range> {
    let utility = scenario.preferences().get(party)?.utility()?;
    let issue = scenario.issues().get(index)?;
    let Some(value) = utility.issues.get(index)? else {
        return Some(Range { worst: 0.0, best: 0.0 });
    };
    if issue.is_divisible() {
        let whole = value.value.of_share(&Number::one()).times(&value.weight).to_f64();
        return Some(Range { worst: 0.0, best: whole });
    }
    let options = issue.len()?;
    let ends_suffice = match &value.value {
        ValueFunction::Constant(_) => true,
        ValueFunction::Polynomial(coefficients) => coefficients.len() <= 2,
        _ => false,
    };
    let options: Vec<usize> = if ends_suffice && options > 0 {
        vec![0, usize::try_from(options - 1).ok()?]
    } else if options <= MOST_OPTIONS {
        (0..usize::try_from(options).ok()?).collect()
    } else {
        return None;
    };
    let mut values = options.into_iter().map(|option| value.value.at(issue, option).to_f64());
    let first = values.next()?;
    let (low, high) = values.fold((first, first), |(l, h), v| (l.min(v), h.max(v)));
    let weight = value.weight.to_f64();
    Some(Range { worst: low * weight, best: high * weight })
}
