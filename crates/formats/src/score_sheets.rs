//! Score sheets: the layout of the LLM-Deliberation games.
//!
//! `config.txt` has a line for each party (name, file, role, …), each sheet a
//! line of scores for each issue and a last line with the party's threshold.

use crate::detect::{Document, Part, stem};
use crate::findings::{self, Findings};
use crate::places::Places;
use crate::read::{of_part, one_domain};
use crate::source::Format;
use detente_model::diagnostic::{Diagnostic, Span};
use detente_model::preference::{IssueValue, Known};
use detente_model::{Draft, Issue, Number, Party, Place, Preferences, Utility, ValueFunction};

/// Reads a folder of score sheets.
pub(crate) fn read(name: &str, documents: &[Document], findings: &mut Findings) -> (Draft, Places) {
    let mut places = Places::default();
    let mut draft = Draft { title: name.to_owned(), ..Draft::default() };
    let Some(config) = one_domain(documents, Format::ScoreSheets, findings) else {
        return (draft, places);
    };
    places.set(Place::Scenario, &config.path, Span::new(0, 0));
    let mut used = Vec::new();
    for (start, line) in lines(&config.text) {
        let span = Span::new(start, start + line.len());
        let fields: Vec<&str> = line.split(',').map(str::trim).collect();
        let (Some(shown), Some(file)) = (fields.first(), fields.get(1)) else {
            findings.add(
                Diagnostic::error("bad-line", "a line of the configuration is `name,file,role,…`")
                    .in_file(&config.path)
                    .at(span),
            );
            continue;
        };
        let Some(sheet) = of_part(documents, Part::Profile).find(|d| stem(&d.path) == *file) else {
            findings.add(
                Diagnostic::error("missing-file", format!("there is no `scores_files/{file}.txt`"))
                    .in_file(&config.path)
                    .at(span),
            );
            continue;
        };
        let party = draft.parties.len();
        places.set(Place::Party(party), &config.path, span);
        places.set(Place::Preferences(party), &sheet.path, Span::new(0, 0));
        used.push(&sheet.path);
        let note = match fields.get(2) {
            Some(&"p1") => "p1: proposes first; has a veto",
            Some(&"p2") => "p2: has a veto",
            _ => "",
        };
        draft.parties.push(Party {
            id: (*file).to_owned(),
            name: (*shown).to_owned(),
            note: note.to_owned(),
        });
        if let Some(utility) = read_sheet(sheet, party, &mut draft.issues, &mut places, findings) {
            draft.preferences.push(Preferences::from_utility(utility));
        }
    }
    for document in of_part(documents, Part::Profile).filter(|d| !used.contains(&&d.path)) {
        findings.add(
            Diagnostic::error(
                "unknown-party",
                format!("`{}` belongs to no line of `{}`", document.path, config.path),
            )
            .in_file(&document.path)
            .hint("add its line, or take the file away"),
        );
    }
    (draft, places)
}

/// The lines that are not blank, with their offsets.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let line = line.trim();
        (!line.is_empty()).then_some((start, line))
    })
}

/// Reads one sheet; the first gives the issues, the others must agree.
fn read_sheet(
    sheet: &Document,
    party: usize,
    issues: &mut Vec<Issue>,
    places: &mut Places,
    findings: &mut Findings,
) -> Option<Utility> {
    let rows: Vec<(usize, &str)> = lines(&sheet.text).collect();
    let Some(((threshold_at, threshold), rows)) = rows.split_last() else {
        findings.add(Diagnostic::error("empty-file", "this sheet is empty").in_file(&sheet.path));
        return None;
    };
    let threshold_span = Span::new(*threshold_at, threshold_at + threshold.len());
    places.set(Place::Reservation(party), &sheet.path, threshold_span);
    if threshold.contains(',') {
        findings.add(
            Diagnostic::error(
                "missing-threshold",
                "the last line should be one number, the threshold",
            )
            .in_file(&sheet.path)
            .at(threshold_span),
        );
        return None;
    }
    let reservation =
        findings::number(threshold, "the threshold", &sheet.path, threshold_span, findings)?;
    let first = issues.is_empty();
    if first {
        for (index, (at, row)) in rows.iter().enumerate() {
            let name = letters(index);
            let options = (1..=row.split(',').count()).map(|o| format!("{name}{o}"));
            places.set(Place::Issue(index), &sheet.path, Span::new(*at, at + row.len()));
            issues.push(Issue::categorical(name.clone(), options));
        }
    } else if rows.len() != issues.len() {
        findings.add(
            Diagnostic::error(
                "wrong-issue-count",
                format!("this sheet has {} issues, the first has {}", rows.len(), issues.len()),
            )
            .in_file(&sheet.path)
            .at(threshold_span),
        );
        return None;
    }
    let mut utility = Utility::new(issues.len());
    utility.reservation = reservation;
    let mut sound = true;
    for (index, (start, row)) in rows.iter().enumerate() {
        let span = Span::new(*start, start + row.len());
        places.set(Place::Value(party, index), &sheet.path, span);
        let values = scores(sheet, *start, row, &issues[index].name, findings);
        if issues[index].len() != Some(row.split(',').count() as u64) {
            findings.add(
                Diagnostic::error(
                    "missing-evaluation",
                    format!(
                        "issue `{}` has {} scores here and {} in the first sheet",
                        issues[index].name,
                        row.split(',').count(),
                        issues[index].len().unwrap_or(0)
                    ),
                )
                .in_file(&sheet.path)
                .at(span),
            );
            sound = false;
        }
        sound &= values.is_some();
        utility.issues[index] = values.map(|values| IssueValue {
            weight: Number::one(),
            value: ValueFunction::Table(values),
            known: Known::Unknown,
        });
    }
    sound.then_some(utility)
}

fn scores(
    sheet: &Document,
    start: usize,
    row: &str,
    issue: &str,
    findings: &mut Findings,
) -> Option<Vec<Number>> {
    let mut at = start;
    let mut values = Vec::new();
    let mut sound = true;
    for (option, cell) in row.split(',').enumerate() {
        let begin = at + (cell.len() - cell.trim_start().len());
        at += cell.len() + 1;
        let text = cell.trim();
        let span = Span::new(begin, begin + text.len());
        let what = format!("the score of {issue}{}", option + 1);
        let value = if text.is_empty() {
            findings.add(
                Diagnostic::error("missing-evaluation", format!("{what} is missing"))
                    .in_file(&sheet.path)
                    .at(span),
            );
            None
        } else {
            findings::number(text, &what, &sheet.path, span, findings)
        };
        match value {
            Some(value) => values.push(value),
            None => sound = false,
        }
    }
    sound.then_some(values)
}

/// `A`, `B`, … `Z`, `AA`, …
fn letters(mut index: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.push(b'A' + (index % 26) as u8);
        if index < 26 {
            break;
        }
        index = index / 26 - 1;
    }
    name.iter().rev().map(|&b| char::from(b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issues_are_lettered_as_in_a_spreadsheet() {
        let names: Vec<String> = [0, 25, 26, 701, 702].into_iter().map(letters).collect();
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
