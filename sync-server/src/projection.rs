//! From records to rows, behind the acknowledgement.
//!
//! Follows the store's feed with a position that is written in one transaction with the rows, so
//! that a crash repeats work and never skips any. Owns no truth: everything here can be thrown away
//! and made anew from the records.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use beket_directory::{Directory, Office};
use beket_model::{KeyRing, Reading, Status, fold};
use beket_record::{CaseId, Part};
use beket_store::{FedRecord, Store, StoreError};
use rusqlite::{Connection, TransactionBehavior, named_params};

use crate::cases::{Dossier, origin};
use crate::writer::Fatal;

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

/// Makes the tables where they are missing.
pub(crate) fn prepare(store: &mut Store) -> Result<(), StoreError> {
    Ok(store.connection().execute_batch(include_str!("projection.sql"))?)
}

/// Starts the thread that keeps rows in step with records.
pub(crate) fn start(store: Store, ring: KeyRing, office: &Office) -> Projector {
    let (bell, rings) = sync_channel(1);
    let office = office.signer.author();
    thread::spawn(move || {
        let _fatal = Fatal("list of cases");
        follow(store, &ring, office, &rings);
    });
    Projector { bell }
}

fn follow(mut store: Store, ring: &KeyRing, office: beket_record::Author, rings: &Receiver<()>) {
    loop {
        match catch_up(&mut store, ring, office, &mut |_| {}) {
            Ok(_) => {}
            Err(error) => {
                eprintln!("error: the list of cases could not be brought up to date: {error}");
            }
        }
        match rings.recv_timeout(PATIENCE) {
            Ok(()) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Projects everything that came since the last time; gives how many records that were.
pub(crate) fn catch_up(
    store: &mut Store,
    ring: &KeyRing,
    office: beket_record::Author,
    watch: &mut dyn FnMut(u64),
) -> Result<u64, StoreError> {
    let mut done = 0;
    loop {
        let position = position(store.connection())?;
        let fed = store.feed_after(position, ROUND)?;
        let Some(last) = fed.last().map(|record| record.feed) else { return Ok(done) };
        let directory = Directory::build(office, &store.directory_records()?);
        let rows = rows(store, &fed, ring, &directory)?;
        if write(store.connection(), position, last, &rows)? {
            done += fed.len() as u64;
            watch(done);
        }
    }
}

/// Throws all rows away; the next catching up makes them anew.
pub(crate) fn clear(store: &mut Store) -> Result<(), StoreError> {
    let tx = store.connection().transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute_batch("DELETE FROM case_row; UPDATE projection SET position = 0;")?;
    Ok(tx.commit()?)
}

fn position(connection: &Connection) -> Result<u64, StoreError> {
    let position: i64 =
        connection.query_row("SELECT position FROM projection", [], |row| row.get(0))?;
    Ok(position.cast_unsigned())
}

/// One row as it should be; `None` where the case has no records any more.
type Rows = BTreeMap<CaseId, Option<CaseRow>>;

#[derive(Debug)]
struct CaseRow {
    reference: String,
    kind: String,
    language: String,
    child_alone: bool,
    scope: String,
    station: String,
    person: String,
    numbers: String,
    folded: String,
    status: String,
    conflicts: usize,
    unread: usize,
    received: u64,
    changed: u64,
}

fn rows(
    store: &Store,
    fed: &[FedRecord],
    ring: &KeyRing,
    directory: &Directory,
) -> Result<Rows, StoreError> {
    let of_case = |part| part != Part::Directory;
    let headers = fed.iter().map(|fed| fed.record.header());
    let cases = headers.filter(|header| of_case(header.part)).map(|header| header.case);
    let mut rows = Rows::new();
    for case in cases {
        if let Entry::Vacant(place) = rows.entry(case) {
            let records = store.counting(case)?;
            let dossier = Dossier::open(case, &records, ring);
            place.insert(dossier.and_then(|dossier| row(&dossier, &records, directory)));
        }
    }
    Ok(rows)
}

fn row(dossier: &Dossier, records: &[FedRecord], directory: &Directory) -> Option<CaseRow> {
    let first = records.first()?.record.header();
    let text = |path: &str| {
        let intake = dossier.intake.as_ref();
        intake.and_then(|intake| intake.text(path)).unwrap_or_default().to_owned()
    };
    let station = dossier.taken.and_then(|author| origin(directory, &author).station);
    Some(CaseRow {
        reference: dossier.reference().unwrap_or_default().to_owned(),
        kind: text("kind"),
        language: text("language"),
        child_alone: dossier.intake.as_ref().is_some_and(Reading::has_child_alone),
        scope: first.scope.to_string(),
        station: station.unwrap_or_default(),
        person: name_of(dossier.intake.as_ref()),
        numbers: numbers(dossier.intake.as_ref()),
        folded: folded(dossier.intake.as_ref()),
        status: dossier.status().map(Status::word).unwrap_or_default(),
        conflicts: dossier.conflicts().len(),
        unread: dossier.case.unread.len(),
        received: dossier.received,
        changed: records.iter().map(|record| record.came).max()?,
    })
}

/// Surname first, as people here write it.
pub(crate) fn name_of(intake: Option<&Reading>) -> String {
    let parts = ["person.family_name", "person.given_name", "person.patronymic"];
    let parts = parts.iter().filter_map(|path| intake?.text(path));
    parts.collect::<Vec<_>>().join(" ")
}

/// IINs and phones of everybody in a case, those in conflict too, each between spaces.
fn numbers(intake: Option<&Reading>) -> String {
    let Some(intake) = intake else { return String::new() };
    let members = intake.full["household"].as_array().into_iter().flatten();
    let people = members.chain(intake.full.get("person"));
    let given = people.flat_map(|person| [&person["iin"], &person["phone"]]);
    let disputed = intake.conflicts.iter().flat_map(|c| c.values.iter().map(|v| &v.value));
    let all: Vec<&str> = given.chain(disputed).filter_map(|value| value.as_str()).collect();
    format!(" {} ", all.join(" "))
}

/// All names in a case, folded; values in conflict too, so that either finds it.
fn folded(intake: Option<&Reading>) -> String {
    let Some(intake) = intake else { return String::new() };
    let mut words = vec![name_of(Some(intake))];
    for member in intake.at("household").and_then(|list| list.as_array()).into_iter().flatten() {
        let parts = ["family_name", "given_name", "patronymic"];
        words.extend(parts.iter().filter_map(|part| member[part].as_str().map(str::to_owned)));
    }
    for conflict in &intake.conflicts {
        let values = conflict.values.iter().filter_map(|value| value.value.as_str());
        words.extend(values.map(str::to_owned));
    }
    fold(&words.join(" "))
}

/// Writes rows and their position together; not at all if another process was faster.
fn write(connection: &mut Connection, from: u64, to: u64, rows: &Rows) -> Result<bool, StoreError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let moved = tx.execute(
        "UPDATE projection SET position = ?2 WHERE position = ?1",
        [from.cast_signed(), to.cast_signed()],
    )?;
    if moved == 0 {
        return Ok(false);
    }
    {
        let mut put = tx.prepare_cached(include_str!("case_row.sql"))?;
        let mut drop_row = tx.prepare_cached("DELETE FROM case_row WHERE case_id = ?1")?;
        for (case, row) in rows {
            let Some(row) = row else {
                drop_row.execute([case.as_bytes()])?;
                continue;
            };
            put.execute(named_params! {
                ":case_id": case.as_bytes(), ":reference": row.reference, ":kind": row.kind,
                ":language": row.language, ":child_alone": row.child_alone, ":scope": row.scope,
                ":station": row.station, ":person": row.person, ":numbers": row.numbers, ":folded": row.folded, ":status": row.status,
                ":conflicts": i64::try_from(row.conflicts).unwrap_or(i64::MAX),
                ":unread": i64::try_from(row.unread).unwrap_or(i64::MAX),
                ":received_at": row.received.cast_signed(),
                ":changed_at": row.changed.cast_signed(),
            })?;
        }
    }
    tx.commit()?;
    Ok(true)
}
