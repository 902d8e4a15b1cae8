//! Cases in clear: their order, their numbers, their sums.

use beket_record::{Part, Signer};
use beket_wire::Receipt;

use crate::Summary;
use crate::fixture::{Disk, NOW, World, case, scope, write};

#[test]
fn cases_stand_in_the_order_in_which_their_first_record_came() {
    let (disk, mut world) = (Disk::new(), World::new(1));
    let kiosk = world.admitted("TRK");
    let mut store = world.store(&disk);
    let records: Vec<_> = [7, 3, 9, 3, 7].map(|n| world.intake(&kiosk, "TRK", case(n))).to_vec();
    world.add(&mut store, &records);
    assert_eq!(store.cases().unwrap(), [case(7), case(3), case(9)]);
    let listed: Vec<_> = store.summaries().unwrap().iter().map(|sum| sum.case).collect();
    assert_eq!(listed, [case(7), case(3), case(9)]);
    assert_eq!(store.case(case(3)).unwrap(), [records[1].clone(), records[3].clone()]);
    assert_eq!(store.case(case(1)).unwrap(), []);
}

#[test]
fn a_summary_counts_what_is_receipted_held_and_refused() {
    let (disk, mut world) = (Disk::new(), World::new(2));
    let (kiosk, stranger) = (world.admitted("TRK"), Signer::random(&mut world.rng));
    let mut store = world.store(&disk);
    let [sent, unsent, refused, gone] =
        [1, 1, 1, 2].map(|number| world.intake(&kiosk, "TRK", case(number)));
    let waits = world.intake(&stranger, "TRK", case(1));
    world.add(&mut store, [&sent, &unsent, &refused, &waits, &gone]);
    let receipt = Receipt::sign(&world.office.signer, 1, &[sent.id(), waits.id()]).unwrap();
    write(&mut store, |write| {
        write.keep_receipt(&receipt, &[sent.id(), waits.id()])?;
        write.refuse(refused.id(), "no", NOW)?;
        write.refuse(gone.id(), "no", NOW)?;
        write.label("TRK-A-0001-X", case(1))
    });
    let first = Summary {
        case: case(1),
        references: vec!["TRK-A-0001-X".to_owned()],
        records: 3,
        receipted: 2,
        held: 1,
        refused: 1,
    };
    let second = Summary {
        case: case(2),
        references: vec![],
        records: 0,
        receipted: 0,
        held: 0,
        refused: 1,
    };
    assert_eq!(store.summaries().unwrap(), [first, second]);
}

#[test]
fn certificates_and_purges_are_no_cases() {
    let (disk, mut world) = (Disk::new(), World::new(3));
    let mut store = world.store(&disk);
    let purge = world.purge(case(1), 1, 0);
    let stray = world.purge(case(2), 1, 0);
    world.add(&mut store, [&purge]);
    let none = beket_record::CaseId::NONE;
    write(&mut store, |write| write.keep_refused(stray.id(), none, stray.bytes(), "no", NOW));
    assert_eq!(store.cases().unwrap(), []);
    assert_eq!(store.summaries().unwrap(), []);
    assert_eq!(store.scopes().unwrap(), []);
    assert_eq!(store.case(case(1)).unwrap(), []);
}

#[test]
fn one_reference_may_stand_for_two_cases_and_one_case_may_bear_two() {
    let disk = Disk::new();
    let mut store = disk.open();
    write(&mut store, |write| {
        for (reference, number) in [("B", 2), ("A", 2), ("A", 1), ("A", 1)] {
            write.label(reference, case(number))?;
        }
        Ok(())
    });
    let store = disk.open();
    assert_eq!(store.labelled("A").unwrap(), [case(1), case(2)]);
    assert_eq!(store.references(case(2)).unwrap(), ["A", "B"]);
    assert_eq!(store.labelled("C").unwrap(), []);
}

#[test]
fn scopes_are_those_of_documents_held_ones_too() {
    let (disk, mut world) = (Disk::new(), World::new(4));
    let kiosk = world.admitted("TRK");
    let mut store = world.store(&disk);
    let own = world.intake(&kiosk, "TRK", case(1));
    let foreign = world.intake(&kiosk, "NOWHERE", case(2));
    let office = world.office.signer.clone();
    let note =
        world.record(&office, Part::Review, beket_record::Lane::Ordinary, "ALA", case(1), 1, &[]);
    world.add(&mut store, [&own, &foreign, &note]);
    assert_eq!(store.scopes().unwrap(), ["ALA", "NOWHERE", "TRK"].map(scope));
}

#[test]
fn a_setting_is_what_was_set_last() {
    let disk = Disk::new();
    let mut store = disk.open();
    assert_eq!(store.setting("a").unwrap(), None);
    write(&mut store, |write| write.set("a", b"one"));
    write(&mut store, |write| write.set("a", b""));
    assert_eq!(disk.open().setting("a").unwrap().as_deref(), Some(&b""[..]));
}
