//! A receipt covers one batch, whole and in order, by one office.

use super::*;
use crate::fixture::{device, flips, golden, ids, office};

#[test]
fn a_receipt_covers_its_batch() {
    for count in [1, 2, 7] {
        let receipt = Receipt::sign(&office(), 5, &ids(count)).unwrap();
        assert!(receipt.covers(&office().author(), &ids(count)));
    }
}

#[test]
fn a_receipt_covers_no_part_no_more_and_no_other_order() {
    let author = office().author();
    let batch = ids(4);
    let receipt = Receipt::sign(&office(), 5, &batch).unwrap();
    for len in 0..batch.len() {
        assert!(!receipt.covers(&author, &batch[..len]), "the first {len}");
        assert!(!receipt.covers(&author, &batch[len + 1..]), "all behind {len}");
        let without: Vec<_> = [&batch[..len], &batch[len + 1..]].concat();
        assert!(!receipt.covers(&author, &without), "without {len}");
        let twice: Vec<_> = [&batch[..=len], &batch[len..]].concat();
        assert!(!receipt.covers(&author, &twice), "{len} twice");
    }
    assert!(!receipt.covers(&author, &ids(5)));
    for (a, b) in [(0, 1), (0, 3), (2, 3)] {
        let mut swapped = batch.clone();
        swapped.swap(a, b);
        assert!(!receipt.covers(&author, &swapped), "{a} and {b} swapped");
    }
}

#[test]
fn nothing_is_no_batch() {
    assert_eq!(Receipt::sign(&office(), 5, &[]), None);
    let signature = office().sign(&statement(5, &[]));
    assert!(!Receipt { at: 5, signature }.covers(&office().author(), &[]));
}

#[test]
fn another_key_s_word_is_no_receipt() {
    let receipt = Receipt::sign(&device(), 5, &ids(2)).unwrap();
    assert!(receipt.covers(&device().author(), &ids(2)));
    assert!(!receipt.covers(&office().author(), &ids(2)));
}

#[test]
fn any_bit_flipped_in_a_receipt_or_an_id_is_refused() {
    let author = office().author();
    let batch = ids(2);
    let receipt = Receipt::sign(&office(), 0x0123_4567_89ab_cdef, &batch).unwrap();
    for signature in flips(&receipt.signature) {
        let signature = signature.try_into().unwrap();
        assert!(!Receipt { signature, ..receipt.clone() }.covers(&author, &batch));
    }
    for bit in 0..64 {
        let at = receipt.at ^ (1 << bit);
        assert!(
            !Receipt { at, ..receipt.clone() }.covers(&author, &batch),
            "bit {bit} of the time"
        );
    }
    for second in flips(batch[1].as_bytes()) {
        let second = RecordId::from_bytes(second.try_into().unwrap());
        assert!(!receipt.covers(&author, &[batch[0], second]));
    }
}

/// What the office signs elsewhere, over the same ids, says nothing about its disk.
#[test]
fn another_domain_s_signature_is_no_receipt() {
    let batch = ids(1);
    let mut said = statement(5, &batch);
    said[..DOMAIN.len()].copy_from_slice(b"beket-xeceipt-1");
    let signature = office().sign(&said);
    assert!(!Receipt { at: 5, signature }.covers(&office().author(), &batch));
}

#[test]
fn a_receipt_of_version_1_still_covers() {
    let made = Receipt::sign(&office(), 1_561_389_120, &ids(3)).unwrap();
    let bytes = golden("receipt-1.bin", &minicbor::to_vec(&made).unwrap());
    let read: Receipt = minicbor::decode(&bytes).unwrap();
    assert_eq!(read.at, 1_561_389_120);
    assert!(read.covers(&office().author(), &ids(3)));
    assert_eq!(minicbor::to_vec(&read).unwrap(), bytes);
}
