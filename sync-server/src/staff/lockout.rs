//! Whoever guesses must wait: after a few wrong passwords of one name, ever longer.

use beket_store::StoreError;
use rusqlite::{Connection, OptionalExtension, params};

/// So many wrong passwords cost nothing.
const FREE: u32 = 5;
/// The first wait, in seconds; each further one is twice as long, up to the longest.
const FIRST_WAIT: u64 = 60;
const LONGEST_WAIT: u64 = 60 * 60;
/// Failures are forgotten when nobody tried for a day.
const FORGOTTEN_AFTER: u64 = 24 * 60 * 60;
/// Names that are remembered; made-up ones must not fill the disk.
const MOST_NAMES: i64 = 10_000;

/// Until when a name is locked, if it is.
pub(super) fn locked(
    connection: &Connection,
    name: &str,
    now: u64,
) -> Result<Option<u64>, StoreError> {
    let query = "SELECT locked_until FROM sign_in_failure WHERE name = ?1";
    let until: Option<i64> = connection.query_row(query, [name], |row| row.get(0)).optional()?;
    Ok(until.map(i64::cast_unsigned).filter(|until| *until > now))
}

/// Another wrong one.
pub(super) fn failed(connection: &Connection, name: &str, now: u64) -> Result<(), StoreError> {
    let old = now.saturating_sub(FORGOTTEN_AFTER).cast_signed();
    connection.execute("DELETE FROM sign_in_failure WHERE locked_until < ?1", [old])?;
    let many: i64 =
        connection.query_row("SELECT count(*) FROM sign_in_failure", [], |row| row.get(0))?;
    if many >= MOST_NAMES {
        connection.execute(
            "DELETE FROM sign_in_failure WHERE name =
             (SELECT name FROM sign_in_failure ORDER BY locked_until LIMIT 1)",
            [],
        )?;
    }
    let query = "SELECT failed FROM sign_in_failure WHERE name = ?1";
    let before: Option<u32> = connection.query_row(query, [name], |row| row.get(0)).optional()?;
    let failed = before.unwrap_or(0).saturating_add(1);
    let until = now + wait(failed);
    let put =
        "INSERT OR REPLACE INTO sign_in_failure (name, failed, locked_until) VALUES (?1, ?2, ?3)";
    connection.execute(put, params![name, failed, until.cast_signed()])?;
    Ok(())
}

/// The right one, or somebody who may says that it is well.
pub(super) fn forget(connection: &Connection, name: &str) -> Result<(), StoreError> {
    connection.execute("DELETE FROM sign_in_failure WHERE name = ?1", [name])?;
    Ok(())
}

fn wait(failed: u32) -> u64 {
    match failed.checked_sub(FREE) {
        None => 0,
        Some(more) => FIRST_WAIT.saturating_mul(1 << more.min(10)).min(LONGEST_WAIT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        assert_eq!([1, 4, 5, 6, 7, 100].map(wait), [0, 0, 60, 120, 240, LONGEST_WAIT]);
    }
}
