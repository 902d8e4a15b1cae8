//! One stored record: its row written, and read back whole or not at all.
//!
//! Refuses rows whose bytes are no longer those that were stored.

use beket_record::{CaseId, Record, RecordId};
use rusqlite::{Params, Row, Statement};

use crate::StoreError;

/// What [`record_at`] reads, in its order.
macro_rules! stored_columns {
    () => {
        "id, bytes, sum"
    };
}
pub(crate) use stored_columns;

/// What the disk is asked to prove when it gives the bytes back.
pub(crate) fn sum(bytes: &[u8]) -> i64 {
    let mut first = [0; 8];
    first.copy_from_slice(&blake3::hash(bytes).as_bytes()[..8]);
    i64::from_be_bytes(first)
}

/// The record in the three columns that start here.
pub(crate) fn record_at(row: &Row<'_>, column: usize) -> Result<Record, StoreError> {
    let torn = || StoreError::torn("a stored record is not what was stored");
    let id = id_at(row, column)?;
    let bytes: Vec<u8> = row.get(column + 1)?;
    if sum(&bytes) != row.get::<_, i64>(column + 2)? {
        return Err(torn());
    }
    Record::from_disk(bytes, id).map_err(|_| torn())?.ok_or_else(torn)
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
