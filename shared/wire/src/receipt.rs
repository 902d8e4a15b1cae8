//! A receipt: the office's word that records are on its disk.
//!
//! One signature covers a batch of ids in order. It is checked against the office key that the
//! kiosk pinned when it was enrolled, so that no other server can make a kiosk say "at the
//! centre"; and it is kept, since it proves the same wherever it travels.

use beket_record::{Author, RecordId, Signer};
use minicbor::{Decode, Encode};

const DOMAIN: &[u8] = b"beket-receipt-1";

/// The office's word on a batch.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Receipt {
    /// Seconds since 1970 by the office's clock.
    #[n(0)]
    pub at: u64,
    /// Ed25519 over domain, time and ids.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

impl Receipt {
    /// The office signs for a batch that is on its disk; `None` for an empty one.
    pub fn sign(office: &Signer, at: u64, ids: &[RecordId]) -> Option<Self> {
        let signature = office.sign(&statement(at, ids));
        (!ids.is_empty()).then_some(Self { at, signature })
    }

    /// Whether this is the office's word on exactly these ids in this order.
    pub fn covers(&self, office: &Author, ids: &[RecordId]) -> bool {
        !ids.is_empty() && office.verifies(&statement(self.at, ids), &self.signature)
    }
}

fn statement(at: u64, ids: &[RecordId]) -> Vec<u8> {
    let mut hasher = blake3::Hasher::new();
    for id in ids {
        hasher.update(id.as_bytes());
    }
    let mut statement = DOMAIN.to_vec();
    statement.extend_from_slice(&at.to_be_bytes());
    statement.extend_from_slice(&(ids.len() as u64).to_be_bytes());
    statement.extend_from_slice(hasher.finalize().as_bytes());
    statement
}

#[cfg(test)]
mod tests;
