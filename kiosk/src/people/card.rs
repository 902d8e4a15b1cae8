//! An index card: what the register files of one case. Enough to find its people and to compare
//! them, and nothing else; it can be kept, sealed, so that a case need not be opened again.

use beket_model::{Case, Kind, Reading, Status};
use minicbor::{Decode, Encode};
use serde_json::{Map, Value};

/// The card of a case.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Card {
    #[n(0)]
    pub(super) reference: Option<String>,
    #[n(1)]
    kind: String,
    #[n(2)]
    status: Option<String>,
    #[n(4)]
    pub(super) conflicts: u32,
    #[n(5)]
    pub(super) taken_at: i64,
    /// The year in which ages were said.
    #[n(6)]
    pub(super) told: Option<i16>,
    /// The person, then the household.
    #[n(7)]
    people: Vec<Facts>,
}

/// What is told of one person, field by field as [`FACTS`] names them.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
struct Facts {
    #[n(0)]
    texts: Vec<Option<String>>,
    #[n(1)]
    age: Option<u8>,
    #[n(2)]
    home: [Option<String>; 2],
    /// Of a child alone, what tells it from others.
    #[n(3)]
    alone: Option<String>,
}

const FACTS: [&str; 7] =
    ["family_name", "given_name", "patronymic", "iin", "birth_date", "sex", "phone"];

/// What is told of a child alone and tells it from others, the surest first.
const TELLING: [&str; 3] = ["found_at", "clothing", "says"];

impl Card {
    /// The card of a case as it reads; `None` of one that cannot be read.
    pub fn of(case: &Case) -> Option<Self> {
        let intake = case.intake.as_ref()?.document.read();
        let taken_at = intake.text("taken_at");
        let answer = case.answer.as_ref().map_or(0, |a| a.document.read().conflicts.len());
        let conflicts = intake.conflicts.len() + answer;
        let kind = Kind::from_word(intake.text("kind")?)?;
        Some(Self {
            reference: intake.text("reference").map(str::to_owned),
            kind: kind.word().to_owned(),
            status: case.status().map(Status::word),
            conflicts: u32::try_from(conflicts).unwrap_or(u32::MAX),
            taken_at: taken_at.and_then(instant).unwrap_or_default(),
            told: taken_at.and_then(|text| text.get(..4)?.parse().ok()),
            people: people(&intake),
        })
    }

    /// What the case is.
    pub(super) fn kind(&self) -> Option<Kind> {
        Kind::from_word(&self.kind)
    }

    /// Its one status.
    pub(super) fn status(&self) -> Option<Status> {
        let word = self.status.as_ref()?;
        if *word == Status::Void.word() {
            return Some(Status::Void);
        }
        Status::of_kind(self.kind()?, word)
    }

    /// Everybody of it, as the model's JSON says a person, and of a child alone what tells it from
    /// others; the case's own person first.
    pub(super) fn people(&self) -> impl Iterator<Item = (Value, Option<&str>)> {
        self.people.iter().map(|facts| (facts.value(), facts.alone.as_deref()))
    }
}

fn instant(text: &str) -> Option<i64> {
    beket_model::Instant::parse(text).ok().map(beket_model::Instant::unix)
}

fn people(intake: &Reading) -> Vec<Facts> {
    let alone: Vec<&Value> = intake.children_alone().map(|(_, child)| child).collect();
    let is_alone = |person: &Value| alone.iter().any(|child| std::ptr::eq(*child, person));
    let all = intake.full.get("person").into_iter().chain(intake.household());
    all.map(|person| Facts::of(person, is_alone(person))).collect()
}

impl Facts {
    fn of(person: &Value, is_alone: bool) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let home = &person["address"];
        let told = |fact: &&str| person["separated"][*fact].as_str();
        let told = || TELLING.iter().filter_map(told).collect::<Vec<_>>().join(" · ");
        Self {
            texts: FACTS.iter().map(|fact| text(&person[*fact])).collect(),
            age: person["age_years"].as_u64().and_then(|age| u8::try_from(age).ok()),
            home: [text(&home["kato"]), text(&home["line"])],
            alone: is_alone.then(told),
        }
    }

    fn value(&self) -> Value {
        let mut person = Map::new();
        for (fact, text) in FACTS.iter().zip(&self.texts) {
            if let Some(text) = text {
                person.insert((*fact).to_owned(), text.as_str().into());
            }
        }
        person.extend(self.age.map(|age| ("age_years".to_owned(), age.into())));
        let home = ["kato", "line"].iter().zip(&self.home);
        let home: Map<String, Value> = home
            .filter_map(|(part, text)| Some(((*part).to_owned(), text.as_deref()?.into())))
            .collect();
        if !home.is_empty() {
            person.insert("address".to_owned(), Value::Object(home));
        }
        Value::Object(person)
    }
}
