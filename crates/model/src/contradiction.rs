//! Where a party's judgements contradict each other.
//!
//! "At least as good as" is drawn as a graph: over the options of an issue,
//! over the issues by swing, over outcomes and no agreement. A circle with a
//! strict step in it is a contradiction, and the judgements along it are the
//! reason. Circles are found exactly; what only follows from adding figures up
//! over several comparisons is left to the linear programs of `analysis`.

use crate::number::Number;
use crate::outcome::Outcome;
use crate::partial::{Judgement, Partial, PartialOutcome, Relation, Tiers};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// Outcomes beyond this many are not compared issue by issue.
const MAX_COMPARED: usize = 200;

/// Judgements, by index, that cannot all hold.
pub(crate) type Conflict = BTreeSet<usize>;

/// A contradiction of each kind found, at most one per issue and per set of outcomes.
pub(crate) fn conflicts(partial: &Partial) -> Vec<Conflict> {
    let options = option_graphs(partial);
    let mut found: Vec<Conflict> = options.values().filter_map(Graph::circle).collect();
    found.extend(issue_graph(partial).circle());
    if found.is_empty() {
        found.extend(outcome_graphs(partial, &options).iter().filter_map(Graph::circle));
    }
    found
}

struct Edge {
    to: usize,
    strict: bool,
    sources: Conflict,
}

/// Nodes and "at least as good as" between them.
struct Graph<T> {
    nodes: HashMap<T, usize>,
    edges: Vec<Vec<Edge>>,
}

impl<T: Clone + Eq + std::hash::Hash> Graph<T> {
    fn new() -> Self {
        Self { nodes: HashMap::new(), edges: Vec::new() }
    }

    fn node(&mut self, of: &T) -> usize {
        let next = self.edges.len();
        let node = *self.nodes.entry(of.clone()).or_insert(next);
        if node == next {
            self.edges.push(Vec::new());
        }
        node
    }

    fn add(&mut self, above: &T, below: &T, strict: bool, sources: Conflict) {
        let (from, to) = (self.node(above), self.node(below));
        self.edges[from].push(Edge { to, strict, sources });
    }

    fn relate(&mut self, left: &T, right: &T, relation: Relation, source: usize) {
        let sources = || Conflict::from([source]);
        match relation {
            Relation::Better => self.add(left, right, true, sources()),
            Relation::Worse => self.add(right, left, true, sources()),
            Relation::Equal => {
                self.add(left, right, false, sources());
                self.add(right, left, false, sources());
            }
        }
    }

    /// Neighbours in one tier are equal; each tier is above the next.
    fn order(&mut self, tiers: &[Vec<T>], source: usize) {
        let filled: Vec<&Vec<T>> = tiers.iter().filter(|t| !t.is_empty()).collect();
        for tier in &filled {
            for pair in tier.windows(2) {
                self.relate(&pair[0], &pair[1], Relation::Equal, source);
            }
        }
        for pair in filled.windows(2) {
            self.relate(&pair[0][0], &pair[1][0], Relation::Better, source);
        }
    }

    /// The judgements behind "`above` is at least as good as `below`", and whether it is better.
    fn implied(&self, above: &T, below: &T) -> Option<(bool, Conflict)> {
        if above == below {
            return Some((false, Conflict::new()));
        }
        let (&from, &to) = (self.nodes.get(above)?, self.nodes.get(below)?);
        self.path(from, to)
    }

