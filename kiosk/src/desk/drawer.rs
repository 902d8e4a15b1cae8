//! The drawer: index cards kept between two shifts, sealed, so that a city need not be opened again
//! case by case when a kiosk is unlocked.
//!
//! A file beside the store, of sealed bundles of cards; a later card of a case counts for the
//! earlier. Its key comes from all keys at hand: with another incident opened or closed it is another
//! drawer. It proves nothing and may be lost: a card counts only while the case's records are in the
//! state that it was written from, and what does not open is cut off.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{BufReader, Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use beket_model::KeyRing;
use beket_record::CaseId;
use beket_store::CaseState;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use minicbor::{Decode, Encode};
use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::people::Card;

const FILE: &str = "register.sealed";
const CONTEXT: &str = "beket kiosk 2026 index cards, what tells who is alone";
const NONCE_BYTES: usize = 24;
/// More than a bundle ever has.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// A card with the state that it was written from.
#[derive(Debug, Clone, Encode, Decode)]
pub(super) struct Kept {
    #[cbor(n(0), with = "minicbor::bytes")]
    case: [u8; 16],
    #[n(1)]
    records: u64,
    #[n(2)]
    last: i64,
    /// `None` where the case cannot be read.
    #[n(3)]
    pub(super) card: Option<Card>,
}

impl Kept {
    pub(super) fn new(case: CaseId, (records, last): CaseState, card: Option<Card>) -> Self {
        Self { case: *case.as_bytes(), records, last, card }
    }

    pub(super) fn case(&self) -> CaseId {
        CaseId::from_bytes(self.case)
    }

    pub(super) fn state(&self) -> CaseState {
        (self.records, self.last)
    }
}

/// An open drawer.
pub(super) struct Drawer {
    path: PathBuf,
    cipher: XChaCha20Poly1305,
    file: Option<File>,
}

impl Drawer {
    /// The drawer beside a store, under these keys.
    pub(super) fn beside(store: &Path, ring: &KeyRing) -> Self {
        let mut keys = Zeroizing::new(Vec::new());
        for secret in &ring.0 {
            keys.extend_from_slice(secret.as_bytes());
        }
        let key = Zeroizing::new(blake3::derive_key(CONTEXT, &keys));
        let cipher = XChaCha20Poly1305::new((&*key).into());
        Self { path: store.with_file_name(FILE), cipher, file: None }
    }

