//! The window: opens a desk and hands it to eframe.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use anyhow::{Context as _, anyhow};
use beket_directory::Role;
use eframe::egui::{Context, ViewportBuilder, vec2};

use crate::App;
use crate::desk::Desk;

const TITLE: &str = "Бекет";

/// Opens the window on a kiosk's folder; returns when it is closed.
pub(crate) fn open(folder: &Path) -> anyhow::Result<()> {
    let screen: Arc<OnceLock<Context>> = Arc::default();
    let bell = screen.clone();
    let wake = move || {
        if let Some(ctx) = bell.get() {
            ctx.request_repaint();
        }
    };
    let desk = Desk::open(folder, Arc::new(wake))?;
    let viewport = ViewportBuilder::default()
        .with_title(TITLE)
        .with_app_id("kz.beket.kiosk")
        .with_inner_size(vec2(1280.0, 800.0))
        .with_min_inner_size(vec2(800.0, 600.0));
    let viewport = match desk.state.role {
        Role::Staffed => viewport.with_maximized(true),
        Role::SelfService => viewport.with_fullscreen(true).with_decorations(false),
    };
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let start: eframe::AppCreator<'_> = Box::new(move |creation| {
        drop(screen.set(creation.egui_ctx.clone()));
        Ok(Box::new(App::new(&creation.egui_ctx, desk)))
    });
    eframe::run_native(TITLE, options, start).map_err(|error| anyhow!("{error}")).context(
        "The window could not be opened: is there a display (X11 or Wayland)? The kiosk's data is \
             safe, and its commands work without one (`kiosk --help`)",
    )
}
