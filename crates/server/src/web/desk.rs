//! What waits for whoever looks.

use super::{Audience, Shell};
use crate::http::{Context, Fault, Reply};
use crate::words::{Words, fill};
use detente_mediation::PrincipalKind;
use detente_mediation::view::{BallotPart, ItemState, RoomView, View, You};
use maud::{Markup, html};

/// The pages this person has in the talks: path and name.
pub(super) fn pages(words: &'static Words, you: &You) -> Vec<(&'static str, &'static str)> {
    let mut pages = vec![("", words.page_now)];
    match you.kind {
        PrincipalKind::Mediator => {
            pages.push(("/positions", words.page_positions));
            pages.push(("/workbench", words.page_workbench));
            pages.push(("/text", words.page_text));
            pages.push(("/proposals", words.page_proposals));
        }
        PrincipalKind::Party => {
            pages.push(("/preparation", words.page_preparation));
            pages.push(("/questions", words.page_questions));
            pages.push(("/text", words.page_text));
            pages.push(("/proposals", words.page_proposals));
        }
        PrincipalKind::Guarantor | PrincipalKind::Observer => {
            pages.push(("/text", words.page_text));
        }
    }
    pages.push(("/people", words.page_people));
    pages.push(("/record", words.page_record));
    pages
}

/// Something that waits.
struct Need {
    path: String,
    what: String,
    detail: Markup,
}

/// What needs me now? / What is asked of us? / What has been disclosed to us?
pub(crate) async fn overview(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let you = view.you.as_ref().ok_or(Fault::NotThere)?;
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let title = match you.kind {
        PrincipalKind::Mediator => words.now_mediator,
        PrincipalKind::Party => words.now_party,
        PrincipalKind::Guarantor | PrincipalKind::Observer => words.now_observer,
    };
    let needs = needs(&shell, &context, &view, you);
    let content = html! {
        (new_things(&shell, &context))
        @if !you.rights.read { div.note { p { (words.no_reading) } } }
        @if needs.is_empty() { p { (words.nothing_waits) } }
        @else {
            ul.plain.rows.needs {
                @for (at, need) in needs.iter().enumerate() {
                    li {
                        span.main { (need.what) }
                        span.meta { (need.detail) }
                        span.go { a.action .quiet[at > 0] href=(need.path) { (words.open) } }
                    }
                }
            }
        }
        h2 { (words.rooms) }
        ul.plain.rows {
            @for room in &view.rooms {
                li {
                    a.main href=(context.path(&format!("/rooms/{}", room.id))) { (room_name(words, room)) }
                    " " span.meta { (shell.names(&names(room))) }
                    @if room.secret { " " span.tag.secret { (words.secret_room) } }
                }
            }
        }
        @if you.rights.speak {
            p { a.action.quiet href=(context.path("/rooms/new")) { (words.open_room) } }
        }
    };
    Ok(Reply::page(shell.page(title, &Audience::You, &content)))
}

/// The line that the script shows when something has changed.
pub(super) fn new_things(shell: &Shell, context: &Context) -> Markup {
    let words = shell.words();
    html! {
        p.fresh role="status" hidden data-events=(context.path("/events")) {
            (words.something_new) " " a href="" { (words.look_again) }
        }
    }
}

pub(super) fn room_name(words: &Words, room: &RoomView) -> Markup {
    html! { @if room.home { (words.own_room) } @else { bdi { (room.name) } } }
}

fn names(room: &RoomView) -> Vec<String> {
    room.participants.iter().map(|p| p.name.clone()).collect()
}

fn needs(shell: &Shell, context: &Context, view: &View, you: &You) -> Vec<Need> {
    let words = shell.words();
    let mut needs = Vec::new();
    for room in &view.rooms {
        let name = room_name(words, room);
        for ballot in &room.ballots {
            let open = ballot.outcome.is_none();
            let mine = matches!(&ballot.part, BallotPart::Put { party, your_answer: None, .. } if *party == you.principal);
            let deadline = html! {
                @if let Some(at) = ballot.proposal.deadline {
                    (words.closes) " " (shell.time(at)) " · "
                }
                (name)
            };
            let path = context.path(&format!("/rooms/{}/proposals/{}", room.id, ballot.id));
            if open && mine {
                let what = fill(words.need_answer, &[&ballot.proposal.title]);
                needs.push(Need { path, what, detail: deadline });
            } else if open && matches!(ballot.part, BallotPart::Putting { .. }) {
                let what = fill(words.need_wait, &[&ballot.proposal.title]);
                needs.push(Need { path, what, detail: deadline });
            }
        }
        let unopened = room.items.iter().filter(|i| i.state == ItemState::Unopened).count();
        if unopened > 0 {
            needs.push(Need {
                path: context.path(&format!("/rooms/{}", room.id)),
                what: shell.language.plurals().unread.say(unopened),
                detail: name.clone(),
            });
        }
        for question in &room.questions {
            let mut answers = room.preparation.iter().flat_map(|p| &p.answers);
            if question.to == you.principal && !answers.any(|(id, _)| *id == question.id) {
                needs.push(Need {
                    path: context.path("/questions"),
                    what: words.need_question.to_owned(),
                    detail: name.clone(),
                });
            }
        }
    }
    if you.kind == PrincipalKind::Party {
        let prepared = view.rooms.iter().flat_map(|r| &r.preparation);
        let said = prepared.clone().any(|p| p.party == you.principal && !p.issues.is_empty());
        if !said && you.rights.draft && !view.issues.is_empty() {
            needs.push(Need {
                path: context.path("/preparation"),
                what: words.need_preparation.to_owned(),
                detail: html! { (words.only_your_side) },
            });
        }
    }
    needs
}