    /// A shortest path by number of steps, with its judgements.
    fn path(&self, from: usize, to: usize) -> Option<(bool, Conflict)> {
        let mut came: Vec<Option<(usize, usize)>> = vec![None; self.edges.len()];
        let mut queue = VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            if node == to {
                break;
            }
            for (index, edge) in self.edges[node].iter().enumerate() {
                if edge.to != from && came[edge.to].is_none() {
                    came[edge.to] = Some((node, index));
                    queue.push_back(edge.to);
                }
            }
        }
        let (mut strict, mut sources, mut node) = (false, Conflict::new(), to);
        while node != from {
            let (before, index) = came[node]?;
            let edge = &self.edges[before][index];
            strict |= edge.strict;
            sources.extend(&edge.sources);
            node = before;
        }
        Some((strict, sources))
    }

    /// A circle with a strict step, if there is one.
    fn circle(&self) -> Option<Conflict> {
        let component = self.components();
        let all = self.edges.iter().enumerate();
        let (from, edge) = all
            .flat_map(|(from, edges)| edges.iter().map(move |edge| (from, edge)))
            .find(|(from, e)| e.strict && component[*from] == component[e.to])?;
        let (_, mut sources) = self.path(edge.to, from)?;
        sources.extend(&edge.sources);
        Some(sources)
    }

    /// Strongly connected components (Kosaraju & Sharir), without recursion.
    fn components(&self) -> Vec<usize> {
        let count = self.edges.len();
        let mut backward = vec![Vec::new(); count];
        for (from, edges) in self.edges.iter().enumerate() {
            for edge in edges {
                backward[edge.to].push(from);
            }
        }
        let (mut seen, mut finished) = (vec![false; count], Vec::with_capacity(count));
        for start in 0..count {
            if std::mem::replace(&mut seen[start], true) {
                continue;
            }
            let mut stack = vec![(start, 0)];
            while let Some((node, next)) = stack.last_mut() {
                let Some(edge) = self.edges[*node].get(*next) else {
                    finished.push(*node);
                    stack.pop();
                    continue;
                };
                *next += 1;
                if !std::mem::replace(&mut seen[edge.to], true) {
                    stack.push((edge.to, 0));
                }
            }
        }
        let mut component = vec![usize::MAX; count];
        for &root in finished.iter().rev() {
            let mut stack = vec![root];
            while let Some(node) = stack.pop() {
                if component[node] == usize::MAX {
                    component[node] = root;
                    stack.extend(&backward[node]);
                }
            }
        }
        component
    }
}

/// Per issue: its options.
fn option_graphs(partial: &Partial) -> BTreeMap<usize, Graph<Point>> {
    let mut graphs: BTreeMap<usize, Graph<Point>> = BTreeMap::new();
    let mut positions = Vec::new();
    for (source, judgement) in partial.judgements().enumerate() {
        match judgement {
            Judgement::OptionOrder { issue, tiers } => {
                graphs.entry(*issue).or_insert_with(Graph::new).order_things(tiers, source);
            }
            Judgement::Compare { left, right, relation } => {
                if let ([(issue, a)], [(_, b)]) = (left.choices(), right.choices()) {
                    let graph = graphs.entry(*issue).or_insert_with(Graph::new);
                    graph.relate(&Point::Thing(*a), &Point::Thing(*b), *relation, source);
                }
            }
            Judgement::ValueRange { issue, option, low, high } => {
                let graph = graphs.entry(*issue).or_insert_with(Graph::new);
                graph.between(*option, low, high, source);
            }
            Judgement::Position { issue, option } => {
                graphs.entry(*issue).or_insert_with(Graph::new).node(&Point::Thing(*option));
                positions.push((*issue, *option, source));
            }
            _ => {}
        }
    }
    graphs.values_mut().for_each(Graph::order_figures);
    for (issue, option, source) in positions {
        let Some(graph) = graphs.get_mut(&issue) else { continue };
        let (best, thing) = (Point::Thing(option), |p: &&Point| matches!(p, Point::Thing(_)));
        // In the order of their nodes, for the same reasons on every run.
        let mut others: Vec<(usize, Point)> =
            graph.nodes.iter().filter(|(p, _)| thing(p)).map(|(p, &n)| (n, p.clone())).collect();
        others.sort_unstable_by_key(|o| o.0);
        for (_, other) in others.iter().filter(|o| o.1 != best) {
            graph.add(&best, other, false, Conflict::from([source]));
        }
    }
    graphs
}

/// Something compared, or a figure it is compared with.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Point {
    Thing(usize),
    Figure(Number),
}

impl Graph<Point> {
    fn between(&mut self, thing: usize, low: &Number, high: &Number, source: usize) {
        let thing = Point::Thing(thing);
        self.add(&thing, &Point::Figure(low.clone()), false, Conflict::from([source]));
        self.add(&Point::Figure(high.clone()), &thing, false, Conflict::from([source]));
    }

    fn order_things(&mut self, tiers: &Tiers, source: usize) {
        let tiers: Vec<Vec<Point>> =
            tiers.iter().map(|t| t.iter().map(|&i| Point::Thing(i)).collect()).collect();
        self.order(&tiers, source);
    }

    /// The larger figure is above the smaller.
    fn order_figures(&mut self) {
        let figure = |p: &Point| match p {
            Point::Figure(number) => Some(number.clone()),
            Point::Thing(_) => None,
        };
        let mut figures: Vec<Number> = self.nodes.keys().filter_map(figure).collect();
        figures.sort_unstable();
        for pair in figures.windows(2) {
            let [below, above] = [&pair[0], &pair[1]].map(|n| Point::Figure(n.clone()));
            self.add(&above, &below, true, Conflict::new());
        }
    }
}

