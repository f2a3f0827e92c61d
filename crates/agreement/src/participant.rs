//! Who stands in an agreement, and in which role.

/// In which role someone stands in an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Bound by it.
    Party,
    /// Signs as having seen it signed.
    Witness,
    /// Stands behind it.
    Guarantor,
    /// Keeps the original and the instruments of ratification.
    Depositary,
    /// Verifies what was done.
    Verifier,
    /// Examines incidents, hears disputes or decides on them.
    Body,
}

impl Role {
    /// Every role with the word used in files.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("party", Self::Party),
        ("witness", Self::Witness),
        ("guarantor", Self::Guarantor),
        ("depositary", Self::Depositary),
        ("verifier", Self::Verifier),
        ("body", Self::Body),
    ];

    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, r)| *r == self).map_or("", |(w, _)| w)
    }
}

/// Someone who stands in an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its roles; at least one.
    pub roles: Vec<Role>,
}

impl Participant {
    /// Whether it has a role.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}
