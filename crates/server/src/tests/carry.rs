//! Whole talks in an encrypted file: what comes along, what does not, what is refused.

use super::house::{House, config};
use crate::carry::{CarryError, export, import, new_identity, talks_in};
use crate::config::Config;
use crate::edge::System;
use crate::keys::Keys;
use crate::live::Desk;
use crate::store::{EventStore, Sqlite};
use detente_mediation::{Ask, Event, TalksId, Viewer};
use std::sync::Arc;

const CANARY: &str = "CANARY-51cc0e";

/// A house whose talks hold something, and one erased room.
async fn house() -> House {
    let house = House::build().await;
    house.says(&house.a, house.home(&house.a), CANARY).await;
    house.says(&house.b, house.caucus(&house.b), CANARY).await;
    let room = house.caucus(&house.a);
    house.says(&house.a, room, "soon erased").await;
    house.does(&house.lead, Ask::EraseRoom { room }).await;
    house
}

fn events(config: &Config, id: TalksId) -> Vec<Event> {
    let store: Arc<dyn EventStore> = Arc::new(Sqlite::open(&config.store_file()).unwrap());
    let keys = Keys::open(&config.keys_folder()).unwrap();
    Desk::empty(Arc::new(System::new()), store, keys.into()).events(id).unwrap()
}

fn elsewhere() -> (tempfile::TempDir, Config) {
    let folder = tempfile::tempdir().unwrap();
    let config = config(&folder);
    (folder, config)
}

/// `import` runs a runtime of its own.
fn bring(config: &Config, file: &[u8], identity: &str) -> Result<crate::Imported, CarryError> {
    std::thread::scope(|s| s.spawn(|| import(config, file, identity)).join().unwrap())
}

#[tokio::test]
async fn talks_come_along_whole_and_an_erased_room_stays_erased() {
    let house = house().await;
    let id = house.live.id();
    let (identity, recipient) = new_identity();
    let here = &house.app.config;
    let file = export(here, &id.to_string(), &recipient).unwrap();
    assert!(!file.windows(CANARY.len()).any(|w| w == CANARY.as_bytes()));

    let (_folder, there) = elsewhere();
    let with_comment = format!("# made elsewhere\n{}\n", *identity);
    let imported = bring(&there, &file, &with_comment).unwrap();
    assert_eq!(imported.talks, id);
    let (before, after) = (events(here, id), events(&there, id));
    assert_eq!(before, after);
    let text = serde_json::to_string(&after).unwrap();
    assert_eq!(text.matches(CANARY).count(), 2);
    assert!(!text.contains("soon erased"));
    assert_eq!(talks_in(&there).unwrap(), [id]);

    // The lead and the heads come in anew, each by a link of its own, once.
    let names: Vec<&str> = imported.leads.iter().map(|lead| lead.name.as_str()).collect();
    assert_eq!(names, ["Lead", "Head of A", "Head of B"]);
    let address = std::net::SocketAddr::from(([127, 0, 0, 1], 1));
    let (app, _) = crate::serve::open(there.clone(), address, Arc::new(System::new())).unwrap();
    let live = app.desk.find(id).unwrap();
    assert_eq!(live.view(Viewer::Member(house.a.member)), house.view(&house.a));
    for link in imported.leads.iter().map(|lead| lead.link.as_ref().unwrap()) {
        let token = crate::auth::Token::from_text(link.strip_prefix("/k/").unwrap()).unwrap();
        assert!(app.people.link_is_good(&token));
    }
    drop((live, app));

    // Again, as after an import that was cut short: whoever has not come in
    // gets another link, and nobody a second seat. After that there is no more.
    let again = bring(&there, &file, &identity).unwrap();
    assert_eq!(again.leads.len(), 3);
    let (app, _) = crate::serve::open(there.clone(), address, Arc::new(System::new())).unwrap();
    for lead in [&imported, &again].iter().flat_map(|i| &i.leads) {
        let token = lead.link.as_ref().unwrap().strip_prefix("/k/").unwrap();
        let token = crate::auth::Token::from_text(token).unwrap();
        let _ = app.people.use_link(&token).await;
    }
    drop(app);
    assert!(matches!(bring(&there, &file, &identity), Err(CarryError::Here(_))));
}

#[tokio::test]
async fn what_cannot_be_trusted_is_refused_and_nothing_of_it_kept() {
    let house = house().await;
    let id = house.live.id().to_string();
    let here = &house.app.config;
    let (identity, recipient) = new_identity();
    let file = export(here, &id, &recipient).unwrap();
    let (_folder, there) = elsewhere();
    let (stranger, _) = new_identity();
    assert!(matches!(bring(&there, &file, &stranger), Err(CarryError::Closed(_))));
    assert!(matches!(bring(&there, &file, "no identity"), Err(CarryError::NotAKey(_))));
    for at in (0..file.len()).step_by(file.len() / 60) {
        let mut altered = file.clone();
        altered[at] ^= 1;
        assert!(bring(&there, &altered, &identity).is_err(), "byte {at}");
    }
    assert!(bring(&there, &file[..file.len() - 1], &identity).is_err());

    // Inside, too: encrypted anew by somebody who holds the identity.
    let key: age::x25519::Identity = identity.parse().unwrap();
    let plain = age::decrypt(&key, &file).unwrap();
    let bundle: serde_json::Value = serde_json::from_slice(&plain).unwrap();
    let refused = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut bundle = bundle.clone();
        change(&mut bundle);
        let altered = age::encrypt(&key.to_public(), bundle.to_string().as_bytes()).unwrap();
        bring(&there, &altered, &identity).unwrap_err()
    };
    let swapped = refused(&|b| b["events"].as_array_mut().unwrap().swap(2, 3));
    assert!(matches!(swapped, CarryError::Broken(_)), "{swapped}");
    let taken_out = refused(&|b| drop(b["events"].as_array_mut().unwrap().remove(1)));
    assert!(matches!(taken_out, CarryError::Broken(_)), "{taken_out}");
    let other_key = refused(&|b| b["keys"][0][1] = "00".repeat(32).into());
    assert!(matches!(other_key, CarryError::Broken(_)), "{other_key}");
    let no_key = refused(&|b| b["keys"][0][1] = "zz".into());
    assert!(matches!(no_key, CarryError::Inside(_)), "{no_key}");
    let lost_key = refused(&|b| drop(b["keys"].as_array_mut().unwrap().pop()));
    assert!(matches!(lost_key, CarryError::Inside(_)), "{lost_key}");
    let later = refused(&|b| b["detente_talks"] = 2.into());
    assert!(matches!(later, CarryError::Inside(_)), "{later}");
    assert!(!there.store_file().exists() || talks_in(&there).unwrap().is_empty());

    // After all that the file itself is still taken.
    assert!(bring(&there, &file, &identity).is_ok());
    assert!(matches!(export(here, "no id", &recipient), Err(CarryError::NotAnId(_))));
    let home = house.home(&house.b).to_string();
    std::fs::remove_file(here.keys_folder().join(&id).join(home)).unwrap();
    assert!(matches!(export(here, &id, &recipient), Err(CarryError::Broken(_))), "a lost key");
    let absent = TalksId::from_bytes([7; 16]).to_string();
    assert!(matches!(export(here, &absent, &recipient), Err(CarryError::NotThere(_))));
    assert!(matches!(export(here, &id, "age1nobody"), Err(CarryError::NotAKey(_))));
}
