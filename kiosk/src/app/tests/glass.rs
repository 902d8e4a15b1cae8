//! What a self-service screen must be: targets of 20 mm with 6 mm between them, keys of 12 mm with
//! 2 mm, nothing cut off, the question and **Continue** never under the keyboard, at every size, in
//! every language, with ordinary and larger text.

use std::collections::BTreeMap;

use eframe::egui::{Rect, Role as AccessRole};
use egui_kittest::kittest::{NodeT, Queryable};

use super::citizens::stand;
use super::geometry::{Piece, pieces};
use super::tours::gallery;
use super::*;
use crate::desk::{Intent, SetUp};
use crate::languages::Say;
use crate::look::touch::{Touch, UNMEASURED};

/// Width and height in dots, hundredths of a dot a millimetre (`None`: nobody has measured).
const GLASSES: [(f32, f32, Option<u16>); 4] = [
    (1280.0, 800.0, None),
    (1920.0, 1080.0, None),
    (1080.0, 1920.0, None),
    // A panel of 12 inches: the smallest that self-service is for.
    (1280.0, 800.0, Some(500)),
];

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
    let tongue = window.state().tongue;
    let buttons = pieces(window, &[AccessRole::Button, AccessRole::CheckBox]);
    let fields = pieces(window, &[AccessRole::TextInput, AccessRole::MultilineTextInput]);
    let texts = pieces(window, &[AccessRole::Label]);
    assert!(buttons.len() >= 3 && !texts.is_empty(), "{what}: hardly anything there");
    for piece in buttons.iter().chain(&fields).chain(&texts) {
        let Piece { says, rect, seen } = piece;
        assert!(piece.is_whole_across(), "{what}: {says} {rect} is cut off at the side: {seen}");
    }
    for Piece { says, rect, seen } in pieces(window, &[AccessRole::Image]) {
        assert!(
            seen.expand(1.0).contains_rect(rect),
            "{what}: the code {says} {rect} is cut: {seen}"
        );
    }
    let navs = [Say::Continue, Say::Submit, Say::Finish, Say::Back].map(|say| say.in_(tongue));
    for Piece { says, rect, seen } in &buttons {
        if navs.contains(&says.as_str()) || is_key(says, tongue) {
            assert!(
                seen.expand(0.5).contains_rect(*rect),
                "{what}: {says} {rect} is cut off: {seen}"
            );
        }
        let least = if is_key(says, tongue) { 12.0 } else { 20.0 };
        let side = rect.width().min(rect.height()) / mm;
        assert!(side >= least - 0.1, "{what}: {says} has {side} mm");
    }
    for (at, one) in buttons.iter().enumerate() {
        for other in &buttons[at + 1..] {
            let keys = is_key(&one.says, tongue) && is_key(&other.says, tongue);
            let least = if keys { 2.0 } else { 5.5 };
            let apart = apart(one.seen, other.seen) / mm;
            let (a, b) = (&one.says, &other.says);
            assert!(apart >= least - 0.1, "{what}: {a} and {b} are {apart} mm apart");
        }
    }
    for field in &fields {
        for Piece { says, seen, .. } in &buttons {
            let over = seen.intersect(field.seen);
            assert!(!over.is_positive(), "{what}: {says} {seen} covers the field {}", field.seen);
        }
    }
}

/// The gap between two rectangles, along the axis where it is wider.
fn apart(one: Rect, other: Rect) -> f32 {
    let x = (other.left() - one.right()).max(one.left() - other.right());
    let y = (other.top() - one.bottom()).max(one.top() - other.bottom());
    x.max(y)
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
                let mut keyboard = None;
                let mut look = |window: &mut Window, page: &str| {
                    // A wipe gives everybody ordinary text again.
                    window.state_mut().citizen.as_mut().unwrap().larger = larger;
                    window.run_steps(3);
                    let text = if larger { "larger" } else { "ordinary" };
                    let dots = density.unwrap_or_default();
                    let code = tongue.code();
                    let what = format!("citizen {page} {code} {width}x{height} {dots} {text}");
                    look_over(window, &what, mm);
                    gallery(window, &what);
                    told_whole(window, &what, page);
                    if LETTERS.contains(&page) {
                        let keys = keys_of(window);
                        let first = keyboard.get_or_insert_with(|| keys.clone());
                        assert_eq!(*first, keys, "{what}: other keys than on the page before");
                    }
                };
                touches::appeal(&mut window, tongue, &mut look);
                touches::household(&mut window, tongue, &mut look);
                touches::nameless(&mut window, tongue, &mut look);
                touches::staff(&mut window, tongue, &mut look);
            }
        }
    }
}

