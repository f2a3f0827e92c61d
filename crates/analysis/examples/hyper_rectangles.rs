//! Frontiers of generated hyper-rectangle scenarios, timed.
//!
//! `cargo run --release -p detente-analysis --example hyper_rectangles -- [ISSUES [INSTANCES [SHAPE [FIRST [LIMIT [EXPORT [PARTIES]]]]]]]`
//! with 30 or 40 issues, SHAPE `uniform` (issues and widths drawn evenly) or
//! `hubs` (a few issues in most rectangles, wide intervals cut off at the ends:
//! what the published 10-issue files look like), FIRST the first seed, LIMIT
//! the seconds granted to each, EXPORT a folder to write the scenarios and frontiers to as JSON.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use detente_analysis::interaction::{block_frontier, solutions};
use detente_analysis::{Budget, Problem};
use detente_model::constraint::Condition;
use detente_model::preference::{Interaction, Known, Statement, When};
use detente_model::{Draft, Number, testing};
use std::fmt::Write as _;
use std::time::Instant;

/// SplitMix64 (Steele, Lea & Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((u128::from(z ^ (z >> 31)) * u128::from(n)) >> 64) as u64
    }
}

struct Rectangle {
    value: i64,
    sides: Vec<(usize, usize, usize)>,
}

/// How many rectangles have one, two, three and four sides.
fn sides(issues: usize) -> [usize; 4] {
    match issues {
        0..=10 => [5, 3, 6, 6],
        11..=30 => [15, 12, 13, 20],
        _ => [10, 28, 14, 28],
    }
}

fn party(random: &mut Random, issues: usize, hubs: bool) -> Vec<Rectangle> {
    let mut rectangles = Vec::new();
    for (extra, count) in sides(issues).into_iter().enumerate() {
        for _ in 0..count {
            let mut chosen: Vec<usize> = Vec::new();
            while chosen.len() <= extra {
                let issue = if hubs && random.below(2) == 0 {
                    random.below(issues as u64 / 5)
                } else {
                    random.below(issues as u64)
                } as usize;
                if !chosen.contains(&issue) {
                    chosen.push(issue);
                }
            }
            chosen.sort_unstable();
            let mut side = |issue| {
                if hubs {
                    let width = 5 + random.below(4) as usize;
                    let low = random.below(15).saturating_sub(5) as usize;
                    (issue, low, (low + width).min(9))
                } else {
                    let width = random.below(9) as usize;
                    let low = random.below(10 - width as u64) as usize;
                    (issue, low, low + width)
                }
            };
            let sides = chosen.into_iter().map(&mut side).collect();
            rectangles.push(Rectangle { value: 1 + random.below(97) as i64, sides });
        }
    }
    rectangles
}

fn problem(parties: &[Vec<Rectangle>], issues: usize) -> Problem {
    let tables = vec![vec![vec![0; 10]; issues]; parties.len()];
    let mut draft: Draft = testing::additive(&tables, &vec![0; parties.len()]);
    for (preferences, rectangles) in draft.preferences.iter_mut().zip(parties) {
        let Statement::Utility(utility) = &mut preferences.statement else { continue };
        utility.interactions = rectangles
            .iter()
            .map(|r| Interaction {
                conditions: r
                    .sides
                    .iter()
                    .map(|&(issue, low, high)| Condition::new(issue, (low..=high).collect()))
                    .collect(),
                when: When::All,
                value: Number::from(r.value),
                known: Known::Unknown,
            })
            .collect();
    }
    Problem::new(&draft.check().0.unwrap()).unwrap()
}

fn export(parties: &[Vec<Rectangle>], issues: usize, points: &[Vec<i64>], seconds: f64) -> String {
    let list = |items: Vec<String>| format!("[{}]", items.join(","));
    let rectangle = |r: &Rectangle| {
        let sides = r.sides.iter().map(|(i, low, high)| format!("[{i},{low},{high}]")).collect();
        format!("{{\"value\":{},\"sides\":{}}}", r.value, list(sides))
    };
    let parties = parties.iter().map(|p| list(p.iter().map(rectangle).collect())).collect();
    let points = points.iter().map(|p| format!("[{},{}]", p[0], p[1])).collect();
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{{\"issues\":{issues},\"options\":10,\"seconds\":{seconds},\n\"parties\":{},\n\"frontier\":{}}}",
        list(parties),
        list(points)
    );
    text
}

/// Peak memory of this process, where the system says so.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("unknown");
    line.trim_start_matches("VmHWM:").trim().to_owned()
}

/// Times the bargaining solutions of one scenario of many parties.
fn deals(seed: u64, issues: usize, hubs: bool, count: usize, limit: u64) {
    let mut random = Random(seed);
    let parties: Vec<_> = (0..count).map(|_| party(&mut random, issues, hubs)).collect();
    let mut problem = problem(&parties, issues);
    for (slot, rectangles) in problem.reservations.iter_mut().zip(&parties) {
        *slot = rectangles.iter().map(|r| r.value).sum::<i64>() / 4;
    }
    let start = Instant::now();
    let stop = || start.elapsed().as_secs() >= limit;
    let found = solutions(&problem, &Budget::default().stopped_by(&stop));
    let seconds = start.elapsed().as_secs_f64();
    println!("seed {seed}: {seconds:.3} s, agreement possible: {:?}", found.agreement_possible);
    for pick in &found.picks {
        println!(
            "  {:22} {:14.6} {} {:?}",
            pick.rule.name(),
            pick.value,
            if pick.optimal {
                "optimal       ".to_owned()
            } else {
                format!("≤ {:.6}", pick.bound)
            },
            pick.point.utilities
        );
    }
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let number = |k: usize, or: u64| args.get(k).and_then(|a| a.parse().ok()).unwrap_or(or);
    let (issues, instances, first) = (number(1, 30) as usize, number(2, 10), number(4, 1));
    let hubs = args.get(3).is_some_and(|s| s == "hubs");
    let limit = number(5, 120);
    let folder = args.get(6).filter(|f| *f != "-");
    let count = number(7, 2) as usize;
    if count > 2 {
        for seed in first..first + instances {
            deals(seed, issues, hubs, count, limit);
        }
        return;
    }
    let all: Vec<usize> = (0..issues).collect();
    println!("seed  seconds  points  searches     nodes");
    let mut times = Vec::new();
    for seed in first..first + instances {
        let mut random = Random(seed);
        let parties: Vec<_> = (0..2).map(|_| party(&mut random, issues, hubs)).collect();
        let start = Instant::now();
        let problem = problem(&parties, issues);
        let stop = || start.elapsed().as_secs() >= limit;
        let frontier = block_frontier(&problem, &all, &Budget::default().stopped_by(&stop));
        let seconds = start.elapsed().as_secs_f64();
        times.push(seconds);
        println!(
            "{seed:4} {seconds:8.3} {:7} {:9} {:9}  {:?}",
            frontier.points.len(),
            frontier.work.searches,
            frontier.work.nodes,
            frontier.completeness
        );
        if let Some(folder) = folder {
            let points: Vec<Vec<i64>> =
                frontier.points.iter().map(|p| p.utilities.clone()).collect();
            let name =
                format!("{folder}/{issues}-{}-{seed}.json", if hubs { "hubs" } else { "uniform" });
            std::fs::write(name, export(&parties, issues, &points, seconds)).unwrap();
        }
    }
    times.sort_by(f64::total_cmp);
    println!(
        "median {:.3} s, worst {:.3} s, peak memory {}",
        times[times.len() / 2],
        times[times.len() - 1],
        peak_memory()
    );
}
