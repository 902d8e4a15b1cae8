//! The staffed kiosk: unlocked at the start of a shift, then a form, a search or a case at a time.
//!
//! The form that is open stays as it is while something else is looked at.

mod cases;
#[cfg(test)]
mod seen;
mod waiting;

use beket_record::CaseId;
use beket_words::Tongue;
use eframe::egui::{self, CentralPanel, Frame, Margin, Panel, Rect, Ui, vec2};

use super::attempts::Attempts;
use crate::Change;
use crate::desk::{Ask, News, Told, Unlocked};
use crate::forms::scan::Zone;
use crate::languages::{Msg, Say, trouble};
use crate::look::space;
use crate::screens::case::OpenCase;
use crate::screens::find::Find;
use crate::screens::register::Register;
use crate::screens::unlock::Unlock;
use crate::screens::who::Who;
use crate::screens::{Act, Scene, To, bar, ready};
use crate::widgets::{Tone, banner};

#[derive(Debug)]
enum Screen {
    Unlock(Unlock),
    Who(Who),
    Form,
    Find,
    Case(Box<OpenCase>),
    Ready,
}

/// All that a volunteer has in front of them.
#[derive(Debug)]
pub(super) struct Staffed {
    screen: Screen,
    register: Option<Register>,
    /// Forms that were begun before another one came between, the last of them last.
    waiting: Vec<Register>,
    /// The draft that is on the disk.
    kept: Option<String>,
    /// Letters that came while no field had the focus: a scanner types them.
    loose: String,
    zone: Zone,
    attempts: Attempts,
    /// A PIN is being looked at: no other is, until that is answered.
    at_the_door: bool,
    /// Of the last frame, in seconds by egui's clock.
    time: f64,
    find: Find,
    volunteers: Vec<String>,
    volunteer: Option<String>,
    /// What takes the last edit back, and of which case it was.
    undo: Option<(CaseId, Change)>,
    forms: u64,
    /// The incident that new forms belong to, once one was chosen.
    incident: Option<String>,
    /// People in the register, and what is said where that is not everybody.
    here: (usize, Option<Msg>),
    trouble: Option<String>,
}

impl Staffed {
    pub(super) fn new() -> Self {
        Self {
            screen: Screen::Unlock(Unlock::default()),
            register: None,
            waiting: Vec::new(),
            kept: None,
            loose: String::new(),
            zone: Zone::default(),
            attempts: Attempts::default(),
            at_the_door: false,
            time: 0.0,
            find: Find::new(0),
            volunteers: Vec::new(),
            volunteer: None,
            undo: None,
            forms: 0,
            incident: None,
            here: (0, Some(Msg::Reading)),
            trouble: None,
        }
    }

    /// Something that nobody asked for went wrong.
    pub(super) fn trouble(&mut self, why: &'static str) {
        self.at_the_door = false;
        match &mut self.screen {
            Screen::Who(who) => who.refused(why),
            _ => self.trouble = Some(why.to_owned()),
        }
    }

    /// Takes one piece of news in; gives what it makes us want.
    pub(super) fn hear(&mut self, news: News, scene: &Scene<'_>) -> Vec<Act> {
        match news {
            News::Unlocked(Ok(unlocked)) => self.unlocked(unlocked, scene),
            News::Unlocked(Err(error)) => {
                if let Screen::Unlock(unlock) = &mut self.screen {
                    unlock.refused(trouble(scene.tongue, &error));
                }
            }
            News::Volunteers(names) => self.volunteers = names,
            News::Entered { name, welcome: true } => {
                self.at_the_door = false;
                self.attempts = Attempts::default();
                self.volunteer = Some(name);
                self.show_form();
            }
            News::Entered { welcome: false, .. } => {
                self.at_the_door = false;
                let many = self.attempts.failed(self.time);
                if let Screen::Who(who) = &mut self.screen {
                    let wrong = Msg::WrongPin.in_(scene.tongue);
                    who.refused(if many { Say::TooManyPins.in_(scene.tongue) } else { wrong });
                }
            }
            News::Taken { form, taken } => self.taken(form, taken, scene),
            News::Edited { case, edited } => return self.edited(case, edited, scene),
            News::Told(told) => return self.told(told),
            // The rest is heard by others.
            _ => {}
        }
        Vec::new()
    }

