//! Registering a household on one screen: form left, "already here?" right, by keyboard from start
//! to end.
//!
//! Owns the form that is open, where the focus goes, and what is known to be wrong. Refuses to ask
//! anything twice; what is missing never blocks.

mod ahead;
mod beside;
mod fields;
mod head;
mod order;
mod saved;
mod scanned;

use beket_model::{Kind, NamePart};
use beket_record::CaseId;
use eframe::egui::{Frame, Id, Key, Margin, Panel, Popup, ScrollArea, Ui};

use super::{Act, Scene, To};
use crate::desk::Intent;
use crate::forms::scan::Zone;
use crate::forms::{HouseholdForm, Suggested, WrongField};
use crate::languages::{Msg, capital};
use crate::look::space;
use crate::people::{Found, Query};
use crate::widgets::{give_back, primary, show_again, went_down};
use crate::{Change, Mark, Taken};
pub(crate) use ahead::Ahead;
pub(crate) use saved::Saved;

/// So long after a form is on the disk the key that handed it in is pressed for no other: fingers press
/// twice. In seconds.
const SETTLES: f64 = 0.6;
/// Questions of one form, in bits: an answer to another form's is none to its own.
pub(crate) const TICKETS: u32 = 24;

/// The form that is open.
#[derive(Debug)]
pub struct Register {
    /// What is typed.
    pub form: HouseholdForm,
    /// The form before anything was typed.
    begun: HouseholdForm,
    /// Keys that were pressed while the last form was on its way to the disk.
    ahead: Ahead,
    /// The same of one that could not be saved: they belong to the form behind it.
    held: Ahead,
    wrong: Vec<WrongField>,
    focus: Option<Id>,
    /// The field that was typed into last.
    left_at: Option<Id>,
    /// Handed in, and not answered yet.
    pub saving: bool,
    /// The last form that is on disk, told until something else is typed.
    saved: Option<(Saved, HouseholdForm)>,
    /// Since when it is told, in seconds by egui's clock.
    told_at: Option<f64>,
    /// Why the last one could not be saved.
    pub trouble: Option<String>,
    /// Somebody wants to leave changes of a case unsaved, and was asked.
    leaving: bool,
    compared: Option<(Query, Option<NamePart>)>,
    ticket: u64,
    answered: u64,
    alike: Vec<(Found, Mark)>,
    zone: Zone,
    scanned: Option<Msg>,
}

impl Register {
    /// With this form.
    pub fn new(form: HouseholdForm) -> Self {
        let focus = Some(order::first_id(&form));
        let ticket = form.id << TICKETS;
        Self {
            begun: form.clone(),
            form,
            ahead: Ahead::default(),
            held: Ahead::default(),
            wrong: Vec::new(),
            focus,
            left_at: None,
            saving: false,
            saved: None,
            told_at: None,
            trouble: None,
            leaving: false,
            compared: None,
            ticket,
            answered: ticket,
            alike: Vec::new(),
            zone: Zone::default(),
            scanned: None,
        }
    }

    /// With a form that was being typed when the kiosk went dark.
    pub fn restored(form: HouseholdForm) -> Self {
        let empty = HouseholdForm::new(form.id, form.kind, form.language, form.incident.clone());
        let empty = HouseholdForm { child_alone: form.child_alone, ..empty };
        Self { begun: empty, ..Self::new(form) }
    }

    /// Whether something would be lost without it.
    pub fn is_begun(&self) -> bool {
        self.form.mending.is_some() || self.form != self.begun
    }

    /// Suggests that another case belongs to this one; once more takes it back.
    pub fn suggest(&mut self, suggested: Suggested) {
        let at = self.form.suggested.iter().position(|known| *known == suggested);
        match at {
            Some(at) => drop(self.form.suggested.remove(at)),
            None => self.form.suggested.push(suggested),
        }
    }

    /// Somebody comes back to it: they go on where they were.
    pub fn come_back(&mut self) {
        // Another kind may have no such field.
        let left_at = self.left_at.filter(|id| order::order(&self.form).contains(id));
        self.focus = self.focus.or(left_at).or(Some(order::first_id(&self.form)));
    }

    /// The case that the form mends.
    pub fn mends(&self) -> Option<CaseId> {
        self.form.mending.as_ref()?.case.parse().ok()
    }

