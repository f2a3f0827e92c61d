//! Simulated mediations over scenario folders, as one table.
//!
//! `cargo run --release -p detente-elicitation --example elicitation_bars -- [--key value …]`
//! with `--folder ../shared/scenarios/genius`, `--questions 8,12,20`,
//! `--seeds 5`, `--parties 2|3|many`, `--mode own|joint`,
//! `--policy worth|random|minimax-regret`, `--sheets all|orders|options`,
//! `--conduct truthful|noisy|refusing|…` with `--rate 0.1`, `--only NAME`,
//! `--most 2000000` (outcomes), `--worst 12` (runs shown), `--aim
//! nash|egalitarian`; `--generated 12x10` instead of a folder: five made-up
//! two-party scenarios of so many issues with so many options each;
//! `--generated opposed` sixty in which both want the opposite on everything.
//!
//! The deal measured is the first that would be proposed; one that some party
//! would refuse counts as a share of 0.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use detente_analysis::{Budget, Problem};
use detente_elicitation::simulate::{Conduct, SimulatedParty, Yardstick, accepts};
use detente_elicitation::{Aim, Case, Mode, Next, Policy, Rankings, Settings, Space};
use detente_formats::{Folder, SourceFile};
use detente_model::{Scenario, testing};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

struct Entry {
    name: String,
    scenario: Scenario,
    problem: Problem,
    yardstick: Yardstick,
}

