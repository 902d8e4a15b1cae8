//! The plug of the line, on the screen of a demonstration and nowhere else.

use beket_words::Tongue;
use eframe::egui::{Frame, Margin, Panel, RichText, Ui};

use crate::desk::Plug;
use crate::languages::Msg;
use crate::look::{Look, Size};
use crate::widgets::{Tone, quiet};

/// Draws it above everything else; gives whether it was put back.
pub(crate) fn plug(ui: &mut Ui, look: &Look, tongue: Tongue, plug: &Plug) -> bool {
    let (tone, says, does) = if plug.is_out() {
        (Tone::Wait, Msg::PlugOut, Msg::PutPlugBack)
    } else {
        (Tone::Plain, Msg::PlugIn, Msg::PullPlug)
    };
    let (colour, ground) = tone.colours(look);
    let frame = Frame::new().fill(ground).inner_margin(Margin::symmetric(16, 4));
    let pressed = Panel::top("plug").resizable(false).frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            let pressed = quiet(ui, look, does.in_(tongue)).clicked();
            let says = RichText::new(says.in_(tongue)).font(Size::Small.font()).color(colour);
            ui.label(says);
            pressed
        })
        .inner
    });
    if pressed.inner {
        plug.turn();
    }
    pressed.inner && !plug.is_out()
}
