//! A server in memory's reach: a scripted clock and randomness, and people who act.

use crate::app::App;
use crate::auth::{Person, PersonId, Seat, Token};
use crate::beginning::{Given, from_lines};
use crate::config::Config;
use crate::edge::Scripted;
use crate::live::{Done, Live};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request};
use detente_mediation::view::RoomView;
use detente_mediation::{
    Ask, Attribution, AttributionLevel, Body as EventBody, Content, Event, ItemId, ItemKind,
    MemberId, Permission, PrincipalId, Rights, RoomId, View, Viewer, Who,
};
use futures_util::{FutureExt, StreamExt};
use std::net::SocketAddr;
use std::sync::Arc;
use tower::ServiceExt;

/// Status, headers and body, as one text: everything a reader receives.
pub(super) type Received = String;

/// A person with a session.
pub(super) struct Actor {
    pub(super) member: MemberId,
    pub(super) person: PersonId,
    pub(super) session: Token,
}

pub(super) struct House {
    pub(super) app: Arc<App>,
    pub(super) edge: Arc<Scripted>,
    router: Router,
    pub(super) live: Arc<Live>,
    pub(super) folder: tempfile::TempDir,
    /// Lead mediator, head of A, head of B, guarantor.
    pub(super) lead: Actor,
    pub(super) a: Actor,
    pub(super) b: Actor,
    pub(super) guarantor: Actor,
    /// Signed in, with a seat in other talks.
    pub(super) outsider: Actor,
}

pub(super) fn config(folder: &tempfile::TempDir) -> Config {
    Config { data: folder.path().to_owned(), requests_per_second: 1_000_000, ..Config::default() }
}

