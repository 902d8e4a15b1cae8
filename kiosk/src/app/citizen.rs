//! The self-service kiosk: which question a citizen is at, and that nothing of them stays.
//!
//! Owns what is being answered, which lives in memory only, and the clock that wipes it. Refuses to
//! show anything of the one before to the one behind.

mod patience;
mod staff;
mod talk;

use beket_words::Tongue;
use eframe::egui::{self, Context, Ui};

use super::attempts::Attempts;
use crate::coupon::Coupon;
use crate::desk::{Intent, News};
use crate::forms::{Answers, Purpose, Question, Wrong};
use crate::keyboard::{Keyboard, Stroke, type_into};
use crate::languages::{Say, trouble};
use crate::look::Theme;
use crate::screens::Act;
use crate::screens::citizen::{
    Asked, Done, Glass, Paper, Wish, ask, check, done, languages, leave, still_here,
};
use crate::{KioskError, Taken};
use patience::{Patience, Stillness};
use staff::Staff;

/// Where somebody is.
#[derive(Debug)]
enum Screen {
    Languages,
    Ask(Question),
    /// Back from this question, the first one, everything that was said would be gone.
    Leave(Question),
    Check,
    Done(Box<Done>),
    Staff(Box<Staff>),
}

/// What is asked of the application around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Change {
    Speak(Tongue),
    Theme(Theme),
    /// Everything that the window remembers of a person goes.
    Wipe,
    Close,
}

/// A citizen in front of the kiosk, or none.
#[derive(Debug)]
pub(super) struct Citizen {
    screen: Screen,
    answers: Answers,
    keyboard: Keyboard,
    strokes: Vec<Stroke>,
    wrong: Option<Wrong>,
    trouble: Option<&'static str>,
    /// The number of the form that is being kept.
    saving: Option<u64>,
    forms: u64,
    /// One question of many is changed from the page that shows them all.
    changing: bool,
    pub(super) larger: bool,
    patience: Patience,
    /// What was shown last, and since when, in seconds by egui's clock.
    shown: Option<(std::mem::Discriminant<Screen>, Option<Question>)>,
    since: f64,
    /// Of the staff's PIN; whoever goes away and comes back has no more of them.
    attempts: Attempts,
    /// A form was begun when the power went.
    unfinished: bool,
}

/// So long nothing is pressed on a page that has just come: the second tap of two was meant for the
/// one before, whose buttons lie in the same place. In seconds.
const SETTLES: f64 = 0.5;

/// The second tap writes nothing, either; whoever types comes to the keys later than that.
const BOUNCES: f64 = 0.3;

/// How long after a page has come a wish of it may be the second tap of two.
fn settles(wish: &Wish) -> f64 {
    match wish {
        Wish::Type(_) => BOUNCES,
        wish if leads_on(wish) => SETTLES,
        _ => 0.0,
    }
}

/// Whether a wish leads to another page, or answers what this one asks.
fn leads_on(wish: &Wish) -> bool {
    matches!(
        wish,
        Wish::Forward
            | Wish::Back
            | Wish::Speak(_)
            | Wish::Chose(_)
            | Wish::Change(_)
            | Wish::AddOther
            | Wish::ChangeOther(_)
            | Wish::RemoveOther(_)
            | Wish::Staff
    )
}

impl Citizen {
    pub(super) fn new(is_set_up: bool, unfinished: bool) -> Self {
        let screen =
            if is_set_up { Screen::Languages } else { Screen::Staff(Box::new(Staff::first())) };
        Self {
            screen,
            answers: Answers::default(),
            keyboard: Keyboard::default(),
            strokes: Vec::new(),
            wrong: None,
            trouble: None,
            saving: None,
            forms: 0,
            changing: false,
            larger: false,
            patience: Patience::default(),
            shown: None,
            since: 0.0,
            attempts: Attempts::default(),
            unfinished,
        }
    }

    /// The person is gone: forgets them; what the window remembers of them is the application's to
    /// forget.
    fn gone(&mut self, glass: &Glass<'_>) -> (Vec<Act>, Vec<Change>) {
        let (forms, touched, attempts) = (self.forms, self.patience.touched, self.attempts);
        *self = Self { forms, attempts, ..Self::new(glass.scene.state.stand.is_set_up(), false) };
        self.patience.touched = touched;
        let left = [Intent::LeavePaper, Intent::Begun(false)];
        (left.into_iter().map(Act::Want).collect(), vec![Change::Wipe])
    }

    /// The machine slept for so many seconds.
    pub(super) fn slept(&mut self, seconds: f64) {
        self.patience.slept(seconds);
    }

