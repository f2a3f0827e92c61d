//! Proposals for sealed acceptance.

use super::{Audience, Shell, convey, desk, room, show, workbench};
use crate::http::{Context, Fault, Form, Reply};
use crate::words::fill;
use detente_mediation::ballot::{Answer, Outcome, Proposal, PutTo, Rule};
use detente_mediation::text::Whole;
use detente_mediation::view::{BallotPart, BallotView, RoomView, View};
use detente_mediation::workbench::{Budget, Modality, own_value};
use detente_mediation::{Ask, BallotId, PrincipalId, PrincipalKind, RoomId, Who};
use jiff::Timestamp;
use jiff::civil::DateTime;
use maud::{Markup, html};

/// What is put for acceptance, and how did it end?
pub(crate) async fn list(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let you = view.you.as_ref().ok_or(Fault::NotThere)?;
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let all: Vec<_> =
        view.rooms.iter().flat_map(|r| r.ballots.iter().map(move |b| (r, b))).collect();
    let content = html! {
        @if all.is_empty() { p { (words.no_proposals) } }
        ul.plain.rows {
            @for (room, ballot) in &all {
                li {
                    a.main href=(path(&context, room.id, ballot.id)) { bdi { (ballot.proposal.title) } }
                    " " span.meta { (standing(&shell, ballot)) " · " (desk::room_name(words, room)) }
                }
            }
        }
        @if you.kind == PrincipalKind::Mediator && you.rights.speak {
            p { a.action href=(context.path("/proposals/new")) { (words.put_proposal) } }
        }
    };
    Ok(Reply::page(shell.page(words.proposals_title, &Audience::You, &content)))
}

fn path(context: &Context, room: RoomId, ballot: BallotId) -> String {
    context.path(&format!("/rooms/{room}/proposals/{ballot}"))
}

fn standing(shell: &Shell, ballot: &BallotView) -> Markup {
    let words = shell.words();
    html! {
        @match (&ballot.outcome, ballot.proposal.deadline) {
            (Some((at, outcome)), _) => {
                (match outcome {
                    Outcome::Accepted => words.accepted,
                    Outcome::NotAccepted => words.not_accepted,
                    Outcome::Withdrawn => words.withdrawn,
                }) " " (shell.time(*at))
            },
            (None, Some(deadline)) => { (words.closes) " " (shell.time(deadline)) },
            (None, None) => (words.stays_open),
        }
    }
}

/// Can we accept this?
pub(crate) async fn page(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let you = view.you.as_ref().ok_or(Fault::NotThere)?;
    let room = room::find(&context, &view)?;
    let id: BallotId = context.id("ballot")?;
    let ballot = room.ballots.iter().find(|b| b.id == id).ok_or(Fault::NotThere)?;
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let putting = matches!(ballot.part, BallotPart::Putting { .. });
    let own = in_our_terms(&context, &shell, &view, ballot).await?;
    let title = if putting { words.proposal_stands } else { words.proposal_ours };
    let proposal = &ballot.proposal;
    let content = html! {
        (desk::new_things(&shell, &context))
        h2 { bdi { (proposal.title) } }
        p.meta { (words.put_by) " " bdi { (ballot.author.principal_name) } " · " (shell.time(ballot.at)) " · " (standing(&shell, ballot)) }
        @if !proposal.words.is_empty() { div.words dir="auto" { (proposal.words) } }
        (show::package(&view, &proposal.package))
        (against_red_lines(&shell, &view, you.principal, proposal))
        (own.unwrap_or_default())
        p { (rule(&shell, &view, &proposal.rule)) " "
            @if proposal.whole == Whole::Everything { (words.whole_everything) } @else { (words.whole_partial) } }
        @match &ballot.part {
            BallotPart::Putting { to, answered } => {
                h3 { (words.put_to) }
                ul.tags { @for to in to { li.tag { bdi { (show::principal(&view, to.party)) }
                    @if let Some(answered) = answered { ": "
                        @if answered.contains(&to.party) { (words.has_answered) } @else { (words.not_yet) } } } } }
                @if answered.is_none() { p.quiet { (words.turnout_hidden) } }
                @if ballot.outcome.is_none() {
                    div.beside {
                        @if proposal.deadline.is_none() {
                            form method="post" action={ (path(&context, room.id, id)) "/close" } { (shell.fields()) button { (words.close_now) } }
                        }
                        form method="post" action={ (path(&context, room.id, id)) "/withdraw" } { (shell.fields()) button.quiet { (words.withdraw) } }
                    }
                }
            },
            BallotPart::Put { party, sides, your_answer, conditions } => {
                @if !sides.is_empty() {
                    p { (words.put_to) ": " (shell.names(&sides.iter().map(|s| show::principal(&view, *s).to_owned()).collect::<Vec<_>>())) }
                }
                @for (at, condition) in conditions {
                    p.note { (words.condition_told) " " (shell.time(*at)) ": " bdi { (condition) } }
                }
                @if *party == you.principal {
                    (your_answer_now(&shell, your_answer.as_ref()))
                    @if ballot.outcome.is_none() && you.rights.accept {
                        (answer_form(&shell, &path(&context, room.id, id), your_answer.as_ref()))
                    } @else if ballot.outcome.is_none() { p.quiet { (words.others_accept) } }
                }
            },
        }
    };
    Ok(Reply::page(shell.page(title, &show::audience(room), &content)))
}

