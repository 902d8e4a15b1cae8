//! Opening the file: its schema, its version, and the promises asked of SQLite.
//!
//! Refuses files of a later version, and files that are not Beket's.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::StoreError;

const SCHEMA: &str = include_str!("schema.sql");
/// "Bekt": tells our files from any other SQLite database.
const APPLICATION_ID: i32 = 0x4265_6b74;
const SCHEMA_VERSION: i32 = 1;
const BUSY: Duration = Duration::from_secs(30);

/// The records of one replica.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
}

impl Store {
    /// Opens the file, or makes it where there is none.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::with(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens a file that must be there.
    pub fn open_existing(path: &Path) -> Result<Self, StoreError> {
        Self::with(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    fn with(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY)?;
        promise(&connection)?;
        prepare(&mut connection)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self { connection })
    }

    /// The connection, for a room that keeps tables of its own beside the records (the server's
    /// projection, in one transaction with its position).
    pub fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }
}

/// What every connection asks of SQLite: a commit is on the platter when it returns.
fn promise(connection: &Connection) -> Result<(), StoreError> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.pragma_update(None, "wal_autocheckpoint", 4_000)?;
    Ok(())
}

fn prepare(connection: &mut Connection) -> Result<(), StoreError> {
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    match (application, version) {
        (APPLICATION_ID, SCHEMA_VERSION) => return Ok(()),
        (0, 0) => {}
        _ => return Err(StoreError::damaged("not a data file of this version of Beket")),
    }
    let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another process may have made the schema since it was looked for.
    let made: i32 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if made == 0 {
        let tables: i64 =
            tx.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if tables > 0 {
            return Err(StoreError::damaged("not a data file of Beket"));
        }
        tx.execute_batch(SCHEMA)?;
        tx.pragma_update(None, "application_id", APPLICATION_ID)?;
        tx.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    }
    tx.commit()?;
    Ok(())
}
