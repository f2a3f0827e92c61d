//! Times frontier and solutions on one problem read from a text file, for
//! comparison with other engines on the same numbers:
//! `cargo run --release -p detente-analysis --example frontier_speed -- FILE…`
//!
//! The file: parties, issues; then per issue the number of options and, per
//! option, one whole number for each party. Reservation values are 0.
#![allow(clippy::print_stdout)]

use detente_analysis::frontier::frontier;
use detente_analysis::problem::{Problem, Scale};
use detente_analysis::{Budget, solution};
use std::time::Instant;

fn read(text: &str) -> Option<Problem> {
    let mut numbers = text.split_whitespace().map(str::parse::<i64>);
    let mut next = move || numbers.next()?.ok();
    let (parties, issues) = (usize::try_from(next()?).ok()?, next()?);
    let mut tables = Vec::new();
    let mut options = Vec::new();
    for _ in 0..issues {
        let count = usize::try_from(next()?).ok()?;
        tables.push((0..count * parties).map(|_| next()).collect::<Option<Vec<i64>>>()?);
        options.push((0..count).collect());
    }
    let scale = Scale { denominator: 1.into(), exact: true, tolerance: 0 };
    Some(Problem::from_parts(
        (0..tables.len()).collect(),
        options,
        parties,
        tables,
        vec![0; parties],
        vec![scale; parties],
    ))
}

fn main() {
    for path in std::env::args().skip(1) {
        let Some(problem) = std::fs::read_to_string(&path).ok().and_then(|t| read(&t)) else {
            println!("{path}: not such a file");
            continue;
        };
        let mut seconds = Vec::new();
        let mut size = 0;
        let begun = Instant::now();
        while seconds.len() < 5 || begun.elapsed().as_secs_f64() < 1.0 && seconds.len() < 1000 {
            let start = Instant::now();
            let whole = frontier(&problem, &Budget::default());
            let found = if problem.parties == 2 {
                solution::solutions(&problem, Some(&whole), &Budget::default())
            } else {
                solution::scan(&problem, &whole.points)
            };
            seconds.push(start.elapsed().as_secs_f64());
            size = whole.points.len();
            assert!(found.agreement_possible.is_some());
        }
        seconds.sort_by(f64::total_cmp);
        println!(
            "{path} points {size} median_seconds {:.9} runs {}",
            seconds[seconds.len() / 2],
            seconds.len()
        );
    }
}
