//! The single negotiating text, and preparation.

use crate::world::World;
use detente_mediation::preparation::{Alternative, Choice, Grounds, Question, RedLine, Statement};
use detente_mediation::text::{
    BracketBy, Clause, Definition, Draft, Kind, Languages, Remark, Reservation, Settles, redline,
    to_html, to_plain,
};
use detente_mediation::{Ask, ClauseId, NextQuestion, Refusal, next_question};

const UP: &str = "River Office – Upper Town";
const DOWN: &str = "River Office – Lower Town";

fn words(pairs: &[(&str, &str)]) -> Languages {
    pairs.iter().map(|(l, w)| ((*l).to_owned(), (*w).to_owned())).collect()
}

fn clause(n: u8, text: &str) -> Clause {
    Clause {
        id: ClauseId::from_bytes([n; 16]),
        heading: format!("Clause {n}"),
        words: words(&[("en", text), ("ar", "تُفتح البوابة")]),
        settles: vec![],
        brackets: vec![],
        reservations: vec![],
    }
}

fn draft(clauses: Vec<Clause>) -> Draft {
    Draft { title: "The river text".into(), clauses, ..Draft::default() }
}

/// A text bracketed by the upper town, with a reservation of the lower, put to both.
fn circulated() -> (World, Draft) {
    let mut world = World::new();
    let (upper, lower) = (world.principal("Upper Town"), world.principal("Lower Town"));
    let mut first = clause(1, "The gate stands [open][half open] by day.");
    let gate = world.sees(world.lead).issues[0].id;
    first.settles = vec![Settles { issue: gate, option: Some(1) }];
    first.brackets = vec![BracketBy { bracket: 1, by: vec![upper], disclosed: false }];
    let words = "not before the harvest".to_owned();
    first.reservations = vec![Reservation { by: lower, words, disclosed: false }];
    let text = draft(vec![first, clause(2, "The sides meet again.")]);
    let home = world.home(world.lead).unwrap();
    world.does(world.lead, Ask::DraftText { room: home, text: None, draft: text.clone() });
    let drafted = world.room(world.lead, "River Office").texts.pop().unwrap();
    assert!(drafted.drafted_here);
    let to = [UP, DOWN].map(|r| world.room(world.lead, r).id).to_vec();
    let version = drafted.versions[0].id;
    world.does(world.lead, Ask::Circulate { room: home, text: drafted.id, version, to });
    (world, text)
}

#[test]
fn who_bracketed_what_is_the_drafters_alone() {
    let (world, text) = circulated();
    for (who, room) in [(world.up, UP), (world.down, DOWN)] {
        let seen = world.room(who, room).texts.pop().unwrap();
        assert!(!seen.drafted_here);
        assert_eq!(seen.versions[0].draft, text.for_readers());
        assert!(seen.versions[0].draft.clauses[0].brackets.is_empty());
        assert!(!world.bytes(who).contains("harvest"));
    }
    let drafted = world.room(world.lead, "River Office").texts.pop().unwrap();
    assert_eq!(drafted.versions[0].draft, text);
}

#[test]
fn what_is_disclosed_is_shown() {
    let (_, mut text) = circulated();
    text.clauses[0].brackets[0].disclosed = true;
    text.clauses[0].reservations[0].disclosed = true;
    let shown = text.for_readers();
    assert_eq!(shown, text);
    assert!(to_plain(&shown, "en").contains("Reservation: not before the harvest"));
}

#[test]
fn remarks_stay_in_their_caucus() {
    let (mut world, text) = circulated();
    let room = world.room(world.up, UP);
    let (id, version) = (room.texts[0].id, room.texts[0].versions[0].id);
    let remark = |remark| Ask::RemarkOn {
        room: room.id,
        text: id,
        version,
        clause: text.clauses[1].id,
        remark,
    };
    let bracket = |words: &str| Remark::Bracket { words: words.into(), reason: "too soon".into() };
    world.does(world.up, remark(bracket("again")));
    world.does(world.up, remark(Remark::CouldAgree));
    let refused = world.tries(world.up, remark(bracket("nowhere in it")));
    assert!(matches!(refused, Err(Refusal::Malformed { .. })));
    assert_eq!(world.room(world.lead, UP).remarks.len(), 2);
    assert!(!world.bytes(world.down).contains("too soon"));
}

