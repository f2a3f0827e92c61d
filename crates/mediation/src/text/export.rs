//! A text as plain text and as a page of its own.

use super::{Draft, Piece, Whole, pieces};
use std::fmt::Write as _;

const ALL: &str = "Nothing is agreed until everything is agreed.";
const PART: &str = "What is agreed here stands whatever happens to the rest.";

fn footing(draft: &Draft) -> &'static str {
    match draft.whole {
        Whole::Everything => ALL,
        Whole::Partial => PART,
    }
}

/// The text in one language as plain text.
#[must_use]
pub fn to_plain(draft: &Draft, language: &str) -> String {
    let mut out = format!("{}\n\n{}\n", draft.title, footing(draft));
    for (number, clause) in (1..).zip(&draft.clauses) {
        let heading = if clause.heading.is_empty() { "" } else { clause.heading.as_str() };
        let _ = write!(out, "\n{number}. {heading}");
        out.push_str(if heading.is_empty() { "" } else { "\n" });
        let _ = writeln!(out, "{}", clause.words.get(language).map_or("—", String::as_str));
        for (mark, reservation) in (1..).zip(&clause.reservations) {
            let _ = writeln!(out, "   ({mark}) Reservation: {}", reservation.words);
        }
    }
    if !draft.definitions.is_empty() {
        out.push_str("\nTerms\n");
        for definition in &draft.definitions {
            let word =
                |words: &super::Languages| words.get(language).cloned().unwrap_or("—".into());
            let _ = writeln!(out, "{}: {}", word(&definition.term), word(&definition.meaning));
        }
    }
    out
}

/// The text as one page, its languages side by side; nothing in it calls out.
#[must_use]
pub fn to_html(draft: &Draft) -> String {
    let languages = draft.languages();
    let mut out = String::from("<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>");
    escape(&draft.title, &mut out);
    out.push_str(concat!(
        "</title><style>body{font:1rem/1.5 serif;max-width:70rem;margin:2rem auto;padding:0 1rem}",
        "table{width:100%;border-spacing:1rem}td,th{vertical-align:top;text-align:start}",
        "mark{background:none;border-block:1px solid}</style></head><body><h1>"
    ));
    escape(&draft.title, &mut out);
    let _ = write!(out, "</h1><p>{}</p><table><thead><tr><th>№</th>", footing(draft));
    for language in &languages {
        out.push_str("<th>");
        escape(language, &mut out);
        out.push_str("</th>");
    }
    out.push_str("</tr></thead><tbody>");
    for (number, clause) in (1..).zip(&draft.clauses) {
        let _ = write!(out, "<tr><th>{number}. ");
        escape(&clause.heading, &mut out);
        out.push_str("</th>");
        for language in &languages {
            cell(language, clause.words.get(*language).map_or("—", String::as_str), &mut out);
        }
        out.push_str("</tr>");
        for reservation in &clause.reservations {
            let _ = write!(out, "<tr><td></td><td colspan=\"{}\">Reservation: ", languages.len());
            escape(&reservation.words, &mut out);
            out.push_str("</td></tr>");
        }
    }
    out.push_str("</tbody></table>");
    terms(draft, &languages, &mut out);
    out.push_str("</body></html>\n");
    out
}

fn cell(language: &str, words: &str, out: &mut String) {
    out.push_str("<td dir=\"auto\" lang=\"");
    escape(language, out);
    out.push_str("\">");
    for piece in pieces(words).unwrap_or_else(|_| vec![Piece::Plain(words.to_owned())]) {
        match piece {
            Piece::Plain(text) => escape(&text, out),
            Piece::Bracketed { words, .. } => {
                out.push_str("<mark>[");
                escape(&words, out);
                out.push_str("]</mark>");
            }
        }
    }
    out.push_str("</td>");
}

fn terms(draft: &Draft, languages: &[&str], out: &mut String) {
    if draft.definitions.is_empty() {
        return;
    }
    out.push_str("<h2>Terms</h2><table>");
    for definition in &draft.definitions {
        out.push_str("<tr>");
        for language in languages {
            out.push_str("<td dir=\"auto\" lang=\"");
            escape(language, out);
            out.push_str("\"><dfn>");
            escape(definition.term.get(*language).map_or("—", String::as_str), out);
            out.push_str("</dfn>: ");
            escape(definition.meaning.get(*language).map_or("—", String::as_str), out);
            out.push_str("</td>");
        }
        out.push_str("</tr>");
    }
    out.push_str("</table>");
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}
