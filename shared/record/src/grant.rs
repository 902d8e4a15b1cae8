//! A grant: a 32-byte secret wrapped for one recipient (HPKE, RFC 9180, base mode).
//!
//! Bound to case, part, recipient and the name of the wrapped key, so that a grant copied into
//! another record opens nothing. Refuses recipients that are no key.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256 as X25519;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::{CaseId, DocumentKey, KeyError, KeyId, Part, Recipient, RecipientSecret};

const DOMAIN: &[u8] = b"beket-grant-1";

/// A wrapped key: 4 bytes to find it by, 32 encapsulated, 48 sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub(crate) hint: [u8; 4],
    pub(crate) encapsulated: [u8; 32],
    pub(crate) sealed: [u8; 48],
}

impl Grant {
    /// Bytes of one grant in a record.
    pub const BYTES: usize = 4 + 32 + 48;

    pub(crate) fn from_bytes(bytes: &[u8; Self::BYTES]) -> Self {
        let mut grant = Self { hint: [0; 4], encapsulated: [0; 32], sealed: [0; 48] };
        grant.hint.copy_from_slice(&bytes[..4]);
        grant.encapsulated.copy_from_slice(&bytes[4..36]);
        grant.sealed.copy_from_slice(&bytes[36..]);
        grant
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.hint);
        out.extend_from_slice(&self.encapsulated);
        out.extend_from_slice(&self.sealed);
    }

    /// The wrapped key, if this grant is for `owner` and tells the key named `kid`.
    pub(crate) fn unwrap(
        &self,
        owner: &RecipientSecret,
        case: CaseId,
        part: Part,
        kid: KeyId,
    ) -> Option<DocumentKey> {
        if self.hint != owner.recipient().hint() {
            return None;
        }
        let encapsulated = <X25519 as Kem>::EncappedKey::from_bytes(&self.encapsulated).ok()?;
        let secret = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519>(
            &OpModeR::Base,
            &owner.key().ok()?,
            &encapsulated,
            &info(case, part, owner.recipient()),
            &self.sealed,
            &kid.0,
        )
        .ok()?;
        let key = DocumentKey::from_bytes(Zeroizing::new(secret).as_slice().try_into().ok()?);
        (key.id() == kid).then_some(key)
    }
}

/// Wraps the secret of `key` for one recipient, bound to case and part.
fn wrap_secret(
    key: &DocumentKey,
    recipient: &Recipient,
    case: CaseId,
    part: Part,
    rng: &mut impl CryptoRng,
) -> Result<Grant, KeyError> {
    let (encapsulated, sealed) =
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519>(
            &OpModeS::Base,
            &recipient.key()?,
            &info(case, part, *recipient),
            key.as_bytes(),
            &key.id().0,
            rng,
        )
        .map_err(|_| KeyError::NotAKey)?;
    Ok(Grant {
        hint: recipient.hint(),
        encapsulated: encapsulated.to_bytes().into(),
        sealed: sealed.try_into().map_err(|_| KeyError::NotAKey)?,
    })
}

/// The same for each of several.
pub(crate) fn wrap_for_all(
    key: &DocumentKey,
    recipients: &[Recipient],
    case: CaseId,
    part: Part,
    rng: &mut impl CryptoRng,
) -> Result<Vec<Grant>, KeyError> {
    recipients.iter().map(|recipient| wrap_secret(key, recipient, case, part, rng)).collect()
}

fn info(case: CaseId, part: Part, recipient: Recipient) -> Vec<u8> {
    let mut info = Vec::with_capacity(DOMAIN.len() + 16 + 1 + 32);
    info.extend_from_slice(DOMAIN);
    info.extend_from_slice(case.as_bytes());
    info.push(part as u8);
    info.extend_from_slice(recipient.as_bytes());
    info
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    #[test]
    fn a_grant_opens_for_its_owner_and_its_place_alone() {
        let rng = &mut ChaCha8Rng::seed_from_u64(1);
        let (owner, stranger) = (RecipientSecret::random(rng), RecipientSecret::random(rng));
        let key = DocumentKey::random(rng);
        let (case, other) = (CaseId::random(rng), CaseId::random(rng));
        let grant = wrap_secret(&key, &owner.recipient(), case, Part::Intake, rng).unwrap();

        assert_eq!(grant.unwrap(&owner, case, Part::Intake, key.id()), Some(key.clone()));
        assert_eq!(grant.unwrap(&stranger, case, Part::Intake, key.id()), None);
        assert_eq!(grant.unwrap(&owner, other, Part::Intake, key.id()), None);
        assert_eq!(grant.unwrap(&owner, case, Part::Answer, key.id()), None);
        assert_eq!(grant.unwrap(&owner, case, Part::Intake, KeyId::NONE), None);
    }

    #[test]
    fn a_recipient_that_is_no_key_is_refused() {
        let rng = &mut ChaCha8Rng::seed_from_u64(2);
        let nobody = Recipient::from_bytes([0; 32]);
        let key = DocumentKey::random(rng);
        let wrapped = wrap_secret(&key, &nobody, CaseId::NONE, Part::Intake, rng);
        assert_eq!(wrapped, Err(KeyError::NotAKey));
    }
}
