//! Moments as the office's clock on the wall shows them, and days as each language writes them.

use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use crate::Tongue;

/// 2024-02-29T18:00:00Z: since then the whole country keeps one hour less (UTC+5).
const ONE_ZONE_SINCE: i64 = 1_709_229_600;

const MONTHS: [[&str; 3]; 12] = [
    ["қаңтар", "января", "January"],
    ["ақпан", "февраля", "February"],
    ["наурыз", "марта", "March"],
    ["сәуір", "апреля", "April"],
    ["мамыр", "мая", "May"],
    ["маусым", "июня", "June"],
    ["шілде", "июля", "July"],
    ["тамыз", "августа", "August"],
    ["қыркүйек", "сентября", "September"],
    ["қазан", "октября", "October"],
    ["қараша", "ноября", "November"],
    ["желтоқсан", "декабря", "December"],
];

/// As the clock on the wall in Turkistan shows it: UTC+6 until March 2024, UTC+5 since; nothing for a
/// moment that no clock here can mean.
pub fn civil(seconds: i64) -> Option<DateTime> {
    let hours = if seconds < ONE_ZONE_SINCE { 6 } else { 5 };
    let moment = Timestamp::from_second(seconds).ok()?.checked_add(hours.hours()).ok()?;
    Some(Offset::UTC.to_datetime(moment))
}

/// The day in Turkistan.
pub fn day(seconds: i64) -> Option<jiff::civil::Date> {
    civil(seconds).map(DateTime::date)
}

/// Day and minute in Turkistan, for whoever sorts or compares: `2019-06-24 21:12`.
pub fn local(seconds: i64) -> String {
    civil(seconds).map_or_else(String::new, |civil| {
        let (year, month, day) = (civil.year(), civil.month(), civil.day());
        format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", civil.hour(), civil.minute())
    })
}

/// Day and minute in Turkistan as a language writes them: `24 июня 2019 г., 21:12`.
pub fn spoken(seconds: i64, tongue: Tongue) -> String {
    civil(seconds).map_or_else(String::new, |civil| {
        let day = written(civil.year(), civil.month(), civil.day(), tongue);
        format!("{day}, {:02}:{:02}", civil.hour(), civil.minute())
    })
}

/// Day and minute in Turkistan as one types them: `24.06.2019 21:12`.
pub fn typed(seconds: i64) -> String {
    civil(seconds).map_or_else(String::new, |civil| {
        let (year, month, day) = (civil.year(), civil.month(), civil.day());
        format!("{day:02}.{month:02}.{year:04} {:02}:{:02}", civil.hour(), civil.minute())
    })
}

/// What was typed so, the day first, with other signs between the numbers too, in seconds since 1970;
/// `None` where it is no day and minute of the years 1970 to 2199, or says more than that. Two digits
/// of a year are those of this century's first seventy.
pub fn read(text: &str) -> Option<i64> {
    if !text.chars().all(|c| c.is_ascii_digit() || " .,-/:".contains(c)) {
        return None;
    }
    let numbers = |text| -> Vec<&str> {
        let parts = str::split(text, |c: char| !c.is_ascii_digit());
        parts.filter(|part| !part.is_empty()).collect()
    };
    // The hour comes behind the day.
    if text.find(':').is_some_and(|at| numbers(&text[..at]).len() < 4) {
        return None;
    }
    let [day, month, year, hour, minute] = numbers(text)[..] else { return None };
    let year = match (year.len(), year.parse::<i16>().ok()?) {
        (2, year @ ..70) => 2_000 + year,
        (4, year @ 1970..2200) => year,
        _ => return None,
    };
    let [month, day] = [month.parse().ok()?, day.parse().ok()?];
    let [hour, minute] = [hour.parse().ok()?, minute.parse().ok()?];
    let civil = DateTime::new(year, month, day, hour, minute, 0, 0).ok()?;
    as_seconds(civil).filter(|at| *at >= 0)
}

/// For a dense list, seen at `now`: the minute alone where it is today's, else the day alone.
pub fn brief(seconds: i64, now: i64) -> String {
    let (at, today) = (local(seconds), local(now));
    match at.split_once(' ') {
        Some((day, minute)) if today.starts_with(day) => minute.to_owned(),
        Some((day, _)) => day.to_owned(),
        None => at,
    }
}

/// When a day begins in Turkistan, in seconds since 1970; `None` for what is no `YYYY-MM-DD`.
pub fn begins(day: &str) -> Option<i64> {
    begins_at(day.parse().ok().filter(|_| day.len() == 10)?)
}

