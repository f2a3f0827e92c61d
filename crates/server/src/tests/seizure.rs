//! What a stolen disk gives away without the keys: nothing of the content.

use super::house::House;
use crate::live::Desk;
use crate::store::{EventStore, Sqlite};
use base64::Engine as _;
use detente_mediation::preparation::{RedLine, Statement};
use detente_mediation::{Ask, Rights};
use std::path::Path;

const CANARY: &str = "CANARY-7f3a91";

/// Every file below a folder but the keys.
fn disk(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("keys") {
                disk(&path, found);
            }
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
}

fn readable(bytes: &[u8]) -> bool {
    let wide: Vec<u8> = CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let encoded = base64::engine::general_purpose::STANDARD_NO_PAD.encode(&CANARY[..12]);
    let hex: String = CANARY.bytes().map(|b| format!("{b:02x}")).collect();
    let needles = [CANARY.as_bytes(), &wide, encoded.as_bytes(), hex.as_bytes()];
    needles.iter().any(|needle| bytes.windows(needle.len()).any(|w| w == *needle))
}

async fn fill_with_canaries(house: &House) {
    let home = house.home(&house.b);
    house.says(&house.b, home, &format!("{CANARY} in a note")).await;
    house.says(&house.b, house.caucus(&house.b), &format!("{CANARY} in a caucus")).await;
    let issue = house.view(&house.b).issues[0].id;
    let line = RedLine { package: [(issue, 0)].into(), reason: CANARY.into() };
    let statement = Statement::RedLines(vec![line]);
    house.does(&house.b, Ask::Prepare { room: home, statement }).await;
    let ask = Ask::AddMember {
        principal: house.principal("B"),
        name: format!("{CANARY} Person"),
        rights: Rights::SPEAKER,
        basis: CANARY.into(),
    };
    house.does(&house.b, ask).await;
    let people = &house.app.people;
    people.set_credentials(house.b.person, CANARY, &format!("{CANARY} password")).await.unwrap();
}

#[tokio::test]
async fn nothing_on_the_disk_is_readable_without_the_keys() {
    let house = House::build().await;
    fill_with_canaries(&house).await;
    let copy = house.folder.path().join("backup.sqlite");
    Sqlite::open(&house.app.config.store_file()).unwrap().backup(&copy).unwrap();
    let mut found = Vec::new();
    disk(house.folder.path(), &mut found);
    assert!(
        found.iter().any(|(name, _)| name.ends_with("-wal")),
        "the write-ahead log is searched"
    );
    assert!(found.iter().any(|(name, _)| name.ends_with("backup.sqlite")));
    for (name, bytes) in &found {
        assert!(!readable(bytes), "{name} gives a canary away");
    }
    // The search itself finds what is there.
    assert!(readable(format!("…{CANARY}…").as_bytes()));
    assert!(
        house.get(&house.b, &format!("/talks/{}/people", house.live.id())).await.contains(CANARY)
    );
}

#[tokio::test]
async fn an_erased_room_is_gone_from_backups_too_and_the_rest_stays() {
    let house = House::build().await;
    fill_with_canaries(&house).await;
    let copy = house.folder.path().join("backup.sqlite");
    Sqlite::open(&house.app.config.store_file()).unwrap().backup(&copy).unwrap();
    let room = house.caucus(&house.b);
    house.does(&house.lead, Ask::EraseRoom { room }).await;
    // The backup, with the keys there are now.
    let store: std::sync::Arc<dyn EventStore> = std::sync::Arc::new(Sqlite::open(&copy).unwrap());
    let keys = crate::keys::Keys::open(&house.app.config.keys_folder()).unwrap();
    let desk = Desk::load(house.edge.clone(), store, keys.into()).unwrap();
    let events = desk.events(house.live.id()).unwrap();
    let text = serde_json::to_string(&events).unwrap();
    assert!(!text.contains("in a caucus"), "the erased room is still readable");
    assert!(text.contains("in a note"), "another room was erased, too");
    // What is left still verifies.
    let records = desk.records(house.live.id()).unwrap();
    let verified = detente_mediation::log::verify(house.live.id(), &records, &[]);
    assert_eq!(verified.findings, []);
    assert!(verified.sealed > 0);
}

#[tokio::test]
async fn a_clock_that_jumps_back_loses_nothing() {
    let house = House::build().await;
    let home = house.home(&house.a);
    house.edge.set_now("2030-06-01T00:00:00Z".parse().unwrap());
    house.says(&house.a, home, "first").await;
    house.edge.set_now("2030-01-02T00:00:00Z".parse().unwrap());
    house.says(&house.a, home, "second").await;
    let view = house.view(&house.a);
    let items = &view.rooms.iter().find(|r| r.id == home).unwrap().items;
    assert_eq!(items.len(), 2);
    assert!(items[0].at <= items[1].at);
}
