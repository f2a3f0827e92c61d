//! How long a record of many claims takes to read, check, draw and open.
//!
//! `cargo run --release -p detente-report --example record_size -- 100000`

#![allow(clippy::print_stdout, reason = "a program that prints what it measured")]

use detente_formats::{SourceFile, read_record};
use detente_record::independence::Origins;
use detente_record::{check, picture};
use detente_report::record::{check_text, event_text, picture_drawing, picture_page, picture_text};
use std::fmt::Write as _;
use std::time::Instant;

/// A record in which outlets relay one another and events are disputed.
fn files(claims: usize) -> Vec<SourceFile> {
    let mut head =
        String::from("detente: record\ntitle: \"A large record\"\nas_of: 2024-10-30\nsources:\n");
    let outlets = 500.max(claims / 100);
    for i in 0..outlets {
        let relays = if i % 5 == 0 { String::new() } else { format!(", relays: o{}", i - 1) };
        let _ = writeln!(
            head,
            "  - {{id: o{i}, name: \"Outlet {i}\", kind: document, published: 2024-10-{:02}{relays}}}",
            i % 5 + 1
        );
    }
    head.push_str("actors:\n  - {id: a, name: A, kind: state}\n  - {id: b, name: B, kind: state}\n  - {id: m, name: M, kind: state}\nevents:\n");
    let events = 1.max(claims / 20);
    let kinds = ["talks", "incident", "statement", "proposal"];
    for e in 0..events {
        let _ = writeln!(
            head,
            "  - {{id: e{e}, title: \"Event {e}\", kind: {}, when: 2024-{:02}-{:02}}}",
            kinds[e % 4],
            e % 9 + 1,
            e % 28 + 1
        );
    }
    head.push_str("talks:\n  parties: [a, b]\n  mediators: [{actor: m}]\n  channels: [{id: x, between: [a, m]}, {id: y, between: [m, b]}]\n");
    let mut out = vec![SourceFile::new("record.yaml", head.into_bytes())];
    for (part, start) in (0..claims).step_by(20_000).enumerate() {
        let mut body = String::from("detente: record\nclaims:\n");
        for c in start..claims.min(start + 20_000) {
            let answer = if c % 7 == 0 { "no" } else { "yes" };
            let _ = writeln!(
                body,
                "  - {{id: c{c}, chain: [o{}], event: e{}, says: \"Claim {c} as its source words it\", question: \"whether\", answer: \"{answer}\", reported: 2024-10-20, terms: on_record, visibility: public}}",
                c % outlets,
                c % events,
            );
        }
        out.push(SourceFile::new(format!("claims-{part}.yaml"), body.into_bytes()));
    }
    out
}

fn main() {
    let claims = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let files = files(claims);
    let bytes: usize = files.iter().map(|f| f.bytes.len()).sum();
    let clock = Instant::now();
    let loaded = read_record(files);
    let Some(record) = loaded.value else {
        println!("not read: {:?}", loaded.diagnostics.first());
        return;
    };
    println!(
        "{claims} claims, {} MB: read and checked for soundness in {:.3} s",
        bytes >> 20,
        clock.elapsed().as_secs_f64()
    );
    let clock = Instant::now();
    let checked = check_text(&check::check(&record));
    println!(
        "check, as text: {:.3} s ({} lines)",
        clock.elapsed().as_secs_f64(),
        checked.lines().count()
    );
    let clock = Instant::now();
    let drawn = picture::picture(&record);
    let data = clock.elapsed().as_secs_f64();
    let (text, page, svg) =
        (picture_text(&drawn).len(), picture_page(&drawn).len(), picture_drawing(&drawn).len());
    println!(
        "picture: data {data:.3} s, with text, page and drawing {:.3} s ({} + {} + {} KB)",
        clock.elapsed().as_secs_f64(),
        text >> 10,
        page >> 10,
        svg >> 10
    );
    let clock = Instant::now();
    let event = check::event(&record, "e7").map(|e| event_text(&e).len());
    println!(
        "opening one event, indexes made anew: {:.1} ms ({event:?} bytes)",
        clock.elapsed().as_secs_f64() * 1e3
    );
    let index = record.index();
    let origins = Origins::new(&record, &index);
    let clock = Instant::now();
    let event = index
        .events
        .get("e8")
        .map(|&e| event_text(&check::view(&record, &index, &origins, e)).len());
    println!(
        "opening one event, indexes kept: {:.3} ms ({event:?} bytes)",
        clock.elapsed().as_secs_f64() * 1e3
    );
}