    /// Somebody asked to close the window: only staff may.
    pub(super) fn close_asked(&mut self) {
        if !matches!(self.screen, Screen::Staff(_)) {
            self.screen = Screen::Staff(Box::new(Staff::at_the_door()));
        }
    }

    pub(super) fn hear(&mut self, news: News, glass: &Glass<'_>) -> Vec<Act> {
        match news {
            News::Taken { form, taken } if self.saving == Some(form) => {
                self.saving = None;
                match taken {
                    Ok(taken) => return self.taken(&taken, glass),
                    Err(error) => self.trouble = Some(not_saved(glass.scene.tongue, &error)),
                }
            }
            News::Printed { reference, printed } => match &mut self.screen {
                Screen::Done(done) if done.coupon.reference == reference => {
                    done.paper = printed.map_or_else(Paper::Fault, |()| Paper::Out);
                }
                Screen::Staff(staff) => staff.printed(printed, glass),
                _ => {}
            },
            News::Printers(found) => {
                if let Screen::Staff(staff) = &mut self.screen {
                    staff.printers = found;
                }
            }
            News::Left(right) => {
                let now = self.patience.touched;
                if let Screen::Staff(staff) = &mut self.screen {
                    staff.answered(right, &mut self.attempts, now);
                }
            }
            News::Trouble(error) => match &mut self.screen {
                Screen::Staff(staff) => staff.failed(trouble(glass.scene.tongue, &error)),
                _ if self.saving.is_some() => {
                    self.trouble = Some(not_saved(glass.scene.tongue, &error));
                }
                // Nobody in front of it can do anything about a line or a disk.
                _ => {}
            },
            _ => {}
        }
        Vec::new()
    }

    /// It is on the disk: the answers go, the number stays.
    fn taken(&mut self, taken: &Taken, glass: &Glass<'_>) -> Vec<Act> {
        let state = glass.scene.state;
        let coupon = Coupon {
            reference: taken.reference.clone(),
            taken_at: taken.taken_at,
            station: state.station.clone(),
            kiosk: state.name.clone(),
            tongue: glass.scene.tongue,
        };
        let title = match (self.answers.purpose, self.answers.consent) {
            (Some(Purpose::Register), Some(true)) => Say::Registered,
            // Nobody finds them by a name that was not taken.
            (Some(Purpose::Register), _) => Say::Noted,
            _ => Say::Received,
        };
        self.answers = Answers::default();
        let printer = &state.stand.printer;
        let prints = *printer != crate::coupon::Printer::None;
        let paper = if prints { Paper::Printing } else { Paper::None };
        self.screen = Screen::Done(Box::new(Done { coupon: coupon.clone(), paper, title }));
        if prints { vec![Act::Want(Intent::Print(Box::new(coupon)))] } else { Vec::new() }
    }

    fn questions(&self, glass: &Glass<'_>) -> Vec<Question> {
        // With nothing else to come for, nobody is asked why they came.
        self.answers.questions(!glass.scene.state.incidents.is_empty())
    }

    /// Draws whatever is in front of the person.
    pub(super) fn ui(&mut self, ui: &mut Ui, glass: &Glass<'_>) -> (Vec<Act>, Vec<Change>) {
        let ctx = ui.ctx().clone();
        type_into(&ctx, &std::mem::take(&mut self.strokes));
        let first = matches!(self.screen, Screen::Languages);
        let adapted = self.larger || glass.scene.look.theme != Theme::Light;
        if first && adapted && self.patience.is_over(&ctx) {
            // Nothing was said yet: whoever wanted it so is not asked whether they are there.
            self.larger = false;
            return (Vec::new(), vec![Change::Wipe]);
        }
        match self.patience.look(&ctx, first && !adapted) {
            Stillness::None => {}
            Stillness::Asked(left) => {
                let number = match &self.screen {
                    Screen::Done(done) => Some(done.coupon.reference.as_str()),
                    _ => None,
                };
                still_here(ui, glass, left, number);
                return (Vec::new(), Vec::new());
            }
            Stillness::Gone => {
                return self.gone(glass);
            }
        }
        let now = ctx.input(|input| input.time);
        let shown = (std::mem::discriminant(&self.screen), self.question());
        if self.shown != Some(shown) {
            (self.shown, self.since) = (Some(shown), now);
        }
        let Some(wish) = self.screen(ui, glass) else { return (Vec::new(), Vec::new()) };
        let is_staff = matches!(self.screen, Screen::Staff(_));
        if !is_staff && now - self.since < settles(&wish) {
            return (Vec::new(), Vec::new());
        }
        let before = self.question();
        if matches!(wish, Wish::RemoveOther(_)) {
            // Whoever stood below stands in the same place.
            self.shown = None;
        }
        let granted = self.grant(wish, glass, &ctx);
        if self.question() != before {
            self.keyboard.begin_anew();
        }
        granted
    }