impl House {
    /// Talks between A and B, with a mediator, a guarantor, and an issue.
    pub(super) async fn build() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let edge = Arc::new(Scripted::new("2030-01-01T00:00:00Z".parse().unwrap(), 1));
        let address = SocketAddr::from(([127, 0, 0, 1], 1));
        let (app, _) = crate::serve::open(config(&folder), address, edge.clone()).unwrap();
        let given = |title: &str| Given {
            title: title.into(),
            lead: "Lead".into(),
            parties: "A\nB".into(),
            mediators: "Mission".into(),
            issues: "Price,low,high".into(),
        };
        let opened = app.desk.open(&from_lines(&given("Talks")).unwrap()).await.unwrap();
        let other = app.desk.open(&from_lines(&given("Other")).unwrap()).await.unwrap();
        let live = app.desk.find(opened.talks).unwrap();
        let view = live.view(Viewer::Member(opened.lead));
        let id = |name: &str| view.principals.iter().find(|p| p.name == name).unwrap().id;
        let guarantor = Ask::AddPrincipal {
            kind: detente_mediation::PrincipalKind::Guarantor,
            name: "Guarantor".into(),
            note: String::new(),
            channels: vec![id("Mission")],
            known_to: vec![],
        };
        let lead = Who::Member(opened.lead);
        app.desk.carry_out(&live, lead, guarantor, None).await.unwrap();
        let view = live.view(Viewer::Member(opened.lead));
        let id = |name: &str| view.principals.iter().find(|p| p.name == name).unwrap().id;
        let mut members = Vec::new();
        for (name, rights) in
            [("A", Rights::HEAD), ("B", Rights::HEAD), ("Guarantor", Rights::SPEAKER)]
        {
            let name_of = format!("Head of {name}");
            let ask =
                Ask::AddMember { principal: id(name), name: name_of, rights, basis: String::new() };
            let done = app.desk.carry_out(&live, lead, ask, None).await.unwrap();
            members.push(find(&done, |body| match body {
                EventBody::MemberAdded { id, .. } => Some(*id),
                _ => None,
            }));
        }
        let talks = *opened.talks.as_bytes();
        let outsider = actor(&app, *other.talks.as_bytes(), other.lead).await;
        Self {
            lead: actor(&app, talks, opened.lead).await,
            a: actor(&app, talks, members[0]).await,
            b: actor(&app, talks, members[1]).await,
            guarantor: actor(&app, talks, members[2]).await,
            outsider,
            router: crate::http::router(app.clone()),
            app,
            edge,
            live,
            folder,
        }
    }

    pub(super) fn view(&self, actor: &Actor) -> View {
        self.live.view(Viewer::Member(actor.member))
    }

    pub(super) fn home(&self, actor: &Actor) -> RoomId {
        self.view(actor).you.unwrap().home.unwrap()
    }

    /// The room an actor shares with the mediator.
    pub(super) fn caucus(&self, actor: &Actor) -> RoomId {
        let shared = |room: &&RoomView| !room.home && room.participants.len() == 2;
        self.view(actor).rooms.iter().find(shared).unwrap().id
    }

    pub(super) fn principal(&self, name: &str) -> PrincipalId {
        self.view(&self.lead).principals.iter().find(|p| p.name == name).unwrap().id
    }

    /// Carries out a command that must succeed.
    pub(super) async fn does(&self, actor: &Actor, ask: Ask) -> Done {
        self.try_to(actor, ask).await.unwrap()
    }

    pub(super) async fn try_to(
        &self,
        actor: &Actor,
        ask: Ask,
    ) -> Result<Done, crate::live::Failure> {
        self.app.desk.carry_out(&self.live, Who::Member(actor.member), ask, None).await
    }

    pub(super) async fn says(&self, actor: &Actor, room: RoomId, text: &str) -> ItemId {
        let content = content(text, Permission::MayConvey);
        let done = self.does(actor, Ask::Say { room, content }).await;
        find(&done, |body| match body {
            EventBody::Said { item, .. } => Some(*item),
            _ => None,
        })
    }

    /// Asks as a browser does.
    pub(super) async fn ask(
        &self,
        session: Option<&Token>,
        method: &str,
        path: &str,
        form: &[(&str, &str)],
    ) -> Received {
        let mut fields: Vec<(&str, String)> =
            form.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap());
        if let Some(session) = session {
            fields.push(("form", session.derive("form")));
            request = request
                .header("cookie", format!("session={}", *session.to_text()))
                .header("x-detente-form", session.derive("form"));
        }
        let body = if method == "POST" && !path.starts_with("/api/") {
            serde_urlencoded::to_string(fields).unwrap()
        } else {
            form.iter().find(|(name, _)| name.is_empty()).map_or("", |(_, body)| body).to_owned()
        };
        let request = request.uri(path).body(Body::from(body)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let mut text = format!("{}\n", response.status());
        let mut headers: Vec<_> = response
            .headers()
            .iter()
            .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())))
            .collect();
        headers.sort();
        text.extend(headers);
        if text.contains("text/event-stream") {
            return text;
        }
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        text.push('\n');
        text.push_str(&String::from_utf8_lossy(&body));
        text
    }

    /// Any request at all; gives the status.
    pub(super) async fn raw(
        &self,
        actor: Option<&Actor>,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
        proved: bool,
    ) -> u16 {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut body = body;
        if let Some(actor) = actor {
            request = request.header("cookie", format!("session={}", *actor.session.to_text()));
            if proved {
                let token = actor.session.derive("form");
                request = request.header("x-detente-form", &token);
                if !path.starts_with("/api/") {
                    body = [format!("form={token}&").into_bytes(), body].concat();
                }
            }
        }
        let request = request.body(Body::from(body)).unwrap();
        self.router.clone().oneshot(request).await.unwrap().status().as_u16()
    }

    /// The event stream of an actor, from now on.
    pub(super) async fn listen(&self, actor: &Actor) -> Listening {
        let path = format!("/talks/{}/events", self.live.id());
        let cookie = format!("session={}", *actor.session.to_text());
        let request = Request::builder().uri(path).header("cookie", cookie);
        let request = request.body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let frames = response.into_body().into_data_stream();
        Listening { frames, heard: String::new() }
    }

    pub(super) async fn get(&self, actor: &Actor, path: &str) -> Received {
        self.ask(Some(&actor.session), "GET", path, &[]).await
    }
}

/// An open event stream.
pub(super) struct Listening {
    frames: axum::body::BodyDataStream,
    pub(super) heard: String,
}

impl Listening {
    /// Takes in what has arrived.
    pub(super) async fn listen(&mut self) {
        // The task that speaks gets its turn.
        for _ in 0..20 {
            tokio::task::yield_now().await;
            while let Some(Some(frame)) = self.frames.next().now_or_never() {
                self.heard.push_str(&String::from_utf8_lossy(&frame.unwrap()));
            }
        }
    }
}

async fn actor(app: &Arc<App>, talks: [u8; 16], member: MemberId) -> Actor {
    let seats = vec![Seat { talks, member: *member.as_bytes() }];
    let person = app.people.add(Person { seats, ..Person::default() }).await.unwrap();
    Actor { member, person, session: app.people.open_session(person).await.unwrap() }
}

pub(super) fn content(text: &str, permission: Permission) -> Content {
    Content {
        kind: ItemKind::Message,
        text: text.into(),
        language: String::new(),
        about: vec![],
        package: Default::default(),
        attribution: Attribution { level: AttributionLevel::DeepBackground, ..Default::default() },
        permission,
    }
}

pub(super) fn find<T>(done: &Done, what: impl Fn(&EventBody) -> Option<T>) -> T {
    let Done::Now(events) = done else { panic!("nothing happened") };
    events.iter().find_map(|event: &Event| what(&event.body)).expect("the event is there")
}
