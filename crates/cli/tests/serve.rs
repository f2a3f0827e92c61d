//! `detente serve` as a process: it starts, answers, survives being killed.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failing test may panic, and figures are printed"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

struct Server {
    child: Child,
    address: SocketAddr,
    link: Option<String>,
}

fn start(data: &Path, more: &[&str]) -> Server {
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["serve", "--listen", "127.0.0.1:0", "--requests-per-second", "100000", "--data"])
        .arg(data)
        .args(more)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut link = None;
    let mut address = None;
    for line in lines.by_ref().map_while(Result::ok) {
        if let Some(url) = line.strip_prefix("listening on http://") {
            address = url.trim_end_matches('/').parse().ok();
        } else if let Some(url) = line.strip_prefix("come in, once, by ") {
            link = url.rsplit('/').next().map(str::to_owned);
        } else {
            break;
        }
    }
    Server { child, address: address.expect("it says where it listens"), link }
}

impl Server {
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// One request over a connection of its own; `None` when the server is gone.
fn ask(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let mut request = format!(
        "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{request}\r\n{body}").as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let status = answer.get(9..12)?.parse().ok()?;
    let body = answer.split_once("\r\n\r\n")?.1.to_owned();
    Some((status, body))
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Comes in by the first link and begins talks: the session, the talks, the lead's own room.
fn begin(server: &Server) -> (String, String, String) {
    let link = server.link.as_ref().expect("a new server prints a link");
    let body = format!("{{\"link\":\"{link}\"}}");
    let (status, body) = ask(server.address, "POST", "/api/v1/sessions", &[], &body).unwrap();
    assert_eq!(status, 201, "{body}");
    let bearer = format!("Bearer {}", json(&body)["session"].as_str().unwrap());
    let opening = r#"{"title":"T","lead":"L","parties":[{"name":"A"},{"name":"B"}],"mediators":[{"name":"M","reaches":[0,1]}]}"#;
    let auth = [("authorization", bearer.as_str())];
    let (status, body) = ask(server.address, "POST", "/api/v1/talks", &auth, opening).unwrap();
    assert_eq!(status, 201, "{body}");
    let talks = json(&body)["talks"].as_str().unwrap().to_owned();
    let (_, body) =
        ask(server.address, "GET", &format!("/api/v1/talks/{talks}"), &auth, "").unwrap();
    let room = json(&body)["you"]["home"].as_str().unwrap().to_owned();
    (bearer, talks, room)
}

fn say(
    address: SocketAddr,
    bearer: &str,
    talks: &str,
    room: &str,
    text: &str,
) -> Option<(u16, String)> {
    let body = format!(
        "{{\"say\":{{\"room\":\"{room}\",\"content\":{{\"kind\":\"note\",\"text\":\"{text}\"}}}}}}"
    );
    let headers = [("authorization", bearer), ("idempotency-key", text)];
    ask(address, "POST", &format!("/api/v1/talks/{talks}/commands"), &headers, &body)
}

/// How often each text stands in the room.
fn texts(address: SocketAddr, bearer: &str, talks: &str, room: &str) -> Vec<String> {
    let auth = [("authorization", bearer)];
    let (status, body) = ask(address, "GET", &format!("/api/v1/talks/{talks}"), &auth, "").unwrap();
    assert_eq!(status, 200, "{body}");
    let view = json(&body);
    let rooms = view["rooms"].as_array().unwrap();
    let room = rooms.iter().find(|r| r["id"] == room).unwrap();
    let items = room["items"].as_array().unwrap().iter();
    items.map(|item| item["said"]["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn it_starts_without_configuration_and_answers() {
    let folder = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let server = start(&folder.path().join("data"), &[]);
    let (status, body) = ask(server.address, "GET", "/", &[], "").unwrap();
    let took = began.elapsed();
    assert_eq!(status, 200);
    assert!(body.contains("What is this place?"), "{body}");
    println!("start to first page: {took:?}");
    let (bearer, talks, room) = begin(&server);
    assert_eq!(say(server.address, &bearer, &talks, &room, "x").unwrap().0, 200);
    // A link is used up by its use.
    let body = format!("{{\"link\":\"{}\"}}", server.link.as_ref().unwrap());
    assert_eq!(ask(server.address, "POST", "/api/v1/sessions", &[], &body).unwrap().0, 403);
    // A second server on the same folder is refused.
    let second = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path().join("data"))
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&second.stderr).contains("another server is using"));
    server.kill();
}

/// A figure in KB that the system has of a process.
#[cfg(target_os = "linux")]
fn status(process: &Child, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn nothing_in_memory_is_swapped_where_it_may_be_locked() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = start(&data, &[]);
    let (bearer, talks, room) = begin(&server);
    assert_eq!(say(server.address, &bearer, &talks, &room, "CANARY-31c7").unwrap().0, 200);
    let locked = status(&server.child, "VmLck:");
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", server.child.id())).unwrap();
    let limit = limits.lines().find(|line| line.starts_with("Max locked memory")).unwrap();
    let (code, text) = detente(&["doctor", "--data", &data.display().to_string()]);
    assert_eq!(code, 0, "{text}");
    if limit.contains("unlimited") {
        assert!(locked > status(&server.child, "VmRSS:"), "{locked} KB");
    } else {
        assert_eq!(locked, 0, "{limit}");
        println!("not locked: {limit}; {text}");
    }
    if locked > 0 {
        assert_eq!(status(&server.child, "VmSwap:"), 0);
    }
    server.kill();
}

fn detente(arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_detente")).args(arguments).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn a_backup_is_taken_while_it_runs_and_can_be_restored() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let shown = data.display().to_string();
    let server = start(&data, &[]);
    let (bearer, talks, room) = begin(&server);
    say(server.address, &bearer, &talks, &room, "before").unwrap();
    let copy = folder.path().join("copy.sqlite");
    let to = copy.display().to_string();
    assert_eq!(detente(&["backup", &to, "--data", &shown]).0, 0);
    let (code, text) = detente(&["backup", &to, "--data", &shown]);
    assert!(code == 1 && text.contains("exists already"), "{text}");
    say(server.address, &bearer, &talks, &room, "after").unwrap();
    let (code, text) = detente(&["doctor", "--data", &shown]);
    assert!(code == 0 && text.contains("the database is whole"), "{text}");
    let (code, text) = detente(&["restore", &to, "--data", &shown]);
    assert!(code == 1 && text.contains("another server is using"), "{text}");
    server.kill();
    let (code, text) = detente(&["restore", &to, "--data", &shown]);
    assert!(code == 1 && text.contains("exists already"), "{text}");
    for file in ["detente.sqlite", "detente.sqlite-wal", "detente.sqlite-shm"] {
        // The log and its index may be gone already.
        let _ = std::fs::remove_file(data.join(file));
    }
    let (code, text) = detente(&["restore", &to, "--data", &shown]);
    assert_eq!(code, 0, "{text}");
    let server = start(&data, &[]);
    assert_eq!(texts(server.address, &bearer, &talks, &room), ["before"]);
    server.kill();
}

#[test]
fn talks_go_to_another_machine_in_an_encrypted_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (here, there, identity, file) = (path("here"), path("there"), path("id"), path("t.age"));
    let (code, recipient) = detente(&["talks", "keygen", "--out", &identity]);
    assert!(code == 0 && recipient.starts_with("age1"), "{recipient}");
    let (code, text) = detente(&["talks", "keygen", "--out", &identity]);
    assert!(code == 2 && text.contains("name a new file"), "{text}");
    let server = start(Path::new(&here), &[]);
    let (bearer, talks, room) = begin(&server);
    say(server.address, &bearer, &talks, &room, "carried along").unwrap();
    assert_eq!(detente(&["talks", "list", "--data", &here]), (0, format!("{talks}\n")));
    let export = ["talks", "export", &talks, "--to", recipient.trim(), "--out", &file];
    let (code, text) = detente(&[&export[..], &["--data", &here]].concat());
    assert_eq!(code, 0, "{text}");
    let import = ["talks", "import", &file, "--identity", &identity, "--data"];
    let (code, text) = detente(&[&import[..], &[&here]].concat());
    assert!(code != 0 && text.contains("another server is using"), "{text}");
    server.kill();
    let (code, text) = detente(&[&import[..], &[&here]].concat());
    assert!(code == 2 && text.contains("are here already"), "{text}");

