//! The layout against cut, long, heavy and random bytes.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::fixture::{chance, replaying, scope, stated};
use crate::{DocumentKey, RecipientSecret, Record, SealError, Signer, Statement, state};

const BODY_LEN: usize = 4;

fn header(grants: usize) -> Header {
    let grant = Grant { hint: [1; 4], encapsulated: [2; 32], sealed: [3; 48] };
    Header {
        part: Part::Intake,
        lane: Lane::Ordinary,
        case: CaseId::from_bytes([4; 16]),
        scope: scope(),
        author: Author::from_bytes([5; 32]),
        made: 6,
        kid: KeyId([7; 16]),
        grants: vec![grant; grants],
    }
}

/// A record's bytes with a signature that is none: the layout does not look at it.
fn laid_out(header: &Header, body: &[u8]) -> Vec<u8> {
    let mut bytes = header.write();
    bytes.extend_from_slice(&u32::try_from(body.len()).unwrap().to_be_bytes());
    bytes.extend_from_slice(body);
    bytes.extend_from_slice(&[9; SIGNATURE_BYTES]);
    bytes
}

#[test]
fn the_layout_is_the_one_written_above() {
    let bytes = laid_out(&header(1), b"body");
    let expected = [
        &[1, 2, 2][..],
        &[4; 16],
        b"\x03TRK",
        &[5; 32],
        &[0, 0, 0, 6],
        &[7; 16],
        &[1, 1, 1, 1, 1],
        &[2; 32],
        &[3; 48],
        b"\x00\x00\x00\x04body",
        &[9; 64],
    ];
    assert_eq!(bytes, expected.concat());
}

#[test]
fn the_address_covers_all_bytes_before_the_signature_and_none_of_it() {
    let bytes = laid_out(&header(0), b"body");
    let id = Unverified::parse(bytes.clone()).unwrap().id();
    assert_eq!(id.as_bytes(), blake3::hash(&bytes[..bytes.len() - SIGNATURE_BYTES]).as_bytes());
}

#[test]
fn a_record_cut_anywhere_is_refused() {
    let bytes = laid_out(&header(2), b"body");
    assert!(Unverified::parse(bytes.clone()).is_ok());
    for len in 0..bytes.len() {
        let cut = Unverified::parse(bytes[..len].to_vec());
        assert!(matches!(cut, Err(Malformed::Short(_))), "{len} of {}: {cut:?}", bytes.len());
    }
}

#[test]
fn bytes_behind_the_end_are_refused() {
    let mut bytes = laid_out(&header(1), b"body");
    for trailing in 1..=3 {
        bytes.push(0);
        assert_eq!(Unverified::parse(bytes.clone()), Err(Malformed::Trailing(trailing)));
    }
}

#[test]
fn the_heaviest_record_passes_and_one_byte_more_is_refused() {
    let around = laid_out(&header(0), b"").len();
    let heaviest = laid_out(&header(0), &vec![0; MAX_RECORD_BYTES - around]);
    assert_eq!(Unverified::parse(heaviest.clone()).unwrap().bytes(), heaviest);

    let bytes = MAX_RECORD_BYTES + 1;
    let heavier = laid_out(&header(0), &vec![0; bytes - around]);
    assert_eq!(Unverified::parse(heavier), Err(Malformed::TooLarge { bytes }));
}

#[test]
fn what_would_be_refused_is_not_signed_either() {
    let signer = Signer::random(&mut chance(1));
    let header = Header { author: signer.author(), ..header(0) };
    let around = laid_out(&header, b"").len();
    assert!(Record::sign(&header, &vec![0; MAX_RECORD_BYTES - around], &signer).is_ok());
    let refused = Record::sign(&header, &vec![0; MAX_RECORD_BYTES - around + 1], &signer);
    assert!(matches!(refused, Err(Malformed::TooLarge { .. })));
}

#[test]
fn more_recipients_than_the_limit_are_refused() {
    assert!(Unverified::parse(laid_out(&header(MAX_GRANTS), b"")).is_ok());
    for grants in [MAX_GRANTS + 1, 255, 256, 300] {
        let refused = Unverified::parse(laid_out(&header(grants), b""));
        assert_eq!(refused, Err(Malformed::Unknown("number of grants")), "{grants}");
    }
}

