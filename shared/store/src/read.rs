//! Reading: sets in order, records by id or by case, what waits, what was refused.

use beket_directory::Set;
use beket_record::{CaseId, Position, Record, RecordId, Scope, Unverified};
use rusqlite::{OptionalExtension, Row, params};

use crate::write::shelf;
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

/// A record that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRecord {
    /// Which.
    pub id: RecordId,
    /// Of which case, as far as its bytes say.
    pub case: CaseId,
    /// Why.
    pub reason: String,
}

/// One case in clear: what a kiosk can say of it without any key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Which case.
    pub case: CaseId,
    /// Its reference numbers given out here.
    pub references: Vec<String>,
    /// Records of it held here.
    pub records: u64,
    /// Those among them with the office's receipt.
    pub receipted: u64,
    /// Those among them that this replica knows to be held.
    pub held: u64,
    /// Records of it that were refused.
    pub refused: u64,
}

/// Bytes from our own disk: whole, or the disk is damaged.
pub(crate) fn parse(bytes: Vec<u8>) -> Result<Record, StoreError> {
    let torn = |_| StoreError::damaged("a stored record is torn");
    let record = Unverified::parse(bytes).map_err(torn)?;
    let id = record.id();
    Record::from_disk(record.bytes().to_vec(), id)
        .map_err(torn)?
        .ok_or_else(|| StoreError::damaged("a stored record is torn"))
}

fn id_of(bytes: Vec<u8>) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| StoreError::damaged("a stored id is torn"))
}

fn case_of(bytes: Vec<u8>) -> Result<CaseId, StoreError> {
    let bytes = bytes.try_into().map_err(|_| StoreError::damaged("a stored case id is torn"))?;
    Ok(CaseId::from_bytes(bytes))
}

impl Store {
    /// All items of a set, in order.
    pub fn items(&self, set: &Set) -> Result<Vec<Position>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT made, id FROM record WHERE shelf = ?1 ORDER BY made, id")?;
        let rows = query.query_map([shelf(set)], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.map(|row| {
            let (made, id): (u32, Vec<u8>) = row?;
            Ok(Position { made, id: RecordId::from_bytes(id_of(id)?) })
        })
        .collect()
    }

    /// Whether a set has no items.
    pub fn is_empty(&self, set: &Set) -> Result<bool, StoreError> {
        let mut query =
            self.connection.prepare_cached("SELECT 1 FROM record WHERE shelf = ?1 LIMIT 1")?;
        Ok(!query.exists([shelf(set)])?)
    }

    /// The record at an address, if it is here.
    pub fn record(&self, id: RecordId) -> Result<Option<Record>, StoreError> {
        self.record_where("id = ?1", id.as_bytes(), id)
    }

