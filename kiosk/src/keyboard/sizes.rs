//! How tall the keyboard is: on one screen its letters are the same on every page, whatever is
//! asked there.

use super::{Desktop, Keyboard, Keys, layouts};

/// Keys grow with the screen up to so many times what a finger needs.
const MOST_HEIGHT: f32 = 1.35;
/// Rows of the pad.
const PAD_ROWS: usize = 4;

/// What a finger needs from one row to the next, in points.
fn least(desk: &Desktop<'_>) -> f32 {
    desk.touch.key() + desk.touch.key_gap()
}

#[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
impl Keyboard {
    /// Rows of keys, the digits among them where there is room.
    pub(super) fn rows(&self, desk: &Desktop<'_>) -> (usize, bool) {
        if matches!(desk.keys, Keys::Number(_)) {
            return (PAD_ROWS, false);
        }
        let plain = layouts::rows(self.letters(desk), self.signs).len() + 1;
        let digits = !self.signs && (plain + 1) as f32 * least(desk) <= desk.room;
        (plain + usize::from(digits), digits)
    }

    /// From one row to the next: what a finger needs, and more where there is room.
    pub(super) fn step(&self, desk: &Desktop<'_>) -> f32 {
        let least = least(desk);
        (desk.room / self.rows(desk).0 as f32).clamp(least, least * MOST_HEIGHT)
    }

    /// The height that it takes, in points. Offers have a row of their own above the keys, while
    /// there are any: no key moves for them.
    pub fn height(&self, desk: &Desktop<'_>) -> f32 {
        let offers = usize::from(self.is_offering(desk));
        (self.rows(desk).0 + offers) as f32 * self.step(desk)
    }

    /// Whether something might be meant, or a long press asked for more.
    pub fn is_offering(&self, desk: &Desktop<'_>) -> bool {
        !self.more.is_empty() || !desk.offers.is_empty()
    }
}
