//! Names of fields, and values as people read them.

use beket_model::Instant;
use serde_json::Value;

use super::moment;
use super::words::{Tongue, Word};

/// Fields of a person that a page lists, in order.
pub(crate) const PERSON: &[(&str, Word)] = &[
    ("family_name", Word::FamilyName),
    ("given_name", Word::GivenName),
    ("patronymic", Word::Patronymic),
    ("relation", Word::Relation),
    ("iin", Word::Iin),
    ("birth_date", Word::BirthDate),
    ("age_years", Word::Age),
    ("sex", Word::Sex),
    ("phone", Word::Phone),
    ("needs", Word::Needs),
    ("whereabouts", Word::Whereabouts),
    ("address.line", Word::Address),
    ("address.kato", Word::Kato),
    ("registration_address.line", Word::RegisteredAddress),
    ("registration_address.kato", Word::Kato),
    ("separated.found_at", Word::FoundAt),
    ("separated.brought_by", Word::BroughtBy),
    ("separated.says", Word::Says),
    ("separated.clothing", Word::Clothing),
];

/// Fields of the intake itself.
pub(crate) const INTAKE: &[(&str, Word)] = &[
    ("taken_at", Word::TakenAt),
    ("language", Word::Language),
    ("incident", Word::Incident),
    ("category", Word::Category),
    ("programme", Word::Programme),
    ("consent.may_tell_family", Word::MayTell),
    ("void_reason", Word::VoidReason),
];

/// Fields of a journey.
pub(crate) const MOVEMENT: &[(&str, Word)] = &[
    ("movement.direction", Word::DirectionOf),
    ("movement.transport", Word::Transport),
    ("movement.number", Word::Number),
    ("movement.ticket", Word::Ticket),
    ("movement.from", Word::From),
    ("movement.to", Word::To),
    ("movement.at", Word::At),
    ("movement.onward", Word::Onward),
];

/// Fields of where someone stays.
pub(crate) const PLACE: &[(&str, Word)] = &[("place.site", Word::Site), ("place.bed", Word::Bed)];

/// The name of the field at a path.
pub(crate) fn name(path: &str, tongue: Tongue) -> String {
    let said = |word: Word| word.in_(tongue).to_owned();
    let whole = INTAKE.iter().chain(MOVEMENT).chain(PLACE).find(|(known, _)| *known == path);
    if let Some((_, word)) = whole {
        return said(*word);
    }
    match path {
        "narrative" => return said(Word::Narrative),
        "kind" => return said(Word::KindOf),
        "answer.status" | "status" => return said(Word::StatusOf),
        "answer.text" | "text" => return said(Word::AnswerText),
        "answer.due_date" | "due_date" => return said(Word::DueDate),
        _ => {}
    }
    let (of, rest) = match path.split_once('.') {
        Some(("person", rest)) => (None, rest),
        Some(("household", rest)) => {
            (Some(Word::Household), rest.split_once('.').map_or("", |p| p.1))
        }
        _ => return path.to_owned(),
    };
    let field = match rest.strip_prefix("needs.") {
        Some(need) => {
            format!("{}: {}", Word::Needs.in_(tongue), spoken("needs", need, tongue))
        }
        None if rest == "removed" => said(Word::Removed),
        None => PERSON
            .iter()
            .find(|(known, _)| *known == rest)
            .map_or_else(|| path.to_owned(), |(_, word)| said(*word)),
    };
    of.map_or(field.clone(), |of| format!("{}: {field}", of.in_(tongue)))
}

/// A value in words; what we have no word for stands as it was written.
pub(crate) fn value(path: &str, value: &Value, tongue: Tongue) -> String {
    let last = path.rsplit('.').next().unwrap_or(path);
    match value {
        Value::Null => Word::Cleared.in_(tongue).to_owned(),
        Value::Bool(true) => "✓".to_owned(),
        Value::Bool(false) => "✗".to_owned(),
        Value::String(text) => spoken(last, text, tongue),
        Value::Array(items) => {
            let items = items.iter().filter_map(Value::as_str);
            items.map(|item| spoken(last, item, tongue)).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

fn spoken(field: &str, text: &str, tongue: Tongue) -> String {
    match field {
        "taken_at" | "at" => {
            let moment = Instant::parse(text).map(|instant| moment::local(instant.unix()));
            moment.unwrap_or_else(|_| text.to_owned())
        }
        "language" => {
            let named = Tongue::ALL.iter().find(|(tongue, _)| tongue.code() == text);
            named.map_or(text, |(_, name)| name).to_owned()
        }
        _ => word(field, text).map_or(text, |word| word.in_(tongue)).to_owned(),
    }
}

fn word(field: &str, text: &str) -> Option<Word> {
    match (field, text) {
        ("needs", "medicine") => Some(Word::Medicine),
        ("needs", "infant_food") => Some(Word::InfantFood),
        ("needs", "shelter") => Some(Word::Shelter),
        ("needs", "clothing") => Some(Word::ClothingNeed),
        ("needs", "documents_lost") => Some(Word::DocumentsLost),
        ("needs", "psychological_help") => Some(Word::PsychologicalHelp),
        ("relation", "spouse") => Some(Word::Spouse),
        ("relation", "child") => Some(Word::Child),
        ("relation", "parent") => Some(Word::Parent),
        ("relation", "sibling") => Some(Word::Sibling),
        ("relation", "grandchild") => Some(Word::Grandchild),
        ("relation", "other") => Some(Word::OtherRelation),
        ("direction", "arrival") => Some(Word::Arrival),
        ("direction", "departure") => Some(Word::Departure),
        ("transport", "train") => Some(Word::Train),
        ("transport", "bus") => Some(Word::Bus),
        ("transport", "car") => Some(Word::Car),
        ("transport", "on_foot") => Some(Word::OnFoot),
        ("may_tell_family", "yes") => Some(Word::Yes),
        ("may_tell_family", "no") => Some(Word::No),
        ("may_tell_family", "ask") => Some(Word::AskFirst),
        ("whereabouts" | "status", word) => Word::of_status(word),
        ("kind", word) => Word::of_kind(word),
        ("sex", "male") => Some(Word::Male),
        ("sex", "female") => Some(Word::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_names_and_unknown_ones_show_their_path() {
        assert_eq!(name("person.phone", Tongue::En), "phone");
        assert_eq!(name("household.01ab.given_name", Tongue::En), "Household: given name");
        assert_eq!(name("person.needs.medicine", Tongue::En), "needs: medicine");
        assert_eq!(name("movement.to", Tongue::Ru), "куда");
        assert_eq!(name("answer.status", Tongue::Kk), "Күйі");
        assert_eq!(name("future.field", Tongue::En), "future.field");
    }
}
