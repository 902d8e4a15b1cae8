//! Writing: one transaction a batch, on the platter when it returns.

use beket_directory::{Directory, Judgement, Set};
use beket_record::{CaseId, Record, RecordId};
use beket_wire::Receipt;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, named_params, params};

use crate::{Store, StoreError};

/// What adding a record did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is new here.
    New,
    /// It was here already.
    Known,
    /// Its judgement keeps it out of every set; nothing was stored.
    Barred,
}

/// An open batch. Nothing of it is there until [`Store::write`] returns.
#[derive(Debug)]
pub struct Write<'a> {
    tx: Transaction<'a>,
}

impl Store {
    /// Runs one batch. If `batch` fails, nothing of it happened.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        batch: impl FnOnce(&mut Write<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let begin = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let mut write = Write { tx: begin.map_err(StoreError::from)? };
        let out = batch(&mut write)?;
        write.tx.commit().map_err(StoreError::from)?;
        Ok(out)
    }
}

pub(crate) fn shelf(set: &Set) -> String {
    match set {
        Set::Directory => "d".to_owned(),
        Set::Purge => "p".to_owned(),
        Set::Review => "r".to_owned(),
        Set::Scope(scope) => format!("s:{scope}"),
        Set::Held(scope) => format!("h:{scope}"),
    }
}

impl Write<'_> {
    /// Adds a record where its judgement puts it.
    pub fn add(
        &mut self,
        record: &Record,
        judgement: &Judgement,
        now: u64,
    ) -> Result<Added, StoreError> {
        let (set, counts) = match judgement {
            Judgement::Member(set) => (set, true),
            Judgement::Held(set, _) => (set, false),
            Judgement::Refused(_) | Judgement::Purged => return Ok(Added::Barred),
        };
        let header = record.header();
        let mut insert = self.tx.prepare_cached(
            "INSERT INTO record
                (id, shelf, part, lane, scope, case_id, author, made, came, bytes, feed)
             VALUES
                (:id, :shelf, :part, :lane, :scope, :case_id, :author, :made, :came, :bytes,
                 CASE WHEN :counts THEN (SELECT coalesce(max(feed), 0) + 1 FROM record) END)
             ON CONFLICT (id) DO NOTHING",
        )?;
        let rows = insert.execute(named_params! {
            ":id": record.id().as_bytes(),
            ":shelf": shelf(set),
            ":part": header.part as u8,
            ":lane": header.lane as u8,
            ":scope": header.scope.as_str(),
            ":case_id": header.case.as_bytes(),
            ":author": header.author.as_bytes(),
            ":made": header.made,
            ":came": now.cast_signed(),
            ":bytes": record.bytes(),
            ":counts": counts,
        })?;
        Ok(if rows == 1 { Added::New } else { Added::Known })
    }

    /// Records of the directory and purges, as this batch sees them.
    pub fn directory_records(&self) -> Result<Vec<Record>, StoreError> {
        let mut query = self
            .tx
            .prepare_cached("SELECT bytes FROM record WHERE part IN (0, 1) ORDER BY row")?;
        let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|bytes| crate::read::parse(bytes?)).collect()
    }

    /// Puts every record on the shelf where a changed directory wants it. Records that come to
    /// count join the feed; none ever leaves it. Gives how many moved.
    pub fn reshelve(&mut self, directory: &Directory) -> Result<usize, StoreError> {
        let mut moved = 0;
        for (row, bytes, old) in self.samples()? {
            let record = crate::read::parse(bytes)?;
            let set = match directory.judge(record.header()) {
                Judgement::Member(set) => (set, true),
                Judgement::Held(set, _) => (set, false),
                Judgement::Refused(_) | Judgement::Purged => continue,
            };
            let new = shelf(&set.0);
            if new != old {
                moved += self.move_like(row, &new, set.1)?;
            }
        }
        Ok(moved)
    }

    /// One record for each combination that the judgement depends on.
    fn samples(&self) -> Result<Vec<(i64, Vec<u8>, String)>, StoreError> {
        let mut query = self.tx.prepare_cached(
            "SELECT min(row), bytes, shelf FROM record GROUP BY author, part, scope, shelf",
        )?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn move_like(&self, row: i64, shelf: &str, counts: bool) -> Result<usize, StoreError> {
        let mut update = self.tx.prepare_cached(
            "UPDATE record SET
                shelf = :shelf,
                feed = CASE
                    WHEN :counts AND feed IS NULL
                    THEN (SELECT coalesce(max(feed), 0) FROM record) + row - :row + 1
                    ELSE feed END
             WHERE row >= :row AND (author, part, scope, shelf) =
                (SELECT author, part, scope, shelf FROM record WHERE row = :row)",
        )?;
        Ok(update.execute(named_params! { ":shelf": shelf, ":counts": counts, ":row": row })?)
    }

    /// Drops every record of purged cases.
    pub fn purge(&mut self, case: CaseId) -> Result<(), StoreError> {
        let rows = "DELETE FROM record WHERE case_id = ?1 AND part NOT IN (0, 1)";
        self.tx.execute(rows, [case.as_bytes()])?;
        self.tx.execute("DELETE FROM label WHERE case_id = ?1", [case.as_bytes()])?;
        Ok(())
    }

    /// Takes a record out of its set and keeps it with the reason.
    pub fn refuse(&mut self, id: RecordId, reason: &str, now: u64) -> Result<(), StoreError> {
        self.tx.execute(
            "INSERT INTO refused (id, case_id, reason, at, bytes)
             SELECT id, case_id, ?2, ?3, bytes FROM record WHERE id = ?1
             ON CONFLICT (id) DO NOTHING",
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

    /// Gives a case a reference number.
    pub fn label(&mut self, reference: &str, case: CaseId) -> Result<(), StoreError> {
        self.tx.execute(
            "INSERT INTO label (reference, case_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            params![reference, case.as_bytes()],
        )?;
        Ok(())
    }

    /// Keeps a setting of this replica.
    pub fn set(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        self.tx.execute(
            "INSERT INTO setting (key, value) VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            params![key, value],
        )?;
        Ok(())
    }

    /// Counts one up and gives the new number, for reference numbers: 1 at first.
    pub fn next_number(&mut self, key: &str) -> Result<u32, StoreError> {
        let old: Option<Vec<u8>> = self
            .tx
            .query_row("SELECT value FROM setting WHERE key = ?1", [key], |row| row.get(0))
            .optional()?;
        let old = old.and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes);
        let next = old.saturating_add(1);
        self.set(key, &next.to_be_bytes())?;
        Ok(next)
    }
}