#[test]
fn a_statement_to_too_many_recipients_is_not_made() {
    let rng = &mut chance(2);
    let signer = Signer::random(rng);
    let secret = DocumentKey::random(rng);
    let many = vec![RecipientSecret::random(rng).recipient(); MAX_GRANTS + 1];
    let mut to = |recipients: &[_]| {
        let statement = Statement {
            part: Part::Directory,
            lane: Lane::Urgent,
            case: CaseId::NONE,
            scope: &scope(),
            made: 0,
            secret: Some((&secret, recipients)),
            body: b"",
        };
        state(statement, &signer, rng)
    };
    assert_eq!(to(&many[1..]).unwrap().header().grants.len(), MAX_GRANTS);
    assert!(matches!(to(&many), Err(SealError::Layout(Malformed::Unknown("number of grants")))));
}

#[test]
fn unknown_numbers_and_unsayable_scopes_are_refused() {
    let bytes = laid_out(&header(0), b"body");
    let with = |at: usize, byte: u8| {
        let mut bytes = bytes.clone();
        bytes[at] = byte;
        Unverified::parse(bytes).map(drop)
    };
    assert_eq!(with(0, 2), Err(Malformed::Unknown("version")));
    assert_eq!(with(1, 5), Err(Malformed::Unknown("part")));
    assert_eq!(with(2, 3), Err(Malformed::Unknown("lane")));
    assert_eq!(with(20, b't'), Err(Malformed::Unknown("scope")));
    assert_eq!(with(20, 0xff), Err(Malformed::Unknown("scope")));
}

#[test]
fn a_body_longer_than_all_memory_is_refused() {
    let mut bytes = laid_out(&header(0), b"");
    let at = bytes.len() - SIGNATURE_BYTES - BODY_LEN;
    bytes[at..at + BODY_LEN].copy_from_slice(&u32::MAX.to_be_bytes());
    assert_eq!(Unverified::parse(bytes), Err(Malformed::Short("body")));
}

fn any_header() -> impl Strategy<Value = Header> {
    let grant = (any::<[u8; 4]>(), any::<[u8; 32]>(), vec(any::<u8>(), 48)).prop_map(
        |(hint, encapsulated, sealed)| Grant {
            hint,
            encapsulated,
            sealed: sealed.try_into().unwrap(),
        },
    );
    let names = (0..=4_u8, 0..=2_u8, any::<[u8; 16]>(), "[A-Z][A-Z0-9-]{1,15}");
    let rest = (any::<[u8; 32]>(), any::<u32>(), any::<[u8; 16]>(), vec(grant, 0..4));
    (names, rest).prop_map(|((part, lane, case, scope), (author, made, kid, grants))| Header {
        part: Part::from_u8(part).unwrap(),
        lane: Lane::from_u8(lane).unwrap(),
        case: CaseId::from_bytes(case),
        scope: scope.parse().unwrap(),
        author: Author::from_bytes(author),
        made,
        kid: KeyId(kid),
        grants,
    })
}

proptest! {
    #![proptest_config(replaying(512))]

    #[test]
    fn every_header_and_body_reads_back(header in any_header(), body in vec(any::<u8>(), 0..200)) {
        let bytes = laid_out(&header, &body);
        let parsed = Unverified::parse(bytes.clone()).unwrap();
        prop_assert_eq!(parsed.bytes(), &bytes[..]);
        prop_assert_eq!(&bytes[parsed.body.clone()], &body[..]);
        prop_assert_eq!(parsed.header(), &header);
    }

    /// Whatever the bytes: an answer, never a panic; and what is taken is kept as it came.
    #[test]
    fn any_bytes_get_an_answer(mut bytes in vec(any::<u8>(), 0..400), plausible in any::<bool>()) {
        if let Some(start) = bytes.get_mut(..3).filter(|_| plausible) {
            start.copy_from_slice(&[VERSION, 2, 1]);
        }
        if let Ok(parsed) = Unverified::parse(bytes.clone()) {
            prop_assert_eq!(parsed.bytes(), &bytes[..]);
        }
    }

    /// One wrong layout has one reading at most: what parses, writes the same bytes again.
    #[test]
    fn a_damaged_record_is_refused_or_read_as_it_stands(
        damage in vec((0_usize..400, any::<u8>()), 1..6),
    ) {
        let signer = Signer::random(&mut chance(3));
        let mut bytes = stated(&[8; 40], &signer).bytes().to_vec();
        for (at, byte) in damage {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        if let Ok(parsed) = Unverified::parse(bytes.clone()) {
            let body = &bytes[parsed.body.clone()];
            let mut again = laid_out(parsed.header(), body);
            again.truncate(bytes.len() - SIGNATURE_BYTES);
            again.extend_from_slice(&parsed.signature());
            prop_assert_eq!(again, bytes);
        }
    }
}
