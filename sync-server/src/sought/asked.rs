//! One line of what a caller knows, read as people say it on the telephone.
//!
//! Refuses to guess: a number that is no year, day, age, telephone or IIN says nothing.

use std::collections::BTreeSet;

use beket_model::{FieldError, Iin, Intake, Phone, fold};
use beket_words::Tongue;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::Question;

/// Words of fewer letters describe nobody.
const LEAST_LETTERS: usize = 3;
/// So many numbers one after the other may be one that was dictated in groups.
const MOST_GROUPS: usize = 6;
/// Nobody is older.
const OLDEST: u64 = 120;
/// What is said beside a number and is no name.
const BESIDE_NUMBERS: [&str; 31] = [
    "лет",
    "год",
    "года",
    "гр",
    "г.р",
    "рождения",
    "возраст",
    "тел",
    "телефон",
    "номер",
    "иин",
    "жас",
    "жаста",
    "жасы",
    "жасында",
    "жасар",
    "жыл",
    "жылы",
    "жылғы",
    "туған",
    "телефоны",
    "нөмірі",
    "жсн",
    "years",
    "year",
    "old",
    "born",
    "aged",
    "phone",
    "number",
    "iin",
];
/// The same in one letter, which may be an initial where no number comes before it.
const BEHIND_NUMBERS: [&str; 2] = ["г", "ж"];

/// What a caller knows of the one they look for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Asked {
    /// As an intake's person; a year of birth as its first of January.
    pub(crate) person: Value,
    /// Every word, folded.
    pub(super) words: BTreeSet<String>,
    /// Whether the day of birth was said, and not the year alone.
    knows_day: bool,
}

/// A number that says something.
enum Number {
    Iin(String),
    Phone(String),
    Day(Date),
    Year(i16),
    Age(u64),
}

impl Asked {
    /// Reads one line: names in the order surname, given name, patronymic; a day or a year of birth or
    /// an age; a telephone; an IIN.
    pub(crate) fn of(line: &str, this_year: i16) -> Self {
        let words: Vec<&str> = line.split([' ', ',', ';', '\u{a0}']).flat_map(parts).collect();
        let (mut person, mut knows_day) = (json!({}), false);
        let (mut names, mut behind_number) = (Vec::new(), false);
        let mut at = 0;
        while let Some(word) = words.get(at) {
            if !is_number(word) {
                if !is_beside_number(word, behind_number) {
                    names.push(*word);
                    behind_number = false;
                }
                at += 1;
                continue;
            }
            let (number, many) = number(&words[at..], this_year);
            (at, behind_number) = (at + many, true);
            match number {
                Some(Number::Iin(digits)) => person["iin"] = digits.into(),
                Some(Number::Phone(digits)) => person["phone"] = digits.into(),
                Some(Number::Age(age)) => person["age_years"] = age.into(),
                Some(Number::Year(year)) => person["birth_date"] = format!("{year}-01-01").into(),
                Some(Number::Day(day)) => {
                    (person["birth_date"], knows_day) = (day.to_string().into(), true);
                }
                None => {}
            }
        }
        let fields = ["family_name", "given_name"].iter().zip(&names);
        fields.for_each(|(field, name)| person[*field] = (*name).into());
        if names.len() > 2 {
            person["patronymic"] = names[2..].join(" ").into();
        }
        Self { person, words: telling(&names.join(" ")), knows_day }
    }

    /// Whether it is enough to look by.
    pub(crate) fn is_enough(&self) -> bool {
        let has = |field: &str| !self.person[field].is_null();
        has("iin") || has("phone") || (has("family_name") && has("given_name"))
    }

    /// The same with what was answered, to look by once more: of those who bear a common name the ones
    /// of one year are few.
    pub(crate) fn knowing(&self, question: Question, answer: &str, this_year: i16) -> Self {
        let mut more = self.clone();
        let born = Self::of(answer, this_year).person["birth_date"].clone();
        if question == Question::Birth && !born.is_null() {
            more.person["birth_date"] = born;
        }
        more
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
        if let Some(year) = year.filter(|_| !self.knows_day) {
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

/// The words of a text that tell somebody apart, folded.
pub(super) fn telling(text: &str) -> BTreeSet<String> {
    let folded = fold(text);
    let words = folded.split_whitespace().filter(|word| word.chars().count() >= LEAST_LETTERS);
    words.map(str::to_owned).collect()
}

/// A word, or a number and what it counts where they were written together: `1985г.`.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let digits = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    let (number, rest) = word.split_at(digits);
    let counts = is_beside_number(rest, true);
    let parts = if counts { [number, rest] } else { [word, ""] };
    parts.into_iter().filter(|part| !part.is_empty())
}

fn is_beside_number(word: &str, behind_number: bool) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    let is = |all: &[&str]| all.contains(&word.as_str());
    is(&BESIDE_NUMBERS) || behind_number && is(&BEHIND_NUMBERS)
}

fn is_number(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || "+-()./".contains(c))
}

