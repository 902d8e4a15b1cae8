//! What a citizen answers at a self-service kiosk, question by question.
//!
//! Lives in memory only, and is wiped from it when it is dropped. Owns which questions are asked and
//! in which order. Asks nothing personal of whoever does not consent.

use beket_model::{Iin, Intake, Kind, Language, Phone, Whereabouts};
use serde_json::{Map, Value, json};
use zeroize::Zeroize;

use super::person::{put_born, put_texts};
use super::{Born, Wrong, sex};

/// What somebody came for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To hand in an appeal.
    Appeal,
    /// To register themselves and whoever is with them.
    Register,
}

/// A question; one a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Why they came.
    Purpose,
    /// Whether their data may be kept.
    Consent,
    /// Surname.
    FamilyName,
    /// Given name.
    GivenName,
    /// Patronymic.
    Patronymic,
    /// Date of birth or age.
    Born,
    /// IIN.
    Iin,
    /// Telephone.
    Phone,
    /// The town or village they live in, or come from.
    Place,
    /// Street, house, flat.
    Address,
    /// Who is with them.
    Others,
    /// Surname of somebody who is with them.
    OtherFamilyName(usize),
    /// Given name of somebody who is with them.
    OtherGivenName(usize),
    /// Age of somebody who is with them.
    OtherBorn(usize),
    /// What they need.
    Needs,
    /// Whether family may be told.
    MayTell,
    /// What they have to say.
    Words,
}

/// Somebody who is with them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Other {
    /// Surname.
    pub family_name: String,
    /// Given name.
    pub given_name: String,
    /// A date, a year or an age.
    pub born: String,
}

/// Everything that was answered.
#[derive(Default, PartialEq, Eq)]
pub struct Answers {
    /// Why they came.
    pub purpose: Option<Purpose>,
    /// Whether their data may be kept; `None` before they were asked.
    pub consent: Option<bool>,
    /// Surname.
    pub family_name: String,
    /// Given name.
    pub given_name: String,
    /// Patronymic.
    pub patronymic: String,
    /// A date, a year or an age.
    pub born: String,
    /// IIN.
    pub iin: String,
    /// Telephone.
    pub phone: String,
    /// Town or village, as typed or as the list writes it.
    pub place: String,
    /// Its code and the text that it belongs to.
    pub kato: Option<(&'static str, String)>,
    /// Street, house, flat.
    pub address: String,
    /// Who is with them.
    pub others: Vec<Other>,
    /// What they need, in the words of the model.
    pub needs: Vec<&'static str>,
    /// `yes`, `no` or `ask`; empty where nothing was said.
    pub may_tell: &'static str,
    /// Their own words.
    pub words: String,
}

impl Zeroize for Answers {
    fn zeroize(&mut self) {
        for text in [
            &mut self.family_name,
            &mut self.given_name,
            &mut self.patronymic,
            &mut self.born,
            &mut self.iin,
            &mut self.phone,
            &mut self.place,
            &mut self.address,
            &mut self.words,
        ] {
            text.zeroize();
        }
        for other in &mut self.others {
            other.family_name.zeroize();
            other.given_name.zeroize();
            other.born.zeroize();
        }
        if let Some((_, name)) = &mut self.kato {
            name.zeroize();
        }
        self.others.clear();
        self.needs.clear();
    }
}

impl Drop for Answers {
    fn drop(&mut self) {
        self.zeroize();
    }
}

impl std::fmt::Debug for Answers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answers").field("purpose", &self.purpose).finish_non_exhaustive()
    }
}

impl Answers {
    /// The questions, in their order. `choose` where there is more than one thing to come for.
    pub fn questions(&self, choose: bool) -> Vec<Question> {
        use Question as Q;
        let mut all = Vec::new();
        if choose {
            all.push(Q::Purpose);
        }
        all.push(Q::Consent);
        match (self.purpose, self.consent) {
            (Some(Purpose::Register), Some(false)) => all.extend([Q::Needs, Q::Words]),
            (_, Some(false)) => all.push(Q::Words),
            (Some(Purpose::Register), _) => {
                all.extend([Q::FamilyName, Q::GivenName, Q::Patronymic, Q::Born, Q::Phone]);
                all.extend([Q::Place, Q::Others, Q::Needs, Q::MayTell]);
            }
            (Some(Purpose::Appeal) | None, _) => {
                all.extend([Q::FamilyName, Q::GivenName, Q::Patronymic, Q::Iin, Q::Phone]);
                all.extend([Q::Place, Q::Address, Q::Words]);
            }
        }
        all
    }

