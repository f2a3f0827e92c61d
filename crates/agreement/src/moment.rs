//! A point in time as an agreement knows it: a day, perhaps with a time of day.

use jiff::civil::{Date, DateTime, Time};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A day in the agreement's time zone, with the time of day where it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// The time of day.
    pub time: Option<Time>,
}

impl Moment {
    /// A day.
    #[must_use]
    pub fn on(day: Date) -> Self {
        Self { day, time: None }
    }

    /// The latest it can be: its time, or the last second of its day.
    #[must_use]
    pub fn latest(self) -> DateTime {
        let end = Time::constant(23, 59, 59, 0);
        self.day.to_datetime(self.time.unwrap_or(end))
    }
}

impl From<Date> for Moment {
    fn from(day: Date) -> Self {
        Self::on(day)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day)?;
        match self.time {
            Some(time) => write!(f, " {:02}:{:02}", time.hour(), time.minute()),
            None => Ok(()),
        }
    }
}

impl FromStr for Moment {
    type Err = String;

    /// `2031-04-02` or `2031-04-02 10:30`.
    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || {
            format!(
                "`{text}` is no day; write 2031-04-02, with a time if it is known: 2031-04-02 10:30"
            )
        };
        let (day, time) = match text.split_once([' ', 'T']) {
            None => (text, None),
            Some((day, time)) if time.len() == 5 => (day, Some(time)),
            Some(_) => return Err(bad()),
        };
        if day.len() != 10 {
            return Err(bad());
        }
        let day = day.parse().map_err(|_| bad())?;
        let time = time.map(|t| t.parse().map_err(|_| bad())).transpose()?;
        Ok(Self { day, time })
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}
