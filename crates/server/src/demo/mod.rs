//! A fictional mediation with all roles to click through.
//!
//! It begins anew at every start, in a folder of its own.

pub(crate) mod cairo;

use crate::app::App;
use crate::auth::{Person, PersonId, Seat};
use crate::beginning::{self, Given};
use crate::http::{Context, Fault, Reply};
use crate::live::{Done, Failure, Live};
use crate::serve::ServeError;
use crate::web::Shell;
use crate::words::Language;
use detente_mediation::preparation::{Alternative, Choice, Grounds, Question, Statement};
use detente_mediation::text::{Clause, Draft};
use detente_mediation::{
    Ask, Attribution, AttributionLevel, Body, ClauseId, Content, ItemKind, MemberId, Permission,
    PrincipalId, PrincipalKind, QuestionId, Rights, RoomId, View, Viewer, Who,
};
use maud::{Markup, html};
use std::sync::Arc;

/// Somebody to look as.
#[derive(Debug)]
pub(crate) struct Role {
    name: &'static str,
    person: PersonId,
    /// For whom, and in which capacity.
    principal: String,
    kind: PrincipalKind,
}

/// Name, for whom, and what the person may do.
const CAST: [(&str, &str, Rights); 6] = [
    ("Jun Park", "River commission", Rights::NOTE_TAKER),
    ("Teresa Ibarra", "Retired judge", Rights::LEAD_MEDIATOR),
    ("Ilse Vogel", "Upriver town", Rights::HEAD),
    ("Karim Nassar", "Downriver valley", Rights::HEAD),
    ("Lena Osei", "Downriver valley", Rights::NOTE_TAKER),
    ("Ravi Menon", "Upland republic", Rights::SPEAKER),
];
const LEAD: &str = "Amal Haddad";

/// Sets the scene.
pub(crate) async fn set_up(app: &Arc<App>) -> Result<(), ServeError> {
    let failed = |error: Fault| ServeError::Demo(format!("{error:?}"));
    let roles = scene(app).await.map_err(failed)?;
    // Set once, at the start.
    let _ = app.demo.set(roles);
    Ok(())
}

async fn scene(app: &Arc<App>) -> Result<Vec<Role>, Fault> {
    let river = beginning::template("river").ok_or(Fault::NotThere)?;
    let given = Given { lead: LEAD.into(), ..river.given(Language::English) };
    let opened = app.desk.open(&beginning::from_lines(&given)?).await?;
    let live = app.desk.find(opened.talks).ok_or(Fault::NotThere)?;
    let stage = Stage { app, live: &live, lead: opened.lead };

    let valley = stage.principal("Downriver valley")?;
    let everybody = vec![stage.principal("Upriver town")?, valley];
    let guarantor = Ask::AddPrincipal {
        kind: PrincipalKind::Guarantor,
        name: "Upland republic".into(),
        note: "Would guarantee what is agreed".into(),
        channels: vec![stage.principal("River commission")?],
        known_to: everybody,
    };
    stage.does(stage.lead, guarantor).await?;

    let mut roles = vec![stage.role(LEAD, "River commission", stage.lead, true).await?];
    let mut members = vec![stage.lead];
    // Where a delegation has its head, it is the head who brings in its people.
    let mut heads: Vec<(&str, MemberId)> = Vec::new();
    for (name, principal, rights) in CAST {
        let ask = Ask::AddMember {
            principal: stage.principal(principal)?,
            name: name.into(),
            rights,
            basis: "Letter of credence".into(),
        };
        let by =
            heads.iter().find(|(of, _)| *of == principal).map_or(stage.lead, |(_, head)| *head);
        let done = stage.does(by, ask).await?;
        let member = added(&done).ok_or(Fault::NotThere)?;
        if rights.lead {
            heads.push((principal, member));
        }
        members.push(member);
        roles.push(stage.role(name, principal, member, false).await?);
    }
    let [_, _, _, upriver, downriver, ..] = members[..] else { return Err(Fault::NotThere) };
    stage.opening_words(upriver, downriver).await?;
    stage.orders(upriver, downriver).await?;
    Ok(roles)
}