    /// The text that a question is answered with, where it is one.
    pub fn text(&mut self, question: Question) -> Option<&mut String> {
        use Question as Q;
        Some(match question {
            Q::FamilyName => &mut self.family_name,
            Q::GivenName => &mut self.given_name,
            Q::Patronymic => &mut self.patronymic,
            Q::Born => &mut self.born,
            Q::Iin => &mut self.iin,
            Q::Phone => &mut self.phone,
            Q::Place => &mut self.place,
            Q::Address => &mut self.address,
            Q::Words => &mut self.words,
            Q::OtherFamilyName(at) => &mut self.others.get_mut(at)?.family_name,
            Q::OtherGivenName(at) => &mut self.others.get_mut(at)?.given_name,
            Q::OtherBorn(at) => &mut self.others.get_mut(at)?.born,
            Q::Purpose | Q::Consent | Q::Others | Q::Needs | Q::MayTell => return None,
        })
    }

    /// Adds somebody of their household, who bears its surname until told otherwise.
    pub fn add_other(&mut self) -> usize {
        let family_name = self.family_name.clone();
        self.others.push(Other { family_name, ..Other::default() });
        self.others.len() - 1
    }

    /// Why one cannot go on from a question; `None` where one can.
    pub fn wrong(&self, question: Question, year: i16) -> Option<Wrong> {
        use Question as Q;
        let given = |text: &str| !text.trim().is_empty();
        let born = |text: &str| given(text) && Born::read(text, year).is_none();
        let wrong = match question {
            Q::Born => (born(&self.born), Wrong::Born),
            Q::OtherBorn(at) => {
                (self.others.get(at).is_some_and(|other| born(&other.born)), Wrong::Born)
            }
            Q::Iin => (given(&self.iin) && Iin::parse(self.iin.trim()).is_err(), Wrong::Iin),
            Q::Phone => (given(&self.phone) && Phone::parse(&self.phone).is_err(), Wrong::Phone),
            Q::GivenName => {
                let said = [&self.family_name, &self.given_name].iter().any(|name| given(name));
                (!said, Wrong::Nobody)
            }
            Q::Words => (!given(&self.words), Wrong::Nobody),
            _ => return None,
        };
        wrong.0.then_some(wrong.1)
    }

    /// The intake that they make, in the language that was spoken.
    pub fn intake(&self, language: Language, year: i16) -> Result<Intake, beket_model::FieldError> {
        let kind = match self.purpose {
            Some(Purpose::Register) => Kind::Evacuee,
            Some(Purpose::Appeal) | None => Kind::Appeal,
        };
        let mut whole = Map::new();
        whole.insert("kind".to_owned(), json!(kind.word()));
        whole.insert("language".to_owned(), json!(language.word()));
        put_texts(&mut whole, &[("narrative", &self.words)]);
        let mut person = self.person(year);
        if kind == Kind::Evacuee {
            person.insert("whereabouts".to_owned(), json!(Whereabouts::Here.word()));
        }
        if !self.needs.is_empty() {
            person.insert("needs".to_owned(), json!(self.needs));
        }
        whole.insert("person".to_owned(), Value::Object(person));
        let others = self.others.iter().filter(|other| **other != Other::default());
        let others: Vec<Value> = others.map(|other| member(other, year)).collect();
        whole.insert("household".to_owned(), json!(others));
        if !self.may_tell.is_empty() {
            whole.insert("consent".to_owned(), json!({ "may_tell_family": self.may_tell }));
        }
        Intake::from_json(&Value::Object(whole).to_string())
    }

    fn person(&self, year: i16) -> Map<String, Value> {
        let mut out = Map::new();
        let texts = [
            ("family_name", &self.family_name),
            ("given_name", &self.given_name),
            ("patronymic", &self.patronymic),
            ("phone", &self.phone),
            ("iin", &self.iin),
        ];
        put_texts(&mut out, &texts);
        put_born(&mut out, &self.born, year);
        if let Some(sex) = sex::guess(&self.family_name, &self.patronymic, &self.iin) {
            out.insert("sex".to_owned(), json!(sex.word()));
        }
        let mut address = Map::new();
        let parts = [self.place.trim(), self.address.trim()];
        let line = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        put_texts(&mut address, &[("line", &line)]);
        if let Some((code, name)) = &self.kato
            && *name == self.place
        {
            address.insert("kato".to_owned(), json!(code));
        }
        if !address.is_empty() {
            out.insert("address".to_owned(), Value::Object(address));
        }
        out
    }
}

