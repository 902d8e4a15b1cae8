//! Owns calendar dates and moments, and how they are written.
//!
//! Refuses to read a clock: a moment is always handed in. A kiosk's clock is wrong until proven
//! right, so an [`Instant`] taken there says what that clock showed and proves nothing; legal terms
//! run from the server's receipt.

use std::fmt;
use std::str::FromStr;

use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A day of the calendar, `YYYY-MM-DD`, of a year from 1850 to 2200.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(civil::Date);

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DateError {
    /// Not four, two and two digits with hyphens.
    #[error("Please write the date as year-month-day, such as 1985-01-31.")]
    Form,
    /// No such month, or no such day in it.
    #[error("There is no such day in the calendar; please check the month and the day.")]
    NoSuchDay,
    /// A year that no form here can mean.
    #[error("The year must be from 1850 to 2200; please check it.")]
    Year,
}

impl Date {
    /// The day with this year, month (1 to 12) and day of the month (1 to 31).
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, DateError> {
        if !(1850..=2200).contains(&year) {
            return Err(DateError::Year);
        }
        civil::Date::new(year, month, day).map(Self).map_err(|_| DateError::NoSuchDay)
    }

    /// Reads `YYYY-MM-DD`, and no other spelling, with spaces around it.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let parts: Vec<&str> = text.trim().split('-').collect();
        let [year, month, day] = parts[..] else {
            return Err(DateError::Form);
        };
        Self::new(number(year, 4)?, number(month, 2)?, number(day, 2)?)
    }

    /// The same day for arithmetic on the calendar.
    pub fn civil(self) -> civil::Date {
        self.0
    }
}

fn number<N: FromStr>(digits: &str, length: usize) -> Result<N, DateError> {
    if digits.len() != length || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(DateError::Form);
    }
    digits.parse().map_err(|_| DateError::Form)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Date {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Self, DateError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;
    fn try_from(text: String) -> Result<Self, DateError> {
        Self::parse(&text)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

/// A moment, in whole seconds of UTC, of a year from 1970 to 2200.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Instant(Timestamp);

/// Why a text or a number is not a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InstantError {
    /// Not a date, a time and an offset.
    #[error(
        "Please write the moment as date, time and offset, such as 2019-06-24T21:12:00+06:00 or 2019-06-24T15:12:00Z."
    )]
    Form,
    /// A year that no form here can mean.
    #[error("The year must be from 1970 to 2200; please check it.")]
    Year,
}

impl Instant {
    /// 2200-12-31T23:59:59Z.
    const LAST: i64 = 7_289_654_399;

    /// The moment this many seconds after 1970-01-01T00:00:00Z, leap seconds not counted.
    pub fn from_unix(seconds: i64) -> Result<Self, InstantError> {
        if !(0..=Self::LAST).contains(&seconds) {
            return Err(InstantError::Year);
        }
        Timestamp::from_second(seconds).map(Self).map_err(|_| InstantError::Year)
    }

    /// Reads RFC 3339, such as `2019-06-24T21:12:00+06:00`; a fraction of a second is cut off.
    pub fn parse(text: &str) -> Result<Self, InstantError> {
        let moment: Timestamp = text.trim().parse().map_err(|_| InstantError::Form)?;
        if moment < Timestamp::UNIX_EPOCH {
            return Err(InstantError::Year);
        }
        Self::from_unix(moment.as_second())
    }

    /// Seconds since 1970-01-01T00:00:00Z, never negative.
    pub fn unix(self) -> i64 {
        self.0.as_second()
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Instant {
    type Err = InstantError;
    fn from_str(text: &str) -> Result<Self, InstantError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Instant {
    type Error = InstantError;
    fn try_from(text: String) -> Result<Self, InstantError> {
        Self::parse(&text)
    }
}

impl From<Instant> for String {
    fn from(instant: Instant) -> Self {
        instant.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_date_has_one_spelling() {
        assert_eq!(Date::parse("1985-01-01"), Date::new(1985, 1, 1));
        assert_eq!(Date::parse(" 2000-02-29 ").unwrap().to_string(), "2000-02-29");
        for text in [
            "",
            "19850101",
            "1985-1-1",
            "+985-01-01",
            "01.02.1985",
            "1985-01-01T00:00",
            "-1985-01-01",
        ] {
            assert_eq!(Date::parse(text), Err(DateError::Form), "{text}");
        }
        for text in ["1900-02-29", "2019-13-01", "2019-00-10", "2019-06-31", "2019-06-99"] {
            assert_eq!(Date::parse(text), Err(DateError::NoSuchDay), "{text}");
        }
    }

    #[test]
    fn years_have_limits() {
        assert!(Date::parse("1850-01-01").is_ok() && Date::parse("2200-12-31").is_ok());
        assert_eq!(Date::parse("1849-12-31"), Err(DateError::Year));
        assert_eq!(Date::parse("2201-01-01"), Err(DateError::Year));
        assert_eq!(Instant::from_unix(0).unwrap().to_string(), "1970-01-01T00:00:00Z");
        assert_eq!(Instant::from_unix(Instant::LAST).unwrap().to_string(), "2200-12-31T23:59:59Z");
        assert_eq!(Instant::from_unix(-1), Err(InstantError::Year));
        assert_eq!(Instant::from_unix(Instant::LAST + 1), Err(InstantError::Year));
        assert_eq!(Instant::parse("1969-12-31T23:59:59.5Z"), Err(InstantError::Year));
    }

    #[test]
    fn offsets_become_utc_and_fractions_are_cut_off() {
        let moment = Instant::from_unix(1_561_389_120).unwrap();
        for text in [
            "2019-06-24T15:12:00Z",
            "2019-06-24t15:12:00z",
            "2019-06-24T21:12:00+06:00",
            "2019-06-24T15:12:00.999999999Z",
            "2019-06-24T10:42:00-04:30",
        ] {
            assert_eq!(Instant::parse(text), Ok(moment), "{text}");
        }
        assert_eq!(moment.to_string(), "2019-06-24T15:12:00Z");
        for text in ["", "2019-06-24", "2019-06-24T15:12:00", "2019-06-31T15:12:00Z", "15:12"] {
            assert_eq!(Instant::parse(text), Err(InstantError::Form), "{text}");
        }
    }

    #[test]
    fn both_order_by_time_and_travel_as_text() {
        assert!(Date::parse("1999-12-31").unwrap() < Date::parse("2000-01-01").unwrap());
        let json = "[\"1985-01-01\",\"2019-06-24T15:12:00Z\"]";
        let read: (Date, Instant) = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
    }

    proptest! {
        #[test]
        fn a_moment_survives_its_spelling(seconds in 0..=Instant::LAST) {
            let moment = Instant::from_unix(seconds).unwrap();
            prop_assert_eq!(moment.unix(), seconds);
            prop_assert_eq!(Instant::parse(&moment.to_string()), Ok(moment));
        }

        #[test]
        fn any_text_is_answered(text in ".*") {
            let _ = (Date::parse(&text), Instant::parse(&text));
        }
    }
}
