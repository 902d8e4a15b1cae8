//! Names a slip of the finger apart, of all names that there are.
//!
//! Each is kept under itself and under itself without any one letter, a long one also without any
//! two; those that share a key may differ by as many. Short names are kept under themselves alone:
//! there one letter is another name. A letter left out between two of a kind leaves a double, of
//! which folding keeps one: the keys do so, too.

use std::collections::BTreeSet;

use beket_store::StoreError;
use rusqlite::{Connection, params};
use strsim::osa_distance;

/// Names of fewer letters are not guessed at.
const LEAST_LETTERS: usize = 4;
/// In names of so many letters, two may differ.
const LONG: usize = 8;
/// More names than this are not taken for one.
const MOST: usize = 100;

/// Nobody's name is longer; what is, is kept under itself alone.
const MOST_LETTERS: usize = 24;

/// How many letters may differ in a name of so many.
fn slips(letters: usize) -> usize {
    match letters {
        LEAST_LETTERS..LONG => 1,
        LONG..MOST_LETTERS => 2,
        _ => 0,
    }
}

/// The name, and the name without as many letters as may differ.
fn keys(name: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::from([name.to_owned()]);
    for _ in 0..slips(name.chars().count()) {
        let shorter: Vec<String> = keys.iter().flat_map(|key| without_one(key)).collect();
        keys.extend(shorter);
    }
    keys
}

fn without_one(key: &str) -> Vec<String> {
    let letters: Vec<char> = key.chars().collect();
    let without = |at: usize| {
        let mut left = [&letters[..at], &letters[at + 1..]].concat();
        left.dedup();
        left.into_iter().collect()
    };
    (0..letters.len()).map(without).collect()
}

/// Keeps the names of a folded text.
pub(super) fn keep(connection: &Connection, folded: &str) -> Result<(), StoreError> {
    let mut known =
        connection.prepare_cached("SELECT 1 FROM name_near WHERE key = ?1 AND name = ?1")?;
    let mut add = connection.prepare_cached(
        "INSERT INTO name_near (key, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    )?;
    for name in folded.split_whitespace() {
        if name.chars().any(|letter| letter.is_ascii_digit()) || known.exists([name])? {
            continue;
        }
        for key in keys(name) {
            add.execute(params![key, name])?;
        }
    }
    Ok(())
}

/// Drops the names of a folded text that no case bears any more.
pub(super) fn forget(connection: &Connection, folded: &str) -> Result<(), StoreError> {
    let borne = "SELECT 1 FROM case_text WHERE case_text MATCH ?1";
    let mut borne = connection.prepare_cached(borne)?;
    let mut drop_key =
        connection.prepare_cached("DELETE FROM name_near WHERE key = ?1 AND name = ?2")?;
    for name in folded.split_whitespace() {
        if borne.exists([format!("names : \"{name}\"")])? {
            continue;
        }
        for key in keys(name) {
            drop_key.execute(params![key, name])?;
        }
    }
    Ok(())
}

/// Names that a folded word may have been meant to be, the word itself among them if it is one.
pub(crate) fn near(connection: &Connection, word: &str) -> Result<Vec<String>, StoreError> {
    let mut query = connection.prepare_cached("SELECT name FROM name_near WHERE key = ?1")?;
    let mut found = Vec::new();
    let typed = keys(word);
    for key in &typed {
        for name in query.query_map([key], |row| row.get::<_, String>(0))? {
            let name = name?;
            let letters = word.chars().count().max(name.chars().count());
            let distance = osa_distance(word, &name);
            let left_out = || typed.contains(&name) || keys(&name).contains(word);
            if distance <= slips(letters) || left_out() {
                found.push((distance, name));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(MOST);
    Ok(found.into_iter().map(|(_, name)| name).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(names: &str) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(include_str!("../projection.sql")).unwrap();
        keep(&connection, names).unwrap();
        connection
    }

    #[test]
    fn a_letter_more_less_other_or_swapped_is_found_and_another_name_is_not() {
        let connection = known("smagulova aigul nur ahmetova");
        for typed in ["smagulova", "smagulva", "smaagulova", "smagurova", "smaguolva", "magulova"] {
            assert_eq!(near(&connection, typed).unwrap(), ["smagulova"], "{typed}");
        }
        assert_eq!(near(&connection, "aigol").unwrap(), ["aigul"]);
        assert_eq!(near(&connection, "hmetva").unwrap(), ["ahmetova"], "two, of eight");
        let connection = known("smagulova aigul nur ahmetova tolegen");
        assert_eq!(near(&connection, "tolen").unwrap(), ["tolegen"], "toleen, as it is folded");
        assert_eq!(near(&known("tolen"), "tolegen").unwrap(), ["tolen"], "the other way round");
        assert!(near(&connection, "bekova").unwrap().is_empty());
        assert!(
            near(&connection, "nor").unwrap().is_empty(),
            "of three letters, one is another name"
        );
        assert_eq!(near(&connection, "nur").unwrap(), ["nur"]);
        forget(&connection, "smagulova nur").unwrap();
        let left: i64 = connection
            .query_row(
                "SELECT count(*) FROM name_near WHERE name IN ('smagulova', 'nur')",
                [],
                |r| r.get(0),
            )
            .unwrap();
        assert_eq!(left, 0, "of somebody who was purged nothing stays");
    }

    #[test]
    fn a_text_without_spaces_is_no_name_to_guess_at() {
        assert_eq!(keys(&"ab".repeat(5_000)).len(), 1);
        assert!(keys("абвгдежзиклмнопрстуфхцч").len() < 300);
    }
}
