//! "A or B?": what a side would rather have.

use super::workbench::think;
use super::{Audience, Shell, desk, preparation, room, show};
use crate::http::{Context, Fault, Reply};
use crate::words::fill;
use detente_mediation::preparation::{Alternative, Choice, Grounds, Question, Statement};
use detente_mediation::view::{PrincipalView, QuestionView, RoomView, View, You};
use detente_mediation::workbench::{JointQuestion, joint_question};
use detente_mediation::{
    Ask, NextQuestion, PrincipalId, PrincipalKind, QuestionId, RoomId, next_question,
};
use detente_report::svg::canvas::isolated;
use maud::{Markup, html};

/// What would we rather have?
pub(crate) async fn page(context: Context) -> Result<Reply, Fault> {
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
        @if context.query.has("enough") { p.note role="status" { (words.no_more_questions) } }
        @match open {
            Some((room, question)) => (ask(&shell, &context, &view, room, question)),
            None => (begin(&shell, &context, &view, you)),
        }
        @if asked.iter().any(|(room, question)| answer_to(room, question, you).is_some()) {
            h2 { (words.answered) }
            ul.plain.rows {
                @for (room, question) in &asked {
                    @if let Some(answer) = answer_to(room, question, you) {
                        li {
                            div.lettered { span { "A" } (alternative(&shell, &view, &question.question.first)) }
                            div.lettered { span { "B" } (alternative(&shell, &view, &question.question.second)) }
                            b { (choice(&shell, answer)) }
                        }
                    }
                }
            }
        }
    };
    let audience = open.map_or(Audience::You, |(room, _)| show::audience(room));
    Ok(Reply::page(shell.page(words.questions_title, &audience, &content)))
}

fn answer_to(room: &RoomView, question: &QuestionView, you: &You) -> Option<Choice> {
    let ours = preparation::said(room, you)?;
    ours.answers.iter().find(|(id, _)| *id == question.id).map(|(_, choice)| *choice)
}

