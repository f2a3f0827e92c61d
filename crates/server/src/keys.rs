//! Keys: one per room, each in a file of its own, and what they seal.
//!
//! A room is erased by destroying its key: what it sealed stays in the
//! database, its write-ahead log and every backup, and can never be opened
//! again. Keys therefore live in a folder apart (which may be on another
//! medium), and no backup contains one.

use crate::edge::{Edge, NoRandomness};
use crate::store::{Id, Sealed};
use chacha20poly1305::aead::{Aead, AeadInPlace, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;
/// Sealed contents come in multiples of this, so that sizes say little.
const BLOCK_BYTES: usize = 256;

/// Threads that write key files at once.
const WRITERS: usize = 4;

/// Why something could not be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The room's key was destroyed: its contents are erased.
    #[error("erased: the key of this room was destroyed")]
    Destroyed,
    /// There is no key for the room; the folder of keys may be incomplete.
    #[error("no key: the folder of keys has none for this room; is it all there?")]
    Missing,
    /// The bytes were not sealed with this key for this place.
    #[error("damaged: the contents do not fit their key and place")]
    Damaged,
    /// A key file is unreadable or of the wrong length.
    #[error("the key file {0} cannot be used: {1}")]
    File(PathBuf, String),
    /// No randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

/// A room and its key.
pub type RoomKey = (Id, Zeroizing<[u8; 32]>);
type Secret = Arc<Zeroizing<[u8; 32]>>;

/// The folder of keys.
#[derive(Debug)]
pub struct Keys {
    folder: PathBuf,
    open: RwLock<HashMap<(Id, Id), Secret>>,
}

/// Where in a log something is sealed; opening it elsewhere fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Whose log.
    pub talks: Id,
    /// Which event.
    pub seq: u64,
}

impl Place {
    fn bytes(self, room: Id) -> Vec<u8> {
        [b"detente sealed v1", &self.talks[..], &self.seq.to_be_bytes(), &room].concat()
    }
}

