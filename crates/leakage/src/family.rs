//! What a party may plausibly be, built around the figures of a scenario.
//!
//! A reader does not know a party's weights, the shape of its values or its
//! reservation value, but something about their range. A *family* is that
//! something, as a prior: which weight belongs to which issue (the sizes are
//! public, their order is not), whether values rise evenly or steeply, a grid
//! of reservation values, and each red line held or not. The party's own
//! figures are one member; the prior does not depend on which.

use crate::drafts::Drafts;
use crate::error::LeakError;
use crate::secret::{Plausible, PlausibleParty, Secret, SecretKind};
use detente_analysis::Problem;
use detente_analysis::problem::{Origin, holds};
use detente_model::{Number, Scenario};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet};

/// The weights of so many issues, the heaviest, are in any order by default: 24 orders.
pub const DEFAULT_SHUFFLED: usize = 4;
/// And of so many at most: 720 orders.
pub const MOST_SHUFFLED: usize = 6;
/// More red lines than this are not varied; the first are.
const MOST_RED_LINES: usize = 3;

/// A prior over what a party may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// Reservation values, as fractions of the party's scale, equally likely.
    pub grid: Vec<f64>,
    /// Shapes of values, equally likely: option values between worst (0) and
    /// best (1) of an issue are raised to this power. 1 is as in the scenario.
    pub shapes: Vec<f64>,
    /// The weights of so many issues, the heaviest, are in any order.
    pub shuffled: usize,
}

impl Family {
    /// Reservation values of .3 to .7 of a party's scale.
    pub const LOOSE: [f64; 5] = [0.3, 0.4, 0.5, 0.6, 0.7];
    /// Reservation values of .5 to .9 of a party's scale.
    pub const TIGHT: [f64; 5] = [0.5, 0.6, 0.7, 0.8, 0.9];

    /// A family with this grid and two shapes: even (1) and steep (2).
    ///
    /// # Errors
    /// When the grid is empty, or a value of it is not between 0 and 1.
    pub fn new(grid: &[f64]) -> Result<Self, LeakError> {
        let family =
            Self { grid: grid.to_vec(), shapes: vec![1.0, 2.0], shuffled: DEFAULT_SHUFFLED };
        family.check()?;
        Ok(family)
    }

    fn check(&self) -> Result<(), LeakError> {
        if self.grid.is_empty() {
            return Err(LeakError::Empty("the grid of reservation values"));
        }
        if self.shapes.is_empty() {
            return Err(LeakError::Empty("the list of shapes"));
        }
        let outside = |what, range, given: Option<&f64>| {
            given.map_or(Ok(()), |&given| Err(LeakError::OutOfRange { what, range, given }))
        };
        let grid = self.grid.iter().find(|g| !(0.0..=1.0).contains(*g));
        outside("a reservation value on the grid", "from 0 to 1", grid)?;
        let shape = self.shapes.iter().find(|s| !(0.1..=10.0).contains(*s));
        outside("a shape", "from 0.1 to 10", shape)?;
        let shuffled = (self.shuffled > MOST_SHUFFLED).then_some(self.shuffled as f64);
        outside("the number of weights in any order", "at most 6", shuffled.as_ref())
    }

    /// No party has more members than this times two to the number of its red lines.
    #[must_use]
    pub fn most_members(&self) -> usize {
        let orders: usize = (1..=self.shuffled.min(MOST_SHUFFLED)).product();
        orders * self.shapes.len() * self.grid.len()
    }

    /// Every member, each as likely as the next.
    ///
    /// # Errors
    /// When the family is not sound.
    pub fn enumerate(
        &self,
        scenario: &Scenario,
        problem: &Problem,
        drafts: &Drafts,
        party: usize,
    ) -> Result<PlausibleParty, LeakError> {
        self.check()?;
        let own = Own::new(scenario, problem, party);
        let mut members = Vec::new();
        for spans in own.orders(self.shuffled) {
            for &shape in &self.shapes {
                for reservation in 0..self.grid.len() {
                    for red_lines in 0..1_usize << own.red_lines.len() {
                        members.push(Member {
                            spans: spans.clone(),
                            shape,
                            reservation,
                            red_lines,
                        });
                    }
                }
            }
        }
        Ok(self.party(scenario, problem, drafts, &own, &members, false))
    }

