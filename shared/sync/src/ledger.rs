//! One set's side of a comparison, by range-based set reconciliation (negentropy, protocol 1).
//!
//! Refuses messages that are not the protocol's; bounds what one message may hold.

use beket_directory::Set;
use beket_record::{Position, RecordId};
use negentropy::{Id, Negentropy, NegentropyStorageVector};
use thiserror::Error;

/// The most bytes one reconcile message may have.
const FRAME_BYTES: u64 = 256 * 1024;

/// A message that is not one of the protocol's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the comparison of {0} went wrong: {1}")]
pub struct Mismatch(String, String);

/// The items of one set, sealed for one conversation.
#[derive(Debug, Clone)]
pub struct Ledger {
    set: Set,
    len: usize,
    storage: NegentropyStorageVector,
}

/// What one answer told the asker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The next message; `None` when the comparison is complete.
    pub next: Option<Vec<u8>>,
    /// Records that the other side lacks.
    pub have: Vec<RecordId>,
    /// Records that this side lacks.
    pub need: Vec<RecordId>,
}

impl Ledger {
    /// Seals the items of a set.
    pub fn new(set: Set, items: &[Position]) -> Result<Self, Mismatch> {
        let mut storage = NegentropyStorageVector::with_capacity(items.len());
        let wrong = |error: negentropy::Error| Mismatch(format!("{set:?}"), error.to_string());
        for item in items {
            let id = Id::from_byte_array(*item.id.as_bytes());
            storage.insert(u64::from(item.made), id).map_err(wrong)?;
        }
        storage.seal().map_err(wrong)?;
        Ok(Self { set, len: items.len(), storage })
    }

    /// Which set.
    pub fn set(&self) -> &Set {
        &self.set
    }

    /// Whether the set has no items here.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The first message.
    pub fn opening(&self) -> Result<Vec<u8>, Mismatch> {
        self.protocol()?.initiate().map_err(|error| self.wrong(&error))
    }

    /// The answering side's answer to a message.
    pub fn answer(&self, message: &[u8]) -> Result<Vec<u8>, Mismatch> {
        self.protocol()?.reconcile(message).map_err(|error| self.wrong(&error))
    }

    /// What an answer tells the asking side. Sorted, so that a run can be replayed.
    pub fn hear(&self, answer: &[u8]) -> Result<Told, Mismatch> {
        let mut protocol = self.protocol()?;
        protocol.set_initiator();
        let (mut have, mut need) = (Vec::new(), Vec::new());
        let next = protocol
            .reconcile_with_ids(answer, &mut have, &mut need)
            .map_err(|error| self.wrong(&error))?;
        Ok(Told { next, have: sorted(have), need: sorted(need) })
    }

    fn protocol(&self) -> Result<Negentropy<'_, NegentropyStorageVector>, Mismatch> {
        Negentropy::borrowed(&self.storage, FRAME_BYTES).map_err(|error| self.wrong(&error))
    }

    fn wrong(&self, error: &negentropy::Error) -> Mismatch {
        Mismatch(format!("{:?}", self.set), error.to_string())
    }
}

fn sorted(ids: Vec<Id>) -> Vec<RecordId> {
    let mut ids: Vec<RecordId> =
        ids.into_iter().map(|id| RecordId::from_bytes(id.to_bytes())).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
