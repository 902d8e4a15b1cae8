//! What can go wrong with a disk, said so that a person knows what is safe and what to do.

use rusqlite::{Error as SqliteError, ErrorCode};
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
#[error("{} ({cause})", self.advice())]
pub struct StoreError {
    /// What kind of fault.
    pub fault: StoreFault,
    /// What was found.
    #[source]
    cause: Cause,
}

#[derive(Debug, Error)]
enum Cause {
    #[error(transparent)]
    Sqlite(SqliteError),
    #[error("{0}")]
    Torn(&'static str),
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

    /// A file or a row that does not hold what was once written into it.
    pub(crate) fn torn(what: &'static str) -> Self {
        Self { fault: StoreFault::Damaged, cause: Cause::Torn(what) }
    }
}

impl From<SqliteError> for StoreError {
    fn from(error: SqliteError) -> Self {
        let fault = match &error {
            SqliteError::FromSqlConversionFailure(..)
            | SqliteError::IntegralValueOutOfRange(..)
            | SqliteError::InvalidColumnType(..)
            | SqliteError::Utf8Error(..) => StoreFault::Damaged,
            _ => fault_of(error.sqlite_error_code()),
        };
        Self { fault, cause: Cause::Sqlite(error) }
    }
}

fn fault_of(code: Option<ErrorCode>) -> StoreFault {
    match code {
        Some(ErrorCode::DiskFull) => StoreFault::Full,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreFault::Damaged,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreFault::Busy,
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            StoreFault::ReadOnly
        }
        _ => StoreFault::Other,
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::types::Type;

    use super::*;

    #[test]
    fn every_trouble_is_called_what_a_person_can_do_something_about() {
        let code = |code| SqliteError::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        for (error, fault, word) in [
            (code(rusqlite::ffi::SQLITE_FULL), StoreFault::Full, "Free some space"),
            (code(rusqlite::ffi::SQLITE_CORRUPT), StoreFault::Damaged, "Keep a copy"),
            (code(rusqlite::ffi::SQLITE_NOTADB), StoreFault::Damaged, "Keep a copy"),
            (code(rusqlite::ffi::SQLITE_BUSY), StoreFault::Busy, "Close the other"),
            (code(rusqlite::ffi::SQLITE_READONLY), StoreFault::ReadOnly, "Check the disk"),
            (code(rusqlite::ffi::SQLITE_IOERR), StoreFault::Other, "could not be used"),
            (SqliteError::IntegralValueOutOfRange(0, -1), StoreFault::Damaged, "Keep a copy"),
            (
                SqliteError::InvalidColumnType(0, String::new(), Type::Null),
                StoreFault::Damaged,
                "Keep a copy",
            ),
            (SqliteError::QueryReturnedNoRows, StoreFault::Other, "could not be used"),
        ] {
            let error = StoreError::from(error);
            assert_eq!(error.fault, fault);
            assert!(error.to_string().contains(word), "{error}");
        }
    }
}
