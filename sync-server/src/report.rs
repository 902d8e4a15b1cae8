//! Reports: what a filter lets through, by one property and by status, and how long decisions took.
//!
//! Counts exactly: every case once, in one row and one column, so that totals add up.

use std::collections::BTreeMap;

use beket_model::{AppealStatus, EnquiryStatus, Status};

use crate::columns::{Cells, Columns, Facet, Mark, Nth};

/// What the rows of a report are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    Word(Facet),
    /// KATO's district: the first four digits.
    District,
    /// Of whoever the case is about.
    Age,
    /// The month in which it was handed in.
    Month,
}

impl By {
    pub(crate) const ALL: [Self; 8] = [
        Self::Month,
        Self::Word(Facet::Category),
        Self::Word(Facet::Station),
        Self::District,
        Self::Word(Facet::Programme),
        Self::Word(Facet::Language),
        Self::Age,
        Self::Word(Facet::Kind),
    ];

    /// Its name in the address.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Word(facet) => crate::queue::named(facet),
            Self::District => "district",
            Self::Age => "age",
            Self::Month => "month",
        }
    }

    /// The property of a name.
    pub(crate) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.word() == word)
    }

    /// Which row a case is in.
    fn key(self, cells: &Cells) -> u32 {
        match self {
            Self::Word(facet) => cells.word(facet),
            Self::District => cells.word(Facet::Kato),
            Self::Age => cells.age as u32,
            Self::Month => month(cells.handed_in),
        }
    }

    /// A row's name, for people to be put into words.
    fn name(self, columns: &Columns, key: u32) -> String {
        let word = |facet| columns.words(facet).all()[key as usize].clone();
        match self {
            Self::Word(facet) => word(facet),
            Self::District => word(Facet::Kato).get(..4).unwrap_or_default().to_owned(),
            Self::Age => key.to_string(),
            Self::Month => format!("{:04}-{:02}", key / 100, key % 100),
        }
    }
}

fn month(handed_in: u32) -> u32 {
    let day = beket_words::moment::day(handed_in.into());
    day.map_or(0, |day| {
        u32::try_from(i32::from(day.year()) * 100 + i32::from(day.month())).unwrap_or(0)
    })
}

/// One row, or all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// Cases, by the codes of their statuses.
    pub(crate) statuses: Vec<u32>,
    /// Whose answer is late, or came late.
    pub(crate) overdue: u32,
    /// Hours from hand-in to decision, in order.
    hours: Vec<u32>,
}

impl Line {
    /// Every case of the row.
    pub(crate) fn total(&self) -> u32 {
        self.statuses.iter().sum()
    }

    /// Hours until a decision: so many in a hundred took no longer. `None` where there is none.
    pub(crate) fn hours(&self, percent: usize) -> Option<u32> {
        let rank = (self.hours.len() * percent).div_ceil(100);
        self.hours.get(rank.checked_sub(1)?).copied()
    }

    fn add(&mut self, cells: &Cells, today: u32) {
        let status = cells.word(Facet::Status) as usize;
        if self.statuses.len() <= status {
            self.statuses.resize(status + 1, 0);
        }
        self.statuses[status] += 1;
        if cells.decided > 0 {
            self.hours.push(cells.decided.saturating_sub(cells.handed_in) / 3_600);
        }
        let decided =
            beket_words::moment::day(cells.decided.into()).map_or(0, crate::columns::number);
        let until = if cells.has(Mark::Awaited) { today } else { decided };
        self.overdue += u32::from(cells.due != 0 && cells.due < until);
    }

    fn join(&mut self, other: &Self) {
        if self.statuses.len() < other.statuses.len() {
            self.statuses.resize(other.statuses.len(), 0);
        }
        for (mine, theirs) in self.statuses.iter_mut().zip(&other.statuses) {
            *mine += theirs;
        }
        self.overdue += other.overdue;
        self.hours.extend(&other.hours);
    }
}

/// A table: rows by name, columns by status, and the sum of all.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) rows: Vec<(String, Line)>,
    /// Statuses that occur, each with its code.
    pub(crate) statuses: Vec<(String, usize)>,
    pub(crate) all: Line,
}

