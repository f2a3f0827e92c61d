//! Server-sent events: what has changed in what one person may see.

use crate::app::App;
use crate::auth::Token;
use crate::http::{Context, Fault, Reply};
use crate::live::Live;
use axum::body::{Body, Bytes};
use axum::http::header;
use detente_mediation::view::RoomView;
use detente_mediation::{MemberId, View, Viewer};
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

/// A sign of life this often, so that broken connections are noticed.
const PULSE: Duration = Duration::from_secs(20);

/// The stream of one person in one talks.
///
/// A `room` event carries, in the shape of a room's view, only what is new or
/// changed in it; a `table` event, the view without rooms. Nothing is sent
/// when nothing changed for this person, whatever happened elsewhere.
pub(crate) async fn events(context: Context) -> Result<Reply, Fault> {
    let seat = context.seat()?;
    let session = context.session.clone().ok_or(Fault::NotThere)?;
    let listener = Listener {
        news: seat.live.listen(seat.member),
        live: seat.live.clone(),
        member: seat.member,
        session,
        app: context.app.clone(),
    };
    listener.app.metrics.streams.fetch_add(1, Ordering::Relaxed);
    let told = futures_util::stream::unfold(listener, async |mut listener| {
        let text = listener.next().await?;
        Some((Ok::<_, Infallible>(text), listener))
    });
    Ok(Reply::content("text/event-stream", Body::from_stream(told))
        .with(header::CACHE_CONTROL, "no-store"))
}

/// A person with an open stream.
struct Listener {
    news: broadcast::Receiver<Bytes>,
    live: Arc<Live>,
    member: MemberId,
    session: Token,
    app: Arc<App>,
}

impl Listener {
    /// What to send next; `None` at the end.
    async fn next(&mut self) -> Option<Bytes> {
        let text = tokio::select! {
            () = self.app.stopping.stopped() => return None,
            text = self.news.recv() => match text {
                Ok(text) => text,
                Err(RecvError::Lagged(_)) => {
                    // What is still waiting is older than what is told now.
                    self.news = self.news.resubscribe();
                    let seen = self.live.view(Viewer::Member(self.member));
                    news(View::default(), seen).into()
                }
                Err(RecvError::Closed) => return None,
            },
            () = tokio::time::sleep(PULSE) => Bytes::from_static(b": still here\n\n"),
        };
        // A session that was ended hears nothing more.
        self.app.people.who(&self.session).is_ok().then_some(text)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.app.metrics.streams.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What is new between two views, as events; empty when nothing is.
pub(crate) fn news(mut before: View, mut after: View) -> String {
    let mut text = String::new();
    let known = std::mem::take(&mut before.rooms);
    let rooms = std::mem::take(&mut after.rooms);
    if before != after || known.len() != rooms.len() {
        push(&mut text, "table", &after);
    }
    for room in rooms {
        let earlier = known.iter().find(|earlier| earlier.id == room.id);
        if earlier != Some(&room) {
            push(&mut text, "room", &delta(earlier, room));
        }
    }
    text
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

fn push(text: &mut String, event: &str, data: &impl serde::Serialize) {
    // Plain data always has a JSON form, and JSON has no line ends.
    let data = serde_json::to_string(data).unwrap_or_default();
    text.push_str("event: ");
    text.push_str(event);
    text.push_str("\ndata: ");
    text.push_str(&data);
    text.push_str("\n\n");
}
