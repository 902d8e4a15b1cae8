//! The passphrase that locks a staffed kiosk's private key: Argon2id, then XChaCha20-Poly1305.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::KioskError;

/// 64 MiB, three passes: about a fifth of a second on a field laptop, and dear to guess by.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
/// More than this in a file is not one of ours.
const MAX_MEMORY_KIB: u32 = 1024 * 1024;

/// A secret that only its passphrase opens.
#[derive(Debug, Clone, Encode, Decode)]
#[cbor(map)]
pub(crate) struct LockedSecret {
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    salt: [u8; 16],
    #[n(1)]
    memory_kib: u32,
    #[n(2)]
    passes: u32,
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    nonce: [u8; 24],
    #[n(4)]
    sealed: ByteVec,
}

impl LockedSecret {
    pub(crate) fn lock(
        secret: &[u8; 32],
        passphrase: &str,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, KioskError> {
        if passphrase.is_empty() {
            return Err(KioskError::EmptyPassphrase);
        }
        let mut locked = Self {
            salt: [0; 16],
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            nonce: [0; 24],
            sealed: Vec::new().into(),
        };
        rng.fill_bytes(&mut locked.salt);
        rng.fill_bytes(&mut locked.nonce);
        let key = locked.key(passphrase)?;
        let sealed = XChaCha20Poly1305::new((&*key).into())
            .encrypt(&XNonce::from(locked.nonce), secret.as_slice())
            .map_err(|_| KioskError::DamagedIdentity)?;
        locked.sealed = sealed.into();
        Ok(locked)
    }

    pub(crate) fn unlock(&self, passphrase: &str) -> Result<Zeroizing<[u8; 32]>, KioskError> {
        let key = self.key(passphrase)?;
        let secret = XChaCha20Poly1305::new((&*key).into())
            .decrypt(&XNonce::from(self.nonce), self.sealed.as_slice())
            .map_err(|_| KioskError::WrongPassphrase)?;
        let secret = Zeroizing::new(secret);
        let bytes = secret.as_slice().try_into().map_err(|_| KioskError::DamagedIdentity)?;
        Ok(Zeroizing::new(bytes))
    }

    fn key(&self, passphrase: &str) -> Result<Zeroizing<[u8; 32]>, KioskError> {
        if self.memory_kib > MAX_MEMORY_KIB {
            return Err(KioskError::DamagedIdentity);
        }
        let params = Params::new(self.memory_kib, self.passes, 1, Some(32))
            .map_err(|_| KioskError::DamagedIdentity)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), &self.salt, key.as_mut())
            .map_err(|_| KioskError::DamagedIdentity)?;
        Ok(key)
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    #[test]
    fn only_the_passphrase_opens() {
        let rng = &mut ChaCha8Rng::seed_from_u64(7);
        let locked = LockedSecret::lock(&[9; 32], "қызыл алма", rng).unwrap();
        assert_eq!(*locked.unlock("қызыл алма").unwrap(), [9; 32]);
        assert!(matches!(locked.unlock("қызыл алма "), Err(KioskError::WrongPassphrase)));
        assert!(matches!(LockedSecret::lock(&[9; 32], "", rng), Err(KioskError::EmptyPassphrase)));
    }
}
