//! Forms that were begun: one is open, the others wait for it, and a draft of each is on the disk.
//!
//! None is thrown away by opening another.

use beket_record::CaseId;
use eframe::egui::{RichText, Ui};
use serde_json::Value;
use zeroize::Zeroizing;

use super::{Screen, Staffed};
use crate::desk::Intent;
use crate::forms::HouseholdForm;
use crate::languages::{Msg, trouble};
use crate::look::{Size, space};
use crate::screens::register::{Register, begin};
use crate::screens::{Act, Scene, To};
use crate::widgets::quiet;
use crate::{KioskError, Taken};

/// So many forms that wait are shown; the rest behind them.
const MOST_SHOWN: usize = 3;

/// The forms that were begun and wait, the last first, each a button away.
pub(super) fn ui(waiting: &[Register], ui: &mut Ui, scene: &Scene<'_>) -> Option<Act> {
    let (look, tongue) = (&scene.look, scene.tongue);
    let begun = waiting.iter().enumerate().filter(|(_, register)| register.is_begun());
    let mut begun: Vec<(usize, &Register)> = begun.rev().collect();
    if begun.is_empty() {
        return None;
    }
    let more = begun.len().saturating_sub(MOST_SHOWN);
    begun.truncate(MOST_SHOWN);
    let mut act = None;
    ui.label(RichText::new(Msg::FormsWait.in_(tongue)).font(Size::Heading.strong()));
    for (at, register) in begun {
        let what = if register.mends().is_some() { Msg::Mending } else { Msg::NewForm };
        let name = register.form.head.called();
        let name = if name.is_empty() { Msg::Untitled.in_(tongue) } else { &name };
        if quiet(ui, look, &format!("{}: {name}", what.in_(tongue))).clicked() {
            act = Some(Act::Go(To::Waiting(at)));
        }
        if let Some(trouble) = &register.trouble {
            let text = RichText::new(trouble).font(Size::Small.strong());
            ui.label(text.color(look.palette.stop));
        }
    }
    if more > 0 {
        ui.label(RichText::new(format!("+ {more}")).font(Size::Text.font()));
    }
    ui.add_space(space::MEDIUM);
    act
}

impl Staffed {
    /// A new form, or one about a child alone; whatever was begun waits, and comes back after it.
    pub(super) fn go_to_a_form(&mut self, alone: bool, scene: &Scene<'_>) {
        let Some(open) = &self.register else { return };
        let at_form = matches!(self.screen, Screen::Form);
        let is_child = open.form.child_alone && open.mends().is_none();
        if is_child && !open.is_begun() && (at_form || !alone) {
            // Pressed by mistake, the same key takes it back.
            self.go_on_with_the_last(scene);
        } else if alone && !is_child {
            let child = self.fresh(true, scene);
            self.put_before(child);
        } else if !alone && at_form && open.is_begun() && !open.saving {
            // On its way to the disk, it makes room by itself.
            self.set_aside(scene);
        }
        if !alone && self.register.as_ref().is_some_and(|open| open.mends().is_some()) {
            self.set_aside(scene);
        }
        self.show_form();
    }

    /// The form that is open waits; a new one that waited is gone on with, unless this is one.
    fn set_aside(&mut self, scene: &Scene<'_>) {
        let is_new = |form: &Register| form.mends().is_none() && !form.form.child_alone;
        let waited = match &self.register {
            Some(open) if is_new(open) => None,
            _ => self.waiting.iter().rposition(is_new),
        };
        let next = match waited {
            Some(at) => self.waiting.remove(at),
            None => self.fresh(false, scene),
        };
        self.put_before(next);
        self.come_back();
    }

    /// A form that nobody has begun, in the incident that was chosen last.
    fn fresh(&mut self, alone: bool, scene: &Scene<'_>) -> Register {
        let id = self.next_form();
        Register::new(begin(scene, id, self.incident.clone(), alone))
    }

    /// A form that waited is gone on with; the one that is open waits.
    pub(super) fn bring_forward(&mut self, at: usize) {
        if at < self.waiting.len() {
            let next = self.waiting.remove(at);
            self.put_before(next);
            self.come_back();
        }
    }

