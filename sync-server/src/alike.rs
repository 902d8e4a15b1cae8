//! Who in one case may be somebody in another: candidates by keys, weighed field by field.
//!
//! A million cases are not compared with each other: only those are that share a key, and where
//! somebody looks, also those whose two names are a slip apart. Weighs, and decides nothing: that is
//! for people.

pub(crate) mod keys;
pub(crate) mod once;

use std::collections::BTreeSet;

use beket_model::{Likeness, Traits, fold, full_name, likeness};
use beket_store::StoreError;
use beket_words::moment;
use data_encoding::HEXLOWER;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use serde_json::Value;

use crate::columns::Nth;
use crate::projection::names;
use crate::projection::row::Row;

/// Cases of two names that are weighed, the last to arrive first: of names that thousands bear, no
/// more.
const MOST_OF_A_NAME: i64 = 60;
/// People of one case that are compared; no household is larger.
const MOST_PEOPLE: usize = 30;

/// Somebody of a case as they are compared.
#[derive(Debug)]
pub(crate) struct Somebody {
    pub(crate) name: String,
    traits: Traits,
    /// What is known of them.
    pub(crate) person: Value,
}

/// The people of a case, from its row: whoever it is about first. In an enquiry the rest are those who
/// ask, and nobody looks for them.
pub(crate) fn somebodies(kind: &str, people: &str, handed_in: i64) -> Vec<Somebody> {
    let mut people: Vec<Value> = serde_json::from_str(people).unwrap_or_default();
    people.truncate(if kind == "enquiry" { 1 } else { MOST_PEOPLE });
    let year = moment::day(handed_in).map_or(0, jiff::civil::Date::year);
    let somebody = |person: Value| {
        let traits = Traits::of(&person).told_in(year);
        Somebody { name: full_name(&person), traits, person }
    };
    people.into_iter().map(somebody).collect()
}

/// The same, of a row of which `kind`, `people` and `handed_in` were asked for, the first at `at`.
pub(crate) fn read(row: &SqlRow<'_>, at: usize) -> Result<Vec<Somebody>, rusqlite::Error> {
    let (kind, people): (String, String) = (row.get(at)?, row.get(at + 1)?);
    Ok(somebodies(&kind, &people, row.get(at + 2)?))
}

/// Another case that somebody of this one may be in.
#[derive(Debug)]
pub(crate) struct Alike {
    pub(crate) nth: Nth,
    pub(crate) case: String,
    pub(crate) reference: String,
    pub(crate) kind: String,
    pub(crate) status: String,
    /// Who of this case, and who of the other.
    pub(crate) mine: String,
    pub(crate) theirs: String,
    /// What is known of who it is in the other.
    pub(crate) person: Value,
    pub(crate) likeness: Likeness,
}

impl Alike {
    /// Whether the two look like two people of one household.
    pub(crate) fn is_household(&self) -> bool {
        !self.likeness.is_worth_showing()
    }
}

/// How far a name is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Whoever shares a key.
    Keys,
    /// Also whoever's names are spelt with a slip or two.
    Slips,
}

/// Every case worth a look beside this one, the likeliest first.
pub(crate) fn alike(
    connection: &Connection,
    people: &[Somebody],
    but: Nth,
    reach: Reach,
) -> Result<Vec<Alike>, StoreError> {
    let mut near = keys::of(connection, people)?;
    if reach == Reach::Slips {
        near.append(&mut namesakes(connection, people)?);
    }
    let mut found = Vec::new();
    for nth in near {
        if nth != but {
            found.extend(weigh(connection, people, nth)?);
        }
    }
    found.sort_by(|one, other| one.likeness.rank(&other.likeness));
    Ok(found)
}

/// The two of two cases that are most alike; `None` where nobody is worth a look.
fn weigh(
    connection: &Connection,
    people: &[Somebody],
    nth: Nth,
) -> Result<Option<Alike>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT case_id, reference, kind, status, people, handed_in FROM case_row
         WHERE n = ?1 AND status <> 'void'",
    )?;
    let row = query.query_row([nth], |row| {
        let of = (row.get::<_, Vec<u8>>(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get(3)?);
        Ok((of, row.get::<_, String>(4)?, row.get(5)?))
    });
    let Some(((case, reference, kind, status), theirs, handed_in)) = row.optional()? else {
        return Ok(None);
    };
    let theirs = somebodies(&kind, &theirs, handed_in);
    let pairs = people.iter().flat_map(|mine| theirs.iter().map(move |one| (mine, one)));
    let weighed = pairs.map(|(mine, one)| (mine, one, likeness(&mine.traits, &one.traits)));
    let worth =
        weighed.filter(|(_, _, like)| like.is_worth_showing() || like.same_household_hint());
    let best = worth.min_by(|(_, _, one), (_, _, other)| one.rank(other));
    Ok(best.map(|(mine, one, likeness)| Alike {
        nth,
        case: HEXLOWER.encode(&case),
        reference,
        kind,
        status,
        mine: mine.name.clone(),
        theirs: one.name.clone(),
        person: one.person.clone(),
        likeness,
    }))
}