    let (code, text) = detente(&[&import[..], &[&there]].concat());
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("the link that `detente serve` prints (L, M)"), "{text}");
    let server = start(Path::new(&there), &[]);
    let body = format!("{{\"link\":\"{}\"}}", server.link.as_ref().unwrap());
    let (status, body) = ask(server.address, "POST", "/api/v1/sessions", &[], &body).unwrap();
    assert_eq!(status, 201, "{body}");
    let bearer = format!("Bearer {}", json(&body)["session"].as_str().unwrap());
    assert_eq!(texts(server.address, &bearer, &talks, &room), ["carried along"]);
    // The talks go on there.
    assert_eq!(say(server.address, &bearer, &talks, &room, "and on").unwrap().0, 200);
    server.kill();
}

#[test]
fn the_doctor_finds_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let shown = data.display().to_string();
    let (code, text) = detente(&["doctor", "--data", &shown]);
    assert!(code == 1 && text.contains("there is no store in"), "{text}");
    let server = start(&data, &[]);
    let (_, talks, _) = begin(&server);
    server.kill();
    let keys = data.join("keys").join(&talks);
    std::fs::rename(&keys, folder.path().join("taken")).unwrap();
    let (code, text) = detente(&["doctor", "--data", &shown]);
    assert!(code == 1 && text.contains("are all the keys there?"), "{text}");
    std::fs::rename(folder.path().join("taken"), &keys).unwrap();
    // Both: what the one has lost the other may still have.
    for file in ["detente.sqlite", "detente.sqlite-wal"] {
        let path = data.join(file);
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, vec![7; bytes.len()]).unwrap();
    }
    let (code, text) = detente(&["doctor", "--data", &shown]);
    assert!(code == 1 && text.contains("put the last backup in its place"), "{text}");
}

