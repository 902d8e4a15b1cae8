//! One case: conflicts first, as sentences; then what was said, its history, and voiding it with a
//! reason, or taking that back.

mod conflicts;
mod void;

use std::sync::Arc;

use beket_model::{ChangeHash, Opened, Status, full_name};
use beket_record::CaseId;
use beket_words::{Term, fields, moment, sentences};
use eframe::egui::{Align, Key, Label, Layout, RichText, ScrollArea, Ui, vec2};
use serde_json::Value;

use self::void::{Voiding, was_voided_here};
use super::missing::not_given;
use super::{Act, Scene, To, kind_word};
use crate::Change;
use crate::desk::{CaseView, Intent};
use crate::languages::{Msg, capital};
use crate::look::{Size, space};
use crate::widgets::{Tone, banner, mark, piece, pieces, quiet, went_down};

/// Of the names of fields, in points.
const LABEL_WIDTH: f32 = 220.0;

/// A case that is open.
#[derive(Debug)]
pub struct OpenCase {
    /// Which.
    pub id: CaseId,
    /// All of it, once it was read.
    pub view: Option<Arc<CaseView>>,
    /// Whether it cannot be read here.
    pub unreadable: bool,
    /// Why the last edit could not be saved.
    pub trouble: Option<&'static str>,
    /// What takes the last edit back.
    pub undo: Option<Change>,
    /// What is typed to void it; it stays until the case is void on the disk.
    void: Option<Voiding>,
    /// An edit is on its way to the disk: another would be written beside it.
    pending: bool,
}

impl OpenCase {
    /// Before it was read.
    pub fn new(id: CaseId) -> Self {
        Self {
            id,
            view: None,
            unreadable: false,
            trouble: None,
            undo: None,
            void: None,
            pending: false,
        }
    }

    /// Draws it.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        by: Option<&str>,
        couples: bool,
    ) -> Option<Act> {
        let (look, tongue) = (&scene.look, scene.tongue);
        let mut act = self.keys(ui, scene, couples);
        let Some(view) = self.view.clone() else {
            let msg = if self.unreadable { Msg::CannotRead } else { Msg::Reading };
            ui.label(RichText::new(msg.in_(tongue)).color(look.palette.quiet));
            return act;
        };
        head(ui, scene, &view);
        if view.intake.void_reason().is_some() && view.entry.child_alone {
            banner(ui, look, Tone::Wait, "", Msg::VoidWaits.in_(tongue));
            ui.add_space(space::SMALL);
        }
        if let Some(trouble) = self.trouble {
            banner(ui, look, Tone::Stop, "", trouble);
        }
        if was_voided_here(&view) && quiet(ui, look, Msg::Unvoid.in_(tongue)).clicked() {
            let valid = Change::Fields(vec![("void_reason".to_owned(), Value::Null)]);
            act = self.edit(&view, valid, by);
        }
        ScrollArea::vertical().id_salt("case").auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(900.0) - space::LARGE);
            if let Some(change) = conflicts::ui(ui, scene, &view) {
                act = self.edit(&view, change, by);
            }
            said(ui, scene, &view);
            history(ui, scene, &view);
            if let Some(change) = self.voiding(ui, scene, &view) {
                act = self.edit(&view, change, by);
            }
        });
        act
    }

    /// What can be done with the case; with `couples`, also beside the form that is open.
    fn keys(&self, ui: &mut Ui, scene: &Scene<'_>, couples: bool) -> Option<Act> {
        let (look, tongue) = (&scene.look, scene.tongue);
        let (f5, f7) = ui.input_mut(|input| {
            let mut pressed = |key| went_down(input, key);
            (pressed(Key::F5), pressed(Key::F7))
        });
        let mut keys = vec![(format!("Esc · {}", Msg::BackKey.in_(tongue)), To::Back)];
        if self.view.is_some() {
            keys.push((format!("F7 · {}", Msg::MendKey.in_(tongue)), To::Mend));
        }
        if self.undo.is_some() {
            keys.push((format!("F5 · {}", Msg::UndoKey.in_(tongue)), To::Undo));
        }
        if couples {
            let [person, household] = [Msg::SamePersonAsForm, Msg::SameHouseholdAsForm];
            keys.push((person.in_(tongue).to_owned(), To::Suggest(self.id, true)));
            keys.push((household.in_(tongue).to_owned(), To::Suggest(self.id, false)));
        }
        let undone = f5 && self.undo.is_some();
        let mut act = f7.then_some(Act::Go(To::Mend)).or(undone.then_some(Act::Go(To::Undo)));
        ui.horizontal_wrapped(|ui| {
            for (text, to) in keys {
                if quiet(ui, look, &text).clicked() {
                    act = Some(Act::Go(to));
                }
            }
        });
        act
    }

    /// The last edit is on the disk, or is not.
    pub fn answered(&mut self, error: Option<&'static str>) {
        self.trouble = error;
        self.pending = false;
        if error.is_none() {
            self.void = None;
        }
    }

    /// Takes the last edit back, on the state that is shown.
    pub fn take_back(&mut self, by: Option<&str>) -> Option<Act> {
        let view = self.view.clone().filter(|_| !self.pending)?;
        let undo = self.undo.take()?;
        self.edit(&view, undo, by)
    }

    /// On the state that is shown: what came since stays in sight.
    fn edit(&mut self, view: &CaseView, change: Change, by: Option<&str>) -> Option<Act> {
        if self.pending {
            return None;
        }
        self.trouble = None;
        let seen = view.case.intake.as_ref()?.document.heads();
        self.pending = true;
        Some(Act::Want(Intent::Edit { case: self.id, change, seen, by: by.map(str::to_owned) }))
    }
}

