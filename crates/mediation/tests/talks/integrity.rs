//! What was done to a log is seen: always where a checkpoint is kept outside,
//! and where there is none, as far as the chain goes.

use crate::dice::Dice;
use crate::world::World;
use detente_agreement::key::SecretKey;
use detente_mediation::log::{
    Checkpoint, Finding, Head, LogFile, Record, commitment, payload, verify,
};
use detente_mediation::{Ask, Body, Event, RoomId, Talks, TalksId};
use std::collections::BTreeSet;

fn log() -> (TalksId, Vec<Event>, LogFile) {
    let mut world = World::new();
    for n in 0..20 {
        let text = format!("word {n}");
        world.says(world.up, "River Office – Upper Town", crate::world::message(&text));
    }
    let talks = world.talks.id().unwrap();
    let log = LogFile::of(talks, &world.events);
    (talks, world.events, log)
}

fn witness() -> SecretKey {
    SecretKey::from_seed("The harbour court", &[4; 32])
}

fn attested(talks: TalksId, events: &[Event]) -> Checkpoint {
    head_after(talks, events).attested(jiff::civil::date(2025, 3, 31), &witness())
}

fn head_after(talks: TalksId, events: &[Event]) -> Head {
    let mut head = Head::empty(talks);
    for event in events {
        head.append(event);
    }
    head
}

#[test]
fn a_true_log_verifies_with_and_without_its_contents() {
    let (talks, events, mut log) = log();
    let checkpoints = [0, 7, events.len()].map(|n| attested(talks, &events[..n]));
    let verified = verify(talks, &log.records, &checkpoints);
    assert_eq!(verified.findings, []);
    assert_eq!(verified.opened, events.len() as u64);
    for record in log.records.iter_mut().step_by(2) {
        record.payload = None;
    }
    let verified = verify(talks, &log.records, &checkpoints);
    assert_eq!(verified.findings, []);
    assert_eq!(verified.head, head_after(talks, &events));
}

#[test]
fn erasing_a_room_leaves_a_log_that_verifies_and_no_words() {
    let mut world = World::new();
    let room = world.room(world.up, "River Office – Upper Town").id;
    world.says(world.up, "River Office – Upper Town", crate::world::message("canary"));
    let before = LogFile::of(world.talks.id().unwrap(), &world.events);
    assert!(before.to_text().contains("canary"));
    world.does(world.lead, Ask::EraseRoom { room });
    assert!(!world.bytes(world.up).contains("canary"));
    assert!(!world.bytes(world.lead).contains("canary"));
    // The server destroys the key: the room's payloads cannot be opened any more.
    let mut log = LogFile::of(world.talks.id().unwrap(), &world.events);
    for record in log.records.iter_mut().filter(|r| r.entry.room == Some(room)) {
        record.payload = None;
    }
    assert!(!log.to_text().contains("canary"));
    let verified = verify(log.talks, &log.records, &[]);
    assert_eq!(verified.findings, []);
    assert!(verified.sealed > 0);
    let folded = Talks::fold(&log.events());
    let page = |t| {
        let viewer = detente_mediation::Viewer::Member(world.lead);
        serde_json::to_string(&detente_mediation::view(t, viewer)).unwrap()
    };
    assert_eq!(page(&folded), page(&world.talks));
}

#[test]
fn the_same_words_are_committed_to_differently() {
    let (_, events, _) = log();
    let said = events.iter().find(|e| matches!(e.body, Body::Said { .. })).unwrap();
    let mut world = World::new();
    world.fresh += 1000;
    let text = crate::world::message("word 0");
    world.says(world.up, "River Office – Upper Town", text);
    let other = world.events.last().unwrap();
    assert_ne!(commitment(&payload(said)), commitment(&payload(other)));
    let salts: BTreeSet<_> =
        events.iter().map(|e| serde_json::to_string(&e.salt).unwrap()).collect();
    assert_eq!(salts.len(), events.len(), "no salt twice");
}

/// What someone with the database and all keys might do to a log.
#[derive(Debug, Clone, Copy)]
enum Attack {
    EditContents,
    EditEntry,
    Remove,
    Reorder,
    Truncate,
    Rollback,
    Rewrite,
    Fork,
}

const ATTACKS: [Attack; 8] = [
    Attack::EditContents,
    Attack::EditEntry,
    Attack::Remove,
    Attack::Reorder,
    Attack::Truncate,
    Attack::Rollback,
    Attack::Rewrite,
    Attack::Fork,
];