    /// Gives each card that opens of a case that is `held`, one by one: a whole city of them at once
    /// would fill the memory. Of two of one case the later comes later. A drawer that is mostly old
    /// cards is filled anew, and so is one with a card of a case that was purged: nothing may tell of
    /// it.
    pub(super) fn open(
        &mut self,
        held: &BTreeSet<CaseId>,
        rng: &mut impl CryptoRng,
        mut each: impl FnMut(Kept),
    ) {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true).mode(0o600);
        let Ok(file) = options.open(&self.path) else { return };
        let (mut read, mut purged, mut cases) = (0, false, BTreeSet::new());
        let whole = self.bundles(&file, |kept| {
            read += 1;
            if held.contains(&kept.case()) {
                cases.insert(kept.case());
                each(kept);
            } else {
                purged = true;
            }
        });
        // What does not open is cut off.
        self.file = file.set_len(whole).is_ok().then_some(file);
        if purged || read > 2 * cases.len() + 1_000 {
            self.fill_anew(held, rng);
        }
    }

    fn fill_anew(&mut self, held: &BTreeSet<CaseId>, rng: &mut impl CryptoRng) {
        let Some(mut file) = self.file.as_ref() else { return };
        let mut cards = BTreeMap::new();
        if file.rewind().is_ok() {
            self.bundles(file, |kept| drop(cards.insert(kept.case(), kept)));
        }
        cards.retain(|case, _| held.contains(case));
        self.empty();
        let cards: Vec<Kept> = cards.into_values().collect();
        for bundle in cards.chunks(1_000) {
            self.add(bundle, rng);
        }
    }

    fn empty(&mut self) {
        if let Some(file) = &self.file
            && file.set_len(0).is_err()
        {
            self.file = None;
        }
    }

    /// Every card from here on, up to the first bundle that does not open; gives how many bytes the
    /// others have.
    fn bundles(&self, file: &File, mut each: impl FnMut(Kept)) -> u64 {
        let (mut file, mut whole) = (BufReader::new(file), 0);
        while let Some((bundle, bytes)) = self.bundle(&mut file) {
            whole += bytes;
            bundle.into_iter().for_each(&mut each);
        }
        whole
    }

    /// The next bundle, and how many bytes it has.
    fn bundle(&self, file: &mut impl Read) -> Option<(Vec<Kept>, u64)> {
        let (mut length, mut nonce) = ([0; 4], [0; NONCE_BYTES]);
        file.read_exact(&mut length).ok()?;
        file.read_exact(&mut nonce).ok()?;
        let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
        if length > MOST_BYTES {
            return None;
        }
        let mut sealed = vec![0; length];
        file.read_exact(&mut sealed).ok()?;
        let clear = self.cipher.decrypt(&XNonce::from(nonce), &sealed[..]).ok()?;
        let clear = Zeroizing::new(clear);
        Some((minicbor::decode(&clear).ok()?, (4 + NONCE_BYTES + length) as u64))
    }

    /// Adds cards. What cannot be written is not kept, and is read again at the next start.
    pub(super) fn add(&mut self, bundle: &[Kept], rng: &mut impl CryptoRng) {
        let Some(file) = &mut self.file else { return };
        let Ok(clear) = minicbor::to_vec(bundle).map(Zeroizing::new) else { return };
        let mut nonce = [0; NONCE_BYTES];
        rng.fill_bytes(&mut nonce);
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), &clear[..]);
        let Ok(sealed) = sealed else { return };
        let Ok(length) = u32::try_from(sealed.len()) else { return };
        let bytes = [&length.to_be_bytes()[..], &nonce, &sealed].concat();
        if file.write_all(&bytes).is_err() {
            self.file = None;
        }
    }
}