/// The issues by swing.
fn issue_graph(partial: &Partial) -> Graph<Point> {
    let mut graph = Graph::new();
    for (source, judgement) in partial.judgements().enumerate() {
        match judgement {
            Judgement::IssueOrder { tiers } => graph.order_things(tiers, source),
            Judgement::WeightRange { issue, low, high } => {
                graph.between(*issue, low, high, source);
            }
            _ => {}
        }
    }
    graph.order_figures();
    graph
}

/// Per set of issues: partial outcomes over them; over all issues, no agreement (`None`) too.
fn outcome_graphs(
    partial: &Partial,
    options: &BTreeMap<usize, Graph<Point>>,
) -> Vec<Graph<Option<PartialOutcome>>> {
    let mut graphs: BTreeMap<Vec<usize>, Graph<Option<PartialOutcome>>> = BTreeMap::new();
    let key = |o: &PartialOutcome| o.choices().iter().map(|c| c.0).collect::<Vec<_>>();
    let whole = |o: &Outcome| Some(PartialOutcome::whole(o));
    for (source, judgement) in partial.judgements().enumerate() {
        let sources = Conflict::from([source]);
        match judgement {
            Judgement::Compare { left, right, relation } => {
                let graph = graphs.entry(key(left)).or_insert_with(Graph::new);
                graph.relate(&Some(left.clone()), &Some(right.clone()), *relation, source);
            }
            Judgement::Accepts { outcome } => {
                let node = PartialOutcome::whole(outcome);
                let graph = graphs.entry(key(&node)).or_insert_with(Graph::new);
                graph.add(&Some(node), &None, false, sources);
            }
            Judgement::Rejects { outcome } => {
                let node = PartialOutcome::whole(outcome);
                let graph = graphs.entry(key(&node)).or_insert_with(Graph::new);
                graph.add(&None, &Some(node), true, sources);
            }
            Judgement::Ranking(ranking) => {
                let tiers: Vec<Vec<_>> =
                    ranking.tiers.iter().map(|t| t.iter().map(whole).collect()).collect();
                let Some(Some(first)) = tiers.iter().flatten().next() else { continue };
                let graph = graphs.entry(key(first)).or_insert_with(Graph::new);
                graph.order(&tiers, source);
                let (taken, refused) = tiers.split_at(ranking.acceptable_tiers.min(tiers.len()));
                if let Some(least) = taken.iter().rev().find_map(|t| t.first()) {
                    graph.add(least, &None, false, sources.clone());
                }
                if let Some(most) = refused.iter().find_map(|t| t.first()) {
                    graph.add(&None, most, true, sources);
                }
            }
            _ => {}
        }
    }
    let mut graphs: Vec<_> = graphs.into_values().collect();
    for graph in graphs.iter_mut().filter(|g| g.nodes.len() <= MAX_COMPARED) {
        compare_by_issue(graph, options);
    }
    graphs
}

/// Adds "at least as good in every issue".
fn compare_by_issue(
    graph: &mut Graph<Option<PartialOutcome>>,
    options: &BTreeMap<usize, Graph<Point>>,
) {
    let mut outcomes: Vec<PartialOutcome> = graph.nodes.keys().flatten().cloned().collect();
    outcomes.sort();
    for above in &outcomes {
        for below in outcomes.iter().filter(|b| *b != above) {
            if let Some((strict, sources)) = dominates(above, below, options) {
                graph.add(&Some(above.clone()), &Some(below.clone()), strict, sources);
            }
        }
    }
}

