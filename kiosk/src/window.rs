//! The window: opens a desk and hands it to eframe.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use anyhow::{Context as _, anyhow};
use beket_directory::Role;
use eframe::egui::{Context, ViewportBuilder, ViewportCommand, vec2};

use crate::App;
use crate::app::NAME;
use crate::desk::Desk;

/// Opens the window on a kiosk's folder, with the plug of its line on the screen or without; returns
/// when it is closed.
pub(crate) fn open(folder: &Path, plug: bool) -> anyhow::Result<()> {
    let screen: Arc<OnceLock<Context>> = Arc::default();
    let bell = screen.clone();
    let wake = move || {
        if let Some(ctx) = bell.get() {
            ctx.request_repaint();
        }
    };
    let desk = Desk::open(folder, Arc::new(wake))?;
    let viewport = ViewportBuilder::default()
        .with_title(NAME)
        .with_app_id("kz.beket.kiosk")
        .with_inner_size(vec2(1180.0, 720.0))
        .with_min_inner_size(vec2(800.0, 600.0));
    let role = desk.state.role;
    let viewport = match role {
        Role::Staffed => viewport,
        Role::SelfService => viewport.with_fullscreen(true).with_decorations(false),
    };
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let start: eframe::AppCreator<'_> = Box::new(move |creation| {
        drop(screen.set(creation.egui_ctx.clone()));
        if role == Role::Staffed {
            // Asked for before it is there, some window managers pass it over.
            creation.egui_ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
        }
        let app = App::new(&creation.egui_ctx, desk);
        Ok(Box::new(if plug { app.with_plug() } else { app }))
    });
    eframe::run_native(NAME, options, start).map_err(|error| anyhow!("{error}")).context(
        "The window could not be opened: is there a display (X11 or Wayland)? The kiosk's data is \
             safe, and its commands work without one (`kiosk --help`)",
    )
}