fn head(ui: &mut Ui, scene: &Scene<'_>, view: &CaseView) {
    let (look, tongue) = (&scene.look, scene.tongue);
    let entry = &view.entry;
    let named = !entry.head.is_empty();
    let alone: Vec<(String, &Value)> = view.intake.children_alone().collect();
    let is_alone = alone.iter().any(|(who, _)| who == "person");
    let nameless = if is_alone { Msg::Child } else { Msg::Untitled };
    let name = if named { entry.head.as_str() } else { nameless.in_(tongue) };
    ui.label(RichText::new(name).font(Size::Title.strong()));
    pieces(ui, |ui| {
        for (who, child) in &alone {
            // Of a household it is said who of them.
            let named = if who == "person" { String::new() } else { full_name(child) };
            let named = if named.is_empty() { named } else { format!(": {named}") };
            let text = format!("! {}{named}", Term::ChildAlone.in_(tongue));
            let text = RichText::new(text).font(Size::Small.strong());
            piece(ui, text.color(look.palette.stop));
        }
        if view.intake.void_reason().is_some() {
            // Also where the case counts on, because of a child alone in it.
            let text = format!("× {}", Term::Void.in_(tongue));
            piece(ui, RichText::new(text).font(Size::Small.strong()).color(look.palette.stop));
        }
        let status = entry.status.filter(|status| *status != Status::Void).map(Status::word);
        let status = status.map(|status| beket_words::status(&status, tongue).to_owned());
        let reference = entry.reference.clone().unwrap_or_default();
        for text in [reference, kind_word(entry.kind, tongue)].into_iter().chain(status) {
            piece(ui, RichText::new(text).font(Size::Small.font()).color(look.palette.quiet));
        }
        mark(ui, look, tongue, view.mark);
    });
}

