//! Who is working: pick a name and type a PIN, or be added in a few seconds.
//!
//! Refuses to let anybody add themselves where others work already: one of those vouches for them, or
//! they know the kiosk's passphrase. Refuses to give somebody a new PIN by a slip.

use eframe::egui::{Id, RichText, Ui};
use zeroize::Zeroizing;

use super::unlock::FORM_WIDTH;
use super::{Act, Scene};
use crate::LEAST_PIN_DIGITS;
use crate::desk::Intent;
use crate::forms::scan;
use crate::languages::Msg;
use crate::look::{Size, space};
use crate::widgets::{Field, Tone, banner, chip, primary};

/// Names, and what is typed.
#[derive(Default)]
pub struct Who {
    /// Who has a PIN here.
    pub names: Vec<String>,
    picked: Option<String>,
    /// Somebody new is to be added.
    adding: bool,
    name: String,
    pin: Zeroizing<String>,
    /// The PIN of somebody who works here already, or the passphrase.
    vouched: Zeroizing<String>,
    /// Whose PIN is to be another: it was asked.
    renews: Option<String>,
    /// What is wrong with what was typed.
    pub wrong: Option<&'static str>,
    /// Where the focus goes next.
    focus: Option<Id>,
}

impl Who {
    /// For these volunteers.
    pub fn new(names: Vec<String>) -> Self {
        let picked = if names.len() == 1 { names.first().cloned() } else { None };
        let adding = names.is_empty();
        Self { names, picked, adding, ..Self::default() }.at_its_beginning()
    }

    /// The focus goes where typing begins; with several names, to the first of them.
    fn at_its_beginning(self) -> Self {
        let first = match (&self.picked, self.adding) {
            (Some(_), _) => Some("pin"),
            (None, true) => Some("volunteer"),
            (None, false) => None,
        };
        Self { focus: first.map(Id::unique), ..self }
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) -> Option<Act> {
        let (look, tongue) = (&scene.look, scene.tongue);
        ui.add_space(space::HUGE);
        ui.label(RichText::new(Msg::WhoAreYou.in_(tongue)).font(Size::Title.strong()));
        ui.label(RichText::new(Msg::WhoHelp.in_(tongue)).color(look.palette.quiet));
        ui.add_space(space::MEDIUM);
        let mut picked = None;
        let idle = ui.memory(|memory| memory.focused().is_none());
        let choosing = self.picked.is_none() && !self.adding;
        ui.horizontal_wrapped(|ui| {
            for (at, name) in self.names.iter().enumerate() {
                let button = chip(ui, look, name, self.picked.as_ref() == Some(name));
                if button.clicked() {
                    picked = Some(Some(name.clone()));
                } else if at == 0 && choosing && idle {
                    button.request_focus();
                }
            }
            let add = Msg::AddVolunteer.in_(tongue);
            if !self.names.is_empty() && chip(ui, look, add, self.adding).clicked() {
                picked = Some(None);
            }
        });
        if let Some(picked) = picked {
            let (names, adding) = (std::mem::take(&mut self.names), picked.is_none());
            *self = Self { names, picked, adding, ..Self::default() }.at_its_beginning();
        }
        let act = if self.picked.is_some() || self.adding { self.form(ui, scene) } else { None };
        if idle && self.focus.is_none() && !choosing {
            let fresh = std::mem::take(self).at_its_beginning();
            *self = fresh;
        }
        if let Some(id) = self.focus.take() {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        act
    }

    fn form(&mut self, ui: &mut Ui, scene: &Scene<'_>) -> Option<Act> {
        let (look, tongue) = (&scene.look, scene.tongue);
        let width = ui.available_width().min(FORM_WIDTH);
        ui.add_space(space::SMALL);
        if let Some(name) = &self.picked {
            ui.label(RichText::new(name).font(Size::Heading.strong()));
        } else {
            let id = Id::unique("volunteer");
            let label = Msg::YourName.in_(tongue);
            if Field::line(id, label, width).show(ui, look, &mut self.name).went_on {
                self.focus = Some(Id::unique("pin"));
            }
        }
        let label = match self.picked {
            Some(_) => Msg::Pin.in_(tongue).to_owned(),
            None => format!("{} · {}", Msg::Pin.in_(tongue), Msg::PinHelp.in_(tongue)),
        };
        let pin = Field::line(Id::unique("pin"), &label, width).secret();
        let mut went_on = pin.show(ui, look, &mut self.pin).went_on;
        if self.adding && !self.names.is_empty() {
            let id = Id::unique("vouched");
            if went_on {
                self.focus = Some(id);
            }
            let by_phrase = !scene.state.has_no_passphrase;
            let label = if by_phrase { Msg::VouchedPinOrPhrase } else { Msg::VouchedPin };
            let label = label.in_(tongue);
            let vouched = Field::line(id, label, width).secret();
            went_on = vouched.show(ui, look, &mut self.vouched).went_on;
        }
        if let Some(wrong) = self.wrong {
            banner(ui, look, Tone::Stop, "", wrong);
        }
        ui.add_space(space::SMALL);
        let action = if self.picked.is_some() { Msg::Enter } else { Msg::AddVolunteer };
        let pressed = primary(ui, look, action.in_(tongue)).clicked();
        if !(pressed || went_on) {
            return None;
        }
        let name = self.name.trim();
        if self.picked.is_none() && self.names.iter().any(|known| known == name) {
            let asked = self.renews.replace(name.to_owned());
            if asked != self.renews {
                self.wrong = Some(Msg::NameTaken.in_(tongue));
                return None;
            }
        }
        let pin = Zeroizing::new(scan::pin(&std::mem::take(&mut self.pin)));
        let vouched = std::mem::take(&mut self.vouched);
        if pin.chars().count() < LEAST_PIN_DIGITS {
            self.refused(Msg::PinHelp.in_(tongue));
            return None;
        }
        self.wrong = None;
        Some(Act::Want(match &self.picked {
            Some(name) => Intent::Enter { name: name.clone(), pin },
            None => Intent::AddVolunteer { name: self.name.clone(), pin, vouched },
        }))
    }

    /// The PIN does not fit.
    pub fn refused(&mut self, why: &'static str) {
        self.wrong = Some(why);
        self.focus = Some(Id::unique("pin"));
    }
}

impl std::fmt::Debug for Who {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Who").field("names", &self.names).finish_non_exhaustive()
    }
}
