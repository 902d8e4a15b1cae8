//! The first screen and the last: each language in its own name.

use beket_words::Tongue;
use eframe::egui::{self, CentralPanel, Frame, Layout, Margin, Panel, Response, RichText, Ui};

use super::pieces::{Weight, choice, notice};
use super::{Glass, Wish, scrolled, small};
use crate::languages::Say;
use crate::widgets::Tone;

/// Draws it. `unfinished` where a form was begun when the power went.
pub fn languages(ui: &mut Ui, glass: &Glass<'_>, unfinished: bool) -> Option<Wish> {
    let mut wish = None;
    let (touch, palette) = (&glass.touch, &glass.scene.look.palette);
    let state = glass.scene.state;
    let frame = Frame { inner_margin: Margin { bottom: 0, ..glass.margin() }, ..glass.panel() };
    Panel::top("station").frame(frame).show_separator_line(false).show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(egui::Align::Min), |ui| {
            if staff(ui, glass).clicked() {
                wish = Some(Wish::Staff);
            }
            ui.with_layout(Layout::top_down(egui::Align::Min), |ui| {
                let what = Tongue::ALL.map(|(tongue, _)| Say::WhatFor.in_(tongue)).join(" · ");
                let what = RichText::new(what).font(touch.question());
                ui.add(egui::Label::new(what.color(palette.text)).wrap());
                let station = RichText::new(&state.station).font(touch.text());
                ui.add(egui::Label::new(station.color(palette.quiet)).wrap());
            });
        });
    });
    CentralPanel::default().frame(glass.panel()).show(ui, |ui| {
        scrolled(ui, glass, |ui| {
            ui.spacing_mut().item_spacing.y = touch.gap();
            if state.is_held_back() {
                for (tongue, _) in Tongue::ALL {
                    notice(ui, glass, Tone::Wait, Say::NotCounting.in_(tongue));
                }
            }
            if unfinished {
                for (tongue, _) in Tongue::ALL {
                    notice(ui, glass, Tone::Wait, Say::NotKept.in_(tongue));
                }
            } else {
                let all = Tongue::ALL.map(|(tongue, _)| Say::Welcome.in_(tongue)).join(" · ");
                let text = RichText::new(all).font(touch.text()).color(palette.quiet);
                ui.add(egui::Label::new(text).wrap());
            }
            for (tongue, name) in Tongue::ALL {
                if choice(ui, glass, name, Weight::Quiet).clicked() {
                    wish = Some(Wish::Speak(tongue));
                }
            }
        });
    });
    wish
}

/// The way in for staff: there, and not in the way of a finger that goes on.
fn staff(ui: &mut Ui, glass: &Glass<'_>) -> Response {
    let all = Tongue::ALL.map(|(tongue, _)| Say::Staff.in_(tongue)).join(" · ");
    let word = RichText::new(&all).font(small()).color(glass.scene.look.palette.quiet);
    let side = glass.touch.target();
    ui.add(egui::Button::new(word).frame(false).min_size(egui::vec2(side, side)))
}
