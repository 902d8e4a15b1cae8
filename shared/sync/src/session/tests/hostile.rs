//! An office that never comes to an end, or whose every answer is nonsense: the session ends.

use beket_directory::Set;
use beket_record::{CaseId, Lane, Position, Record, RecordId};
use beket_wire::{Message, Opening, Pulled, Receipt, Reconciled, Route, SetName, Welcome};
use rand::{Rng, RngExt};

use super::world::{World, laid_out, scope};
use crate::{Failure, Input, Ledger, Report, Session, Step, Survey};

/// A message by which the office seems to hold something else, every time.
fn another(set: Set, number: u32) -> Vec<u8> {
    let mut id = [0; 32];
    id[..4].copy_from_slice(&number.to_be_bytes());
    let items: Vec<Position> = (0..200)
        .map(|made| {
            id[4] = u8::try_from(made % 251).unwrap();
            Position { made, id: RecordId::from_bytes(id) }
        })
        .collect();
    Ledger::new(set, &items).unwrap().opening().unwrap()
}

fn opening(set: &Set, message: Vec<u8>) -> Opening {
    Opening { set: SetName::of(set).unwrap(), message: message.into(), range: false }
}

#[test]
fn an_office_that_compares_for_ever_is_given_up_and_the_records_arrive() {
    for hostile in [Set::Scope(scope("TRK")), Set::Directory] {
        let mut world = World::new(1);
        let kiosk = world.kiosk_in_step("TRK");
        let id = world.take_new(kiosk);
        let mut number = 0;
        let report = world.sync_by(kiosk, |route, _, answer| {
            number += 1;
            let forever = opening(&hostile, another(hostile.clone(), number));
            let answer = answer()?;
            Ok(match route {
                Route::Hello => {
                    let mut welcome = Welcome::from_bytes(&answer).unwrap();
                    welcome.openings.retain(|opening| opening.set != forever.set);
                    welcome.openings.push(forever);
                    welcome.to_bytes()
                }
                Route::Reconcile => Reconciled { openings: vec![forever] }.to_bytes(),
                Route::Push | Route::Pull => answer,
            })
        });
        assert_eq!((&report.failure, report.in_step), (&None, false), "{report:?}");
        assert!(report.round_trips < 60, "{report:?}");
        assert!(world.centre.replica.records.contains_key(&id), "{hostile:?}");
        assert_eq!(world.kiosks[kiosk].unreceipted(), []);
        assert!(world.sync(kiosk).in_step);
    }
}

/// A kiosk with nothing of its station, which asks for all of it.
fn empty(seed: u64) -> (World, usize) {
    let mut world = World::new(seed);
    let (kiosk, other) = (world.kiosk_in_step("TRK"), world.kiosk_in_step("TRK"));
    assert!(world.sync(kiosk).in_step);
    for _ in 0..3 {
        world.take_new(other);
    }
    assert!(world.sync(other).in_step);
    (world, kiosk)
}

#[test]
fn a_range_that_does_not_advance_ends() {
    let (mut world, kiosk) = empty(2);
    let mut first = None;
    let report = world.sync_by(kiosk, |route, _, answer| {
        let answer = answer()?;
        if route != Route::Pull {
            return Ok(answer);
        }
        // The first page, again and again, with more to come.
        Ok(first.get_or_insert(answer).clone())
    });
    assert_eq!((report.pulled, report.in_step, &report.failure), (3, false, &None));
    assert_eq!(world.kiosks[kiosk].routes(), [Route::Hello, Route::Pull, Route::Pull]);
    assert!(world.sync(kiosk).in_step);
}

#[test]
fn a_range_that_advances_for_ever_ends_too() {
    let (mut world, kiosk) = empty(3);
    let office = world.centre.keys.signer.clone();
    let trk = scope("TRK");
    let mut made = 0;
    let mut report = None;
    // The session alone, since a kiosk would keep it all.
    let (mut session, mut step) = Session::start(super::kiosk::set_up(&world.kiosks[kiosk]));
    let device = world.device(kiosk);
    while report.is_none() {
        let input = match step {
            Step::Done(done) => {
                report = Some(done);
                break;
            }
            Step::Ask { route: Route::Pull, .. } => {
                made += 1;
                let case = CaseId::from_bytes([1; 16]);
                let record = laid_out(&office, &trk, case, Lane::Urgent, made, 1);
                let receipt = Receipt::sign(&office, 1, &[record.id()]);
                let records = vec![record.bytes().to_vec().into()];
                Input::Answered(Pulled { records, more: true, receipt }.to_bytes())
            }
            Step::Ask { route, body, .. } => {
                Input::Answered(world.centre.serve(&device, route, &body).unwrap())
            }
            Step::Keep { .. } => Input::Kept(None),
            step => world.kiosks[kiosk].perform(step),
        };
        step = session.handle(input, &mut world.rng);
    }
    let report = report.unwrap();
    assert_eq!(report.failure, Some(Failure::Endless));
    assert!((9_000..10_000).contains(&made), "{made}");
}

#[test]
fn answers_on_sets_that_were_not_asked_for_or_twice_change_nothing() {
    let mut world = World::new(4);
    let kiosk = world.kiosk_in_step("TRK");
    world.take_new(kiosk);
    assert!(world.sync(kiosk).in_step);
    let report = world.sync_by(kiosk, |_, _, answer| {
        let mut welcome = Welcome::from_bytes(&answer()?).unwrap();
        for set in [Set::Scope(scope("ALA")), Set::Held(scope("TRK")), Set::Scope(scope("TRK"))] {
            let message = another(set.clone(), 1);
            welcome.openings.push(Opening { range: true, ..opening(&set, message) });
        }
        let mut unknown = opening(&Set::Directory, vec![1]);
        unknown.set.kind = 77;
        welcome.openings.push(unknown);
        Ok(welcome.to_bytes())
    });
    assert!(report.in_step && report.round_trips == 1, "{report:?}");
}

