//! Who may act for whom, and changing it.

use super::{Audience, Shell, show};
use crate::auth::{Person, Seat};
use crate::http::{Context, Fault, Form, Reply};
use crate::live::Done;
use crate::words::fill;
use detente_mediation::view::{PersonView, PrincipalView, View, You};
use detente_mediation::{
    Ask, Body, Event, IssueText, MemberId, Options, PrincipalId, PrincipalKind, Right, Rights,
    Standing, Subject,
};
use maud::{Markup, html};

/// Who may speak and accept for whom, today?
pub(crate) async fn page(context: Context) -> Result<Reply, Fault> {
    let view = context.view()?;
    let you = view.you.as_ref().ok_or(Fault::NotThere)?;
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let content = html! {
        @for principal in &view.principals { (one_principal(&shell, &context, &view, you, principal)) }
        @if you.convenes && you.rights.lead { (table_forms(&shell, &context, &view)) }
    };
    Ok(Reply::page(shell.page(words.people_title, &Audience::You, &content)))
}

fn one_principal(
    shell: &Shell,
    context: &Context,
    view: &View,
    you: &You,
    principal: &PrincipalView,
) -> Markup {
    let words = shell.words();
    let ours = principal.id == you.principal;
    let reaches: Vec<_> =
        principal.reaches.iter().map(|id| show::principal(view, *id).to_owned()).collect();
    let may_add = you.rights.lead && (ours || you.convenes);
    html! {
        h2 { bdi { (principal.name) } " " span.meta { (show::principal_kind(words, principal.kind)) } }
        @if !principal.note.is_empty() { p dir="auto" { (principal.note) } }
        @if !reaches.is_empty() { p.quiet { (words.reaches) " " (shell.names(&reaches)) } }
        @if !principal.people.is_empty() {
            div.scroll { table {
                thead { tr {
                    th scope="col" { (words.person) } th scope="col" { (words.may) }
                    th scope="col" { (words.on_whose_word) } th scope="col" { (words.since) }
                } }
                tbody {
                    @for person in &principal.people { (one_person(shell, context, you, ours, person)) }
                }
            } }
        }
        @if may_add {
            details {
                summary { (fill(words.add_person, &[&principal.name])) }
                form.wide method="post" action=(context.path("/people/add")) {
                    (shell.fields())
                    input type="hidden" name="principal" value=(principal.id);
                    label for={ "name-" (principal.id) } { (words.their_name) }
                    input id={ "name-" (principal.id) } type="text" name="name" required maxlength="200" dir="auto";
                    (rights_fields(shell, &principal.id.to_string(), Rights::SPEAKER, principal.kind))
                    (basis_field(shell, &principal.id.to_string()))
                    button.quiet { (words.add_and_link) }
                }
            }
        }
    }
}

const RIGHTS: [(&str, Right); 5] = [
    ("read", Right::Read),
    ("draft", Right::Draft),
    ("speak", Right::Speak),
    ("accept", Right::Accept),
    ("lead", Right::Lead),
];

fn rights_fields(shell: &Shell, key: &str, rights: Rights, kind: PrincipalKind) -> Markup {
    let words = shell.words();
    html! {
        fieldset {
            legend { (words.may) }
            @for (name, right) in RIGHTS {
                @if right != Right::Accept || kind == PrincipalKind::Party {
                    label.in-line for={ (name) "-" (key) } {
                        input id={ (name) "-" (key) } type="checkbox" name=(name) value="yes" checked[right.among(rights)];
                        (super::trouble::right_name(words, right))
                    }
                }
            }
        }
    }
}

fn basis_field(shell: &Shell, key: &str) -> Markup {
    let words = shell.words();
    html! {
        label for={ "basis-" (key) } { (words.on_whose_word) span.hint { (words.basis_hint) } }
        input id={ "basis-" (key) } type="text" name="basis" maxlength="500" dir="auto";
    }
}

fn read_rights(form: &Form) -> Rights {
    Rights {
        read: form.has("read"),
        draft: form.has("draft"),
        speak: form.has("speak"),
        accept: form.has("accept"),
        lead: form.has("lead"),
    }
}

