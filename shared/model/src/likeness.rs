//! Owns how alike two descriptions of a person are: a score in bits, and its reasons as data.
//!
//! Refuses to say that two people are one: a score ranks, a person decides. Refuses to word the
//! reasons, which is for whoever shows them.
//!
//! Each field that both know adds a weight after Fellegi and Sunter (1969): log2(m/u) of its level
//! of agreement, m being how often one person's two descriptions reach that level, u how often two
//! people's do. There are two kinds of two people: strangers, and relatives, who share a surname, a
//! telephone and an address as a matter of course. Both are weighed, and the score is what remains
//! against the likelier of the two.

mod digits;
mod home;
mod names;
mod odds;
mod traits;

pub use traits::{KnownNames, NamePart, Traits, TypedTraits};

use names::Level;
use odds::{Odds, Weight};

/// How far one field of two people agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// The same, however it is spelt.
    Equal,
    /// What a slip, an abbreviation, an initial or a marriage makes of the same.
    Near,
    /// Neither.
    Differs,
}

/// One field that both descriptions hold, and how far it agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Surname and given name were compared crosswise, for each stands in the other's field.
    NamesSwapped,
    /// Surname. `Near` also over -ов and -ова, and where a suffix was dropped.
    FamilyName(Agreement),
    /// Given name.
    GivenName(Agreement),
    /// The father's name, whatever suffix it has.
    Patronymic(Agreement),
    /// Individual identification number. `Near` is one digit mistyped, or the numbers of twins.
    Iin(Agreement),
    /// Date of birth. `Near` is one digit mistyped, or day and month exchanged.
    BirthDate(Agreement),
    /// Year of birth, where one of the two has no more than 1 January of it.
    BirthYear(Agreement),
    /// Age, or an age and a date of birth. `Near` is one year off.
    Age(Agreement),
    /// Sex.
    Sex(Agreement),
    /// Telephone. `Near` is one digit mistyped.
    Phone(Agreement),
    /// Street, house and flat. `Near` is the same street and house.
    Address(Agreement),
    /// Locality, where there is no house to compare.
    Locality(Agreement),
}

/// How alike two descriptions are.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// Bits: log2 of how many times likelier the two are one person's than two people's, before
    /// it is asked how rare one person's are among all that were compared. From about −33 to 30.
    pub score: f32,
    /// Every field that both hold, in the order of [`Reason`].
    pub reasons: Vec<Reason>,
}

impl Likeness {
    /// Bits from which a pair is worth a look. Surname and given name reach it with nothing
    /// against them, even with a slip in a long surname; a given name and a sex do not, nor
    /// brothers of whom no more is known than that.
    pub const WORTH_SHOWING: f32 = 9.5;

    /// Bits from which a pair is strong. Surname, given name and birth date reach it, or given
    /// name and IIN, or full name, sex and telephone; three equal names from one town do not.
    pub const STRONG: f32 = 21.0;

    /// Whether a person should look at the two.
    pub fn is_worth_showing(&self) -> bool {
        self.score >= Self::WORTH_SHOWING
    }

    /// Whether the two should come first. Never without a given name that agrees: an IIN has no
    /// check worth the name (its 11th digit is free, and twins differ in just that digit), and
    /// relatives share all the rest.
    pub fn is_strong(&self) -> bool {
        self.score >= Self::STRONG && self.given_name_agrees()
    }

    /// Whether the two look like people of one household: one telephone or one address, and no
    /// given name that makes them one person.
    pub fn same_household_hint(&self) -> bool {
        let shared = |reason: &Reason| {
            matches!(reason, Reason::Phone(Agreement::Equal) | Reason::Address(Agreement::Equal))
        };
        !self.given_name_agrees() && self.reasons.iter().any(shared)
    }

    /// The order of a list of candidates: what is worth a look first, and then by the bits.
    pub fn rank(&self, other: &Self) -> std::cmp::Ordering {
        let worth = other.is_worth_showing().cmp(&self.is_worth_showing());
        worth.then_with(|| other.score.total_cmp(&self.score))
    }

    fn given_name_agrees(&self) -> bool {
        let agrees = [Agreement::Equal, Agreement::Near].map(Reason::GivenName);
        self.reasons.iter().any(|reason| agrees.contains(reason))
    }
}

