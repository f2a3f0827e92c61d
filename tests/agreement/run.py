"""A small agreement, signed by `detente`, verified by verify.py; no byte can change unnoticed.

    python3 run.py DETENTE [EVERY]

EVERY: how many other values of each byte are tried (255 for all). Needs PyYAML.
"""
import functools, pathlib, random, subprocess, sys, tempfile

try:
    import yaml
except ImportError:
    sys.exit(print("skipped: PyYAML is not there") or 0)
import verify as second

TEXT = """detente: agreement
id: two-wells
title: "Two wells"
participants:
  - {{id: north, name: "North", role: party}}
  - {{id: south, name: "South", role: party}}
instruments:
  - id: main
    title: "Two wells"
    stage: interim
    parties: [north, south]
    files: [map.txt]
    mandates:
      - {{for: north, threshold: 2, keys: [{0}, {1}]}}
      - {{for: south, keys: [{2}]}}
    clauses: [{{id: "1", text: "The upper well is drawn from by day."}}]
"""


def main(detente, every):
    folder = pathlib.Path(tempfile.mkdtemp())
    run = lambda *words: subprocess.run([detente, "agreement", *words], check=True, capture_output=True, text=True).stdout
    keys = []
    for holder in ["Ana", "Ben", "Cleo"]:
        out = run("keygen", "--holder", holder, "--out", str(folder / f"{holder}.key"))
        keys.append(out.split("  - ")[1].splitlines()[0])
    (folder / "agreement.yaml").write_text(TEXT.format(*keys))
    (folder / "map.txt").write_text("the upper well, the lower well\n")
    for who, holder in [("north", "Ana"), ("north", "Ben"), ("south", "Cleo")]:
        run("sign", str(folder), "--for", who, "--key", str(folder / f"{holder}.key"), "--date", "2031-02-20")
    run("verify", str(folder))

    # What a change leaves as it was need not be computed again.
    second.ed25519 = functools.lru_cache(maxsize=None)(second.ed25519)
    instrument = yaml.safe_load((folder / "agreement.yaml").read_text())["instruments"][0]
    instrument["files"] = ["agreement.yaml", *instrument["files"]]
    contents = {name: (folder / name).read_bytes() for name in instrument["files"]}
    contents["sig"] = (folder / "signatures" / "main.sig").read_bytes()

    def holds(contents):
        try:
            return second.verify("two-wells", instrument, contents.get, contents["sig"])
        except Exception:  # whatever does not fit is refused
            return False

    assert holds(contents), "the signed agreement does not verify"
    pick, tried = random.Random(6), 0
    for name, data in contents.items():
        for at in range(len(data)):
            others = [v for v in range(256) if v != data[at]]
            for value in pick.sample(others, min(every, 255)):
                changed = data[:at] + bytes([value]) + data[at + 1 :]
                assert not holds({**contents, name: changed}), f"{name}, byte {at} as {value}"
                tried += 1
    print(f"verified without us; all of {tried} single-byte changes in {sum(map(len, contents.values()))} bytes noticed")


main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1)
