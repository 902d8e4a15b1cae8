//! One question: its words, and an answer that is chosen.

use beket_model::MayTell;
use beket_words::fields::NEEDS;
use beket_words::numbers::aged;
use eframe::egui::{self, Align, Layout, RichText, Ui};

use super::pieces::{Weight, choice, option, press};
use super::typed::typed;
use super::{About, Glass, Page, Wish, page, sentence};
use crate::forms::{Answers, Born, Other, Purpose, Question, Wrong};
use crate::keyboard::Keyboard;
use crate::languages::{Say, capital};

const MAY_TELL: [(MayTell, Say); 3] =
    [(MayTell::Yes, Say::TellYes), (MayTell::Ask, Say::TellAsk), (MayTell::No, Say::TellNo)];

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
        Q::Words => (Say::Words, None),
        Q::Nameless => (Say::Nameless, None),
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
        about: About::Question(question),
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
            Question::Nameless => {
                let registers = answers.purpose == Some(Purpose::Register);
                let says = if registers { Say::NamelessRegister } else { Say::NamelessAppeal };
                sentence(ui, glass, glass.say(says));
                None
            }
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
    grid(ui, glass, false, &words.collect::<Vec<_>>())
}

/// A need as the person says it of themselves.
pub(super) fn need(glass: &Glass<'_>, word: &str) -> String {
    match word {
        "documents_lost" => glass.say(Say::MyDocuments).to_owned(),
        "shelter" => glass.say(Say::AShelter).to_owned(),
        _ => {
            let term = NEEDS.into_iter().find(|(known, _)| *known == word);
            capital(term.map_or(word, |(_, term)| term.in_(glass.scene.tongue)))
        }
    }
}

fn needs(ui: &mut Ui, glass: &Glass<'_>, answers: &Answers) -> Option<Wish> {
    let words = NEEDS.map(|(word, _)| (need(glass, word), answers.needs.contains(&word)));
    grid(ui, glass, true, &words)
}

/// Side by side where there is room: whoever must scroll overlooks the last. `any` of them can be
/// chosen, or else one.
fn grid(ui: &mut Ui, glass: &Glass<'_>, any: bool, words: &[(String, bool)]) -> Option<Wish> {
    let mut wish = None;
    let (room, gap) = (ui.available_width(), glass.touch.gap());
    let half = (room - gap) / 2.0;
    let columns = if half >= glass.touch.mm * 110.0 { 2 } else { 1 };
    let width = if columns == 2 { half } else { room }.min(glass.touch.mm * 160.0);
    for (row, words) in words.chunks(columns).enumerate() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for (column, (word, on)) in words.iter().enumerate() {
                if option(ui, glass, word, (*on, any), width).clicked() {
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
