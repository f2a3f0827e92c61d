//! What procedures reach on the same scenarios, in the same run, by one measure.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "programs print their tables")]

pub mod adviser;
pub mod lies;
pub mod measure;
pub mod procedure;
pub mod sample;
pub mod scenarios;

/// Runs `work` on every item, on two threads; results in item order.
pub fn on_two_threads<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let results = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let Some(item) = items.get(at) else { return };
                    let result = work(item);
                    if let Ok(mut results) = results.lock() {
                        results.push((at, result));
                    }
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_default();
    results.sort_by_key(|r| r.0);
    results.into_iter().map(|r| r.1).collect()
}