struct Stage<'a> {
    app: &'a Arc<App>,
    live: &'a Arc<Live>,
    lead: MemberId,
}

impl Stage<'_> {
    fn view(&self, member: MemberId) -> View {
        self.live.view(Viewer::Member(member))
    }

    async fn does(&self, member: MemberId, ask: Ask) -> Result<Done, Failure> {
        self.app.desk.carry_out(self.live, Who::Member(member), ask, None).await
    }

    fn principal(&self, name: &str) -> Result<PrincipalId, Fault> {
        let view = self.view(self.lead);
        let found = view.principals.iter().find(|p| p.name == name);
        found.map(|p| p.id).ok_or(Fault::NotThere)
    }

    /// The room a member shares with the commission, or its own.
    fn room(&self, member: MemberId, home: bool) -> Result<RoomId, Fault> {
        let view = self.view(member);
        let commission = "River commission";
        let found = view.rooms.iter().find(|room| {
            if home {
                room.home
            } else {
                !room.home && room.participants.iter().any(|p| p.name == commission)
            }
        });
        found.map(|room| room.id).ok_or(Fault::NotThere)
    }

    async fn role(
        &self,
        name: &'static str,
        principal: &str,
        member: MemberId,
        host: bool,
    ) -> Result<Role, Fault> {
        let seat = Seat { talks: *self.live.id().as_bytes(), member: *member.as_bytes() };
        let person = Person { seats: vec![seat], host, ..Person::default() };
        let person = self.app.people.add(person).await?;
        let view = self.view(member);
        let kind = view.you.map_or(PrincipalKind::Observer, |you| you.kind);
        Ok(Role { name, person, principal: principal.to_owned(), kind })
    }

    /// Both delegations tell the commission their orders, so that its workbench has something to go by.
    async fn orders(&self, upriver: MemberId, downriver: MemberId) -> Result<(), Fault> {
        let issues: Vec<_> = self.view(self.lead).issues.iter().map(|issue| issue.id).collect();
        let [release, gauges, fishing, disputes] = issues[..] else { return Err(Fault::NotThere) };
        let told: [(_, _, [&[u64]; 4]); 2] = [
            (
                upriver,
                [release, disputes, gauges, fishing],
                [&[0, 1, 2], &[0, 1, 2], &[2, 1, 0], &[0, 1]],
            ),
            (
                downriver,
                [release, gauges, disputes, fishing],
                [&[2, 1, 0], &[1, 2, 0], &[0, 1, 2], &[1, 0]],
            ),
        ];
        let middle = [(release, 1), (gauges, 1), (fishing, 1), (disputes, 1)].into();
        let question = Question {
            first: Alternative::Package(middle),
            second: Alternative::NoDeal,
            grounds: Grounds::OwnAnswers,
        };
        for (member, order, options) in told {
            let room = self.room(member, false)?;
            let ranked = order.iter().map(|issue| vec![*issue]).collect();
            let mut statements = vec![Statement::RankIssues(ranked)];
            for (issue, order) in [release, gauges, fishing, disputes].into_iter().zip(options) {
                let groups = order.iter().map(|option| vec![*option]).collect();
                statements.push(Statement::RankOptions { issue, groups });
            }
            for statement in statements {
                self.does(member, Ask::Prepare { room, statement }).await?;
            }
            let view = self.view(member);
            let to = view.you.map(|you| you.principal).ok_or(Fault::NotThere)?;
            let question = question.clone();
            let put = self.does(self.lead, Ask::PutQuestion { room, to, question }).await?;
            let question = asked(&put).ok_or(Fault::NotThere)?;
            let statement = Statement::Answer { question, answer: Choice::First };
            self.does(member, Ask::Prepare { room, statement }).await?;
        }
        Ok(())
    }

    async fn opening_words(&self, upriver: MemberId, downriver: MemberId) -> Result<(), Fault> {
        let say = |kind, text: &str, permission| Content {
            kind,
            text: text.to_owned(),
            language: "en".into(),
            about: Vec::new(),
            package: Default::default(),
            attribution: Attribution {
                level: AttributionLevel::Background,
                wording: "someone close to the talks".into(),
            },
            permission,
        };
        let room = self.room(downriver, false)?;
        let content = say(
            ItemKind::Position,
            "Without 30 cubic metres a second in June there is no harvest. We could live with joint readers at the gauges.",
            Permission::MayConvey,
        );
        self.does(downriver, Ask::Say { room, content }).await?;
        let room = self.room(upriver, false)?;
        let content = say(
            ItemKind::Message,
            "Between us: a closed month for the nets would be no sacrifice this year. Do not say that it comes from us.",
            Permission::AsOwn,
        );
        self.does(upriver, Ask::Say { room, content }).await?;
        let room = self.room(self.lead, true)?;
        let fresh = self.app.desk.fresh().map_err(Failure::from)?;
        let clause = |at, heading: &str, words: &str| Clause {
            id: ClauseId::fresh(&fresh, at),
            heading: heading.into(),
            words: [("en".to_owned(), words.to_owned())].into(),
            settles: Vec::new(),
            brackets: Vec::new(),
            reservations: Vec::new(),
        };
        let draft = Draft {
            title: "Understanding on the summer water".into(),
            clauses: vec![
                clause(
                    0,
                    "Release",
                    "From June to August the dam releases [20][30] cubic metres a second.",
                ),
                clause(
                    1,
                    "Gauges",
                    "The gauges are read [jointly]; the figures are published every Monday.",
                ),
            ],
            ..Draft::default()
        };
        self.does(self.lead, Ask::DraftText { room, text: None, draft }).await?;
        Ok(())
    }
}

