"""What `detente agreement export` writes, opened by other programs' readers.

    python3 outputs.py DETENTE

Needs icalendar and python-docx. Every example with obligations, on three days.
"""
import csv, datetime, json, pathlib, subprocess, sys, tempfile

try:
    import docx, icalendar
except ImportError as missing:
    sys.exit(print(f"skipped: {missing.name} is not there") or 0)

EXAMPLES = pathlib.Path(__file__).parents[2] / "examples"
CASES = {"three-lights-agreement": ["2031-03-02", "2031-07-01", "2032-03-01"], "jcpoa": ["2015-12-01", "2023-10-01"], "egypt-israel-treaty": ["1982-06-01"]}


def check(detente, name, day):
    folder = pathlib.Path(tempfile.mkdtemp())
    run = lambda *words: subprocess.run([detente, "agreement", *words, "--as-of", day], check=True, capture_output=True, text=True).stdout
    run("export", str(EXAMPLES / name), "--ics", str(folder / "a.ics"), "--docx", str(folder / "a.docx"), "--csv", str(folder / "csv"))
    status = {o["id"]: o for o in json.loads(run("status", str(EXAMPLES / name), "--format", "json"))["obligations"]}

    events = icalendar.Calendar.from_ical((folder / "a.ics").read_bytes()).walk("VEVENT")
    assert not any(e.errors for e in events), [e.errors for e in events]
    assert len({str(e["UID"]) for e in events}) == len(events), "two events share a UID"
    for event in events:
        obligation = str(event["SUMMARY"]).split(" ")[0]
        start = event["DTSTART"].dt
        if obligation in status and not isinstance(start, datetime.datetime):
            assert start.isoformat() in status[obligation]["due"]["why"], (obligation, start)

    document = docx.Document(str(folder / "a.docx"))
    tables = [[[c.text for c in row.cells] for row in t.rows] for t in document.tables]
    headings = [p.text for p in document.paragraphs if p.style.name.lower().startswith("heading")]
    assert len(headings) == 1 + len(list((folder / "csv").iterdir())), headings
    for path in (folder / "csv").iterdir():
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert len(rows) == 1 or rows in tables, f"the document lacks the table {path.name}"
    return len(events), len(tables)


def main(detente):
    for name, days in CASES.items():
        for day in days:
            events, tables = check(detente, name, day)
            print(f"{name} on {day}: {events} events, {tables} tables read back")


main(sys.argv[1])
