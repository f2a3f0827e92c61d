//! Server-sent events: what has changed in what one person may see.

use crate::http::{Context, Fault, Reply};
use crate::live::{Changed, Live};
use axum::body::Body;
use axum::http::header;
use detente_mediation::view::RoomView;
use detente_mediation::{MemberId, RoomId, View, Viewer, view_room};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

/// A sign of life this often, so that broken connections are noticed.
const PULSE: Duration = Duration::from_secs(20);

/// The stream of one person in one talks.
///
/// A `room` event carries, in the shape of a room's view, only what is new or
/// changed in it; a `table` event, the view without rooms. Nothing is sent
/// when nothing changed for this person, whatever happened elsewhere.
pub(crate) async fn events(context: Context) -> Result<Reply, Fault> {
    let seat = context.seat()?.clone();
    let session = context.session.clone().ok_or(Fault::NotThere)?;
    let app = context.app.clone();
    let changes = seat.live.changes();
    let mut seen = Seen::new(&seat.live, seat.member);
    let (send, receive) = mpsc::channel::<String>(16);
    let stopping = app.stopping();
    tokio::spawn(async move {
        app.metrics.streams.fetch_add(1, Ordering::Relaxed);
        let mut changes = changes;
        loop {
            let text = tokio::select! {
                () = stopping.stopped() => break,
                () = send.closed() => break,
                changed = next(&mut changes) => match changed {
                    Some(changed) => seen.news(&seat.live, changed.as_ref()),
                    None => break,
                },
                () = tokio::time::sleep(PULSE) => ": still here\n\n".to_owned(),
            };
            // A session that was ended hears nothing more.
            if app.people.who(&session).is_err() {
                break;
            }
            if !text.is_empty() && send.send(text).await.is_err() {
                break;
            }
        }
        app.metrics.streams.fetch_sub(1, Ordering::Relaxed);
    });
    let body = ReceiverStream::new(receive).map(Ok::<_, std::convert::Infallible>);
    Ok(Reply::content("text/event-stream", Body::from_stream(body))
        .with(header::CACHE_CONTROL, "no-store"))
}

/// The next change; `Some(None)` when some were missed and all must be looked at.
async fn next(changes: &mut broadcast::Receiver<Changed>) -> Option<Option<Changed>> {
    match changes.recv().await {
        Ok(changed) => Some(Some(changed)),
        Err(RecvError::Lagged(_)) => Some(None),
        Err(RecvError::Closed) => None,
    }
}

/// What a person was last shown.
struct Seen {
    member: MemberId,
    table: View,
    rooms: HashMap<RoomId, RoomView>,
}

impl Seen {
    fn new(live: &Arc<Live>, member: MemberId) -> Self {
        let mut table = live.view(Viewer::Member(member));
        let rooms = table.rooms.drain(..).map(|room| (room.id, room)).collect();
        Self { member, table, rooms }
    }

    /// What is new, as events; empty when nothing is.
    fn news(&mut self, live: &Arc<Live>, changed: Option<&Changed>) -> String {
        let mut text = String::new();
        match changed {
            // Only rooms one is in, and only them, are looked at.
            Some(changed)
                if changed.0.iter().all(|r| r.is_some_and(|r| self.rooms.contains_key(&r))) =>
            {
                for room in changed.0.iter().flatten() {
                    match view_room(&live.talks(), Viewer::Member(self.member), *room) {
                        Some(now) => self.room(now, &mut text),
                        None => text.push_str("event: table\ndata: {}\n\n"),
                    }
                }
            }
            _ => {
                let mut now = live.view(Viewer::Member(self.member));
                let rooms = std::mem::take(&mut now.rooms);
                if now != self.table || rooms.len() != self.rooms.len() {
                    push(&mut text, "table", &now);
                    self.table = now;
                }
                self.rooms.retain(|id, _| rooms.iter().any(|room| room.id == *id));
                for room in rooms {
                    self.room(room, &mut text);
                }
            }
        }
        text
    }

    fn room(&mut self, now: RoomView, text: &mut String) {
        let before = self.rooms.get(&now.id);
        if before != Some(&now) {
            push(text, "room", &delta(before, &now));
            self.rooms.insert(now.id, now);
        }
    }
}

/// A room with only what was not there before.
fn delta(before: Option<&RoomView>, now: &RoomView) -> RoomView {
    let Some(before) = before else { return now.clone() };
    fn new<T: Clone + PartialEq>(before: &[T], now: &[T]) -> Vec<T> {
        // What is new is mostly at the end; equal beginnings are skipped.
        let same = before.iter().zip(now).take_while(|(a, b)| a == b).count();
        now[same..].iter().filter(|x| !before[same..].contains(x)).cloned().collect()
    }
    RoomView {
        items: new(&before.items, &now.items),
        preparation: new(&before.preparation, &now.preparation),
        questions: new(&before.questions, &now.questions),
        texts: new(&before.texts, &now.texts),
        remarks: new(&before.remarks, &now.remarks),
        ballots: new(&before.ballots, &now.ballots),
        id: now.id,
        name: now.name.clone(),
        secret: now.secret,
        home: now.home,
        opened: now.opened,
        participants: now.participants.clone(),
    }
}

fn push(text: &mut String, event: &str, data: &impl serde::Serialize) {
    // Plain data always has a JSON form, and JSON has no line ends.
    let data = serde_json::to_string(data).unwrap_or_default();
    text.push_str("event: ");
    text.push_str(event);
    text.push_str("\ndata: ");
    text.push_str(&data);
    text.push_str("\n\n");
}
