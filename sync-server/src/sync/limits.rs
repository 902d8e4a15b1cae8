//! How often one device may ask. A kiosk in a storm asks some tens of times a minute.
//!
//! Devices that the directory knows are counted each on its own; all others share one count, so
//! that made-up keys crowd out nobody but each other.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use beket_record::Author;

const WINDOW_SECONDS: u64 = 60;
const REQUESTS_PER_WINDOW: u32 = 1_200;

/// Requests counted in windows of a minute.
#[derive(Debug, Default)]
pub(crate) struct Limits(Mutex<Window>);

#[derive(Debug, Default)]
struct Window {
    number: u64,
    /// By device; `None` counts all that nobody knows.
    requests: BTreeMap<Option<Author>, u32>,
}

impl Limits {
    /// Counts a request of a known device, or of one that nobody knows, and says whether it may be
    /// served.
    pub(crate) fn allows(&self, device: Option<Author>, now: u64) -> bool {
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = now / WINDOW_SECONDS;
        if window.number != number {
            *window = Window { number, requests: BTreeMap::new() };
        }
        let requests = window.requests.entry(device).or_default();
        *requests = requests.saturating_add(1);
        *requests <= REQUESTS_PER_WINDOW
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_device_that_asks_too_often_leaves_others_alone() {
        let limits = Limits::default();
        let busy = Some(Author::from_bytes([1; 32]));
        let calm = Some(Author::from_bytes([2; 32]));
        for stranger in [busy, None] {
            for _ in 0..REQUESTS_PER_WINDOW {
                assert!(limits.allows(stranger, 100));
            }
            assert!(!limits.allows(stranger, 100));
            assert!(limits.allows(calm, 100));
            assert!(limits.allows(stranger, 100 + WINDOW_SECONDS));
        }
    }
}
