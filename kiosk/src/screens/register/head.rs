//! Above the fields: what the form is, whose case it mends, and what must be read before anything else.

use eframe::egui::{Label, RichText, Ui};

use super::{Register, fields};
use crate::languages::Msg;
use crate::look::{Size, space};
use crate::screens::{Act, Scene, To, reason};
use crate::widgets::{Tone, banner, quiet};

impl Register {
    pub(super) fn head(&mut self, ui: &mut Ui, scene: &Scene<'_>) -> Option<Act> {
        let (look, tongue) = (&scene.look, scene.tongue);
        let mut act = None;
        if self.form.mending.is_some() {
            act = self.mending_row(ui, scene);
            if self.form.child_alone {
                fields::of_child(ui, scene);
            }
        } else {
            fields::kinds(ui, scene, &mut self.form);
            ui.add_space(space::TINY);
        }
        self.suggestions_ui(ui, scene);
        if let Some(scanned) = self.scanned {
            banner(ui, look, Tone::Plain, "", scanned.in_(tongue));
        }
        if self.leaving {
            banner(ui, look, Tone::Stop, "", Msg::LeavingMended.in_(tongue));
        }
        if let Some(trouble) = &self.trouble {
            banner(ui, look, Tone::Stop, "", trouble);
            if !self.held.is_empty() && self.form.mending.is_none() {
                banner(ui, look, Tone::Wait, "", Msg::TypedAhead.in_(tongue));
            }
        } else if !self.wrong.is_empty() {
            let mut reasons: Vec<&str> = Vec::new();
            for wrong in &self.wrong {
                let reason = reason(wrong.reason).in_(tongue);
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
            let title = Msg::ClashingFields.in_(tongue);
            banner(ui, look, Tone::Stop, "", &format!("{title}. {}", reasons.join(" ")));
        } else if let Some((saved, _)) = self.saved.as_ref().filter(|_| self.is_still_told()) {
            saved.ui(ui, scene);
        }
        act
    }

    /// Whose case is mended, and the way back to it.
    fn mending_row(&self, ui: &mut Ui, scene: &Scene<'_>) -> Option<Act> {
        let (look, tongue) = (&scene.look, scene.tongue);
        let (what, whom) = (Msg::Mending.in_(tongue), self.begun.head.called());
        let title = if whom.is_empty() { what.to_owned() } else { format!("{what}: {whom}") };
        let back = format!("Esc · {}", Msg::BackKey.in_(tongue));
        let row = ui.horizontal(|ui| {
            let pressed = quiet(ui, look, &back).clicked();
            ui.add(Label::new(RichText::new(title).font(Size::Heading.strong())).wrap());
            pressed
        });
        row.inner.then_some(Act::Go(To::Back))
    }
}
