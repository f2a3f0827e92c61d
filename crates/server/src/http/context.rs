//! What a handler knows about the request it answers.

use super::{Fault, Reply};
use crate::app::App;
use crate::auth::{PersonId, Seat, Token};
use crate::live::{Done, Live, Once};
use crate::words::{Language, Words};
use axum::body::Bytes;
use detente_mediation::{Ask, MemberId, View, Viewer, Who};
use sha2::{Digest, Sha256};
use std::str::FromStr;
use std::sync::Arc;

/// A place in talks, found for the person who asks.
#[derive(Clone)]
pub(crate) struct SeatAt {
    pub(crate) live: Arc<Live>,
    pub(crate) member: MemberId,
}

/// A request that has passed the gate.
pub(crate) struct Context {
    pub(crate) app: Arc<App>,
    pub(crate) language: Language,
    /// The path asked for.
    pub(crate) here: String,
    /// Where dates are told.
    pub(crate) zone: jiff::tz::TimeZone,
    pub(crate) session: Option<Token>,
    pub(crate) person: Option<PersonId>,
    pub(crate) seat: Option<SeatAt>,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) query: Form,
    pub(crate) form: Form,
    /// Files sent with the form: name and content.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    pub(crate) body: Bytes,
    pub(crate) idempotency_key: Option<String>,
}

/// Names and values, in their order, as forms and queries have them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form(pub(crate) Vec<(String, String)>);

impl Form {
    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        serde_urlencoded::from_bytes(text).ok().map(Self)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.trim())
    }

    /// A text field; empty when absent.
    pub(crate) fn text(&self, name: &str) -> String {
        // Browsers send line ends as CR LF.
        self.get(name).unwrap_or_default().replace("\r\n", "\n")
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(n, _)| n == name)
    }

    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// A field that names something; what is no id names nothing.
    pub(crate) fn id<T: FromStr>(&self, name: &str) -> Result<T, Fault> {
        self.get(name).and_then(|text| text.parse().ok()).ok_or(Fault::NotThere)
    }

    /// Every field of a name that names something.
    pub(crate) fn ids<T: FromStr>(&self, name: &str) -> Result<Vec<T>, Fault> {
        self.all(name).map(|text| text.parse().map_err(|_| Fault::NotThere)).collect()
    }
}

impl Context {
    pub(crate) fn words(&self) -> &'static Words {
        self.language.words()
    }

    /// A path parameter that names something.
    pub(crate) fn id<T: FromStr>(&self, name: &str) -> Result<T, Fault> {
        let found = self.parameters.iter().find(|(n, _)| n == name);
        found.and_then(|(_, text)| text.parse().ok()).ok_or(Fault::NotThere)
    }

    pub(crate) fn parameter(&self, name: &str) -> &str {
        self.parameters.iter().find(|(n, _)| n == name).map_or("", |(_, text)| text)
    }

    pub(crate) fn seat(&self) -> Result<&SeatAt, Fault> {
        self.seat.as_ref().ok_or(Fault::NotThere)
    }

    pub(crate) fn person(&self) -> Result<PersonId, Fault> {
        self.person.ok_or(Fault::Denied(crate::auth::Denied::Session))
    }

    /// All that this person may see of these talks.
    pub(crate) fn view(&self) -> Result<View, Fault> {
        let seat = self.seat()?;
        let view = seat.live.view(Viewer::Member(seat.member));
        if view.you.is_some() { Ok(view) } else { Err(Fault::NotThere) }
    }

    /// Carries out a command of this person; the same form sent twice counts once.
    pub(crate) async fn carry_out(&self, ask: Ask) -> Result<Done, Fault> {
        self.carry_out_part(0, ask).await
    }

    /// The same for one of several commands that a form stands for.
    pub(crate) async fn carry_out_part(&self, part: usize, ask: Ask) -> Result<Done, Fault> {
        let seat = self.seat()?;
        let once = self.once(seat, part);
        let who = Who::Member(seat.member);
        let done = self.app.desk.carry_out(&seat.live, who, ask, once).await;
        self.app.metrics.command(done.is_ok());
        Ok(done?)
    }

    fn once(&self, seat: &SeatAt, part: usize) -> Option<Once> {
        let key = self.idempotency_key.as_deref().or_else(|| self.form.get("once"))?;
        let hash = |parts: &[&[u8]]| -> [u8; 32] {
            let mut hash = Sha256::new();
            for part in parts {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part);
            }
            hash.finalize().into()
        };
        let path: Vec<u8> = self.parameters.iter().flat_map(|(_, v)| v.bytes()).collect();
        Some(Once {
            key: hash(&[seat.member.as_bytes(), key.as_bytes(), &part.to_be_bytes()]),
            request: hash(&[&path, &self.body]),
        })
    }

    /// The path of a page of these talks.
    pub(crate) fn path(&self, rest: &str) -> String {
        match &self.seat {
            Some(seat) => format!("/talks/{}{rest}", seat.live.id()),
            None => "/talks".to_owned(),
        }
    }

    /// "Done; look there."
    pub(crate) fn see(&self, rest: &str) -> Result<Reply, Fault> {
        Ok(Reply::see(&self.path(rest)))
    }

    /// The hidden field that ties a form to this session.
    pub(crate) fn form_token(&self) -> String {
        self.session.as_ref().map(|s| s.derive("form")).unwrap_or_default()
    }

    /// A value no other rendering of this page has: the same form sent twice counts once.
    pub(crate) fn once_token(&self) -> String {
        let mut bytes = [0; 16];
        match self.app.edge.fill(&mut bytes) {
            Ok(()) => crate::keys::hex(&bytes),
            Err(_) => String::new(),
        }
    }

    /// The seats of whoever asks.
    pub(crate) fn seats(&self) -> Vec<Seat> {
        self.person.map(|id| self.app.people.seats(id)).unwrap_or_default()
    }
}
