//! The first screen of a locked kiosk: its volunteers' passphrase.

use eframe::egui::{Id, RichText, Ui};
use zeroize::Zeroizing;

use super::{Act, Scene};
use crate::desk::Intent;
use crate::languages::Msg;
use crate::look::{Size, space};
use crate::widgets::{Field, Tone, banner, primary};

/// Of a form with nothing beside it.
pub(super) const FORM_WIDTH: f32 = 560.0;

/// What is typed, and what became of it.
#[derive(Default)]
pub struct Unlock {
    passphrase: Zeroizing<String>,
    /// Being tried.
    pub trying: bool,
    /// Why it did not open.
    pub wrong: Option<&'static str>,
}

impl Unlock {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) -> Option<Act> {
        let (look, tongue) = (&scene.look, scene.tongue);
        let id = Id::unique("passphrase");
        ui.add_space(space::HUGE);
        ui.label(RichText::new(&scene.state.station).font(Size::Text.font()));
        ui.label(RichText::new(Msg::Unlock.in_(tongue)).font(Size::Title.strong()));
        ui.label(RichText::new(Msg::UnlockHelp.in_(tongue)).color(look.palette.quiet));
        ui.add_space(space::MEDIUM);
        let label = Msg::Passphrase.in_(tongue);
        let width = ui.available_width().min(FORM_WIDTH);
        let field = Field::line(id, label, width).secret().show(ui, look, &mut self.passphrase);
        // Also after a language was chosen: there is nothing else to type into.
        if ui.memory(|memory| memory.focused().is_none()) {
            field.response.request_focus();
        }
        if let Some(wrong) = self.wrong {
            banner(ui, look, Tone::Stop, "", wrong);
        }
        ui.add_space(space::SMALL);
        let pressed = ui
            .add_enabled_ui(!self.trying, |ui| primary(ui, look, Msg::UnlockAction.in_(tongue)))
            .inner
            .clicked();
        if (pressed || field.went_on) && !self.trying && !self.passphrase.is_empty() {
            self.trying = true;
            self.wrong = None;
            return Some(Act::Want(Intent::Unlock(std::mem::take(&mut self.passphrase))));
        }
        None
    }

    /// It did not open.
    pub fn refused(&mut self, why: &'static str) {
        *self = Self { wrong: Some(why), ..Self::default() };
    }
}

impl std::fmt::Debug for Unlock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unlock").field("trying", &self.trying).finish_non_exhaustive()
    }
}
