//! The queue of cases: which of them, in which order, a page at a time.
//!
//! A page begins behind the last case of the one before it, wherever that stands by then: nothing
//! is shown twice or passed over because something new came.

mod filter;
mod search;

use beket_store::{Store, StoreError};
use data_encoding::HEXLOWER;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};

use crate::columns::{Cells, Columns, Mark, Nth, written};
use filter::Tests;
pub(crate) use filter::{Filter, Sort, named};

/// Cases on one page.
pub(crate) const PAGE: usize = 50;
/// Of what is searched for, the last so many to arrive are listed.
const MOST_SOUGHT: usize = 20_000;
/// Up to so many are put in the order of names one by one; of more, names are gone through in order.
const FEW: usize = 4_000;

/// A case as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) nth: Nth,
    pub(crate) case: Vec<u8>,
    pub(crate) reference: String,
    pub(crate) kind: String,
    pub(crate) status: String,
    pub(crate) category: String,
    pub(crate) station: String,
    pub(crate) assignee: String,
    /// `YYYY-MM-DD`, or empty: by when an answer is due, and until when it can be passed on.
    pub(crate) due: String,
    pub(crate) forward_by: String,
    pub(crate) child_alone: bool,
    pub(crate) conflicts: i64,
    pub(crate) suggested: i64,
    /// Strongly like another case that nobody compared it with.
    pub(crate) alike: bool,
    pub(crate) person: String,
    pub(crate) received: i64,
}

impl Listed {
    /// As addresses name it.
    pub(crate) fn id(&self) -> String {
        HEXLOWER.encode(&self.case)
    }
}

/// One page.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) cases: Vec<Listed>,
    /// All that the filter lets through, on every page.
    pub(crate) total: usize,
    /// More were found by their words than were looked at.
    pub(crate) cut: bool,
    /// Where the next page begins.
    pub(crate) next: Option<String>,
}

/// Where a case stands in an order: less comes first.
type Place = (u64, u64);

/// Finds a page. `today` is `YYYYMMDD`.
pub(crate) fn find(
    store: &mut Store,
    columns: &Columns,
    filter: &Filter,
    today: u32,
) -> Result<Found, StoreError> {
    let connection = store.connection();
    let tests = filter.tests(columns, today);
    let passes = |nth: Nth| columns.cells(nth).is_some_and(|cells| tests.pass(cells));
    let (candidates, cut) = match search::sought(connection, &filter.q, Some(MOST_SOUGHT), passes)?
    {
        Some((numbers, cut)) => (Some(numbers), cut),
        None => (None, false),
    };
    let passing: Box<dyn Iterator<Item = (Nth, &Cells)>> = match &candidates {
        Some(numbers) => {
            Box::new(numbers.iter().filter_map(|nth| Some((*nth, columns.cells(*nth)?))))
        }
        None => Box::new(columns.latest()),
    };
    let passing = passing.filter(|(_, cells)| tests.pass(cells));
    let (total, page) = if filter.sort() == Sort::Name {
        let numbers: Vec<Nth> = passing.map(|(nth, _)| nth).collect();
        let whole = candidates.is_none();
        (numbers.len(), by_name(connection, columns, &tests, &numbers, whole, &filter.after)?)
    } else {
        by_place(passing, filter.sort(), place_after(&filter.after))
    };
    let cases = listed(connection, columns, page.iter().take(PAGE))?;
    let next = (page.len() > PAGE)
        .then(|| cases.last().map(|last| after(connection, columns, filter.sort(), last)))
        .flatten()
        .transpose()?;
    Ok(Found { cases, total, cut, next })
}

/// The numbers of all that a filter lets through, however many, in the order of arrival.
pub(crate) fn numbers(
    store: &mut Store,
    columns: &Columns,
    filter: &Filter,
    today: u32,
) -> Result<Vec<Nth>, StoreError> {
    let tests = filter.tests(columns, today);
    let passes = |nth: Nth| columns.cells(nth).is_some_and(|cells| tests.pass(cells));
    let mut numbers: Vec<Nth> = match search::sought(store.connection(), &filter.q, None, passes)? {
        Some((numbers, _)) => numbers,
        None => columns.latest().map(|(nth, _)| nth).filter(|nth| passes(*nth)).collect(),
    };
    numbers.sort_unstable();
    Ok(numbers)
}

/// How many there are, and the numbers of one page and one more.
fn by_place<'a>(
    passing: impl Iterator<Item = (Nth, &'a Cells)>,
    sort: Sort,
    after: Option<Place>,
) -> (usize, Vec<Nth>) {
    let mut total = 0;
    let mut page: Vec<(Place, Nth)> = Vec::new();
    for (nth, cells) in passing {
        total += 1;
        let place = place(sort, nth, cells);
        if after.is_some_and(|after| place <= after) {
            continue;
        }
        page.push((place, nth));
        // Kept short as it goes: the whole is not put in order for one page of it.
        if page.len() >= 64 * PAGE {
            shorten(&mut page);
        }
    }
    shorten(&mut page);
    page.sort_unstable();
    (total, page.into_iter().map(|(_, nth)| nth).collect())
}

