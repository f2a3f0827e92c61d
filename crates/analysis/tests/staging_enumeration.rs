//! The planner, the guarantees and the ratification answers against full
//! enumeration on random cases. `DETENTE_FULL=1` runs the full count.

use detente_analysis::staging::{
    Case, Constituency, Deliverable, Effort, Instrument, Means, Order, Plan, Proof, Ratification,
    Ratifier, Rational, Step, Window, assess, best_plan, least_guarantee, least_mix, ratify,
    reachable_values, verdicts,
};
use num_traits::{Signed, Zero};
use std::time::Instant;

/// A small generator of our own, so that cases are the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    fn ratio(&mut self, low: i64, high: i64, over: i64) -> Rational {
        let n = low + i64::try_from(self.roll((high - low + 1).unsigned_abs())).expect("small");
        Rational::new(n.into(), over.into())
    }
}

fn random_case(dice: &mut Dice) -> Case {
    let n = 2 + dice.roll(3) as usize;
    let mut case = Case::new("random", (0..n).map(|i| format!("p{i}")).collect());
    let discounted = dice.roll(4) > 0;
    for i in 0..n {
        if discounted {
            case.discount[i] = dice.ratio(70, 100, 100);
        }
        case.annuity[i] = dice.ratio(1, 20, 1);
        case.status_quo_flow[i] = dice.ratio(-2, 2, 10);
        case.residual[i] = dice.ratio(-2, 12, 1);
        if dice.roll(4) == 0 {
            case.margin[i] = dice.ratio(0, 2, 1);
        }
        if dice.roll(4) == 0 {
            case.bond[i] = dice.ratio(0, 3, 1);
        }
        if dice.roll(5) == 0 {
            case.weight[i] = dice.ratio(1, 8, 4);
        }
    }
    if dice.roll(3) > 0 {
        case.hazard = dice.ratio(0, 20, 100);
        case.hazard_drop = dice.ratio(0, 10, 10);
    }
    case.leak = [Rational::from_integer(1.into()), dice.ratio(0, 10, 10), Rational::zero()]
        [dice.roll(3) as usize]
        .clone();
    let mut states = 1;
    for id in 0..2 + dice.roll(3) {
        let steps = 1 + dice.roll(3) as usize;
        if states * (steps + 1) > 40 {
            break;
        }
        states *= steps + 1;
        let performer = dice.roll(n as u64) as usize;
        let list =
            (0..steps)
                .map(|_| Step {
                    value: (0..n)
                        .map(|i| {
                            if i == performer { dice.ratio(-6, 1, 1) } else { dice.ratio(-1, 8, 1) }
                        })
                        .collect(),
                    flow: (0..n).map(|_| dice.ratio(-2, 2, 10)).collect(),
                })
                .collect();
        let (recover, keep) = [(0, 10), (10, 0), (5, 3), (4, 0)][dice.roll(4) as usize];
        case.push(Deliverable {
            id: format!("d{id}"),
            performer,
            recover: Rational::new(recover.into(), 10.into()),
            keep: Rational::new(keep.into(), 10.into()),
            steps: list,
            concerns_persons: false,
        });
    }
    if dice.roll(3) == 0 {
        for i in 0..n {
            if dice.roll(2) == 0 {
                case.exposure_cap[i] = Some(dice.ratio(0, 8, 1));
            }
        }
    }
    if dice.roll(4) == 0 {
        case.limits.max_phases = Some(1 + dice.roll(4) as usize);
    }
    if dice.roll(6) == 0 {
        case.limits.max_moves = Some(1 + dice.roll(3) as usize);
    }
    let step = |dice: &mut Dice, case: &Case| {
        let j = dice.roll(case.deliverables.len() as u64) as usize;
        (j, 1 + dice.roll(case.deliverables[j].steps.len() as u64) as usize)
    };
    if dice.roll(6) == 0 {
        let (earlier, later) = (step(dice, &case), step(dice, &case));
        if earlier.0 != later.0 {
            case.limits.order.push(Order { earlier, later });
        }
    }
    if dice.roll(5) == 0 {
        let (deliverable, step) = step(dice, &case);
        let from = 1 + dice.roll(3) as usize;
        let until = (dice.roll(2) == 0).then(|| from + dice.roll(2) as usize);
        case.limits.windows.push(Window { deliverable, step, from, until });
    }
    case
}

