//! Somebody who is looked for: found by what the caller knows, confirmed by one thing asked back, and
//! told only then, as far as the person allowed.
//!
//! Children alone are found by description, never listed. Refuses to look by less than two names or
//! one number: what fits everybody finds nobody.

use std::collections::BTreeSet;

use beket_model::{Agreement, FieldError, Intake, Reading, Reason, Traits, fold, likeness};
use beket_store::StoreError;
use beket_words::{Tongue, places};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::alike::{Reach, alike, somebodies};
use crate::columns::Nth;

/// Whoever may be the one; more would be a list to browse.
const MOST: usize = 5;
/// A child is meant by so many words of their description, or by one and the age.
const WORDS_OF_A_CHILD: usize = 2;
/// Words of fewer letters describe nobody.
const LEAST_LETTERS: usize = 3;

/// What a caller knows of the one they look for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Asked {
    /// As an intake's person.
    pub(crate) person: Value,
    /// Every word, folded.
    words: BTreeSet<String>,
}

impl Asked {
    /// Reads one line: names in the order surname, given name, patronymic; a year of birth or an age;
    /// a telephone; an IIN.
    pub(crate) fn of(line: &str, this_year: i16) -> Self {
        let mut person = json!({});
        let mut names = Vec::new();
        for word in line.split([' ', ',', ';', '\u{a0}']).filter(|word| !word.is_empty()) {
            let digits: String = word.chars().filter(char::is_ascii_digit).collect();
            let is_number = !digits.is_empty() && !word.chars().any(char::is_alphabetic);
            match digits.len() {
                _ if !is_number => names.push(word),
                12 => person["iin"] = digits.into(),
                10..=11 => person["phone"] = digits.into(),
                4 if digits.parse().is_ok_and(|year| (1900..=this_year).contains(&year)) => {
                    person["birth_date"] = format!("{digits}-01-01").into();
                }
                1..=3 => {
                    person["age_years"] = digits.parse::<u64>().map_or(Value::Null, Value::from);
                }
                _ => {}
            }
        }
        let fields = ["family_name", "given_name"].iter().zip(&names);
        fields.for_each(|(field, name)| person[*field] = (*name).into());
        if names.len() > 2 {
            person["patronymic"] = names[2..].join(" ").into();
        }
        let folded = fold(line);
        let words = folded.split_whitespace().map(str::to_owned);
        Self { person, words: words.filter(|word| word.chars().count() >= LEAST_LETTERS).collect() }
    }

    /// Whether it is enough to look by.
    pub(crate) fn is_enough(&self) -> bool {
        let has = |field: &str| !self.person[field].is_null();
        has("iin") || has("phone") || (has("family_name") && has("given_name"))
    }

    /// An enquiry of it.
    pub(crate) fn intake(
        &self,
        tongue: Tongue,
        this_year: i16,
        more: &Value,
    ) -> Result<Intake, FieldError> {
        let mut person = self.person.clone();
        // A year is no day: nobody said that it was the first of January.
        let year = person["birth_date"].as_str().and_then(|day| day.get(..4)?.parse::<i16>().ok());
        if let Some(year) = year {
            person["birth_date"] = Value::Null;
            person["age_years"] = (this_year - year).into();
        }
        let mut intake = json!({ "kind": "enquiry", "language": tongue.code(), "person": person });
        for (key, value) in more.as_object().into_iter().flatten() {
            intake[key] = value.clone();
        }
        Intake::from_json(&intake.to_string())
    }
}

/// Somebody who may be the one.
#[derive(Debug)]
pub(crate) struct Possible {
    pub(crate) case: String,
    pub(crate) person: Value,
    pub(crate) is_child_alone: bool,
}

/// Whoever may be the one, the likeliest first.
pub(crate) fn find(
    connection: &Connection,
    asked: &Asked,
    now: i64,
) -> Result<Vec<Possible>, StoreError> {
    let mut found = Vec::new();
    if asked.is_enough() {
        let people = somebodies("enquiry", &json!([asked.person]).to_string(), now);
        let alike = alike(connection, &people, Nth::MAX, Reach::Slips)?.into_iter();
        let alike = alike.filter(|it| it.kind != "enquiry" && it.likeness.is_worth_showing());
        found.extend(alike.map(|it| Possible {
            case: it.case,
            is_child_alone: !it.person["separated"].is_null(),
            person: it.person,
        }));
    }
    for child in children(connection, asked)? {
        if !found.iter().any(|one| one.case == child.case) {
            found.push(child);
        }
    }
    found.truncate(MOST);
    Ok(found)
}

