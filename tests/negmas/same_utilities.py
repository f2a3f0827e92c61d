"""NegMAS must load what `detente convert` writes and compute the same utilities.

Usage: python same_utilities.py DETENTE FOLDER...

DETENTE is the built command. Each FOLDER holds a scenario (any format). It is
converted to NegMAS YAML and to GENIUS XML, loaded with NegMAS, and the utility
of every outcome (of 2,000 spread over the space where there are more) is
compared with the one that `detente convert --to yaml` states in plain tables,
which this script adds up by itself with exact fractions.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
import tempfile
import warnings
from fractions import Fraction
from pathlib import Path

warnings.filterwarnings("ignore")

import yaml
from negmas.inout import Scenario

MOST = 2_000
TOLERANCE = 1e-9


def convert(detente: str, source: Path, target: str, out: Path) -> str | None:
    """Converts; gives the reason where it is refused."""
    run = subprocess.run(
        [detente, "convert", str(source), "--to", target, "--out", str(out)],
        capture_output=True,
        text=True,
    )
    if run.returncode == 0:
        return None
    for line in run.stderr.splitlines():
        if line.startswith("error"):
            return line
    return run.stderr or "no reason given"


def load_text(path: Path):
    """YAML with every scalar as text, so that numbers stay exact."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


class Ours:
    """A scenario from our own YAML, read independently of the product."""

    def __init__(self, folder: Path):
        main = load_text(folder / "scenario.yaml")
        self.parties = list(main["parties"])
        self.issues = {}
        for name, issue in main["issues"].items():
            if "range" in issue:
                low, high = Fraction(issue["range"]["from"]), Fraction(issue["range"]["to"])
                step = Fraction(issue["range"].get("step", "1"))
                count = int((high - low) / step) + 1
                self.issues[name] = [low + step * i for i in range(count)]
            else:
                options = issue.get("options") or issue.get("ordered")
                self.issues[name] = list(options)
        self.files = {p: load_text(folder / "parties" / f"{p}.yaml") for p in self.parties}

    def reservation(self, party: str) -> Fraction:
        value = self.files[party]["reservation"]
        return Fraction(value["value"] if isinstance(value, dict) else value)

    def utility(self, party: str, outcome: dict) -> Fraction:
        file = self.files[party]
        total = Fraction(file.get("constant", "0"))
        for name, entry in (file.get("issues") or {}).items():
            if entry == "none":
                continue
            total += Fraction(entry.get("weight", "1")) * self.value(entry, outcome[name])
        for interaction in file.get("interactions") or []:
            conditions = interaction.get("when", interaction.get("unless")) or {}
            held = all(self.holds(n, c, outcome[n]) for n, c in conditions.items())
            if held == ("when" in interaction):
                total += Fraction(interaction["adds"])
        if "cap" in file:
            total = min(total, Fraction(file["cap"]))
        return total

    @staticmethod
    def value(entry: dict, option) -> Fraction:
        if "values" in entry:
            for key, value in entry["values"].items():
                if key == option or not isinstance(option, str) and Fraction(key) == option:
                    return Fraction(value)
            raise KeyError(option)
        if "linear" in entry:
            slope = Fraction(entry["linear"]["slope"])
            return slope * option + Fraction(entry["linear"].get("intercept", "0"))
        if "polynomial" in entry:
            return sum(Fraction(c) * option**k for k, c in enumerate(entry["polynomial"]))
        if "constant" in entry:
            return Fraction(entry["constant"])
        if "piecewise" in entry:
            points = [(Fraction(x), Fraction(y)) for x, y in entry["piecewise"]]
            if option <= points[0][0]:
                return points[0][1]
            for (x0, y0), (x1, y1) in itertools.pairwise(points):
                if option <= x1:
                    return y0 + (y1 - y0) * (option - x0) / (x1 - x0)
            return points[-1][1]
        raise ValueError(f"no value function in {entry}")

    def holds(self, name: str, condition, option) -> bool:
        options = self.issues[name]
        same = lambda text: text == option if isinstance(option, str) else Fraction(text) == option
        if isinstance(condition, dict):
            at = lambda text: options.index(text if isinstance(option, str) else Fraction(text))
            return at(condition["from"]) <= options.index(option) <= at(condition["to"])
        if isinstance(condition, list):
            return any(same(c) for c in condition)
        return same(condition)

    def outcomes(self):
        sizes = [len(o) for o in self.issues.values()]
        total = 1
        for size in sizes:
            total *= size
        for k in range(min(total, MOST)):
            # Spread over the space: a step that shares no factor with most sizes.
            index = k if total <= MOST else (k * 2_654_435_761 + 1) % total
            outcome = {}
            for name, options in self.issues.items():
                index, at = divmod(index, len(options))
                outcome[name] = options[at]
            yield outcome


