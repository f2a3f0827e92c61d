//! What is asked of the operating system.

/// Whether this process may lock all its memory: with a limit it would fail on
/// reaching it. Whoever may lift the limit has lifted it afterwards.
#[cfg(target_os = "linux")]
pub(crate) fn may_lock_memory() -> bool {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let none = Rlimit { current: None, maximum: None };
    setrlimit(Resource::Memlock, none).is_ok() || getrlimit(Resource::Memlock).current.is_none()
}

/// Keeps what is in memory out of core dumps, and out of swap where the system
/// allows it.
pub(crate) fn lock_memory() {
    if !try_lock_memory() {
        tracing::warn!("memory may be swapped: see `detente doctor`");
    }
}

#[cfg(target_os = "linux")]
fn try_lock_memory() -> bool {
    use rustix::mm::{MlockAllFlags, mlockall};
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    let all = MlockAllFlags::CURRENT | MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT;
    set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok()
        && may_lock_memory()
        && mlockall(all).is_ok()
}

/// As many connections as the system grants: everybody in the talks has two.
#[cfg(target_os = "linux")]
pub(crate) fn raise_file_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, ..limit };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(%error, "few connections can be open at once");
    }
}

/// Lets every other thread of this process go first, from now on.
#[cfg(target_os = "linux")]
pub(crate) fn step_back() {
    // Without a process it is this thread.
    if let Err(error) = rustix::process::setpriority_process(None, 19) {
        tracing::warn!(%error, "slow computations run beside everything else");
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn may_lock_memory() -> bool {
    false
}

#[cfg(not(target_os = "linux"))]
fn try_lock_memory() -> bool {
    false
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn raise_file_limit() {}

#[cfg(not(target_os = "linux"))]
pub(crate) fn step_back() {}
