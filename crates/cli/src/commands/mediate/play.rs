//! People answer at the terminal: one for one party, for several, or for all.
//!
//! All talk goes to standard error; the end, as text or JSON, to standard output.

use super::journal::{Journal, Said};
use super::simulate::{people, settings, unaskable};
use super::{MediateArguments, tell};
use crate::commands::solve::options::Output;
use crate::error::CommandError;
use crate::{load, output, snippet};
use detente_analysis::Problem;
use detente_elicitation::case::Next;
use detente_elicitation::simulate::{SimulatedParty, accepts};
use detente_elicitation::statement::{Answer, Question};
use detente_elicitation::{Case, Rankings, Recommendation, Space};
use detente_model::Scenario;
use detente_model::partial::Tiers;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// Proposals made before it ends without agreement.
const MOST_PROPOSALS: usize = 3;

const KEYS: &str = "a or b; = equal; ? cannot say; - will not say";
const YES_NO: &str = "y or n; ? cannot say; - will not say";

/// How it ended.
struct End {
    agreed: Option<Recommendation>,
    questions: Vec<usize>,
    /// What cannot be said, for people.
    remarks: Vec<String>,
}

struct Session<'a> {
    scenario: &'a Scenario,
    /// Who is played by people.
    played: Vec<bool>,
    /// Who is simulated, with what it answers from.
    simulated: Option<(&'a Problem, Vec<SimulatedParty<'a>>)>,
    journal: Journal,
    /// The party that sits at the keyboard.
    present: Option<usize>,
}

/// Stops with `Ok(None)` where the keyboard is closed.
macro_rules! said {
    ($asked:expr) => {
        match $asked? {
            Said::Answer(answer) => answer,
            Said::Stop => return Ok(None),
        }
    };
}

pub(super) fn run(arguments: &MediateArguments) -> Result<(), CommandError> {
    let input = load::scenario(&arguments.scenario)?;
    snippet::print(&input.warnings, &input.sources);
    let scenario = &input.scenario;
    let space = Space::new(scenario).map_err(|error| unaskable(&error))?;
    let played = played(scenario, &arguments.play)?;
    let all = played.iter().all(|p| *p);
    let problem = (!all).then(|| Problem::new(scenario)).transpose();
    let problem = problem.map_err(|error| unaskable(&error.into()))?;
    let simulated = match &problem {
        Some(problem) => Some((problem, people(scenario, problem, arguments)?)),
        None => None,
    };
    let path = arguments.answers.clone().unwrap_or_else(|| default_path(&arguments.scenario));
    let journal = Journal::open(&path, &about(scenario, arguments, &played))?;
    tell(&format!("{}\nAnswers are kept in {}.", scenario.title(), path.display()));
    if journal.left() > 0 {
        tell(&format!("Going on after {} answers.", journal.left()));
    }
    let mut session = Session { scenario, played, simulated, journal, present: None };
    match session.hold(space, arguments)? {
        Some((case, end)) => output::print(&match arguments.format {
            Output::Json => json(scenario, &case, &end).to_string(),
            Output::Text => text(scenario, &case, &end),
        }),
        None if session.journal.is_blank() => Err(CommandError::usage(
            "no-answers",
            "the input ended before anybody answered anything",
            "answer at the terminal, or add --simulate to play all parties from their files",
        )),
        None => {
            tell("\nStopped here. All answers are kept; the same command goes on.");
            Ok(())
        }
    }
}

/// Beside where the command runs, named after the scenario.
fn default_path(scenario: &Path) -> PathBuf {
    let stem = scenario.file_stem().unwrap_or_default().to_string_lossy();
    PathBuf::from(format!("{stem}.answers.jsonl"))
}

fn played(scenario: &Scenario, named: &[String]) -> Result<Vec<bool>, CommandError> {
    let mut played = vec![named.is_empty(); scenario.parties().len()];
    for id in named {
        let party = scenario.party_index(id).ok_or_else(|| {
            let ids: Vec<&str> = scenario.parties().iter().map(|p| p.id.as_str()).collect();
            CommandError::usage(
                "unknown-name",
                format!("there is no party `{id}`"),
                format!("the parties are {}", ids.join(", ")),
            )
        })?;
        played[party] = true;
    }
    Ok(played)
}

/// What the answers belong to: with anything else they would mean something else.
fn about(scenario: &Scenario, arguments: &MediateArguments, played: &[bool]) -> String {
    let who: Vec<&str> =
        scenario.parties().iter().zip(played).filter(|p| *p.1).map(|p| p.0.id.as_str()).collect();
    format!(
        "mediation of {:?}, {} outcomes, seed {}, at most {} questions, chosen from {:?}, played: {}",
        scenario.title(),
        scenario.outcome_count(),
        arguments.seed,
        arguments.questions,
        arguments.from(),
        who.join(", ")
    )
}