#[test]
fn unusable_words_are_said_so() {
    for (arguments, expected) in [
        (&["serve", "--listen", "nowhere"][..], 2),
        (&["serve", "--requests-per-second", "0"][..], 2),
        (&["serve", "--data", "/dev/null/x", "--listen", "127.0.0.1:0"][..], 1),
    ] {
        let (code, text) = detente(arguments);
        assert_eq!(code, expected, "{text}");
        assert!(text.contains("error") && !text.contains("panicked"), "{text}");
    }
}

/// How many kills: few here, many with `DETENTE_KILLS`.
fn kills() -> u32 {
    std::env::var("DETENTE_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(4)
}

/// Killed at a random moment under load, again and again: what was
/// acknowledged is there once, and what is repeated is not applied twice.
#[test]
fn nothing_acknowledged_is_lost_or_doubled_by_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path(), &[]);
    let (bearer, talks, room) = begin(&server);
    server.kill();
    let mut acknowledged: Vec<String> = Vec::new();
    let mut unsure: Vec<String> = Vec::new();
    let mut dice = 0x2545_f491_u64;
    for round in 0..kills() {
        let server = start(folder.path(), &[]);
        let address = server.address;
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        // The first lives long enough for something to get through on any machine.
        let life = Duration::from_millis(if round == 0 { 1000 } else { 5 + dice % 120 });
        // What got no answer is asked again, with the same key.
        let again = std::mem::take(&mut unsure);
        let (done, lost) = std::thread::scope(|scope| {
            let writers: Vec<_> = (0..4)
                .map(|writer| {
                    let mine: Vec<String> = again.iter().skip(writer).step_by(4).cloned().collect();
                    let (bearer, talks, room) = (&bearer, &talks, &room);
                    scope.spawn(move || {
                        let new = (0..).map(|n| format!("r{round}w{writer}n{n}"));
                        let mut done = Vec::new();
                        let mut waiting = mine.into_iter().chain(new);
                        for text in waiting.by_ref() {
                            match say(address, bearer, talks, room, &text) {
                                Some((200, _)) => done.push(text),
                                _ => return (done, vec![text]),
                            }
                        }
                        (done, Vec::new())
                    })
                })
                .collect();
            std::thread::sleep(life);
            server.kill();
            let mut all = (Vec::new(), Vec::new());
            for writer in writers {
                let (done, lost) = writer.join().unwrap();
                all.0.extend(done);
                all.1.extend(lost);
            }
            all
        });
        // Those of `again` that were not reached are still unsure.
        unsure = again.into_iter().filter(|t| !done.contains(t) && !lost.contains(t)).collect();
        unsure.extend(lost);
        acknowledged.extend(done);
    }
    let server = start(folder.path(), &[]);
    let there = texts(server.address, &bearer, &talks, &room);
    for text in &acknowledged {
        let count = there.iter().filter(|t| *t == text).count();
        assert_eq!(count, 1, "{text} was acknowledged and is there {count} times");
    }
    for text in &there {
        assert!(acknowledged.contains(text) || unsure.contains(text), "nobody said {text}");
    }
    println!("{} kills: {} acknowledged, none lost, none doubled", kills(), acknowledged.len());
    assert!(!acknowledged.is_empty(), "the load never got through");
    server.kill();
}
