//! What of a case nobody is asked for in a queue: its language, what an appeal is about, the places of
//! the classifier.

use beket_model::{Kind, Language};
use beket_words::{Term, Tongue, categories, places, programmes};
use eframe::egui::{self, RichText, Ui};

use super::{Drawn, title, widths};
use crate::forms::rest::Locality;
use crate::forms::{HouseholdForm, Rest};
use crate::languages::{Msg, capital};
use crate::look::{Size, space};
use crate::screens::register::order::id;
use crate::suggestions;
use crate::widgets::{choices, listed, quiet};

/// Places that are offered at once.
const OFFERS: usize = 4;

impl Drawn<'_> {
    pub(super) fn rest(&mut self, ui: &mut Ui, form: &mut HouseholdForm) {
        let Some(rest) = form.mending.as_mut().and_then(|mending| mending.rest.as_mut()) else {
            return;
        };
        title(ui, Msg::TheRest.in_(self.tongue()));
        self.language(ui, &mut form.language);
        if form.kind == Kind::Appeal {
            self.subject(ui, rest);
        }
        let [half, _] = widths(ui, 2);
        ui.horizontal_top(|ui| {
            self.locality(ui, "lives_in", Term::Address, half, &mut rest.lives_in);
            let registered = Term::RegisteredAddress;
            self.locality(ui, "registered_in", registered, half, &mut rest.registered_in);
        });
    }

    /// In which language people are spoken and written to.
    fn language(&self, ui: &mut Ui, language: &mut Language) {
        let (look, tongue) = (&self.scene.look, self.tongue());
        let of = capital(Term::Language.in_(tongue));
        ui.label(RichText::new(&of).font(Size::Small.font()).color(look.palette.quiet));
        let all = Tongue::ALL.into_iter();
        let all = all.filter_map(|(tongue, name)| {
            Some((Language::from_word(tongue.code())?, name.to_owned()))
        });
        if let Some(chosen) = choices(ui, look, &of, Some(*language), &all.collect::<Vec<_>>()) {
            *language = chosen;
        }
    }

    fn subject(&self, ui: &mut Ui, rest: &mut Rest) {
        let tongue = self.tongue();
        let [half, _] = widths(ui, 2);
        ui.horizontal_top(|ui| {
            for (field, term, all, chosen) in [
                ("category", Term::Category, categories(tongue), &mut rest.category),
                ("programme", Term::Programme, programmes(tongue), &mut rest.programme),
            ] {
                let of = capital(term.in_(tongue));
                let none = ("", Msg::NotGiven.in_(tongue));
                let all: Vec<(&str, &str)> = std::iter::once(none).chain(all).collect();
                let id = id(self.form, 0, field);
                listed(ui, &self.scene.look, (id, &of, &of), half, chosen, &all);
            }
        });
    }

    /// A place of the classifier: the one that is known, and a field to look for another.
    fn locality(
        &mut self,
        ui: &mut Ui,
        field: &'static str,
        of: Term,
        width: f32,
        locality: &mut Locality,
    ) {
        let tongue = self.tongue();
        let label = format!("{}: {}", capital(of.in_(tongue)), Msg::Locality.in_(tongue));
        ui.vertical(|ui| {
            ui.set_width(width);
            let known = places::of(&locality.kato).map(|place| place.in_full(tongue));
            let known = known.unwrap_or_else(|| locality.kato.clone());
            if !known.is_empty() {
                ui.horizontal(|ui| {
                    ui.label(RichText::new(format!("✓ {known}")).font(Size::Text.font()));
                    let gone = quiet(ui, &self.scene.look, "×");
                    let name = format!("{}: {known}", Msg::Remove.in_(tongue));
                    let role = egui::Role::Button;
                    gone.widget_info(|| egui::WidgetInfo::labeled(role, true, &name));
                    if gone.clicked() {
                        locality.kato.clear();
                    }
                });
            }
            let before = locality.typed.clone();
            self.field(ui, (0, field), &label, width, &mut locality.typed);
            let typed = locality.typed != before;
            let offers = suggestions::places(&locality.typed, tongue, OFFERS);
            let field = id(self.form, 0, field);
            let entered = *self.went == Some(field);
            if let Some(first) = offers.first().filter(|_| entered) {
                *locality = Locality::at(first.kato);
                // Who chose sees what it is; the next Enter goes on.
                *self.went = None;
                ui.memory_mut(|memory| memory.request_focus(field));
                return;
            }
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::SMALL;
                for place in offers {
                    let offer = quiet(ui, &self.scene.look, &place.name);
                    if typed {
                        offer.scroll_to_me(None);
                    }
                    if offer.clicked() {
                        *locality = Locality::at(place.kato);
                    }
                }
            });
        });
    }
}
