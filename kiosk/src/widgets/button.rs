//! Buttons: one primary thing to do, quiet ones beside it, and the keys that do the same.

use std::sync::Arc;

use eframe::egui::{
    self, Color32, Galley, Response, RichText, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use super::ring::ring;
use crate::look::{Look, Size, TARGET, space};

/// The one thing to do next.
pub fn primary(ui: &mut Ui, look: &Look, text: &str) -> Response {
    let palette = &look.palette;
    let stroke = Stroke::new(1.0, palette.action);
    let text = RichText::new(text).font(Size::Text.strong()).color(palette.on_action);
    button(ui, look, text, (palette.action, stroke))
}

/// Something else that can be done.
pub fn quiet(ui: &mut Ui, look: &Look, text: &str) -> Response {
    let text = RichText::new(text).font(Size::Text.font()).color(look.palette.action);
    button(ui, look, text, (look.palette.raised, look.outline()))
}

/// What is not done lightly.
pub fn grave(ui: &mut Ui, look: &Look, text: &str) -> Response {
    let palette = &look.palette;
    let stroke = Stroke::new(palette.line + 1.0, palette.stop);
    let text = RichText::new(text).font(Size::Text.strong()).color(palette.stop);
    button(ui, look, text, (palette.raised, stroke))
}

fn button(ui: &mut Ui, look: &Look, text: RichText, (fill, stroke): (Color32, Stroke)) -> Response {
    let button = egui::Button::new(text)
        .fill(fill)
        .stroke(stroke)
        .corner_radius(look.corners())
        .min_size(vec2(TARGET, TARGET));
    let response = ui.add(button);
    ring(ui, look, &response, response.rect.expand(2.0));
    response
}

/// Between a key and what it does, in points.
const KEY_GAP: f32 = space::TINY + 2.0;

/// A key and what it does, as they will be painted.
fn key_texts(ui: &Ui, key: &str, does: &str) -> [Arc<Galley>; 2] {
    [(key, Size::Small.strong()), (does, Size::Small.font())].map(|(text, font)| {
        ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER)
    })
}

/// What [`key_hint`] takes of a row, in points.
pub fn key_width(ui: &Ui, key: &str, does: &str) -> f32 {
    let texts = key_texts(ui, key, does).map(|text| text.size().x);
    texts.iter().sum::<f32>() + KEY_GAP + space::SMALL * 2.0
}

/// A key and what it does, to press or to click: "F2 New form".
pub fn key_hint(ui: &mut Ui, look: &Look, key: &str, does: &str) -> Response {
    let palette = &look.palette;
    let size = vec2(key_width(ui, key, does), TARGET);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let enabled = ui.is_enabled();
    response
        .widget_info(|| WidgetInfo::labeled(egui::Role::Button, enabled, format!("{key} {does}")));
    if response.hovered() {
        ui.painter().rect_filled(rect, look.corners(), palette.raised);
    }
    ring(ui, look, &response, rect);
    let [key_text, does_text] = key_texts(ui, key, does);
    let middle = |height: f32| rect.center().y - height / 2.0;
    let at = egui::pos2(rect.left() + space::SMALL, middle(key_text.size().y));
    let next = egui::pos2(at.x + key_text.size().x + KEY_GAP, middle(does_text.size().y));
    ui.painter().galley(at, key_text, palette.action);
    ui.painter().galley(next, does_text, palette.text);
    response
}
