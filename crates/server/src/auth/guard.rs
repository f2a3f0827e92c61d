//! Rate limits: how often someone may try.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A bucket of permits per key that refills over time.
#[derive(Debug)]
pub struct Guard<K> {
    burst: f64,
    per_second: f64,
    buckets: Mutex<HashMap<K, (f64, Duration)>>,
}

/// Full buckets are forgotten when there are more than this.
const BUCKETS_MAX: usize = 50_000;

impl<K: Eq + Hash + Clone> Guard<K> {
    /// `burst` at once, then `per_second`.
    #[must_use]
    pub fn new(burst: u32, per_second: f64) -> Self {
        Self { burst: f64::from(burst), per_second, buckets: Mutex::default() }
    }

    /// Takes a permit; otherwise says how many seconds to wait.
    ///
    /// # Errors
    /// When the bucket is empty.
    pub fn pass(&self, key: &K, now: Duration) -> Result<(), u64> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > BUCKETS_MAX {
            buckets.retain(|_, (left, since)| self.filled(*left, *since, now) < self.burst);
        }
        let (left, since) = buckets.get(key).copied().unwrap_or((self.burst, now));
        let left = self.filled(left, since, now);
        if left < 1.0 {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "small, positive"
            )]
            return Err(((1.0 - left) / self.per_second).ceil() as u64);
        }
        buckets.insert(key.clone(), (left - 1.0, now));
        Ok(())
    }

    fn filled(&self, left: f64, since: Duration, now: Duration) -> f64 {
        let passed = now.saturating_sub(since).as_secs_f64();
        (left + passed * self.per_second).min(self.burst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_a_trickle() {
        let guard = Guard::new(3, 0.5);
        let at = Duration::from_secs;
        for _ in 0..3 {
            assert_eq!(guard.pass(&"a", at(10)), Ok(()));
        }
        assert_eq!(guard.pass(&"a", at(10)), Err(2));
        assert_eq!(guard.pass(&"b", at(10)), Ok(()), "another key is another bucket");
        assert_eq!(guard.pass(&"a", at(12)), Ok(()));
        assert_eq!(guard.pass(&"a", at(12)), Err(2));
        assert_eq!(guard.pass(&"a", at(5)), Err(2), "an earlier time fills nothing");
    }
}
