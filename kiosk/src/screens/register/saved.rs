//! What is told of a form that is on the disk: its number, its name, and what was not given.

use eframe::egui::Ui;
use serde_json::Value;

use crate::Taken;
use crate::forms::HouseholdForm;
use crate::languages::Msg;
use crate::screens::Scene;
use crate::screens::missing::not_given;
use crate::widgets::{Tone, banner};

/// A window of which every row is needed, in points.
const LOW: f32 = 600.0;

/// A form that is on the disk.
#[derive(Debug)]
pub(crate) struct Saved {
    pub(super) reference: String,
    name: String,
    /// Who it is about, as the model says it.
    person: Value,
    child_alone: bool,
}

impl Saved {
    pub(super) fn of(form: &HouseholdForm, taken: &Taken, year: i16) -> Self {
        let head = &form.head;
        let name = head.called();
        let (person, child_alone) = (Value::Object(head.json(year)), form.child_alone);
        Self { reference: taken.reference.clone(), name, person, child_alone }
    }

    pub(super) fn ui(&self, ui: &mut Ui, scene: &Scene<'_>) {
        let tongue = scene.tongue;
        let title = format!("○ {} · {}", self.reference, Msg::SavedOnDevice.in_(tongue));
        let name = Some(&self.name).filter(|name| !name.is_empty()).map(|name| format!("{name}."));
        let missing = not_given(scene, &self.person, self.child_alone).map(|it| format!("{it}."));
        // The state bar says what waits; where there is hardly room, it alone does.
        let low = ui.ctx().content_rect().height() < LOW;
        let help = (!low).then(|| Msg::SavedHelp.in_(tongue).to_owned());
        let said: Vec<String> = name.into_iter().chain(missing).chain(help).collect();
        banner(ui, &scene.look, Tone::Wait, &title, &said.join(" "));
    }
}