#[test]
fn versions_are_compared_clause_by_clause() {
    let old = draft(vec![clause(1, "three months"), clause(2, "a"), clause(3, "b")]);
    let new = draft(vec![clause(1, "six months"), clause(3, "b"), clause(4, "new")]);
    let changes = redline(&old, &new, "en");
    let kinds: Vec<_> = changes.iter().map(|c| (c.clause.as_bytes()[0], c.kind)).collect();
    let expected = [(1, Kind::Same), (2, Kind::Removed), (3, Kind::Same), (4, Kind::Added)];
    assert_eq!(kinds, expected);
    let words: Vec<_> = changes[0].words.iter().map(|c| (c.kind, c.words.as_str())).collect();
    let expected = [(Kind::Removed, "three"), (Kind::Added, "six"), (Kind::Same, " months")];
    assert_eq!(words, expected);
    let swapped = draft(vec![clause(2, "a"), clause(1, "three months"), clause(3, "b")]);
    let moved = redline(&old, &swapped, "en").into_iter().filter(|c| c.moved).count();
    assert_eq!(moved, 1, "a clause that moved is told once");
}

#[test]
fn texts_with_faults_are_refused_with_the_place() {
    let mut world = World::new();
    let home = world.home(world.lead).unwrap();
    let upper = world.principal("Upper Town");
    let mut no_bracket = clause(1, "plain");
    no_bracket.brackets = vec![BracketBy { bracket: 0, by: vec![upper], disclosed: false }];
    let mut wordless = clause(1, "");
    wordless.words.clear();
    let empty_term = Definition { term: words(&[]), meaning: words(&[("en", "x")]) };
    let mut with_term = draft(vec![clause(1, "x")]);
    with_term.definitions = vec![empty_term];
    let bad = [
        draft(vec![clause(1, "a [b [c]]")]),
        draft(vec![clause(1, "a ] b")]),
        draft(vec![clause(1, "a [ b")]),
        draft(vec![clause(1, "a"), clause(1, "b")]),
        draft(vec![no_bracket]),
        draft(vec![wordless]),
        Draft { title: "  ".into(), ..draft(vec![]) },
        draft(vec![clause(1, &"x".repeat(60_000))]),
        with_term,
    ];
    for draft in bad {
        let refused = world.tries(world.lead, Ask::DraftText { room: home, text: None, draft });
        assert!(matches!(refused, Err(Refusal::Malformed { .. })), "{refused:?}");
    }
    let nested =
        Ask::DraftText { room: home, text: None, draft: draft(vec![clause(1, "a [b [c]]")]) };
    let refusal = world.tries(world.lead, nested).unwrap_err().to_string();
    assert!(refusal.contains("clause 1 (en)") && refusal.contains("character 6"), "{refusal}");
}

#[test]
fn exports_hold_the_text_and_call_nobody() {
    let (_, mut text) = circulated();
    text.clauses[1].words.insert("en".into(), "<script>alert(1)</script> & more".into());
    let page = to_html(&text.for_readers());
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script"));
    assert!(page.contains("<mark>[half open]</mark>") && page.contains("dir=\"auto\""));
    assert!(!page.contains("http") && !page.contains("src="));
    let plain = to_plain(&text.for_readers(), "en");
    assert!(plain.contains("Nothing is agreed until everything is agreed."));
    assert!(plain.contains("1. Clause 1\nThe gate stands [open][half open] by day."));
}

