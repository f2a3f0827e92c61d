//! A side as it is shown: a letter, a mark, a name.

use crate::palette::SIDES;
use detente_model::Scenario;
use maud::{Markup, html};

/// A party with the letter that stands for it on charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Side<'a> {
    /// Its place in the scenario.
    pub index: usize,
    /// The name shown to people.
    pub name: &'a str,
}

impl<'a> Side<'a> {
    /// Every party of a scenario, in its order.
    #[must_use]
    pub fn all(scenario: &'a Scenario) -> Vec<Self> {
        let parties = scenario.parties().iter().enumerate();
        parties.map(|(index, party)| Self { index, name: &party.name }).collect()
    }

    /// `A` … `Z`, `AA`, `AB`, …
    #[must_use]
    pub fn letter(&self) -> String {
        let mut rest = self.index;
        let mut letters = Vec::new();
        loop {
            letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
            rest /= 26;
            if rest == 0 {
                break;
            }
            rest -= 1;
        }
        letters.iter().rev().collect()
    }

    /// Which of the colours and fills is this side's.
    #[must_use]
    pub fn tone(&self) -> usize {
        self.index % SIDES.len()
    }

    /// The letter as a small badge.
    #[must_use]
    pub fn badge(&self) -> Markup {
        html! { span class={ "badge side" (self.tone()) } { (self.letter()) } }
    }

    /// Badge and name, the name kept apart from the direction of its surroundings.
    #[must_use]
    pub fn named(&self) -> Markup {
        html! { span.side { (self.badge()) " " bdi { (self.name) } } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        let letter = |index| Side { index, name: "" }.letter();
        assert_eq!(letter(0), "A");
        assert_eq!(letter(25), "Z");
        assert_eq!(letter(26), "AA");
        assert_eq!(letter(69), "BR");
        assert_eq!(letter(701), "ZZ");
        assert_eq!(letter(702), "AAA");
    }
}
