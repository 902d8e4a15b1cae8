//! The directory from its records in any order, and which of two statements holds.

use beket_record::{Lane, Signer, Statement, state};
use proptest::prelude::*;

use super::*;
use crate::certificate::{Device, Enrolment, Incident, OfficeName, Standing, Station};
use crate::fixture::{EXPIRES, NOW, World, header, replaying, scope, stated, stated_bytes};
use crate::{Held, Judgement, Set};

/// An office's whole life, with statements that contradict each other at equal revisions.
fn quarrelsome() -> World {
    let mut world = World::new(1);
    world.open("ARYS-2019", &["TRK"]);
    let first = world.kiosk("TRK");
    let second = world.kiosk("ALA");
    let code = world.enrol("ALA", Role::SelfService);
    let third = world.set_up(&code).author();
    world.set_standing(&second, StandingState::Revoked);
    world.close("ARYS-2019");
    world.open("ARYS-2019", &["TRK", "ALA"]);
    world.purge(CaseId::from_bytes([3; 16]));

    let office = world.office.signer.clone();
    let enrolment_key = Signer::from_bytes(&code.key);
    for number in 0..3 {
        let recipient = [number; 32];
        let name = format!("Name {number}");
        let letter = format!("X{number}");
        let places = ["TRK", "ALA", "NEW"];
        let certificates = [
            Certificate::Office(OfficeName { name: name.clone(), recipient }),
            Certificate::Station(Station { name: name.clone(), recipient, revision: NOW + 7 }),
            Certificate::Incident(Incident {
                name,
                recipient,
                stations: vec!["TRK".into(), "not a code".into()],
                closed: number == 1,
                revision: NOW + 7,
            }),
            Certificate::Enrolment(Enrolment {
                key: code.prove().unwrap().2.key,
                letter,
                role: Role::Staffed,
                expires: EXPIRES,
            }),
            Certificate::Standing(Standing {
                device: *first.as_bytes(),
                state: [StandingState::Admitted, StandingState::Revoked][usize::from(number % 2)],
                revision: NOW + 7,
            }),
        ];
        let place = places[usize::from(number)];
        world.records.extend(certificates.iter().map(|c| stated(&office, place, c)));
    }
    // One device, claimed by two enrolments.
    let claim = Certificate::Device(Device { key: *first.as_bytes(), proof: [0; 64] });
    world.records.push(stated(&enrolment_key, "ALA", &claim));
    world.set_standing(&third, StandingState::Admitted);
    world
}

proptest! {
    #![proptest_config(replaying(200))]

    #[test]
    fn records_in_any_order_and_number_make_the_same_directory(
        order in Just((0..quarrelsome().records.len()).collect::<Vec<_>>()).prop_shuffle(),
        again in any::<prop::sample::Index>(),
    ) {
        let world = quarrelsome();
        let mut records: Vec<_> = order.iter().map(|at| &world.records[*at]).collect();
        records.push(records[again.index(records.len())]);
        let shuffled = Directory::build(world.office.signer.author(), records);
        prop_assert_eq!(format!("{shuffled:?}"), format!("{:?}", world.directory()));
    }
}

/// The answer once each for either order of two statements' addresses.
fn either_order(world: &World, pairs: &[[Record; 2]], expected: impl Fn(&Directory) -> bool) {
    let mut orders = BTreeSet::new();
    for pair in pairs {
        orders.insert(pair[0].id() < pair[1].id());
        let records = world.records.iter().chain(pair);
        let directory = Directory::build(world.office.signer.author(), records);
        assert!(expected(&directory));
    }
    assert_eq!(orders.len(), 2, "the pairs do not try both orders of address");
}

#[test]
fn at_equal_revisions_revoked_holds_over_admitted() {
    let mut world = World::new(2);
    let kiosk = world.kiosk("TRK");
    let standing = |state, revision| {
        let device = *kiosk.as_bytes();
        let certificate = Certificate::Standing(Standing { device, state, revision });
        stated(&world.office.signer, "TRK", &certificate)
    };
    let pairs: Vec<_> = (NOW + 5..NOW + 15)
        .map(|n| [standing(StandingState::Admitted, n), standing(StandingState::Revoked, n)])
        .collect();
    either_order(&world, &pairs, |d| d.device_standing(&kiosk) == Err(Held::Revoked));
    let pairs: Vec<_> = (NOW + 5..NOW + 15)
        .map(|n| [standing(StandingState::Admitted, n + 1), standing(StandingState::Revoked, n)])
        .collect();
    either_order(&world, &pairs, |d| d.device_standing(&kiosk) == Ok(()));
}

