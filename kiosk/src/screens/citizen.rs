//! Self-service screens: one question a screen, for a finger.
//!
//! Owns the frame that all of them have: the question at the top left, how to be spoken to at the
//! top right, **Back** and **Continue** at the bottom, always there and never moving. Refuses to
//! know which screen comes next.

mod ask;
mod check;
mod done;
mod languages;
mod pieces;
mod scrolled;
mod staff;
mod typed;

use beket_words::Tongue;
use eframe::egui::{
    self, Align, CentralPanel, Frame, Layout, Margin, Panel, Rect, RichText, Ui, vec2,
};

pub use ask::{Asked, ask};
pub(crate) use ask::{may_tell, turn_need};
pub use check::check;
pub use done::{Done, Paper, done, leave, still_here};
pub use languages::languages;
pub use staff::{Pad, card, desk, pad, printers};
pub(crate) use typed::{field, offers, put_at_end};

use super::Scene;
use crate::coupon::Printer;
use crate::forms::Question;
use crate::keyboard::{Desktop, Keyboard, Stroke};
use crate::languages::Say;
use crate::look::{Size, Touch};
use pieces::{Weight, contrast_button, press};
use scrolled::{More, leads_down, scrolled};

/// Rows of the largest keyboard, with offers above it.
const MOST_ROWS: f32 = 7.0;

/// From one line of text to the next, in its size.
const LINE: f32 = 1.3;

/// What somebody wants of a self-service screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// In this language, wherever they are.
    Speak(Tongue),
    /// Larger text, or no longer.
    Larger,
    /// High contrast, or no longer.
    Contrast,
    /// Back.
    Back,
    /// Go on.
    Forward,
    /// Change the answer to this question.
    Change(Question),
    /// Add somebody to those who are with them.
    AddOther,
    /// Remove one of them.
    RemoveOther(usize),
    /// What was said of somebody who is with them.
    ChangeOther(usize),
    /// One of a few was chosen.
    Chose(usize),
    /// Letters, for the field that has the focus.
    Type(Vec<Stroke>),
    /// Staff are here.
    Staff,
    /// What staff do.
    Do(StaffWish),
}

/// What staff want of their own screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffWish {
    /// Open for citizens.
    Citizens,
    /// Measure the screen.
    Card,
    /// So many hundredths of a dot a millimetre more or less.
    Density(i32),
    /// Choose a printer.
    Printers,
    /// This one.
    Printer(Printer),
    /// Print a test.
    TestPrint,
    /// Another PIN.
    Pin,
    /// Close the window.
    Close,
}

/// What a self-service screen is drawn by.
#[derive(Debug, Clone, Copy)]
pub struct Glass<'a> {
    /// State, colours, language.
    pub scene: Scene<'a>,
    /// Sizes.
    pub touch: Touch,
}

/// What a page is about, in whichever language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum About {
    /// The languages.
    Languages,
    /// This question.
    Question(Question),
    /// All answers.
    Check {
        /// They could not be kept.
        trouble: bool,
    },
    /// The number.
    Done,
    /// Whether somebody is still there.
    StillHere,
    /// Whether somebody wants to go.
    Leave,
    /// The PIN of staff.
    Pin,
    /// The size of the screen.
    Card,
    /// The printers.
    Printers,
    /// What staff can do.
    Desk,
}

/// One page.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The question.
    pub title: &'a str,
    /// What it is about: another page begins at its top.
    pub about: About,
    /// Which of how many.
    pub progress: Option<(usize, usize)>,
    /// The word on the button that leads back; none where nothing lies behind.
    pub back: Option<&'a str>,
    /// The word on the button that leads on; none where an answer leads on by itself.
    pub forward: Option<&'a str>,
}

impl Glass<'_> {
    fn say(&self, say: Say) -> &'static str {
        say.in_(self.scene.tongue)
    }

    /// Around everything.
    fn margin(&self) -> Margin {
        #[expect(clippy::cast_possible_truncation, reason = "a few dozen points")]
        let side = self.touch.gap().min(120.0) as i8;
        Margin::same(side)
    }

    /// Of a line of text: about 66 characters.
    fn most_width(&self) -> f32 {
        66.0 * self.touch.text().size * 0.55
    }

    fn panel(&self) -> Frame {
        Frame::new().fill(self.scene.look.palette.ground).inner_margin(self.margin())
    }
}

