//! What of a case nobody is asked for in a queue, as it stands in the form that mends it: what an
//! appeal is about, when people came, the places of the classifier.

use beket_model::{Instant, Kind};
use beket_words::moment;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Wrong;
use super::person::put_texts;

/// A place of the classifier, or what was typed to look for one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Locality {
    /// Its code; empty where none is known.
    pub kato: String,
    /// What is typed to look for another.
    pub typed: String,
}

impl Locality {
    /// The place of a code.
    pub fn at(kato: &str) -> Self {
        Self { kato: kato.to_owned(), typed: String::new() }
    }
}

/// All of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rest {
    /// What an appeal is about, in the words of the model.
    pub category: String,
    /// Under which programme.
    pub programme: String,
    /// When they came, by the clock on the wall: `24.06.2019 21:12`.
    pub at: String,
    /// Where the head of the household lives.
    pub lives_in: Locality,
    /// Where they are registered.
    pub registered_in: Locality,
}

impl Rest {
    /// As a case says it.
    pub(super) fn of(full: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let place =
            |of: &str| Locality::at(full["person"][of]["kato"].as_str().unwrap_or_default());
        let at = full["movement"]["at"].as_str().and_then(|at| Instant::parse(at).ok());
        Self {
            category: text(&full["category"]),
            programme: text(&full["programme"]),
            at: at.map_or_else(String::new, |at| moment::typed(at.unix())),
            lives_in: place("address"),
            registered_in: place("registration_address"),
        }
    }

    /// Its fields that cannot be read.
    pub(super) fn wrong(&self) -> Vec<(&'static str, Wrong)> {
        let given = |text: &str| !text.trim().is_empty();
        let at = given(&self.at) && self.at().is_none();
        let (lives, registered) = (given(&self.lives_in.typed), given(&self.registered_in.typed));
        let all = [
            (at, "at", Wrong::Moment),
            (lives, "lives_in", Wrong::Place),
            (registered, "registered_in", Wrong::Place),
        ];
        all.into_iter().filter(|(is, _, _)| *is).map(|(_, field, why)| (field, why)).collect()
    }

    fn at(&self) -> Option<Instant> {
        Instant::from_unix(moment::read(&self.at)?).ok()
    }

    /// When people came.
    pub(super) fn put_movement(&self, out: &mut Map<String, Value>) {
        out.extend(self.at().map(|at| ("at".to_owned(), json!(at.to_string()))));
    }

    /// What an appeal is about.
    pub(super) fn put_subject(&self, kind: Kind, out: &mut Map<String, Value>) {
        if kind == Kind::Appeal {
            put_texts(out, &[("category", &self.category), ("programme", &self.programme)]);
        }
    }
}
