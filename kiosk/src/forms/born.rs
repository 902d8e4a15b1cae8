//! A birth, as people say it: a date, a year, or an age.

/// What was said of a birth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Born {
    /// `YYYY-MM-DD`.
    On(String),
    /// Whole years.
    Aged(u8),
}

/// More than anybody's age.
const MOST_YEARS: i32 = 120;

impl Born {
    /// Reads `1985-01-31`, `31.01.1985`, `31 1 85`, `310185`, `1985`, `34`. `year` is this year: a
    /// year of birth becomes an age, and two digits the latest year that has been. `None` for what
    /// is none of these; a date that no calendar has is none.
    pub fn read(text: &str, year: i16) -> Option<Self> {
        let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let plain = text.trim().chars().all(|c| c.is_ascii_digit() || " .-/,".contains(c));
        match parts[..] {
            _ if !plain => None,
            [one] => Self::of_one(one, i32::from(year)),
            [first, month, last] if first.len() == 4 => date(first, month, last, i32::from(year)),
            [day, month, last] => date(last, month, day, i32::from(year)),
            _ => None,
        }
    }

    fn of_one(digits: &str, year: i32) -> Option<Self> {
        let number: i32 = digits.parse().ok()?;
        match digits.len() {
            1..=3 if number <= MOST_YEARS => Some(Self::Aged(u8::try_from(number).ok()?)),
            4 if (year - MOST_YEARS..=year).contains(&number) => {
                Some(Self::Aged(u8::try_from(year - number).ok()?))
            }
            6 | 8 => date(&digits[4..], &digits[2..4], &digits[..2], year),
            _ => None,
        }
    }
}

fn date(of_year: &str, month: &str, day: &str, year: i32) -> Option<Born> {
    let said: i32 = of_year.parse().ok()?;
    let full = match of_year.len() {
        4 => said,
        2 => {
            let century = year - year % 100;
            if century + said <= year { century + said } else { century + said - 100 }
        }
        _ => return None,
    };
    let (month, day): (u8, u8) = (month.parse().ok()?, day.parse().ok()?);
    let text = format!("{full:04}-{month:02}-{day:02}");
    let known =
        beket_model::Date::parse(&text).is_ok() && (year - MOST_YEARS..=year).contains(&full);
    known.then_some(Born::On(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birth_is_read_as_people_say_it() {
        let on = |date: &str| Some(Born::On(date.to_owned()));
        for said in
            ["1985-01-31", "31.01.1985", "31.1.85", "31 1 85", "31/01/1985", "310185", "31011985"]
        {
            assert_eq!(Born::read(said, 2019), on("1985-01-31"), "{said}");
        }
        assert_eq!(Born::read("5.5.19", 2019), on("2019-05-05"));
        assert_eq!(Born::read("5.5.20", 2019), on("1920-05-05"));
        for (said, age) in
            [("34", 34), ("0", 0), (" 7 ", 7), ("1985", 34), ("2019", 0), ("104", 104)]
        {
            assert_eq!(Born::read(said, 2019), Some(Born::Aged(age)), "{said}");
        }
        for wrong in
            ["", "a", "34 жас", "31.02.1985", "1.13.1985", "1885", "2020", "121", "12345", "1-2"]
        {
            assert_eq!(Born::read(wrong, 2019), None, "{wrong}");
        }
    }
}