/// Whether a phase respects the order and the windows.
fn in_time(case: &Case, from: &[usize], to: &[usize], phase: usize) -> bool {
    let done = |(j, s): (usize, usize)| from[j] < s && to[j] >= s;
    let ordered =
        case.limits.order.iter().all(|o| !done(o.later) || from[o.earlier.0] >= o.earlier.1);
    let windows = case.limits.windows.iter().all(|w| {
        !done((w.deliverable, w.step))
            || phase >= w.from && w.until.is_none_or(|until| phase <= until)
    });
    ordered && windows
}

/// Every plan within phases and moves, by plain recursion.
fn every_plan(case: &Case) -> Vec<Plan> {
    fn go(case: &Case, plan: &mut Plan, all: &mut Vec<Plan>) {
        let here = plan.last().expect("a start").clone();
        if here == case.target {
            all.push(plan.clone());
            return;
        }
        if case.limits.max_phases.is_some_and(|m| plan.len() > m) {
            return;
        }
        let mut next = here.clone();
        loop {
            // Count up in the box between here and the target.
            let Some(j) = (0..next.len()).rev().find(|&j| next[j] < case.target[j]) else { return };
            next[j] += 1;
            let tail = j + 1..next.len();
            next[tail.clone()].copy_from_slice(&here[tail]);
            let moved: usize = next.iter().zip(&here).map(|(a, b)| a - b).sum();
            let few = case.limits.max_moves.is_none_or(|m| moved <= m);
            if few && in_time(case, &here, &next, plan.len()) {
                plan.push(next.clone());
                go(case, plan, all);
                plan.pop();
            }
        }
    }
    let mut all = Vec::new();
    go(case, &mut vec![case.start.clone()], &mut all);
    all
}

fn count(quick: usize, full: usize) -> usize {
    if std::env::var_os("DETENTE_FULL").is_some() { full } else { quick }
}

#[test]
fn the_planner_finds_what_enumeration_finds() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let wanted = count(120, 2500);
    let (mut tried, mut without, mut holding, mut tied) = (0, 0, 0, 0);
    let began = Instant::now();
    while tried < wanted {
        let case = random_case(&mut dice);
        let plans = every_plan(&case);
        if plans.len() > count(250, 4000) {
            continue;
        }
        tried += 1;
        let mut best: Option<(Rational, usize, Rational)> = None;
        let mut first: Vec<Plan> = Vec::new();
        for plan in plans {
            let a = assess(&case, &plan);
            if !a.within_caps {
                continue;
            }
            let key = (-a.min_slack.clone().unwrap(), a.phases(), a.imbalance.clone());
            if best.as_ref().is_none_or(|b| key < *b) {
                best = Some(key);
                first = vec![plan];
            } else if best.as_ref() == Some(&key) {
                first.push(plan);
            }
        }
        let effort = Effort { most_ties: 5000, ..Effort::default() };
        let found = best_plan(&case, &effort).unwrap();
        assert_eq!(found.proof, Proof::Optimal, "{case:?}");
        match best {
            None => {
                without += 1;
                assert!(found.best.is_none(), "{case:?}");
            }
            Some((slack, phases, imbalance)) => {
                let a = found.best.expect("a plan");
                assert_eq!(a.min_slack, Some(-slack.clone()), "{case:?}");
                assert_eq!((a.phases(), &a.imbalance), (phases, &imbalance), "{case:?}");
                first.sort();
                assert_eq!(found.tied, first, "{case:?}");
                holding += usize::from(!slack.is_positive());
                tied += usize::from(first.len() > 1);
            }
        }
    }
    println!(
        "{tried} cases in {:?}: {holding} hold, {without} without a plan, {tied} with ties",
        began.elapsed()
    );
    assert!(holding > 0 && without > 0 && tied > 0);
}

