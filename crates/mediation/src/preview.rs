//! The exact bytes an audience will receive, before it does.

use crate::command::{Ask, Command};
use crate::decide::decide;
use crate::event::Body;
use crate::id::{MandateId, MemberId, PrincipalId, RoomId};
use crate::people::{Actor, Mandate, Member, Rights, Standing, Who};
use crate::refusal::Refusal;
use crate::talks::Talks;
use crate::view::{BallotView, ItemView, QuestionView, RoomView, Sight, TextView, show_room};
use serde::{Deserialize, Serialize};

/// What a command would add to what an audience sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Whose eyes: any person of this principal who is in the room and may read.
    pub audience: PrincipalId,
    /// Room by room.
    pub gains: Vec<Gain>,
}

/// What one room would gain, as it reads once opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gain {
    /// The room.
    pub room: RoomId,
    /// New items.
    pub items: Vec<ItemView>,
    /// Texts with new versions; only those.
    pub texts: Vec<TextView>,
    /// New questions.
    pub questions: Vec<QuestionView>,
    /// New proposals.
    pub ballots: Vec<BallotView>,
}

impl Preview {
    /// The bytes: what the audience's view will hold that it does not hold now.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        // Writing plain data to memory does not fail.
        serde_json::to_vec(&self.gains).unwrap_or_default()
    }
}

/// What each audience would receive if a command were given: everybody in
/// every room it writes to, but for the asker's own side.
///
/// # Errors
/// The refusal the command itself would meet; or a command that shows nobody
/// anything new (and for one that closes a proposal, looking first would be
/// opening the sealed answers).
pub fn preview(talks: &Talks, command: &Command) -> Result<Vec<Preview>, Refusal> {
    if !matches!(
        command.ask,
        Ask::Say { .. }
            | Ask::Convey { .. }
            | Ask::PutQuestion { .. }
            | Ask::Circulate { .. }
            | Ask::Put { .. }
    ) {
        let what = "only what is said, conveyed, asked, circulated or put can be previewed";
        return Err(Refusal::malformed(what, "give the command itself"));
    }
    let Who::Member(asker) = command.who else { return Err(Refusal::NotThere) };
    let events = decide(talks, command)?;
    let mut after = talks.clone();
    events.iter().for_each(|event| after.apply(event));
    let sight = Sight::of(talks, asker).ok_or(Refusal::NotThere)?;
    let mut previews: Vec<Preview> = Vec::new();
    let rooms: crate::map::Set<RoomId> = events.iter().filter_map(|e| e.room).collect();
    for room in rooms {
        // A room that the command itself opens holds nothing yet.
        let Ok(found) = sight.room(room) else { continue };
        for participant in &found.participants {
            let principal = participant.principal;
            if principal == sight.principal() {
                continue;
            }
            let reader = Reader::of(talks, principal, &participant.only);
            let Some(gain) = reader.gain(talks, &after, &events, room) else { continue };
            match previews.iter_mut().find(|p| p.audience == principal) {
                Some(preview) => preview.gains.push(gain),
                None => previews.push(Preview { audience: principal, gains: vec![gain] }),
            }
        }
    }
    Ok(previews)
}

/// Someone of a principal who is in a room, or stands for whoever will be.
struct Reader {
    id: MemberId,
    member: Member,
}

impl Reader {
    fn of(talks: &Talks, principal: PrincipalId, only: &[MemberId]) -> Self {
        let in_room = |id: &MemberId| only.is_empty() || only.contains(id);
        let found = talks
            .members
            .iter()
            .find(|(id, m)| m.principal == principal && m.rights().read && in_room(id));
        let (id, member) = match found {
            Some((id, member)) => (*id, member.clone()),
            None => {
                let id = only.first().copied().unwrap_or(MemberId::from_bytes([0; 16]));
                (id, nobody(principal))
            }
        };
        Self { id, member }
    }

    fn gain(
        &self,
        talks: &Talks,
        after: &Talks,
        events: &[crate::event::Event],
        room: RoomId,
    ) -> Option<Gain> {
        let before = self.look(talks, room)?;
        let mut opened = after.clone();
        for event in events.iter().filter(|e| e.room == Some(room)) {
            if let Body::Said { item, .. } | Body::Conveyed { item, .. } = &event.body {
                let mut reading = event.clone();
                reading.actor = Actor::Member {
                    id: self.id,
                    principal: self.member.principal,
                    mandate: self.member.mandate.id,
                };
                reading.body = Body::Read { items: vec![*item] };
                opened.apply(&reading);
            }
        }
        let after = self.look(&opened, room)?;
        let texts = after.texts.into_iter().filter_map(|mut text| {
            let old = before.texts.iter().find(|t| t.id == text.id);
            let known = |v: &crate::view::VersionView| old.is_some_and(|t| t.versions.contains(v));
            text.versions.retain(|v| !known(v));
            (!text.versions.is_empty()).then_some(text)
        });
        let gain = Gain {
            room,
            texts: texts.collect(),
            items: new_in(after.items, &before.items),
            questions: new_in(after.questions, &before.questions),
            ballots: new_in(after.ballots, &before.ballots),
        };
        let empty = gain.items.is_empty()
            && gain.texts.is_empty()
            && gain.questions.is_empty()
            && gain.ballots.is_empty();
        (!empty).then_some(gain)
    }

    fn look(&self, talks: &Talks, room: RoomId) -> Option<RoomView> {
        show_room(talks, &Sight::of_seat(talks, self.id, &self.member), room)
    }
}

fn new_in<T: PartialEq>(after: Vec<T>, before: &[T]) -> Vec<T> {
    after.into_iter().filter(|x| !before.contains(x)).collect()
}

/// A delegation that nobody has joined yet still has an audience.
fn nobody(principal: PrincipalId) -> Member {
    let mandate = MandateId::from_bytes([0; 16]);
    Member {
        name: String::new(),
        principal,
        mandate: Mandate { id: mandate, rights: Rights::NONE, basis: String::new() },
        standing: Standing::Active,
        since: jiff::Timestamp::UNIX_EPOCH,
        granted_by: Actor::Clock,
    }
}