fn one_person(
    shell: &Shell,
    context: &Context,
    you: &You,
    ours: bool,
    person: &PersonView,
) -> Markup {
    let words = shell.words();
    let may: Vec<_> = RIGHTS
        .iter()
        .filter(|(_, right)| right.among(person.rights))
        .map(|(_, right)| super::trouble::right_name(words, *right).to_owned())
        .collect();
    let gone = matches!(person.standing, Standing::Replaced { .. });
    let path = |rest: &str| context.path(&format!("/people/{}{rest}", person.id));
    let changes = you.rights.lead && (ours || you.convenes) && !gone;
    let key = person.id.to_string();
    html! {
        tr {
            th scope="row" {
                bdi { (person.name) }
                @match person.standing {
                    Standing::Active => {},
                    Standing::Suspended => { " " span.tag { (words.suspended) } },
                    Standing::Replaced { .. } => { " " span.tag { (words.has_left) } },
                }
            }
            td { @if may.is_empty() { (words.nothing_at_present) } @else { (shell.names(&may)) } }
            td { bdi { (person.basis) } }
            td { (shell.time(person.since)) }
        }
        @if changes {
            tr { td colspan="4" {
                details {
                    summary { (fill(words.change_person, &[&person.name])) }
                    form.wide method="post" action=(path("/mandate")) {
                        (shell.fields())
                        (rights_fields(shell, &key, person.rights, if ours { you.kind } else { PrincipalKind::Party }))
                        (basis_field(shell, &key))
                        button.quiet { (words.give_mandate) }
                    }
                    form.wide method="post" action=(path("/replace")) {
                        (shell.fields())
                        label for={ "by-" (key) } { (words.successor) span.hint { (words.successor_hint) } }
                        input id={ "by-" (key) } type="text" name="by" maxlength="200" dir="auto";
                        button.quiet { (words.replace) }
                    }
                    div.beside {
                        @if person.standing == Standing::Suspended {
                            form method="post" action=(path("/resume")) { (shell.fields()) button.quiet { (words.resume) } }
                        } @else {
                            form method="post" action=(path("/suspend")) { (shell.fields()) button.quiet { (words.suspend) } }
                        }
                        form method="post" action=(path("/link")) { (shell.fields()) button.quiet { (words.new_link) } }
                    }
                }
            } }
        }
    }
}

fn table_forms(shell: &Shell, context: &Context, view: &View) -> Markup {
    let words = shell.words();
    let kinds = [
        ("party", words.kind_party),
        ("mediator", words.kind_mediator),
        ("guarantor", words.kind_guarantor),
        ("observer", words.kind_observer),
    ];
    let others = |name: &'static str, legend: &str| {
        html! {
            fieldset {
                legend { (legend) }
                @for p in &view.principals {
                    label.in-line for={ (name) "-" (p.id) } {
                        input id={ (name) "-" (p.id) } type="checkbox" name=(name) value=(p.id);
                        bdi { (p.name) }
                    }
                }
            }
        }
    };
    html! {
        h2 { (words.the_table) }
        details {
            summary { (words.add_principal) }
            form.wide method="post" action=(context.path("/table/principal")) {
                (shell.fields())
                label for="kind" { (words.in_which_capacity) }
                (show::select("kind", &kinds, "party"))
                label for="principal-name" { (words.its_name) }
                input #principal-name type="text" name="name" required maxlength="200" dir="auto";
                (others("channel", words.channels_to))
                (others("known", words.known_to))
                button.quiet { (words.add) }
            }
        }
        details {
            summary { (words.add_issue) }
            form.wide method="post" action=(context.path("/table/issue")) {
                (shell.fields())
                label for="issue-name" { (words.its_name) }
                input #issue-name type="text" name="name" required maxlength="200" dir="auto";
                label for="options" { (words.options_lines) }
                textarea #options name="options" dir="auto" {}
                (others("to", words.known_to))
                button.quiet { (words.add) }
            }
        }
        @for issue in &view.issues {
            details {
                summary { (fill(words.revise_issue, &[&issue.issue.name])) }
                @if let Options::Categorical(names) | Options::Ordered(names) = &issue.issue.options {
                    form.wide method="post" action=(context.path(&format!("/table/issues/{}", issue.id))) {
                        (shell.fields())
                        label for={ "n-" (issue.id) } { (words.its_name) }
                        input id={ "n-" (issue.id) } type="text" name="name" required value=(issue.issue.name) dir="auto";
                        label for={ "o-" (issue.id) } { (words.options_lines) span.hint { (words.options_keep) } }
                        textarea id={ "o-" (issue.id) } name="options" dir="auto" { (names.join("\n")) }
                        button.quiet { (words.save) }
                    }
                }
                form.wide method="post" action=(context.path(&format!("/table/issues/{}/known", issue.id))) {
                    (shell.fields())
                    fieldset {
                        legend { (words.make_known_to) }
                        @for p in view.principals.iter().filter(|p| p.kind != PrincipalKind::Mediator) {
                            label.in-line for={ "k-" (issue.id) "-" (p.id) } {
                                input id={ "k-" (issue.id) "-" (p.id) } type="checkbox" name="to" value=(p.id);
                                bdi { (p.name) }
                            }
                        }
                    }
                    button.quiet { (words.make_known) }
                }
            }
        }
    }
}

