//! What a party gains at most by lying, and what that costs the others:
//! `cargo run --release -p mediate_compare --bin honesty -- FOLDER [SEEDS [MOST-PACKAGES [WORDS]]]`
//!
//! One party lies, the others are truthful and negotiate as before. The class
//! of lies is `Lie::all`. Whoever is left below its true reservation value, or
//! with one of its true red lines crossed, does not sign; then there is no
//! deal. The best lie is chosen on SEEDS runs and measured on SEEDS others, so
//! that luck in choosing is not taken for gain. Figures are in hundredths of
//! what each party could gain at most (its ideal). WORDS picks procedures by name.
#![allow(clippy::print_stdout, reason = "a program that prints its table")]

use detente_analysis::Problem;
use detente_bargaining::matches::Draw;
use detente_bargaining::{OwnUtility, Package, Table};
use mediate_compare::lies::{Kind, Lie};
use mediate_compare::measure::Yardstick;
use mediate_compare::on_two_threads;
use mediate_compare::procedure::Procedure;
use mediate_compare::sample::{mean, spread};
use mediate_compare::scenarios::{Case, cases};
use std::ops::Range;

/// What one party can do in one scenario under one procedure.
struct Temptation {
    /// The best lie of each kind and of all, with what it brings the liar and the others.
    by_kind: Vec<(Option<Kind>, f64, f64)>,
    /// The share of lies that leave the liar worse off.
    backfires: f64,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        println!("usage: honesty FOLDER [SEEDS [MOST-PACKAGES [WORDS-OF-A-PROCEDURE]]]");
        return;
    };
    let mut number =
        |default: u64| arguments.next().and_then(|s| s.parse().ok()).unwrap_or(default);
    let (seeds, most) = (number(3), number(20_000));
    let words = arguments.next().unwrap_or_default();
    let all: Vec<Case> = cases(folder.as_ref())
        .into_iter()
        .filter(|c| c.table.packages().is_some_and(|n| n <= most))
        .filter(|c| Yardstick::new(&c.problem).is_some())
        .collect();
    println!("{} scenarios of up to {most} packages, {seeds} + {seeds} seeds\n", all.len());
    println!(
        "| procedure | lies | liar gains at most: median / 90 % / largest | others then lose: median | party-scenarios where a lie pays | lies that backfire |"
    );
    println!("|---|---|---|---|---|---|");
    for procedure in Procedure::measured_for_honesty().filter(|p| p.name().contains(&words)) {
        let found = on_two_threads(&all, |case| temptations(case, procedure, seeds));
        let found: Vec<Temptation> = found.into_iter().flatten().collect();
        for (row, kind) in
            [None, Some(Kind::Weights), Some(Kind::Flexibility), Some(Kind::RedLines)]
                .into_iter()
                .enumerate()
        {
            let best: Vec<(f64, f64)> =
                found.iter().map(|t| (t.by_kind[row].1, t.by_kind[row].2)).collect();
            // `spread` gives median, tenth percentile and smallest: turned round here.
            let losses: Vec<f64> = best.iter().map(|b| -b.0).collect();
            let [median, most, largest] = spread(&losses).unwrap_or_default().map(|v| -v * 100.0);
            let paying: Vec<&(f64, f64)> = best.iter().filter(|b| b.0 > 0.005).collect();
            let others: Vec<f64> = paying.iter().map(|b| b.1).collect();
            println!(
                "| {} | {} | {median:.1} / {most:.1} / {largest:.1} | {:.1} | {:.0} % | {} |",
                procedure.name(),
                kind.map_or_else(|| "any".to_owned(), |k| k.to_string()),
                -100.0 * spread(&others).map_or(0.0, |s| s[0]),
                100.0 * paying.len() as f64 / best.len().max(1) as f64,
                if kind.is_none() {
                    format!(
                        "{:.0} %",
                        100.0 * mean(&found.iter().map(|t| t.backfires).collect::<Vec<_>>())
                    )
                } else {
                    String::new()
                },
            );
        }
    }
}

fn temptations(case: &Case, procedure: Procedure, seeds: u64) -> Vec<Temptation> {
    (0..case.own.len()).map(|liar| temptation(case, procedure, liar, seeds)).collect()
}

/// Per party, its gain as a share of its ideal gain.
fn gains(case: &Case, deal: Option<&Package>) -> Vec<f64> {
    let signed = deal.filter(|deal| case.own.iter().all(|own| own.is_acceptable(deal)));
    let gain = |own: &OwnUtility| {
        let floor = own.reservation().max(own.lowest());
        let best = own.best().map_or(floor, |best| best.0);
        let utility = signed.map_or(floor, |deal| own.utility(deal));
        if best > floor { (utility - floor) as f64 / (best - floor) as f64 } else { 0.0 }
    };
    case.own.iter().map(gain).collect()
}

/// Mean gains over some runs in which the parties appear as `said`.
fn mean_gains(
    case: &Case,
    procedure: Procedure,
    (told, said): (&Problem, &[OwnUtility]),
    seeds: Range<u64>,
) -> Vec<f64> {
    let runs: Vec<Vec<f64>> = seeds
        .map(|seed| {
            gains(case, procedure.run(case, told, said, Draw { seed, index: 1 }).deal.as_ref())
        })
        .collect();
    (0..said.len()).map(|p| mean(&runs.iter().map(|r| r[p]).collect::<Vec<_>>())).collect()
}

fn temptation(case: &Case, procedure: Procedure, liar: usize, seeds: u64) -> Temptation {
    let (choosing, measuring) = (0..seeds, seeds..2 * seeds);
    let honest = mean_gains(case, procedure, (&case.problem, &case.own), choosing.clone());
    let with = |lie: Lie, seeds: &Range<u64>| {
        let told = lie.told(case, liar);
        let mut said = case.own.clone();
        let rule = case.table.acceptance().clone();
        said[liar] = Table::of_problem(&told, rule).1.swap_remove(liar);
        mean_gains(case, procedure, (&told, &said), seeds.clone())
    };
    let tried: Vec<(Lie, f64)> = Lie::all(&case.problem)
        .into_iter()
        .map(|lie| {
            let gained = with(lie, &choosing)[liar] - honest[liar];
            (lie, gained)
        })
        .collect();
    let again = mean_gains(case, procedure, (&case.problem, &case.own), measuring.clone());
    let best_of = |kind: Option<Kind>| {
        let of_kind = tried.iter().filter(|(lie, _)| kind.is_none_or(|k| lie.kind() == k));
        let best = of_kind.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|best| best.1 > 0.0);
        // Nothing pays: the party tells the truth.
        let Some((lie, _)) = best else { return (kind, 0.0, 0.0) };
        let gains = with(*lie, &measuring);
        let others = (0..gains.len()).filter(|&p| p != liar);
        let change: Vec<f64> = others.map(|p| gains[p] - again[p]).collect();
        (kind, gains[liar] - again[liar], mean(&change))
    };
    let kinds = [None, Some(Kind::Weights), Some(Kind::Flexibility), Some(Kind::RedLines)];
    let worse = tried.iter().filter(|(_, gain)| *gain < -0.005).count();
    Temptation {
        by_kind: kinds.into_iter().map(best_of).collect(),
        backfires: worse as f64 / tried.len().max(1) as f64,
    }
}