fn dominates(
    above: &PartialOutcome,
    below: &PartialOutcome,
    options: &BTreeMap<usize, Graph<Point>>,
) -> Option<(bool, Conflict)> {
    let (mut strict, mut all) = (false, Conflict::new());
    for (&(issue, a), &(_, b)) in above.choices().iter().zip(below.choices()) {
        if a == b {
            continue;
        }
        let (better, sources) = options.get(&issue)?.implied(&Point::Thing(a), &Point::Thing(b))?;
        strict |= better;
        all.extend(sources);
    }
    Some((strict, all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::partial::Ranking;
    use crate::preference::Known;

    fn conflict(judgements: impl IntoIterator<Item = Judgement>) -> Vec<Vec<usize>> {
        let partial = Partial::known_as(Known::Unknown, judgements);
        conflicts(&partial).into_iter().map(|c| c.into_iter().collect()).collect()
    }

    fn order(issue: usize, best_first: &[usize]) -> Judgement {
        Judgement::OptionOrder { issue, tiers: best_first.iter().map(|&o| vec![o]).collect() }
    }

    fn better(left: &[(usize, usize)], right: &[(usize, usize)]) -> Judgement {
        let [left, right] = [left, right].map(|c| PartialOutcome::new(c.iter().copied()));
        Judgement::Compare { left, right, relation: Relation::Better }
    }

    fn accepts(options: &[usize]) -> Judgement {
        Judgement::Accepts { outcome: Outcome::from_options(options.iter().copied()) }
    }

    fn rejects(options: &[usize]) -> Judgement {
        Judgement::Rejects { outcome: Outcome::from_options(options.iter().copied()) }
    }

    fn figure(percent: i64) -> Number {
        Number::ratio(percent, 100).unwrap_or_else(Number::zero)
    }

    fn value(option: usize, low: i64, high: i64) -> Judgement {
        Judgement::ValueRange { issue: 0, option, low: figure(low), high: figure(high) }
    }

    #[test]
    fn what_fits_together_is_left_alone() {
        let all = [
            order(0, &[2, 1, 0]),
            Judgement::Position { issue: 0, option: 2 },
            Judgement::OptionOrder { issue: 1, tiers: vec![vec![0, 1]] },
            Judgement::IssueOrder { tiers: vec![vec![1], vec![0]] },
            better(&[(0, 2)], &[(0, 0)]),
            better(&[(0, 0), (1, 0)], &[(0, 1), (1, 1)]),
            value(1, 20, 40),
            value(2, 40, 100),
            accepts(&[1, 0]),
            rejects(&[0, 1]),
        ];
        // The second comparison goes against the order of issue 0, options of issue 1 being equal.
        assert_eq!(conflict(all.clone()), [vec![0, 2, 5]]);
        let mut sound = all.to_vec();
        sound.remove(2);
        assert_eq!(conflict(sound), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn circles_name_exactly_who_is_in_them() {
        assert_eq!(conflict([order(0, &[0, 1, 2]), better(&[(0, 2)], &[(0, 1)])]), [vec![0, 1]]);
        let position = Judgement::Position { issue: 0, option: 1 };
        assert_eq!(conflict([order(1, &[0, 1]), position, order(0, &[0, 1])]), [vec![1, 2]]);
        assert_eq!(
            conflict([value(0, 0, 30), value(1, 40, 50), order(0, &[0, 1])]),
            [vec![0, 1, 2]]
        );
        // A wide range between two others hides nothing.
        let wide = [value(0, 0, 10), value(1, 20, 90), value(2, 30, 40), order(0, &[1, 0, 2])];
        assert_eq!(conflict(wide), [vec![0, 2, 3]]);
        let order = Judgement::IssueOrder { tiers: vec![vec![0], vec![1]] };
        let weight = |issue, low, high| Judgement::WeightRange {
            issue,
            low: figure(low),
            high: figure(high),
        };
        assert_eq!(conflict([order, weight(0, 0, 20), weight(1, 30, 90)]), [vec![0, 1, 2]]);
        assert_eq!(conflict([weight(0, 0, 20), weight(0, 30, 90)]), [vec![0, 1]]);
    }

    #[test]
    fn what_is_taken_and_refused_must_fit_the_orders() {
        let orders = [order(0, &[0, 1]), order(1, &[0, 1])];
        let with =
            |more: &[Judgement]| conflict(orders.iter().cloned().chain(more.iter().cloned()));
        assert_eq!(with(&[accepts(&[1, 1]), rejects(&[0, 1])]), [vec![0, 2, 3]]);
        assert_eq!(with(&[accepts(&[0, 1]), rejects(&[1, 0])]), Vec::<Vec<usize>>::new());
        assert_eq!(with(&[accepts(&[0, 1]), rejects(&[0, 1])]), [vec![2, 3]]);
        let ranked = |first: [usize; 2], second: [usize; 2]| {
            let tiers = [first, second].map(|o| vec![Outcome::from_options(o)]).to_vec();
            Judgement::Ranking(Ranking { tiers, acceptable_tiers: 1 })
        };
        assert_eq!(with(&[ranked([1, 1], [0, 0])]), [vec![0, 1, 2]]);
        assert_eq!(with(&[ranked([0, 0], [1, 1])]), Vec::<Vec<usize>>::new());
        assert_eq!(with(&[ranked([0, 0], [1, 1]), accepts(&[1, 1])]), [vec![2, 3]]);
        let circle = [
            better(&[(0, 0), (1, 1)], &[(0, 1), (1, 0)]),
            better(&[(0, 1), (1, 0)], &[(0, 0), (1, 1)]),
        ];
        assert_eq!(with(&circle), [vec![2, 3]]);
    }
}
