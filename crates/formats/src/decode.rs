//! From bytes to text.
//!
//! The rule: UTF-8, with or without a byte-order mark. An XML file may declare
//! ISO-8859-1 (or US-ASCII) and is then read so. Nothing else, and nothing is
//! replaced: a byte that does not belong is an error at its place.

use detente_model::diagnostic::{Diagnostic, Span};

/// The text of a file and, if it could not be read as it stands, what is wrong.
///
/// The text of an undecodable file has `\u{FFFD}` for each wrong byte so that
/// the message can show the line; the error keeps it from being used.
pub(crate) fn decode(path: &str, bytes: Vec<u8>) -> (String, Option<Diagnostic>) {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let error = Diagnostic::error("not-utf8", "this file is UTF-16")
            .in_file(path)
            .hint("save it as UTF-8");
        return (String::new(), Some(error));
    }
    if path.to_ascii_lowercase().ends_with(".xml") && declares_latin1(&bytes) {
        return (bytes.iter().map(|&b| char::from(b)).collect(), None);
    }
    let error = match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            return (text, None);
        }
        Err(error) => error,
    };
    let at = error.utf8_error().valid_up_to();
    let bytes = error.into_bytes();
    let wrong = bytes.get(at).copied().unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let start = String::from_utf8_lossy(&bytes[..at]).len();
    let error = Diagnostic::error(
        "not-utf8",
        format!("the byte 0x{wrong:02X} (at offset {at}) is not UTF-8 text"),
    )
    .in_file(path)
    .at(Span::new(start, start + '\u{FFFD}'.len_utf8()))
    .hint("save the file as UTF-8");
    (text, Some(error))
}

/// Whether the XML declaration names a single-byte encoding that we read.
fn declares_latin1(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(200)];
    if !head.starts_with(b"<?xml") {
        return false;
    }
    let end = head.windows(2).position(|w| w == b"?>").unwrap_or(head.len());
    let declaration = String::from_utf8_lossy(&head[..end]).to_ascii_lowercase();
    ["iso-8859-1", "latin1", "us-ascii"].iter().any(|name| {
        declaration.contains(&format!("\"{name}\"")) || declaration.contains(&format!("'{name}'"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_byte_has_a_place() {
        let (_, error) = decode("a.yaml", b"title: caf\xE9\n".to_vec());
        let error = error.unwrap();
        assert_eq!((error.code, error.span), ("not-utf8", Some(Span::new(10, 13))));
    }

    #[test]
    fn declared_latin1_is_read_in_xml_alone() {
        let xml = b"<?xml version='1.0' encoding='ISO-8859-1'?><a n='caf\xE9'/>".to_vec();
        assert!(decode("a.xml", xml.clone()).0.contains("café"));
        assert!(decode("a.yaml", xml).1.is_some());
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(decode("a.json", b"\xEF\xBB\xBF{}".to_vec()), ("{}".to_owned(), None));
    }
}