/// When it ends: as the next one begins.
pub fn ends(day: &str) -> Option<i64> {
    let date: jiff::civil::Date = day.parse().ok().filter(|_| day.len() == 10)?;
    begins_at(date.tomorrow().ok()?)
}

fn begins_at(date: jiff::civil::Date) -> Option<i64> {
    as_seconds(date.at(0, 0, 0, 0))
}

fn as_seconds(civil: DateTime) -> Option<i64> {
    let utc = Offset::UTC.to_timestamp(civil).ok()?.as_second();
    let hours = if utc - 6 * 3_600 < ONE_ZONE_SINCE { 6 } else { 5 };
    Some(utc - hours * 3_600)
}

/// `YYYY-MM-DD` as a language writes it; anything else as it is.
pub fn date(text: &str, tongue: Tongue) -> String {
    let read = text.parse::<jiff::civil::Date>().ok().filter(|_| text.len() == 10);
    read.map_or_else(
        || text.to_owned(),
        |read| written(read.year(), read.month(), read.day(), tongue),
    )
}

/// Of Russian, the months that stand alone.
const ALONE: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];

/// `YYYY-MM` as a language writes it; anything else as it is.
pub fn month(text: &str, tongue: Tongue) -> String {
    let first = format!("{text}-01").parse::<jiff::civil::Date>().ok().filter(|_| text.len() == 7);
    let Some(first) = first else { return text.to_owned() };
    let (year, at) = (first.year(), usize::try_from(first.month() - 1).unwrap_or(0));
    let [kazakh, _, english] = MONTHS[at];
    match tongue {
        Tongue::Kk => format!("{year} ж. {kazakh}"),
        Tongue::Ru => format!("{} {year} г.", ALONE[at]),
        Tongue::En => format!("{english} {year}"),
    }
}

fn written(year: i16, month: i8, day: i8, tongue: Tongue) -> String {
    let at = usize::try_from(month - 1).unwrap_or(0).min(11);
    let [kazakh, russian, english] = MONTHS[at];
    match tongue {
        Tongue::Kk => format!("{year} ж. {day} {kazakh}"),
        Tongue::Ru => format!("{day} {russian} {year} г."),
        Tongue::En => format!("{day} {english} {year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_typed_as_it_is_read() {
        for seconds in [1_561_389_120, ONE_ZONE_SINCE - 60, ONE_ZONE_SINCE + 3_600] {
            assert_eq!(read(&typed(seconds)), Some(seconds));
        }
        for said in [" 24.06.2019 21:12 ", "24.06.19 21:12", "24 6 2019 21 12", "24/06/2019, 21.12"]
        {
            assert_eq!(read(said), Some(1_561_389_120), "{said}");
        }
        for wrong in [
            "24.06.2019",
            "31.06.2019 21:12",
            "24.06.2019 25:00",
            "24.06.219 21:12",
            "24.06.2219 21:12",
            "24.06.1919 21:12",
            "01.01.1970 00:00",
            "21:12 24.06.19",
            "24.06.2019 9:12 pm",
            "24.06.91 10:00",
            "вечером",
            "",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_hour_that_was_dropped_in_2024_is_counted() {
        assert_eq!(local(1_561_389_120), "2019-06-24 21:12");
        assert_eq!(local(ONE_ZONE_SINCE - 1), "2024-02-29 23:59");
        assert_eq!(local(ONE_ZONE_SINCE), "2024-02-29 23:00");
        assert_eq!(local(i64::MAX), "");
    }

    #[test]
    fn a_day_is_written_as_its_language_writes_it() {
        let said = Tongue::ALL.map(|(tongue, _)| spoken(1_561_389_120, tongue));
        let expected =
            ["2019 ж. 24 маусым, 21:12", "24 июня 2019 г., 21:12", "24 June 2019, 21:12"];
        assert_eq!(said, expected);
        assert_eq!(date("1985-01-31", Tongue::Ru), "31 января 1985 г.");
        let month = Tongue::ALL.map(|(tongue, _)| month("2019-06", tongue));
        assert_eq!(month, ["2019 ж. маусым", "июнь 2019 г.", "June 2019"]);
        assert_eq!(super::month("2019-6", Tongue::En), "2019-6");
        for other in ["", "1985", "1985-13-31", "31.01.1985"] {
            assert_eq!(date(other, Tongue::En), other);
        }
    }
}
