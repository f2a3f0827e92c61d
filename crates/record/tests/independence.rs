//! Independence counts origins, not repetitions.

use detente_record::check::{self, Divergence};
use detente_record::import::Terms;
use detente_record::independence::Origins;
use detente_record::sound::problems;
use detente_record::{
    Claim, Event, EventKind, Record, Relation, Source, SourceKind, Stance, Version, Visibility,
};
use proptest::prelude::*;

fn source(id: &str, relays: &[&str]) -> Source {
    Source {
        id: id.to_owned(),
        name: id.to_owned(),
        kind: SourceKind::Document,
        outlet: None,
        actor: None,
        published: None,
        address: None,
        read: None,
        unnamed: false,
        grade: None,
        rests_on: relays.iter().map(|r| (Relation::Relays, (*r).to_owned())).collect(),
    }
}

fn claim(id: &str, chain: &[&str], answer: &str) -> Claim {
    Claim {
        id: id.to_owned(),
        chain: chain.iter().map(|s| (*s).to_owned()).collect(),
        event: Some("e".to_owned()),
        about: Vec::new(),
        says: answer.to_owned(),
        passage: None,
        language: None,
        version: Some(Version { question: "q".to_owned(), answer: answer.to_owned() }),
        stance: Stance::Asserts,
        reported: None,
        happened: None,
        place: None,
        terms: Terms::OnRecord,
        wording: None,
        content_grade: None,
        visibility: Visibility::Team,
    }
}

fn record(sources: Vec<Source>, claims: Vec<Claim>) -> Record {
    let event = Event {
        id: "e".into(),
        title: "e".into(),
        kind: EventKind::Talks,
        when: None,
        place: None,
        actors: Vec::new(),
        finding: None,
    };
    Record { sources, claims, events: vec![event], ..Record::default() }
}

#[test]
fn a_report_relayed_by_twenty_outlets_is_one_origin() {
    let mut sources = vec![source("agency", &[])];
    let mut claims = Vec::new();
    for i in 0..20 {
        let id = format!("outlet-{i}");
        // Half relay the agency itself, half relay whoever relayed it before them.
        let from = if i % 2 == 0 { "agency".to_owned() } else { format!("outlet-{}", i - 1) };
        sources.push(source(&id, &[&from]));
        claims.push(claim(&format!("c{i}"), &[&id], "yes"));
    }
    let view = check::event(&record(sources, claims), "e").unwrap();
    assert_eq!((view.origins.at_least, view.origins.at_most, view.claims), (1, 1, 20));
    assert_eq!(view.questions[0].versions[0].reported_by.len(), 20);
}

#[test]
fn two_origins_with_conflicting_content_are_a_conflict_and_one_origin_is_two_renderings() {
    let sources = || vec![source("a", &[]), source("b", &[]), source("x", &["a"])];
    let conflict = record(sources(), vec![claim("1", &["a"], "yes"), claim("2", &["b"], "no")]);
    let view = check::event(&conflict, "e").unwrap();
    assert_eq!(view.questions[0].divergence, Some(Divergence::OriginsConflict));
    let renderings = record(sources(), vec![claim("1", &["a"], "yes"), claim("2", &["x"], "no")]);
    let view = check::event(&renderings, "e").unwrap();
    assert_eq!(view.questions[0].divergence, Some(Divergence::OneOriginSeveralRenderings));
    assert_eq!(view.questions[0].rendered_both_ways, ["a"]);
    let agreed = record(sources(), vec![claim("1", &["a"], "yes"), claim("2", &["b"], "yes")]);
    let view = check::event(&agreed, "e").unwrap();
    assert_eq!((view.questions[0].divergence, view.origins.at_most), (None, 2));
}

#[test]
fn a_loop_of_citations_is_found_and_is_no_support() {
    let sources =
        vec![source("a", &["b"]), source("b", &["c"]), source("c", &["a"]), source("d", &[])];
    let looped = record(sources.clone(), vec![claim("1", &["a"], "yes")]);
    assert!(
        problems(&looped)
            .iter()
            .any(|p| p.code == "citation-cycle" && p.message.contains("a, b, c"))
    );
    let checked = check::check(&looped);
    assert_eq!(checked.circles, [["a", "b", "c"]]);
    assert!(checked.events[0].questions[0].versions[0].rests_on_a_circle);
    // With an exit from the circle, what is behind it is the origin.
    let mut exit = sources;
    exit[1].rests_on.push((Relation::Cites, "d".into()));
    let exit = record(exit, vec![claim("1", &["a"], "yes"), claim("2", &["d"], "yes")]);
    let view = check::event(&exit, "e").unwrap();
    assert_eq!((view.origins.at_least, view.origins.at_most), (1, 1));
    assert_eq!(view.questions[0].versions[0].origins, ["d"]);
}

