//! Envelopes laid ready: for each scope that the next form may go to, a new case's key, wrapped for
//! its readers while nobody waits.
//!
//! Gives none that was wrapped for others than the register names at that moment.

use std::collections::BTreeMap;

use beket_directory::Directory;
use beket_record::{CaseId, Envelope, Part, Scope};
use rand::CryptoRng;

use crate::KioskError;

/// One for each scope at most. Each is used for one case, or never.
#[derive(Debug, Default)]
pub(crate) struct Envelopes(BTreeMap<Scope, Envelope>);

impl Envelopes {
    /// Lays one ready wherever one is missing or would be refused.
    pub(crate) fn prepare(
        &mut self,
        directory: &Directory,
        station: &Scope,
        rng: &mut impl CryptoRng,
    ) {
        let scopes = directory.scopes_of(station);
        self.0.retain(|scope, ready| scopes.contains(scope) && is_right(ready, directory, scope));
        for scope in scopes {
            // One that cannot be made is missed, and its reason told, when it is needed.
            if !self.0.contains_key(&scope)
                && let Ok(ready) = new(directory, &scope, rng)
            {
                self.0.insert(scope, ready);
            }
        }
    }

    /// An envelope for a new case of this scope: the one that is ready, or one made at once.
    pub(crate) fn take(
        &mut self,
        directory: &Directory,
        scope: &Scope,
        rng: &mut impl CryptoRng,
    ) -> Result<Envelope, KioskError> {
        match self.0.remove(scope) {
            Some(ready) if is_right(&ready, directory, scope) => Ok(ready),
            _ => new(directory, scope, rng),
        }
    }
}

fn is_right(ready: &Envelope, directory: &Directory, scope: &Scope) -> bool {
    directory.recipients(Part::Intake, scope).is_some_and(|now| now == ready.recipients())
}

fn new(
    directory: &Directory,
    scope: &Scope,
    rng: &mut impl CryptoRng,
) -> Result<Envelope, KioskError> {
    let recipients = directory.recipients(Part::Intake, scope).ok_or(KioskError::NoRecipients)?;
    Envelope::new(Part::Intake, CaseId::random(rng), recipients, rng)
        .map_err(|error| beket_record::SealError::from(error).into())
}
