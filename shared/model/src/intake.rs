//! The intake: what a person said, and its JSON form.
//!
//! Reads one JSON object strictly: an unknown key, a value of the wrong form or a missing
//! must-have is an error that names its field. Refuses nothing for being incomplete.

use rand::Rng;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use crate::people::{null_as_default, words};
use crate::{
    Consent, Date, IinMismatch, Instant, Line, Member, Movement, Person, Place, Prose, Separated,
    Sex, SuggestedLink, Iin,
};

/// The most members a household may have.
const MAX_MEMBERS: usize = 60;
/// The most needs or suggestions that one list may hold.
const MAX_LIST: usize = 50;

/// A field that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{field}: {reason}")]
pub struct FieldError {
    /// Path of the field, such as `person.iin` or `household[2].sex`.
    pub field: String,
    /// What is wrong and how to put it right.
    pub reason: String,
}

impl FieldError {
    pub(crate) fn new(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { field: field.into(), reason: reason.into() }
    }
}

words! {
    /// What an intake is.
    Kind {
        /// A citizen's appeal.
        Appeal,
        /// Someone who had to leave home.
        Evacuee,
        /// Someone whose journey was cut.
        Passenger,
        /// Someone looks for someone.
        Enquiry,
    }
}

impl Kind {
    /// Whether it belongs to an incident rather than to a station.
    pub fn is_emergency(self) -> bool {
        self != Self::Appeal
    }
}

words! {
    /// A language of the intake.
    Language { /// Қазақша.
        Kk, /// Русский.
        Ru, /// English.
        En }
}

/// What a person said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intake {
    /// What it is.
    pub kind: Kind,
    /// In which language it was said.
    pub language: Language,
    /// When, by the kiosk's clock.
    pub taken_at: Option<Instant>,
    /// Code of the incident, where there is one.
    pub incident: Option<Line>,
    /// What an appeal is about.
    pub category: Option<Line>,
    /// Under which programme.
    pub programme: Option<Line>,
    /// In the person's own words.
    pub narrative: Option<Prose>,
    /// Who.
    #[serde(default, deserialize_with = "null_as_default")]
    pub person: Person,
    /// With whom.
    #[serde(default, deserialize_with = "null_as_default")]
    pub household: Vec<Member>,
    /// How they came or go.
    #[serde(default, deserialize_with = "null_as_default")]
    pub movement: Movement,
    /// Where they sleep.
    #[serde(default, deserialize_with = "null_as_default")]
    pub place: Place,
    /// What they agreed to.
    #[serde(default, deserialize_with = "null_as_default")]
    pub consent: Consent,
    /// Cases that may be about the same people.
    #[serde(default, deserialize_with = "null_as_default")]
    pub suggested_links: Vec<SuggestedLink>,
    /// Taken by mistake or for practice: why.
    pub void_reason: Option<Line>,
}

impl Intake {
    /// Reads one intake from JSON text.
    pub fn from_json(text: &str) -> Result<Self, FieldError> {
        let mut reader = serde_json::Deserializer::from_str(text);
        let intake: Self = serde_path_to_error::deserialize(&mut reader).map_err(|e| named(&e))?;
        reader.end().map_err(|e| FieldError::new("line", e.to_string()))?;
        intake.check_required()?;
        intake.check_limits()?;
        Ok(intake)
    }

    /// Reads an intake without asking for what a whole one must have: the form of a patch.
    pub(crate) fn from_partial(value: &Value) -> Result<Self, FieldError> {
        let intake: Self = serde_path_to_error::deserialize(value).map_err(|e| named(&e))?;
        intake.check_limits()?;
        Ok(intake)
    }

    /// A narrative, or any part of a name, or a child alone.
    fn check_required(&self) -> Result<(), FieldError> {
        let person = &self.person;
        let names = [&person.family_name, &person.given_name, &person.patronymic];
        let member_names = self
            .household
            .iter()
            .flat_map(|member| [&member.family_name, &member.given_name, &member.patronymic]);
        let written = |text: &str| !text.trim().is_empty();
        let named = names.into_iter().chain(member_names).flatten().any(|n| written(n.as_str()));
        let told = self.narrative.as_ref().is_some_and(|text| written(text.as_str()));
        if named || told || self.has_child_alone() {
            return Ok(());
        }
        Err(FieldError::new(
            "person",
            "needs any part of a name, or the intake needs a narrative; a child alone needs \
             `separated`",
        ))
    }

    fn check_limits(&self) -> Result<(), FieldError> {
        let most = |field: String, has: usize, most: usize| {
            let reason = format!("holds {has} entries; the most is {most}");
            if has > most { Err(FieldError::new(field, reason)) } else { Ok(()) }
        };
        most("household".into(), self.household.len(), MAX_MEMBERS)?;
        most("suggested_links".into(), self.suggested_links.len(), MAX_LIST)?;
        most("person.needs".into(), self.person.needs.len(), MAX_LIST)?;
        for (index, member) in self.household.iter().enumerate() {
            most(format!("household[{index}].needs"), member.needs.len(), MAX_LIST)?;
        }
        Ok(())
    }

    /// Whether someone in it is a child with no adult: such a case goes first.
    pub fn has_child_alone(&self) -> bool {
        let alone = |separated: &Separated| *separated != Separated::default();
        alone(&self.person.separated) || self.household.iter().any(|m| alone(&m.separated))
    }

    /// What is odd but allowed: an IIN that does not fit a birth date or sex, by the person's
    /// field.
    pub fn warnings(&self) -> Vec<(String, IinMismatch)> {
        let of = |prefix: String, iin: &Option<Iin>, born: &Option<Date>, sex: Option<Sex>| {
            let male = sex.map(|sex| sex == Sex::Male);
            let found = iin.as_ref().map(|iin| iin.mismatches(born.as_ref(), male));
            found.into_iter().flatten().map(move |found| (format!("{prefix}.iin"), found))
        };
        let person = &self.person;
        let mut warnings: Vec<_> =
            of("person".into(), &person.iin, &person.birth_date, person.sex).collect();
        for (index, member) in self.household.iter().enumerate() {
            let prefix = format!("household[{index}]");
            warnings.extend(of(prefix, &member.iin, &member.birth_date, member.sex));
        }
        warnings
    }

    /// Gives ids to members and suggestions that have none.
    pub fn name_entries(&mut self, made_ms: u64, rng: &mut impl Rng) {
        let members = self.household.iter_mut().map(|member| &mut member.id);
        let links = self.suggested_links.iter_mut().map(|link| &mut link.id);
        for (index, id) in members.chain(links).enumerate() {
            if id.is_none() {
                *id = Line::try_from(entry_id(made_ms, index, rng)).ok();
            }
        }
    }
}

/// An id that sorts in order of creation: 48 bits of milliseconds, 16 of place, 32 of chance.
pub(crate) fn entry_id(made_ms: u64, index: usize, rng: &mut impl Rng) -> String {
    let chance = rng.next_u32();
    format!("{:012x}{:04x}{chance:08x}", made_ms & 0xffff_ffff_ffff, index & 0xffff)
}

fn named(error: &serde_path_to_error::Error<serde_json::Error>) -> FieldError {
    let path = error.path().to_string();
    let field = if path == "." { "intake".to_owned() } else { path };
    FieldError::new(field, error.inner().to_string())
}

#[cfg(test)]
mod tests;
