//! The set of records on disk: one `SQLite` file.
//!
//! The one room of `shared` that touches a disk. Owns the table of records and which set each
//! belongs to, the table of refused ones with their reasons, receipts, and a few settings of the
//! replica. Keeps bytes as they came and opens none. A [`Write`] that returned is on the platter:
//! write-ahead log, `synchronous = FULL`, one commit for the whole batch.
//!
//! ```text
//! Record + Judgement ─ Store::write(|w| w.add(…)) ─ commit, fsync ─► then acknowledge
//! Set ─ Store::items ─► (made, id) in order, for reconciling
//! ```

mod cases;
mod error;
#[cfg(test)]
mod fixture;
mod receipts;
mod schema;
mod sets;
mod stored;
mod write;

pub use cases::{CaseState, Summary};
pub use error::{StoreError, StoreFault};
pub use receipts::RefusedRecord;
pub use schema::Store;
pub use sets::FedRecord;
pub use write::{Added, Write};
