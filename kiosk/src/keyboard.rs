//! The keyboard on the screen: letters of three languages, signs, numbers, and offers above them.
//!
//! Owns shift, long presses and the repeating of ⌫. Gives [`Stroke`]s; refuses to know what is
//! typed, and to take the focus from the field that is typed into.

mod hold;
mod keys;
mod layouts;
mod sizes;

use beket_words::Tongue;
use eframe::egui::{Context, Event, Key, Modifiers, Rect, Sense, Ui, pos2, vec2};

use crate::languages::Say;
use crate::look::{Look, Touch};
use hold::Held;
use keys::{Face, Places, key, language_key};

/// What a key does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stroke {
    /// Writes.
    Letter(String),
    /// Takes a letter back.
    Backspace,
    /// Takes the offer of this number.
    Offer(usize),
}

/// Which keys a question wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// Letters; each word of a name begins with a capital.
    Name,
    /// Letters; each sentence begins with a capital.
    Words,
    /// Numbers, and the signs that go with them.
    Number(&'static str),
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Shift {
    /// As the text before asks for.
    #[default]
    Fitting,
    Off,
    Once,
    Lock,
}

/// The keyboard, between two frames.
#[derive(Debug, Default)]
pub struct Keyboard {
    shift: Shift,
    signs: bool,
    /// Other letters than those of the screen's language.
    letters: Option<Tongue>,
    held: Option<Held>,
    /// What a long press offers.
    more: Vec<String>,
}

/// Everything that a keyboard is drawn by.
#[derive(Debug, Clone, Copy)]
pub struct Desktop<'a> {
    /// Colours.
    pub look: &'a Look,
    /// Sizes.
    pub touch: Touch,
    /// The language of the screen.
    pub tongue: Tongue,
    /// What is wanted.
    pub keys: Keys,
    /// What stands in the field.
    pub text: &'a str,
    /// What might be meant.
    pub offers: &'a [String],
    /// The height that its keys may take, in points: whatever is asked.
    pub room: f32,
}

