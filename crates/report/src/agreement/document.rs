//! The status as a document for word processors: the smallest Office Open XML
//! package (ECMA-376) that holds headings, paragraphs and tables.

use super::tables::{Table, incident_log, matrix, quantities, themes, what_is_due};
use super::text::{alleged_and_found, in_short};
use detente_agreement::status::Status;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const DOCUMENT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:rPr><w:sz w:val="20"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style></w:styles>"#;

/// The status as the bytes of a `.docx` file.
#[must_use]
pub fn document(status: &Status<'_>, signed: &[String]) -> Vec<u8> {
    let mut body = String::new();
    paragraph(&mut body, Some("Heading1"), &status.agreement.title);
    paragraph(&mut body, None, &format!("Status as of {}, as recorded by then.", status.as_of));
    if let Some(banner) = status.agreement.banner() {
        paragraph(&mut body, None, banner);
    }
    for line in signed {
        paragraph(&mut body, None, line);
    }
    paragraph(&mut body, None, &in_short(status));
    paragraph(&mut body, None, &alleged_and_found(status));
    for t in [
        what_is_due(status),
        matrix(status),
        themes(status),
        quantities(status),
        incident_log(status),
    ] {
        paragraph(&mut body, Some("Heading2"), t.title);
        if t.rows.is_empty() {
            paragraph(&mut body, None, "None.");
        } else {
            table(&mut body, &t);
        }
    }
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="400" w:footer="400" w:gutter="0"/></w:sectPr></w:body></w:document>"#
    );
    package(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", &content),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS),
        ("word/styles.xml", STYLES),
    ])
    .unwrap_or_default()
}

/// A zip with no clock in it, so that the same status gives the same bytes.
fn package(parts: &[(&str, &str)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (name, content) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn run(out: &mut String, text: &str, bold: bool) {
    let style = if bold { "<w:rPr><w:b/></w:rPr>" } else { "" };
    for (i, line) in text.split('\n').enumerate() {
        let lead = if i > 0 { "<w:br/>" } else { "" };
        let _ = write!(
            out,
            r#"<w:r>{style}{lead}<w:t xml:space="preserve">{}</w:t></w:r>"#,
            escaped(line)
        );
    }
}

fn paragraph(out: &mut String, style: Option<&str>, text: &str) {
    out.push_str("<w:p>");
    if let Some(style) = style {
        let _ = write!(out, r#"<w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#);
    }
    run(out, text, false);
    out.push_str("</w:p>");
}

fn table(out: &mut String, table: &Table) {
    out.push_str(r#"<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders><w:top w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders></w:tblPr><w:tblGrid>"#);
    for _ in &table.head {
        out.push_str("<w:gridCol/>");
    }
    out.push_str("</w:tblGrid>");
    let head: Vec<String> = table.head.iter().map(|h| (*h).to_owned()).collect();
    row(out, &head, true);
    for cells in &table.rows {
        row(out, cells, false);
    }
    out.push_str("</w:tbl>");
}

fn row(out: &mut String, cells: &[String], head: bool) {
    out.push_str(if head { "<w:tr><w:trPr><w:tblHeader/></w:trPr>" } else { "<w:tr>" });
    for cell in cells {
        out.push_str("<w:tc><w:p>");
        run(out, cell, head);
        out.push_str("</w:p></w:tc>");
    }
    out.push_str("</w:tr>");
}

/// Text in XML: what XML cannot hold becomes a question mark.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c.is_control() && c != '\t' || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                out.push('?');
            }
            c => out.push(c),
        }
    }
    out
}
