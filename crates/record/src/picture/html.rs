//! The picture as one page: nothing is fetched, it prints, and it reads in
//! both directions and both themes.

use super::data::{Cited, Picture};
use super::svg::{STYLE, channel_map, timeline_chart};
use super::timeline::Lane;
use crate::check::{Divergence, EventView};
use crate::hidden::shown;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const PAGE: &str = ":root{color-scheme:light dark;--ink:#1b1f24;--soft:#5b6470;--line:#c9d0d8;--paper:#fff;--card:#f6f7f9;--mark:#1f5f8b}@media (prefers-color-scheme:dark){:root{--ink:#e8ebee;--soft:#a5aeb8;--line:#3a434d;--paper:#14181d;--card:#1c2229;--mark:#8ec5ec}}*{box-sizing:border-box}body{margin:0 auto;max-inline-size:66rem;padding-inline:1.2rem;padding-block:1rem 3rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}h1{font-size:1.5rem;margin-block:.4rem}h2{font-size:1.15rem;margin-block:2rem .5rem;border-block-end:1px solid var(--line)}h3{font-size:1rem;margin-block:1rem .2rem}.banner{border:2px solid var(--ink);padding:.5rem .8rem;font-weight:600}.soft,.by{color:var(--soft)}.by{font-size:.85rem;font-weight:400}ul{padding-inline-start:1.2rem;margin-block:.3rem}table{border-collapse:collapse;inline-size:100%;font-size:.92rem}th,td{border:1px solid var(--line);padding:.4rem .5rem;text-align:start;vertical-align:top}th{background:var(--card)}.status{font-weight:600}blockquote{font-weight:400;margin:.3rem 0;padding-inline-start:.7rem;border-inline-start:3px solid var(--line);font-size:.92rem}.event{background:var(--card);border:1px solid var(--line);border-radius:6px;padding:.6rem .9rem;margin-block:.7rem;break-inside:avoid}.verdict{font-weight:600}svg{inline-size:100%;block-size:auto;background:var(--card);border:1px solid var(--line);border-radius:6px}details summary{cursor:pointer;color:var(--mark)}.scroll{overflow-x:auto}@media print{:root{--ink:#000;--soft:#333;--line:#999;--paper:#fff;--card:#fff;--mark:#000}svg{--ink:#000;--soft:#333;--line:#000;--node:#fff;--mark:#000}body{font-size:11pt;max-inline-size:none}@page{margin:18mm}}";

/// The page.
#[must_use]
pub fn html(p: &Picture) -> String {
    let day = p.as_of.map_or_else(|| "an unstated day".to_owned(), |d| d.to_string());
    let markup = html! {
        (DOCTYPE)
        html lang="en" dir="ltr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (shown(&p.title)) }
                style { (PreEscaped(PAGE)) (PreEscaped(STYLE)) }
            }
            body {
                h1 { (shown(&p.title)) }
                @if let Some(banner) = &p.banner { p.banner role="note" { (banner) } }
                p.soft { "As of " (day) ". " (p.claims) " claims. Positions and events are what sources are reported to have said." }
                @if let Some(note) = &p.note { p dir="auto" { (shown(note)) } }
                h2 { "Who can reach whom?" }
                (PreEscaped(channel_map(p)))
                (who(p))
                h2 { "What is on the table, and who is reported to hold what?" }
                (positions(p))
                @if !p.proposals.is_empty() { (proposals(p)) }
                h2 { "What happened when, as reported?" }
                (PreEscaped(timeline_chart(p)))
                (timeline(p))
                h2 { "Where do the versions part?" }
                @if p.open.is_empty() { p { "Nothing in the record conflicts, and nothing in it was denied or left unaffirmed." } }
                @for event in &p.open { (open(event)) }
                @if !p.instruments.is_empty() {
                    h2 { "What is already signed?" }
                    @for (title, facts, cited) in &p.instruments {
                        h3 dir="auto" { (shown(title)) }
                        p.soft { (shown(facts)) }
                        (cites(cited))
                    }
                }
            }
        }
    };
    markup.into_string()
}

