//! What a page can show beside the answer of `solve`: all of it optional.
//!
//! Plain structures that name parties, issues and constraints by index, so
//! that any analysis can fill them.

use detente_analysis::solved::{Deal, SolutionRule};
use detente_model::{Number, Outcome};

/// Everything optional. `Extras::default()` shows the bare answer.
#[derive(Debug, Clone, Default)]
pub struct Extras {
    /// The date the page stands for, as it is to be printed.
    pub as_of: Option<String>,
    /// The command that made it.
    pub command: Option<String>,
    /// The program and its version.
    pub made_by: Option<String>,
    /// Who the page is for, in one sentence. Without it the page says what
    /// follows from how the preferences are known.
    pub audience: Option<String>,
    /// The rule whose deal the page is about; Nash without it.
    pub focus: Option<SolutionRule>,
    /// A deal already on the table.
    pub given: Option<GivenDeal>,
    /// What the reader of the files had to say, one sentence each.
    pub remarks: Vec<String>,
    /// Why there is no agreement, and what would open one.
    pub why_not: Option<WhyNot>,
    /// Deals that all would rather have than the given one.
    pub improvements: Vec<Improvement>,
    /// Exchanges that lead from one deal to a better one.
    pub trades: Vec<Trade>,
    /// The issues on which the sides pull apart most, most first.
    pub contested: Vec<Contested>,
    /// How far figures may move before the deal in focus changes.
    pub sensitivity: Vec<Sensitivity>,
    /// Adjusted winner, for two sides and divisible issues.
    pub adjusted_winner: Option<AdjustedWinner>,
    /// What holds, and which deals are picked, where preferences are partial.
    pub ordinal: Vec<OrdinalPick>,
    /// How many outcomes that concerns.
    pub unstated: Option<Unstated>,
    /// What adding or dropping an issue or a side would change.
    pub table_changes: Vec<TableChange>,
}

/// What is known of outcomes where preferences are partial: for certain, and
/// besides for some preferences that fit what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unstated {
    /// How many outcomes were looked at.
    pub looked_at: usize,
    /// Whether these are all.
    pub complete: bool,
    /// How many are acceptable to all.
    pub acceptable: (usize, usize),
    /// How many are efficient, where computed.
    pub efficient: Option<(usize, usize)>,
}

/// A deal already on the table.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenDeal {
    /// What to call it: "the draft of 3 May".
    pub label: String,
    /// The deal.
    pub deal: Deal,
    /// The efficient status, where known: whether no deal is better for one side and worse for none.
    pub efficient: Option<bool>,
}

/// Something that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A party would rather have no deal (party).
    NoDeal(usize),
    /// A red line (party, index).
    RedLine(usize, usize),
    /// A constraint (index).
    Constraint(usize),
}

/// What came of trying whether one thing alone would do.
#[derive(Debug, Clone, PartialEq)]
pub enum Tried<T> {
    /// It would.
    Opens(T),
    /// It would not.
    Nothing,
    /// Not known: the search was ended before.
    Undecided,
}

/// Why there is no agreement, and what would open one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WhyNot {
    /// Sets of things that cannot all stand; each is minimal.
    pub conflicts: Vec<Vec<Cause>>,
    /// Whether these are all minimal sets.
    pub conflicts_complete: bool,
    /// Per party tried: what the smallest cut of its reservation value alone does.
    pub alone: Vec<Alone>,
    /// The smallest joint cuts of reservation values; none is better than another for all.
    pub cuts: Vec<Cut>,
    /// Whether these are all.
    pub cuts_complete: bool,
    /// The joint cut whose largest part is smallest, if it is known.
    pub evenest: Option<Cut>,
    /// Single red lines and constraints, and what lifting each alone does.
    pub lifts: Vec<Lift>,
    /// Constraints (by index) that nobody is asked to lift: law, agreed principles.
    pub never_offered: Vec<usize>,
}

