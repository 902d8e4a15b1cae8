//! Owns the individual identification number (IIN, ЖСН, ИИН): its 12 digits and their check digit.
//!
//! Refuses to judge a person by it. Since Government Resolution 853 (26.08.2013) the digits are no
//! longer tied to the bearer's birth date or sex, so a mismatch is only ever a warning.
//!
//! The check is weak: the first pass gives the 11th digit the weight 11, which is nothing modulo
//! 11. A number that passes still has to be confirmed with the name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::Date;

const LENGTH: usize = 12;
const FIRST_PASS: [u32; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SECOND_PASS: [u32; 11] = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/// An individual identification number whose check digit fits; always 12 ASCII digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Iin(String);

/// Why a text is not an IIN.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum IinError {
    /// Something other than digits and spaces.
    #[error("An IIN has digits only; please take out “{0}”.")]
    NotADigit(char),
    /// More or fewer than 12 digits.
    #[error("An IIN has 12 digits and this one has {0}; please compare it with the document.")]
    Length(usize),
    /// Both passes give ten, and such numbers are not given out.
    #[error(
        "No IIN with these digits was ever issued; please compare every digit with the document."
    )]
    NeverIssued,
    /// The 12th digit is not the one the other 11 call for.
    #[error(
        "The last digit does not fit the other 11, so one of them is mistyped; please compare every digit with the document."
    )]
    CheckDigit,
}

/// The sex that the seventh digit would mean under the rule before 2013.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodedSex {
    /// 1, 3 or 5.
    Male,
    /// 2, 4 or 6.
    Female,
}

/// A difference between the digits and what the person says: shown, never a reason to refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum IinMismatch {
    /// The digits that used to hold a birth date hold none. (The number of an organisation, a BIN,
    /// looks like this.)
    #[error(
        "The IIN holds no birth date, which is allowed since Government Resolution 853 of 2013; please check that it is not an organisation's BIN."
    )]
    ImpossibleDate,
    /// The encoded date differs from the one given.
    #[error(
        "The IIN holds another birth date, which is allowed since Government Resolution 853 of 2013; please check both once more."
    )]
    BirthDate,
    /// The encoded sex differs from the one given.
    #[error(
        "The IIN holds the other sex, which is allowed since Government Resolution 853 of 2013; please check both once more."
    )]
    Sex,
}

impl Iin {
    /// Reads 12 digits, with spaces wherever they were typed.
    pub fn parse(text: &str) -> Result<Self, IinError> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if let Some(other) = digits.chars().find(|c| !c.is_ascii_digit()) {
            return Err(IinError::NotADigit(other));
        }
        if digits.len() != LENGTH {
            return Err(IinError::Length(digits.len()));
        }
        let iin = Self(digits);
        match iin.expected_check() {
            None => Err(IinError::NeverIssued),
            Some(check) if check == iin.digit(11) => Ok(iin),
            Some(_) => Err(IinError::CheckDigit),
        }
    }

    /// The 12 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The birth date the first seven digits would mean under the rule before 2013: `YYMMDD`, and
    /// a century of 1/2 for the 1800s, 3/4 for the 1900s, 5/6 for the 2000s.
    ///
    /// `None` if there is no such day, or for a foreigner (a seventh digit of 0).
    pub fn encoded_birth_date(&self) -> Option<Date> {
        let century = match self.digit(6) {
            1 | 2 => 1800,
            3 | 4 => 1900,
            5 | 6 => 2000,
            _ => return None,
        };
        Date::new(century + i16::from(self.pair(0)), self.pair(2), self.pair(4)).ok()
    }

    /// The sex the seventh digit would mean under the rule before 2013.
    pub fn encoded_sex(&self) -> Option<EncodedSex> {
        match self.digit(6) {
            1 | 3 | 5 => Some(EncodedSex::Male),
            2 | 4 | 6 => Some(EncodedSex::Female),
            _ => None,
        }
    }

    /// Where the digits and the person's own words differ; what the person did not say, and what
    /// a foreigner's digits do not hold, is not compared.
    pub fn mismatches(&self, birth_date: Option<&Date>, male: Option<bool>) -> Vec<IinMismatch> {
        let mut found = Vec::new();
        match (self.encoded_birth_date(), birth_date) {
            (None, _) if self.digit(6) != 0 => found.push(IinMismatch::ImpossibleDate),
            (Some(encoded), Some(said)) if encoded != *said => found.push(IinMismatch::BirthDate),
            _ => {}
        }
        if let (Some(encoded), Some(male)) = (self.encoded_sex(), male)
            && (encoded == EncodedSex::Male) != male
        {
            found.push(IinMismatch::Sex);
        }
        found
    }

    /// The 12th digit that the first 11 call for, or `None` if no number has them.
    fn expected_check(&self) -> Option<u8> {
        [FIRST_PASS, SECOND_PASS]
            .iter()
            .map(|weights| self.remainder(weights))
            .find_map(|remainder| u8::try_from(remainder).ok().filter(|r| *r < 10))
    }

    fn remainder(&self, weights: &[u32; 11]) -> u32 {
        let sum: u32 =
            (0..).zip(weights).map(|(at, weight)| u32::from(self.digit(at)) * weight).sum();
        sum % 11
    }

    fn digit(&self, at: usize) -> u8 {
        self.0.as_bytes()[at] - b'0'
    }

    fn pair(&self, at: usize) -> i8 {
        (self.digit(at) * 10 + self.digit(at + 1)).cast_signed()
    }
}

impl fmt::Display for Iin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Iin {
    type Err = IinError;
    fn from_str(text: &str) -> Result<Self, IinError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Iin {
    type Error = IinError;
    fn try_from(text: String) -> Result<Self, IinError> {
        Self::parse(&text)
    }
}

impl From<Iin> for String {
    fn from(iin: Iin) -> Self {
        iin.0
    }
}

#[cfg(test)]
mod tests;
