//! Who may write what: the honest chain, every forged link of it, and each reason to hold.

use beket_record::{CaseId, Lane, Record, RecordId, Signer, Statement, state};
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::certificate::{Certificate, Device, Enrolment, Incident, Role, Standing, Station};
use crate::fixture::{EXPIRES, NOW, World, header, scope, stated};

const SEALED: [Part; 3] = [Part::Intake, Part::Answer, Part::Review];

fn in_scope(code: &str) -> Judgement {
    Judgement::Member(Set::Scope(scope(code)))
}

fn held(code: &str, reason: Held) -> Judgement {
    Judgement::Held(Set::Held(scope(code)), reason)
}

/// What becomes of an intake that this author wrote at this place.
fn intake(world: &World, author: &Author, place: &str) -> Judgement {
    world.directory().judge_header(&header(Part::Intake, place, author))
}

fn admitted(device: &Author) -> Certificate {
    let (device, state) = (*device.as_bytes(), StandingState::Admitted);
    Certificate::Standing(Standing { device, state, revision: NOW + 9 })
}

/// An intake of a device.
fn written(device: &Signer, place: &str, made: u32, rng: &mut ChaCha8Rng) -> Record {
    let statement = Statement {
        part: Part::Intake,
        lane: Lane::Ordinary,
        case: CaseId::from_bytes([0xca; 16]),
        scope: &scope(place),
        made,
        secret: None,
        body: &[],
    };
    state(statement, device, rng).unwrap()
}

fn device(key: &Author) -> Certificate {
    Certificate::Device(Device { key: *key.as_bytes(), proof: [0; 64] })
}

#[test]
fn no_enrolment_can_claim_a_device_that_did_not_agree() {
    let mut world = World::new(77);
    let victim = world.kiosk("TRK");
    let thief = Signer::from_bytes(&world.enrol("ALA", Role::SelfService).key);
    let agreed_elsewhere =
        world.records.iter().find_map(|record| match Certificate::from_bytes(record.body()) {
            Some(Certificate::Device(device)) => Some(Certificate::Device(device)),
            _ => None,
        });
    for claim in [device(&victim), agreed_elsewhere.unwrap()] {
        let claim = stated(&thief, "ALA", &claim);
        world.records.push(claim);
        assert_eq!(world.directory().writer(&victim).unwrap().station, scope("TRK"));
        assert_eq!(intake(&world, &victim, "TRK"), in_scope("TRK"));
    }
}

#[test]
fn an_enrolment_states_nothing_of_other_places_and_grants_nothing() {
    let mut world = World::new(78);
    let key = Signer::from_bytes(&world.enrol("TRK", Role::Staffed).key).author();
    let judged = |header: &Header| world.directory().judge_header(header);
    let own = Header { case: CaseId::NONE, ..header(Part::Directory, "TRK", &key) };
    assert_eq!(judged(&own), Judgement::Member(Set::Directory));
    let elsewhere = Header { scope: scope("ALA"), ..own.clone() };
    let of_a_case = Header { case: CaseId::from_bytes([1; 16]), ..own };
    for wrong in [elsewhere, of_a_case] {
        assert_eq!(judged(&wrong), Judgement::Refused(Refusal::NotCertified));
    }
}

#[test]
fn an_intake_counts_through_office_enrolment_and_device() {
    for role in [Role::Staffed, Role::SelfService] {
        let mut world = World::new(1);
        let code = world.enrol("TRK", role);
        let kiosk = world.set_up(&code).author();
        assert_eq!(intake(&world, &kiosk, "TRK"), held("TRK", Held::NotAdmitted));
        world.set_standing(&kiosk, StandingState::Admitted);
        assert_eq!(intake(&world, &kiosk, "TRK"), in_scope("TRK"));
        let writer = world.directory().writer(&kiosk).unwrap();
        assert_eq!((writer.station, writer.letter.as_str()), (scope("TRK"), "A"));
        assert_eq!(writer.role, role);
    }
}

