//! What a draft gives away about each party.
pub mod assess;
pub mod bounds;
pub mod channel;
pub mod drafts;
pub mod error;
pub mod family;
pub mod gate;
pub mod honest;
pub mod ledger;
mod linear;
pub mod measure;
pub mod rules;
pub mod secret;
pub mod sequence;
pub mod setting;

pub use assess::{Assessment, assess};
pub use channel::{Answers, Channel, Observation};
pub use drafts::Drafts;
pub use error::LeakError;
pub use family::Family;
pub use gate::Gate;
pub use ledger::Ledger;
pub use secret::{Plausible, PlausibleParty, Secret, SecretKind};
pub use setting::Setting;
