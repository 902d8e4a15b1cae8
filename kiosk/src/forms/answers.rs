//! What a citizen answers at a self-service kiosk, question by question.
//!
//! Lives in memory only, and is wiped from it when it is dropped. Owns which questions are asked and
//! in which order. Asks nothing personal of whoever does not consent, and keeps nothing before they
//! have; guesses at nothing that they are not shown.

use beket_model::{Iin, Intake, Kind, Language, Phone, Whereabouts};
use serde_json::{Map, Value, json};
use zeroize::Zeroize;

use super::person::{put_born, put_texts};
use super::{Born, Wrong};

/// What somebody came for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To hand in an appeal.
    Appeal,
    /// To register themselves and whoever is with them.
    Register,
}

/// A question; one a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Why they came.
    Purpose,
    /// Whether their data may be kept.
    Consent,
    /// What it means to go on without a name.
    Nameless,
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
    /// The household's surname, which the person bears until told otherwise.
    pub inherited: String,
}

impl Other {
    /// Whether nothing was said of them.
    pub fn is_nobody(&self) -> bool {
        let named = self.family_name != self.inherited && !self.family_name.trim().is_empty();
        !named && [&self.given_name, &self.born].iter().all(|text| text.trim().is_empty())
    }
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
            other.inherited.zeroize();
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
            (Some(Purpose::Register), Some(false)) => all.extend([Q::Nameless, Q::Needs, Q::Words]),
            (_, Some(false)) => all.extend([Q::Nameless, Q::Words]),
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
            Q::Purpose | Q::Consent | Q::Nameless | Q::Others | Q::Needs | Q::MayTell => {
                return None;
            }
        })
    }

    /// Adds somebody of their household, who bears its surname until told otherwise.
    pub fn add_other(&mut self) -> usize {
        let inherited = self.family_name.clone();
        let family_name = inherited.clone();
        self.others.push(Other { family_name, inherited, ..Other::default() });
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
            Q::Iin => {
                let wrong = given(&self.iin) && Iin::parse(self.iin.trim()).is_err();
                (wrong, Wrong::of_iin(&self.iin))
            }
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

    /// The first of these questions that one cannot go on from, and why.
    pub fn first_wrong(&self, questions: &[Question], year: i16) -> Option<(Question, Wrong)> {
        let of_others = |question: &Question| {
            let others = if *question == Question::Others { self.others.len() } else { 0 };
            (0..others).map(Question::OtherBorn)
        };
        let all = questions.iter().flat_map(|it| of_others(it).chain([*it]));
        all.into_iter().find_map(|question| Some((question, self.wrong(question, year)?)))
    }

    /// Whether anything was said that nobody would want to say again.
    pub fn is_begun(&self) -> bool {
        let mut bare = Self::default();
        (bare.purpose, bare.consent) = (self.purpose, self.consent);
        *self != bare
    }

    /// The intake that they make, in the language that was spoken: what was answered to questions
    /// that are asked, and nothing that was said before consent was refused or the purpose changed.
    pub fn intake(&self, language: Language, year: i16) -> Result<Intake, beket_model::FieldError> {
        let kind = match self.purpose {
            Some(Purpose::Register) => Kind::Evacuee,
            Some(Purpose::Appeal) | None => Kind::Appeal,
        };
        let mut whole = Map::new();
        whole.insert("kind".to_owned(), json!(kind.word()));
        whole.insert("language".to_owned(), json!(language.word()));
        // Before consent only the way to it is known.
        let asked = self.consent.map(|_| self.questions(false)).unwrap_or_default();
        if asked.contains(&Question::Words) {
            put_texts(&mut whole, &[("narrative", &self.words)]);
        }
        let mut person = self.person(&asked, year);
        if kind == Kind::Evacuee {
            person.insert("whereabouts".to_owned(), json!(Whereabouts::Here.word()));
        }
        if asked.contains(&Question::Needs) && !self.needs.is_empty() {
            person.insert("needs".to_owned(), json!(self.needs));
        }
        whole.insert("person".to_owned(), Value::Object(person));
        if asked.contains(&Question::Others) {
            let others = self.others.iter().filter(|other| !other.is_nobody());
            let others: Vec<Value> = others.map(|other| member(other, year)).collect();
            whole.insert("household".to_owned(), json!(others));
        }
        if asked.contains(&Question::MayTell) && !self.may_tell.is_empty() {
            whole.insert("consent".to_owned(), json!({ "may_tell_family": self.may_tell }));
        }
        Intake::from_json(&Value::Object(whole).to_string())
    }

    fn person(&self, asked: &[Question], year: i16) -> Map<String, Value> {
        use Question as Q;
        static NOTHING: String = String::new();
        let said = |question, text| if asked.contains(&question) { text } else { &NOTHING };
        let family_name = said(Q::FamilyName, &self.family_name);
        let patronymic = said(Q::Patronymic, &self.patronymic);
        let (iin, place) = (said(Q::Iin, &self.iin), said(Q::Place, &self.place));
        let mut out = Map::new();
        let texts = [
            ("family_name", family_name),
            ("given_name", said(Q::GivenName, &self.given_name)),
            ("patronymic", patronymic),
            ("phone", said(Q::Phone, &self.phone)),
            ("iin", iin),
        ];
        put_texts(&mut out, &texts);
        put_born(&mut out, said(Q::Born, &self.born), year);
        let mut address = Map::new();
        let parts = [place.trim(), said(Q::Address, &self.address).trim()];
        let line = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        put_texts(&mut address, &[("line", &line)]);
        if let Some((code, name)) = &self.kato
            && name == place
            && !place.is_empty()
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
mod tests;
