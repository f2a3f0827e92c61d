//! People answer at the terminal: one for one party, for several, or for all.
//!
//! All talk goes to standard error; the end, as text or JSON, to standard output.

use super::journal::{Journal, Said};
use super::known::Stated;
use super::sayings::{Saying, Sayings};
use super::simulate::{people, settings, unaskable};
use super::typed::{self, Reply, numbered};
use super::{Aim, From, MediateArguments, print, tell};
use crate::error::CommandError;
use crate::{load, output, snippet};
use detente_analysis::Problem;
use detente_elicitation::case::Next;
use detente_elicitation::simulate::{
    MOST_PROPOSALS, Mediated, Proposal, SimulatedParty, Step, accepts,
};
use detente_elicitation::statement::{Answer, Question};
use detente_elicitation::{Case, Deal, Settings, Space, Stop};
use detente_model::{Preferences, Scenario, Utility};
use detente_report::mediate::{self, Mediation, named, package};
use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};

/// So often a party is shown what does not go together.
const MOST_SHOWN: usize = 3;
/// After so many questions without an answer a party is told how to end them.
const UNANSWERED: usize = 3;

/// Stops with `Ok(None)` where the keyboard is closed.
macro_rules! said {
    ($asked:expr) => {
        match $asked? {
            Said::Answer(answer) => answer,
            Said::Stop => return Ok(None),
        }
    };
}

/// Goes on with what there is, or stops with `Ok(None)`.
macro_rules! unless_stopped {
    ($done:expr) => {
        match $done? {
            Some(done) => done,
            None => return Ok(None),
        }
    };
}

mod sheets;

struct Session<'a> {
    scenario: &'a Scenario,
    space: Space,
    settings: Settings,
    questions: usize,
    /// Who is played by people.
    played: Vec<bool>,
    /// Who is simulated, with what it answers from.
    simulated: Option<(&'a Problem, Vec<SimulatedParty<'a>>)>,
    /// What the file says of each party that is played.
    stated: Vec<Stated>,
    said: Vec<Sayings>,
    /// Per party: how often it was shown what does not go together.
    shown: Vec<usize>,
    journal: Journal,
    /// The party that sits at the keyboard.
    present: Option<usize>,
}