/// What it is to one's own side, by its own words; against no deal and the proposal before.
async fn in_our_terms(
    context: &Context,
    shell: &Shell,
    view: &View,
    ballot: &BallotView,
) -> Result<Option<Markup>, Fault> {
    let words = shell.words();
    let before = view.rooms.iter().flat_map(|room| &room.ballots);
    let before = before.filter(|b| b.at < ballot.at && !b.proposal.package.is_empty());
    let before = before.max_by_key(|b| b.at).map(|b| &b.proposal);
    let packages: Vec<_> =
        std::iter::once(&ballot.proposal).chain(before).map(|p| p.package.clone()).collect();
    let seen = view.clone();
    let work = move |_: &Budget<'_>| -> Vec<_> {
        packages.iter().map(|package| own_value(&seen, package)).collect()
    };
    let mut values = workbench::think(context, work).await?.into_iter();
    let Some(value) = values.next().flatten() else { return Ok(None) };
    Ok(Some(html! {
        h3 { (words.in_our_terms) }
        p { (match value.acceptable {
            Modality::Necessary => words.better_than_none,
            Modality::Possible => words.perhaps_better_than_none,
            Modality::Impossible => words.worse_than_none,
        }) }
        @if let Some(share) = value.share {
            p { @if share.0 < 0.005 && share.1 > 0.995 { (words.own_share_anywhere) }
                @else { (fill(words.own_share, &[&workbench::range(share)])) } }
        }
        @if let (Some(title), Some(Some(share))) = (before.map(|b| &b.title), values.next().map(|v| v.and_then(|v| v.share))) {
            p { (fill(words.own_share_before, &[title, &workbench::range(share)])) }
        }
        p.quiet { (words.own_terms_why) }
    }))
}

/// The red lines of one's own side that a proposal crosses, as far as it goes.
fn against_red_lines(shell: &Shell, view: &View, us: PrincipalId, proposal: &Proposal) -> Markup {
    let words = shell.words();
    let prepared = view.rooms.iter().filter(|r| r.home).flat_map(|r| &r.preparation);
    let lines = prepared.filter(|p| p.party == us).flat_map(|p| &p.red_lines);
    let crossed: Vec<_> = lines
        .filter(|line| {
            !line.package.is_empty()
                && line.package.iter().all(|(i, o)| proposal.package.get(i) == Some(o))
        })
        .collect();
    html! {
        @if !crossed.is_empty() {
            div.trouble {
                p { b { (words.crosses_red_line) } " " (words.only_your_side) }
                @for line in crossed { (show::package(view, &line.package)) @if !line.reason.is_empty() { p { bdi { (line.reason) } } } }
            }
        }
    }
}

fn rule(shell: &Shell, view: &View, rule: &Rule) -> String {
    let words = shell.words();
    match rule {
        Rule::All => words.rule_all.to_owned(),
        Rule::Quota { at_least, vetoes } => {
            let names: Vec<_> = vetoes.iter().map(|id| show::principal(view, *id)).collect();
            fill(words.rule_quota, &[&at_least.to_string(), &names.join(", ")])
        }
    }
}