/// A new one-time link for a member; earlier ones end.
async fn make_link(context: &Context, member: MemberId) -> Result<String, Fault> {
    let seat = context.seat()?;
    let seat = Seat { talks: *seat.live.id().as_bytes(), member: *member.as_bytes() };
    let person = match context.app.people.holders(seat).first() {
        Some(person) => *person,
        None => {
            let person = Person { seats: vec![seat], ..Person::default() };
            context.app.people.add(person).await?
        }
    };
    let link = context.app.people.link(person).await?;
    Ok(context.app.url(&format!("/k/{}", *link.to_text())))
}

/// The link of a person just let in, shown once.
async fn show_link(context: &Context, member: MemberId, name: &str) -> Result<Reply, Fault> {
    let url = make_link(context, member).await?;
    let view = context.view()?;
    let shell = Shell::inside(context, &view);
    let words = shell.words();
    let content = html! {
        p { (fill(words.link_for, &[name])) }
        p.secret-link { (url) }
        p { (words.link_hand_over) }
        p { a.action.quiet href=(context.path("/people")) { (words.link_passed) } }
    };
    Ok(Reply::page(shell.page(words.link_shown_title, &Audience::You, &content)))
}

/// The person that the events of a command let in.
fn added(done: &Done) -> Option<MemberId> {
    let Done::Now(events) = done else { return None };
    let member = |event: &Event| match &event.body {
        Body::MemberAdded { id, .. } => Some(*id),
        _ => None,
    };
    events.iter().find_map(member)
}

/// Gives a person a place.
pub(crate) async fn add(context: Context) -> Result<Reply, Fault> {
    let name = context.form.text("name");
    let ask = Ask::AddMember {
        principal: context.form.id("principal")?,
        name: name.clone(),
        rights: read_rights(&context.form),
        basis: context.form.text("basis"),
    };
    match added(&context.carry_out(ask).await?) {
        Some(member) => show_link(&context, member, &name).await,
        None => context.see("/people"),
    }
}

/// A person and the principal it acts for, as far as the viewer knows them.
fn find_person(view: &View, member: MemberId) -> Option<(PrincipalId, &PersonView)> {
    let mut all = view.principals.iter().flat_map(|p| p.people.iter().map(move |m| (p.id, m)));
    all.find(|(_, person)| person.id == member)
}

/// The member of the path and its name, if whoever asks may make a link for
/// it: for one's own side, or for someone who has never come in.
fn may_link(context: &Context) -> Result<(MemberId, String), Fault> {
    let member: MemberId = context.id("member")?;
    let view = context.view()?;
    let you = view.you.as_ref().ok_or(Fault::NotThere)?;
    let (principal, person) = find_person(&view, member).ok_or(Fault::NotThere)?;
    let seat = context.seat()?;
    let seat = Seat { talks: *seat.live.id().as_bytes(), member: *member.as_bytes() };
    let holders = context.app.people.holders(seat);
    let came_in = holders.iter().any(|id| context.app.people.has_come_in(*id));
    let gone = matches!(person.standing, Standing::Replaced { .. });
    if you.rights.lead && !gone && (principal == you.principal || !came_in) {
        return Ok((member, person.name.clone()));
    }
    let words = context.words();
    Err(Fault::input(words.link_not_yours, words.link_not_yours_mend))
}

