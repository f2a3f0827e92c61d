//! Opening talks.

use super::{Maker, check};
use crate::command::Participant;
use crate::event::{Body, Event};
use crate::id::{Fresh, IssueId, MemberId, PrincipalId, RoomId, TalksId};
use crate::people::{Actor, PrincipalKind, Rights};
use crate::refusal::Refusal;
use crate::table::IssueText;
use detente_model::Scenario;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How talks begin: the channel graph and the issues of a scenario, without
/// anybody's preferences, and the first person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// What the talks are called.
    pub title: String,
    /// The lead of the first mediator, who convenes.
    pub lead: String,
    /// The parties.
    pub parties: Vec<OpeningParty>,
    /// The mediators; the first convenes.
    pub mediators: Vec<OpeningMediator>,
    /// The issues, which every party knows of.
    #[serde(default)]
    pub issues: Vec<IssueText>,
}

/// A party at the opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningParty {
    /// Its name.
    pub name: String,
    /// For people; may be empty.
    #[serde(default)]
    pub note: String,
}

/// A mediator at the opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningMediator {
    /// Its name.
    pub name: String,
    /// For people; may be empty.
    #[serde(default)]
    pub note: String,
    /// The parties it reaches, by index.
    #[serde(default)]
    pub reaches: Vec<usize>,
}

/// Talks just opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Which.
    pub talks: TalksId,
    /// The convening lead, who lets in everybody else.
    pub lead: MemberId,
    /// The events.
    pub events: Vec<Event>,
}

impl Opening {
    /// From a scenario; without a mediator in it, one that reaches everybody.
    #[must_use]
    pub fn from_scenario(scenario: &Scenario, lead: &str) -> Self {
        let everybody = (0..scenario.parties().len()).collect();
        let parties = scenario.parties().iter();
        let mut mediators: Vec<_> = scenario
            .mediators()
            .iter()
            .map(|m| OpeningMediator {
                name: m.name.clone(),
                note: String::new(),
                reaches: m.reaches.clone(),
            })
            .collect();
        if mediators.is_empty() {
            let name = "Mediation team".to_owned();
            mediators.push(OpeningMediator { name, note: String::new(), reaches: everybody });
        }
        Self {
            title: scenario.title().to_owned(),
            lead: lead.to_owned(),
            parties: parties
                .map(|p| OpeningParty { name: p.name.clone(), note: String::new() })
                .collect(),
            mediators,
            issues: scenario.issues().iter().map(IssueText::from).collect(),
        }
    }
}

/// Opens talks.
///
/// # Errors
/// An opening that does not make sense.
pub fn open(opening: &Opening, fresh: Fresh, at: Timestamp) -> Result<Opened, Refusal> {
    sound(opening)?;
    let mut made = Maker::new(fresh, at, Actor::Clock);
    let talks = made.id(TalksId::fresh);
    let parties: Vec<_> = opening.parties.iter().map(|_| made.id(PrincipalId::fresh)).collect();
    let mediators: Vec<_> = opening.mediators.iter().map(|_| made.id(PrincipalId::fresh)).collect();
    let [convener, ..] = mediators[..] else { return Err(no_mediator()) };
    let lead = made.id(MemberId::fresh);
    let mandate = made.mandate(Rights::LEAD_MEDIATOR, "convenes the talks");
    made.actor = Actor::Member { id: lead, principal: convener, mandate: mandate.id };
    made.at_table(Body::Opened { talks, title: opening.title.clone(), convener });
    for (id, party) in parties.iter().zip(&opening.parties) {
        let known_to = parties.iter().filter(|p| *p != id).copied().collect();
        made.principal(*id, PrincipalKind::Party, (&party.name, &party.note), known_to);
    }
    for (id, mediator) in mediators.iter().zip(&opening.mediators) {
        made.principal(*id, PrincipalKind::Mediator, (&mediator.name, &mediator.note), vec![]);
    }
    let name = opening.lead.clone();
    made.at_table(Body::MemberAdded { id: lead, principal: convener, name, mandate });
    for issue in &opening.issues {
        let id = made.id(IssueId::fresh);
        let (issue, known_to) = (issue.clone(), parties.clone());
        made.at_table(Body::IssueAdded { id, issue, known_to });
    }
    for (mediator, of) in mediators.iter().zip(&opening.mediators) {
        for index in &of.reaches {
            let Some(party) = opening.parties.get(*index) else { continue };
            made.channel((*mediator, &of.name), (parties[*index], &party.name));
        }
    }
    Ok(Opened { talks, lead, events: made.events })
}

fn no_mediator() -> Refusal {
    Refusal::malformed("there is no mediator", "name at least the one who convenes")
}

fn sound(opening: &Opening) -> Result<(), Refusal> {
    check::name("the title", &opening.title)?;
    check::name("the lead's name", &opening.lead)?;
    check::list("the list of parties", opening.parties.len())?;
    check::list("the list of mediators", opening.mediators.len())?;
    check::list("the list of issues", opening.issues.len())?;
    if opening.mediators.is_empty() {
        return Err(no_mediator());
    }
    let parties = opening.parties.iter().map(|p| (&p.name, &p.note));
    let mediators = opening.mediators.iter().map(|m| (&m.name, &m.note));
    for (name, note) in parties.chain(mediators) {
        check::name("a name", name)?;
        check::text("a note", note)?;
    }
    for mediator in &opening.mediators {
        check::once("what a mediator reaches", &mediator.reaches)?;
        if let Some(index) = mediator.reaches.iter().find(|i| **i >= opening.parties.len()) {
            let what = format!("{} reaches party number {index}", mediator.name);
            return Err(Refusal::malformed(what, "parties are numbered from 0 in their order"));
        }
    }
    opening.issues.iter().try_for_each(check::issue)
}

impl Maker {
    /// A principal with a room of its own.
    pub(super) fn principal(
        &mut self,
        id: PrincipalId,
        kind: PrincipalKind,
        (name, note): (&str, &str),
        known_to: Vec<PrincipalId>,
    ) {
        let (name, note) = (name.to_owned(), note.to_owned());
        let added = Body::PrincipalAdded { id, kind, name: name.clone(), note, known_to };
        self.at_table(added);
        self.home(id, &name);
    }

    /// A room that is a principal's own.
    pub(super) fn home(&mut self, id: PrincipalId, name: &str) {
        let room = self.id(RoomId::fresh);
        let participants = vec![Participant { principal: id, only: Vec::new() }];
        let name = name.to_owned();
        self.in_room(room, Body::RoomOpened { name, participants, secret: false, home: true });
    }

    /// A channel from a mediator to a principal, and a caucus for the two.
    pub(super) fn channel(
        &mut self,
        (mediator, mediator_name): (PrincipalId, &str),
        (to, name): (PrincipalId, &str),
    ) {
        self.at_table(Body::ChannelAdded { mediator, to });
        let room = self.id(RoomId::fresh);
        let all = |principal| Participant { principal, only: Vec::new() };
        let participants = vec![all(mediator), all(to)];
        let name = format!("{mediator_name} – {name}");
        self.in_room(room, Body::RoomOpened { name, participants, secret: false, home: false });
    }
}