#[test]
fn without_any_link_of_the_chain_the_author_is_unknown_or_not_admitted() {
    let mut world = World::new(2);
    let kiosk = world.kiosk("TRK");
    let [.., enrolment, device, standing] = &world.records[..] else { panic!() };
    let (enrolment, device, standing) = (enrolment.id(), device.id(), standing.id());
    for (missing, reason) in [
        (enrolment, Held::UnknownAuthor),
        (device, Held::UnknownAuthor),
        (standing, Held::NotAdmitted),
    ] {
        let rest = world.records.iter().filter(|record| record.id() != missing);
        let directory = Directory::build(world.office.signer.author(), rest);
        assert_eq!(
            directory.judge_header(&header(Part::Intake, "TRK", &kiosk)),
            held("TRK", reason)
        );
    }
}

#[test]
fn a_device_certified_by_a_foreign_key_counts_for_nothing() {
    let mut world = World::new(3);
    let [foreign, thief] = [(); 2].map(|()| Signer::random(&mut world.rng));
    let forged = stated(&foreign, "TRK", &device(&thief.author()));
    let judged = world.directory().judge(&forged);
    assert_eq!(judged, Judgement::Refused(Refusal::NotCertified));

    world.records.push(forged);
    world.set_standing(&thief.author(), StandingState::Admitted);
    assert_eq!(intake(&world, &thief.author(), "TRK"), held("TRK", Held::UnknownAuthor));
}

/// Whoever signs it, at whatever address it sorts.
#[test]
fn a_stranger_s_claim_of_an_admitted_device_changes_nothing() {
    let mut world = World::new(16);
    let kiosk = world.kiosk("TRK");
    let before = format!("{:?}", world.directory());
    for _ in 0..16 {
        let stranger = Signer::random(&mut world.rng);
        world.records.push(stated(&stranger, "ALA", &device(&kiosk)));
    }
    assert_eq!(format!("{:?}", world.directory()), before);
    assert_eq!(intake(&world, &kiosk, "TRK"), in_scope("TRK"));
}

#[test]
fn a_device_cannot_certify_another() {
    let mut world = World::new(4);
    let code = world.enrol("TRK", Role::Staffed);
    let kiosk = world.set_up(&code);
    world.set_standing(&kiosk.author(), StandingState::Admitted);
    let second = Signer::random(&mut world.rng).author();
    let forged = stated(&kiosk, "TRK", &device(&second));
    let judged = world.directory().judge(&forged);
    assert_eq!(judged, Judgement::Refused(Refusal::NotCertified));

    world.records.push(forged);
    world.set_standing(&second, StandingState::Admitted);
    assert_eq!(intake(&world, &second, "TRK"), held("TRK", Held::UnknownAuthor));
}

#[test]
fn an_enrolment_by_another_office_counts_for_nothing() {
    let (mut world, mut other) = (World::new(5), World::new(6));
    let foreign = other.kiosk("TRK");
    assert_eq!(intake(&other, &foreign, "TRK"), in_scope("TRK"));

    world.records.extend(other.records);
    world.set_standing(&foreign, StandingState::Admitted);
    assert_eq!(intake(&world, &foreign, "TRK"), held("TRK", Held::UnknownAuthor));
    let own = world.kiosk("TRK");
    assert_eq!(intake(&world, &own, "TRK"), in_scope("TRK"));
}

#[test]
fn only_the_office_states_places_standings_and_enrolments() {
    let mut world = World::new(7);
    let code = world.enrol("TRK", Role::Staffed);
    let enrolment_key = Signer::from_bytes(&code.key);
    let kiosk = world.set_up(&code);
    let second = Signer::random(&mut world.rng);
    let before = format!("{:?}", world.directory());

    let recipient = [9; 32];
    let forgeries = [
        admitted(&kiosk.author()),
        Certificate::Station(Station { name: "x".into(), recipient, revision: NOW + 9 }),
        Certificate::Incident(Incident {
            name: "x".into(),
            recipient,
            stations: vec!["TRK".into()],
            closed: false,
            revision: NOW + 9,
        }),
        Certificate::Enrolment(Enrolment {
            key: *second.author().as_bytes(),
            letter: "Z".into(),
            role: Role::Staffed,
            expires: EXPIRES,
        }),
        Certificate::Office(crate::OfficeName { name: "x".into(), recipient }),
    ];
    for certificate in &forgeries {
        for signer in [&kiosk, &enrolment_key, &second] {
            for place in ["TRK", "NEW", "OFFICE"] {
                world.records.push(stated(signer, place, certificate));
            }
        }
    }
    assert_eq!(format!("{:?}", world.directory()), before);
    assert_eq!(intake(&world, &kiosk.author(), "TRK"), held("TRK", Held::NotAdmitted));
}