/// Hands strokes to whichever field has the focus, in the frame that follows.
pub fn type_into(ctx: &Context, strokes: &[Stroke]) {
    let press = |pressed| Event::Key {
        key: Key::Backspace,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    ctx.input_mut(|input| {
        for stroke in strokes {
            match stroke {
                Stroke::Letter(text) => input.events.push(Event::Text(text.clone())),
                Stroke::Backspace => input.events.extend([press(true), press(false)]),
                Stroke::Offer(_) => {}
            }
        }
    });
}

impl Keyboard {
    /// Another field begins: with letters, and with no offers of the one before.
    pub fn begin_anew(&mut self) {
        let letters = self.letters;
        *self = Self { letters, ..Self::default() };
    }

    fn letters(&self, desk: &Desktop<'_>) -> Tongue {
        self.letters.unwrap_or(desk.tongue)
    }

    fn is_upper(&self, desk: &Desktop<'_>) -> bool {
        match self.shift {
            Shift::Fitting => asks_for_capital(desk.keys, desk.text),
            Shift::Off => false,
            Shift::Once | Shift::Lock => true,
        }
    }

    /// Draws it over the width that is there.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desktop<'_>) -> Vec<Stroke> {
        let size = vec2(ui.available_width(), self.height(desk));
        let (mut rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let mut strokes = Vec::new();
        if self.is_offering(desk) {
            let above = rect.top();
            rect.min.y += self.step(desk);
            self.offers(ui, desk, rect.with_min_y(above), &mut strokes);
        }
        if let Keys::Number(signs) = desk.keys {
            self.pad(ui, desk, rect, signs, &mut strokes);
        } else {
            self.letter_rows(ui, desk, rect, &mut strokes);
        }
        if !ui.input(|input| input.pointer.any_down()) {
            self.held = None;
        }
        if !strokes.is_empty() {
            ui.ctx().request_repaint();
        }
        strokes
    }

    /// The row above the letters: what might be meant, or what a long press asked for.
    fn offers(&mut self, ui: &mut Ui, desk: &Desktop<'_>, rect: Rect, out: &mut Vec<Stroke>) {
        let gap = desk.touch.key_gap();
        let height = self.step(desk) - gap;
        let mut left = rect.left();
        let more = std::mem::take(&mut self.more);
        let shown = if more.is_empty() { desk.offers } else { &more };
        let mut taken = None;
        for (at, offer) in shown.iter().enumerate() {
            let font = desk.touch.letter();
            let galley = ui.painter().layout_no_wrap(offer.clone(), font, desk.look.palette.action);
            let width = (galley.size().x + height).max(height);
            if left + width > rect.right() {
                break;
            }
            let place = Rect::from_min_size(pos2(left, rect.top()), vec2(width, height));
            let response = key(ui, desk, place, &format!("offer {at}"), offer, offer, Face::Offer);
            if response.clicked() {
                taken = Some(at);
            }
            left += width + gap;
        }
        match taken {
            Some(at) if more.is_empty() => out.push(Stroke::Offer(at)),
            Some(at) => {
                self.wrote(out, more[at].clone());
                return;
            }
            None => {}
        }
        self.more = more;
    }

    fn wrote(&mut self, out: &mut Vec<Stroke>, letter: String) {
        out.push(Stroke::Letter(letter));
        self.more.clear();
        if self.shift != Shift::Lock {
            self.shift = Shift::Fitting;
        }
    }

    fn letter_rows(&mut self, ui: &mut Ui, desk: &Desktop<'_>, rect: Rect, out: &mut Vec<Stroke>) {
        let rows = layouts::rows(self.letters(desk), self.signs);
        let (_, digits) = self.rows(desk);
        let step = self.step(desk);
        let mut top = rect.top();
        if digits {
            self.row(ui, desk, (rect, top), layouts::DIGITS, false, out);
            top += step;
        }
        let last = rows.len() - 1;
        for (at, row) in rows.iter().enumerate() {
            self.row(ui, desk, (rect, top), row, at == last, out);
            top += step;
        }
        self.bottom_row(ui, desk, rect, top, out);
    }

    /// One row of letters; the last has shift on its left and ⌫ on its right.
    fn row(
        &mut self,
        ui: &mut Ui,
        desk: &Desktop<'_>,
        (rect, top): (Rect, f32),
        keys: &[&'static str],
        last: bool,
        out: &mut Vec<Stroke>,
    ) {
        let upper = self.is_upper(desk);
        let ends = if last { 2 } else { 0 };
        let mut place = Places::new(desk, (rect, top), self.step(desk), keys.len() + ends);
        if last {
            self.shift_key(ui, desk, place.next(), upper);
        }
        for whole in keys {
            let (letter, more) = layouts::letters(whole);
            let cased = |text: &str| if upper { text.to_uppercase() } else { text.to_owned() };
            let said = cased(letter);
            let response = key(ui, desk, place.next(), letter, &said, &said, Face::Letter);
            let long = !more.is_empty() && self.is_long(ui, &response);
            if long {
                // Whoever presses slowly finds the letter itself among what they may have meant.
                let like = more.chars().map(|c| cased(&c.to_string()));
                self.more = [said].into_iter().chain(like).collect();
            } else if response.clicked() && !self.held_made(&response) {
                self.wrote(out, said);
            }
        }
        if last {
            self.backspace(ui, desk, place.next(), out);
        }
    }

    fn shift_key(&mut self, ui: &mut Ui, desk: &Desktop<'_>, at: Rect, upper: bool) {
        let face = if self.shift == Shift::Lock { Face::On } else { Face::Quiet };
        let name = Say::ShiftKey.in_(desk.tongue);
        if key(ui, desk, at, "shift", "⇧", name, face).clicked() {
            self.shift = match self.shift {
                Shift::Once => Shift::Lock,
                Shift::Lock => Shift::Off,
                _ if upper => Shift::Off,
                _ => Shift::Once,
            };
        }
    }

    fn bottom_row(
        &mut self,
        ui: &mut Ui,
        desk: &Desktop<'_>,
        rect: Rect,
        top: f32,
        out: &mut Vec<Stroke>,
    ) {
        let mut place = Places::new(desk, (rect, top), self.step(desk), 12);
        let letters = self.letters(desk);
        let signs = match letters {
            _ if !self.signs => "?123",
            Tongue::En => "abc",
            Tongue::Kk | Tongue::Ru => "абв",
        };
        let name = if self.signs { Say::LettersKey } else { Say::SignsKey };
        let wide = place.wide(2);
        if key(ui, desk, wide, "signs", signs, name.in_(desk.tongue), Face::Quiet).clicked() {
            self.signs = !self.signs;
        }
        let own = Tongue::ALL.into_iter().find(|(tongue, _)| *tongue == letters);
        let code: String = own.map_or("", |(_, name)| name).chars().take(3).collect();
        let name = Say::LayoutKey.in_(desk.tongue);
        let shown = code.to_uppercase();
        if language_key(ui, desk, place.wide(2), (&shown, name)).clicked() {
            let all = Tongue::ALL.map(|(tongue, _)| tongue);
            let at = all.iter().position(|tongue| *tongue == letters).unwrap_or(0);
            self.letters = Some(all[(at + 1) % all.len()]);
            self.signs = false;
        }
        if key(ui, desk, place.next(), "comma", ",", ",", Face::Letter).clicked() {
            self.wrote(out, ",".to_owned());
        }
        let space = Say::SpaceKey.in_(desk.tongue);
        if key(ui, desk, place.wide(5), "space", space, space, Face::Letter).clicked() {
            self.wrote(out, " ".to_owned());
        }
        if key(ui, desk, place.next(), "dot", ".", ".", Face::Letter).clicked() {
            self.wrote(out, ".".to_owned());
        }
        if key(ui, desk, place.next(), "dash", "-", "-", Face::Letter).clicked() {
            self.wrote(out, "-".to_owned());
        }
    }

    /// Three columns of numbers, as on a telephone.
    fn pad(
        &mut self,
        ui: &mut Ui,
        desk: &Desktop<'_>,
        rect: Rect,
        signs: &'static str,
        out: &mut Vec<Stroke>,
    ) {
        let step = self.step(desk);
        let mut top = rect.top();
        for row in layouts::PAD {
            let mut place = Places::pad(desk, (rect, top), step);
            for digit in *row {
                let response = key(ui, desk, place.next(), digit, digit, digit, Face::Letter);
                if response.clicked() {
                    self.wrote(out, (*digit).to_owned());
                }
            }
            top += step;
        }
        let mut place = Places::pad(desk, (rect, top), step);
        let at = place.next();
        if let Some(sign) = (!signs.is_empty()).then_some(signs)
            && key(ui, desk, at, sign, sign, sign, Face::Letter).clicked()
        {
            self.wrote(out, sign.to_owned());
        }
        if key(ui, desk, place.next(), "0", "0", "0", Face::Letter).clicked() {
            self.wrote(out, "0".to_owned());
        }
        self.backspace(ui, desk, place.next(), out);
    }
}

/// Whether what comes next is written with a capital.
fn asks_for_capital(keys: Keys, text: &str) -> bool {
    match keys {
        Keys::Name => text.chars().last().is_none_or(|last| last == ' ' || last == '-'),
        Keys::Words => {
            let end = text.trim_end();
            end.is_empty() || (end.len() < text.len() && end.ends_with(['.', '!', '?']))
        }
        Keys::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_come_where_names_and_sentences_begin() {
        for (keys, text, capital) in [
            (Keys::Name, "", true),
            (Keys::Name, "Ай", false),
            (Keys::Name, "Айгүл ", true),
            (Keys::Name, "Нұр-", true),
            (Keys::Words, "", true),
            (Keys::Words, "Көмек", false),
            (Keys::Words, "Көмек керек. ", true),
            (Keys::Words, "Көмек керек.", false),
            (Keys::Number("."), "", false),
        ] {
            assert_eq!(asks_for_capital(keys, text), capital, "{text:?}");
        }
    }
}
