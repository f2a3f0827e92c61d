//! `detente mediate` with people who answer from their sheets: honest ones,
//! one who lies, one who refuses, one who contradicts itself, one who answers
//! at random; and a process that is killed.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failing test may panic, and says what it skipped"
)]

use detente_analysis::Problem;
use detente_formats::{Folder, SourceFile};
use detente_model::Scenario;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const SHEETS: &str = "2010-ItexvsCypress";

fn sheets(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/scenarios/genius").join(name)
}

/// How a person answers.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Conduct {
    /// As its sheet says.
    Honest,
    /// As if it could do without nearly every deal, and its first issue were all.
    Lying,
    /// Says nothing, and refuses every proposal.
    Refusing,
    /// Orders honestly, then compares against its own orders each time.
    Contradicting,
    /// Tosses a coin.
    Random,
}

/// People at one keyboard, who read what is printed and answer from their sheets.
struct Table {
    sheets: PathBuf,
    scenario: Scenario,
    problem: Problem,
    conduct: Vec<Conduct>,
    present: usize,
    coin: u64,
}

/// Lines of one prompt, and what was typed.
type Exchange = (Vec<String>, String);

impl Table {
    /// `None` where the sheets are not there.
    fn new(name: &str, conduct: &[Conduct]) -> Option<Self> {
        let sheets = sheets(name);
        let Ok(entries) = std::fs::read_dir(&sheets) else {
            println!("skipped: no scenario at {}", sheets.display());
            return None;
        };
        let mut paths: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
        paths.sort();
        let file = |p: &PathBuf| SourceFile::new(p.to_string_lossy(), std::fs::read(p).unwrap());
        let files = paths.iter().map(file).collect();
        let folder = Folder { name: "sheets".into(), files };
        let scenario = detente_formats::read(folder).loaded.value.unwrap();
        let problem = Problem::new(&scenario).unwrap();
        Some(Self { sheets, scenario, problem, conduct: conduct.to_vec(), present: 0, coin: 7 })
    }

    fn toss(&mut self) -> bool {
        self.coin = self.coin.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        self.coin >> 40 & 1 == 0
    }

    fn conduct(&self) -> Conduct {
        self.conduct[self.present]
    }

    /// What the present party says an option is worth.
    fn worth(&self, issue: usize, option: usize) -> i64 {
        let worth = self.problem.row(issue, option)[self.present];
        if self.conduct() == Conduct::Lying && issue == 0 { 3 * worth } else { worth }
    }

    fn none(&self) -> i64 {
        let none = self.problem.reservations[self.present];
        let best: i64 = (0..self.scenario.issues().len())
            .map(|i| {
                (0..self.problem.size(i))
                    .map(|o| self.problem.row(i, o)[self.present])
                    .max()
                    .unwrap()
            })
            .sum();
        if self.conduct() == Conduct::Lying { none.max(best * 6 / 10) } else { none }
    }

    /// `issue: option; …` or one of each line.
    fn read(&self, package: &str) -> i64 {
        self.parts(package).into_iter().map(|part| part.1).sum()
    }

    /// The same issue by issue.
    fn parts(&self, package: &str) -> Vec<(usize, i64)> {
        let issues = self.scenario.issues();
        let settled = package.split([';', '\n']).map(str::trim).filter(|s| !s.is_empty());
        settled
            .map(|text| {
                let of = |i: &usize| text.starts_with(&format!("{}: ", issues[*i].name));
                let issue = (0..issues.len()).find(of).unwrap();
                let option = &text[issues[issue].name.len() + 2..];
                let named = |o: &usize| issues[issue].option_name(*o) == option;
                (issue, self.worth(issue, (0..self.problem.size(issue)).find(named).unwrap()))
            })
            .collect()
    }

    fn order(&self, mut things: Vec<(i64, usize)>) -> String {
        if self.conduct() == Conduct::Refusing {
            return "-".into();
        }
        things.sort_by_key(|&(worth, thing)| (std::cmp::Reverse(worth), thing));
        let mut text = String::new();
        let mut last = None;
        for (worth, thing) in things {
            text.push_str(if last == Some(worth) { "=" } else { " " });
            text.push_str(&(thing + 1).to_string());
            last = Some(worth);
        }
        text
    }