impl Session<'_> {
    /// The whole of it; `None` where the keyboard was closed on the way.
    fn hold(
        &mut self,
        space: Space,
        arguments: &MediateArguments,
    ) -> Result<Option<(Case, End)>, CommandError> {
        let parties = self.played.len();
        let mut rankings = Vec::with_capacity(parties);
        for party in 0..parties {
            rankings.push(match &self.simulated {
                Some((_, people)) if !self.played[party] => people[party].rankings(&space),
                _ => match self.rankings(party, &space)? {
                    Some(rankings) => rankings,
                    None => return Ok(None),
                },
            });
        }
        let mut case = Case::new(space, rankings, settings(arguments));
        let mut end = End { agreed: None, questions: vec![0; parties], remarks: Vec::new() };
        let mut stopped = vec![false; parties];
        for _ in 0..arguments.questions {
            for (party, stopped) in stopped.iter_mut().enumerate() {
                if *stopped {
                    continue;
                }
                match case.next_question(party) {
                    Next::Ask(question) => {
                        let Some(answer) = self.answer(&case, party, &question)? else {
                            return Ok(None);
                        };
                        case.answer(party, question, answer);
                        end.questions[party] += 1;
                        if self.played[party] && self.clear_up(&mut case, party)?.is_none() {
                            return Ok(None);
                        }
                    }
                    Next::Stop(reason) => {
                        *stopped = true;
                        if self.played[party] {
                            self.seat(party);
                            tell(&format!("No more questions: {}.", reason.as_str()));
                        }
                    }
                }
            }
        }
        for number in 1..=MOST_PROPOSALS {
            let Some(recommendation) = case.recommendation() else { break };
            let Some(accepted) = self.vote(&case, number, &recommendation)? else {
                return Ok(None);
            };
            if case.space().acceptance().is_met(&accepted) {
                end.agreed = Some(recommendation);
                break;
            }
            tell("\nThe proposal did not find the consent it needs.");
            case.vote(&recommendation.deal, &accepted);
        }
        end.remarks = self.remarks(&case);
        Ok(Some((case, end)))
    }

    /// Says who should sit at the keyboard now.
    fn seat(&mut self, party: usize) {
        if self.present != Some(party) {
            self.present = Some(party);
            tell(&format!("\n— {} —", self.scenario.parties()[party].name));
        }
    }

    fn key(&self, party: usize, about: &str) -> String {
        format!("{}: {about}", self.scenario.parties()[party].id)
    }

    fn rankings(&mut self, party: usize, space: &Space) -> Result<Option<Rankings>, CommandError> {
        self.seat(party);
        tell(
            "First your orders, best first, by number: `2 1=3` puts 2 before 1 and 3, which are \
             equal. `?` you cannot say, `-` you will not say.",
        );
        let mut given = Rankings::unsaid(space);
        for issue in 0..space.issues() {
            let options: Vec<String> =
                (0..space.size(issue)).map(|o| names(self.scenario, space, issue, o).1).collect();
            if options.len() < 2 {
                continue;
            }
            let name = names(self.scenario, space, issue, 0).0;
            tell(&format!("{name}: {}", numbered(&options)));
            let key = self.key(party, &format!("order of {name}"));
            given.options[issue] = said!(self.journal.ask(&key, |text| order(text, options.len())));
        }
        if space.issues() > 1 {
            let issues: Vec<String> =
                (0..space.issues()).map(|i| names(self.scenario, space, i, 0).0).collect();
            tell(&format!(
                "On which issue would the change from your worst to your best option mean most? {}",
                numbered(&issues)
            ));
            let key = self.key(party, "order of issues");
            given.issues = said!(self.journal.ask(&key, |text| order(text, issues.len())));
        }
        tell(&format!(
            "Would you take your worst option on every issue rather than no agreement? {YES_NO}"
        ));
        let key = self.key(party, "takes the worst");
        given.takes_worst = said!(self.journal.ask(&key, yes_no)).and_then(|answer| match answer {
            Answer::First => Some(true),
            Answer::Second => Some(false),
            _ => None,
        });
        Ok(Some(given))
    }

    fn answer(
        &mut self,
        case: &Case,
        party: usize,
        question: &Question,
    ) -> Result<Option<Answer>, CommandError> {
        if !self.played[party]
            && let Some((_, people)) = &mut self.simulated
        {
            return Ok(Some(people[party].answer(question)));
        }
        self.seat(party);
        let number = case.answers(party).len() + 1;
        let words = self.words(case.space(), question);
        tell(&format!("\nQuestion {number}. {words}"));
        let key = self.key(party, &words);
        Ok(Some(said!(self.ask(&key, question))))
    }

    fn ask(&mut self, key: &str, question: &Question) -> Result<Said<Answer>, CommandError> {
        let accept = matches!(question, Question::Accept(_));
        tell(if accept { YES_NO } else { KEYS });
        self.journal.ask(key, |text| {
            if accept {
                yes_no(text)?.ok_or_else(|| format!("please answer {YES_NO}"))
            } else {
                match text {
                    "a" | "A" => Ok(Answer::First),
                    "b" | "B" => Ok(Answer::Second),
                    "=" => Ok(Answer::Equal),
                    "?" => Ok(Answer::CannotSay),
                    "-" => Ok(Answer::Refused),
                    _ => Err(format!("please answer {KEYS}")),
                }
            }
        })
    }

    /// Shows answers that do not go with the others, each once, and takes another instead.
    fn clear_up(&mut self, case: &mut Case, party: usize) -> Result<Option<()>, CommandError> {
        let last = case.answers(party).len() - 1;
        let Some((index, _)) = case.doubted(party).into_iter().find(|d| d.0 == last) else {
            return Ok(Some(()));
        };
        let (question, answer) = case.answers(party)[index].clone();
        let words = self.words(case.space(), &question);
        tell(&format!(
            "This does not seem to go with your other answers. Nothing is wrong with that: minds \
             change, and packages are hard to compare. You said: {}. Answer again, the same or \
             another:\n{words}",
            heard(answer, &question)
        ));
        let key = self.key(party, &format!("again: {words}"));
        let again = said!(self.ask(&key, &question));
        if again != answer {
            case.revise(party, index, again);
        }
        Ok(Some(()))
    }

    /// Everyone answers for itself; nobody is told who refused.
    fn vote(
        &mut self,
        case: &Case,
        number: usize,
        recommendation: &Recommendation,
    ) -> Result<Option<Vec<bool>>, CommandError> {
        let deal = &recommendation.deal;
        let mut accepted = Vec::with_capacity(self.played.len());
        for party in 0..self.played.len() {
            if !self.played[party]
                && let Some((problem, _)) = &self.simulated
            {
                accepted.push(accepts(problem, party, deal));
                continue;
            }
            self.present = None;
            self.seat(party);
            let package = self.package(case.space(), deal, None);
            tell(&format!("Proposal {number}: {package}\nDo you accept? y or n"));
            let key = self.key(party, &format!("proposal {number}: {package}"));
            accepted.push(said!(self.journal.ask(&key, |text| match text {
                "y" | "Y" | "yes" => Ok(true),
                "n" | "N" | "no" => Ok(false),
                _ => Err("please answer y or n; to think it over, close the input (Ctrl-D)".into()),
            })));
        }
        Ok(Some(accepted))
    }

    fn words(&self, space: &Space, question: &Question) -> String {
        match question {
            Question::Compare(first, second) => {
                let differ: Vec<usize> =
                    (0..first.len()).filter(|&i| first[i] != second[i]).collect();
                let same = if differ.len() < first.len() { ", all else being equal" } else { "" };
                format!(
                    "Which would you rather have{same}?\n  a  {}\n  b  {}",
                    self.package(space, first, Some(&differ)),
                    self.package(space, second, Some(&differ))
                )
            }
            Question::Accept(deal) => format!(
                "Would you take this rather than no agreement?\n  {}",
                self.package(space, deal, None)
            ),
        }
    }

    fn package(&self, space: &Space, deal: &[usize], only: Option<&[usize]>) -> String {
        let wanted = |i: &usize| only.is_none_or(|only| only.contains(i));
        let named = (0..deal.len()).filter(wanted).map(|i| {
            let (issue, option) = names(self.scenario, space, i, deal[i]);
            format!("{issue}: {option}")
        });
        named.collect::<Vec<_>>().join("; ")
    }

    /// What nobody should read more into.
    fn remarks(&self, case: &Case) -> Vec<String> {
        let mut remarks = Vec::new();
        for (p, party) in self.scenario.parties().iter().enumerate() {
            let refuses =
                |a: &(Question, Answer)| matches!(a, (Question::Accept(_), Answer::Second));
            let told = case.answers(p).iter().filter(|a| a.1.tells() && !refuses(a)).count();
            if case.rankings(p).answers() + told == 0 {
                remarks.push(format!(
                    "{} told nothing beyond what it refused: what is said of it rests on no other answer of its own.",
                    party.name
                ));
            }
            let doubted = case.doubted(p).len();
            if doubted > 0 {
                remarks.push(format!(
                    "{doubted} answers of {} do not go with its others; the estimates allow for that.",
                    party.name
                ));
            }
        }
        remarks
    }
}