/// Draws a page; `body` draws the answer, under the id of the title that names it.
pub(super) fn page<R>(
    ui: &mut Ui,
    glass: &Glass<'_>,
    page: &Page<'_>,
    keyboard: Option<(&mut Keyboard, &Desktop<'_>)>,
    body: impl FnOnce(&mut Ui, egui::Id) -> R,
) -> (R, Option<Wish>) {
    let mut wish = None;
    // A field is no target: it may stand closer to what is pressed.
    let margin = glass.margin();
    let (third, types) = (margin.top / 3, keyboard.is_some());
    let close = Margin { top: third * 2, bottom: third, ..margin };
    let middle = Frame { inner_margin: if types { close } else { margin }, ..glass.panel() };
    let mut free = Rect::NOTHING;
    foot(ui, glass, |ui| (wish, free) = nav(ui, glass, page));
    if let Some((keyboard, desktop)) = keyboard {
        let frame = Frame { inner_margin: Margin { bottom: 0, top: 0, ..margin }, ..glass.panel() };
        // Said beforehand: what a panel only finds out shows a frame late, and a key would move.
        let panel = Panel::bottom("keyboard").exact_size(keyboard.height(desktop));
        panel.resizable(false).frame(frame).show_separator_line(false).show(ui, |ui| {
            let strokes = keyboard.ui(ui, desktop);
            if !strokes.is_empty() {
                wish = Some(Wish::Type(strokes));
            }
        });
    }
    let (title, spoken) = head(ui, glass, page.title, Some(glass.scene.tongue));
    wish = wish.or(spoken);
    let inner = CentralPanel::default().frame(middle).show(ui, |ui| {
        let more = More { free, name: glass.say(Say::MoreBelow).to_owned(), says: true };
        scrolled(ui, glass, page.about, (!types).then_some(more), |ui| body(ui, title))
    });
    (inner.inner, wish)
}

/// The bottom of every page, where what leads on and back stands.
fn foot(ui: &mut Ui, glass: &Glass<'_>, inside: impl FnOnce(&mut Ui)) {
    let margin = Margin { bottom: glass.margin().bottom / 2, ..glass.margin() };
    let frame = Frame { inner_margin: margin, ..glass.panel() };
    let height = glass.touch.target() + margin.sum().y;
    let panel = Panel::bottom("nav").exact_size(height).resizable(false);
    panel.frame(frame).show_separator_line(false).show(ui, inside);
}

/// The question, and how to be spoken to: in a language that is `spoken` already, or in none yet.
fn head(
    ui: &mut Ui,
    glass: &Glass<'_>,
    title: &str,
    spoken: Option<Tongue>,
) -> (egui::Id, Option<Wish>) {
    let name = |say: Say| match spoken {
        Some(tongue) => say.in_(tongue).to_owned(),
        None => in_all(say),
    };
    let (touch, palette) = (&glass.touch, &glass.scene.look.palette);
    let mut wish = None;
    let (over, margin) = (above(ui, glass), glass.margin());
    let top = Margin { top: margin.top / 2, bottom: 0, ..margin };
    let top = Frame { inner_margin: top, ..glass.panel() };
    let row = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = touch.gap();
        if contrast_button(ui, glass, &name(Say::Contrast)).clicked() {
            wish = Some(Wish::Contrast);
        }
        let larger = if touch.larger { Weight::Chosen } else { Weight::Quiet };
        if press(ui, glass, "Aa", &name(Say::Larger), larger).clicked() {
            wish = Some(Wish::Larger);
        }
        let others = Tongue::ALL.into_iter().rev().filter(|(tongue, _)| Some(*tongue) != spoken);
        for (tongue, name) in others.filter(|_| spoken.is_some()) {
            if press(ui, glass, &name[..short(name)], name, Weight::Quiet).clicked() {
                wish = Some(Wish::Speak(tongue));
            }
        }
        let size = vec2(ui.available_width(), touch.target());
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_height(touch.target());
            let title = RichText::new(title).font(touch.question()).color(palette.text);
            ui.add(egui::Label::new(title).wrap()).id
        })
        .inner
    };
    let panel = Panel::top("question").resizable(false).frame(top).show_separator_line(false);
    let shown = panel.show(ui, |ui| {
        ui.add_space(over);
        ui.with_layout(Layout::right_to_left(Align::TOP), row).inner
    });
    (shown.inner, wish)
}

/// In every language, where nobody has chosen one.
fn in_all(say: Say) -> String {
    Tongue::ALL.map(|(tongue, _)| say.in_(tongue)).join(" · ")
}

/// Where the first three letters of a language's name end.
fn short(name: &str) -> usize {
    name.char_indices().nth(3).map_or(name.len(), |(end, _)| end)
}

