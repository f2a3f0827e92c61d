//! Our own YAML: the scenario and two parties.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    detente_fuzz::check(detente_fuzz::folder(data, &["scenario.yaml", "parties/a.yaml", "parties/b.yaml"]));
});
