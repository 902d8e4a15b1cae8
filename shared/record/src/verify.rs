//! Signatures of records: one by one, or many at once.
//!
//! [`Record`] is the proof that the check was made; nothing else in the workspace makes one from
//! foreign bytes.

use ed25519_zebra::batch::{Item, Verifier};
use ed25519_zebra::{Signature as ZebraSignature, VerificationKeyBytes};
use rand::CryptoRng;
use thiserror::Error;

use crate::layout::{Header, Malformed, Unverified};
use crate::{RecordId, Signer};

const DOMAIN: &[u8] = b"beket-record-1";

/// A record that was altered after signing, or signed by nobody we could know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the signature does not fit the record: it was altered on its way, or forged")]
pub struct BadSignature;

/// A record whose signature fits its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record(Unverified);

impl Record {
    /// Its address.
    pub fn id(&self) -> RecordId {
        self.0.id
    }

    /// Its clear part.
    pub fn header(&self) -> &Header {
        &self.0.header
    }

    /// Its bytes, as first signed.
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// The body: sealed, or in clear for parts that are.
    pub fn body(&self) -> &[u8] {
        &self.0.bytes[self.0.body.clone()]
    }

    /// The bytes that the body's seal covers.
    pub(crate) fn associated_data(&self) -> &[u8] {
        &self.0.bytes[..self.0.body.start]
    }

    /// Reads back a record from a disk that was handed a verified one: equal address, equal bytes
    /// before the signature. `None` if the disk gave something else.
    pub fn from_disk(bytes: Vec<u8>, id: RecordId) -> Result<Option<Self>, Malformed> {
        let record = Unverified::parse(bytes)?;
        Ok((record.id == id).then_some(Self(record)))
    }

    pub(crate) fn sign(header: &Header, body: &[u8], signer: &Signer) -> Result<Self, Malformed> {
        let mut bytes = header.write();
        let too_large = Malformed::TooLarge { bytes: bytes.len() + body.len() };
        bytes.extend_from_slice(&u32::try_from(body.len()).map_err(|_| too_large)?.to_be_bytes());
        bytes.extend_from_slice(body);
        let id = blake3::hash(&bytes);
        bytes.extend_from_slice(&signer.sign(&message(id.as_bytes())));
        Unverified::parse(bytes).map(Self)
    }
}

impl Unverified {
    /// Checks the signature.
    pub fn verify(self) -> Result<Record, BadSignature> {
        let fits = self.header.author.verifies(&message(self.id.as_bytes()), &self.signature());
        if fits { Ok(Record(self)) } else { Err(BadSignature) }
    }
}

/// Checks many signatures for about half the work of one at a time. Where any fails, each is
/// checked alone, so that one bad record costs its neighbours nothing but time.
pub fn verify_all(
    records: Vec<Unverified>,
    rng: &mut impl CryptoRng,
) -> Vec<Result<Record, BadSignature>> {
    let mut batch = Verifier::new();
    for record in &records {
        let author = VerificationKeyBytes::from(*record.header.author.as_bytes());
        let signature = ZebraSignature::from(record.signature());
        batch.queue(Item::from((author, signature, &message(record.id.as_bytes()))));
    }
    let all_fit = batch.verify(rng).is_ok();
    let one = |record: Unverified| {
        if all_fit { Ok(Record(record)) } else { record.verify() }
    };
    records.into_iter().map(one).collect()
}

fn message(id: &[u8; 32]) -> [u8; 46] {
    let mut message = [0; 46];
    message[..DOMAIN.len()].copy_from_slice(DOMAIN);
    message[DOMAIN.len()..].copy_from_slice(id);
    message
}

#[cfg(test)]
mod tests;
