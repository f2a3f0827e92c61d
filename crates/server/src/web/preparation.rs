//! A delegation's own mind: what it wants, and whom it tells.

use super::{Shell, desk, show};
use crate::http::{Context, Fault, Reply};
use detente_mediation::preparation::{RedLine, Statement};
use detente_mediation::view::{IssueView, PreparationView, RoomView, View, You};
use detente_mediation::{Ask, IssueId, Package, RoomId};
use maud::{Markup, html};

/// The room that is one's own, where nobody else looks.
fn own_room<'a>(view: &'a View, you: &You) -> Result<&'a RoomView, Fault> {
    view.rooms.iter().find(|room| Some(room.id) == you.home).ok_or(Fault::NotThere)
}

pub(super) fn said<'a>(room: &'a RoomView, you: &You) -> Option<&'a PreparationView> {
    room.preparation.iter().find(|p| p.party == you.principal)
}

/// The place of something in groups, counted from 1.
fn place<T: PartialEq>(groups: &[Vec<T>], what: &T) -> Option<usize> {
    groups.iter().position(|group| group.contains(what)).map(|at| at + 1)
}

/// What do we want?
pub(crate) async fn page(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let you = view.you.as_ref().ok_or(Fault::NotThere)?;
    let room = own_room(&view, you)?;
    let said = said(room, you);
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let content = html! {
        @if context.query.has("saved") { p.note role="status" { (words.saved) } }
        p { (words.preparation_why) }
        @if view.issues.is_empty() { p { (words.no_issues) } }
        @else {
            h2 { (words.rank_issues) }
            (issue_ranking(&shell, &context, &view, said))
            h2 { (words.rank_options) }
            @for issue in &view.issues { (option_ranking(&shell, &context, issue, said)) }
            h2 { (words.red_lines) }
            (red_lines(&shell, &context, &view, said))
            @if let Some(said) = said { (tell_form(&shell, &context, &view, you, said)) }
        }
    };
    Ok(Reply::page(shell.page(words.preparation_title, &show::audience(room), &content)))
}

/// A list to put in order: by dragging, by Alt and arrow keys, or by numbers.
fn ranking(shell: &Shell, action: &str, rows: &[(String, String, usize)]) -> Markup {
    let words = shell.words();
    let mut rows: Vec<_> = rows.iter().collect();
    rows.sort_by_key(|(_, _, place)| *place);
    html! {
        form.wide method="post" action=(action) {
            (shell.fields())
            p.hint { (words.rank_hint) }
            ol.plain.sort data-sortable {
                @for (key, name, place) in rows {
                    li {
                        input id={ "p-" (key) } type="number" name={ "place-" (key) } min="1" max="200" value=(place) required;
                        label for={ "p-" (key) } { bdi { (name) } }
                    }
                }
            }
            button.quiet { (words.save) }
        }
    }
}

fn issue_ranking(
    shell: &Shell,
    context: &Context,
    view: &View,
    said: Option<&PreparationView>,
) -> Markup {
    let rows: Vec<_> = (1..)
        .zip(&view.issues)
        .map(|(at, issue)| {
            let now = said.and_then(|s| place(&s.issues, &issue.id)).unwrap_or(at);
            (issue.id.to_string(), issue.issue.name.clone(), now)
        })
        .collect();
    ranking(shell, &context.path("/preparation/issues"), &rows)
}

fn option_ranking(
    shell: &Shell,
    context: &Context,
    issue: &IssueView,
    said: Option<&PreparationView>,
) -> Markup {
    let options = show::options(issue);
    let groups = said.and_then(|s| s.options.get(&issue.id));
    let rows: Vec<_> = options
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let now = groups.and_then(|g| place(g, &(at as u64))).unwrap_or(at + 1);
            (format!("{}-{at}", issue.id), name.clone(), now)
        })
        .collect();
    html! {
        @if !rows.is_empty() {
            details open[groups.is_some()] {
                summary { bdi { (issue.issue.name) } }
                (ranking(shell, &context.path(&format!("/preparation/options/{}", issue.id)), &rows))
            }
        }
    }
}

fn red_lines(
    shell: &Shell,
    context: &Context,
    view: &View,
    said: Option<&PreparationView>,
) -> Markup {
    let words = shell.words();
    let lines = said.map(|s| s.red_lines.as_slice()).unwrap_or_default();
    html! {
        p { (words.red_lines_why) }
        @if lines.is_empty() { p.quiet { (words.no_red_lines) } }
        ul.plain.rows {
            @for (at, line) in lines.iter().enumerate() {
                li {
                    (show::package(view, &line.package))
                    @if !line.reason.is_empty() { p.meta { bdi { (line.reason) } } }
                    form method="post" action=(context.path("/preparation/red-lines")) {
                        (shell.fields())
                        input type="hidden" name="without" value=(at);
                        button.link { (words.take_away) }
                    }
                }
            }
        }
        details {
            summary { (words.add_red_line) }
            form.wide method="post" action=(context.path("/preparation/red-lines")) {
                (shell.fields())
                (show::package_fields(shell, view, &Package::new()))
                label for="reason" { (words.red_line_reason) }
                input #reason type="text" name="reason" maxlength="500" dir="auto";
                button.quiet { (words.add) }
            }
        }
    }
}

/// Things by the places given to them, equal places together.
fn groups<T: Copy>(places: Vec<(u32, T)>) -> Vec<Vec<T>> {
    let mut by_place = std::collections::BTreeMap::<u32, Vec<T>>::new();
    for (place, what) in places {
        by_place.entry(place).or_default().push(what);
    }
    by_place.into_values().collect()
}

