//! File names from party ids: an id is free text, a file name is not.

use detente_model::Scenario;
use detente_model::diagnostic::Diagnostic;
use std::collections::HashSet;

/// One file name for each party, and one for the domain beside them.
pub(crate) fn file_names(
    scenario: &Scenario,
    extension: &str,
) -> Result<(String, Vec<String>), Vec<Diagnostic>> {
    let mut errors = Vec::new();
    let mut seen = HashSet::new();
    let mut names = Vec::new();
    for party in scenario.parties() {
        let id = &party.id;
        if !is_safe(id) || extension == "xml" && id.to_ascii_lowercase().contains("pareto") {
            errors.push(
                Diagnostic::error("bad-file-name", format!("the party id `{id}` cannot name a file"))
                    .hint("use letters, digits, spaces, `-`, `_` and `.`, and start with a letter or digit"),
            );
        } else if !seen.insert(id.to_lowercase()) {
            errors.push(
                Diagnostic::error(
                    "bad-file-name",
                    format!("the party id `{id}` differs from another in case only"),
                )
                .hint("rename one of them: some disks hold the two for one"),
            );
        }
        names.push(format!("{id}.{extension}"));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let domain = ["domain", "the-domain", "scenario-domain"]
        .into_iter()
        .find(|d| !seen.contains(*d))
        .unwrap_or("negotiation-domain");
    Ok((format!("{domain}.{extension}"), names))
}

/// Whether a text can be a file's stem anywhere, and is not one that readers pass over.
fn is_safe(id: &str) -> bool {
    let fine = |c: char| {
        c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ' | '(' | ')' | '\'' | '+' | ',')
    };
    id.len() <= 120
        && id.starts_with(char::is_alphanumeric)
        && !id.ends_with(['.', ' '])
        && id.chars().all(fine)
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn no_id_leaves_its_folder() {
        for id in ["israel", "S-1NIKFRT-1", "A. B", "Zürich"] {
            assert!(is_safe(id), "{id}");
        }
        for id in ["", "..", "../x", "a/b", "a\\b", "_info", ".x", "a\0", "a\n", "c:", "x."] {
            assert!(!is_safe(id), "{id}");
        }
    }
}
