"""A large invented agreement: how long does its status take?

    python3 benches/agreement_size.py FOLDER [OBLIGATIONS] [CLAIMS]
    /usr/bin/time -v target/release/detente agreement status FOLDER --as-of 2032-01-01 --format json
"""
import datetime, hashlib, json, pathlib, sys

folder = pathlib.Path(sys.argv[1])
obligations = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
claims = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
folder.mkdir(parents=True, exist_ok=True)
with open(folder / "agreement.yaml", "w") as out:
    out.write("""detente: agreement
id: large
title: "Large"
participants: [{id: north, name: "North", role: party}, {id: south, name: "South", role: party}]
instruments: [{id: main, title: "Large", stage: interim, parties: [north, south], clauses: [{id: "1", text: "All of it."}]}]
events: [{id: start, title: "it begins"}]
obligations:
""")
    for i in range(obligations):
        trigger = f"{{obligation: o{i - 1}}}" if i % 10 else "{event: start}"
        group = "" if i % 10 else f"group: g{i // 30}, "
        out.write(f"  - {{id: o{i}, clause: main#1, theme: t{i % 50}, bearer: north, act: 'part {i}', trigger: {trigger}, {group}within: {1 + i % 300} days}}\n")
head = hashlib.sha256(b"detente-log 1\nagreement: large\n").hexdigest()
start = datetime.datetime(2031, 1, 1)
with open(folder / "log.jsonl", "w") as out:
    for i in range(claims + 1):
        at = (start + datetime.timedelta(seconds=20 * i)).strftime("%Y-%m-%dT%H:%M:%SZ")
        if i == 0:
            kind, entry = "event", {"event": "start", "on": "2031-01-01"}
        else:
            kind, entry = "claim", {"id": f"c{i}", "alleged_by": "south", "about": [f"o{i * 7919 % obligations}"], "says": f"Part {i} was late, a watchman says", "reported": "2031-01-01"}
        line = json.dumps({"seq": i + 1, "prev": head, "at": at, "by": "south", "kind": kind, "entry": entry}, separators=(",", ":"), ensure_ascii=False)
        out.write(line + "\n")
        head = hashlib.sha256(line.encode()).hexdigest()
