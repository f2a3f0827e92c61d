//! What is done to a log behind a witness's back is noticed.
//!
//! `LOG_TAMPERING_TRIES` sets how often each kind is tried (1,000 by default).

#![allow(clippy::unwrap_used, reason = "tests say what went wrong by failing")]

use detente_agreement::key::SecretKey;
use detente_agreement::log::{Builder, Chain, Checkpoint, line};
use jiff::Timestamp;
use jiff::civil::date;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde_json::value::RawValue;

const LINES: usize = 60;

fn below(rng: &mut ChaCha8Rng, n: usize) -> usize {
    usize::try_from(rng.next_u64() % n as u64).unwrap()
}

fn entry(text: &str) -> Box<RawValue> {
    RawValue::from_string(format!(r#"{{"event":"e","on":"2031-03-01","note":"{text}"}}"#)).unwrap()
}

fn at(second: usize) -> Timestamp {
    Timestamp::from_second(1_930_000_000 + i64::try_from(second).unwrap()).unwrap()
}

/// Lines from these notes, chained as an honest keeper (or a patient forger) would.
fn chained(notes: &[String]) -> Vec<String> {
    let mut chain = Chain::new("a");
    let mut out = Vec::new();
    for (i, note) in notes.iter().enumerate() {
        let text = line(&chain, at(i), "keeper", "event", &entry(note));
        chain.take(text.as_bytes()).unwrap();
        out.push(text);
    }
    out
}

fn notes(from: usize, to: usize, word: &str) -> Vec<String> {
    (from..to).map(|i| format!("{word} {i}")).collect()
}

/// Whether the chain, or then the checkpoint, shows that something is wrong.
fn noticed(lines: &[String], checkpoint: Option<&Checkpoint>) -> bool {
    let mut builder = Builder::new("a", None);
    builder.watch(checkpoint.map(|c| c.entries));
    if lines.iter().any(|l| builder.line(l.as_bytes()).is_err()) {
        return true;
    }
    let entries = builder.chain().entries;
    checkpoint.is_some_and(|c| c.compare(entries, builder.head_at(c.entries)).is_some())
}

/// Every kind of tampering, as (name, whether whoever does it redoes the chain).
const KINDS: [(&str, bool); 9] = [
    ("edit", false),
    ("edit", true),
    ("reorder", false),
    ("reorder", true),
    ("remove", false),
    ("remove", true),
    ("truncate", false),
    ("fork", true),
    ("rollback", true),
];

fn tamper(rng: &mut ChaCha8Rng, kind: &str, redo: bool, honest: &[String]) -> Vec<String> {
    let (mut told, mut lines) = (notes(0, LINES, "note"), honest.to_vec());
    let i = below(rng, LINES);
    match kind {
        "edit" if redo => told[i].push('!'),
        "edit" => {
            let mut bytes = lines[i].clone().into_bytes();
            let j = below(rng, bytes.len());
            let other = 32 + u8::try_from(below(rng, 95)).unwrap();
            bytes[j] = if bytes[j] == other { b'~' } else { other };
            if bytes == lines[i].as_bytes() {
                bytes[j] = b'}';
            }
            lines[i] = String::from_utf8(bytes).unwrap();
        }
        "reorder" => {
            let j = (i + 1 + below(rng, LINES - 1)) % LINES;
            told.swap(i, j);
            lines.swap(i, j);
        }
        "remove" => {
            told.remove(i);
            lines.remove(i);
        }
        "truncate" => lines.truncate(i),
        // Another continuation from some line on, as long or longer.
        "fork" => {
            told.truncate(i);
            let longer = LINES + below(rng, 5);
            told.extend(notes(i, longer, "other"));
        }
        // An older state of the log, kept up from there.
        _ => {
            told.truncate(i);
            let to = LINES - below(rng, LINES - i);
            told.extend(notes(i, to.max(i), "new"));
        }
    }
    if redo { chained(&told) } else { lines }
}

#[test]
fn with_one_honest_checkpoint_everything_is_noticed() {
    let tries: usize =
        std::env::var("LOG_TAMPERING_TRIES").ok().and_then(|t| t.parse().ok()).unwrap_or(1000);
    let witness = SecretKey::from_seed("Witness", &[7; 32]);
    let honest = chained(&notes(0, LINES, "note"));
    let mut builder = Builder::new("a", None);
    honest.iter().for_each(|l| builder.line(l.as_bytes()).unwrap());
    let chain = builder.chain().clone();
    let checkpoint = Checkpoint::make("a", chain.entries, chain.head, date(2031, 9, 1), &witness);
    let checkpoint = Checkpoint::parse(&checkpoint.text()).unwrap();
    assert!(!noticed(&honest, Some(&checkpoint)));
    // A log that only grew is the same log.
    let longer = chained(&[notes(0, LINES, "note"), notes(LINES, LINES + 9, "more")].concat());
    assert!(!noticed(&longer, Some(&checkpoint)));

    let mut rng = ChaCha8Rng::seed_from_u64(6);
    let mut without = Vec::new();
    for (kind, redo) in KINDS {
        let mut alone = 0;
        for _ in 0..tries {
            let changed = tamper(&mut rng, kind, redo, &honest);
            if changed == honest {
                continue;
            }
            assert!(noticed(&changed, Some(&checkpoint)), "{kind}, chain redone: {redo}");
            alone += usize::from(noticed(&changed, None));
        }
        without.push((kind, redo, alone));
    }
    // What holds without a witness: a chain left as it was shows edits, moved
    // and removed lines (but for the last); a chain redone, or cut, shows nothing.
    for (kind, redo, alone) in without {
        let shown = match kind {
            "truncate" => alone == 0,
            // The last line has nothing behind it: one edit or removal in sixty.
            _ if !redo => alone * 100 >= tries * 95,
            _ => alone == 0,
        };
        assert!(shown, "{kind}, chain redone: {redo}: {alone} of {tries}");
    }
}

#[test]
fn a_changed_checkpoint_is_none() {
    let witness = SecretKey::from_seed("Witness", &[7; 32]);
    let text = Checkpoint::make("a", 3, [9; 32], date(2031, 9, 1), &witness).text();
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        let changed = String::from_utf8(bytes).unwrap();
        assert_eq!(Checkpoint::parse(&changed), None, "byte {at}");
    }
}
