//! What kiosk and office say to each other: messages, their encoding, and who vouches for them.
//!
//! Owns the bytes of requests and responses. Decides nothing and knows no socket: the same bytes
//! may go by HTTP, by a file on a stick, or through a simulator. Refuses bodies over its limits
//! and envelopes whose signature does not fit.
//!
//! | request | path | message | answer |
//! |---|---|---|---|
//! | who are you, are we in step | `/sync/hello` | [`Hello`] | [`Welcome`] |
//! | compare further | `/sync/reconcile` | [`Reconcile`] | [`Reconciled`] |
//! | take these | `/sync/push` | [`Push`] | [`Pushed`] |
//! | give me those | `/sync/pull` | [`Pull`] | [`Pulled`] |
//!
//! Messages are CBOR maps with numbered fields. A reader passes over numbers that it does not
//! know; no later version may make a field mandatory.

mod envelope;
#[cfg(test)]
mod fixture;
mod message;
mod receipt;
mod verdict;

pub use envelope::{EnvelopeError, MAX_BODY_BYTES, Request, Route, open_response, seal_response};
pub use message::{
    After, DecodeError, Hello, KnownAs, Message, Opening, PROTOCOL_VERSION, Problem, Pull, Pulled,
    Push, Pushed, Reconcile, Reconciled, SetName, Welcome,
};
pub use receipt::Receipt;
pub use verdict::Verdict;

/// The most bytes of records in one push or pull.
pub const MAX_BATCH_BYTES: usize = 1024 * 1024;
/// How many bytes of records are sent together, beyond the first: a line that carries a kilobyte a
/// second brings them through before anybody gives up.
pub const BATCH_BYTES: usize = 256 * 1024;
/// The most records in one push or pull.
pub const MAX_BATCH_RECORDS: usize = 2_000;
/// The most record ids in one request for receipts or records.
pub const MAX_IDS: usize = 8_192;
