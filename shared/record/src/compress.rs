//! Bodies are compressed with a dictionary before they are sealed.
//!
//! A dictionary is kept for ever under its number, and its hash is pinned: without it, no body
//! written with it can be read. Refuses to inflate beyond a cap.

use std::cell::RefCell;
use std::sync::LazyLock;

use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::{CParameter, get_frame_content_size};

use crate::guard::MAX_RAW_CHANGE_BYTES;

/// The number that bodies written today carry.
pub const DICTIONARY_ID: u8 = 1;
/// Trained on synthetic appeals by `cargo run --package beket-tests --bin train-dictionary`.
pub const DICTIONARY: &[u8] = include_bytes!("../dictionaries/1.zdict");

/// Dictionary bodies are small, so a high level costs little.
const LEVEL: i32 = 9;

static ENCODER: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(DICTIONARY, LEVEL));
static DECODER: LazyLock<DecoderDictionary<'static>> =
    LazyLock::new(|| DecoderDictionary::copy(DICTIONARY));

thread_local! {
    // To make one costs more than to use it: a kiosk opens a city's records one by one.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

fn compressor() -> std::io::Result<Compressor<'static>> {
    let mut compressor = Compressor::with_prepared_dictionary(&ENCODER)?;
    compressor.set_parameter(CParameter::DictIdFlag(false))?;
    Ok(compressor)
}

/// What this thread has of it, made where there is none; one that failed is not used again.
fn with<T, R>(
    kept: &'static std::thread::LocalKey<RefCell<Option<T>>>,
    make: impl FnOnce() -> std::io::Result<T>,
    work: impl FnOnce(&mut T) -> std::io::Result<R>,
) -> std::io::Result<R> {
    let mut tool = match kept.take() {
        Some(tool) => tool,
        None => make()?,
    };
    let done = work(&mut tool)?;
    kept.set(Some(tool));
    Ok(done)
}

/// Dictionary number, then the frame.
pub(crate) fn deflate(raw: &[u8]) -> std::io::Result<Vec<u8>> {
    let frame = with(&COMPRESSOR, compressor, |compressor| compressor.compress(raw))?;
    let mut out = Vec::with_capacity(1 + frame.len());
    out.push(DICTIONARY_ID);
    out.extend_from_slice(&frame);
    Ok(out)
}

/// The raw change, or `None` where the bytes are not what [`deflate`] makes, or more than the cap.
pub(crate) fn inflate(bytes: &[u8]) -> Option<Vec<u8>> {
    let (&dictionary, frame) = bytes.split_first()?;
    if dictionary != DICTIONARY_ID {
        return None;
    }
    let len = usize::try_from(get_frame_content_size(frame).ok()??).ok()?;
    if len > MAX_RAW_CHANGE_BYTES {
        return None;
    }
    let make = || Decompressor::with_prepared_dictionary(&DECODER);
    let raw = with(&DECOMPRESSOR, make, |decompressor| decompressor.decompress(frame, len)).ok()?;
    (raw.len() == len).then_some(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Changing the dictionary under its number would make every stored body unreadable.
    const PINNED: &str = "34e370285d0b1b52fe5623551c49e947e7c651f8f587a435a2fc492b17b2e291";

    #[test]
    fn the_dictionary_is_the_one_that_stored_bodies_were_written_with() {
        assert_eq!(blake3::hash(DICTIONARY).to_hex().as_str(), PINNED);
    }

    #[test]
    fn what_was_deflated_inflates() {
        for raw in [b"".to_vec(), b"a".to_vec(), vec![7; 100_000]] {
            assert_eq!(inflate(&deflate(&raw).unwrap()), Some(raw));
        }
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_inflated() {
        let bomb = deflate(&vec![0; MAX_RAW_CHANGE_BYTES + 1]).unwrap();
        assert!(bomb.len() < 1_000);
        assert_eq!(inflate(&bomb), None);
    }

    #[test]
    fn bytes_that_do_not_inflate_leave_nothing_behind_for_the_next() {
        let good = deflate(b"\xd3\x99\xd0\xb1").unwrap();
        let mut bad = deflate(&[7; 1000]).unwrap();
        let last = bad.len() - 1;
        bad[last] ^= 0x55;
        for _ in 0..3 {
            let _ = inflate(&bad);
            assert_eq!(inflate(&good).as_deref(), Some(&b"\xd3\x99\xd0\xb1"[..]));
            assert_eq!(deflate(b"\xd3\x99\xd0\xb1").unwrap(), good);
        }
    }

    #[test]
    fn strange_bytes_inflate_to_nothing() {
        assert_eq!(inflate(&[]), None);
        assert_eq!(inflate(&[9, 1, 2, 3]), None);
        assert_eq!(inflate(&[DICTIONARY_ID, 1, 2, 3]), None);
        let mut cut = deflate(&[7; 1000]).unwrap();
        cut.pop();
        assert_eq!(inflate(&cut), None);
    }
}
