//! Resolves date expressions into intervals of days.

use super::find::{Found, find};
use super::{Part, Quantity, Said, Unit, Which};
use crate::when::When;
use jiff::civil::{Date, Weekday, date};
use jiff::{Span, ToSpan};

/// A resolved date expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct Time {
    /// Place in the paragraph.
    pub(in crate::import) start: usize,
    /// One past its last byte.
    pub(in crate::import) end: usize,
    /// The words and the interval.
    pub(in crate::import) when: When,
    /// What this was worked out from, when it is not a date's own words: the
    /// event of "a week after the vote", the start of "since early May".
    pub(in crate::import) derived_from: Option<String>,
}

/// Resolves the dates of one report, paragraph after paragraph.
#[derive(Debug, Clone)]
pub(in crate::import) struct Resolver {
    dated: Date,
    /// What "a day earlier" counts from.
    anchor: Anchor,
}

#[derive(Debug, Clone, Copy)]
enum Anchor {
    /// A day, or a few.
    Known(Date, Date),
    /// Some day before this one: the story has gone back without saying how far.
    SomeTimeBefore(Date),
}

impl Resolver {
    pub(in crate::import) fn new(dated: Date) -> Self {
        Self { dated, anchor: Anchor::Known(dated, dated) }
    }

    /// The dates of a paragraph. `sentences` are its sentences' byte ranges.
    pub(in crate::import) fn paragraph(
        &mut self,
        text: &str,
        sentences: &[(usize, usize)],
    ) -> Vec<Time> {
        let found = find(text);
        let mut times = Vec::new();
        for &(from, to) in sentences {
            let here: Vec<&Found> =
                found.iter().filter(|f| f.start >= from && f.start < to).collect();
            if here.is_empty() && goes_back(&text[from..to]) {
                let (Anchor::Known(day, _) | Anchor::SomeTimeBefore(day)) = self.anchor;
                self.anchor = Anchor::SomeTimeBefore(day);
            }
            for found in here {
                self.one(text, (from, to), found, &mut times);
            }
        }
        times
    }

    fn one(&mut self, text: &str, sentence: (usize, usize), found: &Found, times: &mut Vec<Time>) {
        let words = &text[found.start..found.end];
        let future = speaks_of_future(text, sentence, found);
        let (from, to) = self.interval(text, found, future, sentence, times);
        if let Said::FromEvent { quantity, after, event } = &found.said
            && dates_in(text, *event).is_empty()
        {
            // The event's own day follows from the day it is measured against.
            let (ef, et) = shift(from.zip(to), quantity, !*after);
            let name = text[event.0..event.1].trim();
            if ef.is_some() {
                times.push(Time {
                    start: event.0,
                    end: event.0 + name.len(),
                    when: When::between(ef, et).worded(name),
                    derived_from: Some(words.to_owned()),
                });
            }
        }
        if let Some(inner) = found.since {
            times.push(Time {
                start: found.start,
                end: found.end,
                when: When::between(from, Some(self.dated)).worded(words),
                derived_from: None,
            });
            times.push(Time {
                start: inner,
                end: found.end,
                when: When::between(from, to).worded(&text[inner..found.end]),
                derived_from: Some(words.to_owned()),
            });
            return;
        }
        let state = matches!(found.said, Said::UpToNow(_) | Said::Ahead(_));
        if let (Some(f), Some(t)) = (from, to)
            && !state
            && days_between(f, t) <= 3
        {
            self.anchor = Anchor::Known(f, t);
        }
        times.push(Time {
            start: found.start,
            end: found.end,
            when: When::between(from, to).worded(words),
            derived_from: None,
        });
    }

