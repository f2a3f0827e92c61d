//! A record of talks: read, checked and drawn.

#![no_main]

use detente_formats::{SourceFile, read_record};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let loaded = read_record(vec![SourceFile::new("record.yaml", data)]);
    assert_eq!(loaded.value.is_none(), loaded.has_errors(), "an error or a value, never both or neither");
    detente_fuzz::findings_point_into_their_files(&loaded);
    if let Some(record) = loaded.value {
        let _ = detente_record::check::check(&record);
        let _ = detente_record::picture::picture(&record.public_part());
    }
});
