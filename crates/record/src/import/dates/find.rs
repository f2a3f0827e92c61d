//! Finds date expressions in a paragraph.

use super::quantity::{quantity, vague};
use super::{Part, Quantity, Said, Unit, Which};
use jiff::civil::Weekday;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A date expression and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct Found {
    /// First byte in the paragraph.
    pub(in crate::import) start: usize,
    /// One past the last byte.
    pub(in crate::import) end: usize,
    pub(super) said: Said,
    /// Where the words after "since" begin, when the expression opens with it.
    pub(super) since: Option<usize>,
}

const MONTH: &str = r"(?<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)";
const WEEKDAY: &str = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day";
const ABOUT: &str = r"(?:(?<about>almost|nearly|about|around|roughly|some|approximately|more than|over|at least|just over|well over|less than|fewer than|just under|under|barely|within|close to|up to|just|exactly|only|not even)\s+)?";
const MANY: &str = r"(?<many>a couple of|a few|a dozen|the|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|several|many|\d{1,3})";
const UNITS: &str = r"(?<unit>hours?|days?|nights?|weeks?|months?|years?)";

/// Reads what a rule's expression has captured.
type Read = fn(&Captures<'_>) -> Option<Said>;

struct Rule {
    regex: Regex,
    read: Read,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let day = r"(?:the\s+)?(?<d>\d{1,2})(?:st|nd|rd|th)?(?:\s?(?:-|–|to|and)\s?(?<e>\d{1,2})(?:st|nd|rd|th)?)?";
    let year = r"(?:,?\s+(?<year>(?:1[89]|20)\d\d)\b|\s+(?<whichyear>last|this|next)\s+year\b|\s+of\s+(?<whichyear2>last|this|next)\s+year\b)?";
    let lead = r"(?:(?i:on|since|from|until|till|by|before|after)\s+)?";
    let part = r"(?:(?<part>(?i:early|mid|middle|late|the beginning of|the start of|the end of|the middle of|beginning of|end of))[\s-]+(?:in\s+)?)?";
    let rules: &[(String, Read)] = &[
        (r"\b(?<y>(?:19|20)\d\d)-(?<m>\d\d)-(?<d>\d\d)\b".into(), iso),
        (format!(r"\b{lead}(?:{WEEKDAY},?\s+)?(?:{day}\s+(?:of\s+)?{MONTH})\b{year}"), days),
        (format!(r"\b{lead}(?:{WEEKDAY},?\s+)?{MONTH}\s+{day}\b{year}"), days),
        (format!(r"\b(?:(?i:in|on|since|from|until|till|by|during|of|before|after|through|throughout|late in|early in|back in)\s+)?(?:(?<which>(?i:last|this|next|the previous))\s+)?{part}{MONTH}(?:\b|\s){year}"), month),
        (r"\b(?:(?i:in|since|from|until|till|by|during|of|before|after|back in)\s+)(?:(?<part>(?i:early|mid|late|the beginning of|the start of|the end of))[\s-]+)?(?<year>(?:1[89]|20)\d\d)\b".into(), year_only),
        (r"\b(?<part>(?i:early|mid|late))[\s-](?<year>(?:1[89]|20)\d\d)\b".into(), year_only),
        (format!(r"\b(?:(?i:earlier|later|late|early)\s+)?(?:(?i:on|since|from|until|by|before|after)\s+)?(?:(?<which>(?i:last|next|this|the following|the previous|the))\s+)?(?:(?i:late|early)\s+(?:on\s+)?)?(?<wd>{WEEKDAY})(?:\s+(?i:late\s+|early\s+)?(?i:morning|afternoon|evening|night|noon))?(?:\s+(?<lastweek>(?i:last week|next week|this week)))?\b"), weekday),
        (r"(?i)\b(?:(?:over|at|during|since)\s+)?(?:the\s+)?(?<which>last\s+|this\s+|next\s+|past\s+|coming\s+)?weekend\b".into(), weekend),
        (r"(?i)\b(?:earlier|late|later|early)?\s?\b(?<word>yesterday|today|tonight|tomorrow|overnight)(?:\s+(?:morning|afternoon|evening|night))?\b".into(), today),
        (r"(?i)\b(?<part>earlier|later|early|late|mid|at the end of|by the end of|the end of|end of|at the start of|at the beginning of|the start of|the beginning of|start of)?[\s-]?\b(?:since\s+|during\s+|in\s+)?(?:the\s+)?(?<which>last|this|next|previous|following)\s+(?<unit>week|month|year)(?:['’]s)?\b".into(), calendar),
        (r"(?i)\b(?<part>at the end of|by the end of|the end of|at the start of|at the beginning of|by the beginning of) the (?<unit>week|month|year)\b".into(), calendar),
        (format!(r"(?i)\b{ABOUT}{MANY}\s+{UNITS}\s+(?:ago|back)\b"), ago),
        (format!(r"(?i)\b(?:in|over|during|for|within|throughout)\s+{ABOUT}(?:the\s+)?(?:past|last|previous|preceding|recent)\s+{ABOUT2}(?:{MANY}\s+)?{UNITS}\b", ABOUT2 = r"(?:few\s+|couple of\s+|several\s+)?"), past),

        (format!(r"(?i)\b(?:(?:in|over|within|during)\s+the\s+next|(?:(?:in|over|within|during)\s+)?the\s+coming)\s+(?:{MANY}\s+)?{UNITS}\b"), ahead),
        (format!(r"(?i)\b(?:in|over|during|these)\s+recent\s+{UNITS}\b"), past),
        (format!(r"(?i)\b(?:has|have|had)(?:\s+\w+){{0,4}}?\s+(?<keep>for\s+{ABOUT}{MANY}\s+{UNITS})\b"), past),
        (format!(r"(?i)\b{ABOUT}{MANY}\s+{UNITS}\s+(?<dir>earlier|later|before|afterwards|beforehand|prior)\b"), from_before),
        (r"(?i)\b(?:on\s+)?the\s+(?<dir>previous|preceding|next|following)\s+(?<unit>day|night|morning|evening|week|month|year)\b".into(), from_before),
        (r"(?i)\b(?:on\s+)?the\s+(?<unit>day|night|week|month|year)\s+(?<dir>before|after)\b".into(), from_before),
        (r"(?i)\b(?:(?:later|earlier)\s+(?:in\s+the|on\s+the\s+same|the\s+same|that)|(?:on\s+)?the\s+same|on\s+that)\s+day\b".into(), same_day),
        (format!(r"(?i)\b{ABOUT}{MANY}\s+{UNITS}\s+(?:(?<dir>after|before|following|since))\s+(?<event>[^,.;:—–“”]{{3,90}})"), from_event),
    ];
    rules
        .iter()
        .filter_map(|(p, read)| Regex::new(p).ok().map(|regex| Rule { regex, read: *read }))
        .collect()
});