    /// The record at an address, if it is a member of this set.
    pub fn member(&self, set: &Set, id: RecordId) -> Result<Option<Record>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT bytes FROM record WHERE id = ?1 AND shelf = ?2")?;
        let bytes: Option<Vec<u8>> =
            query.query_row(params![id.as_bytes(), shelf(set)], |row| row.get(0)).optional()?;
        bytes.map(|bytes| from_disk(bytes, id)).transpose()
    }

    fn record_where(
        &self,
        condition: &str,
        key: &[u8],
        id: RecordId,
    ) -> Result<Option<Record>, StoreError> {
        let query = format!("SELECT bytes FROM record WHERE {condition}");
        let mut query = self.connection.prepare_cached(&query)?;
        let bytes: Option<Vec<u8>> = query.query_row([key], |row| row.get(0)).optional()?;
        bytes.map(|bytes| from_disk(bytes, id)).transpose()
    }

    /// Whether a record is here, in any set.
    pub fn holds(&self, id: RecordId) -> Result<bool, StoreError> {
        let mut query = self.connection.prepare_cached("SELECT 1 FROM record WHERE id = ?1")?;
        Ok(query.exists([id.as_bytes()])?)
    }

    /// Records of a set after a place, at most so many bytes but at least one record.
    pub fn range(
        &self,
        set: &Set,
        after: Option<Position>,
        most_bytes: usize,
        most_records: usize,
    ) -> Result<Vec<Record>, StoreError> {
        let (made, id) = after.map_or((-1, [0; 32]), |item| (i64::from(item.made), *item.id.as_bytes()));
        let mut query = self.connection.prepare_cached(
            "SELECT bytes FROM record WHERE shelf = ?1 AND (made, id) > (?2, ?3)
             ORDER BY made, id LIMIT ?4",
        )?;
        let limit = i64::try_from(most_records).unwrap_or(i64::MAX);
        let mut rows = query.query(params![shelf(set), made, id, limit])?;
        let (mut records, mut bytes_so_far) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            let bytes: Vec<u8> = row.get(0)?;
            bytes_so_far += bytes.len();
            if !records.is_empty() && bytes_so_far > most_bytes {
                break;
            }
            records.push(parse(bytes)?);
        }
        Ok(records)
    }

    /// All records of one case, in every set.
    pub fn case(&self, case: CaseId) -> Result<Vec<Record>, StoreError> {
        self.records(
            "SELECT bytes FROM record WHERE case_id = ?1 ORDER BY row",
            [case.as_bytes()],
        )
    }

    /// Records of one case that count, with when each came.
    pub fn counting(&self, case: CaseId) -> Result<Vec<FedRecord>, StoreError> {
        self.fed(
            "SELECT feed, came, bytes FROM record
             WHERE case_id = ?1 AND feed IS NOT NULL ORDER BY feed",
            params![case.as_bytes()],
        )
    }

    /// Records that came to count after a place in the feed, of parts that make up cases.
    pub fn feed_after(&self, feed: u64, limit: u32) -> Result<Vec<FedRecord>, StoreError> {
        self.fed(
            "SELECT feed, came, bytes FROM record WHERE feed > ?1 ORDER BY feed LIMIT ?2",
            params![feed.cast_signed(), limit],
        )
    }

    fn fed(&self, query: &str, params: impl rusqlite::Params) -> Result<Vec<FedRecord>, StoreError> {
        let mut query = self.connection.prepare_cached(query)?;
        let read = |row: &Row<'_>| -> rusqlite::Result<(i64, i64, Vec<u8>)> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        };
        let rows = query.query_map(params, read)?;
        rows.map(|row| {
            let (feed, came, bytes) = row?;
            Ok(FedRecord {
                feed: feed.cast_unsigned(),
                came: came.cast_unsigned(),
                record: parse(bytes)?,
            })
        })
        .collect()
    }

    /// Records of the parts that make up the directory: certificates, held ones too, and purges.
    pub fn directory_records(&self) -> Result<Vec<Record>, StoreError> {
        self.records("SELECT bytes FROM record WHERE part IN (0, 1) ORDER BY row", [])
    }

    /// Changes whenever a record of the directory came to count.
    pub fn directory_version(&self) -> Result<(i64, i64), StoreError> {
        let query =
            "SELECT coalesce(max(row), 0), count(*) FROM record WHERE shelf IN ('d', 'p')";
        Ok(self.connection.query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// These ids in the order in which they should be sent: first lane first.
    pub fn ranked(&self, ids: &[RecordId]) -> Result<Vec<RecordId>, StoreError> {
        let mut query =
            self.connection.prepare_cached("SELECT lane, row FROM record WHERE id = ?1")?;
        let mut ranked = Vec::with_capacity(ids.len());
        for id in ids {
            let place = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
            if let Some(place) = query.query_row([id.as_bytes()], place).optional()? {
                ranked.push((place, *id));
            }
        }
        ranked.sort_unstable();
        Ok(ranked.into_iter().map(|(_, id)| id).collect())
    }

    fn records(
        &self,
        query: &str,
        params: impl rusqlite::Params,
    ) -> Result<Vec<Record>, StoreError> {
        let mut query = self.connection.prepare_cached(query)?;
        let rows = query.query_map(params, |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|bytes| parse(bytes?)).collect()
    }

    /// Ids of records that no receipt of the office covers, first lane first.
    pub fn unreceipted(&self) -> Result<Vec<RecordId>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT id FROM record WHERE receipt IS NULL ORDER BY lane, row")?;
        let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|id| Ok(RecordId::from_bytes(id_of(id?)?))).collect()
    }

    /// Cases that records here belong to, by when their first record came.
    pub fn cases(&self) -> Result<Vec<CaseId>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT case_id FROM record WHERE part NOT IN (0, 1) GROUP BY case_id ORDER BY min(row)",
        )?;
        let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|case| case_of(case?)).collect()
    }

    /// What can be said in clear of every case, by when its first record came.
    pub fn summaries(&self) -> Result<Vec<Summary>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT case_id, count(*), count(receipt), sum(shelf LIKE 'h:%'),
                    (SELECT count(*) FROM refused WHERE refused.case_id = record.case_id)
             FROM record WHERE part NOT IN (0, 1) GROUP BY case_id
             UNION ALL
             SELECT case_id, 0, 0, 0, count(*) FROM refused
             WHERE case_id NOT IN (SELECT case_id FROM record) GROUP BY case_id",
        )?;
        let read = |row: &Row<'_>| -> rusqlite::Result<(Vec<u8>, [i64; 4])> {
            Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?]))
        };
        let mut summaries = Vec::new();
        for row in query.query_map([], read)? {
            let (case, [records, receipted, held, refused]) = row?;
            let case = case_of(case)?;
            summaries.push(Summary {
                case,
                references: self.references(case)?,
                records: records.cast_unsigned(),
                receipted: receipted.cast_unsigned(),
                held: held.cast_unsigned(),
                refused: refused.cast_unsigned(),
            });
        }
        Ok(summaries)
    }

    /// Reference numbers given out here for a case.
    pub fn references(&self, case: CaseId) -> Result<Vec<String>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT reference FROM label WHERE case_id = ?1 ORDER BY reference")?;
        let rows = query.query_map([case.as_bytes()], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Cases that bear a reference number given out here.
    pub fn labelled(&self, reference: &str) -> Result<Vec<CaseId>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT case_id FROM label WHERE reference = ?1 ORDER BY case_id")?;
        let rows = query.query_map([reference], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|case| case_of(case?)).collect()
    }

    /// Refused records, newest first.
    pub fn refused(&self) -> Result<Vec<RefusedRecord>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT id, case_id, reason FROM refused ORDER BY at DESC, id")?;
        let read = |row: &Row<'_>| -> rusqlite::Result<(Vec<u8>, Vec<u8>, String)> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        };
        let rows = query.query_map([], read)?;
        rows.map(|row| {
            let (id, case, reason) = row?;
            Ok(RefusedRecord {
                id: RecordId::from_bytes(id_of(id)?),
                case: case_of(case)?,
                reason,
            })
        })
        .collect()
    }

    /// How many records wait for the office's receipt.
    pub fn waiting(&self) -> Result<u64, StoreError> {
        let query = "SELECT count(*) FROM record WHERE receipt IS NULL";
        let count: i64 = self.connection.query_row(query, [], |row| row.get(0))?;
        Ok(count.cast_unsigned())
    }

    /// How many records the office has, by its receipt, and holds back.
    pub fn held_at_centre(&self) -> Result<u64, StoreError> {
        let query =
            "SELECT count(*) FROM record WHERE receipt IS NOT NULL AND shelf LIKE 'h:%'";
        let count: i64 = self.connection.query_row(query, [], |row| row.get(0))?;
        Ok(count.cast_unsigned())
    }

    /// A setting of this replica.
    pub fn setting(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut query =
            self.connection.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
        Ok(query.query_row([key], |row| row.get(0)).optional()?)
    }

    /// Scopes of which records of cases are here, counting or held.
    pub fn scopes(&self) -> Result<Vec<Scope>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT DISTINCT scope FROM record WHERE part NOT IN (0, 1)")?;
        let rows = query.query_map([], |row| row.get::<_, String>(0))?;
        let codes: Vec<String> = rows.collect::<Result<_, _>>()?;
        Ok(codes.iter().filter_map(|code| code.parse().ok()).collect())
    }
}

fn from_disk(bytes: Vec<u8>, id: RecordId) -> Result<Record, StoreError> {
    let torn = || StoreError::damaged("a stored record is torn");
    Record::from_disk(bytes, id).map_err(|_| torn())?.ok_or_else(torn)
}
