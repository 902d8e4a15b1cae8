//! Batches: what they add, number, move and drop; that a failed one leaves nothing.

use std::panic::{AssertUnwindSafe, catch_unwind};

use beket_directory::{Refusal, StandingState};
use beket_record::Signer;

use super::*;
use crate::StoreFault;
use crate::fixture::{Disk, NOW, World, case, fed, scope, write};

fn numbers(store: &Store) -> Vec<u64> {
    fed(store).into_iter().map(|(feed, _)| feed).collect()
}

fn in_scope(code: &str) -> Set {
    Set::Scope(scope(code))
}

fn held(code: &str) -> Set {
    Set::Held(scope(code))
}

fn ids(store: &Store, set: &Set) -> Vec<RecordId> {
    store.items(set).unwrap().into_iter().map(|item| item.id).collect()
}

#[test]
fn a_record_is_new_once_and_known_ever_after() {
    let (disk, mut world) = (Disk::new(), World::new(1));
    let kiosk = world.admitted("TRK");
    let mut store = world.store(&disk);
    let intake = world.intake(&kiosk, "TRK", case(1));
    assert_eq!(world.add(&mut store, [&intake, &intake]), [Added::New, Added::Known]);
    assert_eq!(world.add(&mut disk.open(), [&intake]), [Added::Known]);
    assert_eq!(store.record(intake.id()).unwrap(), Some(intake.clone()));
    assert_eq!(ids(&store, &in_scope("TRK")), [intake.id()]);
    assert!(store.holds(intake.id()).unwrap());
}

#[test]
fn a_refused_or_purged_record_is_barred_and_leaves_nothing() {
    let (disk, mut world) = (Disk::new(), World::new(2));
    let kiosk = world.admitted("TRK");
    let mut store = world.store(&disk);
    let before = numbers(&store);
    let intake = world.intake(&kiosk, "TRK", case(1));
    for judgement in [Judgement::Refused(Refusal::OfficeOnly), Judgement::Purged] {
        let added = write(&mut store, |write| write.add(&intake, &judgement, NOW));
        assert_eq!(added, Added::Barred);
    }
    assert!(!store.holds(intake.id()).unwrap());
    assert_eq!((numbers(&store), store.cases().unwrap()), (before, vec![]));
}

#[test]
fn a_record_judged_before_its_case_was_purged_is_barred() {
    let (disk, mut world) = (Disk::new(), World::new(11));
    let kiosk = world.admitted("TRK");
    let mut store = world.store(&disk);
    let [barred, other] = [1, 2].map(|number| world.intake(&kiosk, "TRK", case(number)));
    let purge = world.purge(case(1), 5, 0);
    let again = world.purge(case(1), 6, 0);
    world.add(&mut store, [&purge]);
    let before = world.directory();
    assert!(!before.is_purged(&case(1)), "as judged by somebody who has not heard of it");
    let added = world.add(&mut store, [&barred, &other, &again]);
    assert_eq!(added, [Added::Barred, Added::New, Added::New]);
    assert_eq!(store.case(case(1)).unwrap(), []);
}

#[test]
fn feed_numbers_have_no_gap_and_held_records_have_none() {
    let (disk, mut world) = (Disk::new(), World::new(3));
    let (good, stranger) = (world.admitted("TRK"), Signer::random(&mut world.rng));
    let mut store = world.store(&disk);
    let start = numbers(&store);
    assert_eq!(start, (1..=start.len() as u64).collect::<Vec<_>>());

    let mut counted = Vec::new();
    for number in 0..40 {
        let author = if number % 3 == 0 { &stranger } else { &good };
        let record = world.intake(author, "TRK", case(number));
        // Twice: what is known already uses up no number.
        world.add(&mut store, [&record, &record]);
        if number % 3 != 0 {
            counted.push(record.id());
        }
    }
    let after = fed(&store).split_off(start.len());
    let wanted = (start.len() as u64 + 1..).zip(counted).collect::<Vec<_>>();
    assert_eq!(after, wanted);
    assert_eq!(ids(&store, &held("TRK")).len(), 14);
}

#[test]
fn a_purged_record_s_feed_number_is_never_given_again() {
    let (disk, mut world) = (Disk::new(), World::new(4));
    let kiosk = world.admitted("TRK");
    let mut store = world.store(&disk);
    let first = world.intake(&kiosk, "TRK", case(1));
    world.add(&mut store, [&first]);
    let position = *numbers(&store).last().unwrap();
    write(&mut store, |write| write.purge(case(1)));

    let second = world.intake(&kiosk, "TRK", case(2));
    world.add(&mut store, [&second]);
    let news = store.feed_after(position, 10).unwrap();
    let news: Vec<_> = news.iter().map(|fed| (fed.feed, fed.record.id())).collect();
    assert_eq!(news, [(position + 1, second.id())]);
}

