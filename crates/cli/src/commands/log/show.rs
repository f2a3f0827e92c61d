//! `detente log show`: what a person sees, now or at an earlier moment.

use super::{json, log};
use crate::error::CommandError;
use crate::output::{self, Format};
use clap::Args;
use detente_mediation::ballot::Outcome;
use detente_mediation::log::LogFile;
use detente_mediation::view::{BallotPart, BallotView, ItemState, ItemView, RoomView, You};
use detente_mediation::{
    AttributionLevel, Body, ItemKind, MemberId, Permission, PrincipalKind, Rights, Talks, View,
    Viewer, Voice, view, view_back,
};
use jiff::Timestamp;
use jiff::civil::Date;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Show what one person in the talks sees, now or at an earlier moment
///
/// The log must hold its contents in clear. Everything shown goes through the
/// same view as the desk's pages; it is what that person could see, no more.
#[derive(Debug, Args)]
pub(crate) struct ShowArguments {
    /// The exported log
    log: PathBuf,
    /// The person's name or id
    #[arg(long = "as", value_name = "PERSON")]
    person: String,
    /// At this moment (2025-03-04T12:00:00Z), or at the end of this day (UTC)
    #[arg(long, value_name = "MOMENT")]
    at: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Shows it.
pub(crate) fn run(arguments: &ShowArguments) -> Result<(), CommandError> {
    let file = log(&arguments.log)?;
    let events = file.events();
    let now = Talks::fold(&events);
    let viewer = Viewer::Member(person(&file, &arguments.person)?);
    let moment = arguments.at.as_deref().map(moment).transpose()?;
    let seen = match moment {
        None => view(&now, viewer),
        Some(moment) => view_back(&now, &Talks::as_of(&events, moment), viewer),
    };
    match arguments.format {
        Format::Text => output::print(&text(&seen, moment)),
        Format::Json => output::print(&json(&seen)?),
    }
}

fn person(file: &LogFile, wanted: &str) -> Result<MemberId, CommandError> {
    let events = file.events();
    let people: Vec<(MemberId, &str)> = events
        .iter()
        .filter_map(|e| match &e.body {
            Body::MemberAdded { id, name, .. } => Some((*id, name.as_str())),
            _ => None,
        })
        .collect();
    let found: Vec<_> =
        people.iter().filter(|(id, name)| *name == wanted || id.to_string() == wanted).collect();
    match found[..] {
        [(id, _)] => Ok(*id),
        [] => {
            let names: Vec<_> = people.iter().map(|(_, name)| *name).collect();
            Err(CommandError::usage(
                "unknown-person",
                format!("nobody in this log is called `{wanted}`"),
                format!("its people: {}", names.join(", ")),
            ))
        }
        _ => {
            let ids: Vec<_> = found.iter().map(|(id, _)| id.to_string()).collect();
            Err(CommandError::usage(
                "more-than-one-person",
                format!("more than one person is called `{wanted}`"),
                format!("give the id: {}", ids.join(", ")),
            ))
        }
    }
}

fn moment(text: &str) -> Result<Timestamp, CommandError> {
    let end_of_day = |day: Date| {
        let next = day.tomorrow().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
        next.timestamp().checked_sub(jiff::SignedDuration::from_nanos(1)).ok()
    };
    let day = text.parse::<Date>().ok().filter(|_| !text.contains('T'));
    let found = match day {
        Some(day) => end_of_day(day),
        None => text.parse().ok(),
    };
    found.ok_or_else(|| {
        let hint = "write 2025-03-04T12:00:00Z, or a day: 2025-03-04";
        CommandError::usage("bad-moment", format!("`{text}` is no moment"), hint)
    })
}

fn text(seen: &View, moment: Option<Timestamp>) -> String {
    let Some(you) = &seen.you else { return "This person has no place in the talks.\n".into() };
    let mut text = heading(you, moment);
    let sides: Vec<_> =
        seen.principals.iter().map(|p| format!("{} ({})", p.name, kind(p.kind))).collect();
    let _ = writeln!(text, "Taking part, as far as known here: {}", sides.join(", "));
    for principal in &seen.principals {
        for person in &principal.people {
            let rights = rights(person.rights);
            let _ = writeln!(
                text,
                "  {} for {}: {rights}, since {}; basis: {}{}",
                person.name,
                principal.name,
                person.since,
                if person.basis.is_empty() { "none given" } else { &person.basis },
                match person.standing {
                    detente_mediation::Standing::Active => "",
                    detente_mediation::Standing::Suspended => " (suspended)",
                    detente_mediation::Standing::Replaced { .. } => " (has left)",
                }
            );
        }
    }
    let issues: Vec<_> = seen
        .issues
        .iter()
        .map(|i| match i.earlier.len() {
            0 => i.issue.name.clone(),
            n => format!("{} (version {})", i.issue.name, n + 1),
        })
        .collect();
    let _ = writeln!(text, "On the table: {}", issues.join(", "));
    for found in &seen.rooms {
        text += &room(found);
    }
    text
}

fn heading(you: &You, moment: Option<Timestamp>) -> String {
    let mut text = format!("{} — as {} sees it\n", you.title, you.name);
    if let Some(moment) = moment {
        let _ = writeln!(text, "As of {moment}, in the rooms open to {} today.", you.name);
    }
    let _ = writeln!(text, "Mandate: {}", rights(you.rights));
    text
}

fn rights(rights: Rights) -> String {
    let all = [
        (rights.read, "read"),
        (rights.draft, "draft"),
        (rights.speak, "speak"),
        (rights.accept, "accept"),
        (rights.lead, "lead"),
    ];
    let held: Vec<_> = all.iter().filter(|(held, _)| *held).map(|(_, word)| *word).collect();
    if held.is_empty() { "nothing".into() } else { format!("may {}", held.join(", ")) }
}

fn kind(kind: PrincipalKind) -> &'static str {
    match kind {
        PrincipalKind::Mediator => "mediator",
        PrincipalKind::Party => "party",
        PrincipalKind::Guarantor => "guarantor",
        PrincipalKind::Observer => "observer",
    }
}

