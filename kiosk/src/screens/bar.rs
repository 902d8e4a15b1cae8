//! The bars of a staffed screen: the keys above, how things stand below.

use beket_wire::KnownAs;
use beket_words::moment;
use eframe::egui::{
    Align, Button, Label, Layout, RichText, Role, Stroke, Ui, Vec2, WidgetInfo, vec2,
};

use super::ready::{DISK_BYTES, SKEW_SECONDS};
use super::{Act, Scene, To};
use crate::desk::{Intent, LinkState};
use crate::languages::{Msg, ago, disk_left, sent_and_fetched, waiting};
use crate::look::{Size, TARGET, space};
use crate::widgets::{Tone, key_hint, piece};

const TARGETS: Vec2 = vec2(TARGET, TARGET);
/// What the languages, the look and a name take at the right, in points.
const RIGHT: f32 = 380.0;

/// The keys that work on every staffed screen.
pub fn keys(ui: &mut Ui, scene: &Scene<'_>, volunteer: Option<&str>) -> Option<Act> {
    let (look, tongue) = (&scene.look, scene.tongue);
    let mut act = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::TINY, 0.0);
        for (key, does, to) in [
            ("F2", Msg::NewForm, Act::Go(To::Form)),
            ("F3", Msg::SearchKey, Act::Go(To::Search)),
            ("F4", Msg::ChildKey, Act::Go(To::ChildAlone)),
            ("F8", Msg::SendKey, Act::Want(Intent::Sync)),
            ("F9", Msg::SwitchKey, Act::Go(To::Who)),
            ("F12", Msg::ReadyKey, Act::Go(To::Ready)),
        ] {
            if key_hint(ui, look, key, does.in_(tongue)).clicked() {
                act = Some(to);
            }
        }
        if ui.available_size_before_wrap().x < RIGHT {
            ui.end_row();
        }
        act = right(ui, scene, volunteer).or(act.take());
    });
    act
}

/// Where nobody works yet: the languages and the look alone.
pub fn languages(ui: &mut Ui, scene: &Scene<'_>) -> Option<Act> {
    ui.horizontal(|ui| right(ui, scene, None)).inner
}

fn right(ui: &mut Ui, scene: &Scene<'_>, volunteer: Option<&str>) -> Option<Act> {
    let (look, tongue) = (&scene.look, scene.tongue);
    let mut act = None;
    let size = vec2(ui.available_size_before_wrap().x, TARGET);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        if key_hint(ui, look, "F11", Msg::LookKey.in_(tongue)).clicked() {
            act = Some(Act::Go(To::Look));
        }
        for (other, name) in beket_words::Tongue::ALL.into_iter().rev() {
            let code = RichText::new(other.code().to_uppercase());
            let is = other == tongue;
            let code = code.font(if is { Size::Small.strong() } else { Size::Small.font() });
            let stroke = if is { Stroke::new(2.0, look.palette.action) } else { Stroke::NONE };
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
            let name = RichText::new(name).font(Size::Small.strong());
            ui.add(Label::new(name).truncate());
        }
    });
    act
}

/// How things stand, in one line.
pub fn state(ui: &mut Ui, scene: &Scene<'_>) {
    let (state, look) = (scene.state, &scene.look);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::LARGE;
        let name = format!("{} · {}", state.name, state.station);
        piece(ui, RichText::new(name).font(Size::Small.strong()));
        for (tone, text) in said(scene) {
            piece(ui, RichText::new(text).font(Size::Small.font()).color(tone.colours(look).0));
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
    said.push((Tone::Plain, last_contact(scene)));
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
