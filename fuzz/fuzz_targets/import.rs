//! Import of a report: any text, plain or HTML.

#![no_main]

use detente_record::import::propose;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(day) = "2024-10-23".parse() else { return };
    let loaded = propose("report.txt", text, day, None);
    detente_fuzz::findings_point_into_their_files(&loaded);
    for claim in loaded.value.iter().flat_map(|p| &p.claims) {
        assert!(!claim.passage.is_empty() && !claim.chain.is_empty(), "{claim:?}");
    }
});