/// Children alone whom the words describe.
fn children(connection: &Connection, asked: &Asked) -> Result<Vec<Possible>, StoreError> {
    let words: Vec<String> = asked.words.iter().map(|word| format!("\"{word}\"")).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = connection.prepare_cached(
        "SELECT lower(hex(case_id)), people FROM case_text JOIN case_row ON n = case_text.rowid
         WHERE case_text MATCH ?1 AND child_alone AND status <> 'void' ORDER BY n DESC LIMIT 2000",
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

/// What is asked back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    Birth,
    Patronymic,
    Town,
    Phone,
    Clothing,
    Found,
}

impl Question {
    const ALL: [Self; 6] =
        [Self::Clothing, Self::Birth, Self::Patronymic, Self::Town, Self::Phone, Self::Found];

    /// Its word in a form.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Birth => "birth",
            Self::Patronymic => "patronymic",
            Self::Town => "town",
            Self::Phone => "phone",
            Self::Clothing => "clothing",
            Self::Found => "found",
        }
    }

    /// The question of a word.
    pub(crate) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|question| question.word() == word)
    }

    /// What most of these people can be told by, and the caller has not said yet.
    pub(crate) fn about(asked: &Asked, found: &[Possible]) -> Option<Self> {
        let tells =
            |question: &Self| found.iter().filter(|one| question.is_known(&one.person)).count();
        let open = Self::ALL.into_iter().filter(|question| !question.is_known(&asked.person));
        // Of those that tell equally many apart, `max_by_key` takes the last.
        open.rev().max_by_key(tells).filter(|question| tells(question) > 0)
    }

    fn is_known(self, person: &Value) -> bool {
        let text = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
        match self {
            Self::Birth => {
                text(&person["birth_date"])
                    || !person["age_years"].is_null()
                    || text(&person["iin"])
            }
            Self::Patronymic => text(&person["patronymic"]),
            Self::Town => text(&person["address"]["kato"]) || text(&person["address"]["line"]),
            Self::Phone => text(&person["phone"]),
            Self::Clothing => text(&person["separated"]["clothing"]),
            Self::Found => text(&person["separated"]["found_at"]),
        }
    }

    /// Whether an answer is what is known of somebody.
    pub(crate) fn is_answered(self, answer: &str, person: &Value, this_year: i16) -> bool {
        let said: BTreeSet<String> = fold(answer)
            .split_whitespace()
            .filter(|word| word.chars().count() >= LEAST_LETTERS)
            .map(str::to_owned)
            .collect();
        let meets = |known: &str| fold(known).split_whitespace().any(|word| said.contains(word));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match self {
            Self::Birth => is_born(answer, person, this_year),
            Self::Patronymic => {
                let one = Traits::of(&json!({ "patronymic": answer.trim() }));
                let other = Traits::of(&json!({ "patronymic": person["patronymic"] }));
                // An initial fits too many.
                let says = answer.trim().chars().count() >= LEAST_LETTERS;
                says && likeness(&one, &other).reasons.iter().any(|reason| {
                    matches!(reason, Reason::Patronymic(Agreement::Equal | Agreement::Near))
                })
            }
            Self::Town => {
                let place = places::of(&text(&person["address"]["kato"]));
                let named = place.is_some_and(|place| place.names.iter().any(|name| meets(name)));
                named || meets(&text(&person["address"]["line"]))
            }
            Self::Phone => {
                let digits =
                    |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                let (said, known) = (digits(answer), digits(&text(&person["phone"])));
                said.len() >= 4 && known.ends_with(&said[said.len().saturating_sub(10)..])
            }
            Self::Clothing => meets(&text(&person["separated"]["clothing"])),
            Self::Found => meets(&text(&person["separated"]["found_at"])),
        }
    }
}

