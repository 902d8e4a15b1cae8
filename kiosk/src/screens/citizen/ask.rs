//! One question: its words, its answer, and the keys that it is answered with.

use beket_model::MayTell;
use beket_words::fields::NEEDS;
use beket_words::numbers::aged;
use eframe::egui::{self, Align, Id, Layout, RichText, TextEdit, Ui};

use super::pieces::{self, Weight, choice, choice_within, notice, press};
use super::{Glass, Page, Wish, height_of, page, room, sentence};
use crate::forms::{Answers, Born, Other, Purpose, Question, Wrong};
use crate::keyboard::{Desktop, Keyboard, Keys};
use crate::languages::{Say, capital};
use crate::screens::reason;
use crate::suggestions;
use crate::widgets::Tone;

const MAY_TELL: [(MayTell, Say); 3] =
    [(MayTell::Yes, Say::TellYes), (MayTell::Ask, Say::TellAsk), (MayTell::No, Say::TellNo)];

/// Rows of a field of many, where there is room.
const ROWS: u8 = 3;

/// Offers that fit above the letters.
const OFFERS: usize = 4;

/// What was asked, and how far the person is.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The question.
    pub question: Question,
    /// Which of how many.
    pub progress: (usize, usize),
    /// Why one could not go on.
    pub wrong: Option<Wrong>,
    /// The keyboard.
    pub keyboard: &'a mut Keyboard,
}

/// The words of a question, and its help.
pub(super) fn words(question: Question) -> (Say, Option<Say>) {
    use Question as Q;
    match question {
        Q::Purpose => (Say::Purpose, None),
        Q::Consent => (Say::Consent, Some(Say::ConsentHelp)),
        Q::FamilyName => (Say::FamilyName, Some(Say::AsInDocument)),
        Q::GivenName => (Say::GivenName, Some(Say::AsInDocument)),
        Q::Patronymic => (Say::Patronymic, Some(Say::IfNone)),
        Q::Born => (Say::Born, Some(Say::BornHelp)),
        Q::Iin => (Say::Iin, Some(Say::IinHelp)),
        Q::Phone => (Say::Phone, Some(Say::PhoneHelp)),
        Q::Place => (Say::Place, Some(Say::PlaceHelp)),
        Q::Address => (Say::Address, None),
        Q::Others => (Say::Others, Some(Say::OthersHelp)),
        Q::OtherFamilyName(_) => (Say::OtherFamilyName, None),
        Q::OtherGivenName(_) => (Say::OtherGivenName, None),
        Q::OtherBorn(_) => (Say::OtherBorn, Some(Say::BornHelp)),
        Q::Needs => (Say::Needs, Some(Say::NeedsHelp)),
        Q::MayTell => (Say::MayTell, None),
        Q::Words => (Say::Words, Some(Say::WordsHelp)),
    }
}

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

/// Draws the question that is asked.
pub fn ask(
    ui: &mut Ui,
    glass: &Glass<'_>,
    answers: &mut Answers,
    asked: &mut Asked<'_>,
) -> Option<Wish> {
    let question = asked.question;
    let (title, help) = words(question);
    // An answer that is a choice of one leads on by itself.
    let chosen = matches!(question, Question::Purpose | Question::Consent | Question::MayTell);
    let shown = Page {
        title: glass.say(title),
        progress: Some(asked.progress),
        back: Some(glass.say(Say::Back)),
        forward: (!chosen).then(|| glass.say(Say::Continue)),
    };
    let help = help.map(|help| glass.say(help));
    if answers.text(question).is_some() {
        return typed(ui, glass, answers, asked, &shown, help);
    }
    let (picked, wish) = page(ui, glass, &shown, None, |ui, _| {
        ui.spacing_mut().item_spacing.y = glass.touch.gap();
        if let Some(help) = help {
            sentence(ui, glass, help);
        }
        match question {
            Question::Purpose => one_of(
                ui,
                glass,
                &[glass.say(Say::PurposeAppeal), glass.say(Say::PurposeRegister)],
                answers.purpose.map(|purpose| usize::from(purpose == Purpose::Register)),
            ),
            Question::Consent => one_of(
                ui,
                glass,
                &[glass.say(Say::Agree), glass.say(Say::Disagree)],
                answers.consent.map(|agreed| usize::from(!agreed)),
            ),
            Question::MayTell => {
                let chosen = MAY_TELL.iter().position(|(tell, _)| tell.word() == answers.may_tell);
                one_of(ui, glass, &MAY_TELL.map(|(_, say)| glass.say(say)), chosen)
            }
            Question::Needs => needs(ui, glass, answers),
            _ => others(ui, glass, answers),
        }
    });
    wish.or(picked)
}

/// The word of the model for the choice of this number.
pub(crate) fn may_tell(at: usize) -> &'static str {
    MAY_TELL.get(at).map_or("", |(tell, _)| tell.word())
}

/// Turns the need of this number over.
pub(crate) fn turn_need(answers: &mut Answers, at: usize) {
    let Some((word, _)) = NEEDS.get(at) else { return };
    match answers.needs.iter().position(|need| need == word) {
        Some(at) => drop(answers.needs.remove(at)),
        None => answers.needs.push(word),
    }
}

/// Answers of which one leads on.
fn one_of(ui: &mut Ui, glass: &Glass<'_>, words: &[&str], chosen: Option<usize>) -> Option<Wish> {
    let words = words.iter().enumerate().map(|(at, word)| ((*word).to_owned(), chosen == Some(at)));
    grid(ui, glass, &words.collect::<Vec<_>>())
}

