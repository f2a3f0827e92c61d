use super::*;

fn read(name: &str, text: &str) -> Loaded<Asked<Staging>> {
    read_staging(SourceFile::new(name, text.as_bytes()), None)
}

fn first_error(text: &str) -> (String, String) {
    let loaded = read("case.yaml", text);
    assert!(loaded.value.is_none(), "should be refused");
    let found = loaded.diagnostics.iter().find(|d| d.is_error()).expect("an error");
    let span = found.span.expect("a place");
    assert!(!found.hints.is_empty(), "a hint");
    (found.code.to_owned(), text[span.start..span.end].trim_end().to_owned())
}

const GOOD: &str = "parties: [A, B]\ndeliverables:\n  - {id: x, by: A, steps: [{v: [-1, 3]}, {v: [-1, 3]}]}\n  - {id: y, by: B, steps: [{v: [3, -1]}]}\n";

#[test]
fn a_small_file_is_read() {
    let loaded = read("case.yaml", GOOD);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    let case = &loaded.value.expect("read").inputs[0].case;
    assert_eq!(case.target, [2, 1]);
}

#[test]
fn bad_input_is_refused_with_its_place() {
    let check = |more: &str, code: &str, place: &str| {
        assert_eq!(first_error(&format!("{GOOD}{more}\n")), (code.into(), place.into()));
    };
    check("discount: [1.2, 0.9]", "staging-out-of-range", "1.2");
    check("hazard: -0.1", "staging-out-of-range", "-0.1");
    check("leak: 7", "staging-out-of-range", "7");
    check("exposure_cap: [null, -2]", "staging-out-of-range", "-2");
    check("residual: [1]", "staging-per-party", "[1]");
    check("target: {z: 1}", "staging-no-such-deliverable", "z");
    check("order: [{earlier: {x: 9}, later: {y: 1}}]", "staging-no-such-step", "9");
    check(
        "calendar: {start: 2031-03-01, events: [{title: e, date: 2031-02-01}]}",
        "staging-date-before-start",
        "2031-02-01",
    );
    check("deadline: 2031-02-01", "staging-date-without-calendar", "2031-02-01");
    check(
        "calendar: {start: 2031-03-01}\ndeadline: 2031-02-01",
        "staging-date-before-start",
        "2031-02-01",
    );
    check(
        "calendar: {start: 2031-03-01}\nwindows: [{step: {x: 1}, from: 2031-06-01, until: 2031-04-01}]",
        "staging-window",
        "{step: {x: 1}, from: 2031-06-01, until: 2031-04-01}",
    );
    check("max_phases: 0", "staging-limit", "0");
    check("discount: {C: 1}", "staging-no-such-party", "C");
}

#[test]
fn nobody_carries_it_out() {
    let text = "parties: [A, B]\ndeliverables:\n  - {id: x, by: C, steps: [{v: [-1, 3]}]}\n";
    assert_eq!(first_error(text), ("staging-nobody".into(), "C".into()));
    let text = "parties: [A, B]\ndeliverables:\n  - {id: x, steps: [{v: [-1, 3]}]}\n";
    assert_eq!(first_error(text).0, "staging-nobody");
}

#[test]
fn a_circle_is_named() {
    let text = format!(
        "{GOOD}order:\n  - {{earlier: {{x: 2}}, later: {{y: 1}}}}\n  - {{earlier: {{y: 1}}, later: {{x: 1}}}}\n"
    );
    let loaded = read("case.yaml", &text);
    let error = loaded.diagnostics.iter().find(|d| d.is_error()).expect("an error");
    assert_eq!(error.code, "staging-order-cycle");
    assert!(error.message.contains("x step 2 → y step 1"), "{}", error.message);
}

#[test]
fn unknown_names_are_pointed_out() {
    let loaded = read("case.yaml", &format!("{GOOD}hazzard: 0.1\n"));
    let warning = &loaded.diagnostics[0];
    assert_eq!(warning.code, "staging-unknown-key");
    assert_eq!(warning.hints, ["did you mean `hazard`?"]);
}

/// A window's start is the first phase that begins on or after its date, its
/// end and a deadline the last that begins on or before theirs.
#[test]
fn dates_become_phases() {
    let text = format!(
        "{GOOD}calendar: {{start: 2031-01-01, phase_days: 30}}\ndeadline: 2031-03-10\nwindows:\n  - {{step: {{x: 1}}, from: 2031-01-02, until: 2031-03-02}}\n"
    );
    let loaded = read("case.yaml", &text);
    let block = loaded.value.expect("read").inputs.remove(0);
    // Phases begin on 1 and 31 January, 2 March and 1 April.
    assert_eq!(block.case.limits.max_phases, Some(3));
    let window = &block.case.limits.windows[0];
    assert_eq!((window.from, window.until), (2, Some(3)));
    let days = &block.calendar.expect("a calendar").days;
    assert_eq!(days[..3], ["2031-01-01", "2031-01-31", "2031-03-02"]);
}

#[test]
fn a_value_on_persons_is_pointed_out() {
    let text = "parties: [A, B]\ndeliverables:\n  - {id: held, by: A, concerns: persons, steps: [{v: [-1, 3]}]}\n";
    let loaded = read("case.yaml", text);
    assert!(loaded.diagnostics.iter().any(|d| d.code == "staging-persons-valued"));
    assert!(loaded.value.is_some());
}

proptest::proptest! {
    #[test]
    fn any_text_is_answered(text in ".{0,200}") {
        let _ = read("a.yaml", &text);
        let _ = read("a.json", &text);
        let _ = read_ratification(SourceFile::new("a.json", text.as_bytes()), None);
    }

    #[test]
    fn any_cut_of_a_good_file_is_answered(at in 0_usize..200) {
        let cut: String = GOOD.chars().take(at).collect();
        let _ = read("a.yaml", &cut);
    }
}
