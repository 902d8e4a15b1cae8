//! Conflicts of a case, told as sentences: who wrote what, without having seen the other.
//!
//! Refuses to settle one by which a child alone might be alone no more: the office does.

use beket_model::{Conflict, Opened, Reading, Whereabouts};
use beket_words::{Term, fields, sentences};
use eframe::egui::{RichText, Ui};
use serde_json::Value;

use crate::Change;
use crate::desk::CaseView;
use crate::languages::{Msg, capital};
use crate::look::{Size, space};
use crate::screens::Scene;
use crate::widgets::{Tone, boxed, quiet, said_in_a_box};

/// Each conflict told, with a button a value; gives what settles one. Those of the answer are told
/// without: the office settles them, and hands children over.
pub(super) fn ui(ui: &mut Ui, scene: &Scene<'_>, view: &CaseView) -> Option<Change> {
    let (look, tongue) = (&scene.look, scene.tongue);
    let mut settled = None;
    for conflict in &view.intake.conflicts {
        tell(ui, scene, view, view.case.intake.as_ref(), conflict, |ui, value| {
            if might_let_a_child_go(&view.intake, &conflict.path, value) {
                return;
            }
            let word = fields::value(&conflict.path, value, tongue);
            let text = format!("{}: {word}", Msg::Keep.in_(tongue));
            if quiet(ui, look, &text).clicked() {
                settled = Some(Change::Fields(vec![(conflict.path.clone(), value.clone())]));
            }
        });
    }
    let answer = view.case.answer.as_ref();
    for conflict in answer.map(|answer| answer.document.read().conflicts).unwrap_or_default() {
        tell(ui, scene, view, answer, &conflict, |_, _| {});
    }
    settled
}

/// Whether a child alone might be alone no more if this value stood.
fn might_let_a_child_go(intake: &Reading, path: &str, value: &Value) -> bool {
    intake.children_alone().any(|(who, _)| {
        match path.strip_prefix(&who).and_then(|rest| rest.strip_prefix('.')) {
            Some("whereabouts") => {
                Whereabouts::of_value(value).is_some_and(Whereabouts::is_with_their_people)
            }
            Some("removed") => *value == Value::Bool(true),
            Some(field) => field.starts_with("separated.") && value.is_null(),
            None => false,
        }
    })
}

/// Who wrote what, where and when; `settle` draws beneath each value what settles on it.
fn tell(
    ui: &mut Ui,
    scene: &Scene<'_>,
    view: &CaseView,
    opened: Option<&Opened>,
    conflict: &Conflict,
    mut settle: impl FnMut(&mut Ui, &Value),
) {
    let tongue = scene.tongue;
    let title = format!("≠ {}", capital(&fields::name_in(&view.intake, &conflict.path, tongue)));
    boxed(ui, &scene.look, Tone::Wait, |ui| {
        said_in_a_box(ui, &scene.look, Tone::Wait, &title, Term::WithoutSeeing.in_(tongue));
        for value in &conflict.values {
            let author = opened.and_then(|opened| opened.authors.get(&value.change));
            let kiosk = author.and_then(|author| view.kiosks.get(author)).map(String::as_str);
            let told = sentences::wrote(tongue, &conflict.path, value, kiosk);
            let sentence = format!("{}{}{}{}", told.by, told.before, told.value, told.after);
            ui.add_space(space::TINY);
            ui.label(RichText::new(sentence).font(Size::Text.font()));
            settle(ui, &value.value);
        }
    });
    ui.add_space(space::MEDIUM);
}
