//! Who saw and did what at the office: one line for each case that was looked at, each form, each
//! file. What a form changed is in the history of its case, signed; this says who looked.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use beket_store::{Store, StoreError};
use rusqlite::params;

/// Lines of one page.
pub(crate) const PAGE: i64 = 100;
/// Lines that are written together at the most.
const TOGETHER: usize = 500;
/// Of an address so many characters are kept.
const MOST_CHARS: usize = 200;

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
    /// The answer's code.
    pub(crate) status: u16,
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
        status INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS staff_log_by_who ON staff_log (who, n)";
    Ok(store.connection().execute_batch(table)?)
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
            "INSERT INTO staff_log (at, who, did, status) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for entry in entries {
            add.execute(params![entry.at.cast_signed(), entry.who, entry.did, entry.status])?;
        }
    }
    Ok(tx.commit()?)
}

/// Lines before a number, the last first; of one member of staff, or of everybody.
pub(crate) fn before(store: &mut Store, n: i64, who: &str) -> Result<Vec<Entry>, StoreError> {
    let mut query = store.connection().prepare_cached(
        "SELECT n, at, who, did, status FROM staff_log
         WHERE n < ?1 AND (?2 = '' OR who = ?2) ORDER BY n DESC LIMIT ?3",
    )?;
    let rows = query.query_map(params![n, who, PAGE], |row| {
        Ok(Entry {
            n: row.get(0)?,
            at: row.get::<_, i64>(1)?.cast_unsigned(),
            who: row.get(2)?,
            did: row.get(3)?,
            status: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