#[test]
fn a_set_that_the_office_leaves_out_or_answers_with_nothing_is_not_in_step() {
    let mut world = World::new(5);
    let kiosk = world.kiosk_in_step("TRK");
    let id = world.take_new(kiosk);
    for nothing in [false, true] {
        for kind in [0, 2] {
            let report = world.sync_by(kiosk, |route, _, answer| {
                let answer = answer()?;
                if route != Route::Hello {
                    return Ok(answer);
                }
                let mut welcome = Welcome::from_bytes(&answer).unwrap();
                let left_out = |opening: &Opening| opening.set.kind == kind;
                if nothing {
                    let openings = welcome.openings.iter_mut().filter(|o| left_out(o));
                    openings.for_each(|opening| opening.message = Vec::new().into());
                } else {
                    welcome.openings.retain(|opening| !left_out(opening));
                }
                Ok(welcome.to_bytes())
            });
            assert!(!report.in_step && report.failure.is_none(), "{report:?}");
            assert!(world.centre.replica.records.contains_key(&id), "what is here gets there");
        }
    }
    assert!(world.sync(kiosk).in_step);
}

#[test]
fn nonsense_for_an_answer_ends_the_session_and_never_panics() {
    let mut world = World::new(6);
    let (kiosk, other) = (world.kiosk("TRK"), world.kiosk_in_step("TRK"));
    world.take_new(other);
    assert!(world.sync(other).in_step);
    let mut chance: rand_chacha::ChaCha8Rng = rand::SeedableRng::seed_from_u64(6);
    for round in 0..400 {
        world.take_new(kiosk);
        let report = world.sync_by(kiosk, |_, _, answer| {
            let mut answer = answer()?;
            match chance.random_range(0..6) {
                0 => chance.fill_bytes(&mut answer),
                1 => answer.truncate(chance.random_range(0..=answer.len())),
                2..4 if !answer.is_empty() => {
                    let at = chance.random_range(0..answer.len());
                    answer[at] ^= 1 << chance.random_range(0..8);
                }
                _ => {}
            }
            Ok(answer)
        });
        assert!(report.round_trips < 200, "{round}: {report:?}");
        is_honest(&world, kiosk);
    }
    let last: Vec<Report> = (0..3).map(|_| world.sync(kiosk)).collect();
    assert!(last[2].in_step && last[2].round_trips == 1, "{last:?}");
    assert_eq!(world.kiosks[kiosk].unreceipted(), []);
}

fn is_honest(world: &World, kiosk: usize) {
    let kiosk = &world.kiosks[kiosk];
    assert!(kiosk.receipted.iter().all(|id| world.centre.ever.contains_key(id)));
    assert!(
        kiosk
            .taken
            .keys()
            .all(|id| { kiosk.replica.records.contains_key(id) || kiosk.refused.contains_key(id) })
    );
}

#[test]
fn a_shell_that_answers_another_step_is_told_so_and_nothing_is_sent() {
    let mut world = World::new(7);
    let kiosk = world.kiosk_in_step("TRK");
    let record: Record = world.centre.replica.register()[0].clone();
    let wrong: [fn() -> Input; 5] = [
        || Input::Settled,
        || Input::Kept(None),
        || Input::Loaded(Vec::new()),
        || Input::Answered(Vec::new()),
        || Input::Ranked { ranked: Vec::new(), unreceipted: Vec::new() },
    ];
    for wrong in wrong {
        let (mut session, _) = Session::start(super::kiosk::set_up(&world.kiosks[kiosk]));
        let step = session.handle(wrong(), &mut world.rng);
        let Step::Done(report) = step else { panic!("{step:?}") };
        assert_eq!(report.failure, Some(Failure::OutOfStep));
        // It is over, whatever comes.
        let step = session.handle(Input::Surveyed(Vec::new()), &mut world.rng);
        assert!(matches!(step, Step::Done(_)));
    }
    // Records that nobody asked to load.
    let (mut session, _) = Session::start(super::kiosk::set_up(&world.kiosks[kiosk]));
    let items = vec![Position { made: 1, id: RecordId::from_bytes([1; 32]) }];
    let survey = Survey { set: Set::Scope(scope("TRK")), items };
    let mut step = session.handle(Input::Surveyed(vec![survey]), &mut world.rng);
    let device = world.device(kiosk);
    let done = loop {
        let input = match step {
            Step::Ask { route: Route::Push, .. } => panic!("sent what was not asked for"),
            Step::Ask { route, body, .. } => {
                Input::Answered(world.centre.serve(&device, route, &body).unwrap())
            }
            Step::Rank(ids) => Input::Ranked { ranked: ids, unreceipted: Vec::new() },
            Step::Load(..) => Input::Loaded(vec![record.clone()]),
            Step::Keep { .. } => Input::Kept(None),
            Step::Done(report) => break report,
            Step::Settle(_) => Input::Settled,
            Step::Survey(_) | Step::LoadDirectory => panic!("{step:?}"),
        };
        step = session.handle(input, &mut world.rng);
    };
    assert_eq!(done.failure, Some(Failure::OutOfStep));
}
