//! The guard against honest changes, and against each trap that Automerge leaves open.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, Change, ROOT};
use proptest::prelude::*;

use super::*;
use crate::fixture::replaying;

fn honest(fields: usize) -> Change {
    let mut doc = Automerge::new().with_actor(ActorId::from(vec![7; 16]));
    let mut tx = doc.transaction();
    for field in 0..fields {
        tx.put(ROOT, format!("field-{field}"), "мән").unwrap();
        tx.put(ROOT, format!("number-{field}"), i64::try_from(field).unwrap()).unwrap();
    }
    tx.commit_with(CommitOptions::default().with_message("Айгүл").with_time(1_561_000_000));
    doc.get_last_local_change().unwrap()
}

/// The chunk with its length and checksum set right again after its contents were changed.
fn repack(contents: &[u8]) -> Vec<u8> {
    let mut chunk = vec![CHUNK_CHANGE];
    push_leb(&mut chunk, contents.len() as u64);
    chunk.extend_from_slice(contents);
    let hash: [u8; 32] = Sha256::digest(&chunk).into();
    [&MAGIC[..], &hash[..4], &chunk].concat()
}

fn push_leb(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
        value >>= 7;
    }
    out.push(u8::try_from(value).unwrap());
}

/// A change whose header is `start_op` and whose columns are those given.
fn forged(start_op: u64, columns: &[(u64, Vec<u8>)]) -> Vec<u8> {
    let mut contents = vec![0, 1, 9, 1];
    push_leb(&mut contents, start_op);
    contents.extend_from_slice(&[0, 0, 0]);
    push_leb(&mut contents, columns.len() as u64);
    for (spec, data) in columns {
        push_leb(&mut contents, *spec);
        push_leb(&mut contents, data.len() as u64);
    }
    for (_, data) in columns {
        contents.extend_from_slice(data);
    }
    repack(&contents)
}

#[test]
fn honest_changes_pass_and_keep_their_hash() {
    for fields in [0, 1, 50, 2_000] {
        let change = honest(fields.max(1));
        let guarded = Guarded::inspect(change.raw_bytes().to_vec()).unwrap();
        assert_eq!(guarded.hash(), &change.hash().0);
        assert_eq!(guarded.raw(), change.raw_bytes());
    }
}

#[test]
fn later_changes_objects_and_deletions_pass() {
    let mut doc = Automerge::new();
    let mut tx = doc.transaction();
    let map = tx.put_object(ROOT, "map", automerge::ObjType::Map).unwrap();
    let text = tx.put_object(&map, "text", automerge::ObjType::Text).unwrap();
    tx.splice_text(&text, 0, 0, "қазақша мәтін").unwrap();
    tx.commit_with(CommitOptions::default().with_time(5));
    let mut tx = doc.transaction();
    tx.delete(&map, "text").unwrap();
    tx.put(&map, "flag", true).unwrap();
    tx.commit_with(CommitOptions::default().with_time(6));
    for change in doc.get_changes(&[]) {
        Guarded::inspect(change.raw_bytes().to_vec()).unwrap();
    }
}

#[test]
fn a_wrong_checksum_that_automerge_accepts_is_refused() {
    let mut raw = honest(3).raw_bytes().to_vec();
    raw[5] ^= 1;
    assert!(Change::try_from(&raw[..]).is_ok(), "Automerge checks it: this trap is gone");
    assert_eq!(Guarded::inspect(raw), Err(GuardError::Checksum));
}

#[test]
fn a_compressed_chunk_is_refused() {
    let mut change = honest(2_000);
    let compressed = change.bytes().into_owned();
    assert_eq!(compressed[8], 2);
    assert_eq!(Guarded::inspect(compressed), Err(GuardError::ChunkType(2)));
}

