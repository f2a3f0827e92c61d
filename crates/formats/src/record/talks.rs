//! The picture of the talks.

use super::fields::{Fields, maps};
use crate::findings::Findings;
use crate::tree::Map;
use detente_record::talks::{
    Channel, Instrument, Issue, Mediator, Position, PositionStatus, Proposal, ProposalRelation,
    Reach, Scope, Talks,
};

const REACH: [(&str, Reach); 3] =
    [("direct", Reach::Direct), ("reluctant", Reach::Reluctant), ("undeclared", Reach::Undeclared)];
const STATUS: [(&str, PositionStatus); 5] = [
    ("accepted_in_principle", PositionStatus::AcceptedInPrinciple),
    ("refused", PositionStatus::Refused),
    ("conditional", PositionStatus::Conditional),
    ("sought", PositionStatus::Sought),
    ("silent", PositionStatus::Silent),
];
const RELATIONS: [(&str, ProposalRelation); 4] = [
    ("part_of", ProposalRelation::PartOf),
    ("alternative_to", ProposalRelation::AlternativeTo),
    ("may_precede", ProposalRelation::MayPrecede),
    ("may_preclude", ProposalRelation::MayPreclude),
];

/// Reads `talks:` into the picture.
pub(super) fn read(map: &Map<'_>, talks: &mut Talks, findings: &mut Findings) {
    map.only(
        &["parties", "mediators", "channels", "issues", "positions", "proposals", "instruments"],
        "the picture of the talks",
        findings,
    );
    talks.parties.extend(Fields { map, whose: "the talks", findings }.texts("parties"));
    for one in maps(map, "mediators", findings) {
        one.only(&["actor", "interests", "reservations", "willingness"], "a mediator", findings);
        let mut f = Fields { map: &one, whose: "this mediator", findings };
        let (interests, reservations, willingness) =
            (f.texts("interests"), f.texts("reservations"), f.texts("willingness"));
        talks.mediators.extend(f.needed("actor").map(|actor| Mediator {
            actor,
            interests,
            reservations,
            willingness,
        }));
    }
    for one in maps(map, "channels", findings) {
        talks.channels.extend(channel(&one, findings));
    }
    for one in maps(map, "issues", findings) {
        one.only(&["id", "title", "claims"], "an issue", findings);
        let mut f = Fields { map: &one, whose: "this issue", findings };
        if let (Some(id), Some(title)) = (f.needed("id"), f.needed("title")) {
            talks.issues.push(Issue { id, title, claims: f.texts("claims") });
        }
    }
    for one in maps(map, "positions", findings) {
        one.only(&["issue", "actor", "status", "says", "claims"], "a position", findings);
        let mut f = Fields { map: &one, whose: "this position", findings };
        if let (Some(issue), Some(actor)) = (f.needed("issue"), f.needed("actor")) {
            let status = f.one_of("status", &STATUS).unwrap_or(PositionStatus::Silent);
            talks.positions.push(Position {
                issue,
                actor,
                status,
                says: f.text("says").unwrap_or_default(),
                claims: f.texts("claims"),
            });
        }
    }
    for one in maps(map, "proposals", findings) {
        talks.proposals.extend(proposal(&one, findings));
    }
    for one in maps(map, "instruments", findings) {
        one.only(&["id", "title", "signed", "parties", "claims"], "an instrument", findings);
        let mut f = Fields { map: &one, whose: "this instrument", findings };
        if let (Some(id), Some(title)) = (f.needed("id"), f.needed("title")) {
            talks.instruments.push(Instrument {
                id,
                title,
                signed: f.when("signed"),
                parties: f.texts("parties"),
                claims: f.texts("claims"),
            });
        }
    }
}

fn channel(map: &Map<'_>, findings: &mut Findings) -> Option<Channel> {
    map.only(&["id", "between", "reach", "from", "to", "claims"], "a channel", findings);
    let mut f = Fields { map, whose: "this channel", findings };
    let id = f.needed("id");
    let ends = f.texts("between");
    let [a, b] = ends.as_slice() else {
        f.complain(
            "between",
            "channel-ends",
            "a channel has two ends".to_owned(),
            "write `between: [one, other]`",
        );
        return None;
    };
    if a == b {
        f.complain(
            "between",
            "channel-ends",
            "both ends of this channel are the same".to_owned(),
            "write `between: [one, other]`",
        );
        return None;
    }
    Some(Channel {
        between: (a.clone(), b.clone()),
        reach: f.one_of("reach", &REACH).unwrap_or(Reach::Direct),
        from: f.when("from"),
        to: f.when("to"),
        claims: f.texts("claims"),
        id: id?,
    })
}

fn proposal(map: &Map<'_>, findings: &mut Findings) -> Option<Proposal> {
    map.only(&["id", "title", "by", "scope", "relations", "claims"], "a proposal", findings);
    let mut f = Fields { map, whose: "this proposal", findings };
    let (id, title) = (f.needed("id"), f.needed("title"));
    let scope = f
        .one_of("scope", &[("small", Scope::Small), ("broad", Scope::Broad)])
        .unwrap_or(Scope::Broad);
    let (by, claims) = (f.text("by"), f.texts("claims"));
    let mut relations = Vec::new();
    for one in maps(map, "relations", f.findings) {
        one.only(&["kind", "to", "claims"], "a relation", f.findings);
        let mut r = Fields { map: &one, whose: "this relation", findings: f.findings };
        if let (Some(to), Some(kind)) = (r.needed("to"), r.one_of("kind", &RELATIONS)) {
            relations.push((kind, to, r.texts("claims")));
        }
    }
    Some(Proposal { id: id?, title: title?, by, scope, relations, claims })
}
