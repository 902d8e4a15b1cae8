//! From records to rows, behind the acknowledgement.
//!
//! Follows the store's feed with a position that is written in one transaction with the rows, so
//! that a crash repeats work and never skips any. Owns no truth: everything here can be thrown away
//! and made anew from the records.

mod left;
pub(crate) mod names;
pub(crate) mod row;

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use beket_directory::{Directory, Office};
use beket_model::KeyRing;
use beket_record::{CaseId, Part};
use beket_store::{FedRecord, Store, StoreError};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, named_params, params};
use tokio::sync::watch;

use crate::alike::{self, keys, once};
use crate::cases::Dossier;
use crate::collation::Collation;
use crate::columns::{Columns, Mark, Nth};
use crate::counted::OnceEach;
use crate::writer::Fatal;
use row::Row;

/// Which tables there are, and how names are folded and keys made; of others everything is made anew.
const LAYOUT: i64 = 15;
/// Records that one round looks at.
const ROUND: u32 = 1_000;
/// How long another process's writes may go unnoticed.
const PATIENCE: Duration = Duration::from_secs(1);

/// A handle that wakes the projection.
#[derive(Debug, Clone)]
pub(crate) struct Projector {
    bell: SyncSender<()>,
}

impl Projector {
    /// Says that something was written. Never waits: a bell that is ringing already is enough.
    pub(crate) fn wake(&self) {
        let _ = self.bell.try_send(());
    }
}

/// Makes the tables where they are missing, or of another layout.
pub(crate) fn prepare(store: &mut Store) -> Result<(), StoreError> {
    let tx = store.connection().transaction_with_behavior(TransactionBehavior::Immediate)?;
    let layout = "SELECT layout FROM projection";
    // A table without the column is of the first layout.
    let layout: Option<i64> = tx
        .prepare(layout)
        .and_then(|mut query| query.query_row([], |row| row.get(0)).optional())
        .unwrap_or_default();
    if layout != Some(LAYOUT) {
        for table in ["projection", "case_row", "case_text", "name_near", "alike_key", "alike"] {
            tx.execute_batch(&format!("DROP TABLE IF EXISTS {table}"))?;
        }
    }
    tx.execute_batch(include_str!("projection.sql"))?;
    tx.execute(
        "INSERT INTO projection (only, layout, generation, position) VALUES (1, ?1, random(), 0)
         ON CONFLICT DO NOTHING",
        [LAYOUT],
    )?;
    Ok(tx.commit()?)
}

/// What pages know of, for whoever waits for more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Latest {
    /// The number of the last case to arrive.
    pub(crate) case: Nth,
    /// Up to where in the feed all is taken in.
    pub(crate) position: u64,
}

/// What is in memory of the rows, and word of it.
pub(crate) type Kept = (Arc<RwLock<Columns>>, watch::Sender<Latest>);

/// Starts the thread that keeps rows, and what is in memory of them, in step with records.
pub(crate) fn start(store: Store, ring: KeyRing, office: &Office, kept: Kept) -> Projector {
    let (bell, rings) = sync_channel(1);
    let office = office.signer.author();
    thread::spawn(move || {
        let _fatal = Fatal("list of cases");
        follow(store, &ring, office, &rings, &kept);
    });
    Projector { bell }
}

