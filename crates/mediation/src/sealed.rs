//! A secret has a type: it can be filled from anywhere in this crate, and
//! opened only with a [`Warrant`], which only [`crate::view`] can make.

use std::fmt;

/// Something that only [`crate::view`] can open.
#[derive(Clone, Default)]
pub(crate) struct Sealed<T>(T);

impl<T> Sealed<T> {
    /// Seals it.
    pub(crate) fn new(secret: T) -> Self {
        Self(secret)
    }

    /// Changes what is inside without letting it out.
    pub(crate) fn alter(&mut self, change: impl FnOnce(&mut T)) {
        change(&mut self.0);
    }

    /// What is inside, for whoever has a warrant.
    pub(crate) fn open(&self, _: &Warrant) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Sealed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(..)")
    }
}

pub(crate) use crate::view::warrant::Warrant;
