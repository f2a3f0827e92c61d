//! Talks in memory, and the one way they change.
//!
//! A command is decided by the `mediation` crate, sealed, made durable, and
//! only then applied and acknowledged: what anybody sees is on disk.

use crate::edge::{Edge, NoRandomness};
use crate::keys::{KeyError, Keys, Place};
use crate::store::{Append, Batch, EventStore, Id, Receipt, Sealed, StoreError, StoredEvent};
use crate::stream::{News, news};
use detente_mediation::log::{Entry, Head, Record};
use detente_mediation::{
    Ask, Body, Command, Event, Fresh, MemberId, Opened, Opening, Preview, Refusal, Talks, TalksId,
    Touched, View, Viewer, Who, decide, due, next_deadline, open, preview, touched, view,
    view_touched,
};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use tokio::sync::{Mutex, Semaphore, broadcast, oneshot};
use zeroize::Zeroizing;

/// The key that seals what belongs to the talks as a whole.
const TALKS_ROOM: Id = [0; 16];
/// News a slow reader may lag behind before it is told everything again.
const BACKLOG: usize = 8;
/// New rooms, of different talks, whose keys are made at the same time.
const MAKING_KEYS: usize = 4;

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The talks say no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// An idempotency key was used before for something else.
    #[error("this idempotency key was used for another request")]
    KeyReused,
    /// It could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It could not be sealed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// No randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// A log that does not read as one.
    #[error("the log is damaged at entry {0}: {1}")]
    Damaged(u64, String),
    /// The task that carried it out was stopped.
    #[error("the server is stopping; ask again")]
    Stopping,
}

/// A request that must happen once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Once {
    /// Hash of the requester and its key.
    pub(crate) key: [u8; 32],
    /// Hash of what is asked.
    pub(crate) request: [u8; 32],
}

/// What became of a command.
#[derive(Debug, Clone)]
pub(crate) enum Done {
    /// Carried out now, with these events.
    Now(Vec<Event>),
    /// Carried out before, when it was asked the first time.
    Before,
}

/// What is on disk of a command.
enum Kept {
    /// Since now, these events; what they will change.
    Now(Vec<Event>, Touched),
    /// Since it was asked the first time.
    Before,
}

/// One talks, live.
#[derive(Debug)]
pub(crate) struct Live {
    id: TalksId,
    talks: RwLock<Talks>,
    turn: Mutex<Turn>,
    /// Whoever has an event stream open.
    listeners: std::sync::Mutex<HashMap<MemberId, broadcast::Sender<News>>>,
    /// Whoever has something worked out that takes long, one thing at a time each.
    thinking: std::sync::Mutex<HashMap<MemberId, Arc<Semaphore>>>,
}

/// What only the one whose turn it is may touch.
#[derive(Debug)]
struct Turn {
    head: Head,
    last: Timestamp,
    /// Set while it is not known what the store holds.
    unsure: bool,
}

impl Live {
    /// Which talks.
    #[must_use]
    pub(crate) fn id(&self) -> TalksId {
        self.id
    }

    /// The talks as they stand.
    pub(crate) fn talks(&self) -> RwLockReadGuard<'_, Talks> {
        self.talks.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a viewer may see now.
    #[must_use]
    pub(crate) fn view(&self, viewer: Viewer) -> View {
        view(&self.talks(), viewer)
    }

    /// What is new for a person from now on.
    #[must_use]
    pub(crate) fn listen(&self, member: MemberId) -> broadcast::Receiver<News> {
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.entry(member).or_insert_with(|| broadcast::channel(BACKLOG).0).subscribe()
    }

    /// A person's turns at having something worked out.
    #[must_use]
    pub(crate) fn thinking(&self, member: MemberId) -> Arc<Semaphore> {
        let mut thinking = self.thinking.lock().unwrap_or_else(PoisonError::into_inner);
        thinking.entry(member).or_insert_with(|| Arc::new(Semaphore::new(1))).clone()
    }

    /// Changes the talks; gives whoever is to be told of it.
    fn change(&self, touched: &Touched, change: impl FnOnce(&mut Talks)) -> Vec<Ear> {
        // Held all the while: whoever begins to listen sees the talks before and
        // is told, or sees them after.
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|_, news| news.receiver_count() > 0);
        let ears = {
            let talks = self.talks();
            let ear = |(member, news): (&MemberId, &broadcast::Sender<News>)| {
                let viewer = Viewer::Member(*member);
                let before = (!touched.is_new()).then(|| view_touched(&talks, viewer, touched));
                Ear { viewer, before, news: news.clone() }
            };
            listeners.iter().map(ear).collect()
        };
        change(&mut self.talks.write().unwrap_or_else(PoisonError::into_inner));
        ears
    }

    /// Tells everybody what is new for them, before the talks change again.
    fn tell(&self, touched: &Touched, ears: Vec<Ear>) {
        let talks = self.talks();
        for ear in ears {
            if let Some(news) = news(ear.before, view_touched(&talks, ear.viewer, touched)) {
                // Nobody listening any more is no failure.
                let _ = ear.news.send(news);
            }
        }
    }
}

