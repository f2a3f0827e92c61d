//! The single negotiating text: reading it, what changed, remarks, drafting.

use super::{Audience, Shell, desk, room, show};
use crate::http::{Context, Fault, Reply};
use crate::words::{Language, fill};
use detente_mediation::text::{
    Change, Clause, Definition, Draft, Kind, Piece, Remark, TermFinding, Whole, check_terms,
    pieces, redline, to_html, to_plain,
};
use detente_mediation::view::{RoomView, TextView, VersionView, View, You};
use detente_mediation::{Ask, ClauseId, RoomId, TextId, VersionId};
use maud::{Markup, html};

/// The languages a clause can be written in; more come from the draft itself.
const WRITTEN: [&str; 3] = ["en", "ar", "he"];
/// Empty clauses at the end of the form.
const NEW_CLAUSES: usize = 3;

/// What does the text say now, and what changed?
pub(crate) async fn list(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let you = view.you.as_ref().ok_or(Fault::NotThere)?;
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let texts = view.rooms.iter().flat_map(|room| room.texts.iter().map(move |text| (room, text)));
    let texts: Vec<_> = texts.filter_map(|(r, t)| Some((r, t, t.versions.last()?))).collect();
    let content = html! {
        @if texts.is_empty() { p { (words.no_text) } }
        ul.plain.rows {
            @for (room, text, latest) in &texts {
                li {
                    a.main href=(path(&context, room.id, text.id, "")) { bdi { (latest.draft.title) } }
                    " " span.meta { (desk::room_name(words, room)) " · " (shell.time(latest.at)) }
                }
            }
        }
        @if you.kind == detente_mediation::PrincipalKind::Mediator && you.rights.draft {
            p { a.action href=(context.path("/text/new")) { (words.draft_text) } }
        }
    };
    Ok(Reply::page(shell.page(words.texts_title, &Audience::You, &content)))
}

fn path(context: &Context, room: RoomId, text: TextId, rest: &str) -> String {
    context.path(&format!("/rooms/{room}/texts/{text}{rest}"))
}

fn find<'a>(context: &Context, room: &'a RoomView) -> Result<&'a TextView, Fault> {
    let id: TextId = context.id("text")?;
    room.texts.iter().find(|text| text.id == id).ok_or(Fault::NotThere)
}

/// The version that a query field names; the latest if none.
fn version<'a>(
    context: &Context,
    text: &'a TextView,
    field: &str,
) -> Result<&'a VersionView, Fault> {
    match context.query.get(field) {
        Some(_) => {
            let id: VersionId = context.query.id(field)?;
            text.versions.iter().find(|v| v.id == id).ok_or(Fault::NotThere)
        }
        None => text.versions.last().ok_or(Fault::NotThere),
    }
}

/// What does this text say?
pub(crate) async fn page(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let you = view.you.as_ref().ok_or(Fault::NotThere)?;
    let room = room::find(&context, &view)?;
    let text = find(&context, room)?;
    let shown = version(&context, text, "version")?;
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let content = html! {
        (desk::new_things(&shell, &context))
        h2 { bdi { (shown.draft.title) } }
        p.meta { bdi { (shown.author.principal_name) } " · " (shell.time(shown.at)) }
        p { @if shown.draft.whole == Whole::Everything { (words.whole_everything) } @else { (words.whole_partial) } }
        @for (number, clause) in (1..).zip(&shown.draft.clauses) {
            section.clause id={ "c" (clause.id) } {
                (show_clause(&view, number, clause))
                (remarks(&shell, &context, you, room, text, shown, clause))
            }
        }
        (terms(&shell, text, &shown.draft))
        (versions(&shell, &context, room, text))
        p.beside {
            a href=(path(&context, room.id, text.id, &format!("/text.html?version={}", shown.id))) { (words.export_html) }
            a href=(path(&context, room.id, text.id, &format!("/text.txt?version={}", shown.id))) { (words.export_text) }
        }
        @if text.drafted_here && you.rights.draft {
            p { a.action.quiet href=(path(&context, room.id, text.id, "/edit")) { (words.new_version) } }
        }
        @if text.drafted_here && you.rights.speak { (circulate_form(&shell, &context, &view, room, text, shown)) }
    };
    Ok(Reply::page(shell.page(words.text_title, &show::audience(room), &content)))
}

/// A language by its own name, where that is known.
fn in_language(code: &str) -> Markup {
    html! { bdi lang=(code) { (Language::from_code(code).map_or(code, |known| known.name())) } }
}

/// A clause as it reads, its languages side by side.
pub(super) fn show_clause(view: &View, number: usize, clause: &Clause) -> Markup {
    html! {
        h3 { (number) ". " bdi { (clause.heading) } }
        div.languages-side {
            @for (language, words) in &clause.words {
                p lang=(language) dir="auto" { (bracketed(view, clause, words)) }
            }
        }
        @for reservation in &clause.reservations {
            p.meta { "† " bdi { (show::principal(view, reservation.by)) } ": " bdi { (reservation.words) } }
        }
    }
}

