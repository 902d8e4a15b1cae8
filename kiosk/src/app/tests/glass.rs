//! What a self-service screen must be: targets of 20 mm with 6 mm between them, keys of 12 mm with
//! 2 mm, nothing cut off, the question and **Continue** never under the keyboard, at every size, in
//! every language, with ordinary and larger text.

use eframe::egui::{Rect, Role as AccessRole};
use egui_kittest::kittest::{NodeT, Queryable};
use zeroize::Zeroizing;

use super::citizens::{say, stand, touch};
use super::privacy::wait;
use super::*;
use crate::app::citizen::{COUNTDOWN, PATIENCE};
use crate::desk::{Intent, SetUp};
use crate::languages::Say;
use crate::look::touch::UNMEASURED;

/// Width and height in dots, hundredths of a dot a millimetre (`None`: nobody has measured).
const GLASSES: [(f32, f32, Option<u16>); 4] = [
    (1280.0, 800.0, None),
    (1920.0, 1080.0, None),
    (1080.0, 1920.0, None),
    // A panel of 12 inches: the smallest that self-service is for.
    (1280.0, 800.0, Some(500)),
];

struct Piece {
    name: String,
    rect: Rect,
}

fn pieces(window: &Window, role: AccessRole) -> Vec<Piece> {
    let nodes = window.query_all_by_role(role);
    let piece = |node: egui_kittest::Node<'_>| Piece {
        name: node.accesskit_node().label().unwrap_or_default(),
        rect: node.rect(),
    };
    nodes.map(piece).collect()
}

/// A key is named by what it writes or does; everything else is a target.
fn is_key(name: &str, tongue: Tongue) -> bool {
    let keys = [
        Say::ShiftKey,
        Say::BackspaceKey,
        Say::SignsKey,
        Say::LettersKey,
        Say::LayoutKey,
        Say::SpaceKey,
    ];
    name.chars().count() == 1 || keys.iter().any(|key| key.in_(tongue) == name)
}

fn look_over(window: &Window, what: &str, mm: f32) {
    let screen = window.ctx.content_rect();
    let tongue = window.state().tongue;
    let buttons = pieces(window, AccessRole::Button);
    assert!(buttons.len() >= 3, "{what}: hardly anything there");
    let nav = [Say::Continue, Say::Submit, Say::Finish, Say::Back].map(|say| say.in_(tongue));
    let is_nav = |piece: &Piece| nav.contains(&piece.name.as_str());
    let navs = buttons.iter().filter(|piece| is_nav(piece));
    let edge = navs.map(|piece| piece.rect.top()).fold(screen.bottom(), f32::min);
    // What is scrolled away behind the lowest row, or half away, is scrolled to first.
    let seen = |piece: &&Piece| {
        piece.rect.bottom() <= edge - 11.5 * mm || is_nav(piece) || is_key(&piece.name, tongue)
    };
    let buttons: Vec<&Piece> = buttons.iter().filter(seen).collect();
    for Piece { name, rect } in &buttons {
        assert!(screen.expand(0.5).contains_rect(*rect), "{what}: {name} {rect} is cut off");
        let least = if is_key(name, tongue) { 12.0 } else { 20.0 };
        let side = rect.width().min(rect.height()) / mm;
        assert!(side >= least - 0.1, "{what}: {name} has {side} mm");
    }
    for (at, one) in buttons.iter().enumerate() {
        for other in &buttons[at + 1..] {
            let keys = is_key(&one.name, tongue) && is_key(&other.name, tongue);
            let least = if keys { 2.0 } else { 5.5 };
            let apart = apart(one.rect, other.rect) / mm;
            assert!(
                apart >= least - 0.1,
                "{what}: {} and {} are {apart} mm apart",
                one.name,
                other.name
            );
        }
    }
    let fields = [AccessRole::TextInput, AccessRole::MultilineTextInput];
    for field in fields.into_iter().flat_map(|role| pieces(window, role)) {
        for Piece { name, rect } in &buttons {
            let over = rect.intersect(field.rect);
            assert!(!over.is_positive(), "{what}: {name} {rect} covers the field {}", field.rect);
        }
    }
}

/// The gap between two rectangles, along the axis where it is wider.
fn apart(one: Rect, other: Rect) -> f32 {
    let x = (other.left() - one.right()).max(one.left() - other.right());
    let y = (other.top() - one.bottom()).max(one.top() - other.bottom());
    x.max(y)
}

