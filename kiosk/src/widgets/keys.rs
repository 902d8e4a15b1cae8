//! Keys that do something: once, however long a finger rests on them.

use eframe::egui::{Event, InputState, Key};

/// Whether a key went down; whatever else looks at keys does not see it any more.
pub fn went_down(input: &mut InputState, wanted: Key) -> bool {
    let mut down = false;
    input.events.retain(|event| match event {
        Event::Key { key, pressed: true, repeat, modifiers, .. }
            if *key == wanted && modifiers.is_none() =>
        {
            down |= !repeat;
            false
        }
        _ => true,
    });
    down
}
