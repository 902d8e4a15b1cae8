//! One form for one household: who they are, how they came, what they need; or a citizen's appeal.

use beket_model::{Iin, IinError, Intake, Kind, Language, Whereabouts};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::person::put_texts;
use super::scan;
use super::{Mending, PersonForm, Rest};

/// Why a field cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Neither a date, a year nor an age.
    Born,
    /// No telephone number.
    Phone,
    /// No IIN: not 12 digits.
    Iin,
    /// 12 digits that are no IIN's.
    IinDigit,
    /// No day and time.
    Moment,
    /// No place of the classifier was chosen.
    Place,
    /// Neither a name nor words of the person's own.
    Nobody,
    /// Nothing at all is told of a child alone.
    NothingKnown,
}

impl Wrong {
    /// Of what was typed as an IIN and is none: whoever has all 12 digits counts them in vain.
    pub(crate) fn of_iin(text: &str) -> Self {
        match Iin::parse(text.trim()) {
            Err(IinError::CheckDigit | IinError::NeverIssued) => Self::IinDigit,
            _ => Self::Iin,
        }
    }
}

/// A field that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongField {
    /// 0 for the head of the household, then its members.
    pub person: usize,
    /// Which field.
    pub field: &'static str,
    /// Why.
    pub reason: Wrong,
}

/// What goes on from one form to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Carried {
    /// Address of the last household.
    pub address: String,
    /// How they came.
    pub transport: String,
    /// Number of the train or bus.
    pub number: String,
    /// From where.
    pub from: String,
    /// Where to.
    pub to: String,
    /// Where they stay.
    pub site: String,
}

/// A form as far as it is filled in. It can be kept, and read back after a power cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdForm {
    /// Tells its answer from those to other forms.
    pub id: u64,
    /// What it is.
    pub kind: Kind,
    /// In which language the people speak.
    pub language: Language,
    /// Code of the incident that the kiosk is set to.
    pub incident: Option<String>,
    /// The head of the household, or the child alone.
    pub head: PersonForm,
    /// The others.
    pub members: Vec<PersonForm>,
    /// Their own words.
    #[serde(default)]
    pub narrative: String,
    /// How they came and where they go.
    #[serde(flatten)]
    pub carried: Carried,
    /// Ticket of a passenger.
    #[serde(default)]
    pub ticket: String,
    /// Onward transport.
    #[serde(default)]
    pub onward: String,
    /// Bed.
    #[serde(default)]
    pub bed: String,
    /// Whether family may be told: `yes`, `no`, `ask`, or nothing said.
    #[serde(default)]
    pub may_tell: String,
    /// Where the head of the household is registered; asked of a case that is mended.
    #[serde(default)]
    pub registered_at: String,
    /// Whether it is about a child alone.
    #[serde(default)]
    pub child_alone: bool,
    /// Cases that may be about the same person or household, for the office to review.
    #[serde(default)]
    pub suggested: Vec<Suggested>,
    /// The case that it mends; a new one otherwise.
    #[serde(default)]
    pub mending: Option<Mending>,
}

/// Another case that a volunteer thinks belongs to this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// Its id.
    pub case: String,
    /// How it is called on the screen.
    pub name: String,
    /// The same person, or else the same household.
    pub same_person: bool,
}

impl HouseholdForm {
    /// An empty form.
    pub fn new(id: u64, kind: Kind, language: Language, incident: Option<String>) -> Self {
        Self {
            id,
            kind,
            language,
            incident,
            head: PersonForm::default(),
            members: Vec::new(),
            narrative: String::new(),
            carried: Carried::default(),
            ticket: String::new(),
            onward: String::new(),
            bed: String::new(),
            may_tell: String::new(),
            registered_at: String::new(),
            child_alone: false,
            suggested: Vec::new(),
            mending: None,
        }
    }

    /// The next form of a queue: the kind, the incident and what households share go on.
    #[must_use]
    pub fn next(&self, id: u64) -> Self {
        let fresh = Self::new(id, self.kind, self.language, self.incident.clone());
        let carried = Carried { address: self.head.address.clone(), ..self.carried.clone() };
        let head = PersonForm { address: carried.address.clone(), ..PersonForm::default() };
        Self { head, carried, ..fresh }
    }