#[test]
fn a_hundred_bytes_that_tell_of_a_million_operations_are_refused() {
    let million = |value: u8| {
        let mut run = Vec::new();
        run.extend_from_slice(&[0xc0, 0x84, 0x3d]); // signed LEB128 of 1,000,000
        run.push(value);
        run
    };
    let raw = forged(1, &[(0x42, million(1))]);
    assert!(raw.len() < 104);
    assert_eq!(Guarded::inspect(raw), Err(GuardError::TooManyOps));

    let nulls = vec![0, 0xc0, 0x84, 0x3d];
    assert_eq!(Guarded::inspect(forged(1, &[(0x15, nulls)])), Err(GuardError::TooManyOps));
    let booleans = vec![0xc0, 0x84, 0x3d];
    assert_eq!(Guarded::inspect(forged(1, &[(0x34, booleans)])), Err(GuardError::TooManyOps));
    let group = vec![1, 0xc0, 0x84, 0x3d];
    assert_eq!(Guarded::inspect(forged(1, &[(0x70, group)])), Err(GuardError::TooManyOps));
}

/// Applying the first of these took Automerge 0.12 to 16 GB; it seals into less than 500 bytes.
#[test]
fn a_long_key_repeated_for_every_operation_is_refused() {
    let repeated = |key_bytes: usize| {
        let count = [0x80, 0x80, 0x01]; // 16,384, signed and unsigned alike
        let mut keys = count.to_vec();
        push_leb(&mut keys, key_bytes as u64);
        keys.resize(keys.len() + key_bytes, b'k');
        let run = |value: u8| [&count[..], &[value]].concat();
        let columns =
            [(0x15, keys), (0x34, count.to_vec()), (0x42, run(1)), (0x56, run(0)), (0x70, run(0))];
        Guarded::inspect(forged(1, &columns))
    };
    assert_eq!(repeated(1_000_000), Err(GuardError::TooMuchText));
    assert_eq!(repeated(65), Err(GuardError::TooMuchText));
    assert!(repeated(64).is_ok());
}

#[test]
fn a_last_operation_number_is_refused() {
    let one_op = vec![(0x42, vec![1, 1])];
    let refused = Err(GuardError::Field("first operation's number"));
    assert_eq!(Guarded::inspect(forged(u64::from(u32::MAX), &one_op)), refused);
    assert_eq!(Guarded::inspect(forged(u64::MAX, &one_op)), refused, "the sum must not wrap");
    assert_eq!(Guarded::inspect(forged(0, &one_op)), refused);
    assert!(Guarded::inspect(forged(7, &one_op)).is_ok());
}

#[test]
fn value_lengths_must_fit_the_values() {
    let told = (0x56, vec![1, 0x96, 1]); // one string of 9 bytes
    let values = (0x57, vec![b'x'; 4]);
    let refused = Guarded::inspect(forged(1, &[told, values]));
    assert_eq!(refused, Err(GuardError::Field("values")));
}

#[test]
fn compressed_columns_and_an_author_mark_are_refused() {
    let refused = Guarded::inspect(forged(1, &[(0x4a, vec![1, 1])]));
    assert_eq!(refused, Err(GuardError::Field("column table")));

    let mut contents = honest(1).raw_bytes()[10..].to_vec();
    contents.extend_from_slice(b"mark");
    assert_eq!(Guarded::inspect(repack(&contents)), Err(GuardError::Field("end")));
}

proptest! {
    #![proptest_config(replaying(256))]

    /// Anything may come out of a sealed body; the guard answers, it never panics.
    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        drop(Guarded::inspect(bytes.clone()));
        drop(Guarded::inspect(repack(&bytes)));
    }

    /// A flipped bit never passes as the same change.
    #[test]
    fn a_flipped_bit_is_refused(at in 0_usize..200, bit in 0_u8..8) {
        let mut raw = honest(5).raw_bytes().to_vec();
        let at = at % raw.len();
        raw[at] ^= 1 << bit;
        prop_assert!(Guarded::inspect(raw).is_err());
    }
}
