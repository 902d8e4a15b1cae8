//! The one place where the kiosk's clock is read and the operating system asked for randomness.

use std::time::{SystemTime, UNIX_EPOCH};

use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;

use crate::Now;

/// This moment by the kiosk's clock.
pub(crate) fn now() -> Now {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Now::from_milliseconds(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// The operating system's randomness; a kiosk that cannot get any must not seal anything.
pub(crate) fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}
