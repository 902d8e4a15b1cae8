//! Keys: where those of a row go, and how one is drawn and pressed.

use eframe::egui::{
    self, Align2, Color32, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::Desktop;

/// Keys grow with the screen up to so many times what a finger needs.
const MOST_WIDTH: f32 = 1.6;

/// Where the keys of a row go, from left to right.
pub(super) struct Places {
    left: f32,
    top: f32,
    width: f32,
    height: f32,
    gap: f32,
}

impl Places {
    /// A row of so many keys in the middle of `rect`, all rows with keys of one width.
    #[expect(clippy::cast_precision_loss, reason = "a handful of keys")]
    pub(super) fn new(
        desk: &Desktop<'_>,
        (rect, top): (Rect, f32),
        step: f32,
        keys: usize,
    ) -> Self {
        let (least, gap) = (desk.touch.key(), desk.touch.key_gap());
        let width = ((rect.width() + gap) / 12.0 - gap).min(least * MOST_WIDTH);
        let row = keys as f32 * (width + gap) - gap;
        Self { left: rect.center().x - row / 2.0, top, width, height: step - gap, gap }
    }

    pub(super) fn pad(desk: &Desktop<'_>, (rect, top): (Rect, f32), step: f32) -> Self {
        let (least, gap) = (desk.touch.key(), desk.touch.key_gap());
        let width = least * MOST_WIDTH;
        let row = 3.0 * (width + gap) - gap;
        Self { left: rect.center().x - row / 2.0, top, width, height: step - gap, gap }
    }

    pub(super) fn next(&mut self) -> Rect {
        self.wide(1)
    }

    #[expect(clippy::cast_precision_loss, reason = "a handful of keys")]
    pub(super) fn wide(&mut self, keys: usize) -> Rect {
        let width = keys as f32 * (self.width + self.gap) - self.gap;
        let size = vec2(width, self.height);
        let rect = Rect::from_min_size(pos2(self.left, self.top), size);
        self.left += width + self.gap;
        rect
    }
}

/// How a key looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Letter,
    Quiet,
    On,
    Offer,
}

/// One key. It never takes the focus: that stays in the field.
pub(super) fn key(
    ui: &Ui,
    desk: &Desktop<'_>,
    rect: Rect,
    id: &str,
    shown: &str,
    name: &str,
    face: Face,
) -> Response {
    let (response, text) = ground(ui, desk, rect, id, name, face);
    let (middle, letter) = (Align2::CENTER_CENTER, desk.touch.letter());
    ui.painter().text(rect.center(), middle, shown, letter, text);
    response
}

/// The key that goes from language to language: a globe, and which of them it is.
pub(super) fn language_key(
    ui: &Ui,
    desk: &Desktop<'_>,
    rect: Rect,
    (shown, name): (&str, &str),
) -> Response {
    let (response, text) = ground(ui, desk, rect, "layout", name, Face::Quiet);
    let galley = ui.painter().layout_no_wrap(shown.to_owned(), desk.touch.letter(), text);
    let (radius, gap) = (galley.size().y * 0.38, desk.touch.key_gap());
    let left = rect.center().x - (2.0 * radius + gap + galley.size().x) / 2.0;
    globe(ui, desk, pos2(left + radius, rect.center().y), radius, text);
    let at = pos2(left + 2.0 * radius + gap, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, text);
    response
}

fn globe(ui: &Ui, desk: &Desktop<'_>, middle: Pos2, radius: f32, colour: Color32) {
    let (painter, stroke) = (ui.painter(), Stroke::new(desk.touch.mm * 0.35, colour));
    painter.circle_stroke(middle, radius, stroke);
    painter.add(Shape::ellipse_stroke(middle, vec2(radius * 0.45, radius), stroke));
    painter.hline(middle.x - radius..=middle.x + radius, middle.y, stroke);
    painter.vline(middle.x, middle.y - radius..=middle.y + radius, stroke);
}

/// A key without its letter, and the colour that this has.
fn ground(
    ui: &Ui,
    desk: &Desktop<'_>,
    rect: Rect,
    id: &str,
    name: &str,
    face: Face,
) -> (Response, Color32) {
    let id = ui.scope_id().with(("key", id));
    let response = ui.interact(rect, id, Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, name));
    let palette = &desk.look.palette;
    let pressed = response.is_pointer_button_down_on();
    let (ground, text) = match face {
        _ if pressed => (palette.action, palette.on_action),
        Face::On => (palette.action, palette.on_action),
        Face::Letter => (palette.raised, palette.text),
        Face::Quiet => (palette.ground, palette.text),
        Face::Offer => (palette.raised, palette.action),
    };
    let painter = ui.painter();
    painter.rect_filled(rect, desk.look.corners(), ground);
    let inside = egui::StrokeKind::Inside;
    painter.rect_stroke(rect, desk.look.corners(), desk.look.outline(), inside);
    (response, text)
}
