//! What a mediator may conclude from what its rooms were told, and what a
//! party may conclude from its own words.
//!
//! Everything here is computed from a [`View`](crate::View): nothing that the
//! viewer could not read goes into it. What is exact holds for all
//! preferences that fit the statements (`detente_analysis::partial`); what is
//! an estimate comes from the ways a side may be that fit them
//! (`detente_elicitation`), and says so.

mod joint;
mod known;
mod outlook;
mod own;
mod price;
mod stages;
pub(crate) mod table;

pub use detente_analysis::budget::Budget;
pub use detente_analysis::ordinal::separable::Modality;
pub use detente_analysis::partial::RobustRule;
pub use joint::{JointQuestion, joint_question};
pub use outlook::{
    Band, Candidate, Change, Outlook, Point, Reason, SideSaid, Stand, Veto, outlook,
};
pub use own::{OwnValue, own_value};
pub use price::{Guess, NotPriced, Price, price};
pub use stages::{Phase, Stages, stages};
