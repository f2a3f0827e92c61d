//! Sources, actors, events, claims and links.

use super::Places;
use super::fields::{Fields, maps};
use crate::findings::Findings;
use crate::tree::Map;
use detente_record::import::Terms;
use detente_record::sound::Item;
use detente_record::{
    Actor, ActorKind, Claim, Event, EventKind, Link, LinkKind, Record, Relation, Role, Source,
    SourceGrade, SourceKind, Stance, Version, Visibility,
};

const SOURCE_KINDS: [(&str, SourceKind); 5] = [
    ("outlet", SourceKind::Outlet),
    ("document", SourceKind::Document),
    ("person", SourceKind::Person),
    ("group", SourceKind::Group),
    ("body", SourceKind::Body),
];
const GRADES: [(&str, SourceGrade); 6] = [
    ("A", SourceGrade::A),
    ("B", SourceGrade::B),
    ("C", SourceGrade::C),
    ("D", SourceGrade::D),
    ("E", SourceGrade::E),
    ("F", SourceGrade::F),
];
const ACTOR_KINDS: [(&str, ActorKind); 4] = [
    ("state", ActorKind::State),
    ("organisation", ActorKind::Organisation),
    ("office", ActorKind::Office),
    ("person", ActorKind::Person),
];
const EVENT_KINDS: [(&str, EventKind); 7] = [
    ("talks", EventKind::Talks),
    ("incident", EventKind::Incident),
    ("change", EventKind::Change),
    ("proposal", EventKind::Proposal),
    ("statement", EventKind::Statement),
    ("deadline", EventKind::Deadline),
    ("instrument", EventKind::Instrument),
];
const STANCES: [(&str, Stance); 5] = [
    ("asserts", Stance::Asserts),
    ("denies", Stance::Denies),
    ("neither", Stance::Neither),
    ("no_comment", Stance::NoComment),
    ("not_affirmed", Stance::NotAffirmed),
];
const TERMS: [(&str, Terms); 4] = [
    ("on_record", Terms::OnRecord),
    ("background", Terms::Background),
    ("anonymous", Terms::Anonymous),
    ("unattributed", Terms::Unattributed),
];
const LINKS: [(&str, LinkKind); 6] = [
    ("supports", LinkKind::Supports),
    ("contradicts", LinkKind::Contradicts),
    ("same_event", LinkKind::SameEvent),
    ("supersedes", LinkKind::Supersedes),
    ("denies", LinkKind::Denies),
    ("neither", LinkKind::Neither),
];

/// Reads the lists of one file into the record.
pub(super) fn read(
    map: &Map<'_>,
    record: &mut Record,
    places: &mut Places,
    findings: &mut Findings,
) {
    let mut put = |item: Item, map: &Map<'_>| {
        places.insert(item, (map.file.to_owned(), map.start()));
    };
    for one in maps(map, "sources", findings) {
        put(Item::Source(record.sources.len()), &one);
        record.sources.extend(source(&one, findings));
    }
    for one in maps(map, "actors", findings) {
        let number = record.actors.len();
        put(Item::Actor(number), &one);
        if let Some((actor, roles)) = actor(&one, findings) {
            for (r, role) in roles.iter().enumerate() {
                put(Item::Role(number, r), role);
            }
            record.actors.push(actor);
        }
    }
    for one in maps(map, "events", findings) {
        put(Item::Event(record.events.len()), &one);
        record.events.extend(event(&one, findings));
    }
    for one in maps(map, "claims", findings) {
        put(Item::Claim(record.claims.len()), &one);
        record.claims.extend(claim(&one, findings));
    }
    for one in maps(map, "links", findings) {
        put(Item::Link(record.links.len()), &one);
        record.links.extend(link(&one, findings));
    }
}

fn source(map: &Map<'_>, findings: &mut Findings) -> Option<Source> {
    map.only(
        &[
            "id",
            "name",
            "kind",
            "outlet",
            "actor",
            "published",
            "address",
            "read",
            "unnamed",
            "grade",
            "relays",
            "cites",
            "quotes",
        ],
        "a source",
        findings,
    );
    let mut f = Fields { map, whose: "this source", findings };
    let mut rests_on = Vec::new();
    for (key, relation) in
        [("relays", Relation::Relays), ("cites", Relation::Cites), ("quotes", Relation::Quotes)]
    {
        rests_on.extend(f.texts(key).into_iter().map(|id| (relation, id)));
    }
    let (id, name) = (f.needed("id"), f.needed("name"));
    Some(Source {
        kind: f.one_of("kind", &SOURCE_KINDS).unwrap_or(SourceKind::Document),
        outlet: f.text("outlet"),
        actor: f.text("actor"),
        published: f.when("published"),
        address: f.text("address"),
        read: f.text("read"),
        unnamed: f.flag("unnamed").unwrap_or(false),
        grade: f.one_of("grade", &GRADES),
        rests_on,
        id: id?,
        name: name?,
    })
}

