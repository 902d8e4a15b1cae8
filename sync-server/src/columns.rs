//! What every list, count and report asks of a case, in memory: one line of cells a case.
//!
//! A filter that combines anything looks at every line, which for a million cases takes
//! milliseconds and needs no index. Follows the rows on the disk; owns nothing that is not there.

mod words;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use beket_model::{AppealStatus, Procedure, Status};
use beket_store::StoreError;
use beket_words::moment;
use jiff::civil::Date;
use rusqlite::{Connection, Row as SqlRow};

use crate::counted::{AgeGroup, Counted, Everybody, OnceEach, everybody};
use crate::projection::row::Row;
use crate::projection::{Latest, state};
use crate::terms::{self, Calendar};
pub(crate) use words::{Facet, Words};

/// A case's number in the order of arrival: its row's.
pub(crate) type Nth = u32;

/// Of one case.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cells {
    words: [u32; Facet::ALL.len()],
    /// Seconds since 1970.
    pub(crate) received: u32,
    /// Seconds since 1970.
    pub(crate) changed: u32,
    /// `YYYYMMDD`, as the person was told, else as the law has it, also of what is decided: whether it
    /// was late is counted by it. 0 where there is no term.
    pub(crate) due: u32,
    /// `YYYYMMDD`: until then what nobody has looked at yet can be passed to whoever is competent. 0
    /// where somebody has, or no law says so.
    forward_by: u32,
    /// When they came or went, and when it was decided, in seconds since 1970; 0 for never.
    pub(crate) moved: u32,
    pub(crate) decided: u32,
    /// Seconds since 1970, by the coupon where it can be believed.
    pub(crate) handed_in: u32,
    /// Of whoever the case is about, whether or not another case counts them.
    pub(crate) age: AgeGroup,
    is_here: bool,
    marks: u8,
}

/// What a case may be marked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Mark {
    ChildAlone = 1,
    Conflict = 2,
    Suggested = 4,
    /// Somebody of it is strongly like somebody of another case, and nobody compared them yet.
    Alike = 8,
    /// They were registered as they went.
    Departure = 16,
    /// Somebody waits for an answer.
    Awaited = 32,
}

fn marks(all: &[(Mark, bool)]) -> u8 {
    all.iter().filter(|(_, is)| *is).fold(0, |marks, (mark, _)| marks | *mark as u8)
}

impl Cells {
    /// The code of its word.
    pub(crate) fn word(&self, facet: Facet) -> u32 {
        self.words[facet as usize]
    }

    /// The day by which an answer is due, `YYYYMMDD`; 0 where none is due, or none any more.
    pub(crate) fn awaited(&self) -> u32 {
        if self.has(Mark::Awaited) { self.due } else { 0 }
    }

    /// The last day for passing it on; 0 where that is not asked for, or not any more.
    pub(crate) fn forward_by(&self) -> u32 {
        self.forward_by
    }

    /// The day by which something must be done; 0 for none.
    pub(crate) fn next_due(&self) -> u32 {
        let days = [self.awaited(), self.forward_by].into_iter();
        days.filter(|day| *day > 0).min().unwrap_or(0)
    }

    /// Whether it bears a mark.
    pub(crate) fn has(&self, mark: Mark) -> bool {
        self.marks & mark as u8 != 0
    }
}

/// All cases.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    cells: Vec<Cells>,
    /// Of each case those who are counted.
    people: Vec<Everybody>,
    /// The same among all that there are, of the few cases where those are fewer.
    among: BTreeMap<Nth, Everybody>,
    words: [Words; Facet::ALL.len()],
    /// The days that terms are counted by.
    pub(crate) calendar: Calendar,
    /// Of which making of the rows.
    pub(crate) generation: i64,
    /// Up to where in the feed.
    pub(crate) position: u64,
}

impl Columns {
    /// Reads all rows there are.
    pub(crate) fn load(connection: &mut Connection) -> Result<Self, StoreError> {
        let mut columns = Self::default();
        // At one moment: another process may throw the rows away.
        let tx = connection.transaction()?;
        (columns.generation, columns.position) = state(&tx)?;
        columns.calendar = terms::kept::calendar(&tx)?;
        let mut query = tx.prepare(
            "SELECT n, kind, status, category, programme, language, station, scope, kato, assignee,
                    site, journey, due, procedure, handed_in, child_alone, conflicts, suggested, received_at,
                    changed_at, EXISTS (SELECT 1 FROM alike WHERE one = n), moved, decided,
                    direction, people, repeats, repeats_among
             FROM case_row ORDER BY n",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            columns.read(row)?;
        }
        Ok(columns)
    }