fn room(room: &RoomView) -> String {
    let audience: Vec<_> = room
        .participants
        .iter()
        .map(|p| match p.only.len() {
            0 => p.name.clone(),
            _ => {
                let names: Vec<_> = p.only.iter().map(|(_, name)| name.as_str()).collect();
                format!("{} ({} only)", p.name, names.join(", "))
            }
        })
        .collect();
    let secret = if room.secret { " [secret]" } else { "" };
    let mut text = format!("\n{}{secret}\n  who sees this: {}\n", room.name, audience.join(", "));
    for found in &room.items {
        text += &item(found);
    }
    for prepared in &room.preparation {
        let _ = writeln!(
            text,
            "  stated here about its own mind: {} issues ranked, {} red lines, {} answers",
            prepared.issues.iter().map(Vec::len).sum::<usize>(),
            prepared.red_lines.len(),
            prepared.answers.len()
        );
    }
    for found in &room.texts {
        for version in &found.versions {
            let place = if found.drafted_here { "drafted here" } else { "put to this room" };
            let _ = writeln!(text, "  {} text, {place}: {}", version.at, version.draft.title);
        }
    }
    for found in &room.ballots {
        text += &ballot(found);
    }
    text
}

fn item(item: &ItemView) -> String {
    let kind = match item.kind {
        ItemKind::Position => "position",
        ItemKind::Message => "message",
        ItemKind::Note => "note",
        ItemKind::Proposal => "proposal",
    };
    let author = &item.author;
    let mut text = format!("  {} {kind} from {} ({})", item.at, author.principal_name, author.name);
    match (&item.said, item.state) {
        (_, ItemState::TakenBack) => text += ": taken back before it was read\n",
        (None, _) => text += ": not opened\n",
        (Some(said), _) => {
            let voice = match &said.voice {
                Voice::Own => String::new(),
                Voice::Reported { source, verbatim } => format!(
                    ", reporting {} {}",
                    source.as_deref().unwrap_or("without attribution"),
                    if *verbatim { "in its own words" } else { "in other words" }
                ),
            };
            let _ = writeln!(text, "{voice}: {}", said.text);
            let level = match said.attribution.level {
                AttributionLevel::OffTheRecord => "off the record",
                AttributionLevel::DeepBackground => "deep background",
                AttributionLevel::Background => "on background",
                AttributionLevel::OnTheRecord => "on the record",
            };
            let permission = match said.permission {
                Permission::DoNotConvey => "do not convey",
                Permission::AsOwn => "may be conveyed as the mediator's own",
                Permission::MayConvey => "may be conveyed",
            };
            let wording = match said.attribution.wording.as_str() {
                "" => String::new(),
                wording => format!(" (\"{wording}\")"),
            };
            let _ = writeln!(text, "    {level}{wording}; {permission}");
        }
    }
    for (_, at) in &item.opened_by {
        let _ = writeln!(text, "    read at {at}");
    }
    if !item.conveyed_to.is_empty() {
        let _ = writeln!(text, "    conveyed to {} other room(s)", item.conveyed_to.len());
    }
    text
}

fn ballot(ballot: &BallotView) -> String {
    let end = match ballot.outcome {
        None => match ballot.proposal.deadline {
            Some(deadline) => format!("open until {deadline}"),
            None => "open".into(),
        },
        Some((at, Outcome::Accepted)) => format!("accepted at {at}"),
        Some((at, Outcome::NotAccepted)) => format!("not accepted, at {at}"),
        Some((at, Outcome::Withdrawn)) => format!("withdrawn at {at}"),
    };
    let mut text = format!("  {} for acceptance: {}: {end}\n", ballot.at, ballot.proposal.title);
    if let BallotPart::Put { your_answer, conditions, .. } = &ballot.part {
        if let Some(answer) = your_answer {
            use detente_mediation::ballot::Answer;
            let answer = match answer {
                Answer::Yes => "yes".to_owned(),
                Answer::YesIf { condition, .. } => format!("yes, if: {condition}"),
                Answer::No => "no".to_owned(),
            };
            let _ = writeln!(text, "    your side's sealed answer: {answer}");
        }
        for (at, condition) in conditions {
            let _ = writeln!(text, "    {at} told here: yes, if: {condition}");
        }
    }
    text
}
