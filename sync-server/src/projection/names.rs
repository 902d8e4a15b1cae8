//! Names a slip of the finger apart, of all names that there are.
//!
//! Each is kept under itself and under itself without any one letter; two that share a key differ
//! by one letter, or two. Short names are kept under themselves alone: there one letter is another
//! name.

use beket_store::StoreError;
use rusqlite::{Connection, params};
use strsim::osa_distance;

/// Names of fewer letters are not guessed at.
const LEAST_LETTERS: usize = 4;
/// More names than this are not taken for one.
const MOST: usize = 24;

/// The name, and the name without any one of its letters.
fn keys(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut keys = vec![name.to_owned()];
    if letters.len() >= LEAST_LETTERS {
        keys.extend((0..letters.len()).map(|without| {
            let kept = letters.iter().enumerate().filter(|(at, _)| *at != without);
            kept.map(|(_, letter)| letter).collect::<String>()
        }));
        keys.dedup();
    }
    keys
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

/// Names that a folded word may have been meant to be, the word itself among them if it is one.
pub(crate) fn near(connection: &Connection, word: &str) -> Result<Vec<String>, StoreError> {
    let mut query = connection.prepare_cached("SELECT name FROM name_near WHERE key = ?1")?;
    let mut found = Vec::new();
    for key in keys(word) {
        for name in query.query_map([&key], |row| row.get::<_, String>(0))? {
            let name = name?;
            // In long names, two letters may differ that stand apart.
            let most = if word.chars().count() >= 2 * LEAST_LETTERS { 2 } else { 1 };
            let distance = osa_distance(word, &name);
            if distance <= most {
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
        assert!(near(&connection, "bekova").unwrap().is_empty());
        assert!(
            near(&connection, "nor").unwrap().is_empty(),
            "of three letters, one is another name"
        );
        assert_eq!(near(&connection, "nur").unwrap(), ["nur"]);
    }
}