/// A new link, as a page.
pub(crate) async fn link(context: Context) -> Result<Reply, Fault> {
    let (member, name) = may_link(&context)?;
    show_link(&context, member, &name).await
}

/// A new link, as JSON.
pub(crate) async fn link_as_json(context: Context) -> Result<Reply, Fault> {
    let (member, _) = may_link(&context)?;
    Ok(Reply::json(&serde_json::json!({ "link": make_link(&context, member).await? })))
}

/// Gives another mandate.
pub(crate) async fn mandate(context: Context) -> Result<Reply, Fault> {
    let (rights, basis) = (read_rights(&context.form), context.form.text("basis"));
    change(&context, |member| Ask::GiveMandate { member, rights, basis }).await
}

/// Suspends.
pub(crate) async fn suspend(context: Context) -> Result<Reply, Fault> {
    change(&context, |member| Ask::Suspend { member, basis: String::new() }).await
}

/// Lets act again.
pub(crate) async fn resume(context: Context) -> Result<Reply, Fault> {
    change(&context, |member| Ask::Resume { member, basis: String::new() }).await
}

async fn change(context: &Context, ask: impl FnOnce(MemberId) -> Ask) -> Result<Reply, Fault> {
    context.carry_out(ask(context.id("member")?)).await?;
    context.see("/people")
}

/// Lets a person leave, and a successor in.
pub(crate) async fn replace(context: Context) -> Result<Reply, Fault> {
    let name = context.form.text("by");
    let by = (!name.is_empty()).then(|| name.clone());
    let ask = Ask::Replace { member: context.id("member")?, by, basis: String::new() };
    match added(&context.carry_out(ask).await?) {
        Some(member) => show_link(&context, member, &name).await,
        None => context.see("/people"),
    }
}

/// Adds a party, mediator, guarantor or observer.
pub(crate) async fn add_principal(context: Context) -> Result<Reply, Fault> {
    let form = &context.form;
    let kind = match form.get("kind") {
        Some("mediator") => PrincipalKind::Mediator,
        Some("guarantor") => PrincipalKind::Guarantor,
        Some("observer") => PrincipalKind::Observer,
        _ => PrincipalKind::Party,
    };
    let ask = Ask::AddPrincipal {
        kind,
        name: form.text("name"),
        note: String::new(),
        channels: form.ids("channel")?,
        known_to: form.ids("known")?,
    };
    context.carry_out(ask).await?;
    context.see("/people")
}

fn read_issue(form: &Form) -> IssueText {
    let options = form.text("options");
    let options = options.lines().map(str::trim).filter(|line| !line.is_empty());
    IssueText {
        name: form.text("name"),
        note: String::new(),
        unit: String::new(),
        options: Options::Categorical(options.map(str::to_owned).collect()),
    }
}

/// Puts an issue on the table.
pub(crate) async fn add_issue(context: Context) -> Result<Reply, Fault> {
    let known_to = context.form.ids::<PrincipalId>("to")?;
    context.carry_out(Ask::AddIssue { issue: read_issue(&context.form), known_to }).await?;
    context.see("/people")
}

/// Changes an issue.
pub(crate) async fn revise_issue(context: Context) -> Result<Reply, Fault> {
    let issue = context.id("issue")?;
    context.carry_out(Ask::ReviseIssue { issue, revised: read_issue(&context.form) }).await?;
    context.see("/people")
}

/// Lets more know of an issue.
pub(crate) async fn make_known(context: Context) -> Result<Reply, Fault> {
    let subject = Subject::Issue(context.id("issue")?);
    context.carry_out(Ask::MakeKnown { subject, to: context.form.ids("to")? }).await?;
    context.see("/people")
}