fn bracketed(view: &View, clause: &Clause, words: &str) -> Markup {
    // A stored clause has sound brackets; if not, its words as they are.
    let pieces = pieces(words).unwrap_or_else(|_| vec![Piece::Plain(words.to_owned())]);
    html! {
        @for piece in &pieces {
            @match piece {
                Piece::Plain(words) => (words),
                Piece::Bracketed { bracket, words, .. } => {
                    span.bracket { "[" (words) "]" }
                    @for by in clause.brackets.iter().filter(|b| b.bracket == *bracket) {
                        sup.meta {
                            @for (at, principal) in by.by.iter().enumerate() {
                                @if at > 0 { ", " } bdi { (show::principal(view, *principal)) }
                            }
                        }
                    }
                },
            }
        }
    }
}

fn remarks(
    shell: &Shell,
    context: &Context,
    you: &You,
    room: &RoomView,
    text: &TextView,
    shown: &VersionView,
    clause: &Clause,
) -> Markup {
    let words = shell.words();
    let all = room.remarks.iter().filter(|r| r.text == text.id && r.clause == clause.id);
    let kinds = [
        ("agree", words.could_agree),
        ("bracket", words.bracket_these),
        ("instead", words.say_instead),
        ("reserve", words.with_reservation),
    ];
    let key = clause.id.to_string();
    html! {
        @for remark in all {
            p.meta {
                bdi { (remark.author.principal_name) } " · " (shell.time(remark.at)) ": "
                @match &remark.remark {
                    Remark::CouldAgree => (words.could_agree),
                    Remark::Bracket { words: these, reason } => { (words.bracket_these) " “" bdi { (these) } "” " bdi { (reason) } },
                    Remark::Instead(instead) => { (words.say_instead) " “" bdi { (instead) } "”" },
                    Remark::Reserve(reservation) => { (words.with_reservation) " “" bdi { (reservation) } "”" },
                }
            }
        }
        @if !text.drafted_here && you.rights.speak {
            details {
                summary { (words.say_about_clause) }
                form.wide method="post" action=(path(context, room.id, text.id, "/remark")) {
                    (shell.fields())
                    input type="hidden" name="version" value=(shown.id);
                    input type="hidden" name="clause" value=(clause.id);
                    fieldset {
                        legend { (words.what_about_it) }
                        @for (value, name) in kinds {
                            label.in-line for={ (value) "-" (key) } {
                                input id={ (value) "-" (key) } type="radio" name="remark" value=(value) required; (name)
                            }
                        }
                    }
                    label for={ "w-" (key) } { (words.which_words) span.hint { (words.which_words_hint) } }
                    input id={ "w-" (key) } type="text" name="words" maxlength="5000" dir="auto";
                    button.quiet { (words.say_it) }
                }
            }
        }
    }
}

/// Says something about a clause.
pub(crate) async fn remark(context: Context) -> Result<Reply, Fault> {
    let form = &context.form;
    let given = form.text("words");
    let remark = match form.get("remark") {
        Some("agree") => Remark::CouldAgree,
        Some("bracket") => Remark::Bracket { words: given, reason: String::new() },
        Some("instead") => Remark::Instead(given),
        Some("reserve") => Remark::Reserve(given),
        _ => {
            return Err(Fault::input(context.words().no_answer_chosen, context.words().choose_one));
        }
    };
    let (room, text): (RoomId, TextId) = (context.id("room")?, context.id("text")?);
    let (version, clause) = (form.id("version")?, form.id::<ClauseId>("clause")?);
    context.carry_out(Ask::RemarkOn { room, text, version, clause, remark }).await?;
    Ok(Reply::see(&path(&context, room, text, &format!("#c{clause}"))))
}

fn terms(shell: &Shell, text: &TextView, draft: &Draft) -> Markup {
    let words = shell.words();
    let findings: Vec<_> = draft
        .languages()
        .into_iter()
        .flat_map(|language| check_terms(draft, language).into_iter().map(move |f| (language, f)))
        .collect();
    html! {
        @if !draft.definitions.is_empty() {
            h2 { (words.terms) }
            dl { @for definition in &draft.definitions {
                dt { b { (shell.names(&definition.term.values().cloned().collect::<Vec<_>>())) } }
                @for meaning in definition.meaning.values() { dd dir="auto" { (meaning) } }
            } }
        }
        @if text.drafted_here && !findings.is_empty() {
            div.note {
                @for (language, finding) in &findings {
                    p { (in_language(language)) ": " (match finding {
                        TermFinding::Unused(term) => fill(words.term_unused, &[term]),
                        TermFinding::Undefined(term) => fill(words.term_undefined, &[term]),
                        TermFinding::DefinedTwice(term) => fill(words.term_twice, &[term]),
                        TermFinding::Untranslated(term) => fill(words.term_untranslated, &[term]),
                    }) }
                }
            }
        }
    }
}

