//! The desk under load: pairs of participants who put offers to each other.
//!
//! Every pair has talks of its own, with a mediator, a room that both sides
//! are in, and an event stream open for each side. An offer is a structured
//! package; it is acknowledged when it is on disk, and delivered when the
//! other side's stream has it. Nothing of the server is left out: sessions,
//! seats, mandates, sealing, the log's chain, per-audience views.
//!
//! `desk_load PATH-OF-DETENTE PARTICIPANTS SECONDS [paced]`: without `paced`
//! everybody offers again as soon as the last offer is acknowledged; with it
//! once in ten seconds. The server runs in a new folder under the current one.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that fails may panic, and figures are printed"
)]

mod client;

use client::Client;
use serde::Deserialize;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::{HashSet, VecDeque};
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

/// One in ten seconds: how often people act at most.
const PACE: Duration = Duration::from_secs(10);
/// So many pairs are set up at once.
const AT_ONCE: usize = 32;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [detente, participants, seconds, rest @ ..] = arguments.as_slice() else {
        panic!("usage: desk_load PATH-OF-DETENTE PARTICIPANTS SECONDS [paced]");
    };
    let pairs = participants.parse::<usize>().unwrap() / 2;
    let seconds = Duration::from_secs(seconds.parse().unwrap());
    let paced = rest.first().is_some_and(|word| word == "paced");
    let folder = std::env::current_dir().unwrap().join("desk-load-data");
    // What an earlier run left behind.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir(&folder).unwrap();
    println!("fsync of 4 KiB: {:.2} ms (median of 51)", 1e3 * fsync(&folder));

    let mut server = Server::start(detente, &folder).await;
    println!("start to first page: {:.0} ms", 1e3 * server.start.as_secs_f64());
    let before = server.memory();
    let began = Instant::now();
    let people = Arc::new(set_up(&server, pairs).await);
    println!("{} participants set up in {:.1} s", 2 * pairs, began.elapsed().as_secs_f64());
    let streams = Streams::open(&people).await;
    let [all, program] = server.memory();
    let more = all - before[0];
    println!(
        "memory: {} KB at the start, {all} KB with {} participants connected: {:.1} KB each; \
         of the {more} KB more, {} KB are parts of the program that had not run before",
        before[0],
        2 * pairs,
        more as f64 / (2 * pairs) as f64,
        program - before[1],
    );
    let processes = [server.process(), "self".to_owned()];
    let before = processes.each_ref().map(|process| cpu(process));
    let mut measured = run(&people, streams, seconds, paced).await;
    let (offers, took) = (measured.offers, measured.took);
    let [served, loaded] = [0, 1].map(|n| 1e3 * (cpu(&processes[n]) - before[n]) / offers as f64);
    println!("{offers} offers in {took:.1} s: {:.0} a second", offers as f64 / took);
    println!(
        "acknowledged after p50 {:.1} ms, p99 {:.1} ms",
        quantile(&mut measured.answered, 0.5),
        quantile(&mut measured.answered, 0.99)
    );
    println!(
        "delivered {} of them, after p50 {:.1} ms, p99 {:.1} ms",
        measured.delivered.len(),
        quantile(&mut measured.delivered, 0.5),
        quantile(&mut measured.delivered, 0.99)
    );
    println!(
        "server: {served:.3} s of CPU per 1,000 offers (this load: {loaded:.3} s); {} KB at the end",
        server.memory()[0]
    );
    println!("fsync of 4 KiB: {:.2} ms (median of 51)", 1e3 * fsync(&folder));
    server.child.kill().await.unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Seconds until 4 KiB are on disk.
fn fsync(folder: &Path) -> f64 {
    let path = folder.join("probe");
    let mut file = std::fs::File::create(&path).unwrap();
    let mut times: Vec<f64> = (0..51)
        .map(|_| {
            let began = Instant::now();
            file.write_all(&[0; 4096]).unwrap();
            file.sync_all().unwrap();
            began.elapsed().as_secs_f64()
        })
        .collect();
    std::fs::remove_file(path).unwrap();
    times.sort_unstable_by(f64::total_cmp);
    times[times.len() / 2]
}

fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let at = (share * values.len().saturating_sub(1) as f64).round() as usize;
    values.get(at).copied().unwrap_or(f64::NAN)
}

/// A server, started for this run.
struct Server {
    child: tokio::process::Child,
    address: SocketAddr,
    link: String,
    start: Duration,
}