fn shorten(page: &mut Vec<(Place, Nth)>) {
    if page.len() > PAGE + 1 {
        page.select_nth_unstable(PAGE);
        page.truncate(PAGE + 1);
    }
}

fn place(sort: Sort, nth: Nth, cells: &Cells) -> Place {
    let latest_first = u64::from(u32::MAX - nth);
    match sort {
        Sort::Arrival | Sort::Name => (0, latest_first),
        Sort::Changed => (u64::from(u32::MAX - cells.changed), latest_first),
        Sort::Due if cells.next_due() == 0 => (u64::from(u32::MAX), latest_first),
        Sort::Due => (u64::from(cells.next_due()), latest_first),
    }
}

fn place_after(text: &str) -> Option<Place> {
    let (key, nth) = text.split_once('.')?;
    Some((key.parse().ok()?, nth.parse().ok()?))
}

fn after(
    connection: &Connection,
    columns: &Columns,
    sort: Sort,
    last: &Listed,
) -> Result<String, StoreError> {
    if sort == Sort::Name {
        let key = sort_key(connection, last.nth)?.unwrap_or_default();
        return Ok(format!("{}.{}", HEXLOWER.encode(&key), last.nth));
    }
    let cells = columns.cells(last.nth).copied().unwrap_or_default();
    let (key, nth) = place(sort, last.nth, &cells);
    Ok(format!("{key}.{nth}"))
}

fn sort_key(connection: &Connection, nth: Nth) -> Result<Option<Vec<u8>>, StoreError> {
    let mut query = connection.prepare_cached("SELECT sort FROM case_row WHERE n = ?1")?;
    Ok(query.query_row([nth], |row| row.get(0)).optional()?)
}

/// One page and one more in the order of names.
fn by_name(
    connection: &Connection,
    columns: &Columns,
    tests: &Tests,
    numbers: &[Nth],
    whole: bool,
    after: &str,
) -> Result<Vec<Nth>, StoreError> {
    let (key, nth) = after.split_once('.').unwrap_or_default();
    let key = HEXLOWER.decode(key.as_bytes()).unwrap_or_default();
    let nth: i64 = nth.parse().unwrap_or(-1);
    if whole && numbers.len() > FEW {
        let mut query = connection
            .prepare_cached("SELECT n FROM case_row WHERE (sort, n) > (?1, ?2) ORDER BY sort, n")?;
        let mut rows = query.query(params![key, nth])?;
        let mut page = Vec::new();
        while page.len() <= PAGE
            && let Some(row) = rows.next()?
        {
            let nth = row.get(0)?;
            if columns.cells(nth).is_some_and(|cells| tests.pass(cells)) {
                page.push(nth);
            }
        }
        return Ok(page);
    }
    let mut keyed = Vec::with_capacity(numbers.len());
    for nth in numbers {
        keyed.push((sort_key(connection, *nth)?.unwrap_or_default(), i64::from(*nth)));
    }
    keyed.sort_unstable();
    let page = keyed.into_iter().filter(|place| *place > (key.clone(), nth)).take(PAGE + 1);
    Ok(page.filter_map(|(_, nth)| u32::try_from(nth).ok()).collect())
}

fn listed<'a>(
    connection: &Connection,
    columns: &Columns,
    numbers: impl Iterator<Item = &'a Nth>,
) -> Result<Vec<Listed>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT n, case_id, reference, kind, status, category, station, assignee, child_alone,
                conflicts, suggested, person, received_at
         FROM case_row WHERE n = ?1",
    )?;
    let mut cases = Vec::with_capacity(PAGE);
    for nth in numbers {
        // One that went away since then is passed over.
        let day = |of: fn(&Cells) -> u32| written(columns.cells(*nth).map_or(0, of));
        let (due, forward_by) = (day(Cells::awaited), day(Cells::forward_by));
        let case = query.query_row([nth], read).optional()?;
        let alike = columns.cells(*nth).is_some_and(|cells| cells.has(Mark::Alike));
        cases.extend(case.map(|case| Listed { due, forward_by, alike, ..case }));
    }
    Ok(cases)
}

fn read(row: &SqlRow<'_>) -> Result<Listed, rusqlite::Error> {
    Ok(Listed {
        nth: row.get(0)?,
        case: row.get(1)?,
        reference: row.get(2)?,
        kind: row.get(3)?,
        status: row.get(4)?,
        category: row.get(5)?,
        station: row.get(6)?,
        assignee: row.get(7)?,
        due: String::new(),
        forward_by: String::new(),
        child_alone: row.get(8)?,
        conflicts: row.get(9)?,
        suggested: row.get(10)?,
        alike: false,
        person: row.get(11)?,
        received: row.get(12)?,
    })
}

#[cfg(test)]
mod tests;
