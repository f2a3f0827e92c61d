//! How long the planner takes on cases of a given size, discounted and with a
//! break-off probability.
//!
//! `cargo run --release -p detente-analysis --example staging_speed -- 8 3 2 5`
//! plans five random cases of 8 deliverables of 3 steps between 2 parties.

#![allow(clippy::print_stdout)]

use detente_analysis::staging::{Case, Deliverable, Effort, Rational, Step, best_plan};
use std::time::Instant;

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|a| a.parse::<usize>().ok());
    let mut next = |default| numbers.next().unwrap_or(default);
    let (deliverables, steps, parties, cases) = (next(6), next(3), next(2), next(5));
    let mut state = 88_172_645_463_325_252_u64;
    let mut roll = move |low: i64, high: i64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        low + i64::try_from((state >> 11) % (high - low + 1).unsigned_abs()).unwrap_or(0)
    };
    for index in 0..cases {
        let mut case = Case::new("speed", (0..parties).map(|i| format!("p{i}")).collect());
        let q = |n: i64, d: i64| Rational::new(n.into(), d.into());
        for i in 0..parties {
            case.discount[i] = q(if i % 2 == 0 { 95 } else { 90 }, 100);
            case.annuity[i] = q(15, 1);
            case.residual[i] = q(roll(3, 12), 1);
        }
        case.hazard = q(2, 100);
        for j in 0..deliverables {
            let performer = j % parties;
            let list = (0..steps)
                .map(|_| Step {
                    value: (0..parties)
                        .map(|i| {
                            if i == performer { q(roll(-40, -10), 10) } else { q(roll(5, 70), 10) }
                        })
                        .collect(),
                    flow: (0..parties).map(|_| q(roll(-10, 10), 100)).collect(),
                })
                .collect();
            let (recover, keep) = [(0, 10), (10, 0), (5, 3)][(roll(0, 2)) as usize];
            case.push(Deliverable {
                id: format!("d{j}"),
                performer,
                recover: q(recover, 10),
                keep: q(keep, 10),
                steps: list,
                concerns_persons: false,
            });
        }
        let began = Instant::now();
        match best_plan(&case, &Effort::default()) {
            Ok(found) => {
                let slack = found.best.as_ref().and_then(|b| b.min_slack.clone());
                let phases = found.best.as_ref().map(|b| b.phases());
                println!(
                    "case {index}: {:?} {:?} slack {} in {:?} phases; {:?}",
                    began.elapsed(),
                    found.proof,
                    slack.map_or("none".into(), |s| s.to_string()),
                    phases,
                    found.statistics
                );
            }
            Err(error) => println!("case {index}: {error}"),
        }
    }
}
