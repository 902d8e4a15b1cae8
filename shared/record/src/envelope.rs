//! An envelope: a document's key, wrapped for whoever may read the document.
//!
//! Made before there is anything to put into it: wrapping is most of the work of sealing, and a
//! person who waits for the sealed record need not wait for that. Bound to one part of one case.

use rand::CryptoRng;

use crate::grant::wrap_for_all;
use crate::{CaseId, DocumentKey, Grant, KeyError, Part, Recipient};

/// What a document is sealed under, and for whom.
#[derive(Debug, Clone)]
pub struct Envelope {
    part: Part,
    case: CaseId,
    key: DocumentKey,
    recipients: Vec<Recipient>,
    grants: Vec<Grant>,
}

impl Envelope {
    /// A new document's, with a key of its own that its first record tells the recipients.
    pub fn new(
        part: Part,
        case: CaseId,
        recipients: Vec<Recipient>,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, KeyError> {
        Self::telling(part, case, DocumentKey::random(rng), recipients, rng)
    }

    /// A document's whose key is known here, for a record that tells it to these.
    pub fn telling(
        part: Part,
        case: CaseId,
        key: DocumentKey,
        recipients: Vec<Recipient>,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, KeyError> {
        let grants = wrap_for_all(&key, &recipients, case, part, rng)?;
        Ok(Self { part, case, key, recipients, grants })
    }

    /// For a document's later records: whoever may read it was told its key.
    pub fn known(part: Part, case: CaseId, key: DocumentKey) -> Self {
        Self { part, case, key, recipients: Vec::new(), grants: Vec::new() }
    }

    /// Which document.
    pub fn part(&self) -> Part {
        self.part
    }

    /// Which case.
    pub fn case(&self) -> CaseId {
        self.case
    }

    /// Whom it tells the key.
    pub fn recipients(&self) -> &[Recipient] {
        &self.recipients
    }

    pub(crate) fn key(&self) -> &DocumentKey {
        &self.key
    }

    pub(crate) fn grants(&self) -> &[Grant] {
        &self.grants
    }
}