/// One party asking for less, all others as they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Alone {
    /// The party.
    pub party: usize,
    /// By how much of its own utility at the least, with the deal then reached.
    pub cut: Tried<(f64, Deal)>,
}

/// Lower demands that together would open an agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Cut {
    /// Each party that asks for less: party, and by how much of its own utility.
    pub by: Vec<(usize, f64)>,
    /// The deal then reached.
    pub deal: Deal,
}

/// One thing lifted alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Lift {
    /// The thing.
    pub cause: Cause,
    /// What that does.
    pub effect: Tried<Deal>,
}

/// A deal that nobody would rather not have than another, and somebody would rather have.
#[derive(Debug, Clone, PartialEq)]
pub struct Improvement {
    /// How it was picked, in words.
    pub label: String,
    /// The deal.
    pub deal: Deal,
}

/// Moves that together leave every side at least as well off.
#[derive(Debug, Clone, PartialEq)]
pub struct Trade {
    /// The moves.
    pub moves: Vec<Move>,
}

/// One issue settled another way.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// The issue, by index.
    pub issue: usize,
    /// How it was settled, in words.
    pub from: String,
    /// How it is settled now, in words.
    pub to: String,
    /// What that changes in each party's utility.
    pub effect: Vec<f64>,
}

/// An issue on which sides pull apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Contested {
    /// The issue, by index.
    pub issue: usize,
    /// Per party: the part of all its stakes that lies here, from 0 to 1.
    pub stakes: Vec<f64>,
    /// Who wants what, in words; may be empty.
    pub note: String,
}

/// How far one figure may move before the deal in focus changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// Whose figure (party).
    pub party: usize,
    /// Which: "weight of captives", "no deal".
    pub figure: String,
    /// Its value.
    pub value: f64,
    /// It may fall to this; `None` where any lower value leaves the deal.
    pub low: Option<f64>,
    /// It may rise to this; `None` where any higher value leaves the deal.
    pub high: Option<f64>,
}

/// The adjusted-winner procedure for two parties.
#[derive(Debug, Clone, PartialEq)]
pub struct AdjustedWinner {
    /// The two parties.
    pub parties: [usize; 2],
    /// One row per issue.
    pub rows: Vec<AdjustedWinnerRow>,
    /// Whether points were scaled so that each party's sum to 100.
    pub scaled: bool,
    /// What each had when every issue went to whoever put more points on it.
    pub first_totals: [f64; 2],
    /// What then moved to the party that had less: issue, and which part of it.
    pub moved: Vec<(usize, Number)>,
    /// What each gets in all, in its own points.
    pub totals: [f64; 2],
    /// Checked on the result: both have the same points.
    pub equal: bool,
    /// Checked on the result: neither would rather have the other's part.
    pub no_envy: bool,
    /// Checked on the result: no other sharing gives one more and the other no less.
    pub efficient: bool,
}

/// One issue of the adjusted-winner table.
#[derive(Debug, Clone, PartialEq)]
pub struct AdjustedWinnerRow {
    /// The issue, by index.
    pub issue: usize,
    /// What the whole of it is worth to each.
    pub points: [f64; 2],
    /// The share the first party gets.
    pub first_share: Number,
}

/// Deals of which something holds, or which a rule picks, without full numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct OrdinalPick {
    /// The rule, or what holds, in words.
    pub rule: String,
    /// The deals.
    pub outcomes: Vec<Outcome>,
    /// What is certain about it, in words; may be empty.
    pub note: String,
}

/// What another table would give.
#[derive(Debug, Clone, PartialEq)]
pub struct TableChange {
    /// The change, in words: "without issue captives".
    pub change: String,
    /// Whether an agreement is then possible, if known.
    pub agreement_possible: Option<bool>,
    /// How many outcomes are then acceptable, if counted.
    pub acceptable: Option<num_bigint::BigUint>,
    /// The focus rule's gain per party in per cent of its best, if any; `None` for a party not there.
    pub gains: Vec<Option<f64>>,
}
