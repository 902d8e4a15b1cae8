//! Cases, in clear: their records, reference numbers and sums; scopes and settings beside them.

use beket_record::{CaseId, Record, Scope};

use crate::stored::{all, at_most_one, case_at, stored_columns, whole_records};
use crate::{Store, StoreError};

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

/// How many records a case has, and the last of their rows: whoever kept something of a case knows by
/// it whether the case has changed.
pub type CaseState = (u64, i64);

impl Store {
    /// All records of one case's documents, in every set, as they came.
    pub fn case(&self, case: CaseId) -> Result<Vec<Record>, StoreError> {
        let query = concat!(
            "SELECT ",
            stored_columns!(),
            " FROM record WHERE case_id = ?1 AND part NOT IN (0, 1) ORDER BY row"
        );
        whole_records(&self.connection, query, [case.as_bytes()])
    }

    /// Cases that records here belong to, by when their first record came.
    pub fn cases(&self) -> Result<Vec<CaseId>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT case_id FROM record WHERE part NOT IN (0, 1)
             GROUP BY case_id ORDER BY min(row)",
        )?;
        all(&mut query, [], |row| case_at(row, 0))
    }

    /// The same, each with the state that its records are in.
    pub fn case_states(&self) -> Result<Vec<(CaseId, CaseState)>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT case_id, count(*), max(row) FROM record WHERE part NOT IN (0, 1)
             GROUP BY case_id ORDER BY min(row)",
        )?;
        all(&mut query, [], |row| {
            Ok((case_at(row, 0)?, (row.get::<_, i64>(1)?.cast_unsigned(), row.get(2)?)))
        })
    }

    /// The state of one case.
    pub fn case_state(&self, case: CaseId) -> Result<CaseState, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT count(*), coalesce(max(row), 0) FROM record
             WHERE case_id = ?1 AND part NOT IN (0, 1)",
        )?;
        Ok(query.query_row([case.as_bytes()], |row| {
            Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?))
        })?)
    }

    /// What can be said in clear of every case, by when its first record came; last those of which
    /// everything was refused.
    pub fn summaries(&self) -> Result<Vec<Summary>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT case_id, count(*), count(receipt), sum(shelf GLOB 'h:*'),
                    (SELECT count(*) FROM refused WHERE refused.case_id = record.case_id),
                    0 AS all_refused, min(row) AS first
             FROM record WHERE part NOT IN (0, 1) GROUP BY case_id
             UNION ALL
             SELECT case_id, 0, 0, 0, count(*), 1, min(at)
             FROM refused WHERE case_id <> zeroblob(16) AND case_id NOT IN
                (SELECT case_id FROM record WHERE part NOT IN (0, 1))
             GROUP BY case_id
             ORDER BY all_refused, first, case_id",
        )?;
        all(&mut query, [], |row| {
            let case = case_at(row, 0)?;
            let number = |column| row.get::<_, i64>(column).map(i64::cast_unsigned);
            Ok(Summary {
                case,
                references: self.references(case)?,
                records: number(1)?,
                receipted: number(2)?,
                held: number(3)?,
                refused: number(4)?,
            })
        })
    }

    /// What can be said in clear of one case.
    pub fn summary(&self, case: CaseId) -> Result<Summary, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT count(*), count(receipt), coalesce(sum(shelf GLOB 'h:*'), 0),
                    (SELECT count(*) FROM refused WHERE refused.case_id = ?1)
             FROM record WHERE case_id = ?1 AND part NOT IN (0, 1)",
        )?;
        let references = self.references(case)?;
        Ok(query.query_row([case.as_bytes()], |row| {
            let number = |column| row.get::<_, i64>(column).map(i64::cast_unsigned);
            let (records, receipted) = (number(0)?, number(1)?);
            let (held, refused) = (number(2)?, number(3)?);
            Ok(Summary { case, references, records, receipted, held, refused })
        })?)
    }

    /// Reference numbers given out here for a case.
    pub fn references(&self, case: CaseId) -> Result<Vec<String>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT reference FROM label WHERE case_id = ?1 ORDER BY reference")?;
        all(&mut query, [case.as_bytes()], |row| Ok(row.get(0)?))
    }

    /// Cases that bear a reference number given out here.
    pub fn labelled(&self, reference: &str) -> Result<Vec<CaseId>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT case_id FROM label WHERE reference = ?1 ORDER BY case_id")?;
        all(&mut query, [reference], |row| case_at(row, 0))
    }

    /// Scopes of which records of cases are here, counting or held.
    pub fn scopes(&self) -> Result<Vec<Scope>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT DISTINCT scope FROM record WHERE part NOT IN (0, 1) ORDER BY scope",
        )?;
        all(&mut query, [], |row| {
            let torn = |_| StoreError::torn("a stored scope is not what was stored");
            row.get::<_, String>(0)?.parse().map_err(torn)
        })
    }

    /// A setting of this replica.
    pub fn setting(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut query =
            self.connection.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
        at_most_one(&mut query, [key], |row| Ok(row.get(0)?))
    }
}

#[cfg(test)]
mod tests;
