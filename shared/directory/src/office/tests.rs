//! Stations and incidents: who holds their keys before and after they are closed.

use super::*;
use crate::certificate::Role;
use crate::fixture::{NOW, World, scope};

const INCIDENT: &str = "ARYS-2019";

#[test]
fn a_station_s_key_is_the_office_s_alone() {
    let world = World::new(1);
    let (trk, ala) = (world.station_secret("TRK"), world.station_secret("ALA"));
    assert_ne!(trk.recipient(), ala.recipient());
    let directory = world.directory();
    assert_eq!(directory.place(&scope("TRK")).unwrap().recipient, trk.recipient());
    for owner in [&trk, &ala] {
        assert!(directory.scope_secret(&scope("TRK"), owner).is_none());
    }
}

#[test]
fn the_office_and_the_incident_s_stations_hold_its_key() {
    let mut world = World::new(2);
    world.open(INCIDENT, &["TRK"]);
    let directory = world.directory();
    let secret = |owner: &RecipientSecret| {
        directory.scope_secret(&scope(INCIDENT), owner).map(|secret| secret.recipient())
    };
    let recipient = directory.place(&scope(INCIDENT)).unwrap().recipient;
    assert_eq!(secret(&world.office.secret), Some(recipient));
    assert_eq!(secret(&world.station_secret("TRK")), Some(recipient));
    assert_eq!(secret(&world.station_secret("ALA")), None);
}

#[test]
fn closing_takes_the_key_from_stations_and_leaves_it_to_the_office() {
    let mut world = World::new(3);
    world.open(INCIDENT, &["TRK"]);
    let (trk, office) = (world.station_secret("TRK"), world.office.secret.clone());
    let holds = |world: &World, owner: &RecipientSecret| {
        world.directory().scope_secret(&scope(INCIDENT), owner).is_some()
    };
    assert!(holds(&world, &trk) && holds(&world, &office));
    assert_eq!(world.directory().scopes_of(&scope("TRK")), [scope("TRK"), scope(INCIDENT)]);

    world.close(INCIDENT);
    assert!(!holds(&world, &trk) && holds(&world, &office));
    assert_eq!(world.directory().scopes_of(&scope("TRK")), [scope("TRK")]);
    assert!(world.directory().open_incidents(&scope("TRK")).is_empty());
}

#[test]
fn a_closed_incident_opens_again_with_the_same_key() {
    let mut world = World::new(4);
    world.open(INCIDENT, &["TRK"]);
    let before = world.directory().place(&scope(INCIDENT)).unwrap().recipient;
    world.close(INCIDENT);
    world.open(INCIDENT, &["TRK"]);
    let directory = world.directory();
    assert_eq!(directory.place(&scope(INCIDENT)).unwrap().recipient, before);
    assert!(directory.scope_secret(&scope(INCIDENT), &world.station_secret("TRK")).is_some());
    assert_eq!(directory.open_incidents(&scope("TRK")), [&scope(INCIDENT)]);
}

#[test]
fn an_incident_opened_again_with_other_stations_is_theirs() {
    let mut world = World::new(5);
    world.open(INCIDENT, &["TRK"]);
    world.open(INCIDENT, &["ALA"]);
    let directory = world.directory();
    assert!(directory.scope_secret(&scope(INCIDENT), &world.station_secret("ALA")).is_some());
    assert!(directory.scope_secret(&scope(INCIDENT), &world.station_secret("TRK")).is_none());
    assert_eq!(directory.open_incidents(&scope("ALA")), [&scope(INCIDENT)]);
    assert!(directory.open_incidents(&scope("TRK")).is_empty());
}

#[test]
fn documents_are_sealed_to_the_office_and_to_the_scope_where_it_may_read() {
    let mut world = World::new(6);
    world.open(INCIDENT, &["TRK"]);
    let directory = world.directory();
    let office = world.office.secret.recipient();
    for code in ["TRK", INCIDENT] {
        let place = directory.place(&scope(code)).unwrap().recipient;
        for part in [Part::Intake, Part::Answer] {
            assert_eq!(directory.recipients(part, &scope(code)), Some(vec![office, place]));
        }
        assert_eq!(directory.recipients(Part::Review, &scope(code)), Some(vec![office]));
    }
    assert_eq!(directory.recipients(Part::Intake, &scope("NOWHERE")), None);
}

#[test]
fn before_the_office_has_named_itself_nothing_is_sealed() {
    let world = World::new(7);
    let unnamed = world.records.iter().filter(|record| record.id() != world.founding.id());
    let directory = Directory::build(world.office.signer.author(), unnamed);
    assert_eq!(directory.recipients(Part::Intake, &scope("TRK")), None);
    assert_eq!(world.directory().office_name(), "Әкімдік");
}

#[test]
fn a_code_names_one_place() {
    let mut world = World::new(8);
    world.open(INCIDENT, &["TRK"]);
    let directory = world.directory();
    for taken in ["TRK", INCIDENT, "OFFICE"] {
        let rng = &mut world.rng;
        let refused = world.office.add_station(&directory, &scope(taken), "x", NOW, rng);
        assert!(matches!(refused, Err(OfficeError::Taken(_))), "{taken}");
    }
    for taken in ["TRK", "OFFICE"] {
        let rng = &mut world.rng;
        let refused = world.office.open_incident(&directory, &scope(taken), "x", &[], NOW, rng);
        assert!(matches!(refused, Err(OfficeError::Taken(_))), "{taken}");
    }
}

#[test]
fn an_incident_opens_at_known_stations_and_closes_if_known() {
    let mut world = World::new(9);
    let (directory, rng) = (world.directory(), &mut world.rng);
    let nowhere = [scope("NOWHERE")];
    let refused = world.office.open_incident(&directory, &scope("NEW"), "x", &nowhere, NOW, rng);
    assert!(matches!(refused, Err(OfficeError::NoStation(_))));
    let refused = world.office.close_incident(&directory, &scope("NEW"), NOW, rng);
    assert!(matches!(refused, Err(OfficeError::NoIncident(_))));
}

#[test]
fn an_office_without_its_key_cannot_close_or_open_again() {
    let mut world = World::new(10);
    world.open(INCIDENT, &["TRK"]);
    world.office.secret = RecipientSecret::random(&mut world.rng);
    let (directory, rng) = (world.directory(), &mut world.rng);
    let closed = world.office.close_incident(&directory, &scope(INCIDENT), NOW, rng);
    assert!(matches!(closed, Err(OfficeError::Locked(_))));
    let opened = world.office.open_incident(&directory, &scope(INCIDENT), "x", &[], NOW, rng);
    assert!(matches!(opened, Err(OfficeError::Locked(_))));
}

/// An office put back from a backup has forgotten that it revoked a kiosk whose code has not
/// expired, admits it once more, and then hears its own old decision from another kiosk.
#[test]
fn an_admission_that_nobody_decided_never_outranks_a_decision() {
    for state in [StandingState::Revoked, StandingState::Admitted] {
        let mut world = World::new(9);
        let code = world.enrol("TRK", Role::Staffed);
        let device = world.set_up(&code).author();
        let forgotten = world.set_standing(&device, state);
        world.records.pop();
        world.add(|world, directory| {
            world.office.admit_on_contact(directory, &device, NOW + 99, &mut world.rng).unwrap()
        });
        assert_eq!(world.directory().device_standing(&device), Ok(()));
        world.records.push(forgotten);
        let counts = world.directory().device_standing(&device).is_ok();
        assert_eq!(counts, state == StandingState::Admitted);
    }
}
