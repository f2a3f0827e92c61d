//! The leakage bars over external scenarios: what each rule tells, loose and
//! tight; sequences of drafts; how often displayed bounds hold.
//!
//! `cargo run --release -p detente-leakage --example bars [FOLDER [PRICE]] [NAME…]`
//!
//! The first party is hidden (240 types at most: its four heaviest weights in
//! any order, even or steep values, five limits), all others read together.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program that prints")]

use detente_analysis::Problem;
use detente_formats::{Folder, SourceFile};
use detente_leakage::measure::{Guesses, bits};
use detente_leakage::rules::{DEFAULT_PRICE, DEFAULT_SHARE, optimal, plain, priced};
use detente_leakage::sequence::bits_of_sequence;
use detente_leakage::setting::readers_product;
use detente_leakage::{Answers, Channel, Drafts, Family, Ledger, Setting, assess};
use detente_model::{Number, Scenario};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use std::path::Path;
use std::time::Instant;

/// More figures than this (possibilities × drafts) are left out, and said so.
const MOST_CELLS: usize = 30_000_000;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "../shared/scenarios/genius".into());
    let mut only: Vec<String> = arguments.collect();
    let price = only.first().and_then(|word| word.parse().ok());
    if price.is_some() {
        only.remove(0);
    }
    let price: f64 = price.unwrap_or(DEFAULT_PRICE);
    let mut names: Vec<_> = match std::fs::read_dir(&folder) {
        Ok(entries) => entries.map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect(),
        Err(_) => {
            println!("skipped: no scenarios at {folder}");
            return;
        }
    };
    names.sort();
    for (regime, grid, reader) in [("loose", Family::LOOSE, 0.4), ("tight", Family::TIGHT, 0.6)] {
        let mut rows = Vec::new();
        for path in &names {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if !only.is_empty() && !only.contains(&name) {
                continue;
            }
            match setting(path, &grid, reader) {
                Ok(setting) => rows.push(row(regime, &name, &setting, price)),
                Err(why) => println!("{regime}: left out: {name}: {why}"),
            }
        }
        summary(regime, &rows);
    }
    for name in ["2012-BarterA", "2010-ItexvsCypress", "2010-EnglandZimbabwe"] {
        let path = Path::new(&folder).join(name);
        if let Ok(setting) = setting(&path, &Family::LOOSE, 0.4) {
            coverage(name, &setting);
        }
    }
}

/// Samples the prior again and again: how often is the exact figure within the displayed bound?
fn coverage(name: &str, exact: &Setting) {
    const TRIALS: usize = 500;
    let rule = plain(exact);
    let whole = Ledger::new(exact);
    for samples in [300, 3000] {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let (mut bits_hold, mut fact_holds, mut average_holds) = (0, 0, 0);
        let (mut trials, mut silent) = (0, 0);
        while trials < TRIALS {
            // The truth is drawn apart from the sample.
            let state = random.random_range(0..exact.states());
            let Some(draft) = rule.draw(state, &mut random).draft else { continue };
            let sample = Setting::sampled(
                exact.readers.clone(),
                (0..exact.drafts).map(|d| exact.readers_product(d)).collect(),
                exact.hidden.clone(),
                samples,
                &mut random,
            )
            .unwrap();
            let ledger = Ledger::new(&sample);
            // Where no sample gets this draft no figure is shown.
            let Ok(shown) = assess(&sample, &plain(&sample), &ledger, draft, Answers::Open) else {
                silent += 1;
                continue;
            };
            trials += 1;
            let right = assess(exact, &rule, &whole, draft, Answers::Open).unwrap();
            let bounds = shown.secrets[0].bounds.unwrap();
            bits_hold += usize::from(right.bits <= shown.bits_bound.unwrap() + 1e-9);
            fact_holds +=
                usize::from(right.secrets[0].blind.after_draft <= bounds.after_draft + 1e-9);
            average_holds +=
                usize::from(right.secrets[0].rule_average <= bounds.rule_average + 1e-9);
        }
        println!(
            "coverage {name}, {samples} samples, {trials} trials: bits {bits_hold}, likeliest fact {fact_holds}, rate of right guesses {average_holds}; no figure shown {silent} times"
        );
    }
}

/// The first party hidden, all others reading together.
fn setting(path: &Path, grid: &[f64], reader: f64) -> Result<Setting, String> {
    let scenario = with_reservations(read(path)?, reader)?;
    let problem = Problem::new(&scenario).map_err(|e| e.to_string())?;
    if !problem.factors.is_empty() {
        return Err("interactions".into());
    }
    let drafts = Drafts::new(&problem, &[]).map_err(|e| e.to_string())?;
    let family = Family::new(grid).map_err(|e| e.to_string())?;
    if drafts.len() * 240 > MOST_CELLS {
        return Err(format!("{} drafts", drafts.len()));
    }
    let hidden = family.enumerate(&scenario, &problem, &drafts, 0).map_err(|e| e.to_string())?;
    let readers: Vec<usize> = (1..problem.parties).collect();
    let product = readers_product(&problem, &drafts, &readers);
    let setting = Setting::new(readers, product, vec![hidden]).map_err(|e| e.to_string())?;
    if setting.deal_probability() <= 0.0 {
        return Err("no deal in any plausible case".into());
    }
    Ok(setting)
}

