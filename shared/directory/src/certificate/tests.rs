//! Certificates as bytes: those of today, those of a later version, and broken ones.
//!
//! `BEKET_BLESS=1 cargo test -p beket-directory` writes the golden files anew. Do that only while
//! no installation holds certificates, and say why in the commit; afterwards a changed encoding
//! is a new file beside the old one, and the old one's test stays.

use std::path::Path;

use minicbor::Encoder;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::fixture::replaying;

/// The committed file; with `BEKET_BLESS=1`, `made` is written over it first.
fn golden(name: &str, made: &[u8]) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(name);
    if std::env::var_os("BEKET_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, made).unwrap();
    }
    std::fs::read(&path).unwrap()
}

fn incident(closed: bool) -> Certificate {
    Certificate::Incident(Incident {
        name: "Арыс".into(),
        recipient: [3; 32],
        stations: vec!["TRK".into(), "ALA".into()],
        closed,
        revision: 4,
    })
}

fn enrolment(role: Role) -> Certificate {
    let (key, letter, expires) = ([5; 32], "B".into(), 1_561_086_400);
    Certificate::Enrolment(Enrolment { key, letter, role, expires })
}

fn standing(state: StandingState) -> Certificate {
    Certificate::Standing(Standing { device: [7; 32], state, revision: 8 })
}

fn counted() -> Counted {
    let ids = [3, 4].map(|first| RecordId::from_bytes([first; 32]));
    Counted::all(&ids).next().unwrap()
}

#[test]
fn a_mention_that_is_cut_short_says_nothing() {
    let mut counted = counted();
    assert_eq!(counted.mentions().collect::<Vec<_>>(), [[3; 16], [4; 16]]);
    counted.mentions.pop();
    assert_eq!(counted.mentions().collect::<Vec<_>>(), [[3; 16]]);
    counted.mentions.clear();
    assert_eq!(counted.mentions().count(), 0);
}

fn all() -> Vec<(&'static str, Certificate)> {
    let office = OfficeName { name: "Әкімдік".into(), recipient: [1; 32] };
    let station = Station { name: "Түркістан".into(), recipient: [2; 32], revision: 3 };
    vec![
        ("office-1.bin", Certificate::Office(office)),
        ("station-1.bin", Certificate::Station(station)),
        ("incident-open-1.bin", incident(false)),
        ("incident-closed-1.bin", incident(true)),
        ("enrolment-staffed-1.bin", enrolment(Role::Staffed)),
        ("enrolment-self-service-1.bin", enrolment(Role::SelfService)),
        ("device-1.bin", Certificate::Device(Device { key: [6; 32], proof: [5; 64] })),
        ("standing-admitted-1.bin", standing(StandingState::Admitted)),
        ("standing-revoked-1.bin", standing(StandingState::Revoked)),
        ("counted-1.bin", Certificate::Counted(counted())),
    ]
}

#[test]
fn certificates_of_version_1_read_and_are_still_written_so() {
    for (name, certificate) in all() {
        let bytes = golden(name, &certificate.to_bytes());
        assert_eq!(Certificate::from_bytes(&bytes).as_ref(), Some(&certificate), "{name}");
        assert_eq!(certificate.to_bytes(), bytes, "{name}");
    }
}

/// `[kind, [{fields…, 99: "later"}]]`, which is what a later version will write.
fn with_a_later_field(bytes: &[u8]) -> Vec<u8> {
    assert_eq!((bytes[0], bytes[2]), (0x82, 0x81), "[kind, [map]]");
    let fields = bytes[3] - 0xa0;
    let mut later = bytes.to_vec();
    later[3] += 1;
    assert!(fields < 0x17, "the count of fields is in the first byte");
    let mut encoder = Encoder::new(Vec::new());
    encoder.u8(99).unwrap().array(2).unwrap().str("later").unwrap().u8(1).unwrap();
    later.extend_from_slice(&encoder.into_writer());
    later
}

#[test]
fn a_later_version_s_extra_field_is_passed_over() {
    for (name, certificate) in all() {
        let later = with_a_later_field(&certificate.to_bytes());
        assert_eq!(Certificate::from_bytes(&later), Some(certificate), "{name}");
    }
}

#[test]
fn fields_that_may_be_missing_are_read_as_empty() {
    let mut encoder = Encoder::new(Vec::new());
    encoder.array(2).unwrap().u8(2).unwrap().array(1).unwrap();
    encoder.map(1).unwrap().u8(1).unwrap().bytes(&[3; 32]).unwrap();
    let bare = Incident {
        name: String::new(),
        recipient: [3; 32],
        stations: Vec::new(),
        closed: false,
        revision: 0,
    };
    let read = Certificate::from_bytes(&encoder.into_writer());
    assert_eq!(read, Some(Certificate::Incident(bare)));
}

#[test]
fn unknown_kinds_roles_and_states_are_no_statement() {
    let altered = |certificate: Certificate, from: &[u8], to: &[u8]| {
        let bytes = certificate.to_bytes();
        let at = bytes.windows(from.len()).position(|window| window == from).unwrap();
        let altered = [&bytes[..at], to, &bytes[at + from.len()..]].concat();
        Certificate::from_bytes(&altered)
    };
    assert_eq!(altered(incident(false), &[0x82, 2], &[0x82, 6]), None);
    let role = [2, 1, 3]; // field 2: self-service; then field 3
    assert_eq!(altered(enrolment(Role::SelfService), &role, &[2, 2, 3]), None);
    let state = [1, 0, 2]; // field 1: admitted; then field 2
    assert_eq!(altered(standing(StandingState::Admitted), &state, &[1, 2, 2]), None);
}

#[test]
fn cut_and_overlong_certificates_are_no_statement() {
    for (name, certificate) in all() {
        let mut bytes = certificate.to_bytes();
        for len in 0..bytes.len() {
            assert_eq!(Certificate::from_bytes(&bytes[..len]), None, "{name} cut at {len}");
        }
        bytes.push(0);
        assert_eq!(Certificate::from_bytes(&bytes), None, "{name} with a byte behind it");
    }
}

#[test]
fn the_words_of_the_command_line_are_these() {
    assert_eq!([Role::Staffed.as_str(), Role::SelfService.as_str()], ["staffed", "self-service"]);
}

proptest! {
    #![proptest_config(replaying(1_000))]

    /// A certificate's body comes from anyone who once held an enrolment code.
    #[test]
    fn any_bytes_get_an_answer(
        bytes in vec(any::<u8>(), 0..120),
        which in 0..9_usize,
        damage in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        drop(Certificate::from_bytes(&bytes));
        let mut damaged = all()[which].1.to_bytes();
        for (at, byte) in damage {
            let at = at.index(damaged.len());
            damaged[at] = byte;
        }
        if let Some(read) = Certificate::from_bytes(&damaged) {
            prop_assert_eq!(Certificate::from_bytes(&read.to_bytes()), Some(read));
        }
    }
}
