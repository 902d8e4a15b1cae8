//! A list of people: who is already here, who was found, who came last.

use beket_words::alike::what_agrees;
use beket_words::numbers::{aged, conflicts};
use beket_words::{Term, moment};
use eframe::egui::{self, Frame, Label, Margin, RichText, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::{Scene, kind_word};
use crate::Mark;
use crate::languages::Msg;
use crate::look::{Size, space};
use crate::people::Found;
use crate::widgets::{Tone, in_sight, mark, piece, pieces};

/// Draws the list as far as it is in sight, who has the focus, and who comes next, whom it can go to;
/// gives who was chosen. To lay out fifty people anew after every key would be most of a frame.
pub fn list<'a>(ui: &mut Ui, scene: &Scene<'_>, found: &'a [(Found, Mark)]) -> Option<&'a Found> {
    let mut chosen = None;
    ui.spacing_mut().item_spacing.y = space::SMALL;
    let (mut height, mut behind_focus) = (0.0, false);
    for (person, at) in found {
        let top = ui.cursor().top();
        let focused = ui.memory(|memory| memory.has_focus(entry_id(person)));
        let near_focus = std::mem::replace(&mut behind_focus, focused) || focused;
        if top > ui.clip_rect().bottom() + height && !near_focus {
            ui.allocate_space(vec2(ui.available_width(), height));
            continue;
        }
        if one(ui, scene, person, *at) {
            chosen = Some(person);
        }
        height = ui.min_rect().bottom() - top;
    }
    chosen
}

fn one(ui: &mut Ui, scene: &Scene<'_>, person: &Found, at: Mark) -> bool {
    let (look, tongue) = (&scene.look, scene.tongue);
    let palette = &look.palette;
    let entry = &person.entry;
    let name = if person.name.is_empty() { nameless(scene, person) } else { person.name.clone() };
    let strong = person.likeness.as_ref().is_some_and(beket_model::Likeness::is_strong);
    let stroke = match (person.alone.is_some(), strong) {
        (true, _) => Stroke::new(palette.line + 1.0, palette.stop),
        (_, true) => Stroke::new(palette.line + 1.0, palette.wait),
        _ => look.outline(),
    };
    let frame = Frame::new()
        .fill(palette.raised)
        .stroke(stroke)
        .corner_radius(look.corners())
        .inner_margin(Margin::symmetric(12, 8));
    let inner = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        if person.alone.is_some() {
            let alone = Term::ChildAlone.in_(tongue);
            let text = format!("! {alone}");
            ui.label(RichText::new(text).font(Size::Small.strong()).color(palette.stop));
        }
        ui.label(RichText::new(&name).font(Size::Text.strong()).color(palette.text));
        let second = second_line(scene, person);
        ui.label(RichText::new(second).font(Size::Small.font()).color(palette.quiet));
        if let Some(told) = person.alone.as_ref().filter(|told| !told.is_empty()) {
            // Often there is no name to tell them by.
            let told = RichText::new(told).font(Size::Small.font());
            ui.add(Label::new(told.color(palette.text)).truncate());
        }
        pieces(ui, |ui| {
            mark(ui, look, tongue, at);
            if entry.conflicts > 0 {
                let text = format!("≠ {}", conflicts(tongue, entry.conflicts as u64));
                let colour = Tone::Wait.colours(look).0;
                piece(ui, RichText::new(text).font(Size::Small.font()).color(colour));
            }
        });
        if let Some(reasons) = reasons(scene, person) {
            let text = RichText::new(reasons).font(Size::Small.font());
            ui.label(text.color(palette.text));
        }
    });
    let response = ui.interact(inner.response.rect, entry_id(person), Sense::click());
    let reference = entry.reference.clone().unwrap_or_default();
    response.widget_info(|| {
        WidgetInfo::labeled(egui::Role::Button, true, format!("{name} {reference}"))
    });
    in_sight(ui, &response, response.rect);
    if response.hovered() || response.has_focus() {
        let inside = egui::StrokeKind::Inside;
        ui.painter().rect_stroke(inner.response.rect, look.corners(), look.ring(), inside);
    }
    response.clicked()
}

fn entry_id(person: &Found) -> egui::Id {
    egui::Id::unique(("person", person.entry.case.as_bytes(), &person.name, &person.born))
}

fn nameless(scene: &Scene<'_>, person: &Found) -> String {
    let word = if person.alone.is_some() { Msg::Child } else { Msg::Untitled };
    word.in_(scene.tongue).to_owned()
}

/// Birth, household, kind, status, reference.
fn second_line(scene: &Scene<'_>, person: &Found) -> String {
    let tongue = scene.tongue;
    let entry = &person.entry;
    let mut parts = Vec::new();
    if !person.born.is_empty() {
        let age = person.born.parse().ok().map(|years| aged(tongue, years));
        parts.push(age.unwrap_or_else(|| moment::date(&person.born, tongue)));
    }
    if person.is_member {
        parts.push(format!("{}: {}", Msg::InHouseholdOf.in_(tongue), entry.head));
    }
    parts.push(kind_word(entry.kind, tongue));
    if let Some(status) = entry.status {
        parts.push(beket_words::status(&status.word(), tongue).to_owned());
    }
    parts.extend(entry.reference.clone());
    parts.join(" · ")
}

/// Why two are thought to be one, in words; `None` where nobody was compared.
fn reasons(scene: &Scene<'_>, person: &Found) -> Option<String> {
    let likeness = person.likeness.as_ref()?;
    if !likeness.is_worth_showing() {
        return Some(Msg::SameHousehold.in_(scene.tongue).to_owned());
    }
    let said = what_agrees(&likeness.reasons, scene.tongue);
    (!said.is_empty()).then(|| said.join(", "))
}
