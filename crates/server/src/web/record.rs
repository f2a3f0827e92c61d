//! What each room saw, as of any moment; and taking it along.

use super::{Audience, Shell, desk, show};
use crate::http::{Context, Fault, Reply};
use crate::words::fill;
use detente_mediation::view::{ItemView, RoomView, View};
use detente_mediation::{Talks, Viewer, view_back};
use jiff::Timestamp;
use jiff::civil::DateTime;
use maud::{Markup, html};
use std::fmt::Write;

/// The moment asked for, in the reader's time zone; now if none.
fn moment(context: &Context) -> Result<Option<Timestamp>, Fault> {
    let Some(text) = context.query.get("at").filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let words = context.words();
    let unreadable = || Fault::input(words.deadline_unreadable, words.deadline_mend);
    let civil: DateTime = text.parse().map_err(|_| unreadable())?;
    // The whole of the minute that was typed.
    let end = civil.with().second(59).subsec_nanosecond(999_999_999).build();
    let zoned = end.map_err(|_| unreadable())?.to_zoned(context.zone.clone());
    Ok(Some(zoned.map_err(|_| unreadable())?.timestamp()))
}

/// The view as of the moment asked for.
fn seen(context: &Context) -> Result<View, Fault> {
    let now = context.view()?;
    let Some(moment) = moment(context)? else { return Ok(now) };
    let seat = context.seat()?;
    let then = Talks::as_of(&context.app.desk.events(seat.live.id())?, moment);
    let viewer = Viewer::Member(seat.member);
    Ok(view_back(&seat.live.talks(), &then, viewer))
}

/// What did each room see, when?
pub(crate) async fn page(context: Context) -> Result<Reply, Fault> {
    let view = seen(&context)?;
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let at = context.query.text("at");
    let export = |kind: &str| context.path(&format!("/export.{kind}?at={at}"));
    let content = html! {
        form method="get" {
            label for="at" { (fill(words.as_it_was, &[shell.zone_name()])) span.hint { (words.as_it_was_hint) } }
            div.beside {
                input #at type="datetime-local" name="at" value=(at);
                button.quiet { (words.look_back) }
            }
        }
        p.beside {
            a href=(export("txt")) { (words.export_text) }
            a href=(export("json")) { (words.export_json) }
        }
        @for room in &view.rooms {
            h2 { (desk::room_name(words, room)) }
            p.meta { (words.who_sees_this) ": " (shell.names(&room.participants.iter().map(|p| p.name.clone()).collect::<Vec<_>>())) }
            @if room.items.is_empty() { p { (words.room_empty) } }
            @else { (table(&shell, &view, room)) }
        }
    };
    Ok(Reply::page(shell.page(words.record_title, &Audience::You, &content)))
}

fn table(shell: &Shell, view: &View, room: &RoomView) -> Markup {
    let words = shell.words();
    html! {
        div.scroll { table {
            thead { tr {
                th scope="col" { (words.when) } th scope="col" { (words.said_by) }
                th scope="col" { (words.the_words) } th scope="col" { (words.opened) }
            } }
            tbody {
                @for item in &room.items {
                    tr {
                        td { (shell.time(item.at)) }
                        th scope="row" { (show::author(shell, &item.author)) }
                        td { bdi { (text_of(shell, item)) } }
                        td { @for (reader, at) in &item.opened_by { p { bdi { (show::principal(view, *reader)) } " " (shell.time(*at)) } } }
                    }
                }
            }
        } }
    }
}

fn text_of<'a>(shell: &Shell, item: &'a ItemView) -> &'a str {
    use detente_mediation::view::ItemState;
    let words = shell.words();
    match (&item.said, item.state) {
        (Some(said), _) => &said.text,
        (None, ItemState::TakenBack) => words.taken_back,
        (None, _) => words.not_opened,
    }
}

/// The record as JSON: the view itself.
pub(crate) async fn json(context: Context) -> Result<Reply, Fault> {
    let view = seen(&context)?;
    // Plain data always has a JSON form.
    let body = serde_json::to_vec_pretty(&view).unwrap_or_default();
    Ok(Reply::file("application/json", "record.json", body))
}

/// The record as plain text.
pub(crate) async fn text(context: Context) -> Result<Reply, Fault> {
    let view = seen(&context)?;
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let mut out = String::new();
    let title = view.you.as_ref().map_or("", |you| you.title.as_str());
    let _ = writeln!(out, "{title}\n");
    for room in &view.rooms {
        let names: Vec<_> = room.participants.iter().map(|p| p.name.as_str()).collect();
        let name = if room.home { words.own_room } else { &room.name };
        let _ = writeln!(out, "== {name}\n{}: {}\n", words.who_sees_this, names.join(", "));
        for item in &room.items {
            let _ = writeln!(
                out,
                "{} · {}, {} · {}\n{}\n",
                item.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                item.author.name,
                item.author.principal_name,
                show::kind(words, item.kind),
                text_of(&shell, item)
            );
        }
    }
    Ok(Reply::file("text/plain; charset=utf-8", "record.txt", out))
}

/// Where does everyone stand on each issue?
pub(crate) async fn positions(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let parties: Vec<_> = show::of_kind(&view, detente_mediation::PrincipalKind::Party).collect();
    let content = html! {
        p.quiet { (words.positions_why) }
        @if view.issues.is_empty() { p { (words.no_issues) } }
        @else {
            div.scroll { table {
                thead { tr {
                    th scope="col" { (words.issue) }
                    @for party in &parties { th scope="col" { bdi { (party.name) } } }
                } }
                tbody {
                    @for issue in &view.issues {
                        tr {
                            th scope="row" { bdi { (issue.issue.name) } p.meta { (shell.names(&show::options(issue))) } }
                            @for party in &parties {
                                td { (stand(&shell, &context, &view, issue.id, party.id)) }
                            }
                        }
                    }
                }
            } }
        }
    };
    Ok(Reply::page(shell.page(words.positions_title, &Audience::You, &content)))
}

/// What a party said itself on an issue, newest last, each with where it was said.
fn stand(
    shell: &Shell,
    context: &Context,
    view: &View,
    issue: detente_mediation::IssueId,
    party: detente_mediation::PrincipalId,
) -> Markup {
    let words = shell.words();
    let said = view.rooms.iter().flat_map(|room| room.items.iter().map(move |i| (room, i)));
    let said = said.filter(|(_, item)| item.author.principal == party);
    let about: Vec<_> = said
        .filter_map(|(room, item)| {
            let said = item.said.as_ref()?;
            let names = said.about.contains(&issue) || said.package.contains_key(&issue);
            names.then_some((room, item, said))
        })
        .collect();
    html! {
        @if about.is_empty() { span.quiet { (words.nothing_said) } }
        @for (room, item, said) in about {
            p {
                bdi { (said.text) } " "
                a.meta href=(context.path(&format!("/rooms/{}#i{}", room.id, item.id))) { (shell.time(item.at)) }
            }
        }
    }
}
