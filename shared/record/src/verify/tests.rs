//! One bad signature among many, and what a disk gives back.

use super::*;
use crate::fixture::{chance, stated};

fn records(count: u8) -> Vec<Record> {
    let rng = &mut chance(1);
    (0..count).map(|number| stated(&[number], &Signer::random(rng))).collect()
}

fn unverified(record: &Record) -> Unverified {
    Unverified::parse(record.bytes().to_vec()).unwrap()
}

#[test]
fn sound_records_verify_one_by_one_and_together() {
    let records = records(20);
    for record in &records {
        assert_eq!(unverified(record).verify().as_ref(), Ok(record));
    }
    let together = verify_all(records.iter().map(unverified).collect(), &mut chance(2));
    assert_eq!(together, records.into_iter().map(Ok).collect::<Vec<_>>());
    assert_eq!(verify_all(Vec::new(), &mut chance(2)), []);
}

#[test]
fn a_bad_record_among_many_is_the_only_one_refused() {
    let records = records(9);
    for bad in 0..records.len() {
        let mut all: Vec<_> = records.iter().map(unverified).collect();
        let last = all[bad].bytes.len() - 1;
        all[bad].bytes[last] ^= 1;
        for (at, result) in verify_all(all, &mut chance(2)).into_iter().enumerate() {
            let expected = if at == bad { Err(BadSignature) } else { Ok(records[at].clone()) };
            assert_eq!(result, expected, "bad {bad}, at {at}");
        }
    }
}

/// Two errors that would cancel out in a plain sum of the equations.
#[test]
fn signatures_swapped_between_two_records_are_both_refused() {
    let signer = Signer::random(&mut chance(3));
    let mut all = vec![unverified(&stated(b"one", &signer)), unverified(&stated(b"two", &signer))];
    let (first, second) = (all[0].signature(), all[1].signature());
    for (record, signature) in all.iter_mut().zip([second, first]) {
        let end = record.body.end;
        record.bytes[end..].copy_from_slice(&signature);
    }
    assert_eq!(verify_all(all, &mut chance(4)), [Err(BadSignature), Err(BadSignature)]);
}

#[test]
fn another_key_cannot_sign_for_the_author() {
    let rng = &mut chance(5);
    let (author, other) = (Signer::random(rng), Signer::random(rng));
    let mut record = unverified(&stated(b"mine", &author));
    let signature = other.sign(&message(record.id.as_bytes()));
    let end = record.body.end;
    record.bytes[end..].copy_from_slice(&signature);
    assert_eq!(record.verify(), Err(BadSignature));
}

/// A signature over the bare id would be one that some other protocol could be talked into.
#[test]
fn a_signature_without_the_domain_is_refused() {
    let signer = Signer::random(&mut chance(6));
    let mut record = unverified(&stated(b"mine", &signer));
    let signature = signer.sign(record.id.as_bytes());
    let end = record.body.end;
    record.bytes[end..].copy_from_slice(&signature);
    assert_eq!(record.verify(), Err(BadSignature));
}

#[test]
fn a_disk_that_gives_another_record_back_is_noticed() {
    let records = records(2);
    let (bytes, id) = (records[0].bytes().to_vec(), records[0].id());
    assert_eq!(Record::from_disk(bytes.clone(), id), Ok(Some(records[0].clone())));
    assert_eq!(Record::from_disk(bytes.clone(), records[1].id()), Ok(None));

    let mut altered = bytes.clone();
    altered[3] ^= 1;
    assert_eq!(Record::from_disk(altered, id), Ok(None));
    let cut = bytes[..bytes.len() - 1].to_vec();
    assert_eq!(Record::from_disk(cut, id), Err(Malformed::Short("signature")));
}
