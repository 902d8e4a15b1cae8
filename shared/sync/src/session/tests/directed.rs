//! What becomes of records on their way: lost answers, refusals, sets that the office does not
//! compare, and changes at the office while a session is under way.

use beket_directory::{Set, StandingState};
use beket_record::{CaseId, Lane, Part, RecordId};
use beket_wire::{KnownAs, Route};

use super::world::{World, scope};
use crate::{Failure, Report};

use Route::{Hello, Pull, Push};

fn quiet(report: &Report) -> bool {
    report.in_step && report.round_trips == 1 && report.pushed + report.pulled == 0
}

fn cut() -> Failure {
    Failure::Unreachable("cut".to_owned())
}

fn set_at_the_office(world: &World, id: RecordId) -> Option<&Set> {
    world.centre.replica.records.get(&id).map(|shelved| &shelved.set)
}

#[test]
fn a_push_whose_answer_is_lost_is_asked_about_and_marked() {
    let mut world = World::new(1);
    let kiosk = world.kiosk_in_step("TRK");
    let ids: Vec<_> = (0..5).map(|_| world.take_new(kiosk)).collect();
    let report = world.sync_by(kiosk, |route, _, answer| {
        let arrived = answer();
        if route == Push { Err(cut()) } else { arrived }
    });
    assert_eq!((report.failure, report.in_step), (Some(cut()), false));
    assert_eq!(world.kiosks[kiosk].unreceipted(), ids);

    let report = world.sync(kiosk);
    assert_eq!((report.pushed, report.in_step), (0, true));
    assert_eq!(world.kiosks[kiosk].routes(), [Hello, Push]);
    assert_eq!(world.kiosks[kiosk].unreceipted(), []);
    assert!(quiet(&world.sync(kiosk)));
}

#[test]
fn a_push_that_never_arrives_is_made_again() {
    let mut world = World::new(2);
    let kiosk = world.kiosk_in_step("TRK");
    world.take_new(kiosk);
    let lost =
        world.sync_by(kiosk, |route, _, answer| if route == Push { Err(cut()) } else { answer() });
    assert_eq!(lost.failure, Some(cut()));
    assert_eq!(world.sync(kiosk).pushed, 1);
    assert!(quiet(&world.sync(kiosk)));
}

#[test]
fn one_refused_record_among_many_is_put_aside_and_the_others_arrive() {
    let mut world = World::new(3);
    let kiosk = world.kiosk_in_step("TRK");
    let mut ids: Vec<_> = (0..7).map(|_| world.take_new(kiosk)).collect();
    let refused = ids.remove(3);
    world.centre.refuses.insert(refused);
    let report = world.sync(kiosk);
    assert_eq!((report.pushed, report.refused, report.in_step), (6, 1, true));
    let kiosk_ = &world.kiosks[kiosk];
    assert_eq!(kiosk_.refused.keys().collect::<Vec<_>>(), [&refused]);
    assert!(ids.iter().all(|id| kiosk_.receipted.contains(id)));
    assert!(!kiosk_.replica.records.contains_key(&refused));
    assert!(quiet(&world.sync(kiosk)));
}

#[test]
fn a_refused_certificate_stays_and_the_session_is_not_in_step() {
    let mut world = World::new(4);
    let kiosk = world.kiosk_in_step("TRK");
    world.centre.restore(0);
    let certificates = world.kiosks[kiosk].replica.items(&Set::Directory);
    let incident = {
        world.open("ARYS-2019", &["TRK"]);
        assert!(world.sync(kiosk).in_step);
        *world.kiosks[kiosk].replica.items(&Set::Directory).last().unwrap()
    };
    assert!(!certificates.contains(&incident));
    world.centre.restore(0);
    world.centre.refuses.insert(incident.id);
    let id = world.take_new(kiosk);
    let report = world.sync(kiosk);
    assert!(!report.in_step && report.failure.is_none(), "{report:?}");
    assert!(world.kiosks[kiosk].refused.is_empty());
    assert!(world.kiosks[kiosk].replica.records.contains_key(&incident.id));
    assert!(set_at_the_office(&world, id).is_some(), "and does not stop the records");

    world.centre.refuses.clear();
    assert!(world.sync(kiosk).in_step);
    assert!(quiet(&world.sync(kiosk)));
}

