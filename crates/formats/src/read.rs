//! From a folder's files to a scenario.

use crate::decode::decode;
use crate::detect::{self, Document, Part};
use crate::findings::Findings;
use crate::places;
use crate::source::{Folder, Format};
use crate::{genius, geniusweb, negmas, score_sheets, yaml};
use detente_model::Scenario;
use detente_model::diagnostic::{Diagnostic, Loaded, Sources};

/// The longest file taken, in bytes.
pub const MAX_FILE_BYTES: usize = 32 << 20;

/// What a folder was found to hold.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The format, if it could be told.
    pub format: Option<Format>,
    /// The scenario, with everything found on the way.
    pub loaded: Loaded<Scenario>,
}

/// Reads the scenario that a folder's files hold, in whatever format they are.
#[must_use]
pub fn read(folder: Folder) -> Reading {
    let mut findings = Findings::default();
    let mut files = folder.files;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut documents = Vec::with_capacity(files.len());
    let mut sources = Sources::default();
    for file in files {
        if file.bytes.len() > MAX_FILE_BYTES {
            findings.add(too_large(&file.path, file.bytes.len() as u64));
            continue;
        }
        let (text, error) = decode(&file.path, file.bytes);
        if let Some(error) = error {
            findings.add(error);
            sources.insert(file.path, text);
            continue;
        }
        let (document, finding) = detect::look(file.path, text);
        if let Some(finding) = finding {
            findings.add(finding);
        }
        documents.push(document);
    }
    let format = format_of(&documents, &mut findings);
    let loaded = match format {
        Some(format) => {
            let read = match format {
                Format::DetenteYaml => yaml::read,
                Format::GeniusXml => genius::read,
                Format::GeniusWebJson => geniusweb::read,
                Format::NegmasYaml => negmas::read,
                Format::ScoreSheets => score_sheets::read,
            };
            let (draft, places) = read(&folder.name, &documents, &mut findings);
            for document in documents {
                sources.insert(document.path, document.text);
            }
            places::finish(draft, &places, findings, sources)
        }
        None => {
            for document in documents {
                sources.insert(document.path, document.text);
            }
            places::give_up(findings, sources)
        }
    };
    Reading { format, loaded }
}

/// The complaint about a file over [`MAX_FILE_BYTES`].
#[must_use]
pub fn too_large(path: &str, bytes: u64) -> Diagnostic {
    Diagnostic::error(
        "file-too-large",
        format!(
            "`{path}` has {} MiB; the most that is read is {} MiB",
            bytes >> 20,
            MAX_FILE_BYTES >> 20
        ),
    )
    .in_file(path)
    .hint("no scenario needs that; is this the right file?")
}

/// The one format of all documents, or what is wrong.
fn format_of(documents: &[Document], findings: &mut Findings) -> Option<Format> {
    let mut formats: Vec<(Format, &str)> = Vec::new();
    for document in documents {
        if let Some((format, _)) = document.role
            && !formats.iter().any(|(f, _)| *f == format)
        {
            formats.push((format, &document.path));
        }
    }
    match formats.as_slice() {
        [(format, _)] => Some(*format),
        [] => {
            if !findings.has_errors() {
                findings.add(
                    Diagnostic::error("no-scenario", "no file here is part of a scenario").hint(
                        "give a folder with `scenario.yaml`, GENIUS XML, NegMAS YAML, GeniusWeb JSON, or score sheets",
                    ),
                );
            }
            None
        }
        _ => {
            let each: Vec<String> =
                formats.iter().map(|(f, path)| format!("{f} (`{path}`)")).collect();
            findings.add(
                Diagnostic::error(
                    "mixed-formats",
                    format!("files of several formats stand in one folder: {}", each.join(", ")),
                )
                .hint("put each scenario into a folder of its own"),
            );
            None
        }
    }
}

/// The documents of one part.
pub(crate) fn of_part(documents: &[Document], part: Part) -> impl Iterator<Item = &Document> {
    documents.iter().filter(move |d| d.role.is_some_and(|(_, p)| p == part))
}

/// The one domain of a folder, or what is wrong: none, several, or no profile beside it.
pub(crate) fn one_domain<'a>(
    documents: &'a [Document],
    format: Format,
    findings: &mut Findings,
) -> Option<&'a Document> {
    let domains: Vec<&Document> = of_part(documents, Part::Domain).collect();
    let profiles = of_part(documents, Part::Profile).count();
    match domains.as_slice() {
        [] => {
            let first = of_part(documents, Part::Profile).next();
            let mut error = Diagnostic::error(
                "no-domain",
                format!("there are preferences ({format}) but no file with the issues"),
            )
            .hint("add the domain file, or give the folder that has it");
            if let Some(first) = first {
                error = error.in_file(&first.path);
            }
            findings.add(error);
            None
        }
        [domain] if profiles == 0 => {
            findings.add(
                Diagnostic::error(
                    "no-profiles",
                    format!("there is a domain ({format}) but no party's preferences"),
                )
                .in_file(&domain.path)
                .hint("add one file for each party, or give the folder that has them"),
            );
            None
        }
        [domain] => Some(domain),
        [first, second, ..] => {
            findings.add(
                Diagnostic::error(
                    "several-domains",
                    format!("`{}` and `{}` are both domains", first.path, second.path),
                )
                .in_file(&second.path)
                .hint("put each scenario into a folder of its own"),
            );
            None
        }
    }
}
