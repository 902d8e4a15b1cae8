//! Names of fields, and values as people read them.

use beket_model::{Instant, Reading};
use serde_json::Value;

use crate::{Term, Tongue, category, moment, places, programme};

/// Fields of a person that a page lists, in order.
pub const PERSON: &[(&str, Term)] = &[
    ("family_name", Term::FamilyName),
    ("given_name", Term::GivenName),
    ("patronymic", Term::Patronymic),
    ("relation", Term::Relation),
    ("iin", Term::Iin),
    ("birth_date", Term::BirthDate),
    ("age_years", Term::Age),
    ("sex", Term::Sex),
    ("phone", Term::Phone),
    ("needs", Term::Needs),
    ("whereabouts", Term::Whereabouts),
    ("address.line", Term::Address),
    ("address.kato", Term::Kato),
    ("registration_address.line", Term::RegisteredAddress),
    ("registration_address.kato", Term::Kato),
    ("separated.found_at", Term::FoundAt),
    ("separated.brought_by", Term::BroughtBy),
    ("separated.says", Term::Says),
    ("separated.clothing", Term::Clothing),
];

/// Fields of the intake itself.
pub const INTAKE: &[(&str, Term)] = &[
    ("taken_at", Term::TakenAt),
    ("language", Term::Language),
    ("incident", Term::Incident),
    ("category", Term::Category),
    ("programme", Term::Programme),
    ("consent.may_tell_family", Term::MayTell),
    ("void_reason", Term::VoidReason),
];

/// Fields of a journey.
pub const MOVEMENT: &[(&str, Term)] = &[
    ("movement.direction", Term::DirectionOf),
    ("movement.transport", Term::Transport),
    ("movement.number", Term::Number),
    ("movement.ticket", Term::Ticket),
    ("movement.from", Term::From),
    ("movement.to", Term::To),
    ("movement.at", Term::At),
    ("movement.onward", Term::Onward),
];

/// Fields of where someone stays.
pub const PLACE: &[(&str, Term)] = &[("place.site", Term::Site), ("place.bed", Term::Bed)];

/// Needs that are asked for, in the words of the model; others stand as they were written.
pub const NEEDS: [(&str, Term); 6] = [
    ("medicine", Term::Medicine),
    ("infant_food", Term::InfantFood),
    ("shelter", Term::Shelter),
    ("clothing", Term::ClothingNeed),
    ("documents_lost", Term::DocumentsLost),
    ("psychological_help", Term::PsychologicalHelp),
];

/// The name of the field at a path in this intake: a member's by who they are.
pub fn name_in(intake: &Reading, path: &str, tongue: Tongue) -> String {
    let member = path.strip_prefix("household.").and_then(|rest| rest.split_once('.'));
    let named = member.and_then(|(id, field)| {
        let part = |part: &str| intake.text(&format!("household.{id}.{part}"));
        Some((part("given_name").or_else(|| part("family_name"))?, field))
    });
    match named {
        Some((who, field)) => format!("{who}: {}", of_person(field, path, tongue)),
        None => name(path, tongue),
    }
}

/// The name of the field at a path.
pub fn name(path: &str, tongue: Tongue) -> String {
    let said = |word: Term| word.in_(tongue).to_owned();
    let whole = INTAKE.iter().chain(MOVEMENT).chain(PLACE).find(|(known, _)| *known == path);
    if let Some((_, word)) = whole {
        return said(*word);
    }
    match path {
        "narrative" => return said(Term::Narrative),
        "kind" => return said(Term::KindOf),
        "answer.status" | "status" => return said(Term::StatusOf),
        "answer.text" | "text" => return said(Term::AnswerText),
        "answer.due_date" | "due_date" => return said(Term::DueDate),
        "answer.procedure" => return said(Term::ProcedureOf),
        "answer.forwarded_to" => return said(Term::ForwardedTo),
        "answer.extension_reason" => return said(Term::ExtensionReason),
        "review.assigned_to" => return said(Term::Assignee),
        "review.release_who" => return said(Term::ReleaseWho),
        "review.release_guardian" => return said(Term::ReleaseGuardian),
        "review.release_document" => return said(Term::ReleaseDocument),
        "review.release_mistake" => return said(Term::ReleaseMistake),
        "review.release_by" => return said(Term::ReleaseBy),
        "review.release_confirmed_by" => return said(Term::ReleaseConfirmedBy),
        _ => {}
    }
    let (of, rest) = match path.split_once('.') {
        Some(("person", rest)) => (None, rest),
        Some(("review", rest)) => {
            return of_review(rest).map_or(path, |of| of.in_(tongue)).to_owned();
        }
        Some(("household", rest)) => {
            (Some(Term::Household), rest.split_once('.').map_or("", |p| p.1))
        }
        _ => return path.to_owned(),
    };
    let field = of_person(rest, path, tongue);
    of.map_or(field.clone(), |of| format!("{}: {field}", of.in_(tongue)))
}

