//! The keys that work on every staffed screen.

use eframe::egui::{Key, Ui};

use crate::desk::Intent;
use crate::screens::{Act, To};
use crate::widgets::went_down;

/// What the function keys ask for.
pub(super) fn pressed(ui: &Ui) -> Vec<Act> {
    let to = [
        (Key::F2, To::Form),
        (Key::F3, To::Search),
        (Key::F4, To::ChildAlone),
        (Key::F9, To::Who),
        (Key::F11, To::Look),
        (Key::F12, To::Ready),
        (Key::Escape, To::Back),
    ];
    ui.input_mut(|input| {
        let mut press = |key| went_down(input, key);
        let mut acts: Vec<Act> = Vec::new();
        for (key, to) in to {
            if press(key) {
                acts.push(Act::Go(to));
            }
        }
        if press(Key::F8) {
            acts.push(Act::Want(Intent::Sync));
        }
        acts
    })
}
