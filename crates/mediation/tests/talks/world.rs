//! Talks to try things on: two parties, two mediators of different reach, a guarantor.

use detente_mediation::ballot::Answer;
use detente_mediation::view::{ItemView, RoomView};
use detente_mediation::{
    Ask, BallotId, Command, Content, Event, Fresh, IssueText, ItemKind, MemberId, Opening,
    OpeningMediator, OpeningParty, Options, PrincipalId, PrincipalKind, Refusal, Rights, RoomId,
    Talks, View, Viewer, Who, decide, open, view, view_room,
};
use jiff::{SignedDuration, Timestamp};

/// Talks, the events that made them, and who is who.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) talks: Talks,
    pub(crate) events: Vec<Event>,
    pub(crate) now: Timestamp,
    pub(crate) fresh: u64,
    /// The time of the last step that two worlds share.
    pub(crate) shared: Timestamp,
    /// The caucus of the first mediator and the upper town.
    pub(crate) upper_room: RoomId,
    pub(crate) lead: MemberId,
    /// The heads of the two delegations, and the lead of the second mediator.
    pub(crate) up: MemberId,
    pub(crate) down: MemberId,
    pub(crate) envoy: MemberId,
    pub(crate) guarantor: MemberId,
}

/// The start of every test's time.
pub(crate) fn start() -> Timestamp {
    "2025-03-04T09:00:00Z".parse().unwrap()
}

/// Randomness that differs for each number.
pub(crate) fn fresh(number: u64) -> Fresh {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    Fresh::new(bytes)
}

pub(crate) fn issue(name: &str, options: &[&str]) -> IssueText {
    IssueText {
        name: name.into(),
        note: String::new(),
        unit: String::new(),
        options: Options::Categorical(options.iter().map(|o| (*o).to_owned()).collect()),
    }
}

pub(crate) fn message(text: &str) -> Content {
    Content {
        kind: ItemKind::Message,
        text: text.into(),
        language: String::new(),
        about: vec![],
        package: Default::default(),
        attribution: Default::default(),
        permission: Default::default(),
    }
}

impl World {
    /// The first mediator reaches both towns, the second only the upper one.
    pub(crate) fn new() -> Self {
        let party = |name: &str| OpeningParty { name: name.into(), note: String::new() };
        let mediator = |name: &str, reaches: &[usize]| OpeningMediator {
            name: name.into(),
            note: String::new(),
            reaches: reaches.to_vec(),
        };
        let opening = Opening {
            title: "The river".into(),
            lead: "Lead".into(),
            parties: vec![party("Upper Town"), party("Lower Town")],
            mediators: vec![mediator("River Office", &[0, 1]), mediator("Hill Abbey", &[0])],
            issues: vec![
                issue("gate", &["open", "half open", "shut"]),
                issue("patrols", &["joint", "none"]),
            ],
        };
        let opened = open(&opening, fresh(0), start()).unwrap();
        let nobody = opened.lead;
        let mut world = Self {
            talks: Talks::fold(&opened.events),
            events: opened.events,
            now: start(),
            fresh: 1,
            shared: start(),
            upper_room: RoomId::from_bytes([0; 16]),
            lead: opened.lead,
            up: nobody,
            down: nobody,
            envoy: nobody,
            guarantor: nobody,
        };
        world.up = world.add("Upper Town", "Una", Rights::HEAD);
        world.down = world.add("Lower Town", "Dov", Rights::HEAD);
        world.envoy = world.add("Hill Abbey", "Abbot", Rights::LEAD_MEDIATOR);
        let channels = vec![world.principal("River Office")];
        world.does(
            world.lead,
            Ask::AddPrincipal {
                kind: PrincipalKind::Guarantor,
                name: "League".into(),
                note: String::new(),
                channels,
                known_to: vec![],
            },
        );
        world.guarantor = world.add("League", "Gus", Rights::SPEAKER);
        world.upper_room = world.room(world.lead, "River Office – Upper Town").id;
        world.shared = world.now;
        world
    }

