//! Whose consent makes an agreement.

/// The rule by which an outcome becomes an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum AcceptanceRule {
    /// Every party must accept.
    #[default]
    Unanimity,
    /// At least so many parties, among them all who hold a veto.
    Quota {
        /// How many parties must accept at the least; from 1 to the number of parties.
        at_least: usize,
        /// Parties (by index) without whom there is no agreement.
        vetoes: Vec<usize>,
    },
}

impl AcceptanceRule {
    /// Whether the parties for whom `accepts` is true make an agreement.
    #[must_use]
    pub fn is_met(&self, accepts: &[bool]) -> bool {
        match self {
            Self::Unanimity => accepts.iter().all(|&a| a),
            Self::Quota { at_least, vetoes } => {
                accepts.iter().filter(|&&a| a).count() >= *at_least
                    && vetoes.iter().all(|&v| accepts.get(v).copied().unwrap_or(false))
            }
        }
    }
}
