//! Persons, the seats they hold, and the doors open to them.

use super::Denied;
use super::password;
use super::seats::Seats;
use super::token::{Token, keyed_hash};
use crate::edge::Edge;
use crate::keys::hex;
use crate::store::{Batch, Drawer, EventStore, Id, Put, StoreError};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// A session ends this long after it began, whatever happens.
const SESSION_LIFE: SignedDuration = SignedDuration::from_hours(12);
/// A link that nobody opened ends after this.
const LINK_LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// An opaque id of a person.
pub type PersonId = Id;

/// A place in one talks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Seat {
    /// Which talks.
    pub talks: Id,
    /// As which member.
    pub member: Id,
}

/// Someone who can come in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Person {
    /// Where the person takes part from the beginning; what comes later is
    /// kept apart, so that the record stays small ([`People::give_seat`]).
    pub seats: Vec<Seat>,
    /// Whether the person may begin talks here.
    pub host: bool,
    /// Whether the person has come in by a link.
    pub came_in: bool,
    /// Keyed hash of the sign-in name, and the password's hash.
    pub credentials: Option<(String, String)>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Door {
    person: PersonId,
    ends: Timestamp,
}

#[derive(Debug, Default)]
struct Books {
    people: HashMap<PersonId, Person>,
    seats: Seats,
    links: HashMap<[u8; 32], Door>,
    sessions: HashMap<[u8; 32], Door>,
    by_name: HashMap<String, PersonId>,
}

/// The register at the door, kept in the store and in memory.
pub struct People {
    edge: Arc<dyn Edge>,
    store: Arc<dyn EventStore>,
    /// Hashes sign-in names, so that the store holds none.
    name_key: [u8; 32],
    books: RwLock<Books>,
    /// Held by whoever changes a person, from reading to keeping, so that no
    /// change is lost to another. Most people have one to themselves.
    changing: [tokio::sync::Mutex<()>; 64],
    /// Held by whoever takes a name.
    naming: tokio::sync::Mutex<()>,
}

impl std::fmt::Debug for People {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("People(..)")
    }
}

impl People {
    /// Reads the register.
    ///
    /// # Errors
    /// When the store fails or holds something else.
    pub fn open(
        edge: Arc<dyn Edge>,
        store: Arc<dyn EventStore>,
        name_key: [u8; 32],
    ) -> Result<Self, StoreError> {
        let mut books = Books {
            people: load(&*store, Drawer::People)?,
            links: load(&*store, Drawer::Links)?,
            sessions: load(&*store, Drawer::Sessions)?,
            ..Books::default()
        };
        for (id, person) in &books.people {
            if let Some((name, _)) = &person.credentials {
                books.by_name.insert(name.clone(), *id);
            }
            person.seats.iter().for_each(|seat| books.seats.give(*id, *seat));
        }
        // By person, and for each in the order they were given.
        for (key, value) in store.records(Drawer::Seats)? {
            let seat = serde_json::from_slice(&value).ok();
            let (Some(id), Some(seat)) = (key.first_chunk(), seat) else {
                return Err(damaged(Drawer::Seats));
            };
            books.seats.give(*id, seat);
        }
        let changing = [const { tokio::sync::Mutex::const_new(()) }; 64];
        let (books, naming) = (RwLock::new(books), Default::default());
        Ok(Self { edge, store, name_key, books, changing, naming })
    }

