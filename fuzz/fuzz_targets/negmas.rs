//! NegMAS YAML: an outcome space and two functions.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    detente_fuzz::check(detente_fuzz::folder(data, &["a.yml", "b.yml", "c.yml"]));
});