#[test]
fn reachable_values_are_those_of_enumeration() {
    let mut dice = Dice(77);
    let mut tried = 0;
    while tried < count(40, 600) {
        let case = random_case(&mut dice);
        let plans = every_plan(&case);
        if plans.len() > count(250, 2000) {
            continue;
        }
        tried += 1;
        let zero = Rational::zero();
        let values: Vec<Vec<Rational>> = plans
            .iter()
            .map(|p| assess(&case, p))
            .filter(|a| a.within_caps && a.min_slack >= Some(zero.clone()))
            .map(|a| a.value_at_start)
            .collect();
        let mut front: Vec<Vec<Rational>> = values
            .iter()
            .filter(|v| !values.iter().any(|w| w != *v && w.iter().zip(*v).all(|(a, b)| a >= b)))
            .cloned()
            .collect();
        front.sort();
        front.dedup();
        let found = reachable_values(&case, Some(&zero), &Effort::default()).unwrap();
        let mut got: Vec<Vec<Rational>> = found.points.into_iter().map(|(v, _)| v).collect();
        got.sort();
        got.dedup();
        assert_eq!(got, front, "{case:?}");
    }
}

/// With the amounts every row holds; with a thousandth less of any, no plan does.
#[test]
fn guarantees_are_least() {
    let mut dice = Dice(4242);
    let mut tried = 0;
    let mut needed = 0;
    let thousandth = Rational::new(1.into(), 1000.into());
    while tried < count(40, 500) {
        let mut case = random_case(&mut dice);
        case.bond = vec![Rational::zero(); case.parties.len()];
        let plans = every_plan(&case);
        if plans.len() > count(80, 600) {
            continue;
        }
        tried += 1;
        for instrument in [Instrument::Bond, Instrument::Reward] {
            let found =
                least_guarantee(&case, instrument, &Rational::zero(), None, &Effort::default())
                    .unwrap();
            assert!(found.complete);
            let with = |amounts: &[Rational]| {
                let mut with = case.clone();
                match instrument {
                    Instrument::Bond => with.bond = amounts.to_vec(),
                    Instrument::Reward => with.reward = amounts.to_vec(),
                }
                with
            };
            let holds =
                |amounts: &[Rational], plan: &Plan| assess(&with(amounts), plan).self_enforcing();
            // Separable: for one plan the least amounts are each party's own.
            let separate = |plan: &Plan| {
                detente_analysis::staging::guarantee_for_plan(
                    &case,
                    plan,
                    instrument,
                    &Rational::zero(),
                )
                .filter(|_| assess(&case, plan).within_caps)
            };
            let best = plans.iter().filter_map(separate).map(|g| g.total()).min();
            assert_eq!(found.least.as_ref().map(|g| g.total()), best, "{case:?}");
            // The linear programme agrees with the closed form, plan by plan.
            let means = Means {
                bonds: instrument == Instrument::Bond,
                rewards: instrument == Instrument::Reward,
                payments: false,
                transfers: false,
            };
            for plan in plans.iter().take(10) {
                let closed = detente_analysis::staging::guarantee_for_plan(
                    &case,
                    plan,
                    instrument,
                    &Rational::zero(),
                );
                let programme = least_mix(&case, plan, means, &Rational::zero());
                assert_eq!(
                    programme.map(|m| m.total),
                    closed.map(|g| g.total()),
                    "{case:?} {plan:?}"
                );
            }
            let Some(least) = found.least else { continue };
            assert!(holds(&least.amounts, &least.plan), "{case:?}");
            for i in 0..least.amounts.len() {
                if least.amounts[i].is_positive() {
                    needed += 1;
                    let mut less = least.amounts.clone();
                    less[i] -= &thousandth;
                    assert!(!holds(&less, &least.plan), "{case:?}");
                    if less[i].is_negative() {
                        continue;
                    }
                    assert!(!plans.iter().any(|p| holds(&less, p)), "{case:?}");
                }
            }
        }
    }
    assert!(needed > 0);
}

