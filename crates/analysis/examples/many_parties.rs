//! Times the exact bargaining solutions of many parties on random additive
//! problems: `cargo run --release -p detente-analysis --example many_parties -- PARTIES ISSUES OPTIONS SEED…`
#![allow(clippy::print_stdout)]

use detente_analysis::{Budget, Problem, problem::Scale, solution};
use std::time::{Duration, Instant};

/// A small generator with fixed output (SplitMix64; Steele, Lea & Flood 2014).
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// Uniform evaluations 0–999 per option, uniform weights 1–100 per issue.
fn random(parties: usize, issues: usize, options: usize, seed: u64) -> Problem {
    let mut random = SplitMix(seed);
    let weights: Vec<Vec<i64>> = (0..parties)
        .map(|_| (0..issues).map(|_| 1 + (random.next() % 100) as i64).collect())
        .collect();
    let tables = (0..issues)
        .map(|issue| {
            (0..options * parties)
                .map(|cell| weights[cell % parties][issue] * (random.next() % 1000) as i64)
                .collect()
        })
        .collect();
    let scale = Scale { denominator: 1.into(), exact: true, tolerance: 0 };
    let all = vec![(0..options).collect(); issues];
    Problem::from_parts(
        (0..issues).collect(),
        all,
        parties,
        tables,
        vec![0; parties],
        vec![scale; parties],
    )
}

fn main() {
    let numbers: Vec<u64> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let [parties, issues, options, seeds @ ..] = numbers.as_slice() else {
        println!("usage: many_parties PARTIES ISSUES OPTIONS SEED…");
        return;
    };
    for &seed in seeds {
        let problem = random(*parties as usize, *issues as usize, *options as usize, seed);
        let start = Instant::now();
        let late = move || start.elapsed() > Duration::from_secs(120);
        let found = solution::solutions(&problem, None, &Budget::default().stopped_by(&late));
        println!("seed {seed}: {:.2} s", start.elapsed().as_secs_f64());
        for pick in &found.picks {
            let gap = (pick.bound - pick.value) / pick.value.abs();
            println!(
                "  {:<22} {:>14.6e} optimal {} gap {gap:.2e}",
                pick.rule.name(),
                pick.value,
                pick.optimal
            );
        }
    }
}
