//! The kiosk: takes intakes with no network, keeps them sealed, and brings them to the office.
//!
//! Owns one data folder: a store of records and, in its settings, who this kiosk is. Refuses to
//! write anything personal on the disk unsealed. [`Worker`] is the one owner of store, engine and
//! link; the command line stands on it.
//!
//! ```text
//! command line ─► Worker ─► take: Intake ─ Document ─ seal ─► Store (fsync) ─► reference
//!                        ─► exchange: Session ◄─► Store, Link ◄─► office
//!                        ─► casebook: Store ─ KeyRing ─► cases to list and edit
//! ```

mod casebook;
pub mod cli;
mod enrol;
mod error;
mod exchange;
mod identity;
mod link;
mod lock;
mod take;
mod worker;

pub use casebook::{Listed, Mark, Watch};
pub use error::KioskError;
pub use exchange::SyncReport;
pub use identity::Identity;
pub use link::{Link, Traffic};
pub use take::Taken;
pub use worker::{Now, Worker};