    /// Another form comes between.
    pub(super) fn put_before(&mut self, register: Register) {
        self.waiting.extend(self.register.replace(register));
    }

    /// The form that was begun before comes back, or an empty one.
    pub(super) fn go_on_with_the_last(&mut self, scene: &Scene<'_>) {
        let next = self.waiting.pop();
        self.register = Some(next.unwrap_or_else(|| self.fresh(false, scene)));
        if let Some(register) = &mut self.register {
            register.come_back();
        }
    }

    /// A form is on the disk, or is not.
    pub(super) fn taken(
        &mut self,
        form: u64,
        taken: Result<Taken, Box<KioskError>>,
        scene: &Scene<'_>,
    ) {
        // What the form says of it now is enough.
        self.trouble = None;
        let id = self.next_form();
        let mut registers = self.register.iter_mut().chain(&mut self.waiting);
        let Some(register) = registers.find(|register| register.form.id == form) else { return };
        let child = register.form.child_alone;
        match taken {
            Ok(taken) => register.taken(&taken, id, scene.year()),
            Err(error) => return register.refused(trouble(scene.tongue, &error)),
        }
        let told = if child { register.told() } else { None };
        let Some((saved, ahead)) = told else { return };
        // Whoever was being written down before the child came is gone on with.
        match self.waiting.iter().position(|waiting| waiting.form.id == id) {
            Some(at) => drop(self.waiting.remove(at)),
            None => self.go_on_with_the_last(scene),
        }
        if let Some(register) = &mut self.register {
            register.tell(saved, ahead);
        }
    }

    /// An edit that a form handed in is on the disk, or is not; gives whether one had handed it in,
    /// and whether that form is open.
    pub(super) fn mended(&mut self, case: CaseId, error: Option<&'static str>) -> Option<bool> {
        let of = |register: &Register| register.saving && register.mends() == Some(case);
        let waiting = self.waiting.iter().position(of);
        let open = self.register.as_mut().filter(|register| of(register));
        match (open, waiting, error) {
            (Some(register), _, Some(error)) => register.refused(error),
            (Some(_), _, None) => return Some(true),
            (None, Some(at), Some(error)) => self.waiting[at].refused(error),
            (None, Some(at), None) => drop(self.waiting.remove(at)),
            (None, None, _) => return None,
        }
        Some(false)
    }

    /// Forms that were being typed when the kiosk went dark, or else an empty one.
    pub(super) fn bring_back(&mut self, draft: Option<&str>, scene: &Scene<'_>) {
        let forms: Vec<Value> =
            draft.and_then(|draft| serde_json::from_str(draft).ok()).unwrap_or_default();
        // One that cannot be read takes no other along.
        let forms = forms.into_iter().filter_map(|form| serde_json::from_value(form).ok());
        let forms: Vec<HouseholdForm> = forms.collect();
        self.forms = forms.iter().map(|form| form.id).fold(self.forms, u64::max);
        self.waiting = forms.into_iter().map(Register::restored).collect();
        self.kept = draft.map(str::to_owned);
        self.go_on_with_the_last(scene);
    }

    /// What is to be kept of unfinished forms, when that has changed. A new form that is handed in
    /// takes the draft without it along: both are on the disk, or neither. One that mends a case stays
    /// in the draft until its edit is on the disk.
    pub(super) fn keep(&mut self, acts: &mut [Act]) -> Option<Act> {
        let draft = self.draft();
        for act in acts {
            if let Act::Want(Intent::Take { draft: left, .. }) = act {
                *left = draft.clone().map(Zeroizing::new);
                self.kept = draft;
                return None;
            }
        }
        if self.kept == draft {
            return None;
        }
        self.kept.clone_from(&draft);
        Some(Act::Want(Intent::Draft(draft.map(Zeroizing::new))))
    }

    fn draft(&self) -> Option<String> {
        let begun = self.waiting.iter().chain(&self.register);
        let on_its_way = |register: &Register| register.saving && register.mends().is_none();
        let begun = begun.filter(|register| register.is_begun() && !on_its_way(register));
        let forms: Vec<&HouseholdForm> = begun.map(|register| &register.form).collect();
        if forms.is_empty() { None } else { serde_json::to_string(&forms).ok() }
    }
}
