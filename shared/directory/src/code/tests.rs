//! The enrolment code as people handle it: copied, mistyped, cut, mixed up, kept for a week.

use std::path::Path;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;
use crate::Office;
use crate::fixture::{EXPIRES, World, scope};

fn code(seed: u64, role: Role) -> (World, EnrolmentCode) {
    let mut world = World::new(seed);
    world.open("ARYS-2019", &["TRK"]);
    let code = world.enrol("TRK", role);
    (world, code)
}

fn places(records: &[Record]) -> Vec<&str> {
    records.iter().map(|record| record.header().scope.as_str()).collect()
}

#[test]
fn a_code_reads_back_for_both_roles() {
    for role in [Role::Staffed, Role::SelfService] {
        let (world, code) = code(1, role);
        let text = code.to_text();
        assert!(!text.contains(char::is_whitespace));
        let read = EnrolmentCode::parse(&format!("  {}\n", *text)).unwrap();
        assert_eq!(read.url, "https://beket.example");
        assert_eq!(read.office, *world.office.signer.author().as_bytes());
        assert_eq!((&read.records, *read.key), (&code.records, *code.key));
        assert_eq!(read.station_secret, code.station_secret);
        assert_eq!(*read.to_text(), *text);

        let (records, station, enrolment) = read.prove().unwrap();
        assert_eq!(places(&records), ["OFFICE", "TRK", "ARYS-2019", "TRK"]);
        assert_eq!((station.as_str(), enrolment.role), ("TRK", role));
        assert_eq!((enrolment.letter.as_str(), enrolment.expires), ("A", EXPIRES));
        assert_eq!(enrolment.key, *Signer::from_bytes(&read.key).author().as_bytes());
    }
}

#[test]
fn a_staffed_kiosk_s_code_opens_its_station_and_incidents() {
    let (world, code) = code(2, Role::Staffed);
    let secret = RecipientSecret::from_bytes(&code.station_secret.clone().unwrap()).unwrap();
    assert_eq!(secret.recipient(), world.station_secret("TRK").recipient());
    let directory = Directory::build(Author::from_bytes(code.office), &code.prove().unwrap().0);
    assert!(directory.scope_secret(&scope("ARYS-2019"), &secret).is_some());
}

#[test]
fn a_self_service_kiosk_s_code_holds_no_secret_that_opens_documents() {
    let (world, code) = code(3, Role::SelfService);
    assert_eq!(code.station_secret, None);
    let text = code.to_text();
    let bytes = BASE64URL_NOPAD.decode(&text.as_bytes()[PREFIX.len()..]).unwrap();
    let shows = |secret: &[u8; 32]| bytes.windows(32).any(|window| window == secret);
    assert!(shows(&code.key), "the search finds what is there");
    let incident = world.directory().scope_secret(&scope("ARYS-2019"), &world.office.secret);
    for secret in [world.station_secret("TRK"), world.office.secret.clone(), incident.unwrap()] {
        assert!(!shows(secret.as_bytes()));
    }
    assert!(!shows(&world.office.signer.to_bytes()));
}

#[test]
fn a_mistyped_character_anywhere_is_noticed() {
    let (_, code) = code(4, Role::Staffed);
    let text = code.to_text().to_string();
    for at in 0..text.len() {
        for typed in ["A", "b", "0", "_", "+", " ", "ә"] {
            if text[at..].starts_with(typed) {
                continue;
            }
            let mistyped = format!("{}{typed}{}", &text[..at], &text[at + 1..]);
            let expected = if at < PREFIX.len() { CodeError::NotACode } else { CodeError::Damaged };
            assert_eq!(EnrolmentCode::parse(&mistyped).err(), Some(expected), "{typed} at {at}");
        }
    }
}

#[test]
fn a_code_cut_anywhere_or_with_more_behind_it_is_noticed() {
    let (_, code) = code(5, Role::SelfService);
    let text = code.to_text().to_string();
    for len in 0..text.len() {
        let expected = if len < PREFIX.len() { CodeError::NotACode } else { CodeError::Damaged };
        assert_eq!(EnrolmentCode::parse(&text[..len]).err(), Some(expected), "{len}");
    }
    assert_eq!(EnrolmentCode::parse(&format!("{text}AA")).err(), Some(CodeError::Damaged));
    assert_eq!(EnrolmentCode::parse(&text.repeat(2)).err(), Some(CodeError::Damaged));
}

#[test]
fn two_neighbours_swapped_are_noticed() {
    let (_, code) = code(6, Role::Staffed);
    let text = code.to_text().to_string();
    for at in PREFIX.len()..text.len() - 1 {
        let mut swapped = text.clone().into_bytes();
        swapped.swap(at, at + 1);
        let swapped = String::from_utf8(swapped).unwrap();
        if swapped != text {
            assert_eq!(EnrolmentCode::parse(&swapped).err(), Some(CodeError::Damaged), "{at}");
        }
    }
}

