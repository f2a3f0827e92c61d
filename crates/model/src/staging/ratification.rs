//! Who must accept a deal at home, and by what rule.

use super::{CaseError, Rational};
use num_traits::Signed;

/// A group at home with a say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constituency {
    /// Its name.
    pub name: String,
    /// What each option of each issue is worth to it.
    pub utility: Vec<Vec<Rational>>,
    /// It accepts a deal worth at least this.
    pub reserve: Rational,
    /// Its weight in the vote.
    pub weight: Rational,
    /// Whether nothing passes without it.
    pub veto: bool,
    /// Where support is uncertain: `reserve` is spread evenly over this range.
    pub reserve_range: Option<(Rational, Rational)>,
}

/// One side's rule at home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratifier {
    /// The party.
    pub name: String,
    /// The weight that must accept.
    pub quota: Rational,
    /// Who has a say.
    pub constituencies: Vec<Constituency>,
    /// What the deals are worth to the side itself, where the file says so.
    pub own: Option<OwnWorth>,
}

/// What each option is worth to a side, and what no deal is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnWorth {
    /// Per issue and option.
    pub utility: Vec<Vec<Rational>>,
    /// It accepts a deal worth at least this.
    pub reserve: Rational,
}

/// The question: which outcomes can be ratified on every side?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratification {
    /// The sides.
    pub parties: Vec<Ratifier>,
    /// Number of options of each issue.
    pub sizes: Vec<usize>,
    /// The deal under discussion.
    pub draft: Vec<usize>,
    /// What changing the deal to an option costs, per issue and option.
    pub cost: Vec<Vec<Rational>>,
    /// The outcome that stands for no deal.
    pub status_quo: Vec<usize>,
}

impl Ratification {
    /// Whether the parts fit together.
    ///
    /// # Errors
    /// [`CaseError`] with the first part that does not.
    pub fn check(&self) -> Result<(), CaseError> {
        let fail = |text: String| Err(CaseError(text));
        let issues = self.sizes.len();
        if self.sizes.contains(&0) {
            return fail("an issue has no option".into());
        }
        let outcomes = [("the deal", &self.draft), ("the status quo", &self.status_quo)];
        for (what, x) in outcomes {
            if x.len() != issues || x.iter().zip(&self.sizes).any(|(o, s)| o >= s) {
                return fail(format!("{what} does not name one option per issue"));
            }
        }
        let fits = |table: &Vec<Vec<Rational>>| {
            table.len() == issues && table.iter().zip(&self.sizes).all(|(row, s)| row.len() == *s)
        };
        if !fits(&self.cost) {
            return fail("`cost` has not one entry per option".into());
        }
        for party in &self.parties {
            if party.own.as_ref().is_some_and(|own| !fits(&own.utility)) {
                return fail(format!("`worth` of {} has not one entry per option", party.name));
            }
            for c in &party.constituencies {
                if !fits(&c.utility) {
                    return fail(format!("`u` of {} has not one entry per option", c.name));
                }
                if c.weight.is_negative() {
                    return fail(format!("the weight of {} is below zero", c.name));
                }
                if c.reserve_range.as_ref().is_some_and(|(low, high)| low > high) {
                    return fail(format!("the range of {} ends before it begins", c.name));
                }
            }
        }
        Ok(())
    }

    /// Whether the file says what the deals are worth to every side.
    #[must_use]
    pub fn has_own_worth(&self) -> bool {
        !self.parties.is_empty() && self.parties.iter().all(|p| p.own.is_some())
    }
}

/// A question with the names of its issues and options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRatification {
    /// The question.
    pub question: Ratification,
    /// Issues with their options' names; empty when the file has only numbers.
    pub issues: Vec<(String, Vec<String>)>,
}

impl NamedRatification {
    /// An outcome in words.
    #[must_use]
    pub fn outcome(&self, x: &[usize]) -> String {
        if self.issues.is_empty() {
            return format!("{x:?}");
        }
        let name = |(i, o): (&(String, Vec<String>), &usize)| {
            format!("{} {}", i.0, i.1.get(*o).map_or("?", String::as_str))
        };
        self.issues.iter().zip(x).map(name).collect::<Vec<_>>().join(", ")
    }
}
