//! What the tests of this crate share: fixed keys, golden files. Owns no check.
//!
//! `BEKET_BLESS=1 cargo test -p beket-wire` writes the golden files anew. Do that only while no
//! kiosk speaks to an office, and say why in the commit; afterwards a changed encoding is a new
//! file beside the old one, and the old one's test stays.

use std::path::Path;

use beket_record::{RecordId, Signer};
use proptest::test_runner::{Config, RngSeed};

/// Property tests that replay: the same cases on every run, and no files of their own.
pub(crate) fn replaying(cases: u32) -> Config {
    Config { cases, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..Config::default() }
}

pub(crate) fn office() -> Signer {
    Signer::from_bytes(&[0x0f; 32])
}

pub(crate) fn device() -> Signer {
    Signer::from_bytes(&[0xde; 32])
}

pub(crate) fn ids(count: u8) -> Vec<RecordId> {
    (1..=count).map(|number| RecordId::from_bytes([number; 32])).collect()
}

/// The committed file; with `BEKET_BLESS=1`, `made` is written over it first.
pub(crate) fn golden(name: &str, made: &[u8]) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(name);
    if std::env::var_os("BEKET_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, made).unwrap();
    }
    std::fs::read(&path).unwrap()
}

/// Every way to flip one bit.
pub(crate) fn flips(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..bytes.len() * 8).map(|bit| {
        let mut flipped = bytes.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        flipped
    })
}
