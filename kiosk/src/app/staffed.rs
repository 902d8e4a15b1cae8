//! The staffed kiosk: unlocked at the start of a shift, then a form, a search or a case at a time.
//!
//! The form that is open stays as it is while something else is looked at.

mod cases;

use beket_model::Kind;
use beket_record::CaseId;
use beket_words::Tongue;
use eframe::egui::{self, CentralPanel, Frame, Margin, Panel, Rect, Ui};

use crate::Change;
use crate::desk::{Ask, News, Told, Unlocked};
use crate::languages::{Msg, trouble};
use crate::look::space;
use crate::screens::case::OpenCase;
use crate::screens::find::Find;
use crate::screens::register::{Register, begin};
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
    /// A form that was begun before another case was to be mended.
    parked: Option<Register>,
    find: Find,
    volunteers: Vec<String>,
    volunteer: Option<String>,
    /// What takes the last edit back, and of which case it was.
    undo: Option<(CaseId, Change)>,
    forms: u64,
    /// People in the register, and whether all were read.
    here: (usize, bool),
    trouble: Option<&'static str>,
}

impl Staffed {
    pub(super) fn new() -> Self {
        Self {
            screen: Screen::Unlock(Unlock::default()),
            register: None,
            parked: None,
            find: Find::default(),
            volunteers: Vec::new(),
            volunteer: None,
            undo: None,
            forms: 0,
            here: (0, false),
            trouble: None,
        }
    }

