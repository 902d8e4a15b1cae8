//! By when an appeal must be answered: dated rules kept as data, and working days.
//!
//! Refuses to guess: a procedure or a day that no rule knows has no term.

pub(crate) mod calendar;
pub(crate) mod kept;

use std::sync::LazyLock;

use beket_model::Procedure;
use beket_words::Tongue;
use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan};

pub(crate) use calendar::{Calendar, Moved, YEARS};

/// How long something may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    Calendar(u32),
    Working(u32),
    Months(u32),
}

/// The rule of one procedure for some years.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rule {
    procedure: Procedure,
    from: Date,
    until: Option<Date>,
    pub(crate) term: Length,
    /// How much longer it may become; `None` where it may not.
    pub(crate) extension: Option<Length>,
    forward: Length,
    /// What comes from this hour on is registered on the next working day; `None` at any hour.
    closes: Option<i8>,
    /// Where it is written, in Kazakh, Russian and English.
    sources: [&'static str; 3],
}

/// What a rule makes of one appeal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Term {
    pub(crate) rule: &'static Rule,
    /// The day that it is registered on: the first that the office worked.
    pub(crate) registered: Date,
    /// The last day for an answer.
    pub(crate) due: Date,
    /// The last day for passing it to whoever is competent.
    pub(crate) forward_by: Date,
    /// The last day that it can be extended to; `None` where it cannot.
    pub(crate) longest: Option<Date>,
}

/// The term of an appeal that was handed in at a moment, by the clock on the wall.
pub(crate) fn term(calendar: &Calendar, procedure: Procedure, handed_in: DateTime) -> Option<Term> {
    let day = handed_in.date();
    let rule = RULES.iter().find(|rule| rule.holds(procedure, day))?;
    // What comes when nobody works is registered on the next working day.
    let is_late = calendar.works(day) && rule.closes.is_some_and(|hour| handed_in.hour() >= hour);
    let registered = calendar.worked_from(if is_late { calendar::next(day) } else { day });
    let due = rule.term.after(calendar, registered);
    Some(Term {
        rule,
        registered,
        due,
        forward_by: rule.forward.after(calendar, registered),
        longest: rule.extension.map(|longer| longer.after(calendar, due)),
    })
}

impl Rule {
    fn holds(&self, procedure: Procedure, day: Date) -> bool {
        self.procedure == procedure
            && self.from <= day
            && self.until.is_none_or(|until| day <= until)
    }

    /// Where it is written.
    pub(crate) fn source(&self, tongue: Tongue) -> &'static str {
        let [kk, ru, en] = self.sources;
        match tongue {
            Tongue::Kk => kk,
            Tongue::Ru => ru,
            Tongue::En => en,
        }
    }

    fn read(line: &'static str) -> Option<Self> {
        let columns: Vec<&str> = line.split('\t').collect();
        let [procedure, from, until, term, extension, forward, closes, kk, ru, en] = columns[..]
        else {
            return None;
        };
        Some(Self {
            procedure: Procedure::from_word(procedure)?,
            from: from.parse().ok()?,
            until: until.parse().ok(),
            term: Length::read(term)?,
            extension: Length::read(extension),
            forward: Length::read(forward)?,
            closes: closes.parse().ok(),
            sources: [kk, ru, en],
        })
    }
}

impl Length {
    fn read(text: &str) -> Option<Self> {
        let many = text.get(..text.len() - 1)?.parse().ok()?;
        Some(match text.chars().last()? {
            'c' => Self::Calendar(many),
            'w' => Self::Working(many),
            'm' => Self::Months(many),
            _ => return None,
        })
    }

    /// The last day of this length behind a day.
    fn after(self, calendar: &Calendar, day: Date) -> Date {
        let later = |span: Span| calendar.worked_from(day.saturating_add(span));
        match self {
            Self::Working(many) => calendar.working_days_after(day, many),
            Self::Calendar(many) => later(i64::from(many).days()),
            Self::Months(many) => later(i64::from(many).months()),
        }
    }
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let lines = include_str!("terms/rules.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(Rule::read).collect()
});

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn due(procedure: Procedure, day: Date) -> Option<Term> {
        term(&Calendar::default(), procedure, day.at(12, 0, 0, 0))
    }

    #[test]
    fn every_line_of_the_rules_is_read() {
        let lines = include_str!("terms/rules.tsv").lines();
        assert_eq!(RULES.len(), lines.filter(|line| !line.starts_with('#')).count());
        for procedure in Procedure::ALL {
            assert!(due(*procedure, date(2019, 6, 24)).is_some(), "{procedure:?}");
            assert!(due(*procedure, date(2026, 6, 24)).is_some(), "{procedure:?}");
        }
        assert_eq!(due(Procedure::Application, date(2006, 1, 1)), None);
    }

    #[test]
    fn the_law_of_the_day_counts_its_own_days() {
        // Law 221: 15 calendar days.
        let old = due(Procedure::Application, date(2019, 6, 24)).unwrap();
        assert_eq!((old.due, old.forward_by), (date(2019, 7, 9), date(2019, 6, 27)));
        // The last day of the old law, a Wednesday, and the first of АППК, 15 working days: the 6th
        // of July is off, and Kurban Ait, the 20th.
        assert_eq!(due(Procedure::Application, date(2021, 6, 30)).unwrap().due, date(2021, 7, 15));
        assert_eq!(due(Procedure::Application, date(2021, 7, 1)).unwrap().due, date(2021, 7, 26));
        // Over Nauryz: four working days less.
        let spring = due(Procedure::Application, date(2026, 3, 2)).unwrap();
        assert_eq!(spring.due, date(2026, 3, 27));
        assert_eq!(spring.longest, Some(date(2026, 5, 28)), "two months: the 27th is Kurban Ait");
        assert_eq!(due(Procedure::Complaint, date(2026, 3, 2)).unwrap().due, date(2026, 4, 3));
        assert_eq!(due(Procedure::Complaint, date(2026, 3, 2)).unwrap().longest, None);
        let asked = due(Procedure::InformationRequest, date(2026, 6, 5)).unwrap();
        assert_eq!(asked.due, date(2026, 6, 22), "the 20th is a Saturday");
    }

    #[test]
    fn what_comes_at_a_weekend_is_registered_on_the_next_working_day() {
        let late = due(Procedure::Application, date(2026, 6, 6)).unwrap();
        assert_eq!((late.registered, late.due), (date(2026, 6, 8), date(2026, 6, 29)));
    }

    #[test]
    fn what_comes_after_hours_is_registered_on_the_next_working_day_where_the_law_says_so() {
        let at = |year, day, hour, minute| {
            let moment = date(year, 6, day).at(hour, minute, 0, 0);
            term(&Calendar::default(), Procedure::Application, moment).unwrap().registered
        };
        // A Friday, a Saturday, and a Monday of 2026.
        assert_eq!(at(2026, 5, 17, 59), date(2026, 6, 5));
        assert_eq!(at(2026, 5, 18, 0), date(2026, 6, 8));
        assert_eq!(at(2026, 6, 23, 0), date(2026, 6, 8), "nobody works anyhow");
        assert_eq!(at(2026, 8, 23, 59), date(2026, 6, 9));
        assert_eq!(at(2019, 24, 21, 12), date(2019, 6, 24), "the old law names no hour");
    }
}
