//! What becomes of records on their way: lost answers, refusals, certificates that do not settle,
//! sets that the office does not compare.

use beket_directory::{Certificate, Set, StandingState};
use beket_record::{CaseId, Lane, RecordId};
use beket_wire::{KnownAs, Route};

use super::kiosk::set_up;
use super::world::{World, quiet, scope};
use crate::{Failure, Input, Session, Step};

use Route::{Hello, Push};

fn cut() -> Failure {
    Failure::Unreachable("cut".to_owned())
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
    assert!(world.set_at_the_office(id).is_some(), "and does not stop the records");

    world.centre.refuses.clear();
    assert!(world.sync(kiosk).in_step);
    assert!(quiet(&world.sync(kiosk)));
}

#[test]
fn certificates_that_the_office_answers_with_certificates_are_exchanged_in_one_session() {
    let mut world = World::new(14);
    let (kiosk, other) = (world.kiosk_in_step("TRK"), world.kiosk_in_step("ALA"));
    assert!(world.sync(kiosk).in_step);
    // The kiosk knows the other's certificates, and not the office's word on them.
    let device = world.device(other);
    let word = world.centre.replica.directory.clone();
    let records = &mut world.kiosks[kiosk].replica;
    let standings = records.register().into_iter().filter(|record| {
        matches!(
            Certificate::from_bytes(record.body()),
            Some(Certificate::Standing(standing)) if standing.device == *device.as_bytes()
        )
    });
    let standings: Vec<RecordId> = standings.map(|record| record.id()).collect();
    assert!(word.device_standing(&device).is_ok() && standings.len() == 1);
    records.records.remove(&standings[0]);
    records.add(&records.register());

    // A restored office learns of the other from this kiosk, and admits it anew.
    world.centre.restore(0);
    let report = world.sync(kiosk);
    assert!(report.in_step, "{report:?}");
    assert_eq!(world.centre.replica.directory.device_standing(&device), Ok(()));
    assert!(quiet(&world.sync(kiosk)));
}

#[test]
fn an_office_that_never_keeps_the_certificates_it_is_sent_is_not_in_step() {
    let mut world = World::new(15);
    let kiosk = world.kiosk_in_step("TRK");
    world.enrol("ALA", 1);
    assert!(world.sync(kiosk).in_step);
    world.centre.restore(0);
    let id = world.take_new(kiosk);
    let World { centre, kiosks, rng, .. } = &mut world;
    let device = kiosks[kiosk].author();
    let mut introduced = None;
    let mut ask = |route, body: &[u8]| {
        let answer = centre.serve(&device, route, body);
        // It knows the kiosk, and forgets whatever else of the register it was sent.
        if route == Push {
            let known = introduced.get_or_insert_with(|| centre.replica.clone());
            if !centre.replica.records.contains_key(&id) {
                centre.replica = known.clone();
            }
        }
        answer
    };
    let report = kiosks[kiosk].talk(1, rng, &mut ask, &mut |_| false).unwrap();
    assert_eq!((report.failure, report.in_step), (None, false));
    assert!(report.round_trips < 12, "{}", report.round_trips);
    assert!(world.centre.replica.records.contains_key(&id), "the records arrive all the same");
}

#[test]
fn a_record_that_is_gone_before_it_is_loaded_is_not_sent_and_not_in_step() {
    let mut world = World::new(16);
    let kiosk = world.kiosk_in_step("TRK");
    let ids: Vec<_> = (0..4).map(|_| world.take_new(kiosk)).collect();
    for gone in [&ids[1..2], &ids[..]] {
        let World { centre, kiosks, rng, .. } = &mut world;
        let kiosk = &mut kiosks[kiosk];
        let (whole, device) = (kiosk.replica.clone(), kiosk.author());
        let (mut session, mut step) = Session::start(set_up(kiosk));
        let report = loop {
            let input = match step {
                Step::Done(report) => break report,
                Step::Ask { route, body, .. } => {
                    Input::Answered(centre.serve(&device, route, &body).unwrap())
                }
                Step::Load(..) => {
                    kiosk.replica.records.retain(|id, _| !gone.contains(id));
                    kiosk.perform(step)
                }
                step => kiosk.perform(step),
            };
            step = session.handle(input, rng);
        };
        assert_eq!((report.failure, report.in_step), (None, false));
        kiosk.replica = whole;
    }
    assert!(world.sync(kiosk).in_step);
    assert!(ids.iter().all(|id| world.centre.replica.records.contains_key(id)));
}

#[test]
fn a_record_of_a_place_that_the_office_does_not_know_arrives_and_is_held() {
    let mut world = World::new(5);
    let kiosk = world.kiosk_in_step("TRK");
    let case = CaseId::from_bytes([1; 16]);
    let id = world.take(kiosk, &scope("NOWHERE"), case, Lane::Ordinary);
    let report = world.sync(kiosk);
    assert_eq!((report.held, report.in_step), (1, true));
    assert_eq!(world.set_at_the_office(id), Some(&Set::Held(scope("NOWHERE"))));
    assert_eq!(world.kiosks[kiosk].unreceipted(), []);

    // The office forgets it, and gets it again, though it compares no such set.
    world.centre.restore(0);
    assert!(world.sync(kiosk).in_step);
    assert_eq!(world.set_at_the_office(id), Some(&Set::Held(scope("NOWHERE"))));
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
    let report = world.sync(kiosk);
    assert_eq!((report.pulled, report.in_step), (0, true), "{report:?}");
    assert_eq!(report.known_as, Some(KnownAs::Revoked), "as the kiosk itself had to tell it");
    for id in own.iter().chain([&late]) {
        assert_eq!(world.set_at_the_office(*id), Some(&Set::Held(scope("TRK"))));
    }
    assert_eq!(world.set_at_the_office(shared), Some(&Set::Scope(scope("TRK"))));
    assert_eq!(world.kiosks[kiosk].unreceipted(), []);
}
