//! Many records: batches, lanes, ranges, and what an interruption leaves for the next session.

use std::collections::BTreeSet;

use beket_directory::{Certificate, Set, StandingState};
use beket_record::{Author, Lane, MAX_RECORD_BYTES, Position, Record, RecordId, Unverified};
use beket_wire::{
    BATCH_BYTES, MAX_BATCH_RECORDS, MAX_BODY_BYTES, Message, Opening, Pull, Pulled, Push,
    Reconcile, Route, SetName,
};
use minicbor::bytes::ByteVec;

use super::world::{World, scope};
use crate::{Failure, Ledger};

const LANES: [Lane; 3] = [Lane::Ordinary, Lane::Urgent, Lane::Emergency];

/// So many records of about a kilobyte, in all lanes.
fn take_many(world: &mut World, kiosk: usize, number: usize) -> Vec<RecordId> {
    let lanes = LANES.into_iter().cycle().take(number);
    lanes.map(|lane| world.take_bytes(kiosk, lane, 900)).collect()
}

#[test]
fn thousands_of_records_go_in_batches_with_the_urgent_ones_first() {
    let mut world = World::new(1);
    let kiosk = world.kiosk_in_step("TRK");
    take_many(&mut world, kiosk, 5_000);
    let mut batches: Vec<Vec<Record>> = Vec::new();
    let report = world.sync_by(kiosk, |route, body, answer| {
        if route == Route::Push {
            let push = Push::from_bytes(body).unwrap();
            let record = |b: &ByteVec| Unverified::parse(b.to_vec()).unwrap();
            let records = push.records.iter().map(|b| record(b).verify().unwrap());
            batches.push(records.collect());
        }
        answer()
    });
    assert_eq!((report.pushed, report.in_step), (5_000, true));
    let bytes = |batch: &[Record]| batch.iter().map(|r| r.bytes().len()).sum::<usize>();
    for batch in &batches {
        assert!(batch.len() <= MAX_BATCH_RECORDS && bytes(batch) <= BATCH_BYTES);
    }
    // As few as their size allows.
    let all: Vec<Record> = batches.concat();
    assert!(batches.len() <= bytes(&all) / BATCH_BYTES + 1, "{}", batches.len());
    assert!(all.is_sorted_by_key(|record| record.header().lane));
    assert_eq!(world.kiosks[kiosk].unreceipted(), []);
    assert_eq!(world.sync(kiosk).round_trips, 1);
}

#[test]
fn small_records_go_in_batches_of_as_many_as_one_push_may_hold() {
    let mut world = World::new(2);
    let kiosk = world.kiosk_in_step("TRK");
    for _ in 0..=MAX_BATCH_RECORDS {
        world.take_bytes(kiosk, Lane::Ordinary, 1);
    }
    let report = world.sync(kiosk);
    assert_eq!((report.pushed, report.in_step), (MAX_BATCH_RECORDS as u64 + 1, true));
    let pushes = world.kiosks[kiosk].routes().iter().filter(|r| **r == Route::Push).count();
    assert_eq!(pushes, 2);
}

#[test]
fn a_record_heavier_than_a_batch_goes_alone() {
    let mut world = World::new(9);
    let kiosk = world.kiosk_in_step("TRK");
    let heaviest = MAX_RECORD_BYTES - 150;
    for _ in 0..3 {
        world.take_bytes(kiosk, Lane::Ordinary, heaviest);
    }
    let report = world.sync(kiosk);
    assert_eq!((report.pushed, report.round_trips, report.in_step), (3, 4, true));
}

#[test]
fn an_interrupted_push_goes_on_where_it_was_cut() {
    let mut world = World::new(3);
    let kiosk = world.kiosk_in_step("TRK");
    take_many(&mut world, kiosk, 3_000);
    let mut stored = 0;
    for _ in 0..2 {
        let mut pushes = 0;
        let report = world.sync_by(kiosk, |route, _, answer| {
            pushes += usize::from(route == Route::Push);
            if pushes > 1 { Err(Failure::Unreachable("cut".to_owned())) } else { answer() }
        });
        assert!(report.pushed > 0 && report.failure.is_some(), "{report:?}");
        stored += report.pushed;
        let waiting = world.kiosks[kiosk].unreceipted().len() as u64;
        assert_eq!(stored + waiting, 3_000, "none twice, none lost");
    }
    assert_eq!(world.sync(kiosk).pushed + stored, 3_000);
}

