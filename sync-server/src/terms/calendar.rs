//! Which days the office works: weekends, days off by law, and what the government or the office
//! moved, which staff enter by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday, date};

/// A day that somebody made a day off, or a working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moved {
    /// Nobody works, whatever day of the week it is.
    Off,
    /// People work, though it is a weekend or a day off by law.
    Working,
}

impl Moved {
    /// Its word in the table.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Working => "working",
        }
    }

    /// What a word means.
    pub(crate) fn of(word: &str) -> Option<Self> {
        [Self::Off, Self::Working].into_iter().find(|moved| moved.word() == word)
    }
}

/// So many days are gone through one by one; nobody counts further in working days.
const MOST_DAYS: usize = 10_000;

/// The office's days.
#[derive(Debug, Clone, Default)]
pub(crate) struct Calendar {
    pub(crate) moved: BTreeMap<Date, Moved>,
}

impl Calendar {
    /// Whether the office works on a day.
    pub(crate) fn works(&self, day: Date) -> bool {
        match self.moved.get(&day) {
            Some(Moved::Off) => false,
            Some(Moved::Working) => true,
            None => !is_weekend(day) && !BY_LAW.contains(&day),
        }
    }

    /// The day itself, or the next that is worked.
    pub(crate) fn worked_from(&self, mut day: Date) -> Date {
        // More days off in a row than any calendar has would be a mistake in it, not a holiday.
        for _ in 0..366 {
            if self.works(day) {
                return day;
            }
            day = next(day);
        }
        day
    }

    /// The so-manieth working day after a day.
    pub(crate) fn working_days_after(&self, day: Date, many: u32) -> Date {
        (0..many).fold(day, |day, _| self.worked_from(next(day)))
    }

    /// How many working days lie behind `from`, up to and with `until`; of years that lie far apart no
    /// more than are counted.
    pub(crate) fn working_days_between(&self, from: Date, until: Date) -> u32 {
        let days = std::iter::successors(Some(from), |day| day.tomorrow().ok()).skip(1);
        let days = days.take(MOST_DAYS);
        let days = days.take_while(|day| *day <= until).filter(|day| self.works(*day));
        u32::try_from(days.count()).unwrap_or(u32::MAX)
    }
}

pub(super) fn next(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Years that holidays are reckoned for.
pub(crate) const YEARS: std::ops::RangeInclusive<i16> = 2002..=2099;

/// Days off by law, those that moved to a working day included.
static BY_LAW: LazyLock<BTreeSet<Date>> = LazyLock::new(|| {
    let mut off = BTreeSet::new();
    let mut to_move = Vec::new();
    let lines = include_str!("holidays.tsv").lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        for (day, moves) in days(line) {
            off.insert(day);
            if moves && is_weekend(day) {
                to_move.push(day);
            }
        }
    }
    to_move.sort_unstable();
    for day in to_move {
        let mut instead = next(day);
        while is_weekend(instead) || off.contains(&instead) {
            instead = next(instead);
        }
        off.insert(instead);
    }
    off
});

/// The days of one line of the file, each with whether it moves.
fn days(line: &str) -> Vec<(Date, bool)> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [day, first, last, moves] = columns[..] else { return Vec::new() };
    let year = |text: &str, open| text.parse().unwrap_or(open);
    let years = year(first, *YEARS.start())..=year(last, *YEARS.end());
    let month_and_day = &day[day.len().saturating_sub(5)..];
    let (month, day) = month_and_day.split_once('-').unwrap_or_default();
    let (month, day) = (month.parse().unwrap_or(1), day.parse().unwrap_or(1));
    years.map(|year| (date(year, month, day), moves == "yes")).collect()
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    fn off(year: i16, month: i8) -> Vec<i8> {
        let calendar = Calendar::default();
        let first = date(year, month, 1);
        let days = std::iter::successors(Some(first), |day| day.tomorrow().ok());
        let days = days.take_while(|day| day.month() == month);
        days.filter(|day| !is_weekend(*day) && !calendar.works(*day)).map(Date::day).collect()
    }

    #[test]
    fn days_off_are_those_of_the_published_calendars() {
        assert_eq!(off(2019, 1), [1, 2, 7]);
        assert_eq!(off(2019, 3), [8, 21, 22, 25], "the 23rd was a Saturday");
        assert_eq!(off(2019, 5), [1, 7, 9]);
        assert_eq!(off(2019, 7), [8], "the 6th was a Saturday");
        assert_eq!(off(2019, 12), [2, 16, 17], "the 1st was a Sunday");
        assert_eq!(off(2022, 1), [3, 4, 7], "the 1st and the 2nd were a weekend");
        assert_eq!(off(2022, 10), [25]);
        assert_eq!(off(2026, 3), [9, 23, 24, 25], "the 8th, 21st and 22nd are at weekends");
        assert_eq!(off(2026, 5), [1, 7, 11, 27], "the 9th is a Saturday; Kurban Ait");
        assert_eq!(off(2026, 8), [0_i8; 0], "Constitution Day is no longer in August");
        assert_eq!(off(2025, 8), [0_i8; 0], "the 30th was a Saturday");
        assert_eq!(off(2025, 9), [1], "and moved");
        assert_eq!(off(2027, 3), [8, 15, 22, 23, 24], "the 21st is a Sunday");
    }

    #[test]
    fn what_the_government_moves_counts_more_than_the_week() {
        let mut calendar = Calendar::default();
        // 10 May 2019 was off, and 4 May, a Saturday, was worked instead.
        calendar.moved.insert(date(2019, 5, 10), Moved::Off);
        calendar.moved.insert(date(2019, 5, 4), Moved::Working);
        assert!(calendar.works(date(2019, 5, 4)) && !calendar.works(date(2019, 5, 10)));
        let third = calendar.working_days_after(date(2019, 5, 3), 3);
        assert_eq!(third, date(2019, 5, 8));
        assert_eq!(calendar.working_days_between(date(2019, 5, 3), third), 3);
        assert_eq!(calendar.worked_from(date(2019, 5, 9)), date(2019, 5, 13));
    }

    #[test]
    fn a_calendar_without_working_days_ends() {
        let mut calendar = Calendar::default();
        let mut day = date(2030, 1, 1);
        for _ in 0..800 {
            calendar.moved.insert(day, Moved::Off);
            day = day.saturating_add(1.day());
        }
        assert!(calendar.working_days_after(date(2030, 1, 1), 15) > date(2030, 1, 1));
    }

    #[test]
    fn days_that_nobody_lives_to_see_are_not_gone_through() {
        let many = Calendar::default().working_days_between(date(2026, 1, 1), date(9999, 12, 31));
        assert!((5_000..10_000).contains(&many), "{many}");
    }
}
