//! What self-service screens are made of: buttons for a finger, notices that nobody overlooks.

use eframe::egui::text::CCursorRange;
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{
    self, Color32, Frame, Margin, OutputCommand, Response, RichText, Sense, Stroke,
};
use eframe::egui::{TextEdit, Ui, WidgetInfo, vec2};

use super::Glass;
use crate::look::Theme;
use crate::widgets::{Tone, ring, signed};

/// How much a button matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// The one thing to do next.
    Primary,
    /// Something else.
    Quiet,
    /// Something that was chosen.
    Chosen,
    /// What is not done lightly.
    Grave,
}

fn colours(glass: &Glass<'_>, weight: Weight) -> (Color32, Color32, Stroke) {
    let look = &glass.scene.look;
    let palette = &look.palette;
    match weight {
        Weight::Primary => {
            (palette.action, palette.on_action, Stroke::new(palette.line, palette.action))
        }
        Weight::Quiet => (palette.raised, palette.action, look.outline()),
        Weight::Chosen => (palette.raised, palette.action, look.ring()),
        Weight::Grave => {
            (palette.raised, palette.stop, Stroke::new(palette.line + 1.0, palette.stop))
        }
    }
}

/// A button with its word, and the name that is read aloud.
pub(super) fn press(
    ui: &mut Ui,
    glass: &Glass<'_>,
    shown: &str,
    name: &str,
    weight: Weight,
) -> Response {
    let galley = ui.painter().layout_no_wrap(
        shown.to_owned(),
        glass.touch.button(),
        colours(glass, weight).1,
    );
    let side = glass.touch.target();
    let size = vec2(side.max(galley.size().x + side * 0.5), side);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let middle = rect.center() - galley.size() / 2.0;
    draw(ui, glass, &response, weight);
    ui.painter().galley(middle, galley, Color32::PLACEHOLDER);
    named(response, name, weight)
}

/// What [`press`] takes of a row, in points.
pub(super) fn press_width(ui: &Ui, glass: &Glass<'_>, shown: &str) -> f32 {
    let font = glass.touch.button();
    let text = ui.painter().layout_no_wrap(shown.to_owned(), font, Color32::PLACEHOLDER);
    glass.touch.target().max(text.size().x + glass.touch.target() * 0.5)
}

/// A button over the whole width, its words at the left.
pub(super) fn choice(ui: &mut Ui, glass: &Glass<'_>, words: &str, weight: Weight) -> Response {
    let width = ui.available_width().min(glass.touch.mm * 160.0);
    let sign = if weight == Weight::Chosen { "✓ " } else { "" };
    let response = choice_within(ui, glass, &format!("{sign}{words}"), weight, width);
    named(response, words, weight)
}

/// One of several over so many points: `any` of them can be chosen, or else one.
pub(super) fn option(
    ui: &mut Ui,
    glass: &Glass<'_>,
    words: &str,
    (on, any): (bool, bool),
    width: f32,
) -> Response {
    let (sign, weight) = match (on, any) {
        (true, _) => ("✓ ", Weight::Chosen),
        (false, true) => ("□ ", Weight::Quiet),
        (false, false) => ("", Weight::Quiet),
    };
    let response = choice_within(ui, glass, &format!("{sign}{words}"), weight, width);
    if !any {
        return named(response, words, weight);
    }
    response.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, true, on, words));
    response
}

/// A button over so many points that is not called anything yet.
fn choice_within(
    ui: &mut Ui,
    glass: &Glass<'_>,
    shown: &str,
    weight: Weight,
    width: f32,
) -> Response {
    let (side, padding) = (glass.touch.target(), glass.touch.gap());
    let colour = colours(glass, weight).1;
    let room = width - 2.0 * padding;
    let galley = ui.painter().layout(shown.to_owned(), glass.touch.button(), colour, room);
    let height = side.max(galley.size().y + padding);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    let at = egui::pos2(rect.left() + padding, rect.center().y - galley.size().y / 2.0);
    draw(ui, glass, &response, weight);
    ui.painter().galley(at, galley, Color32::PLACEHOLDER);
    response
}

/// A language in its own name, and in it what all of this is for.
pub(super) fn language(ui: &mut Ui, glass: &Glass<'_>, name: &str, what: &str) -> Response {
    let (touch, palette) = (&glass.touch, &glass.scene.look.palette);
    let width = ui.available_width().min(touch.mm * 160.0);
    let room = width - 2.0 * touch.gap();
    let layout =
        |text: &str, font, colour| ui.painter().layout(text.to_owned(), font, colour, room);
    let called = layout(name, touch.button(), palette.action);
    let what = layout(what, touch.text(), palette.quiet);
    let text = called.size().y + what.size().y;
    let size = vec2(width, touch.target().max(text + touch.gap()));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    draw(ui, glass, &response, Weight::Quiet);
    let at = egui::pos2(rect.left() + touch.gap(), rect.center().y - text / 2.0);
    let below = at + vec2(0.0, called.size().y);
    ui.painter().galley(at, called, Color32::PLACEHOLDER);
    ui.painter().galley(below, what, Color32::PLACEHOLDER);
    named(response, name, Weight::Quiet)
}

