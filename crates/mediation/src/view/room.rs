//! A room as one of those in it sees it.

use super::shown::{
    AuthorView, BallotPart, BallotView, ItemState, ItemView, ParticipantView, PreparationView,
    QuestionView, RemarkView, RoomView, Said, TextView, VersionView,
};
use super::sight::Sight;
use crate::id::{ItemId, MemberId, PrincipalId, RoomId, TextId, VersionId};
use crate::map::Map;
use crate::talks::{Author, Contents, Item, OpenedBallot, PutBallot, Room, Talks, Version};

/// The room, if the viewer is in it; an empty one of that name otherwise never leaves this crate.
pub(super) fn show(talks: &Talks, sight: &Sight<'_>, id: RoomId, room: &Room) -> RoomView {
    let all = |contents: &Contents| contents.items.keys().copied().collect();
    show_part(talks, sight, id, room, all, true)
}

/// The same with only some of its items, and without `the_rest` of what is in it if so wished.
pub(super) fn show_part(
    talks: &Talks,
    sight: &Sight<'_>,
    id: RoomId,
    room: &Room,
    items: impl FnOnce(&Contents) -> Vec<ItemId>,
    the_rest: bool,
) -> RoomView {
    let names = Names(talks);
    let mut shown = RoomView {
        id,
        name: room.name.clone(),
        secret: room.secret,
        home: room.home == Some(sight.principal()),
        opened: room.opened,
        participants: names.participants(room),
        items: Vec::new(),
        preparation: Vec::new(),
        questions: Vec::new(),
        texts: Vec::new(),
        remarks: Vec::new(),
        ballots: Vec::new(),
    };
    let Ok(contents) = sight.contents(id) else { return shown };
    let items = items(contents).into_iter().filter_map(|item| {
        let of = contents.items.get(&item)?;
        Some(show_item(&names, sight, item, of, copies(sight, id, item)))
    });
    shown.items = items.collect();
    if !the_rest {
        return shown;
    }
    shown.preparation = preparation(contents);
    shown.questions = questions(contents);
    shown.texts = [(&contents.drafted, true), (&contents.circulated, false)]
        .into_iter()
        .flat_map(|(texts, here)| texts.iter().map(move |(id, v)| (id, v, here)))
        .map(|(id, versions, here)| show_text(&names, *id, versions, here))
        .collect();
    shown.remarks = remarks(&names, contents);
    let opened = contents.opened.iter().map(|(ballot, of)| {
        let answered = sight.turnout(*ballot, of);
        show_opened(&names, *ballot, of, answered)
    });
    let put = contents.put.iter().map(|(ballot, of)| show_put(&names, sight, *ballot, of));
    shown.ballots = opened.chain(put).collect();
    shown
}

/// Names for ids.
struct Names<'a>(&'a Talks);

impl Names<'_> {
    fn principal(&self, id: PrincipalId) -> String {
        self.0.principals.get(&id).map(|p| p.name.clone()).unwrap_or_default()
    }

    fn member(&self, id: MemberId) -> String {
        self.0.members.get(&id).map(|m| m.name.clone()).unwrap_or_default()
    }

    fn author(&self, author: Author) -> AuthorView {
        AuthorView {
            principal: author.principal,
            principal_name: self.principal(author.principal),
            member: author.member,
            name: self.member(author.member),
        }
    }

    fn participants(&self, room: &Room) -> Vec<ParticipantView> {
        let show = |p: &crate::command::Participant| ParticipantView {
            principal: p.principal,
            name: self.principal(p.principal),
            only: p.only.iter().map(|m| (*m, self.member(*m))).collect(),
        };
        room.participants.iter().map(show).collect()
    }
}

