//! Owns what of a description is compared, folded once, and how births and ages agree.
//!
//! Refuses nothing: what cannot be read is taken for missing.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use super::home::Home;
use super::names::{MOST_CHARS, Name, cut, is_patronymic};
use super::odds::{self, Weight};
use super::{Agreement, Reason, digits};
use crate::{Date, Iin, Phone, Sex};

/// What is known of a person, prepared for comparing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Traits {
    pub(super) family: Option<Arc<Name>>,
    pub(super) given: Option<Arc<Name>>,
    pub(super) patronymic: Option<Arc<Name>>,
    pub(super) iin: Option<Iin>,
    birth_date: Option<Date>,
    age: Option<i16>,
    year: Option<i16>,
    pub(super) sex: Option<Sex>,
    pub(super) phone: Option<Phone>,
    pub(super) kato: Option<String>,
    pub(super) home: Option<Home>,
}

/// A form as far as it is filled in, as typed. What is empty, or cannot be read yet, is missing.
#[derive(Debug, Clone, Copy, Default)]
pub struct TypedTraits<'a> {
    /// Surname. Where the form has no given name, one may follow it, and a patronymic.
    pub family_name: &'a str,
    /// Given name, which a patronymic may follow if it has no field filled in.
    pub given_name: &'a str,
    /// Patronymic.
    pub patronymic: &'a str,
    /// Individual identification number.
    pub iin: &'a str,
    /// `YYYY-MM-DD`.
    pub birth_date: &'a str,
    /// Age in whole years.
    pub age_years: Option<u8>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Telephone.
    pub phone: &'a str,
    /// KATO code of the locality.
    pub kato: &'a str,
    /// Street, house, flat.
    pub address_line: &'a str,
}

/// Names that are kept once for everybody who bears them.
#[derive(Debug, Default)]
pub struct KnownNames(BTreeSet<Arc<Name>>);

/// Which part of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamePart {
    /// Surname.
    Family,
    /// Given name.
    Given,
    /// Patronymic.
    Patronymic,
}

impl Traits {
    /// Of the JSON of a person or of someone of the household.
    pub fn of(person: &Value) -> Self {
        let field = |name: &str| person[name].as_str().unwrap_or_default();
        let age = person["age_years"].as_u64().and_then(|years| u8::try_from(years).ok());
        Self::typed(&TypedTraits {
            family_name: field("family_name"),
            given_name: field("given_name"),
            patronymic: field("patronymic"),
            iin: field("iin"),
            birth_date: field("birth_date"),
            age_years: age,
            sex: Sex::from_word(field("sex")),
            phone: field("phone"),
            kato: person["address"]["kato"].as_str().unwrap_or_default(),
            address_line: person["address"]["line"].as_str().unwrap_or_default(),
        })
    }

    /// Of a form as far as it is filled in.
    pub fn typed(form: &TypedTraits<'_>) -> Self {
        let [family, given, patronymic] = parts_of_name(form);
        Self {
            family: Name::family(family).map(Arc::new),
            given: Name::given(given).map(Arc::new),
            patronymic: Name::patronymic(patronymic).map(Arc::new),
            iin: whole(form.iin).and_then(|text| Iin::parse(text).ok()),
            birth_date: whole(form.birth_date).and_then(|text| Date::parse(text).ok()),
            age: form.age_years.filter(|years| *years <= 150).map(i16::from),
            year: None,
            sex: form.sex,
            phone: whole(form.phone).and_then(|text| Phone::parse(text).ok()),
            kato: whole(form.kato).map(|text| text.trim().to_owned()),
            home: Home::of(form.address_line),
        }
    }

    /// The year in which the age was told. Without it an age is compared with ages only.
    #[must_use]
    pub fn told_in(self, year: i16) -> Self {
        Self { year: Some(year), ..self }
    }

    /// Kept once where others bear the same names: a city has a few thousand of them.
    #[must_use]
    pub fn sharing(mut self, known: &mut KnownNames) -> Self {
        let own = [&mut self.family, &mut self.given, &mut self.patronymic];
        let home = self.home.iter_mut().flat_map(|home| &mut home.words);
        for name in own.into_iter().flatten().chain(home) {
            match known.0.get(name) {
                Some(shared) => *name = shared.clone(),
                None => drop(known.0.insert(name.clone())),
            }
        }
        self
    }

    /// That part of the name has been typed only in part: who goes on from it agrees.
    #[must_use]
    pub fn still_typing(mut self, part: NamePart) -> Self {
        let name = match part {
            NamePart::Family => &mut self.family,
            NamePart::Given => &mut self.given,
            NamePart::Patronymic => &mut self.patronymic,
        };
        *name = name.take().map(|name| Arc::new(Name::clone(&name).begun()));
        self
    }
}