/// All date expressions, left to right, none inside another.
pub(in crate::import) fn find(text: &str) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for rule in RULES.iter() {
        for caps in rule.regex.captures_iter(text) {
            let (Some(whole), Some(said)) =
                (caps.name("keep").or_else(|| caps.get(0)), (rule.read)(&caps))
            else {
                continue;
            };
            let mut start = whole.start();
            while text[start..].starts_with(char::is_whitespace) {
                start += 1;
            }
            // The event of "a week after the vote" is not part of the date's own words.
            let end = match &said {
                Said::FromEvent { event, .. } => text[..event.0].trim_end().len(),
                _ => start + text[start..whole.end()].trim_end().len(),
            };
            if is_modal_may(text, start, end, &said) {
                continue;
            }
            let since = text[start..end]
                .to_lowercase()
                .starts_with("since ")
                .then_some(start + "since ".len());
            all.push(Found { start, end, said, since });
        }
    }
    // The longer expression wins where two overlap; "before it" counts as the date's own word.
    all.sort_by_key(|f| (f.start, std::cmp::Reverse(f.end)));
    let mut kept: Vec<Found> = Vec::new();
    for found in all {
        match kept.last_mut() {
            Some(last) if found.start < last.end => {
                if found.end - found.start > last.end - last.start {
                    *last = found;
                }
            }
            _ => kept.push(found),
        }
    }
    kept
}

