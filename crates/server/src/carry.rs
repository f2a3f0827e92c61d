//! Taking whole talks along in an encrypted file, and opening them elsewhere.
//!
//! The file is an age file (<https://age-encryption.org/v1>). Inside are the
//! log as it is stored and the keys of its rooms; a room that was erased has
//! no key and stays erased. People, their sessions and passwords stay behind:
//! whoever leads a side comes in anew, by a link that the import gives.

use crate::app::App;
use crate::auth::{Person, Seat};
use crate::config::Config;
use crate::edge::{Edge, System};
use crate::keys::{KeyError, Keys, Place, RoomKey, hex, unhex, unseal};
use crate::live::{Failure, event_of, opened};
use crate::serve::{self, ServeError};
use crate::store::{Append, Batch, EventStore, Id, Sealed, Sqlite, StoreError, StoredEvent};
use crate::system::lock_memory;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use detente_mediation::log::verify;
use detente_mediation::{Body, Standing, TalksId, Viewer, view};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::str::FromStr;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The version of what is inside.
const FORMAT: u32 = 1;

/// Why talks could not be taken along.
#[derive(Debug, thiserror::Error)]
pub enum CarryError {
    /// Not an id of talks.
    #[error("`{0}` is not the id of talks")]
    NotAnId(String),
    /// There are none of this id, or there are already.
    #[error("there are no talks {0} here")]
    NotThere(TalksId),
    /// They are here already.
    #[error("the talks {0} are here already")]
    Here(TalksId),
    /// Not a recipient or an identity of age.
    #[error("{0}")]
    NotAKey(String),
    /// The file cannot be opened with this identity, or was altered.
    #[error("the file cannot be opened: {0}")]
    Closed(String),
    /// What is inside is not what an export writes.
    #[error("what is inside is no export of talks: {0}")]
    Inside(String),
    /// The log does not hold.
    #[error("the log inside does not hold: {0}")]
    Broken(String),
    /// The server's own folders.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys.
    #[error(transparent)]
    Key(#[from] KeyError),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bundle {
    detente_talks: u32,
    talks: TalksId,
    /// Skeleton, room, sealed contents, in the order of the log.
    events: Vec<(String, String, String)>,
    /// Room and key.
    keys: Vec<(String, Zeroizing<String>)>,
}

/// A new key pair: the identity, which is kept, and the recipient, which is given away.
#[must_use]
pub fn new_identity() -> (Zeroizing<String>, String) {
    use age::secrecy::ExposeSecret;
    let identity = age::x25519::Identity::generate();
    let secret = Zeroizing::new(identity.to_string().expose_secret().to_owned());
    (secret, identity.to_public().to_string())
}

/// Which talks are in a data folder.
///
/// # Errors
/// When the store cannot be read.
pub fn talks_in(config: &Config) -> Result<Vec<TalksId>, CarryError> {
    Ok(store(config)?.logs()?.into_iter().map(TalksId::from_bytes).collect())
}

fn store(config: &Config) -> Result<Arc<dyn EventStore>, CarryError> {
    if !config.store_file().exists() {
        let missing = std::io::Error::from(std::io::ErrorKind::NotFound);
        return Err(ServeError::Folder(config.store_file(), missing).into());
    }
    Ok(Arc::new(Sqlite::look(&config.store_file())?))
}

/// Whole talks, encrypted to a recipient. A server may be running.
///
/// # Errors
/// When there are no such talks, or their log does not hold.
pub fn export(config: &Config, talks: &str, recipient: &str) -> Result<Vec<u8>, CarryError> {
    lock_memory();
    let id: TalksId = talks.parse().map_err(|_| CarryError::NotAnId(talks.to_owned()))?;
    let recipient = age::x25519::Recipient::from_str(recipient)
        .map_err(|error| CarryError::NotAKey(format!("not a recipient of age: {error}")))?;
    let store = store(config)?;
    let folder = config.keys_folder();
    let keys = Keys::open(&folder).map_err(|e| ServeError::Folder(folder, e))?;
    let events = store.read(*id.as_bytes(), 0)?;
    if events.is_empty() {
        return Err(CarryError::NotThere(id));
    }
    hold(id, events.clone(), |place, sealed| keys.unseal(place, sealed))?;
    let rooms = keys.of_talks(*id.as_bytes())?;
    let bundle = Bundle {
        detente_talks: FORMAT,
        talks: id,
        events: events
            .iter()
            .map(|event| {
                let sealed = STANDARD.encode(&event.sealed.bytes);
                (STANDARD.encode(&event.skeleton), hex(&event.sealed.room), sealed)
            })
            .collect(),
        keys: rooms
            .into_iter()
            .map(|(room, key)| (hex(&room), Zeroizing::new(hex(&*key))))
            .collect(),
    };
    // Plain data always has a JSON form.
    let plain = Zeroizing::new(serde_json::to_vec(&bundle).unwrap_or_default());
    age::encrypt(&recipient, &plain).map_err(|error| CarryError::Closed(error.to_string()))
}

/// Whether a log holds, with what opens it.
fn hold(
    id: TalksId,
    events: Vec<StoredEvent>,
    unseal: impl Fn(Place, &Sealed) -> Result<Zeroizing<Vec<u8>>, KeyError>,
) -> Result<(), CarryError> {
    let records = opened(id, events, unseal).map_err(broken)?;
    match verify(id, &records, &[]).findings.as_slice() {
        [] => Ok(()),
        [first, ..] => Err(CarryError::Broken(first.to_string())),
    }
}

/// The same with the keys of a bundle: a room may have none where the log says
/// that it was erased, and nowhere else.
fn hold_with(id: TalksId, events: &[StoredEvent], rooms: &[RoomKey]) -> Result<(), CarryError> {
    let keys: HashMap<&Id, &[u8; 32]> = rooms.iter().map(|(room, key)| (room, &**key)).collect();
    let open = |place, sealed: &Sealed| {
        unseal(keys.get(&sealed.room).ok_or(KeyError::Destroyed)?, place, sealed)
    };
    let mut erased = HashSet::new();
    for record in opened(id, events.to_vec(), open).map_err(broken)? {
        if let Some(Body::RoomErased { erased: room }) =
            event_of(&record).map_err(broken)?.map(|event| event.body)
        {
            erased.insert(*room.as_bytes());
        }
    }
    let mut rooms = events.iter().map(|event| event.sealed.room);
    if let Some(room) = rooms.find(|room| !keys.contains_key(room) && !erased.contains(room)) {
        let missing = format!("the key of room {} is missing", hex(&room));
        return Err(CarryError::Inside(missing));
    }
    hold(id, events.to_vec(), open)
}

fn broken(failure: Failure) -> CarryError {
    CarryError::Broken(failure.to_string())
}

/// Somebody who leads a side of talks that were brought in.
#[derive(Debug)]
pub struct Lead {
    /// The side.
    pub side: String,
    /// Who.
    pub name: String,
    /// The path of a one-time link; absent for the only person of a server
    /// nobody has come in to yet, to whom it gives a link when it starts.
    pub link: Option<Zeroizing<String>>,
}

/// Talks that were brought in.
#[derive(Debug)]
pub struct Imported {
    /// Which.
    pub talks: TalksId,
    /// Who leads a side.
    pub leads: Vec<Lead>,
}

/// Brings talks in from an encrypted file; the server must not be running.
///
/// # Errors
/// When the file cannot be opened or does not hold; then nothing is kept. An
/// import that was cut short is finished by the same import.
pub fn import(config: &Config, file: &[u8], identity: &str) -> Result<Imported, CarryError> {
    lock_memory();
    let secret =
        identity.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let identity = age::x25519::Identity::from_str(secret.unwrap_or_default())
        .map_err(|error| CarryError::NotAKey(format!("not an identity of age: {error}")))?;
    let plain = age::decrypt(&identity, file).map_err(|e| CarryError::Closed(e.to_string()))?;
    let plain = Zeroizing::new(plain);
    // The reader's own words could repeat a key.
    let bundle: Bundle = serde_json::from_slice(&plain)
        .map_err(|error| CarryError::Inside(format!("column {} cannot be read", error.column())))?;
    if bundle.detente_talks != FORMAT {
        let later = format!("format {}, this one knows {FORMAT}", bundle.detente_talks);
        return Err(CarryError::Inside(later));
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(ServeError::Runtime)?;
    runtime.block_on(bring_in(config, &bundle))
}

async fn bring_in(config: &Config, bundle: &Bundle) -> Result<Imported, CarryError> {
    let id = bundle.talks;
    let (events, rooms) = bundle.parts().ok_or_else(|| {
        CarryError::Inside("a key, room or event is not written as it should be".into())
    })?;
    hold_with(id, &events, &rooms)?;
    let edge: Arc<dyn Edge> = Arc::new(System::new());
    let (app, _) = serve::open(config.clone(), config.listen, edge)?;
    let store = app.desk.store();
    let here = store.read(*id.as_bytes(), 0)?;
    if here.is_empty() {
        keep(&app, id, events, &rooms).await?;
    } else if here != events {
        return Err(CarryError::Here(id));
    }
    // Of the same log all but the links may be here already: an import was cut short.
    let leads = let_in(&app, id).await?;
    if leads.is_empty() { Err(CarryError::Here(id)) } else { Ok(Imported { talks: id, leads }) }
}

async fn keep(
    app: &App,
    id: TalksId,
    events: Vec<StoredEvent>,
    rooms: &[RoomKey],
) -> Result<(), CarryError> {
    let (store, keys) = (app.desk.store(), app.desk.keys());
    // Keys first: without the log they are nothing, and are written again by
    // whoever tries again.
    for (room, key) in rooms {
        keys.put(*id.as_bytes(), *room, key)?;
    }
    // A room that was erased there stays erased here.
    let erased = |event: &&StoredEvent| !rooms.iter().any(|(room, _)| *room == event.sealed.room);
    for event in events.iter().filter(erased) {
        keys.destroy(*id.as_bytes(), event.sealed.room)?;
    }
    let append = Append { talks: *id.as_bytes(), after: 0, events, receipt: None };
    let durable = store.commit(Batch { append: Some(append), puts: Vec::new() });
    durable.await.unwrap_or_else(|_| Err(StoreError::Failed("the writer has stopped".into())))?;
    Ok(())
}

impl Bundle {
    /// The log and the keys; absent where something is not written as it should be.
    fn parts(&self) -> Option<(Vec<StoredEvent>, Vec<RoomKey>)> {
        let event = |(skeleton, room, sealed): &(String, String, String)| {
            Some(StoredEvent {
                skeleton: STANDARD.decode(skeleton).ok()?,
                sealed: Sealed { room: unhex(room)?, bytes: STANDARD.decode(sealed).ok()? },
            })
        };
        let key = |(room, key): &(String, Zeroizing<String>)| {
            Some((unhex(room)?, Zeroizing::new(unhex::<32>(key)?)))
        };
        let events = self.events.iter().map(event).collect::<Option<_>>()?;
        Some((events, self.keys.iter().map(key).collect::<Option<_>>()?))
    }
}

/// A seat and a link for everybody who leads a side, may act, and has not come in yet.
async fn let_in(app: &App, id: TalksId) -> Result<Vec<Lead>, CarryError> {
    let events = app.desk.events(id).map_err(broken)?;
    let talks = detente_mediation::Talks::fold(&events);
    let people = &app.people;
    let mut seated = Vec::new();
    for member in talks.leads() {
        let seen = view(&talks, Viewer::Member(member));
        let Some(you) = seen.you.filter(|you| you.standing == Standing::Active) else { continue };
        let side = seen.principals.iter().find(|p| p.id == you.principal);
        let side = side.map(|p| p.name.clone()).unwrap_or_default();
        let seat = Seat { talks: *id.as_bytes(), member: *member.as_bytes() };
        let person = match people.holders(seat).first() {
            Some(person) if people.has_come_in(*person) => continue,
            Some(person) => *person,
            None => {
                let person = Person { seats: vec![seat], host: you.convenes, ..Person::default() };
                people.add(person).await.map_err(ServeError::Denied)?
            }
        };
        seated.push((person, Lead { side, name: you.name, link: None }));
    }
    let mut leads = Vec::new();
    for (person, mut lead) in seated {
        if people.lone_host() != Some(person) {
            let link = people.link(person).await.map_err(ServeError::Denied)?;
            lead.link = Some(Zeroizing::new(format!("/k/{}", *link.to_text())));
        }
        leads.push(lead);
    }
    Ok(leads)
}
