//! The rows of SCENE.md that the record implements: each prints what the row says.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests say what went wrong by failing"
)]

use std::path::Path;
use std::process::Command;

fn detente(arguments: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(arguments)
        .current_dir(root)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The text with its lines joined, so that a break does not hide what is there.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const SCENE: &str = "examples/cairo-2024";

/// S1, S2: principals who do not meet, mediators with different reach.
#[test]
fn channels_reach_and_single_points_of_failure() {
    let text = flat(&detente(&["picture", SCENE, "--as-of", "2024-10-27"]));
    for words in [
        "Egypt: reaches Israel, Hamas",
        "Qatar: reaches Israel reservations",
        "Israel – Qatar (reluctant)",
        "if it closes, no recorded channel joins Israel and Hamas",
        "single point of failure: Egypt alone joins Israel and Hamas",
    ] {
        assert!(text.contains(words), "{words} not in {text}");
    }
}

/// S1, S2, on fiction: sides who never meet, mediators of different reach, and
/// what happens when one of them holds back.
#[test]
fn offers_travel_only_along_channels() {
    let shuttle = ["run", "examples/lake-orla", "--protocol", "shuttle", "--rounds", "200"];
    let passes = ["--negotiators", "linear", "--quota", "5", "--seed", "1"];
    let text = flat(&detente(&[&shuttle[..], &passes].concat()));
    for words in [
        "the sides speak only through mediators",
        "Judge Amare, retired (relay): reaches Republic of Verin, Lake Fishers' Union, Council of the Clans",
        "single point of failure: Judge Amare, retired alone joins Council of the Clans and the others",
        "an offer passes through 2 mediators in a row at the most",
        "Agreement after 172 rounds",
    ] {
        assert!(text.contains(words), "{words} not in {text}");
    }
    let held = flat(&detente(&[&shuttle[..], &passes, &["--mediators", "hold"]].concat()));
    assert!(held.contains("No agreement: all 200 rounds passed"), "{held}");
}

/// S4: partial answers as reported, never numbers.
#[test]
fn acceptance_in_principle_stands_beside_refusal() {
    let text = flat(&detente(&["picture", SCENE, "--as-of", "2024-10-27"]));
    assert!(text.contains("Hamas: accepted in principle. Welcomes the possibility of a truce"));
    assert!(text.contains("Hamas: refused. Will not accept the other side's terms in full"));
}

/// S4: answers package by package, on fiction.
#[test]
fn packages_are_answered_one_by_one_and_a_proposal_accepted() {
    let text = flat(&detente(&["mediate", "examples/tiny", "--simulate", "--questions", "3"]));
    for words in ["The road taken", "Proposal 1", "A accepts", "B accepts", "Agreed."] {
        assert!(text.contains(words), "{words} not in {text}");
    }
}

/// S7: reports, unnamed sources, corroboration, "not affirmed".
#[test]
fn one_origin_two_renderings_and_answers_that_affirm_nothing() {
    let text = flat(&detente(&["record", "check", SCENE]));
    for words in [
        "From published reports up to 2024-10-30. Claims, not findings. Incomplete. Not for operational use.",
        "one origin, 2 renderings that conflict, not corroboration: two unnamed Israeli officials, through Axios",
        "rests on a single unnamed source",
        "not affirmed: The New Arab",
        "no comment: Shin Bet",
        "no comment: Egyptian officials",
    ] {
        assert!(text.contains(words), "{words} not in {text}");
    }
}

/// S8: a new intelligence chief while talks are on, and a chief killed.
#[test]
fn roles_change_hands_by_day() {
    let after = flat(&detente(&["picture", SCENE, "--as-of", "2024-10-27"]));
    assert!(after.contains("Hassan Rashad: director of general intelligence, since 2024-10-16"));
    assert!(after.contains("Abbas Kamel: formerly director of general intelligence"));
    assert!(after.contains("Yahya Sinwar: formerly chief, until 2024-10-14 to 2024-10-20"));
    let before = flat(&detente(&["picture", SCENE, "--as-of", "2024-10-10"]));
    assert!(!before.contains("Hassan Rashad: director"), "{before}");
}

/// S11, in the record only: a claim, contested, without a finding.
#[test]
fn the_treaty_question_is_contested_and_has_no_finding() {
    let text = flat(&detente(&["record", "show", SCENE, "treaty-question"]));
    assert!(text.contains("conflict: the origins give 2 versions"), "{text}");
    assert!(text.ends_with("finding: none"));
}

/// S13: incidents and reports beside the talks, as text, drawing and page.
#[test]
fn the_timeline_runs_beside_reports_and_incidents() {
    let text = detente(&["picture", SCENE]);
    let lanes = [
        "  Talks\n",
        "  Reports\n",
        "  Incidents, as claimed\n",
        "  Instruments and coming days\n",
    ];
    let places: Vec<usize> =
        lanes.iter().map(|l| text.find(l).unwrap_or_else(|| panic!("{l} not in {text}"))).collect();
    assert!(places.is_sorted());
    assert!(
        flat(&text)
            .contains("2024-05-01 to 2024-05-10 (worded: since early May): Rafah crossing closed")
    );
    let folder = tempfile::tempdir().unwrap();
    for name in ["scene.html", "scene.svg"] {
        let path = folder.path().join(name);
        detente(&["picture", SCENE, "--out", &path.to_string_lossy()]);
        let drawn = std::fs::read_to_string(&path).unwrap();
        assert!(
            drawn.contains("<title")
                && drawn.contains("<desc")
                && drawn.contains("Claims, not findings.")
        );
        // Nothing is fetched: every address is a namespace or plain words.
        assert!(
            !drawn.contains("src=")
                && !drawn.replace("href=\"#", "").contains("href=")
                && !drawn.contains("url(")
                && !drawn.contains("@import")
        );
    }
}

/// S3: many matters on one table, and what would open an agreement.
#[test]
fn many_matters_on_one_table() {
    let text = flat(&detente(&["solve", "examples/lake-orla"]));
    for words in ["6 sides", "Is an agreement possible? No.", "14,580"] {
        assert!(text.contains(words), "{words} not in {text}");
    }
}

/// S5: a small deal that precludes the broad one, and one that precedes it.
#[test]
fn a_small_deal_precludes_and_another_precedes() {
    let text = flat(&detente(&["interim", "examples/three-lights"]));
    for words in [
        "PRECLUDES — after it no broad deal can be carried out.",
        "PRECEDES — it opens the way to the broad deal.",
        "The most of it that is safe:",
        "A bond posted with it would restore the_whole_strait",
    ] {
        assert!(text.contains(words), "{words} not in {text}");
    }
}

/// S10, S14: dated events, and deliverables phase by phase.
#[test]
fn phases_and_what_the_calendar_does_to_them() {
    let text = flat(&detente(&["stage", "examples/three-lights"]));
    for words in [
        "Nobody gains by leaving at any point",
        "2031-08-20, before phase 3: a new council on Halm",
        "After phase 4 no deal can be staged any more.",
        "Halm: moorings 1, crews (all 2)",
    ] {
        assert!(text.contains(words), "{words} not in {text}");
    }
}

/// S12: acceptance at home.
#[test]
fn who_refuses_at_home_and_the_cheapest_change() {
    let text = flat(&detente(&["ratify", "examples/three-lights"]));
    for words in [
        "1 of 18 outcomes pass at home on every side",
        "harbour folk",
        "The cheapest change that passes everywhere",
        "How the deals change when they must pass at home",
        "with ratification: moorings half, nets half, beacon on",
    ] {
        assert!(text.contains(words), "{words} not in {text}");
    }
}

/// S6, on fiction: what a draft gives away although nobody told anything.
#[test]
fn a_draft_tells_more_than_its_words() {
    let text = flat(&detente(&["leak", "examples/salt-road", "--to", "oued-sel"]));
    for words in [
        "Town of Oued Sel could guess Caravans of Tamrit's limit 20 times in 100 now; after this draft",
        "Worst named fact:",
        "The whole case so far:",
    ] {
        assert!(text.contains(words), "{words} not in {text}");
    }
}

/// S11: zones with their ceilings, as public texts give them; no word on who kept them.
#[test]
fn the_treaty_regime_has_its_zones_and_alleges_nothing() {
    let text = flat(&detente(&[
        "agreement",
        "due",
        "examples/egypt-israel-treaty",
        "--as-of",
        "2024-01-01",
    ]));
    assert!(text.contains("as of 2024-01-01"), "{text}");
    let text = flat(&detente(&[
        "agreement",
        "status",
        "examples/egypt-israel-treaty",
        "--as-of",
        "2024-01-01",
    ]));
    for words in [
        "at most 22000 personnel",
        "Zone D than agreed: at most 4 battalions",
        "0 claims, 0 incidents, 0 findings",
    ] {
        assert!(text.contains(words), "{words} not in {text}");
    }
}

/// S13, S14: incidents over months; deliverables counted, promised beside verified.
#[test]
fn what_was_delivered_stands_beside_what_was_promised() {
    let text = flat(&detente(&[
        "agreement",
        "status",
        "examples/three-lights-agreement",
        "--as-of",
        "2032-03-01",
    ]));
    for words in
        ["promised declared verified", "crews persons gone home 8 4 4", "i1 — Lamps over the reef"]
    {
        assert!(text.contains(words), "{words} not in {text}");
    }
}

const TALKS: &str = "examples/river-talks/log.jsonl";

fn sees(person: &str, more: &[&str]) -> String {
    flat(&detente(&[&["log", "show", TALKS, "--as", person], more].concat()))
}

/// S1, in live talks: what comes from the other side comes through a mediator.
#[test]
fn words_are_carried_by_a_mediator_with_their_attribution() {
    let text = sees("Dov", &[]);
    assert!(text.contains("position from River Office (Lead), reporting people close to the upper council in its own words: A pause"));
    assert!(!text.contains("from Upper Town"), "{text}");
    assert!(sees("Lead", &[]).contains("conveyed to 1 other room(s)"));
}

/// S2, in live talks: the second mediator has its own reach and its own rooms.
#[test]
fn a_second_mediator_sees_its_own_rooms() {
    let text = sees("Abbot", &[]);
    assert!(text.contains("Between us: the council is divided."));
    assert!(!text.contains("River Office – ") && !text.contains("orchards are watered"), "{text}");
    assert!(!sees("Lead", &[]).contains("the council is divided"));
}

/// S4, in live talks: yes, if — sealed, and not a yes.
#[test]
fn a_conditional_yes_is_sealed() {
    let text = sees("Ulla", &["--at", "2025-03-11"]);
    assert!(text.contains("your side's sealed answer: yes, if: if the ferry runs daily"), "{text}");
    assert!(sees("Ulla", &[]).contains("Half open until June: accepted at 2025-03-12T18"));
    for other in ["Lead", "Dov", "Abbot"] {
        for at in ["2025-03-11", "2025-03-12"] {
            assert!(!sees(other, &["--at", at]).contains("runs daily"), "{other}");
        }
    }
}

/// S6, in live talks: a channel of which nobody else finds a trace.
#[test]
fn a_secret_room_is_for_those_in_it() {
    assert!(sees("Dov", &[]).contains(
        "Ferry house [secret] who sees this: River Office (Lead only), Lower Town (Dov only)"
    ));
    for outside in ["Abbot", "Ulla", "Gus", "Ida"] {
        assert!(!sees(outside, &[]).contains("Ferry"), "{outside}");
    }
}

/// S8, in live talks: a head is lost, another comes, the thread stays.
#[test]
fn a_delegation_changes_hands_without_losing_the_thread() {
    let text = sees("Ulla", &[]);
    for words in [
        "Una for Upper Town: may read, draft, speak, accept, lead",
        "(has left)",
        "basis: letter of the upper council, 6 March",
        "position from Upper Town (Una): A pause in shutting the gate",
    ] {
        assert!(text.contains(words), "{words} not in {text}");
    }
    assert!(sees("Una", &[]).contains("no place in the talks"));
}

/// S9: another front, and an issue that comes with it.
#[test]
fn a_party_and_an_issue_join_while_talks_run() {
    let now = sees("Dov", &[]);
    assert!(now.contains("Island Parish (party)") && now.contains("ferry"), "{now}");
    let before = sees("Dov", &["--at", "2025-03-06"]);
    assert!(!before.contains("Island Parish") && !before.contains("ferry"), "{before}");
    assert!(!sees("Abbot", &["--at", "2025-03-06"]).contains("Island"));
}