fn load(path: &Path) -> Option<Scenario> {
    let mut files = Vec::new();
    for folder in [path.to_path_buf(), path.join("scores_files")] {
        let Ok(list) = std::fs::read_dir(folder) else { continue };
        for entry in list {
            let path = entry.unwrap().path();
            let good = ["xml", "txt", "yaml", "json"];
            if path.extension().is_some_and(|e| good.contains(&e.to_str().unwrap_or(""))) {
                let shown = path.to_string_lossy().into_owned();
                files.push(SourceFile::new(shown, std::fs::read(&path).unwrap()));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    detente_formats::read(Folder { name, files }).loaded.value
}

fn entry(name: String, scenario: Scenario, most: u128) -> Option<Entry> {
    let problem = Problem::new(&scenario).ok()?;
    let outcomes: u128 = problem.options.iter().map(|o| o.len() as u128).product();
    if outcomes > most {
        return None;
    }
    let yardstick = Yardstick::new(&problem, &Budget::default())?;
    Some(Entry { name, scenario, problem, yardstick })
}

/// Two parties with weights of 1 to 10, values of 0 to 100 without a pattern
/// (a linear congruence), and reservation values at two fifths of their best.
fn made_up(number: u64, issues: usize, options: usize) -> Option<Entry> {
    let mut state = number;
    let mut below = |n: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        i64::try_from((state >> 33) % n).unwrap()
    };
    let mut table = || -> Vec<Vec<i64>> {
        let mut row = |_| {
            let weight = 1 + below(10);
            (0..options).map(|_| weight * below(101)).collect()
        };
        (0..issues).map(&mut row).collect()
    };
    let tables = [table(), table()];
    let best = |t: &Vec<Vec<i64>>| t.iter().flat_map(|row| row.iter().max()).sum::<i64>();
    let reservations = [0, 1].map(|p| best(&tables[p]) * 2 / 5);
    let scenario = testing::additive(&tables, &reservations).check().0?;
    let name = format!("made-up-{number}-{issues}x{options}");
    entry(name, scenario, u128::MAX)
}

/// Two parties who want the opposite on each of six issues of five options:
/// values drawn evenly and sorted, weights from a Dirichlet distribution with
/// parameter 3, reservation values at half of the range. The zone of agreement
/// is small, and nothing in it follows a rule.
fn opposed(number: u64) -> Option<Entry> {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x1234_5678;
    let mut unit = || {
        // Xorshift (Marsaglia 2003).
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        ((state >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    };
    for _ in 0..20 {
        unit();
    }
    let tables = [false, true].map(|reversed| -> Vec<Vec<i64>> {
        let mut weight = |_| (0..3).map(|_| -unit().ln()).sum::<f64>();
        let weights: Vec<f64> = (0..6).map(&mut weight).collect();
        let total: f64 = weights.iter().sum();
        let mut row = |weight: &f64| {
            let mut values = [unit(), unit(), unit(), 0.0, 1.0];
            values.sort_by(f64::total_cmp);
            if reversed {
                values.reverse();
            }
            values.iter().map(|v| (v * weight / total * 10_000.0).round() as i64).collect()
        };
        weights.iter().map(&mut row).collect()
    });
    let best = |t: &Vec<Vec<i64>>| t.iter().flat_map(|row| row.iter().max()).sum::<i64>();
    let reservations = [0, 1].map(|p| best(&tables[p]) / 2);
    let scenario = testing::additive(&tables, &reservations).check().0?;
    entry(format!("opposed-{number}"), scenario, u128::MAX)
}

#[derive(Debug, Clone)]
struct Run {
    name: String,
    seed: u64,
    questions: usize,
    share: f64,
    fairness: f64,
    /// The same of the deal with the best product.
    attainable: f64,
    acceptable: bool,
    efficient: bool,
    expected: f64,
    regret: f64,
    /// Until each question was ready, in milliseconds.
    waits: Vec<f64>,
}

/// What parties say before the questions.
#[derive(Debug, Clone, Copy)]
enum Sheets {
    /// Everything.
    All,
    /// Orders, and whether the worst deal is taken; not what is given up first,
    /// nor where no agreement stands among deals.
    Orders,
    /// The same without the order of issues.
    Options,
}

fn mediate(
    entry: &Entry,
    checkpoints: &[usize],
    settings: Settings,
    conduct: Conduct,
    sheets: Sheets,
) -> Vec<Run> {
    let seed = settings.seed;
    let problem = &entry.problem;
    let parties = problem.parties;
    let mut people: Vec<SimulatedParty> =
        (0..parties).map(|p| SimulatedParty::new(problem, p, conduct, seed)).collect();
    let space = Space::new(&entry.scenario).unwrap();
    let said = people.iter().map(|p| {
        let rankings = p.rankings(&space);
        match sheets {
            Sheets::All => rankings,
            Sheets::Orders => Rankings { concessions: None, limit: None, ..rankings },
            Sheets::Options => {
                Rankings { issues: None, concessions: None, limit: None, ..rankings }
            }
        }
    });
    let rankings = said.collect();
    let mut waits = Vec::new();
    let mut case = Case::new(space, rankings, settings);
    let mut runs = Vec::new();
    for round in 0..=*checkpoints.iter().max().unwrap() {
        if checkpoints.contains(&round) {
            let recommended = case.recommendation();
            let mut run = Run {
                name: entry.name.clone(),
                seed,
                questions: round,
                share: 0.0,
                fairness: 0.0,
                attainable: entry.yardstick.least_share(entry.yardstick.nash_deal()),
                acceptable: false,
                efficient: false,
                expected: 0.0,
                regret: 1.0,
                waits: waits.clone(),
            };
            if let Some(recommended) = recommended {
                let deal = &recommended.deal;
                run.acceptable = (0..parties).all(|p| accepts(problem, p, deal));
                if run.acceptable {
                    run.share = entry.yardstick.nash_share(deal);
                    run.fairness = entry.yardstick.least_share(deal);
                }
                let efficient = entry.yardstick.is_efficient(deal, &Budget::default());
                run.efficient = efficient == Some(true);
                run.expected = recommended.expected_share;
                run.regret = recommended.regret;
            }
            runs.push(run);
        }
        for (party, person) in people.iter_mut().enumerate() {
            let begun = Instant::now();
            let next = case.next_question(party);
            waits.push(begun.elapsed().as_secs_f64() * 1e3);
            if let Next::Ask(question) = next {
                let answer = person.answer(&question);
                case.answer(party, question, answer);
            }
        }
    }
    runs
}

/// Scenarios of one family (the same dispute, whatever the year and the
/// reservation values) stay together.
fn half_of(name: &str) -> &'static str {
    let name = name.split_once('-').map_or(name, |n| n.1).trim_end_matches('A');
    let name = name.trim_end_matches("vsCypress").replace("vs", "");
    if name.bytes().map(usize::from).sum::<usize>() % 2 == 0 { "dev" } else { "held" }
}

/// The 95 % interval for a share (Wilson 1927).
fn wilson(found: usize, of: usize) -> [f64; 2] {
    let (n, z) = (of as f64, 1.96_f64);
    let p = found as f64 / n;
    let spread = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    [-spread, spread].map(|s| ((p + z * z / (2.0 * n) + s) / (1.0 + z * z / n)).max(0.0))
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let options: BTreeMap<&str, &str> =
        args.chunks(2).map(|c| (c[0].trim_start_matches("--"), c[1].as_str())).collect();
    let get =
        |key: &str, or: &'static str| -> String { (*options.get(key).unwrap_or(&or)).to_owned() };
    let folder = get("folder", "../shared/scenarios/genius");
    let checkpoints: Vec<usize> =
        get("questions", "8,12,20").split(',').map(|q| q.parse().unwrap()).collect();
    let seeds: u64 = get("seeds", "5").parse().unwrap();
    let which = get("parties", "2");
    let only = get("only", "");
    let most: u128 = get("most", "2000000").parse().unwrap();
    let settings = Settings {
        mode: if get("mode", "joint") == "joint" { Mode::Joint } else { Mode::Own },
        particles: get("particles", "400").parse().unwrap(),
        policy: match get("policy", "worth").as_str() {
            "random" => Policy::Random,
            "minimax-regret" => Policy::MinimaxRegret,
            _ => Policy::Worth,
        },
        aim: match get("aim", "nash").as_str() {
            "egalitarian" => Aim::Egalitarian,
            _ => Aim::Nash,
        },
        coins: match get("coins", "no").as_str() {
            "no" => false,
            "yes" => true,
            other => panic!("--coins {other}: yes or no"),
        },
        ..Settings::default()
    };
    let sheets = match get("sheets", "all").as_str() {
        "orders" => Sheets::Orders,
        "options" => Sheets::Options,
        "all" => Sheets::All,
        other => panic!("--sheets {other}: all, orders or options"),
    };
    let rate: f64 = get("rate", "0.1").parse().unwrap();
    let conduct = match get("conduct", "truthful").as_str() {
        "noisy" => Conduct::Noisy(rate),
        "refusing" => Conduct::Refusing(rate),
        "exaggerating" => Conduct::Exaggerating,
        "hiding" => Conduct::Hiding,
        "red" => Conduct::FalseRedLine,
        "random" => Conduct::Random,
        _ => Conduct::Truthful,
    };
    let generated = get("generated", "");
    let entries: Vec<Entry> = if generated == "opposed" {
        (1..=60).filter_map(opposed).collect()
    } else if let Some((issues, options)) = generated.split_once('x') {
        let [issues, options] = [issues, options].map(|n| n.parse().unwrap());
        (1..=5).filter_map(|number| made_up(number, issues, options)).collect()
    } else {
        let mut paths: Vec<_> =
            std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
        paths.sort();
        let chosen =
            |p: &Path| p.is_dir() && only.split(',').any(|o| p.to_string_lossy().contains(o));
        let of_size = |e: &Entry| match which.as_str() {
            "2" => e.problem.parties == 2,
            "3" => (3..=5).contains(&e.problem.parties),
            "many" => e.problem.parties >= 6,
            _ => true,
        };
        let found = paths
            .iter()
            .filter(|p| chosen(p))
            .filter_map(|p| entry(p.file_name()?.to_string_lossy().into_owned(), load(p)?, most));
        found.filter(of_size).collect()
    };
    let jobs: Vec<(usize, u64)> =
        (0..entries.len()).flat_map(|e| (1..=seeds).map(move |s| (e, s))).collect();
    let next = AtomicUsize::new(0);
    let all: Mutex<Vec<Run>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(&(e, seed)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let settings = Settings { seed, ..settings };
                    let runs = mediate(&entries[e], &checkpoints, settings, conduct, sheets);
                    all.lock().unwrap().extend(runs);
                }
            });
        }
    });
    let mut all = all.into_inner().unwrap();
    all.sort_by(|a, b| (&a.name, a.seed, a.questions).cmp(&(&b.name, b.seed, b.questions)));
    println!("{} scenarios, {} mediations", entries.len(), jobs.len());
    println!(
        "  k half mean  Nash med   p10   min | max-min med   p10   min | Pareto accept | claim broken | ms a question med worst"
    );
    let sought = |r: &Run| if settings.aim == Aim::Nash { r.share } else { r.fairness };
    let broken = |r: &Run| 1.0 - sought(r) > r.regret + 1e-9;
    for (k, half) in checkpoints.iter().flat_map(|&k| ["all", "dev", "held"].map(|h| (k, h))) {
        let runs: Vec<&Run> = all
            .iter()
            .filter(|r| r.questions == k && (half == "all" || half == half_of(&r.name)))
            .collect();
        if runs.is_empty() {
            continue;
        }
        let quantiles = |of: &dyn Fn(&Run) -> f64| {
            let mut values: Vec<f64> = runs.iter().map(|r| of(r)).collect();
            values.sort_by(f64::total_cmp);
            let at = |q: f64| values[((values.len() - 1) as f64 * q) as usize];
            [at(0.5), at(0.1), at(0.0)]
        };
        let mean = runs.iter().map(|r| r.share).sum::<f64>() / runs.len() as f64;
        let [m, p, w] = quantiles(&|r| r.share);
        let [fm, fp, fw] = quantiles(&|r| r.fairness);
        let mut waits: Vec<f64> = runs.iter().flat_map(|r| r.waits.clone()).collect();
        waits.sort_by(f64::total_cmp);
        let [wait, longest] = [waits.len() / 2, waits.len().saturating_sub(1)]
            .map(|at| waits.get(at).copied().unwrap_or(0.0));
        let part = |of: &dyn Fn(&Run) -> bool| {
            runs.iter().filter(|r| of(r)).count() as f64 / runs.len() as f64
        };
        println!(
            "{k:3} {half:4} {mean:.4} {m:8.4} {p:.3} {w:.3} | {fm:11.3} {fp:.3} {fw:.3} | {:6.3} {:6.3} | {:12.3} | {wait:.1} {longest:.1}",
            part(&|r| r.efficient),
            part(&|r| r.acceptable),
            part(&broken),
        );
    }
    let worst_shown: usize = get("worst", "12").parse().unwrap();
    for &k in &checkpoints {
        let mut runs: Vec<&Run> = all.iter().filter(|r| r.questions == k).collect();
        runs.sort_by(|a, b| sought(a).total_cmp(&sought(b)));
        let exceeded = runs.iter().filter(|r| broken(r)).count();
        let [low, high] = wilson(exceeded, runs.len());
        println!(
            "at {k}: 95 % statements exceeded in {exceeded} of {}: {:.3} ({low:.3} to {high:.3})",
            runs.len(),
            exceeded as f64 / runs.len() as f64
        );
        println!("worst at {k}:");
        for r in runs.iter().take(worst_shown) {
            println!(
                "  {:28} seed {} share {:.3} fair {:.3} (of {:.3}) expected {:.3} regret {:.3} pareto {} accept {}",
                r.name,
                r.seed,
                r.share,
                r.fairness,
                r.attainable,
                r.expected,
                r.regret,
                r.efficient,
                r.acceptable
            );
        }
    }
}
