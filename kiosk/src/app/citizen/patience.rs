//! How long a person may be still before they are asked whether they are there, and before
//! everything of theirs is wiped.

use std::time::Duration;

use eframe::egui::Context;

use crate::sound;

/// Without a touch for so long, somebody is asked, in seconds.
pub(in crate::app) const PATIENCE: f64 = 120.0;
/// So long they have to answer.
pub(in crate::app) const COUNTDOWN: f64 = 30.0;

/// So long what says that somebody is there belongs to that, in seconds.
const STAYS: f64 = 0.5;

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
    /// Somebody says that they are there: until when at least, or until the finger is lifted.
    staying: Option<f64>,
}

impl Patience {
    /// The machine slept for so many seconds, which egui's clock does not count.
    pub(super) fn slept(&mut self, seconds: f64) {
        self.touched -= seconds;
    }

    /// Whether nobody has touched anything for so long that they would be asked.
    pub(super) fn is_over(&self, ctx: &Context) -> bool {
        ctx.input(|input| input.time) - self.touched >= PATIENCE
    }

    /// Looks at the clock; `nobody` where the screen shows nothing of anybody.
    pub(super) fn look(&mut self, ctx: &Context, nobody: bool) -> Stillness {
        let (touched, now) = ctx.input(|input| (!input.events.is_empty(), input.time));
        // Also in the frame in which it is lifted.
        let down = ctx.input(|input| input.pointer.any_down() || input.pointer.any_released());
        let still = now - self.touched;
        // Whoever touches after that is somebody else, even if no frame was drawn meanwhile.
        if still >= PATIENCE + COUNTDOWN && !nobody {
            (self.touched, self.asked_aloud, self.staying) = (now, false, None);
            return Stillness::Gone;
        }
        if self.staying.is_none() && touched && still > PATIENCE && !nobody {
            // Whoever falls still again is asked aloud again.
            (self.staying, self.asked_aloud) = (Some(now + STAYS), false);
        }
        // What says so presses nothing of what comes back under it, in however many frames it moves,
        // presses and is lifted.
        self.staying = self.staying.filter(|until| down || now < *until);
        if self.staying.is_some() {
            self.touched = now;
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

#[cfg(test)]
mod tests {
    use eframe::egui::{Event, RawInput, pos2};

    use super::*;

    /// One look at this moment, with or without a touch.
    fn look(patience: &mut Patience, ctx: &Context, time: f64, touches: bool) -> Stillness {
        let touch = Event::PointerMoved(pos2(1.0, 1.0));
        let events = if touches { vec![touch] } else { Vec::new() };
        let input = RawInput { time: Some(time), events, ..RawInput::default() };
        let mut still = Stillness::None;
        let mut drawn = ctx.run_ui(input, |ui| still = patience.look(ui.ctx(), false));
        drawn.textures_delta.clear();
        still
    }

    #[test]
    fn whoever_falls_still_again_is_asked_aloud_again() {
        let (mut patience, ctx) = (Patience::default(), Context::default());
        look(&mut patience, &ctx, 1.0, true);
        for begins in [1.0, 1.0 + PATIENCE + 2.0] {
            let asked = look(&mut patience, &ctx, begins + PATIENCE + 1.0, false);
            assert!(matches!(asked, Stillness::Asked(_)) && patience.asked_aloud);
            // They say that they are there, and lift the finger at once.
            look(&mut patience, &ctx, begins + PATIENCE + 1.5, true);
            assert!(!patience.asked_aloud);
            let at_work = look(&mut patience, &ctx, begins + PATIENCE + 2.1, false);
            assert_eq!(at_work, Stillness::None);
        }
    }
}
