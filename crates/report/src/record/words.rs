//! Words that the texts and pages of a record share.

use detente_record::independence::Independent;

/// "1 independent origin", "1 to 3 independent origins".
pub(super) fn origins(i: Independent) -> String {
    if i.at_least == i.at_most {
        return counted(i.at_most, "independent origin");
    }
    format!("{} to {} independent origins", i.at_least, i.at_most)
}

pub(super) fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// Writes words in lines of at most 80 columns, indented, with longer
/// continuation lines indented two further.
pub(super) fn wrap(out: &mut String, indent: &str, words: &str) {
    let mut column = 0;
    for word in words.split_whitespace() {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > 80 {
            out.push('\n');
            column = 0;
            out.push_str("  ");
            column += 2;
            out.push_str(indent);
            column += indent.len();
            out.push_str(word);
        } else if column == 0 {
            out.push_str(indent);
            column = indent.len();
            out.push_str(word);
        } else {
            out.push(' ');
            out.push_str(word);
            column += 1;
        }
        column += width;
    }
    out.push('\n');
}