#[test]
fn reshelving_counts_newcomers_as_they_came_without_a_gap() {
    let (disk, mut world) = (Disk::new(), World::new(5));
    let [first, second] = [(); 2].map(|()| world.kiosk("TRK"));
    let good = world.admitted("ALA");
    let mut store = world.store(&disk);
    let mut waiting = Vec::new();
    for number in 0..300 {
        let author = [&first, &second, &good][usize::from(number % 3)];
        let place = if number % 3 == 2 { "ALA" } else { "TRK" };
        let record = world.intake(author, place, case(number));
        world.add(&mut store, [&record]);
        if number % 3 != 2 {
            waiting.push(record.id());
        }
    }
    let before = fed(&store);
    world.stand(&first, StandingState::Admitted);
    world.stand(&second, StandingState::Admitted);
    let directory = world.directory();
    assert_eq!(write(&mut store, |write| write.reshelve(&directory)), 200);

    let after = fed(&store);
    assert_eq!(after[..before.len()], before);
    let next = before.len() as u64 + 1;
    assert_eq!(after[before.len()..], (next..).zip(waiting).collect::<Vec<_>>());
    assert_eq!(ids(&store, &held("TRK")), []);

    // What comes later follows.
    let last = world.intake(&good, "ALA", case(999));
    world.add(&mut store, [&last]);
    assert_eq!(fed(&store).last(), Some(&(after.len() as u64 + 1, last.id())));
}

#[test]
fn reshelving_moves_whole_groups_of_author_part_and_scope_and_no_others() {
    let (disk, mut world) = (Disk::new(), World::new(6));
    let (moved, stays) = (world.admitted("TRK"), world.admitted("TRK"));
    let mut store = world.store(&disk);
    let mut own = Vec::new();
    for number in 0..20 {
        let record = world.intake(&moved, "TRK", case(number));
        let other = world.intake(&stays, "TRK", case(number));
        let elsewhere = world.intake(&moved, "ALA", case(number));
        world.add(&mut store, [&record, &other, &elsewhere]);
        own.push(record.id());
    }
    let before = fed(&store);
    assert_eq!(ids(&store, &held("ALA")).len(), 20);
    let nothing_new = world.directory();
    assert_eq!(write(&mut store, |write| write.reshelve(&nothing_new)), 0);

    world.stand(&moved, StandingState::Revoked);
    let directory = world.directory();
    assert_eq!(write(&mut store, |write| write.reshelve(&directory)), 20);
    assert_eq!(ids(&store, &held("TRK")), own);
    assert_eq!(ids(&store, &in_scope("TRK")).len(), 20);
    assert_eq!(ids(&store, &held("ALA")).len(), 20);
    assert_eq!(fed(&store), before, "a number once given stays");

    world.stand(&moved, StandingState::Admitted);
    let directory = world.directory();
    assert_eq!(write(&mut store, |write| write.reshelve(&directory)), 20);
    assert_eq!(ids(&store, &in_scope("TRK")).len(), 40);
    assert_eq!(fed(&store), before, "and is not given twice");
}

#[test]
fn a_certificate_is_kept_once_its_enrolment_is_and_barred_before() {
    let (disk, mut world) = (Disk::new(), World::new(7));
    world.kiosk("TRK");
    let [.., enrolment, device] = &world.register[..] else { panic!() };
    let (enrolment, device) = (enrolment.clone(), device.clone());
    let early = world.register.iter().filter(|record| record.id() != enrolment.id());
    let early = Directory::build(world.office.signer.author(), early);
    let mut store = disk.open();
    let judged = early.judge(&device);
    assert_eq!(write(&mut store, |write| write.add(&device, &judged, NOW)), Added::Barred);
    assert_eq!(world.add(&mut store, [&enrolment, &device]), [Added::New; 2]);
    assert_eq!(ids(&store, &Set::Directory).len(), 2);
}

#[test]
fn a_batch_sees_its_own_certificates() {
    let (disk, mut world) = (Disk::new(), World::new(8));
    let purge = world.purge(case(1), 1, 0);
    world.register.push(purge);
    let mut store = disk.open();
    let directory = world.directory();
    let seen = write(&mut store, |write| {
        for record in &world.register {
            write.add(record, &directory.judge(record), NOW)?;
        }
        write.directory_records()
    });
    assert_eq!(seen, world.register);
    let seen = write(&mut store, |write| write.directory_version());
    assert_eq!(seen, store.directory_version().unwrap());
    assert_eq!(store.directory_records().unwrap(), world.register);
}

