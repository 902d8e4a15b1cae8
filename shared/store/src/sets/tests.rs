//! Sets in order, paged whole; bytes that the disk altered.

use std::collections::BTreeSet;

use beket_record::{Lane, Part};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::*;
use crate::fixture::{Disk, NOW, World, case, scope, write};

fn in_scope() -> Set {
    Set::Scope(scope("TRK"))
}

/// Purge statements of sizes and times that often clash.
fn purges(world: &mut World, number: u16) -> Vec<Record> {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let mut one = |number| {
        let (made, body) = (rng.next_u32() % 6, rng.next_u32() as usize % 900);
        let made = if made == 5 { u32::MAX } else { made };
        world.purge(case(number), made, body)
    };
    (0..number).map(&mut one).collect()
}

#[test]
fn items_go_by_time_made_then_by_address() {
    let (disk, mut world) = (Disk::new(), World::new(1));
    let mut store = world.store(&disk);
    let records = purges(&mut world, 50);
    world.add(&mut store, &records);
    let items = store.items(&Set::Purge).unwrap();
    let place = |r: &Record| Position { made: r.header().made, id: r.id() };
    let wanted: BTreeSet<Position> = records.iter().map(place).collect();
    assert_eq!(items, wanted.into_iter().collect::<Vec<_>>());
    assert!(store.is_empty(&in_scope()).unwrap());
    assert!(!store.is_empty(&Set::Purge).unwrap());
}

#[test]
fn pages_of_any_size_cover_a_set_exactly_once_in_order() {
    let (disk, mut world) = (Disk::new(), World::new(2));
    let mut store = world.store(&disk);
    let records = purges(&mut world, 60);
    world.add(&mut store, &records);
    let items = store.items(&Set::Purge).unwrap();
    for (most_bytes, most_records) in
        [(0, 1), (1, 7), (1_000, 60), (2_500, 3), (4_000, 1_000), (usize::MAX, usize::MAX), (0, 0)]
    {
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = store.range(&Set::Purge, after, most_bytes, most_records).unwrap();
            let Some(last) = page.last() else { break };
            let bytes: usize = page.iter().map(|record| record.bytes().len()).sum();
            assert!(page.len() == 1 || (bytes <= most_bytes && page.len() <= most_records));
            after = Some(Position { made: last.header().made, id: last.id() });
            seen.extend(page.iter().map(|r| Position { made: r.header().made, id: r.id() }));
        }
        assert_eq!(seen, items, "{most_bytes} bytes, {most_records} records");
    }
}

#[test]
fn a_page_is_as_full_as_its_limits_let_it_be() {
    let (disk, mut world) = (Disk::new(), World::new(3));
    let mut store = world.store(&disk);
    let records: Vec<_> = (0..10).map(|n| world.purge(case(n), u32::from(n), 100)).collect();
    world.add(&mut store, &records);
    let one = records[0].bytes().len();
    let page = |bytes, count| store.range(&Set::Purge, None, bytes, count).unwrap().len();
    assert_eq!(page(3 * one, 100), 3);
    assert_eq!(page(3 * one - 1, 100), 2);
    assert_eq!(page(100 * one, 4), 4);
}

#[test]
fn a_member_is_found_in_its_own_set_alone() {
    let (disk, mut world) = (Disk::new(), World::new(4));
    let kiosk = world.admitted("TRK");
    let mut store = world.store(&disk);
    let intake = world.intake(&kiosk, "TRK", case(1));
    world.add(&mut store, [&intake]);
    assert_eq!(store.member(&in_scope(), intake.id()).unwrap(), Some(intake.clone()));
    for other in [Set::Directory, Set::Review, Set::Held(scope("TRK")), Set::Scope(scope("ALA"))] {
        assert_eq!(store.member(&other, intake.id()).unwrap(), None);
    }
}

#[test]
fn sending_goes_by_lane_then_by_arrival_and_leaves_out_what_is_not_here() {
    let (disk, mut world) = (Disk::new(), World::new(5));
    let kiosk = world.admitted("TRK");
    let mut store = world.store(&disk);
    let lanes = [Lane::Ordinary, Lane::Urgent, Lane::Emergency, Lane::Urgent, Lane::Ordinary];
    let records: Vec<Record> = lanes
        .into_iter()
        .zip(0..)
        // Later ones claim to be older: the kiosk's clock orders nothing here.
        .map(|(l, n)| world.record(&kiosk, Part::Intake, l, "TRK", case(n), 99 - u32::from(n), &[]))
        .collect();
    world.add(&mut store, &records);
    let absent = world.intake(&kiosk, "TRK", case(9));
    let mut ids: Vec<RecordId> = records.iter().map(Record::id).collect();
    let wanted = [1, 3, 2, 0, 4].map(|n: usize| ids[n]);
    ids.push(absent.id());
    ids.reverse();
    assert_eq!(store.ranked(&ids).unwrap(), wanted);
}

#[test]
fn the_directory_s_version_changes_with_every_certificate_that_comes_or_goes() {
    let (disk, mut world) = (Disk::new(), World::new(6));
    let kiosk = world.admitted("TRK");
    let mut store = disk.open();
    let mut versions = vec![store.directory_version().unwrap()];
    for record in &world.register {
        world.add(&mut store, [record]);
        versions.push(store.directory_version().unwrap());
    }
    // The last one goes and another comes in its place.
    let last = world.register.pop().unwrap();
    write(&mut store, |write| write.refuse(last.id(), "no", NOW));
    versions.push(store.directory_version().unwrap());
    world.stand(&kiosk, beket_directory::StandingState::Revoked);
    world.add(&mut store, [world.register.last().unwrap()]);
    versions.push(store.directory_version().unwrap());
    let unlike: BTreeSet<_> = versions.iter().collect();
    assert_eq!(unlike.len(), versions.len() - 1, "only the refusal leads back: {versions:?}");
    assert_ne!(versions[versions.len() - 1], versions[versions.len() - 3]);

    let before = store.directory_version().unwrap();
    let intake = world.intake(&kiosk, "TRK", case(1));
    world.add(&mut store, [&intake]);
    assert_eq!(store.directory_version().unwrap(), before);
}

