//! The end: the number, as words and as squares; and the questions whether somebody is still there, and
//! whether they want to go.

use std::time::Duration;

use eframe::egui::{self, RichText, Ui, WidgetInfo};

use super::pieces::{Weight, choice, notice};
use super::{About, Glass, Page, Wish, page, sentence};
use crate::coupon::{Coupon, PrintFault, draw};
use crate::languages::Say;
use crate::widgets::Tone;

/// What has become of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// There is no printer.
    None,
    /// Under way.
    Printing,
    /// It came out.
    Out,
    /// It did not.
    Fault(PrintFault),
}

/// What was handed in, and what became of the paper.
#[derive(Debug)]
pub struct Done {
    /// The coupon.
    pub coupon: Coupon,
    /// The paper.
    pub paper: Paper,
    /// What has become of it, in words.
    pub title: Say,
}

/// A square of the code is as large as this, or as there is room for all of it, in millimetres of the
/// screen.
const SQUARE: f32 = 3.0;
const LEAST_SQUARE: f32 = 1.0;

/// So long somebody waits for paper, or it would come out in front of somebody else; in seconds.
const PAPER: f64 = 15.0;

/// Draws it; it has been there for so many seconds.
pub fn done(ui: &mut Ui, glass: &Glass<'_>, done: &Done, waited: f64) -> Option<Wish> {
    let awaited = done.paper == Paper::Printing && waited < PAPER;
    if awaited {
        ui.ctx().request_repaint_after(Duration::from_secs_f64(PAPER - waited));
    }
    let palette = &glass.scene.look.palette;
    let shown = Page {
        title: glass.say(done.title),
        about: About::Done,
        progress: None,
        back: None,
        forward: (!awaited).then(|| glass.say(Say::Finish)),
    };
    let ((), wish) = page(ui, glass, &shown, None, |ui, _| {
        ui.spacing_mut().item_spacing.y = glass.touch.mm * 3.0;
        let number = RichText::new(&done.coupon.reference).font(glass.touch.number());
        ui.label(number.color(palette.text));
        let photo = RichText::new(glass.say(Say::TakePhoto)).font(glass.touch.button());
        ui.add(egui::Label::new(photo.color(palette.text)).wrap());
        match done.paper {
            Paper::None => {}
            Paper::Printing if awaited => sentence(ui, glass, glass.say(Say::Printing)),
            Paper::Printing => notice(ui, glass, Tone::Wait, glass.say(Say::PaperLate)),
            Paper::Out => notice(ui, glass, Tone::Safe, glass.say(Say::Printed)),
            Paper::Fault(PrintFault::NoPaper) => {
                notice(ui, glass, Tone::Wait, glass.say(Say::NoPaper));
            }
            Paper::Fault(_) => notice(ui, glass, Tone::Wait, glass.say(Say::NoPrinter)),
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = glass.touch.gap();
            if let Some(squares) = done.coupon.squares() {
                let room = (ui.clip_rect().bottom() - ui.cursor().top()) / squares.whole_side();
                let side = room.clamp(LEAST_SQUARE * glass.touch.mm, SQUARE * glass.touch.mm);
                // Whole dots, or a scanner sees squares of two sizes.
                let dots = ui.pixels_per_point();
                let code = draw(ui, &squares, (side * dots).floor() / dots);
                let (role, says) = (egui::Role::Image, glass.say(Say::QrCode));
                code.widget_info(|| WidgetInfo::labeled(role, true, says));
            }
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = glass.touch.mm * 2.0;
                kept(ui, glass);
                for line in done.coupon.lines() {
                    sentence(ui, glass, &line);
                }
            });
        });
    });
    wish
}

/// Where what was handed in is, and what to say to staff.
fn kept(ui: &mut Ui, glass: &Glass<'_>) {
    let scene = &glass.scene;
    if scene.state.is_held_back() {
        notice(ui, glass, Tone::Wait, glass.say(Say::DoesNotCount));
    } else {
        let text = format!("✓ {}", glass.say(Say::ReceivedHelp));
        let text = RichText::new(text).font(glass.touch.text());
        ui.add(egui::Label::new(text.color(scene.look.palette.safe)).wrap());
    }
    // Once the two clocks were compared, the coupon bears the office's time.
    if scene.state.skew.is_none() && scene.skew().is_some() {
        notice(ui, glass, Tone::Wait, glass.say(Say::ClockInDoubt));
    }
}

/// Whether somebody wants to go, who has said something by now.
pub fn leave(ui: &mut Ui, glass: &Glass<'_>) -> Option<Wish> {
    let shown = Page {
        title: glass.say(Say::LeaveAsk),
        about: About::Leave,
        progress: None,
        back: None,
        forward: None,
    };
    let (chosen, wish) = page(ui, glass, &shown, None, |ui, _| {
        ui.spacing_mut().item_spacing.y = glass.touch.gap();
        sentence(ui, glass, glass.say(Say::LeaveHelp));
        let go_on = choice(ui, glass, glass.say(Say::GoOnAnswering), Weight::Primary).clicked();
        let delete = choice(ui, glass, glass.say(Say::DeleteAnswers), Weight::Grave).clicked();
        if delete { Some(Wish::Chose(1)) } else { go_on.then_some(Wish::Chose(0)) }
    });
    wish.or(chosen)
}

/// Whether somebody is still there; any touch says so. `left` are the seconds until all is wiped, and
/// `number` is theirs where what they wrote is on the disk.
pub fn still_here(ui: &mut Ui, glass: &Glass<'_>, left: f64, number: Option<&str>) {
    let shown = Page {
        title: glass.say(Say::StillHere),
        about: About::StillHere,
        progress: None,
        back: None,
        forward: Some(glass.say(Say::StayHere)),
    };
    page(ui, glass, &shown, None, |ui, _| {
        let help = if number.is_some() { Say::StillHereDone } else { Say::StillHereHelp };
        sentence(ui, glass, glass.say(help));
        if let Some(number) = number {
            // Whoever is copying it by hand touches nothing.
            let number = RichText::new(number).font(glass.touch.number());
            ui.label(number.color(glass.scene.look.palette.text));
        }
        ui.add_space(glass.touch.gap());
        let left = format!("{:.0}\u{a0}{}", left.ceil(), glass.say(Say::Seconds));
        let left = RichText::new(left).font(glass.touch.number());
        ui.label(left.color(glass.scene.look.palette.wait));
    });
}
