//! An agreement as a whole.

use crate::instrument::{Clause, Instrument};
use crate::obligation::Obligation;
use crate::participant::Participant;
use crate::pipeline::Pipeline;
use crate::remedy::Remedy;
use crate::trigger::WorkCalendar;
use crate::zone::Zone;
use jiff::tz::TimeZone;

/// Something that may happen and that triggers can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedEvent {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: String,
}

/// Where what is written here can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Its title.
    pub title: String,
    /// Its address.
    pub address: Option<String>,
}

/// An agreement: a family of instruments and what follows from them.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Its id; part of every seal.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The time zone its days are days in.
    pub zone: TimeZone,
    /// Whether it is written down from public texts only.
    pub public_record: bool,
    /// What whoever keeps it says about it.
    pub note: Option<String>,
    /// Where its texts can be read.
    pub sources: Vec<Citation>,
    /// Who stands in it.
    pub participants: Vec<Participant>,
    /// Its instruments.
    pub instruments: Vec<Instrument>,
    /// Calendars of working days.
    pub calendars: Vec<WorkCalendar>,
    /// What may happen.
    pub events: Vec<NamedEvent>,
    /// Zones.
    pub zones: Vec<Zone>,
    /// What follows from the clauses.
    pub obligations: Vec<Obligation>,
    /// How incidents are examined.
    pub pipeline: Pipeline,
    /// What may be done in a dispute.
    pub remedies: Vec<Remedy>,
}

impl Default for Agreement {
    fn default() -> Self {
        Self {
            id: String::new(),
            title: String::new(),
            zone: TimeZone::UTC,
            public_record: false,
            note: None,
            sources: Vec::new(),
            participants: Vec::new(),
            instruments: Vec::new(),
            calendars: Vec::new(),
            events: Vec::new(),
            zones: Vec::new(),
            obligations: Vec::new(),
            pipeline: Pipeline::default(),
            remedies: Vec::new(),
        }
    }
}

impl Agreement {
    /// An instrument by its id.
    #[must_use]
    pub fn instrument(&self, id: &str) -> Option<&Instrument> {
        self.instruments.iter().find(|i| i.id == id)
    }

    /// A clause by `instrument#clause`.
    #[must_use]
    pub fn clause(&self, reference: &str) -> Option<&Clause> {
        let (instrument, clause) = reference.split_once('#')?;
        self.instrument(instrument)?.clause(clause)
    }

    /// A participant's name; its id where it has none.
    #[must_use]
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.participants.iter().find(|p| p.id == id).map_or(id, |p| &p.name)
    }

    /// A remedy by its id.
    #[must_use]
    pub fn remedy(&self, id: &str) -> Option<&Remedy> {
        self.remedies.iter().find(|r| r.id == id)
    }

    /// An obligation's place in the list.
    #[must_use]
    pub fn obligation(&self, id: &str) -> Option<usize> {
        self.obligations.iter().position(|o| o.id == id)
    }

    /// The banner of agreements written down from public texts.
    #[must_use]
    pub fn banner(&self) -> Option<&'static str> {
        self.public_record.then_some(
            "From public texts. Claims are claims, not findings. Incomplete. Not for operational use.",
        )
    }
}
