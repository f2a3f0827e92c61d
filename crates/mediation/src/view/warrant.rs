//! The permit to open what is sealed.

/// Made only inside [`crate::view`].
pub(crate) struct Warrant(());

impl Warrant {
    pub(in crate::view) fn issue() -> Self {
        Self(())
    }
}