fn choice(shell: &Shell, choice: Choice) -> String {
    let words = shell.words();
    match choice {
        Choice::First => fill(words.rather, &["A"]),
        Choice::Second => fill(words.rather, &["B"]),
        Choice::Same => words.same_to_us.to_owned(),
        Choice::WontAnswer => words.wont_answer.to_owned(),
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
        @if question.question.grounds == Grounds::Joint { p.note { (words.joint_question_told) } }
        form method="post" action=(path) {
            (shell.fields())
            div.two {
                div.choice { h2 { "A" } (alternative(shell, view, first)) button name="choice" value="a" { (fill(words.rather, &["A"])) } }
                div.choice { h2 { "B" } (alternative(shell, view, second)) button name="choice" value="b" { (fill(words.rather, &["B"])) } }
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
    let statement = Statement::Answer { question, answer };
    context.carry_out_part(0, Ask::Prepare { room, statement }).await?;
    // Who answers a question of the engine's gets the next; others put their own when they like.
    let view = context.view()?;
    let found = show::room(&view, room).ok_or(Fault::NotThere)?;
    let by_us = found.questions.iter().any(|q| q.id == question && q.by == q.to);
    if by_us { put_next(&context, &view, room).await } else { context.see("/questions") }
}

/// Asks the engine for a question to one's own side, from its own answers.
pub(crate) async fn next(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    put_next(&context, &view, context.form.id("room")?).await
}

async fn put_next(context: &Context, view: &View, room: RoomId) -> Result<Reply, Fault> {
    let to = view.you.as_ref().ok_or(Fault::NotThere)?.principal;
    let seen = view.clone();
    match think(context, move |_| next_question(&seen, room)).await? {
        None => Err(Fault::NotThere),
        Some(NextQuestion::Open(_)) => context.see("/questions"),
        Some(NextQuestion::Enough) => context.see("/questions?enough=yes"),
        Some(NextQuestion::Ask(question)) => {
            context.carry_out_part(1, Ask::PutQuestion { room, to, question }).await?;
            context.see("/questions")
        }
    }
}

/// No question waits: the engine can choose one, and the side chooses who reads the answer.
fn begin(shell: &Shell, context: &Context, view: &View, you: &You) -> Markup {
    let words = shell.words();
    let may = |room: &&RoomView| if room.home { you.rights.draft } else { you.rights.speak };
    let rooms: Vec<_> = view.rooms.iter().filter(may).collect();
    html! {
        p { (words.no_questions) }
        @if you.kind == PrincipalKind::Party && !rooms.is_empty() && !view.issues.is_empty() {
            p { (words.engine_asks) }
            form.wide method="post" action=(context.path("/questions")) {
                (shell.fields())
                fieldset {
                    legend { (words.who_reads_answers) }
                    @for room in &rooms {
                        label.in-line for={ "r-" (room.id) } {
                            input id={ "r-" (room.id) } type="radio" name="room" value=(room.id) required checked[room.home];
                            @if room.home { (words.only_your_side) } @else { (desk::room_name(words, room)) }
                        }
                    }
                }
                button { (words.ask_us) }
            }
        }
    }
}

/// What should we ask this side?
pub(crate) async fn new(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let asked_in = room::find(&context, &view)?;
    let parties = parties_in(&view, asked_in);
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let content = html! {
        p { (words.new_question_why) }
        (joint(&shell, &context, &view, asked_in).await?)
        h2 { (words.own_choice) }
        form.wide method="post" {
            (shell.fields())
            label for="to" { (words.to_whom) }
            select #to name="to" {
                @for party in &parties { option value=(party.id) { (party.name) } }
            }
            div.two {
                @for (letter, prefix) in [("A", "a-"), ("B", "b-")] {
                    fieldset.choice {
                        legend { (letter) }
                        @for issue in &view.issues {
                            label for={ (prefix) (issue.id) } { bdi { (issue.issue.name) } }
                            select id={ (prefix) (issue.id) } name={ (prefix) (issue.id) } {
                                option value="" { (words.left_open) }
                                @for (at, option) in show::options(issue).iter().enumerate() { option value=(at) { (isolated(option)) } }
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
pub(crate) async fn put(context: Context) -> Result<Reply, Fault> {
    let form = &context.form;
    let side = |prefix: &str| {
        let package = show::read_package(form, prefix);
        if package.is_empty() { Alternative::NoDeal } else { Alternative::Package(package) }
    };
    let grounds = if form.has("joint") { Grounds::Joint } else { Grounds::OwnAnswers };
    let question = Question { first: side("a-"), second: side("b-"), grounds };
    let to = form.id("to")?;
    room::in_room(&context, |room| Ask::PutQuestion { room, to, question }).await
}

/// The parties that are in a room.
fn parties_in<'a>(view: &'a View, room: &RoomView) -> Vec<&'a PrincipalView> {
    let inside = |p: &&PrincipalView| room.participants.iter().any(|q| q.principal == p.id);
    show::of_kind(view, PrincipalKind::Party).filter(inside).collect()
}

/// A question chosen by the engine from all sides' answers: only when asked for, and priced.
async fn joint(
    shell: &Shell,
    context: &Context,
    view: &View,
    room: &RoomView,
) -> Result<Markup, Fault> {
    let words = shell.words();
    if view.you.as_ref().is_none_or(|you| you.kind != PrincipalKind::Mediator) {
        return Ok(html! {});
    }
    let parties = parties_in(view, room);
    let wanted: Option<PrincipalId> = context.query.get("joint").and_then(|id| id.parse().ok());
    let found = match wanted {
        Some(to) => {
            let (seen, at) = (view.clone(), room.id);
            Some((to, think(context, move |_| joint_question(&seen, at, to)).await?))
        }
        None => None,
    };
    Ok(html! {
        h2 { (words.joint_title) }
        p { (words.joint_why) }
        p.beside { @for party in &parties {
            a.action.quiet href={ "?joint=" (party.id) } { (fill(words.joint_for, &[&party.name])) }
        } }
        @match &found {
            None => {},
            Some((_, None)) => p { (words.joint_none) },
            Some((to, Some(found))) => (put_joint(shell, view, *to, found)),
        }
    })
}

fn put_joint(shell: &Shell, view: &View, to: PrincipalId, found: &JointQuestion) -> Markup {
    let words = shell.words();
    let bits = |bits: f64| format!("{bits:.1}");
    let sides = [("A", "a-", &found.question.first), ("B", "b-", &found.question.second)];
    html! {
        div.two { @for (letter, _, side) in sides { div.choice { h3 { (letter) } (alternative(shell, view, side)) } } }
        p { (fill(words.joint_price, &[show::principal(view, to), &bits(found.bits), &bits(found.most_bits), &found.tried.to_string()])) " " span.quiet { (words.estimate) } }
        form method="post" {
            (shell.fields())
            input type="hidden" name="to" value=(to);
            input type="hidden" name="joint" value="yes";
            @for (_, prefix, side) in sides {
                @if let Alternative::Package(package) = side {
                    @for (issue, option) in package { input type="hidden" name={ (prefix) (issue) } value=(option); }
                }
            }
            button { (words.put_joint) }
        }
    }
}