impl Server {
    async fn start(detente: &str, folder: &Path) -> Self {
        let began = Instant::now();
        let mut child = tokio::process::Command::new(detente)
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--requests-per-second",
                "1000000",
                "--data",
            ])
            .arg(folder)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (mut address, mut link) = (None, None);
        while let Some(line) = lines.next_line().await.unwrap() {
            if let Some(url) = line.strip_prefix("listening on http://") {
                address = url.trim_end_matches('/').parse().ok();
            } else if let Some(url) = line.strip_prefix("come in, once, by ") {
                link = url.rsplit('/').next().map(str::to_owned);
                break;
            }
        }
        let address: SocketAddr = address.unwrap();
        let mut client = Client::new(address, 0, None);
        assert!(client.get("/").await.contains("<h1>"));
        Self { child, address, link: link.unwrap(), start: began.elapsed() }
    }

    /// Resident memory in KB: all of it, and what of it is the program itself.
    fn memory(&self) -> [u64; 2] {
        let path = format!("/proc/{}/status", self.process());
        let status = std::fs::read_to_string(path).unwrap();
        ["VmRSS:", "RssFile:"].map(|name| {
            let line = status.lines().find(|l| l.starts_with(name)).unwrap();
            line.split_whitespace().nth(1).unwrap().parse().unwrap()
        })
    }

    fn process(&self) -> String {
        self.child.id().unwrap().to_string()
    }
}

/// Seconds of processor time a process has taken.
fn cpu(process: &str) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let after = stat.rsplit_once(')').unwrap().1;
    let fields: Vec<&str> = after.split_whitespace().collect();
    // User and system time, in hundredths.
    fields[11..13].iter().map(|f| f.parse::<f64>().unwrap()).sum::<f64>() / 100.0
}

/// One side of a pair.
struct Participant {
    client: tokio::sync::Mutex<Client>,
    address: SocketAddr,
    number: u32,
    bearer: String,
    talks: String,
    room: String,
    issues: Vec<String>,
    /// When its offers were made that the other side has not seen yet: they arrive in order.
    under_way: Mutex<VecDeque<Instant>>,
}

/// Talks for every pair, and both sides signed in.
async fn set_up(server: &Server, pairs: usize) -> Vec<Participant> {
    let host = Client::session(server.address, 0, &server.link).await;
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut setting_up = Vec::new();
    for pair in 0..pairs as u32 {
        let (address, host, turns) = (server.address, host.clone(), turns.clone());
        setting_up.push(tokio::spawn(async move {
            let _turn = turns.acquire().await.unwrap();
            pair_up(address, &host, pair).await
        }));
    }
    let mut people = Vec::new();
    for pair in setting_up {
        people.extend(pair.await.unwrap());
    }
    people
}

async fn pair_up(address: SocketAddr, host: &str, pair: u32) -> Vec<Participant> {
    let mut lead = Client::new(address, 2 * pair + 1, Some(host.to_owned()));
    let option = |n: usize| json!({"name": format!("issue {n}"), "options": {"categorical": ["a", "b", "c"]}});
    let opening = json!({
        "title": "Load", "lead": "Lead",
        "parties": [{"name": "A"}, {"name": "B"}],
        "mediators": [{"name": "M", "reaches": [0, 1]}],
        "issues": [option(0), option(1), option(2)],
    });
    let talks = lead.post("/api/v1/talks", &opening).await["talks"].as_str().unwrap().to_owned();
    let base = format!("/api/v1/talks/{talks}");
    let commands = format!("{base}/commands");
    let principal = |view: &Value, name: &str| {
        let all = view["principals"].as_array().unwrap();
        all.iter().find(|p| p["name"] == name).unwrap()["id"].as_str().unwrap().to_owned()
    };
    let view = lead.view(&base).await;
    let sides = ["A", "B"].map(|name| principal(&view, name));
    let rights = json!({"read": true, "draft": true, "speak": true, "accept": true, "lead": true});
    for side in &sides {
        let ask = json!({"add-member": {"principal": side, "name": "Head", "rights": rights}});
        lead.post(&commands, &ask).await;
    }
    let all = [principal(&view, "M"), sides[0].clone(), sides[1].clone()];
    let participants: Vec<Value> = all.iter().map(|p| json!({"principal": p})).collect();
    let ask = json!({"open-room": {"name": "Table", "participants": participants, "secret": true}});
    lead.post(&commands, &ask).await;
    let view = lead.view(&base).await;
    let ids = |list: &Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap().to_owned()).collect()
    };
    let room = view["rooms"].as_array().unwrap().iter().find(|r| r["secret"] == true).unwrap();
    let room = room["id"].as_str().unwrap().to_owned();
    let issues = ids(&view["issues"]);
    let mut pair_of = Vec::new();
    for (at, side) in sides.iter().enumerate() {
        let found = view["principals"].as_array().unwrap().iter().find(|p| p["id"] == **side);
        let member = found.unwrap()["people"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("{base}/people/{member}/link");
        let link = lead.post(&path, &json!({})).await["link"].as_str().unwrap().to_owned();
        let link = link.rsplit('/').next().unwrap().to_owned();
        let number = 2 * pair + 1 + at as u32;
        let bearer = Client::session(address, number, &link).await;
        pair_of.push(Participant {
            client: tokio::sync::Mutex::new(Client::new(address, number, Some(bearer.clone()))),
            address,
            number,
            bearer,
            talks: talks.clone(),
            room: room.clone(),
            issues: issues.clone(),
            under_way: Mutex::default(),
        });
    }
    pair_of
}

/// What came of a run. Times in milliseconds.
#[derive(Default)]
struct Measured {
    offers: u64,
    /// Seconds until the last of them was acknowledged.
    took: f64,
    answered: Vec<f64>,
    delivered: Vec<f64>,
}