/// The log after an attack; `n` is where.
fn attacked(attack: Attack, talks: TalksId, events: &[Event], n: usize) -> Vec<Record> {
    let mut records = LogFile::of(talks, events).records;
    match attack {
        Attack::EditContents => {
            let payload = records[n].payload.as_mut().unwrap();
            let last = payload.len() - 20;
            payload[last] ^= 1;
        }
        Attack::EditEntry => records[n].entry.room = Some(RoomId::from_bytes([5; 16])),
        Attack::Remove => drop(records.remove(n)),
        Attack::Reorder => records.swap(n, n + 1),
        Attack::Truncate => records.truncate(n),
        // An older copy of the database, to which others were then added.
        Attack::Rollback | Attack::Fork => {
            let mut kept = events[..n].to_vec();
            let longer = if matches!(attack, Attack::Fork) { events.len() } else { n + 1 };
            while kept.len() < longer {
                let mut other = events[n].clone();
                other.at += jiff::SignedDuration::from_secs(kept.len() as i64 + 1);
                kept.push(other);
            }
            records = LogFile::of(talks, &kept).records;
        }
        // Everything made anew with one event changed: chain and commitments are sound.
        Attack::Rewrite => {
            let mut changed = events.to_vec();
            changed[n].at += jiff::SignedDuration::from_secs(1);
            records = LogFile::of(talks, &changed).records;
        }
    }
    records
}

#[test]
fn every_attack_is_found_with_a_checkpoint_outside() {
    let (talks, events, _) = log();
    let checkpoint = [attested(talks, &events)];
    let mut dice = Dice::new(1);
    let mut without = [0; ATTACKS.len()];
    let mut with = [0; ATTACKS.len()];
    let rounds = 50;
    for (attack, (alone, outside)) in ATTACKS.into_iter().zip(without.iter_mut().zip(&mut with)) {
        for _ in 0..rounds {
            let n = 1 + dice.below(events.len() - 3);
            let records = attacked(attack, talks, &events, n);
            *alone += usize::from(!verify(talks, &records, &[]).findings.is_empty());
            *outside += usize::from(!verify(talks, &records, &checkpoint).findings.is_empty());
        }
        println!("{attack:?}: found {alone}/{rounds} alone, {outside}/{rounds} with a checkpoint");
        assert_eq!(*outside, rounds, "{attack:?}");
    }
    // A chain alone cannot see its end cut off or the whole made anew: it is
    // said so, and this would fail if it were said wrongly.
    let alone = |attack: Attack| without[attack as usize];
    for attack in [Attack::EditContents, Attack::EditEntry, Attack::Remove, Attack::Reorder] {
        assert_eq!(alone(attack), rounds, "{attack:?}");
    }
    for attack in [Attack::Truncate, Attack::Rollback, Attack::Rewrite, Attack::Fork] {
        assert_eq!(alone(attack), 0, "{attack:?}");
    }
}

#[test]
fn a_finding_says_which_entry() {
    let (talks, events, log) = log();
    let mut records = log.records.clone();
    records.remove(9);
    let found = verify(talks, &records, &[]).findings;
    assert!(found.contains(&Finding::OutOfPlace { expected: 9, found: 10 }), "{found:?}");
    let older = attested(talks, &events);
    let found = verify(talks, &log.records[..5], &[older]).findings;
    let was = events.len() as u64;
    assert_eq!(found, [Finding::Shorter { size: 5, was }]);
}

#[test]
fn a_witness_signs_what_it_saw_and_nothing_else() {
    let (talks, events, log) = log();
    let checkpoint = attested(talks, &events);
    let read = Checkpoint::parse(&checkpoint.text()).unwrap();
    assert_eq!(read, checkpoint);
    let other = checkpoint.text().replace("entries: ", "entries: 1");
    assert_eq!(Checkpoint::parse(&other), None, "another checkpoint under the same signature");
    let stranger = attested(TalksId::from_bytes([1; 16]), &events);
    let found = verify(talks, &log.records, &[stranger]).findings;
    assert!(matches!(found[..], [Finding::OtherTalks(_)]), "{found:?}");
}

#[test]
fn a_log_file_reads_back_and_bad_ones_say_where() {
    let (_, _, log) = log();
    assert_eq!(LogFile::from_text(&log.to_text()).unwrap(), log);
    let mut lines: Vec<_> = log.to_text().lines().map(str::to_owned).collect();
    lines[4] = lines[4].replace("\"number\"", "\"nr\"");
    let bad = LogFile::from_text(&lines.join("\n")).unwrap_err();
    assert_eq!(bad.line, 5);
    assert!(bad.column > 1, "{bad}");
    assert_eq!(LogFile::from_text("").unwrap_err().line, 1);
    assert!(LogFile::from_text(&log.to_text().replacen(":1,", ":9,", 1)).is_err());
}