#[test]
fn a_record_of_a_place_that_the_office_does_not_know_arrives_and_is_held() {
    let mut world = World::new(5);
    let kiosk = world.kiosk_in_step("TRK");
    let case = CaseId::from_bytes([1; 16]);
    let id = world.take(kiosk, &scope("NOWHERE"), case, Lane::Ordinary);
    let report = world.sync(kiosk);
    assert_eq!((report.held, report.in_step), (1, true));
    assert_eq!(set_at_the_office(&world, id), Some(&Set::Held(scope("NOWHERE"))));
    assert_eq!(world.kiosks[kiosk].unreceipted(), []);

    // The office forgets it, and gets it again, though it compares no such set.
    world.centre.restore(0);
    assert!(world.sync(kiosk).in_step);
    assert_eq!(set_at_the_office(&world, id), Some(&Set::Held(scope("NOWHERE"))));
    assert_eq!(world.kiosks[kiosk].unreceipted(), []);
    let again = world.sync(kiosk);
    assert_eq!((again.pushed, again.held, again.in_step), (0, 0, true));
    assert_eq!(world.kiosks[kiosk].routes(), [Hello, Push], "it can only be asked for by id");
}

#[test]
fn a_revoked_kiosk_refills_a_restored_office_and_is_given_nothing() {
    let mut world = World::new(6);
    let (kiosk, other) = (world.kiosk_in_step("TRK"), world.kiosk_in_step("TRK"));
    world.centre.back_up();
    let own: Vec<_> = (0..3).map(|_| world.take_new(kiosk)).collect();
    let shared = world.take_new(other);
    for kiosk in [kiosk, other, kiosk] {
        assert!(world.sync(kiosk).in_step);
    }
    world.stand(kiosk, StandingState::Revoked);
    let late = world.take_new(kiosk);
    let report = world.sync(kiosk);
    assert_eq!((report.held, report.known_as), (1, Some(KnownAs::Revoked)));
    world.take_new(other);
    assert!(world.sync(other).in_step);

    world.centre.restore(1);
    // The office learns of the revocation from the kiosk itself, in the middle of the session: so
    // the kiosk cannot know in this one whether they are in step.
    let report = world.sync(kiosk);
    assert_eq!((report.pulled, report.in_step), (0, false), "{report:?}");
    let report = world.sync(kiosk);
    assert_eq!((report.pulled, report.in_step), (0, true), "{report:?}");
    assert_eq!(report.known_as, Some(KnownAs::Revoked));
    for id in own.iter().chain([&late]) {
        assert_eq!(set_at_the_office(&world, *id), Some(&Set::Held(scope("TRK"))));
    }
    assert_eq!(set_at_the_office(&world, shared), Some(&Set::Scope(scope("TRK"))));
    assert_eq!(world.kiosks[kiosk].unreceipted(), []);
}

#[test]
fn a_closed_incident_s_records_go_up_and_none_come_down() {
    let mut world = World::new(7);
    world.open("ARYS-2019", &["TRK", "ALA"]);
    let (kiosk, other) = (world.kiosk_in_step("TRK"), world.kiosk_in_step("ALA"));
    let arys = scope("ARYS-2019");
    let take = |world: &mut World, kiosk| {
        let case = CaseId::random(&mut world.rng);
        world.take(kiosk, &arys, case, Lane::Urgent)
    };
    let (first, second) = (take(&mut world, kiosk), take(&mut world, other));
    world.close("ARYS-2019");
    for (kiosk, id) in [(kiosk, first), (other, second)] {
        let report = world.sync(kiosk);
        assert_eq!((report.pushed, report.in_step), (1, true));
        assert_eq!(set_at_the_office(&world, id), Some(&Set::Scope(arys.clone())));
    }
    assert!(quiet(&world.sync(kiosk)) && quiet(&world.sync(other)));
    assert!(!world.kiosks[kiosk].replica.records.contains_key(&second));

    // Opened again, they come.
    world.open("ARYS-2019", &["TRK", "ALA"]);
    assert!(world.sync(kiosk).in_step);
    assert!(world.kiosks[kiosk].replica.records.contains_key(&second));
    assert!(quiet(&world.sync(kiosk)));
}

#[test]
fn a_station_that_no_longer_serves_an_incident_still_delivers_what_it_took_there() {
    let mut world = World::new(8);
    world.open("ARYS-2019", &["TRK", "ALA"]);
    let kiosk = world.kiosk_in_step("TRK");
    let case = CaseId::from_bytes([1; 16]);
    let id = world.take(kiosk, &scope("ARYS-2019"), case, Lane::Urgent);
    world.open("ARYS-2019", &["ALA"]);
    assert!(world.sync(kiosk).in_step);
    assert_eq!(set_at_the_office(&world, id), Some(&Set::Held(scope("ARYS-2019"))));
    assert_eq!(world.kiosks[kiosk].unreceipted(), []);
}

#[test]
fn a_new_incident_s_records_come_with_the_session_that_brings_its_certificate() {
    let mut world = World::new(9);
    let (kiosk, other) = (world.kiosk_in_step("TRK"), world.kiosk_in_step("ALA"));
    world.open("ARYS-2019", &["TRK", "ALA"]);
    assert!(world.sync(other).in_step);
    let case = CaseId::from_bytes([1; 16]);
    let id = world.take(other, &scope("ARYS-2019"), case, Lane::Urgent);
    assert!(world.sync(other).in_step);
    assert!(world.sync(kiosk).in_step);
    assert!(world.kiosks[kiosk].replica.records.contains_key(&id));
}

