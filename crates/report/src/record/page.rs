//! The picture as a page of ours.

use super::drawing::{channel_map, timeline_chart};
use super::words::{counted, origins};
use crate::page::{Audience, Banner, Direction, Page, Reach, Section, Tone, wide};
use detente_record::check::{Divergence, EventView};
use detente_record::hidden::shown;
use detente_record::picture::{Cited, Lane, Picture};
use maud::{Markup, html};

/// Entries of one lane listed on the page; a longer lane says how many it leaves out.
const MOST_LISTED: usize = 500;

/// The page.
#[must_use]
pub fn picture_page(p: &Picture) -> String {
    let subject = shown(&p.title);
    let as_of = p.as_of.map(|d| d.to_string());
    let banner = p.banner.iter().map(|text| Banner { tone: Tone::Warning, text: text.clone() });
    let mut sections = vec![reach(p), table(p), time(p), versions(p)];
    if !p.instruments.is_empty() {
        sections.push(instruments(p));
    }
    let page = Page {
        title: "Who reaches whom, who is reported to hold what, and where do the versions part?",
        subject: &subject,
        lead: html! {
            @if let Some(note) = &p.note { p.about dir="auto" { (shown(note)) } }
        },
        audience: audience(p),
        banners: banner.collect(),
        sections,
        as_of: as_of.as_deref(),
        footer: vec![format!(
            "Rests on {}. Positions and events are what sources are reported to have said; a claim is not a finding.",
            counted(p.claims, "claim")
        )],
        language: "en",
        direction: Direction::LeftToRight,
    };
    page.render()
}

fn audience(p: &Picture) -> Audience {
    if p.team_claims > 0 {
        let kept = counted(p.team_claims, "claim");
        let text = format!("The mediation team only: {kept} on this page are kept for it.");
        Audience { reach: Reach::Narrow, text }
    } else {
        let text = "Anyone: every claim on this page is marked public in the record.".to_owned();
        Audience { reach: Reach::Wide, text }
    }
}

fn reach(p: &Picture) -> Section {
    let alone: Vec<String> = p
        .single_points
        .iter()
        .flat_map(|s| s.cuts.iter().map(|(a, b)| format!("{} alone joins {a} and {b}", s.name)))
        .collect();
    let answer = match (p.channels.is_empty(), alone.is_empty()) {
        (true, _) => "No channel is recorded.".to_owned(),
        (false, true) => {
            "No two parties depend on one mediator alone, by the recorded channels.".to_owned()
        }
        (false, false) => shown(&format!("{}.", alone.join("; "))),
    };
    let body = html! {
        figure.scene { (wide("Channel map", &channel_map(p))) }
        h3 { "Parties" }
        ul {
            @for party in &p.parties {
                li {
                    b { (party.mark) " · " bdi { (shown(&party.name)) } }
                    @for own in &party.own_names { " · " bdi { (shown(own)) } }
                    (people(&party.people))
                }
            }
        }
        h3 { "Mediators" }
        p.quiet { "A role: whoever holds it may have interests and reservations of its own." }
        ul {
            @for m in &p.mediators {
                li {
                    b { bdi { (shown(&m.name)) } }
                    @if m.reaches.is_empty() { ": reaches no party by a recorded channel" } @else { ": reaches " bdi { (shown(&m.reaches.join(", "))) } }
                    (people(&m.people))
                    @for (what, cited) in [("Own interests", &m.interests), ("Reservations", &m.reservations), ("Willingness", &m.willingness)] {
                        @if !cited.is_empty() { div { (what) ":" (cites(cited)) } }
                    }
                }
            }
        }
        h3 { "If a channel closes" }
        ul {
            @for c in p.channels.iter().filter(|c| c.open) {
                li {
                    bdi { (shown(&c.ends.0)) } " – " bdi { (shown(&c.ends.1)) } " (" (c.reach.name()) "): "
                    @if c.cuts.is_empty() { "every two parties that are joined stay joined." }
                    @else { @for (a, b) in &c.cuts { "no recorded channel joins " bdi { (shown(a)) } " and " bdi { (shown(b)) } ". " } }
                    (cites(&c.cited))
                }
            }
        }
    };
    Section { id: "reach", question: "Who can reach whom?".to_owned(), answer, body }
}

fn people(people: &[String]) -> Markup {
    html! {
        @if !people.is_empty() {
            ul { @for person in people { li dir="auto" { (shown(person)) } } }
        }
    }
}

