//! GENIUS XML: one domain file, one file for each profile.
//!
//! What the numbers mean stands in `docs/formats/genius-xml.md`.

mod additive;
mod domain;
mod evaluator;
mod rectangles;
mod write;
mod xml;

pub(crate) use write::write;

use crate::detect::{Document, Part, stem};
use crate::findings::Findings;
use crate::names::Names;
use crate::places::{Places, issues_are_sound};
use crate::read::{of_part, one_domain};
use crate::source::Format;
use detente_model::diagnostic::Diagnostic;
use detente_model::{Draft, Number, Party, Place, Preferences, Utility};
use xml::Xml;

/// Reads a folder of GENIUS files.
pub(crate) fn read(name: &str, documents: &[Document], findings: &mut Findings) -> (Draft, Places) {
    let mut places = Places::default();
    let mut draft = Draft::default();
    let Some(domain) = one_domain(documents, Format::GeniusXml, findings) else {
        return (draft, places);
    };
    draft.title = if name.is_empty() { stem(&domain.path).to_owned() } else { name.to_owned() };
    let Some(xml) = Xml::parse(domain, findings) else { return (draft, places) };
    let Some(read) = domain::read(&xml, &mut places, findings) else { return (draft, places) };
    draft.issues = read.issues;
    if findings.has_errors() || !issues_are_sound(&draft.issues, &places, findings) {
        return (draft, places);
    }
    let names = Names::new(&draft.issues);
    for (party, document) in of_part(documents, Part::Profile).enumerate() {
        draft.parties.push(Party::new(stem(&document.path)));
        let Some(xml) = Xml::parse(document, findings) else { continue };
        let root = xml.root();
        for place in [Place::Party(party), Place::Preferences(party)] {
            places.set(place, xml.file(), xml.span(root));
        }
        let mut profile = Profile {
            xml: &xml,
            party,
            issues: &draft.issues,
            indices: &read.indices,
            names: &names,
            places: &mut places,
            findings,
        };
        draft.preferences.push(Preferences::from_utility(profile.read()));
    }
    (draft, places)
}

/// What reading one profile needs at hand.
struct Profile<'a> {
    xml: &'a Xml<'a>,
    party: usize,
    issues: &'a [detente_model::Issue],
    /// The domain's `index` attribute of each issue.
    indices: &'a [Option<i64>],
    names: &'a Names<'a>,
    places: &'a mut Places,
    findings: &'a mut Findings,
}

impl Profile<'_> {
    fn read(&mut self) -> Utility {
        let root = self.xml.root();
        let mut utility = Utility::new(self.issues.len());
        if let Some(value) = self.single("reservation", Place::Reservation(self.party)) {
            utility.reservation = value;
        }
        if let Some(value) = self.single("discount_factor", Place::Discount(self.party)) {
            utility.discount = value;
        }
        match root.descendants().find(|n| n.has_tag_name("utility")) {
            Some(rectangles) => self.rectangles(rectangles, &mut utility),
            None => self.additive(&mut utility),
        }
        utility
    }

    /// The `value` of an element that stands once, directly in the root.
    fn single(&mut self, tag: &str, place: Place) -> Option<Number> {
        let mut found = self.xml.root().children().filter(|n| n.has_tag_name(tag));
        let node = found.next()?;
        if let Some(second) = found.next() {
            self.findings.add(
                Diagnostic::error("duplicate-element", format!("a second `{tag}` stands here"))
                    .in_file(self.xml.file())
                    .at(self.xml.span(second))
                    .hint("keep one of the two"),
            );
        }
        self.places.set(place, self.xml.file(), self.xml.span(node));
        self.xml.number(node, "value", tag, self.findings)
    }
}
