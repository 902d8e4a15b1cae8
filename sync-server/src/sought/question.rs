//! What is asked back before anything is told, and whether an answer is what is known of somebody.
//!
//! Refuses what the caller said already, and what is true of everybody: a street is called a street.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use beket_model::{Agreement, Iin, Reason, Traits, fold, likeness};
use beket_words::places;
use serde_json::{Value, json};

use super::asked::telling;
use super::{Asked, Possible};

/// Words that stand in every address or description.
const COMMON: [&str; 40] = [
    "улица",
    "проспект",
    "дом",
    "квартира",
    "кв",
    "город",
    "село",
    "поселок",
    "аул",
    "район",
    "область",
    "микрорайон",
    "мкр",
    "место",
    "где",
    "возле",
    "около",
    "одежда",
    "одет",
    "одета",
    "көшесі",
    "көше",
    "даңғылы",
    "үй",
    "үйі",
    "пәтер",
    "қала",
    "қаласы",
    "ауылы",
    "ауданы",
    "облысы",
    "шағын",
    "жерде",
    "жанында",
    "киімі",
    "киген",
    "street",
    "house",
    "city",
    "near",
];
static FOLDED: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| COMMON.iter().map(|word| fold(word)).collect());

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
        let tells = |question: &Self| {
            found.iter().filter(|one| question.is_known(&one.person, &asked.words)).count()
        };
        let said = |question: &Self| question.is_known(&asked.person, &BTreeSet::new());
        let open = Self::ALL.into_iter().filter(|question| !said(question));
        // Of those that tell equally many apart, `max_by_key` takes the last.
        open.rev().max_by_key(tells).filter(|question| tells(question) > 0)
    }

    /// Whether a person can be told by it, beyond words that were said.
    fn is_known(self, person: &Value, said: &BTreeSet<String>) -> bool {
        let text = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
        match self {
            Self::Birth => year(person).is_some() || !person["age_years"].is_null(),
            Self::Patronymic => text(&person["patronymic"]),
            Self::Phone => text(&person["phone"]),
            Self::Town | Self::Clothing | Self::Found => !self.words(person, said).is_empty(),
        }
    }

    /// The words of a description that tell a person apart, beyond those that were said.
    fn words(self, person: &Value, said: &BTreeSet<String>) -> BTreeSet<String> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let known = match self {
            Self::Town => {
                let place = places::of(&text(&person["address"]["kato"]));
                let names = place.map(|place| place.names.join(" ")).unwrap_or_default();
                format!("{names} {}", text(&person["address"]["line"]))
            }
            Self::Clothing => text(&person["separated"]["clothing"]),
            Self::Found => text(&person["separated"]["found_at"]),
            Self::Birth | Self::Patronymic | Self::Phone => String::new(),
        };
        let words = telling(&known).into_iter();
        words.filter(|word| !said.contains(word) && !FOLDED.contains(word)).collect()
    }

    /// Whether an answer is what is known of somebody.
    pub(crate) fn is_answered(
        self,
        answer: &str,
        person: &Value,
        asked: &Asked,
        this_year: i16,
    ) -> bool {
        match self {
            Self::Birth => is_born(answer, person, this_year),
            Self::Patronymic => {
                let one = Traits::of(&json!({ "patronymic": answer.trim() }));
                let other = Traits::of(&json!({ "patronymic": person["patronymic"] }));
                // An initial fits too many.
                let says = answer.trim().chars().count() >= 3;
                says && likeness(&one, &other).reasons.iter().any(|reason| {
                    matches!(reason, Reason::Patronymic(Agreement::Equal | Agreement::Near))
                })
            }
            Self::Phone => {
                let digits =
                    |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                let known = digits(person["phone"].as_str().unwrap_or_default());
                let said = digits(answer);
                said.len() >= 4 && known.ends_with(&said[said.len().saturating_sub(10)..])
            }
            Self::Town | Self::Clothing | Self::Found => {
                !self.words(person, &asked.words).is_disjoint(&telling(answer))
            }
        }
    }
}

/// The year in which somebody was born: as told, else as their IIN has it.
fn year(person: &Value) -> Option<i16> {
    let of = |day: &str| day.get(..4)?.parse::<i16>().ok();
    let iin = || Iin::parse(person["iin"].as_str()?).ok()?.encoded_birth_date();
    person["birth_date"].as_str().and_then(of).or_else(|| of(&iin()?.to_string()))
}

/// A year, a date or an age, against a date, an age or an IIN.
fn is_born(answer: &str, person: &Value, this_year: i16) -> bool {
    let numbers = answer.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<i16>().ok());
    let numbers: Vec<i16> = numbers.collect();
    let said = numbers.iter().find(|year| (1900..=this_year).contains(*year)).copied();
    let said_age = numbers.first().filter(|age| numbers.len() == 1 && **age < 120);
    let age = person["age_years"].as_i64().and_then(|age| i16::try_from(age).ok());
    // An age was told; what an IIN encodes need not be so.
    let known = year(person).filter(|_| age.is_none() || !person["birth_date"].is_null());
    match (said, said_age, known, age) {
        (Some(said), _, Some(known), _) => said == known,
        (Some(said), _, None, Some(age)) => (this_year - age - said).abs() <= 1,
        (None, Some(said), Some(known), _) => (0..=1).contains(&(this_year - known - said)),
        (None, Some(said), None, Some(age)) => (said - age).abs() <= 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_confirms() {
        let known = json!({ "birth_date": "1985-03-02", "patronymic": "Серікқызы",
            "phone": "+77011234567", "address": { "kato": "611600000", "line": "Абай көшесі, 5 үй" } });
        let asked = Asked::of("Ахметова Айгул", 2026);
        let answered =
            |question: Question, answer| question.is_answered(answer, &known, &asked, 2026);
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
            (
                Question::Town,
                &["Арысь", "арыс", "Абай көшесі"],
                &["Шымкент", "", "а", "көшесі", "улица, дом", "қаласы"],
            ),
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

    #[test]
    fn what_the_caller_said_confirms_nothing() {
        let child =
            json!({ "separated": { "clothing": "қызыл күрте, көк бөрік", "found_at": "перрон" } });
        let asked = Asked::of("Али, қызыл күрте", 2026);
        let answered = |answer| Question::Clothing.is_answered(answer, &child, &asked, 2026);
        assert!(!answered("қызыл күрте") && !answered("киімі қызыл") && answered("көк бөрік"));
        let found = [Possible { case: String::new(), person: child, is_child_alone: true }];
        assert_eq!(Question::about(&asked, &found), Some(Question::Clothing));
        let all = Asked::of("Али, қызыл күрте, көк бөрік", 2026);
        assert_eq!(Question::about(&all, &found), Some(Question::Found), "there is nothing left");
    }

    #[test]
    fn whoever_has_an_iin_alone_is_asked_for_the_year_that_is_in_it() {
        let known = json!({ "iin": "850101399996" });
        let asked = Asked::of("Ахметова Айгул", 2026);
        let answered = |answer| Question::Birth.is_answered(answer, &known, &asked, 2026);
        assert!(answered("1985") && answered("41") && !answered("1986") && !answered("39"));
        // A foreigner's says nothing.
        let found = |iin: &str| {
            let person = json!({ "iin": iin });
            [Possible { case: String::new(), person, is_child_alone: false }]
        };
        assert_eq!(Question::about(&asked, &found("850101399996")), Some(Question::Birth));
        assert_eq!(Question::about(&asked, &found("x")), None);
    }
}