fn table(p: &Picture) -> Section {
    let positions: usize = p.matrix.iter().flat_map(|row| &row.cells).map(Vec::len).sum();
    let answer = if p.matrix.is_empty() {
        "No issue is recorded.".to_owned()
    } else {
        format!(
            "{}, {}, each with its source.",
            counted(p.matrix.len(), "issue"),
            counted(positions, "reported position")
        )
    };
    let matrix = html! {
        table {
            thead { tr { th scope="col" { "Issue" } @for party in &p.parties { th scope="col" { (party.mark) " · " bdi { (shown(&party.name)) } } } } }
            tbody {
                @for row in &p.matrix {
                    tr {
                        th.text scope="row" dir="auto" { (shown(&row.issue)) (cites(&row.cited)) }
                        @for cells in &row.cells {
                            td.text {
                                @if cells.is_empty() { span.quiet { "nothing in the record" } }
                                @for cell in cells {
                                    div dir="auto" { b { (cell.status.name()) } ". " (shown(&cell.says)) }
                                    (cites(&cell.cited))
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    let body = html! {
        @if !p.matrix.is_empty() { (wide("Issues by parties", &matrix)) }
        @if !p.proposals.is_empty() {
            h3 { "What has been put forward" }
            ul {
                @for proposal in &p.proposals {
                    li {
                        b { bdi { (shown(&proposal.title)) } } " (" (proposal.scope) @if let Some(by) = &proposal.by { ", by " bdi { (shown(by)) } } ")"
                        (cites(&proposal.claims))
                        @if !proposal.relations.is_empty() {
                            ul { @for (relation, cited) in &proposal.relations { li { (shown(relation)) (cites(cited)) } } }
                        }
                    }
                }
            }
        }
    };
    let question = "What is on the table, and who is reported to hold what?".to_owned();
    Section { id: "table", question, answer, body }
}

fn time(p: &Picture) -> Section {
    let coming = p.timeline.iter().filter(|e| e.coming).count();
    let answer = match coming {
        0 => format!("{} dated or undated.", counted(p.timeline.len(), "item")),
        _ => format!("{coming} of {} still to come.", p.timeline.len()),
    };
    let body = html! {
        figure.scene { (wide("Timeline", &timeline_chart(p))) }
        details open {
            summary { "The same as a list" }
            @for lane in Lane::ALL {
                @let here: Vec<_> = p.timeline.iter().filter(|e| e.lane == lane).collect();
                @if !here.is_empty() {
                    h3 { (lane.name()) }
                    ul {
                        @for entry in here.iter().take(MOST_LISTED) {
                            li {
                                (entry.when.days()) @if !entry.when.words.is_empty() { span.quiet { " (worded: " bdi { (shown(&entry.when.words)) } ")" } } ": "
                                bdi { (shown(&entry.title)) } @if entry.coming { " (coming)" }
                            }
                        }
                        @if here.len() > MOST_LISTED { li { "and " (here.len() - MOST_LISTED) " more in the record" } }
                    }
                }
            }
        }
    };
    let question = "What happened when, as reported?".to_owned();
    Section { id: "time", question, answer, body }
}

fn versions(p: &Picture) -> Section {
    let parted = p.open.iter().filter(|e| e.questions.iter().any(|q| q.divergence.is_some()));
    let answer = if p.open.is_empty() {
        "Nothing in the record conflicts, and nothing in it was denied or left unaffirmed."
            .to_owned()
    } else {
        format!(
            "Versions part about {}; {} in all with a conflict, a denial or an answer that affirms nothing.",
            counted(parted.count(), "event"),
            counted(p.open.len(), "event")
        )
    };
    let body = html! { @for event in &p.open { (open(event)) } };
    Section { id: "versions", question: "Where do the versions part?".to_owned(), answer, body }
}

fn open(event: &EventView) -> Markup {
    html! {
        article {
            h3 dir="auto" { (shown(&event.title)) @if let Some(when) = &event.when { span.quiet { " · " (when) } } }
            @for q in &event.questions {
                @if !q.question.is_empty() { p { "On " bdi { (shown(&q.question)) } ":" } }
                ul {
                    @for v in &q.versions {
                        li {
                            bdi { @if v.answer.is_empty() { "about it, on no particular question" } @else { (shown(&v.answer)) } }
                            div.quiet {
                                "reported by " bdi { (shown(&v.reported_by.join(", "))) } "; origin: " bdi { (shown(&v.origins.join("; "))) } "; "
                                (origins(v.independent))
                                @if v.rests_on_a_circle { "; rests only on sources that cite each other" }
                                @else if v.rests_on_one_unnamed { "; rests on a single unnamed source" }
                            }
                        }
                    }
                }
                @match q.divergence {
                    Some(Divergence::OneOriginSeveralRenderings) => p { b { "One origin, " (q.versions.len()) " renderings that conflict, not corroboration: " bdi { (shown(&q.rendered_both_ways.join("; "))) } } },
                    Some(Divergence::OriginsConflict) => p { b { "Conflict: the origins give " (q.versions.len()) " versions." } },
                    None => {},
                }
            }
            @for r in &event.responses {
                p { (r.stance) ": " bdi { (shown(&r.by)) } @if let Some(a) = &r.answer { span.quiet { " (on: " bdi { (shown(a)) } ")" } } }
            }
            p { "Finding: " (event.finding.as_deref().map_or_else(|| "none".to_owned(), shown)) }
        }
    }
}

fn instruments(p: &Picture) -> Section {
    let body = html! {
        @for (title, facts, cited) in &p.instruments {
            h3 dir="auto" { (shown(title)) }
            p.quiet { (shown(facts)) }
            (cites(cited))
        }
    };
    let answer = format!("{}.", counted(p.instruments.len(), "instrument"));
    Section { id: "signed", question: "What is already signed?".to_owned(), answer, body }
}

fn cites(cited: &[Cited]) -> Markup {
    html! {
        @for c in cited {
            div.cited { bdi { (shown(&c.says)) } " — " bdi { (shown(&c.by)) } " [" (c.claim) "]" }
            @if let Some(passage) = &c.passage { blockquote dir="auto" lang=[c.language.as_deref()] { (shown(passage)) } }
        }
    }
}
