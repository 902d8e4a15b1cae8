//! Cases that are open: mended on a form, settled, suggested to the office, and the last edit taken
//! back.

use beket_model::Kind;
use beket_record::CaseId;

use super::{Screen, Staffed};
use crate::desk::Ask;
use crate::forms::{HouseholdForm, Suggested};
use crate::languages::trouble;
use crate::screens::case::OpenCase;
use crate::screens::register::{Register, begin};
use crate::screens::{Act, Scene};
use crate::{Change, KioskError};

impl Staffed {
    pub(super) fn edited(
        &mut self,
        case: CaseId,
        edited: Result<Option<Change>, Box<KioskError>>,
        scene: &Scene<'_>,
    ) -> Vec<Act> {
        let (undo, error) = match edited {
            Ok(undo) => (undo, None),
            Err(error) => (None, Some(error)),
        };
        if let Some(undo) = undo {
            self.undo = Some((case, undo));
        }
        if let Some(register) = self.register.as_mut().filter(|r| r.mends() == Some(case)) {
            if let Some(error) = error {
                register.refused(trouble(scene.tongue, &error));
                return Vec::new();
            }
            self.end_mending(scene);
            return self.open_case(case);
        }
        match (&mut self.screen, error) {
            (Screen::Case(open), Some(error)) if open.id == case => {
                open.trouble = Some(trouble(scene.tongue, &error));
                Vec::new()
            }
            (Screen::Case(open), None) if open.id == case => {
                open.undo = self.undo.clone().filter(|(of, _)| *of == case).map(|(_, undo)| undo);
                vec![Act::Ask(Ask::Show(case))]
            }
            _ => vec![Act::Ask(Ask::Show(case))],
        }
    }

    /// Takes the last edit of the case that is open back.
    pub(super) fn take_back(&mut self) -> Vec<Act> {
        let by = self.volunteer.as_deref();
        let Screen::Case(open) = &mut self.screen else { return Vec::new() };
        open.take_back(by).into_iter().collect()
    }

    /// The form that was begun before comes back, or an empty one.
    pub(super) fn end_mending(&mut self, scene: &Scene<'_>) {
        let id = self.next_form();
        let fresh = || Register::new(begin(scene, id, Kind::Evacuee, false));
        self.register = Some(self.parked.take().unwrap_or_else(fresh));
    }

    pub(super) fn open_case(&mut self, case: CaseId) -> Vec<Act> {
        let mut open = OpenCase::new(case);
        open.undo = self.undo.clone().filter(|(of, _)| *of == case).map(|(_, undo)| undo);
        self.screen = Screen::Case(Box::new(open));
        vec![Act::Ask(Ask::Show(case))]
    }

    /// A form filled from the case that is open.
    pub(super) fn mend(&mut self, scene: &Scene<'_>) {
        let id = self.next_form();
        let Screen::Case(open) = &self.screen else { return };
        let Some(view) = &open.view else { return };
        let Some(opened) = &view.case.intake else { return };
        let (case, heads) = (open.id.to_string(), opened.document.heads().to_string());
        let form = HouseholdForm::of(id, &case, &heads, &view.intake, scene.year());
        let Some(form) = form else { return };
        let begun = self.register.take().filter(|register| !register.form.is_untouched());
        self.parked = begun.or(self.parked.take());
        self.register = Some(Register::new(form));
        self.screen = Screen::Form;
    }

    pub(super) fn suggest(&mut self, case: CaseId, same_person: bool) {
        let name = match &self.screen {
            Screen::Case(open) => open.view.as_ref().map(|view| view.entry.head.clone()),
            _ => None,
        };
        if let Some(register) = &mut self.register {
            let (case, name) = (case.to_string(), name.unwrap_or_default());
            register.suggest(Suggested { case, name, same_person });
            self.screen = Screen::Form;
        }
    }
}