fn names(scenario: &Scenario, space: &Space, issue: usize, option: usize) -> (String, String) {
    let named = &scenario.issues()[space.issue_of_scenario(issue)];
    (named.name.clone(), named.option_name(space.option_of_scenario(issue, option)))
}

fn numbered(names: &[String]) -> String {
    let all: Vec<String> =
        names.iter().enumerate().map(|(i, n)| format!("{} {n}", i + 1)).collect();
    all.join(", ")
}

fn heard(answer: Answer, question: &Question) -> &'static str {
    match (answer, question) {
        (Answer::First, Question::Accept(_)) => "you would take it",
        (Answer::Second, Question::Accept(_)) => "rather none",
        (Answer::First, _) => "a",
        (Answer::Second, _) => "b",
        (Answer::Equal, _) => "equal",
        (Answer::CannotSay, _) => "you cannot say",
        (Answer::Refused, _) => "you will not say",
    }
}

/// `2 1=3`; `None` for `?` and `-`.
fn order(text: &str, count: usize) -> Result<Option<Tiers>, String> {
    if matches!(text, "?" | "-") {
        return Ok(None);
    }
    let number = |word: &str| {
        let found = word.trim().parse::<usize>().ok().filter(|n| (1..=count).contains(n));
        found.map(|n| n - 1).ok_or_else(|| format!("`{word}` is no number from 1 to {count}"))
    };
    let spaced = text.replace(" =", "=").replace("= ", "=").replace([',', '>'], " ");
    let tiers = spaced
        .split_whitespace()
        .map(|tier| tier.split('=').map(number).collect::<Result<Vec<_>, _>>())
        .collect::<Result<Tiers, _>>()?;
    let mut all: Vec<usize> = tiers.iter().flatten().copied().collect();
    all.sort_unstable();
    if all.into_iter().eq(0..count) {
        Ok(Some(tiers))
    } else {
        Err(format!("please name each number from 1 to {count} once, best first"))
    }
}

