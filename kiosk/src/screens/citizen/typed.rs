//! A question that is answered by typing: its field, what is told under it, and the keys.

use eframe::egui::{self, Id, TextEdit, Ui};

use super::pieces::{self, notice};
use super::{
    Asked, Glass, Page, Wish, field_height, height_of, page, room, room_of_keys, sentence,
};
use crate::forms::{Answers, Question, Wrong};
use crate::keyboard::{Desktop, Keys};
use crate::languages::Say;
use crate::screens::reason;
use crate::suggestions;
use crate::widgets::Tone;

/// The most rows of a field of many.
const ROWS: u8 = 8;
/// What a notice has around its text, in millimetres.
const NOTICE: f32 = 6.0;

/// Offers that fit above the letters.
const OFFERS: usize = 4;

/// Which keys a question wants.
fn keys(question: Question) -> Keys {
    use Question as Q;
    match question {
        Q::Born | Q::OtherBorn(_) => Keys::Number("."),
        Q::Iin => Keys::Number(""),
        Q::Phone => Keys::Number("+"),
        Q::Words => Keys::Words,
        _ => Keys::Name,
    }
}

/// What might be meant by what was typed so far.
pub(crate) fn offers(
    question: Question,
    answers: &mut Answers,
    glass: &Glass<'_>,
) -> Vec<suggestions::Place> {
    let tongue = glass.scene.tongue;
    let Some(text) = answers.text(question) else { return Vec::new() };
    let plain = |name| suggestions::Place { kato: "", name };
    match question {
        Question::Place => suggestions::places(text, tongue, OFFERS),
        Question::GivenName | Question::OtherGivenName(_) => {
            suggestions::given_names(text, tongue, OFFERS).into_iter().map(plain).collect()
        }
        _ => Vec::new(),
    }
}

/// A question that is answered by typing.
pub(super) fn typed(
    ui: &mut Ui,
    glass: &Glass<'_>,
    answers: &mut Answers,
    asked: &mut Asked<'_>,
    shown: &Page<'_>,
    help: Option<&str>,
) -> Option<Wish> {
    let question = asked.question;
    let offers: Vec<String> =
        offers(question, answers, glass).into_iter().map(|place| place.name).collect();
    let text = answers.text(question)?;
    let before = text.clone();
    let wrong = asked.wrong.map(|wrong| sentence_of(wrong, question, glass));
    let desktop = Desktop {
        look: &glass.scene.look,
        touch: glass.touch,
        tongue: glass.scene.tongue,
        keys: keys(question),
        text: &before,
        offers: &offers,
        room: room_of_keys(ui, glass),
    };
    let told = wrong.map_or(0.0, |text| height_of(ui, glass, text) + NOTICE * glass.touch.mm);
    let free = room(ui, glass, shown.title) - asked.keyboard.height(&desktop) - told;
    let most = if question == Question::Words { ROWS } else { 1 };
    let rows = (1..=most).rev().find(|rows| field_height(glass, *rows) <= free).unwrap_or(1);
    // What is meant takes the place of help, and what is wrong says how it is right.
    let help = help.filter(|_| wrong.is_none() && !asked.keyboard.is_offering(&desktop));
    let (went_on, wish) = page(ui, glass, shown, Some((asked.keyboard, &desktop)), |ui, title| {
        ui.spacing_mut().item_spacing.y = glass.touch.mm * 2.0;
        let went_on = field_ui(ui, glass, (question, rows), text, (title, wrong.is_some()));
        if let Some(wrong) = wrong {
            notice(ui, glass, Tone::Stop, wrong);
        }
        if let Some(help) = help {
            sentence(ui, glass, help);
        }
        went_on
    });
    zeroize::Zeroize::zeroize(&mut { before });
    wish.or(went_on.then_some(Wish::Forward))
}

fn sentence_of(wrong: Wrong, question: Question, glass: &Glass<'_>) -> &'static str {
    match wrong {
        Wrong::Nobody if question == Question::Words => glass.say(Say::WordsHelp),
        Wrong::Nobody | Wrong::NothingKnown => glass.say(Say::WrongName),
        Wrong::Iin | Wrong::IinDigit => glass.say(Say::WrongIin),
        wrong => reason(wrong).in_(glass.scene.tongue),
    }
}

/// The id of the field of a question.
pub(crate) fn field(question: Question) -> Id {
    Id::unique(("answer", question))
}

/// The field, which has the focus whatever is pressed; gives whether Enter was.
fn field_ui(
    ui: &mut Ui,
    glass: &Glass<'_>,
    (question, rows): (Question, u8),
    text: &mut String,
    (title, wrong): (Id, bool),
) -> bool {
    let many = question == Question::Words;
    let edit = if many { TextEdit::multiline(text) } else { TextEdit::singleline(text) };
    let width = match keys(question) {
        Keys::Number(_) => (glass.touch.mm * 90.0).min(ui.available_width()),
        _ => ui.available_width(),
    };
    let edit = edit
        .id(field(question))
        .char_limit(if many { 20_000 } else { 200 })
        .desired_rows(usize::from(rows))
        .desired_width(width);
    pieces::field(ui, glass, edit, title, wrong) && !many
}

/// Puts the caret behind the last letter of a text that was not typed.
pub(crate) fn put_at_end(ctx: &egui::Context, id: Id, text: &str) {
    let mut state = egui::text_edit::TextEditState::load(ctx, id).unwrap_or_default();
    let end = egui::text::CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
    state.store(ctx, id);
}
