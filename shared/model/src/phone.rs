//! Owns telephone numbers: one spelling, E.164, for all the ways people write them.
//!
//! Refuses to guess. A number without an area code, or a foreign one without its country code, is
//! sent back with the words to put it right; whether a number is in service is not asked.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A telephone number in E.164: `+` and 8 to 15 digits, such as `+77011234567`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// Why a text is not a telephone number.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PhoneError {
    /// Something other than digits, a leading `+` and separators.
    #[error(
        "A phone number has digits, and “{0}” is not one; please write one number here and anything else in the notes."
    )]
    Character(char),
    /// Too few digits for a number with its area code.
    #[error(
        "This number is too short; please write it with its area code, such as 8 701 123 45 67 or 8 (72533) 2-12-34."
    )]
    TooShort,
    /// Neither a Kazakh number nor marked as a foreign one.
    #[error(
        "A Kazakh number has 8 or +7 and then ten digits beginning with 7; please count them, or write a number from abroad with + and its country code."
    )]
    NotKazakh,
    /// Marked as international, but no country's numbers look so.
    #[error(
        "After the + comes a country code and then the number, 8 to 15 digits in all (11 if it begins with +7); please count them."
    )]
    NotInternational,
}

impl Phone {
    /// Reads a number, with spaces, hyphens, dashes, dots, slashes and parentheses wherever they
    /// were written.
    ///
    /// A Kazakh number (ten digits, the first a 7; libphonenumber 9.0.43) may follow +7, 7, the
    /// trunk 8 or nothing. Eleven digits from `+87` on are taken for the trunk 8 too, for no
    /// country's numbers look so and people write it. Any other country needs `+` or `00`.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let (international, digits) = dialled(text)?;
        let kazakh = match digits.len() {
            11 if digits.starts_with("77") || digits.starts_with("87") => Some(&digits[1..]),
            10 if digits.starts_with('7') && !international => Some(&*digits),
            _ => None,
        };
        match kazakh {
            Some(national) => Ok(Self(format!("+7{national}"))),
            None if international && is_international(&digits) => Ok(Self(format!("+{digits}"))),
            None if international => Err(PhoneError::NotInternational),
            None if digits.len() < 10 => Err(PhoneError::TooShort),
            None => Err(PhoneError::NotKazakh),
        }
    }

    /// The number in E.164.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The digits alone, without `+` or `00`, and whether one of these came first.
fn dialled(text: &str) -> Result<(bool, String), PhoneError> {
    let mut plus = false;
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if !plus && digits.is_empty() => plus = true,
            _ if is_separator(c) => {}
            _ => return Err(PhoneError::Character(c)),
        }
    }
    match digits.strip_prefix("00") {
        Some(rest) if !plus => Ok((true, rest.to_owned())),
        _ => Ok((plus, digits)),
    }
}

fn is_separator(c: char) -> bool {
    let dash = matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    dash || matches!(c, '(' | ')' | '.' | '/') || c.is_whitespace()
}

/// ITU-T E.164: at most 15 digits, and no country code begins with 0; +7 is followed by ten.
fn is_international(digits: &str) -> bool {
    match digits.as_bytes().first() {
        None | Some(b'0') => false,
        Some(b'7') => digits.len() == 11,
        Some(_) => (8..=15).contains(&digits.len()),
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Phone {
    type Err = PhoneError;
    fn from_str(text: &str) -> Result<Self, PhoneError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Phone {
    type Error = PhoneError;
    fn try_from(text: String) -> Result<Self, PhoneError> {
        Self::parse(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn kazakh_numbers_in_the_ways_people_write_them() {
        for text in [
            "87011234567",
            "+77011234567",
            "77011234567",
            "7011234567",
            "007 701 123 45 67",
            "+7 (701) 123-45-67",
            "8\u{a0}701\u{a0}123\u{2011}45\u{2013}67",
            "8.701.123/45/67",
            " 8 701 123 45 67 ",
            "+8 701 123 45 67",
        ] {
            assert_eq!(Phone::parse(text).unwrap().as_str(), "+77011234567", "{text}");
        }
        assert_eq!(Phone::parse("8 (72533) 2-12-34").unwrap().as_str(), "+77253321234");
    }

    #[test]
    fn other_countries_need_a_plus_or_two_zeros() {
        assert_eq!(Phone::parse("+998 90 123-45-67").unwrap().as_str(), "+998901234567");
        assert_eq!(Phone::parse("00998901234567").unwrap().as_str(), "+998901234567");
        assert_eq!(Phone::parse("+7 916 123 45 67").unwrap().as_str(), "+79161234567");
        assert_eq!(Phone::parse("998901234567"), Err(PhoneError::NotKazakh));
        assert_eq!(Phone::parse("8 916 123 45 67"), Err(PhoneError::NotKazakh));
    }

    #[test]
    fn each_refusal_says_what_to_do() {
        assert_eq!(Phone::parse(""), Err(PhoneError::TooShort));
        assert_eq!(Phone::parse("2-12-34"), Err(PhoneError::TooShort));
        assert_eq!(Phone::parse("870112345678"), Err(PhoneError::NotKazakh));
        assert_eq!(Phone::parse("8701123456"), Err(PhoneError::NotKazakh));
        assert_eq!(Phone::parse("+7011234567"), Err(PhoneError::NotInternational));
        assert_eq!(Phone::parse("+1234567"), Err(PhoneError::NotInternational));
        assert_eq!(Phone::parse("+1234567890123456"), Err(PhoneError::NotInternational));
        assert_eq!(Phone::parse("+0998901234567"), Err(PhoneError::NotInternational));
        assert_eq!(Phone::parse("+"), Err(PhoneError::NotInternational));
        assert_eq!(Phone::parse("87011234567, 87021234567"), Err(PhoneError::Character(',')));
        assert_eq!(Phone::parse("8701+1234567"), Err(PhoneError::Character('+')));
        assert_eq!(Phone::parse("жоқ"), Err(PhoneError::Character('ж')));
    }

    #[test]
    fn json_is_the_canonical_number() {
        let phone: Phone = serde_json::from_str("\"8 701 123 45 67\"").unwrap();
        assert_eq!(serde_json::to_string(&phone).unwrap(), "\"+77011234567\"");
    }

    proptest! {
        #[test]
        fn parsing_the_canonical_number_changes_nothing(text in "(\\+|00|)[0-9 ()-]{8,18}") {
            if let Ok(phone) = Phone::parse(&text) {
                prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone));
            }
        }

        #[test]
        fn any_text_is_answered(text in ".*") {
            prop_assert!(Phone::parse(&text).is_ok_and(|p| p.as_str().starts_with('+')) || Phone::parse(&text).is_err());
        }
    }
}
