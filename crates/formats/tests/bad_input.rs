//! Input that cannot be used: each has its code and its place, and none is repaired.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it must")]

mod support;

use detente_formats::{Folder, SourceFile, read};
use support::texts;

/// Files, and the first error expected: `code file:line:column` (or without a place).
struct Case {
    files: Vec<(&'static str, String)>,
    expected: &'static str,
}

fn found(folder: Folder) -> String {
    let reading = read(folder);
    let loaded = reading.loaded;
    if loaded.value.is_some() {
        return "sound".to_owned();
    }
    let error = loaded.diagnostics.iter().find(|d| d.is_error()).expect("an error");
    let place = error.file.as_deref().zip(error.span).map(|(file, span)| {
        let (line, column) = loaded.sources.line_column(file, span.start).unwrap();
        format!(" {file}:{line}:{column}")
    });
    let file = error.file.as_deref().map(|f| format!(" {f}"));
    format!("{}{}", error.code, place.or(file).unwrap_or_default())
}

const DOMAIN: &str = r#"<negotiation_template>
<utility_space number_of_issues="2">
<objective index="0" name="root" type="objective" etype="objective">
<issue index="1" name="color" type="discrete">
<item index="1" value="red"/>
<item index="2" value="blue"/>
</issue>
<issue index="2" name="qty" type="integer" lowerbound="1" upperbound="3"/>
</objective>
</utility_space>
</negotiation_template>
"#;

const PROFILE: &str = r#"<utility_space>
<objective index="0" name="root">
<issue index="1" name="color" type="discrete">
<item index="1" value="red" evaluation="2"/>
<item index="2" value="blue" evaluation="1"/>
</issue>
<issue index="2" name="qty" type="integer" lowerbound="1" upperbound="3">
<evaluator ftype="linear" slope="0.5" offset="0"/>
</issue>
<weight index="1" value="0.5"/>
<weight index="2" value="0.5"/>
</objective>
<reservation value="0.1"/>
</utility_space>
"#;

/// A GENIUS folder with one change in its first profile.
fn genius(from: &str, to: &str, expected: &'static str) -> Case {
    assert!(PROFILE.contains(from), "{from}");
    let files = vec![
        ("a.xml", PROFILE.replacen(from, to, 1)),
        ("b.xml", PROFILE.into()),
        ("d.xml", DOMAIN.into()),
    ];
    Case { files, expected }
}

/// A GENIUS folder with one change in its domain.
fn domain(from: &str, to: &str, expected: &'static str) -> Case {
    assert!(DOMAIN.contains(from), "{from}");
    let files = vec![
        ("a.xml", PROFILE.into()),
        ("b.xml", PROFILE.into()),
        ("d.xml", DOMAIN.replacen(from, to, 1)),
    ];
    Case { files, expected }
}

const SCENARIO: &str = "parties:
  a: A
  b: B
issues:
  color: [red, blue]
  qty: {range: {from: 1, to: 3}}
";
const PARTY: &str = "reservation: 0.1
issues:
  color: {weight: 0.5, values: {red: 1, blue: 0}}
  qty: {weight: 0.5, linear: {slope: 0.5}}
";

fn ours(scenario: &str, party: &str, expected: &'static str) -> Case {
    let files = vec![
        ("scenario.yaml", scenario.to_owned()),
        ("parties/a.yaml", party.to_owned()),
        ("parties/b.yaml", PARTY.to_owned()),
    ];
    Case { files, expected }
}

fn scenario(from: &str, to: &str, expected: &'static str) -> Case {
    assert!(SCENARIO.contains(from), "{from}");
    ours(&SCENARIO.replacen(from, to, 1), PARTY, expected)
}

fn party(from: &str, to: &str, expected: &'static str) -> Case {
    assert!(PARTY.contains(from), "{from}");
    ours(SCENARIO, &PARTY.replacen(from, to, 1), expected)
}

const SPACE: &str = "name: tiny
type: DiscreteCartesianOutcomeSpace
issues:
- {name: color, type: CategoricalIssue, values: [red, blue]}
- {name: qty, type: ContiguousIssue, values: [1, 3]}
";
const FUNCTION: &str = "type: LinearAdditiveUtilityFunction
reserved_value: 0.1
weights: [0.5, 0.5]
values:
- {type: TableFun, mapping: {red: 1.0, blue: 0.0}}
- {type: AffineFun, slope: 0.5, bias: 0}
";

fn negmas(from: &str, to: &str, expected: &'static str) -> Case {
    let space = SPACE.replacen(from, to, 1);
    let function = if space == SPACE { FUNCTION.replacen(from, to, 1) } else { FUNCTION.into() };
    assert!(space != SPACE || function != FUNCTION, "{from}");
    let files = vec![("a.yml", function), ("b.yml", FUNCTION.into()), ("d.yml", space)];
    Case { files, expected }
}

const WEB: &str = r#"{"LinearAdditiveUtilitySpace": {
"name": "A",
"issueUtilities": {"color": {"discreteutils": {"valueUtilities": {"red": 1.0, "blue": 0.25}}}},
"issueWeights": {"color": 1},
"domain": {"name": "d", "issuesValues": {"color": {"values": ["red", "blue"]}}},
"reservationBid": {"issuevalues": {"color": "blue"}}
}}
"#;