/// Surname, given name and patronymic, where the first fields hold more than their own: Тестова
/// Айгүл, А. С.
fn parts_of_name<'a>(form: &TypedTraits<'a>) -> [&'a str; 3] {
    let named = [form.family_name, form.given_name, form.patronymic].map(cut);
    match named.map(|text| text.trim().is_empty()) {
        [false, true, none] => {
            let (family, rest) = first_word(named[0]);
            let (given, patronymic) = first_word(rest);
            [family, given, if none { patronymic } else { named[2] }]
        }
        [true, false, none] if named[1].split_whitespace().count() > 1 => {
            let (family, rest) = first_word(named[1]);
            let (given, patronymic) = first_word(rest);
            [family, given, if none { patronymic } else { named[2] }]
        }
        [_, false, true] => match first_word(named[1]) {
            (given, father) if is_patronymic(father) => [named[0], given, father],
            _ => named,
        },
        _ => named,
    }
}

/// The first word, with the dot of an initial, and the rest.
fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim();
    let end = text.char_indices().find(|(_, c)| c.is_whitespace() || *c == '.');
    end.map_or((text, ""), |(at, c)| (&text[..at], text[at + c.len_utf8()..].trim()))
}

/// A text that is not empty, and short enough to be read whole.
fn whole(text: &str) -> Option<&str> {
    (!text.is_empty() && text.len() <= 4 * MOST_CHARS).then_some(text)
}

/// What two births tell: by their dates, or else by ages.
pub(super) fn birth(one: &Traits, other: &Traits) -> Option<(Weight, Reason)> {
    match one.birth_date.zip(other.birth_date) {
        Some((one, other)) => Some(birth_dates(one, other)),
        None => ages(one, other).map(|agreement| (odds::AGE.of(agreement), Reason::Age(agreement))),
    }
}

fn birth_dates(one: Date, other: Date) -> (Weight, Reason) {
    let (one, other) = (Born::of(one), Born::of(other));
    let same_year = one.year == other.year;
    if same_year && one.is_new_years_day() && other.is_new_years_day() {
        return (odds::NEW_YEARS_DAY, Reason::BirthDate(Agreement::Equal));
    }
    if same_year && (one.is_new_years_day() || other.is_new_years_day()) {
        return (odds::BIRTH_YEAR, Reason::BirthYear(Agreement::Equal));
    }
    let turned = same_year && one.month == other.day && one.day == other.month;
    let agreement = match digits::agreement(&one.digits(), &other.digits()) {
        Agreement::Differs if turned => Agreement::Near,
        agreement => agreement,
    };
    (odds::BIRTH_DATE.of(agreement), Reason::BirthDate(agreement))
}

/// A date taken apart.
struct Born {
    year: u16,
    month: u8,
    day: u8,
}

impl Born {
    fn of(date: Date) -> Self {
        let date = date.civil();
        Self {
            year: date.year().unsigned_abs(),
            month: date.month().unsigned_abs(),
            day: date.day().unsigned_abs(),
        }
    }

    fn is_new_years_day(&self) -> bool {
        self.month == 1 && self.day == 1
    }

    /// The year as two numbers, that each part has two digits.
    fn digits(&self) -> [u8; 8] {
        let [century, year] = [self.year / 100, self.year % 100].map(|n| n.to_le_bytes()[0]);
        let [a, b, c, d] = [century, year, self.month, self.day].map(|n| [n / 10, n % 10]);
        [a[0], a[1], b[0], b[1], c[0], c[1], d[0], d[1]]
    }
}

fn ages(one: &Traits, other: &Traits) -> Option<Agreement> {
    let years = match (one.age, other.age) {
        (Some(age), Some(another)) => {
            let (told, retold) = one.year.zip(other.year).unwrap_or_default();
            (told.saturating_sub(age)).abs_diff(retold.saturating_sub(another))
        }
        (Some(_), None) => off(one, other)?,
        (None, Some(_)) => off(other, one)?,
        (None, None) => return None,
    };
    Some(match years {
        0 => Agreement::Equal,
        1 => Agreement::Near,
        _ => Agreement::Differs,
    })
}

/// Years by which an age misses a birth date: it may or may not have had its birthday.
fn off(aged: &Traits, born: &Traits) -> Option<u16> {
    let latest = aged.year?.saturating_sub(aged.age?);
    let year = born.birth_date?.civil().year();
    Some(if year < latest { (latest - 1).abs_diff(year) } else { latest.abs_diff(year) })
}
