//! How long to search, and what to show meanwhile.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Explanations get so long where nobody asked for a limit.
const EXPLANATION: Duration = Duration::from_secs(10);

/// A deadline, if one was asked for, and a sign of life on a terminal after a second.
#[derive(Debug)]
pub(super) struct Patience {
    begun: Instant,
    deadline: Option<Instant>,
    explaining: AtomicU64,
    shown: AtomicU64,
    visible: bool,
}

impl Patience {
    pub(super) fn new(seconds: Option<f64>) -> Self {
        let begun = Instant::now();
        Self {
            begun,
            deadline: seconds.map(|s| begun + Duration::from_secs_f64(s)),
            explaining: AtomicU64::new(u64::MAX),
            shown: AtomicU64::new(0),
            visible: std::io::stderr().is_terminal(),
        }
    }

    /// From now on the time for explanations runs.
    pub(super) fn begin_explaining(&self) {
        let until = self.begun.elapsed() + EXPLANATION;
        self.explaining
            .store(u64::try_from(until.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Whether to end the search now.
    pub(super) fn is_over(&self) -> bool {
        let elapsed = self.begun.elapsed();
        if self.visible && elapsed.as_secs() > self.shown.load(Ordering::Relaxed) {
            self.shown.store(elapsed.as_secs(), Ordering::Relaxed);
            let _ = write!(std::io::stderr(), "\rsearching … {} s ", elapsed.as_secs());
        }
        let explained = elapsed.as_millis() >= u128::from(self.explaining.load(Ordering::Relaxed));
        explained || self.deadline.is_some_and(|d| Instant::now() >= d)
    }

    /// Takes the sign of life away.
    pub(super) fn clear(&self) {
        if self.shown.load(Ordering::Relaxed) > 0 {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
