//! Who saw and did what at the office: one line for each case that was looked at, each form, each
//! file. What a form changed is in the history of its case, signed; this says who looked.

use std::convert::Infallible;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use beket_store::{Store, StoreError};
use rusqlite::params;

/// Lines of one page.
pub(crate) const PAGE: i64 = 100;
/// Lines that are written together at the most.
const TOGETHER: usize = 500;
/// Of an address so many characters are kept.
const MOST_CHARS: usize = 200;
const MOST_OF_A_DETAIL: usize = 600;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its number; 0 before it is written.
    pub(crate) n: i64,
    /// Seconds since 1970.
    pub(crate) at: u64,
    pub(crate) who: String,
    /// `GET` or `POST`, and the address without what was asked.
    pub(crate) did: String,
    /// Whom it showed, or what exactly was done; empty where the address says it.
    pub(crate) detail: String,
    /// The answer's code.
    pub(crate) status: u16,
}

/// What a page tells the log beside its address. Told before it is done: whoever hangs up has it done
/// all the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told(Arc<Mutex<String>>);

impl Told {
    /// Says it; the last word counts.
    pub(crate) fn that(&self, what: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = what;
    }

    /// What was said; empty where the address says it.
    pub(crate) fn said(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Told {
    type Rejection = Infallible;

    /// As the guard that writes the line has put it there.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().cloned().unwrap_or_default())
    }
}

/// A handle that takes lines; writing them is somebody else's time.
#[derive(Debug)]
pub(crate) struct Log {
    lines: Sender<Entry>,
}

impl Log {
    /// Starts the thread that writes.
    pub(crate) fn start(store: Store) -> Self {
        let (lines, waiting) = channel();
        thread::spawn(move || write_all(store, &waiting));
        Self { lines }
    }

    /// Takes a line.
    pub(crate) fn note(&self, mut entry: Entry) {
        entry.did = entry.did.chars().take(MOST_CHARS).collect();
        entry.detail = entry.detail.chars().take(MOST_OF_A_DETAIL).collect();
        // The writer ends with the server.
        drop(self.lines.send(entry));
    }
}

/// Makes the table where it is missing.
pub(crate) fn prepare(store: &mut Store) -> Result<(), StoreError> {
    let table = "CREATE TABLE IF NOT EXISTS staff_log (
        n      INTEGER PRIMARY KEY AUTOINCREMENT,
        at     INTEGER NOT NULL,
        who    TEXT NOT NULL,
        did    TEXT NOT NULL,
        status INTEGER NOT NULL,
        detail TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX IF NOT EXISTS staff_log_by_who ON staff_log (who, n)";
    let connection = store.connection();
    connection.execute_batch(table)?;
    let known = "SELECT 1 FROM pragma_table_info('staff_log') WHERE name = 'detail'";
    if !connection.prepare(known)?.exists([])? {
        let add = "ALTER TABLE staff_log ADD COLUMN detail TEXT NOT NULL DEFAULT ''";
        connection.execute_batch(add)?;
    }
    Ok(())
}

fn write_all(mut store: Store, waiting: &Receiver<Entry>) {
    while let Ok(first) = waiting.recv() {
        let mut some = vec![first];
        some.extend(waiting.try_iter().take(TOGETHER - 1));
        if let Err(error) = write(&mut store, &some) {
            eprintln!("error: {} line(s) of the log could not be written: {error}", some.len());
        }
    }
}

fn write(store: &mut Store, entries: &[Entry]) -> Result<(), StoreError> {
    let tx = store.connection().transaction()?;
    {
        let mut add = tx.prepare_cached(
            "INSERT INTO staff_log (at, who, did, status, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for entry in entries {
            let (at, who, did) = (entry.at.cast_signed(), &entry.who, &entry.did);
            add.execute(params![at, who, did, entry.status, entry.detail])?;
        }
    }
    Ok(tx.commit()?)
}

/// Lines before a number, the last first; of one member of staff, or of everybody.
pub(crate) fn before(store: &mut Store, n: i64, who: &str) -> Result<Vec<Entry>, StoreError> {
    let mut query = store.connection().prepare_cached(
        "SELECT n, at, who, did, status, detail FROM staff_log
         WHERE n < ?1 AND (?2 = '' OR who = ?2) ORDER BY n DESC LIMIT ?3",
    )?;
    let rows = query.query_map(params![n, who, PAGE], |row| {
        Ok(Entry {
            n: row.get(0)?,
            at: row.get::<_, i64>(1)?.cast_unsigned(),
            who: row.get(2)?,
            did: row.get(3)?,
            status: row.get(4)?,
            detail: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