    fn unlocked(&mut self, unlocked: Unlocked, scene: &Scene<'_>) {
        self.volunteers = unlocked.volunteers.into_iter().map(|one| one.name).collect();
        self.screen = Screen::Who(Who::new(self.volunteers.clone()));
        if self.register.is_none() {
            self.bring_back(unlocked.draft.as_ref().map(|draft| draft.as_str()), scene);
        }
    }

    fn told(&mut self, told: Told) -> Vec<Act> {
        match told {
            Told::Filled { people, whole, reading, .. } => {
                let why = if reading { Msg::Reading } else { Msg::NotAllRead };
                self.here = (people, (!whole).then_some(why));
                self.find.stale();
                self.register.iter_mut().chain(&mut self.waiting).for_each(Register::stale);
                if let Screen::Case(open) = &self.screen {
                    return vec![Act::Ask(Ask::Show(open.id))];
                }
            }
            Told::Found { ticket, found } => self.find.answer(ticket, found),
            Told::Alike { ticket, found } => {
                if let Some(register) = &mut self.register {
                    register.answer(ticket, found);
                }
            }
            Told::Shown { case, view } => {
                if let Screen::Case(open) = &mut self.screen
                    && open.id == case
                {
                    open.unreadable = view.is_none();
                    open.view = view;
                }
            }
        }
        Vec::new()
    }

    fn show_form(&mut self) {
        if !matches!(self.screen, Screen::Form) {
            self.come_back();
        }
    }

    /// To the field where the form was left: Escape takes the focus from every field.
    fn come_back(&mut self) {
        if let Some(register) = &mut self.register {
            register.come_back();
        }
        self.screen = Screen::Form;
    }

    fn next_form(&mut self) -> u64 {
        self.forms += 1;
        self.forms
    }

    /// Opens another screen. A form that was begun is never thrown away by it.
    pub(super) fn go(&mut self, to: To, scene: &Scene<'_>) -> Vec<Act> {
        if matches!(self.screen, Screen::Unlock(_) | Screen::Who(_)) {
            return Vec::new();
        }
        self.trouble = None;
        match to {
            To::Form => self.go_to_a_form(false, scene),
            To::ChildAlone => self.go_to_a_form(true, scene),
            To::Waiting(at) => self.bring_forward(at),
            To::Search => {
                self.find = Find::new(self.next_form());
                self.screen = Screen::Find;
            }
            To::Find(texts) => {
                self.find = Find::and_open(self.next_form(), texts);
                self.screen = Screen::Find;
            }
            To::Case(case) => {
                let register = self.register.as_mut().filter(|r| r.mends() == Some(case));
                if let Some(stays) = register.map(|register| register.stays_once(scene)) {
                    if stays {
                        self.show_form();
                        return Vec::new();
                    }
                    self.go_on_with_the_last(scene);
                }
                return self.open_case(case);
            }
            To::Mend => self.mend(scene),
            To::Undo => return self.take_back(),
            To::Ready => self.screen = Screen::Ready,
            To::Suggest(case, same_person) => self.suggest(case, same_person),
            To::Back => {
                // Leaving the form of a case goes back to the case.
                let at_form = matches!(self.screen, Screen::Form);
                let register = self.register.as_mut().filter(|_| at_form);
                if let Some((case, stays)) =
                    register.and_then(|r| Some((r.mends()?, r.stays_once(scene))))
                {
                    if stays {
                        // Escape has taken the focus; whoever stays types on.
                        self.come_back();
                        return Vec::new();
                    }
                    self.go_on_with_the_last(scene);
                    return self.open_case(case);
                }
                self.come_back();
            }
            To::Who => {
                self.volunteer = None;
                self.screen = Screen::Who(Who::new(self.volunteers.clone()));
            }
            To::Look | To::Speak(_) => {}
        }
        Vec::new()
    }

