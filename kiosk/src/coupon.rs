//! The coupon: what a person takes away as proof that they were heard.
//!
//! Says what the law asks of one (АППК, article 64): a number of its own, date and time, and who
//! received it. Refuses to say anything that the person wrote.

mod paper;
mod printer;

use beket_words::{Term, Tongue, moment};
use qrcode::{Color, EcLevel, QrCode};

pub(crate) use paper::draw;
pub use paper::{Paper, pdf};
pub(crate) use printer::found;
pub use printer::{PrintFault, Printer, print};

use crate::languages::{Say, capital};

/// A coupon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coupon {
    /// The number that people say.
    pub reference: String,
    /// Seconds since 1970, as the record bears it.
    pub taken_at: u64,
    /// The station as people call it.
    pub station: String,
    /// The kiosk that received it: `TRK-B`.
    pub kiosk: String,
    /// The person's language.
    pub tongue: Tongue,
}

/// Dark and light squares, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Squares {
    /// Squares on a side.
    pub side: usize,
    /// Whether each is dark.
    pub dark: Vec<bool>,
}

/// A scanner wants so many squares of light around the code (ISO/IEC 18004).
const LIGHT: usize = 4;

impl Squares {
    /// Squares on a side, those of light included.
    pub fn whole_side(&self) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a few dozen squares")]
        let side = (self.side + 2 * LIGHT) as f32;
        side
    }
}

impl Coupon {
    /// The number as squares that a scanner reads; `None` for what is no number of ours.
    pub fn squares(&self) -> Option<Squares> {
        let code = QrCode::with_error_correction_level(&self.reference, EcLevel::M).ok()?;
        let dark = code.to_colors().into_iter().map(|colour| colour == Color::Dark).collect();
        Some(Squares { side: code.width(), dark })
    }

    /// What stands beneath the number, line by line.
    pub fn lines(&self) -> [String; 3] {
        let at = moment::spoken(i64::try_from(self.taken_at).unwrap_or(0), self.tongue);
        let by = Say::ReceivedBy.in_(self.tongue);
        let station = capital(Term::Station.in_(self.tongue));
        [
            format!("{}: {at}", Say::ReceivedOn.in_(self.tongue)),
            format!("{station}: {}", self.station),
            format!("{by}: {}", self.kiosk),
        ]
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn coupon(tongue: Tongue) -> Coupon {
        Coupon {
            reference: "TRK-A-0001-Z".to_owned(),
            taken_at: 1_561_389_120,
            station: "Түркістан".to_owned(),
            kiosk: "TRK-A".to_owned(),
            tongue,
        }
    }

    #[test]
    fn a_coupon_says_number_moment_place_and_who_received_it() {
        let said = coupon(Tongue::Ru).lines();
        assert_eq!(said[0], "Принято: 24 июня 2019 г., 21:12");
        assert_eq!(said[1], "Станция: Түркістан");
        assert_eq!(said[2], "Принял киоск: TRK-A");
    }

    #[test]
    fn its_squares_have_the_three_corners_that_a_scanner_looks_for() {
        let squares = coupon(Tongue::Kk).squares().unwrap();
        let at = |x: usize, y: usize| squares.dark[y * squares.side + x];
        let last = squares.side - 1;
        for (x, y) in [(0, 0), (last, 0), (0, last)] {
            assert!(at(x, y), "{x} {y}");
        }
        assert!(!at(last - 7, 0) && !at(0, last - 7));
        assert_eq!(squares.dark.len(), squares.side * squares.side);
    }
}