#[test]
fn ratification_agrees_with_enumeration() {
    let mut dice = Dice(99);
    for _ in 0..count(60, 2000) {
        let issues = 1 + dice.roll(4) as usize;
        let sizes: Vec<usize> = (0..issues).map(|_| 2 + dice.roll(2) as usize).collect();
        let table = |dice: &mut Dice, low| -> Vec<Vec<Rational>> {
            sizes.iter().map(|&s| (0..s).map(|_| dice.ratio(low, 6, 1)).collect()).collect()
        };
        let parties = (0..2)
            .map(|p| Ratifier {
                name: format!("p{p}"),
                quota: dice.ratio(1, 5, 1),
                constituencies: (0..1 + dice.roll(3))
                    .map(|c| Constituency {
                        name: format!("c{c}"),
                        utility: table(&mut dice, -5),
                        reserve: dice.ratio(-3, 4, 1),
                        weight: dice.ratio(0, 3, 1),
                        veto: dice.roll(4) == 0,
                        reserve_range: None,
                    })
                    .collect(),
                own: None,
            })
            .collect();
        let draft: Vec<usize> = sizes.iter().map(|&s| dice.roll(s as u64) as usize).collect();
        let question = Ratification {
            parties,
            draft,
            status_quo: vec![0; issues],
            cost: table(&mut dice, 0),
            sizes: sizes.clone(),
        };
        let answer = ratify(&question, usize::MAX, u64::MAX).unwrap();
        let most: Vec<usize> = sizes.iter().map(|s| s - 1).collect();
        let all = detente_analysis::staging::parts_of(&most);
        let passes = |x: &Vec<usize>| verdicts(&question, x).passes.iter().all(|p| *p);
        let win: Vec<Vec<usize>> = all.iter().filter(|x| passes(x)).cloned().collect();
        assert_eq!(answer.win_set, win);
        assert_eq!(answer.win_set_size, win.len() as u64);
        let cost = |x: &Vec<usize>| -> Rational {
            x.iter().enumerate().map(|(i, &o)| &question.cost[i][o]).sum()
        };
        let cheapest = win.iter().map(cost).min();
        assert_eq!(answer.cheapest.as_ref().map(|(c, _)| c.clone()), cheapest);
        for (p, party) in question.parties.iter().enumerate() {
            let here = all.iter().filter(|x| verdicts(&question, x).passes[p]).count();
            assert_eq!(answer.per_party[p], here as u64);
            // The least side-payment, by trying every set of groups to pay.
            let worth = |c: &Constituency| -> Rational {
                c.utility.iter().zip(&question.draft).map(|(r, &o)| &r[o]).sum()
            };
            let short: Vec<Rational> = party
                .constituencies
                .iter()
                .map(|c| (&c.reserve - worth(c)).max(Rational::zero()))
                .collect();
            let least = (0_u32..1 << short.len())
                .filter(|set| {
                    let yes = |k: usize| set >> k & 1 == 1 || short[k].is_zero();
                    let weight: Rational = (0..short.len())
                        .filter(|&k| yes(k))
                        .map(|k| &party.constituencies[k].weight)
                        .sum();
                    weight >= party.quota
                        && (0..short.len()).all(|k| yes(k) || !party.constituencies[k].veto)
                })
                .map(|set| {
                    (0..short.len())
                        .filter(|k| set >> k & 1 == 1)
                        .map(|k| &short[k])
                        .sum::<Rational>()
                })
                .min();
            assert_eq!(answer.draft.side_payment[p], least);
        }
    }
}

/// The efficient and the fair deals, with and without ratification, are those
/// that the solver finds on the same values.
#[test]
fn fair_deals_at_home_are_those_of_the_solver() {
    use detente_analysis::staging::{Values, fair_at_home};
    let mut dice = Dice(99);
    let mut compared = 0;
    for _ in 0..count(40, 400) {
        let sizes: Vec<usize> = (0..3).map(|_| 2 + dice.roll(3) as usize).collect();
        let parties = 2 + dice.roll(2) as usize;
        let mut number = |sides: u64| i64::try_from(dice.roll(sides)).expect("small");
        let tables: Vec<Vec<Vec<i64>>> = (0..parties)
            .map(|_| sizes.iter().map(|&s| (0..s).map(|_| number(9)).collect()).collect())
            .collect();
        let reservations: Vec<i64> = (0..parties).map(|_| number(14)).collect();
        let (scenario, _) = detente_model::testing::additive(&tables, &reservations).check();
        let scenario = scenario.expect("sound");
        let values = Values::new(&scenario).expect("numbers");
        let question = Ratification {
            parties: Vec::new(),
            draft: vec![0; sizes.len()],
            status_quo: vec![0; sizes.len()],
            cost: sizes.iter().map(|&s| vec![Rational::zero(); s]).collect(),
            sizes,
        };
        let Some(fair) = fair_at_home(&question, &values).unwrap() else { continue };
        let solved =
            detente_analysis::solve(&scenario, &detente_analysis::Budget::default()).unwrap();
        assert_eq!(fair.with, fair.without, "with nobody to ask nothing changes");
        assert_eq!(fair.without.efficient.len(), solved.frontier.deals.len());
        for pick in &solved.solutions {
            let ours = fair.without.fair.iter().find(|(rule, _)| *rule == pick.rule);
            let ours: Vec<usize> = ours.expect("picked").1.outcome.clone();
            let theirs: Vec<usize> =
                (0..ours.len()).map(|i| pick.deal.outcome.option(i).expect("an option")).collect();
            assert_eq!(ours, theirs, "{:?} {tables:?} {reservations:?}", pick.rule);
            compared += 1;
        }
    }
    assert!(compared > 0);
}

