//! Who is working: pick a name and type a PIN, or add oneself in a few seconds.

use eframe::egui::{Id, RichText, Ui};
use zeroize::Zeroizing;

use super::unlock::FORM_WIDTH;
use super::{Act, Scene};
use crate::LEAST_PIN_DIGITS;
use crate::desk::Intent;
use crate::languages::Msg;
use crate::look::{Size, space};
use crate::widgets::{Field, Tone, banner, primary, quiet};

/// Names, and what is typed.
#[derive(Default)]
pub struct Who {
    /// Who has a PIN here.
    pub names: Vec<String>,
    picked: Option<String>,
    name: String,
    pin: Zeroizing<String>,
    /// What is wrong with what was typed.
    pub wrong: Option<&'static str>,
    /// Where the focus goes next.
    focus: Option<Id>,
}

impl Who {
    /// For these volunteers.
    pub fn new(names: Vec<String>) -> Self {
        let picked = if names.len() == 1 { names.first().cloned() } else { None };
        let focus = Some(Id::unique(if picked.is_some() { "pin" } else { "volunteer" }));
        Self { names, picked, focus, ..Self::default() }
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) -> Option<Act> {
        let (look, tongue) = (&scene.look, scene.tongue);
        ui.add_space(space::HUGE);
        ui.label(RichText::new(Msg::WhoAreYou.in_(tongue)).font(Size::Title.strong()));
        ui.label(RichText::new(Msg::WhoHelp.in_(tongue)).color(look.palette.quiet));
        ui.add_space(space::MEDIUM);
        let mut picked = None;
        ui.horizontal_wrapped(|ui| {
            for name in &self.names {
                if quiet(ui, look, name).clicked() {
                    picked = Some(Some(name.clone()));
                }
            }
            if !self.names.is_empty() && quiet(ui, look, Msg::AddVolunteer.in_(tongue)).clicked() {
                picked = Some(None);
            }
        });
        if let Some(picked) = picked {
            let id = if picked.is_some() { "pin" } else { "volunteer" };
            let names = std::mem::take(&mut self.names);
            *self = Self { names, picked, focus: Some(Id::unique(id)), ..Self::default() };
        }
        let act = self.form(ui, scene);
        let idle = ui.memory(|memory| memory.focused().is_none());
        let first = if self.picked.is_some() { "pin" } else { "volunteer" };
        if let Some(id) = self.focus.take().or(idle.then(|| Id::unique(first))) {
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
        let went_on = pin.show(ui, look, &mut self.pin).went_on;
        if let Some(wrong) = self.wrong {
            banner(ui, look, Tone::Stop, "", wrong);
        }
        ui.add_space(space::SMALL);
        let action = if self.picked.is_some() { Msg::Enter } else { Msg::AddVolunteer };
        let pressed = primary(ui, look, action.in_(tongue)).clicked();
        let ready = self.pin.len() >= LEAST_PIN_DIGITS;
        if !(pressed || went_on) || !ready {
            return None;
        }
        self.wrong = None;
        let pin = std::mem::take(&mut self.pin);
        Some(Act::Want(match &self.picked {
            Some(name) => Intent::Enter { name: name.clone(), pin },
            None => Intent::AddVolunteer { name: self.name.clone(), pin },
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
