//! The experiment of Klein, Faratin, Sayama & Bar-Yam (2003): two parties, 100
//! binary issues, influence matrices drawn evenly from −100 to 100, a mediator
//! who changes one issue at a time; hill climbers against annealers.
//!
//! `cargo run --release -p detente-bargaining --example klein -- [INSTANCES [DRAFTS]]`
//!
//! Prints social welfare over the best found by annealing on the sum, and each
//! party's utility over its own best found so. An annealer that meets a hill
//! climber loses: the prisoner's dilemma the paper reports.
#![allow(clippy::print_stdout, reason = "an example prints its figures")]

use detente_analysis::Problem;
use detente_analysis::problem::{Factor, Literal, Scale};
use detente_bargaining::matches::{Draw, single_text};
use detente_bargaining::negotiator::voter::Vote;
use detente_bargaining::protocol::single_text::SingleText;
use detente_bargaining::{Chance, Package, Table};
use detente_model::AcceptanceRule;

const ISSUES: usize = 100;
/// The annealers' first temperature, in the units of the matrices.
const WARM: f64 = 100.0;

/// `influence[i][j]`, `j ≥ i`: what having both i and j adds.
type Influence = Vec<Vec<i64>>;

fn influence(chance: &mut Chance) -> Influence {
    let mut entry = |i: usize, j: usize| if j < i { 0 } else { chance.below(201) as i64 - 100 };
    (0..ISSUES).map(|i| (0..ISSUES).map(|j| entry(i, j)).collect()).collect()
}

/// One bonus for each pair, the diagonal as values of the issues.
fn problem(parties: &[Influence]) -> Problem {
    let scale = Scale { denominator: 1.into(), exact: true, tolerance: 0 };
    let count = parties.len();
    let row = |i: usize| {
        let present = parties.iter().map(move |matrix| matrix[i][i]);
        std::iter::repeat_n(0, count).chain(present).collect()
    };
    let mut problem = Problem::from_parts(
        (0..ISSUES).collect(),
        vec![vec![0, 1]; ISSUES],
        count,
        (0..ISSUES).map(row).collect(),
        // Below every contract: nobody has an alternative.
        vec![-1_000_000; count],
        vec![scale; count],
    );
    for (party, matrix) in parties.iter().enumerate() {
        let literal = |issue| Literal { issue, mask: vec![false, true] };
        for (i, row) in matrix.iter().enumerate() {
            for (j, &value) in row.iter().enumerate().skip(i + 1) {
                let literals = vec![literal(i), literal(j)];
                problem.factors.push(Factor { party, literals, value });
            }
        }
    }
    problem
}

/// The best value of a matrix that annealing finds.
fn best(matrix: &Influence, chance: &mut Chance) -> i64 {
    const STEPS: usize = 400_000;
    let pair = |i: usize, j: usize| if i < j { matrix[i][j] } else { matrix[j][i] };
    let mut at = [false; ISSUES];
    let (mut value, mut best) = (0, 0);
    for step in 0..STEPS {
        let i = chance.below(ISSUES);
        let others = (0..ISSUES).filter(|&j| j != i && at[j]).map(|j| pair(i, j));
        let present = matrix[i][i] + others.sum::<i64>();
        let change = if at[i] { -present } else { present };
        let temperature = 1_000.0 * (1.0 - step as f64 / STEPS as f64);
        if change >= 0 || chance.unit() < (change as f64 / temperature).exp() {
            at[i] = !at[i];
            value += change;
            best = best.max(value);
        }
    }
    best
}

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|a| a.parse::<u64>().ok());
    let (instances, drafts) = (numbers.next().unwrap_or(12), numbers.next().unwrap_or(20_000));
    let drafts = u32::try_from(drafts).unwrap_or(u32::MAX);
    let annealing = Vote::Annealing(Some(WARM));
    let pairs = [
        ("hill climbers", [Vote::HillClimbing, Vote::HillClimbing]),
        ("hill climber and annealer", [Vote::HillClimbing, annealing]),
        ("annealers", [annealing, annealing]),
    ];
    println!("| {instances} instances, {drafts} drafts | welfare | first party | second party |");
    println!("|---|---|---|---|");
    for (name, votes) in pairs {
        let mut sums = [0.0; 3];
        for seed in 0..instances {
            let mut chance = Chance::new(seed, 1);
            let parties = [influence(&mut chance), influence(&mut chance)];
            let both: Influence = (0..ISSUES)
                .map(|i| (0..ISSUES).map(|j| parties[0][i][j] + parties[1][i][j]).collect())
                .collect();
            let bests = [
                best(&both, &mut chance),
                best(&parties[0], &mut chance),
                best(&parties[1], &mut chance),
            ];
            let (table, own) = Table::of_problem(&problem(&parties), AcceptanceRule::Unanimity);
            // From the empty contract, as in the paper.
            let start = Package(vec![0; ISSUES]);
            let Ok(rules) = SingleText::from_draft(table, drafts, start) else { continue };
            let played = single_text(&rules, &own, &votes, Draw { seed, index: 0 });
            let Some(deal) = played.end.agreement else { continue };
            let utilities = [own[0].utility(&deal), own[1].utility(&deal)];
            let reached = [utilities[0] + utilities[1], utilities[0], utilities[1]];
            for ((sum, value), best) in sums.iter_mut().zip(reached).zip(bests) {
                *sum += value as f64 / best as f64 / instances as f64;
            }
        }
        println!("| {name} | {:.3} | {:.2} | {:.2} |", sums[0], sums[1], sums[2]);
    }
}
