#!/usr/bin/env python3
"""Two-party frontiers of hyper-rectangle scenarios: ours against the
epsilon-constraint method (Haimes, Lasdon & Wismer 1971) over OR-tools' CP-SAT,
in one run on one machine.

    cargo build --release -p detente-analysis --example hyper_rectangles
    python3 -m venv target/peers && target/peers/bin/pip install ortools
    target/peers/bin/python benches/peers/epsilon_constraint_cpsat.py \
        --issues 30 --instances 3 [--shape uniform|hubs] [--first 1] [--workers 1] [--limit 600]

Our program generates the scenarios, writes each with its frontier as JSON and
is timed as a whole process. CP-SAT then finds every point of the same
scenario: per point it maximises the first party's utility with the second's at
least epsilon, then the second's with the first's held there (so each point is
undominated), and goes on above it. Both frontiers must be equal. Exit code 1
when one is not.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

from ortools.sat.python import cp_model


def model_of(scenario):
    """The model with each party's utility as a linear expression."""
    model = cp_model.CpModel()
    options = range(scenario["options"])
    chosen = [[model.new_bool_var(f"x{i}_{o}") for o in options] for i in range(scenario["issues"])]
    for issue in chosen:
        model.add_exactly_one(issue)
    utilities = []
    for number, rectangles in enumerate(scenario["parties"]):
        terms = []
        for index, rectangle in enumerate(rectangles):
            # Values are positive: a rectangle counted must hold.
            counted = model.new_bool_var(f"r{number}_{index}")
            for issue, low, high in rectangle["sides"]:
                model.add_bool_or(chosen[issue][low : high + 1]).only_enforce_if(counted)
            terms.append(rectangle["value"] * counted)
        utilities.append(sum(terms))
    return model, utilities


def maximise(scenario, objective, at_least, workers, limit):
    """The largest utility of one party with lower bounds on all; None when impossible."""
    model, utilities = model_of(scenario)
    for utility, bound in zip(utilities, at_least):
        if bound is not None:
            model.add(utility >= bound)
    model.maximize(utilities[objective])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = max(limit, 0.01)
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    if status != cp_model.OPTIMAL:
        raise TimeoutError
    return round(solver.objective_value)


def epsilon_constraint(scenario, workers, limit):
    """Every undominated pair, the first party's best first; solves needed; whether all."""
    points, solves, epsilon, end = [], 0, None, time.monotonic() + limit
    try:
        while True:
            solves += 1
            first = maximise(scenario, 0, [None, epsilon], workers, end - time.monotonic())
            if first is None:
                return points, solves, True
            solves += 1
            second = maximise(scenario, 1, [first, epsilon], workers, end - time.monotonic())
            points.append([first, second])
            epsilon = second + 1
    except TimeoutError:
        return points, solves, False


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--issues", type=int, default=30)
    parser.add_argument("--instances", type=int, default=3)
    parser.add_argument("--shape", choices=["uniform", "hubs"], default="uniform")
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1, help="CP-SAT's threads")
    parser.add_argument("--limit", type=float, default=600.0, help="seconds CP-SAT gets per scenario")
    parser.add_argument("--program", default="target/release/examples/hyper_rectangles")
    options = parser.parse_args()
    different = 0
    print("seed  points  ours s  CP-SAT s  solves   ratio  equal", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.first, options.first + options.instances):
            command = [options.program, str(options.issues), "1", options.shape, str(seed), "600", folder]
            start = time.monotonic()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            ours = time.monotonic() - start
            path = pathlib.Path(folder) / f"{options.issues}-{options.shape}-{seed}.json"
            scenario = json.loads(path.read_text())
            start = time.monotonic()
            points, solves, complete = epsilon_constraint(scenario, options.workers, options.limit)
            theirs = time.monotonic() - start
            if complete:
                equal = points == scenario["frontier"]
                verdict = "yes" if equal else "NO"
            else:
                # What it proved in its time must be the beginning of ours.
                equal = points == scenario["frontier"][: len(points)]
                verdict = f"first {len(points)}" if equal else "NO"
            different += not equal
            more = "" if complete else ">"
            print(
                f"{seed:4} {len(scenario['frontier']):7} {ours:7.2f} {more + format(theirs, '.1f'):>9}"
                f" {solves:7} {more + format(theirs / ours, '.0f'):>7}  {verdict}",
                flush=True,
            )
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
