//! What staff see at a self-service kiosk: the PIN, the size of the screen, the printer, and how
//! things stand.

use beket_words::Tongue;
use eframe::egui::{Align2, Id, RichText, Sense, Stroke, TextEdit, Ui, WidgetInfo, vec2};
use eframe::egui::{Role, StrokeKind};
use zeroize::Zeroizing;

use super::pieces::{Weight, choice, field, notice, press};
use super::{About, Glass, Page, StaffWish, Wish, page, room_of_keys, sentence};
use crate::coupon::Printer;
use crate::keyboard::{Desktop, Keyboard, Keys};
use crate::languages::Say;
use crate::look::touch::CARD;
use crate::screens::ready;
use crate::widgets::Tone;

/// A PIN while it is typed.
#[derive(Default)]
pub struct Pad {
    /// What was typed.
    pub pin: Zeroizing<String>,
    /// What was typed the first time, where it is typed twice.
    pub first: Option<Zeroizing<String>>,
    /// Why it did not do.
    pub wrong: Option<Say>,
}

impl std::fmt::Debug for Pad {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pad").field("wrong", &self.wrong).finish_non_exhaustive()
    }
}

/// Asks for a PIN under a title.
pub fn pad(
    ui: &mut Ui,
    glass: &Glass<'_>,
    state: &mut Pad,
    keyboard: &mut Keyboard,
    (title, help): (Say, Option<Say>),
    back: bool,
) -> Option<Wish> {
    let shown = Page {
        title: glass.say(title),
        about: About::Pin,
        progress: None,
        back: back.then(|| glass.say(Say::Back)),
        forward: Some(glass.say(Say::Continue)),
    };
    let text = state.pin.clone();
    let desktop = Desktop {
        look: &glass.scene.look,
        touch: glass.touch,
        tongue: glass.scene.tongue,
        keys: Keys::Number(""),
        text: &text,
        offers: &[],
        room: room_of_keys(ui, glass),
    };
    let (went_on, wish) = page(ui, glass, &shown, Some((keyboard, &desktop)), |ui, title| {
        let edit = TextEdit::singleline(&mut *state.pin)
            .id(Id::unique("staff-pin"))
            .password(true)
            .char_limit(12)
            .desired_width(glass.touch.mm * 70.0);
        let went_on = field(ui, glass, edit, title, state.wrong.is_some());
        if let Some(wrong) = state.wrong {
            notice(ui, glass, Tone::Stop, glass.say(wrong));
        } else if let Some(help) = help {
            sentence(ui, glass, glass.say(help));
        }
        went_on
    });
    wish.or(went_on.then_some(Wish::Forward))
}

/// A rectangle to be made as large as a bank card.
pub fn card(ui: &mut Ui, glass: &Glass<'_>, told: Option<&str>, back: bool) -> Option<Wish> {
    let shown = Page {
        title: glass.say(Say::Card),
        about: About::Card,
        progress: None,
        back: back.then(|| glass.say(Say::Back)),
        forward: Some(glass.say(Say::Continue)),
    };
    let (chosen, wish) = page(ui, glass, &shown, None, |ui, _| {
        sentence(ui, glass, glass.say(Say::CardHelp));
        let mut chosen = None;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing = vec2(glass.touch.gap(), glass.touch.gap());
            shape(ui, glass);
            ui.vertical(|ui| {
                for row in [
                    [("−−", Say::Smaller, -25), ("++", Say::Bigger, 25)],
                    [("−", Say::Smaller, -3), ("+", Say::Bigger, 3)],
                ] {
                    ui.horizontal(|ui| {
                        for (shown, say, by) in row {
                            let name = format!("{} {shown}", glass.say(say));
                            if press(ui, glass, shown, &name, Weight::Quiet).clicked() {
                                chosen = Some(Wish::Do(StaffWish::Density(by)));
                            }
                        }
                    });
                }
            });
        });
        tell(ui, glass, told);
        chosen
    });
    wish.or(chosen)
}

/// What became of what staff did last.
fn tell(ui: &mut Ui, glass: &Glass<'_>, told: Option<&str>) {
    if let Some(told) = told {
        notice(ui, glass, Tone::Plain, told);
    }
}

