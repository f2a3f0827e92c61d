//! What holds of every page and text, whatever is on it.

mod cases;

use detente_report::solve_page;
use detente_report::text::{Emphasis, display_width, solve_text};
use scraper::{Html, Selector};
use std::collections::BTreeSet;

fn pages() -> Vec<(&'static str, String)> {
    cases::all().iter().map(|c| (c.name, solve_page(&c.scenario, &c.solved, &c.extras))).collect()
}

#[test]
fn pages_parse_without_an_error() {
    for (name, page) in pages() {
        let document = Html::parse_document(&page);
        assert!(document.errors.is_empty(), "{name}: {:?}", document.errors);
    }
}

#[test]
fn drawings_are_well_formed_named_and_described() {
    for (name, page) in pages() {
        let mut drawings = 0;
        for part in page.split("<svg").skip(1) {
            let end = part.find("</svg>").expect("closed");
            let svg = format!("<svg{}</svg>", &part[..end]);
            let parsed = roxmltree::Document::parse(&svg).unwrap_or_else(|e| panic!("{name}: {e}"));
            let root = parsed.root_element();
            if root.attribute("aria-hidden") == Some("true") {
                continue;
            }
            drawings += 1;
            assert_eq!(root.attribute("role"), Some("img"), "{name}");
            let labels = root.attribute("aria-labelledby").expect("labelled");
            for id in labels.split(' ') {
                let label = parsed.descendants().find(|n| n.attribute("id") == Some(id));
                let text = label.and_then(|l| l.text()).unwrap_or_default();
                assert!(!text.trim().is_empty(), "{name}: {id} is empty");
            }
            for text in ["NaN", "inf", "\"-0\""] {
                assert!(!svg.contains(text), "{name}: a drawing holds {text}");
            }
        }
        // Orders alone have no place on a scale.
        assert_eq!(drawings == 0, name == "orders-only", "{name}: {drawings} drawings");
    }
}

#[test]
fn nothing_is_fetched() {
    let allowed = "xmlns=\"http://www.w3.org/2000/svg\"";
    for (name, page) in pages() {
        let document = Html::parse_document(&page);
        for element in document.tree.values().filter_map(|n| n.as_element()) {
            let tag = element.name();
            assert!(
                ![
                    "script", "link", "iframe", "object", "embed", "img", "image", "use", "base",
                    "form"
                ]
                .contains(&tag),
                "{name}: <{tag}>"
            );
            for (key, value) in element.attrs() {
                let fetches =
                    ["src", "srcset", "href", "xlink:href", "action", "data", "poster", "ping"];
                assert!(!fetches.contains(&key) || value.starts_with('#'), "{name}: {key}={value}");
                assert!(!key.starts_with("on"), "{name}: {key}={value}");
                assert!(!value.contains("url(") || value.starts_with("url(#"), "{name}: {value}");
            }
        }
        let style = Selector::parse("style").expect("selector");
        for sheet in document.select(&style).map(|s| s.text().collect::<String>()) {
            for fetch in ["url(", "@import", "//", "@font-face", "</"] {
                assert!(!sheet.contains(fetch), "{name}: {fetch} in the style sheet");
            }
        }
        let schemes = page.replace(allowed, "").matches("http").count();
        let shown = document.root_element().text().collect::<String>().matches("http").count();
        let titles = Selector::parse("title").expect("selector");
        let named = document.select(&titles).count();
        assert!(schemes <= shown + named, "{name}: a scheme outside of text");
    }
}

#[test]
fn ids_are_unique_and_references_lead_somewhere() {
    for (name, page) in pages() {
        let document = Html::parse_document(&page);
        let mut ids = BTreeSet::new();
        let elements: Vec<_> = document.tree.values().filter_map(|n| n.as_element()).collect();
        for id in elements.iter().filter_map(|e| e.attr("id")) {
            assert!(ids.insert(id.to_owned()), "{name}: id {id} twice");
        }
        for element in &elements {
            for (key, value) in element.attrs() {
                let wanted: Vec<&str> = match key {
                    "href" => vec![value.trim_start_matches('#')],
                    "aria-labelledby" => value.split(' ').collect(),
                    _ => value
                        .strip_prefix("url(#")
                        .and_then(|v| v.strip_suffix(')'))
                        .into_iter()
                        .collect(),
                };
                for id in wanted {
                    assert!(ids.contains(id), "{name}: {key} leads to {id}, which is not there");
                }
            }
        }
    }
}

#[test]
fn pages_stay_small() {
    for (name, page) in pages() {
        assert!(page.len() < 2_000_000, "{name}: {} bytes", page.len());
    }
}

#[test]
fn every_question_is_a_heading() {
    for (name, page) in pages() {
        let document = Html::parse_document(&page);
        let headings = Selector::parse("section > h2").expect("selector");
        let all: Vec<String> = document.select(&headings).map(|h| h.text().collect()).collect();
        assert!(all.len() >= 4, "{name}: {all:?}");
        for heading in all {
            assert!(heading.ends_with('?'), "{name}: {heading}");
        }
        let first = Selector::parse("h1").expect("selector");
        assert_eq!(document.select(&first).count(), 1, "{name}");
    }
}

#[test]
fn words_that_take_sides_do_not_occur() {
    for case in cases::all() {
        let page = solve_page(&case.scenario, &case.solved, &case.extras).to_lowercase();
        let text = solve_text(&case.scenario, &case.solved, &case.extras, Emphasis::Plain);
        for word in ["opponent", "the winner", "optimal for everyone", "violation", "loser"] {
            assert!(!page.contains(word) && !text.to_lowercase().contains(word), "{word}");
        }
    }
}

#[test]
fn terminal_texts_fit_eighty_columns_and_carry_no_codes() {
    for case in cases::all() {
        let text = solve_text(&case.scenario, &case.solved, &case.extras, Emphasis::Plain);
        for line in text.lines() {
            assert!(display_width(line) <= 80, "{}: {line}", case.name);
            assert_eq!(line.trim_end(), line, "{}: trailing space", case.name);
        }
        assert!(text.ends_with('\n') && !text.contains('\u{1b}'), "{}", case.name);
        let styled = solve_text(&case.scenario, &case.solved, &case.extras, Emphasis::Ansi);
        assert!(styled.contains("\u{1b}[1m"), "{}", case.name);
        let stripped = strip(&styled);
        assert_eq!(stripped, text, "{}", case.name);
    }
}

fn strip(styled: &str) -> String {
    let mut parts = styled.split('\u{1b}');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
    }
    out
}
