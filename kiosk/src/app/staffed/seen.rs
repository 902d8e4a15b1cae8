//! What tests may ask of the staffed kiosk.

use beket_record::CaseId;

use super::{Screen, Staffed};
use crate::screens::register::Register;

impl Staffed {
    pub(in crate::app) fn is_saving(&self) -> bool {
        self.register.as_ref().is_some_and(|register| register.saving)
    }

    pub(in crate::app) fn form(&self) -> &crate::forms::HouseholdForm {
        &self.register.as_ref().unwrap().form
    }

    pub(in crate::app) fn knows_somebody(&self) -> bool {
        !self.volunteers.is_empty()
    }

    pub(in crate::app) fn is_asking_who(&self) -> bool {
        matches!(self.screen, Screen::Who(_))
    }

    pub(in crate::app) fn is_at_a_form(&self) -> bool {
        matches!(self.screen, Screen::Form)
    }

    pub(in crate::app) fn last_saved(&self) -> Option<&str> {
        self.register.as_ref()?.last_saved()
    }

    pub(in crate::app) fn has_found(&self, people: usize) -> bool {
        self.find.is_up_to_date() && self.find.found().len() == people
    }

    pub(in crate::app) fn first_found_is_a_child_alone(&self) -> bool {
        self.find.found().first().is_some_and(|(found, _)| found.alone.is_some())
    }

    pub(in crate::app) fn sees_alike(&self, people: usize) -> bool {
        self.register.as_ref().is_some_and(|register| register.alike() == people)
    }

    pub(in crate::app) fn is_compared(&self) -> bool {
        self.register.as_ref().is_none_or(Register::is_compared)
    }

    pub(in crate::app) fn has_a_case_open(&self) -> bool {
        matches!(&self.screen, Screen::Case(open) if open.view.is_some())
    }

    pub(in crate::app) fn open_case_id(&self) -> Option<CaseId> {
        if let Screen::Case(open) = &self.screen { Some(open.id) } else { None }
    }

    pub(in crate::app) fn open_case_and_heads(&self) -> Option<(CaseId, beket_model::Heads)> {
        let Screen::Case(open) = &self.screen else { return None };
        Some((open.id, open.view.as_ref()?.case.intake.as_ref()?.document.heads()))
    }

    pub(in crate::app) fn open_conflicts(&self) -> Option<usize> {
        let Screen::Case(open) = &self.screen else { return None };
        Some(open.view.as_ref()?.intake.conflicts.len())
    }

    pub(in crate::app) fn open_value(&self, path: &str) -> Option<&serde_json::Value> {
        let Screen::Case(open) = &self.screen else { return None };
        open.view.as_ref()?.intake.at(path)
    }

    pub(in crate::app) fn open_says(&self, path: &str) -> Option<&str> {
        self.open_value(path)?.as_str()
    }

    pub(in crate::app) fn open_status(&self) -> Option<beket_model::Status> {
        let Screen::Case(open) = &self.screen else { return None };
        open.view.as_ref()?.entry.status
    }
}
