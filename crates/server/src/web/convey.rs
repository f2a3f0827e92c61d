//! Carrying an item to other rooms: first look, then send.

use super::{Audience, Shell, room, show, workbench};
use crate::http::{Context, Fault, Reply};
use crate::words::{Words, fill};
use detente_mediation::view::{RoomView, View};
use detente_mediation::{
    Ask, Conveyance, ItemId, Package, Permission, Preview, RoomId, Voice, Who,
};
use maud::{Markup, html};

/// What exactly will they read, and what does it give away?
pub(crate) async fn page(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let from = room::find(&context, &view)?;
    let id: ItemId = context.id("item")?;
    let item = from.items.iter().find(|item| item.id == id).ok_or(Fault::NotThere)?;
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let said = item.said.as_ref();
    let looked = match said {
        Some(said) if context.query.has("to") => {
            look(&context, &shell, &view, from.id, id, said.package.clone()).await?
        }
        _ => html! {},
    };
    let content = html! {
        @match said {
            None => p { (words.open_first) },
            Some(said) => {
                article.item {
                    p.meta { (show::author(&shell, &item.author)) }
                    div.words dir="auto" { (said.text) }
                    ul.tags {
                        li.tag { (show::attribution(words, said.attribution.level)) }
                        li.tag .open[said.permission != Permission::DoNotConvey] { (show::permission(words, said.permission)) }
                    }
                }
                (choose(&shell, &context, &view, from))
                (looked)
            }
        }
    };
    Ok(Reply::page(shell.page(words.convey_title, &Audience::You, &content)))
}

fn choose(shell: &Shell, context: &Context, view: &View, from: &RoomView) -> Markup {
    let words = shell.words();
    let query = &context.query;
    html! {
        form.wide method="get" {
            fieldset {
                legend { (words.to_which_rooms) }
                @for room in view.rooms.iter().filter(|r| r.id != from.id) {
                    label.in-line for={ "to-" (room.id) } {
                        input id={ "to-" (room.id) } type="checkbox" name="to" value=(room.id)
                            checked[query.all("to").any(|id| id == room.id.to_string())];
                        span { (super::desk::room_name(words, room)) }
                    }
                }
            }
            label.in-line for="own" {
                input #own type="checkbox" name="own" value="yes" checked[query.has("own")];
                (words.as_own)
            }
            label for="reworded" { (words.in_these_words) span.hint { (words.in_these_words_hint) } }
            textarea #reworded name="reworded" dir="auto" maxlength="20000" { (query.text("reworded")) }
            button .quiet[query.has("to")] { (words.look_first) }
        }
    }
}

/// How the item would be carried, as the fields say.
fn ask(form: &crate::http::Form, room: RoomId, item: ItemId) -> Result<Ask, Fault> {
    let reworded = form.text("reworded");
    let how = Conveyance {
        as_own: form.has("own"),
        reworded: (!reworded.trim().is_empty()).then_some(reworded),
    };
    Ok(Ask::Convey { room, item, to: form.ids("to")?, how })
}

async fn look(
    context: &Context,
    shell: &Shell,
    view: &View,
    room: RoomId,
    item: ItemId,
    package: Package,
) -> Result<Markup, Fault> {
    let words = shell.words();
    let seat = context.seat()?;
    let ask = ask(&context.query, room, item)?;
    let previews = match context.app.desk.preview(&seat.live, Who::Member(seat.member), ask) {
        Ok(previews) => previews,
        Err(failure) => {
            let (_, why) = super::trouble::said(shell, &failure.into());
            return Ok(html! { div.trouble role="alert" { p { (why) } } });
        }
    };
    let readers = previews.iter().map(|p| p.audience).collect();
    let told = workbench::gives_away(context, shell, view, package, readers).await?;
    let query = &context.query;
    Ok(html! {
        h2 { (words.what_each_receives) }
        (receipts(shell, view, &previews))
        (told)
        form.wide method="post" {
            (shell.fields())
            @for to in query.all("to") { input type="hidden" name="to" value=(to); }
            @if query.has("own") { input type="hidden" name="own" value="yes"; }
            input type="hidden" name="reworded" value=(query.text("reworded"));
            button { (fill(words.send_to, &[&audience_names(view, &previews)])) }
            p.hint { (words.taking_back_works) }
        }
    })
}

fn audience_names(view: &View, previews: &[Preview]) -> String {
    let names: Vec<_> = previews.iter().map(|p| show::principal(view, p.audience)).collect();
    names.join(", ")
}

/// What each audience receives: as it will read, and byte for byte.
pub(super) fn receipts(shell: &Shell, view: &View, previews: &[Preview]) -> Markup {
    let words = shell.words();
    html! {
        @if previews.is_empty() { p { (words.nobody_receives) } }
        @for preview in previews {
            @let bytes = preview.bytes();
            section {
                h3 { bdi { (show::principal(view, preview.audience)) } }
                @for gain in &preview.gains {
                    @for item in &gain.items {
                        div.exact {
                            @if let Some(said) = &item.said {
                                p.meta { (voice(words, &said.voice)) }
                                div.words dir="auto" { (said.text) }
                                (show::package(view, &said.package))
                            }
                        }
                    }
                    @for ballot in &gain.ballots {
                        div.exact {
                            p { b { bdi { (ballot.proposal.title) } } }
                            div.words dir="auto" { (ballot.proposal.words) }
                            (show::package(view, &ballot.proposal.package))
                        }
                    }
                    @for text in &gain.texts {
                        @for version in &text.versions {
                            div.exact {
                                p { b { bdi { (version.draft.title) } } }
                                @for (number, clause) in (1..).zip(&version.draft.clauses) { (super::text::show_clause(view, number, clause)) }
                            }
                        }
                    }
                    @if gain.items.is_empty() && gain.ballots.is_empty() && gain.texts.is_empty() {
                        p.quiet { (words.receives_notice) }
                    }
                }
                details {
                    summary { (words.exact_bytes) " (" (shell.language.plurals().bytes.say(bytes.len())) ")" }
                    div.exact { pre { (String::from_utf8_lossy(&bytes)) } }
                }
            }
        }
        p.quiet { (words.gives_away) }
    }
}

fn voice(words: &Words, voice: &Voice) -> String {
    match voice {
        Voice::Own => words.reported_own.to_owned(),
        Voice::Reported { source: Some(source), .. } => fill(words.reported_from, &[source]),
        Voice::Reported { source: None, .. } => words.reported_own.to_owned(),
    }
}

/// Sends it.
pub(crate) async fn send(context: Context) -> Result<Reply, Fault> {
    let item: ItemId = context.id("item")?;
    let room: RoomId = context.id("room")?;
    let ask = ask(&context.form, room, item)?;
    context.carry_out(ask).await?;
    context.see(&format!("/rooms/{room}#i{item}"))
}