/// The cases in which two names are those of one of these people, or nearly.
fn namesakes(connection: &Connection, people: &[Somebody]) -> Result<BTreeSet<Nth>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT rowid FROM case_text WHERE case_text MATCH ?1 ORDER BY rowid DESC LIMIT ?2",
    )?;
    let mut asked = BTreeSet::new();
    for somebody in people {
        let born = somebody.person["birth_date"].as_str().unwrap_or_default().replace('-', "");
        let day = (born.len() == 8).then(|| format!("\"b{born}\""));
        // The first of January may stand for its year.
        let year = born.strip_suffix("0101").map(|year| format!("\"b{year}\"*"));
        let born: Vec<String> = day.into_iter().chain(year).collect();
        for names in two_names(connection, &somebody.person)? {
            // Of the many who share common names those born on one day are certainly among them.
            asked.extend(born.iter().map(|born| format!("({names}) AND numbers : {born}")));
            asked.insert(names);
        }
    }
    let mut found = BTreeSet::new();
    for words in asked {
        let rows = query.query_map(params![words, MOST_OF_A_NAME], |row| row.get::<_, Nth>(0))?;
        for nth in rows {
            found.insert(nth?);
        }
    }
    Ok(found)
}

/// The given name with each of the others, in the index's language: a woman may have married, and her
/// father's name stays.
fn two_names(connection: &Connection, person: &Value) -> Result<Vec<String>, StoreError> {
    let named = |part: &str| {
        let folded = fold(person[part].as_str().unwrap_or_default());
        let name = folded.split(' ').next().filter(|name| name.len() > 1);
        name.map(|name| spellings(connection, name)).transpose()
    };
    let Some(given) = named("given_name")? else { return Ok(Vec::new()) };
    let others = [named("family_name")?, named("patronymic")?];
    let both = |other: String| format!("names : (({given}) AND ({other}))");
    Ok(others.into_iter().flatten().map(both).collect())
}

/// A folded name, and those that it may be meant to be.
fn spellings(connection: &Connection, name: &str) -> Result<String, StoreError> {
    let mut all = BTreeSet::from([format!("\"{name}\"")]);
    all.extend(names::near(connection, name)?.into_iter().map(|near| format!("\"{near}\"")));
    Ok(all.into_iter().collect::<Vec<_>>().join(" OR "))
}

/// Keeps which cases are strongly alike and nobody has compared yet, as of a row that was just
/// written. Gives every case of which that changed, with whether there is such a case.
pub(crate) fn pair(tx: &Connection, nth: Nth, row: &Row) -> Result<Vec<(Nth, bool)>, StoreError> {
    let mut touched = unpair(tx, nth)?;
    if row.kind != "enquiry" && row.status != "void" {
        let people = somebodies(&row.kind, &row.people, row.handed_in.cast_signed());
        let strong = alike(tx, &people, nth, Reach::Keys)?.into_iter().filter(|other| {
            other.likeness.is_strong()
                && other.kind != "enquiry"
                && !row.compared.contains(&other.case)
        });
        let mut add =
            tx.prepare_cached("INSERT INTO alike (one, other) VALUES (?1, ?2), (?2, ?1)")?;
        for other in strong {
            add.execute([nth, other.nth])?;
            touched.insert(other.nth);
        }
    }
    touched.insert(nth);
    let mut stands = tx.prepare_cached("SELECT 1 FROM alike WHERE one = ?1")?;
    touched.into_iter().map(|nth| Ok((nth, stands.exists([nth])?))).collect()
}

/// Forgets what a case was alike to; gives those others.
pub(crate) fn unpair(tx: &Connection, nth: Nth) -> Result<BTreeSet<Nth>, StoreError> {
    let mut forget = tx.prepare_cached("DELETE FROM alike WHERE one = ?1 RETURNING other")?;
    let others =
        forget.query_map([nth], |row| row.get(0))?.collect::<Result<BTreeSet<Nth>, _>>()?;
    let mut back = tx.prepare_cached("DELETE FROM alike WHERE one = ?1 AND other = ?2")?;
    for other in &others {
        back.execute([*other, nth])?;
    }
    Ok(others)
}
