//! An agreement and its log: read, checked, its status worked out and written.

#![no_main]

use detente_agreement::log::{Builder, line};
use detente_agreement::sound::entry_problems;
use detente_agreement::status::status;
use detente_formats::read_agreement;
use detente_report::agreement::{calendar, document, status_page, status_text};
use jiff::Timestamp;
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use serde_json::value::RawValue;

// After the agreement and its zones, the entries of its log: the kind, a
// blank, the JSON. The chain around them is right, for no fuzzer finds a SHA-256.
fuzz_target!(|data: &[u8]| {
    let folder = detente_fuzz::folder(data, &["f/agreement.yaml", "f/zones.geojson", "log"]);
    let log = folder.files[2].bytes.clone();
    let loaded = read_agreement("f", folder.files[..2].to_vec());
    assert_eq!(loaded.value.is_none(), loaded.has_errors(), "an error or a value, never both or neither");
    detente_fuzz::findings_point_into_their_files(&loaded);
    let Some(agreement) = loaded.value else { return };
    let mut builder = Builder::new(&agreement.id, None);
    for (kind, entry) in String::from_utf8_lossy(&log).lines().filter_map(|l| l.split_once(' ')) {
        let Ok(entry) = RawValue::from_string(entry.to_owned()) else { continue };
        let text = line(builder.chain(), Timestamp::UNIX_EPOCH, "a", kind, &entry);
        if builder.line(text.as_bytes()).is_err() {
            return;
        }
    }
    let ledger = builder.finish();
    if !entry_problems(&agreement, &ledger).is_empty() {
        return;
    }
    for day in [date(1, 1, 1), date(2031, 4, 2), date(9999, 12, 31)] {
        let status = status(&agreement, &ledger, day);
        let _ = status_text(&status, &[]);
        let _ = status_page(&status, "", &[]);
        let _ = calendar(&status);
        let _ = document(&status, &[]);
    }
});
