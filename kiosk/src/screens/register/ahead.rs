//! What is typed before there is a field for it: while a form is on its way to the disk, and behind a
//! key that leads to the next field. It comes there in its order.

use std::collections::VecDeque;

use eframe::egui::{Event, Key, Modifiers, Ui};

/// Letters and keys that wait for a field.
#[derive(Debug, Default)]
pub(crate) struct Ahead(VecDeque<Event>);

impl Ahead {
    /// With what came behind it.
    pub(super) fn and(mut self, later: Self) -> Self {
        self.0.extend(later.0);
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keeps what is typed while there is no field for it; hands it on, up to the next key that leads
    /// to another field, once there is. With `handed_in`, a form has just been, and its last key pressed
    /// twice is meant for no other.
    pub(crate) fn look(&mut self, ui: &Ui, no_field: bool, handed_in: bool) {
        let focused = ui.memory(|memory| memory.focused().is_some());
        ui.input_mut(|input| {
            let (mut leads, mut typed) = (false, !self.0.is_empty());
            for event in std::mem::take(&mut input.events) {
                typed |= waits(&event) && !ends(&event);
                // A key that stays down is pressed once.
                if is_held(&event) || (handed_in && !typed && ends(&event)) {
                    continue;
                }
                // What comes while others wait goes behind them.
                let later = no_field || leads || !self.0.is_empty();
                if later && waits(&event) {
                    self.0.push_back(event);
                } else {
                    leads |= leads_on(&event);
                    input.events.push(event);
                }
            }
            while !leads && !no_field && focused {
                let Some(event) = self.0.pop_front() else { break };
                leads = leads_on(&event);
                input.events.push(if is_key(&event, Key::Tab) { enter() } else { event });
            }
        });
        if !self.0.is_empty() {
            ui.ctx().request_repaint();
        }
    }
}

fn waits(event: &Event) -> bool {
    matches!(event, Event::Text(_) | Event::Paste(_))
        || is_key(event, Key::Backspace)
        || leads_on(event)
}

/// Whether what comes behind it belongs to another field.
fn leads_on(event: &Event) -> bool {
    [Key::Enter, Key::Tab, Key::F6, Key::F10].into_iter().any(|key| is_key(event, key))
}

/// Whether it may be what hands a form in.
fn ends(event: &Event) -> bool {
    is_key(event, Key::Enter) || is_key(event, Key::F10)
}

fn is_held(event: &Event) -> bool {
    ends(event) && matches!(event, Event::Key { repeat: true, .. })
}

/// egui looks at Tab only when it comes: later, Enter leads to the same field.
fn enter() -> Event {
    let (key, modifiers) = (Key::Enter, Modifiers::NONE);
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn is_key(event: &Event, wanted: Key) -> bool {
    matches!(event, Event::Key { key, pressed: true, .. } if *key == wanted)
}
