//! All answers on one page, each to be changed.

use eframe::egui::{self, Align, Layout, RichText, Ui, vec2};

use super::ask::{need, of_other, words};
use super::pieces::{Weight, notice, press};
use super::{About, Glass, Page, Wish, page};
use crate::forms::{Answers, Purpose, Question};
use crate::languages::Say;
use crate::widgets::Tone;

/// Narrower than that two columns are harder to read than one is long, in the size of the text.
const LEAST_COLUMN: f32 = 21.5;

/// What the line between two rows takes, in points.
const RULE: f32 = 4.0;

/// Draws it. `questions` are those that were asked; `trouble` is why they could not be kept.
pub fn check(
    ui: &mut Ui,
    glass: &Glass<'_>,
    answers: &mut Answers,
    questions: &[Question],
    saving: bool,
    trouble: Option<&str>,
) -> Option<Wish> {
    let forward = glass.say(if saving { Say::Saving } else { Say::Submit });
    let shown = Page {
        title: glass.say(Say::Check),
        // What went wrong stands at the top.
        about: About::Check { trouble: trouble.is_some() },
        progress: None,
        back: Some(glass.say(Say::Back)),
        forward: Some(forward),
    };
    let (change, wish) = page(ui, glass, &shown, None, |ui, _| {
        ui.spacing_mut().item_spacing.y = (glass.touch.gap() - RULE) / 2.0;
        if let Some(trouble) = trouble {
            notice(ui, glass, Tone::Stop, trouble);
        }
        let mut change = None;
        // Side by side, so that as many as can be are in sight, and none is far from its button.
        let (room, gap) = (ui.available_width() - glass.touch.gap(), glass.touch.gap() * 2.0);
        let half = (room - gap) / 2.0;
        let columns = if half >= LEAST_COLUMN * glass.touch.text().size { 2 } else { 1 };
        let width = if columns == 2 { half } else { room };
        let asked = questions.iter().copied().filter(|asked| *asked != Question::Nameless);
        for questions in asked.collect::<Vec<_>>().chunks(columns) {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = gap;
                for question in questions {
                    if row(ui, glass, answers, *question, width) {
                        change = Some(Wish::Change(*question));
                    }
                }
            });
            ui.add(egui::Separator::default().spacing(RULE));
        }
        change
    });
    if saving { None } else { wish.or(change) }
}

/// The question and its answer; at the right, in one column, what changes it.
fn row(
    ui: &mut Ui,
    glass: &Glass<'_>,
    answers: &mut Answers,
    question: Question,
    width: f32,
) -> bool {
    let palette = &glass.scene.look.palette;
    let asked = glass.say(words(question).0);
    let said = answer(glass, answers, question);
    let change = glass.say(Say::Change);
    let size = vec2(width, glass.touch.target());
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = glass.touch.gap();
        let name = format!("{change}: {asked}");
        let pressed = press(ui, glass, change, &name, Weight::Quiet).clicked();
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let text = RichText::new(asked).font(glass.touch.text()).color(palette.quiet);
            ui.add(egui::Label::new(text).wrap());
            let text = if said.is_empty() {
                let nothing = RichText::new(glass.say(Say::NotSaid)).font(glass.touch.text());
                nothing.color(palette.quiet)
            } else {
                RichText::new(said).font(glass.touch.button()).color(palette.text)
            };
            ui.add(egui::Label::new(text).wrap());
        });
        pressed
    })
    .inner
}

/// Empty where nothing was said.
fn answer(glass: &Glass<'_>, answers: &mut Answers, question: Question) -> String {
    match question {
        Question::Purpose => match answers.purpose {
            Some(Purpose::Register) => glass.say(Say::PurposeRegister).to_owned(),
            _ => glass.say(Say::PurposeAppeal).to_owned(),
        },
        Question::Consent => {
            let agreed = answers.consent == Some(true);
            glass.say(if agreed { Say::Agree } else { Say::Disagree }).to_owned()
        }
        Question::MayTell => match answers.may_tell {
            "yes" => glass.say(Say::TellYes).to_owned(),
            "ask" => glass.say(Say::TellAsk).to_owned(),
            "no" => glass.say(Say::TellNo).to_owned(),
            _ => String::new(),
        },
        Question::Needs => {
            let said = answers.needs.iter().map(|word| need(glass, word));
            said.collect::<Vec<_>>().join(", ")
        }
        Question::Others => {
            let named = answers.others.iter().map(|other| of_other(other, glass));
            named.collect::<Vec<_>>().join("; ")
        }
        _ => answers.text(question).map(|text| text.trim().to_owned()).unwrap_or_default(),
    }
}