    /// A turn at changing this person.
    async fn change(&self, id: PersonId) -> tokio::sync::MutexGuard<'_, ()> {
        let [first, ..] = id;
        self.changing[usize::from(first) % self.changing.len()].lock().await
    }

    fn read(&self) -> RwLockReadGuard<'_, Books> {
        self.books.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Books> {
        self.books.write().unwrap_or_else(PoisonError::into_inner)
    }

    async fn keep(&self, puts: Vec<Put>) -> Result<(), StoreError> {
        let durable = self.store.commit(Batch { append: None, puts });
        durable.await.unwrap_or_else(|_| Err(StoreError::Failed("the writer has stopped".into())))
    }

    /// Whether nobody has ever been registered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.read().people.is_empty()
    }

    /// The host, while nobody has come in yet.
    #[must_use]
    pub fn lone_host(&self) -> Option<PersonId> {
        let books = self.read();
        let mut people = books.people.iter();
        let (id, person) = people.next()?;
        (people.next().is_none() && person.host && !person.came_in).then_some(*id)
    }

    /// Whether a person has ever come in.
    #[must_use]
    pub fn has_come_in(&self, id: PersonId) -> bool {
        self.read().people.get(&id).is_some_and(|person| person.came_in)
    }

    /// A person, as registered.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<Person> {
        self.read().people.get(&id).cloned()
    }

    /// Registers someone new.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn add(&self, person: Person) -> Result<PersonId, Denied> {
        let mut id = [0; 16];
        self.edge.fill(&mut id)?;
        self.keep(vec![put(Drawer::People, &id, Some(&person))]).await?;
        let mut books = self.write();
        person.seats.iter().for_each(|seat| books.seats.give(id, *seat));
        books.people.insert(id, person);
        Ok(id)
    }

    /// Gives a person one more seat.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn give_seat(&self, id: PersonId, seat: Seat) -> Result<(), Denied> {
        let _change = self.change(id).await;
        self.person(id).ok_or(Denied::Session)?;
        let place = u64::try_from(self.seats(id).len()).unwrap_or(u64::MAX);
        let key = [&id[..], &place.to_be_bytes()].concat();
        self.keep(vec![put(Drawer::Seats, &key, Some(&seat))]).await?;
        self.write().seats.give(id, seat);
        Ok(())
    }

    /// A person's seats, in the order they were given.
    #[must_use]
    pub fn seats(&self, id: PersonId) -> Vec<Seat> {
        self.read().seats.of(id).to_vec()
    }

    /// As which member a person sits in these talks.
    #[must_use]
    pub fn member(&self, id: PersonId, talks: Id) -> Option<Id> {
        self.read().seats.member(id, talks)
    }

    /// A one-time link for a person; earlier ones of the same person end.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn link(&self, person: PersonId) -> Result<Token, Denied> {
        let token = Token::new(&*self.edge)?;
        let door = Door { person, ends: after(self.edge.now(), LINK_LIFE) };
        let _change = self.change(person).await;
        let earlier: Vec<_> =
            self.read().links.iter().filter(|(_, d)| d.person == person).map(|(h, _)| *h).collect();
        let mut puts = vec![put(Drawer::Links, &token.hash(), Some(&door))];
        puts.extend(earlier.iter().map(|hash| put::<Door>(Drawer::Links, hash, None)));
        self.keep(puts).await?;
        let mut books = self.write();
        for hash in earlier {
            books.links.remove(&hash);
        }
        books.links.insert(token.hash(), door);
        Ok(token)
    }

    /// Whether a link would let someone in; does not use it up.
    #[must_use]
    pub fn link_is_good(&self, link: &Token) -> bool {
        let now = self.edge.now();
        self.read().links.get(&link.hash()).is_some_and(|door| now < door.ends)
    }

    /// Uses up a link: the session it gives.
    ///
    /// # Errors
    /// When the link is no good, or is used by somebody else at this moment.
    pub async fn use_link(&self, link: &Token) -> Result<Token, Denied> {
        let hash = link.hash();
        let door = self.read().links.get(&hash).copied().ok_or(Denied::Link)?;
        if door.ends <= self.edge.now() {
            return Err(Denied::Link);
        }
        let (session, opened) = self.new_session(door.person)?;
        let _change = self.change(door.person).await;
        let used = Put { must_exist: true, ..put::<Door>(Drawer::Links, &hash, None) };
        let mut person = self.person(door.person).ok_or(Denied::Link)?;
        person.came_in = true;
        let puts = vec![
            used,
            put(Drawer::Sessions, &session.hash(), Some(&opened)),
            put(Drawer::People, &door.person, Some(&person)),
        ];
        match self.keep(puts).await {
            Ok(()) => {}
            Err(StoreError::Conflict) => return Err(Denied::Link),
            Err(error) => return Err(error.into()),
        }
        let mut books = self.write();
        books.links.remove(&hash);
        books.sessions.insert(session.hash(), opened);
        books.people.insert(door.person, person);
        Ok(session)
    }

    fn new_session(&self, person: PersonId) -> Result<(Token, Door), Denied> {
        let door = Door { person, ends: after(self.edge.now(), SESSION_LIFE) };
        Ok((Token::new(&*self.edge)?, door))
    }

    /// Opens a session without a link: for the demo, and after a password.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn open_session(&self, person: PersonId) -> Result<Token, Denied> {
        let (session, door) = self.new_session(person)?;
        self.keep(vec![put(Drawer::Sessions, &session.hash(), Some(&door))]).await?;
        self.write().sessions.insert(session.hash(), door);
        Ok(session)
    }

    /// Whose session this is.
    ///
    /// # Errors
    /// When it is none, or has ended.
    pub fn who(&self, session: &Token) -> Result<PersonId, Denied> {
        let now = self.edge.now();
        let door = self.read().sessions.get(&session.hash()).copied();
        door.filter(|door| now < door.ends).map(|door| door.person).ok_or(Denied::Session)
    }

    /// Ends a session, or every session of its person.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn end_session(&self, session: &Token, everywhere: bool) -> Result<(), Denied> {
        let person = self.who(session)?;
        let hash = session.hash();
        self.end_sessions(|h, door| *h == hash || (everywhere && door.person == person)).await
    }

    /// Ends every session and link of a person at once: suspended or replaced.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn shut_out(&self, person: PersonId) -> Result<(), Denied> {
        self.end_sessions(|_, door| door.person == person).await?;
        let of_person = |books: &Books| -> Vec<[u8; 32]> {
            books.links.iter().filter(|(_, d)| d.person == person).map(|(h, _)| *h).collect()
        };
        let links = of_person(&self.read());
        self.keep(links.iter().map(|h| put::<Door>(Drawer::Links, h, None)).collect()).await?;
        let mut books = self.write();
        for hash in links {
            books.links.remove(&hash);
        }
        Ok(())
    }

    async fn end_sessions(&self, ends: impl Fn(&[u8; 32], &Door) -> bool) -> Result<(), Denied> {
        let hashes: Vec<_> =
            self.read().sessions.iter().filter(|(h, d)| ends(h, d)).map(|(h, _)| *h).collect();
        // Out of memory first: even if the disk fails, this process lets nobody in.
        self.write().sessions.retain(|hash, _| !hashes.contains(hash));
        let puts = hashes.iter().map(|h| put::<Door>(Drawer::Sessions, h, None)).collect();
        Ok(self.keep(puts).await?)
    }

    /// Forgets sessions and links that have ended.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn sweep(&self) -> Result<(), Denied> {
        let now = self.edge.now();
        self.end_sessions(|_, door| door.ends <= now).await?;
        let links: Vec<_> =
            self.read().links.iter().filter(|(_, d)| d.ends <= now).map(|(h, _)| *h).collect();
        self.keep(links.iter().map(|h| put::<Door>(Drawer::Links, h, None)).collect()).await?;
        let mut books = self.write();
        for hash in links {
            books.links.remove(&hash);
        }
        Ok(())
    }

    /// Sets a person's sign-in name and password.
    ///
    /// # Errors
    /// When they cannot be used or kept.
    pub async fn set_credentials(
        &self,
        id: PersonId,
        name: &str,
        password: &str,
    ) -> Result<(), Denied> {
        password::check_form(password)?;
        let name = self.name_hash(name).ok_or(Denied::NameTaken)?;
        let hashed = {
            let (edge, password) = (self.edge.clone(), password.to_owned());
            slowly(move || password::hash(&*edge, &password)).await
        };
        let hashed = hashed.flatten().ok_or(crate::edge::NoRandomness)?;
        let _name = self.naming.lock().await;
        let _change = self.change(id).await;
        if self.read().by_name.get(&name).is_some_and(|other| *other != id) {
            return Err(Denied::NameTaken);
        }
        let mut person = self.person(id).ok_or(Denied::Session)?;
        let before = person.credentials.replace((name.clone(), hashed));
        self.keep(vec![put(Drawer::People, &id, Some(&person))]).await?;
        let mut books = self.write();
        if let Some((name, _)) = before {
            books.by_name.remove(&name);
        }
        books.by_name.insert(name, id);
        books.people.insert(id, person);
        Ok(())
    }

    /// Lets someone in by name and password: a new session.
    ///
    /// # Errors
    /// When they do not fit, with the same answer and effort for an unknown name.
    pub async fn sign_in(&self, name: &str, password: &str) -> Result<Token, Denied> {
        let known = self.name_hash(name).and_then(|name| {
            let books = self.read();
            let id = *books.by_name.get(&name)?;
            let (_, hash) = books.people.get(&id)?.credentials.clone()?;
            Some((id, hash))
        });
        let (id, hash) = known.map_or((None, password::NOBODY.to_owned()), |(i, h)| (Some(i), h));
        let password = password.to_owned();
        let fits = slowly(move || password::fits(&password, &hash)).await.unwrap_or(false);
        match id {
            Some(id) if fits => self.open_session(id).await,
            _ => Err(Denied::Credentials),
        }
    }

    /// The keyed hash of a sign-in name, small letters and spaces aside.
    fn name_hash(&self, name: &str) -> Option<String> {
        let name = name.trim().to_lowercase();
        let fits = !name.is_empty() && name.len() <= 200;
        fits.then(|| hex(&keyed_hash(&self.name_key, "sign-in name", name.as_bytes())))
    }

    /// Everyone who holds this seat.
    #[must_use]
    pub fn holders(&self, seat: Seat) -> Vec<PersonId> {
        self.read().seats.holders(seat).to_vec()
    }
}

