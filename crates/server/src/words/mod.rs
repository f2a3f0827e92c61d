//! What the pages say, in every language they speak.
//!
//! All languages of a message stand in one row of the [`table`]: a row that
//! lacks one does not compile. `{0}`, `{1}` … are filled in by [`fill`]; a
//! test holds that all languages of a row use the same.

mod plural;
mod table;

pub(crate) use plural::Plurals;
pub(crate) use table::Words;

/// A language the pages are complete in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Language {
    #[default]
    English,
    Arabic,
    Hebrew,
}

impl Language {
    pub(crate) const ALL: [Self; 3] = [Self::English, Self::Arabic, Self::Hebrew];

    /// BCP 47.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Arabic => "ar",
            Self::Hebrew => "he",
        }
    }

    /// Its own name for itself.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Arabic => "العربية",
            Self::Hebrew => "עברית",
        }
    }

    /// The value of `dir`.
    pub(crate) fn direction(self) -> &'static str {
        match self {
            Self::English => "ltr",
            Self::Arabic | Self::Hebrew => "rtl",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        let main = code.split(['-', ';']).next()?.trim();
        // Hebrew's code was "iw" once, and some systems still send it.
        let main = if main == "iw" { "he" } else { main };
        Self::ALL.into_iter().find(|l| l.code() == main)
    }

    /// The first language of an `Accept-Language` header that we speak.
    pub(crate) fn preferred(header: &str) -> Option<Self> {
        header.split(',').find_map(Self::from_code)
    }

    pub(crate) fn words(self) -> &'static Words {
        match self {
            Self::English => &table::ENGLISH,
            Self::Arabic => &table::ARABIC,
            Self::Hebrew => &table::HEBREW,
        }
    }

    pub(crate) fn plurals(self) -> &'static Plurals {
        match self {
            Self::English => &plural::ENGLISH,
            Self::Arabic => &plural::ARABIC,
            Self::Hebrew => &plural::HEBREW,
        }
    }
}

/// A message with its places filled in. Names from people are isolated, so
/// that their direction does not disturb the sentence.
pub(crate) fn fill(message: &str, values: &[&str]) -> String {
    let mut text = message.to_owned();
    for (at, value) in values.iter().enumerate() {
        text = text.replace(&format!("{{{at}}}"), &format!("\u{2068}{value}\u{2069}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<char> {
        let mut found: Vec<_> =
            text.match_indices('{').filter_map(|(at, _)| text[at + 1..].chars().next()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn every_language_says_everything_with_the_same_places() {
        let all = Language::ALL.map(|l| l.words().rows());
        for (at, (name, english)) in all[0].iter().enumerate() {
            for language in &all {
                let (_, text) = language[at];
                assert!(!text.trim().is_empty(), "{name} is empty");
                assert_eq!(places(text), places(english), "{name}: {text}");
            }
        }
    }

    #[test]
    fn no_language_was_left_in_english() {
        for (at, (name, english)) in Language::English.words().rows().iter().enumerate() {
            for language in [Language::Arabic, Language::Hebrew] {
                let (_, text) = language.words().rows()[at];
                assert_ne!(text, *english, "{name} in {}", language.name());
            }
        }
    }

    #[test]
    fn languages_are_found() {
        assert_eq!(Language::preferred("fr-FR,ar-EG;q=0.8,en"), Some(Language::Arabic));
        assert_eq!(Language::preferred("iw-IL"), Some(Language::Hebrew));
        assert_eq!(Language::preferred("fr"), None);
        assert_eq!(fill("a {0} b", &["x"]), "a \u{2068}x\u{2069} b");
    }
}
