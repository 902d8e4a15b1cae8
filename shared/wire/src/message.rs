//! The messages, field by field.

use beket_directory::Set;
use beket_record::{Position, RecordId, Scope};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use thiserror::Error;

use crate::{Receipt, Verdict};

/// The version of the conversation that this code speaks.
pub const PROTOCOL_VERSION: u32 = 1;

/// Bytes that are not the message they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is not the message that was expected here")]
pub struct DecodeError;

/// A message with one encoding.
pub trait Message: Sized {
    /// Writes it.
    fn to_bytes(&self) -> Vec<u8>;
    /// Reads it.
    fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError>;
}

macro_rules! messages {
    ($($name:ident),*) => {$(
        impl Message for $name {
            fn to_bytes(&self) -> Vec<u8> {
                minicbor::to_vec(self).expect("writing plain fields to memory cannot fail")
            }

            fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
                let mut decoder = minicbor::Decoder::new(bytes);
                let message = decoder.decode().map_err(|_| DecodeError)?;
                if decoder.position() == bytes.len() { Ok(message) } else { Err(DecodeError) }
            }
        }
    )*};
}

messages!(Hello, Welcome, Reconcile, Reconciled, Push, Pushed, Pull, Pulled, Problem);

/// A set's name: its kind, and the scope where it has one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(map)]
pub struct SetName {
    /// 0 directory, 1 purge, 2 scope, 3 held.
    #[n(0)]
    pub kind: u8,
    /// The scope's code.
    #[n(1)]
    pub scope: Option<String>,
}

impl SetName {
    /// Names a set; the office's own notes have no name here, since nobody may ask for them.
    pub fn of(set: &Set) -> Option<Self> {
        let (kind, scope) = match set {
            Set::Directory => (0, None),
            Set::Purge => (1, None),
            Set::Scope(scope) => (2, Some(scope.to_string())),
            Set::Held(scope) => (3, Some(scope.to_string())),
            Set::Review => return None,
        };
        Some(Self { kind, scope })
    }

    /// The set of this name, if this version knows it.
    pub fn set(&self) -> Option<Set> {
        let scope = || self.scope.as_ref().and_then(|scope| scope.parse::<Scope>().ok());
        match self.kind {
            0 => Some(Set::Directory),
            1 => Some(Set::Purge),
            2 => scope().map(Set::Scope),
            3 => scope().map(Set::Held),
            _ => None,
        }
    }
}

/// One set's reconcile message (negentropy, protocol 1).
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Opening {
    /// Which set.
    #[n(0)]
    pub set: SetName,
    /// The message; empty where the set is empty here, or where nothing more is to say.
    #[n(1)]
    pub message: ByteVec,
    /// In an answer: the asker holds nothing of this set and had best pull it as a range.
    #[n(2)]
    #[cbor(default)]
    pub range: bool,
}

/// A kiosk opens a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Hello {
    /// Makes every hello, and so every signed answer to one, different.
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub nonce: [u8; 16],
    /// Seconds since 1970 by the kiosk's clock.
    #[n(1)]
    #[cbor(default)]
    pub clock: u64,
    /// Versions of the conversation that it speaks.
    #[n(2)]
    #[cbor(default)]
    pub versions: Vec<u32>,
    /// The program's own version, for the office's list of kiosks.
    #[n(3)]
    #[cbor(default)]
    pub software: String,
    /// Records that wait here to be sent.
    #[n(4)]
    #[cbor(default)]
    pub waiting: u64,
    /// The first reconcile message of every set.
    #[n(5)]
    #[cbor(default)]
    pub openings: Vec<Opening>,
    /// Bytes left on the kiosk's disk, where its system says so.
    #[n(6)]
    pub disk_left: Option<u64>,
}

/// How the office knows a kiosk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum KnownAs {
    /// Admitted: its records count.
    #[n(0)]
    Admitted,
    /// Its certificates are not here: it must push them first.
    #[n(1)]
    Unknown,
    /// Known, but its records are held until a person adopts it.
    #[n(2)]
    Held,
    /// Revoked: its records are held.
    #[n(3)]
    Revoked,
}

/// The office answers a hello.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Welcome {
    /// Goes into every later request of this conversation.
    #[n(0)]
    pub token: ByteVec,
    /// Seconds since 1970 by the office's clock.
    #[n(1)]
    #[cbor(default)]
    pub clock: u64,
    /// The version that both speak; 0 if there is none.
    #[n(2)]
    #[cbor(default)]
    pub version: u32,
    /// How the office knows the kiosk.
    #[n(3)]
    pub known_as: KnownAs,
    /// Answers to the openings that it will talk about.
    #[n(4)]
    #[cbor(default)]
    pub openings: Vec<Opening>,
}

/// Reconcile messages of any sets.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Reconcile {
    /// One for each set.
    #[n(0)]
    #[cbor(default)]
    pub openings: Vec<Opening>,
}

/// Answers to [`Reconcile`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Reconciled {
    /// One for each set that the office will talk about.
    #[n(0)]
    #[cbor(default)]
    pub openings: Vec<Opening>,
}

/// Records for the office, and ids whose receipts are missing.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Push {
    /// Records, as first signed. Their ids are not sent: the receiver computes them.
    #[n(0)]
    #[cbor(default)]
    pub records: Vec<ByteVec>,
    /// Ids of records that the office should hold already.
    #[n(1)]
    #[cbor(default)]
    pub ask: Vec<ByteVec>,
}

/// What became of a push, after it is on disk.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Pushed {
    /// One for each record, then one for each id asked about, in the request's order.
    #[n(0)]
    #[cbor(default)]
    pub verdicts: Vec<Verdict>,
    /// Covers, in that order, all that are stored here.
    #[n(1)]
    pub receipt: Option<Receipt>,
}

/// A place in a set's order, as it travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct After {
    /// Seconds since 1970 by the record's author.
    #[n(0)]
    pub made: u32,
    /// The record's id.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub id: [u8; 32],
}

impl From<Position> for After {
    fn from(position: Position) -> Self {
        Self { made: position.made, id: *position.id.as_bytes() }
    }
}

impl From<After> for Position {
    fn from(after: After) -> Self {
        Self { made: after.made, id: RecordId::from_bytes(after.id) }
    }
}

/// Asks for records of one set: these, or for an empty replica all after a position.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Pull {
    /// Which set.
    #[n(0)]
    pub set: SetName,
    /// Ids wanted; empty for a range.
    #[n(1)]
    #[cbor(default)]
    pub ids: Vec<ByteVec>,
    /// With no ids: everything after this place, or from the beginning.
    #[n(2)]
    pub after: Option<After>,
}

/// Records, and a receipt: what the office gives, it holds.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Pulled {
    /// Records, as first signed.
    #[n(0)]
    #[cbor(default)]
    pub records: Vec<ByteVec>,
    /// Whether a range goes on after its last record.
    #[n(1)]
    #[cbor(default)]
    pub more: bool,
    /// Covers all records, in their order.
    #[n(2)]
    pub receipt: Option<Receipt>,
}

/// Why a request as a whole was not served.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Problem {
    /// A sentence for a person.
    #[n(0)]
    #[cbor(default)]
    pub message: String,
    /// Whether a new hello would help.
    #[n(1)]
    #[cbor(default)]
    pub hello_again: bool,
}

#[cfg(test)]
mod golden;
#[cfg(test)]
mod tests;
