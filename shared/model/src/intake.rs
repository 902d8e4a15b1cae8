//! The intake: what a person said, and its JSON form.
//!
//! Reads one JSON object strictly: an unknown key, a value of the wrong form or a missing
//! must-have is an error that names its field. Refuses nothing for being incomplete.

use std::collections::BTreeSet;

use rand::Rng;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::field::{FieldError, object_or_null, objects_or_null, read_text, read_value};
use crate::ids::{Ids, check_ids};
use crate::people::words;
use crate::{
    Consent, Date, Iin, IinMismatch, Instant, Line, Member, Movement, Person, Place, Prose,
    Separated, Sex, SuggestedLink,
};

/// The most members a household may have.
const MAX_MEMBERS: usize = 60;
/// The most needs or suggestions that one list may hold.
const MAX_LIST: usize = 50;

words! {
    /// What an intake is.
    Kind {
        /// A citizen's appeal.
        Appeal = "appeal",
        /// Someone who had to leave home.
        Evacuee = "evacuee",
        /// Someone whose journey was cut.
        Passenger = "passenger",
        /// Someone looks for someone.
        Enquiry = "enquiry",
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
        Kk = "kk", /// Русский.
        Ru = "ru", /// English.
        En = "en" }
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
    #[serde(default, deserialize_with = "object_or_null")]
    pub person: Person,
    /// With whom.
    #[serde(default, deserialize_with = "objects_or_null")]
    pub household: Vec<Member>,
    /// How they came or go.
    #[serde(default, deserialize_with = "object_or_null")]
    pub movement: Movement,
    /// Where they sleep.
    #[serde(default, deserialize_with = "object_or_null")]
    pub place: Place,
    /// What they agreed to.
    #[serde(default, deserialize_with = "object_or_null")]
    pub consent: Consent,
    /// Cases that may be about the same people.
    #[serde(default, deserialize_with = "objects_or_null")]
    pub suggested_links: Vec<SuggestedLink>,
    /// Taken by mistake or for practice: why.
    pub void_reason: Option<Line>,
}

impl Intake {
    /// One in which nothing is said yet.
    pub fn new(kind: Kind, language: Language) -> Self {
        Self {
            kind,
            language,
            taken_at: None,
            incident: None,
            category: None,
            programme: None,
            narrative: None,
            person: Person::default(),
            household: Vec::new(),
            movement: Movement::default(),
            place: Place::default(),
            consent: Consent::default(),
            suggested_links: Vec::new(),
            void_reason: None,
        }
    }

    /// Reads one intake from JSON text.
    pub fn from_json(text: &str) -> Result<Self, FieldError> {
        let intake: Self = read_text("intake", text)?;
        intake.check_required()?;
        intake.check_lists()?;
        Ok(intake)
    }

    /// Reads a patch: an intake of which nothing has to be there.
    pub(crate) fn from_patch(patch: &Value) -> Result<Self, FieldError> {
        let mut whole = patch.clone();
        if let Value::Object(fields) = &mut whole {
            for (must_have, stand_in) in [("kind", "appeal"), ("language", "kk")] {
                fields.entry(must_have).or_insert_with(|| stand_in.into());
            }
        }
        let intake: Self = read_value("patch", &whole)?;
        intake.check_lists()?;
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

    fn check_lists(&self) -> Result<(), FieldError> {
        check_length("household", self.household.len(), MAX_MEMBERS)?;
        check_length("suggested_links", self.suggested_links.len(), MAX_LIST)?;
        check_needs("person", &self.person.needs)?;
        for (index, member) in self.household.iter().enumerate() {
            check_needs(&format!("household[{index}]"), &member.needs)?;
        }
        check_ids("household", self.household.iter().map(|member| &member.id))?;
        check_ids("suggested_links", self.suggested_links.iter().map(|link| &link.id))
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
    pub(crate) fn name_entries(&mut self, ids: &mut Ids<'_, impl Rng>) {
        let members = self.household.iter_mut().map(|member| &mut member.id);
        let links = self.suggested_links.iter_mut().map(|link| &mut link.id);
        members.chain(links).for_each(|id| ids.name(id));
    }
}

fn check_length(list: &str, has: usize, most: usize) -> Result<(), FieldError> {
    if has <= most {
        return Ok(());
    }
    Err(FieldError::new(list, format!("holds {has} entries; the most is {most}")))
}

fn check_needs(whose: &str, needs: &BTreeSet<Line>) -> Result<(), FieldError> {
    let list = format!("{whose}.needs");
    check_length(&list, needs.len(), MAX_LIST)?;
    if needs.iter().any(|need| need.as_str().trim().is_empty()) {
        return Err(FieldError::new(
            list,
            "holds an empty word. Please write the need, or leave it out",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