    fn read(&mut self, row: &SqlRow<'_>) -> Result<(), rusqlite::Error> {
        let mut cells = Cells { is_here: true, ..Cells::default() };
        for (at, words) in self.words.iter_mut().enumerate() {
            cells.words[at] = words.code(row.get_ref(at + 1)?.as_str()?);
        }
        let status = row.get_ref(Facet::Status as usize + 1)?.as_str()?;
        (cells.due, cells.forward_by) =
            self.due(row.get_ref(12)?.as_str()?, row.get_ref(13)?.as_str()?, status, row.get(14)?);
        let is = |at| Ok::<_, rusqlite::Error>(row.get::<_, i64>(at)? > 0);
        cells.marks = marks(&[
            (Mark::ChildAlone, is(15)?),
            (Mark::Conflict, is(16)?),
            (Mark::Suggested, is(17)?),
            (Mark::Alike, is(20)?),
            (Mark::Departure, row.get_ref(23)?.as_str()? == "departure"),
            (Mark::Awaited, is_open(status)),
        ]);
        cells.handed_in = seconds(row.get(14)?);
        cells.received = seconds(row.get(18)?);
        cells.changed = seconds(row.get(19)?);
        cells.moved = seconds(row.get(21)?);
        cells.decided = seconds(row.get(22)?);
        let people = everybody(row.get_ref(24)?.as_str()?, row.get(14)?);
        cells.age = first(&people);
        let nth = row.get(0)?;
        self.put(nth, cells, Box::default());
        self.count(nth, OnceEach::of(&people, row.get(25)?, row.get(26)?));
        Ok(())
    }

    /// Takes in what a row says by now; `None` where its case is gone.
    pub(crate) fn set(&mut self, nth: Nth, row: Option<&Row>) {
        let Some(row) = row else { return self.put(nth, Cells::default(), Box::default()) };
        let mut words = [0; Facet::ALL.len()];
        for facet in Facet::ALL {
            words[facet as usize] = self.words[facet as usize].code(facet.of(row));
        }
        let people = everybody(&row.people, row.handed_in.cast_signed());
        let (due, forward_by) =
            self.due(&row.due, &row.procedure, &row.status, row.handed_in.cast_signed());
        let cells = Cells {
            words,
            due,
            forward_by,
            age: first(&people),
            received: u32::try_from(row.received).unwrap_or(u32::MAX),
            changed: u32::try_from(row.changed).unwrap_or(u32::MAX),
            moved: seconds(row.moved.cast_signed()),
            decided: seconds(row.decided.cast_signed()),
            handed_in: seconds(row.handed_in.cast_signed()),
            is_here: true,
            marks: marks(&[
                (Mark::ChildAlone, row.child_alone),
                (Mark::Conflict, row.conflicts > 0),
                (Mark::Suggested, row.suggested > 0),
                (Mark::Departure, row.direction == "departure"),
                (Mark::Awaited, is_open(&row.status)),
            ]),
        };
        self.put(nth, cells, people);
    }

    /// The day that the person was told, else the one that the law sets; and until when it may be
    /// passed on, while nobody has looked at it.
    fn due(&self, told: &str, procedure: &str, status: &str, handed_in: i64) -> (u32, u32) {
        let (told, received) = (day(told), status == AppealStatus::Received.word());
        if told > 0 && !received {
            return (told, 0);
        }
        let term = || {
            let (procedure, at) = (Procedure::from_word(procedure)?, moment::civil(handed_in)?);
            terms::term(&self.calendar, procedure, at)
        };
        let Some(term) = term() else { return (told, 0) };
        let due = if told > 0 { told } else { number(term.due) };
        (due, if received { number(term.forward_by) } else { 0 })
    }

    /// Takes in who of a case is counted: not whoever another case counts.
    pub(crate) fn count(&mut self, nth: Nth, people: OnceEach) {
        let (within, fewer) = people.split();
        if let Some(counted) = self.people.get_mut(nth as usize) {
            *counted = within;
        }
        match fewer {
            Some(fewer) => self.among.insert(nth, fewer),
            None => self.among.remove(&nth),
        };
    }

    /// Marks a case, or takes the mark away.
    pub(crate) fn mark(&mut self, nth: Nth, mark: Mark, is: bool) {
        if let Some(cells) = self.cells.get_mut(nth as usize) {
            cells.marks = cells.marks & !(mark as u8) | if is { mark as u8 } else { 0 };
        }
    }

