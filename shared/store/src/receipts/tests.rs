//! Receipts kept and dropped, and what is refused.

use beket_record::{Lane, Part, Record, Signer};

use super::*;
use crate::fixture::{Disk, NOW, World, case, write};

/// A store that holds an admitted kiosk's intakes, all without a receipt, and nothing else is.
fn intakes(disk: &Disk, world: &mut World, lanes: &[Lane]) -> (Store, Vec<Record>) {
    let kiosk = world.admitted("TRK");
    let mut store = world.store(disk);
    receipt(&mut store, world, &world.register.iter().map(Record::id).collect::<Vec<_>>());
    let records: Vec<Record> = lanes
        .iter()
        .zip(1..)
        .map(|(lane, n)| world.record(&kiosk, Part::Intake, *lane, "TRK", case(n), 9, &[]))
        .collect();
    world.add(&mut store, &records);
    (store, records)
}

fn receipt(store: &mut Store, world: &World, ids: &[RecordId]) {
    let receipt = Receipt::sign(&world.office.signer, 77, ids).unwrap();
    write(store, |write| write.keep_receipt(&receipt, ids));
}

#[test]
fn what_has_no_receipt_stands_by_lane_then_as_it_came() {
    let (disk, mut world) = (Disk::new(), World::new(1));
    let lanes = [Lane::Ordinary, Lane::Urgent, Lane::Emergency, Lane::Ordinary, Lane::Urgent];
    let (mut store, records) = intakes(&disk, &mut world, &lanes);
    let ids = |order: &[usize]| order.iter().map(|n| records[*n].id()).collect::<Vec<_>>();
    assert_eq!(store.unreceipted().unwrap(), ids(&[1, 4, 2, 0, 3]));
    receipt(&mut store, &world, &ids(&[4, 0]));
    assert_eq!(store.unreceipted().unwrap(), ids(&[1, 2, 3]));
    assert_eq!(disk.open().waiting().unwrap(), 3);
    assert_eq!(disk.open().waiting_of_cases().unwrap(), 3);
}

#[test]
fn a_dropped_receipt_makes_its_record_wait_again_until_the_next_one() {
    let (disk, mut world) = (Disk::new(), World::new(2));
    let (mut store, records) = intakes(&disk, &mut world, &[Lane::Ordinary; 3]);
    let ids: Vec<_> = records.iter().map(Record::id).collect();
    receipt(&mut store, &world, &ids);
    assert_eq!(store.waiting().unwrap(), 0);
    write(&mut store, |write| write.drop_receipts(&ids[1..]));
    assert_eq!(store.unreceipted().unwrap(), ids[1..]);
    receipt(&mut store, &world, &ids[1..2]);
    assert_eq!(store.unreceipted().unwrap(), ids[2..]);
}

#[test]
fn a_receipt_is_kept_word_for_word_even_over_records_that_are_not_here() {
    let (disk, mut world) = (Disk::new(), World::new(3));
    let mut store = world.store(&disk);
    let ids: Vec<_> = (0..3).map(|n| world.purge(case(n), 1, 0).id()).collect();
    receipt(&mut store, &world, &ids);
    let query = "SELECT at, signature, ids FROM receipt";
    let (at, signature, joined): (i64, [u8; 64], Vec<u8>) = disk
        .open()
        .connection()
        .query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap();
    let kept = Receipt { at: at.cast_unsigned(), signature };
    let read: Vec<_> =
        joined.chunks(32).map(|id| RecordId::from_bytes(id.try_into().unwrap())).collect();
    assert_eq!(read, ids);
    assert!(kept.covers(&world.office.signer.author(), &read));
}

#[test]
fn held_at_the_centre_means_receipted_and_held() {
    let (disk, mut world) = (Disk::new(), World::new(4));
    let (mut store, counts) = intakes(&disk, &mut world, &[Lane::Ordinary]);
    let stranger = Signer::random(&mut world.rng);
    let held = [5, 6].map(|number| world.intake(&stranger, "TRK", case(number)));
    world.add(&mut store, &held);
    assert_eq!(store.held_at_centre().unwrap(), 0);
    receipt(&mut store, &world, &[counts[0].id(), held[0].id()]);
    assert_eq!(store.held_at_centre().unwrap(), 1);
    assert_eq!(store.held_by_author().unwrap(), [(stranger.author(), 2)]);
}

#[test]
fn a_refused_record_leaves_its_set_and_keeps_bytes_and_reason() {
    let (disk, mut world) = (Disk::new(), World::new(5));
    let (mut store, records) = intakes(&disk, &mut world, &[Lane::Ordinary; 2]);
    write(&mut store, |write| write.refuse(records[0].id(), "not yours", NOW));
    assert!(!store.holds(records[0].id()).unwrap());
    assert_eq!(store.unreceipted().unwrap(), [records[1].id()]);
    let kept = RefusedRecord { id: records[0].id(), case: case(1), reason: "not yours".to_owned() };
    assert_eq!(store.refused().unwrap(), [kept]);
    assert_eq!(bytes(&mut store, &records[0]), records[0].bytes());

    // What is not here cannot be refused, and a second refusal of it loses nothing.
    write(&mut store, |write| write.refuse(records[0].id(), "again", NOW + 1));
    assert_eq!(store.refused().unwrap()[0].reason, "not yours");
}

fn bytes(store: &mut Store, record: &Record) -> Vec<u8> {
    let query = "SELECT bytes FROM refused WHERE id = ?1";
    store.connection().query_row(query, [record.id().as_bytes()], |row| row.get(0)).unwrap()
}

#[test]
fn foreign_bytes_kept_under_a_record_s_address_do_not_replace_the_record() {
    let (disk, mut world) = (Disk::new(), World::new(6));
    let (mut store, records) = intakes(&disk, &mut world, &[Lane::Ordinary]);
    let id = records[0].id();
    write(&mut store, |write| write.keep_refused(id, case(1), b"forged", "forged", NOW));
    write(&mut store, |write| write.keep_refused(id, case(1), b"again", "again", NOW));
    assert_eq!(bytes(&mut store, &records[0]), b"forged");
    assert_eq!(store.record(id).unwrap().as_ref(), Some(&records[0]));
    write(&mut store, |write| write.refuse(id, "not yours", NOW));
    assert_eq!(bytes(&mut store, &records[0]), records[0].bytes());
}

#[test]
fn refused_records_stand_newest_first() {
    let disk = Disk::new();
    let mut store = disk.open();
    write(&mut store, |write| {
        for (number, at) in [(1, 10), (2, 30), (3, 20)] {
            let id = RecordId::from_bytes([number; 32]);
            write.keep_refused(id, case(number.into()), &[], "no", at)?;
        }
        Ok(())
    });
    let cases: Vec<_> = store.refused().unwrap().iter().map(|refused| refused.case).collect();
    assert_eq!(cases, [case(2), case(3), case(1)]);
}