impl std::fmt::Debug for Drawer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Drawer").field("path", &self.path).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use beket_record::RecipientSecret;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    fn ring(byte: u8) -> KeyRing {
        KeyRing(vec![RecipientSecret::from_bytes(&[byte; 32]).unwrap()])
    }

    fn kept(number: u8, records: u64) -> Kept {
        Kept::new(CaseId::from_bytes([number; 16]), (records, 7), None)
    }

    /// Cases 1 to 3 have records here.
    fn held() -> BTreeSet<CaseId> {
        (1..=3).map(|number| CaseId::from_bytes([number; 16])).collect()
    }

    /// All of them, the last of each case.
    fn open(
        drawer: &mut Drawer,
        of: &BTreeSet<CaseId>,
        rng: &mut ChaCha8Rng,
    ) -> BTreeMap<CaseId, Kept> {
        let mut cards = BTreeMap::new();
        drawer.open(of, rng, |kept| drop(cards.insert(kept.case(), kept)));
        cards
    }

    #[test]
    fn a_purged_case_leaves_no_card_behind() {
        let (folder, mut rng) = (tempfile::tempdir().unwrap(), ChaCha8Rng::seed_from_u64(6));
        let store = folder.path().join("kiosk.db");
        let size = || std::fs::metadata(folder.path().join(FILE)).unwrap().len();
        let mut drawer = Drawer::beside(&store, &ring(1));
        open(&mut drawer, &held(), &mut rng);
        drawer.add(&[kept(1, 1)], &mut rng);
        let alone = size();
        drawer.add(&[kept(2, 1)], &mut rng);
        let rest = BTreeSet::from([CaseId::from_bytes([1; 16])]);
        assert_eq!(open(&mut Drawer::beside(&store, &ring(1)), &rest, &mut rng).len(), 1);
        assert_eq!(size(), alone);
        assert_eq!(open(&mut Drawer::beside(&store, &ring(1)), &held(), &mut rng).len(), 1);
    }

    #[test]
    fn the_last_card_of_a_case_counts_and_nobody_else_s_key_opens_any() {
        let (folder, mut rng) = (tempfile::tempdir().unwrap(), ChaCha8Rng::seed_from_u64(3));
        let store = folder.path().join("kiosk.db");
        let open = |byte, rng: &mut ChaCha8Rng| {
            let mut drawer = Drawer::beside(&store, &ring(byte));
            let cards = open(&mut drawer, &held(), rng);
            (drawer, cards)
        };
        let (mut drawer, cards) = open(1, &mut rng);
        assert!(cards.is_empty());
        drawer.add(&[kept(1, 1), kept(2, 1)], &mut rng);
        drawer.add(&[kept(1, 2)], &mut rng);
        let (_, cards) = open(1, &mut rng);
        let states: Vec<_> = cards.values().map(Kept::state).collect();
        assert_eq!(states, [(2, 7), (1, 7)]);
        let mode = std::fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "readable by its owner alone");
        let (_, cards) = open(2, &mut rng);
        assert!(cards.is_empty());
        let (_, cards) = open(1, &mut rng);
        assert!(cards.is_empty(), "another's drawer was emptied");
    }

    #[test]
    fn a_torn_or_damaged_drawer_keeps_what_is_whole_before_it_and_works_on() {
        let (folder, mut rng) = (tempfile::tempdir().unwrap(), ChaCha8Rng::seed_from_u64(4));
        let store = folder.path().join("kiosk.db");
        let file = folder.path().join(FILE);
        let mut drawer = Drawer::beside(&store, &ring(1));
        open(&mut drawer, &held(), &mut rng);
        drawer.add(&[kept(1, 1)], &mut rng);
        let first = std::fs::metadata(&file).unwrap().len();
        drawer.add(&[kept(2, 1)], &mut rng);
        let whole = std::fs::read(&file).unwrap();
        for damage in [whole.len() - 1, whole.len() - 10] {
            let mut bytes = whole.clone();
            bytes[damage] ^= 1;
            std::fs::write(&file, &bytes).unwrap();
            let mut drawer = Drawer::beside(&store, &ring(1));
            assert_eq!(open(&mut drawer, &held(), &mut rng).len(), 1);
            assert_eq!(std::fs::metadata(&file).unwrap().len(), first);
            drawer.add(&[kept(3, 1)], &mut rng);
            assert_eq!(open(&mut Drawer::beside(&store, &ring(1)), &held(), &mut rng).len(), 2);
        }
        for cut in [0, 3, 20, usize::try_from(first).unwrap() + 5] {
            std::fs::write(&file, &whole[..cut]).unwrap();
            let opened = open(&mut Drawer::beside(&store, &ring(1)), &held(), &mut rng).len();
            assert_eq!(opened, usize::from(cut as u64 > first));
        }
    }

    #[test]
    fn a_drawer_of_old_cards_is_filled_anew() {
        let (folder, mut rng) = (tempfile::tempdir().unwrap(), ChaCha8Rng::seed_from_u64(5));
        let store = folder.path().join("kiosk.db");
        let mut drawer = Drawer::beside(&store, &ring(1));
        open(&mut drawer, &held(), &mut rng);
        for records in 0..1_200 {
            drawer.add(&[kept(1, records)], &mut rng);
        }
        let file = folder.path().join(FILE);
        let before = std::fs::metadata(&file).unwrap().len();
        let mut drawer = Drawer::beside(&store, &ring(1));
        assert_eq!(open(&mut drawer, &held(), &mut rng).len(), 1);
        assert!(std::fs::metadata(&file).unwrap().len() < before / 100);
        drawer.add(&[kept(2, 1)], &mut rng);
        assert_eq!(open(&mut Drawer::beside(&store, &ring(1)), &held(), &mut rng).len(), 2);
    }
}
