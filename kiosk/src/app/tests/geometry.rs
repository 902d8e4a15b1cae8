//! What a screen must be, whatever it says: nothing beyond its edge, nothing too small to press,
//! and the same pixels wherever it is drawn.

use eframe::egui::{Key, Rect, Role};
use egui_kittest::kittest::{NodeT, Queryable};

use super::walks::enter;
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
    assert!(all.len() >= 3, "{what}: hardly anything there");
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
    for (at, (name, rect)) in all.iter().enumerate() {
        for (other, beside) in &all[at + 1..] {
            let both = rect.shrink(1.0).intersect(beside.shrink(1.0));
            assert!(!both.is_positive(), "{what}: {name} {rect} over {other} {beside}");
        }
    }
}

const SIZES: [(f32, f32, f32); 4] =
    [(1280.0, 800.0, 1.0), (1920.0, 1080.0, 1.0), (1080.0, 1920.0, 1.0), (1920.0, 1200.0, 1.5)];

#[test]
fn no_form_is_cut_off_or_too_small_in_any_language_size_or_zoom() {
    for (width, height, zoom) in SIZES {
        let Seen { mut window, .. } = kiosk(None);
        window.set_size(Vec2::new(width / zoom, height / zoom));
        enter(&mut window);
        for (tongue, _) in Tongue::ALL {
            speak(&mut window, tongue);
            for key in [Key::F2, Key::F6, Key::F4, Key::F3, Key::F9] {
                window.key_press(key);
                window.run_steps(4);
                if key != Key::F3 {
                    look_over(&window, &format!("{tongue:?} {key:?} {width}×{height} {zoom}"));
                }
            }
            let pin = crate::languages::Msg::Pin.in_(tongue);
            window.get_by_role_and_label(Role::Button, "Айгүл").click();
            window.run_steps(3);
            window.get_by_label(pin).type_text("2748");
            window.key_press(Key::Enter);
            until(&mut window, |app| app.staffed.is_at_a_form());
        }
    }
}

/// A household of two and a child alone are registered; gives how the first is found.
fn registered(window: &mut Window) {
    for (key, texts) in [(Key::F2, ["Смағұлова", "Айгүл"]), (Key::F4, ["2-перрон", "полиция"])]
    {
        let before = window.state().staffed.last_saved().map(str::to_owned);
        window.key_press(key);
        window.run_steps(3);
        for text in texts {
            window.event(egui::Event::Text(text.to_owned()));
            window.run_steps(1);
            window.key_press(Key::Enter);
            window.run_steps(3);
        }
        window.key_press(Key::F10);
        until(window, |app| {
            app.staffed.last_saved().is_some_and(|now| Some(now) != before.as_deref())
        });
    }
}

#[test]
fn neither_search_nor_case_nor_readiness_is_cut_off_or_too_small() {
    for (width, height, zoom) in SIZES {
        let Seen { mut window, .. } = kiosk(None);
        window.set_size(Vec2::new(width / zoom, height / zoom));
        enter(&mut window);
        registered(&mut window);
        for (tongue, _) in Tongue::ALL {
            speak(&mut window, tongue);
            window.key_press(Key::F3);
            until(&mut window, |app| app.staffed.has_found(2));
            look_over(&window, &format!("{tongue:?} search {width}×{height} {zoom}"));
            window.key_press(Key::Enter);
            until(&mut window, |app| app.staffed.has_a_case_open());
            look_over(&window, &format!("{tongue:?} case {width}×{height} {zoom}"));
            window.key_press(Key::F12);
            window.run_steps(3);
            look_over(&window, &format!("{tongue:?} ready {width}×{height} {zoom}"));
        }
    }
}

#[test]
fn each_screen_looks_as_it_was_looked_at() {
    let Seen { mut window, .. } = kiosk(None);
    enter(&mut window);
    for (tongue, _) in Tongue::ALL {
        speak(&mut window, tongue);
        window.state_mut().freeze();
        window.run_steps(2);
        window.snapshot(format!("form-{}", tongue.code()));
    }
    window.state_mut().thaw();
    registered(&mut window);
    for (tongue, _) in Tongue::ALL {
        speak(&mut window, tongue);
        for (key, screen) in [(Key::F3, "search"), (Key::F12, "ready"), (Key::F9, "who")] {
            window.key_press(key);
            window.run_steps(3);
            if screen == "search" {
                until(&mut window, |app| app.staffed.has_found(2));
            }
            window.state_mut().freeze();
            window.run_steps(2);
            window.snapshot(format!("{screen}-{}", tongue.code()));
            window.state_mut().thaw();
        }
        window.event(egui::Event::Text("2748".to_owned()));
        window.run_steps(2);
        window.key_press(Key::Enter);
        until(&mut window, |app| app.staffed.is_at_a_form());
    }
}