/// Everybody's event stream, and what arrived on them.
struct Streams {
    tasks: Vec<JoinHandle<()>>,
    delivered: Arc<Mutex<Vec<f64>>>,
}

impl Streams {
    /// Returns when everybody has a stream and a connection to ask on.
    async fn open(people: &Arc<Vec<Participant>>) -> Self {
        let delivered = Arc::new(Mutex::new(Vec::new()));
        let open = Arc::new(AtomicUsize::new(0));
        let mut tasks = Vec::new();
        for at in 0..people.len() {
            let (people, delivered, open) = (people.clone(), delivered.clone(), open.clone());
            tasks.push(tokio::spawn(async move {
                let me = &people[at];
                me.client.lock().await.get(&format!("/api/v1/talks/{}", me.talks)).await;
                // The sides of a pair stand next to each other.
                listen(me, &people[at ^ 1], &delivered, &open).await;
            }));
        }
        while open.load(Ordering::Relaxed) < people.len() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Self { tasks, delivered }
    }
}

async fn run(
    people: &Arc<Vec<Participant>>,
    streams: Streams,
    seconds: Duration,
    paced: bool,
) -> Measured {
    let began = Instant::now();
    let stop = Arc::new(AtomicBool::new(false));
    let mut offering = Vec::new();
    for at in 0..people.len() {
        let (people, stop) = (people.clone(), stop.clone());
        offering.push(tokio::spawn(async move {
            if paced {
                // Spread over the ten seconds, not all at once.
                let place = PACE.mul_f64(at as f64 / people.len() as f64);
                tokio::time::sleep(place).await;
            }
            offer(&people[at], &stop, paced).await
        }));
    }
    tokio::time::sleep(seconds).await;
    stop.store(true, Ordering::Relaxed);
    let mut measured = Measured::default();
    for task in offering {
        let answered = task.await.unwrap();
        measured.offers += answered.len() as u64;
        measured.answered.extend(answered);
    }
    measured.took = began.elapsed().as_secs_f64();
    // What is still on its way.
    tokio::time::sleep(Duration::from_secs(2)).await;
    streams.tasks.iter().for_each(JoinHandle::abort);
    measured.delivered = std::mem::take(&mut *streams.delivered.lock().unwrap());
    measured
}

async fn offer(me: &Participant, stop: &AtomicBool, paced: bool) -> Vec<f64> {
    let mut client = me.client.lock().await;
    let path = format!("/api/v1/talks/{}/commands", me.talks);
    let [first, second, third] = me.issues.as_slice() else { panic!("three issues") };
    let mut answered = Vec::new();
    let mut next = Instant::now();
    for turn in 0_u64.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let (number, room) = (me.number, &me.room);
        let [a, b, c] = [0, 1, 2].map(|n| (turn + n) % 3);
        let ask = format!(
            r#"{{"say":{{"room":"{room}","content":{{"kind":"proposal","text":"offer-{number}-{turn}","package":{{"{first}":{a},"{second}":{b},"{third}":{c}}}}}}}}}"#
        );
        let began = Instant::now();
        me.under_way.lock().unwrap().push_back(began);
        client.command(&path, &ask).await;
        answered.push(1e3 * began.elapsed().as_secs_f64());
        if paced {
            next += PACE;
            // Woken now and then, to see the end.
            while Instant::now() < next && !stop.load(Ordering::Relaxed) {
                let left = next.saturating_duration_since(Instant::now());
                tokio::time::sleep(left.min(Duration::from_millis(200))).await;
            }
        }
    }
    answered
}

/// What an event tells of a room, as far as it matters here.
#[derive(Deserialize)]
struct Told<'a> {
    #[serde(borrow, default)]
    items: Vec<Item<'a>>,
}

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    state: Cow<'a, str>,
}

/// Notes when the other side's offers arrive.
async fn listen(
    me: &Participant,
    other: &Participant,
    delivered: &Mutex<Vec<f64>>,
    open: &AtomicUsize,
) {
    let path = format!("/api/v1/talks/{}/events", me.talks);
    let client = Client::new(me.address, me.number, Some(me.bearer.clone()));
    let mut stream = client.stream(&path).await;
    open.fetch_add(1, Ordering::Relaxed);
    // Somebody who lags behind is told everything again.
    let mut heard = HashSet::new();
    let mut line = String::new();
    while stream.read_line(&mut line).await.is_ok_and(|read| read > 0) {
        // One's own are open.
        if let Some(data) = line.strip_prefix("data: ").filter(|d| d.contains(r#""unopened""#)) {
            let told: Told<'_> = serde_json::from_str(data).unwrap();
            let unopened = |item: &&Item<'_>| item.kind == "proposal" && item.state == "unopened";
            for item in told.items.iter().filter(unopened) {
                if !heard.insert(u128::from_str_radix(&item.id, 16).unwrap()) {
                    continue;
                }
                let began = other.under_way.lock().unwrap().pop_front().unwrap();
                delivered.lock().unwrap().push(1e3 * began.elapsed().as_secs_f64());
            }
        }
        line.clear();
    }
}
