//! The record: one sealed, signed, content-addressed change of one document.
//!
//! Owns the byte layout, its limits, sealing and opening, signatures, and the guard that
//! distrusts what comes out of a sealed body. Knows nothing of what a document says, of who may
//! write what (that is `beket-directory`), of sockets or of disks.
//!
//! ```text
//! raw change ─ guard ─► sealed body ┐
//!                  header, grants ──┴─► bytes ─ sign ─► Record ─► (store, wire)
//!
//! bytes ─ parse ─► Unverified ─ verify ─► Record ─ open ─► raw change ─ guard ─► Guarded
//! ```
//!
//! [`Record`] cannot be made from foreign bytes without a check of its signature, and
//! [`Guarded`] cannot be made without the guard: a function that takes one of them needs no
//! second look.

mod compress;
mod envelope;
#[cfg(test)]
mod fixture;
mod grant;
mod guard;
mod ids;
mod keys;
mod layout;
mod seal;
mod verify;

pub use compress::{DICTIONARY, DICTIONARY_ID};
pub use envelope::Envelope;
pub use grant::Grant;
pub use guard::{GUARD_VERSION, GuardError, Guarded, MAX_OPS, MAX_RAW_CHANGE_BYTES};
pub use ids::{CaseId, IdError, Lane, Part, Position, RecordId, Scope};
pub use keys::{
    Author, DocumentKey, KeyError, KeyId, Recipient, RecipientSecret, Signature, Signer,
};
pub use layout::{Header, MAX_GRANTS, MAX_RECORD_BYTES, Malformed, Unverified};
pub use seal::{Draft, OpenError, SealError, Statement, open, seal, state};
pub use verify::{BadSignature, Record, verify_all};
