//! What the cases are put together from.

use detente_analysis::Solved;
use detente_analysis::frontier::Completeness;
use detente_analysis::solved::{Deal, FrontierOfDeals, SolutionDeal, SolutionRule};
use detente_model::preference::IssueValue;
use detente_model::{
    Choice, Draft, Issue, Known, Number, Outcome, Party, Preferences, Scenario, Utility,
    ValueFunction,
};
use detente_report::Extras;
use num_bigint::BigUint;

pub(super) fn number(text: &str) -> Number {
    Number::parse(text).expect("made by hand")
}

pub(super) struct Build {
    pub(super) draft: Draft,
}

impl Build {
    pub(super) fn new(title: &str, parties: &[(&str, f64)], issues: Vec<Issue>) -> Self {
        let preferences = parties.iter().map(|(_, reservation)| {
            let mut utility = Utility::new(issues.len());
            utility.reservation = Number::from_f64(*reservation).expect("made by hand");
            Preferences::from_utility(utility)
        });
        let names = parties.iter().enumerate();
        Self {
            draft: Draft {
                title: title.into(),
                parties: names
                    .map(|(i, (name, _))| Party {
                        name: (*name).into(),
                        ..Party::new(format!("p{i}"))
                    })
                    .collect(),
                preferences: preferences.collect(),
                issues,
                ..Draft::default()
            },
        }
    }

    pub(super) fn utility(&mut self, party: usize) -> &mut Utility {
        match &mut self.draft.preferences[party].statement {
            detente_model::Statement::Utility(utility) => utility,
            detente_model::Statement::Partial(_) => panic!("numbers only here"),
        }
    }

    pub(super) fn table(mut self, party: usize, issue: usize, values: &[f64]) -> Self {
        let values = values.iter().map(|v| Number::from_f64(*v).expect("made by hand")).collect();
        self.utility(party).issues[issue] = Some(IssueValue {
            weight: Number::one(),
            value: ValueFunction::Table(values),
            known: if party == 0 { Known::ToldInConfidence } else { Known::MediatorsEstimate },
        });
        self
    }

    pub(super) fn share(mut self, party: usize, issue: usize, whole: i64) -> Self {
        self.utility(party).issues[issue] = Some(IssueValue {
            weight: Number::one(),
            value: ValueFunction::Share(Number::from(whole)),
            known: Known::StatedPublicly,
        });
        self.utility(party).reservation_known = Known::StatedPublicly;
        self
    }

    pub(super) fn scenario(self) -> Scenario {
        let (scenario, flaws) = self.draft.check();
        scenario.unwrap_or_else(|| panic!("{flaws:?}"))
    }
}

pub(super) fn deal(scenario: &Scenario, outcome: Outcome) -> Deal {
    let utilities = (0..scenario.parties().len())
        .map(|p| scenario.utility(p, &outcome).expect("made by hand").to_f64())
        .collect();
    Deal { outcome, utilities }
}

pub(super) fn pick(rule: SolutionRule, deal: &Deal, value: f64) -> SolutionDeal {
    SolutionDeal { rule, deal: deal.clone(), value, optimal: true, bound: value }
}

pub(super) fn every_outcome(scenario: &Scenario) -> Vec<Deal> {
    let mut outcomes = vec![Vec::new()];
    for issue in scenario.issues() {
        let options = usize::try_from(issue.len().expect("made by hand")).expect("made by hand");
        outcomes = outcomes
            .into_iter()
            .flat_map(|o: Vec<usize>| {
                (0..options).map(move |option| [o.clone(), vec![option]].concat())
            })
            .collect();
    }
    outcomes
        .into_iter()
        .map(Outcome::from_options)
        .filter(|o| scenario.is_feasible(o))
        .map(|o| deal(scenario, o))
        .collect()
}

