//! Marks: state by word and shape and colour at once.

use eframe::egui::{
    Color32, FontId, Frame, Label, Margin, Response, RichText, Sense, Stroke, Ui, vec2,
};

use crate::Mark;
use crate::languages::Msg;
use crate::look::{Look, Size, space};
use beket_words::Tongue;

/// What something means for whoever reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// All is well.
    Safe,
    /// Not yet.
    Wait,
    /// Not at all.
    Stop,
    /// Neither.
    Plain,
}

impl Tone {
    /// Its text and its ground.
    pub fn colours(self, look: &Look) -> (Color32, Color32) {
        let palette = &look.palette;
        match self {
            Self::Safe => (palette.safe, palette.safe_ground),
            Self::Wait => (palette.wait, palette.wait_ground),
            Self::Stop => (palette.stop, palette.stop_ground),
            Self::Plain => (palette.text, palette.raised),
        }
    }
}

/// Where a case is.
pub fn mark(ui: &mut Ui, look: &Look, tongue: Tongue, mark: Mark) -> Response {
    let (shape, word, tone) = match mark {
        Mark::OnThisDevice => ("○", Msg::OnThisDevice, Tone::Wait),
        Mark::AtTheCentre => ("●", Msg::AtTheCentre, Tone::Safe),
        Mark::Held => ("■", Msg::HeldBack, Tone::Wait),
        Mark::Refused => ("▲", Msg::PutAside, Tone::Stop),
    };
    let text = format!("{shape} {}", word.in_(tongue));
    piece(ui, RichText::new(text).font(Size::Small.font()).color(tone.colours(look).0))
}

/// A short text among others in a row: where it has no room it goes whole into the next.
pub fn piece(ui: &mut Ui, text: RichText) -> Response {
    ui.add(Label::new(text).extend())
}

/// A row of such texts; where there are several rows they stand as close as the lines of a text.
pub fn pieces(ui: &mut Ui, inside: impl FnOnce(&mut Ui)) {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        ui.spacing_mut().item_spacing = vec2(space::LARGE, 2.0);
        ui.horizontal_wrapped(inside);
    });
}

/// A sentence that must be seen, over the whole width.
pub fn banner(ui: &mut Ui, look: &Look, tone: Tone, title: &str, text: &str) {
    boxed(ui, look, tone, |ui| said_in_a_box(ui, look, tone, title, text));
}

/// The box of a banner, with anything in it.
pub fn boxed(ui: &mut Ui, look: &Look, tone: Tone, inside: impl FnOnce(&mut Ui)) {
    let (colour, ground) = tone.colours(look);
    Frame::new()
        .fill(ground)
        .stroke(Stroke::new(look.palette.line, colour))
        .corner_radius(look.corners())
        .inner_margin(Margin::symmetric(16, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            signed(ui, tone, colour, Size::Text.strong(), inside);
        });
}

/// What says that something is wrong bears a sign of it: colours are not told apart by everybody.
pub fn signed(
    ui: &mut Ui,
    tone: Tone,
    colour: Color32,
    font: FontId,
    inside: impl FnOnce(&mut Ui),
) {
    if tone != Tone::Stop {
        return inside(ui);
    }
    let sign = ui.painter().layout_no_wrap("!".to_owned(), font, colour);
    ui.horizontal_top(|ui| {
        let (at, _) = ui.allocate_exact_size(sign.size(), Sense::hover());
        ui.painter().galley(at.min, sign, colour);
        ui.vertical(inside);
    });
}

/// What a banner says, for a box of one's own.
pub fn said_in_a_box(ui: &mut Ui, look: &Look, tone: Tone, title: &str, text: &str) {
    let colour = tone.colours(look).0;
    if !title.is_empty() {
        ui.label(RichText::new(title).font(Size::Text.strong()).color(colour));
    }
    if !text.is_empty() {
        ui.label(RichText::new(text).font(Size::Text.font()).color(look.palette.text));
    }
}
