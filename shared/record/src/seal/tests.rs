//! Sealing and opening; and that no bit of a sealed record can be changed unnoticed.

use super::*;
use crate::fixture::{chance, change, scope, sealed};
use crate::{Author, BadSignature, RecordId, Unverified};

const PARTS: [Part; 3] = [Part::Intake, Part::Answer, Part::Review];
/// Where the author stands in a record whose scope has three letters.
const AUTHOR_AT: usize = 3 + 16 + 1 + 3;

fn reread(record: &Record) -> Record {
    Unverified::parse(record.bytes().to_vec()).unwrap().verify().unwrap()
}

/// The same bytes, put out as another author's own and signed by them.
fn resigned(mut bytes: Vec<u8>, signer: &Signer) -> Option<Record> {
    let signature_at = bytes.len() - 64;
    bytes[AUTHOR_AT..AUTHOR_AT + 32].copy_from_slice(signer.author().as_bytes());
    let id = RecordId::from_bytes(*blake3::hash(&bytes[..signature_at]).as_bytes());
    let signature = signer.sign(&[&b"beket-record-1"[..], id.as_bytes()].concat());
    bytes[signature_at..].copy_from_slice(&signature);
    let parsed = Unverified::parse(bytes).ok()?;
    Some(parsed.verify().unwrap())
}

#[test]
fn every_sealed_part_opens_again() {
    let rng = &mut chance(1);
    let (signer, key) = (Signer::random(rng), DocumentKey::random(rng));
    for part in PARTS {
        for lane in [Lane::Urgent, Lane::Emergency, Lane::Ordinary] {
            let case = CaseId::random(rng);
            let draft = Draft {
                envelope: &Envelope::known(part, case, key.clone()),
                lane,
                scope: &scope(),
                made: 77,
                change: &change("мәтін"),
            };
            let record = reread(&seal(draft, &signer, rng).unwrap());
            let header = record.header();
            assert_eq!((header.part, header.lane, header.case), (part, lane, case));
            assert_eq!((&header.scope, header.made, header.kid), (&scope(), 77, key.id()));
            assert_eq!(header.author, signer.author());
            assert_eq!(open(&record, &key), Ok(change("мәтін")));
        }
    }
}

#[test]
fn the_body_is_not_in_clear() {
    let rng = &mut chance(2);
    let (signer, key) = (Signer::random(rng), DocumentKey::random(rng));
    let text = "a narrative that nobody may read on the disk";
    let record = sealed(Part::Intake, &key, &[], &change(text), &signer, rng);
    let shows = |bytes: &[u8]| bytes.windows(9).any(|window| window == b"narrative");
    assert!(shows(change(text).raw()));
    assert!(!shows(record.bytes()));
}

#[test]
fn the_same_change_sealed_twice_shows_no_likeness() {
    let rng = &mut chance(3);
    let (signer, key) = (Signer::random(rng), DocumentKey::random(rng));
    let first = sealed(Part::Intake, &key, &[], &change("x"), &signer, rng);
    let second = sealed(Part::Intake, &key, &[], &change("x"), &signer, rng);
    assert_ne!(first.id(), second.id());
    let alike = first.body().iter().zip(second.body()).filter(|(a, b)| a == b).count();
    assert!(alike < first.body().len() / 8, "{alike} of {}", first.body().len());
}

#[test]
fn office_and_scope_are_granted_the_key_and_a_stranger_is_not() {
    let rng = &mut chance(4);
    let (signer, key) = (Signer::random(rng), DocumentKey::random(rng));
    let [office, station, stranger] = [(); 3].map(|()| RecipientSecret::random(rng));
    for part in PARTS {
        let to = [office.recipient(), station.recipient()];
        let record = reread(&sealed(part, &key, &to, &change("x"), &signer, rng));
        for owner in [&office, &station] {
            let granted = record.granted_key(owner).unwrap();
            assert_eq!(open(&record, &granted), Ok(change("x")));
        }
        assert_eq!(record.granted_key(&stranger), None);
    }
}

