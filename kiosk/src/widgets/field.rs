//! A field of one line or several: its label above it, what is wrong with it beneath it, and Enter
//! goes on to the next.

use eframe::egui::text_edit::TextEditState;
use eframe::egui::{Frame, Id, Key, Margin, Response, RichText, Stroke, TextEdit, Ui, vec2};

use super::ring::in_sight;
use crate::look::{Look, Size, space};

/// More than any field of the model holds is not typed in the first place.
const MOST_CHARS: usize = 300;
const MOST_CHARS_OF_WORDS: usize = 20_000;

/// A field before it is drawn.
#[derive(Debug)]
pub struct Field<'a> {
    /// Known to whoever moves the focus.
    pub id: Id,
    /// What it is called, on the screen and aloud.
    pub label: &'a str,
    /// Shown while it is empty.
    pub hint: &'a str,
    /// What is wrong with it; nothing where another field says it.
    pub wrong: Option<&'a str>,
    /// Its width in points.
    pub width: f32,
    /// Rows of text; Enter goes on only where there is one.
    pub rows: usize,
    /// Whether its letters are hidden.
    pub secret: bool,
}

/// What became of it.
#[derive(Debug)]
pub struct FieldAnswer {
    /// Of the text itself.
    pub response: Response,
    /// Enter was pressed in it.
    pub went_on: bool,
}

impl<'a> Field<'a> {
    /// A field of one line.
    pub fn line(id: Id, label: &'a str, width: f32) -> Self {
        Self { id, label, hint: "", wrong: None, width, rows: 1, secret: false }
    }

    /// Shows this while it is empty.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// Says what is wrong with it.
    #[must_use]
    pub fn wrong(self, wrong: Option<&'a str>) -> Self {
        Self { wrong, ..self }
    }

    /// So many rows.
    #[must_use]
    pub fn rows(self, rows: usize) -> Self {
        Self { rows, ..self }
    }

    /// Hides what is typed.
    #[must_use]
    pub fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    /// Draws it.
    pub fn show(self, ui: &mut Ui, look: &Look, text: &mut String) -> FieldAnswer {
        let palette = &look.palette;
        ui.vertical(|ui| {
            ui.set_width(self.width);
            ui.spacing_mut().item_spacing.y = space::TINY;
            let colour = if self.wrong.is_some() { palette.stop } else { palette.quiet };
            let label = ui.label(RichText::new(self.label).font(Size::Small.font()).color(colour));
            let focused = ui.memory(|memory| memory.has_focus(self.id));
            let stroke = match self.wrong {
                _ if focused => look.ring(),
                Some(_) => Stroke::new(palette.line + 1.0, palette.stop),
                None => look.outline(),
            };
            // The ring must not move the text: what the stroke takes, the margin gives.
            let inner = 9.0 - stroke.width;
            let frame = Frame::new()
                .fill(palette.raised)
                .stroke(stroke)
                .corner_radius(look.corners())
                .inner_margin(Margin::from(vec2(inner + 1.0, inner)));
            if self.secret && text.is_empty() {
                // Or whoever comes next brings back what was typed, by undoing.
                ui.data_mut(|data| data.remove::<TextEditState>(self.id));
            }
            // What could be typed there is not taken for what was.
            ui.visuals_mut().weak_text_color = Some(palette.border);
            let one = self.rows == 1;
            let edit = if one { TextEdit::singleline(text) } else { TextEdit::multiline(text) };
            let edit = edit
                .id(self.id)
                .frame(frame)
                .font(Size::Text.font())
                .text_color(palette.text)
                .hint_text(RichText::new(self.hint).font(Size::Text.font()))
                .password(self.secret)
                .char_limit(if one { MOST_CHARS } else { MOST_CHARS_OF_WORDS })
                .desired_rows(self.rows)
                .desired_width(self.width);
            let response = ui.add(edit).labelled_by(label.id);
            // With what it is called.
            in_sight(ui, &response, response.rect.union(label.rect));
            let enter = ui.input(|input| input.key_pressed(Key::Enter));
            let went_on = one && response.lost_focus() && enter;
            if let Some(wrong) = self.wrong.filter(|wrong| !wrong.is_empty()) {
                ui.label(RichText::new(wrong).font(Size::Small.font()).color(palette.stop));
            }
            FieldAnswer { response, went_on }
        })
        .inner
    }
}

/// The field behind this one in an order of fields.
pub fn next_of(order: &[Id], id: Id) -> Option<Id> {
    let at = order.iter().position(|known| *known == id)?;
    order.get(at + 1).copied()
}
