//! Maps and sets that keep the order in which things came.
//!
//! Their keys are ids that this crate makes from fresh randomness, never words
//! of a client: a quick hash serves as well as one that resists attack.

use foldhash::fast::RandomState;

/// A map in the order in which things came.
pub(crate) type Map<K, V> = indexmap::IndexMap<K, V, RandomState>;
/// A set in the order in which things came.
pub(crate) type Set<T> = indexmap::IndexSet<T, RandomState>;