fn versions(shell: &Shell, context: &Context, room: &RoomView, text: &TextView) -> Markup {
    let words = shell.words();
    let choices = |name: &'static str, chosen: Option<&VersionView>| {
        html! {
            select id=(name) name=(name) {
                @for version in &text.versions {
                    option value=(version.id) selected[chosen.is_some_and(|c| c.id == version.id)] { (shell.say_time(version.at)) }
                }
            }
        }
    };
    let count = text.versions.len();
    html! {
        @if count > 1 {
            h2 { (words.what_changed) }
            form method="get" action=(path(context, room.id, text.id, "/redline")) {
                div.beside {
                    label for="from" { (words.from_version) } (choices("from", text.versions.get(count - 2)))
                    label for="to" { (words.to_version) } (choices("to", text.versions.last()))
                    button.quiet { (words.compare) }
                }
            }
        }
    }
}

/// What changed between two versions?
pub(crate) async fn compare(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let room = room::find(&context, &view)?;
    let text = find(&context, room)?;
    let (from, to) = (version(&context, text, "from")?, version(&context, text, "to")?);
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let content = html! {
        p.meta { (shell.time(from.at)) " → " (shell.time(to.at)) }
        p.quiet { (words.redline_how) }
        @for language in to.draft.languages() {
            h2 { (in_language(language)) }
            @for change in redline(&from.draft, &to.draft, language) {
                section.clause {
                    h3 { (changes(&change.heading)) @if change.moved { " " span.tag { (words.moved) } } }
                    p lang=(language) dir="auto" { (changes(&change.words)) }
                }
            }
        }
        p { a href=(path(&context, room.id, text.id, "")) { (words.back_to_text) } }
    };
    Ok(Reply::page(shell.page(words.redline_title, &show::audience(room), &content)))
}

fn changes(changes: &[Change]) -> Markup {
    html! {
        @for change in changes {
            @match change.kind {
                Kind::Same => (change.words),
                Kind::Added => ins { (change.words) },
                Kind::Removed => del { (change.words) },
            }
        }
    }
}

fn circulate_form(
    shell: &Shell,
    context: &Context,
    view: &View,
    room: &RoomView,
    text: &TextView,
    shown: &VersionView,
) -> Markup {
    let words = shell.words();
    html! {
        h2 { (words.circulate) }
        form.wide method="post" action=(path(context, room.id, text.id, "/circulate")) {
            (shell.fields())
            input type="hidden" name="version" value=(shown.id);
            p { (words.circulate_why) }
            fieldset {
                legend { (words.to_which_rooms) }
                @for other in view.rooms.iter().filter(|r| r.id != room.id) {
                    label.in-line for={ "to-" (other.id) } {
                        input id={ "to-" (other.id) } type="checkbox" name="to" value=(other.id);
                        span { (desk::room_name(words, other)) }
                    }
                }
            }
            button { (words.circulate_this) }
        }
    }
}

/// Puts a version to other rooms.
pub(crate) async fn circulate(context: Context) -> Result<Reply, Fault> {
    let (room, text): (RoomId, TextId) = (context.id("room")?, context.id("text")?);
    let version = context.form.id("version")?;
    let to = context.form.ids("to")?;
    context.carry_out(Ask::Circulate { room, text, version, to }).await?;
    Ok(Reply::see(&path(&context, room, text, "")))
}

/// What should the text say?
pub(crate) async fn new(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let shell = Shell::inside(&context, &view);
    let form = draft_form(&shell, &context, &Draft::default(), &context.path("/text/new"))?;
    Ok(Reply::page(shell.page(shell.words().edit_title, &Audience::You, &form)))
}

/// The same, from the latest version.
pub(crate) async fn edit(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let room = room::find(&context, &view)?;
    let text = find(&context, room)?;
    let latest = text.versions.last().ok_or(Fault::NotThere)?;
    let shell = Shell::inside(&context, &view);
    let action = path(&context, room.id, text.id, "/edit");
    let form = draft_form(&shell, &context, &latest.draft, &action)?;
    Ok(Reply::page(shell.page(shell.words().edit_title, &show::audience(room), &form)))
}