    fn interval(
        &self,
        text: &str,
        found: &Found,
        future: bool,
        sentence: (usize, usize),
        times: &[Time],
    ) -> (Option<Date>, Option<Date>) {
        let d = self.dated;
        let both = |day: Date| (Some(day), Some(day));
        match &found.said {
            Said::Days { year, which_year, month, first, last } => {
                let year = year.or(match which_year {
                    Which::Last => Some(d.year() - 1),
                    Which::Next => Some(d.year() + 1),
                    Which::This => Some(d.year()),
                    Which::Bare => None,
                });
                let year = year.unwrap_or_else(|| year_near(d, *month, *first, future));
                (Date::new(year, *month, *first).ok(), Date::new(year, *month, *last).ok())
            }
            Said::Month { year, which, month, part } => {
                let year = match (year, which) {
                    (Some(offset @ -1..=1), Which::This) => d.year() + offset,
                    (Some(year), _) => *year,
                    (None, Which::Last) => {
                        if *month < d.month() {
                            d.year()
                        } else {
                            d.year() - 1
                        }
                    }
                    (None, Which::Next) => {
                        if *month > d.month() {
                            d.year()
                        } else {
                            d.year() + 1
                        }
                    }
                    (None, Which::This) => d.year(),
                    (None, Which::Bare) => year_near(d, *month, 1, future),
                };
                Date::new(year, *month, 1).map_or((None, None), |first| {
                    self.part_of(first, first.last_of_month(), *part, Unit::Month)
                })
            }
            Said::Year { year, part } => match (Date::new(*year, 1, 1), Date::new(*year, 12, 31)) {
                (Ok(first), Ok(last)) => self.part_of(first, last, *part, Unit::Year),
                _ => (None, None),
            },
            Said::Weekday { weekday, which } => self.weekday(*weekday, *which, future),
            Said::Weekend(which) => self.weekend(*which, future),
            Said::Today { offset } => d.checked_add(offset.days()).map_or((None, None), both),
            Said::Night => (d.yesterday().ok(), Some(d)),
            Said::Calendar { unit, which, part } => self.calendar(*unit, *which, *part),
            Said::Ago(quantity) => shift(Some((d, d)), quantity, false),
            Said::UpToNow(quantity) => (shift(Some((d, d)), quantity, false).0, Some(d)),
            Said::Ahead(quantity) => {
                // "on Friday told us … in the coming days" counts from that Friday.
                let spoken = times
                    .iter()
                    .rfind(|t| t.start >= sentence.0 && t.start < sentence.1 && t.when.is_one_day())
                    .and_then(|t| t.when.from)
                    .filter(|day| *day <= d);
                let from = spoken.unwrap_or(d);
                (Some(from), shift(Some((from, from)), quantity, true).1)
            }
            Said::FromBefore { quantity, later } => match self.anchor {
                Anchor::Known(from, to) => {
                    let (f, t) = shift(Some((from, to)), quantity, *later);
                    // What is told as past has happened by the report's day.
                    (f, if future { t } else { t.map(|t| t.min(d)) })
                }
                Anchor::SomeTimeBefore(_) if *later => (None, Some(d)),
                Anchor::SomeTimeBefore(day) => (None, Some(day)),
            },
            Said::FromEvent { quantity, after, event } => {
                if let Some(inner) = dates_in(text, *event).first() {
                    let (f, t) = self.interval(text, inner, future, sentence, times);
                    return shift(f.zip(t), quantity, *after);
                }
                let same_sentence = times.iter().rfind(|t| {
                    t.start >= sentence.0 && t.start < sentence.1 && t.when.is_one_day()
                });
                match (same_sentence, self.anchor) {
                    (Some(time), _) => (time.when.from, time.when.to),
                    (None, Anchor::Known(from, to)) => (Some(from), Some(to)),
                    (None, Anchor::SomeTimeBefore(day)) => (None, Some(day)),
                }
            }
        }
    }

    fn part_of(
        &self,
        first: Date,
        last: Date,
        part: Part,
        unit: Unit,
    ) -> (Option<Date>, Option<Date>) {
        let step = |n: i32| first.checked_add(n.days()).ok().map(|day| day.min(last));
        let (early, late) = match unit {
            Unit::Month => (9, 20),
            Unit::Year => (119, 244),
            _ => (2, 3),
        };
        match part {
            Part::Whole => (Some(first), Some(last)),
            Part::Early => (Some(first), step(early)),
            Part::Middle => (step(early + 1), step(late - 1)),
            Part::Late => (step(late), Some(last)),
            Part::SoFar => (Some(first), Some(last.min(self.dated))),
            Part::Rest => (Some(first.max(self.dated)), Some(last)),
        }
    }

    fn weekday(
        &self,
        weekday: Weekday,
        which: Which,
        future: bool,
    ) -> (Option<Date>, Option<Date>) {
        let d = self.dated;
        let same = d.weekday() == weekday;
        let day = match which {
            Which::Next => d.nth_weekday(1, weekday),
            Which::Last => d.nth_weekday(-1, weekday),
            _ if same => Ok(d),
            Which::This if future => d.nth_weekday(1, weekday),
            _ if future => d.nth_weekday(1, weekday),
            _ => d.nth_weekday(-1, weekday),
        };
        day.map_or((None, None), |day| (Some(day), Some(day)))
    }

    fn weekend(&self, which: Which, future: bool) -> (Option<Date>, Option<Date>) {
        let d = self.dated;
        // "This weekend" is the one to come on every other day.
        let ahead = matches!(which, Which::Next | Which::This) || (future && which != Which::Last);
        let saturday = if d.weekday() == Weekday::Saturday {
            Ok(d)
        } else if ahead {
            d.nth_weekday(1, Weekday::Saturday)
        } else {
            d.nth_weekday(-1, Weekday::Saturday)
        };
        saturday.map_or((None, None), |s| (Some(s), s.tomorrow().ok()))
    }

