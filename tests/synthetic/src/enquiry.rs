//! Somebody looks for somebody: the one looked for is the form's person, the one who asks stands
//! in the household, with a telephone to call.
//! Refuses to know more of the lost than their own people would say at a desk.

use serde_json::Value;

use crate::Language;
use crate::draw::Draw;
use crate::form::Form;
use crate::household::Relation;
use crate::person::Person;
use crate::phrasebook::Phrasebook;
use crate::{phone, places};

/// The parts of the form that tell of a search.
#[derive(Debug)]
pub(crate) struct Search {
    pub(crate) narrative: String,
    pub(crate) sought: Value,
    pub(crate) asker: Value,
}

/// A search by somebody who came to the desk today.
pub(crate) fn search(draw: &mut Draw, book: &Phrasebook, language: Language, today: i64) -> Search {
    let asker = Person::head(draw, language, today);
    let relation = if asker.age >= 22 && draw.chance(25) {
        Relation::Spouse
    } else {
        Relation::likely(draw, asker)
    };
    let sought = relation.person(draw, asker, today);
    let given = sought.family.given(draw, language, sought.sex);
    let kin = book.line(draw, &format!("kin {} {}", relation.word(), sought.sex.word()));
    let surname = sought.family.surname(language, sought.sex);
    let name = match language {
        Language::English => format!("{given} {surname}"),
        Language::Kazakh | Language::Russian => format!("{surname} {given}"),
    };
    let told = account(draw, book, sought.age < 12)
        .replace("{kin}", &kin)
        .replace("{name}", &name)
        .replace("{year}", &sought.born.year.to_string());
    Search {
        narrative: capitalised(&told),
        sought: lost(draw, language, sought, given),
        asker: asking(draw, language, asker, relation),
    }
}

fn account(draw: &mut Draw, book: &Phrasebook, small: bool) -> String {
    let mut told = book.account(draw, "enquiry", 2);
    if draw.chance(60) {
        told.push(book.line(draw, if small { "enquiry small" } else { "enquiry grown" }));
    }
    told.join(" ")
}

fn lost(draw: &mut Draw, language: Language, sought: Person, given: &str) -> Value {
    let mut form = Form::default();
    form.set("family_name", sought.family.surname(language, sought.sex));
    form.set("given_name", given);
    let dated = draw.chance(70);
    form.maybe(draw, "birth_date", dated.then(|| sought.born.iso()));
    form.maybe(draw, "age_years", (!dated).then_some(sought.age));
    form.set("sex", sought.sex.word());
    let telephone = (sought.age >= 12 && draw.chance(60)).then(|| phone::spell(draw));
    form.maybe(draw, "phone", telephone);
    form.set("whereabouts", "unknown");
    let home = draw.chance(80).then(|| places::address(draw, language, true));
    form.maybe(draw, "address", home);
    form.done()
}

fn asking(draw: &mut Draw, language: Language, asker: Person, relation: Relation) -> Value {
    let mut form = Form::default();
    form.set("relation", relation.reversed().word());
    form.set("family_name", asker.family.surname(language, asker.sex));
    form.set("given_name", asker.family.given(draw, language, asker.sex));
    form.set("sex", asker.sex.word());
    let telephone = draw.chance(92).then(|| phone::spell(draw));
    form.maybe(draw, "phone", telephone);
    form.set("whereabouts", "here");
    form.done()
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
