//! In which order can a deal be carried out so that nobody gains by walking
//! away, does a small deal help or block a broad one, and can each side get
//! it accepted at home?
//!
//! The definitions are in the project's `docs/staging.md`. Everything is
//! exact: values are rationals, and a search that stops early says so.

mod case;
mod closer;
mod contingent;
mod count;
mod guarantee;
mod interim;
mod knob;
mod mix;
mod planner;
mod ratification;
mod rows;
mod sensitivity;
mod simplex;
mod survey;
mod time;
mod value;

pub use case::{Case, CaseError, Deliverable, Limits, MOST_PARTIES, Order, Step, Window};
pub use closer::{Closer, LastStep, last_steps};
pub use contingent::{ContingentDeal, SideBet, contingent_deals, side_bet};
pub use count::{PlanCounts, count_plans};
pub use guarantee::{Guarantee, GuaranteeFound, Instrument, guarantee_for_plan, least_guarantee};
pub use interim::{
    AfterInterim, Attainable, Blocked, BroadDeal, InterimAnswer, InterimQuestion, Remedy, Verdict,
    parts_of,
};
pub use knob::Knob;
pub use mix::{Means, Mix, least_mix};
pub use planner::{Effort, Planned, Proof, Reachable, Statistics, best_plan, reachable_values};
pub use ratification::{Constituency, Ratification, RatificationAnswer, Ratifier, Verdicts};
pub use rows::{Assessment, Plan, Row, assess, spread};
pub use sensitivity::{Robust, Swing, robust_plan, tornado};
pub use simplex::cheapest;
pub use survey::{Survey, Surveyed, survey};
pub use time::{Beginning, Change, along_the_calendar};
pub use value::{breakdown, breakdown_is_equilibrium, breakdown_is_minmax};

/// Exact numbers, as everywhere in this module.
pub type Rational = num_rational::BigRational;