fn said(ui: &mut Ui, scene: &Scene<'_>, view: &CaseView) {
    let tongue = scene.tongue;
    let intake = &view.intake;
    if let Some(words) = intake.text("narrative") {
        heading(ui, Term::Narrative.in_(tongue));
        ui.label(RichText::new(words).font(Size::Text.font()));
    }
    let person = fields::PERSON.iter().map(|(path, term)| (format!("person.{path}"), *term));
    pairs(ui, scene, view, Term::Person, person);
    let person = intake.at("person").unwrap_or(&Value::Null);
    let is_alone = intake.children_alone().any(|(who, _)| who == "person");
    if let Some(missing) = not_given(scene, person, is_alone) {
        let text = RichText::new(missing).font(Size::Small.font());
        ui.label(text.color(scene.look.palette.quiet));
    }
    for member in intake.household() {
        let id = member["id"].as_str().unwrap_or_default();
        let at = |path: &str| format!("household.{id}.{path}");
        let member = fields::PERSON.iter().map(|(path, term)| (at(path), *term));
        pairs(ui, scene, view, Term::Household, member);
    }
    for (title, listed) in [
        (Term::Journey, fields::MOVEMENT),
        (Term::PlaceOf, fields::PLACE),
        (Term::Registration, fields::INTAKE),
    ] {
        let listed = listed.iter().map(|(path, term)| ((*path).to_owned(), *term));
        pairs(ui, scene, view, title, listed);
    }
    if let Some(answer) = &view.case.answer {
        let answer = answer.document.read();
        if let Some(text) = answer.text("text") {
            heading(ui, Term::Answer.in_(tongue));
            ui.label(RichText::new(text).font(Size::Text.font()));
        }
    }
}

fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(space::LARGE);
    ui.label(RichText::new(capital(text)).font(Size::Heading.strong()));
}

fn pairs(
    ui: &mut Ui,
    scene: &Scene<'_>,
    view: &CaseView,
    title: Term,
    listed: impl Iterator<Item = (String, Term)>,
) {
    let given = |path: &str| {
        let value = view.intake.at(path)?;
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        (!empty).then_some(value)
    };
    let mut titled = false;
    for (path, term) in listed {
        let Some(value) = given(&path) else { continue };
        if !std::mem::replace(&mut titled, true) {
            heading(ui, title.in_(scene.tongue));
        }
        ui.horizontal_top(|ui| {
            let disputed = view.intake.conflicts.iter().any(|conflict| conflict.path == path);
            let mark = if disputed { "≠ " } else { "" };
            let label = format!("{mark}{}", capital(term.in_(scene.tongue)));
            let quiet = scene.look.palette.quiet;
            let text = RichText::new(label).font(Size::Small.font()).color(quiet);
            let down = Layout::top_down(Align::Min);
            ui.allocate_ui_with_layout(vec2(LABEL_WIDTH, 24.0), down, |ui| {
                ui.set_min_width(LABEL_WIDTH);
                // The smaller letters stand on the line of the larger.
                ui.add_space(3.0);
                ui.add(Label::new(text).wrap());
            });
            let value = fields::value(&path, value, scene.tongue);
            ui.add(Label::new(RichText::new(value).font(Size::Text.font())).wrap());
        });
    }
}

fn history(ui: &mut Ui, scene: &Scene<'_>, view: &CaseView) {
    let tongue = scene.tongue;
    heading(ui, Term::History.in_(tongue));
    let mut events: Vec<_> = [&view.case.intake, &view.case.answer]
        .into_iter()
        .flatten()
        .flat_map(|opened: &Opened| {
            let kiosk = |change: &ChangeHash| {
                let author = opened.authors.get(change);
                author.and_then(|author| view.kiosks.get(author)).map(String::as_str)
            };
            let events = opened.document.history().iter();
            events.map(move |event| (kiosk(&event.change), event)).collect::<Vec<_>>()
        })
        .collect();
    events.sort_by_key(|(_, event)| std::cmp::Reverse(event.at));
    for (kiosk, event) in events {
        let place = sentences::place(tongue, kiosk);
        let by = if event.by == place { String::new() } else { format!("{} · ", event.by) };
        let head = format!("{by}{place} · {}", moment::spoken(event.at, tongue));
        ui.add_space(space::SMALL);
        ui.label(RichText::new(head).font(Size::Small.strong()));
        if event.wrote.is_empty() {
            let text = RichText::new(Term::TookIt.in_(tongue)).font(Size::Small.font());
            ui.label(text.color(scene.look.palette.quiet));
        }
        for wrote in event.wrote.iter().filter(|wrote| !wrote.value.is_object()) {
            let name = fields::name_in(&view.intake, &wrote.path, tongue);
            let value = fields::value(&wrote.path, &wrote.value, tongue);
            let text = format!("{name} → {value}");
            ui.label(RichText::new(text).font(Size::Small.font()).color(scene.look.palette.quiet));
        }
    }
}