#[test]
fn a_later_change_without_grants_opens_with_the_key_granted_before() {
    let rng = &mut chance(5);
    let (signer, key) = (Signer::random(rng), DocumentKey::random(rng));
    let office = RecipientSecret::random(rng);
    let first = sealed(Part::Intake, &key, &[office.recipient()], &change("1"), &signer, rng);
    let later = sealed(Part::Intake, &key, &[], &change("2"), &signer, rng);
    assert_eq!(later.granted_key(&office), None);
    assert_eq!(open(&later, &first.granted_key(&office).unwrap()), Ok(change("2")));
}

#[test]
fn a_record_without_a_body_grants_the_key_to_one_more() {
    let rng = &mut chance(6);
    let (signer, key) = (Signer::random(rng), DocumentKey::random(rng));
    let newcomer = RecipientSecret::random(rng);
    let change = change("x");
    let first = sealed(Part::Intake, &key, &[], &change, &signer, rng);
    let statement = Statement {
        part: Part::Intake,
        lane: Lane::Ordinary,
        case: first.header().case,
        scope: &scope(),
        made: 1,
        secret: Some((&key, &[newcomer.recipient()])),
        body: &[],
    };
    let grant = reread(&state(statement, &signer, rng).unwrap());
    assert_eq!(open(&grant, &key), Err(OpenError::NoBody));
    assert_eq!(open(&first, &grant.granted_key(&newcomer).unwrap()), Ok(change));
}

#[test]
fn a_sealed_part_is_never_written_in_clear_nor_a_statement_sealed() {
    let rng = &mut chance(7);
    let (signer, key) = (Signer::random(rng), DocumentKey::random(rng));
    for number in 0..=4 {
        let part = Part::from_u8(number).unwrap();
        let (lane, case, scope, made) = (Lane::Ordinary, CaseId::NONE, &scope(), 1);
        let statement = Statement { part, lane, case, scope, made, secret: None, body: b"name" };
        let change = &change("x");
        let envelope = &Envelope::known(part, case, key.clone());
        let draft = Draft { envelope, lane, scope, made, change };
        assert_eq!(state(statement, &signer, rng).is_ok(), !part.is_sealed(), "{part:?}");
        assert_eq!(seal(draft, &signer, rng).is_ok(), part.is_sealed(), "{part:?}");
    }
}

#[test]
fn another_key_opens_nothing() {
    let rng = &mut chance(8);
    let (signer, key) = (Signer::random(rng), DocumentKey::random(rng));
    let record = sealed(Part::Intake, &key, &[], &change("x"), &signer, rng);
    assert_eq!(open(&record, &DocumentKey::random(rng)), Err(OpenError::NoKey));
}

/// What is sealed may still be anything: its author is not trusted for it.
#[test]
fn a_sealed_body_that_is_no_change_stays_shut() {
    let rng = &mut chance(9);
    let (signer, key) = (Signer::random(rng), DocumentKey::random(rng));
    let record = sealed(Part::Intake, &key, &[], &change("x"), &signer, rng);
    let resealed = |content: &[u8]| {
        let mut header = record.header().write();
        let body_len = u32::try_from(NONCE_BYTES + content.len() + 16).unwrap();
        header.extend_from_slice(&body_len.to_be_bytes());
        let payload = Payload { msg: content, aad: &header };
        let body = cipher(&key).encrypt(&XNonce::from([1; NONCE_BYTES]), payload).unwrap();
        let body = [&[1; NONCE_BYTES][..], &body].concat();
        open(&Record::sign(record.header(), &body, &signer).unwrap(), &key)
    };
    assert_eq!(resealed(b"no frame"), Err(OpenError::Inflate));
    let junk = compress::deflate(b"no change").unwrap();
    assert_eq!(resealed(&junk), Err(OpenError::Guard(GuardError::NotAChange)));
    let sound = compress::deflate(change("y").raw()).unwrap();
    assert_eq!(resealed(&sound), Ok(change("y")));
}

