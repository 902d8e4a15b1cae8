//! "Ready for the field": what a kiosk should be before it is carried to a place without a network,
//! each point with its word, its shape and what to do about it.

use beket_directory::Role;
use beket_wire::KnownAs;
use eframe::egui::{RichText, ScrollArea, Ui};

use super::bar::last_contact;
use super::{Act, Scene};
use crate::desk::{Intent, SetUp, State};
use crate::languages::{Msg, capital, waiting};
use crate::look::{Size, space};
use crate::widgets::{Tone, banner, choices};

/// More than this many seconds off, and a clock is worth a word.
pub(crate) const SKEW_SECONDS: i64 = 300;
/// Less than this many bytes left, and a disk is.
pub(crate) const DISK_BYTES: u64 = 500 * 1024 * 1024;
/// The register and the keys of incidents are from the last contact; a week is how long a kiosk is
/// meant to work without one.
const CONTACT_SECONDS: u64 = 7 * 86_400;

/// One point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Good, not yet, or not at all.
    pub tone: Tone,
    /// What it is.
    pub says: String,
    /// What to do about it; empty where all is well.
    pub help: String,
}

impl Check {
    /// With its shape.
    pub fn shown(&self) -> String {
        let shape = match self.tone {
            Tone::Safe => "✓",
            Tone::Wait => "○",
            Tone::Stop => "▲",
            Tone::Plain => "·",
        };
        format!("{shape} {}", self.says)
    }
}

/// Every point, the worst of them first.
pub fn checks(scene: &Scene<'_>) -> Vec<Check> {
    let mut all = vec![admitted(scene), contact(scene), clock(scene), disk(scene), sent(scene)];
    all.extend([incident(scene), key(scene)]);
    all.sort_by_key(|check| match check.tone {
        Tone::Stop => 0,
        Tone::Wait => 1,
        Tone::Plain | Tone::Safe => 2,
    });
    // The same advice for several is given once, beneath the last of them.
    for at in 1..all.len() {
        if all[at - 1].help == all[at].help {
            all[at - 1].help.clear();
        }
    }
    all
}

/// Whether nothing stands in the way.
pub fn is_ready(scene: &Scene<'_>) -> bool {
    checks(scene).iter().all(|check| check.tone == Tone::Safe)
}

/// Minutes after which a screen may lock.
const LOCKS: [u8; 5] = [2, 5, 10, 20, 60];

/// All of it on a page of a staffed kiosk, and when its screen locks.
pub fn ui(ui: &mut Ui, scene: &Scene<'_>) -> Option<Act> {
    let mut act = None;
    let (tone, msg) =
        if is_ready(scene) { (Tone::Safe, Msg::Ready) } else { (Tone::Wait, Msg::NotReady) };
    banner(ui, &scene.look, tone, msg.in_(scene.tongue), "");
    ui.add_space(space::MEDIUM);
    ScrollArea::vertical().id_salt("ready").auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width().min(900.0));
        for check in checks(scene) {
            let colour = check.tone.colours(&scene.look).0;
            ui.label(RichText::new(check.shown()).font(Size::Text.strong()).color(colour));
            if !check.help.is_empty() {
                let help = RichText::new(&check.help).font(Size::Small.font());
                ui.label(help.color(scene.look.palette.quiet));
            }
            ui.add_space(space::SMALL);
        }
        ui.add_space(space::MEDIUM);
        let of = Msg::LockAfter.in_(scene.tongue);
        ui.label(RichText::new(of).font(Size::Small.font()).color(scene.look.palette.quiet));
        let minutes = LOCKS.map(|minutes| (minutes, minutes.to_string()));
        let chosen = Some(scene.state.stand.locks_after());
        if let Some(minutes) = choices(ui, &scene.look, of, chosen, &minutes) {
            act = Some(Act::Want(Intent::SetUp(SetUp::Lock(minutes))));
        }
    });
    act
}

fn point(scene: &Scene<'_>, tone: Tone, says: String, help: Msg) -> Check {
    let help = if tone == Tone::Safe { String::new() } else { help.in_(scene.tongue).to_owned() };
    Check { tone, says, help }
}

fn say(scene: &Scene<'_>, msg: Msg) -> String {
    msg.in_(scene.tongue).to_owned()
}

