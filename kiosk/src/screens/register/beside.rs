//! Beside the form: everybody whom it may already be about, and what is suggested to the office.

use eframe::egui::{RichText, ScrollArea, Ui};

use super::{Register, order};
use crate::Mark;
use crate::desk::{Ask, Compared};
use crate::languages::Msg;
use crate::look::Size;
use crate::people::{Found, Query};
use crate::screens::{Act, Scene, To, people};
use crate::widgets::quiet;

impl Register {
    pub(super) fn suggestions_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let (look, tongue) = (&scene.look, scene.tongue);
        let mut taken_back = None;
        for (at, link) in self.form.suggested.iter().enumerate() {
            let msg = if link.same_person { Msg::CoupledPerson } else { Msg::CoupledHousehold };
            let text = format!("{}: {} ×", msg.in_(tongue), link.name);
            let answer = quiet(ui, look, &text).on_hover_text(Msg::CoupledHelp.in_(tongue));
            if answer.clicked() {
                taken_back = Some(at);
            }
        }
        if let Some(at) = taken_back {
            self.form.suggested.remove(at);
        }
    }

    /// Everybody whom the form may already be about.
    ///
    /// `but` is what is said where not everybody who is here was read.
    pub fn beside_ui(&self, ui: &mut Ui, scene: &Scene<'_>, but: Option<Msg>) -> Option<Act> {
        let tongue = scene.tongue;
        let title = Msg::AlreadyHere.in_(tongue);
        ui.label(RichText::new(title).font(Size::Heading.strong()));
        if self.alike.is_empty() && self.is_compared() {
            let asked = self.compared.as_ref().is_some_and(|(query, _)| !query.is_empty());
            let msg = if asked { but.unwrap_or(Msg::NobodyAlike) } else { Msg::AlreadyHereHelp };
            ui.label(RichText::new(msg.in_(tongue)).color(scene.look.palette.quiet));
        }
        let mut act = None;
        ScrollArea::vertical().id_salt("alike").auto_shrink(false).show(ui, |ui| {
            if let Some(chosen) = people::list(ui, scene, &self.alike) {
                act = Some(Act::Go(To::Case(chosen.entry.case)));
            }
        });
        act
    }

    /// Asks who is like the person that is being typed, when that has changed.
    pub(super) fn compare(&mut self, ui: &Ui, scene: &Scene<'_>) -> Option<Act> {
        let focused = ui.memory(eframe::egui::Memory::focused);
        self.left_at = focused.filter(|id| order::order(&self.form).contains(id)).or(self.left_at);
        let (at, typing) = order::typed_part(&self.form, focused);
        let person = self.form.person(at)?;
        let names = [&*person.family_name, &*person.given_name, &*person.patronymic];
        let query = Query::person(&names, &[&person.phone, &person.iin]);
        let compared = Some((query.clone(), typing));
        if self.compared == compared {
            return None;
        }
        self.compared = compared;
        self.ticket += 1;
        if query.is_empty() {
            self.answered = self.ticket;
            self.alike.clear();
            return None;
        }
        let traits = person.traits(scene.year());
        let compared = Box::new(Compared { traits, query, typing, but: self.mends() });
        Some(Act::Ask(Ask::Alike { ticket: self.ticket, compared }))
    }

    /// Others are here by now: whoever is like the person is asked for again.
    pub fn stale(&mut self) {
        self.compared = None;
    }

    /// The answer to a question; an older one than the last is passed over.
    pub fn answer(&mut self, ticket: u64, found: Vec<(Found, Mark)>) {
        if ticket == self.ticket {
            self.answered = ticket;
            self.alike = found;
        }
    }

    /// Whether what is shown is about what is typed.
    pub fn is_compared(&self) -> bool {
        self.answered == self.ticket
    }
}
