//! Owns the reference a person takes home and can say over a phone: `TRK-B-0417-3`.
//!
//! Refuses to be identity: a copied disk can give two cases one reference, and the case id decides.
//!
//! Station code, kiosk letter, the kiosk's counter and a check character of ISO 7064 MOD 37,36 over
//! all that comes before it, dashes left out. One wrong character is always caught. So are two
//! neighbours that changed places, except, once in 36, two that follow each other in `0…9A…Z0`.
//! Where the dashes stand is not covered.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A station's short code: 2 to 8 of `A`–`Z` and `0`–`9`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StationCode(String);

/// Why a text is not a station's code.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("A station's code is 2 to 8 Latin letters and digits, such as TRK; please check “{0}”.")]
pub struct StationCodeError(String);

impl StationCode {
    /// Reads a code in either case, with Cyrillic letters for the Latin ones they look like.
    pub fn parse(text: &str) -> Result<Self, StationCodeError> {
        let code = latin_capitals(text.trim());
        if (2..=8).contains(&code.len()) && code.bytes().all(|b| value(b).is_some()) {
            Ok(Self(code))
        } else {
            Err(StationCodeError(text.to_owned()))
        }
    }

    /// The code in capitals.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What tells the kiosks of one station apart: `A` to `Z`, then `AA` to `ZZ`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KioskLetter(String);

/// Why a text is not a kiosk's letter.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("A kiosk is named by one or two Latin letters, such as B; please check “{0}”.")]
pub struct KioskLetterError(String);

impl KioskLetter {
    /// Reads a letter or two in either case, with Cyrillic ones for the Latin they look like.
    pub fn parse(text: &str) -> Result<Self, KioskLetterError> {
        let letters = latin_capitals(text.trim());
        if (1..=2).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase()) {
            Ok(Self(letters))
        } else {
            Err(KioskLetterError(text.to_owned()))
        }
    }

    /// The name of a station's kiosk number `index`, counted from 0; `None` after the 702 there are.
    pub fn nth(index: u32) -> Option<Self> {
        let letter = |n: u32| u8::try_from(n).ok().map(|n| char::from(b'A' + n));
        match index {
            0..26 => Some(Self(letter(index)?.to_string())),
            26..702 => Some(Self(format!("{}{}", letter(index / 26 - 1)?, letter(index % 26)?))),
            _ => None,
        }
    }

    /// The letter or letters, in capitals.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A case's reference; ordered by station, kiosk and counter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference {
    station: StationCode,
    kiosk: KioskLetter,
    counter: u32,
    text: String,
}

/// Why a text is not a reference.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReferenceError {
    /// Not four parts.
    #[error(
        "A reference has four parts with dashes between them, such as TRK-B-0417-3, and this has {0}; please read it from the coupon once more."
    )]
    Parts(usize),
    /// The first part.
    #[error(transparent)]
    Station(#[from] StationCodeError),
    /// The second part.
    #[error(transparent)]
    Kiosk(#[from] KioskLetterError),
    /// The third part is not digits, not from 1 to `u32::MAX`, or has more zeros before it than are
    /// printed (10417 with its 1 mistyped must not become 417).
    #[error("The third part of a reference is a number from 0001 on; please check “{0}”.")]
    Counter(String),
    /// The last character is not the one the others call for.
    #[error(
        "The last character does not fit the others, so something is mistyped; please compare “{0}” with the coupon character by character."
    )]
    Check(String),
}

impl Reference {
    /// The reference of the case that a kiosk counted as its `counter`th, from 1 on.
    pub fn new(station: &str, kiosk: &str, counter: u32) -> Result<Self, ReferenceError> {
        let station = StationCode::parse(station)?;
        let kiosk = KioskLetter::parse(kiosk)?;
        if counter == 0 {
            return Err(ReferenceError::Counter(counter.to_string()));
        }
        let check = check_character(&format!("{station}{kiosk}{counter:04}"));
        let text = format!("{station}-{kiosk}-{counter:04}-{check}");
        Ok(Self { station, kiosk, counter, text })
    }

    /// Reads a reference as people type it: either case, spaces or any dashes between the parts,
    /// Cyrillic letters for the Latin ones they look like, a counter without its zeros.
    pub fn parse(text: &str) -> Result<Self, ReferenceError> {
        let latin = latin_capitals(text);
        let parts: Vec<&str> = latin.split(is_divider).filter(|part| !part.is_empty()).collect();
        let [station, kiosk, counter, check] = parts[..] else {
            return Err(ReferenceError::Parts(parts.len()));
        };
        let number = Some(counter)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
            .filter(|digits| digits.len() <= 4 || !digits.starts_with('0'))
            .and_then(|digits| digits.parse().ok())
            .ok_or_else(|| ReferenceError::Counter(counter.to_owned()))?;
        let reference = Self::new(station, kiosk, number)?;
        if reference.text.strip_suffix(check).is_some_and(|rest| rest.ends_with('-')) {
            Ok(reference)
        } else {
            Err(ReferenceError::Check(parts.join("-")))
        }
    }

    /// The reference as printed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The station it was given at.
    pub fn station(&self) -> &StationCode {
        &self.station
    }

    /// The kiosk that gave it.
    pub fn kiosk(&self) -> &KioskLetter {
        &self.kiosk
    }

    /// The kiosk's count, from 1 on.
    pub fn counter(&self) -> u32 {
        self.counter
    }
}

fn is_divider(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Capitals, with the letters of the Kazakh and Russian keyboards that look Latin made Latin.
fn latin_capitals(text: &str) -> String {
    let capital = |c| match c {
        'А' | 'а' => 'A',
        'В' | 'в' => 'B',
        'Е' | 'е' => 'E',
        'І' | 'і' => 'I',
        'К' | 'к' => 'K',
        'М' | 'м' => 'M',
        'Н' | 'н' => 'H',
        'О' | 'о' => 'O',
        'Р' | 'р' => 'P',
        'С' | 'с' => 'C',
        'Т' | 'т' => 'T',
        'У' | 'у' => 'Y',
        'Х' | 'х' => 'X',
        other => other.to_ascii_uppercase(),
    };
    text.chars().map(capital).collect()
}

const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

fn value(character: u8) -> Option<usize> {
    ALPHABET.iter().position(|c| *c == character)
}

/// ISO 7064 MOD 37,36; characters outside of its alphabet are passed over.
fn check_character(text: &str) -> char {
    let product =
        text.bytes().filter_map(value).fold(36, |product, value| match (product + value) % 36 {
            0 => 36 * 2 % 37,
            sum => sum * 2 % 37,
        });
    char::from(ALPHABET[(37 - product) % 36])
}

/// What every one of them owes the standard library and serde.
macro_rules! text_form {
    ($type:ty, $error:ty) => {
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $type {
            type Err = $error;
            fn from_str(text: &str) -> Result<Self, $error> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $type {
            type Error = $error;
            fn try_from(text: String) -> Result<Self, $error> {
                Self::parse(&text)
            }
        }

        impl From<$type> for String {
            fn from(named: $type) -> Self {
                named.as_str().to_owned()
            }
        }
    };
}
text_form!(StationCode, StationCodeError);
text_form!(KioskLetter, KioskLetterError);
text_form!(Reference, ReferenceError);

#[cfg(test)]
mod tests;