fn your_answer_now(shell: &Shell, answer: Option<&Answer>) -> Markup {
    let words = shell.words();
    html! {
        p.answer {
            (words.your_answer) " "
            b { @match answer {
                None => (words.none_yet),
                Some(Answer::Yes) => (words.answer_yes),
                Some(Answer::No) => (words.answer_no),
                Some(Answer::YesIf { condition, .. }) => { (words.answer_if) " " bdi { (condition) } },
            } }
        }
    }
}

fn answer_form(shell: &Shell, path: &str, now: Option<&Answer>) -> Markup {
    let words = shell.words();
    html! {
        form.wide method="post" action={ (path) "/answer" } {
            (shell.fields())
            p { (words.sealed_why) }
            fieldset {
                legend { (words.your_side_says) }
                @for (value, name) in [("yes", words.answer_yes), ("if", words.answer_if), ("no", words.answer_no)] {
                    label.in-line for={ "a-" (value) } {
                        input id={ "a-" (value) } type="radio" name="answer" value=(value) required; (name)
                    }
                }
            }
            label for="condition" { (words.condition) span.hint { (words.condition_hint) } }
            input #condition type="text" name="condition" maxlength="2000" dir="auto";
            label.in-line for="tell" {
                input #tell type="checkbox" name="tell" value="yes"; (words.tell_condition)
            }
            button { @if now.is_some() { (words.change_answer) } @else { (words.give_answer) } }
        }
    }
}

/// Gives the answer of one's own side.
pub(crate) async fn answer(context: Context) -> Result<Reply, Fault> {
    let form = &context.form;
    let answer = match form.get("answer") {
        Some("yes") => Answer::Yes,
        Some("no") => Answer::No,
        Some("if") => Answer::YesIf { condition: form.text("condition"), tell: form.has("tell") },
        _ => {
            return Err(Fault::input(context.words().no_answer_chosen, context.words().choose_one));
        }
    };
    on_ballot(&context, |room, ballot| Ask::Answer { room, ballot, answer }).await
}

/// Closes: the rule speaks.
pub(crate) async fn close(context: Context) -> Result<Reply, Fault> {
    on_ballot(&context, |room, ballot| Ask::Close { room, ballot }).await
}

/// Withdraws; answers stay sealed.
pub(crate) async fn withdraw(context: Context) -> Result<Reply, Fault> {
    on_ballot(&context, |room, ballot| Ask::Withdraw { room, ballot }).await
}

async fn on_ballot(
    context: &Context,
    ask: impl FnOnce(RoomId, BallotId) -> Ask,
) -> Result<Reply, Fault> {
    let (room, ballot): (RoomId, BallotId) = (context.id("room")?, context.id("ballot")?);
    context.carry_out(ask(room, ballot)).await?;
    Ok(Reply::see(&path(context, room, ballot)))
}

/// The rooms a proposal can be put in: those shared with a party.
fn places(view: &View) -> Vec<(&RoomView, PrincipalId)> {
    let party = |id: PrincipalId| show::of_kind(view, PrincipalKind::Party).any(|p| p.id == id);
    let rooms = view.rooms.iter().filter(|room| !room.home);
    rooms
        .flat_map(|room| {
            let parties = room.participants.iter().map(|p| p.principal).filter(|p| party(*p));
            parties.map(move |p| (room, p)).collect::<Vec<_>>()
        })
        .collect()
}

