//! How often one device may ask. A kiosk in a storm asks some tens of times a minute.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use beket_record::Author;

const WINDOW_SECONDS: u64 = 60;
const REQUESTS_PER_WINDOW: u32 = 1_200;
/// More devices than this in one window are not counted apart.
const MAX_DEVICES: usize = 10_000;

/// Requests counted by device in windows of a minute.
#[derive(Debug, Default)]
pub(crate) struct Limits(Mutex<Window>);

#[derive(Debug, Default)]
struct Window {
    number: u64,
    requests: BTreeMap<Author, u32>,
}

impl Limits {
    /// Counts a request and says whether it may be served.
    pub(crate) fn allows(&self, device: &Author, now: u64) -> bool {
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = now / WINDOW_SECONDS;
        if window.number != number {
            *window = Window { number, requests: BTreeMap::new() };
        }
        if window.requests.len() >= MAX_DEVICES && !window.requests.contains_key(device) {
            return false;
        }
        let requests = window.requests.entry(*device).or_default();
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
        let (busy, calm) = (Author::from_bytes([1; 32]), Author::from_bytes([2; 32]));
        for _ in 0..REQUESTS_PER_WINDOW {
            assert!(limits.allows(&busy, 100));
        }
        assert!(!limits.allows(&busy, 100));
        assert!(limits.allows(&calm, 100));
        assert!(limits.allows(&busy, 100 + WINDOW_SECONDS));
    }
}
