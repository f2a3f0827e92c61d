//! Saying, reading, taking back, conveying.

use super::{Desk, check};
use crate::event::Body;
use crate::id::{ItemId, RoomId};
use crate::item::{
    Attribution, AttributionLevel, Content, Conveyance, ItemKind, Permission, Voice,
};
use crate::people::Right;
use crate::refusal::Refusal;
use crate::table::Package;
use crate::talks::Item;

impl Desk<'_> {
    pub(super) fn say(&mut self, room: RoomId, content: &Content) -> Result<(), Refusal> {
        self.may_write(room)?;
        self.content(content)?;
        let item = self.made.id(ItemId::fresh);
        self.made.in_room(room, Body::Said { item, content: content.clone() });
        Ok(())
    }

    fn content(&self, content: &Content) -> Result<(), Refusal> {
        if content.package.is_empty() {
            check::words("the text", &content.text)?;
        }
        check::text("the text", &content.text)?;
        check::text("the language", &content.language)?;
        check::list("the list of issues", content.about.len())?;
        check::once("the list of issues", &content.about)?;
        for issue in &content.about {
            self.sight.issue(*issue)?;
        }
        self.package(&content.package)?;
        if content.kind == ItemKind::Proposal && content.package.is_empty() {
            let mend = "choose an option of at least one issue, or send it as a message";
            return Err(Refusal::malformed("the proposal settles nothing", mend));
        }
        attribution(&content.attribution)?;
        may_be_conveyed(&content.attribution, content.permission)
    }

    /// Refuses a package that names an option that is not there.
    pub(super) fn package(&self, package: &Package) -> Result<(), Refusal> {
        check::list("the package", package.len())?;
        for (issue, option) in package {
            let text = self.sight.issue(*issue)?.current();
            let options = text.len();
            if *option >= options {
                let what = format!("`{}` has no option number {option}", text.name);
                let mend = match options {
                    0 => "it is shared out: settle it in words".to_owned(),
                    _ => format!("its options are numbered 0 to {}", options - 1),
                };
                return Err(Refusal::malformed(what, mend));
            }
        }
        Ok(())
    }

    pub(super) fn permit(
        &mut self,
        room: RoomId,
        item: ItemId,
        permission: Permission,
    ) -> Result<(), Refusal> {
        let found = self.own_item(room, item)?;
        may_be_conveyed(&found.content.attribution, permission)?;
        if found.content.permission == permission {
            return Err(Refusal::AlreadyDone);
        }
        self.made.in_room(room, Body::Permitted { item, permission });
        Ok(())
    }

    /// An item of the asker's own side, standing.
    fn own_item(&self, room: RoomId, item: ItemId) -> Result<&Item, Refusal> {
        let found = self.sight.item(room, item)?;
        self.may_write(room)?;
        if !self.sight.is_ours(found.author) {
            return Err(Refusal::malformed(
                "it was said by another side",
                "only its own side changes what becomes of it",
            ));
        }
        if found.taken_back { Err(Refusal::AlreadyDone) } else { Ok(found) }
    }

    pub(super) fn read(&mut self, room: RoomId, items: &[ItemId]) -> Result<(), Refusal> {
        check::list("the list of items", items.len())?;
        check::once("the list of items", items)?;
        let contents = self.sight.contents(room)?;
        let mut opened = Vec::new();
        for id in items {
            let item = contents.items.get(id).ok_or(Refusal::NotThere)?;
            if !item.taken_back && !item.read.contains_key(&self.sight.id) {
                opened.push(*id);
            }
        }
        if opened.is_empty() {
            return Err(Refusal::AlreadyDone);
        }
        self.made.in_room(room, Body::Read { items: opened });
        Ok(())
    }

    pub(super) fn take_back(&mut self, room: RoomId, item: ItemId) -> Result<(), Refusal> {
        let found = self.own_item(room, item)?;
        let by_others = |reader: &crate::id::MemberId| {
            self.talks.members.get(reader).is_some_and(|m| m.principal != found.author.principal)
        };
        if found.read.keys().any(by_others) {
            return Err(Refusal::AlreadyRead);
        }
        self.made.in_room(room, Body::TakenBack { item });
        Ok(())
    }

    pub(super) fn convey(
        &mut self,
        room: RoomId,
        item: ItemId,
        to: &[RoomId],
        how: &Conveyance,
    ) -> Result<(), Refusal> {
        let found = self.sight.item(room, item)?;
        self.sight.need(Right::Speak)?;
        if !self.sight.is_mediator() {
            let mend = "say it there yourself, or ask the mediator to carry it";
            return Err(Refusal::malformed("conveying is the mediator's", mend));
        }
        if found.taken_back {
            return Err(Refusal::AlreadyDone);
        }
        if !self.sight.has_open(found) {
            return Err(Refusal::malformed("you have not read it", "open it first"));
        }
        if to.is_empty() || to.contains(&room) {
            let mend = "name one or more other rooms";
            return Err(Refusal::malformed("it goes to no other room", mend));
        }
        check::list("the list of rooms", to.len())?;
        check::once("the list of rooms", to)?;
        let (content, voice) = self.as_conveyed(found, how)?;
        for target in to {
            self.may_write(*target)?;
            let (content, voice) = (content.clone(), voice.clone());
            let copy = self.made.id(ItemId::fresh);
            let source = (room, item);
            self.made.in_room(*target, Body::Conveyed { item: copy, content, voice, source });
        }
        Ok(())
    }

    /// What the readers will find, as far as the permission goes.
    fn as_conveyed(&self, item: &Item, how: &Conveyance) -> Result<(Content, Voice), Refusal> {
        let said = &item.content;
        let ours = self.sight.is_ours(item.author);
        let own_voice = match (ours, said.permission) {
            (false, Permission::DoNotConvey) => return Err(Refusal::NotPermitted),
            (false, Permission::AsOwn) => true,
            (false, Permission::MayConvey) => how.as_own,
            (true, _) => true,
        };
        if let Some(words) = &how.reworded {
            check::words("the new wording", words)?;
        }
        let source = match said.attribution.level {
            AttributionLevel::OnTheRecord => Some(self.principal_name(item.author.principal)),
            AttributionLevel::Background => Some(said.attribution.wording.clone()),
            AttributionLevel::DeepBackground | AttributionLevel::OffTheRecord => None,
        };
        let voice = if own_voice {
            item_voice_of_ours(item, ours)
        } else {
            Voice::Reported { source, verbatim: how.reworded.is_none() }
        };
        let content = Content {
            text: how.reworded.as_ref().unwrap_or(&said.text).clone(),
            // The copy's own terms are the narrowest: nothing is passed on twice by default.
            attribution: Attribution::default(),
            permission: Permission::DoNotConvey,
            ..said.clone()
        };
        Ok((content, voice))
    }
}

/// A mediator's own item keeps its voice: what it reports stays reported.
fn item_voice_of_ours(item: &Item, ours: bool) -> Voice {
    if ours { item.voice.clone() } else { Voice::Own }
}

fn attribution(attribution: &Attribution) -> Result<(), Refusal> {
    check::text("the attribution", &attribution.wording)?;
    if attribution.level == AttributionLevel::Background && attribution.wording.trim().is_empty() {
        return Err(Refusal::malformed(
            "on background without a description",
            "write the words agreed on, such as \"an official familiar with the talks\"",
        ));
    }
    Ok(())
}

fn may_be_conveyed(attribution: &Attribution, permission: Permission) -> Result<(), Refusal> {
    if permission == Permission::MayConvey && attribution.level == AttributionLevel::OffTheRecord {
        return Err(Refusal::malformed(
            "off the record, and yet to be conveyed with attribution",
            "choose an attribution, or let the mediator convey it as its own",
        ));
    }
    Ok(())
}
