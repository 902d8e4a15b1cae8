//! One stored record: read back whole or not at all.
//!
//! A row whose bytes are no longer those that were stored is put aside with that reason, so that it
//! stops nothing behind it; out of its set, it is fetched or brought anew by whoever holds it whole.

use beket_record::{CaseId, Record, RecordId};
use rusqlite::{Connection, Params, Row, Statement, params};

use crate::StoreError;

/// Why a damaged record is put aside.
pub(crate) const DAMAGED: &str = "its bytes on this disk are damaged; a whole copy comes back by itself from \
                       wherever there is one";

/// What [`record_at`] reads, in its order.
macro_rules! stored_columns {
    () => {
        "row, id, bytes, sum"
    };
}
pub(crate) use stored_columns;

/// What the disk is asked to prove when it gives the bytes back.
pub(crate) fn sum(bytes: &[u8]) -> i64 {
    let mut first = [0; 8];
    first.copy_from_slice(&blake3::hash(bytes).as_bytes()[..8]);
    i64::from_be_bytes(first)
}

/// The number of a row that is not what was stored.
struct Damaged(i64);

/// The record in the columns that start here.
fn record_at(row: &Row<'_>, column: usize) -> Result<Result<Record, Damaged>, StoreError> {
    let damaged = Damaged(row.get(column)?);
    let Ok(id) = id_at(row, column + 1) else { return Ok(Err(damaged)) };
    let bytes: Vec<u8> = row.get(column + 2)?;
    if sum(&bytes) != row.get::<_, i64>(column + 3)? {
        return Ok(Err(damaged));
    }
    Ok(Record::from_disk(bytes, id).ok().flatten().ok_or(damaged))
}

/// What `read` makes of every record of a query, whose stored columns start at `column`, until it
/// has enough and gives `None`. Damaged ones are put aside.
pub(crate) fn records<T>(
    connection: &Connection,
    query: &str,
    params: impl Params,
    column: usize,
    mut read: impl FnMut(&Row<'_>, Record) -> Result<Option<T>, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let (mut out, mut aside) = (Vec::new(), Vec::new());
    let mut statement = connection.prepare_cached(query)?;
    let mut rows = statement.query(params)?;
    while let Some(row) = rows.next()? {
        match record_at(row, column)? {
            Err(damaged) => aside.push(damaged),
            Ok(record) => match read(row, record)? {
                Some(read) => out.push(read),
                None => break,
            },
        }
    }
    drop(rows);
    for damaged in aside {
        put_aside(connection, &damaged)?;
    }
    Ok(out)
}

/// Every record of a query.
pub(crate) fn whole_records(
    connection: &Connection,
    query: &str,
    params: impl Params,
) -> Result<Vec<Record>, StoreError> {
    records(connection, query, params, 0, |_, record| Ok(Some(record)))
}

/// Two statements of which a crash may leave the first alone: the next reading repeats both.
fn put_aside(connection: &Connection, damaged: &Damaged) -> Result<(), StoreError> {
    let mut keep = connection.prepare_cached(
        "INSERT INTO refused (id, case_id, reason, at, bytes)
         SELECT iif(length(id) = 32, id, CAST(printf('%032d', row) AS BLOB)),
                iif(length(case_id) = 16, case_id, zeroblob(16)), ?2, came, bytes
         FROM record WHERE row = ?1
         ON CONFLICT (id) DO NOTHING",
    )?;
    keep.execute(params![damaged.0, DAMAGED])?;
    connection.prepare_cached("DELETE FROM record WHERE row = ?1")?.execute([damaged.0])?;
    Ok(())
}

/// The record's address in this column.
pub(crate) fn id_at(row: &Row<'_>, column: usize) -> Result<RecordId, StoreError> {
    Ok(RecordId::from_bytes(array_at(row, column)?))
}

/// The case in this column.
pub(crate) fn case_at(row: &Row<'_>, column: usize) -> Result<CaseId, StoreError> {
    Ok(CaseId::from_bytes(array_at(row, column)?))
}

/// As many bytes as they must be.
pub(crate) fn array_at<const N: usize>(
    row: &Row<'_>,
    column: usize,
) -> Result<[u8; N], StoreError> {
    let bytes: Vec<u8> = row.get(column)?;
    bytes.try_into().map_err(|_| StoreError::torn("a stored id is not what was stored"))
}

/// What `read` makes of every row.
pub(crate) fn all<T>(
    query: &mut Statement<'_>,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    query.query_and_then(params, read)?.collect()
}

/// What `read` makes of the only row, if there is one.
pub(crate) fn at_most_one<T>(
    query: &mut Statement<'_>,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    query.query(params)?.next()?.map(read).transpose()
}