fn of_person(field: &str, path: &str, tongue: Tongue) -> String {
    if let Some(need) = field.strip_prefix("needs.") {
        return format!("{}: {}", Term::Needs.in_(tongue), spoken("needs", need, tongue));
    }
    let listed = PERSON.iter().chain(&[("removed", Term::InTheHousehold)]);
    let known = listed.into_iter().find(|(known, _)| *known == field);
    known.map_or(path, |(_, word)| word.in_(tongue)).to_owned()
}

/// What the office notes for itself: an entry by the field that says it.
fn of_review(path: &str) -> Option<Term> {
    let mut parts = path.split('.');
    Some(match (parts.next()?, parts.nth(1)?) {
        ("notes", "text") => Term::Note,
        ("notes", "removed") => Term::NoteTakenBack,
        ("links", "kind") => Term::LinkTo,
        ("links", "removed") => Term::LinkTakenBack,
        _ => return None,
    })
}

/// A value in words; what we have no word for stands as it was written.
pub fn value(path: &str, value: &Value, tongue: Tongue) -> String {
    let last = path.rsplit('.').next().unwrap_or(path);
    match value {
        Value::Bool(removed) if last == "removed" && !path.starts_with("review.") => {
            let word = if *removed { Term::Removed } else { Term::StillThere };
            word.in_(tongue).to_owned()
        }
        Value::Null => Term::Cleared.in_(tongue).to_owned(),
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
            let moment = Instant::parse(text).map(|instant| moment::spoken(instant.unix(), tongue));
            moment.unwrap_or_else(|_| text.to_owned())
        }
        "birth_date" | "due_date" => moment::date(text, tongue),
        "category" => category(text, tongue).to_owned(),
        "programme" => programme(text, tongue).to_owned(),
        "kato" => places::of(text).map_or_else(|| text.to_owned(), |at| at.in_full(tongue)),
        "language" => {
            let named = Tongue::ALL.iter().find(|(tongue, _)| tongue.code() == text);
            named.map_or(text, |(_, name)| name).to_owned()
        }
        _ => word(field, text).map_or(text, |word| word.in_(tongue)).to_owned(),
    }
}

fn word(field: &str, text: &str) -> Option<Term> {
    match (field, text) {
        ("needs", "medicine") => Some(Term::Medicine),
        ("needs", "infant_food") => Some(Term::InfantFood),
        ("needs", "shelter") => Some(Term::Shelter),
        ("needs", "clothing") => Some(Term::ClothingNeed),
        ("needs", "documents_lost") => Some(Term::DocumentsLost),
        ("needs", "psychological_help") => Some(Term::PsychologicalHelp),
        ("relation", "spouse") => Some(Term::Spouse),
        ("relation", "child") => Some(Term::Child),
        ("relation", "parent") => Some(Term::Parent),
        ("relation", "sibling") => Some(Term::Sibling),
        ("relation", "grandchild") => Some(Term::Grandchild),
        ("relation", "other") => Some(Term::OtherRelation),
        ("direction", "arrival") => Some(Term::Arrival),
        ("direction", "departure") => Some(Term::Departure),
        ("transport", "train") => Some(Term::Train),
        ("transport", "bus") => Some(Term::Bus),
        ("transport", "car") => Some(Term::Car),
        ("transport", "on_foot") => Some(Term::OnFoot),
        ("procedure", "application") => Some(Term::Application),
        ("procedure", "complaint") => Some(Term::Complaint),
        ("procedure", "information_request") => Some(Term::InformationRequest),
        ("may_tell_family", "yes") => Some(Term::Yes),
        ("may_tell_family", "no") => Some(Term::No),
        ("may_tell_family", "ask") => Some(Term::AskFirst),
        ("whereabouts" | "status", word) => Term::of_status(word),
        ("kind", "same_person") => Some(Term::SamePerson),
        ("kind", "same_household") => Some(Term::SameHousehold),
        ("kind", "not_the_same") => Some(Term::NotTheSame),
        ("kind", "forwarded") => Some(Term::ForwardedPart),
        ("kind", word) => Term::of_kind(word),
        ("sex", "male") => Some(Term::Male),
        ("sex", "female") => Some(Term::Female),

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
