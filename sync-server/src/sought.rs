//! Somebody who is looked for: found by what the caller knows, confirmed by one thing asked back, and
//! told only then, as far as the person allowed.
//!
//! Children alone are found by description, never listed. Refuses to look by less than two names or
//! one number: what fits everybody finds nobody.

mod asked;
mod question;

use std::collections::BTreeSet;

use beket_model::{Reading, fold};
use beket_store::StoreError;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::alike::{Reach, alike, somebodies};
use crate::columns::Nth;
pub(crate) use asked::Asked;
pub(crate) use question::Question;

/// So many grown-ups, and so many children alone, are shown at the most: more would be a list to
/// browse.
const MOST: usize = 5;
/// A child is meant by so many words of their description, or by one and the age.
const WORDS_OF_A_CHILD: usize = 2;

/// Somebody who may be the one.
#[derive(Debug)]
pub(crate) struct Possible {
    pub(crate) case: String,
    pub(crate) person: Value,
    pub(crate) is_child_alone: bool,
}

/// Whoever may be the one, the likeliest first: everybody, since the answer to what is asked back may
/// be the last one's.
pub(crate) fn find(
    connection: &Connection,
    asked: &Asked,
    now: i64,
) -> Result<Vec<Possible>, StoreError> {
    let mut found = Vec::new();
    if asked.is_enough() {
        let people = somebodies("enquiry", &json!([asked.person]).to_string(), now);
        let alike = alike(connection, &people, Nth::MAX, Reach::Slips)?.into_iter();
        let registered = |kind: &str| matches!(kind, "evacuee" | "passenger");
        let alike = alike.filter(|it| registered(&it.kind) && it.likeness.is_worth_showing());
        found.extend(alike.map(|it| Possible {
            case: it.case,
            is_child_alone: !it.person["separated"].is_null(),
            person: it.person,
        }));
    }
    for child in children(connection, asked)? {
        let is = |one: &Possible| one.case == child.case && one.person == child.person;
        if !found.iter().any(is) {
            found.push(child);
        }
    }
    Ok(found)
}

/// Those of them with whom an answer agrees, no more than can be meant.
pub(crate) fn confirmed(
    found: Vec<Possible>,
    question: Question,
    answer: &str,
    asked: &Asked,
    this_year: i16,
) -> Vec<Possible> {
    let agrees = |one: &Possible| question.is_answered(answer, &one.person, asked, this_year);
    let (children, others): (Vec<_>, Vec<_>) =
        found.into_iter().filter(agrees).partition(|one| one.is_child_alone);
    others.into_iter().take(MOST).chain(children.into_iter().take(MOST)).collect()
}

/// Children alone whom the words describe.
fn children(connection: &Connection, asked: &Asked) -> Result<Vec<Possible>, StoreError> {
    let words: Vec<String> = asked.words.iter().map(|word| format!("\"{word}\"")).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = connection.prepare_cached(
        "SELECT lower(hex(case_id)), people FROM case_text JOIN case_row ON n = case_text.rowid
         WHERE case_text MATCH ?1 AND child_alone AND status <> 'void'
           AND kind IN ('evacuee', 'passenger') ORDER BY n DESC LIMIT 2000",
    )?;
    let rows = query.query_map([words.join(" OR ")], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    })?;
    let mut found = Vec::new();
    for row in rows {
        let (case, people) = row?;
        let people: Vec<Value> = serde_json::from_str(&people).unwrap_or_default();
        for child in people.into_iter().filter(|child| !child["separated"].is_null()) {
            let met = described(&child, &asked.words);
            let age = |person: &Value| person["age_years"].as_i64();
            let of_age = age(&child).zip(age(&asked.person));
            let of_age = of_age.is_some_and(|(one, other)| (one - other).abs() <= 1);
            if met >= WORDS_OF_A_CHILD || (met > 0 && of_age) {
                found.push((
                    met,
                    Possible { case: case.clone(), person: child, is_child_alone: true },
                ));
            }
        }
    }
    found.sort_by_key(|(met, _)| std::cmp::Reverse(*met));
    Ok(found.into_iter().map(|(_, child)| child).collect())
}