impl Keys {
    /// Opens the folder, making it, readable by its owner alone.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: &Path) -> io::Result<Self> {
        create_private_folder(folder)?;
        Ok(Self { folder: folder.to_owned(), open: RwLock::default() })
    }

    /// Makes the keys of new rooms, all at once and durable when this returns:
    /// it waits for the disk.
    ///
    /// # Errors
    /// When a key was destroyed or cannot be written.
    pub fn make(&self, edge: &dyn Edge, talks: Id, rooms: &[Id]) -> Result<(), KeyError> {
        let mut keys = Vec::new();
        for room in rooms {
            if self.find(talks, *room)?.is_none() {
                let mut key = Zeroizing::new([0; 32]);
                edge.fill(&mut *key)?;
                keys.push((*room, Arc::new(key)));
            }
        }
        let files: Vec<_> = keys.iter().map(|(room, key)| (hex(room), &***key)).collect();
        self.write(&self.folder.join(hex(&talks)), &files)?;
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        open.extend(keys.into_iter().map(|(room, key)| ((talks, room), key)));
        Ok(())
    }

    /// Whether the key of every room is at hand, without looking on the disk.
    #[must_use]
    pub fn at_hand(&self, talks: Id, rooms: &[Id]) -> bool {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        rooms.iter().all(|room| open.contains_key(&(talks, *room)))
    }

    /// Seals with the room's key.
    ///
    /// # Errors
    /// When the key was destroyed or never made ([`Self::make`]).
    pub fn seal(
        &self,
        edge: &dyn Edge,
        place: Place,
        room: Id,
        content: &[u8],
    ) -> Result<Sealed, KeyError> {
        let key = self.find(place.talks, room)?.ok_or(KeyError::Missing)?;
        let mut nonce = [0; NONCE_BYTES];
        edge.fill(&mut nonce)?;
        let mut bytes = padded(&nonce, content);
        // What was plain is sealed where it lies: no copy of it is left behind.
        let tag = cipher(&key)
            .encrypt_in_place_detached(
                XNonce::from_slice(&nonce),
                &place.bytes(room),
                &mut bytes[NONCE_BYTES..],
            )
            .map_err(|_| KeyError::Damaged)?;
        bytes.extend(tag);
        Ok(Sealed { room, bytes })
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// When the key was destroyed, or anything was altered.
    pub fn unseal(&self, place: Place, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let key = self.find(place.talks, sealed.room)?.ok_or(KeyError::Missing)?;
        unseal(&key, place, sealed)
    }

    /// Destroys a room's key: everything it sealed is erased, here and in every backup.
    ///
    /// # Errors
    /// When the file resists.
    pub fn destroy(&self, talks: Id, room: Id) -> Result<(), KeyError> {
        self.open.write().unwrap_or_else(PoisonError::into_inner).remove(&(talks, room));
        let path = self.path(talks, room);
        let tombstone = || -> io::Result<()> {
            // Overwritten in place first; an empty file then says "destroyed" for ever.
            let mut file =
                OpenOptions::new().write(true).create(true).truncate(false).open(&path)?;
            file.write_all(&[0; 64])?;
            file.sync_all()?;
            file.set_len(0)?;
            file.sync_all()
        };
        tombstone().map_err(|error| KeyError::File(path.clone(), error.to_string()))
    }

    /// Every key of a talks, for an encrypted export.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn of_talks(&self, talks: Id) -> Result<Vec<RoomKey>, KeyError> {
        let folder = self.folder.join(hex(&talks));
        let mut keys = Vec::new();
        let failed = |error: io::Error| KeyError::File(folder.clone(), error.to_string());
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            let Some(room) = name.to_str().and_then(unhex) else { continue };
            match self.find(talks, room) {
                Ok(Some(key)) => keys.push((room, (*key).clone())),
                Ok(None) | Err(KeyError::Destroyed) => {}
                Err(error) => return Err(error),
            }
        }
        keys.sort_by_key(|(room, _)| *room);
        Ok(keys)
    }

    /// Puts a key in place, as an import does.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&self, talks: Id, room: Id, key: &[u8; 32]) -> Result<(), KeyError> {
        self.write(&self.folder.join(hex(&talks)), &[(hex(&room), key)])?;
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        open.insert((talks, room), Arc::new(Zeroizing::new(*key)));
        Ok(())
    }

    /// A key of the server's own, made at the first use.
    ///
    /// # Errors
    /// When it cannot be read or made.
    pub fn named(&self, edge: &dyn Edge, name: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        let path = self.folder.join(name);
        match std::fs::read_to_string(&path).map(Zeroizing::new) {
            Ok(text) => unhex(text.trim()).map(Zeroizing::new).ok_or_else(|| no_key(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let mut key = Zeroizing::new([0; 32]);
                edge.fill(&mut *key)?;
                self.write(&self.folder, &[(name.to_owned(), &key)])?;
                Ok(key)
            }
            Err(error) => Err(KeyError::File(path, error.to_string())),
        }
    }

    /// Writes key files, durable together with their names. Some side by side:
    /// the disk takes hardly longer for several than for one.
    fn write(&self, folder: &Path, files: &[(String, &[u8; 32])]) -> Result<(), KeyError> {
        let one = |(name, key): &(String, &[u8; 32])| -> io::Result<()> {
            let mut file = private_file(&folder.join(name))?;
            file.write_all(Zeroizing::new(hex(*key)).as_bytes())?;
            file.sync_all()
        };
        let write = || -> io::Result<()> {
            create_private_folder(folder)?;
            let share = files.len().div_ceil(WRITERS).max(1);
            std::thread::scope(|scope| {
                let some = |files: &[_]| files.iter().try_for_each(one);
                let shares = files.chunks(share).map(|files| scope.spawn(move || some(files)));
                let writing: Vec<_> = shares.collect();
                let panicked = |_| Err(io::Error::other("the thread that wrote it panicked"));
                writing.into_iter().try_for_each(|w| w.join().unwrap_or_else(panicked))
            })?;
            File::open(folder)?.sync_all()?;
            if folder == self.folder { Ok(()) } else { File::open(&self.folder)?.sync_all() }
        };
        write().map_err(|error| KeyError::File(folder.to_owned(), error.to_string()))
    }

    fn find(&self, talks: Id, room: Id) -> Result<Option<Secret>, KeyError> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = open.get(&(talks, room)) {
            return Ok(Some(key.clone()));
        }
        drop(open);
        let path = self.path(talks, room);
        let text = match std::fs::read_to_string(&path).map(Zeroizing::new) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(KeyError::File(path, error.to_string())),
        };
        if text.bytes().all(|byte| byte == 0) {
            return Err(KeyError::Destroyed);
        }
        let key = unhex::<32>(text.trim()).ok_or_else(|| no_key(path))?;
        let key = Arc::new(Zeroizing::new(key));
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        open.insert((talks, room), key.clone());
        Ok(Some(key))
    }

    fn path(&self, talks: Id, room: Id) -> PathBuf {
        self.folder.join(hex(&talks)).join(hex(&room))
    }
}

