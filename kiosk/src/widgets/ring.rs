//! Where the focus is: in sight, with a ring around it.

use eframe::egui::{Id, Rect, Response, StrokeKind, Ui};

use crate::look::{Look, space};

/// A heading and the space around it, in points.
const HEADING: f32 = 52.0;

/// Brings a widget into sight when the focus comes to it, and draws the ring along `rect`, which is
/// its own or a little wider.
pub fn ring(ui: &Ui, look: &Look, response: &Response, rect: Rect) {
    in_sight(ui, response, response.rect);
    if response.has_focus() {
        let inside = rect == response.rect;
        let kind = if inside { StrokeKind::Inside } else { StrokeKind::Outside };
        ui.painter().rect_stroke(rect, look.corners(), look.ring(), kind);
    }
}

/// Brings a widget into sight when the focus comes to it, and all of `rect` with it.
pub fn in_sight(ui: &Ui, response: &Response, rect: Rect) {
    if !response.has_focus() {
        return;
    }
    // A focus that was asked for behind a widget in one frame is no news to egui in the next.
    let now = ui.ctx().cumulative_pass_nr();
    let last = ui.data(|data| data.get_temp::<(Id, u64)>(known()));
    if last.is_none_or(|(id, at)| id != response.id || at + 1 < now) {
        // With what it stands under.
        let top = rect.top() - HEADING;
        ui.scroll_to_rect(rect.expand(space::MEDIUM).with_min_y(top), None);
    }
    ui.data_mut(|data| data.insert_temp(known(), (response.id, now)));
}

/// Brings the widget that has the focus into sight once more.
pub fn show_again(ui: &Ui) {
    ui.data_mut(|data| data.remove::<(Id, u64)>(known()));
}

/// Gives the focus back to where it was, and leaves in sight what is.
pub fn give_back(ui: &Ui, id: Id) {
    let now = ui.ctx().cumulative_pass_nr();
    ui.memory_mut(|memory| memory.request_focus(id));
    ui.data_mut(|data| data.insert_temp(known(), (id, now)));
}

/// What had the focus last, and in which pass.
fn known() -> Id {
    Id::unique("focus in sight")
}
