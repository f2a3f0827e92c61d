//! Writing the single text, putting it to rooms, remarking on it.

use super::{Desk, check};
use crate::event::Body;
use crate::id::{ClauseId, RemarkId, RoomId, TextId, VersionId};
use crate::people::Right;
use crate::refusal::Refusal;
use crate::text::{Clause, Draft, Languages, Piece, Remark, pieces};

impl Desk<'_> {
    pub(super) fn draft_text(
        &mut self,
        room: RoomId,
        text: Option<TextId>,
        draft: &Draft,
    ) -> Result<(), Refusal> {
        self.may_write(room)?;
        if let Some(text) = text {
            let versions =
                self.sight.contents(room)?.drafted.get(&text).ok_or(Refusal::NotThere)?;
            if versions.last().is_some_and(|(_, last)| last.draft == *draft) {
                return Err(Refusal::AlreadyDone);
            }
        }
        self.draft(draft)?;
        let text = match text {
            Some(text) => text,
            None => self.made.id(TextId::fresh),
        };
        let version = self.made.id(VersionId::fresh);
        self.made.in_room(room, Body::TextDrafted { text, version, draft: draft.clone() });
        Ok(())
    }

    fn draft(&self, draft: &Draft) -> Result<(), Refusal> {
        check::name("the text's title", &draft.title)?;
        check::list("the text", draft.clauses.len())?;
        check::list("the register of terms", draft.definitions.len())?;
        check::once("the list of clauses", draft.clauses.iter().map(|c| c.id))?;
        for (number, clause) in (1..).zip(&draft.clauses) {
            self.clause(number, clause)?;
        }
        for definition in &draft.definitions {
            languages("a term", &definition.term)?;
            languages("a term's meaning", &definition.meaning)?;
        }
        Ok(())
    }

    fn clause(&self, number: usize, clause: &Clause) -> Result<(), Refusal> {
        check::text("a heading", &clause.heading)?;
        languages(&format!("clause {number}"), &clause.words)?;
        let mut brackets = 0;
        for (language, words) in &clause.words {
            let found = pieces(words).map_err(|fault| {
                let what = format!("clause {number} ({language}): {fault}");
                Refusal::malformed(what, "open each bracket once and close it, none inside another")
            })?;
            let count = found.iter().filter(|p| matches!(p, Piece::Bracketed { .. })).count();
            brackets = brackets.max(count);
        }
        check::list("a clause's brackets", clause.brackets.len())?;
        if let Some(bad) = clause.brackets.iter().find(|b| b.bracket >= brackets) {
            let what = format!("clause {number} has no bracket number {}", bad.bracket);
            return Err(Refusal::malformed(what, "brackets are numbered from 0 in reading order"));
        }
        let names = clause.brackets.iter().flat_map(|b| &b.by);
        let names = names.chain(clause.reservations.iter().map(|r| &r.by));
        let known = self.sight.principals();
        if !names.into_iter().all(|p| known.contains(p)) {
            return Err(Refusal::NotThere);
        }
        for reservation in &clause.reservations {
            check::words("a reservation", &reservation.words)?;
        }
        for settles in &clause.settles {
            match settles.option {
                Some(option) => self.package(&[(settles.issue, option)].into())?,
                None => self.sight.issue(settles.issue).map(|_| ())?,
            }
        }
        Ok(())
    }

    pub(super) fn circulate(
        &mut self,
        room: RoomId,
        text: TextId,
        version: VersionId,
        to: &[RoomId],
    ) -> Result<(), Refusal> {
        let drafted = &self.sight.contents(room)?.drafted;
        let found = drafted.get(&text).and_then(|v| v.get(&version)).ok_or(Refusal::NotThere)?;
        self.sight.need(Right::Speak)?;
        if to.is_empty() || to.contains(&room) {
            let mend = "name one or more other rooms";
            return Err(Refusal::malformed("it goes to no other room", mend));
        }
        check::list("the list of rooms", to.len())?;
        check::once("the list of rooms", to)?;
        let draft = found.draft.for_readers();
        for target in to {
            self.may_write(*target)?;
            let there = self.sight.contents(*target)?.circulated.get(&text);
            if there.is_some_and(|v| v.contains_key(&version)) {
                return Err(Refusal::AlreadyDone);
            }
            let (draft, source) = (draft.clone(), room);
            self.made.in_room(*target, Body::TextCirculated { text, version, draft, source });
        }
        Ok(())
    }

    pub(super) fn remark(
        &mut self,
        room: RoomId,
        text: TextId,
        version: VersionId,
        clause: ClauseId,
        remark: &Remark,
    ) -> Result<(), Refusal> {
        let contents = self.sight.contents(room)?;
        let of = |texts: &crate::map::Map<TextId, _>| -> Option<Clause> {
            let versions: &crate::map::Map<VersionId, crate::talks::Version> = texts.get(&text)?;
            let draft = &versions.get(&version)?.draft;
            draft.clauses.iter().find(|c| c.id == clause).cloned()
        };
        let found =
            of(&contents.circulated).or_else(|| of(&contents.drafted)).ok_or(Refusal::NotThere)?;
        self.may_write(room)?;
        match remark {
            Remark::Bracket { words, reason } => {
                check::words("what is to be bracketed", words)?;
                check::text("the reason", reason)?;
                if !found.words.values().any(|w| w.contains(words.as_str())) {
                    let mend = "copy the words as they stand in it";
                    return Err(Refusal::malformed("these words are not in the clause", mend));
                }
            }
            Remark::Instead(words) | Remark::Reserve(words) => check::words("the remark", words)?,
            Remark::CouldAgree => {}
        }
        let (id, remark) = (self.made.id(RemarkId::fresh), remark.clone());
        self.made.in_room(room, Body::Remarked { id, text, version, clause, remark });
        Ok(())
    }
}

fn languages(what: &str, words: &Languages) -> Result<(), Refusal> {
    if words.is_empty() {
        let mend = "write it in at least one language";
        return Err(Refusal::malformed(format!("{what} has no words"), mend));
    }
    for (language, words) in words {
        check::name("a language's tag", language)?;
        check::text(what, words)?;
    }
    Ok(())
}
