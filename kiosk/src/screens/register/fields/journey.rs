//! How people came and go, where they stay, and what may be told of them.

use beket_model::Kind;
use beket_words::{Term, fields};
use eframe::egui::{RichText, Ui};

use super::{Drawn, title, widths};
use crate::forms::HouseholdForm;
use crate::languages::{Msg, capital};
use crate::look::Size;
use crate::widgets::choices;

impl Drawn<'_> {
    pub(super) fn journey(&mut self, ui: &mut Ui, form: &mut HouseholdForm) {
        let all = form.rest().is_some();
        let (rode, stays) = match form.kind {
            Kind::Passenger => (true, all),
            Kind::Evacuee => (all, true),
            Kind::Appeal | Kind::Enquiry => return,
        };
        let heading = if rode { Term::Journey } else { Term::PlaceOf };
        title(ui, heading.in_(self.tongue()));
        let [third, _, _] = widths(ui, 3);
        let carried = &mut form.carried;
        if rode {
            ui.horizontal_top(|ui| {
                self.term(ui, (0, "number"), Term::Number, third, &mut carried.number);
                self.term(ui, (0, "ticket"), Term::Ticket, third, &mut form.ticket);
                self.term(ui, (0, "from"), Term::From, third, &mut carried.from);
            });
            ui.horizontal_top(|ui| {
                self.term(ui, (0, "to"), Term::To, third, &mut carried.to);
                self.term(ui, (0, "onward"), Term::Onward, third, &mut form.onward);
                let rest = form.mending.as_mut().and_then(|mending| mending.rest.as_mut());
                if let Some(rest) = rest {
                    self.term(ui, (0, "at"), Term::At, third, &mut rest.at);
                }
            });
        }
        if stays {
            ui.horizontal_top(|ui| {
                if !rode {
                    self.term(ui, (0, "from"), Term::From, third, &mut carried.from);
                }
                self.term(ui, (0, "site"), Term::Site, third, &mut carried.site);
                self.term(ui, (0, "bed"), Term::Bed, third, &mut form.bed);
            });
        }
        let words = ["train", "bus", "car", "on_foot"];
        self.one_word(ui, Term::Transport, "transport", &words, &mut form.carried.transport);
    }

    pub(super) fn consent(&self, ui: &mut Ui, form: &mut HouseholdForm) {
        if form.asks_the_head() {
            let words = ["yes", "no", "ask"];
            self.one_word(ui, Term::MayTell, "may_tell_family", &words, &mut form.may_tell);
        }
    }

    /// One of a few words of the model; of a case that is mended, none of them, too.
    fn one_word(
        &self,
        ui: &mut Ui,
        of: Term,
        field: &str,
        words: &[&'static str],
        chosen: &mut String,
    ) {
        let (look, tongue) = (&self.scene.look, self.tongue());
        let of = capital(of.in_(tongue));
        ui.label(RichText::new(&of).font(Size::Small.font()).color(look.palette.quiet));
        let said = |word: &&'static str| (*word, fields::value(field, &(*word).into(), tongue));
        let none = ("", Msg::NotGiven.in_(tongue).to_owned());
        let none = Some(none).filter(|_| self.mended);
        let words: Vec<(&str, String)> = words.iter().map(said).chain(none).collect();
        if let Some(word) = choices(ui, look, &of, Some(&*chosen.clone()), &words) {
            word.clone_into(chosen);
        }
    }
}
