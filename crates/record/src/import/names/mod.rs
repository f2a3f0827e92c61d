//! Candidate aliases: which spellings in a report may be one name.
//!
//! Candidates only: a person confirms them. Nothing is merged here.

mod acronym;
mod mention;
mod organisation;
mod spelling;

pub(super) use organisation::is_organisation;

use acronym::{acronyms, known_as};
use mention::{Mention, mentions};
use spelling::{
    attach_surnames, full_names, loose_spellings, merge_full_variants, particle_free,
    without_article,
};
use std::collections::BTreeSet;

/// The names of a report.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// Spellings that may be one name, fullest first.
    pub(super) groups: Vec<Vec<String>>,
    /// Every full personal name.
    people: BTreeSet<String>,
}

impl Names {
    /// The fullest spelling of the group this name is in.
    pub(super) fn fullest(&self, name: &str) -> Option<&str> {
        let name = without_article(name);
        self.groups
            .iter()
            .find(|g| g.iter().any(|n| n == name || particle_free(n) == particle_free(name)))
            .map(|g| g[0].as_str())
    }

    /// Whether this is a person's full name, or a spelling of one.
    pub(super) fn is_person(&self, name: &str) -> bool {
        self.people.contains(name)
            || self.fullest(name).is_some_and(|full| self.people.contains(full))
    }
}

/// Reads the names of a report.
pub(super) fn names(paragraphs: &[String]) -> Names {
    let mentions: Vec<Mention> = paragraphs.iter().flat_map(|p| mentions(p)).collect();
    let mut people = full_names(&mentions);
    let mut groups: Vec<Vec<String>> = Vec::new();
    merge_full_variants(&people, &mut groups);
    attach_surnames(&mentions, &mut groups);
    loose_spellings(&mentions, &mut groups, &mut people);
    acronyms(paragraphs, &mentions, &mut groups);
    known_as(paragraphs, &mut groups);
    standing_variants(paragraphs, &mut groups);
    groups.retain(|g| g.len() > 1);
    let mut seen = BTreeSet::new();
    groups.retain(|g| seen.insert(g.iter().cloned().collect::<BTreeSet<_>>()));
    Names { groups, people }
}

/// Spellings that stand for one another everywhere.
fn standing_variants(paragraphs: &[String], groups: &mut Vec<Vec<String>>) {
    const SETS: &[&[&str]] = &[
        &["United Nations", "UN", "U.N."],
        &["United States", "US", "U.S."],
        &["European Union", "EU"],
        &["Türkiye", "Turkey"],
        &["Kyiv", "Kiev"],
        &["Sanaa", "Sana'a", "Sana’a"],
        &["United Kingdom", "UK", "Britain"],
        &["African Union", "AU"],
        &["Myanmar", "Burma"],
    ];
    let stands = |name: &str| {
        paragraphs.iter().any(|p| {
            p.match_indices(name).any(|(at, _)| {
                let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
                edge(p[..at].chars().next_back()) && edge(p[at + name.len()..].chars().next())
            })
        })
    };
    for set in SETS {
        let present: Vec<&str> = set.iter().copied().filter(|s| stands(s)).collect();
        if present.len() > 1 {
            for other in &present[1..] {
                join(groups, present[0], other);
            }
        }
    }
}

fn join(groups: &mut Vec<Vec<String>>, full: &str, short: &str) {
    match groups.iter_mut().find(|g| g.iter().any(|n| n == full || n == short)) {
        Some(group) => {
            for name in [full, short] {
                if !group.iter().any(|n| n == name) {
                    group.push(name.to_owned());
                }
            }
            group.sort_by_key(|n| std::cmp::Reverse(n.chars().count()));
        }
        None => groups.push(vec![full.to_owned(), short.to_owned()]),
    }
}

#[cfg(test)]
mod tests {
    use super::spelling::distance;
    use super::*;

    fn groups(text: &str) -> Vec<Vec<String>> {
        names(&[text.to_owned()]).groups
    }

    #[test]
    fn a_surname_joins_its_full_name_and_places_stay_out() {
        assert_eq!(
            groups(
                "President Gustavo Petro met Iran and Iraq. Petro said the talks in Iraq went on."
            ),
            [vec!["Gustavo Petro", "Petro"]]
        );
    }

    #[test]
    fn spellings_of_one_letter_apart_in_the_same_place_are_candidates() {
        assert_eq!(
            groups(
                "The envoy told chief Lodan. A meeting between Orsk and Loban lasted. Another between Orsk and Lodan did not."
            ),
            [vec!["Loban", "Lodan"]]
        );
    }

    #[test]
    fn acronyms_and_nicknames() {
        assert_eq!(
            groups("The Rapid Support Forces (RSF) agreed."),
            [vec!["Rapid Support Forces", "RSF"]]
        );
        assert_eq!(
            groups("He told The Blue Paper. Others told TBP too."),
            [vec!["The Blue Paper", "TBP"]]
        );
    }

    #[test]
    fn distance_counts_edits() {
        assert_eq!(
            (distance("bar", "ban"), distance("", "abc"), distance("kitten", "sitting")),
            (1, 3, 3)
        );
    }
}
