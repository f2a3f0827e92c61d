//! From proposals to items of the record, by a person's decisions alone.

use super::{Proposals, ProposedClaim, Terms};
use crate::{Actor, ActorKind, Claim, Record, Source, SourceKind, Stance, Visibility, When};

/// What a person decided about one proposed claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Takes it, perhaps edited.
    Confirm(Edited),
    /// Leaves it out.
    Discard,
}

/// A claim as a person confirmed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// Who reports citing whom.
    pub chain: Vec<String>,
    /// What it says, in the person's words; the passage where they gave none.
    pub says: String,
    /// The event it is about.
    pub event: Option<String>,
    /// On what footing the source spoke.
    pub terms: Terms,
}

impl Edited {
    /// The proposal as it stands.
    #[must_use]
    pub fn as_proposed(claim: &ProposedClaim) -> Self {
        Self {
            chain: claim.chain.clone(),
            says: claim.passage.clone(),
            event: None,
            terms: claim.terms,
        }
    }
}

/// What is to be added to a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Additions {
    /// Sources the record does not have yet.
    pub sources: Vec<Source>,
    /// Actors with confirmed spellings that the record does not have yet.
    pub actors: Vec<Actor>,
    /// The confirmed claims.
    pub claims: Vec<Claim>,
}

/// Turns decisions into additions to `record`. Claims without a decision are
/// left out; `same_name` are the alias groups that a person confirmed.
#[must_use]
pub fn confirmed(
    proposals: &Proposals,
    decisions: &[Decision],
    same_name: &[Vec<String>],
    record: &Record,
) -> Additions {
    let mut out = Additions::default();
    let published = When::on(proposals.dated);
    for (claim, decision) in proposals.claims.iter().zip(decisions) {
        let Decision::Confirm(edited) = decision else { continue };
        let chain = edited
            .chain
            .iter()
            .enumerate()
            .map(|(depth, name)| source(name, depth, edited, &published, record, &mut out))
            .collect();
        let taken = |id: &str| record.claims.iter().chain(&out.claims).any(|c| c.id == id);
        let id = free(&format!("{}-{}", slug(&proposals.source), proposals.dated), taken);
        out.claims.push(Claim {
            id,
            chain,
            event: edited.event.clone(),
            about: Vec::new(),
            says: edited.says.clone(),
            passage: Some(claim.passage.clone()),
            language: None,
            version: None,
            stance: Stance::Asserts,
            reported: Some(published.clone()),
            happened: claim.happened.clone(),
            place: None,
            terms: edited.terms,
            wording: claim.terms_wording.clone(),
            content_grade: None,
            visibility: Visibility::Team,
        });
    }
    for group in same_name {
        let Some((name, spellings)) = group.split_first() else { continue };
        if record.actors.iter().any(|a| a.name == *name || a.spellings.contains(name)) {
            continue;
        }
        let organisation =
            group.iter().any(|n| n.chars().count() > 1 && n.chars().all(char::is_uppercase));
        let kind = if organisation { ActorKind::Organisation } else { ActorKind::Person };
        let id =
            free(&slug(name), |id| record.actors.iter().chain(&out.actors).any(|a| a.id == id));
        out.actors.push(Actor {
            id,
            name: name.clone(),
            kind,
            spellings: spellings.to_vec(),
            own_names: Vec::new(),
            roles: Vec::new(),
            ended: None,
        });
    }
    out
}

/// The id of a source of this name, made if neither the record nor the additions have it.
fn source(
    name: &str,
    depth: usize,
    edited: &Edited,
    published: &When,
    record: &Record,
    out: &mut Additions,
) -> String {
    let innermost = depth + 1 == edited.chain.len();
    let unnamed =
        innermost && depth > 0 && matches!(edited.terms, Terms::Anonymous | Terms::Background);
    // Two unnamed sources described in the same words need not be the same people:
    // they are one source only within one report.
    let has = |s: &&Source| s.name == name && !(unnamed && s.published.as_ref() != Some(published));
    if let Some(known) = record.sources.iter().chain(&out.sources).find(has) {
        return known.id.clone();
    }
    let kind = match (depth, innermost, edited.terms) {
        (0, _, _) | (_, false, _) | (_, true, Terms::Unattributed) => SourceKind::Outlet,
        (_, true, _) if unnamed && name.ends_with('s') => SourceKind::Group,
        (_, true, _) => SourceKind::Person,
    };
    let id = free(&slug(name), |id| record.sources.iter().chain(&out.sources).any(|s| s.id == id));
    out.sources.push(Source {
        id: id.clone(),
        name: name.to_owned(),
        kind,
        outlet: None,
        actor: None,
        published: unnamed.then(|| published.clone()),
        address: None,
        read: None,
        unnamed,
        grade: None,
        rests_on: Vec::new(),
    });
    id
}

/// Lower-case letters and digits of any script, joined by hyphens.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.to_lowercase().chars() {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') && !matches!(c, '\'' | '’') {
            out.push('-');
        }
    }
    let out: String = out.trim_end_matches('-').chars().take(60).collect();
    if out.is_empty() { "unnamed".to_owned() } else { out }
}

fn free(wanted: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(wanted) {
        return wanted.to_owned();
    }
    let mut n = 2_usize;
    loop {
        let id = format!("{wanted}-{n}");
        if !taken(&id) {
            return id;
        }
        n += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::propose;
    use jiff::civil::date;

    #[test]
    fn only_confirmed_claims_enter_and_sources_are_made_once() {
        let text = "A minister said the talks went on. A source told Reuters that the talks had ended. The source said no more would follow.";
        let found = propose("t", text, date(2024, 1, 3), Some("The Blue Times")).value.unwrap();
        assert_eq!(found.claims.len(), 3, "{:?}", found.claims);
        let keep = |i: usize| Decision::Confirm(Edited::as_proposed(&found.claims[i]));
        let added =
            confirmed(&found, &[Decision::Discard, keep(1), keep(2)], &[], &Record::default());
        assert_eq!(added.claims.len(), 2);
        let ids: Vec<&str> = added.sources.iter().map(|s| s.id.as_str()).collect();
        assert_eq!(ids, ["the-blue-times", "reuters", "a-source"]);
        assert_eq!(added.claims[0].chain, added.claims[1].chain);
        assert!(added.sources[2].unnamed && !added.sources[1].unnamed);
    }

    #[test]
    fn slugs_keep_every_script() {
        assert_eq!(
            (slug("The New Arab"), slug("مسؤول مصري"), slug("…")),
            ("the-new-arab".into(), "مسؤول-مصري".into(), "unnamed".into())
        );
    }
}