    fn yes(&mut self, yes: bool) -> String {
        let said = match self.conduct() {
            Conduct::Refusing => return "-".into(),
            Conduct::Random => self.toss(),
            _ => yes,
        };
        if said { "y" } else { "n" }.into()
    }

    /// The answer to a prompt that is complete; `None` while it is not.
    fn answer(&mut self, prompt: &[String]) -> Option<String> {
        let last = prompt.last()?.as_str();
        let issues = self.scenario.issues().len();
        let listed = prompt.iter().rev().take_while(|l| l.starts_with("  ")).count();
        let head = &prompt[prompt.len() - 1 - listed.min(prompt.len() - 1)];
        let values = |i: usize| (0..self.problem.size(i)).map(move |o| (i, o));
        if let Some(name) = last.strip_prefix("— ").and_then(|l| l.strip_suffix(" —")) {
            self.present = self.scenario.parties().iter().position(|p| p.name == name).unwrap();
            None
        } else if let Some(name) = head.strip_suffix(", all else being equal:") {
            let issue = self.scenario.issues().iter().position(|i| i.name == name).unwrap();
            (listed == self.problem.size(issue))
                .then(|| self.order(values(issue).map(|(i, o)| (self.worth(i, o), o)).collect()))
        } else if head.starts_with("Where would the change") {
            let swing = |i: usize| {
                let worths = || values(i).map(|(i, o)| self.worth(i, o));
                worths().max().unwrap() - worths().min().unwrap()
            };
            (listed == issues).then(|| self.order((0..issues).map(|i| (swing(i), i)).collect()))
        } else if head.contains("the step that would cost you least comes first") {
            let named = |line: &str| {
                let name = line.trim().split_once("  ").unwrap().1;
                let of =
                    |i: &usize| name.starts_with(&format!("{}: ", self.scenario.issues()[*i].name));
                (0..issues).find(of).unwrap()
            };
            let listed: Vec<usize> =
                prompt[prompt.len() - listed..].iter().map(|l| named(l)).collect();
            let step = |i: usize| {
                let mut worths: Vec<i64> = values(i).map(|(i, o)| self.worth(i, o)).collect();
                worths.sort_unstable_by(|a, b| b.cmp(a));
                worths.dedup();
                worths[0] - worths[1]
            };
            // All lines are there when each issue with a step has its own.
            let steps = (0..issues).filter(|&i| {
                let mut worths = values(i).map(|(i, o)| self.worth(i, o));
                let first = worths.next();
                worths.any(|w| Some(w) != first)
            });
            (listed.len() == steps.count()).then(|| {
                let places = listed.iter().enumerate();
                self.order(places.map(|(n, &i)| (-step(i), n)).collect())
            })
        } else if last.starts_with("One number;") {
            let listed =
                prompt[..prompt.len() - 1].iter().rev().take_while(|l| l.starts_with("  ")).count();
            let prompt = &prompt[..prompt.len() - 1];
            let worths = |i| values(i).map(|(i, o)| self.worth(i, o));
            let mut rung: i64 = (0..issues).map(|i| worths(i).min().unwrap()).sum();
            let mut place = 1;
            let from = prompt.len() - listed + 1;
            for line in &prompt[from..prompt.len() - 1] {
                if rung >= self.none() {
                    break;
                }
                let name = line.split_once("your best on ").unwrap().1;
                let of =
                    |i: &usize| name.starts_with(&format!("{} (", self.scenario.issues()[*i].name));
                let issue = (0..issues).find(of).unwrap();
                rung += worths(issue).max().unwrap() - worths(issue).min().unwrap();
                place += 1;
            }
            if rung < self.none() {
                place += 1;
            }
            Some(match self.conduct() {
                Conduct::Refusing => "-".into(),
                Conduct::Random => if self.toss() { "1" } else { "2" }.into(),
                _ => place.to_string(),
            })
        } else if last.starts_with("Would you take your worst option") {
            let least =
                (0..issues).map(|i| values(i).map(|(i, o)| self.worth(i, o)).min().unwrap());
            let yes = least.sum::<i64>() >= self.none();
            Some(self.yes(yes))
        } else if last.starts_with("a or b;") {
            let side = |key: &str| {
                let line = prompt.iter().rev().find(|l| l.starts_with(key)).unwrap();
                &line[key.len()..]
            };
            let (a, b) = match side("  a  ").strip_prefix("for sure: ") {
                Some(sure) => {
                    let two = prompt.iter().any(|l| l.contains("or two coins tossed?"));
                    let heads = side(if two { "  b  both heads: " } else { "  b  heads: " });
                    let others = if two { 3 } else { 1 };
                    let mut brings = self.parts(sure);
                    for part in self.parts(heads.strip_prefix("the same, but ").unwrap_or(heads)) {
                        brings[part.0] = part;
                    }
                    let heads: i64 = brings.into_iter().map(|part| part.1).sum();
                    let tails =
                        match side(if two { "     anything else: " } else { "     tails: " }) {
                            "no agreement" => self.none(),
                            deal => self.read(deal),
                        };
                    ((1 + others) * self.read(sure), heads + others * tails)
                }
                None => (self.read(side("  a  ")), self.read(side("  b  "))),
            };
            Some(match self.conduct() {
                Conduct::Refusing => "-".into(),
                Conduct::Random => if self.toss() { "a" } else { "b" }.into(),
                Conduct::Contradicting => if a > b { "b" } else { "a" }.into(),
                _ if a == b => "=".into(),
                _ => if a > b { "a" } else { "b" }.into(),
            })
        } else if last.starts_with("y or n;") || last.starts_with("Do you accept?") {
            let from = prompt
                .iter()
                .rposition(|l| l.contains("no agreement?") || l.starts_with("Proposal "))
                .unwrap();
            let worth = self.read(&prompt[from + 1..prompt.len() - 1].join("\n"));
            let acceptable = worth >= self.problem.reservations[self.present];
            match self.conduct() {
                // Nobody signs what is truly below its reservation value.
                _ if last.starts_with("Do you") && self.conduct() != Conduct::Refusing => {
                    Some(if acceptable { "y" } else { "n" }.into())
                }
                Conduct::Refusing if last.starts_with("Do you") => Some("n".into()),
                _ => {
                    let yes = worth >= self.none();
                    Some(self.yes(yes))
                }
            }
        } else if last.starts_with("Which would you like to answer anew?")
            || last.contains("A number, or - to leave")
        {
            Some("-".into())
        } else {
            None
        }
    }