    /// `count` members drawn from a wider family: any order of all weights,
    /// shapes anywhere between the smallest and the largest.
    ///
    /// # Errors
    /// When the family is not sound, or `count` is zero.
    pub fn sample(
        &self,
        scenario: &Scenario,
        problem: &Problem,
        drafts: &Drafts,
        party: usize,
        count: usize,
        random: &mut ChaCha8Rng,
    ) -> Result<PlausibleParty, LeakError> {
        self.check()?;
        if count == 0 {
            return Err(LeakError::Empty("the sample"));
        }
        let own = Own::new(scenario, problem, party);
        let low = self.shapes.iter().copied().fold(f64::INFINITY, f64::min);
        let high = self.shapes.iter().copied().fold(0.0, f64::max);
        let members: Vec<Member> = (0..count)
            .map(|_| {
                let mut spans = own.spans.clone();
                for last in (1..spans.len()).rev() {
                    spans.swap(last, random.random_range(0..=last));
                }
                Member {
                    spans,
                    shape: low + (high - low) * random.random::<f64>(),
                    reservation: random.random_range(0..self.grid.len()),
                    red_lines: random.random_range(0..1_usize << own.red_lines.len()),
                }
            })
            .collect();
        Ok(self.party(scenario, problem, drafts, &own, &members, true))
    }

    /// The member nearest to the scenario's own figures: its weights, shape 1,
    /// its red lines, and the smallest reservation value on the grid that is
    /// not below its own (the largest, where its own is above all).
    #[must_use]
    pub fn nearest(&self, scenario: &Scenario, problem: &Problem, party: usize) -> Nearest {
        let own = Own::new(scenario, problem, party);
        let reservation = problem.scales[party].to_f64(problem.reservations[party]);
        let above = (0..self.grid.len())
            .filter(|&g| own.reservation(self.grid[g]) >= reservation - 1e-9)
            .min_by(|&a, &b| self.grid[a].total_cmp(&self.grid[b]));
        let largest = (0..self.grid.len()).max_by(|&a, &b| self.grid[a].total_cmp(&self.grid[b]));
        let shape = (0..self.shapes.len())
            .min_by(|&a, &b| (self.shapes[a] - 1.0).abs().total_cmp(&(self.shapes[b] - 1.0).abs()))
            .unwrap_or(0);
        let orders = own.orders(self.shuffled);
        let order = orders.iter().position(|s| *s == own.spans).unwrap_or(0);
        let grid = above.or(largest).unwrap_or(0);
        let lines = own.red_lines.len();
        let index = ((order * self.shapes.len() + shape) * self.grid.len() + grid) << lines;
        Nearest {
            index: index + ((1 << lines) - 1),
            off_grid: (own.reservation(self.grid[grid]) - reservation).abs() > 1e-9,
            above_grid: above.is_none(),
        }
    }

    fn party(
        &self,
        scenario: &Scenario,
        problem: &Problem,
        drafts: &Drafts,
        own: &Own,
        members: &[Member],
        sampled: bool,
    ) -> PlausibleParty {
        let mut tables: BTreeMap<u64, Vec<Vec<f64>>> = BTreeMap::new();
        let mut rests = Rests::default();
        let plausible = members
            .iter()
            .map(|member| {
                let table = tables
                    .entry(member.shape.to_bits())
                    .or_insert_with(|| own.shaped(member.shape));
                let facts = std::iter::once(member.reservation)
                    .chain(std::iter::once(member.top_issue()))
                    .chain((0..own.red_lines.len()).map(|l| member.red_lines >> l & 1))
                    .collect();
                Plausible {
                    weight: 1.0,
                    gains: own.gains(member, table, self.grid[member.reservation], problem, drafts),
                    facts,
                    rest: if sampled { Vec::new() } else { rests.of(member, own.red_lines.len()) },
                }
            })
            .collect();
        PlausibleParty {
            party: own.party,
            secrets: self.secrets(scenario, problem, own),
            plausible,
            sampled,
        }
    }

