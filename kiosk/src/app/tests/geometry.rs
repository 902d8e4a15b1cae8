//! What a screen must be, whatever it says: nothing beyond its edge, nothing too small to press,
//! and the same pixels wherever it is drawn.

use eframe::egui::{Rect, Role};
use egui_kittest::SnapshotResults;
use egui_kittest::kittest::{NodeT, Queryable};

use super::tours::{PASSPHRASE, gallery, staffed};
use super::*;

/// The least side of what is pressed, in points: a staffed screen has a mouse and a keyboard.
const LEAST_SIDE: f32 = 24.0;

/// Everything that is pressed or typed into, with its name.
fn pressed(window: &Window) -> Vec<(String, Rect)> {
    let roles = [Role::Button, Role::RadioButton, Role::CheckBox, Role::TextInput];
    roles
        .into_iter()
        .flat_map(|role| window.query_all_by_role(role))
        .map(|node| {
            let name = node.accesskit_node().label().unwrap_or_default();
            (name, node.rect())
        })
        .collect()
}

fn look_over(window: &Window, what: &str) {
    let screen = window.ctx.content_rect();
    let mut all = pressed(window);
    // What is scrolled behind the panel of the one button that stays is out of sight.
    let save = all.iter().find(|(name, _)| name.starts_with("F10")).map(|(_, rect)| rect.top());
    let hidden = |name: &str, rect: &Rect| {
        save.is_some_and(|top| !name.starts_with("F10") && rect.bottom() > top - 8.0)
    };
    all.retain(|(name, rect)| !hidden(name, rect));
    assert!(!all.is_empty(), "{what}: hardly anything there");
    for (name, rect) in &all {
        assert!(
            rect.left() >= 0.0 && rect.right() <= screen.right() + 0.5,
            "{what}: {name} {rect}"
        );
        let visible = rect.intersect(screen);
        // What is scrolled out of sight has no height there.
        if visible.height() > 0.0 && rect.bottom() <= screen.bottom() {
            let side = rect.width().min(rect.height());
            assert!(side >= LEAST_SIDE, "{what}: {name} is {rect}");
        }
    }
    texts(window, what);
    for (at, (name, rect)) in all.iter().enumerate() {
        for (other, beside) in &all[at + 1..] {
            let both = rect.shrink(1.0).intersect(beside.shrink(1.0));
            assert!(!both.is_positive(), "{what}: {name} {rect} over {other} {beside}");
        }
    }
}

/// No text is cut off at the side, and none stands on its neighbour.
fn texts(window: &Window, what: &str) {
    let screen = window.ctx.content_rect();
    let label = |node: egui_kittest::Node<'_>| {
        (node.accesskit_node().value().unwrap_or_default(), node.rect())
    };
    let all: Vec<(String, Rect)> = window.query_all_by_role(Role::Label).map(label).collect();
    let bar = all.iter().find(|(text, _)| text.starts_with("TRK-A · "));
    let buttons = pressed(window);
    let save = buttons.iter().find(|(name, _)| name.starts_with("F10")).map(|(_, rect)| rect.top());
    // What is scrolled out of sight has no place of its own.
    let edge = save.or(bar.map(|(_, rect)| rect.top())).unwrap_or(screen.bottom());
    let seen: Vec<&(String, Rect)> =
        all.iter().filter(|(_, rect)| rect.bottom() <= edge - 8.0).collect();
    assert!(!seen.is_empty(), "{what}: hardly a word there");
    for (at, (text, rect)) in seen.iter().enumerate() {
        let inside = rect.left() >= -0.5 && rect.right() <= screen.right() + 0.5;
        assert!(inside, "{what}: {text} {rect} is cut off");
        for (other, beside) in &seen[at + 1..] {
            // What is half scrolled away lies under the words above it.
            let in_one_row = (rect.top() - beside.top()).abs() < 4.0;
            let both = rect.shrink(1.0).intersect(beside.shrink(1.0));
            let over = in_one_row && both.is_positive();
            assert!(!over, "{what}: {text} {rect} over {other} {beside}");
        }
    }
}

/// Width, height, and how much larger than usual everything is.
const SIZES: [(f32, f32, f32); 6] = [
    (1280.0, 800.0, 1.0),
    (1280.0, 800.0, 1.5),
    (1920.0, 1080.0, 1.0),
    (1920.0, 1080.0, 1.5),
    (1080.0, 1920.0, 1.0),
    (1080.0, 1920.0, 1.5),
];

#[test]
fn no_screen_is_cut_off_or_too_small_in_any_language_size_or_zoom() {
    for (width, height, zoom) in SIZES {
        for (tongue, _) in Tongue::ALL {
            let Seen { mut window, .. } = kiosk(Some(PASSPHRASE));
            window.set_size(Vec2::new(width / zoom, height / zoom));
            staffed(&mut window, tongue, |window, screen| {
                let what = format!("{screen} {} {width}x{height} {zoom}", tongue.code());
                look_over(window, &what);
                gallery(window, &what);
            });
        }
    }
}

/// A banner more or less on a screen that is kept already.
const PASSING: [&str; 5] = ["nothing to save", "saved", "evacuee", "leaving", "voiding"];

#[test]
fn each_screen_looks_as_it_was_looked_at() {
    let mut results = SnapshotResults::new();
    for (tongue, _) in Tongue::ALL {
        let Seen { mut window, .. } = kiosk(Some(PASSPHRASE));
        staffed(&mut window, tongue, |window, screen| {
            if PASSING.contains(&screen) {
                return;
            }
            window.state_mut().freeze();
            window.run_steps(2);
            window.snapshot(format!("{}-{}", screen.replace(' ', "-"), tongue.code()));
            window.state_mut().thaw();
        });
        results.extend(window.take_snapshot_results());
    }
}
