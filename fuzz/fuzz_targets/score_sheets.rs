//! Score sheets: the configuration and two sheets.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    detente_fuzz::check(detente_fuzz::folder(data, &["config.txt", "scores_files/a.txt", "scores_files/b.txt"]));
});
