//! One person: a name, a birth date, a number, a telephone, and what they need.
//! Refuses to be complete: some have no number, no telephone, or only a name.

use serde_json::Value;

use crate::Language;
use crate::calendar::Date;
use crate::draw::Draw;
use crate::form::Form;
use crate::names::{Family, Sex};
use crate::{iin, phone, places};

/// Who somebody is, before any of it is written down.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    pub(crate) family: Family,
    pub(crate) sex: Sex,
    pub(crate) age: i64,
    pub(crate) born: Date,
}

impl Person {
    /// Somebody of that age on the day `today`, counted from 1970.
    pub(crate) fn aged(draw: &mut Draw, family: Family, sex: Sex, age: i64, today: i64) -> Self {
        let born = today - age * 1_461 / 4 - draw.between(1, 364);
        Self { family, sex, age, born: Date::from_days(born) }
    }

    /// Whoever comes to the desk for a household.
    pub(crate) fn head(draw: &mut Draw, language: Language, today: i64) -> Self {
        let family = Family::draw(draw, language);
        let sex = if draw.chance(55) { Sex::Female } else { Sex::Male };
        let (youngest, oldest) =
            draw.weighted(&[((18, 29), 24), ((30, 44), 36), ((45, 62), 26), ((63, 88), 14)]);
        let age = draw.between(youngest, oldest);
        Self::aged(draw, family, sex, age, today)
    }

    /// The whole form of a person.
    pub(crate) fn write(self, draw: &mut Draw, language: Language, shape: Shape) -> Value {
        let mut form = Form::default();
        self.write_name(draw, language, &mut form);
        if shape.hurried {
            form.set("sex", self.sex.word());
            form.maybe(draw, "whereabouts", shape.whereabouts);
            return form.done();
        }
        let number = draw.chance(86).then(|| self.number(draw));
        form.maybe(draw, "iin", number);
        let only_age = draw.chance(9);
        form.maybe(draw, "birth_date", (!only_age).then(|| self.born.iso()));
        form.maybe(draw, "age_years", only_age.then_some(self.age));
        form.set("sex", self.sex.word());
        let telephone = draw.chance(78).then(|| phone::spell(draw));
        form.maybe(draw, "phone", telephone);
        if shape.in_need {
            form.set("needs", self.needs(draw));
        }
        form.maybe(draw, "whereabouts", shape.whereabouts);
        let home = draw.chance(90).then(|| places::address(draw, language, shape.from_arys));
        form.maybe(draw, "address", home);
        let registered = draw.chance(12).then(|| places::address(draw, language, false));
        form.maybe(draw, "registration_address", registered);
        form.done()
    }

    fn write_name(self, draw: &mut Draw, language: Language, form: &mut Form) {
        form.set("family_name", self.family.surname(language, self.sex));
        form.set("given_name", self.family.given(draw, language, self.sex));
        let share = if language == Language::English { 35 } else { 85 };
        let patronymic =
            draw.chance(share).then(|| self.family.patronymic(draw, language, self.sex));
        form.maybe(draw, "patronymic", patronymic);
    }

    /// Two numbers in a hundred tell another birth date or sex than the form does.
    fn number(self, draw: &mut Draw) -> String {
        match draw.between(0, 99) {
            0 => iin::issue(draw, Date { day: self.born.day % 28 + 1, ..self.born }, self.sex),
            1 => iin::issue(draw, self.born, self.sex.other()),
            _ => iin::issue(draw, self.born, self.sex),
        }
    }

    /// What this person lacks, by age and by chance.
    pub(crate) fn needs(self, draw: &mut Draw) -> Vec<&'static str> {
        let medicine = if self.age > 60 { 40 } else { 7 };
        let infant_food = if self.age < 2 { 70 } else { 0 };
        let shelter = if self.age >= 18 { 16 } else { 0 };
        let documents = if self.age >= 16 { 14 } else { 0 };
        [
            ("medicine", medicine),
            ("infant_food", infant_food),
            ("shelter", shelter),
            ("clothing", 12),
            ("documents_lost", documents),
            ("psychological_help", 8),
        ]
        .into_iter()
        .filter_map(|(need, share)| draw.chance(share).then_some(need))
        .collect()
    }
}

/// How a person's form is filled in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Nothing but name, sex and whereabouts.
    pub(crate) hurried: bool,
    /// Asked what they need.
    pub(crate) in_need: bool,
    pub(crate) from_arys: bool,
    pub(crate) whereabouts: Option<&'static str>,
}
