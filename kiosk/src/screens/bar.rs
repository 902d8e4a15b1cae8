//! The bars of a staffed screen: the keys above, how things stand below.

use beket_wire::KnownAs;
use beket_words::{Tongue, moment};
use eframe::egui::{
    Align, Button, Color32, FontId, Label, Layout, RichText, Role, Stroke, Ui, Vec2, WidgetInfo,
    vec2,
};

use super::ready::{DISK_BYTES, SKEW_SECONDS};
use super::{Act, Scene, To};
use crate::desk::{Intent, LinkState};
use crate::languages::{Msg, ago, disk_left, sent_and_fetched, waiting};
use crate::look::{Size, TARGET, space};
use crate::widgets::{Tone, key_hint, key_width, piece};

const TARGETS: Vec2 = vec2(TARGET, TARGET);
/// What the languages, the look and a name take at the right, in points.
const RIGHT: f32 = 400.0;
/// A longer name is shortened; in points.
const NAME: f32 = 140.0;
/// The height of how things stand, where nothing else is beside it.
const LINE: f32 = 28.0;

/// The keys that work on every screen of a volunteer who is known.
fn every() -> [(&'static str, Msg, Act); 6] {
    [
        ("F2", Msg::NewForm, Act::Go(To::Form)),
        ("F3", Msg::SearchKey, Act::Go(To::Search)),
        ("F4", Msg::ChildKey, Act::Go(To::ChildAlone)),
        ("F8", Msg::SendKey, Act::Want(Intent::Sync)),
        ("F9", Msg::SwitchKey, Act::Go(To::Who)),
        ("F12", Msg::ReadyKey, Act::Go(To::Ready)),
    ]
}

/// Whether the volunteer, the languages and the look have no room beside the keys: they stand below
/// then, beside how things are, for the form needs every row. They stand in one place in every
/// language.
pub fn is_narrow(ui: &Ui) -> bool {
    let keys = |tongue| {
        let widths =
            every().map(|(key, does, _)| key_width(ui, key, does.in_(tongue)) + space::TINY);
        widths.iter().sum::<f32>()
    };
    let widest = Tongue::ALL.map(|(tongue, _)| keys(tongue)).into_iter().fold(0.0, f32::max);
    widest + RIGHT > ui.ctx().content_rect().width()
}

/// The keys, once it is known who works.
pub fn keys(ui: &mut Ui, scene: &Scene<'_>) -> Option<Act> {
    let mut act = None;
    for (key, does, to) in every() {
        if key_hint(ui, &scene.look, key, does.in_(scene.tongue)).clicked() {
            act = Some(to);
        }
    }
    act
}

/// Who works, the languages and the look, at the right of whatever row it is.
pub fn right(ui: &mut Ui, scene: &Scene<'_>, volunteer: Option<&str>) -> Option<Act> {
    let (look, tongue) = (&scene.look, scene.tongue);
    let mut act = None;
    let size = vec2(ui.available_size_before_wrap().x, TARGET);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::TINY;
        if key_hint(ui, look, "F11", Msg::LookKey.in_(tongue)).clicked() {
            act = Some(Act::Go(To::Look));
        }
        for (other, name) in Tongue::ALL.into_iter().rev() {
            let code = RichText::new(other.code().to_uppercase());
            let is = other == tongue;
            let code = code.font(if is { Size::Small.strong() } else { Size::Small.font() });
            let stroke = Stroke::new(look.palette.line + 1.0, look.palette.action);
            let stroke = if is { stroke } else { Stroke::NONE };
            let button = Button::new(code).fill(look.palette.raised).stroke(stroke);
            let button = button.corner_radius(look.corners()).min_size(TARGETS);
            let response = ui.add(button);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
            if response.clicked() {
                act = Some(Act::Go(To::Speak(other)));
            }
        }
        if let Some(name) = volunteer {
            ui.add_space(space::SMALL);
            let room = ui.available_width().min(NAME);
            let size = vec2(width_of(ui, name, Size::Small.strong()).ceil().min(room), TARGET);
            let name = RichText::new(name).font(Size::Small.strong());
            ui.add_sized(size, Label::new(name).truncate());
        }
    });
    act
}

fn width_of(ui: &Ui, text: &str, font: FontId) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
}

/// How things stand.
pub fn state(ui: &mut Ui, scene: &Scene<'_>) {
    said_in(ui, scene, LINE);
}

/// How things stand, beside what has no room above.
pub fn state_and_right(ui: &mut Ui, scene: &Scene<'_>, volunteer: Option<&str>) -> Option<Act> {
    let size = vec2(ui.available_width(), TARGET);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Min), |ui| {
        let act = right(ui, scene, volunteer);
        ui.add_space(space::LARGE);
        said_in(ui, scene, TARGET);
        act
    })
    .inner
}

