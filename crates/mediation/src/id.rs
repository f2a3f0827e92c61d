//! Ids that say nothing: 128 random bits, never a counter.

use detente_agreement::digest::{unhex, write_hex};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// Fresh randomness for one command.
///
/// The caller draws it from the operating system, never from a client, and
/// never uses it twice. Every id and salt that the command needs is derived
/// from it; it need not be kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fresh([u8; 32]);

impl Fresh {
    /// Takes 32 random bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The `index`-th 32 bytes for one purpose; without the randomness, unrelated to any other.
    pub(crate) fn derive(&self, purpose: &str, index: u64) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"detente fresh v1\0");
        hash.update(self.0);
        hash.update(index.to_be_bytes());
        hash.update(purpose.as_bytes());
        hash.finalize().into()
    }
}

impl fmt::Debug for Fresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fresh(..)")
    }
}

/// A text that is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id: 32 lower-case hexadecimal digits are expected")]
pub struct NotAnId;

macro_rules! id_types {
    ($($(#[$doc:meta])* $name:ident $purpose:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The `index`-th id of its kind that a command makes.
            #[must_use]
            pub fn fresh(fresh: &Fresh, index: u64) -> Self {
                let mut id = [0; 16];
                id.copy_from_slice(&fresh.derive($purpose, index)[..16]);
                Self(id)
            }

            /// From its 16 bytes, as stored.
            #[must_use]
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// Its 16 bytes.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(write_hex(&self.0, &mut [0; 32]))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                unhex(text).map(Self).ok_or(NotAnId)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(write_hex(&self.0, &mut [0; 32]))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }
    )*};
}

id_types! {
    /// One talks.
    TalksId "talks";
    /// A party, mediator, guarantor or observer.
    PrincipalId "principal";
    /// A person with a place in a principal's team.
    MemberId "member";
    /// One granting of rights to a person.
    MandateId "mandate";
    /// A matter to settle.
    IssueId "issue";
    /// A room.
    RoomId "room";
    /// Something said in a room.
    ItemId "item";
    /// A question put to a party.
    QuestionId "question";
    /// A single negotiating text.
    TextId "text";
    /// One version of a text.
    VersionId "version";
    /// A clause; it keeps its id from version to version.
    ClauseId "clause";
    /// A remark on a clause.
    RemarkId "remark";
    /// A proposal put for sealed acceptance.
    BallotId "ballot";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_survive_text_and_json() {
        let id = RoomId::fresh(&Fresh::new([7; 32]), 0);
        assert_eq!(id.to_string().parse(), Ok(id));
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(serde_json::from_str::<RoomId>(&json).unwrap(), id);
        let other = RoomId::fresh(&Fresh::new([7; 32]), 1);
        assert_ne!(id, other);
    }

    #[test]
    fn bad_ids_are_errors() {
        for bad in ["", "12", "é234567890123456789012345678901", "zz345678901234567890123456789012"]
        {
            assert_eq!(bad.parse::<ItemId>(), Err(NotAnId), "{bad}");
        }
    }
}