    /// What the screen that is open is called.
    pub(super) fn screen_name(&self, tongue: Tongue) -> &'static str {
        let name = match &self.screen {
            Screen::Unlock(_) => Msg::Unlock,
            Screen::Who(_) => Msg::WhoAreYou,
            Screen::Form if self.register.as_ref().is_some_and(|r| r.mends().is_some()) => {
                Msg::Mending
            }
            Screen::Form => Msg::NewForm,
            Screen::Find => Msg::SearchKey,
            Screen::Case(_) => Msg::Case,
            Screen::Ready => Msg::ReadyKey,
        };
        name.in_(tongue)
    }

    /// Draws everything.
    pub(super) fn ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) -> Vec<Act> {
        let mut acts = Vec::new();
        self.time = ui.input(|input| input.time);
        let palette = &scene.look.palette;
        let frame = |fill, margin: (i8, i8)| {
            Frame::new().fill(fill).inner_margin(Margin::symmetric(margin.0, margin.1))
        };
        let working = !matches!(self.screen, Screen::Unlock(_) | Screen::Who(_));
        let name = self.volunteer.as_deref().filter(|_| working);
        let below = bar::is_narrow(ui);
        Panel::bottom("state")
            .resizable(false)
            .frame(frame(palette.raised, (16, if below { 2 } else { 6 })))
            .show(ui, |ui| {
                if below {
                    acts.extend(bar::state_and_right(ui, scene, name));
                } else {
                    bar::state(ui, scene);
                }
            });
        if working || !below {
            let keys = Panel::top("keys").resizable(false).frame(frame(palette.raised, (8, 2)));
            keys.show(ui, |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = vec2(space::TINY, 0.0);
                    acts.extend(working.then(|| bar::keys(ui, scene)).flatten());
                    acts.extend((!below).then(|| bar::right(ui, scene, name)).flatten());
                });
            });
        }
        if matches!(self.screen, Screen::Form)
            && let Some(register) = &self.register
        {
            beside(ui.ctx().content_rect())
                .resizable(false)
                .frame(frame(palette.ground, (16, 12)))
                .show(ui, |ui| {
                    acts.extend(waiting::ui(&self.waiting, ui, scene));
                    acts.extend(register.beside_ui(ui, scene, self.here.1));
                });
        }
        CentralPanel::default().frame(frame(palette.ground, (24, 12))).show(ui, |ui| {
            if let Some(trouble) = &self.trouble {
                banner(ui, &scene.look, Tone::Stop, "", trouble);
                ui.add_space(space::SMALL);
            }
            self.screen_ui(ui, scene, &mut acts);
        });
        let draft = self.keep(&mut acts);
        acts.extend(draft);
        acts.extend(self.scanned_anywhere(ui, scene.year()));
        acts
    }

    fn screen_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, acts: &mut Vec<Act>) {
        let by = self.volunteer.as_deref();
        match &mut self.screen {
            Screen::Unlock(_) if !scene.state.locked => {
                let opening = Msg::Opening.in_(scene.tongue);
                ui.label(egui::RichText::new(opening).color(scene.look.palette.quiet));
            }
            Screen::Unlock(unlock) => acts.extend(unlock.ui(ui, scene)),
            Screen::Who(who) => {
                let act = who.ui(ui, scene).filter(|_| !self.at_the_door);
                if act.is_some() && self.attempts.are_too_many(self.time) {
                    return who.refused(Say::TooManyPins.in_(scene.tongue));
                }
                self.at_the_door |= act.is_some();
                acts.extend(act);
            }
            Screen::Form => {
                if let Some(register) = &mut self.register {
                    acts.extend(register.ui(ui, scene, by));
                    if register.mends().is_none() {
                        self.incident.clone_from(&register.form.incident);
                    }
                }
            }
            Screen::Ready => acts.extend(ready::ui(ui, scene)),
            Screen::Find => acts.extend(self.find.ui(ui, scene, self.here)),
            Screen::Case(open) => {
                let form = self.register.as_ref().map(|register| &register.form);
                let couples =
                    form.is_some_and(|form| form.head.is_named() && form.mending.is_none());
                acts.extend(open.ui(ui, scene, by, couples));
            }
        }
    }
}

/// Where those stand whom a form may already be about: beside it, on an upright screen below it.
fn beside(screen: Rect) -> Panel {
    if screen.height() > screen.width() {
        Panel::bottom("beside").exact_size(screen.height() * 0.22)
    } else {
        Panel::right("beside").exact_size((screen.width() * 0.3).clamp(256.0, 384.0))
    }
}