#[test]
fn only_the_office_purges() {
    let mut world = World::new(8);
    let code = world.enrol("TRK", Role::Staffed);
    let enrolment_key = Signer::from_bytes(&code.key);
    let kiosk = world.set_up(&code);
    world.set_standing(&kiosk.author(), StandingState::Admitted);
    let case = header(Part::Intake, "TRK", &kiosk.author()).case;
    for signer in [&kiosk, &enrolment_key] {
        let statement = beket_record::Statement {
            part: Part::Purge,
            lane: beket_record::Lane::Ordinary,
            case,
            scope: &scope("TRK"),
            made: 0,
            secret: None,
            body: &[],
        };
        let forged: Record = beket_record::state(statement, signer, &mut world.rng).unwrap();
        let judged = world.directory().judge(&forged);
        assert_eq!(judged, Judgement::Refused(Refusal::OfficeOnly));
        world.records.push(forged);
    }
    assert!(!world.directory().is_purged(&case));
    assert_eq!(intake(&world, &kiosk.author(), "TRK"), in_scope("TRK"));
}

#[test]
fn a_kiosk_may_not_write_what_is_the_office_s() {
    let mut world = World::new(9);
    let kiosk = world.kiosk("TRK");
    let stranger = Signer::random(&mut world.rng).author();
    for author in [&kiosk, &stranger] {
        for part in [Part::Answer, Part::Review, Part::Purge] {
            let judged = world.directory().judge_header(&header(part, "TRK", author));
            assert_eq!(judged, Judgement::Refused(Refusal::OfficeOnly), "{part:?}");
        }
    }
}

#[test]
fn the_office_writes_every_part() {
    let world = World::new(10);
    let office = world.office.signer.author();
    let judged = |part| world.directory().judge_header(&header(part, "TRK", &office));
    assert_eq!(judged(Part::Directory), Judgement::Member(Set::Directory));
    assert_eq!(judged(Part::Purge), Judgement::Member(Set::Purge));
    assert_eq!(judged(Part::Intake), in_scope("TRK"));
    assert_eq!(judged(Part::Answer), in_scope("TRK"));
    assert_eq!(judged(Part::Review), Judgement::Member(Set::Review));
}

#[test]
fn an_unknown_author_s_intake_is_held() {
    let mut world = World::new(11);
    let stranger = Signer::random(&mut world.rng).author();
    assert_eq!(intake(&world, &stranger, "TRK"), held("TRK", Held::UnknownAuthor));
    assert_eq!(world.directory().device_standing(&stranger), Err(Held::UnknownAuthor));
    assert_eq!(world.directory().writer(&stranger), None);
}

#[test]
fn a_revoked_device_s_intake_is_held_and_counts_again_after_adoption() {
    let mut world = World::new(12);
    let kiosk = world.kiosk("TRK");
    assert_eq!(world.directory().device_standing(&kiosk), Ok(()));
    world.set_standing(&kiosk, StandingState::Revoked);
    assert_eq!(intake(&world, &kiosk, "TRK"), held("TRK", Held::Revoked));
    assert_eq!(world.directory().device_standing(&kiosk), Err(Held::Revoked));
    world.set_standing(&kiosk, StandingState::Admitted);
    assert_eq!(intake(&world, &kiosk, "TRK"), in_scope("TRK"));
}

#[test]
fn what_counted_before_a_revocation_counts_on_for_whoever_reads_it() {
    let mut world = World::new(18);
    let kiosk = world.kiosk_in_hand("TRK");
    let record = |clock, rng: &mut _| written(&kiosk, "TRK", clock, rng);
    let [known, unknown] = [1, 2].map(|clock| record(clock, &mut world.rng));
    world.revoke(&kiosk.author(), &[known.id()]);
    assert_eq!(world.directory().judge(&known), in_scope("TRK"));
    assert_eq!(world.directory().judge(&unknown), held("TRK", Held::Revoked));
    assert_eq!(world.directory().device_standing(&kiosk.author()), Err(Held::Revoked));

    // Whoever has only a part of the register holds it, and counts it when the rest has come.
    let statement = world.records.pop().unwrap();
    assert_eq!(world.directory().judge(&known), held("TRK", Held::Revoked));
    world.records.push(statement);
    world.purge(known.header().case);
    assert_eq!(world.directory().judge(&known), Judgement::Purged);
}

