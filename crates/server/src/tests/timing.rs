//! How long "nothing here" takes for a secret room and for one that does not exist.

use super::house::House;
use detente_mediation::{Ask, Participant};
use std::time::{Duration, Instant};

/// How many pairs of requests: few here, many with `DETENTE_TIMINGS`.
fn pairs() -> usize {
    std::env::var("DETENTE_TIMINGS").ok().and_then(|n| n.parse().ok()).unwrap_or(2000)
}

/// Medians differ by less than this share, of few requests on a busy machine.
/// The long run prints an interval, which is the figure that counts.
const SHARE_MAX: f64 = 0.25;

#[tokio::test]
async fn a_secret_room_answers_as_fast_as_none() {
    let house = House::build().await;
    let participants =
        ["Mission", "B"].map(|name| Participant { principal: house.principal(name), only: vec![] });
    let ask = Ask::OpenRoom { name: "S".into(), participants: participants.into(), secret: true };
    house.does(&house.lead, ask).await;
    let secret = house.view(&house.b).rooms.iter().find(|r| r.secret).unwrap().id;
    for n in 0..20 {
        house.says(&house.b, secret, &format!("{n} between us")).await;
    }
    let talks = house.live.id();
    let paths = [
        format!("/talks/{talks}/rooms/{secret}"),
        format!("/talks/{talks}/rooms/{}", "5".repeat(32)),
    ];
    let mut took: [Vec<Duration>; 2] = [Vec::new(), Vec::new()];
    for pair in 0..pairs() {
        // Interleaved, and either first in turn.
        for which in [pair % 2, 1 - pair % 2] {
            let began = Instant::now();
            let answer = house.get(&house.a, &paths[which]).await;
            took[which].push(began.elapsed());
            assert!(answer.starts_with("404"));
        }
    }
    let [mut secret, mut none] =
        took.map(|times| times.iter().map(Duration::as_secs_f64).collect::<Vec<_>>());
    let (difference, half) = interval(&secret, &none);
    secret.sort_by(f64::total_cmp);
    none.sort_by(f64::total_cmp);
    let (a, b) = (secret[secret.len() / 2], none[none.len() / 2]);
    println!(
        "{} requests; medians {:.2} and {:.2} µs; trimmed mean difference {:.3} ± {:.3} µs (95 %)",
        2 * pairs(),
        a * 1e6,
        b * 1e6,
        difference * 1e6,
        half * 1e6
    );
    assert!((a - b).abs() / b < SHARE_MAX, "medians {a} and {b}");
}

/// Difference of the pairs, the most extreme tenth at each end aside, with its 95 % interval.
fn interval(a: &[f64], b: &[f64]) -> (f64, f64) {
    let mut differences: Vec<f64> = a.iter().zip(b).map(|(x, y)| x - y).collect();
    differences.sort_by(f64::total_cmp);
    let cut = differences.len() / 10;
    let kept = &differences[cut..differences.len() - cut];
    let n = kept.len() as f64;
    let mean = kept.iter().sum::<f64>() / n;
    // Winsorised variance over the squared share that was kept.
    let (low, high) = (kept[0], kept[kept.len() - 1]);
    let all = differences.len() as f64;
    let clamped: Vec<f64> = differences.iter().map(|d| d.clamp(low, high)).collect();
    let centre = clamped.iter().sum::<f64>() / all;
    let variance = clamped.iter().map(|d| (d - centre).powi(2)).sum::<f64>() / (all - 1.0);
    (mean, 1.96 * (variance / all).sqrt() / (n / all))
}
