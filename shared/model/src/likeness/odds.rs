//! Owns how often each level of agreement is met, and the weights that follow.
//!
//! Refuses to be a measurement. No register of duplicates was there to count: the shares are
//! estimates, written as shares so that whoever has counted can put a number right. The weights are
//! worked out when this is compiled, in whole tenths of a bit, so that every machine has the same
//! ones and a sum does not depend on its order.

use std::ops::AddAssign;

use super::Agreement;
use super::names::Level;

/// Tenths of a bit for one person against two strangers, and against two relatives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Weight {
    pub(super) stranger: i16,
    pub(super) kin: i16,
}

/// One in 2048 of the people that someone is compared with is a relative, which speaks against
/// being one: 11 bits. An incident of some thousand people and households of four or five.
const KIN_ARE_RARE: i16 = 110;

impl Weight {
    /// Bits against the likelier of the two.
    pub(super) fn bits(self) -> f32 {
        f32::from(self.stranger.min(self.kin.saturating_add(KIN_ARE_RARE))) / 10.0
    }

    pub(super) fn at_most(self, most: i16) -> Self {
        Self { stranger: self.stranger.min(most), kin: self.kin.min(most) }
    }
}

impl AddAssign for Weight {
    fn add_assign(&mut self, more: Self) {
        self.stranger = self.stranger.saturating_add(more.stranger);
        self.kin = self.kin.saturating_add(more.kin);
    }
}

/// The weights of a field.
#[derive(Debug)]
pub(super) struct Odds {
    pub(super) equal: Weight,
    pub(super) near: Weight,
    pub(super) differs: Weight,
}

impl Odds {
    pub(super) fn of(&self, agreement: Agreement) -> Weight {
        match agreement {
            Agreement::Equal => self.equal,
            Agreement::Near => self.near,
            Agreement::Differs => self.differs,
        }
    }
}

/// The weights of a name.
#[derive(Debug)]
pub(super) struct NameOdds {
    pub(super) whole: Odds,
    pub(super) close: Weight,
    pub(super) initial: Weight,
}

impl NameOdds {
    pub(super) fn of(&self, level: Level) -> Weight {
        match level {
            Level::Equal => self.whole.equal,
            Level::Near => self.whole.near,
            Level::Close => self.close,
            Level::Initial => self.initial,
            Level::Differs => self.whole.differs,
        }
    }
}

/// Shares of a level among pairs: of one person, of two strangers, of two relatives.
///
/// A relative's share is never so small that a worse level would speak more for one person than a
/// better one does: relatives who live apart are still relatives.
const fn shares(same: f64, strangers: f64, kin: f64) -> Weight {
    Weight { stranger: tenths(same / strangers), kin: tenths(same / kin) }
}

/// Ten times log2, rounded. Multiplies and halves only, which is exact everywhere.
const fn tenths(ratio: f64) -> i16 {
    let mut power = std::f64::consts::SQRT_2;
    let mut times = 0;
    while times < 10 {
        power *= ratio;
        times += 1;
    }
    let mut whole = 0;
    while power >= 2.0 {
        power /= 2.0;
        whole += 1;
    }
    while power < 1.0 {
        power *= 2.0;
        whole -= 1;
    }
    whole
}

/// One of 125 strangers has the same surname (counted as if none were common), most relatives do.
/// Women's surnames change when they marry.
pub(super) const FAMILY_NAME: NameOdds = NameOdds {
    whole: Odds {
        equal: shares(0.86, 0.008, 0.65),
        near: shares(0.05, 0.004, 0.15),
        differs: shares(0.07, 0.98, 0.18),
    },
    close: shares(0.02, 0.006, 0.02),
    initial: shares(0.97, 0.12, 0.75),
};

/// Relatives seldom share a given name, but like to rhyme it: Ерлан and Нұрлан, Хасан and Хусан.
pub(super) const GIVEN_NAME: NameOdds = NameOdds {
    whole: Odds {
        equal: shares(0.87, 0.012, 0.003),
        near: shares(0.05, 0.002, 0.01),
        differs: shares(0.04, 0.97, 0.947),
    },
    close: shares(0.04, 0.016, 0.08),
    initial: shares(0.97, 0.12, 0.15),
};

/// Brothers and sisters share a father, other relatives do not.
pub(super) const PATRONYMIC: NameOdds = NameOdds {
    whole: Odds {
        equal: shares(0.88, 0.015, 0.40),
        near: shares(0.04, 0.003, 0.02),
        differs: shares(0.05, 0.966, 0.56),
    },
    close: shares(0.03, 0.016, 0.02),
    initial: shares(0.97, 0.12, 0.50),
};

/// Names taken down in the other's field: one form in thirty, and strangers seldom match crosswise.
pub(super) const SWAPPED: Weight = Weight { stranger: -20, kin: -20 };

/// A slip reaches another's number now and then, and one in a hundred relatives is written down
/// with the wrong document in hand. A number that is near is mostly a birth date that is equal,
/// which weighs on its own, or a twin's.
pub(super) const IIN: Odds = Odds {
    equal: shares(0.96, 0.000_007_6, 0.01),
    near: shares(0.01, 0.001_25, 0.008),
    differs: shares(0.03, 0.998, 0.982),
};

/// One of some 6000 strangers, and one in a hundred relatives: twins.
pub(super) const BIRTH_DATE: Odds = Odds {
    equal: shares(0.92, 0.000_16, 0.01),
    near: shares(0.04, 0.0025, 0.012),
    differs: shares(0.03, 0.98, 0.97),
};

/// Both 1 January of one year: the customary date of whoever knows no other.
pub(super) const NEW_YEARS_DAY: Weight = shares(0.92, 0.003, 0.03);

/// A date, and 1 January of its year.
pub(super) const BIRTH_YEAR: Weight = shares(0.90, 0.10, 0.10);

/// What a birth date adds at most, in tenths of a bit, where an equal IIN has told it.
pub(super) const BIRTH_BESIDE_IIN: i16 = 10;

/// Ages are guessed, and turn over once a year.
pub(super) const AGE: Odds = Odds {
    equal: shares(0.75, 0.035, 0.06),
    near: shares(0.20, 0.06, 0.06),
    differs: shares(0.05, 0.905, 0.88),
};

/// Slips of the hand.
pub(super) const SEX: Odds = Odds {
    equal: shares(0.99, 0.5, 0.5),
    near: shares(0.99, 0.5, 0.5),
    differs: shares(0.01, 0.5, 0.5),
};

/// People give their own telephone or a relative's, and numbers change.
pub(super) const PHONE: Odds = Odds {
    equal: shares(0.70, 0.0004, 0.45),
    near: shares(0.03, 0.002, 0.02),
    differs: shares(0.27, 0.998, 0.53),
};

/// The same house, written in many ways; where one is registered and where one lives differ.
pub(super) const ADDRESS: Odds = Odds {
    equal: shares(0.60, 0.003, 0.55),
    near: shares(0.25, 0.006, 0.25),
    differs: shares(0.15, 0.99, 0.20),
};

/// An incident's people mostly come from one place.
pub(super) const LOCALITY: Odds = Odds {
    equal: shares(0.85, 0.40, 0.85),
    near: shares(0.85, 0.40, 0.85),
    differs: shares(0.15, 0.60, 0.15),
};