/// Through every screen of an appeal, calling `look` at each.
fn walk(window: &mut Window, tongue: Tongue, mut look: impl FnMut(&mut Window, &str)) {
    let name = Tongue::ALL.into_iter().find(|(known, _)| *known == tongue).unwrap().1;
    look(window, "languages");
    touch(window, name);
    look(window, "purpose");
    say(window, Say::PurposeAppeal);
    look(window, "consent");
    say(window, Say::Agree);
    for screen in
        ["family name", "given name", "patronymic", "iin", "phone", "place", "address", "words"]
    {
        look(window, screen);
        let letter = match tongue {
            _ if screen == "given name" || screen == "words" => match tongue {
                Tongue::En => "A",
                _ => "А",
            },
            _ => "",
        };
        if !letter.is_empty() {
            touch(window, letter);
        }
        say(window, Say::Continue);
        window.run_steps(2);
    }
    look(window, "check");
    say(window, Say::Submit);
    until(window, |app| app.citizen.as_ref().unwrap().coupon().is_some());
    look(window, "done");
    say(window, Say::Finish);
}

#[test]
fn every_finger_finds_its_target_on_every_glass_in_every_language() {
    for (width, height, density) in GLASSES {
        let Seen { mut window, .. } = stand();
        window.set_size(Vec2::new(width, height));
        if let Some(density) = density {
            window.state().desk.want(Intent::SetUp(SetUp::Density(density)));
            until(&mut window, |app| app.state.stand.density == Some(density));
        }
        let mm = density.map_or(UNMEASURED, |density| f32::from(density) / 100.0);
        for (tongue, _) in Tongue::ALL {
            for larger in [false, true] {
                window.state_mut().citizen.as_mut().unwrap().larger = larger;
                window.run_steps(3);
                walk(&mut window, tongue, |window, screen| {
                    // A wipe gives everybody ordinary text again.
                    window.state_mut().citizen.as_mut().unwrap().larger = larger;
                    window.run_steps(3);
                    let larger = if larger { "larger" } else { "ordinary" };
                    look_over(
                        window,
                        &format!("{tongue:?} {screen} {width}×{height} {larger}"),
                        mm,
                    );
                });
            }
        }
    }
}

#[test]
fn each_page_looks_as_it_was_looked_at() {
    let Seen { mut window, .. } = stand();
    let pin = SetUp::Pin(Zeroizing::new("2748".to_owned()));
    window.state().desk.want(Intent::SetUp(pin));
    for (tongue, _) in Tongue::ALL {
        walk(&mut window, tongue, |window, screen| {
            let own = screen != "languages" || tongue == Tongue::Kk;
            if own && PICTURED.contains(&screen) {
                picture(window, screen);
            }
        });
        household(&mut window, tongue);
    }
}

/// Screens of an appeal that are kept as pictures; a coupon bears the time and is not.
const PICTURED: [&str; 7] =
    ["languages", "purpose", "consent", "family name", "iin", "words", "check"];

fn picture(window: &mut Window, screen: &str) {
    window.state_mut().freeze();
    window.run_steps(2);
    look_over(window, screen, UNMEASURED);
    let (screen, tongue) = (screen.replace(' ', "-"), window.state().tongue);
    window.snapshot(format!("citizen-{screen}-{}", tongue.code()));
}

/// The questions of a household that an appeal does not have, and whoever is still.
fn household(window: &mut Window, tongue: Tongue) {
    let name = Tongue::ALL.into_iter().find(|(known, _)| *known == tongue).unwrap().1;
    touch(window, name);
    say(window, Say::PurposeRegister);
    say(window, Say::Agree);
    let letter = if tongue == Tongue::En { "A" } else { "А" };
    touch(window, letter);
    for _ in ["family name", "given name", "patronymic", "born", "phone", "place"] {
        say(window, Say::Continue);
    }
    say(window, Say::AddPerson);
    for _ in ["family name", "given name", "born"] {
        say(window, Say::Continue);
    }
    picture(window, "others");
    say(window, Say::Continue);
    picture(window, "needs");
    say(window, Say::Continue);
    picture(window, "may tell");
    wait(window, PATIENCE + 0.5);
    picture(window, "still here");
    wait(window, COUNTDOWN);
}
