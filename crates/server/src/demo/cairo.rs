//! The public record of real indirect talks, to read beside the fictional ones.

use crate::http::{Context, Fault, Reply};
use crate::web::{Audience, Shell};
use crate::words::fill;
use detente_formats::SourceFile;
use detente_record::{Record, check};
use detente_report::record::event_text;
use maud::html;

/// The files of `examples/cairo-2024`.
const FILES: [(&str, &str); 3] = [
    ("record.yaml", include_str!("../../../../examples/cairo-2024/record.yaml")),
    ("claims.yaml", include_str!("../../../../examples/cairo-2024/claims.yaml")),
    ("talks.yaml", include_str!("../../../../examples/cairo-2024/talks.yaml")),
];

fn record() -> Option<Record> {
    let files = FILES.map(|(path, text)| SourceFile::new(path, text.as_bytes().to_vec()));
    detente_formats::read_record(files.into()).value
}

/// What was reported of the talks in Cairo?
pub(crate) async fn page(context: Context) -> Result<Reply, Fault> {
    if !context.app.config.demo {
        return Err(Fault::NotThere);
    }
    let record = record().ok_or(Fault::NotThere)?;
    let shell = Shell::of(&context);
    let words = shell.words();
    let content = html! {
        p { (words.cairo_why) }
        @if let Some(day) = record.as_of {
            div.note { p { b { (fill(words.public_record_banner, &[&day.to_string()])) } } }
        }
        p.quiet { (words.cairo_language) }
        div lang="en" dir="ltr" {
            @if let Some(note) = &record.note { p.quiet { (note) } }
            @for event in &record.events {
                details open {
                    summary { (event.title) }
                    @if let Some(event) = check::event(&record, &event.id) { pre.report { (event_text(&event)) } }
                }
            }
        }
        p { a href="/" { (words.demo_roles) } }
    };
    Ok(Reply::page(shell.page(words.cairo_title, &Audience::Everyone, &content)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_record_is_whole() {
        assert!(super::record().is_some_and(|record| record.events.len() >= 10));
    }
}