#[test]
fn a_body_too_short_for_its_seal_stays_shut() {
    let rng = &mut chance(10);
    let (signer, key) = (Signer::random(rng), DocumentKey::random(rng));
    let record = sealed(Part::Intake, &key, &[], &change("x"), &signer, rng);
    for len in 1..NONCE_BYTES + 16 {
        let short = Record::sign(record.header(), &record.body()[..len], &signer).unwrap();
        assert_eq!(open(&short, &key), Err(OpenError::Seal), "{len}");
    }
}

#[test]
fn any_single_bit_flipped_is_refused() {
    let rng = &mut chance(11);
    let (signer, key) = (Signer::random(rng), DocumentKey::random(rng));
    let owner = RecipientSecret::random(rng).recipient();
    let record = sealed(Part::Intake, &key, &[owner], &change("x"), &signer, rng);
    assert_eq!(open(&reread(&record), &key), Ok(change("x")));

    let mut past_the_layout = 0;
    for bit in 0..record.bytes().len() * 8 {
        let mut bytes = record.bytes().to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        if let Ok(parsed) = Unverified::parse(bytes) {
            assert_eq!(parsed.verify(), Err(BadSignature), "bit {bit}");
            past_the_layout += 1;
        }
    }
    assert!(past_the_layout > 2_000, "the signature was asked {past_the_layout} times only");
}

/// Whoever signs it anew, the author or a thief who puts it out as theirs: the seal fits one
/// header, one author, one body.
#[test]
fn any_single_bit_flipped_and_signed_anew_does_not_open() {
    let rng = &mut chance(12);
    let (author, thief) = (Signer::random(rng), Signer::random(rng));
    let key = DocumentKey::random(rng);
    let owner = RecipientSecret::random(rng).recipient();
    let record = sealed(Part::Intake, &key, &[owner], &change("x"), &author, rng);
    let bytes = record.bytes().to_vec();
    assert_eq!(AUTHOR_AT, bytes.windows(32).position(|w| w == author.author().as_bytes()).unwrap());
    assert_eq!(resigned(bytes.clone(), &author), Some(record));
    let stolen = resigned(bytes.clone(), &thief).unwrap();
    assert_eq!(open(&stolen, &key), Err(OpenError::Seal));

    let mut past_the_layout = 0;
    for bit in 0..(bytes.len() - 64) * 8 {
        if (AUTHOR_AT..AUTHOR_AT + 32).contains(&(bit / 8)) {
            continue; // `resigned` writes the signer there; the thief's is the test of it
        }
        let mut bytes = bytes.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        for signer in [&author, &thief] {
            let Some(forged) = resigned(bytes.clone(), signer) else {
                continue;
            };
            past_the_layout += 1;
            let opened = open(&forged, &key);
            assert!(matches!(opened, Err(OpenError::Seal | OpenError::NoKey)), "bit {bit}");
        }
    }
    assert!(past_the_layout > 3_000, "only {past_the_layout} forgeries passed the layout");
}

/// A kiosk that may write to a case can copy its clear bytes into a record of its own.
#[test]
fn grants_copied_to_another_case_or_part_grant_nothing() {
    let rng = &mut chance(13);
    let (author, thief) = (Signer::random(rng), Signer::random(rng));
    let (key, office) = (DocumentKey::random(rng), RecipientSecret::random(rng));
    let record = sealed(Part::Intake, &key, &[office.recipient()], &change("x"), &author, rng);
    let copied = |part, case| {
        let author: Author = thief.author();
        let header = Header { part, case, author, ..record.header().clone() };
        Record::sign(&header, record.body(), &thief).unwrap().granted_key(&office)
    };
    let case = record.header().case;
    assert_eq!(copied(Part::Intake, case), Some(key), "same place: the office holds it anyway");
    assert_eq!(copied(Part::Answer, case), None);
    assert_eq!(copied(Part::Intake, CaseId::from_bytes([1; 16])), None);
}