    /// Something that nobody asked for went wrong.
    pub(super) fn trouble(&mut self, why: &'static str) {
        match &mut self.screen {
            Screen::Who(who) => who.refused(why),
            _ => self.trouble = Some(why),
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
                self.volunteer = Some(name);
                self.show_form();
            }
            News::Entered { welcome: false, .. } => {
                if let Screen::Who(who) = &mut self.screen {
                    who.refused(Msg::WrongPin.in_(scene.tongue));
                }
            }
            News::Taken { form, taken } => {
                // What the form says of it now is enough.
                self.trouble = None;
                let id = self.next_form();
                if let Some(register) = self.register.as_mut().filter(|r| r.form.id == form) {
                    match taken {
                        Ok(taken) => register.taken(&taken, id),
                        Err(error) => register.refused(trouble(scene.tongue, &error)),
                    }
                }
            }
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
            let id = self.next_form();
            let kept = unlocked.draft.and_then(|draft| serde_json::from_str(&draft).ok());
            let form = kept.unwrap_or_else(|| begin(scene, id, Kind::Evacuee, false));
            self.forms = self.forms.max(form.id);
            self.register = Some(Register::new(form));
        }
    }

    fn told(&mut self, told: Told) -> Vec<Act> {
        match told {
            Told::Filled { people, whole, .. } => {
                self.here = (people, whole);
                self.find.stale();
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
        if !matches!(self.screen, Screen::Form)
            && let Some(register) = &mut self.register
        {
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
            To::Form | To::ChildAlone => {
                let begun = self.register.as_ref().is_some_and(|r| !r.form.is_untouched());
                let alone = to == To::ChildAlone;
                let at_form = matches!(self.screen, Screen::Form);
                let other = self.register.as_ref().is_some_and(|r| r.form.child_alone != alone);
                if !begun && (other || self.register.is_none()) {
                    let id = self.next_form();
                    let form = begin(scene, id, Kind::Evacuee, alone);
                    self.register = Some(Register::new(form));
                } else if begun
                    && alone
                    && let Some(register) = &mut self.register
                {
                    // Pressed by mistake, the same key takes it back; never what was typed of it.
                    let by_mistake = register.form.child_alone && !register.form.head.is_alone();
                    register.form.child_alone = !(at_form && by_mistake);
                }
                self.show_form();
            }
            To::Search => {
                self.find = Find::default();
                self.screen = Screen::Find;
            }
            To::Find(reference) => {
                self.find = Find::and_open(reference);
                self.screen = Screen::Find;
            }
            To::Case(case) => {
                if self.register.as_ref().is_some_and(|r| r.mends() == Some(case)) {
                    self.end_mending(scene);
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
                        return Vec::new();
                    }
                    self.end_mending(scene);
                    return self.open_case(case);
                }
                self.show_form();
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
        let palette = &scene.look.palette;
        let frame = |fill, margin: (i8, i8)| {
            Frame::new().fill(fill).inner_margin(Margin::symmetric(margin.0, margin.1))
        };
        Panel::bottom("state")
            .frame(frame(palette.raised, (16, 6)))
            .show(ui, |ui| bar::state(ui, scene));
        let working = !matches!(self.screen, Screen::Unlock(_) | Screen::Who(_));
        let name = self.volunteer.clone();
        Panel::top("keys").frame(frame(palette.raised, (8, 2))).show(ui, |ui| {
            acts.extend(if working {
                bar::keys(ui, scene, name.as_deref())
            } else {
                bar::languages(ui, scene)
            });
        });
        if matches!(self.screen, Screen::Form)
            && let Some(register) = &self.register
        {
            beside(ui.ctx().content_rect())
                .resizable(false)
                .frame(frame(palette.ground, (16, 12)))
                .show(ui, |ui| acts.extend(register.beside_ui(ui, scene)));
        }
        CentralPanel::default().frame(frame(palette.ground, (24, 12))).show(ui, |ui| {
            if let Some(trouble) = self.trouble {
                banner(ui, &scene.look, Tone::Stop, "", trouble);
                ui.add_space(space::SMALL);
            }
            self.screen_ui(ui, scene, &mut acts);
        });
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
            Screen::Who(who) => acts.extend(who.ui(ui, scene)),
            Screen::Form => {
                if let Some(register) = &mut self.register {
                    acts.extend(register.ui(ui, scene, by));
                }
            }
            Screen::Ready => ready::ui(ui, scene),
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

/// What tests may ask of it.
#[cfg(test)]
impl Staffed {
    pub(super) fn is_saving(&self) -> bool {
        self.register.as_ref().is_some_and(|register| register.saving)
    }

    pub(super) fn knows_somebody(&self) -> bool {
        !self.volunteers.is_empty()
    }

    pub(super) fn is_asking_who(&self) -> bool {
        matches!(self.screen, Screen::Who(_))
    }

    pub(super) fn is_at_a_form(&self) -> bool {
        matches!(self.screen, Screen::Form)
    }

    pub(super) fn last_saved(&self) -> Option<&str> {
        self.register.as_ref()?.last_saved()
    }

    pub(super) fn has_found(&self, people: usize) -> bool {
        self.find.found().len() == people
    }

    pub(super) fn first_found_is_a_child_alone(&self) -> bool {
        self.find.found().first().is_some_and(|(found, _)| found.entry.child_alone)
    }

    pub(super) fn sees_alike(&self, people: usize) -> bool {
        self.register.as_ref().is_some_and(|register| register.alike() == people)
    }

    pub(super) fn is_compared(&self) -> bool {
        self.register.as_ref().is_none_or(Register::is_compared)
    }

    pub(super) fn has_a_case_open(&self) -> bool {
        matches!(&self.screen, Screen::Case(open) if open.view.is_some())
    }

    pub(super) fn open_case_id(&self) -> Option<CaseId> {
        if let Screen::Case(open) = &self.screen { Some(open.id) } else { None }
    }

    pub(super) fn open_case_and_heads(&self) -> Option<(CaseId, beket_model::Heads)> {
        let Screen::Case(open) = &self.screen else { return None };
        Some((open.id, open.view.as_ref()?.case.intake.as_ref()?.document.heads()))
    }

    pub(super) fn open_conflicts(&self) -> Option<usize> {
        let Screen::Case(open) = &self.screen else { return None };
        Some(open.view.as_ref()?.intake.conflicts.len())
    }

    pub(super) fn open_value(&self, path: &str) -> Option<&serde_json::Value> {
        let Screen::Case(open) = &self.screen else { return None };
        open.view.as_ref()?.intake.at(path)
    }

    pub(super) fn open_says(&self, path: &str) -> Option<&str> {
        self.open_value(path)?.as_str()
    }

    pub(super) fn open_status(&self) -> Option<beket_model::Status> {
        let Screen::Case(open) = &self.screen else { return None };
        open.view.as_ref()?.entry.status
    }
}
