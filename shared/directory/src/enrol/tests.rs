//! Admission of first and later devices, and the letters that kiosks are given.

use std::collections::BTreeSet;

use beket_record::{Part, RecipientSecret};

use super::*;
use crate::certificate::StandingState;
use crate::fixture::{EXPIRES, NOW, World, header, scope};
use crate::{Held, Judgement, Set};

fn terms(station: &str) -> EnrolmentTerms {
    let (station, url) = (scope(station), String::new());
    EnrolmentTerms { station, role: Role::Staffed, url, expires: EXPIRES }
}

#[test]
fn the_first_device_of_an_enrolment_is_admitted_and_the_second_is_not() {
    let mut world = World::new(1);
    let code = world.enrol("TRK", Role::Staffed);
    let first = world.set_up(&code).author();
    assert!(world.directory().is_admissible(&first, u64::from(NOW)));
    world.set_standing(&first, StandingState::Admitted);

    let second = world.set_up(&code).author();
    let directory = world.directory();
    assert!(!directory.is_admissible(&second, u64::from(NOW)));
    assert!(!directory.is_admissible(&first, u64::from(NOW)), "a word on it stands already");
    let judged = directory.judge_header(&header(Part::Intake, "TRK", &second));
    assert_eq!(judged, Judgement::Held(Set::Held(scope("TRK")), Held::NotAdmitted));
}

#[test]
fn a_revoked_first_device_does_not_make_room_for_a_second() {
    let mut world = World::new(2);
    let code = world.enrol("TRK", Role::SelfService);
    let first = world.set_up(&code).author();
    world.set_standing(&first, StandingState::Revoked);
    let second = world.set_up(&code).author();
    assert!(!world.directory().is_admissible(&second, u64::from(NOW)));
    assert!(!world.directory().is_admissible(&first, u64::from(NOW)));
}

#[test]
fn other_enrolments_do_not_stand_in_the_way() {
    let mut world = World::new(3);
    world.kiosk("TRK");
    let code = world.enrol("TRK", Role::Staffed);
    let device = world.set_up(&code).author();
    assert!(world.directory().is_admissible(&device, u64::from(NOW)));
}

#[test]
fn an_enrolment_admits_until_its_last_second() {
    let mut world = World::new(4);
    let code = world.enrol("TRK", Role::Staffed);
    let device = world.set_up(&code).author();
    assert!(world.directory().is_admissible(&device, EXPIRES));
    assert!(!world.directory().is_admissible(&device, EXPIRES + 1));
}

#[test]
fn an_unknown_device_is_not_admissible() {
    let mut world = World::new(5);
    let stranger = Signer::random(&mut world.rng).author();
    assert!(!world.directory().is_admissible(&stranger, u64::from(NOW)));
}

#[test]
fn devices_wait_for_a_word_until_the_office_speaks_of_them() {
    let mut world = World::new(11);
    world.kiosk("TRK");
    assert_eq!(world.directory().devices_without_word(), []);
    let code = world.enrol("TRK", Role::Staffed);
    let mut waiting = [world.set_up(&code).author(), world.set_up(&code).author()];
    waiting.sort();
    assert_eq!(world.directory().devices_without_word(), waiting);
    world.set_standing(&waiting[0], StandingState::Revoked);
    assert_eq!(world.directory().devices_without_word(), waiting[1..]);
}

#[test]
fn a_person_can_adopt_a_second_device() {
    let mut world = World::new(6);
    let code = world.enrol("TRK", Role::Staffed);
    let first = world.set_up(&code).author();
    world.set_standing(&first, StandingState::Admitted);
    let second = world.set_up(&code).author();
    world.set_standing(&second, StandingState::Admitted);
    for device in [first, second] {
        assert_eq!(world.directory().device_standing(&device), Ok(()));
    }
}

#[test]
fn letters_are_unique_at_each_station() {
    let mut world = World::new(7);
    let letters = |world: &mut World, station: &str, count: usize| -> Vec<String> {
        (0..count)
            .map(|_| world.enrol(station, Role::SelfService).prove().unwrap().2.letter)
            .collect()
    };
    assert_eq!(letters(&mut world, "TRK", 3), ["A", "B", "C"]);
    assert_eq!(letters(&mut world, "ALA", 1), ["A"]);
    let rest = letters(&mut world, "TRK", 26);
    assert_eq!(rest[22..], ["Z", "AA", "AB", "AC"]);
    let all: BTreeSet<_> = rest.iter().collect();
    assert_eq!(all.len(), rest.len());
}

#[test]
fn a_station_without_a_free_letter_says_so() {
    let mut world = World::new(8);
    world.enrol("TRK", Role::SelfService);
    let mut directory = world.directory();
    let template = directory.enrolments.values().next().unwrap().clone();
    while let Some(letter) = next_letter(&directory, &scope("TRK")) {
        let key = Signer::random(&mut world.rng).author();
        let taken = crate::register::KnownEnrolment { letter, ..template.clone() };
        directory.enrolments.insert(key, taken);
    }
    assert_eq!(directory.enrolments.len(), 26 + 26 * 26);
    let refused =
        world.office.enrol(&directory, &world.founding, &terms("TRK"), NOW, &mut world.rng);
    assert!(matches!(refused, Err(OfficeError::NoLetter(_))));
}

#[test]
fn only_a_station_can_be_enrolled_at() {
    let mut world = World::new(9);
    world.open("ARYS-2019", &["TRK"]);
    let directory = world.directory();
    for place in ["NOWHERE", "ARYS-2019", "OFFICE"] {
        let refused =
            world.office.enrol(&directory, &world.founding, &terms(place), NOW, &mut world.rng);
        assert!(matches!(refused, Err(OfficeError::NoStation(_))), "{place}");
    }
}

#[test]
fn an_office_without_its_key_cannot_hand_out_a_station_s() {
    let mut world = World::new(10);
    world.office.secret = RecipientSecret::random(&mut world.rng);
    let directory = world.directory();
    let refused =
        world.office.enrol(&directory, &world.founding, &terms("TRK"), NOW, &mut world.rng);
    assert!(matches!(refused, Err(OfficeError::Locked(_))));
}
