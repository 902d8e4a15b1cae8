//! What a screen must be, whatever it says: nothing beyond its edge, nothing too small to press,
//! and the same pixels wherever it is drawn.

use std::collections::BTreeMap;

use eframe::egui::accesskit::NodeId;
use eframe::egui::{Rect, Role};
use egui_kittest::SnapshotResults;
use egui_kittest::kittest::{NodeT, Queryable};

use super::tours::{PASSPHRASE, gallery, staffed};
use super::*;

/// The least side of what is pressed, in points: a staffed screen has a mouse and a keyboard.
const LEAST_SIDE: f32 = 24.0;

/// Something on the screen: what it says or is called, its place, and what of that is in sight.
pub(super) struct Piece {
    pub(super) says: String,
    pub(super) rect: Rect,
    pub(super) seen: Rect,
}

impl Piece {
    /// Whether nothing of it is missing at a side.
    pub(super) fn is_whole_across(&self) -> bool {
        let (seen, rect) = (self.seen, self.rect);
        seen.left() <= rect.left() + 0.5 && seen.right() >= rect.right() - 0.5
    }
}

/// What of every widget is in sight, by the id that a screen reader knows it by.
fn in_sight(window: &Window) -> BTreeMap<NodeId, Rect> {
    window.ctx.viewport(|viewport| {
        let all = viewport.prev_pass.widgets.layers().flat_map(|(_, widgets)| widgets);
        all.map(|one| (one.id.accesskit_id(), one.interact_rect)).collect()
    })
}

fn piece(node: &egui_kittest::Node<'_>, seen: &BTreeMap<NodeId, Rect>) -> Option<Piece> {
    let (rect, node) = (node.rect(), node.accesskit_node());
    let seen = rect.intersect(*seen.get(&node.locate().0)?);
    let says = node.label().or_else(|| node.value()).unwrap_or_default();
    Some(Piece { says, rect, seen })
}

/// Every piece of these roles whose height is in sight, as far as it is: what is scrolled away lies
/// behind what stays. What is pushed out at a side is among them.
pub(super) fn pieces(window: &Window, roles: &[Role]) -> Vec<Piece> {
    let seen = in_sight(window);
    let nodes = roles.iter().flat_map(|role| window.query_all_by_role(*role));
    let all = nodes.filter_map(|node| piece(&node, &seen));
    all.filter(|piece| piece.seen.height() > 0.0).collect()
}

/// What has the focus, if anything, wherever it is.
pub(super) fn focused(window: &Window) -> Option<Piece> {
    let here = window.root().children_recursive().find(egui_kittest::Node::is_focused)?;
    Some(piece(&here, &in_sight(window)).unwrap())
}

pub(super) fn look_over(window: &Window, what: &str) {
    let pressed = pieces(
        window,
        &[Role::Button, Role::RadioButton, Role::CheckBox, Role::TextInput, Role::ComboBox],
    );
    let texts = pieces(window, &[Role::Label]);
    assert!(!pressed.is_empty() && !texts.is_empty(), "{what}: hardly anything there");
    for piece in pressed.iter().chain(&texts) {
        let Piece { says, rect, seen } = piece;
        assert!(piece.is_whole_across(), "{what}: {says} {rect} is cut off at the side: {seen}");
    }
    for Piece { says, rect, .. } in &pressed {
        assert!(rect.width().min(rect.height()) >= LEAST_SIDE, "{what}: {says} is {rect}");
    }
    for text in &texts {
        for press in pressed.iter().filter(|press| !press.rect.contains_rect(text.rect)) {
            let both = text.seen.shrink(1.0).intersect(press.seen.shrink(1.0));
            let (a, b) = (&text.says, &press.says);
            assert!(!both.is_positive(), "{what}: {a} {} over {b} {}", text.seen, press.seen);
        }
    }
    for all in [&pressed, &texts] {
        for (at, one) in all.iter().enumerate() {
            for other in &all[at + 1..] {
                let both = one.seen.shrink(1.0).intersect(other.seen.shrink(1.0));
                let (a, b) = (&one.says, &other.says);
                assert!(!both.is_positive(), "{what}: {a} {} over {b} {}", one.seen, other.seen);
            }
        }
    }
}

/// Width, height, and how much larger than usual everything is.
pub(super) const SIZES: [(f32, f32, f32); 6] = [
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
                let least = match screen {
                    "form" | "passenger" | "child alone" => 3,
                    "nothing to save" | "saved" => 2,
                    _ => 0,
                };
                assert!(whole_rows(window) >= least, "{what}: hardly a field is in sight");
            });
        }
    }
}

/// Fields of the first column that are in sight from the upper edge to the lower.
fn whole_rows(window: &Window) -> usize {
    let fields = pieces(window, &[Role::TextInput]);
    let first = fields.iter().map(|field| field.rect.left()).fold(f32::MAX, f32::min);
    let column = fields.iter().filter(|field| field.rect.left() < first + 1.0);
    column.filter(|field| field.seen.expand(1.0).contains_rect(field.rect)).count()
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
