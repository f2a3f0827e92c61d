//! What a viewer was told of every side.

use super::table::{Said, Table};
use crate::id::PrincipalId;
use crate::people::PrincipalKind;
use crate::view::View;
use detente_elicitation::{Case, Settings, Version};

/// The parties, the table, and what each said where the viewer could read it.
pub(crate) struct Known {
    pub(crate) parties: Vec<PrincipalId>,
    pub(crate) said: Vec<Said>,
    pub(crate) table: Table,
    seed: u64,
}

impl Known {
    /// `None` unless a mediator looks at two parties or more with something to choose.
    pub(crate) fn of(seen: &View) -> Option<Self> {
        let you = seen.you.as_ref().filter(|you| you.kind == PrincipalKind::Mediator)?;
        let parties = seen.principals.iter().filter(|p| p.kind == PrincipalKind::Party);
        let parties: Vec<PrincipalId> = parties.map(|p| p.id).collect();
        let said: Vec<Said> = parties.iter().map(|p| Said::of(*p, &seen.rooms)).collect();
        let lines: Vec<_> = said.iter().map(|s| s.red_lines.as_slice()).collect();
        let table = Table::of(&seen.issues, &lines).filter(|_| parties.len() > 1)?;
        // The talks' random id decides the draws; it is no secret, and what is drawn is not shown.
        let seed = u64::from_be_bytes(you.talks.as_bytes().first_chunk().copied()?);
        Some(Self { parties, said, table, seed })
    }

    /// The case as the viewer knows it.
    pub(crate) fn case(&self, settings: Settings) -> Case {
        let settings = Settings { seed: self.seed, ..settings };
        let rankings = self.said.iter().map(|said| self.table.rankings(said)).collect();
        let mut case = Case::new(self.table.space.clone(), rankings, settings);
        for (party, said) in self.said.iter().enumerate() {
            for (question, answer) in self.table.answers(said) {
                case.answer(party, question, answer);
            }
        }
        case
    }

    /// Every side by the ways it may be.
    pub(crate) fn versions(&self, case: &Case) -> Vec<Vec<Version>> {
        (0..self.parties.len()).map(|party| case.versions(party)).collect()
    }

    pub(crate) fn seed(&self) -> u64 {
        self.seed
    }
}

/// The mean of the ways a side may be.
pub(crate) fn middle(versions: &[Version]) -> Version {
    let n = versions.len().max(1) as f64;
    let mut mean = Version {
        worth: versions.first().map(|v| v.worth.clone()).unwrap_or_default(),
        reservation: versions.iter().map(|v| v.reservation).sum::<f64>() / n,
    };
    for (issue, row) in mean.worth.iter_mut().enumerate() {
        for (option, worth) in row.iter_mut().enumerate() {
            *worth = versions.iter().map(|v| v.worth[issue][option]).sum::<f64>() / n;
        }
    }
    mean
}
