//! Pages and terminal texts stay what they are, byte for byte.
//!
//! `DETENTE_UPDATE_GOLDEN=1 cargo test -p detente-report` writes them anew.

mod cases;

use detente_report::text::{Emphasis, solve_text};
use std::path::PathBuf;

fn agree(file: &str, now: &str) -> Result<(), String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(file);
    if std::env::var_os("DETENTE_UPDATE_GOLDEN").is_some() {
        return std::fs::write(&path, now).map_err(|e| format!("{file}: {e}"));
    }
    let before = std::fs::read_to_string(&path).map_err(|e| format!("{file}: {e}"))?;
    if before == now {
        return Ok(());
    }
    let differs = before.bytes().zip(now.bytes()).take_while(|(a, b)| a == b).count();
    let near = |text: &str| {
        let bytes = &text.as_bytes()[differs.saturating_sub(60)..text.len().min(differs + 120)];
        String::from_utf8_lossy(bytes).into_owned()
    };
    Err(format!(
        "{file} differs at byte {differs}\n  was …{}…\n  is  …{}…",
        near(&before),
        near(now)
    ))
}

#[test]
fn terminal_texts() {
    let failures: Vec<String> = cases::all()
        .iter()
        .filter_map(|case| {
            let text = solve_text(&case.scenario, &case.solved, &case.extras, Emphasis::Plain);
            agree(&format!("{}.txt", case.name), &text).err()
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn pages() {
    let failures: Vec<String> = cases::all()
        .iter()
        .filter_map(|case| {
            let page = detente_report::solve_page(&case.scenario, &case.solved, &case.extras);
            agree(&format!("{}.html", case.name), &page).err()
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}