    /// Draws the form; gives everything that it wants.
    pub fn ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, by: Option<&str>) -> Vec<Act> {
        let mut acts = Vec::new();
        self.settle(scene);
        let handed_in = self.saving || self.has_just_been_told(ui);
        // A form on its way to the disk takes no more letters; nor does one whose field is not open.
        self.ahead.look(ui, self.saving || self.focus.is_some(), handed_in);
        let keys = ui.input_mut(|input| {
            let mut pressed = |key| went_down(input, key);
            (pressed(Key::F6), pressed(Key::F10))
        });
        let save = format!("F10 · {}", Msg::SaveKey.in_(scene.tongue));
        let bottom = Frame::new().inner_margin(Margin { top: 8, ..Margin::ZERO });
        let pressed = Panel::bottom("save")
            .resizable(false)
            .frame(bottom)
            .show_separator_line(false)
            .show(ui, |ui| {
                let save = |ui: &mut Ui| primary(ui, &scene.look, &save).clicked();
                let (new, several) = (self.form.mending.is_none(), scene.state.incidents.len() > 1);
                if new && several {
                    fields::of_incident(ui, scene, &mut self.form);
                }
                ui.horizontal(|ui| {
                    let pressed = ui.add_enabled_ui(!self.saving, save).inner;
                    if new && !several {
                        ui.add_space(space::SMALL);
                        fields::of_incident(ui, scene, &mut self.form);
                    }
                    pressed
                })
                .inner
            })
            .inner;
        if !self.wrong.is_empty() {
            // What was mended is told of no longer; what is wrong anew, when it is saved.
            let still = self.form.wrong(scene.year());
            self.wrong.retain(|wrong| still.contains(wrong));
        }
        acts.extend(self.head(ui, scene));
        ScrollArea::vertical().id_salt("form").auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - space::LARGE);
            let asked = fields::ui(ui, scene, &mut self.form, &self.wrong, &mut self.focus);
            if let Some((scan, person)) = asked.scan {
                acts.extend(self.scanned(scan, person, scene.year()));
            }
            let may_have_others = self.form.mending.is_some() || !self.form.child_alone;
            if (asked.member || keys.0) && may_have_others {
                self.form.add_member();
                self.focus = Some(order::id(self.form.id, self.form.members.len(), "given_name"));
            }
            if asked.save || (pressed && !handed_in) || keys.1 {
                acts.extend(self.save(scene, by));
            }
        });
        self.keep_the_focus(ui);
        if let Some(id) = self.focus.take() {
            ui.memory_mut(|memory| memory.request_focus(id));
            show_again(ui);
            ui.ctx().request_repaint();
        }
        acts.extend(self.compare(ui, scene));
        acts
    }

    /// Whether what is told of the last form has only just appeared, and nothing was typed since.
    fn has_just_been_told(&mut self, ui: &Ui) -> bool {
        let now = ui.input(|input| input.time);
        let untouched = self.is_still_told();
        untouched && now - *self.told_at.get_or_insert(now) < SETTLES
    }

    /// Whether the last form is told of, and nothing was typed since.
    fn is_still_told(&self) -> bool {
        self.saved.as_ref().is_some_and(|(_, over)| *over == self.form)
    }

    /// A press on a choice takes the focus from the field; what is typed or scanned next belongs there.
    fn keep_the_focus(&mut self, ui: &Ui) {
        let lost = ui.memory(|memory| memory.focused().is_none());
        // Where something leads to is shown.
        let led = self.focus.is_some();
        if !led
            && lost
            && ui.input(|input| input.pointer.any_click())
            && !Popup::is_any_open(ui.ctx())
        {
            self.come_back();
            // Whoever has scrolled to the choice stays there.
            self.focus.take().into_iter().for_each(|id| give_back(ui, id));
        }
    }

    /// A new form speaks the language of the screen and belongs to an incident that is open,
    /// whatever stood there when it was begun.
    fn settle(&mut self, scene: &Scene<'_>) {
        if self.form.mending.is_some() {
            return;
        }
        let open = |code: &String| scene.state.incidents.iter().any(|(of, _)| of.as_str() == code);
        let told = self.saved.as_mut().map(|(_, over)| over);
        for form in [&mut self.form, &mut self.begun].into_iter().chain(told) {
            form.language = scene.language();
            form.incident = form.incident.take().filter(open).or_else(|| first_incident(scene));
        }
    }

    fn save(&mut self, scene: &Scene<'_>, by: Option<&str>) -> Option<Act> {
        if self.saving {
            return None;
        }
        if self.is_still_told() && !self.is_begun() {
            // Nobody is complained to about a form that nobody has begun.
            self.focus = Some(order::first_id(&self.form));
            return None;
        }
        let year = scene.year();
        self.trouble = None;
        self.form.read_digits();
        self.wrong = self.form.wrong(year);
        if let Some(first) = self.wrong.first() {
            self.focus = Some(order::id(self.form.id, first.person, first.field));
            return None;
        }
        if let Some(mending) = &self.form.mending {
            let case = mending.case.parse().ok()?;
            let Some(patch) = self.form.patch(year) else { return Some(Act::Go(To::Case(case))) };
            let seen = mending.heads.parse().ok()?;
            self.saving = true;
            let (change, by) = (Change::Patch(patch), by.map(str::to_owned));
            return Some(Act::Want(Intent::Edit { case, change, seen, by }));
        }
        let intake = match self.form.intake(year, &scene.state.station) {
            Ok(intake) => Box::new(intake),
            Err(error) => {
                let field = beket_words::fields::name(&error.field, scene.tongue);
                let error = crate::KioskError::from(error);
                let why = crate::languages::trouble(scene.tongue, &error);
                self.trouble = Some(format!("{}: {why}", capital(&field)));
                return None;
            }
        };
        self.saving = true;
        let (form, by) = (self.form.id, by.map(str::to_owned));
        Some(Act::Want(Intent::Take { form, intake, by, draft: None }))
    }

    /// It is on the disk: the next form of the queue.
    pub fn taken(&mut self, taken: &Taken, next_id: u64, year: i16) {
        let saved = Saved::of(&self.form, taken, year);
        let ahead = std::mem::take(&mut self.held).and(std::mem::take(&mut self.ahead));
        *self = Self::new(self.form.next(next_id));
        self.tell(saved, ahead);
    }

    /// Tells of a form that is on the disk, above the one that is open, which what was typed
    /// meanwhile belongs to.
    pub(crate) fn tell(&mut self, saved: Saved, ahead: Ahead) {
        self.ahead = ahead;
        self.told_at = None;
        self.saved = Some((saved, self.form.clone()));
    }

    /// The form that is on the disk and what was typed meanwhile, to be told of elsewhere.
    pub(crate) fn told(&mut self) -> Option<(Saved, Ahead)> {
        let ahead = std::mem::take(&mut self.ahead);
        self.saved.take().map(|(saved, _)| (saved, ahead))
    }

    /// Whether changes of a case are kept from being left by one slip: only the first time.
    pub fn stays_once(&mut self, scene: &Scene<'_>) -> bool {
        // Also what cannot be read yet, and what is on its way to the disk, would be lost.
        let unread = || self.form != self.begun && !self.form.wrong(scene.year()).is_empty();
        let changed = self.saving || self.form.patch(scene.year()).is_some() || unread();
        let asked = std::mem::replace(&mut self.leaving, changed && !self.saving);
        changed && (self.saving || !asked)
    }

    /// It is not.
    pub fn refused(&mut self, why: &'static str) {
        self.saving = false;
        self.held = std::mem::take(&mut self.held).and(std::mem::take(&mut self.ahead));
        self.trouble = Some(why.to_owned());
    }

    /// The number of the last form that is on disk.
    #[cfg(test)]
    pub(crate) fn last_saved(&self) -> Option<&str> {
        self.saved.as_ref().map(|(saved, _)| saved.reference.as_str())
    }

    /// Who is like the person of the form.
    #[cfg(test)]
    pub(crate) fn alike(&self) -> usize {
        self.alike.len()
    }
}

/// A form for the next in the queue, in the incident that was chosen before.
pub fn begin(
    scene: &Scene<'_>,
    id: u64,
    incident: Option<String>,
    child_alone: bool,
) -> HouseholdForm {
    let incident = incident.or_else(|| first_incident(scene));
    let form = HouseholdForm::new(id, Kind::Evacuee, scene.language(), incident);
    HouseholdForm { child_alone, ..form }
}

fn first_incident(scene: &Scene<'_>) -> Option<String> {
    scene.state.incidents.first().map(|(code, _)| code.to_string())
}
