//! How a kiosk is set up, in the clear: a self-service kiosk holds no key to seal anything under.
//!
//! Owns the staff's PIN (as an Argon2id hash), the density of the screen, the printer, when the screen
//! locks, and whether a form was begun. Refuses anything that a citizen said.

use beket_store::Write;
use minicbor::{Decode, Encode};
use rand::CryptoRng;

use super::Worker;
use crate::coupon::Printer;
use crate::{KioskError, safe};

const STAND: &str = "stand";
pub(super) const BEGUN: &str = "form-begun";

/// How a kiosk is set up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Stand {
    /// Hash of the PIN that leaves the mode; `None` before it was set up.
    #[n(0)]
    pub(crate) pin: Option<String>,
    /// Hundredths of a dot per millimetre of the screen; `None` where nobody has measured.
    #[n(1)]
    pub density: Option<u16>,
    /// Where coupons are printed.
    #[n(2)]
    pub printer: Printer,
    /// Minutes after which a staffed kiosk's screen locks; `None` where nobody chose.
    #[n(3)]
    pub lock_minutes: Option<u8>,
}

/// A screen that nobody has touched for so many minutes asks who is working.
const LOCK_MINUTES: u8 = 10;

impl Stand {
    /// Whether somebody can leave the mode.
    pub fn is_set_up(&self) -> bool {
        self.pin.is_some()
    }

    /// Minutes after which a staffed kiosk's screen locks.
    pub fn locks_after(&self) -> u8 {
        self.lock_minutes.unwrap_or(LOCK_MINUTES)
    }

    /// Dots per millimetre of the screen.
    pub fn dots_per_mm(&self) -> f32 {
        self.density.map_or(crate::look::touch::UNMEASURED, |density| f32::from(density) / 100.0)
    }
}

impl Worker {
    /// How it is set up.
    pub(crate) fn stand(&self) -> Result<Stand, KioskError> {
        let kept = self.store.setting(STAND)?;
        Ok(kept.and_then(|bytes| minicbor::decode(&bytes).ok()).unwrap_or_default())
    }

    /// Changes how it is set up; gives what it is then.
    pub(crate) fn set_up(&mut self, change: impl FnOnce(&mut Stand)) -> Result<Stand, KioskError> {
        let mut stand = self.stand()?;
        change(&mut stand);
        let bytes = minicbor::to_vec(&stand).map_err(|_| KioskError::DamagedIdentity)?;
        self.store.write(|write: &mut Write<'_>| -> Result<(), KioskError> {
            Ok(write.set(STAND, &bytes)?)
        })?;
        Ok(stand)
    }

    /// Sets the PIN that leaves the mode.
    pub(crate) fn set_staff_pin(
        &mut self,
        pin: &str,
        rng: &mut impl CryptoRng,
    ) -> Result<Stand, KioskError> {
        let hash = safe::hash_of(pin, rng)?;
        self.set_up(|stand| stand.pin = Some(hash))
    }

    /// Whether that is the staff's PIN.
    pub(crate) fn is_staff_pin(&self, pin: &str) -> bool {
        let stand = self.stand().unwrap_or_default();
        stand.pin.is_some_and(|hash| safe::fits(&hash, pin))
    }

    /// Notes that a form was begun, or that it has ended: nothing else of it is kept.
    pub(crate) fn note_begun(&mut self, begun: bool) -> Result<(), KioskError> {
        let byte = [u8::from(begun)];
        self.store.write(|write: &mut Write<'_>| -> Result<(), KioskError> {
            Ok(write.set(BEGUN, &byte)?)
        })
    }

    /// Whether a form was begun and never ended: the power went.
    pub(crate) fn was_begun(&self) -> Result<bool, KioskError> {
        Ok(self.store.setting(BEGUN)?.is_some_and(|bytes| bytes == [1]))
    }
}