/// The answer by trying everything: small scenarios only.
pub(super) fn solved(scenario: &Scenario) -> Solved {
    let all = every_outcome(scenario);
    let sides = scenario.parties().len();
    let reservations: Vec<f64> = scenario
        .utilities()
        .expect("made by hand")
        .iter()
        .map(|u| u.reservation.to_f64())
        .collect();
    let beats = |a: &Deal, b: &Deal| {
        a.utilities.iter().zip(&b.utilities).all(|(x, y)| x >= y) && a.utilities != b.utilities
    };
    let mut frontier: Vec<Deal> =
        all.iter().filter(|d| !all.iter().any(|o| beats(o, d))).cloned().collect();
    frontier.sort_by(|a, b| b.utilities.partial_cmp(&a.utilities).expect("made by hand"));
    frontier.dedup_by(|a, b| a.utilities == b.utilities);
    let fine = |d: &&Deal| {
        d.utilities.iter().zip(&reservations).all(|(u, r)| u >= r)
            && !scenario
                .preferences()
                .iter()
                .any(|p| p.red_lines.iter().any(|l| l.is_crossed(&d.outcome)))
    };
    let acceptable: Vec<&Deal> = all.iter().filter(fine).collect();
    let ideals: Vec<f64> = if acceptable.is_empty() {
        Vec::new()
    } else {
        (0..sides)
            .map(|p| acceptable.iter().map(|d| d.utilities[p]).fold(f64::MIN, f64::max))
            .collect()
    };
    let value = |rule: SolutionRule, d: &Deal| -> f64 {
        let gains = d.utilities.iter().zip(&reservations).map(|(u, r)| u - r);
        let parts =
            || gains.clone().zip(ideals.iter().zip(&reservations)).map(|(g, (i, r))| g / (i - r));
        match rule {
            SolutionRule::Nash => gains.product(),
            SolutionRule::Egalitarian => gains.fold(f64::MAX, f64::min),
            SolutionRule::KalaiSmorodinsky => parts().fold(f64::MAX, f64::min),
            SolutionRule::Utilitarian => d.utilities.iter().sum(),
            SolutionRule::UtilitarianRescaled => parts().sum(),
        }
    };
    let best = |rule| {
        let top = acceptable.iter().max_by(|a, b| value(rule, a).total_cmp(&value(rule, b)))?;
        Some(pick(rule, top, value(rule, top)))
    };
    let multiplicities = vec![Some(1); frontier.len()];
    Solved {
        agreement_possible: Some(!acceptable.is_empty()),
        outcomes: scenario.outcome_count(),
        acceptable_outcomes: Some(BigUint::from(acceptable.len())),
        frontier: FrontierOfDeals {
            deals: frontier,
            multiplicities,
            completeness: Completeness::Complete,
            continuous: false,
        },
        solutions: SolutionRule::ALL.into_iter().filter_map(best).collect(),
        ideals,
        reservations,
        exact: true,
    }
}

pub(super) fn dated() -> Extras {
    Extras {
        as_of: Some("23 November 2026".into()),
        command: Some("detente solve examples/case --report case.html".into()),
        made_by: Some("detente 0.1.0".into()),
        ..Extras::default()
    }
}

pub(super) fn shares(parts: &[(i64, i64)]) -> Outcome {
    Outcome(
        parts
            .iter()
            .map(|&(n, d)| {
                let first = Number::ratio(n, d).expect("made by hand");
                let second = &Number::one() - &first;
                Choice::Shares(vec![first, second])
            })
            .collect(),
    )
}

/// Reproducible figures without a library.
pub(super) fn figure(seed: &mut u64, below: u64) -> f64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    ((*seed >> 33) % below) as f64
}

pub(super) fn many(
    title: &str,
    names: &[&str],
    issues: &[(&str, usize)],
    reservation: f64,
    seed: u64,
) -> Build {
    let parties: Vec<(&str, f64)> = names.iter().map(|n| (*n, reservation)).collect();
    let options =
        |count: usize| -> Vec<String> { (0..count).map(|o| format!("level {}", o + 1)).collect() };
    let mut build = Build::new(
        title,
        &parties,
        issues.iter().map(|(name, count)| Issue::categorical(*name, options(*count))).collect(),
    );
    let mut seed = seed;
    for party in 0..names.len() {
        for (issue, (_, count)) in issues.iter().enumerate() {
            let values: Vec<f64> = (0..*count).map(|_| figure(&mut seed, 30)).collect();
            build = build.table(party, issue, &values);
        }
    }
    build
}
