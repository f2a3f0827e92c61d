//! Counts for whoever runs the server: how much, how fast, never who or what.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper bounds of the buckets, in microseconds.
const BOUNDS_US: [u64; 8] = [250, 1_000, 5_000, 10_000, 25_000, 50_000, 250_000, 1_000_000];

/// Counters since the start.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    /// Requests by hundreds of their status.
    requests: [AtomicU64; 6],
    /// Requests by how long they took.
    took: [AtomicU64; BOUNDS_US.len() + 1],
    took_us: AtomicU64,
    commands: AtomicU64,
    refused: AtomicU64,
    pub(crate) streams: AtomicU64,
}

impl Metrics {
    pub(crate) fn request(&self, status: u16, took: Duration) {
        if let Some(count) = self.requests.get(usize::from(status / 100)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BOUNDS_US.partition_point(|bound| *bound < us);
        self.took[bucket].fetch_add(1, Ordering::Relaxed);
        self.took_us.fetch_add(us, Ordering::Relaxed);
    }

    pub(crate) fn command(&self, done: bool) {
        let count = if done { &self.commands } else { &self.refused };
        count.fetch_add(1, Ordering::Relaxed);
    }

    /// In the text format of Prometheus.
    pub(crate) fn text(&self, talks: usize) -> String {
        let get = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let mut out = String::new();
        for (hundreds, count) in self.requests.iter().enumerate().skip(1) {
            let _ =
                writeln!(out, "detente_requests_total{{status=\"{hundreds}xx\"}} {}", get(count));
        }
        let mut below = 0;
        for (at, count) in self.took.iter().enumerate() {
            below += get(count);
            let bound =
                BOUNDS_US.get(at).map_or("+Inf".to_owned(), |us| format!("{}", *us as f64 / 1e6));
            let _ = writeln!(out, "detente_request_seconds_bucket{{le=\"{bound}\"}} {below}");
        }
        let _ = writeln!(out, "detente_request_seconds_sum {}", get(&self.took_us) as f64 / 1e6);
        let _ = writeln!(out, "detente_request_seconds_count {below}");
        let _ = writeln!(out, "detente_commands_total {}", get(&self.commands));
        let _ = writeln!(out, "detente_commands_refused_total {}", get(&self.refused));
        let _ = writeln!(out, "detente_event_streams {}", get(&self.streams));
        let _ = writeln!(out, "detente_talks {talks}");
        out
    }
}