fn needs(ui: &mut Ui, glass: &Glass<'_>, answers: &Answers) -> Option<Wish> {
    let words = NEEDS
        .into_iter()
        .map(|(need, term)| (capital(term.in_(glass.scene.tongue)), answers.needs.contains(&need)));
    grid(ui, glass, &words.collect::<Vec<_>>())
}

/// Side by side where there is room: whoever must scroll overlooks the last.
fn grid(ui: &mut Ui, glass: &Glass<'_>, words: &[(String, bool)]) -> Option<Wish> {
    let mut wish = None;
    let (room, gap) = (ui.available_width(), glass.touch.gap());
    let half = (room - gap) / 2.0;
    let columns = if half >= glass.touch.mm * 110.0 { 2 } else { 1 };
    let width = if columns == 2 { half } else { room }.min(glass.touch.mm * 160.0);
    for (row, words) in words.chunks(columns).enumerate() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for (column, (word, on)) in words.iter().enumerate() {
                let weight = if *on { Weight::Chosen } else { Weight::Quiet };
                if choice_within(ui, glass, word, weight, width).clicked() {
                    wish = Some(Wish::Chose(row * columns + column));
                }
            }
        });
    }
    wish
}

/// Somebody who is with them: the name, and the age or the date.
pub(super) fn of_other(other: &Other, glass: &Glass<'_>) -> String {
    let name = format!("{} {}", other.family_name.trim(), other.given_name.trim());
    let born = match Born::read(&other.born, glass.scene.year()) {
        Some(Born::Aged(age)) => aged(glass.scene.tongue, age.into()),
        _ => other.born.trim().to_owned(),
    };
    let said = [name.trim(), &born].into_iter().filter(|part| !part.is_empty());
    said.collect::<Vec<_>>().join(", ")
}

fn others(ui: &mut Ui, glass: &Glass<'_>, answers: &Answers) -> Option<Wish> {
    let mut wish = None;
    for (at, other) in answers.others.iter().enumerate() {
        let size = egui::vec2(ui.available_width(), glass.touch.target());
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = glass.touch.gap();
            let name = format!("{} {}", other.family_name, other.given_name);
            let text = RichText::new(of_other(other, glass)).font(glass.touch.button());
            for (say, wanted) in
                [(Say::Remove, Wish::RemoveOther(at)), (Say::Change, Wish::ChangeOther(at))]
            {
                let shown = glass.say(say);
                let read = format!("{shown}: {}", name.trim());
                if press(ui, glass, shown, &read, Weight::Quiet).clicked() {
                    wish = Some(wanted);
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(egui::Label::new(text.color(glass.scene.look.palette.text)).wrap());
            });
        });
        ui.separator();
    }
    let add = glass.say(Say::AddPerson);
    if choice(ui, glass, add, Weight::Quiet).clicked() {
        wish = Some(Wish::AddOther);
    }
    wish
}

/// A question that is answered by typing.
fn typed(
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
    let nameless = question == Question::Words && answers.consent == Some(false);
    let text = answers.text(question)?;
    let before = text.clone();
    let wrong = asked.wrong.map(|wrong| sentence_of(wrong, question, glass));
    let nameless = nameless.then(|| glass.say(Say::Nameless));
    let line = glass.touch.text().size;
    let notices = [wrong, nameless].into_iter().flatten();
    let notices = notices.map(|text| height_of(ui, glass, text) + 32.0 + line).sum::<f32>();
    let help_height = help.map_or(0.0, |help| height_of(ui, glass, help));
    let room = |rows: u8| {
        let field = f32::from(rows) * line * 1.3 + 2.0 * line;
        room(ui, glass, field + help_height + notices)
    };
    let one = Desktop {
        look: &glass.scene.look,
        touch: glass.touch,
        tongue: glass.scene.tongue,
        keys: keys(question),
        text: &before,
        offers: &offers,
        room: room(1),
    };
    let many = question == Question::Words && asked.keyboard.least(&one) <= room(ROWS);
    let rows = if many { ROWS } else { 1 };
    let tight = asked.keyboard.least(&one) > room(1);
    let desktop = Desktop { room: room(rows), ..one };
    let (went_on, wish) = page(ui, glass, shown, Some((asked.keyboard, &desktop)), |ui, title| {
        ui.spacing_mut().item_spacing.y = glass.touch.mm * 2.0;
        // Where there is hardly room, the field comes first: help can be scrolled to.
        if let Some(help) = help.filter(|_| !tight) {
            sentence(ui, glass, help);
        }
        let went_on = field_ui(ui, glass, (question, rows), text, (title, wrong.is_some()));
        if let Some(wrong) = wrong {
            notice(ui, glass, Tone::Stop, wrong);
        }
        if let Some(nameless) = nameless {
            notice(ui, glass, Tone::Wait, nameless);
        }
        if let Some(help) = help.filter(|_| tight) {
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
        wrong => reason(wrong).in_(glass.scene.tongue),
    }
}

/// The id of the field of a question.
pub(crate) fn field(question: Question) -> Id {
    Id::unique(("answer", question_key(question)))
}

fn question_key(question: Question) -> (u8, usize) {
    use Question as Q;
    match question {
        Q::FamilyName => (0, 0),
        Q::GivenName => (1, 0),
        Q::Patronymic => (2, 0),
        Q::Born => (3, 0),
        Q::Iin => (4, 0),
        Q::Phone => (5, 0),
        Q::Place => (6, 0),
        Q::Address => (7, 0),
        Q::Words => (8, 0),
        Q::OtherFamilyName(at) => (9, at),
        Q::OtherGivenName(at) => (10, at),
        Q::OtherBorn(at) => (11, at),
        Q::Purpose | Q::Consent | Q::Others | Q::Needs | Q::MayTell => (12, 0),
    }
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