/// Pages that are answered with letters.
const LETTERS: [&str; 7] =
    ["family name", "given name", "patronymic", "place", "address", "words", "other family name"];

/// How far from the top each key stands, in points; capitals and small letters are one.
fn keys_of(window: &Window) -> BTreeMap<String, String> {
    let tongue = window.state().tongue;
    let keys = pieces(window, &[AccessRole::Button]).into_iter();
    let keys = keys.filter(|key| is_key(&key.says, tongue));
    keys.map(|key| (key.says.to_lowercase(), format!("{:.0}", key.rect.top()))).collect()
}

/// Help is read whole wherever nothing is wrong, and who does not see all answers is told so.
fn told_whole(window: &Window, what: &str, page: &str) {
    let whole = |piece: &Piece| piece.seen.expand(1.0).contains_rect(piece.rect);
    let help = match page {
        "family name" | "given name" => Some(Say::AsInDocument),
        "patronymic" => Some(Say::IfNone),
        "born" | "other born" => Some(Say::BornHelp),
        "iin" => Some(Say::IinHelp),
        "wrong iin" => Some(Say::WrongIin),
        "phone" => Some(Say::PhoneHelp),
        "place" => Some(Say::PlaceHelp),
        "nameless" => Some(Say::NamelessAppeal),
        _ => None,
    };
    if let Some(help) = help.map(|help| help.in_(window.state().tongue)) {
        let mut texts = pieces(window, &[AccessRole::Label]).into_iter();
        assert!(texts.any(|text| text.says == help && whole(&text)), "{what}: {help} is not seen");
    }
    if page.starts_with("words") {
        let field = pieces(window, &[AccessRole::MultilineTextInput]).pop().unwrap();
        let citizen = window.state().citizen.as_ref().unwrap();
        let density = window.state().state.stand.dots_per_mm();
        let line = Touch::new(density, 1.0, citizen.larger).text().size;
        assert!(field.seen.height() >= 2.0 * line, "{what}: of the words hardly a line is seen");
    }
    if page.starts_with("check") {
        let tongue = window.state().tongue;
        let change = Say::Change.in_(tongue);
        let all = window.query_all_by_role(AccessRole::Button);
        let all =
            all.filter(|one| one.accesskit_node().label().is_some_and(|it| it.starts_with(change)));
        let seen = pieces(window, &[AccessRole::Button]).into_iter();
        let seen = seen.filter(|one| one.says.starts_with(change) && whole(one)).count();
        let more = window.query_by_label(Say::MoreBelow.in_(tongue)).is_some();
        assert_eq!(seen < all.count(), more, "{what}: whether there is more below");
    }
}

#[test]
fn each_page_looks_as_it_was_looked_at() {
    let Seen { mut window, .. } = stand();
    for (tongue, _) in Tongue::ALL {
        let mut look = |window: &mut Window, page: &str| {
            let again = page == "languages" && tongue != Tongue::Kk;
            if !again && !LIKE_ANOTHER.contains(&page) {
                picture(window, page);
            }
        };
        touches::appeal(&mut window, tongue, &mut look);
        touches::household(&mut window, tongue, &mut look);
        touches::nameless(&mut window, tongue, &mut look);
        touches::staff(&mut window, tongue, &mut look);
    }
}

/// Pages that differ from another one in a word or two.
const LIKE_ANOTHER: [&str; 14] = [
    "given name",
    "patronymic",
    "phone",
    "place",
    "address",
    "words",
    "given name begun",
    "other family name",
    "other born",
    "others none",
    "check nameless",
    "wrong pin",
    "choose pin",
    "repeat pin",
];

fn picture(window: &mut Window, page: &str) {
    window.state_mut().freeze();
    window.run_steps(2);
    let (page, tongue) = (page.replace(' ', "-"), window.state().tongue);
    window.snapshot(format!("citizen-{page}-{}", tongue.code()));
    window.state_mut().thaw();
}