    /// Plays until the command ends, or is killed after so many answers:
    /// standard output and what was said.
    fn play(
        &mut self,
        answers: &Path,
        more: &[&str],
        killed_after: Option<usize>,
    ) -> (String, Vec<Exchange>) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
            .args([
                "mediate",
                self.sheets.to_str().unwrap(),
                "--answers",
                answers.to_str().unwrap(),
            ])
            .args(more)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut keyboard = child.stdin.take().unwrap();
        let (mut prompt, mut said) = (Vec::new(), Vec::new());
        for line in BufReader::new(child.stderr.take().unwrap()).lines() {
            prompt.push(line.unwrap());
            if let Some(answer) = self.answer(&prompt) {
                if killed_after == Some(said.len()) {
                    child.kill().unwrap();
                    break;
                }
                writeln!(keyboard, "{answer}").unwrap();
                said.push((std::mem::take(&mut prompt), answer));
            }
        }
        said.push((prompt, String::new()));
        let output = child.wait_with_output().unwrap();
        assert!(killed_after.is_some() || output.status.success(), "{said:?}");
        (String::from_utf8(output.stdout).unwrap(), said)
    }
}

/// One line of words, however they were broken.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The end of a mediation between such people, with the whole talk.
fn end(conduct: [Conduct; 2], more: &[&str]) -> Option<(String, String)> {
    end_at(SHEETS, &conduct, more)
}

fn end_at(name: &str, conduct: &[Conduct], more: &[&str]) -> Option<(String, String)> {
    let mut table = Table::new(name, conduct)?;
    let folder = tempfile::tempdir().unwrap();
    let (end, said) = table.play(&folder.path().join("a.jsonl"), more, None);
    let talk: Vec<String> = said
        .into_iter()
        .map(|(prompt, answer)| format!("{}\n> {answer}", prompt.join("\n")))
        .collect();
    Some((flat(&end), talk.join("\n")))
}

