//! What is typed while a form is on its way to the disk: it belongs to the next one.

use std::collections::VecDeque;

use eframe::egui::{Event, Key, Ui};

/// Letters and keys that wait for a field.
#[derive(Debug, Default)]
pub(super) struct Ahead(VecDeque<Event>);

impl Ahead {
    /// Keeps what is typed while there is no field for it; hands it on, up to the next Enter, once
    /// there is.
    pub(super) fn look(&mut self, ui: &Ui, no_field: bool) {
        let focused = ui.memory(|memory| memory.focused().is_some());
        ui.input_mut(|input| {
            if no_field || !self.0.is_empty() {
                // What comes while others wait goes behind them.
                let (typed, rest) = std::mem::take(&mut input.events).into_iter().partition(waits);
                input.events = rest;
                self.0.extend::<Vec<Event>>(typed);
            }
            if focused && !no_field {
                while let Some(event) = self.0.pop_front() {
                    let ends = is_key(&event, Key::Enter);
                    input.events.push(event);
                    if ends {
                        break;
                    }
                }
            }
        });
        if !self.0.is_empty() {
            ui.ctx().request_repaint();
        }
    }
}

fn waits(event: &Event) -> bool {
    matches!(event, Event::Text(_) | Event::Paste(_))
        || is_key(event, Key::Enter)
        || is_key(event, Key::Backspace)
}

fn is_key(event: &Event, wanted: Key) -> bool {
    matches!(event, Event::Key { key, pressed: true, .. } if *key == wanted)
}