/// What leads back and on, and the room between the two.
fn nav(ui: &mut Ui, glass: &Glass<'_>, page: &Page<'_>) -> (Option<Wish>, Rect) {
    let mut wish = None;
    let row = ui.horizontal(|ui| {
        ui.set_min_height(glass.touch.target());
        if let Some(back) = page.back
            && press(ui, glass, back, back, Weight::Quiet).clicked()
        {
            wish = Some(Wish::Back);
        }
        if let Some((at, of)) = page.progress {
            ui.add_space(glass.touch.gap());
            let text = RichText::new(format!("{at} / {of}")).font(glass.touch.text());
            ui.label(text.color(glass.scene.look.palette.quiet));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            // Whoever has not seen all answers is led to them first.
            let leads = leads_down(ui, page.about);
            let weight = if leads { Weight::Quiet } else { Weight::Primary };
            if let Some(forward) = page.forward
                && press(ui, glass, forward, forward, weight).clicked()
            {
                wish = Some(Wish::Forward);
            }
            ui.available_rect_before_wrap()
        })
        .inner
    });
    (wish, row.inner)
}

/// The height that is left under this question, for an answer and the keys it is typed with, in
/// points.
pub(super) fn room(ui: &Ui, glass: &Glass<'_>, title: &str) -> f32 {
    let (touch, gap) = (&glass.touch, f32::from(glass.margin().top));
    // Two other languages, the size of the text, the contrast.
    let buttons = 4.0 * (touch.target() + touch.gap());
    let width = ui.available_width() - 2.0 * gap - buttons;
    let colour = glass.scene.look.palette.text;
    let title = ui.painter().layout(title.to_owned(), touch.question(), colour, width);
    room_under(ui, glass, title.size().y)
}

/// What the keys may take on every page, also under a question of two lines: an answer wants a line
/// of its own and three of help or trouble.
pub(super) fn room_of_keys(ui: &Ui, glass: &Glass<'_>) -> f32 {
    room_under(ui, glass, 2.4 * glass.touch.question().size) - least_answer(glass)
}

fn room_under(ui: &Ui, glass: &Glass<'_>, title: f32) -> f32 {
    let (touch, gap) = (&glass.touch, f32::from(glass.margin().top));
    let nav = touch.target() + 1.5 * gap;
    let head = title.max(touch.target()) + 0.5 * gap;
    ui.available_height() - nav - head - gap - above(ui, glass)
}

fn least_answer(glass: &Glass<'_>) -> f32 {
    field_height(glass, 1) + 3.0 * LINE * glass.touch.text().size
}

/// A field of so many rows with the space behind it, in points.
pub(super) fn field_height(glass: &Glass<'_>, rows: u8) -> f32 {
    f32::from(rows) * LINE * glass.touch.text().size + 6.0 * glass.touch.mm
}

/// On an upright glass the question stands where the hands are, not above the eyes, as far as an
/// answer and its keys leave room; in points.
fn above(ui: &Ui, glass: &Glass<'_>) -> f32 {
    let (screen, touch) = (ui.ctx().content_rect(), &glass.touch);
    if screen.height() < 1.2 * screen.width() {
        return 0.0;
    }
    let keys = MOST_ROWS * (touch.key() + touch.key_gap());
    let ends = 2.0 * touch.target() + 3.0 * f32::from(glass.margin().top);
    let free = screen.height() - ends - keys - least_answer(glass);
    free.clamp(0.0, 0.4 * screen.height())
}

/// The height of a text as it will stand on a page, in points.
pub(super) fn height_of(ui: &Ui, glass: &Glass<'_>, text: &str) -> f32 {
    let within = ui.available_width() - 2.0 * f32::from(glass.margin().left);
    let width = within.min(glass.most_width());
    let colour = glass.scene.look.palette.text;
    ui.painter().layout(text.to_owned(), glass.touch.text(), colour, width).size().y
}

/// A sentence in ordinary text over the whole width.
pub(super) fn sentence(ui: &mut Ui, glass: &Glass<'_>, text: &str) {
    let text = RichText::new(text).font(glass.touch.text()).color(glass.scene.look.palette.quiet);
    ui.allocate_ui(vec2(ui.available_width().min(glass.most_width()), 0.0), |ui| {
        ui.add(egui::Label::new(text).wrap());
    });
}

/// The smallest text of these screens, for what only staff read.
pub(super) fn small() -> egui::FontId {
    Size::Text.font()
}