fn member(other: &Other, year: i16) -> Value {
    let mut out = Map::new();
    put_texts(&mut out, &[("family_name", &other.family_name), ("given_name", &other.given_name)]);
    put_born(&mut out, &other.born, year);
    Value::Object(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told() -> Answers {
        let mut told = Answers::default();
        told.purpose = Some(Purpose::Appeal);
        told.consent = Some(true);
        told.family_name = "Смағұлова".to_owned();
        told.given_name = " Айгүл ".to_owned();
        told.place = "Арыс, Түркістан облысы".to_owned();
        told.kato = Some(("611600000", told.place.clone()));
        told.address = "Абай к., 5".to_owned();
        told.words = "Төбе жөнделмеді.".to_owned();
        told
    }

    #[test]
    fn an_appeal_says_what_the_law_asks_of_one() {
        let intake = told().intake(Language::Kk, 2026).unwrap();
        assert_eq!(intake.kind, Kind::Appeal);
        assert_eq!(intake.person.given_name.as_ref().unwrap().as_str(), "Айгүл");
        assert_eq!(intake.person.address.kato.as_ref().unwrap().as_str(), "611600000");
        let line = intake.person.address.line.unwrap();
        assert_eq!(line.as_str(), "Арыс, Түркістан облысы, Абай к., 5");
        assert_eq!(intake.narrative.unwrap().as_str(), "Төбе жөнделмеді.");
    }

    #[test]
    fn a_place_that_was_changed_by_hand_loses_its_code() {
        let mut told = told();
        told.place.push('ы');
        assert!(told.intake(Language::Kk, 2026).unwrap().person.address.kato.is_none());
    }

    #[test]
    fn whoever_does_not_consent_is_asked_nothing_personal() {
        for purpose in [Purpose::Appeal, Purpose::Register] {
            let mut told = Answers::default();
            told.purpose = Some(purpose);
            told.consent = Some(false);
            let personal = [Question::FamilyName, Question::Phone, Question::Iin, Question::Born];
            let asked = told.questions(true);
            assert!(asked.iter().all(|question| !personal.contains(question)), "{asked:?}");
            assert!(asked.contains(&Question::Words), "the service does not end");
        }
    }

    #[test]
    fn what_cannot_be_read_is_said_at_its_question() {
        let mut told = Answers::default();
        assert_eq!(told.wrong(Question::GivenName, 2026), Some(Wrong::Nobody));
        told.given_name = "Дана".to_owned();
        assert_eq!(told.wrong(Question::GivenName, 2026), None);
        told.iin = "850101399997".to_owned();
        assert_eq!(told.wrong(Question::Iin, 2026), Some(Wrong::Iin));
        told.phone = "12".to_owned();
        assert_eq!(told.wrong(Question::Phone, 2026), Some(Wrong::Phone));
        told.born = "31.02.1985".to_owned();
        assert_eq!(told.wrong(Question::Born, 2026), Some(Wrong::Born));
        assert_eq!(told.wrong(Question::Place, 2026), None);
    }

    #[test]
    fn a_household_registers_itself() {
        let mut told = told();
        told.purpose = Some(Purpose::Register);
        told.needs = vec!["medicine"];
        told.may_tell = "ask";
        let at = told.add_other();
        *told.text(Question::OtherGivenName(at)).unwrap() = "Дана".to_owned();
        *told.text(Question::OtherBorn(at)).unwrap() = "7".to_owned();
        let intake = told.intake(Language::Ru, 2026).unwrap();
        assert_eq!(intake.kind, Kind::Evacuee);
        assert_eq!(intake.household[0].family_name.as_ref().unwrap().as_str(), "Смағұлова");
        assert_eq!(u64::from(intake.household[0].age_years.unwrap()), 7);
        assert_eq!(intake.consent.may_tell_family.unwrap().word(), "ask");
    }

    #[test]
    fn nothing_is_left_in_it_when_it_is_wiped() {
        let mut told = told();
        told.add_other();
        told.zeroize();
        let texts = [&told.family_name, &told.given_name, &told.place, &told.address, &told.words];
        assert!(texts.iter().all(|text| text.is_empty()));
        assert!(
            told.others.is_empty() && told.kato.as_ref().is_some_and(|(_, name)| name.is_empty())
        );
    }
}
