//! Which talks there are, and beginning new ones.

use super::{Audience, Shell};
use crate::auth::Seat;
use crate::beginning::{self, Given};
use crate::http::{Context, Fault, Reply};
use detente_mediation::{MemberId, TalksId, Viewer};
use maud::html;

/// Which talks?
pub(crate) async fn list(context: Context) -> Result<Reply, Fault> {
    let shell = Shell::of(&context);
    let words = shell.words();
    let seats = context.seats();
    let talks: Vec<_> = seats
        .iter()
        .filter_map(|seat| {
            let live = context.app.desk.find(TalksId::from_bytes(seat.talks))?;
            live.view(Viewer::Member(MemberId::from_bytes(seat.member))).you
        })
        .collect();
    let host = context.app.people.person(context.person()?).is_some_and(|p| p.host);
    let content = html! {
        @if talks.is_empty() { p { (words.talks_none) } }
        @else {
            ul.plain.rows {
                @for you in &talks {
                    li {
                        a.main href={ "/talks/" (you.talks) } { bdi { (you.title) } }
                        " " span.meta { bdi { (you.name) } }
                    }
                }
            }
        }
        @if host { p { a.action href="/talks/new" { (words.talks_begin) } } }
    };
    Ok(Reply::page(shell.page(words.talks_title, &Audience::You, &content)))
}

/// What are the talks about?
pub(crate) async fn new(context: Context) -> Result<Reply, Fault> {
    let shell = Shell::of(&context);
    let words = shell.words();
    let template = beginning::template(context.query.get("from").unwrap_or_default());
    let given = template.map(|t| t.given(context.language)).unwrap_or_default();
    let content = html! {
        p { (words.new_why) }
        p.beside {
            span { (words.new_from) }
            a href="/talks/new" { (words.from_empty) }
            @for template in beginning::TEMPLATES {
                a href={ "/talks/new?from=" (template.name) } { (template.title(context.language)) }
            }
        }
        form.wide method="post" action="/talks/new" enctype="multipart/form-data" {
            (shell.fields())
            label for="lead" { (words.your_name) }
            input #lead type="text" name="lead" required maxlength="200" autocomplete="name";
            label for="title" { (words.talks_name) }
            input #title type="text" name="title" value=(given.title) maxlength="200";
            label for="parties" { (words.parties_lines) }
            textarea #parties name="parties" dir="auto" { (given.parties) }
            label for="mediators" { (words.mediators_lines) }
            textarea #mediators name="mediators" dir="auto" { (given.mediators) }
            label for="issues" { (words.issues_lines) }
            textarea #issues name="issues" dir="auto" rows="8" { (given.issues) }
            details {
                summary { (words.scenario_files) }
                label for="files" { span.hint { (words.scenario_files_hint) } }
                input #files type="file" name="files" multiple;
                label for="folder" { (words.scenario_folder) }
                input #folder type="file" name="folder" webkitdirectory;
            }
            button { (words.begin) }
        }
    };
    Ok(Reply::page(shell.page(words.new_title, &Audience::You, &content)))
}

/// Begins them.
pub(crate) async fn create(context: Context) -> Result<Reply, Fault> {
    let (tables, scenario): (Vec<_>, Vec<_>) =
        context.files.iter().cloned().partition(|(name, _)| beginning::is_table(name));
    let mut issues = context.form.text("issues");
    for (name, bytes) in tables {
        issues.push('\n');
        issues.push_str(&beginning::rows(&name, bytes)?);
    }
    let given = Given {
        title: context.form.text("title"),
        lead: context.form.text("lead"),
        parties: context.form.text("parties"),
        mediators: context.form.text("mediators"),
        issues,
    };
    let opening = if scenario.is_empty() {
        beginning::from_lines(&given)?
    } else {
        beginning::from_scenario(&given.lead, scenario)?
    };
    let opened = context.app.desk.open(&opening).await?;
    let seat = Seat { talks: *opened.talks.as_bytes(), member: *opened.lead.as_bytes() };
    context.app.people.give_seat(context.person()?, seat).await?;
    Ok(Reply::see(&format!("/talks/{}", opened.talks)))
}
