//! The office: takes in records from kiosks, shows staff the merged cases, hands answers back.
//!
//! Owns one data folder: the store of records, the office's two private keys, and rows made from
//! the records that can be thrown away at any time. Refuses to acknowledge what is not on the
//! platter, and to show anything to anyone without a session.
//!
//! ```text
//! router ─► sync ─► writer (group commit, fsync) ─► receipt
//!                       └─ wakes ─► projection: records ─ open ─► rows
//!        ─► console (one file a page) ─► rows, cases; staff's edits ─► writer
//! command line ─► office folder
//! ```

mod alike;
mod app;
mod auth;
mod begin;
mod cases;
pub mod cli;
mod collation;
mod columns;
mod console;
mod counted;
mod decide;
mod edit;
mod export;
mod folder;
mod kiosks;
mod limits;
mod log;
mod not_saved;
mod projection;
mod queue;
mod report;
mod roles;
mod router;
mod situation;
mod sought;
mod staff;
mod sync;
mod terms;
mod writer;

pub use app::{App, Reached};
pub use folder::{Folder, FolderError};
pub use router::router;
