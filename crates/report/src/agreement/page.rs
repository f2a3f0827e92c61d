//! The status page a guarantor reads.

use super::gantt::{MOST_ROWS, gantt};
use super::map::zone_map;
use super::tables::{Table, incident_log, matrix, quantities, themes, what_is_due};
use super::text::{alleged_and_found, in_short};
use crate::page::{Audience, Banner, Direction, Page, Reach, Section, Tone, figure, wide};
use detente_agreement::due::DueState;
use detente_agreement::status::Status;
use maud::{Markup, html};

/// The page; `audience` is who it is for, `signed` what was verified of the
/// signatures, in sentences.
#[must_use]
pub fn status_page(status: &Status<'_>, audience: &str, signed: &[String]) -> String {
    let a = status.agreement;
    let as_of = status.as_of.to_string();
    let banner = a.banner().map(|text| Banner { tone: Tone::Warning, text: text.to_owned() });
    let mut sections = vec![due_section(status)];
    sections.extend(deviation_section(status));
    sections.push(Section {
        id: "far",
        question: "How far is each part carried out?".into(),
        answer: format!(
            "{} of {} obligations have a score that counts.",
            status.themes.iter().map(|t| t.counted).sum::<u32>(),
            a.obligations.len()
        ),
        body: html! {
            p { "Each obligation is scored 0 to 3 by two assessors; only a score they share or agreed on counts. What cannot be assessed is shown as that, never as not done." }
            (table(&themes(status), &[]))
        },
    });
    sections.push(time_section(status));
    sections.push(matrix_section(status));
    let delivered = quantities(status);
    if !delivered.rows.is_empty() {
        sections.push(Section {
            id: "delivered",
            question: "What was delivered of what was promised?".into(),
            answer: "Counted, never priced.".into(),
            body: table(&delivered, &[3, 4, 5]),
        });
    }
    sections.push(incident_section(status));
    sections.extend(dispute_section(status));
    if let Some((drawing, caption)) = zone_map(a) {
        sections.push(Section {
            id: "zones",
            question: "Which zones are there?".into(),
            answer: format!(
                "{}.",
                a.zones.iter().map(|z| z.name.as_str()).collect::<Vec<_>>().join(", ")
            ),
            body: figure(&drawing, &html! { (caption) }, &html! {}),
        });
    }
    let mut footer: Vec<String> = signed.to_vec();
    footer.extend(a.note.clone());
    footer.extend(a.sources.iter().map(|s| match &s.address {
        Some(address) => format!("{}: {address}", s.title),
        None => s.title.clone(),
    }));
    footer.push(format!("What was recorded after {as_of} is not in it."));
    Page {
        title: "What is due, what was done, what is alleged, what was found?",
        subject: &a.title,
        lead: html! {},
        audience: Audience { reach: Reach::Narrow, text: audience.to_owned() },
        banners: banner.into_iter().collect(),
        sections,
        as_of: Some(&as_of),
        footer,
        language: "en",
        direction: Direction::LeftToRight,
    }
    .render()
}

/// A table; the columns named are figures.
fn table(table: &Table, figures: &[usize]) -> Markup {
    let long = |column: usize| table.rows.iter().any(|r| r[column].chars().count() > 24);
    let class = |column: usize| match () {
        () if figures.contains(&column) => "n",
        () if long(column) => "text",
        () => "",
    };
    let rows = html! {
        table {
            thead { tr { @for (i, head) in table.head.iter().enumerate() { th.(class(i)) scope="col" { (head) } } } }
            tbody {
                @for row in &table.rows {
                    tr {
                        @for (i, cell) in row.iter().enumerate() {
                            td.(class(i)) {
                                @for (n, line) in cell.lines().enumerate() { @if n > 0 { br; } bdi { (line) } }
                            }
                        }
                    }
                }
            }
        }
    };
    wide(table.title, &rows)
}

fn due_section(status: &Status<'_>) -> Section {
    let due = what_is_due(status);
    let past = status
        .obligations
        .iter()
        .filter(|s| matches!(s.due.state, DueState::PastItsDay(_)))
        .count();
    Section {
        id: "due",
        question: "What is due, and what keeps the rest?".into(),
        answer: match past {
            0 => "Nothing is past its day and its grace.".into(),
            1 => "One obligation is past its day and its grace without a declaration or check that all of it was done. This does not say that it was not.".into(),
            n => format!("{n} obligations are past their day and grace without a declaration or check that all of it was done. This does not say that it was not."),
        },
        body: if due.rows.is_empty() {
            html! { p { "Nothing is waiting to be done." } }
        } else {
            table(&due, &[])
        },
    }
}

