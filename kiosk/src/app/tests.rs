//! The whole application without a display: walked by accessible name in every language, looked at
//! as pixels that are the same on every machine, and measured for what is cut off or too small.

mod bar;
mod citizens;
mod failures;
mod geometry;
mod glass;
mod hands;
mod hurdles;
mod mended;
mod painter;
mod presses;
mod privacy;
mod shift;
mod slips;
mod touches;
mod tours;
mod waiting;
mod walks;

use std::path::Path;

use beket_directory::Role;
use beket_words::Tongue;
use eframe::egui::Vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use tempfile::TempDir;

use super::*;
use crate::fixture;

type Window = Harness<'static, App>;

/// What everybody who looks at the application by test has in hand.
struct Seen {
    folder: TempDir,
    window: Window,
}

fn kiosk(passphrase: Option<&str>) -> Seen {
    let (folder, worker, _) = fixture::kiosk(Role::Staffed, passphrase);
    drop(worker);
    let window = open(folder.path(), Vec2::new(1280.0, 800.0));
    Seen { folder, window }
}

fn open(folder: &Path, size: Vec2) -> Window {
    at(Desk::still(folder), size)
}

fn at(desk: Desk, size: Vec2) -> Window {
    Harness::builder()
        .with_size(size)
        .with_max_steps(30)
        .with_step_dt(1.0 / 60.0)
        .with_render_cursor(false)
        .renderer(painter::Painter::default())
        .build_eframe(move |creation| App::new(&creation.egui_ctx, desk))
}

/// Lets the threads work until the application looks as it should.
fn until(window: &mut Window, ready: impl Fn(&App) -> bool) {
    for _ in 0..2_000 {
        window.run_steps(2);
        if ready(window.state()) {
            window.run_steps(4);
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("it never came: {:#?}", window.state().staffed);
}

/// Lets the threads work until the screen says so.
fn until_said(window: &mut Window, words: &str) {
    for _ in 0..2_000 {
        window.run_steps(2);
        if window.query_by_label(words).is_some() {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("it never said: {words}");
}

fn speak(window: &mut Window, tongue: Tongue) {
    window.state_mut().tongue = tongue;
    window.run_steps(3);
}
