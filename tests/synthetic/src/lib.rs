//! Realistic synthetic intakes, in the JSON form a kiosk takes: the demo, the tests, the
//! benchmarks and the dictionary's training all draw from here.
//! Refuses real people: every name, number and story is put together from the lists here.
//! Refuses a clock and randomness of its own: the same seed and scene give the same intakes.

mod again;
mod calendar;
mod draw;
mod enquiry;
mod form;
mod household;
mod iin;
mod intake;
mod names;
mod person;
mod phone;
mod phrasebook;
mod places;

use serde_json::Value;

pub use again::Slip;
use draw::Draw;
use phrasebook::Phrasebook;

/// 2019-06-24T05:00:00Z: an hour and a half after the first blast at Arys.
const ARYS_BEGINS: i64 = 1_561_352_400;

/// What a case is about; each kind has a life of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Someone who left a stricken place.
    Evacuee,
    /// Someone whose train was held or turned back.
    Passenger,
    /// A citizen's appeal to the office.
    Appeal,
    /// Someone looking for someone.
    Enquiry,
}

impl Kind {
    /// The word in the JSON form.
    pub fn word(self) -> &'static str {
        match self {
            Self::Evacuee => "evacuee",
            Self::Passenger => "passenger",
            Self::Appeal => "appeal",
            Self::Enquiry => "enquiry",
        }
    }
}

/// The language a form is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// Kazakh, in Cyrillic letters.
    Kazakh,
    /// Russian.
    Russian,
    /// English, with names as passports spell them.
    English,
}

impl Language {
    /// The word in the JSON form.
    pub fn word(self) -> &'static str {
        match self {
            Self::Kazakh => "kk",
            Self::Russian => "ru",
            Self::English => "en",
        }
    }
}

/// Who comes to a station, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    /// The incident whose code emergency kinds bear; without one they bear none.
    pub incident: Option<String>,
    /// Kinds with their weights.
    pub kinds: Vec<(Kind, u32)>,
    /// Languages with their weights.
    pub languages: Vec<(Language, u32)>,
    /// When the first is taken, in seconds since 1970; the rest follow.
    pub begins: i64,
}

impl Scene {
    /// A staffed reception point on the day of the Arys explosions.
    pub fn emergency(incident: &str) -> Self {
        Self {
            incident: Some(incident.to_owned()),
            kinds: vec![
                (Kind::Evacuee, 50),
                (Kind::Passenger, 25),
                (Kind::Appeal, 15),
                (Kind::Enquiry, 10),
            ],
            ..Self::everyday()
        }
    }

    /// An unattended kiosk on an ordinary day: appeals only.
    pub fn everyday() -> Self {
        Self {
            incident: None,
            kinds: vec![(Kind::Appeal, 1)],
            languages: vec![
                (Language::Kazakh, 60),
                (Language::Russian, 30),
                (Language::English, 10),
            ],
            begins: ARYS_BEGINS,
        }
    }

    /// The same scene with other kinds.
    #[must_use]
    pub fn with_kinds(self, kinds: &[(Kind, u32)]) -> Self {
        Self { kinds: kinds.to_vec(), ..self }
    }
}

/// An endless, repeatable queue of people.
///
/// ```
/// use beket_synthetic::{Generator, Scene};
///
/// let mut queue = Generator::new(2019, Scene::emergency("ARYS-2019"));
/// let first = queue.intake();
/// assert!(first["kind"].is_string());
/// assert_eq!(first, Generator::new(2019, Scene::emergency("ARYS-2019")).intake());
/// ```
#[derive(Debug)]
pub struct Generator {
    draw: Draw,
    scene: Scene,
    books: [Phrasebook; 3],
    now: i64,
}

impl Generator {
    /// A queue for this scene. A scene without kinds or languages is taken for
    /// [`Scene::everyday`]'s.
    pub fn new(seed: u64, mut scene: Scene) -> Self {
        let everyday = Scene::everyday();
        if scene.kinds.iter().all(|(_, weight)| *weight == 0) {
            scene.kinds = everyday.kinds;
        }
        if scene.languages.iter().all(|(_, weight)| *weight == 0) {
            scene.languages = everyday.languages;
        }
        let books = [Language::Kazakh, Language::Russian, Language::English].map(Phrasebook::new);
        Self { draw: Draw::new(seed), now: scene.begins, scene, books }
    }

    /// The next person's form.
    pub fn intake(&mut self) -> Value {
        let kind = self.draw.weighted(&self.scene.kinds);
        let language = self.draw.weighted(&self.scene.languages);
        let book = match language {
            Language::Kazakh => &self.books[0],
            Language::Russian => &self.books[1],
            Language::English => &self.books[2],
        };
        let mut desk = intake::Desk { draw: &mut self.draw, book, language, now: self.now };
        let form = desk.fill_in(kind, self.scene.incident.as_deref());
        self.now += self.draw.between(15, 210);
        form
    }
}

impl Iterator for Generator {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        Some(self.intake())
    }
}

#[cfg(test)]
mod tests;