/// Somebody who listens, with what was seen before of what has changed; `None`
/// where there was nothing.
struct Ear {
    viewer: Viewer,
    before: Option<View>,
    news: broadcast::Sender<News>,
}

/// All talks on this server.
pub(crate) struct Desk {
    edge: Arc<dyn Edge>,
    store: Arc<dyn EventStore>,
    keys: Arc<Keys>,
    all: RwLock<HashMap<TalksId, Arc<Live>>>,
    /// So many at once wait for the disk to have new keys.
    making_keys: Semaphore,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Desk(..)")
    }
}

impl Desk {
    /// A desk without talks, to look at logs one by one.
    pub(crate) fn empty(edge: Arc<dyn Edge>, store: Arc<dyn EventStore>, keys: Arc<Keys>) -> Self {
        let making_keys = Semaphore::new(MAKING_KEYS);
        Self { edge, store, keys, all: RwLock::default(), making_keys }
    }

    /// Reads every log in the store. Talks whose keys are not all there are left out.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) fn load(
        edge: Arc<dyn Edge>,
        store: Arc<dyn EventStore>,
        keys: Arc<Keys>,
    ) -> Result<Self, StoreError> {
        let desk = Self::empty(edge, store, keys);
        for id in desk.store.logs()? {
            let id = TalksId::from_bytes(id);
            match desk.read(id) {
                Ok((talks, turn)) => desk.keep(id, talks, turn),
                Err(error) => {
                    tracing::error!(talks = %id, %error, "these talks cannot be opened");
                    None
                }
            };
        }
        Ok(desk)
    }

    /// Where logs are kept.
    pub(crate) fn store(&self) -> &Arc<dyn EventStore> {
        &self.store
    }

    /// What seals them.
    pub(crate) fn keys(&self) -> &Arc<Keys> {
        &self.keys
    }

    /// The talks of this id.
    #[must_use]
    pub(crate) fn find(&self, id: TalksId) -> Option<Arc<Live>> {
        self.all.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// How many talks there are.
    #[must_use]
    pub(crate) fn count(&self) -> usize {
        self.all.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn keep(&self, id: TalksId, talks: Talks, turn: Turn) -> Option<Arc<Live>> {
        let live = Live {
            id,
            talks: RwLock::new(talks),
            turn: Mutex::new(turn),
            listeners: Default::default(),
            thinking: Default::default(),
        };
        let live = Arc::new(live);
        let mut all = self.all.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(id, live.clone());
        Some(live)
    }

    fn read(&self, id: TalksId) -> Result<(Talks, Turn), Failure> {
        let records = self.records(id)?;
        let mut talks = Talks::default();
        let mut turn = Turn { head: Head::empty(id), last: Timestamp::UNIX_EPOCH, unsure: false };
        for record in &records {
            turn.head.size += 1;
            turn.head.hash = record.entry.hash();
            if let Some(event) = event_of(record)? {
                turn.last = turn.last.max(event.at);
                talks.apply(&event);
                self.finish_erasure(id, &event)?;
            }
        }
        Ok((talks, turn))
    }

    /// Every entry of a log, with its contents where they can still be opened.
    ///
    /// # Errors
    /// When the store fails, a key is missing, or something was altered.
    pub(crate) fn records(&self, id: TalksId) -> Result<Vec<Record>, Failure> {
        let stored = self.store.read(*id.as_bytes(), 0)?;
        opened(id, stored, |place, sealed| self.keys.unseal(place, sealed))
    }

    /// Every event of a log that can still be read.
    ///
    /// # Errors
    /// As for [`Self::records`].
    pub(crate) fn events(&self, id: TalksId) -> Result<Vec<Event>, Failure> {
        self.records(id)?.iter().filter_map(|record| event_of(record).transpose()).collect()
    }

    /// The size of all that was ever said here, for leaks that tests plant.
    #[cfg(test)]
    pub(crate) fn weight(&self) -> usize {
        let logs = self.store.logs().unwrap().into_iter().map(TalksId::from_bytes);
        let events = logs.flat_map(|id| self.events(id).unwrap());
        events.map(|event| serde_json::to_vec(&event).unwrap().len()).sum()
    }

    /// Opens talks.
    ///
    /// # Errors
    /// When the opening makes no sense or cannot be kept.
    pub(crate) async fn open(&self, opening: &Opening) -> Result<Opened, Failure> {
        let at = self.edge.now();
        let opened = open(opening, self.fresh()?, at)?;
        let mut head = Head::empty(opened.talks);
        let events = self.seal(opened.talks, &mut head, &opened.events).await?;
        let append = Append { talks: *opened.talks.as_bytes(), after: 0, events, receipt: None };
        self.commit(append).await?;
        let turn = Turn { head, last: at, unsure: false };
        self.keep(opened.talks, Talks::fold(&opened.events), turn);
        Ok(opened)
    }

    /// What each audience would receive if this were carried out.
    ///
    /// # Errors
    /// The refusal the command itself would meet.
    pub(crate) fn preview(&self, live: &Live, who: Who, ask: Ask) -> Result<Vec<Preview>, Failure> {
        let command = Command { who, at: self.edge.now(), fresh: self.fresh()?, ask };
        Ok(preview(&live.talks(), &command)?)
    }

    /// Carries out a command: durable before this returns, whoever stops
    /// listening. It returns before others are told, unless rights may have
    /// changed.
    ///
    /// # Errors
    /// When it is refused or cannot be kept; then nothing changed.
    pub(crate) async fn carry_out(
        self: &Arc<Self>,
        live: &Arc<Live>,
        who: Who,
        ask: Ask,
        once: Option<Once>,
    ) -> Result<Done, Failure> {
        let (desk, live) = (self.clone(), live.clone());
        let (answer, answered) = oneshot::channel();
        tokio::spawn(async move { desk.take_turn(&live, who, ask, once, answer).await });
        answered.await.unwrap_or(Err(Failure::Stopping))
    }

    async fn take_turn(
        &self,
        live: &Live,
        who: Who,
        ask: Ask,
        once: Option<Once>,
        answer: oneshot::Sender<Result<Done, Failure>>,
    ) {
        let mut turn = live.turn.lock().await;
        // Nobody waiting for the answer is no failure.
        match self.keep_events(live, &mut turn, who, ask, once).await {
            Ok(Kept::Now(events, touched)) => {
                let erased = events.iter().try_for_each(|e| self.finish_erasure(live.id, e));
                let ears =
                    live.change(&touched, |talks| events.iter().for_each(|e| talks.apply(e)));
                let done = erased.map(|()| Done::Now(events)).map_err(Failure::from);
                if touched == Touched::ANYTHING {
                    // Once a right is said to be lost, nothing that waited goes to whoever lost it.
                    live.tell(&touched, ears);
                    let _ = answer.send(done);
                } else {
                    let _ = answer.send(done);
                    // How long an answer takes says little about who listens.
                    tokio::task::yield_now().await;
                    live.tell(&touched, ears);
                }
            }
            Ok(Kept::Before) => {
                let _ = answer.send(Ok(Done::Before));
            }
            Err(failure) => {
                let _ = answer.send(Err(failure));
            }
        }
    }

    /// Decides a command and has what it leads to kept; nothing in memory changes.
    async fn keep_events(
        &self,
        live: &Live,
        turn: &mut Turn,
        who: Who,
        ask: Ask,
        once: Option<Once>,
    ) -> Result<Kept, Failure> {
        let talks = *live.id.as_bytes();
        if turn.unsure {
            let (state, read) = self.read(live.id)?;
            let ears = live.change(&Touched::ANYTHING, |talks| *talks = state);
            live.tell(&Touched::ANYTHING, ears);
            *turn = read;
        }
        if let Some(once) = &once
            && let Some(earlier) = self.store.receipt(talks, &once.key)?
        {
            return repeated(once, &earlier);
        }
        // A clock that jumped back does not take the talks back with it.
        let now = self.edge.now();
        if now < turn.last {
            tracing::warn!(talks = %live.id, "the clock went backwards; the time of the last event stands");
        }
        let command = Command { who, at: now.max(turn.last), fresh: self.fresh()?, ask };
        let (events, touched) = {
            let talks = live.talks();
            let events = decide(&talks, &command)?;
            let touched = touched(&talks, &events);
            (events, touched)
        };
        let mut head = turn.head;
        let after = head.size;
        let sealed = self.seal(live.id, &mut head, &events).await?;
        let receipt = once.map(|o| Receipt { key: o.key, request: o.request, answer: Vec::new() });
        turn.unsure = true;
        match self.commit(Append { talks, after, events: sealed, receipt }).await {
            Ok(()) => {}
            // Nothing was written: what is in memory is what is on disk.
            Err(error @ (StoreError::Full | StoreError::Repeated(_))) => {
                turn.unsure = false;
                return Err(error.into());
            }
            Err(error) => return Err(error.into()),
        }
        *turn = Turn { head, last: command.at, unsure: false };
        Ok(Kept::Now(events, touched))
    }

    /// Closes every proposal that is due.
    pub(crate) async fn close_due(self: &Arc<Self>) {
        let now = self.edge.now();
        let all: Vec<_> =
            self.all.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect();
        for live in all {
            if next_deadline(&live.talks()).is_none_or(|deadline| now < deadline) {
                continue;
            }
            let asks = due(&live.talks(), now);
            for ask in asks {
                if let Err(error) = self.carry_out(&live, Who::Clock, ask, None).await {
                    tracing::error!(talks = %live.id, %error, "a proposal could not be closed");
                }
            }
        }
    }

    /// Destroys the key of a room that an event erases; again after a crash in between.
    fn finish_erasure(&self, id: TalksId, event: &Event) -> Result<(), KeyError> {
        match &event.body {
            Body::RoomErased { erased } => self.keys.destroy(*id.as_bytes(), *erased.as_bytes()),
            _ => Ok(()),
        }
    }

    async fn seal(
        &self,
        id: TalksId,
        head: &mut Head,
        events: &[Event],
    ) -> Result<Vec<StoredEvent>, Failure> {
        let talks = *id.as_bytes();
        self.make_keys(talks, events).await?;
        let seal = |event: &Event| -> Result<StoredEvent, Failure> {
            let place = Place { talks, seq: head.size };
            let (entry, payload) = head.append(event);
            let sealed: Sealed = self.keys.seal(&*self.edge, place, room_of(event), &payload)?;
            // An entry is numbers and hashes; it always has a JSON form.
            let skeleton = serde_json::to_vec(&entry).unwrap_or_default();
            Ok(StoredEvent { skeleton, sealed })
        };
        events.iter().map(seal).collect()
    }

    /// Makes the keys of rooms that are new in these events.
    async fn make_keys(&self, talks: Id, events: &[Event]) -> Result<(), Failure> {
        let mut rooms: Vec<Id> = events.iter().map(room_of).collect();
        rooms.sort_unstable();
        rooms.dedup();
        if self.keys.at_hand(talks, &rooms) {
            return Ok(());
        }
        // Nobody ever closes it.
        let _turn = self.making_keys.acquire().await;
        let (keys, edge) = (self.keys.clone(), self.edge.clone());
        let made = tokio::task::spawn_blocking(move || keys.make(&*edge, talks, &rooms));
        Ok(made.await.map_err(|_| Failure::Stopping)??)
    }

    async fn commit(&self, append: Append) -> Result<(), StoreError> {
        let durable = self.store.commit(Batch { append: Some(append), puts: Vec::new() });
        durable.await.unwrap_or_else(|_| Err(StoreError::Failed("the writer has stopped".into())))
    }

    /// Randomness for ids.
    pub(crate) fn fresh(&self) -> Result<Fresh, NoRandomness> {
        let mut bytes = [0; 32];
        self.edge.fill(&mut bytes)?;
        Ok(Fresh::new(bytes))
    }
}

fn repeated(once: &Once, earlier: &Receipt) -> Result<Kept, Failure> {
    if earlier.request == once.request { Ok(Kept::Before) } else { Err(Failure::KeyReused) }
}

/// The room whose key seals an event.
fn room_of(event: &Event) -> Id {
    event.room.map_or(TALKS_ROOM, |room| *room.as_bytes())
}

/// Every entry of a log as it is stored, with its contents where they can be opened.
///
/// # Errors
/// When a key is missing, or something was altered.
pub(crate) fn opened(
    id: TalksId,
    stored: Vec<StoredEvent>,
    unseal: impl Fn(Place, &Sealed) -> Result<Zeroizing<Vec<u8>>, KeyError>,
) -> Result<Vec<Record>, Failure> {
    let open = |(seq, event): (u64, StoredEvent)| -> Result<Record, Failure> {
        let entry: Entry = serde_json::from_slice(&event.skeleton)
            .map_err(|error| Failure::Damaged(seq, error.to_string()))?;
        let place = Place { talks: *id.as_bytes(), seq };
        let payload = match unseal(place, &event.sealed) {
            Ok(payload) => Some(payload.to_vec()),
            Err(KeyError::Destroyed) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(Record { entry, payload })
    };
    (0..).zip(stored).map(open).collect()
}

/// What an entry says, where it can still be read.
pub(crate) fn event_of(record: &Record) -> Result<Option<Event>, Failure> {
    let Some(payload) = &record.payload else { return Ok(None) };
    let event = serde_json::from_slice(payload)
        .map_err(|error| Failure::Damaged(record.entry.number, error.to_string()))?;
    Ok(Some(event))
}