fn show_item(
    names: &Names<'_>,
    sight: &Sight<'_>,
    id: ItemId,
    item: &Item,
    conveyed_to: Vec<(RoomId, ItemId)>,
) -> ItemView {
    let open = sight.has_open(item);
    let state = match (item.taken_back, open) {
        (true, _) => ItemState::TakenBack,
        (false, true) => ItemState::Open,
        (false, false) => ItemState::Unopened,
    };
    let said = open.then(|| Said {
        text: item.content.text.clone(),
        language: item.content.language.clone(),
        about: item.content.about.clone(),
        package: item.content.package.clone(),
        attribution: item.content.attribution.clone(),
        permission: item.content.permission,
        voice: item.voice.clone(),
    });
    ItemView {
        id,
        at: item.at,
        kind: item.content.kind,
        author: names.author(item.author),
        state,
        said,
        opened_by: if sight.is_ours(item.author) { opened_by(names.0, item) } else { Vec::new() },
        conveyed_to,
        conveyed_from: item.source.filter(|(from, _)| sight.room(*from).is_ok()),
    }
}

/// The first reading by each other side.
fn opened_by(talks: &Talks, item: &Item) -> Vec<(PrincipalId, jiff::Timestamp)> {
    let mut first: Map<PrincipalId, jiff::Timestamp> = Map::default();
    for (member, at) in &item.read {
        let Some(reader) = talks.members.get(member) else { continue };
        if reader.principal != item.author.principal {
            first.entry(reader.principal).or_insert(*at);
        }
    }
    first.into_iter().collect()
}

/// Where an item was carried, as far as the viewer is there too.
fn copies(sight: &Sight<'_>, room: RoomId, item: ItemId) -> Vec<(RoomId, ItemId)> {
    let to = sight.rooms().filter_map(|(to, _)| {
        let copies = sight.contents(to).ok()?.copies.get(&(room, item))?;
        Some(copies.iter().map(move |copy| (to, *copy)))
    });
    to.flatten().collect()
}

fn preparation(contents: &Contents) -> Vec<PreparationView> {
    let show = |(party, p): (&PrincipalId, &crate::talks::Preparation)| PreparationView {
        party: *party,
        issues: p.issues.clone(),
        options: p.options.clone(),
        red_lines: p.red_lines.clone(),
        answers: p.answers.iter().map(|(q, a)| (*q, *a)).collect(),
    };
    contents.preparation.iter().map(show).collect()
}

fn questions(contents: &Contents) -> Vec<QuestionView> {
    let show = |(id, asked): (&crate::id::QuestionId, &crate::talks::Asked)| QuestionView {
        id: *id,
        at: asked.at,
        by: asked.by,
        to: asked.to,
        question: asked.question.clone(),
    };
    contents.questions.iter().map(show).collect()
}

fn show_text(
    names: &Names<'_>,
    id: TextId,
    versions: &Map<VersionId, Version>,
    drafted_here: bool,
) -> TextView {
    let show = |(version, of): (&VersionId, &Version)| VersionView {
        id: *version,
        at: of.at,
        author: names.author(of.author),
        draft: of.draft.clone(),
    };
    TextView { id, drafted_here, versions: versions.iter().map(show).collect() }
}

fn remarks(names: &Names<'_>, contents: &Contents) -> Vec<RemarkView> {
    let show = |(id, r): (&crate::id::RemarkId, &crate::talks::Remarked)| RemarkView {
        id: *id,
        at: r.at,
        author: names.author(r.author),
        text: r.text,
        version: r.version,
        clause: r.clause,
        remark: r.remark.clone(),
    };
    contents.remarks.iter().map(show).collect()
}

fn show_opened(
    names: &Names<'_>,
    id: crate::id::BallotId,
    ballot: &OpenedBallot,
    answered: Option<Vec<PrincipalId>>,
) -> BallotView {
    BallotView {
        id,
        at: ballot.at,
        author: names.author(ballot.author),
        proposal: ballot.proposal.clone(),
        outcome: ballot.outcome,
        part: BallotPart::Putting { to: ballot.to.clone(), answered },
    }
}

fn show_put(
    names: &Names<'_>,
    sight: &Sight<'_>,
    id: crate::id::BallotId,
    ballot: &PutBallot,
) -> BallotView {
    let asked = ballot.party == sight.principal();
    BallotView {
        id,
        at: ballot.at,
        author: names.author(ballot.author),
        proposal: ballot.proposal.clone(),
        outcome: ballot.outcome,
        part: BallotPart::Put {
            party: ballot.party,
            sides: ballot.sides.clone(),
            your_answer: sight.own_answer(id).filter(|_| asked).cloned(),
            conditions: ballot.conditions.clone(),
        },
    }
}
