//! Requests that nobody would send on purpose: no answer says that the server
//! failed, and nothing panics.

use super::confidentiality::Dice;
use super::house::House;
use crate::http::ROUTES;
use detente_mediation::Viewer;

/// How many requests: few here, many with `DETENTE_REQUESTS`.
fn requests() -> u64 {
    std::env::var("DETENTE_REQUESTS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000)
}

const COMMANDS: &[&str] = &[
    r#"{"say":{"room":"ROOM","content":{"kind":"note","text":"x"}}}"#,
    r#"{"prepare":{"room":"ROOM","statement":{"rank-issues":[["ISSUE"]]}}}"#,
    r#"{"prepare":{"room":"ROOM","statement":{"rank-options":{"issue":"ISSUE","groups":[[0],[1]]}}}}"#,
    r#"{"put-question":{"room":"ROOM","to":"PARTY","question":{"first":{"package":{"ISSUE":0}},"second":"no-deal"}}}"#,
    r#"{"open-room":{"name":"r","participants":[{"principal":"PARTY"}],"secret":true}}"#,
    r#"{"put":{"room":"ROOM","proposal":{"title":"t","deadline":"2030-01-01T00:00:00Z","rule":{"quota":{"at-least":1,"vetoes":[]}}},"to":[{"party":"PARTY","room":"ROOM"}]}}"#,
    r#"{"title":"T","lead":"L","parties":[{"name":"A"}],"mediators":[{"name":"M","reaches":[0]}]}"#,
];
const FIELDS: &[&str] = &[
    "text",
    "to",
    "room",
    "title",
    "deadline",
    "quota",
    "answer",
    "choice",
    "remark",
    "version",
    "clause",
    "principal",
    "name",
    "rights",
    "basis",
    "place-x",
    "issue-x",
    "a-x",
    "without",
    "kind",
    "level",
    "zone",
    "language",
    "at",
    "from",
    "options",
    "parties",
    "mediators",
    "issues",
];
const VALUES: &[&str] = &[
    "",
    "x",
    "0",
    "-1",
    "99999999999999999999",
    "2030-02-30T25:61",
    "yes",
    "\u{202e}اب",
    "\0",
    "%00%ff",
    "../../etc/passwd",
    "<script>",
    "'; --",
    "{0}",
    "1e400",
    "NaN",
    "Asia/Gaza",
];
const HEADERS: &[(&str, &str)] = &[
    ("content-type", "multipart/form-data; boundary=x"),
    ("content-type", "multipart/form-data"),
    ("content-type", "application/json"),
    ("accept-language", "iw;q=;,,*"),
    ("sec-fetch-site", "cross-site"),
    ("authorization", "Bearer \t"),
    ("cookie", "session=; session==;;language=xx; zone=%2F%2F"),
    ("idempotency-key", "once"),
    ("range", "bytes=0-"),
];

fn bent(dice: &mut Dice, text: &str) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..dice.roll(4) {
        let at = dice.roll(bytes.len().max(1) as u64) as usize;
        match dice.roll(4) {
            0 if at < bytes.len() => drop(bytes.remove(at)),
            1 if at < bytes.len() => bytes[at] = dice.roll(256) as u8,
            2 => bytes.truncate(at),
            _ => {
                let again = bytes[at.min(bytes.len())..].to_vec();
                bytes.extend(again);
            }
        }
    }
    bytes
}

fn body(dice: &mut Dice, named: &dyn Fn(&str) -> String) -> Vec<u8> {
    let pick = |dice: &mut Dice, from: &[&'static str]| from[dice.roll(from.len() as u64) as usize];
    match dice.roll(5) {
        0 => (0..dice.roll(200)).map(|_| dice.roll(256) as u8).collect(),
        1 => {
            let command = named(pick(dice, COMMANDS));
            bent(dice, &command)
        }
        2 => named(pick(dice, COMMANDS)).into_bytes(),
        3 => {
            let mut text = String::from("--x\r\n");
            for _ in 0..dice.roll(4) {
                let (field, value) = (pick(dice, FIELDS), pick(dice, VALUES));
                text.push_str(&format!(
                    "content-disposition: form-data; name=\"{field}\"; filename=\"scenario.yaml\"\r\n\r\n{value}\r\n--x\r\n"
                ));
            }
            bent(dice, &text)
        }
        _ => {
            let fields: Vec<_> =
                (0..dice.roll(6)).map(|_| (pick(dice, FIELDS), pick(dice, VALUES))).collect();
            serde_urlencoded::to_string(fields).unwrap().into_bytes()
        }
    }
}

#[tokio::test]
async fn no_request_makes_the_server_fail() {
    let house = House::build().await;
    let talks = house.live.id().to_string();
    let (room, party) = (house.caucus(&house.a).to_string(), house.principal("A").to_string());
    let issue = house.view(&house.lead).issues[0].id.to_string();
    let named =
        |text: &str| text.replace("ROOM", &room).replace("PARTY", &party).replace("ISSUE", &issue);
    let mut dice = Dice(20_261_129);
    let mut statuses = std::collections::BTreeMap::<u16, u32>::new();
    for request in 0..requests() {
        house.edge.set_seed(request);
        let route = &ROUTES[dice.roll(ROUTES.len() as u64) as usize];
        let path: Vec<String> = route
            .path
            .split('/')
            .map(|part| match part {
                "{talks}" if dice.roll(8) > 0 => talks.clone(),
                "{room}" if dice.roll(4) > 0 => room.clone(),
                "{issue}" if dice.roll(2) > 0 => issue.clone(),
                other if other.starts_with('{') => {
                    ["0", "%00", "x%2fy", "00000000000000000000000000000000"][dice.roll(4) as usize]
                        .to_owned()
                }
                other => other.to_owned(),
            })
            .collect();
        let mut path = path.join("/");
        if dice.roll(3) == 0 {
            let field = FIELDS[dice.roll(FIELDS.len() as u64) as usize];
            let value = VALUES[dice.roll(VALUES.len() as u64) as usize];
            path.push_str(&format!("?{}", serde_urlencoded::to_string([(field, value)]).unwrap()));
        }
        let actor = match dice.roll(5) {
            0 => None,
            1 => Some(&house.outsider),
            2 => Some(&house.lead),
            _ => Some(&house.a),
        };
        let mut headers = Vec::new();
        for _ in 0..dice.roll(3) {
            headers.push(HEADERS[dice.roll(HEADERS.len() as u64) as usize]);
        }
        let sent = body(&mut dice, &named);
        // The right token half of the time: otherwise nothing gets past the gate.
        let proved = dice.roll(2) == 0;
        let status = house.raw(actor, route.method.name(), &path, &headers, sent, proved).await;
        assert!(status < 500, "request {request}: {} {path}: {status}", route.method.name());
        *statuses.entry(status).or_default() += 1;
    }
    assert!(statuses.len() > 5, "{statuses:?}");
    assert!(house.ask(None, "GET", "/", &[]).await.starts_with("200"));
    let folded = detente_mediation::Talks::fold(&house.app.desk.events(house.live.id()).unwrap());
    let seen = detente_mediation::view(&folded, Viewer::Member(house.a.member));
    assert_eq!(seen, house.view(&house.a), "the log holds what happened");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_as_such() {
    let house = House::build().await;
    let large = vec![b'x'; (1 << 20) + 1];
    let status = house.raw(Some(&house.lead), "POST", "/talks/new", &[], large, true).await;
    assert_eq!(status, 413);
}
