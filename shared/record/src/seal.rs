//! Sealing a change into a record, and opening it again.
//!
//! Refuses to seal what the guard refuses, and to open what does not fit its header: every byte
//! before the body is associated data of its seal.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::CryptoRng;
use thiserror::Error;

use crate::grant::wrap_for_all;
use crate::layout::{Header, Malformed};
use crate::{
    CaseId, DocumentKey, Envelope, GuardError, Guarded, KeyError, KeyId, Lane, Part, Recipient,
    RecipientSecret, Record, Scope, Signer, compress,
};

const NONCE_BYTES: usize = 24;

/// Why a change could not be sealed.
#[derive(Debug, Error)]
pub enum SealError {
    /// A recipient's key is no key.
    #[error(transparent)]
    Recipient(#[from] KeyError),
    /// The result breaks a limit of the layout.
    #[error(transparent)]
    Layout(#[from] Malformed),
    /// The change could not be compressed.
    #[error("the change could not be compressed")]
    Compress(#[from] std::io::Error),
    /// The cipher refused.
    #[error("the change could not be sealed")]
    Cipher,
    /// Bodies of this part are sealed where this one would be in clear, or the other way round.
    #[error("a body of this part may not be written {}", if *sealed { "in clear" } else { "sealed" })]
    WrongPart {
        /// Whether bodies of the part must be sealed.
        sealed: bool,
    },
}

/// Why a record's body stays shut. The record itself is sound: it is kept, unapplied, and shown.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpenError {
    /// No key at hand opens it.
    #[error("no key held here opens this record")]
    NoKey,
    /// It only grants keys.
    #[error("this record has no body")]
    NoBody,
    /// The seal does not fit.
    #[error("the record's body does not fit its seal")]
    Seal,
    /// The content is no compressed change, or would inflate beyond the cap.
    #[error("the record's body is not a compressed change, or a far too large one")]
    Inflate,
    /// The guard refuses the change.
    #[error(transparent)]
    Guard(#[from] GuardError),
}

/// What to seal.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// Which document of which case, under which key, told to whom.
    pub envelope: &'a Envelope,
    /// Order of sending.
    pub lane: Lane,
    /// Who may hold it.
    pub scope: &'a Scope,
    /// Seconds since 1970 by the writer's clock.
    pub made: u32,
    /// The change.
    pub change: &'a Guarded,
}

/// Seals and signs a change.
pub fn seal(
    draft: Draft<'_>,
    signer: &Signer,
    rng: &mut impl CryptoRng,
) -> Result<Record, SealError> {
    let envelope = draft.envelope;
    if !envelope.part().is_sealed() {
        return Err(SealError::WrongPart { sealed: false });
    }
    let header = Header {
        part: envelope.part(),
        lane: draft.lane,
        case: envelope.case(),
        scope: draft.scope.clone(),
        author: signer.author(),
        made: draft.made,
        kid: envelope.key().id(),
        grants: envelope.grants().to_vec(),
    };
    let compressed = compress::deflate(draft.change.raw())?;
    let mut nonce = [0; NONCE_BYTES];
    rng.fill_bytes(&mut nonce);
    let body_len = u32::try_from(NONCE_BYTES + compressed.len() + 16)
        .map_err(|_| Malformed::TooLarge { bytes: compressed.len() })?;
    let mut associated_data = header.write();
    associated_data.extend_from_slice(&body_len.to_be_bytes());
    let sealed = cipher(envelope.key())
        .encrypt(&XNonce::from(nonce), Payload { msg: &compressed, aad: &associated_data })
        .map_err(|_| SealError::Cipher)?;
    let mut body = nonce.to_vec();
    body.extend_from_slice(&sealed);
    Ok(Record::sign(&header, &body, signer)?)
}

/// Opens a record's body with its document's key and passes it through the guard.
pub fn open(record: &Record, key: &DocumentKey) -> Result<Guarded, OpenError> {
    if record.body().is_empty() {
        return Err(OpenError::NoBody);
    }
    if key.id() != record.header().kid {
        return Err(OpenError::NoKey);
    }
    let (nonce, sealed) =
        record.body().split_first_chunk::<NONCE_BYTES>().ok_or(OpenError::Seal)?;
    let compressed = cipher(key)
        .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: record.associated_data() })
        .map_err(|_| OpenError::Seal)?;
    let raw = compress::inflate(&compressed).ok_or(OpenError::Inflate)?;
    Ok(Guarded::inspect(raw)?)
}

fn cipher(key: &DocumentKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.as_bytes().into())
}

/// What to state in clear: a certificate or a purge.
#[derive(Debug, Clone, Copy)]
pub struct Statement<'a> {
    /// [`Part::Directory`] or [`Part::Purge`]; a sealed part where the body is empty.
    pub part: Part,
    /// Order of sending.
    pub lane: Lane,
    /// The purged case, or [`CaseId::NONE`].
    pub case: CaseId,
    /// The station or incident it is about.
    pub scope: &'a Scope,
    /// Seconds since 1970 by the writer's clock.
    pub made: u32,
    /// A secret to pass on with it (a scope's private key), and to whom.
    pub secret: Option<(&'a DocumentKey, &'a [Recipient])>,
    /// The encoded certificate.
    pub body: &'a [u8],
}

/// Signs a statement whose body everyone may read. For a sealed part the body must be empty: such
/// a record only grants the document's key to more recipients.
pub fn state(
    statement: Statement<'_>,
    signer: &Signer,
    rng: &mut impl CryptoRng,
) -> Result<Record, SealError> {
    if statement.part.is_sealed() && !statement.body.is_empty() {
        return Err(SealError::WrongPart { sealed: true });
    }
    let (kid, grants) = match statement.secret {
        None => (KeyId::NONE, Vec::new()),
        Some((key, recipients)) => {
            let (case, part) = (statement.case, statement.part);
            (key.id(), wrap_for_all(key, recipients, case, part, rng)?)
        }
    };
    let header = Header {
        part: statement.part,
        lane: statement.lane,
        case: statement.case,
        scope: statement.scope.clone(),
        author: signer.author(),
        made: statement.made,
        kid,
        grants,
    };
    Ok(Record::sign(&header, statement.body, signer)?)
}

impl Record {
    /// The key that this record grants to `owner`, if it does.
    pub fn granted_key(&self, owner: &RecipientSecret) -> Option<DocumentKey> {
        let header = self.header();
        header
            .grants
            .iter()
            .find_map(|grant| grant.unwrap(owner, header.case, header.part, header.kid))
    }
}

#[cfg(test)]
mod golden;
#[cfg(test)]
mod tests;