    /// Adds somebody of the household, who bears its surname until told otherwise.
    pub fn add_member(&mut self) {
        let family_name = self.head.family_name.clone();
        let inherited = family_name.clone();
        self.members.push(PersonForm { inherited, family_name, ..PersonForm::default() });
    }

    /// What a new form has no field for, where a case is mended.
    pub fn rest(&self) -> Option<&Rest> {
        self.mending.as_ref()?.rest.as_ref()
    }

    /// Whether somebody's own words belong to it: those of an appeal or an enquiry, and what a case
    /// says that is mended.
    pub fn has_words(&self) -> bool {
        let said = |mending: &Mending| mending.said("narrative");
        matches!(self.kind, Kind::Appeal | Kind::Enquiry) || self.mending.as_ref().is_some_and(said)
    }

    /// Whether whoever it is about can be asked what they need and whether family may be told: not
    /// a child alone, nor somebody who is sought. A case that is mended shows all of it.
    pub fn asks_the_head(&self) -> bool {
        let here = matches!(self.kind, Kind::Evacuee | Kind::Passenger) && !self.child_alone;
        self.mending.is_some() || here
    }

    /// Person `at`: 0 is the head.
    pub fn person(&self, at: usize) -> Option<&PersonForm> {
        if at == 0 { Some(&self.head) } else { self.members.get(at - 1) }
    }

    /// Digits that were typed under the Kazakh layout, as digits.
    pub fn read_digits(&mut self) {
        self.people_mut().for_each(PersonForm::read_digits);
        if let Some(rest) = self.mending.as_mut().and_then(|mending| mending.rest.as_mut()) {
            rest.at = scan::digits(&rest.at);
        }
    }

    /// Every person of it.
    pub fn people_mut(&mut self) -> impl Iterator<Item = &mut PersonForm> {
        std::iter::once(&mut self.head).chain(&mut self.members)
    }

    /// Whether the rest of the household is where its head is. Nobody takes a child alone along: the
    /// office hands it over.
    pub fn is_together(&self) -> bool {
        let mut rest = self.members.iter().filter(|member| goes_along(member));
        rest.all(|member| member.whereabouts == self.head.whereabouts)
    }

    /// The rest of the household is where its head is.
    pub fn gather(&mut self) {
        for member in self.members.iter_mut().filter(|member| goes_along(member)) {
            member.whereabouts.clone_from(&self.head.whereabouts);
        }
    }

    /// Everything that keeps it from being taken; empty when nothing does.
    pub fn wrong(&self, year: i16) -> Vec<WrongField> {
        let people = std::iter::once(&self.head).chain(&self.members).enumerate();
        let mut wrong: Vec<WrongField> = people
            .flat_map(|(person, form)| {
                form.wrong(year).into_iter().map(move |(field, reason)| WrongField {
                    person,
                    field,
                    reason,
                })
            })
            .collect();
        let rest = self.rest().into_iter().flat_map(Rest::wrong);
        wrong.extend(rest.map(|(field, reason)| WrongField { person: 0, field, reason }));
        let worded = self.has_words() && !self.narrative.trim().is_empty();
        let named = self.head.is_named() || worded;
        if self.child_alone && self.head.is_empty() {
            let reason = Wrong::NothingKnown;
            wrong.insert(0, WrongField { person: 0, field: "found_at", reason });
        } else if !self.child_alone && !named {
            let reason = Wrong::Nobody;
            let either = ["family_name", "given_name"];
            let either = either.map(|field| WrongField { person: 0, field, reason });
            wrong.splice(0..0, either);
        }
        wrong
    }

    /// The intake that it says. A child alone of whom nobody says where was found here, at the
    /// `station`, as people call it.
    pub fn intake(&self, year: i16, station: &str) -> Result<Intake, beket_model::FieldError> {
        let mut whole = self.json(year);
        if self.child_alone && !self.head.is_alone() {
            whole["person"]["separated"] = json!({ "found_at": station });
        }
        if matches!(self.kind, Kind::Evacuee | Kind::Passenger) {
            // Whoever is registered here is here.
            whole["person"]["whereabouts"] = json!(Whereabouts::Here.word());
            for member in whole["household"].as_array_mut().into_iter().flatten() {
                member["whereabouts"] = json!(Whereabouts::Here.word());
            }
        }
        Intake::from_json(&whole.to_string())
    }

