//! What every target asks of a reading, whatever went in.

use detente_formats::{Folder, Format, SourceFile, read, write};
use detente_model::Scenario;
use detente_model::diagnostic::Loaded;

/// Files of these paths, the content cut at lines of `%%%%`; the last file is
/// there again under each further path.
pub fn folder(data: &[u8], paths: &[&str]) -> Folder {
    let mut parts: Vec<&[u8]> = Vec::new();
    let mut rest = data;
    while let Some(at) = rest.windows(6).position(|w| w == b"\n%%%%\n") {
        parts.push(&rest[..at + 1]);
        rest = &rest[at + 6..];
    }
    parts.push(rest);
    let last = parts.len() - 1;
    let files = paths.iter().enumerate().map(|(i, path)| SourceFile::new(*path, parts[i.min(last)]));
    Folder { name: "fuzz".into(), files: files.collect() }
}

/// Reads a folder; what is sound must survive being written in our own format,
/// and every finding must point into its file.
pub fn check(folder: Folder) {
    let reading = read(folder);
    let loaded = &reading.loaded;
    assert_eq!(loaded.value.is_none(), loaded.has_errors(), "an error or a value, never both or neither");
    findings_point_into_their_files(loaded);
    let Some(scenario) = &reading.loaded.value else { return };
    if large(scenario) {
        return;
    }
    for format in [Format::GeniusXml, Format::NegmasYaml] {
        let _ = write(scenario, format);
    }
    let Ok(written) = write(scenario, Format::DetenteYaml) else { return };
    let files = written.files.iter().map(|(p, t)| SourceFile::new(p.clone(), t.clone())).collect();
    let again = read(Folder { name: "fuzz".into(), files });
    let said: Vec<String> = again.loaded.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
    assert_eq!(again.loaded.value.as_ref(), Some(scenario), "{said:?}\n{:?}", written.files);
}

/// Every finding with a place points at whole characters of its file.
pub fn findings_point_into_their_files<T>(loaded: &Loaded<T>) {
    for finding in &loaded.diagnostics {
        if let (Some(file), Some(span)) = (&finding.file, finding.span) {
            let text = loaded.sources.text(file).unwrap_or_default();
            assert!(span.start <= span.end && span.end <= text.len(), "{finding:?}");
            assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{finding:?}");
        }
    }
}

fn large(scenario: &Scenario) -> bool {
    scenario.issues().iter().any(|i| i.len().is_some_and(|n| n > 1000))
}
