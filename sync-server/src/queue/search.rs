//! Cases by what they say: names in any spelling and with a slip, words, numbers.

use beket_model::{Reference, fold};
use beket_store::StoreError;
use rusqlite::Connection;

use crate::columns::Nth;
use crate::projection::names;

/// What is searched for is cut to this many characters.
const MAX_CHARS: usize = 100;
/// A word of fewer letters begins too many others.
const LEAST_LETTERS: usize = 2;

/// The numbers of the cases that are sought and pass, the last to arrive first, and whether there are
/// more than `most`; `None` where nothing is sought.
pub(super) fn sought(
    connection: &Connection,
    q: &str,
    most: Option<usize>,
    passes: impl Fn(Nth) -> bool,
) -> Result<Option<(Vec<Nth>, bool)>, StoreError> {
    let q: String = q.trim().chars().take(MAX_CHARS).collect();
    if q.is_empty() {
        return Ok(None);
    }
    if let Ok(reference) = Reference::parse(&q) {
        let query = "SELECT n FROM case_row WHERE reference = ?1 ORDER BY n DESC";
        let mut query = connection.prepare_cached(query)?;
        let numbers = query.query_map([reference.to_string()], |row| row.get(0))?;
        let numbers: Vec<Nth> = numbers.collect::<Result<_, _>>()?;
        if !numbers.is_empty() {
            return Ok(Some((numbers.into_iter().filter(|nth| passes(*nth)).collect(), false)));
        }
    }
    let Some(words) = words(connection, &q)? else { return Ok(Some((Vec::new(), false))) };
    let mut query = connection.prepare_cached(
        "SELECT rowid FROM case_text WHERE case_text MATCH ?1 ORDER BY rowid DESC",
    )?;
    let (mut rows, mut numbers) = (query.query([words])?, Vec::new());
    while let Some(row) = rows.next()? {
        let nth = row.get(0)?;
        if !passes(nth) {
            continue;
        }
        if most.is_some_and(|most| numbers.len() == most) {
            return Ok(Some((numbers, true)));
        }
        numbers.push(nth);
    }
    Ok(Some((numbers, false)))
}

/// The question in the index's language: every word in any order, since people say a name as they
/// like. `None` where there is no word to look for.
fn words(connection: &Connection, q: &str) -> Result<Option<String>, StoreError> {
    let mut all = Vec::new();
    if let Some(number) = number(q) {
        let either = number.iter().map(|number| format!("numbers : \"{number}\"*"));
        return Ok(Some(either.collect::<Vec<_>>().join(" OR ")));
    }
    for word in fold(q).split_whitespace() {
        if word.chars().count() < LEAST_LETTERS {
            continue;
        }
        // Quoted, nothing in it is an operator; folding left no quote.
        let mut one = vec![format!("\"{word}\"*")];
        for name in names::near(connection, word)? {
            one.push(format!("names : \"{name}\""));
        }
        all.push(format!("({})", one.join(" OR ")));
    }
    Ok((!all.is_empty()).then(|| all.join(" AND ")))
}

/// An IIN or a telephone number, whole or its beginning, as the index may hold it: digits alone.
fn number(q: &str) -> Option<Vec<String>> {
    let plain = |c: char| c.is_ascii_digit() || " +-()".contains(c);
    let digits: String = q.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 6 || !q.chars().all(plain) {
        return None;
    }
    // A telephone is written with 8 at home and +7 abroad, and kept with 7.
    let home = digits.strip_prefix('8').filter(|rest| rest.len() < 11);
    let abroad = home.map(|rest| format!("7{rest}"));
    Some(abroad.into_iter().chain([digits]).collect())
}
