//! Tokens: a welcome's proof to later requests, checked by any server that holds the office's key.
//!
//! Time left, then a keyed BLAKE3 over device and time. By the office's clock alone: a kiosk whose
//! clock is wrong is locked out of nothing.

use beket_record::{Author, Signer};

/// How long a token serves, in seconds.
pub const TOKEN_SECONDS: u64 = 30 * 60;
const CONTEXT: &str = "beket 2026 session token";

/// Makes and checks tokens.
#[derive(Clone)]
pub struct TokenKey([u8; 32]);

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenKey")
    }
}

impl TokenKey {
    /// Derived from the office's signing key, so that all its servers share it.
    pub fn of(office: &Signer) -> Self {
        Self(blake3::derive_key(CONTEXT, office.to_bytes().as_ref()))
    }

    /// A token for this device from now on.
    pub fn issue(&self, device: &Author, now: u64) -> Vec<u8> {
        let expires = now + TOKEN_SECONDS;
        let mut token = expires.to_be_bytes().to_vec();
        token.extend_from_slice(&self.proof(device, expires).as_bytes()[..16]);
        token
    }

    /// Whether a token is this device's and still serves.
    pub fn accepts(&self, token: &[u8], device: &Author, now: u64) -> bool {
        let Some((expires, proof)) = token.split_first_chunk::<8>() else { return false };
        let expires = u64::from_be_bytes(*expires);
        let whole = self.proof(device, expires);
        let Ok(proof) = <[u8; 16]>::try_from(proof) else { return false };
        // Compared through BLAKE3's own constant-time equality.
        let given = blake3::keyed_hash(&self.0, &proof);
        let wanted = blake3::keyed_hash(&self.0, &whole.as_bytes()[..16]);
        given == wanted && now <= expires && expires <= now + TOKEN_SECONDS
    }

    fn proof(&self, device: &Author, expires: u64) -> blake3::Hash {
        let mut message = device.as_bytes().to_vec();
        message.extend_from_slice(&expires.to_be_bytes());
        blake3::keyed_hash(&self.0, &message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_serves_its_device_for_its_time() {
        let key = TokenKey::of(&Signer::from_bytes(&[1; 32]));
        let (device, other) = (Author::from_bytes([2; 32]), Author::from_bytes([3; 32]));
        let token = key.issue(&device, 1_000);
        assert!(key.accepts(&token, &device, 1_000));
        assert!(key.accepts(&token, &device, 1_000 + TOKEN_SECONDS));
        assert!(!key.accepts(&token, &device, 1_001 + TOKEN_SECONDS));
        assert!(!key.accepts(&token, &other, 1_000));
        for bit in 0..token.len() * 8 {
            let mut forged = token.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            assert!(!key.accepts(&forged, &device, 1_000), "bit {bit}");
        }
        assert!(!key.accepts(&[], &device, 1_000));
    }
}
