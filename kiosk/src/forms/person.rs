//! One person of a form, as typed.

use beket_model::{Iin, Phone, Sex, Traits, TypedTraits};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{Born, Wrong, scan, sex};

/// How it is known whether somebody is a child alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alone {
    /// They are, if anything is told of a child alone.
    #[default]
    AsTold,
    /// The case says that they are none.
    No,
    /// The volunteer says so, of somebody of whom the case did not.
    Chosen,
    /// The case says so: the office hands them over.
    Known,
}

impl Alone {
    /// As a case says it.
    pub(super) fn of_case(is: bool) -> Self {
        if is { Self::Known } else { Self::No }
    }
}

/// A person as far as they are filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    /// The id of a member who is in the case already.
    pub member: Option<String>,
    /// The household's surname, which says nothing of this one's sex.
    pub inherited: String,
    /// Surname.
    pub family_name: String,
    /// Given name.
    pub given_name: String,
    /// Patronymic.
    pub patronymic: String,
    /// A date, a year or an age.
    pub born: String,
    /// What the volunteer chose, or the case says; `None` leaves it to [`PersonForm::sex`].
    pub chosen_sex: Option<Sex>,
    /// The case says what it says: of somebody who is in it already nothing is guessed.
    pub is_known: bool,
    /// Telephone.
    pub phone: String,
    /// IIN.
    pub iin: String,
    /// Street, house, flat.
    pub address: String,
    /// What they are to the head of the household.
    pub relation: String,
    /// What is needed, in the words of the model.
    pub needs: Vec<String>,
    /// Where they are at the moment, in the words of the model; asked of a case that is mended.
    pub whereabouts: String,
    /// Whether it is a child alone.
    pub alone: Alone,
    /// For a child alone: where found, by whom brought, clothing, what the child says.
    pub found_at: String,
    /// Who brought the child.
    pub brought_by: String,
    /// What the child wears.
    pub clothing: String,
    /// What the child says.
    pub says: String,
}

impl PersonForm {
    /// The sex that was chosen, or that the names and the number tell.
    pub fn sex(&self) -> Option<Sex> {
        let inherited = self.family_name == self.inherited;
        let own = if inherited { "" } else { &self.family_name };
        let guess = || sex::guess(own, &self.patronymic, &self.iin);
        self.chosen_sex.or_else(|| if self.is_known { None } else { guess() })
    }

    /// How they are called: surname and given name, as far as they were typed.
    pub fn called(&self) -> String {
        let names = [&self.family_name, &self.given_name].map(|name| name.trim());
        names.join(" ").trim().to_owned()
    }

    /// Whether any part of a name was given.
    pub fn is_named(&self) -> bool {
        [&self.family_name, &self.given_name, &self.patronymic].iter().any(|n| !n.trim().is_empty())
    }

    /// Whether it is a child alone.
    pub fn is_alone(&self) -> bool {
        match self.alone {
            Alone::AsTold => self.is_told_of(),
            Alone::No => false,
            Alone::Chosen | Alone::Known => true,
        }
    }

    /// Whether anything is told of a child alone, or was before they were with their people.
    pub fn is_told_of(&self) -> bool {
        let mut told = [&self.found_at, &self.brought_by, &self.clothing, &self.says].into_iter();
        told.any(|text| !text.trim().is_empty())
    }

    /// Takes back all that was told of a child alone.
    pub fn tell_nothing(&mut self) {
        for text in [&mut self.found_at, &mut self.brought_by, &mut self.clothing, &mut self.says] {
            text.clear();
        }
    }

    /// Whether they are known to be under age in this year.
    pub fn is_under_age(&self, year: i16) -> bool {
        match Born::read(&self.born, year) {
            Some(Born::Aged(age)) => age < 18,
            Some(Born::On(date)) => date
                .get(..4)
                .and_then(|born| born.parse::<i16>().ok())
                .is_some_and(|born| year - born < 18),
            None => false,
        }
    }

