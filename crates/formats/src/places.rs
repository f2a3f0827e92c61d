//! Where each part of a draft stands in its files.

use crate::findings::Findings;
use detente_model::diagnostic::{Diagnostic, Loaded, Severity, Sources, Span};
use detente_model::{Draft, Flaw, Issue, Place, Scenario};
use std::collections::HashMap;

/// A map from parts to spans.
#[derive(Debug, Default)]
pub(crate) struct Places {
    files: Vec<String>,
    at: HashMap<Place, (usize, Span)>,
}

impl Places {
    /// Notes where a part stands.
    pub(crate) fn set(&mut self, place: Place, file: &str, span: Span) {
        // Parts arrive file by file, so the last name is nearly always the one.
        let index = match self.files.iter().rposition(|f| f == file) {
            Some(index) => index,
            None => {
                self.files.push(file.to_owned());
                self.files.len() - 1
            }
        };
        self.at.insert(place, (index, span));
    }

    /// Where a part stands, or the smallest part around it that has a place.
    fn find(&self, place: Place) -> Option<(&str, Span)> {
        let mut place = Some(place);
        while let Some(here) = place {
            if let Some((file, span)) = self.at.get(&here) {
                return Some((self.files.get(*file)?, *span));
            }
            place = here.parent();
        }
        None
    }

    fn place(&self, flaw: Flaw) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(flaw.severity, flaw.code, flaw.message);
        if let Some((file, span)) = self.find(flaw.place) {
            diagnostic = diagnostic.in_file(file).at(span);
        }
        if flaw.hint.is_empty() { diagnostic } else { diagnostic.hint(flaw.hint) }
    }
}

/// Checks a draft (unless reading already failed) and folds everything into the result.
pub(crate) fn finish(
    draft: Draft,
    places: &Places,
    mut findings: Findings,
    sources: Sources,
) -> Loaded<Scenario> {
    let mut value = None;
    if !findings.has_errors() {
        let (scenario, flaws) = draft.check();
        for flaw in flaws {
            findings.add(places.place(flaw));
        }
        value = scenario;
    }
    Loaded { value, diagnostics: findings.finish(), sources }
}

/// Whether the issues are sound by themselves; if not, says why.
///
/// Asked before preferences are read, so that a repeated option is reported
/// as that and not as an unknown one in every party's file.
pub(crate) fn issues_are_sound(issues: &[Issue], places: &Places, findings: &mut Findings) -> bool {
    let (_, flaws) = Draft { issues: issues.to_vec(), ..Draft::default() }.check();
    let own = |f: &Flaw| {
        f.severity == Severity::Error && matches!(f.place, Place::Issue(_) | Place::Option(..))
    };
    let mut sound = true;
    for flaw in flaws.into_iter().filter(own) {
        findings.add(places.place(flaw));
        sound = false;
    }
    sound
}

/// The result of a reading that found no draft at all.
pub(crate) fn give_up(findings: Findings, sources: Sources) -> Loaded<Scenario> {
    Loaded { value: None, diagnostics: findings.finish(), sources }
}
