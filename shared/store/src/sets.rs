//! Sets as they are reconciled: items in order, their records, the order of sending; and the feed,
//! in which records came to count.

use beket_directory::Set;
use beket_record::{CaseId, Position, Record, RecordId};
use rusqlite::{Connection, Params, params};

use crate::stored::{all, at_most_one, id_at, records, stored_columns, whole_records};
use crate::{Store, StoreError};

/// A record in the order in which records came to count here.
#[derive(Debug, Clone)]
pub struct FedRecord {
    /// Its place in that order.
    pub feed: u64,
    /// Seconds since 1970 by this replica's clock, when it came.
    pub came: u64,
    /// The record.
    pub record: Record,
}

/// How the set is named in the table.
pub(crate) fn shelf(set: &Set) -> String {
    match set {
        Set::Directory => "d".to_owned(),
        Set::Purge => "p".to_owned(),
        Set::Review => "r".to_owned(),
        Set::Scope(scope) => format!("s:{scope}"),
        Set::Held(scope) => format!("h:{scope}"),
    }
}

/// Certificates and purges, in order of arrival.
pub(crate) fn directory_records(connection: &Connection) -> Result<Vec<Record>, StoreError> {
    let query = concat!(
        "SELECT ",
        stored_columns!(),
        " FROM record WHERE shelf IN ('d', 'p') ORDER BY row"
    );
    whole_records(connection, query, [])
}

/// Changes whenever a record of the directory came to count.
pub(crate) fn directory_version(connection: &Connection) -> Result<(i64, i64), StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT coalesce(max(row), 0), count(*) FROM record WHERE shelf IN ('d', 'p')",
    )?;
    Ok(query.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

impl Store {
    /// All items of a set, in order.
    pub fn items(&self, set: &Set) -> Result<Vec<Position>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT made, id FROM record WHERE shelf = ?1 ORDER BY made, id")?;
        all(&mut query, [shelf(set)], |row| Ok(Position { made: row.get(0)?, id: id_at(row, 1)? }))
    }

    /// Whether a set has no items.
    pub fn is_empty(&self, set: &Set) -> Result<bool, StoreError> {
        let mut query =
            self.connection.prepare_cached("SELECT 1 FROM record WHERE shelf = ?1 LIMIT 1")?;
        Ok(!query.exists([shelf(set)])?)
    }

    /// Whether a record is here, in any set.
    pub fn holds(&self, id: RecordId) -> Result<bool, StoreError> {
        let mut query = self.connection.prepare_cached("SELECT 1 FROM record WHERE id = ?1")?;
        Ok(query.exists([id.as_bytes()])?)
    }

    /// The record at an address, if it is here.
    pub fn record(&self, id: RecordId) -> Result<Option<Record>, StoreError> {
        let query = concat!("SELECT ", stored_columns!(), " FROM record WHERE id = ?1");
        Ok(whole_records(&self.connection, query, [id.as_bytes()])?.pop())
    }

    /// The record at an address, if it is a member of this set.
    pub fn member(&self, set: &Set, id: RecordId) -> Result<Option<Record>, StoreError> {
        let query =
            concat!("SELECT ", stored_columns!(), " FROM record WHERE id = ?1 AND shelf = ?2");
        Ok(whole_records(&self.connection, query, params![id.as_bytes(), shelf(set)])?.pop())
    }

    /// Records of a set after a place, in order: at most so many, and at most so many bytes, but at
    /// least one if there is any.
    pub fn range(
        &self,
        set: &Set,
        after: Option<Position>,
        most_bytes: usize,
        most_records: usize,
    ) -> Result<Vec<Record>, StoreError> {
        let start = (-1, [0; 32]);
        let (made, id) = after.map_or(start, |at| (i64::from(at.made), *at.id.as_bytes()));
        let query = concat!(
            "SELECT ",
            stored_columns!(),
            " FROM record WHERE shelf = ?1 AND (made, id) > (?2, ?3) ORDER BY made, id LIMIT ?4"
        );
        let limit = i64::try_from(most_records.max(1)).unwrap_or(i64::MAX);
        let mut bytes = 0;
        records(&self.connection, query, params![shelf(set), made, id, limit], 0, |_, record| {
            let first = bytes == 0;
            bytes += record.bytes().len();
            Ok((first || bytes <= most_bytes).then_some(record))
        })
    }

    /// These ids, as far as they are here, in the order in which they should be sent: first lane
    /// first, then as they came.
    pub fn ranked(&self, ids: &[RecordId]) -> Result<Vec<RecordId>, StoreError> {
        let mut query =
            self.connection.prepare_cached("SELECT lane, row FROM record WHERE id = ?1")?;
        let mut ranked = Vec::with_capacity(ids.len());
        for id in ids {
            let place = at_most_one(&mut query, [id.as_bytes()], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
            })?;
            ranked.extend(place.map(|place| (place, *id)));
        }
        ranked.sort_unstable();
        Ok(ranked.into_iter().map(|(_, id)| id).collect())
    }

    /// Records that the directory is built from: certificates and purges.
    pub fn directory_records(&self) -> Result<Vec<Record>, StoreError> {
        directory_records(&self.connection)
    }

    /// Changes whenever a record of the directory comes or goes.
    pub fn directory_version(&self) -> Result<(i64, i64), StoreError> {
        directory_version(&self.connection)
    }

    /// Records of every set that came to count after a place in the feed.
    pub fn feed_after(&self, feed: u64, limit: u32) -> Result<Vec<FedRecord>, StoreError> {
        self.fed(
            concat!(
                "SELECT feed, came, ",
                stored_columns!(),
                " FROM record WHERE feed > ?1 ORDER BY feed LIMIT ?2"
            ),
            params![feed.cast_signed(), limit],
        )
    }

    /// Records of one case that ever came to count, with when each came.
    pub fn counting(&self, case: CaseId) -> Result<Vec<FedRecord>, StoreError> {
        self.fed(
            concat!(
                "SELECT feed, came, ",
                stored_columns!(),
                " FROM record WHERE case_id = ?1 AND feed IS NOT NULL ORDER BY feed"
            ),
            params![case.as_bytes()],
        )
    }

    fn fed(&self, query: &str, params: impl Params) -> Result<Vec<FedRecord>, StoreError> {
        records(&self.connection, query, params, 2, |row, record| {
            let feed = row.get::<_, i64>(0)?.cast_unsigned();
            Ok(Some(FedRecord { feed, came: row.get::<_, i64>(1)?.cast_unsigned(), record }))
        })
    }
}

#[cfg(test)]
mod tests;
