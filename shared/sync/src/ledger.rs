//! One set's side of a comparison, by range-based set reconciliation (negentropy, protocol 1).
//!
//! Refuses messages that are not the protocol's; bounds what one message may hold.

use beket_directory::Set;
use beket_record::{Position, RecordId};
use negentropy::{Id, Negentropy, NegentropyStorageBase, NegentropyStorageVector};
use thiserror::Error;

/// The most bytes that the messages of all sets in one body may have together.
const BODY_BYTES: usize = 1024 * 1024;
/// The most bytes one reconcile message may have, and the least that the protocol can work with.
const FRAME_BYTES: std::ops::RangeInclusive<usize> = 4 * 1024..=256 * 1024;

/// The most questions that a comparison of so many items takes: a question with room for nothing
/// else settles about a hundred of them.
pub(crate) fn most_rounds(items: usize) -> usize {
    16 + items / 32
}

/// A message that is not one of the protocol's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the comparison of {0} went wrong: {1}")]
pub struct Mismatch(String, String);

/// The items of one set, sealed for one conversation.
#[derive(Debug, Clone)]
pub struct Ledger {
    set: Set,
    storage: NegentropyStorageVector,
}

/// What one answer told the asker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// The next message; `None` when the comparison is complete.
    pub(crate) next: Option<Vec<u8>>,
    /// Records that the other side lacks.
    pub(crate) have: Vec<RecordId>,
    /// Records that this side lacks.
    pub(crate) need: Vec<RecordId>,
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
        Ok(Self { set, storage })
    }

    /// Which set.
    pub fn set(&self) -> &Set {
        &self.set
    }

    /// How many items the set has here.
    pub(crate) fn len(&self) -> usize {
        self.storage.size().unwrap_or(0)
    }

    /// Whether the set has no items here.
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Its items' addresses, in the set's order.
    pub(crate) fn ids(&self) -> impl Iterator<Item = RecordId> {
        let items = (0..self.len()).filter_map(|at| self.storage.get_item(at).ok().flatten());
        items.map(|item| RecordId::from_bytes(item.id.to_bytes()))
    }

    /// The first message.
    pub(crate) fn opening(&self) -> Result<Vec<u8>, Mismatch> {
        self.protocol(1)?.initiate().map_err(|error| self.wrong(&error))
    }

    /// The answering side's answer to a message, in a body that it shares with other sets'.
    pub(crate) fn answer(&self, message: &[u8], sets: usize) -> Result<Vec<u8>, Mismatch> {
        self.protocol(sets)?.reconcile(message).map_err(|error| self.wrong(&error))
    }

    /// What an answer tells the asking side, whose next message shares its body with other sets'.
    /// Sorted, so that a run can be replayed.
    pub(crate) fn hear(&self, answer: &[u8], sets: usize) -> Result<Told, Mismatch> {
        let mut protocol = self.protocol(sets)?;
        protocol.set_initiator();
        let (mut have, mut need) = (Vec::new(), Vec::new());
        let next = protocol
            .reconcile_with_ids(answer, &mut have, &mut need)
            .map_err(|error| self.wrong(&error))?;
        Ok(Told { next, have: sorted(have), need: sorted(need) })
    }

    fn protocol(&self, sets: usize) -> Result<Negentropy<'_, NegentropyStorageVector>, Mismatch> {
        let frame = (BODY_BYTES / sets.max(1)).clamp(*FRAME_BYTES.start(), *FRAME_BYTES.end());
        Negentropy::borrowed(&self.storage, frame as u64).map_err(|error| self.wrong(&error))
    }

    fn wrong(&self, error: &negentropy::Error) -> Mismatch {
        Mismatch(format!("{:?}", self.set), error.to_string())
    }
}

fn sorted(ids: Vec<Id>) -> Vec<RecordId> {
    let mut ids: Vec<RecordId> =
        ids.into_iter().map(|id| RecordId::from_bytes(id.to_bytes())).collect();
    ids.sort_unstable();
    ids
}

#[cfg(test)]
mod tests;