/// How many of these words are in what is known of a child.
fn described(child: &Value, words: &BTreeSet<String>) -> usize {
    let told = child["separated"].as_object().into_iter().flat_map(|alone| alone.values());
    let names = ["family_name", "given_name"].map(|field| &child[field]);
    let told: Vec<&str> = told.chain(names).filter_map(Value::as_str).collect();
    let told = fold(&told.join(" "));
    let told: BTreeSet<&str> = told.split_whitespace().collect();
    words.iter().filter(|word| told.contains(word.as_str())).count()
}

/// What a caller may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MaySay {
    /// Where they are.
    Yes,
    /// The person is asked first.
    AskFirst,
    /// Nothing.
    No,
    /// A child alone: only that papers are needed.
    Child,
}

/// Where the person's agreement stands.
const AGREEMENT: &str = "consent.may_tell_family";

impl MaySay {
    /// Of somebody in an intake. Who was not asked is asked first; of two who wrote otherwise apart
    /// the stricter is heard, and a place in dispute is told to nobody.
    pub(crate) fn of(intake: Option<&Reading>, is_child_alone: bool) -> Self {
        let Some(intake) = intake.filter(|_| !is_child_alone) else {
            return if is_child_alone { Self::Child } else { Self::AskFirst };
        };
        let conflicts = || intake.conflicts.iter();
        if conflicts().any(|conflict| conflict.path.contains(".separated.")) {
            return Self::Child;
        }
        let disputed = conflicts().find(|conflict| conflict.path == AGREEMENT);
        let agreed = match disputed {
            Some(conflict) => {
                let all = conflict.values.iter().map(|value| Self::agreed(value.value.as_str()));
                all.max_by_key(|may| {
                    [Self::Yes, Self::AskFirst, Self::No].iter().position(|it| it == may)
                })
            }
            None => Some(Self::agreed(intake.text(AGREEMENT))),
        };
        let agreed = agreed.unwrap_or(Self::AskFirst);
        let is_told = |path: &str| {
            path.starts_with("place.")
                || path.starts_with("movement.")
                || path.ends_with(".whereabouts")
        };
        if agreed == Self::Yes && conflicts().any(|conflict| is_told(&conflict.path)) {
            return Self::AskFirst;
        }
        agreed
    }

    fn agreed(word: Option<&str>) -> Self {
        match word {
            Some("yes") => Self::Yes,
            Some("no") => Self::No,
            _ => Self::AskFirst,
        }
    }
}

#[cfg(test)]
mod tests {
    use beket_model::{ChangeHash, Conflict, ConflictValue, Document, Intake, Reference, Stamp};
    use beket_record::{Author, CaseId};
    use beket_store::Store;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;
    use crate::projection::{self, row::Row};

    fn says(agreement: &Value) -> Reading {
        let intake = json!({ "kind": "evacuee", "language": "kk", "person": { "given_name": "Айгүл" },
            "consent": { "may_tell_family": agreement } });
        let intake = Intake::from_json(&intake.to_string()).unwrap();
        let reference = Reference::new("TRK", "B", 417).unwrap();
        let stamp = Stamp { author: Author::from_bytes([1; 32]), by: String::new(), at: 100 };
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        Document::intake(&intake, &reference, &stamp, &mut rng).unwrap().0.read()
    }

    fn disputed(agreement: &str, path: &str, values: &[Value]) -> Reading {
        let mut reading = says(&json!(agreement));
        let value = |value: &Value| ConflictValue {
            value: value.clone(),
            change: ChangeHash([0; 32]),
            by: String::new(),
            at: 0,
        };
        let values = values.iter().map(value).collect();
        reading.conflicts = vec![Conflict { path: path.to_owned(), values }];
        reading
    }