fn places(context: &Context) -> impl Iterator<Item = Result<(u32, &str), Fault>> {
    let words = context.words();
    let fields = context.form.0.iter();
    fields.filter_map(move |(name, value)| {
        let key = name.strip_prefix("place-")?;
        let place = value.trim().parse();
        Some(
            place
                .map(|p| (p, key))
                .map_err(|_| Fault::input(words.place_no_number, words.whole_number)),
        )
    })
}

async fn prepare(context: &Context, room: RoomId, statement: Statement) -> Result<Reply, Fault> {
    context.carry_out(Ask::Prepare { room, statement }).await?;
    context.see("/preparation?saved=yes")
}

fn home(context: &Context) -> Result<RoomId, Fault> {
    context.view()?.you.and_then(|you| you.home).ok_or(Fault::NotThere)
}

/// Keeps the order of issues.
pub(crate) async fn issues(context: Context) -> Result<Reply, Fault> {
    let mut ranked: Vec<(u32, IssueId)> = Vec::new();
    for field in places(&context) {
        let (place, key) = field?;
        ranked.push((place, key.parse().map_err(|_| Fault::NotThere)?));
    }
    prepare(&context, home(&context)?, Statement::RankIssues(groups(ranked))).await
}

/// Keeps the order of an issue's options.
pub(crate) async fn options(context: Context) -> Result<Reply, Fault> {
    let issue: IssueId = context.id("issue")?;
    let mut ranked: Vec<(u32, u64)> = Vec::new();
    for field in places(&context) {
        let (place, key) = field?;
        let option = key.rsplit('-').next().and_then(|at| at.parse().ok());
        ranked.push((place, option.ok_or(Fault::NotThere)?));
    }
    let groups = groups(ranked);
    prepare(&context, home(&context)?, Statement::RankOptions { issue, groups }).await
}

/// Adds a red line, or takes one away.
pub(crate) async fn change_red_lines(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let you = view.you.as_ref().ok_or(Fault::NotThere)?;
    let room = own_room(&view, you)?;
    let mut lines = said(room, you).map(|s| s.red_lines.clone()).unwrap_or_default();
    match context.form.get("without").map(str::parse::<usize>) {
        Some(Ok(at)) if at < lines.len() => {
            lines.remove(at);
        }
        Some(_) => return Err(Fault::NotThere),
        None => lines.push(RedLine {
            package: show::read_package(&context.form, "issue-"),
            reason: context.form.text("reason"),
        }),
    }
    prepare(&context, room.id, Statement::RedLines(lines)).await
}

/// The rooms with others in which something of this may be told.
fn tell_form(
    shell: &Shell,
    context: &Context,
    view: &View,
    you: &You,
    ours: &PreparationView,
) -> Markup {
    let words = shell.words();
    let shared: Vec<_> = view.rooms.iter().filter(|room| !room.home).collect();
    html! {
        @if you.rights.speak && !shared.is_empty() {
            h2 { (words.tell_title) }
            p { (words.tell_why) }
            form.wide method="post" action=(context.path("/preparation/tell")) {
                (shell.fields())
                label for="room" { (words.tell_where) }
                select #room name="room" {
                    @for room in &shared { option value=(room.id) { (desk::room_name(words, room)) } }
                }
                fieldset {
                    legend { (words.tell_what) }
                    @if !ours.issues.is_empty() { (tick(words.rank_issues, "issues", "yes")) }
                    @for issue in view.issues.iter().filter(|i| ours.options.contains_key(&i.id)) {
                        (tick(&issue.issue.name, "options", &issue.id.to_string()))
                    }
                    @if !ours.red_lines.is_empty() { (tick(words.red_lines, "lines", "yes")) }
                }
                button.quiet { (words.tell_them) }
            }
            @for room in &shared {
                @if let Some(told) = said(room, you) {
                    p.meta { (desk::room_name(words, room)) ": " (told_there(shell, view, told)) }
                }
            }
        }
    }
}

fn tick(name: &str, field: &str, value: &str) -> Markup {
    let id = format!("tell-{field}-{value}");
    html! {
        label.in-line for=(id) { input id=(id) type="checkbox" name=(field) value=(value); bdi { (name) } }
    }
}

fn told_there(shell: &Shell, view: &View, told: &PreparationView) -> Markup {
    let words = shell.words();
    let mut names: Vec<String> = Vec::new();
    if !told.issues.is_empty() {
        names.push(words.rank_issues.to_owned());
    }
    let ranked = view.issues.iter().filter(|issue| told.options.contains_key(&issue.id));
    names.extend(ranked.map(|issue| issue.issue.name.clone()));
    if !told.red_lines.is_empty() {
        names.push(words.red_lines.to_owned());
    }
    html! { (words.told_already) " " (shell.names(&names)) }
}

/// Tells a room what one's own side has ranked for itself.
pub(crate) async fn tell(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let you = view.you.as_ref().ok_or(Fault::NotThere)?;
    let ours = said(own_room(&view, you)?, you).ok_or(Fault::NotThere)?;
    let room: RoomId = context.form.id("room")?;
    let mut statements = Vec::new();
    if context.form.has("issues") {
        statements.push(Statement::RankIssues(ours.issues.clone()));
    }
    for issue in context.form.ids("options")? {
        let groups = ours.options.get(&issue).cloned().ok_or(Fault::NotThere)?;
        statements.push(Statement::RankOptions { issue, groups });
    }
    if context.form.has("lines") {
        statements.push(Statement::RedLines(ours.red_lines.clone()));
    }
    if statements.is_empty() {
        return Err(Fault::input(context.words().tell_what, context.words().choose_one));
    }
    for (part, statement) in statements.into_iter().enumerate() {
        context.carry_out_part(part, Ask::Prepare { room, statement }).await?;
    }
    context.see("/preparation?saved=yes")
}
