//! The JSON Schemas in `docs/schema` agree with the reader, and the format's
//! page says nothing that is not so.

use crate::tree::{Data, Node, parse_yaml};
use crate::{Folder, SourceFile, read};
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn text(path: &str) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// A tree as an editor sees it: bare numbers and truth values are no texts.
fn value(node: &Node) -> Value {
    match &node.data {
        Data::Null => Value::Null,
        Data::Text { text, plain: true } => {
            serde_json::from_str(text).unwrap_or_else(|_| json!(text))
        }
        Data::Text { text, plain: false } => json!(text),
        Data::List(items) => items.iter().map(value).collect(),
        Data::Map(entries) => {
            entries.iter().map(|e| (e.key.clone(), value(&e.value))).collect::<Map<_, _>>().into()
        }
    }
}

fn yaml(text: &str) -> Value {
    value(&parse_yaml("f", text).unwrap())
}

struct Schemas {
    scenario: Validator,
    party: Validator,
}

impl Schemas {
    fn load() -> Self {
        let parse = |path: &str| serde_json::from_str::<Value>(&text(path)).unwrap();
        let party = parse("docs/schema/party.schema.json");
        let mut scenario = parse("docs/schema/scenario.schema.json");
        // The one refers to the other's file; here both are at hand.
        scenario["$defs"]["party"] = party.clone();
        Self {
            scenario: jsonschema::validator_for(&scenario).unwrap(),
            party: jsonschema::validator_for(&party).unwrap(),
        }
    }
}

fn assert_valid(schema: &Validator, value: &Value, what: &str) {
    let errors: Vec<String> =
        schema.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

#[test]
fn every_example_is_valid() {
    let schemas = Schemas::load();
    let mut checked = 0;
    let folders = std::fs::read_dir(root().join("examples")).unwrap().map(|e| e.unwrap().path());
    let own =
        [root().join("crates/formats/tests/data/crossing"), root().join("tests/negmas/mixed")];
    for folder in folders.chain(own) {
        let main = folder.join("scenario.yaml");
        if !main.exists() {
            continue;
        }
        let read = |path: &Path| yaml(&std::fs::read_to_string(path).unwrap());
        assert_valid(&schemas.scenario, &read(&main), &main.display().to_string());
        for party in std::fs::read_dir(folder.join("parties")).unwrap() {
            let party = party.unwrap().path();
            assert_valid(&schemas.party, &read(&party), &party.display().to_string());
            checked += 1;
        }
    }
    assert!(checked >= 10, "{checked}");
}

#[test]
fn what_the_reader_refuses_the_schema_underlines() {
    let schemas = Schemas::load();
    for bad in [
        "parties: {a: , b: }",
        "parties: {a: }\nissues: {x: [p]}",
        "parties: {a: , b: }\nissues: {x: [p]}\nissue: 1",
        "parties: {a: , b: }\nissues: {x: []}",
        "parties: {a: , b: }\nissues: {x: {options: [p], range: {from: 1, to: 2}}}",
        "parties: {a: , b: }\nissues: {x: {range: {from: 1}}}",
        "parties: {a: , b: }\nissues: {x: {range: {from: one, to: 2}}}",
        "parties: {a: , b: }\nissues: {x: [p]}\nconstraints: {c: {forbid: {x: p}}}",
        "parties: {a: , b: }\nissues: {x: [p]}\nconstraints: {c: {basis: law, forbid: {x: p}}}",
        "parties: {a: , b: }\nissues: {x: [p]}\nconstraints: {c: {basis: practical, when: {x: p}}}",
        "parties: {a: , b: }\nissues: {x: [p]}\nacceptance: majority",
        "parties: {a: , b: }\nissues: {x: [p]}\npreferences: {a: {known: rumour}}",
    ] {
        assert!(!schemas.scenario.is_valid(&yaml(bad)), "{bad}");
        let file = SourceFile::new("scenario.yaml", bad);
        let reading = read(Folder { name: "x".into(), files: vec![file] });
        assert!(reading.loaded.has_errors(), "the reader takes {bad}");
    }
    let scenario = "parties: {a: , b: }\nissues: {x: [p, q], n: {range: {from: 1, to: 2}}}";
    for bad in [
        "reservation: much",
        "reservation: 0\nissues: {x: {wieght: 1, values: {p: 1, q: 0}}}",
        "reservation: 0\nissues: {x: {weight: 1}}",
        "reservation: 0\nissues: {x: {values: {p: .nan, q: 0}}}",
        "reservation: 0\nissues: {n: {linear: {intercept: 1}}}",
        "reservation: 0\ninteractions: [{when: {x: p}}]",
        "reservation: 0\nred_lines: [{reason: none}]",
        "orders: {x: p}",
        "orders: {x: {tiers: [p, q]}}",
        "positions: {x: [p, q]}",
        "weights: {x: [0.1, 0.2, 0.3]}",
        "weights: {x: heavy}",
        "values: {x: [0, 1]}",
        "comparisons: [{better: {x: p}}]",
        "comparisons: [{equal: [{x: p}]}]",
        "comparisons: {better: {x: p}, worse: {x: q}}",
        "accepts: {x: p, n: 1}",
        "ranking: {x: p}",
        "wont_say: no agreement",
    ] {
        assert!(!schemas.party.is_valid(&yaml(bad)), "{bad}");
        let files = vec![
            SourceFile::new("scenario.yaml", scenario),
            SourceFile::new("parties/a.yaml", bad),
            SourceFile::new("parties/b.yaml", "orders: {x: [p, q]}"),
        ];
        let reading = read(Folder { name: "x".into(), files });
        assert!(reading.loaded.has_errors(), "the reader takes {bad}");
    }
}

/// The first block of YAML under a heading of the format's page.
fn block(page: &str, heading: &str) -> String {
    let section = page.split(&format!("\n## {heading}\n")).nth(1).expect("the heading");
    let block = section.split("```yaml\n").nth(1).expect("a block");
    block.split("```").next().expect("its end").to_owned()
}

#[test]
fn the_page_is_true() {
    let schemas = Schemas::load();
    let page = text("docs/formats/detente-yaml.md");
    let main = block(&page, "scenario.yaml");
    let north = block(&page, "parties/north.yaml");
    let south = block(&page, "parties/south.yaml");
    assert_valid(&schemas.scenario, &yaml(&main), "the page's scenario");
    assert_valid(&schemas.party, &yaml(&north), "the page's North");
    assert_valid(&schemas.party, &yaml(&south), "the page's South");
    let files = vec![
        SourceFile::new("scenario.yaml", main),
        SourceFile::new("parties/north.yaml", north),
        SourceFile::new("parties/south.yaml", south),
    ];
    let reading = read(Folder { name: "x".into(), files });
    assert_eq!(reading.loaded.diagnostics, vec![]);
    let single = block(&page, "One file");
    assert_valid(&schemas.scenario, &yaml(&single), "the page's single file");
    let file = SourceFile::new("deal.yaml", single);
    let reading = read(Folder { name: "x".into(), files: vec![file] });
    assert_eq!(reading.loaded.diagnostics, vec![]);
}