#[test]
fn the_feed_tells_when_each_came_and_goes_on_where_it_was_left() {
    let (disk, mut world) = (Disk::new(), World::new(7));
    let kiosk = world.admitted("TRK");
    let mut store = world.store(&disk);
    let directory = world.directory();
    let records: Vec<_> = (0..5).map(|n| world.intake(&kiosk, "TRK", case(n % 2))).collect();
    let start = store.feed_after(0, 100).unwrap().len() as u64;
    for (record, came) in records.iter().zip(500..) {
        let judged = directory.judge(record);
        write(&mut store, |write| write.add(record, &judged, came));
    }
    let two = store.feed_after(start + 1, 2).unwrap();
    let seen: Vec<_> = two.iter().map(|fed| (fed.feed, fed.came, &fed.record)).collect();
    assert_eq!(seen, [(start + 2, 501, &records[1]), (start + 3, 502, &records[2])]);
    let one_case = store.counting(case(1)).unwrap();
    let seen: Vec<_> = one_case.iter().map(|fed| fed.came).collect();
    assert_eq!(seen, [501, 503]);
}

/// Puts a record there, damages its row, reads it, and looks at what is left of both.
fn damaged(alter: &str, bytes: Option<&[u8]>, read: impl Fn(&Store, &Record) -> usize) {
    let (disk, mut world) = (Disk::new(), World::new(8));
    let kiosk = world.admitted("TRK");
    let mut store = world.store(&disk);
    let (hurt, sound) =
        (world.intake(&kiosk, "TRK", case(1)), world.intake(&kiosk, "TRK", case(1)));
    world.add(&mut store, [&hurt, &sound]);
    let update = format!("UPDATE record SET {alter} WHERE id = ?2");
    let bytes = bytes.map_or_else(|| sound.bytes().to_vec(), <[u8]>::to_vec);
    store.connection().execute(&update, params![bytes, hurt.id().as_bytes()]).unwrap();
    assert_eq!(read(&store, &hurt), 1, "its neighbour alone");
    let refused = store.refused().unwrap();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].case, case(1));
    assert!(refused[0].reason.contains("damaged"));
    assert_eq!(store.items(&in_scope()).unwrap().len(), 1);
    assert_eq!(store.record(sound.id()).unwrap(), Some(sound.clone()));

    // It comes back from elsewhere.
    assert!(!store.holds(hurt.id()).unwrap());
    world.add(&mut store, [&hurt]);
    assert_eq!(store.case(case(1)).unwrap(), [sound, hurt.clone()]);
    if refused[0].id == hurt.id() {
        assert_eq!(store.refused().unwrap(), []);
    }
}

#[test]
fn a_damaged_record_is_put_aside_by_whatever_reads_it_and_mended_by_a_whole_copy() {
    let readings: [fn(&Store, &Record) -> usize; 6] = [
        |store, hurt| 1 + usize::from(store.record(hurt.id()).unwrap().is_some()),
        |store, hurt| 1 + usize::from(store.member(&in_scope(), hurt.id()).unwrap().is_some()),
        |store, _| store.range(&in_scope(), None, 1_000, 1_000).unwrap().len(),
        |store, _| store.case(case(1)).unwrap().len(),
        |store, _| store.counting(case(1)).unwrap().len(),
        |store, _| {
            let fed = store.feed_after(0, 1_000).unwrap().into_iter();
            fed.filter(|fed| fed.record.header().part == Part::Intake).count()
        },
    ];
    for read in readings {
        damaged("bytes = ?1", None, read);
        damaged("bytes = ?1", Some(&[]), read);
    }
}

#[test]
fn an_altered_byte_anywhere_is_damage_and_never_another_record() {
    let mut world = World::new(8);
    let kiosk = world.admitted("TRK");
    let whole = world.intake(&kiosk, "TRK", case(1)).bytes().to_vec();
    let flipped = (0..whole.len()).step_by(5).map(|at| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        bytes
    });
    let cut = (0..whole.len()).step_by(31).map(|len| whole[..len].to_vec());
    for bytes in flipped.chain(cut).chain([[&whole[..], &[0]].concat()]) {
        damaged("bytes = ?1", Some(&bytes), |store, _| store.case(case(1)).unwrap().len());
    }
}

#[test]
fn a_row_with_another_s_address_is_damage() {
    for id in ["zeroblob(32)", "zeroblob(31)", "x''"] {
        let alter = format!("id = {id}, made = iif(?1 IS NULL, 0, made)");
        damaged(&alter, None, |store, _| store.case(case(1)).unwrap().len());
    }
}

#[test]
fn a_damaged_certificate_is_put_aside_and_the_rest_of_the_register_read() {
    let (disk, mut world) = (Disk::new(), World::new(9));
    world.admitted("TRK");
    let mut store = world.store(&disk);
    let version = store.directory_version().unwrap();
    let hurt = world.register[1].clone();
    let update = "UPDATE record SET sum = sum + 1 WHERE id = ?1";
    store.connection().execute(update, [hurt.id().as_bytes()]).unwrap();
    assert_eq!(store.directory_records().unwrap().len(), world.register.len() - 1);
    assert_ne!(store.directory_version().unwrap(), version);
    world.add(&mut store, [&hurt]);
    assert_eq!(store.directory_records().unwrap().len(), world.register.len());
}
