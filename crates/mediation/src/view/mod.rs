//! What a person may see: one function, and everything shown goes through it.

mod room;
mod shown;
mod sight;
mod tally;
mod touched;
pub(crate) mod warrant;

pub use shown::*;
pub(crate) use sight::Sight;
pub(crate) use tally::{opened_in, tally, timed};
pub use touched::{Touched, touched, view_touched};

use crate::id::{MemberId, PrincipalId, RoomId};
use crate::people::PrincipalKind;
use crate::talks::{TableIssue, Talks};
use std::collections::BTreeSet;

/// Who is looking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// A person with a place in the talks, or without one.
    Member(MemberId),
    /// Whoever runs the server: sees no content at all.
    Operator,
}

/// Everything a viewer may see.
#[must_use]
pub fn view(talks: &Talks, viewer: Viewer) -> View {
    let sight = match viewer {
        Viewer::Member(member) => Sight::of(talks, member),
        Viewer::Operator => None,
    };
    sight.map_or_else(|| View { v: VIEW_VERSION, ..View::default() }, |s| whole(talks, &s))
}

/// One room of [`view`]; `None` for one that does not exist or is not the viewer's: the same.
#[must_use]
pub fn view_room(talks: &Talks, viewer: Viewer, room: RoomId) -> Option<RoomView> {
    let Viewer::Member(member) = viewer else { return None };
    show_room(talks, &Sight::of(talks, member)?, room)
}

/// One room, if it is in this sight.
pub(crate) fn show_room(talks: &Talks, sight: &Sight<'_>, id: RoomId) -> Option<RoomView> {
    let found = sight.room(id).ok()?;
    Some(room::show(talks, sight, id, found))
}

/// What a person who may look today would have seen at an earlier moment.
///
/// `then` is the talks as they were ([`Talks::as_of`]), `now` as they are:
/// only rooms the viewer is in now are shown, as they were then.
/// Who took part and what was on the table are as they were then, too.
#[must_use]
pub fn view_back(now: &Talks, then: &Talks, viewer: Viewer) -> View {
    let today = view(now, viewer);
    let Viewer::Member(member) = viewer else { return today };
    let Some(me) = now.members.get(&member).filter(|m| m.rights().read) else { return today };
    let sight = Sight::of_seat(then, member, me);
    let rooms = today.rooms.iter().filter_map(|r| {
        let found = then.rooms.get(&r.id)?;
        Some(room::show(then, &sight, r.id, found))
    });
    View {
        rooms: rooms.collect(),
        principals: principals(then, &sight, &sight.principals()),
        issues: issues(&sight),
        ..today
    }
}

fn whole(talks: &Talks, sight: &Sight<'_>) -> View {
    let you = talks.id.map(|id| You {
        talks: id,
        title: talks.title.clone(),
        member: sight.id,
        name: sight.me.name.clone(),
        principal: sight.principal(),
        kind: talks.kind_of(sight.principal()).unwrap_or(PrincipalKind::Observer),
        convenes: sight.convenes(),
        rights: sight.rights(),
        standing: sight.me.standing,
        home: sight.home(),
    });
    let mut seen = View { v: VIEW_VERSION, you, ..View::default() };
    if sight.rights().read {
        let known = sight.principals();
        seen.principals = principals(talks, sight, &known);
        seen.issues = issues(sight);
        seen.rooms = sight.rooms().map(|(id, found)| room::show(talks, sight, id, found)).collect();
    }
    seen
}

fn principals(
    talks: &Talks,
    sight: &Sight<'_>,
    known: &BTreeSet<PrincipalId>,
) -> Vec<PrincipalView> {
    let shown = talks.principals.iter().filter(|(id, _)| known.contains(*id));
    shown
        .map(|(id, principal)| {
            let reach = |to: &&PrincipalId| sight.is_mediator() || **to == sight.principal();
            PrincipalView {
                id: *id,
                kind: principal.kind,
                name: principal.name.clone(),
                note: principal.note.clone(),
                reaches: principal.reaches.iter().filter(reach).copied().collect(),
                people: people(talks, sight, *id),
            }
        })
        .collect()
}

fn people(talks: &Talks, sight: &Sight<'_>, principal: PrincipalId) -> Vec<PersonView> {
    if !sight.sees_people_of(principal) {
        return Vec::new();
    }
    let ours = talks.members.iter().filter(|(_, m)| m.principal == principal);
    ours.map(|(id, member)| PersonView {
        id: *id,
        name: member.name.clone(),
        rights: member.mandate.rights,
        mandate: member.mandate.id,
        basis: member.mandate.basis.clone(),
        granted_by: member.granted_by,
        since: member.since,
        standing: member.standing,
    })
    .collect()
}

fn issues(sight: &Sight<'_>) -> Vec<IssueView> {
    sight.issues().map(|(id, issue)| show_issue(sight, id, issue)).collect()
}

/// An issue from the version that stood when the viewer came to know of it.
fn show_issue(sight: &Sight<'_>, id: crate::id::IssueId, issue: &TableIssue) -> IssueView {
    let known_since = match issue.known_to.get(&sight.principal()) {
        Some(since) => Some(*since),
        None if sight.is_mediator() => issue.versions.first().map(|(at, _)| *at),
        None => None,
    };
    let earlier = issue.versions.windows(2).filter_map(|pair| {
        let [(began, text), (ended, _)] = pair else { return None };
        known_since.is_some_and(|since| *ended > since).then(|| (*began, text.clone()))
    });
    IssueView { id, issue: issue.current().clone(), earlier: earlier.collect() }
}
