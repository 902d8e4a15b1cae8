//! The kiosk: takes intakes with no network, keeps them sealed, and brings them to the office.
//!
//! Owns one data folder: a store of records and, in its settings, who this kiosk is. Refuses to
//! write anything personal on the disk unsealed. [`Worker`] is the one owner of store, engine and
//! link; the command line stands on it, and the window, through a [`desk`].
//!
//! ```text
//! window: app ─ screens ─ Intent ─► desk ─► Worker; desk ─ News ─► screens
//! command line ─► Worker ─► take: Intake ─ Document ─ seal ─► Store (fsync) ─► reference
//!                        ─► exchange: Session ◄─► Store, Link ◄─► office
//!                        ─► casebook: Store ─ KeyRing ─► cases to list and edit
//! ```

mod app;
mod casebook;
pub mod cli;
pub mod coupon;
pub mod desk;
mod enrol;
mod envelopes;
mod error;
mod exchange;
#[cfg(test)]
mod fixture;
pub mod forms;
mod identity;
pub mod keyboard;
pub mod languages;
mod link;
mod lock;
pub mod look;
mod painter;
pub mod people;
mod safe;
pub mod screens;
mod shell;
mod sound;
pub mod suggestions;
mod take;
pub mod widgets;
mod window;
mod worker;

pub use app::App;
pub use casebook::{Change, Listed, Mark, Watch};
pub use error::KioskError;
pub use exchange::SyncReport;
pub use identity::Identity;
pub use link::{Link, Traffic};
pub use safe::{LEAST_PIN_DIGITS, Volunteer};
pub use take::Taken;
pub use worker::{Now, Stand, Worker};
