//! Server-sent events: what has changed in what one person may see.

use crate::app::App;
use crate::auth::Token;
use crate::http::{Context, Fault, Reply};
use crate::live::Live;
use axum::body::{Body, Bytes};
use axum::http::header;
use detente_mediation::view::RoomView;
use detente_mediation::{MemberId, View, Viewer};
use futures_util::StreamExt;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::{Instant, Interval, MissedTickBehavior};

/// A sign of life this often, so that broken connections are noticed.
const PULSE: Duration = Duration::from_secs(20);
/// Most events fit into so many bytes, and are written without moving.
const EVENT_BYTES: usize = 1024;

/// The stream of one person in one talks.
///
/// A `room` event carries, in the shape of a room's view, only what is new or
/// changed in it; a `table` event, the view without rooms. Nothing is sent
/// when nothing changed for this person, whatever happened elsewhere.
pub(crate) async fn events(context: Context) -> Result<Reply, Fault> {
    let seat = context.seat()?;
    let session = context.session.clone().ok_or(Fault::NotThere)?;
    let mut pulse = tokio::time::interval_at(Instant::now() + PULSE, PULSE);
    pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let listener = Listener {
        news: seat.live.listen(seat.member),
        pulse,
        live: seat.live.clone(),
        member: seat.member,
        session,
        app: context.app.clone(),
    };
    listener.app.metrics.streams.fetch_add(1, Ordering::Relaxed);
    let stopping = context.app.stopping.clone();
    let told = futures_util::stream::unfold(listener, async |mut listener| {
        let text = listener.next().await?;
        Some((Ok::<_, Infallible>(text), listener))
    });
    let told = told.take_until(async move { stopping.stopped().await });
    Ok(Reply::content("text/event-stream", Body::from_stream(told))
        .with(header::CACHE_CONTROL, "no-store"))
}

/// Something new for one person.
#[derive(Debug, Clone)]
pub(crate) struct News {
    /// As server-sent events.
    text: Bytes,
    /// All that the person sees now, in place of whatever was not sent yet.
    all: bool,
}

impl News {
    fn all(seen: View) -> Self {
        let mut text = Vec::new();
        tell_difference(&mut text, View::default(), seen);
        Self { text: text.into(), all: true }
    }
}

/// A person with an open stream.
struct Listener {
    news: broadcast::Receiver<News>,
    pulse: Interval,
    live: Arc<Live>,
    member: MemberId,
    session: Token,
    app: Arc<App>,
}

impl Listener {
    /// What to send next; `None` at the end.
    async fn next(&mut self) -> Option<Bytes> {
        let text = tokio::select! {
            biased;
            first = self.news.recv() => match first {
                Ok(first) => self.waiting(first),
                Err(RecvError::Lagged(_)) => {
                    let all = self.all();
                    self.waiting(all)
                }
                Err(RecvError::Closed) => return None,
            },
            _ = self.pulse.tick() => Bytes::from_static(b": still here\n\n"),
        };
        // A session that was ended hears nothing more.
        self.app.people.who(&self.session).is_ok().then_some(text)
    }

    /// These news and all that are there by now, in one piece.
    fn waiting(&mut self, first: News) -> Bytes {
        let mut waiting = vec![first.text];
        loop {
            let news = match self.news.try_recv() {
                Ok(news) => news,
                Err(TryRecvError::Lagged(_)) => self.all(),
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            };
            if news.all {
                waiting.clear();
            }
            waiting.push(news.text);
        }
        match waiting.as_slice() {
            [one] => one.clone(),
            several => several.concat().into(),
        }
    }

    /// All that the person sees, in place of news that were missed.
    fn all(&mut self) -> News {
        // What is still waiting is older than what is told now.
        self.news = self.news.resubscribe();
        News::all(self.live.view(Viewer::Member(self.member)))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.app.metrics.streams.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What is new between two views, if anything is; without one before, all that
/// is in the rooms of the other.
pub(crate) fn news(before: Option<View>, after: View) -> Option<News> {
    let mut text = Vec::new();
    match before {
        // What waits for somebody who sees less from now on is not sent any more.
        Some(before) if sees_less(&before, &after) => return Some(News::all(after)),
        Some(before) => tell_difference(&mut text, before, after),
        None => after.rooms.iter().for_each(|room| push(&mut text, "room", room)),
    }
    (!text.is_empty()).then(|| News { text: text.into(), all: false })
}

/// Whether somebody may have lost a room or a right.
fn sees_less(before: &View, after: &View) -> bool {
    let gone = |room: &RoomView| after.rooms.iter().all(|still| still.id != room.id);
    before.you != after.you || before.rooms.iter().any(gone)
}

fn tell_difference(text: &mut Vec<u8>, mut before: View, mut after: View) {
    let known = std::mem::take(&mut before.rooms);
    let rooms = std::mem::take(&mut after.rooms);
    if before != after || known.len() != rooms.len() {
        push(text, "table", &after);
    }
    for room in rooms {
        let earlier = known.iter().find(|earlier| earlier.id == room.id);
        if earlier != Some(&room) {
            push(text, "room", &delta(earlier, room));
        }
    }
}

/// A room with only what was not there before.
fn delta(before: Option<&RoomView>, now: RoomView) -> RoomView {
    let Some(before) = before else { return now };
    fn new<T: PartialEq>(before: &[T], mut now: Vec<T>) -> Vec<T> {
        // What is new is mostly at the end; equal beginnings are skipped.
        let same = before.iter().zip(&now).take_while(|(a, b)| a == b).count();
        now.drain(..same);
        now.retain(|x| !before[same..].contains(x));
        now
    }
    RoomView {
        items: new(&before.items, now.items),
        preparation: new(&before.preparation, now.preparation),
        questions: new(&before.questions, now.questions),
        texts: new(&before.texts, now.texts),
        remarks: new(&before.remarks, now.remarks),
        ballots: new(&before.ballots, now.ballots),
        ..now
    }
}

fn push(text: &mut Vec<u8>, event: &str, data: &impl serde::Serialize) {
    text.reserve(EVENT_BYTES);
    text.extend(b"event: ");
    text.extend(event.as_bytes());
    text.extend(b"\ndata: ");
    // Plain data always has a JSON form, and JSON has no line ends.
    let _ = serde_json::to_writer(&mut *text, data);
    text.extend(b"\n\n");
}
