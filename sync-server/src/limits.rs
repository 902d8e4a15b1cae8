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

/// How often each may ask.
#[derive(Debug)]
pub(crate) struct Limits {
    /// Kiosks. One in a storm asks some tens of times a minute. `None` counts all that nobody knows.
    pub(crate) devices: Limit<Option<Author>>,
    /// Staff, by name. Nobody reads 50 pages a second; a program that copies the office does.
    pub(crate) staff: Limit<String>,
    /// Pages of a list behind the first, by name: 3,000 people a minute are more than anybody reads.
    pub(crate) pages: Limit<String>,
    /// Attempts to sign in, by network: a whole office may come from one.
    pub(crate) sign_ins: Limit<Option<IpAddr>>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            devices: Limit::of(1_200),
            staff: Limit::of(3_000),
            pages: Limit::of(60),
            sign_ins: Limit::of(60),
        }
    }
}

/// Requests counted in windows of a minute.
#[derive(Debug)]
pub(crate) struct Limit<K> {
    most: u32,
    window: Mutex<Window<K>>,
}

#[derive(Debug)]
struct Window<K> {
    number: u64,
    requests: BTreeMap<K, u32>,
}

impl<K: Ord> Limit<K> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_device_that_asks_too_often_leaves_others_alone() {
        let limit = Limits::default().devices;
        let busy = Some(Author::from_bytes([1; 32]));
        let calm = Some(Author::from_bytes([2; 32]));
        for stranger in [busy, None] {
            for _ in 0..limit.most {
                assert!(limit.allows(stranger, 100));
            }
            assert!(!limit.allows(stranger, 100));
            assert!(limit.allows(calm, 100));
            assert!(limit.allows(stranger, 100 + WINDOW_SECONDS));
        }
    }
}
