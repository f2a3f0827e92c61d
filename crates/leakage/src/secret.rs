//! What a party may wish to keep to itself.

/// The kinds of secrets that are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SecretKind {
    /// The utility of no agreement.
    Reservation,
    /// The issue on which most depends for the party.
    TopIssue,
    /// Whether the party has a red line, by its index in the party's preferences.
    RedLine(usize),
}

/// One secret of one party with the values it may have.
#[derive(Debug, Clone, PartialEq)]
pub struct Secret {
    /// Whose, as an index into the scenario's parties.
    pub party: usize,
    /// What.
    pub kind: SecretKind,
    /// The values it may have, as shown to people.
    pub values: Vec<String>,
}

/// A party as it may plausibly be.
#[derive(Debug, Clone, PartialEq)]
pub struct Plausible {
    /// How likely, relative to the others; not negative.
    pub weight: f64,
    /// Per draft, utility less reservation value; −∞ where a red line is crossed.
    /// The party accepts a draft when this is not negative.
    pub gains: Vec<f64>,
    /// The value of each secret, in the order of [`PlausibleParty::secrets`].
    pub facts: Vec<usize>,
    /// Per secret, everything else about the party: those who agree in it
    /// differ in that secret alone. Empty where there are no two such, as
    /// with samples from a continuum; then nothing is said of a reader who
    /// knows the rest.
    pub rest: Vec<usize>,
}

/// Everything one party may plausibly be, from the viewpoint of a reader.
#[derive(Debug, Clone, PartialEq)]
pub struct PlausibleParty {
    /// Which, as an index into the scenario's parties.
    pub party: usize,
    /// Its secrets.
    pub secrets: Vec<Secret>,
    /// The possibilities.
    pub plausible: Vec<Plausible>,
    /// Whether these are a sample; otherwise they are all there are.
    pub sampled: bool,
}
