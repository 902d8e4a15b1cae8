//! What can be changed of a case that is there already and is asked of nobody in a queue: where each
//! person is, where they are registered, and the rest of a member.
//!
//! Refuses to say that a child alone is with its people: the office hands children over.

use beket_model::{Kind, Whereabouts};
use beket_words::Term;
use eframe::egui::{RichText, Ui};

use super::{Drawn, named, widths};
use crate::forms::{Alone, HouseholdForm, PersonForm};
use crate::languages::{Msg, capital};
use crate::look::Size;
use crate::screens::register::order::shows_the_rest;
use crate::widgets::{choices, quiet, toggles};

impl Drawn<'_> {
    pub(super) fn mended_head(&mut self, ui: &mut Ui, form: &mut HouseholdForm) {
        if !self.mended {
            return;
        }
        let [half, _] = widths(ui, 2);
        let term = Term::RegisteredAddress;
        self.term(ui, (0, "registered_at"), term, half, &mut form.registered_at);
        if !form.child_alone && form.head.is_told_of() {
            self.alone(ui, 0, &mut form.head);
        }
        self.whereabouts(ui, 0, &mut form.head, form.kind);
        self.is_alone(ui, 0, &mut form.head, form.kind);
        form.child_alone = form.head.is_alone();
        if is_of_people(form.kind) && !form.members.is_empty() {
            let alone = form.members.iter().any(PersonForm::is_alone);
            let text = if alone { Msg::AllThereBut } else { Msg::AllThere }.in_(self.tongue());
            let known = !form.head.whereabouts.is_empty();
            ui.add_enabled_ui(known && !form.is_together(), |ui| {
                if quiet(ui, &self.scene.look, text).clicked() {
                    form.gather();
                }
            });
        }
    }

    /// The rest of a member, beneath their row; in a new form only where a scanner filled it in.
    pub(super) fn mended_member(
        &mut self,
        ui: &mut Ui,
        at: usize,
        member: &mut PersonForm,
        kind: Kind,
    ) {
        if !shows_the_rest(self.mended, member) {
            return;
        }
        ui.push_id(("rest", at), |ui| {
            let [third, _, _] = widths(ui, 3);
            ui.horizontal_top(|ui| {
                let patronymic = Term::Patronymic;
                self.term(ui, (at, "patronymic"), patronymic, third, &mut member.patronymic);
                self.term(ui, (at, "phone"), Term::Phone, third, &mut member.phone);
                self.term(ui, (at, "iin"), Term::Iin, third, &mut member.iin);
            });
            if self.mended {
                if member.is_alone() || member.is_told_of() {
                    self.alone(ui, at, member);
                }
                self.needs(ui, at, member);
                self.whereabouts(ui, at, member, kind);
                self.is_alone(ui, at, member, kind);
            }
        });
    }

    /// That somebody under age is a child alone after all, found here until told otherwise. Until it
    /// is saved it can be taken back; then the office hands the child over.
    fn is_alone(&self, ui: &mut Ui, at: usize, person: &mut PersonForm, kind: Kind) {
        let chosen = person.alone == Alone::Chosen;
        let told = person.is_alone() || person.is_told_of();
        let asked = chosen || (!told && person.is_under_age(self.scene.year()));
        if !asked || !is_of_people(kind) {
            return;
        }
        let of = if at == 0 { String::new() } else { person.given_name.clone() };
        let words = [("alone", capital(Term::ChildAlone.in_(self.tongue())))];
        if toggles(ui, &self.scene.look, &of, |_| chosen, &words).is_none() {
            return;
        }
        if chosen {
            person.alone = Alone::No;
            person.tell_nothing();
        } else {
            person.alone = Alone::Chosen;
            person.found_at.clone_from(&self.scene.state.station);
        }
    }

    fn whereabouts(&self, ui: &mut Ui, at: usize, person: &mut PersonForm, kind: Kind) {
        if !is_of_people(kind) {
            return;
        }
        let (look, tongue) = (&self.scene.look, self.tongue());
        let of = named(Term::Whereabouts, at, person, tongue);
        ui.label(RichText::new(&of).font(Size::Small.font()).color(look.palette.quiet));
        let offered = |place: &&Whereabouts| !(person.is_alone() && place.is_with_their_people());
        let places = Whereabouts::ALL.iter().filter(offered);
        let places: Vec<(Whereabouts, String)> = places
            .map(|place| (*place, beket_words::status(place.word(), tongue).to_owned()))
            .collect();
        let chosen = Whereabouts::from_word(&person.whereabouts);
        if let Some(place) = choices(ui, look, &of, chosen, &places) {
            place.word().clone_into(&mut person.whereabouts);
        }
    }
}

/// Whether it registers people who are somewhere.
fn is_of_people(kind: Kind) -> bool {
    matches!(kind, Kind::Evacuee | Kind::Passenger)
}
