//! NegMAS YAML: one file for the outcome space, one for each utility function.
//!
//! What the parts mean, as NegMAS 0.16 computes, stands in `docs/formats/negmas-yaml.md`.

mod functions;
mod issues;
mod rectangles;
mod values;
mod write;

pub(crate) use write::write;

use crate::detect::{Document, Part, stem};
use crate::findings::Findings;
use crate::names::Names;
use crate::places::{Places, issues_are_sound};
use crate::read::{of_part, one_domain};
use crate::source::Format;
use crate::tree::{Map, Node};
use detente_model::diagnostic::{Diagnostic, Span};
use detente_model::{Draft, Evaluated, Issue, Number, Party, Place, Preferences, Utility};

/// Reads a folder of NegMAS files.
pub(crate) fn read(name: &str, documents: &[Document], findings: &mut Findings) -> (Draft, Places) {
    let mut places = Places::default();
    let mut draft = Draft { title: name.to_owned(), ..Draft::default() };
    let Some(domain) = one_domain(documents, Format::NegmasYaml, findings) else {
        return (draft, places);
    };
    let Some(map) =
        domain.tree.as_ref().and_then(|t| t.want_map("a mapping", &domain.path, findings))
    else {
        return (draft, places);
    };
    places.set(Place::Scenario, &domain.path, map.start());
    if let Some(title) = map.get("name").and_then(Node::text) {
        draft.title = title.to_owned();
    }
    draft.issues = issues::read(&map, &mut places, findings);
    if findings.has_errors() || !issues_are_sound(&draft.issues, &places, findings) {
        return (draft, places);
    }
    let names = Names::new(&draft.issues);
    for (party, document) in of_part(documents, Part::Profile).enumerate() {
        let mut this = Party::new(stem(&document.path));
        if let Some(name) = document.tree.as_ref().and_then(|t| t.get("name")).and_then(Node::text)
        {
            this.name = name.to_owned();
        }
        draft.parties.push(this);
        let mut reader = Reader {
            file: &document.path,
            party,
            issues: &draft.issues,
            names: &names,
            places: &mut places,
            findings,
        };
        let utility = document.tree.as_ref().and_then(|tree| reader.profile(tree));
        draft.preferences.extend(utility.map(Preferences::from_utility));
    }
    (draft, places)
}

/// What reading one utility function needs at hand.
struct Reader<'a> {
    file: &'a str,
    party: usize,
    issues: &'a [Issue],
    names: &'a Names<'a>,
    places: &'a mut Places,
    findings: &'a mut Findings,
}

impl<'a> Reader<'a> {
    fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.findings.add(Diagnostic::error(code, message).in_file(self.file).at(span));
    }

    fn profile(&mut self, tree: &'a Node) -> Option<Utility> {
        let map = tree.want_map("a mapping", self.file, self.findings)?;
        for place in [Place::Party(self.party), Place::Preferences(self.party)] {
            self.places.set(place, self.file, map.start());
        }
        let mut utility = Utility::new(self.issues.len());
        self.function(&map, &Number::one(), &mut utility)?;
        self.reservation(&map, &mut utility)?;
        Some(utility)
    }

    /// `reserved_value`; without one (or minus infinity) the worst outcome's utility is taken.
    fn reservation(&mut self, map: &Map<'a>, utility: &mut Utility) -> Option<()> {
        if let Some(outcome) = map.get("reserved_outcome") {
            self.error(
                "reserved-outcome",
                outcome.span,
                "a reserved outcome is not taken; give its utility as `reserved_value`",
            );
            return None;
        }
        let entry = map.entry("reserved_value");
        let span = entry.map_or_else(|| map.start(), |e| e.value.span);
        self.places.set(Place::Reservation(self.party), self.file, span);
        let infinite = entry.is_none_or(|e| {
            e.value.is_null()
                || matches!(
                    e.value.plain(),
                    Some("-.inf" | "-.Inf" | "-.INF" | "-inf" | "-Infinity")
                )
        });
        if !infinite {
            let node = map.get("reserved_value")?;
            utility.reservation =
                node.want_number("the reserved value", self.file, self.findings)?;
            return Some(());
        }
        let lowest = self.lowest(utility)?;
        self.findings.add(
            Diagnostic::warning(
                "no-reservation",
                format!("without a reserved value every outcome is better than none; {lowest}, which no outcome falls below, is taken"),
            )
            .in_file(self.file)
            .at(span)
            .hint("give a `reserved_value`"),
        );
        utility.reservation = lowest;
        Some(())
    }

    /// What no outcome falls below: exact when there are no interactions.
    fn lowest(&mut self, utility: &Utility) -> Option<Number> {
        let mut sum = utility.constant.clone();
        for (issue, value) in self.issues.iter().zip(&utility.issues) {
            let Some(value) = value else { continue };
            let count = values::tabulated(issue)?;
            let worth = |o: usize| match value.value.at(issue, o) {
                Evaluated::Exact(number) => Some(number),
                Evaluated::Real(real) => Number::from_f64(real),
            };
            let least = (0..count).filter_map(worth).min()?;
            sum = &sum + &(&least * &value.weight);
        }
        for interaction in utility.interactions.iter().filter(|i| i.value.is_negative()) {
            sum = &sum + &interaction.value;
        }
        Some(sum)
    }
}
