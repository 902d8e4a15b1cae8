//! The bytes of a record: written once, parsed strictly, never encoded again.
//!
//! ```text
//! version 1 │ part 1 │ lane 1 │ case 16 │ scope 1+n │ author 32 │ made 4 │ kid 16
//!           │ grants 1 + 84·k │ body 4+n │ signature 64
//! ```
//!
//! Integers are big-endian. Refuses unknown numbers, lengths over the limits and trailing bytes.

use thiserror::Error;

use crate::keys::Signature;
use crate::{Author, CaseId, Grant, KeyId, Lane, Part, RecordId, Scope};

/// The most a record may weigh, in bytes.
pub const MAX_RECORD_BYTES: usize = 256 * 1024;
/// The most recipients one record may name.
pub const MAX_GRANTS: usize = 200;

pub(crate) const VERSION: u8 = 1;
const SIGNATURE_BYTES: usize = 64;

/// Why bytes are no record.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Malformed {
    /// Heavier than [`MAX_RECORD_BYTES`].
    #[error("the record has {bytes} bytes; the most a record may have is {MAX_RECORD_BYTES}")]
    TooLarge {
        /// Bytes it has.
        bytes: usize,
    },
    /// Ends before its last field.
    #[error("the record ends too early, at its {0}")]
    Short(&'static str),
    /// A field holds what no version of the format allows.
    #[error("the record's {0} holds a value that the format does not know")]
    Unknown(&'static str),
    /// Bytes follow the signature.
    #[error("{0} bytes follow the record's end")]
    Trailing(usize),
}

/// The clear part of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Which document.
    pub part: Part,
    /// Order of sending.
    pub lane: Lane,
    /// Which case.
    pub case: CaseId,
    /// Who may hold it.
    pub scope: Scope,
    /// Who wrote it.
    pub author: Author,
    /// Seconds since 1970 by the author's clock; orders and proves nothing.
    pub made: u32,
    /// Which key opens the body.
    pub kid: KeyId,
    /// That key, wrapped.
    pub grants: Vec<Grant>,
}

impl Header {
    pub(crate) fn write(&self) -> Vec<u8> {
        let scope = self.scope.as_str().as_bytes();
        let mut out = Vec::with_capacity(512);
        out.extend_from_slice(&[VERSION, self.part as u8, self.lane as u8]);
        out.extend_from_slice(self.case.as_bytes());
        push_len_u8(&mut out, scope.len());
        out.extend_from_slice(scope);
        out.extend_from_slice(self.author.as_bytes());
        out.extend_from_slice(&self.made.to_be_bytes());
        out.extend_from_slice(&self.kid.0);
        push_len_u8(&mut out, self.grants.len());
        for grant in &self.grants {
            grant.write(&mut out);
        }
        out
    }
}

/// Lengths here are bounded by [`Scope::MAX_BYTES`] and [`MAX_GRANTS`].
fn push_len_u8(out: &mut Vec<u8>, len: usize) {
    out.push(u8::try_from(len).unwrap_or(u8::MAX));
}

/// A record whose layout is right and whose signature nobody has looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unverified {
    pub(crate) bytes: Vec<u8>,
    pub(crate) header: Header,
    pub(crate) body: std::ops::Range<usize>,
    pub(crate) id: RecordId,
}

impl Unverified {
    /// Reads the layout.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, Malformed> {
        if bytes.len() > MAX_RECORD_BYTES {
            return Err(Malformed::TooLarge { bytes: bytes.len() });
        }
        let mut reader = Reader { bytes: &bytes, at: 0 };
        let header = read_header(&mut reader)?;
        let body_len = u32::from_be_bytes(reader.array("body")?) as usize;
        let start = reader.at;
        reader.take(body_len, "body")?;
        let body = start..reader.at;
        reader.take(SIGNATURE_BYTES, "signature")?;
        match bytes.len() - reader.at {
            0 => {}
            trailing => return Err(Malformed::Trailing(trailing)),
        }
        let id = RecordId::from_bytes(*blake3::hash(&bytes[..body.end]).as_bytes());
        Ok(Self { bytes, header, body, id })
    }

    /// The address these bytes have.
    pub fn id(&self) -> RecordId {
        self.id
    }

    /// The clear part, as claimed.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// All bytes, as they came.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn signature(&self) -> Signature {
        let mut signature = [0; SIGNATURE_BYTES];
        signature.copy_from_slice(&self.bytes[self.body.end..]);
        signature
    }
}

fn read_header(reader: &mut Reader<'_>) -> Result<Header, Malformed> {
    let [version, part, lane] = reader.array("version")?;
    if version != VERSION {
        return Err(Malformed::Unknown("version"));
    }
    let part = Part::from_u8(part).ok_or(Malformed::Unknown("part"))?;
    let lane = Lane::from_u8(lane).ok_or(Malformed::Unknown("lane"))?;
    let case = CaseId::from_bytes(reader.array("case")?);
    let [scope_len] = reader.array("scope")?;
    let scope = reader.take(usize::from(scope_len), "scope")?;
    let scope = std::str::from_utf8(scope).ok().and_then(|scope| scope.parse().ok());
    let scope = scope.ok_or(Malformed::Unknown("scope"))?;
    let author = Author::from_bytes(reader.array("author")?);
    let made = u32::from_be_bytes(reader.array("time")?);
    let kid = KeyId(reader.array("key id")?);
    let [count] = reader.array("grants")?;
    if usize::from(count) > MAX_GRANTS {
        return Err(Malformed::Unknown("number of grants"));
    }
    let grants = (0..count)
        .map(|_| Ok(Grant::from_bytes(&reader.array("grants")?)))
        .collect::<Result<_, Malformed>>()?;
    Ok(Header { part, lane, case, scope, author, made, kid, grants })
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize, field: &'static str) -> Result<&'a [u8], Malformed> {
        let rest = &self.bytes[self.at..];
        let taken = rest.get(..len).ok_or(Malformed::Short(field))?;
        self.at += len;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self, field: &'static str) -> Result<[u8; N], Malformed> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N, field)?);
        Ok(array)
    }
}

#[cfg(test)]
mod tests;