fn actor<'a>(map: &Map<'a>, findings: &mut Findings) -> Option<(Actor, Vec<Map<'a>>)> {
    map.only(
        &["id", "name", "kind", "spellings", "own_names", "roles", "ended", "ended_claims"],
        "an actor",
        findings,
    );
    let mut f = Fields { map, whose: "this actor", findings };
    let (id, name) = (f.needed("id"), f.needed("name"));
    let kind = f.one_of("kind", &ACTOR_KINDS).unwrap_or(ActorKind::Organisation);
    let (spellings, own_names) = (f.texts("spellings"), f.texts("own_names"));
    let claims = f.texts("ended_claims");
    let ended = f.when("ended").map(|w| (w, claims));
    let maps = maps(map, "roles", f.findings);
    let mut roles = Vec::new();
    let mut places = Vec::new();
    for one in maps {
        one.only(&["title", "of", "from", "to", "exclusive", "claims"], "a role", f.findings);
        let mut r = Fields { map: &one, whose: "this role", findings: f.findings };
        if let Some(title) = r.needed("title") {
            roles.push(Role {
                title,
                of: r.text("of"),
                from: r.when("from"),
                to: r.when("to"),
                exclusive: r.flag("exclusive").unwrap_or(false),
                claims: r.texts("claims"),
            });
            places.push(one);
        }
    }
    Some((Actor { id: id?, name: name?, kind, spellings, own_names, roles, ended }, places))
}

fn event(map: &Map<'_>, findings: &mut Findings) -> Option<Event> {
    map.only(&["id", "title", "kind", "when", "place", "actors", "finding"], "an event", findings);
    let mut f = Fields { map, whose: "this event", findings };
    let (id, title) = (f.needed("id"), f.needed("title"));
    let kind = f.one_of("kind", &EVENT_KINDS).unwrap_or(EventKind::Statement);
    let (when, place, actors, finding) =
        (f.when("when"), f.text("place"), f.texts("actors"), f.text("finding"));
    Some(Event { id: id?, title: title?, kind, when, place, actors, finding })
}

fn claim(map: &Map<'_>, findings: &mut Findings) -> Option<Claim> {
    map.only(
        &[
            "id",
            "chain",
            "event",
            "about",
            "says",
            "passage",
            "language",
            "question",
            "answer",
            "stance",
            "reported",
            "happened",
            "place",
            "terms",
            "wording",
            "content_grade",
            "visibility",
        ],
        "a claim",
        findings,
    );
    let mut f = Fields { map, whose: "this claim", findings };
    let (id, says) = (f.needed("id"), f.needed("says"));
    let version = match (f.text("question"), f.text("answer")) {
        (Some(question), Some(answer)) => Some(Version { question, answer }),
        (None, None) => None,
        (Some(_), None) => {
            f.complain(
                "question",
                "half-a-version",
                "there is a `question` and no `answer`".to_owned(),
                "add the answer this claim gives",
            );
            None
        }
        (None, Some(_)) => {
            f.complain(
                "answer",
                "half-a-version",
                "there is an `answer` and no `question`".to_owned(),
                "add the question it answers",
            );
            None
        }
    };
    let grade = f.text("content_grade");
    let content_grade = grade.as_deref().map(|g| g.parse().unwrap_or(0));
    Some(Claim {
        chain: f.texts("chain"),
        event: f.text("event"),
        about: f.texts("about"),
        passage: f.text("passage"),
        language: f.text("language"),
        version,
        stance: f.one_of("stance", &STANCES).unwrap_or(Stance::Asserts),
        reported: f.when("reported"),
        happened: f.when("happened"),
        place: f.text("place"),
        terms: f.one_of("terms", &TERMS).unwrap_or(Terms::Unattributed),
        wording: f.text("wording"),
        content_grade,
        visibility: f
            .one_of("visibility", &[("public", Visibility::Public), ("team", Visibility::Team)])
            .unwrap_or_default(),
        id: id?,
        says: says?,
    })
}

fn link(map: &Map<'_>, findings: &mut Findings) -> Option<Link> {
    map.only(&["from", "kind", "to"], "a link", findings);
    let mut f = Fields { map, whose: "this link", findings };
    let (from, to) = (f.needed("from"), f.needed("to"));
    if f.map.require("kind", "this link", f.findings).is_none() {
        return None;
    }
    let kind = f.one_of("kind", &LINKS);
    Some(Link { from: from?, kind: kind?, to: to? })
}
