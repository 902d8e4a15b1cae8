//! The one place where the kiosk's clock is read and the operating system asked for randomness, for how
//! long it slept, and for room for others.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use rustix::process::nice;
use rustix::time::{ClockId, clock_gettime};

use crate::Now;

/// This moment by the kiosk's clock.
pub(crate) fn now() -> Now {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Now::from_milliseconds(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// For how many seconds this machine has slept since it was started: no clock of egui's counts them.
pub(crate) fn asleep() -> f64 {
    (up() - since_start(ClockId::Monotonic)).max(0.0)
}

/// For how many seconds it has been up, asleep or not, whatever its clock shows.
pub(crate) fn up() -> f64 {
    since_start(ClockId::Boottime)
}

fn since_start(clock: ClockId) -> f64 {
    let time = clock_gettime(clock);
    let whole = Duration::from_secs(time.tv_sec.unsigned_abs());
    (whole + Duration::from_nanos(time.tv_nsec.unsigned_abs())).as_secs_f64()
}

/// Whatever this thread does from here on, and those that it starts, waits for the others: a form that
/// was saved is told before it is read.
pub(crate) fn step_back() {
    // Where the system does not let it, it is only later.
    let _ = nice(10);
}

/// The operating system's randomness; a kiosk that cannot get any must not seal anything.
pub(crate) fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}