    /// The question that somebody is at.
    pub(super) fn question(&self) -> Option<Question> {
        if let Screen::Ask(question) = self.screen { Some(question) } else { None }
    }

    fn screen(&mut self, ui: &mut Ui, glass: &Glass<'_>) -> Option<Wish> {
        let questions = self.questions(glass);
        match &mut self.screen {
            Screen::Languages => languages(ui, glass, self.unfinished),
            Screen::Ask(question) => {
                let of = questions.len() + 1;
                let at = questions.iter().position(|known| known == question);
                // Questions about others stand at the one that they belong to.
                let whose = || questions.iter().position(|known| *known == Question::Others);
                let at = at.or_else(whose).map_or(1, |at| at + 1);
                let mut asked = Asked {
                    question: *question,
                    progress: (at, of),
                    wrong: self.wrong,
                    keyboard: &mut self.keyboard,
                };
                ask(ui, glass, &mut self.answers, &mut asked)
            }
            Screen::Check => {
                let saving = self.saving.is_some();
                let trouble = self.trouble;
                check(ui, glass, &mut self.answers, &questions, saving, trouble)
            }
            Screen::Leave(_) => leave(ui, glass),
            Screen::Done(end) => {
                let waited = ui.input(|input| input.time) - self.since;
                done(ui, glass, end, waited)
            }
            Screen::Staff(staff) => staff.ui(ui, glass, &mut self.keyboard),
        }
    }

    fn grant(&mut self, wish: Wish, glass: &Glass<'_>, ctx: &Context) -> (Vec<Act>, Vec<Change>) {
        let mut acts = Vec::new();
        let mut changes = Vec::new();
        match wish {
            Wish::Speak(tongue) => {
                changes.push(Change::Speak(tongue));
                if matches!(self.screen, Screen::Languages) {
                    acts.push(Act::Want(Intent::Begun(true)));
                    let first = self.questions(glass)[0];
                    self.screen = Screen::Ask(first);
                }
            }
            Wish::Larger => self.larger = !self.larger,
            Wish::Contrast => changes.push(Change::Theme(match glass.scene.look.theme {
                Theme::HighContrast => Theme::Light,
                _ => Theme::HighContrast,
            })),
            Wish::Type(strokes) => self.typed(strokes, glass, ctx),
            Wish::Staff => self.screen = Screen::Staff(Box::new(Staff::at_the_door())),
            _ => match &mut self.screen {
                Screen::Staff(staff) => {
                    let too_many = self.attempts.are_too_many(self.patience.touched);
                    let (wanted, end) = staff.grant(wish, glass, too_many);
                    acts.extend(wanted);
                    match end {
                        Some(staff::End::Citizens) => return self.gone(glass),
                        Some(staff::End::Close) => changes.push(Change::Close),
                        None => {}
                    }
                }
                _ => return self.answer(wish, glass),
            },
        }
        (acts, changes)
    }
}

/// What a citizen can do about it; what staff can, their own screen says.
fn not_saved(tongue: Tongue, error: &KioskError) -> &'static str {
    let say = match error {
        KioskError::Field(_) | KioskError::Document(_) | KioskError::Seal(_) => Say::TooLong,
        _ => Say::NotSaved,
    };
    say.in_(tongue)
}

/// Whatever egui remembers of the person: text that can be brought back, the clipboard, where the
/// focus was.
pub(super) fn wipe(ctx: &Context) {
    ctx.memory_mut(|memory| {
        memory.data.clear();
        memory.caches = egui::cache::CacheStorage::default();
        memory.reset_areas();
        memory.stop_text_input();
    });
    ctx.copy_text(String::new());
}

#[cfg(test)]
pub(super) use patience::{COUNTDOWN, PATIENCE};

#[cfg(test)]
impl Citizen {
    pub(super) fn is_choosing_a_language(&self) -> bool {
        matches!(self.screen, Screen::Languages)
    }

    pub(super) fn answers(&self) -> &Answers {
        &self.answers
    }

    pub(super) fn is_checking(&self) -> bool {
        matches!(self.screen, Screen::Check) && self.saving.is_none()
    }

    pub(super) fn coupon(&self) -> Option<&Coupon> {
        if let Screen::Done(done) = &self.screen { Some(&done.coupon) } else { None }
    }

    pub(super) fn prints(&mut self) {
        if let Screen::Done(done) = &mut self.screen {
            done.paper = Paper::Printing;
        }
    }

    pub(super) fn staff(&self) -> Option<&Staff> {
        if let Screen::Staff(staff) = &self.screen { Some(staff) } else { None }
    }
}