/// Where the answer says that corners suffice, no place inside the ranges is
/// worse for the plan; and no plan at all beats the stated bound everywhere.
#[test]
fn robust_plans_are_no_worse_inside() {
    use detente_analysis::staging::{Knob, robust_plan};
    let mut dice = Dice(31_337);
    let (mut tried, mut certain) = (0, 0);
    while tried < count(25, 300) {
        let case = random_case(&mut dice);
        let plans = every_plan(&case);
        if plans.is_empty() || plans.len() > count(80, 400) {
            continue;
        }
        tried += 1;
        let all = Knob::all(&case);
        let mut ranges: Vec<(Knob, Rational, Rational)> = Vec::new();
        for _ in 0..3 {
            let knob = all[dice.roll(all.len() as u64) as usize];
            let value = knob.get(&case).expect("a number");
            let least =
                if knob.is_share() { Rational::zero() } else { &value - dice.ratio(0, 3, 1) };
            let most = if knob.is_share() {
                Rational::from_integer(1.into())
            } else {
                &value + dice.ratio(1, 3, 1)
            };
            let low = if matches!(knob, Knob::Discount(_)) { value.clone() } else { least };
            let low = if matches!(knob, Knob::Cap(_)) { low.max(Rational::zero()) } else { low };
            if low < most && !ranges.iter().any(|(k, ..)| *k == knob) {
                ranges.push((knob, low, most));
            }
        }
        let Some(found) = robust_plan(&case, &ranges, &Effort::default()).unwrap() else {
            continue;
        };
        let mut places = Vec::new();
        for _ in 0..20 {
            let mut place = case.clone();
            for (knob, low, high) in &ranges {
                knob.set(&mut place, low + (high - low) * dice.ratio(0, 12, 12));
            }
            places.push(place);
        }
        let slack = |place: &Case, plan: &Plan| assess(place, plan).min_slack.expect("phases");
        if found.certain {
            certain += 1;
            for place in &places {
                assert!(slack(place, &found.plan) >= found.worst, "{case:?} {ranges:?}");
            }
        }
        let Some(above) = found.no_plan_above else { continue };
        assert!(found.worst <= above);
    }
    assert!(certain > 0);
}

/// A search that may not look at anything gives a plan within the limits, if
/// any, and a bound that the best plan does not pass.
#[test]
fn bounds_without_a_search_hold() {
    let mut dice = Dice(577_215);
    let none = Effort { most_moves: 0, ..Effort::default() };
    let (mut found, mut close) = (0, 0);
    while found < count(150, 3_000) {
        let case = random_case(&mut dice);
        let Some(best) = best_plan(&case, &Effort::default()).unwrap().best else { continue };
        let slack = best.min_slack.expect("phases");
        let planned = best_plan(&case, &none).unwrap();
        let Proof::Gap(Some(bound)) = planned.proof else { panic!("{:?}", planned.proof) };
        assert!(slack <= bound, "{slack} above {bound}: {case:?}");
        found += 1;
        close += usize::from(bound - slack <= Rational::from_integer(1.into()));
    }
    assert!(close > 0);
}