#[test]
fn denials_and_silence_never_count_as_support() {
    let mut deny = claim("2", &["b"], "yes");
    deny.stance = Stance::Denies;
    let mut silent = claim("3", &["c"], "yes");
    silent.stance = Stance::NoComment;
    let r = record(
        vec![source("a", &[]), source("b", &[]), source("c", &[])],
        vec![claim("1", &["a"], "yes"), deny, silent],
    );
    let view = check::event(&r, "e").unwrap();
    assert_eq!(view.origins.at_most, 1);
    assert_eq!(
        view.responses.iter().map(|r| r.stance).collect::<Vec<_>>(),
        ["denies", "no comment"]
    );
}

#[test]
fn unnamed_sources_may_be_one_person() {
    let mut sources =
        vec![source("paper", &[]), source("other", &[]), source("s1", &[]), source("s2", &[])];
    for s in &mut sources[2..] {
        s.kind = SourceKind::Person;
        s.unnamed = true;
    }
    let mut claims = vec![claim("1", &["paper", "s1"], "yes"), claim("2", &["other", "s2"], "yes")];
    for c in &mut claims {
        c.terms = Terms::Anonymous;
    }
    let view = check::event(&record(sources.clone(), claims.clone()), "e").unwrap();
    assert_eq!((view.origins.at_least, view.origins.at_most), (1, 2));
    claims.truncate(1);
    let view = check::event(&record(sources, claims), "e").unwrap();
    assert!(view.questions[0].versions[0].rests_on_one_unnamed);
}

proptest! {
    /// Adding a claim never raises the number of independent origins of
    /// anything unless its origin is new to it.
    #[test]
    fn only_a_new_origin_raises_the_count(
        edges in prop::collection::vec((0_usize..12, 0_usize..12), 0..30),
        unnamed in prop::collection::vec(any::<bool>(), 12),
        actors in prop::collection::vec(0_usize..20, 12),
        claims in prop::collection::vec((0_usize..12, 0_usize..3), 0..12),
        added in (0_usize..12, 0_usize..3),
    ) {
        let mut sources: Vec<Source> = (0..12).map(|i| source(&format!("s{i}"), &[])).collect();
        for (from, to) in edges {
            sources[from].rests_on.push((Relation::Cites, format!("s{to}")));
        }
        for (i, s) in sources.iter_mut().enumerate() {
            s.unnamed = unnamed[i];
            s.actor = (actors[i] < 4).then(|| format!("actor{}", actors[i]));
        }
        let make = |i: usize, (s, v): (usize, usize)| claim(&format!("c{i}"), &[&format!("s{s}")], ["yes", "no", "maybe"][v]);
        let before = record(sources.clone(), claims.iter().enumerate().map(|(i, c)| make(i, *c)).collect());
        let mut after = before.clone();
        after.claims.push(make(99, added));
        let index = after.index();
        let origins = Origins::new(&after, &index);
        let had = origins.together(&before.claims, &index);
        let new: Vec<usize> = origins.of_claim(&after.claims[after.claims.len() - 1], &index).iter().copied().filter(|o| !had.contains(o)).collect();
        let (old_count, new_count) = (origins.count(&had), origins.count(&origins.together(&after.claims, &index)));
        prop_assert!(new_count.at_most <= old_count.at_most + new.len());
        if new.is_empty() {
            prop_assert_eq!(old_count, new_count);
        }
        // The same for the event and for every version of it.
        if let (Some(b), Some(a)) = (check::event(&before, "e"), check::event(&after, "e")) {
            if new.is_empty() {
                prop_assert_eq!(b.origins, a.origins);
            }
            for q in b.questions.iter().flat_map(|q| &q.versions) {
                let now = a.questions.iter().flat_map(|q| &q.versions).find(|v| v.answer == q.answer);
                prop_assert!(now.is_some());
                if let Some(now) = now {
                    let appeared = now.origins.iter().filter(|o| !q.origins.contains(o)).count();
                    prop_assert!(now.independent.at_most <= q.independent.at_most + appeared);
                    prop_assert!(appeared > 0 || now.independent == q.independent);
                }
            }
        }
    }
}