/// "May" and "March" alone are months only after a word that dates.
fn is_modal_may(text: &str, start: usize, end: usize, said: &Said) -> bool {
    matches!(said, Said::Month { .. })
        && matches!(
            &text[start..end],
            "May"
                | "March"
                | "Mar."
                | "June"
                | "Jun"
                | "April"
                | "Apr"
                | "August"
                | "Jan"
                | "Dec"
                | "Mar"
        )
        && !text[end..].trim_start().starts_with(|c: char| c.is_ascii_digit())
}

fn month_number(name: &str) -> Option<i8> {
    let key: String = name.to_lowercase().chars().take(3).collect();
    let all = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    all.iter().position(|m| *m == key).and_then(|i| i8::try_from(i + 1).ok())
}

fn which(word: Option<&str>) -> Which {
    match word.map(|w| w.trim().to_lowercase()).as_deref() {
        Some("last" | "past" | "previous" | "the previous") => Which::Last,
        Some("next" | "coming" | "following" | "the following") => Which::Next,
        Some("this") => Which::This,
        _ => Which::Bare,
    }
}

fn part(word: Option<&str>) -> Part {
    match word.map(str::to_lowercase).as_deref() {
        None => Part::Whole,
        Some("earlier") => Part::SoFar,
        Some("later") => Part::Rest,
        Some(w) if w.contains("early") || w.contains("beginning") || w.contains("start") => {
            Part::Early
        }
        Some(w) if w.contains("mid") => Part::Middle,
        Some(_) => Part::Late,
    }
}

fn text<'h>(caps: &Captures<'h>, name: &str) -> Option<&'h str> {
    caps.name(name).map(|m| m.as_str())
}

fn iso(c: &Captures<'_>) -> Option<Said> {
    let day = text(c, "d")?.parse().ok()?;
    Some(Said::Days {
        year: text(c, "y")?.parse().ok(),
        which_year: Which::Bare,
        month: text(c, "m")?.parse().ok()?,
        first: day,
        last: day,
    })
}

fn days(c: &Captures<'_>) -> Option<Said> {
    let first = text(c, "d")?.parse().ok()?;
    let last = text(c, "e").and_then(|e| e.parse().ok()).filter(|e| *e >= first).unwrap_or(first);
    let year = text(c, "year").and_then(|y| y.parse().ok());
    let which_year = which(text(c, "whichyear").or_else(|| text(c, "whichyear2")));
    Some(Said::Days { year, which_year, month: month_number(text(c, "month")?)?, first, last })
}

fn month(c: &Captures<'_>) -> Option<Said> {
    let month = month_number(text(c, "month")?)?;
    let part = part(text(c, "part"));
    let which_year = text(c, "whichyear").or_else(|| text(c, "whichyear2"));
    let year = text(c, "year").and_then(|y| y.parse().ok());
    if let Some(w) = which_year {
        // "October last year": the year is counted from the report's, by a marker the resolver reads.
        let offset = match which(Some(w)) {
            Which::Last => -1,
            Which::Next => 1,
            _ => 0,
        };
        return Some(Said::Month { year: Some(offset), which: Which::This, month, part });
    }
    Some(Said::Month { year, which: which(text(c, "which")), month, part })
}

fn year_only(c: &Captures<'_>) -> Option<Said> {
    Some(Said::Year { year: text(c, "year")?.parse().ok()?, part: part(text(c, "part")) })
}

fn weekday(c: &Captures<'_>) -> Option<Said> {
    let weekday = match &text(c, "wd")?[..3] {
        "Mon" => Weekday::Monday,
        "Tue" => Weekday::Tuesday,
        "Wed" => Weekday::Wednesday,
        "Thu" => Weekday::Thursday,
        "Fri" => Weekday::Friday,
        "Sat" => Weekday::Saturday,
        _ => Weekday::Sunday,
    };
    let mut which = which(text(c, "which"));
    if let Some(week) = text(c, "lastweek") {
        // "Thursday last week" is in the week before, whatever day it is today.
        which = if week.to_lowercase().starts_with("last") { Which::Last } else { which };
    }
    Some(Said::Weekday { weekday, which })
}