fn geniusweb(from: &str, to: &str, expected: &'static str) -> Case {
    assert!(WEB.contains(from), "{from}");
    let files = vec![("a.json", WEB.replacen(from, to, 1)), ("b.json", WEB.into())];
    Case { files, expected }
}

fn sheets(config: &str, first: &str, second: &str, expected: &'static str) -> Case {
    let files = vec![
        ("config.txt", config.to_owned()),
        ("scores_files/a.txt", first.to_owned()),
        ("scores_files/b.txt", second.to_owned()),
    ];
    Case { files, expected }
}

fn files(files: &[(&'static str, &str)], expected: &'static str) -> Case {
    Case { files: files.iter().map(|(p, t)| (*p, (*t).to_owned())).collect(), expected }
}

fn cases() -> Vec<Case> {
    let bomb =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n<utility_space>";
    let sheet = "1, 2\n3, 4\n5\n";
    vec![
        // GENIUS
        genius("evaluation=\"2\"", "", "missing-evaluation a.xml:4:1"),
        genius("evaluation=\"2\"", "evaluation=\"NaN\"", "not-finite a.xml:4:41"),
        genius("evaluation=\"2\"", "evaluation=\"Infinity\"", "not-finite a.xml:4:41"),
        genius("evaluation=\"2\"", "evaluation=\"two\"", "not-a-number a.xml:4:41"),
        genius("evaluation=\"2\"", "evaluation=\"-2\"", "negative-evaluation a.xml:3:1"),
        genius("evaluation=\"2\"", "evaluation=\"1e9999\"", "number-too-long a.xml:4:41"),
        genius("value=\"blue\"", "value=\"red\"", "duplicate-name a.xml:5:1"),
        genius("value=\"blue\"", "value=\"bleu\"", "unknown-option a.xml:5:24"),
        genius(
            "<item index=\"2\" value=\"blue\" evaluation=\"1\"/>\n",
            "",
            "missing-evaluation a.xml:3:1",
        ),
        genius("name=\"qty\"", "name=\"quantity\"", "unknown-issue a.xml:7:24"),
        genius(
            "<weight index=\"1\" value=\"0.5\"/>",
            "<weight index=\"1\" value=\"-0.5\"/>",
            "negative-weight a.xml:10:1",
        ),
        genius(
            "<weight index=\"1\" value=\"0.5\"/>",
            "<weight index=\"1\" value=\"inf\"/>",
            "not-finite a.xml:10:26",
        ),
        genius("<weight index=\"1\" value=\"0.5\"/>", "", "missing-weight a.xml:3:1"),
        genius(
            "<evaluator ftype=\"linear\"",
            "<evaluator ftype=\"faratin\"",
            "unknown-evaluator a.xml:8:1",
        ),
        genius(
            "<reservation value=\"0.1\"/>",
            "<discount_factor value=\"2\"/>",
            "bad-discount a.xml:13:1",
        ),
        genius(
            "<reservation value=\"0.1\"/>",
            "<reservation value=\"0.1\"/><reservation value=\"0.2\"/>",
            "duplicate-element a.xml:13:27",
        ),
        genius("</objective>", "</objectiv>", "bad-xml a.xml:12:1"),
        genius("<utility_space>", bomb, "xml-doctype a.xml:1:1"),
        domain("value=\"blue\"", "value=\"red\"", "duplicate-name d.xml:6:1"),
        domain("name=\"qty\"", "name=\"color\"", "duplicate-name d.xml:8:1"),
        domain("lowerbound=\"1\"", "lowerbound=\"4\"", "empty-issue d.xml:8:1"),
        domain("type=\"integer\"", "type=\"complex\"", "unknown-type d.xml:8:35"),
        files(&[("d.xml", DOMAIN)], "no-profiles d.xml"),
        files(&[("a.xml", PROFILE), ("b.xml", PROFILE)], "no-domain a.xml"),
        files(&[("a.xml", PROFILE), ("d.xml", DOMAIN)], "too-few-parties d.xml:1:1"),
        files(&[("d.xml", DOMAIN), ("e.xml", DOMAIN), ("a.xml", PROFILE)], "several-domains e.xml"),
        files(&[("d.xml", DOMAIN), ("a.xml", "0.5, 0.7\n")], "bad-xml a.xml:1:1"),
        // Our own
        scenario("  b: B\n", "  b: B\n  a: C\n", "duplicate-key scenario.yaml:4:3"),
        scenario("[red, blue]", "[red, red]", "duplicate-name scenario.yaml:5:16"),
        scenario("[red, blue]", "[]", "empty-issue scenario.yaml:5:3"),
        scenario("parties:", "partys:", "unknown-key scenario.yaml:1:1"),
        scenario("  b: B\n", "  b: B\n  c: C\n", "no-preferences scenario.yaml:4:6"),
        scenario("  b: B\n", "", "unknown-party parties/b.yaml:1:1"),
        scenario("[red, blue]", "&x [red, blue]", "alias scenario.yaml:5:10"),
        scenario("[red, blue]", "*x", "bad-yaml scenario.yaml:5:10"),
        scenario("[red, blue]", "[red, blue", "bad-yaml scenario.yaml:6:6"),
        scenario("from: 1", "from: 1.5", "missing-key scenario.yaml:6:16"),
        party("weight: 0.5", "wieght: 0.5", "unknown-key parties/a.yaml:3:11"),
        party("red: 1", "red: .nan", "not-finite parties/a.yaml:3:38"),
        party("red: 1", "red: -.inf", "not-finite parties/a.yaml:3:38"),
        party("red: 1", "red: '1'", "not-a-number parties/a.yaml:3:38"),
        party("red: 1", "rad: 1", "unknown-option parties/a.yaml:3:33"),
        party("red: 1, ", "", "missing-evaluation parties/a.yaml:3:33"),
        party("weight: 0.5", "weight: -0.5", "negative-weight parties/a.yaml:3:19"),
        party("  qty:", "  quantity:", "unknown-issue parties/a.yaml:4:3"),
        party("linear: {slope: 0.5}", "share: 3", "bad-value-function parties/a.yaml:4:22"),
        party(
            "reservation: 0.1",
            "reservation: 0.1\norders: {color: [red, blue]}",
            "numbers-and-statements parties/a.yaml:2:1",
        ),
        party(
            "reservation: 0.1",
            "red_lines: [{never: {color: green}}]",
            "unknown-option parties/a.yaml:1:29",
        ),
        party("reservation: 0.1", "known: rumour", "unknown-word parties/a.yaml:1:8"),
        party("reservation: 0.1", "a: 1\n---\nb: 2", "several-documents parties/a.yaml:2:1"),
        // NegMAS
        negmas("reserved_value: 0.1", "reserved_value: .nan", "not-finite a.yml:2:17"),
        negmas("blue: 0.0", "green: 0.0", "unknown-option a.yml:5:40"),
        negmas(", blue: 0.0", "", "missing-evaluation a.yml:5:30"),
        negmas("weights: [0.5, 0.5]", "weights: [0.5]", "wrong-issue-count a.yml:3:10"),
        negmas("type: AffineFun", "type: MagicFun", "unknown-function a.yml:6:10"),
        negmas(
            "type: LinearAdditiveUtilityFunction",
            "type: RandomUtilityFunction",
            "unknown-function a.yml:1:7",
        ),
        negmas("type: ContiguousIssue", "type: ContinuousIssue", "real-issue d.yml:5:21"),
        negmas("values: [1, 3]", "values: [3, 1]", "empty-issue d.yml:5:4"),
        negmas("[red, blue]", "!!python/tuple [red, blue]", "tag d.yml:4:49"),
        // GeniusWeb
        geniusweb("\"red\": 1.0", "\"red\": NaN", "not-finite a.json:3:74"),
        geniusweb("\"red\": 1.0, ", "", "missing-evaluation a.json:3:67"),
        geniusweb(
            "\"issueWeights\": {\"color\": 1}",
            "\"issueWeights\": {\"colour\": 1}",
            "unknown-issue a.json:4:18",
        ),
        geniusweb("[\"red\", \"blue\"]", "[\"red\", \"green\"]", "other-domain b.json:5:11"),
        geniusweb("{\"color\": \"blue\"}", "{\"color\": \"green\"}", "unknown-option a.json:6:45"),
        geniusweb(
            "LinearAdditiveUtilitySpace",
            "DefaultPartialOrdering",
            "unknown-function a.json:1:2",
        ),
        geniusweb("\"name\": \"A\",", "\"name\": \"A\"", "bad-json a.json:3:1"),
        // Score sheets
        sheets(
            "A,a,p1\nB,b,p2",
            sheet,
            "1, 2\n3\n5\n",
            "missing-evaluation scores_files/b.txt:2:1",
        ),
        sheets("A,a,p1\nB,b,p2", sheet, "1, x\n3, 4\n5\n", "not-a-number scores_files/b.txt:1:4"),
        sheets("A,a,p1\nB,b,p2", sheet, "1, 2\n3, 4\n", "missing-threshold scores_files/b.txt:2:1"),
        sheets("A,a,p1\nB,b,p2", sheet, "", "empty-file scores_files/b.txt"),
        sheets("A,a,p1\nB,c,p2", sheet, sheet, "missing-file config.txt:2:1"),
        sheets("A,a,p1", sheet, sheet, "unknown-party scores_files/b.txt"),
        // Folders
        files(&[("scenario.yaml", SCENARIO), ("d.xml", DOMAIN)], "mixed-formats"),
        files(&[("readme.txt", "hello")], "no-scenario"),
        files(&[("parties/a.yaml", PARTY)], "no-domain parties/a.yaml"),
        files(&[("x.yaml", "a: 1")], "unknown-file x.yaml"),
    ]
}

#[test]
fn every_bad_input_has_its_code_and_place() {
    let mut wrong = Vec::new();
    let cases = cases();
    assert!(cases.len() >= 40);
    for case in &cases {
        let borrowed: Vec<(&str, &str)> =
            case.files.iter().map(|(p, t)| (*p, t.as_str())).collect();
        let found = found(texts(&borrowed));
        if found != case.expected {
            wrong.push(format!("{} and not {}", found, case.expected));
        }
    }
    println!("{} bad inputs", cases.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn bytes_that_are_no_text_have_a_place() {
    let mut bytes = SCENARIO.as_bytes().to_vec();
    bytes.splice(11..11, [b'x', 0xFF, 0xFE]);
    let folder = Folder { name: "x".into(), files: vec![SourceFile::new("scenario.yaml", bytes)] };
    assert_eq!(found(folder), "not-utf8 scenario.yaml:2:4");
}

#[test]
fn a_file_of_a_hundred_megabytes_is_refused_unread() {
    let folder = Folder {
        name: "x".into(),
        files: vec![SourceFile::new("scenario.yaml", vec![b' '; 100 << 20])],
    };
    assert_eq!(found(folder), "file-too-large scenario.yaml");
}

#[test]
fn huge_ranges_cost_nothing() {
    let range = "parties: {a: , b: }\nissues: {x: {range: {from: 0, to: 1000000000}}}\n";
    let file = "reservation: 0\nissues: {x: {linear: {slope: 1}}}\n";
    let all = |party: &str| {
        texts(&[("scenario.yaml", range), ("parties/a.yaml", party), ("parties/b.yaml", file)])
    };
    assert_eq!(support::sound(all(file)).outcome_count(), 1_000_000_001_u64.into());
    let table = file.replace("linear: {slope: 1}", "values: {0: 1, 7: 2}");
    assert_eq!(found(all(&table)), "missing-evaluation parties/a.yaml:2:23");
    let condition = format!("{file}red_lines: [{{never: {{x: {{from: 1}}}}}}]\n");
    assert_eq!(found(all(&condition)), "too-large parties/a.yaml:3:25");
    let not = format!("{file}red_lines: [{{never: {{x: {{not: 1}}}}}}]\n");
    assert_eq!(found(all(&not)), "too-large parties/a.yaml:3:25");
}

#[test]
fn deep_nesting_is_refused_at_once() {
    for (path, text) in [
        ("scenario.yaml", "[".repeat(500_000)),
        ("scenario.yaml", "- ".repeat(500_000)),
        ("a.json", "[".repeat(500_000)),
    ] {
        let found = found(texts(&[(path, &text)]));
        // The YAML scanner has a limit of its own, which flow collections meet first.
        assert!(found.starts_with("too-deep ") || found.starts_with("bad-yaml "), "{found}");
    }
    let deep = "<utility_space>".repeat(200_000);
    assert!(found(texts(&[("a.xml", &deep), ("d.xml", DOMAIN)])).starts_with("bad-xml "));
}

#[test]
fn unusual_but_real_files_are_read_with_a_warning() {
    let codes = |from: &str, to: &str| {
        let profile = PROFILE.replacen(from, to, 1);
        let reading = read(texts(&[("a.xml", &profile), ("b.xml", PROFILE), ("d.xml", DOMAIN)]));
        assert!(reading.loaded.value.is_some());
        reading.loaded.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>()
    };
    assert_eq!(codes("a", "a"), [""; 0]);
    let weight = "<weight index=\"1\" value=\"0.5\"/>";
    assert_eq!(codes(weight, "<weight index=\"1\" value=\"0.7\"/>"), ["weights-sum"]);
    let second = format!("{weight}<weight index=\"1\" value=\"0.9\"/>");
    assert_eq!(codes(weight, &second), ["second-weight"]);
    let group = format!("{weight}<weight index=\"0\" value=\"1\"/>");
    assert_eq!(codes(weight, &group), ["weight-of-no-issue"]);
    assert_eq!(codes("lowerbound=\"1\"", "lowerbound=\"2\""), ["other-bounds"]);
}
