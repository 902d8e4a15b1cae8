//! Names of things in a record's clear bytes: case, record, part, lane, scope.
//!
//! Refuses codes that a person could not read aloud over a telephone.

use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER_PERMISSIVE;
use rand::Rng;
use thiserror::Error;

/// Why a text or number names nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdError {
    /// Not the expected number of hexadecimal digits.
    #[error("expected {expected} hexadecimal digits")]
    Hex {
        /// Digits that were expected.
        expected: usize,
    },
    /// Not a station's or an incident's code.
    #[error(
        "a code has 2 to 16 of the characters A–Z, 0–9 and the hyphen, and starts with a letter"
    )]
    Scope,
}

macro_rules! bytes_id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $len]);

        impl $name {
            /// Takes bytes as they are.
            pub const fn from_bytes(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }

            /// The bytes.
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok();
                let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
                bytes.map(Self).ok_or(IdError::Hex { expected: $len * 2 })
            }
        }
    };
}

bytes_id! {
    /// Which case a record belongs to: 16 random bytes, the identity behind every reference number.
    CaseId, 16
}
bytes_id! {
    /// The address of a record: BLAKE3 of all its bytes before the signature.
    RecordId, 32
}

impl CaseId {
    /// The case of records that belong to none (directory records).
    pub const NONE: Self = Self([0; 16]);

    /// Draws a new case id.
    pub fn random(rng: &mut impl Rng) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }
}

/// A record's place in the order of its set: by its author's clock, then by address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Seconds since 1970 by the record's author.
    pub made: u32,
    /// Its address.
    pub id: RecordId,
}

/// Which document of a case a record changes, or which register it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Part {
    /// Certificates and revocations; its body is in clear, so that anyone can check them.
    Directory = 0,
    /// Bars a case id for good; its body is in clear.
    Purge = 1,
    /// What a person said.
    Intake = 2,
    /// What the office answered.
    Answer = 3,
    /// What the office notes for itself.
    Review = 4,
}

impl Part {
    /// Whether bodies of this part are sealed.
    pub fn is_sealed(self) -> bool {
        !matches!(self, Self::Directory | Self::Purge)
    }

    /// The part with this number, if there is one.
    pub fn from_u8(number: u8) -> Option<Self> {
        let parts = [Self::Directory, Self::Purge, Self::Intake, Self::Answer, Self::Review];
        parts.into_iter().find(|part| *part as u8 == number)
    }
}

/// Order of sending, first to last. In clear, so that a relay can honour it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Lane {
    /// A child alone; the directory's own certificates of the office.
    Urgent = 0,
    /// Evacuees, passengers, enquiries of an incident.
    Emergency = 1,
    /// Everything else.
    Ordinary = 2,
}

impl Lane {
    /// The lane with this number, if there is one.
    pub fn from_u8(number: u8) -> Option<Self> {
        [Self::Urgent, Self::Emergency, Self::Ordinary]
            .into_iter()
            .find(|lane| *lane as u8 == number)
    }
}

/// The code of a station (`TRK`) or an incident (`ARYS-2019`): who may hold a record.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope(String);

impl Scope {
    /// The longest code, in bytes.
    pub const MAX_BYTES: usize = 16;

    /// The scope of what concerns the office itself; no station or incident bears it.
    pub fn office() -> Self {
        Self("OFFICE".to_owned())
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Scope {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let bytes = text.as_bytes();
        let fits = (2..=Self::MAX_BYTES).contains(&bytes.len())
            && bytes[0].is_ascii_uppercase()
            && bytes.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'-');
        if fits { Ok(Self(text.to_owned())) } else { Err(IdError::Scope) }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scope({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_from_their_hex() {
        let case = CaseId::from_bytes([0xab; 16]);
        assert_eq!(case.to_string().parse::<CaseId>(), Ok(case));
        assert_eq!("ab".parse::<CaseId>(), Err(IdError::Hex { expected: 32 }));
    }

    #[test]
    fn codes_are_short_and_sayable() {
        for good in ["TRK", "ARYS-2019", "A1"] {
            assert!(good.parse::<Scope>().is_ok(), "{good}");
        }
        for bad in ["", "T", "trk", "АРЫС", "1AB", "A B", "ABCDEFGHIJKLMNOPQ"] {
            assert_eq!(bad.parse::<Scope>(), Err(IdError::Scope), "{bad}");
        }
    }

    #[test]
    fn numbers_of_parts_and_lanes_read_back() {
        for number in 0..=255 {
            assert!(Part::from_u8(number).is_none_or(|part| part as u8 == number));
            assert!(Lane::from_u8(number).is_none_or(|lane| lane as u8 == number));
        }
    }
}