fn asked(done: &Done) -> Option<QuestionId> {
    let Done::Now(events) = done else { return None };
    events.iter().find_map(|event| match &event.body {
        Body::QuestionPut { id, .. } => Some(*id),
        _ => None,
    })
}

fn added(done: &Done) -> Option<MemberId> {
    let Done::Now(events) = done else { return None };
    events.iter().find_map(|event| match &event.body {
        Body::MemberAdded { id, .. } => Some(*id),
        _ => None,
    })
}

/// The roles, as buttons on the first page.
pub(crate) fn choices(shell: &Shell, context: &Context) -> Markup {
    let words = shell.words();
    let roles = context.app.demo.get().map(Vec::as_slice).unwrap_or_default();
    html! {
        @if !roles.is_empty() {
            h2 { (words.demo_title) }
            p { (words.demo_why) }
            ul.plain.rows.needs {
                @for (at, role) in roles.iter().enumerate() {
                    li {
                        span.main { bdi { (role.name) } }
                        span.meta { bdi { (role.principal) } " · " (crate::web::principal_kind(words, role.kind)) }
                        form.go method="post" action={ "/demo/" (at) } {
                            (shell.fields())
                            button.quiet aria-label={ (words.demo_look_as) " " (role.name) } { (words.demo_look_as) }
                        }
                    }
                }
            }
            ol {
                @for step in [words.demo_step_1, words.demo_step_2, words.demo_step_3, words.demo_step_4, words.demo_step_5] { li { (step) } }
            }
            p { a href="/demo/cairo" { (words.cairo_read) } }
        }
    }
}

/// Looks through the eyes of a role.
pub(crate) async fn look_as(context: Context) -> Result<Reply, Fault> {
    let roles = context.app.demo.get().ok_or(Fault::NotThere)?;
    let at: usize = context.parameter("role").parse().map_err(|_| Fault::NotThere)?;
    let role = roles.get(at).ok_or(Fault::NotThere)?;
    let session = context.app.people.open_session(role.person).await?;
    Ok(Reply::see("/talks").session(&context.app, Some(&session)))
}
