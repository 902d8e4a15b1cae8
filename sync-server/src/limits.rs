//! How often one may ask: a device, a member of staff, whoever stands at the door.
//!
//! Each is counted on its own, so that one who asks too often leaves the others alone. Devices that
//! nobody knows share one count, so that made-up keys crowd out nobody but each other; behind a proxy
//! that does not say from where browsers come, so does everybody at the door.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use beket_record::Author;

const WINDOW_SECONDS: u64 = 60;

/// Requests counted in windows of a minute.
#[derive(Debug)]
pub(crate) struct Limits<K> {
    most: u32,
    window: Mutex<Window<K>>,
}

#[derive(Debug)]
struct Window<K> {
    number: u64,
    requests: BTreeMap<K, u32>,
}

impl<K: Ord> Limits<K> {
    pub(crate) fn of(most: u32) -> Self {
        Self { most, window: Mutex::new(Window { number: 0, requests: BTreeMap::new() }) }
    }

    /// Counts a request, and says whether it may be served.
    pub(crate) fn allows(&self, who: K, now: u64) -> bool {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let number = now / WINDOW_SECONDS;
        if window.number != number {
            *window = Window { number, requests: BTreeMap::new() };
        }
        let requests = window.requests.entry(who).or_default();
        *requests = requests.saturating_add(1);
        *requests <= self.most
    }
}

/// Of kiosks. One in a storm asks some tens of times a minute. `None` counts all that nobody knows.
pub(crate) fn of_devices() -> Limits<Option<Author>> {
    Limits::of(1_200)
}

/// Of staff, by name. Nobody reads 50 pages a second; a program that copies the office does.
pub(crate) fn of_staff() -> Limits<String> {
    Limits::of(3_000)
}

/// Of attempts to sign in, by network: a whole office may come from one.
pub(crate) fn of_sign_ins() -> Limits<Option<IpAddr>> {
    Limits::of(60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_device_that_asks_too_often_leaves_others_alone() {
        let limits = of_devices();
        let busy = Some(Author::from_bytes([1; 32]));
        let calm = Some(Author::from_bytes([2; 32]));
        for stranger in [busy, None] {
            for _ in 0..limits.most {
                assert!(limits.allows(stranger, 100));
            }
            assert!(!limits.allows(stranger, 100));
            assert!(limits.allows(calm, 100));
            assert!(limits.allows(stranger, 100 + WINDOW_SECONDS));
        }
    }
}
