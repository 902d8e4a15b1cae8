//! Changes at the office while kiosks are away, or in the middle of a session: incidents, purges,
//! admissions.

use beket_directory::{Set, StandingState};
use beket_record::{CaseId, Lane, Part};
use beket_wire::Route;

use super::world::{World, quiet, scope};
use crate::Failure;

use Route::{Hello, Pull, Push};

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
        assert_eq!(world.set_at_the_office(id), Some(&Set::Scope(arys.clone())));
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
    assert_eq!(world.set_at_the_office(id), Some(&Set::Held(scope("ARYS-2019"))));
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
        assert_eq!(world.set_at_the_office(id), None);
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

#[test]
fn a_conversation_longer_than_its_token_goes_on_after_a_new_hello() {
    let mut world = World::new(14);
    let kiosk = world.kiosk_in_step("TRK");
    let (other, trk) = (world.kiosk_in_step("TRK"), scope("TRK"));
    let theirs: Vec<_> = (0..700).map(|_| world.take_new(other)).collect();
    assert!(world.sync(other).in_step);
    let own: Vec<_> = (0..700).map(|_| world.take_new(kiosk)).collect();
    let World { centre, kiosks, rng, .. } = &mut world;
    let device = kiosks[kiosk].author();
    let (mut requests, mut hellos) = (0, 0);
    let mut ask = |route, body: &[u8]| {
        requests += 1;
        hellos += u32::from(route == Hello);
        if requests % 5 == 0 && route != Hello {
            return Err(Failure::Expired("anew".to_owned()));
        }
        centre.serve(&device, route, body)
    };
    let report = kiosks[kiosk].talk(1, rng, &mut ask, &mut |_| false).unwrap();
    assert_eq!((&report.failure, report.in_step), (&None, true));
    assert!(hellos > 1, "{hellos}");
    assert_eq!(report.pushed, 700, "each once");
    assert!(report.pulled >= 700, "{report:?}");
    let here = &world.kiosks[kiosk].replica.records;
    assert!(theirs.iter().all(|id| here.contains_key(id)));
    let there = Set::Scope(trk);
    assert!(own.iter().all(|id| world.set_at_the_office(*id) == Some(&there)));
    assert!(quiet(&world.sync(kiosk)));
}

#[test]
fn an_office_that_wants_nothing_but_hellos_is_not_asked_for_ever() {
    let mut world = World::new(15);
    let kiosk = world.kiosk_in_step("TRK");
    let id = world.take_new(kiosk);
    let World { centre, kiosks, rng, .. } = &mut world;
    let device = kiosks[kiosk].author();
    let mut hellos = 0;
    let mut ask = |route, body: &[u8]| {
        hellos += u32::from(route == Hello);
        match route {
            Hello => centre.serve(&device, route, body),
            _ => Err(Failure::Expired("anew".to_owned())),
        }
    };
    let report = kiosks[kiosk].talk(1, rng, &mut ask, &mut |_| false).unwrap();
    assert_eq!(report.failure, Some(Failure::Expired("anew".to_owned())));
    assert_eq!((hellos, report.in_step), (1, false));
    assert!(world.sync(kiosk).in_step);
    assert!(world.set_at_the_office(id).is_some());
}