    fn secrets(&self, scenario: &Scenario, problem: &Problem, own: &Own) -> Vec<Secret> {
        let party = own.party;
        let reservation = Secret {
            party,
            kind: SecretKind::Reservation,
            values: self.grid.iter().map(|&g| shown(own.reservation(g))).collect(),
        };
        let issue = |&i: &usize| scenario.issues()[i].name.clone();
        let top = Secret {
            party,
            kind: SecretKind::TopIssue,
            values: problem.issues.iter().map(issue).collect(),
        };
        let lines = own.red_lines.iter().map(|line| Secret {
            party,
            kind: SecretKind::RedLine(line.index),
            values: vec!["not held".into(), "held".into()],
        });
        [reservation, top].into_iter().chain(lines).collect()
    }
}

/// The member of a family that stands for the scenario's own figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nearest {
    /// Its number among [`Family::enumerate`]'s members.
    pub index: usize,
    /// Whether its reservation value differs from the scenario's.
    pub off_grid: bool,
    /// Whether the scenario's is above every value of the grid.
    pub above_grid: bool,
}

/// A number as people write it: at most six digits, no zeros behind.
fn shown(value: f64) -> String {
    Number::from_f64((value * 1e6).round() / 1e6)
        .map_or_else(|| value.to_string(), |n| n.to_exact_string())
}

struct Member {
    /// Per issue, what lies between its worst and its best option.
    spans: Vec<f64>,
    shape: f64,
    reservation: usize,
    /// One bit per red line.
    red_lines: usize,
}

impl Member {
    fn top_issue(&self) -> usize {
        let largest =
            |best: usize, i: usize| if self.spans[i] > self.spans[best] { i } else { best };
        (0..self.spans.len()).fold(0, largest)
    }
}

/// Numbers for "everything but one secret".
#[derive(Default)]
struct Rests {
    known: BTreeMap<(usize, Vec<u64>), usize>,
}

impl Rests {
    fn of(&mut self, member: &Member, red_lines: usize) -> Vec<usize> {
        let spans = || member.spans.iter().map(|s| s.to_bits());
        let (shape, reservation) = (member.shape.to_bits(), member.reservation as u64);
        let mut keys = vec![
            spans().chain([shape, member.red_lines as u64]).collect(),
            vec![shape, reservation, member.red_lines as u64],
        ];
        keys.extend((0..red_lines).map(|line| {
            let others = member.red_lines & !(1 << line);
            spans().chain([shape, reservation, others as u64]).collect()
        }));
        keys.into_iter()
            .enumerate()
            .map(|(secret, key)| {
                let next = self.known.len();
                *self.known.entry((secret, key)).or_insert(next)
            })
            .collect()
    }
}

struct RedLineOf {
    index: usize,
    literals: Vec<detente_analysis::problem::Literal>,
}

/// A party's own figures, taken apart.
struct Own {
    party: usize,
    /// What the worst options are worth together.
    base: f64,
    spans: Vec<f64>,
    /// Per issue and option, from 0 (worst) to 1 (best).
    profile: Vec<Vec<f64>>,
    cap: f64,
    red_lines: Vec<RedLineOf>,
}

