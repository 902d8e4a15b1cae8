//! A kiosk that the office has not met, or has forgotten, or speaks another version to.

use beket_directory::{Held, Set, StandingState};
use beket_wire::{KnownAs, Message, Route, Welcome};

use super::world::{DAY, World, quiet, scope};
use crate::{Failure, Report};

use Route::{Hello, Pull, Push, Reconcile};

#[test]
fn a_first_contact_takes_six_requests_and_the_next_one() {
    let mut world = World::new(1);
    let kiosk = world.kiosk("TRK");
    let taken: Vec<_> = (0..20).map(|_| world.take_new(kiosk)).collect();
    let report = world.sync(kiosk);
    assert!(report.in_step, "{report:?}");
    assert_eq!((report.pushed, report.known_as), (20, Some(KnownAs::Admitted)));
    assert_eq!(world.kiosks[kiosk].routes(), [Hello, Push, Hello, Pull, Reconcile, Push]);
    assert_eq!(world.kiosks[kiosk].unreceipted(), []);
    let members = world.centre.replica.items(&Set::Scope(scope("TRK")));
    assert_eq!(members.len(), taken.len());

    assert!(quiet(&world.sync(kiosk)));
    let (_, up, down) = world.kiosks[kiosk].traffic[0];
    assert!(up < 1_200 && down < 1_200, "{up} up, {down} down");
}

#[test]
fn new_records_take_two_requests() {
    let mut world = World::new(2);
    let kiosk = world.kiosk_in_step("TRK");
    for _ in 0..40 {
        world.take_new(kiosk);
    }
    let report = world.sync(kiosk);
    assert_eq!((report.pushed, report.in_step), (40, true));
    assert_eq!(world.kiosks[kiosk].routes(), [Hello, Push]);
    assert!(quiet(&world.sync(kiosk)));
}

#[test]
fn a_kiosk_s_clock_ten_years_off_changes_nothing_but_the_skew() {
    let mut courses = Vec::new();
    for ahead in [0, -315_360_000, 315_360_000] {
        let mut world = World::new(3);
        let kiosk = world.kiosk("TRK");
        world.kiosks[kiosk].ahead = ahead;
        for _ in 0..5 {
            world.take_new(kiosk);
        }
        let report = world.sync(kiosk);
        assert!((report.skew.unwrap() + ahead).abs() < 10, "{report:?}");
        courses.push((world.kiosks[kiosk].routes(), Report { skew: None, ..report }));
        assert!(quiet(&world.sync(kiosk)));
    }
    assert_eq!(courses[1], courses[0]);
    assert_eq!(courses[2], courses[0]);
}

#[test]
fn an_office_of_another_version_is_told_from_one_that_is_in_step() {
    let mut world = World::new(4);
    let kiosk = world.kiosk_in_step("TRK");
    world.take_new(kiosk);
    for version in [0, 2] {
        let report = world.sync_by(kiosk, |_, _, answer| {
            let welcome = Welcome::from_bytes(&answer()?).unwrap();
            Ok(Welcome { version, ..welcome }.to_bytes())
        });
        assert_eq!(report.failure, Some(Failure::Version));
        assert!(!report.in_step);
    }
    assert_eq!(world.sync(kiosk).pushed, 1);
}

#[test]
fn an_expired_code_s_kiosk_is_held_until_somebody_adopts_it() {
    let mut world = World::new(5);
    let code = world.enrol("TRK", 1);
    let kiosk = world.set_up(code);
    let id = world.take_new(kiosk);
    let report = world.sync(kiosk);
    assert_eq!((report.held, report.known_as), (1, Some(KnownAs::Held)));
    assert!(report.in_step);
    let held = Set::Held(scope("TRK"));
    assert_eq!(world.centre.replica.records[&id].set, held);
    assert_eq!(world.kiosks[kiosk].replica.records[&id].set, held);
    assert_eq!(world.kiosks[kiosk].unreceipted(), []);
    assert!(quiet(&world.sync(kiosk)));

    world.stand(kiosk, StandingState::Admitted);
    assert!(world.sync(kiosk).in_step);
    assert_eq!(world.kiosks[kiosk].replica.records[&id].set, Set::Scope(scope("TRK")));
    assert!(quiet(&world.sync(kiosk)));
}

