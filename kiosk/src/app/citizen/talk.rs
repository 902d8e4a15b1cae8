//! From one question to the next: what an answer leads to, and what lies behind it.

use eframe::egui::Context;

use super::{Change, Citizen, Screen, not_saved};
use crate::desk::Intent;
use crate::forms::{Other, Purpose, Question};
use crate::keyboard::Stroke;
use crate::screens::Act;
use crate::screens::citizen::{Glass, Wish, field, may_tell, offers, put_at_end, turn_need};

impl Citizen {
    /// Letters go to the field in the next frame; an offer takes its place at once.
    pub(super) fn typed(&mut self, strokes: Vec<Stroke>, glass: &Glass<'_>, ctx: &Context) {
        for stroke in strokes {
            match (stroke, &self.screen) {
                (Stroke::Offer(at), Screen::Ask(question)) => {
                    let question = *question;
                    let offers = offers(question, &mut self.answers, glass);
                    let Some(place) = offers.into_iter().nth(at) else { continue };
                    if question == Question::Place {
                        self.answers.kato = Some((place.kato, place.name.clone()));
                    }
                    if let Some(text) = self.answers.text(question) {
                        text.clone_from(&place.name);
                        put_at_end(ctx, field(question), text);
                    }
                }
                (stroke, _) => self.strokes.push(stroke),
            }
        }
    }

    pub(super) fn answer(&mut self, wish: Wish, glass: &Glass<'_>) -> (Vec<Act>, Vec<Change>) {
        if wish == Wish::Back {
            let gone = self.back(glass);
            return if gone { self.gone(glass) } else { (Vec::new(), Vec::new()) };
        }
        let mut acts = Vec::new();
        match (wish, &self.screen) {
            (Wish::Chose(0), Screen::Leave(first)) => self.screen = Screen::Ask(*first),
            (Wish::Forward, Screen::Done(_)) | (Wish::Chose(_), Screen::Leave(_)) => {
                return self.gone(glass);
            }
            (Wish::Forward, Screen::Check) => acts.extend(self.submit(glass)),
            (Wish::Forward, Screen::Ask(question)) => self.forward(*question, glass),
            (Wish::Change(question), _) => {
                self.changing = true;
                self.wrong = None;
                self.screen = Screen::Ask(question);
            }
            (Wish::AddOther, _) => {
                let at = self.answers.add_other();
                self.screen = Screen::Ask(Question::OtherFamilyName(at));
            }
            (Wish::ChangeOther(at), _) if at < self.answers.others.len() => {
                self.screen = Screen::Ask(Question::OtherFamilyName(at));
            }
            (Wish::RemoveOther(at), _) if at < self.answers.others.len() => {
                self.answers.others.remove(at);
            }
            (Wish::Chose(at), Screen::Ask(question)) => self.chose(*question, at, glass),
            _ => {}
        }
        (acts, Vec::new())
    }

    fn chose(&mut self, question: Question, at: usize, glass: &Glass<'_>) {
        match question {
            Question::Purpose => {
                let purpose = if at == 0 { Purpose::Appeal } else { Purpose::Register };
                self.answers.purpose = Some(purpose);
            }
            Question::Consent => self.answers.consent = Some(at == 0),
            Question::MayTell => self.answers.may_tell = may_tell(at),
            Question::Needs => return turn_need(&mut self.answers, at),
            _ => return,
        }
        // What is asked depends on these two: going back to check would pass questions over.
        let decides = matches!(question, Question::Purpose | Question::Consent);
        self.changing &= !decides;
        self.forward(question, glass);
    }

    fn forward(&mut self, question: Question, glass: &Glass<'_>) {
        if let Some((question, why)) = self.answers.first_wrong(&[question], glass.scene.year()) {
            (self.screen, self.wrong) = (Screen::Ask(question), Some(why));
            return;
        }
        self.wrong = None;
        let next = match question {
            Question::OtherFamilyName(at) => Some(Question::OtherGivenName(at)),
            Question::OtherGivenName(at) => Some(Question::OtherBorn(at)),
            Question::OtherBorn(at) => {
                if self.answers.others.get(at).is_some_and(Other::is_nobody) {
                    self.answers.others.remove(at);
                }
                Some(Question::Others)
            }
            _ if self.changing => None,
            _ => {
                let questions = self.questions(glass);
                // One that is asked no longer, an incident having been closed, leads to the first.
                let at = questions.iter().position(|known| *known == question);
                questions.get(at.map_or(0, |at| at + 1)).copied()
            }
        };
        self.screen = next.map_or(Screen::Check, Screen::Ask);
        self.changing &= !matches!(self.screen, Screen::Check);
    }

    /// One question back; gives whether that was the first, and the person is gone.
    fn back(&mut self, glass: &Glass<'_>) -> bool {
        self.wrong = None;
        let questions = self.questions(glass);
        let before = match &self.screen {
            Screen::Check => questions.last().copied(),
            Screen::Ask(Question::OtherFamilyName(at)) => {
                let at = *at;
                if self.answers.others.get(at).is_some_and(Other::is_nobody) {
                    self.answers.others.remove(at);
                }
                Some(Question::Others)
            }
            Screen::Ask(Question::OtherGivenName(at)) => Some(Question::OtherFamilyName(*at)),
            Screen::Ask(Question::OtherBorn(at)) => Some(Question::OtherGivenName(*at)),
            Screen::Ask(_) if self.changing => {
                self.changing = false;
                self.screen = Screen::Check;
                return false;
            }
            Screen::Ask(question) => {
                let at = questions.iter().position(|known| known == question).unwrap_or(0);
                at.checked_sub(1).and_then(|before| questions.get(before).copied())
            }
            _ => None,
        };
        let stays = match (before, &self.screen) {
            (Some(question), _) => Screen::Ask(question),
            (None, Screen::Ask(first)) if self.answers.is_begun() => Screen::Leave(*first),
            (None, _) => return true,
        };
        self.screen = stays;
        false
    }

    fn submit(&mut self, glass: &Glass<'_>) -> Option<Act> {
        self.trouble = None;
        if self.answers.consent.is_none() {
            self.screen = Screen::Ask(Question::Consent);
            return None;
        }
        // An answer that was changed may have been what made another enough.
        let first = self.answers.first_wrong(&self.questions(glass), glass.scene.year());
        if let Some((question, why)) = first {
            (self.screen, self.wrong, self.changing) = (Screen::Ask(question), Some(why), true);
            return None;
        }
        match self.answers.intake(glass.scene.language(), glass.scene.year()) {
            Ok(intake) => {
                self.forms += 1;
                let form = self.forms;
                self.saving = Some(form);
                Some(Act::Want(Intent::Take {
                    form,
                    intake: Box::new(intake),
                    by: None,
                    draft: None,
                }))
            }
            Err(error) => {
                self.trouble = Some(not_saved(glass.scene.tongue, &error.into()));
                None
            }
        }
    }
}
