//! Who has gone since they were registered, and when: a kiosk registers whoever comes, and that they
//! go on is written later, person by person.
//!
//! Takes nobody for gone who was registered as being elsewhere: they did not go from here.

use std::collections::BTreeMap;

use beket_model::Whereabouts;
use serde_json::Value;

use crate::cases::Dossier;

/// When each went, in seconds since 1970, by where they stand in the intake: `person`,
/// `household.ID`. Only of those who are still gone by what the intake says.
pub(super) fn left(dossier: &Dossier) -> BTreeMap<String, u64> {
    let mut left = BTreeMap::new();
    let (Some(opened), Some(intake)) = (&dossier.case.intake, &dossier.intake) else {
        return left;
    };
    let household = intake.at("household").and_then(Value::as_array).into_iter().flatten();
    let gone = |person: &Value| is_gone(&person["whereabouts"]);
    let anybody = intake.at("person").is_some_and(gone) || household.into_iter().any(gone);
    // Most documents have one change, and their history is read for nothing.
    if !anybody || opened.records.len() < 2 {
        return left;
    }
    for event in opened.document.history() {
        for wrote in event.wrote.iter().filter(|wrote| is_gone(&wrote.value)) {
            // Who is gone already only went further, or a conflict about it was settled.
            if wrote.over.iter().any(is_gone) {
                continue;
            }
            let Some(who) = wrote.path.strip_suffix(".whereabouts") else { continue };
            let came = event.wrote.iter().any(|other| other.path == who);
            if !came {
                left.insert(who.to_owned(), dossier.wrote_at(opened, event.at, &event.change));
            }
        }
    }
    left.retain(|who, _| intake.at(&format!("{who}.whereabouts")).is_some_and(is_gone));
    left
}

fn is_gone(value: &Value) -> bool {
    Whereabouts::of_value(value).is_some_and(Whereabouts::is_gone)
}
