//! Messages that count, by the plural rules of Unicode CLDR.

use super::Language;

/// One message per plural category; `{0}` is the number.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Plural {
    /// English.
    Two { one: &'static str, other: &'static str },
    /// Hebrew.
    Three { one: &'static str, two: &'static str, other: &'static str },
    /// Arabic.
    Six {
        zero: &'static str,
        one: &'static str,
        two: &'static str,
        few: &'static str,
        many: &'static str,
        other: &'static str,
    },
}

impl Plural {
    /// The message for a number.
    pub(crate) fn say(&self, n: usize) -> String {
        let message = match *self {
            Self::Two { one, other } => match n {
                1 => one,
                _ => other,
            },
            Self::Three { one, two, other } => match n {
                1 => one,
                2 => two,
                _ => other,
            },
            Self::Six { zero, one, two, few, many, other } => match (n, n % 100) {
                (0, _) => zero,
                (1, _) => one,
                (2, _) => two,
                (_, 3..=10) => few,
                (_, 11..=99) => many,
                _ => other,
            },
        };
        message.replace("{0}", &n.to_string())
    }
}

macro_rules! plurals {
    ($($name:ident: $english:expr, $arabic:expr, $hebrew:expr;)*) => {
        /// Every message that counts.
        pub(crate) struct Plurals { $(pub(crate) $name: Plural),* }
        pub(super) static ENGLISH: Plurals = Plurals { $($name: $english),* };
        pub(super) static ARABIC: Plurals = Plurals { $($name: $arabic),* };
        pub(super) static HEBREW: Plurals = Plurals { $($name: $hebrew),* };
    };
}

plurals! {
    unread:
        Plural::Two { one: "1 unopened", other: "{0} unopened" },
        Plural::Six {
            zero: "لا شيء غير مفتوح", one: "واحدة غير مفتوحة", two: "اثنتان غير مفتوحتين",
            few: "{0} غير مفتوحة", many: "{0} غير مفتوحة", other: "{0} غير مفتوحة",
        },
        Plural::Three { one: "אחת שלא נפתחה", two: "שתיים שלא נפתחו", other: "{0} שלא נפתחו" };
    bytes:
        Plural::Two { one: "1 byte", other: "{0} bytes" },
        Plural::Six {
            zero: "صفر بايت", one: "بايت واحد", two: "بايتان",
            few: "{0} بايتات", many: "{0} بايتًا", other: "{0} بايت",
        },
        Plural::Three { one: "בייט אחד", two: "שני בייטים", other: "{0} בייטים" };
}

impl Language {
    /// Whether the plural rules are of this language; only a test asks.
    #[cfg(test)]
    fn fits(self, plural: &Plural) -> bool {
        matches!(
            (self, plural),
            (Self::English, Plural::Two { .. })
                | (Self::Arabic, Plural::Six { .. })
                | (Self::Hebrew, Plural::Three { .. })
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_their_form() {
        for language in Language::ALL {
            let all = language.plurals();
            for plural in [&all.unread, &all.bytes] {
                assert!(language.fits(plural), "{}", language.name());
            }
        }
        let arabic = &Language::Arabic.plurals().bytes;
        let said = [0, 1, 2, 3, 10, 11, 99, 100, 102, 103].map(|n| arabic.say(n));
        assert_eq!(said[2], "بايتان");
        assert_eq!(said[3], "3 بايتات");
        assert_eq!(said[5], "11 بايتًا");
        assert_eq!(said[7], "100 بايت");
        assert_eq!(said[9], "103 بايتات");
        assert_eq!(Language::Hebrew.plurals().bytes.say(2), "שני בייטים");
    }
}
