//! In which order can a deal be carried out so that nobody gains by walking
//! away, does a small deal help or block a broad one, and can each side get
//! it accepted at home?
//!
//! The definitions are in the project's `docs/staging.md`. Everything is
//! exact: values are rationals, and a search that stops early says so.

mod at_home;
mod closer;
mod contingent;
mod count;
mod fair;
mod guarantee;
mod interim;
mod judged;
mod mix;
mod planner;
mod priced;
mod ratification;
mod robust;
mod rows;
mod scenario;
mod sensitivity;
mod simplex;
mod staged;
mod survey;
mod swing;
mod time;
mod value;

pub use at_home::{FairAtHome, Picture, ValuedOutcome, Worth, fair_at_home, stated_fair_at_home};
pub use closer::{Closer, LastStep, last_steps};
pub use contingent::{Bets, ContingentDeal, SideBet, bets, contingent_deals, side_bet};
pub use count::{PlanCounts, count_plans};
pub use detente_model::staging::*;
pub use fair::fair_among;
pub use guarantee::{Guarantee, GuaranteeFound, Instrument, guarantee_for_plan, least_guarantee};
pub use interim::{Attainable, Blocked, InterimAnswer, InterimQuestion, Remedy, Verdict, parts_of};
pub use judged::{Judged, interim_questions, judge};
pub use mix::{Means, Mix, least_mix};
pub use planner::{Effort, Planned, Proof, Reachable, Statistics, best_plan, reachable_values};
pub use priced::{Priced, price, price_case};
pub use ratification::{RatificationAnswer, Verdicts, ratify, verdicts};
pub use robust::{Robust, robust_plan};
pub use rows::{Assessment, Plan, Row, assess, spread};
pub use scenario::{ScenarioStaging, Values, small_deals_by_issue, stage_scenario};
pub use sensitivity::{
    PlanRests, durability_swings, guarantee_swings, interim_swings, plan_rests, plan_swings,
    ratification_swings,
};
pub use simplex::cheapest;
pub use staged::{Compared, Recorded, StageChoice, Staged, stage};
pub use survey::{Survey, Surveyed, survey};
pub use swing::{Flip, Swing, Swings};
pub use time::{Beginning, Waiting, along_the_calendar, waiting};
pub use value::{breakdown, breakdown_is_equilibrium, breakdown_is_minmax};