    /// Adds a person for a principal, by the convening lead.
    pub(crate) fn add(&mut self, principal: &str, name: &str, rights: Rights) -> MemberId {
        let principal = self.principal(principal);
        let ask = Ask::AddMember { principal, name: name.into(), rights, basis: "letter".into() };
        self.does(self.lead, ask);
        self.person(self.lead, name)
    }

    /// A minute later, a person does something; the refusal if it is refused.
    pub(crate) fn tries(&mut self, who: MemberId, ask: Ask) -> Result<Vec<Event>, Refusal> {
        self.as_who(Who::Member(who), ask)
    }

    pub(crate) fn as_who(&mut self, who: Who, ask: Ask) -> Result<Vec<Event>, Refusal> {
        self.now += SignedDuration::from_mins(1);
        self.fresh += 1;
        let events = decide(&self.talks, &self.command(who, ask))?;
        self.take(events.clone());
        Ok(events)
    }

    /// Takes in events.
    pub(crate) fn take(&mut self, events: Vec<Event>) {
        for event in &events {
            self.talks.apply(event);
        }
        self.events.extend(events);
    }

    /// A person's own principal's room.
    pub(crate) fn home(&self, who: MemberId) -> Option<RoomId> {
        self.sees(who).you?.home
    }

    /// The caucus of the first mediator and the lower town, while there is one.
    pub(crate) fn lower_room(&self) -> Option<RoomId> {
        let seen = self.sees(self.down);
        seen.rooms.iter().find(|r| r.name == "River Office – Lower Town").map(|r| r.id)
    }

    pub(crate) fn command(&self, who: Who, ask: Ask) -> Command {
        Command { who, at: self.now, fresh: fresh(self.fresh), ask }
    }

    /// The same, where a refusal is a fault of the test.
    #[track_caller]
    pub(crate) fn does(&mut self, who: MemberId, ask: Ask) -> Vec<Event> {
        self.tries(who, ask.clone()).unwrap_or_else(|refusal| panic!("{ask:?}: {refusal}"))
    }

    pub(crate) fn sees(&self, who: MemberId) -> View {
        view(&self.talks, Viewer::Member(who))
    }

    pub(crate) fn bytes(&self, who: MemberId) -> String {
        serde_json::to_string(&self.sees(who)).unwrap()
    }

    /// A principal by name, as the convening lead knows it.
    pub(crate) fn principal(&self, name: &str) -> PrincipalId {
        let seen = self.sees(self.lead);
        seen.principals.iter().find(|p| p.name == name).unwrap().id
    }

    /// A person by name.
    pub(crate) fn person(&self, who: MemberId, name: &str) -> MemberId {
        let seen = self.sees(who);
        let mut people = seen.principals.iter().flat_map(|p| &p.people);
        people.find(|p| p.name == name).unwrap().id
    }

    /// A room by name, as a person sees it.
    #[track_caller]
    pub(crate) fn room(&self, who: MemberId, name: &str) -> RoomView {
        let seen = self.sees(who);
        let found = seen.rooms.iter().find(|r| r.name == name);
        let id: RoomId = found.unwrap_or_else(|| panic!("no room {name} in {seen:#?}")).id;
        view_room(&self.talks, Viewer::Member(who), id).unwrap()
    }

    /// Says something, and gives the item as its author sees it.
    #[track_caller]
    pub(crate) fn says(&mut self, who: MemberId, room: &str, content: Content) -> ItemView {
        let room = self.room(who, room);
        self.does(who, Ask::Say { room: room.id, content });
        self.room(who, &room.name).items.pop().unwrap()
    }

    /// Answers a proposal in a room.
    #[track_caller]
    pub(crate) fn answers(&mut self, who: MemberId, room: &str, ballot: BallotId, answer: Answer) {
        let room = self.room(who, room).id;
        self.does(who, Ask::Answer { room, ballot, answer });
    }

    /// Opens everything a person has not opened in a room.
    pub(crate) fn reads(&mut self, who: MemberId, room: &str) {
        let room = self.room(who, room);
        let items = room.items.iter().map(|i| i.id).collect();
        let _ = self.tries(who, Ask::Read { room: room.id, items });
    }
}