/// A case with its parties and deliverables in another order, and one party's
/// scale stretched.
fn turned(case: &Case, dice: &mut Dice) -> Case {
    let mut order = |n: usize| {
        let mut places: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            places.swap(i, dice.roll(i as u64 + 1) as usize);
        }
        places
    };
    let (parties, things) = (order(case.parties.len()), order(case.deliverables.len()));
    let place = |all: &[usize], old: usize| all.iter().position(|&p| p == old).expect("there");
    let times = |i: usize| Rational::from_integer(if i == 0 { 7.into() } else { 1.into() });
    let plain = |list: &[Rational]| parties.iter().map(|&i| list[i].clone()).collect::<Vec<_>>();
    let scaled =
        |list: &[Rational]| parties.iter().map(|&i| &list[i] * times(i)).collect::<Vec<_>>();
    let mut other = Case::new("turned", parties.iter().map(|&i| case.parties[i].clone()).collect());
    other.discount = plain(&case.discount);
    other.annuity = plain(&case.annuity);
    other.weight = parties.iter().map(|&i| &case.weight[i] / times(i)).collect();
    other.status_quo_flow = scaled(&case.status_quo_flow);
    other.residual = scaled(&case.residual);
    other.margin = scaled(&case.margin);
    other.bond = scaled(&case.bond);
    other.reward = scaled(&case.reward);
    other.exposure_cap =
        parties.iter().map(|&i| case.exposure_cap[i].as_ref().map(|c| c * times(i))).collect();
    other.hazard = case.hazard.clone();
    other.hazard_drop = case.hazard_drop.clone();
    other.leak = case.leak.clone();
    other.bond_at_entry = case.bond_at_entry;
    for &j in &things {
        let d = &case.deliverables[j];
        let steps = d.steps.iter();
        other.push(Deliverable {
            performer: place(&parties, d.performer),
            steps: steps.map(|s| Step { value: scaled(&s.value), flow: scaled(&s.flow) }).collect(),
            ..d.clone()
        });
    }
    let moved = |state: &[usize]| things.iter().map(|&j| state[j]).collect::<Vec<_>>();
    other.start = moved(&case.start);
    other.target = moved(&case.target);
    other.standing = moved(&case.standing);
    other.limits = case.limits.clone();
    for o in &mut other.limits.order {
        o.earlier.0 = place(&things, o.earlier.0);
        o.later.0 = place(&things, o.later.0);
    }
    for w in &mut other.limits.windows {
        w.deliverable = place(&things, w.deliverable);
    }
    other
}

/// Neither the order of parties and deliverables nor a party's units matter.
#[test]
fn plans_do_not_depend_on_order_or_units() {
    let mut dice = Dice(161_803);
    for _ in 0..count(150, 3_000) {
        let case = random_case(&mut dice);
        let other = turned(&case, &mut dice);
        let (a, b) = (
            best_plan(&case, &Effort::default()).unwrap(),
            best_plan(&other, &Effort::default()).unwrap(),
        );
        let seen = |best: &Option<detente_analysis::staging::Assessment>| {
            best.as_ref().map(|b| {
                (b.min_slack.clone(), b.phases(), b.imbalance.clone(), b.within_caps, b.durable())
            })
        };
        assert_eq!(seen(&a.best), seen(&b.best), "{case:?}");
        assert_eq!(a.proof, b.proof);
    }
}

/// Where a number is called certain, the plan holds up to the change named and
/// nowhere beyond it.
#[test]
fn changes_called_certain_are_the_only_ones() {
    use detente_analysis::staging::{Knob, plan_swings};
    let mut dice = Dice(271_828);
    let (mut certain, mut flips) = (0, 0);
    while certain < count(1_000, 20_000) {
        let case = random_case(&mut dice);
        let Some(best) = best_plan(&case, &Effort::default()).unwrap().best else { continue };
        let found = plan_swings(&case, &best.plan, &[]).unwrap();
        for swing in found.swings.iter().filter(|s| s.certain) {
            certain += 1;
            let knob = Knob::all(&case).into_iter().find(|k| k.name(&case) == swing.name);
            let knob = knob.expect("a number of the case");
            for (end, flip) in [(&swing.ends.0, &swing.flips.0), (&swing.ends.1, &swing.flips.1)] {
                flips += usize::from(flip.is_some());
                let at = &swing.value + (end - &swing.value) * dice.ratio(0, 999, 1_000);
                let mut moved = case.clone();
                knob.set(&mut moved, at.clone());
                let a = assess(&moved, &best.plan);
                let further = |x: &Rational, y: &Rational| {
                    (x - &swing.value).abs() >= (y - &swing.value).abs()
                };
                let beyond = flip.as_ref().is_some_and(|f| further(&at, &f.at));
                assert_eq!(a.within_caps && a.self_enforcing(), !beyond, "{case:?} {}", swing.name);
            }
        }
    }
    assert!(flips > 20, "{flips} changes");
}
