//! GENIUS XML: a domain and two profiles.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    detente_fuzz::check(detente_fuzz::folder(data, &["a.xml", "b.xml", "c.xml"]));
});