fn deviation_section(status: &Status<'_>) -> Option<Section> {
    let a = status.agreement;
    let running: Vec<String> = a
        .obligations
        .iter()
        .zip(&status.obligations)
        .filter(|(_, s)| matches!(s.due.state, DueState::Deviates(_)))
        .map(|(o, s)| format!("{}: {}", o.id, s.due.state.sentence(a)))
        .collect();
    (!running.is_empty()).then(|| Section {
        id: "deviations",
        question: "What may differ for now, by agreement?".into(),
        answer: running
            .iter()
            .map(|line| line.split(':').next().unwrap_or_default())
            .collect::<Vec<_>>()
            .join(", "),
        body: html! { ul.plain { @for line in &running { li { bdi { (line) } } } } },
    })
}

fn time_section(status: &Status<'_>) -> Section {
    let more = status.obligations.iter().filter(|s| s.due.opens.is_some()).count();
    let left_out = more.saturating_sub(MOST_ROWS);
    let body = match gantt(status) {
        None => html! { p { "No obligation has begun." } },
        Some(drawing) => figure(
            &drawing,
            &html! {
                "A bar is an obligation’s window; without an end it lasts. Disc: done. Triangle: past its day, not recorded as done. Diamond: differs by agreement. Square: suspended."
                @if left_out > 0 { " " (left_out) " more are in the matrix only." }
            },
            &html! {},
        ),
    };
    let answer = format!("{more} of {} have begun.", status.obligations.len());
    Section { id: "time", question: "When does each part run?".into(), answer, body }
}

fn matrix_section(status: &Status<'_>) -> Section {
    let mut all = matrix(status);
    // Clause and theme stand under the name, so that the columns fit a page;
    // the state's word stands in its sentence already.
    for column in [5, 2, 1] {
        all.head.remove(column);
    }
    for row in &mut all.rows {
        row.remove(5);
        let (theme, clause) = (row.remove(2), row.remove(1));
        row[0] = format!("{}\n{clause}\n{theme}", row[0]);
    }
    Section {
        id: "matrix",
        question: "Where does each obligation stand?".into(),
        answer: in_short(status),
        body: table(&all, &[7, 8]),
    }
}

fn incident_section(status: &Status<'_>) -> Section {
    let a = status.agreement;
    let log = incident_log(status);
    let clustered: usize = status.incidents.iter().map(|i| i.claim_count).sum();
    let alone = (status.ledger.claim_count as usize).saturating_sub(clustered);
    Section {
        id: "incidents",
        question: "What is alleged, and what was found?".into(),
        answer: alleged_and_found(status),
        body: html! {
            @if log.rows.is_empty() { p { "No incident was opened." } }
            @for (row, state) in log.rows.iter().zip(&status.incidents) {
                h3 { bdi { (row[1]) } " (" (row[0]) ")" }
                p.quiet { "Opened " (row[2]) " by " bdi { (row[3]) } "." }
                dl.words {
                    dt { "Alleged" } dd { @for line in row[4].lines() { p { bdi { (line) } } } }
                    @if !state.stages.is_empty() { dt { "Examined" } dd { @for line in row[5].lines() { p { bdi { (line) } } } } }
                    dt { "Found" } dd { @for line in row[6].lines() { p { bdi { (line) } } } }
                }
            }
            @if alone > 0 {
                h3 { "Claims in no incident: " (alone) }
                ul.plain {
                    @for (_, claim) in status.ledger.claims.iter().filter(|(_, c)| !status.incidents.iter().any(|i| i.claims.iter().any(|k| k.id == c.id))).take(40) {
                        li { bdi { (claim.sentence(a)) } }
                    }
                }
            }
        },
    }
}

fn dispute_section(status: &Status<'_>) -> Option<Section> {
    let a = status.agreement;
    (!status.disputes.is_empty()).then(|| Section {
        id: "disputes",
        question: "What is in dispute, and before whom?".into(),
        answer: format!("{} open.", status.disputes.iter().filter(|d| d.open()).count()),
        body: html! {
            @for d in &status.disputes {
                h3 { bdi { (d.dispute.id) } " – " bdi { (d.remedy.title) } }
                p { bdi { (d.sentence(a, status.as_of)) } }
                @if let (true, Some((running, _))) = (d.open(), d.taken.last()) {
                    p.quiet { (detente_agreement::dispute::if_silent(running.step)) }
                }
            }
        },
    })
}