#[test]
fn a_code_of_another_office_s_certificates_is_unproven() {
    let (_, code) = code(7, Role::Staffed);
    let (other_world, other) = self::code(8, Role::Staffed);
    let mixed = EnrolmentCode { records: other.records.clone(), ..code.clone() };
    assert_eq!(mixed.prove().err(), Some(CodeError::Unproven));
    let other_office = *other_world.office.signer.author().as_bytes();
    let mixed = EnrolmentCode { office: other_office, ..code.clone() };
    assert_eq!(mixed.prove().err(), Some(CodeError::Unproven));
    let mut mixed = code.clone();
    mixed.records.push(other.records[0].clone());
    assert_eq!(mixed.prove().err(), Some(CodeError::Unproven));
    assert!(code.prove().is_ok() && other.prove().is_ok());
}

/// The office, the station and the enrolment; a code can do without its incident.
#[test]
fn a_code_that_lacks_a_needed_record_is_unproven() {
    let (_, code) = code(9, Role::Staffed);
    for (at, needed) in [true, true, false, true].into_iter().enumerate() {
        let mut lacking = code.clone();
        lacking.records.remove(at);
        assert_eq!(lacking.prove().is_err(), needed, "record {at}");
    }
}

#[test]
fn a_code_with_an_altered_record_is_unproven() {
    let (_, code) = code(10, Role::SelfService);
    for at in 0..code.records.len() {
        for byte in 0..code.records[at].len() {
            let mut altered = code.clone();
            let mut bytes = altered.records[at].to_vec();
            bytes[byte] ^= 1;
            altered.records[at] = bytes.into();
            assert_eq!(altered.prove().err(), Some(CodeError::Unproven), "{at}, {byte}");
        }
    }
}

#[test]
fn a_code_with_another_s_keys_is_unproven() {
    let (mut world, code) = code(11, Role::Staffed);
    let other = world.enrol("ALA", Role::Staffed);
    let unproven = |code: EnrolmentCode| code.prove().err() == Some(CodeError::Unproven);
    assert!(unproven(EnrolmentCode { key: other.key.clone(), ..code.clone() }));
    let station_secret = other.station_secret.clone();
    assert!(unproven(EnrolmentCode { station_secret, ..code.clone() }));
    assert!(unproven(EnrolmentCode { station_secret: None, ..code.clone() }));

    let self_service = world.enrol("TRK", Role::SelfService);
    let station_secret = code.station_secret.clone();
    assert!(unproven(EnrolmentCode { station_secret, ..self_service }));
}

#[test]
fn a_code_shown_by_mistake_tells_no_key() {
    let (_, code) = code(12, Role::Staffed);
    let shown = format!("{code:?} {code:#?}");
    assert!(shown.contains("https://beket.example"));
    for secret in [&code.key, code.station_secret.as_ref().unwrap()] {
        let digits = secret.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
        let hex = data_encoding::HEXLOWER.encode(&**secret);
        assert!(!shown.contains(&digits) && !shown.contains(&hex));
    }
}

/// Codes are printed days before they are typed in: a newer version must read an older one's.
/// `BEKET_BLESS=1` writes the file anew; see `certificate/tests.rs` for when that is allowed.
#[test]
fn a_code_of_version_1_is_proven() {
    let signer = Signer::from_bytes(&[0xa5; 32]);
    let secret = RecipientSecret::from_bytes(&[0xa6; 32]).unwrap();
    let office = Office { signer: signer.clone(), secret: secret.clone() };
    let mut world = World::of(office, ChaCha8Rng::seed_from_u64(13));
    world.open("ARYS-2019", &["TRK"]);
    let made = world.enrol("TRK", Role::Staffed);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/enrolment-code-staffed-1.txt");
    if std::env::var_os("BEKET_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, &**made.to_text()).unwrap();
    }
    let read = EnrolmentCode::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(
        (read.url.as_str(), read.office),
        ("https://beket.example", *signer.author().as_bytes())
    );
    let (records, station, enrolment) = read.prove().unwrap();
    assert_eq!(places(&records), ["OFFICE", "TRK", "ARYS-2019", "TRK"]);
    assert_eq!((station.as_str(), enrolment.letter.as_str()), ("TRK", "A"));
    assert_eq!((enrolment.role, enrolment.expires), (Role::Staffed, EXPIRES));

    let directory = Directory::build(signer.author(), &records);
    let station_secret =
        RecipientSecret::from_bytes(&read.station_secret.clone().unwrap()).unwrap();
    assert_eq!(directory.office_name(), "Әкімдік");
    let held = directory.scope_secret(&scope("TRK"), &secret).unwrap();
    assert_eq!(held.recipient(), station_secret.recipient());
    assert!(directory.scope_secret(&scope("ARYS-2019"), &station_secret).is_some());
}
