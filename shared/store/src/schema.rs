//! Opening the file: its schema, its version, and the promises asked of `SQLite`.
//!
//! Refuses files of a later version, and files that are not Beket's, before anything is written.

use std::ffi::{OsStr, OsString};
use std::fs::{File, OpenOptions};
use std::io::Read as _;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::{StoreError, StoreFault};

const SCHEMA: &str = include_str!("schema.sql");
/// "Bekt": tells our files from any other `SQLite` database.
const APPLICATION_ID: i32 = 0x4265_6b74;
const SCHEMA_VERSION: i32 = 1;
const BUSY: Duration = Duration::from_secs(30);

/// The records of one replica.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
}

/// What a file turned out to be.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    Ours,
    Empty,
}

impl Store {
    /// Opens the file, or makes it where there is none, readable by its owner alone.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        // SQLite gives its log the mode of the database. What fails here, SQLite says better.
        drop(OpenOptions::new().write(true).create_new(true).mode(0o600).open(path));
        refuse_if_cut(path)?;
        let mut connection = connect(path, OpenFlags::SQLITE_OPEN_CREATE)?;
        let found = examine(&connection.transaction()?)?;
        promise(&connection)?;
        if found == Found::Empty {
            make(&mut connection)?;
        }
        Ok(Self { connection })
    }

    /// Opens a file that must be there and hold a store: one that is empty lost what it held.
    pub fn open_existing(path: &Path) -> Result<Self, StoreError> {
        // SQLite would throw away the log beside a file that was cut to nothing.
        if std::fs::metadata(path).is_ok_and(|file| file.len() == 0) {
            return Err(StoreError::torn("the data file is empty"));
        }
        refuse_if_cut(path)?;
        let mut connection = connect(path, OpenFlags::empty())?;
        if examine(&connection.transaction()?)? == Found::Empty {
            return Err(StoreError::torn("the data file holds no store"));
        }
        promise(&connection)?;
        Ok(Self { connection })
    }

    /// Waits for another program's writing no longer than this, where a person waits, too.
    pub fn wait_at_most(&self, time: Duration) -> Result<(), StoreError> {
        Ok(self.connection.busy_timeout(time)?)
    }

    /// Lets go of the pages that this connection keeps in memory: they are read again when needed.
    pub fn let_go_of_pages(&self) -> Result<(), StoreError> {
        Ok(self.connection.execute_batch("PRAGMA shrink_memory")?)
    }

    /// The connection, for a room that keeps tables of its own beside the records (the server's
    /// projection, in one transaction with its position).
    pub fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }
}

/// `SQLite` finds out that a file is shorter than it was when it comes to what is missing, and until
/// then writes into what is left. A log beside it may still complete it.
fn refuse_if_cut(path: &Path) -> Result<(), StoreError> {
    let mut header = [0; 100];
    let Ok(mut file) = File::open(path) else { return Ok(()) };
    let log = [path.as_os_str(), OsStr::new("-wal")].into_iter().collect::<OsString>();
    let logged = std::fs::metadata(log).is_ok_and(|log| log.len() > 0);
    if logged || file.read_exact(&mut header).is_err() {
        return Ok(());
    }
    // https://sqlite.org/fileformat2.html, 1.3: page size, 1 for 65,536; pages; the change counter
    // and, where it is the same, the pages are right.
    let page_bytes = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        bytes => u64::from(bytes),
    };
    let pages = u32::from_be_bytes([header[28], header[29], header[30], header[31]]);
    let counted = header[24..28] == header[92..96];
    if counted && file.metadata().is_ok_and(|file| file.len() < page_bytes * u64::from(pages)) {
        return Err(StoreError::torn("the data file was cut short"));
    }
    Ok(())
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let flags = flags | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Looks before anything is written: the file may be somebody else's. In one transaction, since
/// another process may be making it.
fn examine(tx: &Transaction<'_>) -> Result<Found, StoreError> {
    let pragma = |name: &str| tx.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    match (pragma("application_id")?, pragma("user_version")?) {
        (APPLICATION_ID, SCHEMA_VERSION) => Ok(Found::Ours),
        (APPLICATION_ID, SCHEMA_VERSION..) => {
            Err(StoreError::torn("the data file was written by a later version of Beket"))
        }
        (0, 0) if tables(tx)? == 0 => Ok(Found::Empty),
        _ => Err(StoreError::torn("the file is not one of Beket's")),
    }
}

fn tables(tx: &Transaction<'_>) -> Result<i64, StoreError> {
    Ok(tx.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?)
}

/// What every connection asks of `SQLite`: a commit is on the platter when it returns.
fn promise(connection: &Connection) -> Result<(), StoreError> {
    log_ahead(connection)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    // KiB, for each connection; a server has several.
    connection.pragma_update(None, "cache_size", -16_384)?;
    connection.pragma_update(None, "wal_autocheckpoint", 4_000)?;
    Ok(())
}

/// Write-ahead logging. `SQLite` does not wait for others that make the same file at this moment;
/// an exclusive transaction does.
fn log_ahead(connection: &Connection) -> Result<(), StoreError> {
    for _ in 0..16 {
        match connection.pragma_update(None, "journal_mode", "WAL").map_err(StoreError::from) {
            Err(error) if error.fault == StoreFault::Busy => {
                connection.execute_batch("BEGIN EXCLUSIVE; COMMIT")?;
            }
            done => return done,
        }
    }
    Ok(connection.pragma_update(None, "journal_mode", "WAL")?)
}

fn make(connection: &mut Connection) -> Result<(), StoreError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have made it since.
    if examine(&tx)? == Found::Empty {
        tx.execute_batch(SCHEMA)?;
        tx.pragma_update(None, "application_id", APPLICATION_ID)?;
        tx.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    }
    tx.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests;
