//! A log read in blocks on several threads is what it is line by line.

#![allow(clippy::unwrap_used, reason = "tests say what went wrong by failing")]

use detente_agreement::log::{Builder, Chain, Fault, Ledger, line};
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::value::RawValue;

/// Kind and entry of a line; some cannot be read, or contradict others.
fn said() -> impl Strategy<Value = (&'static str, String)> {
    let claim = (0..12_u8, 0..4_u8, any::<bool>()).prop_map(|(id, about, whole)| {
        let says = if whole { r#","alleged_by":"n","says":"it was late""# } else { "" };
        ("claim", format!(r#"{{"id":"c{id}","about":["o{about}"]{says}}}"#))
    });
    let event = prop_oneof![Just(r#"{"event":"e","on":"2031-03-01"}"#), Just(r#"{"event":3}"#)];
    prop_oneof![
        20 => claim,
        20 => event.prop_map(|text| ("event", text.to_owned())),
        4 => (0..30_u8).prop_map(|n| ("correction", format!(r#"{{"strikes":{n},"why":"wrong"}}"#))),
        1 => Just(("rumour", "{}".to_owned())),
    ]
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_930_000_000 + second).unwrap()
}

/// A chain of lines, then perhaps one byte changed or two lines swapped.
fn log(said: &[(&str, String)], harm: Option<(usize, usize, u8)>) -> Vec<Vec<u8>> {
    let mut chain = Chain::new("a");
    let mut lines = Vec::new();
    for (second, (kind, entry)) in (0..).zip(said) {
        let raw = RawValue::from_string(entry.clone()).unwrap();
        let text = line(&chain, at(second), "keeper", kind, &raw);
        chain.take(text.as_bytes()).unwrap();
        lines.push(text.into_bytes());
    }
    if let Some((at, byte, with)) = harm
        && !lines.is_empty()
    {
        let (count, at) = (lines.len(), at % lines.len());
        if with < 32 {
            lines.swap(at, byte % count);
        } else {
            let length = lines[at].len();
            lines[at][byte % length] = with;
        }
    }
    lines
}

fn end(builder: Builder) -> impl PartialEq + std::fmt::Debug {
    let chain = builder.chain().clone();
    let Ledger { entries, claims, claim_count, claims_about, struck, later, claim_lines } =
        builder.finish();
    let places: Vec<_> = (0..12).map(|id| claim_lines.get(&format!("c{id}"))).collect();
    (chain, entries, claims, claim_count, claims_about, struck, later, places)
}

proptest! {
    #[test]
    fn blocks_and_threads_change_nothing(
        said in prop::collection::vec(said(), 0..40),
        harm in prop::option::of((any::<usize>(), any::<usize>(), 0..127_u8)),
        until in prop::option::of(0..40_i64),
        threads in 1..5_usize,
        size in 1..12_usize,
    ) {
        let lines = log(&said, harm);
        let until = until.map(at);
        let mut single = Builder::new("a", until);
        let one_by_one: Result<(), Fault> = lines.iter().try_for_each(|l| single.line(l));
        let mut whole = Builder::new("a", until);
        let in_blocks = lines.chunks(size).try_for_each(|some| {
            let block = [some.join(&b'\n'), b"\n".to_vec()].concat();
            whole.lines(&block, threads).map_err(|(fault, line)| (fault, line.to_vec()))
        });
        match (one_by_one, in_blocks) {
            (Ok(()), Ok(())) => prop_assert_eq!(end(single), end(whole)),
            (Err(fault), Err((found, line))) => {
                let number = usize::try_from(found.line).unwrap();
                prop_assert_eq!(&line, &lines[number - 1]);
                prop_assert_eq!(fault, found);
            }
            (one, blocks) => prop_assert!(false, "{:?}, {:?}", one, blocks),
        }
    }
}
