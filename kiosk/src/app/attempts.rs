//! Wrong PINs: after five in a row nobody may try for half a minute.

/// So many wrong PINs, and nobody may try for a while.
const MOST_WRONG: u32 = 5;
/// The while, in seconds.
const PAUSE: f64 = 30.0;

/// How many were wrong, and until when nobody may try, in seconds by egui's clock.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Attempts {
    wrong: u32,
    until: f64,
}

impl Attempts {
    /// A PIN was wrong; gives whether that was one too many.
    pub(super) fn failed(&mut self, now: f64) -> bool {
        self.wrong += 1;
        if self.wrong < MOST_WRONG {
            return false;
        }
        *self = Self { wrong: 0, until: now + PAUSE };
        true
    }

    /// Whether nobody may try at this moment.
    pub(super) fn are_too_many(self, now: f64) -> bool {
        now < self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_wrong_ones_in_a_row_are_too_many_for_half_a_minute() {
        let mut attempts = Attempts::default();
        assert!((0..4).all(|_| !attempts.failed(10.0)) && !attempts.are_too_many(10.0));
        assert!(attempts.failed(10.0) && attempts.are_too_many(39.9));
        assert!(!attempts.are_too_many(40.0));
        assert!(!attempts.failed(40.0), "and then five more");
    }
}
