//! Sizes of a self-service screen, in millimetres of the glass: what a finger needs does not depend
//! on how many dots a screen has.
//!
//! Targets and gaps after EN 301 549 and ISO 9241-971's advice for public terminals: 20 mm and 6 mm,
//! keys of a keyboard 12 mm and 2 mm; text 4.9 mm (14 pt), and half as large again for whoever asks.

use eframe::egui::{FontFamily, FontId};

/// Dots per millimetre of a screen that nobody has measured: 96 to the inch.
pub const UNMEASURED: f32 = 96.0 / 25.4;
/// What a screen can have: from a projector's to a telephone's.
pub const DENSITIES: std::ops::RangeInclusive<f32> = 1.0..=20.0;
/// A bank card, in millimetres (ISO/IEC 7810, ID-1).
pub const CARD: (f32, f32) = (85.60, 53.98);

const TARGET: f32 = 20.0;
const GAP: f32 = 6.0;
const KEY: f32 = 12.0;
const KEY_GAP: f32 = 2.0;
const TEXT: f32 = 4.9;
const LARGER: f32 = 1.5;
const LETTER: f32 = 5.4;
const LARGER_LETTER: f32 = 7.0;

/// The sizes of one screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Touch {
    /// Points per millimetre.
    pub mm: f32,
    /// Whether the person asked for larger text.
    pub larger: bool,
}

impl Touch {
    /// For a screen of so many dots per millimetre, each point of egui having so many dots.
    pub fn new(dots_per_mm: f32, dots_per_point: f32, larger: bool) -> Self {
        let dots = dots_per_mm.clamp(*DENSITIES.start(), *DENSITIES.end());
        Self { mm: dots / dots_per_point.max(0.1), larger }
    }

    /// The least side of what is pressed, in points.
    pub fn target(self) -> f32 {
        TARGET * self.mm
    }

    /// Between two targets, in points.
    pub fn gap(self) -> f32 {
        GAP * self.mm
    }

    /// The least side of a key, in points.
    pub fn key(self) -> f32 {
        KEY * self.mm
    }

    /// Between two keys, in points.
    pub fn key_gap(self) -> f32 {
        KEY_GAP * self.mm
    }

    fn points(self, times: f32) -> f32 {
        let larger = if self.larger { LARGER } else { 1.0 };
        (TEXT * self.mm * times * larger).round()
    }

    /// What is read.
    pub fn text(self) -> FontId {
        FontId::new(self.points(1.0), FontFamily::Proportional)
    }

    /// What is pressed.
    pub fn button(self) -> FontId {
        FontId::new(self.points(1.0), super::strong())
    }

    /// What is asked.
    pub fn question(self) -> FontId {
        FontId::new(self.points(1.35), super::strong())
    }

    /// Letters on keys: larger ones grow less than text does, since the keys are of one size.
    pub fn letter(self) -> FontId {
        let size = if self.larger { LARGER_LETTER } else { LETTER };
        FontId::new((size * self.mm).round(), FontFamily::Proportional)
    }

    /// A number that is read from a step away.
    pub fn number(self) -> FontId {
        FontId::new(self.points(2.6), super::strong())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finger_gets_its_millimetres_on_every_screen() {
        for (dots, per_point) in [(3.78, 1.0), (5.9, 1.0), (5.9, 2.0), (12.0, 1.5)] {
            let touch = Touch::new(dots, per_point, false);
            let millimetres = |points: f32| points * per_point / dots;
            assert!((millimetres(touch.target()) - 20.0).abs() < 0.01);
            assert!((millimetres(touch.key() + touch.key_gap()) - 14.0).abs() < 0.01);
            assert!((millimetres(touch.text().size) - 4.9).abs() < 0.2);
            let larger = Touch::new(dots, per_point, true);
            assert!(larger.text().size >= touch.text().size * 1.45);
            assert!((larger.target() - touch.target()).abs() < f32::EPSILON);
        }
        assert!(Touch::new(f32::MAX, 0.0, false).target().is_finite());
    }
}
