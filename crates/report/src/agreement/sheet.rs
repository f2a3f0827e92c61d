//! A table as CSV.

use super::tables::Table;

/// A cell that no spreadsheet takes for a formula.
fn inert(cell: &str) -> String {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    // A negative number is no formula.
    if risky && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell.to_owned() }
}

/// The table as CSV (RFC 4180, UTF-8).
#[must_use]
pub fn sheet(table: &Table) -> String {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory fails only where rows differ in length, which ours do not.
    let _ = writer.write_record(&table.head);
    for row in &table.rows {
        let _ = writer.write_record(row.iter().map(|c| inert(c)));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let rows = vec![vec!["=1+1".into(), "-3".into()], vec!["@x".into(), "a \"b\", c".into()]];
        let table = Table { id: "t", title: "t", head: vec!["a", "b"], rows };
        assert_eq!(sheet(&table), "a,b\r\n'=1+1,-3\r\n'@x,\"a \"\"b\"\", c\"\r\n");
    }
}