fn who(p: &Picture) -> Markup {
    html! {
        h3 { "Parties" }
        ul {
            @for party in &p.parties {
                li {
                    strong { (party.mark) " · " bdi { (shown(&party.name)) } }
                    @for own in &party.own_names { " · " bdi { (shown(own)) } }
                    @if !party.people.is_empty() { ul { @for person in &party.people { li dir="auto" { (shown(person)) } } } }
                }
            }
        }
        h3 { "Mediators" }
        p.soft { "A role: whoever holds it may have interests and reservations of its own." }
        ul {
            @for m in &p.mediators {
                li {
                    strong { bdi { (shown(&m.name)) } }
                    @if m.reaches.is_empty() { ": reaches no party by a recorded channel" } @else { ": reaches " bdi { (shown(&m.reaches.join(", "))) } }
                    @if !m.people.is_empty() { ul { @for person in &m.people { li dir="auto" { (shown(person)) } } } }
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
    }
}

fn positions(p: &Picture) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr { th scope="col" { "Issue" } @for party in &p.parties { th scope="col" { (party.mark) " · " bdi { (shown(&party.name)) } } } } }
                tbody {
                    @for row in &p.matrix {
                        tr {
                            th scope="row" dir="auto" { (shown(&row.issue)) (cites(&row.cited)) }
                            @for cells in &row.cells {
                                td {
                                    @if cells.is_empty() { span.soft { "nothing in the record" } }
                                    @for cell in cells {
                                        div dir="auto" { span.status { (cell.status.name()) } ". " (shown(&cell.says)) }
                                        (cites(&cell.cited))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn proposals(p: &Picture) -> Markup {
    html! {
        h3 { "What has been put forward" }
        ul {
            @for proposal in &p.proposals {
                li {
                    strong { bdi { (shown(&proposal.title)) } } " (" (proposal.scope) @if let Some(by) = &proposal.by { ", by " bdi { (shown(by)) } } ")"
                    (cites(&proposal.claims))
                    @if !proposal.relations.is_empty() {
                        ul { @for (relation, cited) in &proposal.relations { li { (shown(relation)) (cites(cited)) } } }
                    }
                }
            }
        }
    }
}

/// Entries of one lane listed on the page; a longer lane says how many it leaves out.
const MOST_LISTED: usize = 500;

fn timeline(p: &Picture) -> Markup {
    html! {
        details open {
            summary { "The same as a list" }
            @for lane in Lane::ALL {
                @let here: Vec<_> = p.timeline.iter().filter(|e| e.lane == lane).collect();
                @if !here.is_empty() {
                    h3 { (lane.name()) }
                    ul {
                        @for entry in here.iter().take(MOST_LISTED) {
                            li {
                                (entry.when.days()) @if !entry.when.words.is_empty() { span.by { " (worded: " bdi { (shown(&entry.when.words)) } ")" } } ": "
                                bdi { (shown(&entry.title)) } @if entry.coming { " (coming)" }
                            }
                        }
                        @if here.len() > MOST_LISTED { li { "and " (here.len() - MOST_LISTED) " more in the record" } }
                    }
                }
            }
        }
    }
}

fn open(event: &EventView) -> Markup {
    html! {
        div.event {
            h3 dir="auto" { (shown(&event.title)) @if let Some(when) = &event.when { span.soft { " · " (when) } } }
            @for q in &event.questions {
                @if !q.question.is_empty() { p { "On " bdi { (shown(&q.question)) } ":" } }
                ul {
                    @for v in &q.versions {
                        li {
                            bdi { @if v.answer.is_empty() { "about it, on no particular question" } @else { (shown(&v.answer)) } }
                            div.by {
                                "reported by " bdi { (shown(&v.reported_by.join(", "))) } "; origin: " bdi { (shown(&v.origins.join("; "))) } "; "
                                (crate::check::text_parts::origins(v.independent))
                                @if v.rests_on_a_circle { "; rests only on sources that cite each other" }
                                @else if v.rests_on_one_unnamed { "; rests on a single unnamed source" }
                            }
                        }
                    }
                }
                @match q.divergence {
                    Some(Divergence::OneOriginSeveralRenderings) => p.verdict { "One origin, " (q.versions.len()) " renderings that conflict, not corroboration: " bdi { (shown(&q.rendered_both_ways.join("; "))) } },
                    Some(Divergence::OriginsConflict) => p.verdict { "Conflict: the origins give " (q.versions.len()) " versions." },
                    None => {},
                }
            }
            @for r in &event.responses {
                p { (r.stance) ": " bdi { (shown(&r.by)) } @if let Some(a) = &r.answer { span.by { " (on: " bdi { (shown(a)) } ")" } } }
            }
            p { "Finding: " (event.finding.as_deref().map_or_else(|| "none".to_owned(), shown)) }
        }
    }
}

fn cites(cited: &[Cited]) -> Markup {
    html! {
        @for c in cited {
            div.by { bdi { (shown(&c.says)) } " — " bdi { (shown(&c.by)) } " [" (c.claim) "]" }
            @if let Some(passage) = &c.passage { blockquote dir="auto" lang=[c.language.as_deref()] { (shown(passage)) } }
        }
    }
}
