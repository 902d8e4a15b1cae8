//! Keys: who signs (Ed25519), who can open (X25519), and what seals one document.
//!
//! Secrets are wiped from memory when dropped and never printed.

use std::fmt;

use data_encoding::HEXLOWER;
use ed25519_zebra::{SigningKey, VerificationKey, VerificationKeyBytes};
use hpke::kem::X25519HkdfSha256 as X25519;
use hpke::{Deserializable, Kem, Serializable};
use rand::CryptoRng;
use thiserror::Error;
use zeroize::{Zeroize, Zeroizing};

/// A signature of 64 bytes.
pub type Signature = [u8; 64];

/// Why bytes are no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyError {
    /// The bytes are not a point that can receive secrets.
    #[error("these bytes are not a key that a secret could be sealed to")]
    NotAKey,
}

/// A public signing key: enough, alone, to verify everything its owner wrote.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Author([u8; 32]);

impl Author {
    /// Takes bytes as they are; bytes that are no key verify nothing.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether `signature` over `message` is this author's.
    pub fn verifies(&self, message: &[u8], signature: &Signature) -> bool {
        VerificationKey::try_from(VerificationKeyBytes::from(self.0))
            .and_then(|key| key.verify(&(*signature).into(), message))
            .is_ok()
    }

    /// The first eight hexadecimal digits, to tell keys apart in a sentence.
    pub fn short(&self) -> String {
        HEXLOWER.encode(&self.0[..4])
    }
}

impl fmt::Display for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Author({})", self.short())
    }
}

/// A private signing key.
#[derive(Clone)]
pub struct Signer {
    key: SigningKey,
    author: Author,
}

impl Signer {
    /// Draws a new key.
    pub fn random(rng: &mut impl CryptoRng) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(seed.as_mut());
        Self::from_bytes(&seed)
    }

    /// The key that grows from this seed.
    pub fn from_bytes(seed: &[u8; 32]) -> Self {
        let key = SigningKey::from(*seed);
        let author = Author(VerificationKeyBytes::from(&key).into());
        Self { key, author }
    }

    /// The seed, to be kept secret.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.key.into())
    }

    /// The public half.
    pub fn author(&self) -> Author {
        self.author
    }

    /// Signs a message; the caller puts its domain first.
    pub fn sign(&self, message: &[u8]) -> Signature {
        self.key.sign(message).into()
    }
}

/// `SigningKey` is plain data that nothing wipes by itself.
impl Drop for Signer {
    fn drop(&mut self) {
        self.key.zeroize();
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.author.short())
    }
}

/// A public key that document keys are sealed to (X25519).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Recipient([u8; 32]);

impl Recipient {
    /// Takes bytes as they are; sealing to bytes that are no key fails then.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Four bytes that let an owner find its own grant; a clash only costs one more try.
    pub(crate) fn hint(&self) -> [u8; 4] {
        let hash = blake3::hash(&self.0);
        [hash.as_bytes()[0], hash.as_bytes()[1], hash.as_bytes()[2], hash.as_bytes()[3]]
    }

    pub(crate) fn key(&self) -> Result<<X25519 as Kem>::PublicKey, KeyError> {
        <X25519 as Kem>::PublicKey::from_bytes(&self.0).map_err(|_| KeyError::NotAKey)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({})", HEXLOWER.encode(&self.0[..4]))
    }
}

/// The private half of a [`Recipient`].
#[derive(Clone)]
pub struct RecipientSecret {
    secret: Zeroizing<[u8; 32]>,
    recipient: Recipient,
}

impl RecipientSecret {
    /// Draws a new key.
    pub fn random(rng: &mut impl CryptoRng) -> Self {
        let (secret, public) = X25519::gen_keypair_with_rng(rng);
        Self {
            secret: Zeroizing::new(secret.to_bytes().into()),
            recipient: Recipient(public.to_bytes().into()),
        }
    }

    /// Reads a secret that [`Self::as_bytes`] gave.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        let secret =
            <X25519 as Kem>::PrivateKey::from_bytes(bytes).map_err(|_| KeyError::NotAKey)?;
        let recipient = Recipient(X25519::sk_to_pk(&secret).to_bytes().into());
        Ok(Self { secret: Zeroizing::new(*bytes), recipient })
    }

    /// The secret bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.secret
    }

    /// The public half.
    pub fn recipient(&self) -> Recipient {
        self.recipient
    }

    pub(crate) fn key(&self) -> Result<<X25519 as Kem>::PrivateKey, KeyError> {
        <X25519 as Kem>::PrivateKey::from_bytes(self.secret.as_ref()).map_err(|_| KeyError::NotAKey)
    }
}

impl fmt::Debug for RecipientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecipientSecret({:?})", self.recipient)
    }
}

/// Names a document key without telling it: the first 16 bytes of its BLAKE3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 16]);

impl KeyId {
    /// Stands where a record has no key.
    pub const NONE: Self = Self([0; 16]);
}

/// The symmetric key of one document.
#[derive(Clone, PartialEq, Eq)]
pub struct DocumentKey([u8; 32]);

impl DocumentKey {
    /// Draws a new key.
    pub fn random(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// Takes the bytes of a key.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The secret bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The name of this key.
    pub fn id(&self) -> KeyId {
        let mut id = [0; 16];
        id.copy_from_slice(&blake3::hash(&self.0).as_bytes()[..16]);
        KeyId(id)
    }
}

impl Drop for DocumentKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for DocumentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DocumentKey({})", HEXLOWER.encode(&self.id().0[..4]))
    }
}