#[test]
fn preparation_is_where_it_was_put_and_nowhere_else() {
    let mut world = World::new();
    let home = world.home(world.up).unwrap();
    let caucus = world.room(world.up, UP).id;
    let issues: Vec<_> = world.sees(world.up).issues.iter().map(|i| i.id).collect();
    let rank =
        |order: &[usize]| Statement::RankIssues(order.iter().map(|n| vec![issues[*n]]).collect());
    world.does(world.up, Ask::Prepare { room: home, statement: rank(&[0, 1]) });
    let line = RedLine { package: [(issues[0], 2)].into(), reason: "the orchards".into() };
    world.does(world.up, Ask::Prepare { room: home, statement: Statement::RedLines(vec![line]) });
    assert!(!world.bytes(world.lead).contains("orchards"), "told to nobody");
    world.does(world.up, Ask::Prepare { room: caucus, statement: rank(&[1, 0]) });
    let told = world.room(world.lead, UP).preparation.pop().unwrap();
    assert_eq!(told.issues, [[issues[1]], [issues[0]]], "told in confidence");
    assert!(told.red_lines.is_empty());

    let question = Question {
        first: Alternative::Package([(issues[0], 0)].into()),
        second: Alternative::NoDeal,
        grounds: Grounds::OwnAnswers,
    };
    let to = world.principal("Upper Town");
    world.does(world.lead, Ask::PutQuestion { room: caucus, to, question });
    let asked = world.room(world.up, UP).questions[0].id;
    let answer = Statement::Answer { question: asked, answer: Choice::WontAnswer };
    world.does(world.up, Ask::Prepare { room: caucus, statement: answer.clone() });
    assert_eq!(world.room(world.lead, UP).preparation[0].answers, [(asked, Choice::WontAnswer)]);
    let elsewhere = world.tries(world.up, Ask::Prepare { room: home, statement: answer });
    assert_eq!(elsewhere, Err(Refusal::NotThere), "a question is answered where it was put");
}

#[test]
fn statements_that_make_no_sense_are_refused() {
    let mut world = World::new();
    let home = world.home(world.up).unwrap();
    let issue = world.sees(world.up).issues[0].id;
    let bad = [
        Statement::RankIssues(vec![vec![issue], vec![issue]]),
        Statement::RankIssues(vec![vec![]]),
        Statement::RankOptions { issue, groups: vec![vec![7]] },
        Statement::RedLines(vec![RedLine { package: Default::default(), reason: String::new() }]),
    ];
    for statement in bad {
        let refused = world.tries(world.up, Ask::Prepare { room: home, statement });
        assert!(matches!(refused, Err(Refusal::Malformed { .. })), "{refused:?}");
    }
    let mediator = world.home(world.lead).unwrap();
    let statement = Statement::RankIssues(vec![vec![issue]]);
    let refused = world.tries(world.lead, Ask::Prepare { room: mediator, statement });
    assert!(matches!(refused, Err(Refusal::Malformed { .. })), "a mediator states no party's mind");
}

/// Asks and answers until the engine has enough; gives the questions.
fn questioned(world: &mut World, pick: impl Fn(usize) -> Choice) -> Vec<Question> {
    let home = world.home(world.up).unwrap();
    let to = world.principal("Upper Town");
    let mut asked = Vec::new();
    for n in 0..40 {
        match next_question(&world.sees(world.up), home).unwrap() {
            NextQuestion::Enough => break,
            NextQuestion::Open(question) => panic!("{question:?} was answered"),
            NextQuestion::Ask(question) => {
                asked.push(question.clone());
                world.does(world.up, Ask::PutQuestion { room: home, to, question });
            }
        }
        let NextQuestion::Open(question) = next_question(&world.sees(world.up), home).unwrap()
        else {
            panic!("the question put is open");
        };
        let statement = Statement::Answer { question, answer: pick(n) };
        world.does(world.up, Ask::Prepare { room: home, statement });
    }
    asked
}

#[test]
fn questions_come_from_ones_own_answers_alone() {
    let mut alone = World::new();
    let mut busy = alone.clone();
    // The lower town says a great deal in one of the two worlds.
    let lower = busy.home(busy.down).unwrap();
    let issues: Vec<_> = busy.sees(busy.down).issues.iter().map(|i| i.id).collect();
    let statement = Statement::RankIssues(issues.iter().map(|i| vec![*i]).collect());
    busy.does(busy.down, Ask::Prepare { room: lower, statement });
    let line = RedLine { package: [(issues[0], 0)].into(), reason: String::new() };
    busy.does(busy.down, Ask::Prepare { room: lower, statement: Statement::RedLines(vec![line]) });

    let answers = [Choice::First, Choice::Second, Choice::WontAnswer, Choice::Same];
    let one = questioned(&mut alone, |n| answers[n % 4]);
    let other = questioned(&mut busy, |n| answers[n % 4]);
    assert_eq!(one, other);
    assert!(!one.is_empty() && one.len() < 40, "{} questions", one.len());
    let otherwise = questioned(&mut World::new(), |_| Choice::First);
    assert_ne!(one, otherwise, "they follow the answers");
    assert_eq!(next_question(&alone.sees(alone.lead), lower), None, "a mediator is asked nothing");
}