fn read(path: &Path) -> Result<Scenario, String> {
    let files = std::fs::read_dir(path).map_err(|e| e.to_string())?;
    let mut paths: Vec<_> = files.map(|f| f.unwrap().path()).collect();
    paths.sort();
    let file = |p: &std::path::PathBuf| {
        SourceFile::new(p.file_name().unwrap().to_string_lossy(), std::fs::read(p).unwrap())
    };
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let xml = |p: &&std::path::PathBuf| p.extension().is_some_and(|e| e == "xml");
    let folder = Folder { name, files: paths.iter().filter(xml).map(file).collect() };
    detente_formats::read(folder).loaded.value.ok_or_else(|| "not read".into())
}

/// The readers' reservation values at a fraction of their best utility.
fn with_reservations(scenario: Scenario, fraction: f64) -> Result<Scenario, String> {
    let problem = Problem::new(&scenario).map_err(|e| e.to_string())?;
    let mut draft = scenario.into_draft();
    for (party, preferences) in draft.preferences.iter_mut().enumerate() {
        let best: i64 = (0..problem.issues.len())
            .map(|i| (0..problem.size(i)).map(|o| problem.row(i, o)[party]).max().unwrap())
            .sum();
        let best = problem.scales[party].to_f64(best + problem.constants[party]);
        if let detente_model::Statement::Utility(utility) = &mut preferences.statement {
            utility.reservation = Number::from_f64(best * fraction).unwrap();
        }
    }
    draft.check().0.ok_or_else(|| "unsound".into())
}

struct Row {
    plain: (f64, f64),
    optimal: (f64, f64),
    priced: (f64, f64),
    share: f64,
    gap: f64,
    seconds: f64,
    /// Bits that 20 further drafts with sealed answers add, the readers refusing each.
    further: f64,
}

fn row(regime: &str, name: &str, setting: &Setting, price: f64) -> Row {
    let measured = |channel: &Channel| {
        let seen = channel.with_answers(setting, Answers::Open);
        let guess = Guesses::blind(setting, &setting.prior, 0).right(&seen);
        (bits(&setting.prior, &seen), guess)
    };
    let nash = measured(&plain(setting));
    let start = Instant::now();
    let unpriced = optimal(setting, DEFAULT_SHARE, Answers::Open).unwrap();
    let first = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let tight = priced(setting, 0, price, DEFAULT_SHARE, Answers::Open).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    let sequence = bits_of_sequence(setting, &tight.channel, 20);
    let row = Row {
        further: sequence.refused - sequence.first,
        plain: nash,
        optimal: measured(&unpriced.channel),
        priced: measured(&tight.channel),
        share: tight.share.min(unpriced.share),
        gap: unpriced.gap(),
        seconds,
    };
    println!(
        "{regime} {name:28} {:5} types {:6} drafts deal {:.2} | Nash {:.2}/{:.2} | optimal {:.2}/{:.2} gap {:.6} {:.1}s | priced {:.2}/{:.2} gap {:.6} share {:.4} {:.1}s | draft {:.2}, 20 more refused {:.2}, accepted {:.2}",
        setting.states(),
        setting.drafts,
        setting.deal_probability(),
        row.plain.0,
        row.plain.1,
        row.optimal.0,
        row.optimal.1,
        row.gap,
        first,
        row.priced.0,
        row.priced.1,
        tight.gap(),
        tight.share,
        row.seconds,
        sequence.first,
        sequence.refused,
        sequence.accepted,
    );
    row
}

fn summary(regime: &str, rows: &[Row]) {
    let median = |f: &dyn Fn(&Row) -> f64| {
        let mut values: Vec<f64> = rows.iter().map(f).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    };
    let plain = median(&|r| r.plain.0);
    let priced = median(&|r| r.priced.0);
    println!(
        "{regime}: {} scenarios; median bits Nash {plain:.2}, optimal {:.2}, priced {priced:.2} = {:.0} % ; median ratio {:.0} %; guess Nash {:.3} optimal {:.3} priced {:.3}; smallest share {:.4}; worst gap {:.6}; most added by 20 further drafts {:.6}; seconds median {:.2}",
        rows.len(),
        median(&|r| r.optimal.0),
        100.0 * priced / plain,
        100.0 * median(&|r| r.priced.0 / r.plain.0.max(1e-12)),
        median(&|r| r.plain.1),
        median(&|r| r.optimal.1),
        median(&|r| r.priced.1),
        rows.iter().map(|r| r.share).fold(1.0, f64::min),
        rows.iter().map(|r| r.gap).fold(0.0, f64::max),
        rows.iter().map(|r| r.further.abs()).fold(0.0, f64::max),
        median(&|r| r.seconds),
    );
}