    pub(super) fn json(&self, year: i16) -> Value {
        let mut head = self.head.json(year);
        // What was chosen on another kind of form is not on the screen: nobody stands by it.
        if !self.asks_the_head() {
            head.remove("needs");
        }
        let places = self.rest().map(|rest| [&rest.lives_in.kato, &rest.registered_in.kato]);
        let addresses =
            [("address", &self.head.address), ("registration_address", &self.registered_at)];
        for (at, (key, line)) in addresses.into_iter().enumerate() {
            let mut address = Map::new();
            put_texts(&mut address, &[("line", line)]);
            if let Some(places) = places {
                put_texts(&mut address, &[("kato", places[at])]);
            }
            if !address.is_empty() {
                head.insert(key.to_owned(), Value::Object(address));
            }
        }
        let members = self.members.iter().filter(|member| !member.is_empty()).map(|member| {
            let mut json = member.json(year);
            put_texts(&mut json, &[("relation", &member.relation)]);
            json.extend(member.member.as_ref().map(|id| ("id".to_owned(), json!(id))));
            Value::Object(json)
        });
        let mut whole = json!({
            "kind": self.kind.word(),
            "language": self.language.word(),
            "incident": self.incident.as_ref().filter(|_| self.kind.is_emergency()),
            "person": head,
            "household": members.collect::<Vec<_>>(),
        });
        let mut more = Map::new();
        if self.has_words() {
            put_texts(&mut more, &[("narrative", &self.narrative)]);
        }
        if let Some(rest) = self.rest() {
            rest.put_subject(self.kind, &mut more);
        }
        for (key, part) in [("movement", self.movement()), ("place", self.place())] {
            if !part.is_empty() {
                more.insert(key.to_owned(), Value::Object(part));
            }
        }
        if !self.suggested.is_empty() {
            more.insert("suggested_links".to_owned(), self.suggestions());
        }
        if self.asks_the_head() && !self.may_tell.is_empty() {
            more.insert("consent".to_owned(), json!({ "may_tell_family": self.may_tell }));
        }
        if let Some(whole) = whole.as_object_mut() {
            whole.extend(more);
        }
        whole
    }

    fn suggestions(&self) -> Value {
        let kind = |same: bool| if same { "same_person" } else { "same_household" };
        let links = self.suggested.iter();
        links.map(|link| json!({ "case": link.case, "kind": kind(link.same_person) })).collect()
    }

    fn movement(&self) -> Map<String, Value> {
        let mut out = Map::new();
        let came = [("transport", &self.carried.transport), ("from", &self.carried.from)];
        let rode = [
            ("number", &self.carried.number),
            ("to", &self.carried.to),
            ("ticket", &self.ticket),
            ("onward", &self.onward),
        ];
        // What another kind of form carried along is not on the screen of this one.
        match self.kind {
            Kind::Evacuee if self.rest().is_none() => put_texts(&mut out, &came),
            Kind::Passenger | Kind::Evacuee => {
                put_texts(&mut out, &came);
                put_texts(&mut out, &rode);
            }
            Kind::Appeal | Kind::Enquiry => return out,
        }
        if let Some(rest) = self.rest() {
            rest.put_movement(&mut out);
        } else if !out.is_empty() {
            // Whoever is registered here has come here; that they went on is said of each person.
            out.insert("direction".to_owned(), json!("arrival"));
        }
        out
    }

    fn place(&self) -> Map<String, Value> {
        let mut out = Map::new();
        if self.kind == Kind::Evacuee || (self.kind == Kind::Passenger && self.rest().is_some()) {
            put_texts(&mut out, &[("site", &self.carried.site), ("bed", &self.bed)]);
        }
        out
    }
}

/// Whether a member goes where the household goes: not a child alone, nor a row without anybody.
fn goes_along(member: &PersonForm) -> bool {
    !member.is_alone() && !member.is_empty()
}

#[cfg(test)]
mod tests;