#[test]
fn a_purge_reaches_the_kiosk_before_its_records_reach_the_office() {
    let mut world = World::new(10);
    let kiosk = world.kiosk_in_step("TRK");
    let (case, trk) = (CaseId::from_bytes([1; 16]), scope("TRK"));
    let sent = world.take(kiosk, &trk, case, Lane::Ordinary);
    assert!(world.sync(kiosk).in_step);
    let unsent = world.take(kiosk, &trk, case, Lane::Ordinary);
    world.purge(case, &trk);
    let report = world.sync(kiosk);
    assert_eq!((report.pushed, report.in_step), (0, true));
    for id in [sent, unsent] {
        assert!(!world.kiosks[kiosk].replica.records.contains_key(&id));
        assert_eq!(set_at_the_office(&world, id), None);
    }
    assert!(quiet(&world.sync(kiosk)));

    // A restored office learns of it from the kiosk.
    world.centre.restore(0);
    assert!(world.sync(kiosk).in_step);
    assert!(world.centre.replica.directory.is_purged(&case));
}

#[test]
fn a_verdict_alone_purges_nothing() {
    let mut world = World::new(11);
    let kiosk = world.kiosk_in_step("TRK");
    let (case, trk) = (CaseId::from_bytes([1; 16]), scope("TRK"));
    let id = world.take(kiosk, &trk, case, Lane::Ordinary);
    // Purged between hello and push.
    let World { centre, kiosks, rng, .. } = &mut world;
    let device = kiosks[kiosk].author();
    let purge = centre.keys.purge(case, &trk, 1, rng).unwrap();
    let mut ask = |route, body: &[u8]| {
        if route == Push {
            centre.keep(&purge);
        }
        centre.serve(&device, route, body)
    };
    let report = kiosks[kiosk].talk(1, rng, &mut ask, &mut |_| false).unwrap();
    assert_eq!((report.failure, report.in_step), (None, false));
    assert!(world.kiosks[kiosk].replica.records.contains_key(&id), "no statement, no purge");
    assert!(world.sync(kiosk).in_step);
    assert!(!world.kiosks[kiosk].replica.records.contains_key(&id));
}

#[test]
fn records_of_a_kiosk_admitted_meanwhile_wait_for_its_certificates_and_are_not_distrusted() {
    let mut world = World::new(12);
    let code = world.enrol("TRK", 1);
    let (kiosk, late) = (world.kiosk_in_step("TRK"), world.set_up(code));
    let known = world.take_new(late);
    assert!(world.sync(late).in_step);
    assert!(world.sync(kiosk).in_step);
    let device = world.device(late);

    // Adopted after the register was compared, and before the records are.
    world.centre.statement(Part::Answer, (CaseId::from_bytes([1; 16]), &scope("TRK")));
    let World { centre, kiosks, rng, .. } = &mut world;
    let own = kiosks[kiosk].author();
    let mut hellos = 0;
    let mut ask = |route, body: &[u8]| {
        let answer = centre.serve(&own, route, body);
        hellos += u32::from(route == Hello);
        if hellos == 1 && route == Hello {
            centre.set_standing(&device, StandingState::Admitted);
        }
        answer
    };
    let report = kiosks[kiosk].talk(1, rng, &mut ask, &mut |_| false).unwrap();
    assert_eq!((report.distrusted, &report.failure), (0, &None));
    assert!(world.sync(kiosk).in_step);
    assert!(world.kiosks[kiosk].replica.records.contains_key(&known));
    assert!(quiet(&world.sync(kiosk)));
}

#[test]
fn a_range_that_the_office_judges_by_a_newer_directory_is_left_for_the_next_session() {
    let mut world = World::new(13);
    let code = world.enrol("TRK", 1);
    let late = world.set_up(code);
    let ids: Vec<_> = (0..4).map(|_| world.take_new(late)).collect();
    assert!(world.sync(late).in_step);
    let kiosk = world.kiosk_in_step("TRK");
    world.centre.statement(Part::Answer, (CaseId::from_bytes([1; 16]), &scope("TRK")));
    let device = world.device(late);
    let World { centre, kiosks, rng, .. } = &mut world;
    let own = kiosks[kiosk].author();
    let mut ask = |route, body: &[u8]| {
        if route == Pull {
            centre.set_standing(&device, StandingState::Admitted);
        }
        centre.serve(&own, route, body)
    };
    let report = kiosks[kiosk].talk(1, rng, &mut ask, &mut |_| false).unwrap();
    assert_eq!((report.distrusted, report.in_step, report.pulled), (0, false, 1), "{report:?}");
    assert!(world.sync(kiosk).in_step);
    let here = &world.kiosks[kiosk].replica.records;
    assert!(ids.iter().all(|id| here.contains_key(id)));
}
