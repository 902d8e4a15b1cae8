//! Files that are not ours or not whole, disks without room, and two processes at once.

use std::fs;
use std::path::Path;
use std::sync::Barrier;
use std::thread;

use beket_record::Record;

use super::*;
use crate::Write;
use crate::fixture::{Disk, NOW, World, case, fed, scope, write};

fn fault<T>(result: Result<T, StoreError>) -> StoreFault {
    result.map(drop).unwrap_err().fault
}

/// A closed file of this kind, and what it holds.
fn foreign(disk: &Disk, make: &str) -> Vec<u8> {
    let connection = Connection::open(&disk.path).unwrap();
    connection.execute_batch(make).unwrap();
    connection.close().unwrap();
    fs::read(&disk.path).unwrap()
}

fn is_refused_unchanged(path: &Path, bytes: &[u8]) {
    assert_eq!(fault(Store::open_existing(path)), StoreFault::Damaged);
    assert_eq!(fault(Store::open(path)), StoreFault::Damaged);
    assert_eq!(fs::read(path).unwrap(), bytes);
}

#[test]
fn a_new_file_makes_the_promises_and_is_told_from_any_other() {
    let disk = Disk::new();
    let mut store = disk.open();
    let mut pragma = |name: &str| {
        let value = store.connection().pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        value.unwrap()
    };
    assert_eq!(pragma("synchronous"), 2, "FULL");
    assert_eq!(pragma("application_id"), i64::from(APPLICATION_ID));
    assert_eq!(pragma("user_version"), i64::from(SCHEMA_VERSION));
    let mode = store.connection().pragma_query_value(None, "journal_mode", |row| row.get(0));
    assert_eq!(mode, Ok("wal".to_owned()));
    Store::open_existing(&disk.path).unwrap();
}

#[cfg(unix)]
#[test]
fn a_new_file_and_its_log_are_readable_by_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let disk = Disk::new();
    let mut store = disk.open();
    write(&mut store, |write| write.set("a", b"b"));
    for path in [disk.path.clone(), log_of(&disk.path)] {
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", path.display());
    }
}

#[test]
fn garbage_is_refused_and_stays_as_it_is() {
    let disk = Disk::new();
    for bytes in [&b"not a database"[..], &[0xff; 5_000], &[0; 4_096]] {
        fs::write(&disk.path, bytes).unwrap();
        is_refused_unchanged(&disk.path, bytes);
    }
}

#[test]
fn another_application_s_file_is_refused_and_stays_as_it_is() {
    for make in [
        "CREATE TABLE mine (a);",
        "CREATE TABLE mine (a); PRAGMA application_id = 7;",
        "PRAGMA application_id = 7;",
        "PRAGMA user_version = 1;",
    ] {
        let disk = Disk::new();
        let bytes = foreign(&disk, make);
        is_refused_unchanged(&disk.path, &bytes);
    }
}

#[test]
fn a_later_version_s_file_is_refused_and_stays_as_it_is() {
    let disk = Disk::new();
    let mut store = disk.open();
    store.connection().pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
    drop(store);
    let bytes = fs::read(&disk.path).unwrap();
    is_refused_unchanged(&disk.path, &bytes);
    let error = Store::open(&disk.path).unwrap_err().to_string();
    assert!(error.contains("later version"), "{error}");
}

#[test]
fn a_file_that_must_be_there_is_not_made_nor_taken_when_empty() {
    let disk = Disk::new();
    assert_eq!(fault(Store::open_existing(&disk.path)), StoreFault::ReadOnly);
    assert!(!disk.path.exists());
    fs::write(&disk.path, []).unwrap();
    let log = disk.folder.path().join("records.db-wal");
    fs::write(&log, b"what can still be saved").unwrap();
    assert_eq!(fault(Store::open_existing(&disk.path)), StoreFault::Damaged);
    assert_eq!(fs::read(&disk.path).unwrap(), b"");
    assert_eq!(fs::read(&log).unwrap(), b"what can still be saved");
}

#[test]
fn a_file_cut_anywhere_is_damage_or_whole_and_stays_as_it_is() {
    let (disk, mut world) = (Disk::new(), World::new(1));
    let kiosk = world.admitted("TRK");
    let mut store = world.store(&disk);
    let records: Vec<Record> = (0..200).map(|n| world.intake(&kiosk, "TRK", case(n))).collect();
    world.add(&mut store, &records);
    drop(store);
    let whole = fs::read(&disk.path).unwrap();
    let mut damaged = 0;
    for len in (1..whole.len()).step_by(whole.len() / 61) {
        let cut = Disk::new();
        fs::write(&cut.path, &whole[..len]).unwrap();
        match read_all(&cut.path) {
            Err(error) => {
                assert_eq!(error.fault, StoreFault::Damaged, "{len}: {error}");
                damaged += 1;
            }
            Ok(read) => assert_eq!(read.len(), records.len() + world.register.len(), "{len}"),
        }
        assert_eq!(fs::read(&cut.path).unwrap(), &whole[..len], "{len}");
    }
    assert!(damaged > 50, "{damaged}");
}

fn read_all(path: &Path) -> Result<Vec<(u64, beket_record::RecordId)>, StoreError> {
    let store = Store::open_existing(path)?;
    let fed = store.feed_after(0, u32::MAX)?;
    Ok(fed.iter().map(|fed| (fed.feed, fed.record.id())).collect())
}

