//! A room: what was said in it, and saying something.

use super::{Audience, Shell, desk, show};
use crate::http::{Context, Fault, Form, Reply};
use crate::words::fill;
use detente_mediation::view::{ItemState, ItemView, RoomView, View, You};
use detente_mediation::{
    Ask, Attribution, AttributionLevel, Content, IssueId, ItemId, ItemKind, MemberId, Participant,
    Permission, PrincipalId, PrincipalKind, RoomId, Voice,
};
use maud::{Markup, html};

/// The room of the path, as this person sees it.
pub(super) fn find<'a>(context: &Context, view: &'a View) -> Result<&'a RoomView, Fault> {
    let id: RoomId = context.id("room")?;
    show::room(view, id).ok_or(Fault::NotThere)
}

/// What has this side told us, and what may we carry? / What is said in this room?
pub(crate) async fn page(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let you = view.you.as_ref().ok_or(Fault::NotThere)?;
    let room = find(&context, &view)?;
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let mediates = you.kind == PrincipalKind::Mediator;
    let title = if room.home {
        words.room_own
    } else if mediates {
        words.room_mediator
    } else {
        words.room_party
    };
    let may_write = if room.home { you.rights.draft } else { you.rights.speak };
    let content = html! {
        (desk::new_things(&shell, &context))
        p.quiet { (desk::room_name(words, room)) @if room.secret { " · " (words.secret_why) } }
        @if room.items.is_empty() { p { (words.room_empty) } }
        @for item in &room.items { (show_item(&shell, &context, &view, you, room, item)) }
        (also_here(&shell, &context, room))
        @if may_write { (say_form(&shell, &context, &view, room)) }
        (room_admin(&shell, &context, &view, you, room))
    };
    Ok(Reply::page(shell.page(title, &show::audience(room), &content)))
}

fn at(context: &Context, room: &RoomView, rest: &str) -> String {
    context.path(&format!("/rooms/{}{rest}", room.id))
}

fn show_item(
    shell: &Shell,
    context: &Context,
    view: &View,
    you: &You,
    room: &RoomView,
    item: &ItemView,
) -> Markup {
    let words = shell.words();
    let ours = item.author.principal == you.principal;
    let path = |rest: &str| at(context, room, &format!("/items/{}{rest}", item.id));
    html! {
        article.item .ours[ours] .unopened[item.state == ItemState::Unopened] id={ "i" (item.id) } {
            p.meta {
                b { (show::kind(words, item.kind)) } " · "
                (show::author(shell, &item.author)) " · "
                (shell.time(item.at))
            }
            @match (item.state, &item.said) {
                (ItemState::TakenBack, _) => p.words { i { (words.taken_back) } },
                (_, None) => {
                    p.words { i { (words.unopened_why) } }
                    form method="post" action=(path("/read")) {
                        (shell.fields()) button.quiet { (words.open_it) }
                    }
                },
                (_, Some(said)) => {
                    @if let Voice::Reported { source, .. } = &said.voice {
                        p.meta {
                            @match source {
                                Some(source) => (fill(words.reported_from, &[source])),
                                None => (words.reported_own),
                            }
                        }
                    }
                    div.words dir="auto" lang=[(!said.language.is_empty()).then_some(&said.language)] { (said.text) }
                    (show::package(view, &said.package))
                    ul.tags {
                        @for name in show::about(view, &said.about) { li { "§ " bdi { (name) } } }
                        li.tag { (show::attribution(words, said.attribution.level))
                            @if !said.attribution.wording.is_empty() { ": “" bdi { (said.attribution.wording) } "”" } }
                        li.tag .open[said.permission != Permission::DoNotConvey] { (show::permission(words, said.permission)) }
                        @for (reader, when) in &item.opened_by {
                            li { (fill(words.opened_by, &[show::principal(view, *reader)])) " " (shell.time(*when)) }
                        }
                        @for (to, _) in &item.conveyed_to {
                            @if let Some(to) = show::room(view, *to) { li { (fill(words.conveyed_to, &[&to.name])) } }
                        }
                    }
                    (item_actions(shell, you, ours, item, &path))
                },
            }
        }
    }
}

fn item_actions(
    shell: &Shell,
    you: &You,
    ours: bool,
    item: &ItemView,
    path: &dyn Fn(&str) -> String,
) -> Markup {
    let words = shell.words();
    let carries = you.kind == PrincipalKind::Mediator && you.rights.speak;
    html! {
        div.beside {
            @if carries { a href=(path("/convey")) { (words.carry) } }
            @if ours && item.author.member == you.member {
                @if item.opened_by.is_empty() {
                    form method="post" action=(path("/take-back")) {
                        (shell.fields()) button.link { (words.take_back) }
                    }
                }
                details {
                    summary { (words.change_permission) }
                    form method="post" action=(path("/permit")) {
                        (shell.fields())
                        (permission_fields(shell, "p", item.said.as_ref().map(|s| s.permission)))
                        button.quiet { (words.save) }
                    }
                }
            }
        }
    }
}