fn draw(ui: &Ui, glass: &Glass<'_>, response: &Response, weight: Weight) {
    let look = &glass.scene.look;
    let (ground, _, stroke) = colours(glass, weight);
    let rect = response.rect;
    let ground = if response.is_pointer_button_down_on() {
        ground.lerp_to_gamma(look.palette.action, 0.25)
    } else {
        ground
    };
    ui.painter().rect_filled(rect, look.corners(), ground);
    ui.painter().rect_stroke(rect, look.corners(), stroke, egui::StrokeKind::Inside);
    ring(ui, look, response, rect.expand(3.0));
}

/// A field that always has the focus; gives whether Enter was pressed in it.
pub(super) fn field(
    ui: &mut Ui,
    glass: &Glass<'_>,
    edit: TextEdit<'_>,
    title: egui::Id,
    wrong: bool,
) -> bool {
    let look = &glass.scene.look;
    let colour = if wrong { look.palette.stop } else { look.palette.action };
    let inner = Margin::from(vec2(glass.touch.mm * 2.0, glass.touch.mm * 1.6));
    let frame = Frame::new()
        .fill(look.palette.raised)
        .stroke(Stroke::new(3.0, colour))
        .corner_radius(look.corners())
        .inner_margin(inner);
    let edit = edit.frame(frame).font(glass.touch.text()).text_color(look.palette.text);
    let response = ui.add(edit).labelled_by(title);
    select_nothing(ui.ctx(), response.id);
    let enter = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    // Asked again in every frame, an input method would begin again in every frame.
    if ui.memory(egui::Memory::focused) != Some(response.id) {
        response.request_focus();
    }
    enter
}

/// A finger places the caret and selects nothing: the next key would replace what is selected, and the
/// system would keep it for whoever pastes.
fn select_nothing(ctx: &egui::Context, id: egui::Id) {
    if let Some(mut state) = TextEditState::load(ctx, id)
        && let Some(range) = state.cursor.char_range().filter(|range| !range.is_empty())
    {
        state.cursor.set_char_range(Some(CCursorRange::one(range.primary)));
        state.store(ctx, id);
    }
    let selects =
        |command: &OutputCommand| matches!(command, OutputCommand::TextSelectionSettled(_));
    ctx.output_mut(|output| output.commands.retain(|command| !selects(command)));
}

fn named(response: Response, name: &str, weight: Weight) -> Response {
    let role = egui::Role::Button;
    response.widget_info(|| match weight {
        Weight::Chosen => WidgetInfo::selected(role, true, true, name),
        Weight::Primary | Weight::Quiet | Weight::Grave => WidgetInfo::labeled(role, true, name),
    });
    response
}

/// A disc that is half black and half white.
pub(super) fn contrast_button(ui: &mut Ui, glass: &Glass<'_>, name: &str) -> Response {
    let on = glass.scene.look.theme == Theme::HighContrast;
    let weight = if on { Weight::Chosen } else { Weight::Quiet };
    let side = glass.touch.target();
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
    draw(ui, glass, &response, weight);
    let text = colours(glass, weight).1;
    let (middle, radius) = (rect.center(), side * 0.22);
    ui.painter().circle_stroke(middle, radius, Stroke::new(2.0, text));
    let half = rect.with_max_x(middle.x);
    ui.painter().with_clip_rect(half).circle_filled(middle, radius, text);
    named(response, name, weight)
}

/// What must be read before anything else.
pub(super) fn notice(ui: &mut Ui, glass: &Glass<'_>, tone: Tone, text: &str) {
    let look = &glass.scene.look;
    let (colour, ground) = tone.colours(look);
    Frame::new()
        .fill(ground)
        .stroke(Stroke::new(look.palette.line.max(2.0), colour))
        .corner_radius(look.corners())
        .inner_margin(Margin::from(vec2(glass.touch.mm * 3.0, glass.touch.mm * 2.0)))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            signed(ui, tone, colour, glass.touch.text(), |ui| {
                let text = RichText::new(text).font(glass.touch.text()).color(look.palette.text);
                ui.add(egui::Label::new(text).wrap());
            });
        });
}