/// What the first of these words says, or the first few together, and how many they are.
fn number(words: &[&str], this_year: i16) -> (Option<Number>, usize) {
    let groups = words.iter().take(MOST_GROUPS).take_while(|word| is_number(word)).count();
    let together = (2..=groups).rev().find_map(|many| {
        let said = words[..many].join(" ");
        let number = if Phone::parse(&said).is_ok() {
            Number::Phone(digits(&said))
        } else if Iin::parse(&said).is_ok() {
            Number::Iin(digits(&said))
        } else {
            day(&words[..many], this_year)?
        };
        Some((Some(number), many))
    });
    together.unwrap_or_else(|| (one(words[0], this_year), 1))
}

/// What one number says by itself.
fn one(word: &str, this_year: i16) -> Option<Number> {
    let parts: Vec<&str> = word.split(['.', '/', '-']).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1
        && let Some(day) = day(&parts, this_year)
    {
        return Some(day);
    }
    let digits = digits(word);
    match digits.len() {
        12 => Some(Number::Iin(digits)),
        10..=11 => Some(Number::Phone(digits)),
        4 => digits.parse().ok().filter(|it| (1900..=this_year).contains(it)).map(Number::Year),
        1..=3 => digits.parse().ok().filter(|age| *age <= OLDEST).map(Number::Age),
        _ => None,
    }
}

/// A day as people write it, or as machines do; its year, where there is no such day.
fn day(parts: &[&str], this_year: i16) -> Option<Number> {
    let [first, second, third] = parts else { return None };
    let (day, month, year) = match (first.len(), second.len(), third.len()) {
        (1..=2, 1..=2, 4) => (first, second, third),
        (4, 1..=2, 1..=2) => (third, second, first),
        _ => return None,
    };
    let year = year.parse().ok().filter(|year| (1900..=this_year).contains(year))?;
    let day = Date::new(year, month.parse().ok()?, day.parse().ok()?);
    Some(day.map_or(Number::Year(year), Number::Day))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
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
        assert_eq!(asked("850101399996"), json!({ "iin": "850101399996" }));
        assert_eq!(asked("850101 399 996"), json!({ "iin": "850101399996" }));
        for (line, enough) in
            [("Айгүл", false), ("", false), ("Айгүл 1985", false), ("87011234567", true)]
        {
            assert_eq!(Asked::of(line, 2026).is_enough(), enough, "{line}");
        }
    }

    #[test]
    fn a_telephone_is_one_however_it_is_dictated() {
        for (line, digits) in [
            ("+7-701-123-45-67", "77011234567"),
            ("8 701 123 45 67", "87011234567"),
            ("8 (701) 1234567", "87011234567"),
            ("тел. 701 123 45 67", "7011234567"),
        ] {
            assert_eq!(asked(line), json!({ "phone": digits }), "{line}");
        }
        let both = asked("Серік Али 41 701 123 45 67");
        assert_eq!((&both["age_years"], &both["phone"]), (&json!(41), &json!("7011234567")));
        let both = asked("1985 8 701 123 45 67");
        assert_eq!(
            (&both["birth_date"], &both["phone"]),
            (&json!("1985-01-01"), &json!("87011234567"))
        );
    }

    #[test]
    fn a_day_of_birth_is_kept_and_a_year_is_no_day() {
        for line in ["02.03.1985", "1985-03-02", "2/3/1985", "02 03 1985", "02.03.1985 г.р."] {
            let asked = Asked::of(line, 2026);
            assert_eq!(asked.person, json!({ "birth_date": "1985-03-02" }), "{line}");
        }
        let kept = |line: &str| {
            let intake = Asked::of(line, 2026).intake(Tongue::Kk, 2026, &json!({})).unwrap();
            serde_json::to_value(intake).unwrap()["person"].clone()
        };
        assert_eq!(kept("Серік Али 02.03.1985")["birth_date"], "1985-03-02");
        let year = kept("Серік Али 1985 года рождения");
        assert_eq!((&year["birth_date"], &year["age_years"]), (&Value::Null, &json!(41)));
        assert_eq!(year["patronymic"], Value::Null, "what stands beside a number is no name");
        assert_eq!(asked("31.02.1985"), json!({ "birth_date": "1985-01-01" }));
    }

    #[test]
    fn what_says_nothing_is_nothing() {
        for line in ["999", "121", "1899", "2027", "02.03.85", "12345"] {
            assert_eq!(asked(line), json!({}), "{line}");
        }
        assert_eq!(asked("7жас")["age_years"], 7);
        assert_eq!(asked("2-платформа")["age_years"], Value::Null);
    }
}