/// A year, a date or an age, against a date, an age or an IIN.
fn is_born(answer: &str, person: &Value, this_year: i16) -> bool {
    let numbers = answer.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<i16>().ok());
    let numbers: Vec<i16> = numbers.collect();
    let said = numbers.iter().find(|year| (1900..=this_year).contains(*year)).copied();
    let said_age = numbers.first().filter(|age| numbers.len() == 1 && **age < 120);
    let known = person["birth_date"].as_str().and_then(|day| day.get(..4)?.parse::<i16>().ok());
    let age = person["age_years"].as_i64().and_then(|age| i16::try_from(age).ok());
    match (said, said_age, known, age) {
        (Some(said), _, Some(known), _) => said == known,
        (Some(said), _, None, Some(age)) => (this_year - age - said).abs() <= 1,
        (None, Some(said), Some(known), _) => (0..=1).contains(&(this_year - known - said)),
        (None, Some(said), None, Some(age)) => (said - age).abs() <= 1,
        _ => false,
    }
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

impl MaySay {
    /// Of somebody in an intake. Who was not asked is asked first.
    pub(crate) fn of(intake: Option<&Reading>, is_child_alone: bool) -> Self {
        if is_child_alone {
            return Self::Child;
        }
        match intake.and_then(|intake| intake.text("consent.may_tell_family")) {
            Some("yes") => Self::Yes,
            Some("no") => Self::No,
            _ => Self::AskFirst,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str) -> Value {
        Asked::of(line, 2026).person
    }

    #[test]
    fn a_line_is_read_as_people_say_it() {
        assert_eq!(
            asked("Ахметова Айгул, 1985"),
            json!({ "family_name": "Ахметова", "given_name": "Айгул", "birth_date": "1985-01-01" })
        );
        assert_eq!(
            asked("Серік  Али Болатұлы 7"),
            json!({ "family_name": "Серік", "given_name": "Али", "patronymic": "Болатұлы",
                    "age_years": 7 })
        );
        assert_eq!(asked("+7-701-123-45-67"), json!({ "phone": "77011234567" }));
        assert_eq!(asked("850101399996"), json!({ "iin": "850101399996" }));
        for (line, enough) in
            [("Айгүл", false), ("", false), ("Айгүл 1985", false), ("87011234567", true)]
        {
            assert_eq!(Asked::of(line, 2026).is_enough(), enough, "{line}");
        }
    }

    #[test]
    fn only_what_is_known_confirms() {
        let known = json!({ "birth_date": "1985-03-02", "patronymic": "Серікқызы",
            "phone": "+77011234567", "address": { "kato": "611600000", "line": "Абай 5" } });
        let answered = |question: Question, answer| question.is_answered(answer, &known, 2026);
        for (question, yes, no) in [
            (
                Question::Birth,
                &["1985", "02.03.1985", "41"][..],
                &["1986", "", "85", "39", "x"][..],
            ),
            (
                Question::Patronymic,
                &["Сериковна", "Серікқызы", "serikkyzy"],
                &["Болатқызы", "", "С"],
            ),
            (Question::Town, &["Арысь", "арыс", "Абай көшесі"], &["Шымкент", "", "а"]),
            (Question::Phone, &["4567", "87011234567"], &["567", "", "1234"]),
        ] {
            for answer in yes {
                assert!(answered(question, answer), "{question:?} {answer}");
            }
            for answer in no {
                assert!(!answered(question, answer), "{question:?} {answer}");
            }
        }
    }

    #[test]
    fn what_the_caller_said_already_is_not_asked_back() {
        let one = |person: Value| Possible { case: String::new(), person, is_child_alone: false };
        let found = [
            one(json!({ "birth_date": "1985-03-02", "phone": "+77011234567" })),
            one(json!({ "birth_date": "1986-03-02" })),
        ];
        let about = |line: &str| Question::about(&Asked::of(line, 2026), &found);
        assert_eq!(about("Ахметова Айгул"), Some(Question::Birth));
        assert_eq!(about("Ахметова Айгул 1985"), Some(Question::Phone));
        assert_eq!(about("Ахметова Айгул 1985 87011234567"), None);
    }
}
