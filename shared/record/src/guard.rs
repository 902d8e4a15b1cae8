//! The guard: what a raw Automerge change must be before Automerge sees it.
//!
//! Automerge accepts a wrong checksum, inflates compressed chunks without a cap, and expands
//! run lengths that 100 bytes can set to millions. The guard walks the chunk without expanding
//! anything and refuses all of that, at the author as at the reader, by the same version.
//! What depends on other changes (`start_op`) is checked by whoever holds the document.
//!
//! Format: <https://automerge.org/automerge-binary-format-spec/>.

mod columns;

use columns::Walk;
use sha2::{Digest, Sha256};
use thiserror::Error;

/// Raised whenever the guard refuses something that it let pass before.
pub const GUARD_VERSION: u8 = 1;
/// The most bytes a raw change may have.
pub const MAX_RAW_CHANGE_BYTES: usize = 1024 * 1024;
/// The most operations one change may make.
pub const MAX_OPS: u64 = 16_384;
/// The most changes one change may follow at once, and the most other actors it may name.
const MAX_NEIGHBOURS: u64 = 1_024;
const MAX_ACTOR_BYTES: u64 = 64;
const MAX_MESSAGE_BYTES: u64 = 1_024;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const CHUNK_CHANGE: u8 = 1;

/// Why the guard refuses a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum GuardError {
    /// More than [`MAX_RAW_CHANGE_BYTES`].
    #[error("the change has {0} bytes; the most it may have is {MAX_RAW_CHANGE_BYTES}")]
    TooLarge(usize),
    /// Not a chunk of Automerge's.
    #[error("this is not an Automerge change")]
    NotAChange,
    /// A document, a bundle or a compressed change.
    #[error("chunk type {0} is not taken; only plain changes are")]
    ChunkType(u8),
    /// The checksum does not fit the content.
    #[error("the change's checksum does not fit its content")]
    Checksum,
    /// A field ends early, is out of bounds or follows no rule of the format.
    #[error("the change's {0} is not well formed")]
    Field(&'static str),
    /// More than [`MAX_OPS`].
    #[error("the change makes more than {MAX_OPS} operations")]
    TooManyOps,
    /// Runs of repeated text that Automerge would write out to more than
    /// [`MAX_RAW_CHANGE_BYTES`].
    #[error("the change repeats text that would take more than {MAX_RAW_CHANGE_BYTES} bytes")]
    TooMuchText,
}

/// A raw change that passed the guard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guarded {
    raw: Vec<u8>,
    hash: [u8; 32],
}

impl Guarded {
    /// Walks a raw change; takes nothing on trust.
    pub fn inspect(raw: Vec<u8>) -> Result<Self, GuardError> {
        if raw.len() > MAX_RAW_CHANGE_BYTES {
            return Err(GuardError::TooLarge(raw.len()));
        }
        let (head, chunk) = raw.split_at_checked(8).ok_or(GuardError::NotAChange)?;
        if head[..4] != MAGIC {
            return Err(GuardError::NotAChange);
        }
        let mut walk = Walk::new(chunk);
        let [chunk_type] = walk.array().ok_or(GuardError::NotAChange)?;
        if chunk_type != CHUNK_CHANGE {
            return Err(GuardError::ChunkType(chunk_type));
        }
        let len = walk.unsigned().ok_or(GuardError::Field("length"))?;
        if len != walk.rest().len() as u64 {
            return Err(GuardError::Field("length"));
        }
        let hash: [u8; 32] = Sha256::digest(chunk).into();
        if head[4..] != hash[..4] {
            return Err(GuardError::Checksum);
        }
        walk_change(&mut walk)?;
        Ok(Self { raw, hash })
    }

    /// The bytes for Automerge.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// Automerge's own name for the change.
    pub fn hash(&self) -> &[u8; 32] {
        &self.hash
    }
}

fn walk_change(walk: &mut Walk<'_>) -> Result<(), GuardError> {
    let deps = bounded(walk, MAX_NEIGHBOURS, "list of dependencies")?;
    walk.skip(deps * 32).ok_or(GuardError::Field("list of dependencies"))?;
    actor(walk, 1)?;
    let seq = walk.unsigned().ok_or(GuardError::Field("sequence number"))?;
    let start_op = walk.unsigned().ok_or(GuardError::Field("first operation's number"))?;
    walk.signed().ok_or(GuardError::Field("time"))?;
    let message = bounded(walk, MAX_MESSAGE_BYTES, "message")?;
    let message = walk.take(message).ok_or(GuardError::Field("message"))?;
    std::str::from_utf8(message).map_err(|_| GuardError::Field("message"))?;
    let others = bounded(walk, MAX_NEIGHBOURS, "list of actors")?;
    for _ in 0..others {
        actor(walk, 0)?;
    }
    let ops = columns::count_ops(walk)?;
    if seq == 0 || seq > u64::from(u32::MAX) {
        return Err(GuardError::Field("sequence number"));
    }
    if start_op == 0 || start_op.saturating_add(ops) > u64::from(u32::MAX) {
        return Err(GuardError::Field("first operation's number"));
    }
    // Automerge reads what follows the columns as an author's mark, which Beket never writes.
    if walk.rest().is_empty() { Ok(()) } else { Err(GuardError::Field("end")) }
}

fn actor(walk: &mut Walk<'_>, min_bytes: u64) -> Result<(), GuardError> {
    let len = bounded(walk, MAX_ACTOR_BYTES, "actor")?;
    if len < min_bytes {
        return Err(GuardError::Field("actor"));
    }
    walk.skip(len).ok_or(GuardError::Field("actor"))
}

fn bounded(walk: &mut Walk<'_>, max: u64, field: &'static str) -> Result<u64, GuardError> {
    walk.unsigned().filter(|value| *value <= max).ok_or(GuardError::Field(field))
}

#[cfg(test)]
mod tests;
