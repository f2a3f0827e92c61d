//! The kinds of values a record's keys hold.

use crate::findings::Findings;
use crate::suggest;
use crate::tree::{Data, Map, Node};
use detente_model::diagnostic::Diagnostic;
use detente_record::When;
use jiff::civil::Date;

/// The keys of one mapping, read one by one.
pub(crate) struct Fields<'a, 'f> {
    pub(crate) map: &'a Map<'a>,
    /// What the mapping is, for messages.
    pub(crate) whose: &'static str,
    pub(crate) findings: &'f mut Findings,
}

impl<'a> Fields<'a, '_> {
    pub(crate) fn complain(&mut self, key: &str, code: &'static str, message: String, hint: &str) {
        let at = self.map.get(key).map_or_else(|| self.map.start(), |n| n.span);
        self.findings
            .add(Diagnostic::error(code, message).in_file(self.map.file).at(at).hint(hint));
    }

    /// A text that must be there.
    pub(crate) fn needed(&mut self, key: &str) -> Option<String> {
        let node = self.map.require(key, self.whose, self.findings)?;
        node.want_text("a text", self.map.file, self.findings).map(str::to_owned)
    }

    pub(crate) fn text(&mut self, key: &str) -> Option<String> {
        self.map.get(key)?.want_text("a text", self.map.file, self.findings).map(str::to_owned)
    }

    pub(crate) fn flag(&mut self, key: &str) -> Option<bool> {
        self.map.get(key)?.want_bool(self.map.file, self.findings)
    }

    /// A list of texts; one text alone is a list of one.
    pub(crate) fn texts(&mut self, key: &str) -> Vec<String> {
        let Some(node) = self.map.get(key) else { return Vec::new() };
        match &node.data {
            Data::Text { text, .. } => vec![text.clone()],
            _ => node
                .want_list("a list", self.map.file, self.findings)
                .unwrap_or_default()
                .iter()
                .filter_map(|n| {
                    n.want_text("a text", self.map.file, self.findings).map(str::to_owned)
                })
                .collect(),
        }
    }

    /// One of a few words.
    pub(crate) fn one_of<T: Copy>(&mut self, key: &str, known: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let found = known.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<&str> = known.iter().map(|(w, _)| *w).collect();
            let hint = suggest::hint(&text, &words).unwrap_or_default();
            self.complain(key, "unknown-word", format!("`{key}` cannot be `{text}`"), &hint);
        }
        found
    }

    pub(crate) fn day(&mut self, key: &str) -> Option<Date> {
        let node = self.map.get(key)?;
        self.node_day(node)
    }

    fn node_day(&mut self, node: &Node) -> Option<Date> {
        let text = node.want_text("a day such as 2024-10-20", self.map.file, self.findings)?;
        let day = strict_day(text);
        if day.is_none() {
            self.findings.add(
                Diagnostic::error("not-a-day", format!("`{text}` is not a day"))
                    .in_file(self.map.file)
                    .at(node.span)
                    .hint("write year, month and day: 2024-10-20"),
            );
        }
        day
    }

    /// A day, a month, a year, or a mapping of `words`, `from` and `to`.
    pub(crate) fn when(&mut self, key: &str) -> Option<When> {
        let node = self.map.get(key)?;
        match &node.data {
            Data::Map(_) => {
                let inner = node.want_map("a mapping", self.map.file, self.findings)?;
                inner.only(&["words", "on", "from", "to"], "a time", self.findings);
                let mut fields = Fields { map: &inner, whose: "a time", findings: self.findings };
                let words = fields.text("words").unwrap_or_default();
                let on = fields.day("on");
                let (from, to) = (fields.day("from").or(on), fields.day("to").or(on));
                Some(When::between(from, to).worded(words))
            }
            _ => {
                let text = node.want_text(
                    "a day, or a mapping of words, from and to",
                    self.map.file,
                    self.findings,
                )?;
                let parts: Vec<Option<i16>> = text.split('-').map(|p| p.parse().ok()).collect();
                let interval = match parts.as_slice() {
                    [Some(y)] if text.len() == 4 => {
                        Date::new(*y, 1, 1).ok().map(|d| (d, d.last_of_year()))
                    }
                    [Some(y), Some(m)] if text.len() == 7 => i8::try_from(*m)
                        .ok()
                        .and_then(|m| Date::new(*y, m, 1).ok())
                        .map(|d| (d, d.last_of_month())),
                    _ => return self.node_day(node).map(When::on),
                };
                let Some((from, to)) = interval else { return self.node_day(node).map(When::on) };
                Some(When::between(Some(from), Some(to)))
            }
        }
    }
}

/// The mappings of a list under a key.
pub(crate) fn maps<'a>(map: &Map<'a>, key: &str, findings: &mut Findings) -> Vec<Map<'a>> {
    let Some(node) = map.get(key) else { return Vec::new() };
    node.want_list("a list", map.file, findings)
        .unwrap_or_default()
        .iter()
        .filter_map(|n| n.want_map("a mapping", map.file, findings))
        .collect()
}

/// Exactly `YYYY-MM-DD`.
fn strict_day(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}