fn no_key(path: PathBuf) -> KeyError {
    KeyError::File(path, "it does not hold 64 hexadecimal digits".into())
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(Key::from_slice(key))
}

/// Opens with a key what it sealed for this place.
///
/// # Errors
/// When it did not, or anything was altered.
pub(crate) fn unseal(
    key: &[u8; 32],
    place: Place,
    sealed: &Sealed,
) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let (nonce, cipher_text) =
        sealed.bytes.split_at_checked(NONCE_BYTES).ok_or(KeyError::Damaged)?;
    let aad = place.bytes(sealed.room);
    let mut padded = cipher(key)
        .decrypt(XNonce::from_slice(nonce), Payload { msg: cipher_text, aad: &aad })
        .map(Zeroizing::new)
        .map_err(|_| KeyError::Damaged)?;
    let length = padded.first_chunk::<4>().map(|l| u32::from_be_bytes(*l) as usize);
    match length {
        Some(length) if length + 4 <= padded.len() => {
            padded.truncate(length + 4);
            padded.drain(..4);
            Ok(padded)
        }
        _ => Err(KeyError::Damaged),
    }
}

/// The nonce, and then the content padded, with room for the tag.
fn padded(nonce: &[u8; NONCE_BYTES], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
    let whole = (4 + content.len()).next_multiple_of(BLOCK_BYTES);
    let mut padded = Vec::with_capacity(NONCE_BYTES + whole + TAG_BYTES);
    padded.extend(nonce);
    padded.extend(length.to_be_bytes());
    padded.extend(content);
    padded.resize(NONCE_BYTES + whole, 0);
    padded
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// A folder only its owner enters.
pub(crate) fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A new file only its owner reads.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::System;

    const PLACE: Place = Place { talks: [1; 16], seq: 4 };

    #[test]
    fn only_the_right_place_opens() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(folder.path()).unwrap();
        let edge = System::new();
        assert!(matches!(keys.seal(&edge, PLACE, [2; 16], b"x"), Err(KeyError::Missing)));
        keys.make(&edge, PLACE.talks, &[[2; 16], [3; 16]]).unwrap();
        for length in [0, 1, 251, 252, 253, 5000] {
            let content = vec![b'x'; length];
            let sealed = keys.seal(&edge, PLACE, [2; 16], &content).unwrap();
            assert_eq!((sealed.bytes.len() - NONCE_BYTES - 16) % BLOCK_BYTES, 0);
            assert_eq!(*keys.unseal(PLACE, &sealed).unwrap(), content);
            let elsewhere = Place { seq: 5, ..PLACE };
            assert!(matches!(keys.unseal(elsewhere, &sealed), Err(KeyError::Damaged)));
            let mut altered = sealed.clone();
            altered.bytes[NONCE_BYTES] ^= 1;
            assert!(matches!(keys.unseal(PLACE, &altered), Err(KeyError::Damaged)));
        }
    }

    #[test]
    fn a_destroyed_key_stays_destroyed() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(folder.path()).unwrap();
        let edge = System::new();
        keys.make(&edge, PLACE.talks, &[[2; 16]]).unwrap();
        let sealed = keys.seal(&edge, PLACE, [2; 16], b"secret").unwrap();
        keys.destroy([1; 16], [2; 16]).unwrap();
        assert!(matches!(keys.unseal(PLACE, &sealed), Err(KeyError::Destroyed)));
        assert!(matches!(keys.seal(&edge, PLACE, [2; 16], b"x"), Err(KeyError::Destroyed)));
        let again = Keys::open(folder.path()).unwrap();
        let made = again.make(&edge, PLACE.talks, &[[2; 16]]);
        assert!(matches!(made, Err(KeyError::Destroyed)));
        assert!(matches!(again.unseal(PLACE, &sealed), Err(KeyError::Destroyed)));
    }
}