/// In one line of this height, or else in several as close together as in a text.
fn said_in(ui: &mut Ui, scene: &Scene<'_>, line: f32) {
    let name = format!("{} · {}", scene.state.name, scene.state.station);
    let mut all = vec![(name, Size::Small.strong(), scene.look.palette.text)];
    all.extend(said(scene).into_iter().map(|(tone, text)| {
        let colour = tone.colours(&scene.look).0;
        (text, Size::Small.font(), colour)
    }));
    let widths: Vec<f32> =
        all.iter().map(|(text, font, _)| width_of(ui, text, font.clone())).collect();
    let room = ui.available_width();
    let together: f32 = widths.iter().map(|one| one + space::LARGE).sum();
    let height = if together <= room + space::LARGE { line } else { 0.0 };
    let row = Layout::left_to_right(Align::Center).with_main_wrap(true);
    ui.allocate_ui_with_layout(vec2(room, height), row, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::LARGE, 2.0);
        ui.spacing_mut().interact_size.y = height;
        for ((text, font, colour), width) in all.into_iter().zip(widths) {
            let text = RichText::new(text).font(font).color(colour);
            if width <= room {
                piece(ui, text);
                continue;
            }
            // What is longer than a row has rows of its own.
            ui.end_row();
            ui.vertical(|ui| ui.add(Label::new(text).wrap()));
            ui.end_row();
        }
    });
}

/// Each piece of the state with what it means.
fn said(scene: &Scene<'_>) -> Vec<(Tone, String)> {
    let (state, tongue) = (scene.state, scene.tongue);
    let word = |msg: Msg| msg.in_(tongue).to_owned();
    let mut said = vec![link(scene)];
    if state.waiting > 0 {
        said.push((Tone::Wait, format!("○ {}", waiting(tongue, state.waiting))));
    }
    let not_counted = state.known_as.is_some_and(|known| known != KnownAs::Admitted);
    if state.held > 0 || not_counted {
        said.push((Tone::Wait, format!("■ {}", word(Msg::HeldBack))));
    }
    if state.aside > 0 {
        said.push((Tone::Stop, format!("▲ {}: {}", word(Msg::PutAside), state.aside)));
    }
    if state.last_contact.is_some() {
        said.push((Tone::Plain, last_contact(scene)));
    }
    if let Some(skew) = scene.skew().filter(|skew| skew.abs() > SKEW_SECONDS) {
        let theirs = i64::try_from(scene.now).unwrap_or(0).saturating_add(skew);
        let theirs = moment::spoken(theirs, tongue);
        said.push((Tone::Stop, format!("▲ {} ({theirs})", word(Msg::ClockWrong))));
    }
    match state.disk_left {
        Some(left) if left < DISK_BYTES => {
            said.push((Tone::Stop, format!("▲ {}", word(Msg::DiskLow))));
        }
        Some(left) => said.push((Tone::Plain, disk_left(tongue, left))),
        None => {}
    }
    if state.has_no_passphrase {
        said.push((Tone::Plain, word(Msg::NoPassphrase)));
    }
    said
}

/// When the office last answered.
pub(super) fn last_contact(scene: &Scene<'_>) -> String {
    let word = |msg: Msg| msg.in_(scene.tongue);
    match scene.state.last_contact {
        Some(at) => {
            // Of a clock that was set back, "just now" would be untrue.
            let past = scene.office_now().checked_sub(at).map(|past| ago(scene.tongue, past));
            let at = || moment::spoken(i64::try_from(at).unwrap_or(0), scene.tongue);
            format!("{}: {}", word(Msg::LastContact), past.unwrap_or_else(at))
        }
        None => word(Msg::NeverContact).to_owned(),
    }
}

fn link(scene: &Scene<'_>) -> (Tone, String) {
    let word = |msg: Msg| msg.in_(scene.tongue);
    match &scene.state.link {
        LinkState::Untried => (Tone::Plain, format!("… {}", word(Msg::LinkUntried))),
        LinkState::Talking { sent, fetched } => {
            let counts = sent_and_fetched(scene.tongue, *sent, *fetched);
            (Tone::Plain, format!("↔ {} · {counts}", word(Msg::LinkTalking)))
        }
        LinkState::InStep => (Tone::Safe, format!("● {}", word(Msg::LinkInStep))),
        LinkState::NotInStep => (Tone::Wait, format!("○ {}", word(Msg::LinkNotInStep))),
        LinkState::NoConnection => (Tone::Wait, format!("× {}", word(Msg::LinkNone))),
        LinkState::Trouble(_) => (Tone::Stop, format!("▲ {}", word(Msg::LinkTrouble))),
    }
}
