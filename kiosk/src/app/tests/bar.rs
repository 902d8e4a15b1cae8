//! The state bar, whatever stands in it: this machine's disk is not everybody's.

use beket_wire::KnownAs;
use eframe::egui::Key;

use super::geometry::{SIZES, look_over};
use super::tours::PASSPHRASE;
use super::walks::{press, type_and_enter};
use super::*;
use crate::desk::LinkState;
use crate::languages::Msg;

const GIGABYTE: u64 = 1_000_000_000;

/// Bytes left, from a full disk to the largest that is sold: each digit more is one less in the row.
fn disks() -> impl Iterator<Item = u64> {
    [0, 1, 12, 123, 1_234, 12_345].into_iter().map(|left| left * GIGABYTE)
}

/// From a kiosk that has never heard of the office to one that is talking to it.
fn links() -> [LinkState; 6] {
    [
        LinkState::Untried,
        LinkState::Talking { sent: 12_345, fetched: 6_789 },
        LinkState::InStep,
        LinkState::NotInStep,
        LinkState::NoConnection,
        LinkState::Trouble("?".to_owned()),
    ]
}

/// The least and the most that a bar has to say besides.
fn loads(state: State) -> [State; 3] {
    let worked = State { waiting: 1_234, last_contact: Some(1), ..state.clone() };
    let troubled = State {
        held: 3,
        aside: 12,
        skew: Some(-40_000),
        known_as: Some(KnownAs::Unknown),
        has_no_passphrase: true,
        ..worked.clone()
    };
    [state, worked, troubled]
}

#[test]
fn each_piece_of_the_state_stays_whole_whatever_the_others_say() {
    let Seen { mut window, .. } = kiosk(Some(PASSPHRASE));
    until(&mut window, |app| app.state.locked);
    window.get_by_label(Msg::Passphrase.in_(Tongue::Kk)).type_text(PASSPHRASE);
    press(&mut window, Key::Enter);
    until(&mut window, |app| app.staffed.is_asking_who());
    type_and_enter(&mut window, "Бауыржан Сейтқазыұлы");
    type_and_enter(&mut window, "2748");
    until(&mut window, |app| app.staffed.is_at_a_form());
    let state = State::clone(&window.state().state);
    for (width, height, zoom) in SIZES {
        window.set_size(Vec2::new(width / zoom, height / zoom));
        for (tongue, _) in Tongue::ALL {
            speak(&mut window, tongue);
            for (disk, link) in disks().flat_map(|disk| links().map(|link| (disk, link))) {
                for load in loads(state.clone()) {
                    let what = format!("{} {width}x{height} {zoom} {disk} {link:?}", tongue.code());
                    let link = link.clone();
                    window.state_mut().stand_as(|_| State { link, disk_left: Some(disk), ..load });
                    window.run_steps(2);
                    look_over(&window, &what);
                }
            }
        }
    }
}