fn weekend(c: &Captures<'_>) -> Option<Said> {
    Some(Said::Weekend(which(text(c, "which"))))
}

fn today(c: &Captures<'_>) -> Option<Said> {
    Some(match text(c, "word")?.to_lowercase().as_str() {
        "yesterday" => Said::Today { offset: -1 },
        "tomorrow" => Said::Today { offset: 1 },
        "overnight" => Said::Night,
        _ => Said::Today { offset: 0 },
    })
}

fn calendar(c: &Captures<'_>) -> Option<Said> {
    let unit = match text(c, "unit")?.to_lowercase().as_str() {
        "week" => Unit::Week,
        "month" => Unit::Month,
        _ => Unit::Year,
    };
    let which = c.name("which").map_or(Which::This, |w| which(Some(w.as_str())));
    Some(Said::Calendar { unit, which, part: part(text(c, "part")) })
}

fn ago(c: &Captures<'_>) -> Option<Said> {
    Some(Said::Ago(quantity(text(c, "about").unwrap_or(""), text(c, "many")?, text(c, "unit")?)?))
}

fn past(c: &Captures<'_>) -> Option<Said> {
    let unit = text(c, "unit")?;
    Some(Said::UpToNow(match text(c, "many") {
        Some(many) => quantity(text(c, "about").unwrap_or(""), many, unit)?,
        None if unit.ends_with('s') => vague(unit)?,
        None => quantity("", "one", unit)?,
    }))
}

fn ahead(c: &Captures<'_>) -> Option<Said> {
    match past(c)? {
        Said::UpToNow(quantity) => Some(Said::Ahead(quantity)),
        _ => None,
    }
}

fn from_before(c: &Captures<'_>) -> Option<Said> {
    let unit = match text(c, "unit")? {
        u if matches!(u.to_lowercase().as_str(), "morning" | "evening" | "night") => "day",
        u => u,
    };
    let quantity =
        quantity(text(c, "about").unwrap_or(""), text(c, "many").unwrap_or("one"), unit)?;
    let later = matches!(
        text(c, "dir")?.to_lowercase().as_str(),
        "later" | "next" | "following" | "afterwards" | "after"
    );
    Some(Said::FromBefore { quantity, later })
}

fn same_day(_: &Captures<'_>) -> Option<Said> {
    let quantity = Quantity { exact: Some(0), least_days: 0, most_days: 0, unit: Unit::Day };
    Some(Said::FromBefore { quantity, later: true })
}

fn from_event(c: &Captures<'_>) -> Option<Said> {
    let quantity = quantity(text(c, "about").unwrap_or(""), text(c, "many")?, text(c, "unit")?)?;
    let event = c.name("event")?;
    let after = !text(c, "dir")?.eq_ignore_ascii_case("before");
    Some(Said::FromEvent { quantity, after, event: (event.start(), event.end()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_compiles() {
        assert_eq!(RULES.len(), 21);
    }

    #[test]
    fn the_words_are_kept_as_they_stand() {
        let words =
            |t: &str| find(t).iter().map(|f| t[f.start..f.end].to_owned()).collect::<Vec<_>>();
        assert_eq!(
            words("closed since early May, on July 4, 2024, as"),
            ["since early May", "on July 4, 2024"]
        );
        assert_eq!(
            words("met on Tuesday, a day earlier than on 7 October last year."),
            ["on Tuesday", "a day earlier", "on 7 October last year"]
        );
        assert_eq!(
            words("took place almost one week after Rashad assumed office."),
            ["almost one week after"]
        );
        assert_eq!(words("He may go. May they agree? The march went on."), Vec::<String>::new());
        assert_eq!(
            words("talks stalled for months; it has been stalled for nearly two months"),
            ["for nearly two months"]
        );
        assert_eq!(
            words("between May 10-11 and Tuesday 25 October"),
            ["May 10-11", "Tuesday 25 October"]
        );
    }
}