    #[test]
    fn of_what_two_wrote_apart_the_stricter_is_heard() {
        let of = |reading: &Reading| MaySay::of(Some(reading), false);
        assert_eq!(of(&says(&json!("yes"))), MaySay::Yes);
        assert_eq!(of(&says(&Value::Null)), MaySay::AskFirst);
        for (values, may) in [
            ([json!("no"), json!("yes")], MaySay::No),
            ([json!("ask"), json!("yes")], MaySay::AskFirst),
            ([Value::Null, json!("yes")], MaySay::AskFirst),
            ([json!("no"), json!("ask")], MaySay::No),
        ] {
            // Whichever of them stands.
            for stands in ["yes", "no"] {
                assert_eq!(of(&disputed(stands, AGREEMENT, &values)), may, "{values:?}");
            }
        }
        let places = [json!("Мектеп 7"), json!("Мешіт")];
        for path in ["place.site", "movement.to", "person.whereabouts", "household.1.whereabouts"] {
            assert_eq!(of(&disputed("yes", path, &places)), MaySay::AskFirst, "{path}");
            assert_eq!(of(&disputed("no", path, &places)), MaySay::No, "{path}");
        }
        assert_eq!(of(&disputed("yes", "person.phone", &places)), MaySay::Yes);
        let alone = disputed("yes", "household.1.separated.says", &[json!("Ана"), Value::Null]);
        assert_eq!(of(&alone), MaySay::Child);
    }

    #[test]
    fn nobody_is_hidden_by_those_whom_the_answer_does_not_fit() {
        let one = |born: i16, is_child_alone| Possible {
            case: born.to_string(),
            person: json!({ "birth_date": format!("{born}-03-02") }),
            is_child_alone,
        };
        let found = || {
            let wrong = (1950..1960).map(|year| one(year, false));
            let right = (0..7).map(|_| one(1985, false));
            wrong.chain(right).chain([one(1985, true)]).collect::<Vec<_>>()
        };
        let asked = Asked::of("Ахметова Айгул", 2026);
        let said = |answer| confirmed(found(), Question::Birth, answer, &asked, 2026);
        let cases =
            |found: Vec<Possible>| found.iter().map(|it| it.case.clone()).collect::<Vec<_>>();
        assert_eq!(cases(said("1985")), ["1985"; MOST + 1], "the child is among them");
        assert_eq!(cases(said("1959")), ["1959"]);
        assert!(said("1970").is_empty());
    }

    #[test]
    fn of_a_name_that_hundreds_bear_whoever_is_meant_is_found_by_the_answer() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("office.db")).unwrap();
        projection::prepare(&mut store).unwrap();
        let tx = store.connection().transaction().unwrap();
        for nth in 0..200_u8 {
            let born = format!("{}-03-02", 1985 - i32::from(nth % 50) - i32::from(nth > 0));
            let row = Row {
                kind: "evacuee".to_owned(),
                names: fold("Ахметова Айгүл"),
                numbers: format!("b{}", born.replace('-', "")),
                people: json!([{ "family_name": "Ахметова", "given_name": "Айгүл",
                    "birth_date": born }])
                .to_string(),
                ..Row::default()
            };
            projection::put(&tx, CaseId::from_bytes([nth; 16]), &row).unwrap();
        }
        tx.commit().unwrap();
        let asked = Asked::of("Ахметова Айгуль", 2026);
        let more = asked.knowing(Question::Birth, "1985", 2026);
        let found = find(store.connection(), &more, 1_561_389_120).unwrap();
        let said = confirmed(found, Question::Birth, "1985", &asked, 2026);
        let first = CaseId::from_bytes([0; 16]).to_string();
        assert_eq!(said.iter().map(|it| &it.case).collect::<Vec<_>>(), [&first]);
    }
}
