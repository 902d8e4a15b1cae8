//! What a staffed kiosk keeps for itself, sealed under its station's key: the draft of an
//! unfinished form, and who works here.
//!
//! Refuses to be read while the kiosk is locked. A PIN attributes and locks a screen; it opens no
//! key, and is kept as an Argon2id hash.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use beket_record::RecipientSecret;
use beket_store::{Store, Write};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use minicbor::{Decode, Encode};
use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::KioskError;

const CONTEXT: &str = "beket kiosk 2026 what a kiosk keeps for itself";
pub(crate) const DRAFT: &str = "draft";
const VOLUNTEERS: &str = "volunteers";
const NONCE_BYTES: usize = 24;
/// As the Argon2 authors' second recommendation for little memory (RFC 9106, section 4): a PIN is
/// asked for many times a day, on slow machines.
const PIN_MEMORY_KIB: u32 = 19 * 1024;
const PIN_PASSES: u32 = 2;
/// The fewest digits of a PIN.
pub const LEAST_PIN_DIGITS: usize = 4;

/// Somebody who works here.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Volunteer {
    /// How they are called; their changes bear it.
    #[n(0)]
    pub name: String,
    #[n(1)]
    pin: String,
}

impl Volunteer {
    /// With a PIN that only its hash is kept of.
    pub(crate) fn new(name: &str, pin: &str, rng: &mut impl CryptoRng) -> Result<Self, KioskError> {
        if name.trim().is_empty() {
            return Err(KioskError::WeakPin);
        }
        Ok(Self { name: name.trim().to_owned(), pin: hash_of(pin, rng)? })
    }

    /// Whether that is their PIN.
    pub(crate) fn knows(&self, pin: &str) -> bool {
        fits(&self.pin, pin)
    }
}

/// The hash of a PIN; one that is too short or no number is refused.
pub(crate) fn hash_of(pin: &str, rng: &mut impl CryptoRng) -> Result<String, KioskError> {
    if !pin.chars().all(|c| c.is_ascii_digit()) || pin.len() < LEAST_PIN_DIGITS {
        return Err(KioskError::WeakPin);
    }
    let mut salt = [0; 16];
    rng.fill_bytes(&mut salt);
    let hash = hasher()?.hash_password_with_salt(pin.as_bytes(), &salt);
    Ok(hash.map_err(|_| KioskError::WeakPin)?.to_string())
}

/// Whether a hash is that of a PIN.
pub(crate) fn fits(hash: &str, pin: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok()
}

fn hasher() -> Result<Argon2<'static>, KioskError> {
    let params = Params::new(PIN_MEMORY_KIB, PIN_PASSES, 1, None);
    let params = params.map_err(|_| KioskError::DamagedIdentity)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The draft that was kept, if one was.
pub(crate) fn draft(
    store: &Store,
    secret: &RecipientSecret,
) -> Result<Option<Zeroizing<String>>, KioskError> {
    let bytes = open(store, secret, DRAFT)?;
    let text = bytes.and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
    Ok(text.filter(|text| !text.is_empty()).map(Zeroizing::new))
}

