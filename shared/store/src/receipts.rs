//! What the office said of records: its receipts, and what it refused.

use beket_record::{Author, CaseId, RecordId};
use beket_wire::Receipt;
use rusqlite::params;

use crate::stored::{DAMAGED, all, array_at, case_at, id_at};
use crate::{Store, StoreError, Write};

/// A record that was put aside: refused by the office, or damaged on this disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRecord {
    /// Which.
    pub id: RecordId,
    /// Of which case, as far as its bytes say.
    pub case: CaseId,
    /// Why.
    pub reason: String,
}

impl RefusedRecord {
    /// Whether it is damaged on this disk, rather than refused by the office.
    pub fn is_damaged(&self) -> bool {
        self.reason == DAMAGED
    }
}

impl Store {
    /// Ids of records that no receipt of the office covers, first lane first, then as they came.
    pub fn unreceipted(&self) -> Result<Vec<RecordId>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT id FROM record WHERE receipt IS NULL ORDER BY lane, row")?;
        all(&mut query, [], |row| id_at(row, 0))
    }

    /// How many records wait for the office's receipt.
    pub fn waiting(&self) -> Result<u64, StoreError> {
        self.count("SELECT count(*) FROM record WHERE receipt IS NULL")
    }

    /// How many of them belong to cases: the directory's own records are nobody's to wait for.
    pub fn waiting_of_cases(&self) -> Result<u64, StoreError> {
        self.count(
            "SELECT count(*) FROM record
             WHERE receipt IS NULL AND shelf > 'd' AND shelf <> 'p'",
        )
    }

    /// How many records of each author are held back here.
    pub fn held_by_author(&self) -> Result<Vec<(Author, u64)>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT author, count(*) FROM record WHERE shelf GLOB 'h:*'
             GROUP BY author ORDER BY author",
        )?;
        all(&mut query, [], |row| {
            let author = Author::from_bytes(array_at(row, 0)?);
            Ok((author, row.get::<_, i64>(1)?.cast_unsigned()))
        })
    }

    /// How many records the office has, by its receipt, and holds back.
    pub fn held_at_centre(&self) -> Result<u64, StoreError> {
        self.count("SELECT count(*) FROM record WHERE receipt IS NOT NULL AND shelf GLOB 'h:*'")
    }

    fn count(&self, query: &str) -> Result<u64, StoreError> {
        let mut query = self.connection.prepare_cached(query)?;
        Ok(query.query_row([], |row| row.get::<_, i64>(0))?.cast_unsigned())
    }

    /// Records that were put aside, newest first.
    pub fn refused(&self) -> Result<Vec<RefusedRecord>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT id, case_id, reason FROM refused ORDER BY at DESC, id")?;
        all(&mut query, [], |row| {
            Ok(RefusedRecord { id: id_at(row, 0)?, case: case_at(row, 1)?, reason: row.get(2)? })
        })
    }
}

impl Write<'_> {
    /// Keeps a receipt that the caller has verified; its records are at the centre.
    pub fn keep_receipt(&mut self, receipt: &Receipt, ids: &[RecordId]) -> Result<(), StoreError> {
        let joined: Vec<u8> = ids.iter().flat_map(|id| *id.as_bytes()).collect();
        self.tx.execute(
            "INSERT INTO receipt (at, signature, ids) VALUES (?1, ?2, ?3)",
            params![receipt.at.cast_signed(), receipt.signature, joined],
        )?;
        let row = self.tx.last_insert_rowid();
        let mut mark = self.tx.prepare_cached("UPDATE record SET receipt = ?1 WHERE id = ?2")?;
        for id in ids {
            mark.execute(params![row, id.as_bytes()])?;
        }
        Ok(())
    }

    /// The office turned out not to hold these (any more): they are not at the centre.
    pub fn drop_receipts(&mut self, ids: &[RecordId]) -> Result<(), StoreError> {
        let mut unmark =
            self.tx.prepare_cached("UPDATE record SET receipt = NULL WHERE id = ?1")?;
        for id in ids {
            unmark.execute([id.as_bytes()])?;
        }
        Ok(())
    }

    /// Takes a record out of its set and keeps it with the reason.
    pub fn refuse(&mut self, id: RecordId, reason: &str, now: u64) -> Result<(), StoreError> {
        // Bytes that were in a set are genuine, whatever was kept under their address before.
        self.tx.execute(
            "INSERT INTO refused (id, case_id, reason, at, bytes)
             SELECT id, case_id, ?2, ?3, bytes FROM record WHERE id = ?1
             ON CONFLICT (id) DO UPDATE SET
                case_id = excluded.case_id, reason = excluded.reason, at = excluded.at,
                bytes = excluded.bytes",
            params![id.as_bytes(), reason, now.cast_signed()],
        )?;
        self.tx.execute("DELETE FROM record WHERE id = ?1", [id.as_bytes()])?;
        Ok(())
    }

    /// Keeps foreign bytes that never became a record here, with the reason.
    pub fn keep_refused(
        &mut self,
        id: RecordId,
        case: CaseId,
        bytes: &[u8],
        reason: &str,
        now: u64,
    ) -> Result<(), StoreError> {
        self.tx.execute(
            "INSERT INTO refused (id, case_id, reason, at, bytes) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO NOTHING",
            params![id.as_bytes(), case.as_bytes(), reason, now.cast_signed(), bytes],
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
