//! What can go wrong with a disk, said so that a person knows what is safe and what to do.

use thiserror::Error;

/// What a disk does to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreFault {
    /// No room.
    Full,
    /// The file is torn or is not ours.
    Damaged,
    /// Another process keeps it locked.
    Busy,
    /// No right to write, or a read-only disk.
    ReadOnly,
    /// Anything else.
    Other,
}

/// A store that could not do as asked. What was acknowledged before is unharmed by it.
#[derive(Debug, Error)]
#[error("{}: {source}", self.advice())]
pub struct StoreError {
    /// What kind of fault.
    pub fault: StoreFault,
    /// What SQLite said.
    #[source]
    source: rusqlite::Error,
}

impl StoreError {
    /// What happened, what is safe, what to do.
    pub fn advice(&self) -> &'static str {
        match self.fault {
            StoreFault::Full => {
                "The disk is full. What was confirmed before is safe; this was not saved. Free \
                 some space and try again"
            }
            StoreFault::Damaged => {
                "The data file is damaged or not one of Beket's. Nothing was changed. Keep a copy \
                 of the whole data folder before anything else, then call the office"
            }
            StoreFault::Busy => {
                "Another program keeps the data file locked. Nothing was lost. Close the other \
                 program and try again"
            }
            StoreFault::ReadOnly => {
                "The data folder cannot be written to. What was confirmed before is safe; this was \
                 not saved. Check the disk and the folder's owner"
            }
            StoreFault::Other => {
                "The data file could not be used. What was confirmed before is safe; this was not \
                 saved"
            }
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let fault = match source.sqlite_error_code() {
            Some(Code::DiskFull) => StoreFault::Full,
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => StoreFault::Damaged,
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => StoreFault::Busy,
            Some(Code::ReadOnly | Code::CannotOpen | Code::PermissionDenied) => {
                StoreFault::ReadOnly
            }
            _ => StoreFault::Other,
        };
        Self { fault, source }
    }
}

impl StoreError {
    /// A row that does not hold what was once written into it.
    pub(crate) fn damaged(what: &str) -> Self {
        let source = rusqlite::Error::FromSqlConversionFailure(
            0,
            rusqlite::types::Type::Blob,
            what.to_owned().into(),
        );
        Self { fault: StoreFault::Damaged, source }
    }
}
