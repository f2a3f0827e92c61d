//! The comparison table: `cargo run --release -p mediate_compare --bin mediate_compare -- FOLDER [SEEDS [WORDS]]`
//!
//! FOLDER holds scenario folders; every one that negotiators can play and in
//! which some deal leaves every party a gain is counted. Gains are over the
//! larger of reservation value and worst utility; no agreement counts as zero.
//! WORDS picks procedures by name.
#![allow(clippy::print_stdout, reason = "a program that prints its table")]

use detente_bargaining::matches::Draw;
use mediate_compare::measure::{Shares, Yardstick};
use mediate_compare::on_two_threads;
use mediate_compare::procedure::Procedure;
use mediate_compare::sample::{mean, spread};
use mediate_compare::scenarios::{Case, cases};

/// The groups of the table.
const GROUPS: [&str; 4] = ["2 parties", "3 parties", "4 and more", "interactions"];

fn group(case: &Case) -> usize {
    match (case.problem.factors.is_empty(), case.own.len()) {
        (false, _) => 3,
        (true, 2) => 0,
        (true, 3) => 1,
        (true, _) => 2,
    }
}

/// Shares and effort of every seed.
type Runs = Vec<(Shares, usize)>;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        println!("usage: mediate_compare FOLDER [SEEDS [WORDS-OF-A-PROCEDURE]]");
        return;
    };
    let seeds: u64 = arguments.next().and_then(|s| s.parse().ok()).unwrap_or(5);
    let words = arguments.next().unwrap_or_default();
    let procedures: Vec<Procedure> =
        Procedure::ALL.into_iter().filter(|p| p.name().contains(&words)).collect();
    let all = cases(folder.as_ref());
    let measured: Vec<Option<Vec<Runs>>> = on_two_threads(&all, |case| {
        let yardstick = Yardstick::new(&case.problem)?;
        let run = |procedure: &Procedure, seed| {
            let reached = procedure.run(case, &case.problem, &case.own, Draw { seed, index: 0 });
            (yardstick.shares(reached.deal.as_ref()), reached.effort)
        };
        Some(procedures.iter().map(|p| (1..=seeds).map(|s| run(p, s)).collect()).collect())
    });
    for (at, title) in GROUPS.iter().enumerate() {
        let here: Vec<&Vec<Runs>> = all
            .iter()
            .zip(&measured)
            .filter(|(case, _)| group(case) == at)
            .filter_map(|(_, runs)| runs.as_ref())
            .collect();
        if here.is_empty() {
            continue;
        }
        println!("\n### {title}: {} scenarios, {seeds} seeds each\n", here.len());
        println!(
            "| procedure | Nash share | max–min share | efficient | no deal | offers, votes or answers a party |"
        );
        println!("|---|---|---|---|---|---|");
        for (index, procedure) in procedures.iter().enumerate() {
            let runs: Vec<&(Shares, usize)> = here.iter().flat_map(|runs| &runs[index]).collect();
            let figures = |of: &dyn Fn(&Shares) -> f64| {
                let values: Vec<f64> = runs.iter().map(|r| of(&r.0)).collect();
                spread(&values)
                    .map_or_else(String::new, |s| s.map(|v| format!("{v:.2}")).join(" / "))
            };
            let share = |of: &dyn Fn(&Shares) -> bool| {
                mean(&runs.iter().map(|r| f64::from(u8::from(of(&r.0)))).collect::<Vec<_>>())
            };
            let effort: Vec<f64> = runs.iter().map(|r| r.1 as f64).collect();
            println!(
                "| {} | {} | {} | {:.2} | {:.2} | {:.0} |",
                procedure.name(),
                figures(&|s| s.nash),
                figures(&|s| s.least),
                share(&|s| s.efficient),
                share(&|s| !s.agreed),
                spread(&effort).map_or(0.0, |s| s[0]),
            );
        }
    }
    let left: Vec<&str> =
        all.iter().zip(&measured).filter(|m| m.1.is_none()).map(|m| m.0.name.as_str()).collect();
    println!(
        "\nShares: median / tenth percentile / smallest; effort: median. Not counted, since no deal leaves every party a gain or the frontier is too large: {}.",
        left.join(", ")
    );
}