/// As large as a card would be if the screen were as dense as is thought.
fn shape(ui: &mut Ui, glass: &Glass<'_>) {
    let palette = &glass.scene.look.palette;
    let size = vec2(CARD.0, CARD.1) * glass.touch.mm;
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, glass.say(Say::Card)));
    let corners = 3.0 * glass.touch.mm;
    ui.painter().rect_filled(rect, corners, palette.raised);
    let stroke = Stroke::new(2.0, palette.action);
    ui.painter().rect_stroke(rect, corners, stroke, StrokeKind::Inside);
    let middle = Align2::CENTER_CENTER;
    let text =
        if glass.scene.tongue == Tongue::En { "85.60 × 53.98 mm" } else { "85,60 × 53,98 мм" };
    ui.painter().text(rect.center(), middle, text, glass.touch.text(), palette.quiet);
}

/// The printers that were found, and none.
pub fn printers(
    ui: &mut Ui,
    glass: &Glass<'_>,
    found: &[Printer],
    told: Option<&str>,
    back: bool,
) -> Option<Wish> {
    let shown = Page {
        title: glass.say(Say::ChoosePrinter),
        about: About::Printers,
        progress: None,
        back: back.then(|| glass.say(Say::Back)),
        forward: Some(glass.say(Say::Continue)),
    };
    let set = &glass.scene.state.stand.printer;
    let (chosen, wish) = page(ui, glass, &shown, None, |ui, _| {
        ui.spacing_mut().item_spacing.y = glass.touch.gap();
        sentence(ui, glass, glass.say(Say::ChoosePrinterHelp));
        let mut chosen = None;
        let mut all = found.to_vec();
        if !all.contains(set) {
            all.insert(0, set.clone());
        }
        if !all.contains(&Printer::None) {
            all.push(Printer::None);
        }
        for printer in all {
            let words = match &printer {
                Printer::None => glass.say(Say::NoPrinting),
                Printer::Device(path) => path,
                Printer::Queue(queue) => queue,
            };
            let weight = if printer == *set { Weight::Chosen } else { Weight::Quiet };
            if choice(ui, glass, words, weight).clicked() {
                chosen = Some(Wish::Do(StaffWish::Printer(printer.clone())));
            }
        }
        if *set != Printer::None
            && press(ui, glass, glass.say(Say::TestPrint), glass.say(Say::TestPrint), Weight::Quiet)
                .clicked()
        {
            chosen = Some(Wish::Do(StaffWish::TestPrint));
        }
        tell(ui, glass, told);
        chosen
    });
    wish.or(chosen)
}

/// How things stand, and what staff can do.
pub fn desk(ui: &mut Ui, glass: &Glass<'_>, told: Option<&str>) -> Option<Wish> {
    let shown = Page {
        title: glass.say(Say::Desk),
        about: About::Desk,
        progress: None,
        back: None,
        forward: Some(glass.say(Say::ToCitizens)),
    };
    let (chosen, wish) = page(ui, glass, &shown, None, |ui, _| {
        ui.spacing_mut().item_spacing.y = glass.touch.gap();
        let mut chosen = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(glass.touch.gap(), glass.touch.gap());
            for (say, wish) in [
                (Say::ScreenSize, StaffWish::Card),
                (Say::PrinterKey, StaffWish::Printers),
                (Say::PinKey, StaffWish::Pin),
                (Say::CloseWindow, StaffWish::Close),
            ] {
                let word = glass.say(say);
                if press(ui, glass, word, word, Weight::Quiet).clicked() {
                    chosen = Some(Wish::Do(wish));
                }
            }
        });
        tell(ui, glass, told);
        for check in ready::checks(&glass.scene) {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = glass.touch.mm;
                let text = RichText::new(check.shown()).font(glass.touch.button());
                ui.label(text.color(check.tone.colours(&glass.scene.look).0));
                if !check.help.is_empty() {
                    sentence(ui, glass, &check.help);
                }
            });
        }
        chosen
    });
    match wish.or(chosen) {
        Some(Wish::Forward) => Some(Wish::Do(StaffWish::Citizens)),
        other => other,
    }
}