/// `None` where it is not such an answer.
fn yes_no(text: &str) -> Result<Option<Answer>, String> {
    match text {
        "y" | "Y" | "yes" => Ok(Some(Answer::First)),
        "n" | "N" | "no" => Ok(Some(Answer::Second)),
        "?" => Ok(Some(Answer::CannotSay)),
        "-" => Ok(Some(Answer::Refused)),
        _ => Err(format!("please answer {YES_NO}")),
    }
}

fn text(scenario: &Scenario, case: &Case, end: &End) -> String {
    let mut text = String::new();
    match &end.agreed {
        Some(recommendation) => {
            text.push_str("Agreed:\n");
            for (issue, &option) in recommendation.deal.iter().enumerate() {
                let (issue, option) = names(scenario, case.space(), issue, option);
                text.push_str(&format!("  {issue}: {option}\n"));
            }
            text.push_str(&format!(
                "Estimates from the answers: {:.1} % of the best product of gains on average; with \
                 95 % confidence at least {:.1} %.\n",
                100.0 * recommendation.expected_share,
                100.0 * (1.0 - recommendation.regret)
            ));
        }
        None => text.push_str("No agreement was reached.\n"),
    }
    for (p, party) in scenario.parties().iter().enumerate() {
        text.push_str(&format!(
            "{}: rankings worth {} answers, {} questions\n",
            party.name,
            case.rankings(p).answers(),
            end.questions[p]
        ));
    }
    for remark in &end.remarks {
        text.push_str(&format!("{remark}\n"));
    }
    text
}

fn json(scenario: &Scenario, case: &Case, end: &End) -> Value {
    let by_party = |value: &dyn Fn(usize) -> Value| -> Map<String, Value> {
        scenario
            .parties()
            .iter()
            .enumerate()
            .map(|(p, party)| (party.id.clone(), value(p)))
            .collect()
    };
    let outcome = end.agreed.as_ref().map(|recommendation| {
        let deal = recommendation.deal.iter().enumerate();
        deal.map(|(issue, &option)| {
            let (issue, option) = names(scenario, case.space(), issue, option);
            (issue, Value::String(option))
        })
        .collect::<Map<_, _>>()
    });
    json!({
        "outcome": outcome,
        "acceptable": end.agreed.is_some(),
        "questions": by_party(&|p| json!(end.questions[p])),
        "rankings": by_party(&|p| json!(case.rankings(p).answers())),
        "regret": end.agreed.as_ref().map(|r| json!({
            "value": r.regret,
            "kind": "estimate",
            "confidence": 0.95,
            "of": "the best product of gains",
        })),
        "expected_share": end.agreed.as_ref().map(|r| r.expected_share),
        "remarks": end.remarks,
    })
}
