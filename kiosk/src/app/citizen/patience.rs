//! How long a person may be still before they are asked whether they are there, and before
//! everything of theirs is wiped.

use std::time::Duration;

use eframe::egui::Context;

use crate::sound;

/// Without a touch for so long, somebody is asked, in seconds.
pub(in crate::app) const PATIENCE: f64 = 120.0;
/// So long they have to answer.
pub(in crate::app) const COUNTDOWN: f64 = 30.0;

/// What has become of somebody who was still.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Stillness {
    /// They are at work.
    None,
    /// They are being asked; so many seconds are left.
    Asked(f64),
    /// They are gone.
    Gone,
}

/// The clock of it, in seconds by egui's.
#[derive(Debug, Default)]
pub(super) struct Patience {
    pub(super) touched: f64,
    asked_aloud: bool,
    /// A finger says that somebody is there, and has not been lifted.
    staying: bool,
}

impl Patience {
    /// Looks at the clock; `nobody` where the screen shows nothing of anybody.
    pub(super) fn look(&mut self, ctx: &Context, nobody: bool) -> Stillness {
        let (touched, down, now) =
            ctx.input(|input| (!input.events.is_empty(), input.pointer.any_down(), input.time));
        let still = now - self.touched;
        // Whoever touches after that is somebody else, even if no frame was drawn meanwhile.
        if still >= PATIENCE + COUNTDOWN && !nobody {
            (self.touched, self.asked_aloud, self.staying) = (now, false, false);
            return Stillness::Gone;
        }
        if self.staying || (touched && still > PATIENCE && !nobody) {
            // The finger that stays presses nothing of what comes back under it.
            self.touched = now;
            self.staying = down;
            ctx.request_repaint();
            return Stillness::Asked(COUNTDOWN);
        }
        if touched || nobody {
            self.touched = now;
            self.asked_aloud = false;
            return Stillness::None;
        }
        let (ask, wipe) = (PATIENCE - still, PATIENCE + COUNTDOWN - still);
        let next = if ask > 0.0 { ask } else { wipe.rem_euclid(1.0).max(0.02) };
        ctx.request_repaint_after(Duration::from_secs_f64(next));
        if ask > 0.0 {
            return Stillness::None;
        }
        if !std::mem::replace(&mut self.asked_aloud, true) {
            sound::ask();
        }
        Stillness::Asked(wipe)
    }
}
