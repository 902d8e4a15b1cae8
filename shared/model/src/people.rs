//! The parts of an intake: people, where they are, how they came, what they agreed to.
//!
//! Every field may be missing: in an emergency a name alone is a registration.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::field::{object_or_null, or_null};
use crate::{Date, Iin, Instant, Line, Phone};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// Each of them, in the order that a list shows.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word that stands for it in JSON and in documents.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// What a word stands for.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(word: String) -> Result<Self, String> {
                let known = || Self::ALL.iter().map(|value| value.word()).collect::<Vec<_>>();
                Self::from_word(&word)
                    .ok_or_else(|| format!("is none of these words: {}", known().join(", ")))
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.word().to_owned()
            }
        }
    };
}
pub(crate) use words;

words! {
    /// As an identity document says it.
    Sex { /// Ер, мужской.
        Male = "male", /// Әйел, женский.
        Female = "female" }
}
words! {
    /// Where a person of an incident is.
    Whereabouts {
        /// At the place where they were registered.
        Here = "here",
        /// On their way elsewhere.
        MovedOn = "moved_on",
        /// With relatives.
        WithRelatives = "with_relatives",
        /// Home again.
        Returned = "returned",
        /// Not known.
        Unknown = "unknown",
    }
}

impl Whereabouts {
    /// Of a document's value; `None` where it says none.
    pub fn of_value(value: &serde_json::Value) -> Option<Self> {
        Self::from_word(value.as_str()?)
    }

    /// Whether a child there is with those who answer for it.
    pub fn is_with_their_people(self) -> bool {
        matches!(self, Self::WithRelatives | Self::Returned)
    }

    /// Whether whoever is there has left where they were registered.
    pub fn is_gone(self) -> bool {
        self == Self::MovedOn || self.is_with_their_people()
    }
}

/// A person's name from their JSON: surname first, as people here write it; empty where none is known.
pub fn full_name(person: &serde_json::Value) -> String {
    let parts = ["family_name", "given_name", "patronymic"];
    let parts = parts.iter().filter_map(|part| person[*part].as_str());
    parts.filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(" ")
}

words! {
    /// Which way a movement goes.
    Direction { /// To this place.
        Arrival = "arrival", /// From this place.
        Departure = "departure" }
}
words! {
    /// Whether family who ask may be told where someone is.
    MayTell { /// Yes.
        Yes = "yes", /// No.
        No = "no", /// Only after asking again.
        Ask = "ask" }
}

/// The person who is registered or who appeals; in an enquiry, the one who is looked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Surname.
    pub family_name: Option<Line>,
    /// Given name.
    pub given_name: Option<Line>,
    /// Patronymic, where there is one.
    pub patronymic: Option<Line>,
    /// Individual identification number.
    pub iin: Option<Iin>,
    /// Date of birth.
    pub birth_date: Option<Date>,
    /// Age in years, where no date is known.
    pub age_years: Option<Age>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Telephone, normalised.
    pub phone: Option<Phone>,
    /// What is needed: known words are translated, others shown as written.
    #[serde(default, deserialize_with = "or_null")]
    pub needs: BTreeSet<Line>,
    /// Where the person is.
    pub whereabouts: Option<Whereabouts>,
    /// Where the person lives, as declared.
    #[serde(default, deserialize_with = "object_or_null")]
    pub address: Address,
    /// Where the person is registered as living.
    #[serde(default, deserialize_with = "object_or_null")]
    pub registration_address: Address,
    /// For a child alone.
    #[serde(default, deserialize_with = "object_or_null")]
    pub separated: Separated,
}

/// Someone of the same household.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Sorts in order of creation; a member without one is new.
    pub id: Option<Line>,
    /// What they are to the person.
    pub relation: Option<Line>,
    /// Surname.
    pub family_name: Option<Line>,
    /// Given name.
    pub given_name: Option<Line>,
    /// Patronymic, where there is one.
    pub patronymic: Option<Line>,
    /// Individual identification number.
    pub iin: Option<Iin>,
    /// Date of birth.
    pub birth_date: Option<Date>,
    /// Age in years, where no date is known.
    pub age_years: Option<Age>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Telephone, normalised.
    pub phone: Option<Phone>,
    /// What is needed.
    #[serde(default, deserialize_with = "or_null")]
    pub needs: BTreeSet<Line>,
    /// Where this member is.
    pub whereabouts: Option<Whereabouts>,
    /// For a child alone.
    #[serde(default, deserialize_with = "object_or_null")]
    pub separated: Separated,
    /// No longer of this household; what others wrote of them stays.
    #[serde(default, deserialize_with = "or_null")]
    pub removed: bool,
}

/// An age in whole years, at most 150.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Age(u8);

impl TryFrom<u64> for Age {
    type Error = &'static str;

    fn try_from(years: u64) -> Result<Self, Self::Error> {
        let age = u8::try_from(years).ok().filter(|years| *years <= 150);
        age.map(Self).ok_or("is not an age: it is a whole number of years from 0 to 150")
    }
}

impl From<Age> for u64 {
    fn from(age: Age) -> Self {
        age.0.into()
    }
}

/// A place to live.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// KATO code of the locality, 9 digits.
    pub kato: Option<Line>,
    /// Street, house, flat, as said.
    pub line: Option<Line>,
}

/// What is known of a child with no adult.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Separated {
    /// Where the child was found.
    pub found_at: Option<Line>,
    /// Who brought the child.
    pub brought_by: Option<Line>,
    /// Names and places that the child says.
    pub says: Option<Line>,
    /// Clothing and other marks.
    pub clothing: Option<Line>,
}

/// A journey.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Movement {
    /// Which way.
    pub direction: Option<Direction>,
    /// Train, bus, car, on foot.
    pub transport: Option<Line>,
    /// The train's or bus's number.
    pub number: Option<Line>,
    /// Ticket number of a passenger.
    pub ticket: Option<Line>,
    /// From where.
    pub from: Option<Line>,
    /// To where.
    pub to: Option<Line>,
    /// When.
    pub at: Option<Instant>,
    /// How the journey goes on.
    pub onward: Option<Line>,
}

/// Where someone sleeps.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// School, mosque, camp.
    pub site: Option<Line>,
    /// Bed or room.
    pub bed: Option<Line>,
}

/// What the person agreed to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Whether family may be told.
    pub may_tell_family: Option<MayTell>,
}

/// A kiosk's suggestion that another case is about the same person or household.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuggestedLink {
    /// Sorts in order of creation; a suggestion without one is new.
    pub id: Option<Line>,
    /// The other case: its id or its reference.
    pub case: Option<Line>,
    /// `same_person` or `same_household`.
    pub kind: Option<Line>,
    /// Withdrawn.
    #[serde(default, deserialize_with = "or_null")]
    pub removed: bool,
}
