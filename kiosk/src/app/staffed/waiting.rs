//! Forms that were begun: one is open, the others wait for it, and a draft of each is on the disk.
//!
//! None is thrown away by opening another.

use beket_model::Kind;
use zeroize::Zeroizing;

use super::{Screen, Staffed};
use crate::desk::Intent;
use crate::forms::HouseholdForm;
use crate::languages::trouble;
use crate::screens::register::{Register, begin};
use crate::screens::{Act, Scene};
use crate::{KioskError, Taken};

impl Staffed {
    /// A new form, or one about a child alone; whatever was begun waits, and comes back after it.
    pub(super) fn go_to_a_form(&mut self, alone: bool, scene: &Scene<'_>) {
        let at_form = matches!(self.screen, Screen::Form);
        let open = self.register.as_ref();
        let child = open.filter(|open| open.form.child_alone && open.mends().is_none());
        // Pressed by mistake, the same key takes it back.
        let idle = child.is_some_and(|child| !child.is_begun()) && (at_form || !alone);
        if idle {
            self.go_on_with_the_last(scene);
        } else if alone && child.is_none() {
            let id = self.next_form();
            self.put_before(Register::new(begin(scene, id, Kind::Evacuee, true)));
        }
        self.show_form();
    }

    /// Another form comes between.
    pub(super) fn put_before(&mut self, register: Register) {
        self.waiting.extend(self.register.replace(register));
    }

    /// The form that was begun before comes back, or an empty one.
    pub(super) fn go_on_with_the_last(&mut self, scene: &Scene<'_>) {
        let id = self.next_form();
        let fresh = || Register::new(begin(scene, id, Kind::Evacuee, false));
        self.register = Some(self.waiting.pop().unwrap_or_else(fresh));
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
            Ok(taken) => register.taken(&taken, id),
            Err(error) => return register.refused(trouble(scene.tongue, &error)),
        }
        let open = self.register.as_mut().filter(|open| child && open.form.id == id);
        if let Some(saved) = open.and_then(Register::told) {
            // Whoever was being written down before the child came.
            self.go_on_with_the_last(scene);
            self.register.iter_mut().for_each(|register| register.tell(saved.clone()));
        }
    }

    /// Forms that were being typed when the kiosk went dark, or else an empty one.
    pub(super) fn bring_back(&mut self, draft: Option<&str>, scene: &Scene<'_>) {
        let forms: Vec<HouseholdForm> =
            draft.and_then(|draft| serde_json::from_str(draft).ok()).unwrap_or_default();
        self.forms = forms.iter().map(|form| form.id).fold(self.forms, u64::max);
        self.waiting = forms.into_iter().map(Register::restored).collect();
        self.kept = draft.map(str::to_owned);
        self.go_on_with_the_last(scene);
    }

    /// What is to be kept of unfinished forms, when that has changed. A form that is handed in takes
    /// the draft without it along: both are on the disk, or neither.
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
        let begun = begun.filter(|register| register.is_begun() && !register.saving);
        let forms: Vec<&HouseholdForm> = begun.map(|register| &register.form).collect();
        if forms.is_empty() { None } else { serde_json::to_string(&forms).ok() }
    }
}
