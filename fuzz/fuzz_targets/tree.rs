//! One file of any kind, by its first byte: detection and both tree readers.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((kind, rest)) = data.split_first() else { return };
    let path = ["a.yaml", "a.json", "a.xml", "parties/a.yaml"][usize::from(kind % 4)];
    detente_fuzz::check(detente_fuzz::folder(rest, &[path]));
});