#[test]
fn a_log_cut_anywhere_holds_whole_batches_up_to_some_point() {
    let (disk, mut world) = (Disk::new(), World::new(2));
    let kiosk = world.admitted("TRK");
    let mut store = world.store(&disk);
    store.connection().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let mut states = vec![fed(&store)];
    for batch in 0..12 {
        let records: Vec<_> =
            (0..=batch * 3).map(|n| world.intake(&kiosk, "TRK", case(n))).collect();
        world.add(&mut store, &records);
        states.push(fed(&store));
    }
    let (file, log) = (fs::read(&disk.path).unwrap(), fs::read(log_of(&disk.path)).unwrap());
    let mut seen = 0;
    for len in (0..=log.len()).step_by(997).chain([log.len() - 1, log.len()]) {
        let cut = Disk::new();
        fs::write(&cut.path, &file).unwrap();
        fs::write(log_of(&cut.path), &log[..len]).unwrap();
        let read = read_all(&cut.path).unwrap();
        let state = states.iter().position(|state| *state == read);
        let state = state.unwrap_or_else(|| panic!("half a batch at {len}: {}", read.len()));
        assert!(state >= seen, "a longer log holds no less");
        seen = state;
    }
    assert_eq!(seen, states.len() - 1, "the whole log holds everything");
}

fn log_of(path: &Path) -> std::path::PathBuf {
    path.with_extension("db-wal")
}

#[test]
fn a_full_disk_loses_the_batch_alone_and_works_again_with_room() {
    let (disk, mut world) = (Disk::new(), World::new(3));
    let kiosk = world.admitted("TRK");
    let mut store = world.store(&disk);
    let first: Vec<_> = (0..50).map(|n| world.intake(&kiosk, "TRK", case(n))).collect();
    world.add(&mut store, &first);
    let before = fed(&store);
    let pages: i64 =
        store.connection().pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    limit(&mut store, pages + 4);

    let more: Vec<_> = (100..400).map(|n| world.intake(&kiosk, "TRK", case(n))).collect();
    let directory = world.directory();
    let batch = |write: &mut Write<'_>| -> Result<(), StoreError> {
        write.next_number("counter")?;
        for record in &more {
            write.add(record, &directory.judge(record), NOW)?;
        }
        Ok(())
    };
    for _ in 0..3 {
        let error = store.write(batch).unwrap_err();
        assert_eq!(error.fault, StoreFault::Full);
        assert!(error.advice().contains("Free some space"), "{error}");
        assert_eq!(fed(&store), before);
        assert_eq!(store.setting("counter").unwrap(), None);
    }
    assert_eq!(read_all(&disk.path).unwrap(), before, "and for another process");
    world.add(&mut store, [&more[0]]);

    limit(&mut store, 1_000_000);
    write(&mut store, batch);
    assert_eq!(fed(&store).len(), before.len() + more.len());
}

fn limit(store: &mut Store, pages: i64) {
    let pragma = format!("PRAGMA max_page_count = {pages}");
    store.connection().query_row(&pragma, [], |_| Ok(())).unwrap();
}

#[test]
fn two_writers_at_once_lose_no_update() {
    const EACH: u16 = 60;
    let (disk, mut world) = (Disk::new(), World::new(4));
    let kiosk = world.admitted("TRK");
    let start = fed(&world.store(&disk)).len();
    let mut records = (0..EACH * 2).map(|n| world.intake(&kiosk, "TRK", case(n)));
    let halves: [Vec<Record>; 2] = [(); 2].map(|()| records.by_ref().take(EACH.into()).collect());
    let directory = world.directory();
    thread::scope(|scope| {
        for half in &halves {
            let (disk, directory) = (&disk, &directory);
            scope.spawn(move || {
                let mut store = disk.open();
                for record in half {
                    let judged = directory.judge(record);
                    write(&mut store, |write| {
                        write.next_number("counter")?;
                        write.add(record, &judged, NOW)
                    });
                }
            });
        }
    });
    let mut store = disk.open();
    assert_eq!(write(&mut store, |write| write.next_number("counter")), u32::from(EACH) * 2 + 1);
    let numbers: Vec<_> = fed(&store).into_iter().map(|(feed, _)| feed).collect();
    assert_eq!(numbers, (1..=(start + usize::from(EACH) * 2) as u64).collect::<Vec<_>>());
}

#[test]
fn many_processes_may_make_the_same_file_at_once() {
    for _ in 0..12 {
        let (disk, start) = (Disk::new(), Barrier::new(8));
        thread::scope(|scope| {
            for number in 0..8_u8 {
                let (disk, start) = (&disk, &start);
                scope.spawn(move || {
                    start.wait();
                    write(&mut disk.open(), |write| write.set(&number.to_string(), &[number]));
                });
            }
        });
        let store = disk.open();
        for number in 0..8_u8 {
            assert_eq!(store.setting(&number.to_string()).unwrap(), Some(vec![number]));
        }
    }
}

#[test]
fn a_writer_that_waits_in_vain_says_that_the_file_is_busy_and_reads_on() {
    let (disk, world) = (Disk::new(), World::new(5));
    let mut store = world.store(&disk);
    let mut other = disk.open();
    other.connection().busy_timeout(Duration::ZERO).unwrap();
    write(&mut store, |_| {
        let error = other.write(|write| write.set("a", b"b")).unwrap_err();
        assert_eq!(error.fault, StoreFault::Busy);
        assert!(error.to_string().contains("Another program"), "{error}");
        assert_eq!(other.directory_records()?, world.register);
        Ok(())
    });
    write(&mut other, |write| write.set("a", b"b"));
    assert!(store.is_empty(&beket_directory::Set::Scope(scope("TRK"))).unwrap());
}
