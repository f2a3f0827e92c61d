//! NegMAS YAML, with utilities as NegMAS 0.16 computes them.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it must")]

mod support;

use detente_model::{Outcome, Scenario};
use support::{sound, texts, utilities};

const TINY: &str = "issues:\n- {name: color, type: CategoricalIssue, values: [red, blue]}\n- {name: qty, type: ContiguousIssue, values: [1, 3]}\nname: tiny\ntype: DiscreteCartesianOutcomeSpace\n";
const A: &str = "{name: A, type: LinearAdditiveUtilityFunction, reserved_value: 0.2, weights: [0.6, 0.4],\n values: [{type: TableFun, mapping: {red: 1.0, blue: 0.0}}, {type: AffineFun, slope: 0.5, bias: -0.5}]}\n";
const B: &str = "{name: B, type: LinearAdditiveUtilityFunction, reserved_value: 0.1, weights: [0.3, 0.7],\n values: [{type: TableFun, mapping: {red: 0.0, blue: 1.0}}, {type: AffineFun, slope: -0.5, bias: 1.5}]}\n";

#[test]
fn the_tiny_scenario_has_its_known_utilities() {
    let scenario = sound(texts(&[("tiny.yml", TINY), ("A.yml", A), ("B.yml", B)]));
    assert_eq!(scenario.title(), "tiny");
    let known = [(0.6, 0.7), (0.8, 0.35), (1.0, 0.0), (0.0, 1.0), (0.2, 0.65), (0.4, 0.3)];
    for (outcome, (a, b)) in support::outcomes(&scenario).iter().zip(known) {
        let found = utilities(&scenario, outcome);
        assert!((found[0] - a).abs() < 1e-12 && (found[1] - b).abs() < 1e-12, "{outcome:?}");
    }
}

const PLANE: &str = "issues:\n- {name: a, type: ContiguousIssue, values: [0, 9]}\n- {name: b, type: ContiguousIssue, values: [0, 4]}\nname: h\ntype: DiscreteCartesianOutcomeSpace\n";

/// A scenario of two parties with that utility function, over `PLANE`.
fn plane(function: &str) -> Scenario {
    sound(texts(&[("h.yml", PLANE), ("u.yml", function), ("v.yml", function)]))
}

/// What NegMAS 0.16.0 gave for (1, 2), (5, 2) and (9, 4).
fn assert_at(function: &str, known: [f64; 3]) {
    let scenario = plane(function);
    for (at, known) in [[1, 2], [5, 2], [9, 4]].into_iter().zip(known) {
        let found = utilities(&scenario, &Outcome::from_options(at))[0];
        assert!((found - known).abs() < 1e-12, "{function} at {at:?}: {found} and not {known}");
    }
}

#[test]
fn functions_give_what_negmas_gives() {
    let additive = |values: &str| {
        format!(
            "{{type: LinearAdditiveUtilityFunction, reserved_value: 0, weights: [1, 1], values: [{values}]}}"
        )
    };
    let trapezoid = "{type: PolynomialFun, coefficients: [1, 2]}, {type: TrapezoidalFun, start: 0, rise_end: 1, fall_start: 2, end: 4}";
    assert_at(&additive(trapezoid), [4.0, 56.0, 171.0]);
    let gauss = "{type: GaussianFun, center: 1, sigma: 2}, {type: ExponentialFun, tau: 0.5}";
    assert_at(&additive(gauss), [3.718281828459045, 2.853617111695658, 7.389391561558552]);
    assert_at(
        "{type: LinearUtilityFunction, reserved_value: 0, bias: 0, weights: [0.5, -0.2]}",
        [0.1, 2.1, 3.7],
    );
    assert_at("{type: ConstUtilityFunction, reserved_value: 0, value: 0.5}", [0.5; 3]);
}

#[test]
fn ranges_are_open_and_lists_are_sets() {
    let rectangles = "type: HyperRectangleUtilityFunction, reserved_value: 0.1, bias: 0.25";
    let ranges = "outcome_ranges: [{0: [1,3], 1: [2,2]},{1: [0,2]},{}], utilities: [0.3,0.2,0.1]";
    assert_at(&format!("{{{rectangles}, {ranges}}}"), [0.35, 0.35, 0.35]);
    let sets = "outcome_ranges: [{0: [[1,3],[5,5]], 1: [2,2]},{1: [0,1,4]},{}], utilities: [0.3,0.2,0.1], weights: [1.0,2.0,1.0]";
    assert_at(&format!("{{{rectangles}, {sets}}}"), [0.35, 0.35, 0.75]);
    let weighted = format!(
        "{{type: WeightedUtilityFunction, reserved_value: 0.1, weights: [1.0,1.0], ufuns: [{{{rectangles}, {ranges}}}, {{type: LinearUtilityFunction, weights: [0.5,0.5]}}]}}"
    );
    assert_at(&weighted, [1.85, 3.85, 6.85]);
}

#[test]
fn without_a_reserved_value_the_worst_utility_is_taken() {
    let scenario =
        plane("{type: LinearUtilityFunction, reserved_value: -.inf, weights: [0.5, -0.2]}");
    assert_eq!(scenario.preferences()[0].utility().unwrap().reservation.to_f64(), -0.8);
}