/// A station of which the office holds so many records, and a kiosk there that has none.
fn newcomer(seed: u64, number: usize) -> (World, usize) {
    let mut world = World::new(seed);
    let (old, new) = (world.kiosk_in_step("TRK"), world.kiosk_in_step("TRK"));
    assert!(world.sync(old).in_step);
    take_many(&mut world, old, number);
    assert!(world.sync(old).in_step);
    (world, new)
}

/// Pulls of a session by what they ask for.
fn pulls(world: &mut World, kiosk: usize, cut_after: usize) -> (Vec<Pull>, bool) {
    let mut pulls = Vec::new();
    let report = world.sync_by(kiosk, |route, body, answer| {
        if route == Route::Pull {
            pulls.push(Pull::from_bytes(body).unwrap());
        }
        if pulls.len() > cut_after { Err(Failure::Unreachable("cut".to_owned())) } else { answer() }
    });
    (pulls, report.in_step)
}

#[test]
fn an_empty_replica_pulls_a_range_and_a_nearly_empty_one_by_ids() {
    for looks_ahead in [false, true] {
        let (mut world, kiosk) = newcomer(4, 3_000);
        world.centre.looks_ahead = looks_ahead;
        let (asked, in_step) = pulls(&mut world, kiosk, usize::MAX);
        assert!(in_step && asked.iter().all(|pull| pull.ids.is_empty()));
        // The last of a server that does not look ahead brings nothing.
        let pages = if looks_ahead { 12 } else { 13 };
        assert_eq!(asked.len(), pages);
        assert!(asked[0].after.is_none() && asked[1..].iter().all(|pull| pull.after.is_some()));
        let set = Set::Scope(scope("TRK"));
        let (here, there) = (&world.kiosks[kiosk].replica, &world.centre.replica);
        assert_eq!(here.items(&set), there.items(&set));
        assert_eq!(world.kiosks[kiosk].unreceipted(), [], "what the office gives, it holds");
        assert_eq!(world.sync(kiosk).round_trips, 1);
    }
    let (mut world, kiosk) = newcomer(5, 3_000);
    world.take_new(kiosk);
    let (asked, in_step) = pulls(&mut world, kiosk, usize::MAX);
    assert!(in_step && asked.iter().all(|pull| !pull.ids.is_empty()));
    assert!(asked.len() <= 14, "{}", asked.len());
    let named: usize = asked.iter().map(|pull| pull.ids.len()).sum();
    assert!(named < 3_500, "{named} ids named to get 3,000 records");
    assert_eq!(world.sync(kiosk).round_trips, 1);
}

#[test]
fn an_interrupted_range_brings_the_rest_and_nothing_twice() {
    let (mut world, kiosk) = newcomer(6, 3_000);
    let (_, in_step) = pulls(&mut world, kiosk, 1);
    assert!(!in_step);
    let set = Set::Scope(scope("TRK"));
    let there: BTreeSet<RecordId> = members(&world.centre.replica, &set);
    let first = members(&world.kiosks[kiosk].replica, &set);
    assert!(!first.is_empty() && first.len() < there.len());

    let (asked, in_step) = pulls(&mut world, kiosk, usize::MAX);
    assert!(in_step);
    let id = |bytes: &ByteVec| RecordId::from_bytes(bytes.as_slice().try_into().unwrap());
    let ids: BTreeSet<RecordId> = asked.iter().flat_map(|pull| pull.ids.iter().map(id)).collect();
    assert_eq!(ids, &there - &first);
    assert_eq!(members(&world.kiosks[kiosk].replica, &set), there);
}

fn members(replica: &super::replica::Replica, set: &Set) -> BTreeSet<RecordId> {
    replica.items(set).into_iter().map(|item| item.id).collect()
}

