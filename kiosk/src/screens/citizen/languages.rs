//! The first screen and the last: each language in its own name.

use beket_words::Tongue;
use eframe::egui::{self, Align, CentralPanel, Label, Layout, Rect, Response, RichText, Ui};

use super::pieces::{language, notice};
use super::{About, Glass, More, Wish, foot, head, in_all, scrolled, small};
use crate::languages::Say;
use crate::widgets::Tone;

/// Draws it. `unfinished` where a form was begun when the power went.
pub fn languages(ui: &mut Ui, glass: &Glass<'_>, unfinished: bool) -> Option<Wish> {
    let mut wish = None;
    let state = glass.scene.state;
    let mut free = Rect::NOTHING;
    foot(ui, glass, |ui| {
        ui.horizontal(|ui| {
            if staff(ui, glass).clicked() {
                wish = Some(Wish::Staff);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let station = RichText::new(&state.station).font(glass.touch.text());
                ui.add(Label::new(station.color(glass.scene.look.palette.quiet)).wrap());
                free = ui.available_rect_before_wrap();
            });
        });
    });
    let (_, spoken) = head(ui, glass, &in_all(Say::Welcome), None);
    let chosen = CentralPanel::default().frame(glass.panel()).show(ui, |ui| {
        let more = More { free, name: in_all(Say::MoreBelow), says: false };
        scrolled(ui, glass, About::Languages, Some(more), |ui| {
            ui.spacing_mut().item_spacing.y = glass.touch.gap();
            let told = [(state.is_held_back(), Say::NotCounting), (unfinished, Say::NotKept)];
            for (_, say) in told.into_iter().filter(|(is, _)| *is) {
                for (tongue, _) in Tongue::ALL {
                    notice(ui, glass, Tone::Wait, say.in_(tongue));
                }
            }
            let mut chosen = None;
            for (tongue, name) in Tongue::ALL {
                if language(ui, glass, name, Say::WhatFor.in_(tongue)).clicked() {
                    chosen = Some(Wish::Speak(tongue));
                }
            }
            chosen
        })
    });
    wish.or(spoken).or(chosen.inner)
}

/// The way in for staff: there, and not in the way of a finger that goes on.
fn staff(ui: &mut Ui, glass: &Glass<'_>) -> Response {
    let all = in_all(Say::Staff);
    let word = RichText::new(&all).font(small()).color(glass.scene.look.palette.quiet);
    let side = glass.touch.target();
    ui.add(egui::Button::new(word).frame(false).min_size(egui::vec2(side, side)))
}