#[test]
fn a_failed_batch_leaves_nothing() {
    let (disk, mut world) = (Disk::new(), World::new(9));
    let kiosk = world.admitted("TRK");
    let mut store = world.store(&disk);
    let before = fed(&store);
    let intake = world.intake(&kiosk, "TRK", case(1));
    let judgement = Judgement::Member(in_scope("TRK"));
    let half = |write: &mut Write<'_>| {
        write.add(&intake, &judgement, NOW)?;
        write.label("TRK-A-0001-X", case(1))?;
        write.next_number("counter")
    };
    let failed = store.write(|write| {
        half(write)?;
        Err::<(), _>(StoreError::torn("no"))
    });
    assert_eq!(failed.unwrap_err().fault, StoreFault::Damaged);
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        store.write(|write| -> Result<(), StoreError> {
            half(write)?;
            panic!("in the middle of a batch")
        })
    }));
    panicked.unwrap_err();

    assert_eq!(fed(&store), before);
    assert!(!store.holds(intake.id()).unwrap());
    assert_eq!(store.labelled("TRK-A-0001-X").unwrap(), []);
    assert_eq!(write(&mut store, half), 1);
    assert_eq!(fed(&store).len(), before.len() + 1);
}

#[test]
fn numbers_count_on_after_a_restart_and_each_by_its_own_name() {
    let disk = Disk::new();
    assert_eq!(write(&mut disk.open(), |write| write.next_number("a")), 1);
    assert_eq!(write(&mut disk.open(), |write| write.next_number("a")), 2);
    let mut store = disk.open();
    assert_eq!(write(&mut store, |write| write.next_number("b")), 1);
    assert_eq!(write(&mut store, |write| write.next_number("a")), 3);
}

#[test]
fn a_counter_that_holds_something_else_gives_no_number() {
    let disk = Disk::new();
    let mut store = disk.open();
    for broken in [&b"x"[..], &[], &[0; 5], &u32::MAX.to_be_bytes()] {
        write(&mut store, |write| write.set("a", broken));
        let failed = store.write(|write| write.next_number("a"));
        assert_eq!(failed.unwrap_err().fault, StoreFault::Damaged);
        assert_eq!(store.setting("a").unwrap().as_deref(), Some(broken));
    }
}

#[test]
fn a_purge_drops_the_case_s_records_refusals_and_labels_and_no_others() {
    let (disk, mut world) = (Disk::new(), World::new(10));
    let (kiosk, stranger) = (world.admitted("TRK"), Signer::random(&mut world.rng));
    let mut store = world.store(&disk);
    let [counts, waits, refused] =
        [&kiosk, &stranger, &kiosk].map(|author| world.intake(author, "TRK", case(1)));
    let other = world.intake(&kiosk, "TRK", case(2));
    world.add(&mut store, [&counts, &waits, &refused, &other]);
    let statement = world.purge(case(1), 5, 0);
    world.add(&mut store, [&statement]);
    write(&mut store, |write| {
        write.refuse(refused.id(), "no", NOW)?;
        write.label("TRK-A-0001-X", case(1))?;
        write.label("TRK-A-0002-X", case(2))?;
        write.purge(case(1))
    });

    assert_eq!(store.case(case(1)).unwrap(), []);
    assert_eq!(store.refused().unwrap(), []);
    assert_eq!(store.labelled("TRK-A-0001-X").unwrap(), []);
    assert_eq!(store.labelled("TRK-A-0002-X").unwrap(), [case(2)]);
    assert_eq!(store.case(case(2)).unwrap(), [other]);
    assert_eq!(ids(&store, &Set::Purge), [statement.id()], "the purge itself stays");
}

#[test]
fn a_revocation_leaves_in_their_set_the_records_that_counted() {
    let (disk, mut world) = (Disk::new(), World::new(12));
    let kiosk = world.admitted("TRK");
    let mut store = world.store(&disk);
    let [before, after] = [1, 2].map(|n| world.intake(&kiosk, "TRK", case(n)));
    world.add(&mut store, [&before]);
    let counted = write(&mut store, |write| write.counted_of(&kiosk.author()));
    assert_eq!(counted, [before.id()]);
    world.revoke(&kiosk, &counted);
    let directory = world.directory();
    assert_eq!(write(&mut store, |write| write.reshelve(&directory)), 0);
    world.add(&mut store, [&after]);
    assert_eq!(ids(&store, &in_scope("TRK")), [before.id()]);
    assert_eq!(ids(&store, &held("TRK")), [after.id()]);
    assert_eq!(write(&mut store, |write| write.counted_of(&kiosk.author())), [before.id()]);

    // A replica that heard of the revocation first, and of what counted later.
    let (disk, late) = (Disk::new(), world.register.pop().unwrap());
    let mut store = world.store(&disk);
    world.add(&mut store, [&before, &after]);
    assert_eq!(ids(&store, &in_scope("TRK")), []);
    world.register.push(late);
    let directory = world.directory();
    assert_eq!(write(&mut store, |write| write.reshelve(&directory)), 1);
    assert_eq!(ids(&store, &in_scope("TRK")), [before.id()]);
    assert_eq!(ids(&store, &held("TRK")), [after.id()]);
}