#[test]
fn a_certificate_that_comes_before_what_proves_it_is_kept_in_the_end() {
    let mut world = World::new(7);
    let kiosk = world.kiosk_in_step("TRK");
    let late: Vec<usize> = (0..20).map(|_| world.kiosk_in_step("ALA")).collect();
    let device = world.device(late[0]);
    // So much more than one answer holds that the newcomers' certificates come in two.
    let centre = &mut world.centre;
    let more: Vec<Record> = (2_000..4_500)
        .map(|clock| {
            let (directory, rng) = (&centre.replica.directory, &mut centre.rng);
            centre
                .keys
                .set_standing(directory, &device, StandingState::Admitted, clock, rng)
                .unwrap()
        })
        .collect();
    centre.replica.add(&more);

    let office = world.centre.keys.signer.author();
    let mut came: Vec<Vec<Record>> = Vec::new();
    let report = world.sync_by(kiosk, |route, _, answer| {
        let answer = answer()?;
        if route == Route::Pull {
            let records = Pulled::from_bytes(&answer).unwrap().records.into_iter();
            let record = |b: ByteVec| Unverified::parse(b.into()).unwrap().verify().unwrap();
            came.push(records.map(record).collect());
        }
        Ok(answer)
    });
    let batch_of = |wanted: &dyn Fn(&Record) -> bool| {
        came.iter().position(|batch| batch.iter().any(wanted)).unwrap()
    };
    let devices: Vec<Author> = came
        .concat()
        .iter()
        .map(|record| record.header().author)
        .filter(|author| *author != office)
        .collect();
    let enrols = |record: &Record, key: &Author| match Certificate::from_bytes(record.body()) {
        Some(Certificate::Enrolment(enrolment)) => enrolment.key == *key.as_bytes(),
        _ => false,
    };
    let early = devices.iter().filter(|key| {
        // Not even in the next answer.
        batch_of(&|r| r.header().author == **key) + 1 < batch_of(&|r| enrols(r, key))
    });
    assert!(early.count() > 0, "otherwise this test shows nothing");

    assert!(report.in_step && report.distrusted == 0, "{report:?}");
    assert_eq!(report.pulled, 2_500 + 20 * 3);
    let (here, there) = (&world.kiosks[kiosk].replica, &world.centre.replica);
    assert_eq!(here.items(&Set::Directory), there.items(&Set::Directory));
    assert_eq!(world.kiosks[kiosk].unreceipted(), []);
    assert_eq!(world.sync(kiosk).round_trips, 1);
}

#[test]
fn many_sets_that_all_differ_fit_into_one_body() {
    let mut rng = World::new(8).rng;
    let mut items = |number: usize| -> Vec<_> {
        let mut item = || {
            let mut id = [0; 32];
            rand::Rng::fill_bytes(&mut rng, &mut id);
            Position { made: 7, id: RecordId::from_bytes(id) }
        };
        (0..number).map(|_| item()).collect()
    };
    let sets: Vec<Set> = (0..60).map(|n| Set::Scope(scope(&format!("X{n}")))).collect();
    let ledger = |set: &Set, items: &[_]| Ledger::new(set.clone(), items).unwrap();
    // Short questions, long answers: what a kiosk with little asks of an office with much.
    let asked: Vec<Ledger> = sets.iter().map(|set| ledger(set, &items(20))).collect();
    let there: Vec<Ledger> = sets.iter().map(|set| ledger(set, &items(5_000))).collect();
    let openings: Vec<Opening> = asked
        .iter()
        .map(|ledger| Opening {
            set: SetName::of(ledger.set()).unwrap(),
            message: ledger.opening().unwrap().into(),
            range: false,
        })
        .collect();
    let once = crate::office::compare(&openings, &there).unwrap();
    assert_eq!(once.len(), 60);
    let size = Reconcile { openings: once.clone() }.to_bytes().len();
    assert!((MAX_BODY_BYTES / 4..MAX_BODY_BYTES * 3 / 4).contains(&size), "{size}");

    // The same question a thousand times is answered once.
    let again: Vec<Opening> = openings.iter().cycle().take(60_000).cloned().collect();
    assert_eq!(crate::office::compare(&again, &there).unwrap(), once);
}
