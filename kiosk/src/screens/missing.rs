//! What is missing of a person, said as missing: what most people can tell and nobody told.

use serde_json::Value;

use super::Scene;
use crate::languages::{Msg, capital};

/// Fields of a person, in the words of the model.
const EXPECTED: [&str; 5] = ["family_name", "given_name", "birth_date", "phone", "iin"];

/// "Not given: phone, IIN"; `None` where all of it was, and of a child alone, of whom nobody expects
/// it.
pub(super) fn not_given(scene: &Scene<'_>, person: &Value, child_alone: bool) -> Option<String> {
    let said = |field: &str| {
        let aged = field == "birth_date" && !person["age_years"].is_null();
        aged || !person[field].is_null()
    };
    let missing = EXPECTED.iter().filter(|field| !said(field));
    let names =
        missing.map(|field| beket_words::fields::name(&format!("person.{field}"), scene.tongue));
    let names = names.collect::<Vec<_>>().join(", ");
    let text = format!("{}: {names}", capital(Msg::NotGiven.in_(scene.tongue)));
    (!names.is_empty() && !child_alone).then_some(text)
}
