#!/usr/bin/env python3
"""Frontier and bargaining solutions: Détente beside NegMAS 0.16, same numbers, same run.

Run `benches/peers/run` (it installs NegMAS into target/peers and builds the
Rust side first). Prints, per case, the medians of both and their ratio:
library call against library call, whole process against whole process, and
peak memory of the whole processes.
"""
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "target" / "peers-data"
RELEASE = ROOT / "target" / "release"
SCALE = 1_000_000
CASES = [
    # name, parties, issues, options, opposed
    ("10^5 outcomes, 2 parties", 2, 5, 10, False),
    ("10^5 outcomes, 2 opposed parties", 2, 5, 10, True),
    ("10^5 outcomes, 5 parties", 5, 5, 10, False),
    ("10^6 outcomes, 2 parties", 2, 6, 10, False),
    ("10^6 outcomes, 2 opposed parties", 2, 6, 10, True),
]


def tables(parties, issues, options, opposed, seed):
    """Whole numbers [issue][option][party]; utilities are these / SCALE."""
    rng = random.Random(seed)
    weights = [[rng.random() for _ in range(issues)] for _ in range(parties)]
    weights = [[w / sum(row) for w in row] for row in weights]
    result = []
    for issue in range(issues):
        rows = []
        for _ in range(options):
            if opposed:
                first = rng.random()
                values = [first, min(1.0, max(0.0, 1 - first + 0.1 * (rng.random() - 0.5)))]
            else:
                values = [rng.random() for _ in range(parties)]
            rows.append([int(SCALE * weights[p][issue] * values[p]) for p in range(parties)])
        result.append(rows)
    return result


def write_ours(data, parties, path):
    lines = [f"{parties} {len(data)}"]
    for rows in data:
        lines.append(str(len(rows)))
        lines += [" ".join(map(str, row)) for row in rows]
    path.write_text("\n".join(lines) + "\n")


def write_negmas(data, parties, folder):
    """The same scenario as NegMAS YAML, for the whole-process comparison."""
    folder.mkdir(parents=True, exist_ok=True)
    text = ["issues:"]
    for issue, rows in enumerate(data):
        names = ", ".join(f"o{o}" for o in range(len(rows)))
        text.append(f"- {{name: i{issue}, type: CategoricalIssue, values: [{names}]}}")
    text += ["name: domain", "type: DiscreteCartesianOutcomeSpace"]
    (folder / "domain.yml").write_text("\n".join(text) + "\n")
    for party in range(parties):
        values = []
        for rows in data:
            mapping = ", ".join(f"o{o}: {row[party] / SCALE:.6f}" for o, row in enumerate(rows))
            values.append(f"- {{type: TableFun, mapping: {{{mapping}}}}}")
        ones = ", ".join("1.0" for _ in data)
        body = [f"name: p{party}", "type: LinearAdditiveUtilityFunction", "reserved_value: 0.0", f"weights: [{ones}]", "values:"]
        (folder / f"p{party}.yml").write_text("\n".join(body + values) + "\n")


def ours_library(path):
    out = subprocess.run([RELEASE / "examples" / "frontier_speed", path], capture_output=True, text=True, check=True).stdout
    words = out.split()
    return float(words[words.index("median_seconds") + 1]), int(words[words.index("points") + 1])


NEGMAS = """
import sys, time, json, statistics
from negmas import Scenario
from negmas.preferences.ops import pareto_frontier, nash_points, kalai_points, ks_points, max_welfare_points
scenario = Scenario.load(sys.argv[1])
ufuns, runs = scenario.ufuns, int(sys.argv[2])
seconds = []
for _ in range(runs):
    start = time.process_time()
    frontier, _indices = pareto_frontier(ufuns, issues=scenario.outcome_space.issues)
    space = scenario.outcome_space
    for points in (nash_points, kalai_points, ks_points, max_welfare_points):
        points(ufuns, frontier, outcome_space=space)
    seconds.append(time.process_time() - start)
print(json.dumps({"seconds": statistics.median(seconds), "points": len(frontier)}))
"""


def whole(command):
    """Wall seconds, and peak memory in MiB, of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{command}: exit status {status}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def median_whole(command, runs):
    results = [whole(command) for _ in range(runs)]
    return statistics.median(r[0] for r in results), max(r[1] for r in results)


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    print(f"cores {os.cpu_count()}, load {os.getloadavg()[0]:.1f}, python {sys.version.split()[0]}")
    print(f"{'case':<34} {'points':>11} {'ours':>11} {'NegMAS':>9} {'ratio':>9} | {'whole':>8} {'NegMAS':>7} {'ratio':>6} | {'MiB':>5} {'NegMAS':>6}")
    for seed, (name, parties, issues, options, opposed) in enumerate(CASES, 1):
        data = tables(parties, issues, options, opposed, seed)
        folder = WORK / f"case{seed}"
        write_negmas(data, parties, folder)
        text = WORK / f"case{seed}.txt"
        write_ours(data, parties, text)
        ours, points = ours_library(text)
        runs = 1 if options**issues >= 10**6 else 3
        answer = subprocess.run([sys.executable, "-c", NEGMAS, folder, str(runs)], capture_output=True, text=True)
        if answer.returncode:
            raise SystemExit(answer.stderr)
        theirs = json.loads(answer.stdout)
        our_whole, our_memory = median_whole([RELEASE / "detente", "solve", folder, "--format", "json"], 5)
        their_whole, their_memory = median_whole([sys.executable, "-c", NEGMAS, folder, "1"], 1)
        both = f"{points}/{theirs['points']}"
        print(
            f"{name:<34} {both:>11} {ours * 1e6:>8.1f} µs {theirs['seconds']:>7.2f} s {theirs['seconds'] / ours:>8,.0f}×"
            f" | {our_whole * 1e3:>5.1f} ms {their_whole:>5.2f} s {their_whole / our_whole:>5,.0f}×"
            f" | {our_memory:>5.1f} {their_memory:>6.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