impl Own {
    fn new(scenario: &Scenario, problem: &Problem, party: usize) -> Self {
        let scale = &problem.scales[party];
        let mut own = Self {
            party,
            base: scale.to_f64(problem.constants[party]),
            spans: Vec::new(),
            profile: Vec::new(),
            cap: problem.caps[party].map_or(f64::INFINITY, |c| scale.to_f64(c)),
            red_lines: Vec::new(),
        };
        for issue in 0..problem.issues.len() {
            let values: Vec<f64> = (0..problem.size(issue))
                .map(|o| scale.to_f64(problem.row(issue, o)[party]))
                .collect();
            let low = values.iter().copied().fold(f64::INFINITY, f64::min);
            let span = values.iter().copied().fold(f64::NEG_INFINITY, f64::max) - low;
            own.base += low;
            own.spans.push(span);
            let part = |v: &f64| if span > 0.0 { (v - low) / span } else { 0.0 };
            own.profile.push(values.iter().map(part).collect());
        }
        let lines = scenario.preferences()[party].red_lines.len().min(MOST_RED_LINES);
        for index in 0..lines {
            let literals = problem
                .red_lines
                .iter()
                .find(|f| f.origin == Origin::RedLine(party, index))
                .map(|f| f.literals.clone());
            own.red_lines.extend(literals.map(|literals| RedLineOf { index, literals }));
        }
        own
    }

    /// A point of the scale: from 0 (or the worst, if that is below) to the best.
    fn reservation(&self, fraction: f64) -> f64 {
        let low = self.base.min(0.0);
        let high = (self.base + self.spans.iter().sum::<f64>()).min(self.cap);
        low + fraction * (high - low)
    }

    /// Every distinct way to give the heaviest weights to their issues.
    fn orders(&self, shuffled: usize) -> Vec<Vec<f64>> {
        let mut heaviest: Vec<usize> =
            (0..self.spans.len()).filter(|&i| self.spans[i] > 0.0).collect();
        heaviest.sort_by(|&a, &b| self.spans[b].total_cmp(&self.spans[a]));
        heaviest.truncate(shuffled);
        heaviest.sort_unstable();
        let mut seen: BTreeSet<Vec<u64>> = BTreeSet::new();
        let mut orders = Vec::new();
        permute(&mut heaviest.clone(), 0, &mut |given| {
            let mut spans = self.spans.clone();
            for (&to, &from) in heaviest.iter().zip(given) {
                spans[to] = self.spans[from];
            }
            if seen.insert(spans.iter().map(|s| s.to_bits()).collect()) {
                orders.push(spans);
            }
        });
        orders
    }

    fn shaped(&self, shape: f64) -> Vec<Vec<f64>> {
        let raised = |row: &Vec<f64>| row.iter().map(|v| v.powf(shape)).collect();
        self.profile.iter().map(raised).collect()
    }

    fn gains(
        &self,
        member: &Member,
        table: &[Vec<f64>],
        fraction: f64,
        problem: &Problem,
        drafts: &Drafts,
    ) -> Vec<f64> {
        let reservation = self.reservation(fraction);
        let weighted: Vec<Vec<f64>> = table
            .iter()
            .zip(&member.spans)
            .map(|(row, span)| row.iter().map(|v| v * span).collect())
            .collect();
        let own_factors: Vec<_> =
            problem.factors.iter().filter(|f| f.party == self.party).collect();
        let held = |line: usize| member.red_lines >> line & 1 == 1;
        let lines: Vec<&RedLineOf> =
            (0..self.red_lines.len()).filter(|&l| held(l)).map(|l| &self.red_lines[l]).collect();
        let plain = own_factors.is_empty() && lines.is_empty();
        drafts
            .assignments
            .iter()
            .enumerate()
            .map(|(number, draft)| {
                let mut utility = self.base;
                for (row, &option) in weighted.iter().zip(draft) {
                    utility += row[usize::from(option)];
                }
                if !plain {
                    let assignment = drafts.assignment(number);
                    if lines.iter().any(|l| holds(&l.literals, &assignment)) {
                        return f64::NEG_INFINITY;
                    }
                    for factor in &own_factors {
                        if holds(&factor.literals, &assignment) {
                            utility += problem.scales[self.party].to_f64(factor.value);
                        }
                    }
                }
                utility.min(self.cap) - reservation
            })
            .collect()
    }
}

fn permute(items: &mut Vec<usize>, from: usize, found: &mut impl FnMut(&[usize])) {
    if from == items.len() {
        found(items);
        return;
    }
    for i in from..items.len() {
        items.swap(from, i);
        permute(items, from + 1, found);
        items.swap(from, i);
    }
}
