//! Every route × every role: what is not yours is as if it did not exist.

use super::house::House;
use crate::http::{Door, ROUTES};
use detente_mediation::{
    Ask, BallotId, ClauseId, Fresh, IssueId, ItemId, MemberId, Participant, QuestionId, RoomId,
    TalksId, TextId,
};

/// A path with every parameter that names something filled in.
fn fill(path: &str, name: impl Fn(&str) -> String) -> String {
    let parts = path.split('/').map(|part| match part.strip_prefix('{') {
        Some(rest) => match rest.split_once('}') {
            Some((parameter, ending)) => format!("{}{ending}", name(parameter)),
            None => part.to_owned(),
        },
        None => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

fn nobody_called(parameter: &str, salt: u8) -> String {
    let fresh = Fresh::new([salt; 32]);
    match parameter {
        "talks" => TalksId::fresh(&fresh, 0).to_string(),
        "room" => RoomId::fresh(&fresh, 0).to_string(),
        "item" => ItemId::fresh(&fresh, 0).to_string(),
        "ballot" => BallotId::fresh(&fresh, 0).to_string(),
        "text" => TextId::fresh(&fresh, 0).to_string(),
        "member" => MemberId::fresh(&fresh, 0).to_string(),
        "issue" => IssueId::fresh(&fresh, 0).to_string(),
        "question" => QuestionId::fresh(&fresh, 0).to_string(),
        _ => ClauseId::fresh(&fresh, 0).to_string(),
    }
}

#[tokio::test]
async fn talks_without_a_seat_are_like_talks_that_do_not_exist() {
    let house = House::build().await;
    let talks = house.live.id().to_string();
    let home = house.home(&house.lead).to_string();
    let real = |parameter: &str| match parameter {
        "talks" => talks.clone(),
        "room" => home.clone(),
        other => nobody_called(other, 1),
    };
    let mut compared = 0;
    for route in ROUTES.iter().filter(|route| route.door == Door::Seat) {
        for session in [None, Some(&house.outsider.session)] {
            let (here, nowhere) =
                (fill(route.path, real), fill(route.path, |p| nobody_called(p, 2)));
            house.edge.set_seed(7);
            let first = house.ask(session, route.method.name(), &here, &[]).await;
            house.edge.set_seed(7);
            let second = house.ask(session, route.method.name(), &nowhere, &[]).await;
            assert_eq!(first, second, "{} {}", route.method.name(), route.path);
            let expected = if session.is_some() { "404" } else { "401" };
            assert!(first.starts_with(expected), "{} {}: {first}", route.method.name(), route.path);
            compared += 1;
        }
    }
    assert!(compared > 60, "{compared}");
}

#[tokio::test]
async fn rooms_of_others_are_like_rooms_that_do_not_exist() {
    let house = House::build().await;
    // A secret room of the mediator and B, with an item in it.
    let participants =
        ["Mission", "B"].map(|name| Participant { principal: house.principal(name), only: vec![] });
    let ask = Ask::OpenRoom { name: "S".into(), participants: participants.into(), secret: true };
    house.does(&house.lead, ask).await;
    let secret = house.view(&house.b).rooms.iter().find(|r| r.secret).unwrap().id;
    let item = house.says(&house.b, secret, "between us").await.to_string();
    let (talks, room) = (house.live.id().to_string(), secret.to_string());
    let nobody = nobody_called("room", 9);
    for actor in [&house.a, &house.guarantor, &house.outsider] {
        for route in ROUTES.iter().filter(|route| route.path.contains("{room}")) {
            let here = fill(route.path, |parameter| match parameter {
                "talks" => talks.clone(),
                "room" => room.clone(),
                "item" => item.clone(),
                other => nobody_called(other, 1),
            });
            let nowhere = fill(route.path, |parameter| match parameter {
                "talks" => talks.clone(),
                other => nobody_called(other, 2),
            });
            let principal = house.principal("A").to_string();
            let fields = [
                ("text", "x"),
                ("to", &nobody),
                ("principal", &principal),
                ("sure", "yes"),
                ("answer", "yes"),
                ("choice", "a"),
                ("remark", "agree"),
                ("version", &nobody),
                ("clause", &nobody),
            ];
            let session = Some(&actor.session);
            house.edge.set_seed(7);
            let first = house.ask(session, route.method.name(), &here, &fields).await;
            house.edge.set_seed(7);
            let second = house.ask(session, route.method.name(), &nowhere, &fields).await;
            assert_eq!(first, second, "{} {}", route.method.name(), route.path);
            assert!(first.starts_with('4'), "{} {}: {first}", route.method.name(), route.path);
        }
    }
    // The same doors are open to those inside.
    let page = house.get(&house.b, &format!("/talks/{talks}/rooms/{room}")).await;
    assert!(page.starts_with("200") && page.contains("between us"), "{page}");
}

#[tokio::test]
async fn every_page_opens_for_those_inside_in_every_language() {
    let house = House::build().await;
    let talks = house.live.id().to_string();
    for actor in [&house.lead, &house.a, &house.b, &house.guarantor] {
        let room = house.home(actor).to_string();
        let pages = ROUTES.iter().filter(|route| {
            route.door == Door::Seat
                && route.method.name() == "GET"
                && !["{item}", "{ballot}", "{text}"].iter().any(|p| route.path.contains(p))
        });
        for route in pages {
            for language in ["en", "ar", "he"] {
                let path = fill(route.path, |parameter| match parameter {
                    "talks" => talks.clone(),
                    _ => room.clone(),
                });
                let page = house.get(actor, &format!("{path}?language={language}")).await;
                // Only mediators have a workbench.
                let theirs = actor.member == house.lead.member || !path.contains("workbench");
                let expected = if theirs { "200" } else { "404" };
                assert!(page.starts_with(expected), "{path}: {page}");
                if page.contains("text/html") {
                    assert!(page.contains(&format!("<html lang=\"{language}\"")), "{path}");
                }
            }
        }
    }
}

#[tokio::test]
async fn forms_of_other_sites_change_nothing() {
    let house = House::build().await;
    let talks = house.live.id();
    let room = house.home(&house.a);
    let path = format!("/talks/{talks}/rooms/{room}/say");
    let body = house.ask(Some(&house.a.session), "POST", &path, &[("text", "mine")]).await;
    assert!(body.starts_with("303"), "{body}");
    // The last `form` field is the right one; the first counts.
    let forged = [("text", "forged"), ("form", "x")];
    let body = house.ask(Some(&house.a.session), "POST", &path, &forged).await;
    assert!(body.starts_with("403"), "{body}");
    let view = house.view(&house.a);
    assert_eq!(view.rooms.iter().find(|r| r.id == room).unwrap().items.len(), 1);
}

#[tokio::test]
async fn a_form_sent_twice_counts_once() {
    let house = House::build().await;
    let (talks, room) = (house.live.id(), house.home(&house.a));
    let path = format!("/talks/{talks}/rooms/{room}/say");
    let count = || house.view(&house.a).rooms.iter().find(|r| r.id == room).unwrap().items.len();
    for _ in 0..2 {
        let form = [("text", "once"), ("once", "key")];
        let body = house.ask(Some(&house.a.session), "POST", &path, &form).await;
        assert!(body.starts_with("303"), "{body}");
    }
    assert_eq!(count(), 1);
    let other = [("text", "another"), ("once", "key")];
    let body = house.ask(Some(&house.a.session), "POST", &path, &other).await;
    assert!(body.starts_with("409"), "{body}");
    assert_eq!(count(), 1);
}

#[tokio::test]
async fn every_answer_is_hardened_and_asks_nobody_else() {
    let house = House::build().await;
    let talks = house.live.id();
    for path in ["/".to_owned(), "/sign-in".into(), "/nowhere".into(), format!("/talks/{talks}")] {
        let page = house.get(&house.a, &path).await;
        for header in [
            "content-security-policy: default-src 'none'",
            "referrer-policy: no-referrer",
            "x-content-type-options: nosniff",
            "cache-control: no-store",
        ] {
            assert!(page.contains(header), "{path}: {header}");
        }
        assert!(!page.contains("http://") && !page.contains("https://"), "{path}");
        let mut cold = page.len();
        for asset in [&crate::web::assets::STYLE, &crate::web::assets::SCRIPT] {
            assert!(page.contains(&asset.path()), "{path}");
            cold += house.get(&house.a, &asset.path()).await.len();
        }
        assert!(cold <= 60 * 1024, "{path} costs {cold} bytes");
    }
}

#[tokio::test]
async fn bad_requests_get_an_answer_and_no_panic() {
    let house = House::build().await;
    let talks = house.live.id();
    let command = format!("/api/v1/talks/{talks}/commands");
    let deep = "[".repeat(100_000);
    for body in ["", "{", "null", "{\"say\":1}", &deep, "{\"read\":{\"room\":\"é\",\"items\":[]}}"]
    {
        let answer = house.ask(Some(&house.a.session), "POST", &command, &[("", body)]).await;
        assert!(answer.starts_with("422"), "{answer}");
    }
    let long = format!("/k/{}", "A".repeat(5000));
    for path in ["/k/x", &long, "/assets/../x", "/talks/%00", "/talks/é", "/talks//rooms"] {
        let path = path.replace('é', "%C3%A9");
        let answer = house.get(&house.a, &path).await;
        assert!(answer.starts_with('4'), "{path}: {answer}");
    }
}