/// Runs slow work where it holds up nobody.
async fn slowly<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

fn after(now: Timestamp, life: SignedDuration) -> Timestamp {
    now.checked_add(life).unwrap_or(Timestamp::MAX)
}

fn put<T: Serialize>(drawer: Drawer, key: &[u8], value: Option<&T>) -> Put {
    // These plain records always have a JSON form.
    let value = value.and_then(|value| serde_json::to_vec(value).ok());
    Put { drawer, key: key.to_vec(), value, must_exist: false }
}

fn load<const N: usize, T: for<'de> Deserialize<'de>>(
    store: &dyn EventStore,
    drawer: Drawer,
) -> Result<HashMap<[u8; N], T>, StoreError> {
    let entry = |(key, value): (Vec<u8>, Vec<u8>)| -> Option<([u8; N], T)> {
        Some((key.try_into().ok()?, serde_json::from_slice(&value).ok()?))
    };
    store
        .records(drawer)?
        .into_iter()
        .map(|record| entry(record).ok_or_else(|| damaged(drawer)))
        .collect()
}

fn damaged(drawer: Drawer) -> StoreError {
    StoreError::Failed(format!("a damaged record in {drawer:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::Scripted;
    use crate::store::Sqlite;

    fn start() -> Timestamp {
        "2030-01-01T00:00:00Z".parse().unwrap()
    }

    fn people(folder: &tempfile::TempDir) -> (Arc<Scripted>, People) {
        let edge = Arc::new(Scripted::new(start(), 1));
        let store = Arc::new(Sqlite::open(&folder.path().join("s.sqlite")).unwrap());
        (edge.clone(), People::open(edge, store, [7; 32]).unwrap())
    }

    #[tokio::test]
    async fn changes_at_the_same_time_are_all_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (_, people) = people(&folder);
        let (one, two) = (
            people.add(Person::default()).await.unwrap(),
            people.add(Person::default()).await.unwrap(),
        );
        let give = |n| people.give_seat(one, Seat { talks: [n; 16], member: [n; 16] });
        tokio::try_join!(give(1), give(2), give(3), give(4)).unwrap();
        let seats = people.seats(one);
        assert_eq!(seats.len(), 4);
        assert_eq!(people.member(one, [3; 16]), Some([3; 16]));
        assert_eq!(people.member(two, [3; 16]), None);
        assert_eq!(people.holders(seats[0]), [one]);
        // They are there after a restart, in the same order.
        let (edge, store) = (people.edge.clone(), people.store.clone());
        assert_eq!(People::open(edge, store, [7; 32]).unwrap().seats(one), seats);
        // Two people cannot take one name.
        let words = "several plain words";
        let (a, b) = tokio::join!(
            people.set_credentials(one, "name", words),
            people.set_credentials(two, "name", words)
        );
        assert_eq!(u8::from(a.is_ok()) + u8::from(b.is_ok()), 1);
    }

    #[tokio::test]
    async fn a_link_lets_in_once() {
        let folder = tempfile::tempdir().unwrap();
        let (edge, people) = people(&folder);
        let person = people.add(Person::default()).await.unwrap();
        let link = people.link(person).await.unwrap();
        assert!(people.link_is_good(&link));
        let session = people.use_link(&link).await.unwrap();
        assert_eq!(people.who(&session), Ok(person));
        assert_eq!(people.use_link(&link).await, Err(Denied::Link));
        edge.set_now(after(start(), SESSION_LIFE));
        assert_eq!(people.who(&session), Err(Denied::Session));
    }

    #[tokio::test]
    async fn links_and_sessions_survive_and_end() {
        let folder = tempfile::tempdir().unwrap();
        let (person, link, session) = {
            let (_, people) = people(&folder);
            let person = people.add(Person::default()).await.unwrap();
            let old = people.link(person).await.unwrap();
            let link = people.link(person).await.unwrap();
            assert!(!people.link_is_good(&old), "a new link ends the earlier one");
            (person, link, people.open_session(person).await.unwrap())
        };
        let (edge, people) = people(&folder);
        edge.set_seed(99);
        assert_eq!(people.who(&session), Ok(person));
        people.shut_out(person).await.unwrap();
        assert_eq!(people.who(&session), Err(Denied::Session));
        assert_eq!(people.use_link(&link).await, Err(Denied::Link));
    }

    #[tokio::test]
    async fn passwords_let_in_and_say_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let (_, people) = people(&folder);
        let a = people.add(Person::default()).await.unwrap();
        let b = people.add(Person::default()).await.unwrap();
        let short = people.set_credentials(a, "Noor", "short").await;
        assert_eq!(short, Err(Denied::Password(super::super::PasswordError::TooShort)));
        people.set_credentials(a, "Noor", "a long enough one").await.unwrap();
        let taken = people.set_credentials(b, " noor ", "a long enough one").await;
        assert_eq!(taken, Err(Denied::NameTaken));
        let session = people.sign_in("NOOR", "a long enough one").await.unwrap();
        assert_eq!(people.who(&session), Ok(a));
        let wrong = people.sign_in("noor", "another long one").await;
        assert_eq!(wrong, people.sign_in("nobody", "another long one").await);
        assert_eq!(wrong, Err(Denied::Credentials));
    }
}
