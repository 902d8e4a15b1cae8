//! Voiding a case: a reason first, then it is done. Nothing is voided by one slip.

use beket_model::Event;
use eframe::egui::{Id, RichText, Ui};
use serde_json::json;

use super::OpenCase;
use crate::Change;
use crate::desk::CaseView;
use crate::forms::scan;
use crate::languages::Msg;
use crate::look::{Size, space};
use crate::screens::Scene;
use crate::widgets::{Field, grave, quiet};

/// What is typed to void a case.
#[derive(Debug)]
pub(super) struct Voiding {
    reason: String,
    /// It was asked for in this frame.
    opens: bool,
    /// It was asked for without a reason.
    refused: bool,
}

impl OpenCase {
    pub(super) fn voiding(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        view: &CaseView,
    ) -> Option<Change> {
        let (look, tongue) = (&scene.look, scene.tongue);
        ui.add_space(space::HUGE);
        if view.intake.void_reason().is_some() {
            return None;
        }
        let Some(void) = &mut self.void else {
            if quiet(ui, look, Msg::Void.in_(tongue)).clicked() {
                self.void = Some(Voiding { reason: String::new(), opens: true, refused: false });
                ui.memory_mut(|memory| memory.request_focus(Id::unique("void")));
            }
            return None;
        };
        let width = ui.available_width().min(560.0);
        let help = if view.entry.child_alone { Msg::VoidKeepsChild } else { Msg::VoidHelp };
        ui.label(RichText::new(help.in_(tongue)).font(Size::Text.font()));
        let label = Msg::VoidReason.in_(tongue);
        let wrong = void.refused.then(|| Msg::VoidNeedsReason.in_(tongue));
        let field = Field::line(Id::unique("void"), label, width).wrong(wrong);
        let field = field.show(ui, look, &mut void.reason);
        let buttons = ui.horizontal(|ui| {
            let pressed = grave(ui, look, Msg::Void.in_(tongue)).clicked();
            (pressed, quiet(ui, look, Msg::Cancel.in_(tongue)).clicked())
        });
        // Whoever opens it sees all of it.
        if std::mem::take(&mut void.opens) {
            buttons.response.scroll_to_me(None);
        }
        let (pressed, cancelled) = buttons.inner;
        if cancelled {
            self.void = None;
            return None;
        }
        if !(pressed || field.went_on) {
            return None;
        }
        if let Some((typed, _)) = scan::at_end(&void.reason) {
            // A scanner gives no reasons.
            void.reason.truncate(typed);
            field.response.request_focus();
            return None;
        }
        let reason = void.reason.trim();
        void.refused = reason.is_empty();
        if void.refused {
            field.response.request_focus();
            return None;
        }
        Some(Change::Patch(json!({ "void_reason": reason })))
    }
}

/// Whether the case is void by the word of kiosks alone: the office's own stands.
pub(super) fn was_voided_here(view: &CaseView) -> bool {
    let Some(intake) = view.case.intake.as_ref().filter(|_| view.intake.void_reason().is_some())
    else {
        return false;
    };
    let voids = |event: &&Event| event.wrote.iter().any(|wrote| wrote.path == "void_reason");
    let by_kiosk = |event: &Event| {
        let author = intake.authors.get(&event.change);
        author.is_some_and(|author| view.kiosks.contains_key(author))
    };
    intake.document.history().iter().filter(voids).all(by_kiosk)
}
