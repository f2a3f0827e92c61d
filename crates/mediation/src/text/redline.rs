//! What changed between two versions, clause by clause and word by word.

use super::{Clause, Draft};
use crate::id::ClauseId;
use serde::{Deserialize, Serialize};
use similar::{ChangeTag, TextDiff};

/// What happened to a stretch of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// In both versions.
    Same,
    /// Only in the later one.
    Added,
    /// Only in the earlier one.
    Removed,
}

/// A stretch of words and what happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What happened.
    pub kind: Kind,
    /// The words.
    pub words: String,
}

/// A clause in one version or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseChange {
    /// The clause.
    pub clause: ClauseId,
    /// What happened to the clause as a whole.
    pub kind: Kind,
    /// Whether it stands elsewhere among the clauses both versions have.
    pub moved: bool,
    /// Its heading.
    pub heading: Vec<Change>,
    /// Its words in the language compared.
    pub words: Vec<Change>,
}

/// Compares two versions in one language.
///
/// Clauses are matched by id: in the later version's order, those removed
/// where they stood.
#[must_use]
pub fn redline(earlier: &Draft, later: &Draft, language: &str) -> Vec<ClauseChange> {
    let ids = |draft: &Draft| draft.clauses.iter().map(|c| c.id).collect::<Vec<_>>();
    let (old_ids, new_ids) = (ids(earlier), ids(later));
    let order = similar::capture_diff_slices(similar::Algorithm::Myers, &old_ids, &new_ids);
    let mut changes = Vec::new();
    for op in order {
        for change in op.iter_changes(&old_ids, &new_ids) {
            let id = change.value();
            let (old, new) = (find(earlier, id), find(later, id));
            match change.tag() {
                // A clause that moved is told once, where it stands now.
                ChangeTag::Delete if new.is_some() => {}
                tag => changes.push(clause_change(id, old, new, language, tag != ChangeTag::Equal)),
            }
        }
    }
    changes
}

fn find(draft: &Draft, id: ClauseId) -> Option<&Clause> {
    draft.clauses.iter().find(|c| c.id == id)
}

fn clause_change(
    id: ClauseId,
    old: Option<&Clause>,
    new: Option<&Clause>,
    language: &str,
    displaced: bool,
) -> ClauseChange {
    let heading = |c: Option<&Clause>| c.map(|c| c.heading.clone()).unwrap_or_default();
    let words =
        |c: Option<&Clause>| c.and_then(|c| c.words.get(language)).cloned().unwrap_or_default();
    let kind = match (old, new) {
        (None, _) => Kind::Added,
        (_, None) => Kind::Removed,
        _ => Kind::Same,
    };
    ClauseChange {
        clause: id,
        kind,
        moved: displaced && kind == Kind::Same,
        heading: redline_words(&heading(old), &heading(new)),
        words: redline_words(&words(old), &words(new)),
    }
}

/// Compares two stretches of text word by word.
///
/// The words kept and removed, put together, are the earlier text; those kept
/// and added, the later.
#[must_use]
pub fn redline_words(earlier: &str, later: &str) -> Vec<Change> {
    let diff = TextDiff::from_words(earlier, later);
    let mut changes: Vec<Change> = Vec::new();
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => Kind::Same,
            ChangeTag::Insert => Kind::Added,
            ChangeTag::Delete => Kind::Removed,
        };
        match changes.last_mut() {
            Some(last) if last.kind == kind => last.words.push_str(change.value()),
            _ => changes.push(Change { kind, words: change.value().to_owned() }),
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn only(changes: &[Change], kinds: [Kind; 2]) -> String {
        changes.iter().filter(|c| kinds.contains(&c.kind)).map(|c| c.words.as_str()).collect()
    }

    #[test]
    fn words_not_letters() {
        let changes = redline_words("for three months", "for six months");
        let shown: Vec<_> = changes.iter().map(|c| (c.kind, c.words.as_str())).collect();
        let expected = [
            (Kind::Same, "for "),
            (Kind::Removed, "three"),
            (Kind::Added, "six"),
            (Kind::Same, " months"),
        ];
        assert_eq!(shown, expected);
    }

    proptest! {
        #[test]
        fn both_versions_can_be_read_from_a_redline(a in "[abé ]{0,40}", b in "[abé ]{0,40}") {
            let changes = redline_words(&a, &b);
            prop_assert_eq!(only(&changes, [Kind::Same, Kind::Removed]), a);
            prop_assert_eq!(only(&changes, [Kind::Same, Kind::Added]), b);
        }
    }
}