    fn put(&mut self, nth: Nth, cells: Cells, people: Everybody) {
        let at = nth as usize;
        if self.cells.len() <= at {
            self.cells.resize(at + 1, Cells::default());
            self.people.resize(at + 1, Box::default());
        }
        self.cells[at] = cells;
        self.people[at] = people;
        self.among.remove(&nth);
    }

    /// One case's.
    pub(crate) fn cells(&self, nth: Nth) -> Option<&Cells> {
        self.cells.get(nth as usize).filter(|cells| cells.is_here)
    }

    /// Those of a case who are counted, in its own incident or at its station.
    pub(crate) fn people(&self, nth: Nth) -> &[Counted] {
        self.people.get(nth as usize).map_or(&[], |people| people)
    }

    /// Those of a case who are counted among all that there are.
    pub(crate) fn people_among(&self, nth: Nth) -> &[Counted] {
        match self.among.get(&nth) {
            Some(fewer) => fewer,
            None => self.people(nth),
        }
    }

    /// Every case, the last to arrive first.
    pub(crate) fn latest(&self) -> impl Iterator<Item = (Nth, &Cells)> {
        let numbered = self.cells.iter().enumerate().rev().filter(|(_, cells)| cells.is_here);
        numbered.filter_map(|(at, cells)| Some((u32::try_from(at).ok()?, cells)))
    }

    /// The number of the last case to arrive; 0 where there is none.
    pub(crate) fn last(&self) -> Nth {
        self.latest().next().map_or(0, |(nth, _)| nth)
    }

    /// What a page that is drawn from them knows of.
    pub(crate) fn latest_of_all(&self) -> Latest {
        Latest { case: self.last(), position: self.position }
    }

    /// The words of a facet.
    pub(crate) fn words(&self, facet: Facet) -> &Words {
        &self.words[facet as usize]
    }
}

/// The age group of whoever a case is about.
fn first(people: &[Counted]) -> AgeGroup {
    people.first().map_or(AgeGroup::Unknown, |one| one.age)
}

fn is_open(word: &str) -> bool {
    static OPEN: LazyLock<[String; 4]> = LazyLock::new(|| Status::OPEN.map(Status::word));
    OPEN.iter().any(|open| open == word)
}

fn seconds(at: i64) -> u32 {
    u32::try_from(at.max(0)).unwrap_or(u32::MAX)
}

/// `2019-06-24` as 20190624; 0 where it is no date.
pub(crate) fn day(text: &str) -> u32 {
    let date = text.parse::<jiff::civil::Date>().ok().filter(|_| text.len() == 10);
    date.map_or(0, number)
}

/// A day as `YYYYMMDD`.
pub(crate) fn number(date: Date) -> u32 {
    let [year, month, day] =
        [i32::from(date.year()), i32::from(date.month()), i32::from(date.day())];
    u32::try_from(year * 10_000 + month * 100 + day).unwrap_or(0)
}

/// A number as [`number`] gives it, as `YYYY-MM-DD`; empty for 0.
pub(crate) fn written(number: u32) -> String {
    if number == 0 {
        return String::new();
    }
    format!("{:04}-{:02}-{:02}", number / 10_000, number / 100 % 100, number % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_row_says_is_what_its_cells_say() {
        let mut columns = Columns::default();
        let row = Row {
            kind: "appeal".to_owned(),
            status: "received".to_owned(),
            due: "2019-07-09".to_owned(),
            received: 1_561_000_000,
            conflicts: 2,
            ..Row::default()
        };
        columns.set(3, Some(&row));
        let resolved = Row { status: "resolved".to_owned(), ..row };
        columns.set(4, Some(&resolved));
        assert_eq!(columns.cells(4).unwrap().awaited(), 0, "nobody waits any more");
        let cells = *columns.cells(3).unwrap();
        let status = cells.word(Facet::Status) as usize;
        assert_eq!(columns.words(Facet::Status).all()[status], "received");
        assert_eq!((cells.awaited(), cells.received), (20_190_709, 1_561_000_000));
        assert!(cells.has(Mark::Conflict) && !cells.has(Mark::ChildAlone));
        let numbers = |columns: &Columns| columns.latest().map(|(nth, _)| nth).collect::<Vec<_>>();
        assert_eq!(numbers(&columns), [4, 3], "the numbers before were never given");
        columns.set(4, None);
        assert_eq!(numbers(&columns), [3]);
        assert!(columns.cells(0).is_none() && columns.cells(99).is_none());
        let open = columns.words(Facet::Status).chosen(|word| word == "received");
        assert!(open[cells.word(Facet::Status) as usize]);
    }
}