    /// Whether nothing was typed: the household's surname and address are not theirs alone.
    pub fn is_empty(&self) -> bool {
        let (inherited, address) = (self.inherited.clone(), self.address.clone());
        let family_name = inherited.clone();
        let bare = Self { inherited, address, ..Self::default() };
        *self == bare || *self == Self { family_name, ..bare }
    }

    /// Digits that were typed under the Kazakh layout, as digits.
    pub fn read_digits(&mut self) {
        for text in [&mut self.born, &mut self.phone, &mut self.iin] {
            *text = scan::digits(text);
        }
    }

    /// As somebody to compare.
    pub fn traits(&self, year: i16) -> Traits {
        let born = Born::read(&self.born, year);
        let date = if let Some(Born::On(date)) = &born { date.as_str() } else { "" };
        let age = if let Some(Born::Aged(age)) = &born { Some(*age) } else { None };
        Traits::typed(&TypedTraits {
            family_name: &self.family_name,
            given_name: &self.given_name,
            patronymic: &self.patronymic,
            iin: &self.iin,
            birth_date: date,
            age_years: age,
            sex: self.sex(),
            phone: &self.phone,
            kato: "",
            address_line: &self.address,
        })
        .told_in(year)
    }

    /// Its fields that cannot be read.
    pub(super) fn wrong(&self, year: i16) -> Vec<(&'static str, Wrong)> {
        let given = |text: &str| !text.trim().is_empty();
        let born = given(&self.born) && Born::read(&self.born, year).is_none();
        let phone = given(&self.phone) && Phone::parse(&self.phone).is_err();
        let iin = given(&self.iin) && Iin::parse(self.iin.trim()).is_err();
        let untold = self.is_alone() && !self.is_told_of();
        let all = [
            (born, "born", Wrong::Born),
            (phone, "phone", Wrong::Phone),
            (iin, "iin", Wrong::of_iin(&self.iin)),
            (untold, "found_at", Wrong::NothingKnown),
        ];
        all.into_iter()
            .filter_map(|(wrong, field, reason)| wrong.then_some((field, reason)))
            .collect()
    }

    /// As the model's JSON: only what was given.
    pub(crate) fn json(&self, year: i16) -> Map<String, Value> {
        let mut out = Map::new();
        let texts = [
            ("family_name", &self.family_name),
            ("given_name", &self.given_name),
            ("patronymic", &self.patronymic),
            ("phone", &self.phone),
            ("iin", &self.iin),
            ("whereabouts", &self.whereabouts),
        ];
        put_texts(&mut out, &texts);
        put_born(&mut out, &self.born, year);
        if let Some(sex) = self.sex() {
            out.insert("sex".to_owned(), json!(sex.word()));
        }
        if !self.needs.is_empty() {
            out.insert("needs".to_owned(), json!(self.needs));
        }
        let mut alone = Map::new();
        let said = [
            ("found_at", &self.found_at),
            ("brought_by", &self.brought_by),
            ("clothing", &self.clothing),
            ("says", &self.says),
        ];
        put_texts(&mut alone, &said);
        if !alone.is_empty() {
            out.insert("separated".to_owned(), Value::Object(alone));
        }
        out
    }
}

/// A birth as it was said: a date, or an age.
pub(super) fn put_born(out: &mut Map<String, Value>, said: &str, year: i16) {
    match Born::read(said, year) {
        Some(Born::On(date)) => drop(out.insert("birth_date".to_owned(), json!(date))),
        Some(Born::Aged(age)) => drop(out.insert("age_years".to_owned(), json!(age))),
        None => {}
    }
}

/// Texts that are not empty, without the spaces around them.
pub(super) fn put_texts(out: &mut Map<String, Value>, texts: &[(&str, &String)]) {
    for (key, text) in texts.iter().filter(|(_, text)| !text.trim().is_empty()) {
        out.insert((*key).to_owned(), json!(text.trim()));
    }
}
