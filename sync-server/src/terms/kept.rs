//! The days that somebody moved, in a table beside the records.

use beket_store::{Store, StoreError};
use jiff::civil::Date;
use rusqlite::{Connection, params};

use super::{Calendar, Moved};

/// A day that was moved, by whom and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MovedDay {
    pub(crate) day: Date,
    pub(crate) moved: Moved,
    /// Which decision, in the words of whoever entered it.
    pub(crate) why: String,
    pub(crate) by: String,
}

/// Makes the table where it is missing.
pub(crate) fn prepare(store: &mut Store) -> Result<(), StoreError> {
    let table = "CREATE TABLE IF NOT EXISTS moved_day (
        -- YYYY-MM-DD, and a word of `Moved`.
        day    TEXT PRIMARY KEY,
        moved  TEXT NOT NULL,
        why    TEXT NOT NULL,
        by     TEXT NOT NULL
    ) STRICT, WITHOUT ROWID";
    Ok(store.connection().execute_batch(table)?)
}

/// Every day that was moved, the last first.
pub(crate) fn moved_days(connection: &Connection) -> Result<Vec<MovedDay>, StoreError> {
    let mut query =
        connection.prepare_cached("SELECT day, moved, why, by FROM moved_day ORDER BY day DESC")?;
    let rows = query.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get(3)?))
    })?;
    let mut days = Vec::new();
    for row in rows {
        let (day, moved, why, by) = row?;
        if let (Ok(day), Some(moved)) = (day.parse(), Moved::of(&moved)) {
            days.push(MovedDay { day, moved, why, by });
        }
    }
    Ok(days)
}

/// The office's days, with those that were moved.
pub(crate) fn calendar(connection: &Connection) -> Result<Calendar, StoreError> {
    let days = moved_days(connection)?.into_iter();
    Ok(Calendar { moved: days.map(|moved| (moved.day, moved.moved)).collect() })
}

/// Moves a day; what was said of it before is replaced.
pub(crate) fn put(connection: &Connection, day: &MovedDay) -> Result<(), StoreError> {
    let put = "INSERT OR REPLACE INTO moved_day (day, moved, why, by) VALUES (?1, ?2, ?3, ?4)";
    connection.execute(put, params![day.day.to_string(), day.moved.word(), day.why, day.by])?;
    Ok(())
}

/// The day is again what the law has it to be.
pub(crate) fn remove(connection: &Connection, day: Date) -> Result<(), StoreError> {
    connection.execute("DELETE FROM moved_day WHERE day = ?1", [day.to_string()])?;
    Ok(())
}
