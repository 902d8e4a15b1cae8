//! The sheet that sets a kiosk up: its code as text and as squares, shown once.

use std::fmt::Write as _;

use beket_words::{Tongue, moment};
use maud::{Markup, PreEscaped, html};
use qrcode::{Color, EcLevel, QrCode};

use super::words::Line;

/// Draws it. `until` is in seconds since 1970.
pub(super) fn sheet(tongue: Tongue, station: &str, role: Line, code: &str, until: u64) -> Markup {
    let say = |line: Line| line.in_(tongue);
    html! {
        article.sheet {
            h1 { (say(Line::Sheet)) }
            p.stop role="alert" { strong { (say(Line::SheetOnce)) } " " (say(Line::SheetSecret)) }
            dl {
                dt { (say(Line::Station)) } dd { bdi { (station) } }
                dt { (say(Line::Role)) } dd { (say(role)) }
                dt { (say(Line::ValidUntil)) } dd { (moment::spoken(until.cast_signed(), tongue)) }
            }
            @if let Some(squares) = squares(code) { (squares) }
            ol { li { (say(Line::StepOne)) } li { (say(Line::StepTwo)) } li { (say(Line::StepThree)) } }
            p.code { (code) }
            p.back { a href="/kiosks" { (say(Line::Back)) } }
        }
    }
}

/// The code as squares; `None` where it is too long for them.
pub(in crate::console) fn squares(code: &str) -> Option<Markup> {
    const QUIET: usize = 4;
    let drawn = QrCode::with_error_correction_level(code, EcLevel::L).ok()?;
    let width = drawn.width();
    let mut path = String::new();
    for (at, color) in drawn.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (at % width + QUIET, at / width + QUIET);
            // Writing to a text never fails.
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    let side = width + 2 * QUIET;
    Some(html! {
        svg.squares viewBox={ "0 0 " (side) " " (side) } role="img" aria-label="QR" {
            rect.paper width=(side) height=(side) {}
            path.ink d=(PreEscaped(path)) {}
        }
    })
}
