//! What two descriptions of one person are likely to share: an IIN, a telephone, a name with the day
//! of birth. Of a million cases only those are compared that share such a key.
//!
//! Keys are hashed to be short, not to be secret: a purged case's are taken away with its row. They are
//! found again by reckoning them anew, so that whoever changes them, or `fold`, makes another layout.

use std::collections::BTreeSet;

use beket_model::fold;
use beket_record::CaseId;
use beket_store::StoreError;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use super::{Somebody, read, somebodies};
use crate::columns::Nth;
use crate::projection::row::Row;

/// Cases of one key that are compared, the last to arrive first: of a telephone that stands for a
/// whole shelter no more.
const MOST: i64 = 60;
/// Numbers of fewer digits are no telephone of one's own.
const LEAST_DIGITS: usize = 6;

/// The keys of some people.
pub(crate) type Keys = BTreeSet<i64>;

/// The cases that share a key with one of these people.
pub(super) fn of(
    connection: &Connection,
    people: &[Somebody],
) -> Result<BTreeSet<Nth>, StoreError> {
    let mut query = connection
        .prepare_cached("SELECT n FROM alike_key WHERE key = ?1 ORDER BY n DESC LIMIT ?2")?;
    let mut found = BTreeSet::new();
    for key in keys(people) {
        for nth in query.query_map(params![key, MOST], |row| row.get::<_, Nth>(0))? {
            found.insert(nth?);
        }
    }
    Ok(found)
}

/// The keys of a case as its row says until it is written anew; none of a case without one.
pub(crate) fn kept(tx: &Connection, case: CaseId) -> Result<Keys, StoreError> {
    let query = "SELECT kind, people, handed_in FROM case_row WHERE case_id = ?1";
    let people =
        tx.prepare_cached(query)?.query_row([case.as_bytes()], |row| read(row, 0)).optional()?;
    Ok(keys(&people.unwrap_or_default()))
}

/// The keys of a row.
pub(crate) fn of_row(row: &Row) -> Keys {
    keys(&somebodies(&row.kind, &row.people, row.handed_in.cast_signed()))
}

/// Keeps those that a case has, and forgets those that it had.
pub(crate) fn change(
    tx: &Connection,
    nth: Nth,
    before: &Keys,
    after: &Keys,
) -> Result<(), StoreError> {
    let mut drop = tx.prepare_cached("DELETE FROM alike_key WHERE key = ?1 AND n = ?2")?;
    for key in before.difference(after) {
        drop.execute(params![key, nth])?;
    }
    let add = "INSERT INTO alike_key (key, n) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    let mut add = tx.prepare_cached(add)?;
    for key in after.difference(before) {
        add.execute(params![key, nth])?;
    }
    Ok(())
}

fn keys(people: &[Somebody]) -> Keys {
    people.iter().flat_map(|somebody| words(&somebody.person)).map(|word| hashed(&word)).collect()
}

/// Given names and surnames share their keys: they change places.
fn words(person: &Value) -> Vec<String> {
    let text = |field: &str| person[field].as_str().unwrap_or_default();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let numbers = ["iin", "phone"].map(|field| (field, digits(text(field))));
    let numbers = numbers.into_iter().filter(|(_, digits)| digits.len() >= LEAST_DIGITS);
    let mut all: Vec<String> = numbers.map(|(field, digits)| format!("{field} {digits}")).collect();
    let born = text("birth_date");
    if born.len() == "2019-06-24".len() {
        for name in ["family_name", "given_name"].map(|part| fold(text(part))) {
            let first = name.split(' ').next().filter(|name| name.len() > 1);
            all.extend(first.map(|name| format!("name {name} {born}")));
        }
    }
    all
}

fn hashed(word: &str) -> i64 {
    let hash = blake3::hash(word.as_bytes());
    let first: [u8; 8] = std::array::from_fn(|at| hash.as_bytes()[at]);
    i64::from_le_bytes(first)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_person_in_two_alphabets_with_names_in_either_order_shares_keys() {
        let of = |person: Value| words(&person).into_iter().collect::<BTreeSet<_>>();
        let one = of(json!({ "family_name": "Смағұлова", "given_name": "Айгүл",
                             "birth_date": "1985-03-02", "phone": "+77011234567",
                             "iin": "850302450011" }));
        let other = of(json!({ "family_name": "Aigul", "given_name": "Smagulova",
                               "birth_date": "1985-03-02", "phone": "+77011234567" }));
        assert_eq!(one.intersection(&other).count(), 3, "{one:?} {other:?}");
        let number = of(json!({ "iin": "850302450011" }));
        assert!(number.len() == 1 && number.is_subset(&one), "{number:?}");
        assert!(of(json!({ "given_name": "Айгүл", "phone": "101" })).is_empty());
    }
}
