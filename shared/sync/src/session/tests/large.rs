//! Many records and heavy ones: batches within their limits, in the order of their lanes.

use beket_record::{Lane, Unverified};
use beket_wire::{BATCH_BYTES, MAX_BATCH_RECORDS, Message, Push, Route};

use super::world::World;

fn records_of(body: &[u8]) -> Vec<Unverified> {
    let push = Push::from_bytes(body).unwrap();
    push.records.into_iter().map(|bytes| Unverified::parse(bytes.into()).unwrap()).collect()
}

/// What each push of one session held.
fn pushes(world: &mut World, kiosk: usize) -> Vec<Vec<Unverified>> {
    let mut pushes = Vec::new();
    let report = world.sync_by(kiosk, |route, body, answer| {
        if route == Route::Push {
            pushes.push(records_of(body));
        }
        answer()
    });
    assert!(report.in_step, "{report:?}");
    pushes
}

#[test]
fn five_thousand_records_go_in_batches_within_the_limits_urgent_ones_first() {
    let mut world = World::new(1);
    let kiosk = world.kiosk_in_step("TRK");
    let lanes = [Lane::Ordinary, Lane::Emergency, Lane::Urgent];
    for n in 0..5_000 {
        world.take_bytes(kiosk, lanes[n % 3], 100 + n % 700);
    }
    let pushes = pushes(&mut world, kiosk);
    for push in &pushes {
        let bytes: usize = push.iter().map(|record| record.bytes().len()).sum();
        assert!(bytes <= BATCH_BYTES && push.len() <= MAX_BATCH_RECORDS);
    }
    let sent: Vec<Lane> = pushes.iter().flatten().map(|record| record.header().lane).collect();
    assert_eq!(sent.len(), 5_000);
    assert!(sent.is_sorted(), "a lane was sent before a more urgent one");
    assert!((10..=12).contains(&pushes.len()), "{} pushes", pushes.len());
}

#[test]
fn a_record_heavier_than_a_batch_goes_alone() {
    let mut world = World::new(2);
    let kiosk = world.kiosk_in_step("TRK");
    let heaviest = beket_record::MAX_RECORD_BYTES - 150;
    let heavy: Vec<_> = (0..3).map(|_| world.take_bytes(kiosk, Lane::Ordinary, heaviest)).collect();
    let pushes = pushes(&mut world, kiosk);
    let sent: Vec<_> = pushes.iter().flatten().map(Unverified::id).collect();
    assert_eq!(sent, heavy);
    assert_eq!(pushes.len(), 3);
}

#[test]
fn an_empty_replica_of_a_large_set_pulls_it_as_a_range_and_proves_every_record() {
    let mut world = World::new(3);
    let writer = world.kiosk_in_step("TRK");
    let ids: Vec<_> = (0..3_000).map(|_| world.take_new(writer)).collect();
    assert!(world.sync(writer).in_step);
    let reader = world.kiosk("TRK");
    let mut pulls = 0;
    let report = world.sync_by(reader, |route, _, answer| {
        pulls += usize::from(route == Route::Pull);
        answer()
    });
    assert!(report.in_step, "{report:?}");
    let held = |id| world.kiosks[reader].replica.records.contains_key(id);
    assert!(ids.iter().all(held));
    assert!(pulls <= 8, "{pulls} pulls");
}
