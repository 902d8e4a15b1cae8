//! Writing: one transaction a batch, on the platter when it returns.

use beket_directory::{Directory, Judgement, Set};
use beket_record::{Author, CaseId, Header, KeyId, Lane, Part, Record, RecordId, Scope};
use rusqlite::{OptionalExtension, Row, Transaction, TransactionBehavior, named_params, params};

use crate::sets::{directory_records, shelf};
use crate::stored::{all, array_at, id_at, sum};
use crate::{Store, StoreError};

/// What adding a record did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is new here.
    New,
    /// It was here already.
    Known,
    /// Its judgement or a purge keeps it out of every set; nothing was stored.
    Barred,
}

/// An open batch. Nothing of it is there until [`Store::write`] returns.
#[derive(Debug)]
pub struct Write<'a> {
    pub(crate) tx: Transaction<'a>,
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

/// Where a judgement puts a record, and whether it counts there.
fn place(judgement: &Judgement) -> Option<(&Set, bool)> {
    match judgement {
        Judgement::Member(set) => Some((set, true)),
        Judgement::Held(set, _) => Some((set, false)),
        Judgement::Refused(_) | Judgement::Purged => None,
    }
}

impl Write<'_> {
    /// Adds a record where its judgement puts it; none of a case that a purge here bars, even if
    /// the judgement was made before that came.
    pub fn add(
        &mut self,
        record: &Record,
        judgement: &Judgement,
        now: u64,
    ) -> Result<Added, StoreError> {
        let Some((set, counts)) = place(judgement) else { return Ok(Added::Barred) };
        let header = record.header();
        if header.part.is_sealed() && self.is_purged(header.case)? {
            return Ok(Added::Barred);
        }
        let mut insert = self.tx.prepare_cached(
            "INSERT INTO record
                (id, shelf, part, lane, scope, case_id, author, made, came, bytes, sum, feed)
             VALUES
                (:id, :shelf, :part, :lane, :scope, :case_id, :author, :made, :came, :bytes, :sum,
                 CASE WHEN :counts THEN (SELECT last + 1 FROM feed) END)
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
            ":sum": sum(record.bytes()),
            ":counts": counts,
        })?;
        if rows == 0 {
            return Ok(Added::Known);
        }
        if counts {
            self.advance_feed(1)?;
        }
        let mut mended = self.tx.prepare_cached("DELETE FROM refused WHERE id = ?1")?;
        mended.execute([record.id().as_bytes()])?;
        Ok(Added::New)
    }

    /// Whether a case was purged: none of its records is taken any more.
    pub fn is_purged(&self, case: CaseId) -> Result<bool, StoreError> {
        let query = "SELECT 1 FROM record WHERE case_id = ?1 AND shelf = 'p'";
        Ok(self.tx.prepare_cached(query)?.exists([case.as_bytes()])?)
    }

    fn advance_feed(&self, by: usize) -> Result<(), StoreError> {
        let mut advance = self.tx.prepare_cached("UPDATE feed SET last = last + ?1")?;
        advance.execute([i64::try_from(by).unwrap_or(i64::MAX)])?;
        Ok(())
    }

    /// Records that the directory is built from, as this batch sees them.
    pub fn directory_records(&self) -> Result<Vec<Record>, StoreError> {
        directory_records(&self.tx)
    }

    /// Changes whenever a record of the directory came to count.
    pub fn directory_version(&self) -> Result<(i64, i64), StoreError> {
        crate::sets::directory_version(&self.tx)
    }

    /// Puts every record on the shelf where a changed directory wants it. Records that come to
    /// count join the feed as they came; none ever leaves it. Gives how many moved.
    pub fn reshelve(&mut self, directory: &Directory) -> Result<usize, StoreError> {
        let mut query =
            self.tx.prepare_cached("SELECT DISTINCT author, part, scope, shelf FROM record")?;
        let groups = all(&mut query, [], |row| Ok((header_at(row)?, row.get::<_, String>(3)?)))?;
        let mut moved = 0;
        for (header, old) in groups {
            moved += match directory.judge_header(&header) {
                Judgement::Member(set) => self.move_all(&header, &old, &shelf(&set))?,
                Judgement::Held(set, _) => {
                    self.move_each(&header, &old, &shelf(&set), directory)?
                }
                Judgement::Refused(_) | Judgement::Purged => 0,
            };
        }
        self.feed_newcomers()?;
        Ok(moved)
    }

    fn move_all(&self, header: &Header, old: &str, new: &str) -> Result<usize, StoreError> {
        if old == new {
            return Ok(0);
        }
        let mut update = self.tx.prepare_cached(
            "UPDATE record SET shelf = :new
             WHERE author = :author AND part = :part AND scope = :scope AND shelf = :old",
        )?;
        Ok(update.execute(named_params! {
            ":new": new,
            ":old": old,
            ":author": header.author.as_bytes(),
            ":part": header.part as u8,
            ":scope": header.scope.as_str(),
        })?)
    }

    /// Of a group that is held, the records that the office counted one by one stay in their set.
    fn move_each(
        &self,
        header: &Header,
        old: &str,
        held: &str,
        directory: &Directory,
    ) -> Result<usize, StoreError> {
        let mut query = self.tx.prepare_cached(
            "SELECT id FROM record
             WHERE author = :author AND part = :part AND scope = :scope AND shelf = :old",
        )?;
        let group = named_params! {
            ":old": old,
            ":author": header.author.as_bytes(),
            ":part": header.part as u8,
            ":scope": header.scope.as_str(),
        };
        let member = shelf(&Set::Scope(header.scope.clone()));
        let mut update = self.tx.prepare_cached("UPDATE record SET shelf = ?2 WHERE id = ?1")?;
        let mut moved = 0;
        for id in all(&mut query, group, |row| id_at(row, 0))? {
            let new = if directory.has_counted(&id) { &member } else { held };
            if new != old {
                moved += update.execute(params![id.as_bytes(), new])?;
            }
        }
        Ok(moved)
    }

    /// Intakes of an author that ever came to count here.
    pub fn counted_of(&self, author: &Author) -> Result<Vec<RecordId>, StoreError> {
        let mut query = self.tx.prepare_cached(
            "SELECT id FROM record WHERE author = ?1 AND part = ?2 AND feed IS NOT NULL
             ORDER BY feed",
        )?;
        all(&mut query, params![author.as_bytes(), Part::Intake as u8], |row| id_at(row, 0))
    }

    /// Numbers for records that were moved to where they count and have none yet.
    fn feed_newcomers(&self) -> Result<(), StoreError> {
        let mut update = self.tx.prepare_cached(
            "UPDATE record SET feed = (SELECT last FROM feed) + newcomer.nth
             FROM (SELECT row, row_number() OVER (ORDER BY row) AS nth FROM record
                   WHERE feed IS NULL AND shelf NOT GLOB 'h:*') AS newcomer
             WHERE record.row = newcomer.row",
        )?;
        let fed = update.execute([])?;
        self.advance_feed(fed)
    }

    /// Drops every record of a purged case, refused ones too.
    pub fn purge(&mut self, case: CaseId) -> Result<(), StoreError> {
        let records = "DELETE FROM record WHERE case_id = ?1 AND part NOT IN (0, 1)";
        for delete in [
            records,
            "DELETE FROM refused WHERE case_id = ?1",
            "DELETE FROM label WHERE case_id = ?1",
        ] {
            self.tx.execute(delete, [case.as_bytes()])?;
        }
        Ok(())
    }

    /// Gives a case a reference number.
    pub fn label(&mut self, reference: &str, case: CaseId) -> Result<(), StoreError> {
        let query = "INSERT INTO label (reference, case_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.tx.prepare_cached(query)?.execute(params![reference, case.as_bytes()])?;
        Ok(())
    }

    /// Keeps a setting of this replica.
    pub fn set(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        let mut insert = self.tx.prepare_cached(
            "INSERT INTO setting (key, value) VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )?;
        insert.execute(params![key, value])?;
        Ok(())
    }

    /// Counts one up and gives the new number, for reference numbers: 1 at first.
    pub fn next_number(&mut self, key: &str) -> Result<u32, StoreError> {
        let query = "SELECT value FROM setting WHERE key = ?1";
        let old: Option<Vec<u8>> =
            self.tx.prepare_cached(query)?.query_row([key], |row| row.get(0)).optional()?;
        let torn = || StoreError::torn("a stored counter is not what was stored");
        let old = match old {
            None => 0,
            Some(bytes) => u32::from_be_bytes(bytes.try_into().map_err(|_| torn())?),
        };
        let next = old.checked_add(1).ok_or_else(torn)?;
        self.set(key, &next.to_be_bytes())?;
        Ok(next)
    }
}

/// As much of a header as the judgement of a whole group depends on. Of no case: what is purged is
/// deleted, not moved.
fn header_at(row: &Row<'_>) -> Result<Header, StoreError> {
    let torn = || StoreError::torn("a stored row is not what was stored");
    let scope: Scope = row.get::<_, String>(2)?.parse().map_err(|_| torn())?;
    Ok(Header {
        part: Part::from_u8(row.get(1)?).ok_or_else(torn)?,
        lane: Lane::Ordinary,
        case: CaseId::NONE,
        scope,
        author: Author::from_bytes(array_at(row, 0)?),
        made: 0,
        kid: KeyId::NONE,
        grants: Vec::new(),
    })
}

#[cfg(test)]
mod tests;
