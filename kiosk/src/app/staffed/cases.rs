//! Cases that are open: mended on a form, settled, suggested to the office, and the last edit taken
//! back.

use beket_record::CaseId;
use eframe::egui::{Event, Key, Ui};

use super::{Screen, Staffed};
use crate::desk::Ask;
use crate::forms::scan::{self, Read, Scan};
use crate::forms::{HouseholdForm, Suggested};
use crate::languages::{Msg, trouble};
use crate::screens::case::OpenCase;
use crate::screens::register::Register;
use crate::screens::{Act, Scene, To};
use crate::{Change, KioskError};

/// Longer than any number or line of a document.
const MOST_LOOSE: usize = 100;

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
        let error = error.map(|error| trouble(scene.tongue, &error));
        match self.mended(case, error) {
            Some(true) => {
                // Whoever looks at something else by now, or has locked the screen, is led nowhere.
                let waits = matches!(self.screen, Screen::Form);
                self.go_on_with_the_last(scene);
                return if waits { self.open_case(case) } else { Vec::new() };
            }
            Some(false) => return vec![Act::Ask(Ask::Show(case))],
            None => {}
        }
        match (&mut self.screen, error) {
            (Screen::Case(open), error) if open.id == case => {
                open.undo = self.undo.clone().filter(|(of, _)| *of == case).map(|(_, undo)| undo);
                open.answered(error);
                if error.is_some() { Vec::new() } else { vec![Act::Ask(Ask::Show(case))] }
            }
            (_, Some(error)) => {
                // Whoever went on believes that it is done.
                self.trouble = Some(format!("{} {error}", Msg::EditNotSaved.in_(scene.tongue)));
                Vec::new()
            }
            (_, None) => vec![Act::Ask(Ask::Show(case))],
        }
    }

    /// Takes the last edit of the case that is open back.
    pub(super) fn take_back(&mut self) -> Vec<Act> {
        let by = self.volunteer.as_deref();
        let Screen::Case(open) = &mut self.screen else { return Vec::new() };
        open.take_back(by).into_iter().collect()
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
        let case = open.id;
        match self.waiting.iter().position(|waiting| waiting.mends() == Some(case)) {
            // It was begun before, and something of it may be changed already.
            Some(at) => {
                let begun = self.waiting.remove(at);
                self.put_before(begun);
            }
            None => self.put_before(Register::new(form)),
        }
        self.come_back();
    }

    /// A number, a coupon or a document that a scanner types where no field has the focus is looked for.
    pub(super) fn scanned_anywhere(&mut self, ui: &Ui, year: i16) -> Option<Act> {
        let busy = ui.memory(|memory| memory.focused().is_some());
        if busy || !matches!(self.screen, Screen::Case(_) | Screen::Ready) {
            self.loose.clear();
            return None;
        }
        for event in ui.input(|input| input.events.clone()) {
            match event {
                Event::Text(text) if self.loose.len() < MOST_LOOSE => self.loose.push_str(&text),
                Event::Key { key: Key::Enter, pressed: true, .. } => {
                    let line = std::mem::take(&mut self.loose);
                    if let Some(texts) = self.sought(&line, year) {
                        return Some(Act::Go(To::Find(texts)));
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// What is looked for behind this line of a scanner.
    fn sought(&mut self, line: &str, year: i16) -> Option<Vec<String>> {
        match scan::at_end(line)?.1 {
            Scan::Reference(number) | Scan::Iin(number) => Some(vec![number]),
            Scan::ZoneLine(line) => match self.zone.take(line, year) {
                Read::Whole(known) => Some(known.search()),
                Read::More | Read::Failed => None,
            },
        }
    }

    pub(super) fn suggest(&mut self, case: CaseId, same_person: bool) {
        let name = match &self.screen {
            Screen::Case(open) => open.view.as_ref().map(|view| view.entry.head.clone()),
            _ => None,
        };
        if let Some(register) = &mut self.register {
            let (case, name) = (case.to_string(), name.unwrap_or_default());
            register.suggest(Suggested { case, name, same_person });
            self.come_back();
        }
    }
}