fn admitted(scene: &Scene<'_>) -> Check {
    let (tone, msg) = match scene.state.known_as {
        None => (Tone::Wait, Msg::AdmittedUnknown),
        Some(KnownAs::Admitted) => (Tone::Safe, Msg::Admitted),
        Some(_) => (Tone::Stop, Msg::NotAdmitted),
    };
    point(scene, tone, say(scene, msg), not_counted(scene.state).unwrap_or(Msg::ContactHelp))
}

/// Why what is written here does not count, where it does not.
pub(crate) fn not_counted(state: &State) -> Option<Msg> {
    match state.known_as? {
        KnownAs::Admitted => None,
        KnownAs::Held => Some(Msg::NotCountedHeld),
        KnownAs::Revoked => Some(Msg::NotCountedRevoked),
        KnownAs::Unknown => Some(Msg::NotCountedUnknown),
    }
}

fn contact(scene: &Scene<'_>) -> Check {
    let past = scene.state.last_contact.and_then(|at| scene.office_now().checked_sub(at));
    let recent = past.is_some_and(|past| past <= CONTACT_SECONDS);
    let tone = if recent { Tone::Safe } else { Tone::Wait };
    point(scene, tone, capital(&last_contact(scene)), Msg::ContactHelp)
}

fn clock(scene: &Scene<'_>) -> Check {
    match scene.skew() {
        None => point(scene, Tone::Wait, say(scene, Msg::ClockUnknown), Msg::ContactHelp),
        Some(skew) if skew.abs() > SKEW_SECONDS => {
            point(scene, Tone::Stop, capital(&say(scene, Msg::ClockWrong)), Msg::ClockHelp)
        }
        Some(_) => point(scene, Tone::Safe, say(scene, Msg::ClockRight), Msg::ClockHelp),
    }
}

fn disk(scene: &Scene<'_>) -> Check {
    match scene.state.disk_left {
        Some(left) if left < DISK_BYTES => {
            point(scene, Tone::Stop, capital(&say(scene, Msg::DiskLow)), Msg::DiskHelp)
        }
        _ => point(scene, Tone::Safe, say(scene, Msg::DiskEnough), Msg::DiskHelp),
    }
}

fn sent(scene: &Scene<'_>) -> Check {
    let state = scene.state;
    if state.aside > 0 {
        let says = format!("{}: {}", capital(&say(scene, Msg::PutAside)), state.aside);
        let each = state.asides.iter().map(|aside| {
            let why = if aside.damaged { Msg::AsideDamaged } else { Msg::AsideRefused };
            format!("{}: {}", aside.named, why.in_(scene.tongue))
        });
        let help = each.collect::<Vec<_>>().join(". ");
        return Check { tone: Tone::Stop, says, help };
    }
    if state.waiting > 0 {
        return point(scene, Tone::Wait, waiting(scene.tongue, state.waiting), Msg::WaitingHelp);
    }
    point(scene, Tone::Safe, say(scene, Msg::AllSent), Msg::WaitingHelp)
}

fn incident(scene: &Scene<'_>) -> Check {
    let open: Vec<&str> = scene.state.incidents.iter().map(|(_, name)| name.as_str()).collect();
    let says = if open.is_empty() {
        say(scene, Msg::NoIncident)
    } else {
        format!("{}: {}", say(scene, Msg::Incident), open.join(", "))
    };
    // Most years have none: that keeps nobody from going out.
    point(scene, Tone::Safe, says, Msg::ContactHelp)
}

fn key(scene: &Scene<'_>) -> Check {
    let state = scene.state;
    match state.role {
        Role::SelfService if state.stand.is_set_up() => {
            point(scene, Tone::Safe, say(scene, Msg::PinSet), Msg::PinHelp)
        }
        Role::SelfService => point(scene, Tone::Stop, say(scene, Msg::PinNotSet), Msg::PinHelp),
        Role::Staffed if state.has_no_passphrase => {
            point(scene, Tone::Wait, capital(&say(scene, Msg::NoPassphrase)), Msg::PassphraseHelp)
        }
        Role::Staffed => {
            point(scene, Tone::Safe, say(scene, Msg::PassphraseSet), Msg::PassphraseHelp)
        }
    }
}