#[test]
fn a_revocation_of_a_busy_kiosk_fits_into_records_and_names_each_of_its_intakes_once() {
    let mut world = World::new(19);
    let kiosk = world.kiosk("TRK");
    let ids: Vec<RecordId> = (0..20_001_u64)
        .map(|n| RecordId::from_bytes(*blake3::hash(&n.to_be_bytes()).as_bytes()))
        .collect();
    world.revoke(&kiosk, &ids[..20_000]);
    let statements = world.records.len();
    let directory = world.directory();
    assert!(ids[..20_000].iter().all(|id| directory.has_counted(id)));
    assert!(!directory.has_counted(&ids[20_000]));
    world.revoke(&kiosk, &ids);
    assert_eq!(world.records.len() - statements, 2, "the revocation, and one new intake");
    assert!(world.records.iter().all(|record| record.bytes().len() < 160 * 1024));
}

#[test]
fn an_intake_of_a_place_that_the_station_does_not_serve_is_held() {
    let mut world = World::new(13);
    let kiosk = world.kiosk("TRK");
    world.open("ARYS-2019", &["ALA"]);
    for place in ["ALA", "ARYS-2019", "UNKNOWN", "OFFICE"] {
        assert_eq!(intake(&world, &kiosk, place), held(place, Held::NotItsScope), "{place}");
    }
    world.open("ARYS-2019", &["ALA", "TRK"]);
    assert_eq!(intake(&world, &kiosk, "ARYS-2019"), in_scope("ARYS-2019"));
}

/// Whether it may write there is another question: a held device still sees what is held of it.
#[test]
fn a_device_serves_its_station_and_that_one_s_incidents_in_any_standing() {
    let mut world = World::new(17);
    let kiosk = world.kiosk("TRK");
    let stranger = Signer::random(&mut world.rng).author();
    world.open("ARYS-2019", &["TRK"]);
    world.open("FLOOD", &["ALA"]);
    world.close("ARYS-2019");
    for state in [StandingState::Revoked, StandingState::Admitted] {
        world.set_standing(&kiosk, state);
        let directory = world.directory();
        let places = ["TRK", "ARYS-2019", "ALA", "FLOOD", "UNKNOWN"];
        let serves = places.map(|place| directory.serves(&kiosk, &scope(place)));
        assert_eq!(serves, [true, true, false, false, false], "{state:?}");
        assert!(!places.iter().any(|place| directory.serves(&stranger, &scope(place))));
    }
}

#[test]
fn late_records_of_a_closed_incident_still_count() {
    let mut world = World::new(14);
    world.open("ARYS-2019", &["TRK"]);
    let kiosk = world.kiosk("TRK");
    assert_eq!(intake(&world, &kiosk, "ARYS-2019"), in_scope("ARYS-2019"));
    world.close("ARYS-2019");
    assert_eq!(intake(&world, &kiosk, "ARYS-2019"), in_scope("ARYS-2019"));
}

#[test]
fn a_purge_bars_the_case_from_every_author_and_scope_and_no_other_case() {
    let mut world = World::new(15);
    world.open("ARYS-2019", &["TRK"]);
    let kiosk = world.kiosk("TRK");
    let (office, barred) = (world.office.signer.author(), CaseId::from_bytes([0xca; 16]));
    world.purge(barred);
    let directory = world.directory();
    assert!(directory.is_purged(&barred));
    for author in [&kiosk, &office] {
        for (part, place) in SEALED.into_iter().flat_map(|p| [(p, "TRK"), (p, "ARYS-2019")]) {
            assert_eq!(directory.judge_header(&header(part, place, author)), Judgement::Purged);
        }
    }
    let other = Header { case: CaseId::from_bytes([1; 16]), ..header(Part::Intake, "TRK", &kiosk) };
    assert_eq!(directory.judge_header(&other), in_scope("TRK"));

    let again = directory.judge_header(&header(Part::Purge, "TRK", &office));
    assert_eq!(again, Judgement::Member(Set::Purge));
    let certificate = directory.judge_header(&header(Part::Directory, "TRK", &office));
    assert_eq!(certificate, Judgement::Member(Set::Directory));
}
