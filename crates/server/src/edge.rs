//! Where time and randomness come in: as data, from here and nowhere else.

use jiff::Timestamp;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The surroundings a server lives in.
pub trait Edge: Send + Sync {
    /// The wall clock. It may jump either way.
    fn now(&self) -> Timestamp;
    /// Time that never goes back, for rate limits and timings.
    fn since_start(&self) -> Duration;
    /// Fills with bytes nobody can guess.
    ///
    /// # Errors
    /// When the operating system has none.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness>;
}

/// The operating system gave no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no random bytes")]
pub struct NoRandomness;

/// The machine's own clock and randomness.
#[derive(Debug)]
pub struct System {
    start: Instant,
}

impl System {
    /// Starts counting now.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "a start time is not a default")]
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Edge for System {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn since_start(&self) -> Duration {
        self.start.elapsed()
    }

    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(bytes).map_err(|_| NoRandomness)
    }
}

/// A clock that is set by hand and randomness that repeats: for tests, never for people.
#[derive(Debug)]
pub struct Scripted {
    state: Mutex<(Timestamp, u64)>,
}

impl Scripted {
    /// Starts at this moment with this seed.
    #[must_use]
    pub fn new(now: Timestamp, seed: u64) -> Self {
        Self { state: Mutex::new((now, seed)) }
    }

    /// Sets the clock, backwards too.
    pub fn set_now(&self, now: Timestamp) {
        self.lock().0 = now;
    }

    /// Starts the randomness anew.
    pub fn set_seed(&self, seed: u64) {
        self.lock().1 = seed;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, (Timestamp, u64)> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Edge for Scripted {
    fn now(&self) -> Timestamp {
        self.lock().0
    }

    fn since_start(&self) -> Duration {
        Duration::ZERO
    }

    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        use sha2::{Digest, Sha256};
        let mut state = self.lock();
        for chunk in bytes.chunks_mut(32) {
            let block = Sha256::digest(state.1.to_be_bytes());
            state.1 = state.1.wrapping_add(1);
            for (byte, value) in chunk.iter_mut().zip(block) {
                *byte = value;
            }
        }
        Ok(())
    }
}
