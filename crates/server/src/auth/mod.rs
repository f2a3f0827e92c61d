//! Who is at the door: one-time links, passwords, sessions.
//!
//! Every token is 256 random bits and kept only as a hash. Nothing here knows
//! a name or a word of the talks: a person is an opaque id that holds seats.

mod guard;
mod password;
mod people;
mod seats;
mod token;

pub use guard::Guard;
pub use password::{MIN_PASSWORD_CHARS, PasswordError};
pub use people::{People, Person, PersonId, Seat};
pub use token::Token;

use crate::store::StoreError;

/// Why someone is not let in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The link was used, withdrawn, has expired, or never was.
    #[error("this link has been used, has expired, or is not complete")]
    Link,
    /// Wrong sign-in name or wrong password: the same answer.
    #[error("this name and password do not belong together")]
    Credentials,
    /// Not signed in, or no longer.
    #[error("not signed in")]
    Session,
    /// The form was not made by this server for this session.
    #[error("this form does not belong to your session; open the page again")]
    Forgery,
    /// Too many attempts.
    #[error("too many attempts; wait {0} seconds")]
    TooMany(u64),
    /// The password cannot be used.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The sign-in name is taken.
    #[error("this sign-in name cannot be used; choose another")]
    NameTaken,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No randomness.
    #[error(transparent)]
    NoRandomness(#[from] crate::edge::NoRandomness),
}
