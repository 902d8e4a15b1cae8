//! Choices: one of a few, or any of a few, all of them in sight.

use eframe::egui::{self, Id, Response, RichText, Stroke, Ui, WidgetInfo, vec2};

use super::ring::{in_sight, ring};
use crate::look::{Look, Size, TARGET, space};

/// One of a few, each with its word; `None` where the person chose nothing new.
pub fn choices<T: Copy + PartialEq>(
    ui: &mut Ui,
    look: &Look,
    of: &str,
    chosen: Option<T>,
    all: &[(T, String)],
) -> Option<T> {
    let mut new = None;
    ui.horizontal_wrapped(|ui| {
        close(ui);
        for (value, word) in all {
            let is = chosen == Some(*value);
            if choice(ui, look, of, word, is, egui::Role::RadioButton).clicked() && !is {
                new = Some(*value);
            }
        }
    });
    new
}

/// Any of a few; gives the word that was turned over.
pub fn toggles<'a>(
    ui: &mut Ui,
    look: &Look,
    of: &str,
    on: impl Fn(&str) -> bool,
    all: &'a [(&'a str, String)],
) -> Option<&'a str> {
    let mut turned = None;
    ui.horizontal_wrapped(|ui| {
        close(ui);
        for (word, said) in all {
            if choice(ui, look, of, said, on(word), egui::Role::CheckBox).clicked() {
                turned = Some(*word);
            }
        }
    });
    turned
}

/// Choices stand close enough together for a row of four on a narrow screen.
fn close(ui: &mut Ui) {
    ui.spacing_mut().item_spacing = vec2(space::TINY, space::TINY);
    ui.spacing_mut().button_padding.x = space::MEDIUM;
}

/// One of many, in a list that opens: with its id, what stands above it, and what it is called.
pub fn listed(
    ui: &mut Ui,
    look: &Look,
    (id, of, name): (Id, &str, &str),
    width: f32,
    chosen: &mut String,
    all: &[(&str, &str)],
) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::TINY;
        ui.label(RichText::new(of).font(Size::Small.font()).color(look.palette.quiet));
        let said = all.iter().find(|(word, _)| word == chosen).map(|(_, said)| *said);
        // A word that is in no list of ours stands as it was written.
        let shown = RichText::new(said.unwrap_or(chosen)).font(Size::Small.font());
        let list = egui::ComboBox::from_id_salt(id).width(width).selected_text(shown);
        let shown = list.show_ui(ui, |ui| {
            for (word, said) in all {
                let text = RichText::new(*said).font(Size::Small.font());
                ui.selectable_value(chosen, (*word).to_owned(), text);
            }
        });
        let role = egui::Role::ComboBox;
        in_sight(ui, &shown.response, shown.response.rect);
        shown.response.widget_info(|| WidgetInfo::labeled(role, true, name));
    });
}

/// A button for one of a few, pressed in where it is the one.
pub fn chip(ui: &mut Ui, look: &Look, word: &str, on: bool) -> Response {
    choice(ui, look, "", word, on, egui::Role::Button)
}

fn choice(ui: &mut Ui, look: &Look, of: &str, word: &str, on: bool, role: egui::Role) -> Response {
    let palette = &look.palette;
    let shown = match (on, role) {
        (true, _) => format!("✓ {word}"),
        // Of these, more than one can be chosen.
        (false, egui::Role::CheckBox) => format!("□ {word}"),
        (false, _) => word.to_owned(),
    };
    let font = if on { Size::Small.strong() } else { Size::Small.font() };
    let text =
        RichText::new(shown).font(font).color(if on { palette.action } else { palette.text });
    let stroke = Stroke::new(palette.line + 1.0, palette.action);
    let stroke = if on { stroke } else { look.outline() };
    let button = egui::Button::new(text)
        .fill(palette.raised)
        .stroke(stroke)
        .corner_radius(look.corners())
        .min_size(vec2(TARGET, TARGET));
    let response = ui.add(button);
    let enabled = ui.is_enabled();
    response.widget_info(|| {
        let name = if of.is_empty() { word.to_owned() } else { format!("{of}: {word}") };
        WidgetInfo::selected(role, enabled, on, name)
    });
    ring(ui, look, &response, response.rect.expand(2.0));
    response
}
