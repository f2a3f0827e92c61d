//! Who is told what is new, and when.

use super::house::{House, find};
use detente_mediation::{Ask, Body, MemberId, Rights};
use std::time::Instant;
use tokio::sync::broadcast::error::TryRecvError;

/// How many listen in the long run of [`an_answer_comes_before_anybody_is_told`].
const LISTENERS: usize = 100;

/// How many answers are timed: few here, many with `DETENTE_TIMINGS`.
fn answers() -> usize {
    std::env::var("DETENTE_TIMINGS").ok().and_then(|n| n.parse().ok()).unwrap_or(10)
}

/// The head of A, and so many others who may read what A says at home.
async fn delegation(house: &House, others: usize) -> Vec<MemberId> {
    let mut members = vec![house.a.member];
    for n in 0..others {
        let principal = house.principal("A");
        let (name, rights, basis) = (format!("Delegate {n}"), Rights::NOTE_TAKER, String::new());
        let done = house.does(&house.a, Ask::AddMember { principal, name, rights, basis }).await;
        members.push(find(&done, |body| match body {
            Body::MemberAdded { id, .. } => Some(*id),
            _ => None,
        }));
    }
    members
}

#[tokio::test]
async fn an_answer_comes_before_anybody_is_told() {
    let house = House::build().await;
    let members = delegation(&house, LISTENERS - 1).await;
    let home = house.home(&house.a);
    let mut took: [Vec<f64>; 2] = Default::default();
    for turn in 0..2 * answers() {
        let listening = turn % 2;
        let members = members.iter().take(LISTENERS * listening);
        let mut heard: Vec<_> = members.map(|member| house.live.listen(*member)).collect();
        let began = Instant::now();
        house.says(&house.a, home, "words").await;
        took[listening].push(1e6 * began.elapsed().as_secs_f64());
        for news in &mut heard {
            assert_eq!(news.try_recv().unwrap_err(), TryRecvError::Empty);
        }
        for news in &mut heard {
            news.recv().await.unwrap();
        }
    }
    let [alone, heard] = took.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    });
    println!(
        "answered after {alone:.1} µs when nobody listens, {heard:.1} µs when {LISTENERS} do (medians of {})",
        answers()
    );
}

#[tokio::test]
async fn what_waits_for_somebody_who_is_suspended_is_not_sent() {
    let house = House::build().await;
    let room = house.caucus(&house.b);
    for (suspended, told) in [(false, true), (true, false)] {
        let mut stream = house.listen(&house.b).await;
        let item = house.says(&house.lead, room, "a word").await.to_string();
        if suspended {
            let basis = String::new();
            house.does(&house.lead, Ask::Suspend { member: house.b.member, basis }).await;
        }
        stream.listen().await;
        assert_eq!(stream.heard.contains(&item), told);
        assert_eq!(stream.heard.contains("\"standing\":\"suspended\""), suspended);
    }
}