pub(super) fn run(arguments: &MediateArguments) -> Result<(), CommandError> {
    let input = load::scenario(&arguments.scenario)?;
    snippet::print(&input.warnings, &input.sources);
    let scenario = &input.scenario;
    let space = Space::new(scenario).map_err(|error| unaskable(&error))?;
    let played = played(scenario, &arguments.play)?;
    let all = played.iter().all(|p| *p);
    let problem = (!all).then(|| Problem::new(&numbers_of_others(scenario, &played))).transpose();
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
    let stated: Vec<Stated> =
        (0..played.len()).map(|party| Stated::of(scenario, party, &space)).collect();
    let mut session = Session {
        scenario,
        space,
        settings: settings(arguments),
        questions: usize::from(arguments.questions),
        said: stated.iter().map(Sayings::new).collect(),
        shown: vec![0; played.len()],
        stated,
        played,
        simulated,
        journal,
        present: None,
    };
    match session.hold(arguments.from())? {
        Some((case, road, remarks)) => print(
            arguments,
            &Mediation {
                scenario,
                case: &case,
                road: &road,
                played: &session.played,
                joint: arguments.from() == From::Joint,
                seed: arguments.seed,
                truth: None,
                remarks,
                as_of: None,
                made_by: None,
                command: None,
            },
        ),
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

/// The scenario without what the files say of those who answer themselves:
/// they need no numbers.
fn numbers_of_others(scenario: &Scenario, played: &[bool]) -> Scenario {
    let mut draft = scenario.clone().into_draft();
    let issues = draft.issues.len();
    for (preferences, _) in draft.preferences.iter_mut().zip(played).filter(|p| *p.1) {
        let red_lines = std::mem::take(&mut preferences.red_lines);
        *preferences = Preferences::from_utility(Utility::new(issues));
        preferences.red_lines = red_lines;
    }
    // What was sound stays sound without its numbers.
    draft.check().0.unwrap_or_else(|| scenario.clone())
}

/// Beside where the command runs, named after the scenario.
fn default_path(scenario: &Path) -> PathBuf {
    let stem = scenario.file_stem().unwrap_or_default().to_string_lossy();
    PathBuf::from(format!("{stem}.answers.jsonl"))
}

fn played(scenario: &Scenario, named: &[String]) -> Result<Vec<bool>, CommandError> {
    let mut played = vec![named.is_empty(); scenario.parties().len()];
    for id in named {
        let party = scenario.party_index(id).ok_or_else(|| super::unknown_party(scenario, id))?;
        played[party] = true;
    }
    Ok(played)
}

/// What the answers belong to: with anything else they would mean something else.
fn about(scenario: &Scenario, arguments: &MediateArguments, played: &[bool]) -> String {
    let who: Vec<&str> =
        scenario.parties().iter().zip(played).filter(|p| *p.1).map(|p| p.0.id.as_str()).collect();
    let aim = match arguments.aim {
        Aim::Nash => "",
        Aim::Egalitarian => ", for the largest least gain",
    };
    let coins = if arguments.coins() { ", with coins" } else { "" };
    format!(
        "mediation of {:?}, {} outcomes, seed {}, at most {} questions, chosen from {:?}{coins}{aim}, played: {}",
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
    fn hold(&mut self, from: From) -> Result<Option<(Case, Mediated, Vec<String>)>, CommandError> {
        let parties: Vec<usize> = (0..self.played.len()).collect();
        let mut road = Mediated {
            steps: Vec::new(),
            questions: vec![0; parties.len()],
            stops: vec![None; parties.len()],
            proposals: Vec::new(),
            agreed: false,
        };
        // Where questions depend on nobody else's answers, each party is done in one sitting.
        let sittings: Vec<Vec<usize>> = match from {
            From::Own => parties.iter().map(|&p| vec![p]).collect(),
            From::Joint => vec![parties],
        };
        let mut remarks = Vec::new();
        for sitting in &sittings {
            for &party in sitting {
                unless_stopped!(self.rankings(party));
            }
            unless_stopped!(self.questions(sitting, &mut road, &mut remarks));
        }
        let mut case = self.case();
        for number in 1..=MOST_PROPOSALS {
            let Some(recommendation) = case.recommendation() else { break };
            let deal = recommendation.deal.clone();
            let accepted = unless_stopped!(self.vote(number, &deal));
            road.agreed = self.space.acceptance().is_met(&accepted);
            road.proposals.push(Proposal { recommendation, accepted: accepted.clone() });
            if road.agreed {
                break;
            }
            self.tell("\nThe proposal did not find the consent it needs.");
            case.vote(&deal, &accepted);
        }
        // As the answers stand after second thoughts.
        for (party, said) in self.said.iter().enumerate() {
            let steps = road.steps.iter_mut().filter(|step| step.party == party);
            steps.zip(&said.answers[said.from_file..]).for_each(|(step, a)| step.answer = a.1);
        }
        remarks.extend(self.contradictions());
        remarks.extend(mediate::remarks(self.scenario, &case));
        Ok(Some((case, road, remarks)))
    }

    /// What is known now, thought through from the beginning.
    fn case(&self) -> Case {
        let rankings = self.said.iter().map(|said| said.rankings.clone()).collect();
        let mut case = Case::new(self.space.clone(), rankings, self.settings);
        for (party, said) in self.said.iter().enumerate() {
            for (question, answer) in &said.answers {
                case.answer(party, question.clone(), *answer);
            }
        }
        case
    }

    /// A line of talk; nothing while earlier answers are gone through again.
    fn tell(&self, line: &str) {
        if self.journal.left() == 0 {
            tell(line);
        }
    }

    /// Says who should sit at the keyboard now; at a terminal that several
    /// share, waits for that party and clears what the last one read.
    fn seat(&mut self, party: usize) {
        if self.journal.left() > 0 || self.present == Some(party) {
            return;
        }
        let name = &self.scenario.parties()[party].name;
        let shared = self.played.iter().filter(|p| **p).count() > 1;
        if shared && std::io::stdin().is_terminal() {
            tell(&format!(
                "\nThe keyboard is for {name} now: press Enter when nobody else looks on."
            ));
            let _ = std::io::stdin().lock().read_line(&mut String::new());
            output::clear();
        }
        self.present = Some(party);
        tell(&format!("\n— {name} —"));
    }

    fn key(&self, party: usize, about: &str) -> String {
        format!("{}: {about}", self.scenario.parties()[party].id)
    }

    fn rankings(&mut self, party: usize) -> Result<Option<()>, CommandError> {
        if !self.played[party]
            && let Some((_, people)) = &self.simulated
        {
            self.said[party] = Sayings::new(&self.stated[party]);
            self.said[party].rankings = people[party].rankings(&self.space);
            return Ok(Some(()));
        }
        self.seat(party);
        if !self.stated[party].is_empty() {
            self.tell("What the scenario's file says of you is not asked again.");
        }
        self.tell(
            "First your orders, by number, best first where nothing else is said: `2 1 3`, or \
             `2 1=3` where 1 and 3 are equal to you. `?` you cannot say, `-` you will not say.",
        );
        for issue in 0..self.space.issues() {
            let stated = &self.stated[party];
            let known = stated.rankings.options[issue].is_some() || stated.wont_order[issue];
            if self.space.size(issue) > 1 && !known {
                unless_stopped!(self.order_options(party, issue));
            }
        }
        let stated = &self.stated[party];
        if self.space.issues() > 1 && stated.rankings.issues.is_none() && !stated.wont_order_issues
        {
            unless_stopped!(self.order_issues(party));
        }
        unless_stopped!(self.concessions(party));
        unless_stopped!(self.no_agreement(party));
        unless_stopped!(self.clear_up(party));
        Ok(Some(()))
    }

    fn issue(&self, issue: usize) -> String {
        named(self.scenario, &self.space, issue, 0).0
    }

    /// Asks the parties of a sitting in turn.
    fn questions(
        &mut self,
        sitting: &[usize],
        road: &mut Mediated,
        remarks: &mut Vec<String>,
    ) -> Result<Option<()>, CommandError> {
        let mut case = self.case();
        let mut open: Vec<usize> = sitting.to_vec();
        for number in 1..=self.questions {
            for party in open.clone() {
                match self.question(&mut case, party, number, road)? {
                    None => return Ok(None),
                    Some(Turn::Answered) => {}
                    Some(Turn::Stopped(stop)) => {
                        road.stops[party] = Some(stop);
                        open.retain(|p| *p != party);
                        if self.played[party] {
                            self.seat(party);
                            self.tell(&format!("No more questions: {}.", stop.as_str()));
                        }
                    }
                    Some(Turn::Enough) => {
                        open.retain(|p| *p != party);
                        let name = &self.scenario.parties()[party].name;
                        remarks.push(format!("{name} ended the questions after {}.", number - 1));
                    }
                }
            }
        }
        Ok(Some(()))
    }

    fn question(
        &mut self,
        case: &mut Case,
        party: usize,
        number: usize,
        road: &mut Mediated,
    ) -> Result<Option<Turn>, CommandError> {
        loop {
            let question = match case.next_question(party) {
                Next::Ask(question) => question,
                Next::Stop(stop) => return Ok(Some(Turn::Stopped(stop))),
            };
            let answer = if self.played[party] {
                self.seat(party);
                let words = self.words(&question);
                self.tell(&format!("\nQuestion {number} of {} at most. {words}", self.questions));
                self.tell(typed::keys(&question));
                let key = self.key(party, &words);
                match said!(self.journal.ask(&key, |text| typed::reply(text, &question))) {
                    Reply::Answer(answer) => answer,
                    Reply::Enough => return Ok(Some(Turn::Enough)),
                    Reply::Back => {
                        let said = &self.said[party];
                        let last = said.answers.len().checked_sub(1);
                        match last.filter(|last| *last >= said.from_file) {
                            Some(last) => {
                                unless_stopped!(self.again(party, Saying::Answer(last)));
                                *case = self.case();
                            }
                            None => self.tell("There is no question before this one."),
                        }
                        continue;
                    }
                }
            } else {
                // A party that is not played is simulated.
                let Some((_, people)) = &mut self.simulated else { return Ok(Some(Turn::Enough)) };
                people[party].answer(&question)
            };
            case.answer(party, question.clone(), answer);
            self.said[party].answers.push((question.clone(), answer));
            road.questions[party] += 1;
            if self.played[party] {
                let mut anew = unless_stopped!(self.clear_up(party));
                anew |= unless_stopped!(self.confirm(case, party));
                if anew {
                    *case = self.case();
                }
                self.hint_at_the_end(party);
            }
            road.steps.push(Step { party, question, answer });
            return Ok(Some(Turn::Answered));
        }
    }

    /// Nobody need sit through questions it does not answer.
    fn hint_at_the_end(&self, party: usize) {
        let said = &self.said[party];
        let own = &said.answers[said.from_file..];
        let silent = own.iter().rev().take_while(|a| !a.1.tells()).count();
        if silent == UNANSWERED {
            self.tell("If you would rather not be asked more, answer `enough`.");
        }
    }

    /// Shows what does not go together, and takes another answer instead of
    /// one of them; or lets it stand. Whether anything was given anew.
    fn clear_up(&mut self, party: usize) -> Result<Option<bool>, CommandError> {
        let mut changed = false;
        while self.shown[party] < MOST_SHOWN {
            let Some(clash) = self.said[party].clash(&self.space) else { break };
            self.shown[party] += 1;
            let list: Vec<String> =
                clash.iter().map(|saying| self.saying(party, *saying)).collect();
            self.tell(&format!(
                "\nThese do not go together, if each issue counts by itself for you. Nothing is \
                 wrong with that: minds change, and packages are hard to compare.\n{}\nWhich would \
                 you like to answer anew? A number, or - to leave them as they are.",
                numbered(&list)
            ));
            let key = self.key(party, "what does not go together");
            match said!(self.journal.ask(&key, |text| typed::choice(text, list.len()))) {
                Some(chosen) => {
                    unless_stopped!(self.again(party, clash[chosen]));
                    changed = true;
                }
                None => self.said[party].leave(&clash),
            }
        }
        Ok(Some(changed))
    }

    /// Asks once more for an answer that is unlikely beside the others.
    /// Whether it was given anew.
    fn confirm(&mut self, case: &Case, party: usize) -> Result<Option<bool>, CommandError> {
        let last = self.said[party].answers.len() - 1;
        let surprising = case.doubted(party).iter().any(|d| d.0 == last);
        if !surprising || self.shown[party] == MOST_SHOWN || self.said[party].left() > 0 {
            return Ok(Some(false));
        }
        self.shown[party] += 1;
        self.tell(
            "\nThis is unusual beside your other answers. If it is what you mean, give it once \
             more; if not, the other.",
        );
        unless_stopped!(self.again(party, Saying::Answer(last)));
        Ok(Some(true))
    }

    fn answer_in_words(&self, question: &Question, answer: Answer) -> String {
        let whole = |deal: &Deal| package(self.scenario, &self.space, deal, None);
        match question {
            Question::Accept(deal) if answer == Answer::Second => {
                format!("rather no agreement than: {}", whole(deal))
            }
            Question::Accept(deal) => format!("rather than no agreement: {}", whole(deal)),
            Question::Compare(first, second) => {
                let differ: Vec<usize> =
                    (0..first.len()).filter(|&i| first[i] != second[i]).collect();
                let [first, second] = [first, second]
                    .map(|deal| package(self.scenario, &self.space, deal, Some(&differ)));
                match answer {
                    Answer::First => format!("rather ({first}) than ({second})"),
                    Answer::Second => format!("rather ({second}) than ({first})"),
                    _ => format!("({first}) as good as ({second})"),
                }
            }
            Question::Toss { coins, sure, heads, tails } => {
                let [what, all, else_] = tossed(*coins);
                let toss =
                    format!("{what} ({all} {}; {else_} {})", whole(heads), self.tails(tails));
                match answer {
                    Answer::First => format!("rather ({}) than {toss}", whole(sure)),
                    Answer::Second => format!("rather {toss} than ({})", whole(sure)),
                    _ => format!("({}) as good as {toss}", whole(sure)),
                }
            }
        }
    }

    /// Everyone answers for itself; no other party is told who refused.
    fn vote(&mut self, number: usize, deal: &Deal) -> Result<Option<Vec<bool>>, CommandError> {
        let mut accepted = Vec::with_capacity(self.played.len());
        for party in 0..self.played.len() {
            if !self.played[party]
                && let Some((problem, _)) = &self.simulated
            {
                accepted.push(accepts(problem, party, deal));
                continue;
            }
            self.seat(party);
            self.tell(&format!(
                "\nProposal {number}:\n{}\nDo you accept? y or n. Nobody is told who refused.",
                self.listed(deal)
            ));
            let whole = package(self.scenario, &self.space, deal, None);
            let key = self.key(party, &format!("proposal {number}: {whole}"));
            accepted.push(said!(self.journal.ask(&key, typed::vote)));
        }
        Ok(Some(accepted))
    }

    fn words(&self, question: &Question) -> String {
        match question {
            Question::Compare(first, second) => {
                let differ: Vec<usize> =
                    (0..first.len()).filter(|&i| first[i] != second[i]).collect();
                let same = if differ.len() < first.len() { ", all else being equal" } else { "" };
                let [first, second] = [first, second]
                    .map(|deal| package(self.scenario, &self.space, deal, Some(&differ)));
                format!("Which would you rather have{same}?\n  a  {first}\n  b  {second}")
            }
            Question::Accept(deal) => {
                format!("Would you take this rather than no agreement?\n{}", self.listed(deal))
            }
            Question::Toss { coins, sure, heads, tails } => {
                let [what, all, else_] = tossed(*coins);
                let differ: Vec<usize> = (0..sure.len()).filter(|&i| sure[i] != heads[i]).collect();
                let same = if differ.len() < sure.len() { "the same, but " } else { "" };
                format!(
                    "Which would you rather have: a deal for sure, or {what} tossed?\n  a  for sure: {}\n  b  {all}: {same}{}\n     {else_}: {}",
                    package(self.scenario, &self.space, sure, None),
                    package(self.scenario, &self.space, heads, Some(&differ)),
                    self.tails(tails),
                )
            }
        }
    }

    fn tails(&self, tails: &Option<Deal>) -> String {
        let whole = |deal: &Deal| package(self.scenario, &self.space, deal, None);
        tails.as_ref().map_or("no agreement".into(), whole)
    }

    /// A deal, one issue a line.
    fn listed(&self, deal: &Deal) -> String {
        let lines = deal.iter().enumerate().map(|(issue, &option)| {
            let (issue, option) = named(self.scenario, &self.space, issue, option);
            format!("  {issue}: {option}")
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What parties were shown and let stand.
    fn contradictions(&self) -> Vec<String> {
        let left = |(party, said): (usize, &Sayings)| {
            let name = &self.scenario.parties()[party].name;
            (said.left() > 0 || said.clash(&self.space).is_some()).then(|| {
                format!(
                    "{name} gave answers that cannot all hold if each issue counts by itself, and let them stand: how good the deal is for {name} is less sure than the estimate says."
                )
            })
        };
        self.said.iter().enumerate().filter_map(left).collect()
    }
}

/// Coins, what they must show for the one, and for the other.
fn tossed(coins: u8) -> [&'static str; 3] {
    match coins {
        1 => ["a coin", "heads", "tails"],
        _ => ["two coins", "both heads", "anything else"],
    }
}

/// What came of a party's turn.
enum Turn {
    Answered,
    Stopped(Stop),
    Enough,
}