    fn calendar(&self, unit: Unit, which: Which, part: Part) -> (Option<Date>, Option<Date>) {
        let offset: i32 = match which {
            Which::Last => -1,
            Which::Next => 1,
            _ => 0,
        };
        let d = self.dated;
        let moved = match unit {
            Unit::Week => d.checked_add(offset.weeks()),
            Unit::Month => d.first_of_month().checked_add(offset.months()),
            _ => d.first_of_year().checked_add(offset.years()),
        };
        let Ok(moved) = moved else { return (None, None) };
        let bounds = match unit {
            Unit::Week => {
                let monday =
                    moved.checked_sub(i64::from(moved.weekday().to_monday_zero_offset()).days());
                let Ok(monday) = monday else { return (None, None) };
                (monday, monday.checked_add(6.days()).unwrap_or(monday))
            }
            Unit::Month => (moved.first_of_month(), moved.last_of_month()),
            _ => (moved.first_of_year(), moved.last_of_year()),
        };
        // "earlier last week" is some day of last week.
        let part =
            if which == Which::This || matches!(part, Part::Early | Part::Late | Part::Middle) {
                part
            } else {
                Part::Whole
            };
        self.part_of(bounds.0, bounds.1, part, unit)
    }
}

/// Moves an interval by a quantity, ahead or back.
fn shift(
    interval: Option<(Date, Date)>,
    quantity: &Quantity,
    later: bool,
) -> (Option<Date>, Option<Date>) {
    let Some((from, to)) = interval else { return (None, None) };
    let sign: i32 = if later { 1 } else { -1 };
    if let Some(n) = quantity.exact {
        let span: Span = match quantity.unit {
            Unit::Hour => 0.days(),
            Unit::Day => (sign * n).days(),
            Unit::Week => (sign * n).weeks(),
            Unit::Month => (sign * n).months(),
            Unit::Year => (sign * n).years(),
        };
        return (from.checked_add(span).ok(), to.checked_add(span).ok());
    }
    let (near, far) = (sign * quantity.least_days, sign * quantity.most_days);
    let a = from.checked_add(near.min(far).days()).ok();
    let b = to.checked_add(near.max(far).days()).ok();
    (a, b)
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

fn dates_in(text: &str, range: (usize, usize)) -> Vec<Found> {
    find(&text[range.0..range.1])
        .into_iter()
        .filter(|f| !matches!(f.said, Said::FromEvent { .. } | Said::FromBefore { .. }))
        .collect()
}

/// The year of a month and day given without one: the latest that is not after
/// the report, or, where the clause looks ahead, the nearest.
fn year_near(dated: Date, month: i8, day: i8, future: bool) -> i16 {
    let this = Date::new(dated.year(), month, day)
        .unwrap_or_else(|_| date(dated.year().clamp(1, 9998), month.clamp(1, 12), 1));
    if this <= dated {
        let next = Date::new(dated.year() + 1, month, day).ok();
        if future && next.is_some_and(|n| days_between(dated, n) < days_between(this, dated)) {
            dated.year() + 1
        } else {
            dated.year()
        }
    } else if future || (this.month() == dated.month()) && day == 1 {
        dated.year()
    } else {
        dated.year() - 1
    }
}

/// Whether a sentence takes the story back to an undated earlier time.
fn goes_back(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    ["had been preceded", "were preceded", "was preceded", "had earlier", "had previously"]
        .iter()
        .any(|w| lower.contains(w))
}

/// Whether the clause of a date looks ahead.
fn speaks_of_future(text: &str, sentence: (usize, usize), found: &Found) -> bool {
    const AHEAD: &[&str] = &[
        "will",
        "would",
        "expected",
        "due",
        "scheduled",
        "planned",
        "planning",
        "plans",
        "plan",
        "deadline",
        "expire",
        "expires",
        "until",
        "till",
        "upcoming",
        "set",
        "ahead",
        "by",
        "slated",
        "intends",
        "shall",
        "expiry",
        "begin",
        "resume",
        "aims",
        "hopes",
        "tomorrow",
        "next",
    ];
    const STOPS: &[&str] = &[
        "who",
        "which",
        "said",
        "says",
        "told",
        "reported",
        "announced",
        "when",
        "after",
        "since",
        "added",
        "confirmed",
    ];
    const EXPIRED: &[&str] = &["expired", "began", "ended", "was", "were", "met", "held", "had"];
    if text[found.start..found.end].to_lowercase().starts_with("since") {
        return false;
    }
    let own = text[found.start..found.end].to_lowercase();
    if own.starts_with("by ") || own.starts_with("until ") || own.starts_with("till ") {
        return true;
    }
    let clean = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let before = &text[sentence.0..found.start];
    let mut words_before = 0;
    for word in before.split_whitespace().rev() {
        let w = clean(word);
        if STOPS.contains(&w.as_str()) || EXPIRED.contains(&w.as_str()) {
            return false;
        }
        if AHEAD.contains(&w.as_str()) {
            return true;
        }
        words_before += 1;
        if word.ends_with([',', ';']) && words_before > 3 {
            break;
        }
    }
    if words_before > 2 {
        return false;
    }
    // At the head of a sentence the clause follows.
    for word in text[found.end..sentence.1].split_whitespace().take(12) {
        let w = clean(word);
        if STOPS.contains(&w.as_str()) || EXPIRED.contains(&w.as_str()) {
            return false;
        }
        if matches!(w.as_str(), "will" | "expected" | "due" | "scheduled" | "set" | "plans") {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(dated: Date, text: &str) -> Vec<(String, String)> {
        let mut resolver = Resolver::new(dated);
        resolver
            .paragraph(text, &[(0, text.len())])
            .into_iter()
            .map(|t| (t.when.words.clone(), t.when.days()))
            .collect()
    }

    fn days(dated: Date, text: &str) -> Vec<String> {
        resolved(dated, text).into_iter().map(|(_, d)| d).collect()
    }

    const WEDNESDAY: Date = date(2024, 10, 23);

    #[test]
    fn weekdays_count_back_from_the_report_and_ahead_where_the_clause_does() {
        assert_eq!(days(WEDNESDAY, "They met on Tuesday."), ["2024-10-22"]);
        assert_eq!(days(WEDNESDAY, "They met on Wednesday."), ["2024-10-23"]);
        assert_eq!(days(WEDNESDAY, "They will meet on Tuesday."), ["2024-10-29"]);
        assert_eq!(days(WEDNESDAY, "They met on Thursday."), ["2024-10-17"]);
        assert_eq!(
            days(WEDNESDAY, "He said on Monday that they would meet on Friday."),
            ["2024-10-21", "2024-10-25"]
        );
    }

    #[test]
    fn a_day_earlier_counts_from_the_nearest_date_before_it() {
        assert_eq!(
            days(WEDNESDAY, "On Monday it said they had met a day earlier."),
            ["2024-10-21", "2024-10-20"]
        );
        assert_eq!(
            days(WEDNESDAY, "It began on 2 October and ended two weeks later."),
            ["2024-10-02", "2024-10-16"]
        );
    }

    #[test]
    fn stretches_and_months() {
        assert_eq!(
            days(WEDNESDAY, "closed since early May"),
            ["2024-05-01 to 2024-10-23", "2024-05-01 to 2024-05-10"]
        );
        assert_eq!(days(WEDNESDAY, "a deal in the coming month"), ["2024-10-23 to 2024-11-23"]);
        assert_eq!(days(WEDNESDAY, "killed earlier last week"), ["2024-10-14 to 2024-10-20"]);
        assert_eq!(
            days(WEDNESDAY, "before the invasion last October"),
            ["2023-10-01 to 2023-10-31"]
        );
        assert_eq!(days(WEDNESDAY, "the war erupted on 7 October last year"), ["2023-10-07"]);
        assert_eq!(days(WEDNESDAY, "they met earlier this month"), ["2024-10-01 to 2024-10-23"]);
        assert_eq!(days(date(2023, 5, 12), "it would expire by May 18"), ["2023-05-18"]);
        assert_eq!(days(date(2023, 1, 12), "they met in November"), ["2022-11-01 to 2022-11-30"]);
        assert_eq!(
            days(WEDNESDAY, "an agreement signed in November 2016"),
            ["2016-11-01 to 2016-11-30"]
        );
        assert_eq!(
            days(WEDNESDAY, "three weeks ago and in recent days"),
            ["2024-10-02", "2024-10-16 to 2024-10-23"]
        );
    }

    #[test]
    fn a_day_measured_from_an_event_dates_the_event_too() {
        let text = "On Monday they met a day earlier. It took place almost one week after Rashad took office.";
        let mut resolver = Resolver::new(WEDNESDAY);
        let times = resolver.paragraph(text, &[(0, 33), (34, text.len())]);
        let all: Vec<_> = times.iter().map(|t| (t.when.words.as_str(), t.when.days())).collect();
        assert!(all.contains(&("almost one week after", "2024-10-20".into())), "{all:?}");
        assert!(
            all.contains(&("Rashad took office", "2024-10-13 to 2024-10-15".into())),
            "{all:?}"
        );
    }

    #[test]
    fn impossible_days_are_left_open() {
        assert_eq!(days(WEDNESDAY, "on 31 February 2024"), ["not known"]);
        assert_eq!(days(date(-9999, 1, 1), "a day earlier, 2000 years ago, last week").len(), 2);
    }
}