/// A draft as it is kept; nothing for none.
pub(crate) fn sealed_draft(
    secret: &RecipientSecret,
    draft: Option<&str>,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, KioskError> {
    draft.map_or(Ok(Vec::new()), |text| sealed(secret, DRAFT, text.as_bytes(), rng))
}

/// Who works here.
pub(crate) fn volunteers(
    store: &Store,
    secret: &RecipientSecret,
) -> Result<Vec<Volunteer>, KioskError> {
    let bytes = open(store, secret, VOLUNTEERS)?;
    Ok(bytes.and_then(|bytes| minicbor::decode(&bytes).ok()).unwrap_or_default())
}

pub(crate) fn keep_volunteers(
    write: &mut Write<'_>,
    secret: &RecipientSecret,
    volunteers: &[Volunteer],
    rng: &mut impl CryptoRng,
) -> Result<(), KioskError> {
    let bytes = minicbor::to_vec(volunteers).map_err(|_| KioskError::DamagedIdentity)?;
    Ok(write.set(VOLUNTEERS, &sealed(secret, VOLUNTEERS, &bytes, rng)?)?)
}

fn cipher(secret: &RecipientSecret) -> XChaCha20Poly1305 {
    let key = Zeroizing::new(blake3::derive_key(CONTEXT, secret.as_bytes()));
    XChaCha20Poly1305::new((&*key).into())
}

fn sealed(
    secret: &RecipientSecret,
    name: &str,
    bytes: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, KioskError> {
    let mut nonce = [0; NONCE_BYTES];
    rng.fill_bytes(&mut nonce);
    let payload = Payload { msg: bytes, aad: name.as_bytes() };
    let sealed = cipher(secret).encrypt(&XNonce::from(nonce), payload);
    let sealed = sealed.map_err(|_| KioskError::DamagedIdentity)?;
    Ok([&nonce[..], &sealed].concat())
}

/// `None` where nothing was kept; what does not open was kept under another key, or is damaged, and
/// counts as nothing: neither may keep a kiosk from working.
fn open(
    store: &Store,
    secret: &RecipientSecret,
    name: &str,
) -> Result<Option<Zeroizing<Vec<u8>>>, KioskError> {
    let Some(kept) = store.setting(name)? else { return Ok(None) };
    let Some((nonce, sealed)) = kept.split_first_chunk::<NONCE_BYTES>() else { return Ok(None) };
    let payload = Payload { msg: sealed, aad: name.as_bytes() };
    Ok(cipher(secret).decrypt(&XNonce::from(*nonce), payload).ok().map(Zeroizing::new))
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    fn rng() -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(11)
    }

    #[test]
    fn a_pin_opens_for_its_owner_alone_and_is_nowhere_in_clear() {
        let volunteer = Volunteer::new(" Айгүл ", "2748", &mut rng()).unwrap();
        assert_eq!(volunteer.name, "Айгүл");
        assert!(volunteer.knows("2748"));
        for wrong in ["", "2749", "27480", "274"] {
            assert!(!volunteer.knows(wrong), "{wrong}");
        }
        assert!(!volunteer.pin.contains("2748"));
        for (name, weak) in [("Айгүл", "274"), ("Айгүл", "27a8"), ("Айгүл", ""), (" ", "2748")]
        {
            assert!(Volunteer::new(name, weak, &mut rng()).is_err(), "{name} {weak}");
        }
    }

    #[test]
    fn what_is_kept_opens_with_the_station_s_key_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kiosk.db");
        let mut store = Store::open(&path).unwrap();
        let [own, other] = [1, 2].map(|n| RecipientSecret::from_bytes(&[n; 32]).unwrap());
        assert!(draft(&store, &own).unwrap().is_none());
        let kept = vec![Volunteer::new("Айгүл", "2748", &mut rng()).unwrap()];
        let write = |write: &mut Write<'_>| -> Result<(), KioskError> {
            write.set(DRAFT, &sealed_draft(&own, Some("Смағұлова"), &mut rng())?)?;
            keep_volunteers(write, &own, &kept, &mut rng())
        };
        store.write(write).unwrap();
        assert_eq!(draft(&store, &own).unwrap().unwrap().as_str(), "Смағұлова");
        assert_eq!(volunteers(&store, &own).unwrap(), kept);
        assert!(draft(&store, &other).unwrap().is_none());
        assert_eq!(volunteers(&store, &other).unwrap(), []);
        for name in ["kiosk.db", "kiosk.db-wal"] {
            let bytes = std::fs::read(folder.path().join(name)).unwrap_or_default();
            for canary in ["Смағұлова", "Айгүл"] {
                assert!(!bytes.windows(canary.len()).any(|window| window == canary.as_bytes()));
            }
        }
        // The one in the place of the other opens neither.
        let swap = |write: &mut Write<'_>| -> Result<(), KioskError> {
            let bytes = write_setting(&path, VOLUNTEERS);
            Ok(write.set(DRAFT, &bytes)?)
        };
        store.write(swap).unwrap();
        assert!(draft(&store, &own).unwrap().is_none());
        let none = sealed_draft(&own, None, &mut rng()).unwrap();
        store.write(|write: &mut Write<'_>| write.set(DRAFT, &none)).unwrap();
        assert!(draft(&store, &own).unwrap().is_none());
    }

    fn write_setting(path: &std::path::Path, name: &str) -> Vec<u8> {
        Store::open_existing(path).unwrap().setting(name).unwrap().unwrap()
    }
}