fn follow(
    mut store: Store,
    ring: &KeyRing,
    office: beket_record::Author,
    rings: &Receiver<()>,
    (columns, latest): &Kept,
) {
    loop {
        let mut take_in = |written: &Written| take_in(columns, written);
        let done = catch_up(&mut store, ring, office, &mut take_in);
        if let Err(error) = done.and_then(|()| reload_if_behind(&mut store, columns)) {
            eprintln!("error: the list of cases could not be brought up to date: {error}");
        }
        let now = columns.read().unwrap_or_else(PoisonError::into_inner).latest_of_all();
        latest.send_if_modified(|known| std::mem::replace(known, now) != now);
        match rings.recv_timeout(PATIENCE) {
            Ok(()) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Rows that were written together.
#[derive(Debug)]
pub(crate) struct Written {
    generation: i64,
    from: u64,
    to: u64,
    /// How many records they are made from.
    pub(crate) records: u64,
    rows: Numbered,
    marks: Marks,
}

/// Rows under their numbers; `None` where the case is gone.
type Numbered = Vec<(Nth, Option<Row>)>;

/// What a row cannot tell by itself.
#[derive(Debug, Default)]
struct Marks {
    /// Cases that are alike to another since, or no longer.
    alike: Vec<(Nth, bool)>,
    /// Those of a case whom no other counts.
    counted: Vec<(Nth, OnceEach)>,
}

fn take_in(columns: &RwLock<Columns>, written: &Written) {
    let mut columns = columns.write().unwrap_or_else(PoisonError::into_inner);
    if (columns.generation, columns.position) == (written.generation, written.from) {
        for (nth, row) in &written.rows {
            columns.set(*nth, row.as_ref());
        }
        for (nth, people) in &written.marks.counted {
            columns.count(*nth, people.clone());
        }
        for (nth, is) in &written.marks.alike {
            columns.mark(*nth, Mark::Alike, *is);
        }
        columns.position = written.to;
    }
}

/// Another process wrote rows, or threw them away.
fn reload_if_behind(store: &mut Store, columns: &RwLock<Columns>) -> Result<(), StoreError> {
    let known = {
        let columns = columns.read().unwrap_or_else(PoisonError::into_inner);
        (columns.generation, columns.position)
    };
    if state(store.connection())? != known {
        let fresh = Columns::load(store.connection())?;
        *columns.write().unwrap_or_else(PoisonError::into_inner) = fresh;
    }
    Ok(())
}

/// Projects everything that came since the last time; `seen` is told what was written.
pub(crate) fn catch_up(
    store: &mut Store,
    ring: &KeyRing,
    office: beket_record::Author,
    seen: &mut dyn FnMut(&Written),
) -> Result<(), StoreError> {
    let collation = Collation::kazakh();
    loop {
        let (generation, position) = state(store.connection())?;
        let fed = store.feed_after(position, ROUND)?;
        let Some(last) = fed.last().map(|record| record.feed) else { return Ok(()) };
        let directory = Directory::build(office, &store.directory_records()?);
        let rows = rows(store, &fed, ring, &directory, &collation)?;
        if let Some((rows, marks)) = write(store.connection(), (generation, position), last, rows)?
        {
            let records = fed.len() as u64;
            seen(&Written { generation, from: position, to: last, records, rows, marks });
        }
    }
}

/// Throws all rows away; the next catching up makes them anew.
pub(crate) fn clear(store: &mut Store) -> Result<(), StoreError> {
    let tx = store.connection().transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute_batch(
        "DELETE FROM case_row; DELETE FROM name_near; DELETE FROM alike_key; DELETE FROM alike;
         DROP TABLE case_text;
         DELETE FROM sqlite_sequence WHERE name = 'case_row';
         UPDATE projection SET position = 0, generation = random();",
    )?;
    tx.execute_batch(include_str!("projection.sql"))?;
    Ok(tx.commit()?)
}

/// Which making of the rows this is, and up to where in the feed they are made.
pub(crate) fn state(connection: &Connection) -> Result<(i64, u64), StoreError> {
    let query = "SELECT generation, position FROM projection";
    let state = connection.query_row(query, [], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
    Ok((state.0, state.1.cast_unsigned()))
}

/// Each as it should be, in the order of arrival; `None` where the case has no records any more.
type Rows = Vec<(CaseId, Option<Row>)>;

fn rows(
    store: &Store,
    fed: &[FedRecord],
    ring: &KeyRing,
    directory: &Directory,
    collation: &Collation,
) -> Result<Rows, StoreError> {
    let of_case = |part| part != Part::Directory;
    let headers = fed.iter().map(|fed| fed.record.header());
    let cases = headers.filter(|header| of_case(header.part)).map(|header| header.case);
    let (mut rows, mut seen) = (Rows::new(), BTreeSet::new());
    for case in cases {
        if seen.insert(case) {
            let records = store.counting(case)?;
            let dossier = Dossier::open(case, &records, ring);
            let row = |dossier: Dossier| Row::of(&dossier, &records, directory, collation);
            rows.push((case, dossier.and_then(row)));
        }
    }
    Ok(rows)
}

/// Writes rows and their position together; not at all if another process was faster.
fn write(
    connection: &mut Connection,
    (generation, from): (i64, u64),
    to: u64,
    rows: Rows,
) -> Result<Option<(Numbered, Marks)>, StoreError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let moved = tx.execute(
        "UPDATE projection SET position = ?2 WHERE position = ?1 AND generation = ?3",
        [from.cast_signed(), to.cast_signed(), generation],
    )?;
    if moved == 0 {
        return Ok(None);
    }
    let (mut written, mut marks) = (Vec::with_capacity(rows.len()), Marks::default());
    for (case, row) in rows {
        let nth = match &row {
            Some(row) => {
                let nth = put(&tx, case, row)?;
                marks.alike.extend(alike::pair(&tx, nth, row)?);
                let same = row.same.iter().map(String::as_str);
                marks.counted.extend(once::recount(&tx, Some(nth), same)?);
                Some(nth)
            }
            None => drop_row(&tx, case, &mut marks)?,
        };
        written.extend(nth.map(|nth| (nth, row)));
    }
    tx.commit()?;
    Ok(Some((written, marks)))
}

pub(crate) fn put(tx: &Connection, case: CaseId, row: &Row) -> Result<Nth, StoreError> {
    let many = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let before = keys::kept(tx, case)?;
    let nth: Nth = tx.prepare_cached(include_str!("case_row.sql"))?.query_row(
        named_params! {
            ":case_id": case.as_bytes(), ":reference": row.reference, ":kind": row.kind,
            ":status": row.status, ":category": row.category, ":programme": row.programme,
            ":language": row.language, ":station": row.station,
            ":scope": row.scope, ":kato": row.kato, ":assignee": row.assignee, ":due": row.due,
            ":procedure": row.procedure, ":handed_in": row.handed_in.cast_signed(),
            ":site": row.site, ":journey": row.journey, ":direction": row.direction,
            ":moved": row.moved.cast_signed(), ":decided": row.decided.cast_signed(),
            ":child_alone": row.child_alone, ":conflicts": many(row.conflicts),
            ":suggested": many(row.suggested),
            ":person": row.person, ":sort": row.sort, ":people": row.people,
            ":same": row.same.iter().cloned().collect::<Vec<_>>().join(" "), ":names": row.names,
            ":received_at": row.received.cast_signed(), ":changed_at": row.changed.cast_signed(),
        },
        |row| row.get(0),
    )?;
    let text = "INSERT OR REPLACE INTO case_text (rowid, names, words, numbers)
                VALUES (?1, ?2, ?3, ?4)";
    tx.prepare_cached(text)?.execute(params![nth, row.names, row.words, row.numbers])?;
    names::keep(tx, &row.names)?;
    keys::change(tx, nth, &before, &keys::of_row(row))?;
    Ok(nth)
}

/// Also of the names that no other case bears.
fn drop_row(tx: &Connection, case: CaseId, marks: &mut Marks) -> Result<Option<Nth>, StoreError> {
    let before = keys::kept(tx, case)?;
    let query = "DELETE FROM case_row WHERE case_id = ?1 RETURNING n, names, same";
    let gone = tx.prepare_cached(query)?.query_row([case.as_bytes()], |row| {
        Ok((row.get::<_, Nth>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
    });
    let Some((nth, folded, same)) = gone.optional()? else { return Ok(None) };
    tx.prepare_cached("DELETE FROM case_text WHERE rowid = ?1")?.execute([nth])?;
    names::forget(tx, &folded)?;
    keys::change(tx, nth, &before, &BTreeSet::new())?;
    marks.counted.extend(once::recount(tx, None, same.split(' '))?);
    let mut stands = tx.prepare_cached("SELECT 1 FROM alike WHERE one = ?1")?;
    for other in alike::unpair(tx, nth)? {
        marks.alike.push((other, stands.exists([other])?));
    }
    Ok(Some(nth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_this_layout_outlive_a_restart_and_others_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("office.db")).unwrap();
        let mut start = |layout: i64| {
            store.connection().execute("UPDATE projection SET layout = ?1", [layout]).unwrap_or(0);
            prepare(&mut store).unwrap();
            state(store.connection()).unwrap().0
        };
        let made = start(0);
        assert_eq!(start(LAYOUT), made);
        assert_ne!(start(LAYOUT - 1), made);
    }

    #[test]
    fn keys_follow_a_case_and_go_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("office.db")).unwrap();
        prepare(&mut store).unwrap();
        let tx = store.connection().transaction().unwrap();
        let case = CaseId::from_bytes([7; 16]);
        let row = |phones: &[&str]| {
            let people = phones.iter().map(|phone| serde_json::json!({ "phone": phone }));
            let people = people.collect::<serde_json::Value>().to_string();
            Row { kind: "evacuee".to_owned(), people, ..Row::default() }
        };
        let keys = || {
            let count = "SELECT count(*) FROM alike_key";
            tx.query_row(count, [], |row| row.get::<_, u32>(0)).unwrap()
        };
        put(&tx, case, &row(&["+77011234567", "+77011234568"])).unwrap();
        assert_eq!(keys(), 2);
        put(&tx, case, &row(&["+77011234567"])).unwrap();
        assert_eq!(keys(), 1, "what is no longer said is no longer a key");
        drop_row(&tx, case, &mut Marks::default()).unwrap();
        assert_eq!(keys(), 0, "of a purged case nothing stays");
    }
}