fn draft_form(
    shell: &Shell,
    context: &Context,
    draft: &Draft,
    action: &str,
) -> Result<Markup, Fault> {
    let words = shell.words();
    let mut clauses: Vec<_> = draft.clauses.iter().map(|c| (c.id, Some(c))).collect();
    let fresh = context.app.desk.fresh().map_err(crate::live::Failure::from)?;
    clauses.extend((0..NEW_CLAUSES as u64).map(|at| (ClauseId::fresh(&fresh, at), None)));
    let register: Vec<_> = draft
        .definitions
        .iter()
        .filter_map(|d| {
            Some(format!("{} = {}", d.term.values().next()?, d.meaning.values().next()?))
        })
        .collect();
    Ok(html! {
        form method="post" action=(action) {
            (shell.fields())
            label for="title" { (words.text_name) }
            input #title type="text" name="title" required maxlength="300" dir="auto" value=(draft.title);
            label.in-line for="partial" { input #partial type="checkbox" name="partial" value="yes" checked[draft.whole == Whole::Partial]; (words.whole_partial) }
            p.hint { (words.brackets_hint) }
            @for (number, (id, clause)) in (1..).zip(&clauses) {
                fieldset.clause {
                    legend { (fill(words.clause_number, &[&number.to_string()])) }
                    input type="hidden" name="clause" value=(id);
                    label for={ "h-" (id) } { (words.heading) }
                    input id={ "h-" (id) } type="text" name={ "heading-" (id) } maxlength="300" dir="auto" value=(clause.map_or("", |c| c.heading.as_str()));
                    div.languages-side {
                        @for language in WRITTEN {
                            div {
                                label for={ (language) "-" (id) } { (in_language(language)) }
                                textarea id={ (language) "-" (id) } name={ (language) "-" (id) } lang=(language) dir="auto" {
                                    (clause.and_then(|c| c.words.get(language)).map_or("", String::as_str))
                                }
                            }
                        }
                    }
                }
            }
            label for="register" { (words.terms) span.hint { (words.terms_hint) } }
            textarea #register name="register" dir="auto" { (register.join("\n")) }
            button { (words.keep_version) }
        }
    })
}

/// The draft that the form describes; what it does not show stays as it was.
fn read_draft(context: &Context, before: Option<&Draft>) -> Result<Draft, Fault> {
    let form = &context.form;
    let mut clauses = Vec::new();
    for id in form.ids::<ClauseId>("clause")? {
        let old = before.and_then(|draft| draft.clauses.iter().find(|c| c.id == id));
        let heading = form.text(&format!("heading-{id}"));
        let mut words = old.map(|c| c.words.clone()).unwrap_or_default();
        for language in WRITTEN {
            let written = form.text(&format!("{language}-{id}"));
            if written.trim().is_empty() {
                words.remove(language);
            } else {
                words.insert(language.to_owned(), written);
            }
        }
        if words.is_empty() && heading.is_empty() {
            continue;
        }
        clauses.push(Clause {
            id,
            heading,
            words,
            settles: old.map(|c| c.settles.clone()).unwrap_or_default(),
            brackets: old.map(|c| c.brackets.clone()).unwrap_or_default(),
            reservations: old.map(|c| c.reservations.clone()).unwrap_or_default(),
        });
    }
    let language = context.language.code().to_owned();
    let register = form.text("register");
    let definitions =
        register.lines().filter_map(|line| line.split_once('=')).map(|(term, meaning)| {
            let one = |words: &str| [(language.clone(), words.trim().to_owned())].into();
            Definition { term: one(term), meaning: one(meaning) }
        });
    Ok(Draft {
        title: form.text("title"),
        whole: if form.has("partial") { Whole::Partial } else { Whole::Everything },
        clauses,
        definitions: definitions.collect(),
    })
}

/// Keeps a new text.
pub(crate) async fn create(context: Context) -> Result<Reply, Fault> {
    let room = context.view()?.you.and_then(|you| you.home).ok_or(Fault::NotThere)?;
    let draft = read_draft(&context, None)?;
    context.carry_out(Ask::DraftText { room, text: None, draft }).await?;
    context.see("/text")
}

/// Keeps a new version.
pub(crate) async fn keep(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let room = room::find(&context, &view)?;
    let text = find(&context, room)?;
    let draft = read_draft(&context, text.versions.last().map(|v| &v.draft))?;
    context.carry_out(Ask::DraftText { room: room.id, text: Some(text.id), draft }).await?;
    Ok(Reply::see(&path(&context, room.id, text.id, "")))
}

/// The text as a page of its own, to take along.
pub(crate) async fn export_html(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let text = find(&context, room::find(&context, &view)?)?;
    let draft = &version(&context, text, "version")?.draft;
    Ok(Reply::file("text/html; charset=utf-8", "text.html", to_html(draft)))
}

/// The text as plain text, every language after the other.
pub(crate) async fn export_plain(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let text = find(&context, room::find(&context, &view)?)?;
    let draft = &version(&context, text, "version")?.draft;
    let all: Vec<_> = draft.languages().iter().map(|language| to_plain(draft, language)).collect();
    Ok(Reply::file("text/plain; charset=utf-8", "text.txt", all.join("\n\n")))
}