fn permission_fields(shell: &Shell, id: &str, chosen: Option<Permission>) -> Markup {
    let words = shell.words();
    let chosen = chosen.unwrap_or_default();
    html! {
        fieldset {
            legend { (words.may_be_carried) }
            @for (value, permission) in PERMISSIONS {
                label.in-line for={ (id) "-" (value) } {
                    input id={ (id) "-" (value) } type="radio" name="permission" value=(value)
                        checked[permission == chosen];
                    (show::permission(words, permission))
                }
            }
        }
    }
}

const PERMISSIONS: [(&str, Permission); 3] =
    [("no", Permission::DoNotConvey), ("own", Permission::AsOwn), ("yes", Permission::MayConvey)];

const LEVELS: [(&str, AttributionLevel); 4] = [
    ("off", AttributionLevel::OffTheRecord),
    ("deep", AttributionLevel::DeepBackground),
    ("background", AttributionLevel::Background),
    ("on", AttributionLevel::OnTheRecord),
];

const KINDS: [(&str, ItemKind); 4] = [
    ("message", ItemKind::Message),
    ("position", ItemKind::Position),
    ("proposal", ItemKind::Proposal),
    ("note", ItemKind::Note),
];

/// The value of a field among named ones; the first where it is none of them.
fn chosen<T: Copy>(form: &Form, field: &str, all: &[(&str, T)]) -> T {
    let found = form.get(field).and_then(|value| all.iter().find(|(name, _)| *name == value));
    found.unwrap_or(&all[0]).1
}

fn say_form(shell: &Shell, context: &Context, view: &View, room: &RoomView) -> Markup {
    let words = shell.words();
    let kinds = KINDS.map(|(value, kind)| (value, show::kind(words, kind)));
    let levels = LEVELS.map(|(value, level)| (value, show::attribution(words, level)));
    html! {
        form.wide method="post" action=(at(context, room, "/say")) {
            h2 { (words.say_here) }
            (shell.fields())
            label for="text" { (words.the_words) }
            textarea #text name="text" dir="auto" required maxlength="20000" {}
            (permission_fields(shell, "say", None))
            details {
                summary { (words.more_about_it) }
                label for="kind" { (words.kind_of_item) }
                (show::select("kind", &kinds, "message"))
                label for="level" { (words.attribution) }
                (show::select("level", &levels, "deep"))
                label for="wording" { (words.attribution_wording) }
                input #wording type="text" name="wording" dir="auto" maxlength="500";
                @if !view.issues.is_empty() {
                    fieldset {
                        legend { (words.about_issues) }
                        @for issue in &view.issues {
                            label.in-line for={ "about-" (issue.id) } {
                                input id={ "about-" (issue.id) } type="checkbox" name="about" value=(issue.id);
                                bdi { (issue.issue.name) }
                            }
                        }
                    }
                    fieldset {
                        legend { (words.package_of_proposal) }
                        (show::package_fields(shell, view, &Default::default()))
                    }
                }
            }
            button { (words.say_it) }
        }
    }
}

/// Texts, proposals and questions of this room.
fn also_here(shell: &Shell, context: &Context, room: &RoomView) -> Markup {
    let words = shell.words();
    html! {
        @if !room.ballots.is_empty() || !room.texts.is_empty() {
            h2 { (words.also_here) }
            ul.plain.rows {
                @for ballot in &room.ballots {
                    li { a href=(at(context, room, &format!("/proposals/{}", ballot.id))) { bdi { (ballot.proposal.title) } }
                        " " span.meta { (words.page_proposals) } }
                }
                @for text in &room.texts {
                    @if let Some(version) = text.versions.last() {
                        li { a href=(at(context, room, &format!("/texts/{}", text.id))) { bdi { (version.draft.title) } }
                            " " span.meta { (words.page_text) " · " (shell.time(version.at)) } }
                    }
                }
            }
        }
    }
}

fn room_admin(shell: &Shell, context: &Context, view: &View, you: &You, room: &RoomView) -> Markup {
    let words = shell.words();
    let inside = |id: PrincipalId| room.participants.iter().any(|p| p.principal == id);
    html! {
        @if you.kind == PrincipalKind::Mediator && you.rights.speak && !room.home {
            p { a.action.quiet href=(at(context, room, "/questions/new")) { (words.ask_question) } }
            details {
                summary { (words.change_room) }
                form.wide method="post" action=(at(context, room, "/admit")) {
                    (shell.fields())
                    label for="principal" { (words.let_in) }
                    select #principal name="principal" {
                        @for p in view.principals.iter().filter(|p| !inside(p.id)) {
                            option value=(p.id) { (p.name) }
                        }
                    }
                    button.quiet { (words.let_in_do) }
                }
            }
        }
        @if you.convenes && you.rights.lead {
            details {
                summary { (words.erase_room) }
                form.wide method="post" action=(at(context, room, "/erase")) {
                    (shell.fields())
                    p { (words.erase_why) }
                    label.in-line for="sure" {
                        input #sure type="checkbox" name="sure" value="yes" required; (words.erase_sure)
                    }
                    button.danger { (words.erase_room) }
                }
            }
        }
    }
}

