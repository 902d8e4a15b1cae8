//! What is told of a form that is on the disk: its number, its name, and what was not given.

use eframe::egui::Ui;

use crate::Taken;
use crate::forms::HouseholdForm;
use crate::languages::{Msg, capital};
use crate::screens::Scene;
use crate::widgets::{Tone, banner};

/// A form that is on the disk.
#[derive(Debug, Clone)]
pub(crate) struct Saved {
    pub(super) reference: String,
    name: String,
    /// Fields of the model that nobody filled in.
    missing: Vec<&'static str>,
}

impl Saved {
    pub(super) fn of(form: &HouseholdForm, taken: &Taken) -> Self {
        let head = &form.head;
        let names = [&head.family_name, &head.given_name].into_iter().map(|name| name.trim());
        let name = names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ");
        // Nobody expects a child to know a number.
        let missing = if form.child_alone { Vec::new() } else { head.missing() };
        Self { reference: taken.reference.clone(), name, missing }
    }

    pub(super) fn ui(&self, ui: &mut Ui, scene: &Scene<'_>) {
        let tongue = scene.tongue;
        let title = format!("○ {} · {}", self.reference, Msg::SavedOnDevice.in_(tongue));
        let mut said = Vec::new();
        if !self.name.is_empty() {
            said.push(format!("{}.", self.name));
        }
        if !self.missing.is_empty() {
            said.push(format!("{}.", not_given(&self.missing, scene)));
        }
        said.push(Msg::SavedHelp.in_(tongue).to_owned());
        banner(ui, &scene.look, Tone::Wait, &title, &said.join(" "));
    }
}

/// "Not given: phone, IIN".
pub(crate) fn not_given(fields: &[&str], scene: &Scene<'_>) -> String {
    let names = fields
        .iter()
        .map(|field| beket_words::fields::name(&format!("person.{field}"), scene.tongue));
    let names = names.collect::<Vec<_>>().join(", ");
    format!("{}: {names}", capital(Msg::NotGiven.in_(scene.tongue)))
}