#[test]
fn at_equal_revisions_closed_holds_over_open() {
    let mut world = World::new(3);
    world.open("ARYS", &["TRK"]);
    let incident = |closed, revision| {
        let (name, stations) = (String::new(), vec!["TRK".to_owned()]);
        let certificate = Incident { name, recipient: [1; 32], stations, closed, revision };
        stated(&world.office.signer, "ARYS", &Certificate::Incident(certificate))
    };
    let is_open = |d: &Directory| d.open_incidents(&scope("TRK")) == [&scope("ARYS")];
    let pairs: Vec<_> =
        (NOW + 5..NOW + 15).map(|n| [incident(false, n), incident(true, n)]).collect();
    either_order(&world, &pairs, |d| !is_open(d));
    let pairs: Vec<_> =
        (NOW + 5..NOW + 15).map(|n| [incident(false, n + 1), incident(true, n)]).collect();
    either_order(&world, &pairs, is_open);
}

#[test]
fn the_higher_revision_of_a_station_holds() {
    let world = World::new(4);
    let station = |name: &str, revision| {
        let certificate = Station { name: name.to_owned(), recipient: [1; 32], revision };
        stated(&world.office.signer, "TRK", &Certificate::Station(certificate))
    };
    let pairs: Vec<_> =
        (NOW + 5..NOW + 15).map(|n| [station("new", n + 1), station("old", n)]).collect();
    let name = |d: &Directory| d.stations().find(|(c, _)| c.as_str() == "TRK").unwrap().1 == "new";
    either_order(&world, &pairs, name);
}

#[test]
fn a_certificate_of_an_unknown_kind_is_kept_and_says_nothing() {
    let mut world = World::new(5);
    let kiosk = world.kiosk("TRK");
    let before = format!("{:?}", world.directory());
    for body in [&b"\x82\x18\x63\x81\xa1\x00\x01"[..], b"", b"\xff", b"\x82\x05\x81\xa0"] {
        let unknown = stated_bytes(&world.office.signer, "TRK", body);
        let judged = world.directory().judge(&unknown);
        assert_eq!(judged, Judgement::Member(Set::Directory));
        world.records.push(unknown);
    }
    assert_eq!(format!("{:?}", world.directory()), before);
    let counts = world.directory().judge_header(&header(Part::Intake, "TRK", &kiosk));
    assert_eq!(counts, Judgement::Member(Set::Scope(scope("TRK"))));
}

/// A record's part says how it is read; the same body elsewhere is no certificate.
#[test]
fn a_certificate_in_another_part_says_nothing() {
    let mut world = World::new(6);
    let code = world.enrol("TRK", Role::Staffed);
    let (office, enrolment_key) = (world.office.signer.clone(), Signer::from_bytes(&code.key));
    let device = Signer::random(&mut world.rng).author();
    let standing =
        Standing { device: *device.as_bytes(), state: StandingState::Admitted, revision: 1 };
    let before = world.directory();
    let mut purge_with_body = |certificate: Certificate, signer: &Signer| {
        let statement = Statement {
            part: Part::Purge,
            lane: Lane::Ordinary,
            case: CaseId::from_bytes([5; 16]),
            scope: &scope("TRK"),
            made: NOW,
            secret: None,
            body: &certificate.to_bytes(),
        };
        world.records.push(state(statement, signer, &mut world.rng).unwrap());
    };
    purge_with_body(Certificate::Standing(standing), &office);
    purge_with_body(
        Certificate::Device(Device { key: *device.as_bytes(), proof: [0; 64] }),
        &enrolment_key,
    );
    let after = world.directory();
    assert!(after.is_purged(&CaseId::from_bytes([5; 16])));
    let said = |d: &Directory| format!("{:?}{:?}", d.standings, d.devices);
    assert_eq!(said(&after), said(&before));
}