/// Says something.
pub(crate) async fn say(context: Context) -> Result<Reply, Fault> {
    let form = &context.form;
    let package = show::read_package(form, "issue-");
    let kind = chosen(form, "kind", &KINDS);
    let content = Content {
        kind,
        text: form.text("text"),
        language: String::new(),
        about: form.ids::<IssueId>("about")?,
        package: if kind == ItemKind::Proposal { package } else { Default::default() },
        attribution: Attribution {
            level: chosen(form, "level", &LEVELS),
            wording: form.text("wording"),
        },
        permission: chosen(form, "permission", &PERMISSIONS),
    };
    in_room(&context, |room| Ask::Say { room, content }).await
}

/// Carries out something in the room of the path, and shows the room.
pub(super) async fn in_room(
    context: &Context,
    ask: impl FnOnce(RoomId) -> Ask,
) -> Result<Reply, Fault> {
    let room: RoomId = context.id("room")?;
    context.carry_out(ask(room)).await?;
    context.see(&format!("/rooms/{room}"))
}

/// Opens an item.
pub(crate) async fn read(context: Context) -> Result<Reply, Fault> {
    let item: ItemId = context.id("item")?;
    let room: RoomId = context.id("room")?;
    context.carry_out(Ask::Read { room, items: vec![item] }).await?;
    context.see(&format!("/rooms/{room}#i{item}"))
}

/// Takes an item back.
pub(crate) async fn take_back(context: Context) -> Result<Reply, Fault> {
    let item: ItemId = context.id("item")?;
    in_room(&context, |room| Ask::TakeBack { room, item }).await
}

/// Changes whether an item may be carried on.
pub(crate) async fn permit(context: Context) -> Result<Reply, Fault> {
    let item: ItemId = context.id("item")?;
    let permission = chosen(&context.form, "permission", &PERMISSIONS);
    in_room(&context, |room| Ask::Permit { room, item, permission }).await
}

/// Lets someone else in.
pub(crate) async fn admit(context: Context) -> Result<Reply, Fault> {
    let principal: PrincipalId = context.form.id("principal")?;
    let participant = Participant { principal, only: Vec::new() };
    in_room(&context, |room| Ask::Admit { room, participant }).await
}

/// Erases the room for good.
pub(crate) async fn erase(context: Context) -> Result<Reply, Fault> {
    if !context.form.has("sure") {
        let words = context.words();
        return Err(Fault::input(words.erase_unsure, words.erase_sure));
    }
    in_room(&context, |room| Ask::EraseRoom { room }).await
}

/// Who should be in a new room?
pub(crate) async fn new(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let you = view.you.as_ref().ok_or(Fault::NotThere)?;
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let ours = view.principals.iter().find(|p| p.id == you.principal);
    let content = html! {
        form.wide method="post" action=(context.path("/rooms/new")) {
            (shell.fields())
            label for="name" { (words.room_name) span.hint { (words.room_name_hint) } }
            input #name type="text" name="name" required maxlength="200" dir="auto";
            fieldset {
                legend { (words.who_is_in) }
                @for p in view.principals.iter().filter(|p| p.id != you.principal) {
                    label.in-line for={ "with-" (p.id) } {
                        input id={ "with-" (p.id) } type="checkbox" name="with" value=(p.id);
                        span { bdi { (p.name) } " " span.meta { (show::principal_kind(words, p.kind)) } }
                    }
                }
            }
            @if let Some(ours) = ours {
                fieldset {
                    legend { (words.which_of_ours) span.hint { (words.which_of_ours_hint) } }
                    @for person in &ours.people {
                        label.in-line for={ "only-" (person.id) } {
                            input id={ "only-" (person.id) } type="checkbox" name="only" value=(person.id);
                            bdi { (person.name) }
                        }
                    }
                }
            }
            label.in-line for="secret" {
                input #secret type="checkbox" name="secret" value="yes";
                span { (words.secret_room) " " span.hint { (words.secret_why) } }
            }
            button { (words.open_room) }
        }
    };
    Ok(Reply::page(shell.page(words.new_room_title, &Audience::You, &content)))
}

/// Opens a room.
pub(crate) async fn open(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let you = view.you.as_ref().ok_or(Fault::NotThere)?;
    let form = &context.form;
    let only = form.ids::<MemberId>("only")?;
    let ours = Participant { principal: you.principal, only };
    let others = form.ids::<PrincipalId>("with")?;
    let others = others.into_iter().map(|principal| Participant { principal, only: Vec::new() });
    let ask = Ask::OpenRoom {
        name: form.text("name"),
        participants: std::iter::once(ours).chain(others).collect(),
        secret: form.has("secret"),
    };
    context.carry_out(ask).await?;
    context.see("")
}