/// What do we put to whom?
pub(crate) async fn new(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let you = view.you.as_ref().ok_or(Fault::NotThere)?;
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let query = &context.query;
    let chosen = show::read_package(query, "issue-");
    let home = you.home.ok_or(Fault::NotThere)?;
    let looked = if query.has("to") {
        look(&context, &shell, &view, home).await?
    } else {
        html! {}
    };
    let content = html! {
        form.wide method="get" {
            label for="title" { (words.proposal_name) }
            input #title type="text" name="title" required maxlength="200" dir="auto" value=(query.text("title"));
            label for="words" { (words.the_words) }
            textarea #words name="words" dir="auto" { (query.text("words")) }
            fieldset { legend { (words.package) } (show::package_fields(&shell, &view, &chosen)) }
            fieldset {
                legend { (words.put_to_whom) }
                @for (room, party) in places(&view) {
                    @let value = format!("{party}.{}", room.id);
                    label.in-line for={ "to-" (value) } {
                        input id={ "to-" (value) } type="checkbox" name="to" value=(value) checked[query.all("to").any(|to| to == value)];
                        span { bdi { (show::principal(&view, party)) } " " span.meta { (desk::room_name(words, room)) } }
                    }
                }
            }
            label for="quota" { (words.how_many_yes) span.hint { (words.how_many_yes_hint) } }
            input #quota type="number" name="quota" min="1" max="99" value=(query.text("quota"));
            label for="deadline" { (fill(words.deadline, &[shell.zone_name()])) span.hint { (words.deadline_hint) } }
            input #deadline type="datetime-local" name="deadline" value=(query.text("deadline"));
            label.in-line for="partial" { input #partial type="checkbox" name="partial" value="yes" checked[query.has("partial")]; (words.whole_partial) }
            label.in-line for="named" { input #named type="checkbox" name="named" value="yes" checked[query.has("named")]; (words.named_to_each_other) }
            label.in-line for="turnout" { input #turnout type="checkbox" name="turnout" value="yes" checked[query.has("turnout")]; (words.show_turnout) }
            button .quiet[query.has("to")] { (words.look_first) }
        }
        (looked)
    };
    Ok(Reply::page(shell.page(words.new_proposal_title, &Audience::You, &content)))
}

fn ask(context: &Context, form: &Form, room: RoomId) -> Result<Ask, Fault> {
    let to = form.all("to").map(|pair| {
        let (party, room) = pair.split_once('.')?;
        Some(PutTo { party: party.parse().ok()?, room: room.parse().ok()? })
    });
    let quota = form.get("quota").filter(|text| !text.is_empty());
    let rule = match quota.map(str::parse) {
        None => Rule::All,
        Some(Ok(at_least)) => Rule::Quota { at_least, vetoes: Default::default() },
        Some(Err(_)) => {
            let words = context.words();
            return Err(Fault::input(words.how_many_yes, words.whole_number));
        }
    };
    let proposal = Proposal {
        title: form.text("title"),
        words: form.text("words"),
        package: show::read_package(form, "issue-"),
        text: None,
        whole: if form.has("partial") { Whole::Partial } else { Whole::Everything },
        rule,
        deadline: deadline(context, form)?,
        named: form.has("named"),
        turnout: form.has("turnout"),
    };
    let to = to.collect::<Option<Vec<_>>>().ok_or(Fault::NotThere)?;
    Ok(Ask::Put { room, proposal, to })
}

/// A moment typed in the reader's time zone.
fn deadline(context: &Context, form: &Form) -> Result<Option<Timestamp>, Fault> {
    let Some(text) = form.get("deadline").filter(|text| !text.is_empty()) else { return Ok(None) };
    let words = context.words();
    let civil: DateTime =
        text.parse().map_err(|_| Fault::input(words.deadline_unreadable, words.deadline_mend))?;
    let zoned = civil.to_zoned(context.zone.clone());
    let zoned = zoned.map_err(|_| Fault::input(words.deadline_unreadable, words.deadline_mend))?;
    Ok(Some(zoned.timestamp()))
}

async fn look(
    context: &Context,
    shell: &Shell,
    view: &View,
    home: RoomId,
) -> Result<Markup, Fault> {
    let words = shell.words();
    let seat = context.seat()?;
    let ask = ask(context, &context.query, home)?;
    let previews = match context.app.desk.preview(&seat.live, Who::Member(seat.member), ask) {
        Ok(previews) => previews,
        Err(failure) => {
            let (_, why) = super::trouble::said(shell, &failure.into());
            return Ok(html! { div.trouble role="alert" { p { (why) } } });
        }
    };
    let package = show::read_package(&context.query, "issue-");
    let readers = previews.iter().map(|p| p.audience).collect();
    let told = workbench::gives_away(context, shell, view, package, readers).await?;
    Ok(html! {
        h2 { (words.what_each_receives) }
        (convey::receipts(shell, view, &previews))
        (told)
        form.wide method="post" {
            (shell.fields())
            @for (name, value) in &context.query.0 { input type="hidden" name=(name) value=(value); }
            button { (words.put_it) }
        }
    })
}

/// Puts it.
pub(crate) async fn put(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let home = view.you.as_ref().and_then(|you| you.home).ok_or(Fault::NotThere)?;
    context.carry_out(ask(&context, &context.form, home)?).await?;
    context.see("/proposals")
}