def as_negmas(issue, option):
    """The option as NegMAS holds it: by its text, or as a number."""
    for value in issue.all:
        if isinstance(option, str) and str(value) == option:
            return value
        if not isinstance(option, str) and abs(float(value) - float(option)) < 1e-9:
            return value
    raise ValueError(f"NegMAS has no option {option} in {issue.name}")


def compare(ours: Ours, folder: Path) -> tuple[int, str | None]:
    """How many utilities were compared, and the first difference."""
    theirs = Scenario.load(folder)
    if theirs is None:
        return 0, "NegMAS loads nothing"
    # NegMAS takes the files in the order of their names; the suffix is the same for all.
    ids = sorted(ours.parties, key=lambda party: f"{party}.")
    functions = dict(zip(ids, theirs.ufuns, strict=True))
    issues = {i.name: i for i in theirs.outcome_space.issues}
    compared = 0
    for party in ours.parties:
        function = functions[party]
        # NegMAS wraps a discounted GENIUS profile and keeps the reserved value inside.
        wrapped = getattr(function, "ufun", function)
        expected = float(ours.reservation(party))
        values = [float(function.reserved_value), float(wrapped.reserved_value)]
        if all(abs(value - expected) > TOLERANCE for value in values):
            return compared, f"reserved value of {party}: {function.reserved_value}"
        for outcome in ours.outcomes():
            bid = tuple(as_negmas(i, outcome[n]) for n, i in issues.items())
            expected, found = float(ours.utility(party, outcome)), float(function(bid))
            if abs(expected - found) > TOLERANCE:
                return compared, f"{party} {outcome}: ours {expected}, NegMAS {found}"
            compared += 1
    return compared, None


def main() -> int:
    detente, folders = sys.argv[1], [Path(f) for f in sys.argv[2:]]
    passed = failed = skipped = 0
    for folder in folders:
        with tempfile.TemporaryDirectory() as work:
            work = Path(work)
            reason = convert(detente, folder, "yaml", work / "yaml")
            if reason:
                print(f"skipped {folder.name}: {reason}")
                skipped += 1
                continue
            if "divisible: true" in (work / "yaml" / "scenario.yaml").read_text(encoding="utf-8"):
                print(f"skipped {folder.name}: it has divisible issues")
                skipped += 1
                continue
            ours = Ours(work / "yaml")
            for target in ("negmas", "genius"):
                reason = convert(detente, folder, target, work / target)
                rectangles = any(f.get("interactions") for f in ours.files.values())
                if target == "genius" and rectangles:
                    # NegMAS leaves the ends of GENIUS's intervals out, GENIUS does not;
                    # `convert` warns of it.
                    reason = reason or "NegMAS reads GENIUS rectangles otherwise than GENIUS"
                if reason:
                    print(f"skipped {folder.name} as {target}: {reason}")
                    skipped += 1
                    continue
                compared, difference = compare(ours, work / target)
                if difference or not compared:
                    print(f"FAILED {folder.name} as {target}: {difference}")
                    failed += 1
                else:
                    print(f"ok {folder.name} as {target}: {compared} utilities")
                    passed += 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