/// Compares two descriptions, in either order with one result. A field that either lacks weighs
/// nothing. Folds nothing, and allocates only the list of reasons.
pub fn likeness(one: &Traits, other: &Traits) -> Likeness {
    let mut tally = Tally { total: Weight::default(), reasons: Vec::with_capacity(10) };
    tally.names(one, other);
    tally.number_and_birth(one, other);
    let sex =
        one.sex.as_ref().zip(other.sex.as_ref()).map(|(one, other)| equal_or_not(one == other));
    tally.field(sex, &odds::SEX, Reason::Sex);
    let phone =
        one.phone.as_ref().zip(other.phone.as_ref()).map(|(one, other)| {
            digits::agreement(one.as_str().as_bytes(), other.as_str().as_bytes())
        });
    tally.field(phone, &odds::PHONE, Reason::Phone);
    tally.home(one, other);
    Likeness { score: tally.total.bits(), reasons: tally.reasons }
}

struct Tally {
    total: Weight,
    reasons: Vec<Reason>,
}

impl Tally {
    fn field(
        &mut self,
        agreement: Option<Agreement>,
        odds: &Odds,
        reason: fn(Agreement) -> Reason,
    ) {
        if let Some(agreement) = agreement {
            self.total += odds.of(agreement);
            self.reasons.push(reason(agreement));
        }
    }

    fn names(&mut self, one: &Traits, other: &Traits) {
        let straight = Names::straight(one, other);
        let crossed = Names::crossed(one, other)
            .filter(|crossed| crossed.weight.stranger > straight.weight.stranger);
        let swapped = crossed.is_some();
        let names = crossed.unwrap_or(straight);
        self.total += names.weight;
        self.reasons.extend(swapped.then_some(Reason::NamesSwapped));
        self.reasons.extend(names.family.map(|level| Reason::FamilyName(level.agreement())));
        self.reasons.extend(names.given.map(|level| Reason::GivenName(level.agreement())));
        if let Some(level) = names::level(one.patronymic.as_deref(), other.patronymic.as_deref()) {
            self.total += odds::PATRONYMIC.of(level);
            self.reasons.push(Reason::Patronymic(level.agreement()));
        }
    }

    /// An IIN mostly holds the birth date, so beside an equal one the date confirms, and counts
    /// for little.
    fn number_and_birth(&mut self, one: &Traits, other: &Traits) {
        let iin = one.iin.as_ref().zip(other.iin.as_ref()).map(|(one, other)| {
            digits::agreement(one.as_str().as_bytes(), other.as_str().as_bytes())
        });
        self.field(iin, &odds::IIN, Reason::Iin);
        if let Some((weight, reason)) = traits::birth(one, other) {
            let told = iin == Some(Agreement::Equal);
            self.total += if told { weight.at_most(odds::BIRTH_BESIDE_IIN) } else { weight };
            self.reasons.push(reason);
        }
    }

    fn home(&mut self, one: &Traits, other: &Traits) {
        let locality = one
            .kato
            .as_ref()
            .zip(other.kato.as_ref())
            .map(|(one, other)| equal_or_not(one == other));
        let home =
            one.home.as_ref().zip(other.home.as_ref()).map(|(one, other)| one.agreement(other));
        match (locality, home) {
            (Some(Agreement::Equal) | None, Some(_)) => {
                self.field(home, &odds::ADDRESS, Reason::Address);
            }
            _ => self.field(locality, &odds::LOCALITY, Reason::Locality),
        }
    }
}

/// Surname and given name of two people, compared one way.
struct Names {
    weight: Weight,
    family: Option<Level>,
    given: Option<Level>,
}

impl Names {
    fn straight(one: &Traits, other: &Traits) -> Self {
        let family = names::level(one.family.as_deref(), other.family.as_deref());
        let given = names::level(one.given.as_deref(), other.given.as_deref());
        let mut weight = family.map(|level| odds::FAMILY_NAME.of(level)).unwrap_or_default();
        weight += given.map(|level| odds::GIVEN_NAME.of(level)).unwrap_or_default();
        Self { weight, family, given }
    }

    /// Each name with the other's other one, if all that meets so agrees by more than an initial.
    /// Neither comparison is the surname's more than its fellow, so both weigh alike and both get
    /// the lesser level; a lone one proves no given name.
    fn crossed(one: &Traits, other: &Traits) -> Option<Self> {
        let there = names::level(one.family.as_deref(), other.given.as_deref());
        let back = names::level(one.given.as_deref(), other.family.as_deref());
        let family = there.max(back).filter(|level| *level <= Level::Close)?;
        let mut weight = odds::SWAPPED;
        for level in [there, back].into_iter().flatten() {
            weight += odds::GIVEN_NAME.of(level);
        }
        Some(Self { weight, family: Some(family), given: there.and(back).and(Some(family)) })
    }
}

fn equal_or_not(equal: bool) -> Agreement {
    if equal { Agreement::Equal } else { Agreement::Differs }
}

#[cfg(test)]
mod tests;
