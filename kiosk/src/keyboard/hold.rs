//! Keys that a finger rests on: a letter offers its like, ⌫ goes on taking letters back.

use std::time::Duration;

use eframe::egui::{Id, Rect, Response, Ui};

use super::keys::{Face, key};
use super::{Desktop, Keyboard, Stroke};
use crate::languages::Say;

/// How long a finger rests on a key before it asks for more, in seconds.
const LONG: f64 = 0.45;
/// Between two letters that a held ⌫ takes back, in seconds.
const REPEAT: f64 = 0.09;
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Held {
    key: Id,
    since: f64,
    /// Strokes that the holding itself has made.
    made: u32,
}

impl Keyboard {
    pub(super) fn backspace(
        &mut self,
        ui: &mut Ui,
        desk: &Desktop<'_>,
        at: Rect,
        out: &mut Vec<Stroke>,
    ) {
        let name = Say::BackspaceKey.in_(desk.tongue);
        let response = key(ui, desk, at, "backspace", "⌫", name, Face::Quiet);
        let now = ui.input(|input| input.time);
        if response.is_pointer_button_down_on() {
            let held = self.hold(&response, now);
            let due = held.since + LONG + f64::from(held.made) * REPEAT;
            if now >= due {
                held.made += 1;
                out.push(Stroke::Backspace);
            }
            ui.ctx().request_repaint_after(Duration::from_secs_f64(REPEAT));
        } else if response.clicked() && !self.held_made(&response) {
            self.more.clear();
            out.push(Stroke::Backspace);
        }
    }

    /// A finger has rested on the key for long enough, for the first time.
    pub(super) fn is_long(&mut self, ui: &Ui, response: &Response) -> bool {
        if !response.is_pointer_button_down_on() {
            return false;
        }
        let now = ui.input(|input| input.time);
        let held = self.hold(response, now);
        let long = now - held.since >= LONG && held.made == 0;
        held.made += u32::from(long);
        // What it offers is drawn in the frame behind.
        let next = if long { 0.0 } else { LONG };
        ui.ctx().request_repaint_after(Duration::from_secs_f64(next));
        long
    }

    fn hold(&mut self, response: &Response, now: f64) -> &mut Held {
        let fresh = Held { key: response.id, since: now, made: 0 };
        let held = self.held.get_or_insert_with(|| fresh.clone());
        if held.key != response.id {
            *held = fresh;
        }
        held
    }

    /// The lifting of a finger that has already done something by resting there.
    pub(super) fn held_made(&self, response: &Response) -> bool {
        self.held.as_ref().is_some_and(|held| held.key == response.id && held.made > 0)
    }
}
