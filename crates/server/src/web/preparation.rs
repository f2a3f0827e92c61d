//! A delegation's own mind: what it wants, and what it would rather have.

use super::{Shell, desk, room, show};
use crate::http::{Context, Fault, Reply};
use crate::words::fill;
use detente_mediation::preparation::{Alternative, Choice, Question, RedLine, Statement};
use detente_mediation::view::{IssueView, PreparationView, QuestionView, RoomView, View, You};
use detente_mediation::{Ask, IssueId, Package, QuestionId, RoomId};
use maud::{Markup, html};

/// The room that is one's own, where nobody else looks.
fn own_room<'a>(view: &'a View, you: &You) -> Result<&'a RoomView, Fault> {
    view.rooms.iter().find(|room| Some(room.id) == you.home).ok_or(Fault::NotThere)
}

fn said<'a>(room: &'a RoomView, you: &You) -> Option<&'a PreparationView> {
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

/// What would we rather have?
pub(crate) async fn questions(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let you = view.you.as_ref().ok_or(Fault::NotThere)?;
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let asked: Vec<_> = view
        .rooms
        .iter()
        .flat_map(|room| room.questions.iter().map(move |question| (room, question)))
        .filter(|(_, question)| question.to == you.principal)
        .collect();
    let open = asked.iter().find(|(room, question)| answer_to(room, question, you).is_none());
    let content = html! {
        @match open {
            Some((room, question)) => (ask(&shell, &context, &view, room, question)),
            None => p { (words.no_questions) },
        }
        @if asked.iter().any(|(room, question)| answer_to(room, question, you).is_some()) {
            h2 { (words.answered) }
            ul.plain.rows {
                @for (room, question) in &asked {
                    @if let Some(answer) = answer_to(room, question, you) {
                        li {
                            (alternative(&shell, &view, &question.question.first))
                            (alternative(&shell, &view, &question.question.second))
                            b { (choice(&shell, answer)) }
                        }
                    }
                }
            }
        }
    };
    let audience = open.map_or(super::Audience::You, |(room, _)| show::audience(room));
    Ok(Reply::page(shell.page(words.questions_title, &audience, &content)))
}

fn answer_to(room: &RoomView, question: &QuestionView, you: &You) -> Option<Choice> {
    let ours = said(room, you)?;
    ours.answers.iter().find(|(id, _)| *id == question.id).map(|(_, choice)| *choice)
}

fn choice(shell: &Shell, choice: Choice) -> &'static str {
    let words = shell.words();
    match choice {
        Choice::First => "A",
        Choice::Second => "B",
        Choice::Same => words.same_to_us,
        Choice::WontAnswer => words.wont_answer,
    }
}

fn alternative(shell: &Shell, view: &View, alternative: &Alternative) -> Markup {
    match alternative {
        Alternative::Package(package) => show::package(view, package),
        Alternative::NoDeal => html! { p { (shell.words().no_deal) } },
    }
}

fn ask(
    shell: &Shell,
    context: &Context,
    view: &View,
    room: &RoomView,
    question: &QuestionView,
) -> Markup {
    let words = shell.words();
    let path = context.path(&format!("/rooms/{}/questions/{}", room.id, question.id));
    let Question { first, second, .. } = &question.question;
    html! {
        p.quiet { (desk::room_name(words, room)) " · " (words.everything_else_same) }
        form method="post" action=(path) {
            (shell.fields())
            div.two {
                div.choice { h3 { "A" } (alternative(shell, view, first)) button name="choice" value="a" { (fill(words.rather, &["A"])) } }
                div.choice { h3 { "B" } (alternative(shell, view, second)) button name="choice" value="b" { (fill(words.rather, &["B"])) } }
            }
            div.beside {
                button.quiet name="choice" value="same" { (words.same_to_us) }
                button.quiet name="choice" value="none" { (words.wont_answer) }
            }
        }
    }
}

/// Keeps an answer.
pub(crate) async fn answer(context: Context) -> Result<Reply, Fault> {
    let room: RoomId = context.id("room")?;
    let question: QuestionId = context.id("question")?;
    let answer = match context.form.get("choice") {
        Some("a") => Choice::First,
        Some("b") => Choice::Second,
        Some("same") => Choice::Same,
        Some("none") => Choice::WontAnswer,
        _ => {
            return Err(Fault::input(context.words().no_answer_chosen, context.words().choose_one));
        }
    };
    context
        .carry_out(Ask::Prepare { room, statement: Statement::Answer { question, answer } })
        .await?;
    context.see("/questions")
}

/// What should we ask this side?
pub(crate) async fn new_question(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let asked_in = room::find(&context, &view)?;
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let content = html! {
        p { (words.new_question_why) }
        form.wide method="post" {
            (shell.fields())
            label for="to" { (words.to_whom) }
            select #to name="to" {
                @for p in &asked_in.participants { option value=(p.principal) { (p.name) } }
            }
            div.two {
                @for (letter, prefix) in [("A", "a-"), ("B", "b-")] {
                    fieldset.choice {
                        legend { (letter) }
                        @for issue in &view.issues {
                            label for={ (prefix) (issue.id) } { bdi { (issue.issue.name) } }
                            select id={ (prefix) (issue.id) } name={ (prefix) (issue.id) } {
                                option value="" { (words.left_open) }
                                @for (at, option) in show::options(issue).iter().enumerate() { option value=(at) { (option) } }
                            }
                        }
                    }
                }
            }
            p.hint { (words.empty_is_no_deal) }
            button { (words.put_question) }
        }
    };
    Ok(Reply::page(shell.page(words.new_question_title, &show::audience(asked_in), &content)))
}

/// Puts a question.
pub(crate) async fn put_question(context: Context) -> Result<Reply, Fault> {
    let form = &context.form;
    let side = |prefix: &str| {
        let package = show::read_package(form, prefix);
        if package.is_empty() { Alternative::NoDeal } else { Alternative::Package(package) }
    };
    let question = Question { first: side("a-"), second: side("b-"), grounds: Default::default() };
    let to = form.id("to")?;
    room::in_room(&context, |room| Ask::PutQuestion { room, to, question }).await
}