#[test]
fn honest_people_come_to_a_deal() {
    let Some((end, talk)) = end([Conduct::Honest; 2], &[]) else { return };
    assert!(end.ends_with("Agreed."), "{end}");
    assert!(end.contains("People answered for all parties. Each party's questions were chosen from its own answers alone."));
    assert!(end.contains("It was accepted."), "{end}");
    assert!(!talk.contains("do not go together"), "{talk}");
    // Each is done in one sitting, and comes back for the proposal.
    let seats = talk.matches("— Itex —").count();
    assert!(seats == talk.matches("— Cypress —").count() && seats <= 4, "{talk}");
}

/// Coins are asked about where that was asked for, and the words suffice.
#[test]
fn people_can_choose_between_a_deal_and_a_chance_of_another() {
    let coins = ["--coins", "yes", "--from", "joint", "--questions", "15"];
    let Some((end, talk)) = end_at("other-Domain4", &[Conduct::Honest; 6], &coins) else { return };
    assert!(talk.contains("a deal for sure, or a coin tossed?"), "{talk}");
    assert!(talk.contains("a deal for sure, or two coins tossed?"), "{talk}");
    assert!(end.ends_with("Agreed."), "{end}");
    assert!(!talk.contains("This is unusual beside your other answers"), "{talk}");
}

#[test]
fn where_one_lies_nobody_signs_below_its_limit() {
    let Some((end, talk)) = end([Conduct::Lying, Conduct::Honest], &[]) else { return };
    assert!(end.ends_with("Agreed.") || end.contains("No agreement: no proposal found"), "{end}");
    assert!(talk.contains("Nobody is told who refused."));
    // A consistent lie is no contradiction, and is not called one.
    assert!(!talk.contains("do not go together"), "{talk}");
}

#[test]
fn who_refuses_everything_is_told_how_to_end_and_named_as_silent() {
    let Some((end, talk)) = end([Conduct::Honest, Conduct::Refusing], &[]) else { return };
    assert!(talk.contains("answer `enough`"), "{talk}");
    assert!(end.contains("told nothing beyond what it refused"), "{end}");
    assert!(end.contains("No agreement: no proposal found the consent it needs"), "{end}");
    assert!(!end.contains("refuses"), "who refused stays unsaid: {end}");
}

/// The engine seldom asks what only one answer fits: whoever answers against
/// its own orders may still make sense. Where it does not, it is told kindly.
#[test]
fn who_contradicts_itself_is_shown_how_three_times_at_most() {
    let Some((end, talk)) = end([Conduct::Contradicting, Conduct::Honest], &[]) else { return };
    let shown = talk.matches("These do not go together").count()
        + talk.matches("This is unusual beside your other answers").count();
    assert!(shown <= 3, "{talk}");
    assert!(end.ends_with("Agreed.") || end.contains("No agreement:"), "{end}");
    if talk.contains("These do not go together") {
        assert!(end.contains("cannot all hold if each issue counts by itself"), "{end}");
    }
}

#[test]
fn who_answers_at_random_gets_no_false_certainty() {
    let Some((end, _)) = end([Conduct::Honest, Conduct::Random], &["--format", "json"]) else {
        return;
    };
    let end: serde_json::Value = serde_json::from_str(&end).unwrap();
    assert_eq!(end["regret"]["kind"], "estimate");
    assert!(end["regret"]["value"].as_f64().unwrap() > 0.05, "{end}");
    assert_eq!(end["utilities"], serde_json::Value::Null);
    assert_eq!(end["nash_share_kind"], "not known: people answered");
}

/// Killed at any moment and gone on with: the same bytes in the file, the same end.
#[test]
fn killed_and_gone_on_with_it_comes_to_the_same_end() {
    let Some(mut table) = Table::new(SHEETS, &[Conduct::Honest; 2]) else { return };
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole.jsonl");
    let (end, said) = table.play(&whole, &[], None);
    for after in [1, said.len() / 3, said.len() / 2, said.len() - 2] {
        let path = folder.path().join(format!("{after}.jsonl"));
        let mut table = Table::new(SHEETS, &[Conduct::Honest; 2]).unwrap();
        let (nothing, _) = table.play(&path, &[], Some(after));
        assert_eq!(nothing, "");
        let (again, more) = table.play(&path, &[], None);
        assert_eq!(again, end, "killed after {after}");
        assert!(more.len() <= said.len() - after + 1, "answers were asked for again");
        assert_eq!(std::fs::read(&path).unwrap(), std::fs::read(&whole).unwrap());
    }
}