/// Counts these cases. `today` is `YYYYMMDD`.
pub(crate) fn report(columns: &Columns, cases: &[Nth], by: By, today: u32) -> Report {
    let mut lines: BTreeMap<u32, Line> = BTreeMap::new();
    for cells in cases.iter().filter_map(|nth| columns.cells(*nth)) {
        lines.entry(by.key(cells)).or_default().add(cells, today);
    }
    // Several places lie in one district.
    let mut rows: BTreeMap<String, Line> = BTreeMap::new();
    let mut all = Line::default();
    for (key, line) in lines {
        all.join(&line);
        rows.entry(by.name(columns, key)).or_default().join(&line);
    }
    rows.values_mut().chain([&mut all]).for_each(|line| line.hours.sort_unstable());
    let words = columns.words(Facet::Status).all().iter().cloned().zip(0..);
    let occurs =
        |(_, code): &(String, usize)| all.statuses.get(*code).is_some_and(|many| *many > 0);
    let mut statuses: Vec<(String, usize)> = words.filter(occurs).collect();
    statuses.sort_by_key(|(word, _)| (order(word), word.clone()));
    Report { rows: rows.into_iter().collect(), statuses, all }
}

/// The order of a life.
fn order(word: &str) -> usize {
    let appeals = AppealStatus::ALL.iter().map(|status| Status::Appeal(*status));
    let enquiries = EnquiryStatus::ALL.iter().map(|status| Status::Enquiry(*status));
    appeals.chain(enquiries).position(|status| status.word() == word).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod turkistan;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counted::AgeGroup;
    use crate::projection::row::Row;

    fn appeal(status: &str, category: &str, decided_after_hours: Option<u64>) -> Row {
        let handed_in = 1_551_400_000; // 1 March 2019
        Row {
            kind: "appeal".to_owned(),
            status: status.to_owned(),
            category: category.to_owned(),
            procedure: "application".to_owned(),
            kato: "611600000".to_owned(),
            handed_in,
            received: handed_in,
            decided: decided_after_hours.map_or(0, |hours| handed_in + hours * 3_600),
            people: "[]".to_owned(),
            ..Row::default()
        }
    }

    /// On 1 September 2019.
    fn of(columns: &Columns, by: By) -> Report {
        let all: Vec<Nth> = columns.latest().map(|(nth, _)| nth).collect();
        report(columns, &all, by, 20_190_901)
    }

    #[test]
    fn decisions_take_the_hours_between_hand_in_and_the_day_they_were_made() {
        let mut columns = Columns::default();
        for (nth, hours) in [(1, 10), (2, 20), (3, 30), (4, 1_000)] {
            columns.set(nth, Some(&appeal("resolved", "land", Some(hours))));
        }
        columns.set(5, Some(&appeal("under_review", "land", None)));
        let report = of(&columns, By::Month);
        let line = &report.rows[0].1;
        assert_eq!((line.hours(50), line.hours(75)), (Some(20), Some(30)));
        assert_eq!((line.hours(90), line.hours(100)), (Some(1_000), Some(1_000)));
        assert_eq!(line.overdue, 2, "one decided late, and one that is not decided");
        assert_eq!(Line::default().hours(50), None);
    }

    #[test]
    fn a_case_is_filed_under_the_age_of_whoever_it_is_about_though_another_counts_them() {
        let people = r#"[{ "age_years": 40 }, { "age_years": 3 }]"#;
        let mut columns = Columns::default();
        let row = Row { people: people.to_owned(), ..appeal("received", "land", None) };
        columns.set(1, Some(&row));
        let all = crate::counted::everybody(people, 0);
        columns.count(1, crate::counted::OnceEach::of(&all, 0b1, 0b1));
        let report = of(&columns, By::Age);
        let adult = (AgeGroup::Adult as u32).to_string();
        assert_eq!(report.rows.iter().map(|(name, _)| name).collect::<Vec<_>>(), [&adult]);
    }
}