#[test]
fn the_second_device_of_a_code_is_held_and_the_first_goes_on() {
    let mut world = World::new(6);
    let code = world.enrol("TRK", world.centre.now + DAY);
    let (first, second) = (world.set_up(code), world.set_up(code));
    for kiosk in [first, second] {
        world.take_new(kiosk);
    }
    assert_eq!(world.sync(first).known_as, Some(KnownAs::Admitted));
    let report = world.sync(second);
    assert_eq!((report.known_as, report.held), (Some(KnownAs::Held), 1));
    let device = world.device(second);
    let standing = world.centre.replica.directory.device_standing(&device);
    assert_eq!(standing, Err(Held::NotAdmitted));
    // It is told of the register, and of nobody's records.
    let theirs = world.kiosks[second].replica.items(&Set::Scope(scope("TRK")));
    assert_eq!(theirs, []);
    assert!(world.sync(first).in_step);
    assert!(quiet(&world.sync(first)) && quiet(&world.sync(second)));
}

#[test]
fn an_office_that_does_not_learn_who_asks_ends_the_session() {
    let mut world = World::new(7);
    let kiosk = world.kiosk("TRK");
    world.take_new(kiosk);
    let report = world.sync_by(
        kiosk,
        |route, _, answer| {
            if route == Push { Ok(Vec::new()) } else { answer() }
        },
    );
    assert_eq!(report.failure, Some(Failure::StillUnknown));
    assert_eq!(world.kiosks[kiosk].routes(), [Hello, Push, Hello]);
    assert!(world.sync(kiosk).in_step);
}

#[test]
fn an_office_restored_from_before_the_enrolment_is_refilled() {
    let mut world = World::new(8);
    let kiosk = world.kiosk_in_step("TRK");
    world.open("ARYS-2019", &["TRK", "ALA"]);
    assert!(world.sync(kiosk).in_step);
    let arys = scope("ARYS-2019");
    let case = beket_record::CaseId::from_bytes([1; 16]);
    let id = world.take(kiosk, &arys, case, beket_record::Lane::Emergency);
    assert_eq!(world.sync(kiosk).pushed, 1);
    let whole = world.centre.replica.clone();

    world.centre.restore(0);
    // The code has long expired.
    world.centre.now += 7 * DAY;
    let report = world.sync(kiosk);
    assert!(report.in_step, "{report:?}");
    assert_eq!(report.known_as, Some(KnownAs::Admitted));
    assert_eq!(world.centre.replica.records[&id].set, Set::Scope(arys));
    let ids =
        |replica: &super::replica::Replica| replica.records.keys().copied().collect::<Vec<_>>();
    assert_eq!(ids(&world.centre.replica), ids(&whole));
    assert!(quiet(&world.sync(kiosk)));
}

#[test]
fn an_office_restored_from_a_backup_gets_back_what_was_receipted_since() {
    let mut world = World::new(9);
    let kiosk = world.kiosk_in_step("TRK");
    world.centre.back_up();
    let ids: Vec<_> = (0..3).map(|_| world.take_new(kiosk)).collect();
    assert!(world.sync(kiosk).in_step);
    world.centre.restore(1);
    // The receipts turn out to be void, even if the link fails before they are given anew.
    let cut = Failure::Unreachable("cut".to_owned());
    let report = world.sync_by(
        kiosk,
        |route, _, answer| {
            if route == Push { Err(cut.clone()) } else { answer() }
        },
    );
    assert_eq!(report.failure, Some(cut));
    assert_eq!(world.kiosks[kiosk].unreceipted(), ids);

    let report = world.sync(kiosk);
    assert_eq!((report.pushed, report.in_step), (3, true));
    assert_eq!(world.kiosks[kiosk].unreceipted(), []);
}

#[test]
fn a_great_directory_is_not_pushed_at_once_to_an_office_that_forgot_the_kiosk() {
    let mut world = World::new(10);
    let kiosk = world.kiosk_in_step("TRK");
    let other = world.kiosk("ALA");
    assert!(world.sync(other).in_step);
    let (device, centre) = (world.device(other), &mut world.centre);
    let many: Vec<_> = (0..2_500)
        .map(|clock| {
            let (directory, rng) = (&centre.replica.directory, &mut centre.rng);
            let state = StandingState::Admitted;
            centre.keys.set_standing(directory, &device, state, clock, rng).unwrap()
        })
        .collect();
    centre.replica.add(&many);
    assert!(world.sync(kiosk).in_step);
    world.centre.restore(0);
    let report = world.sync(kiosk);
    assert!(report.in_step && report.pushed > 2_500, "{report:?}");
    assert!(quiet(&world.sync(kiosk)));
}
