//! Those who came with somebody, and children who came alone.
//! Refuses a full form for each: in a queue nobody asks every child for a number and a telephone.

use serde_json::{Value, json};

use crate::Language;
use crate::draw::Draw;
use crate::form::Form;
use crate::names::Sex;
use crate::person::Person;
use crate::phrasebook::Phrasebook;

/// How a member stands to the head of the household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    Spouse,
    Child,
    Parent,
    Sibling,
    Grandchild,
    Other,
}

impl Relation {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Spouse => "spouse",
            Self::Child => "child",
            Self::Parent => "parent",
            Self::Sibling => "sibling",
            Self::Grandchild => "grandchild",
            Self::Other => "other",
        }
    }

    /// What the other is to this one.
    pub(crate) fn reversed(self) -> Self {
        match self {
            Self::Child => Self::Parent,
            Self::Parent => Self::Child,
            Self::Spouse | Self::Sibling => self,
            Self::Grandchild | Self::Other => Self::Other,
        }
    }

    /// Someone in this relation to `head`.
    pub(crate) fn person(self, draw: &mut Draw, head: Person, today: i64) -> Person {
        let any = if draw.chance(50) { Sex::Female } else { Sex::Male };
        let (sex, youngest, oldest) = match self {
            Self::Spouse => (head.sex.other(), (head.age - 6).max(18), head.age + 6),
            Self::Child => {
                let youngest = (head.age - 45).max(0);
                (any, youngest, (head.age - 18).min(youngest + 17))
            }
            Self::Parent => (any, head.age + 19, (head.age + 36).min(96)),
            Self::Sibling => (any, (head.age - 12).max(1), head.age + 12),
            Self::Grandchild => (any, (head.age - 75).max(0), (head.age - 40).min(17)),
            Self::Other => (any, 5, 80),
        };
        let age = draw.between(youngest, oldest);
        let blood = matches!(self, Self::Spouse | Self::Child | Self::Sibling)
            || self == Self::Parent && head.sex == Sex::Male;
        let family = if blood || draw.chance(40) { head.family } else { head.family.in_law(draw) };
        Person::aged(draw, family, sex, age, today)
    }

    /// A relation such as someone of the head's age would have.
    pub(crate) fn likely(draw: &mut Draw, head: Person) -> Self {
        draw.weighted(&[
            (Self::Child, if head.age >= 20 { 60 } else { 0 }),
            (Self::Parent, if head.age <= 55 { 15 } else { 0 }),
            (Self::Sibling, 10),
            (Self::Grandchild, if head.age >= 46 { 30 } else { 0 }),
            (Self::Other, 4),
        ])
    }
}

/// Up to six who came with `head`, all of them at `whereabouts` but for the odd one who is lost.
pub(crate) fn together(
    draw: &mut Draw,
    language: Language,
    head: Person,
    whereabouts: &'static str,
    today: i64,
) -> Vec<Value> {
    let others = draw.weighted(&[(0, 24), (1, 20), (2, 19), (3, 16), (4, 12), (5, 6), (6, 3)]);
    let married = head.age >= 22 && draw.chance(62);
    (0..others)
        .map(|place| {
            let relation = match place {
                0 if married => Relation::Spouse,
                _ => Relation::likely(draw, head),
            };
            let person = relation.person(draw, head, today);
            let lost = draw.chance(3);
            let given = person.family.given(draw, language, person.sex);
            member(
                draw,
                language,
                relation,
                person,
                given,
                if lost { "unknown" } else { whereabouts },
            )
        })
        .collect()
}

/// A child of whom only this is known: where it was found, who brought it, what it says.
pub(crate) fn alone(draw: &mut Draw, book: &Phrasebook) -> Value {
    let sex = if draw.chance(50) { Sex::Female } else { Sex::Male };
    let mut form = Form::default();
    form.set("relation", Relation::Child.word());
    form.set("sex", sex.word());
    let need = draw.weighted(&[(Some("clothing"), 1), (Some("psychological_help"), 1), (None, 1)]);
    form.set("needs", Vec::from_iter(need));
    form.set("whereabouts", "here");
    form.set(
        "separated",
        json!({
            "found_at": book.line(draw, "found_at"),
            "brought_by": book.line(draw, "brought_by"),
            "says": book.line(draw, &format!("says {}", sex.word())),
        }),
    );
    form.done()
}

fn member(
    draw: &mut Draw,
    language: Language,
    relation: Relation,
    person: Person,
    given: &str,
    whereabouts: &str,
) -> Value {
    let mut form = Form::default();
    form.set("relation", relation.word());
    form.set("family_name", person.family.surname(language, person.sex));
    form.set("given_name", given);
    let dated = draw.chance(88);
    form.maybe(draw, "birth_date", dated.then(|| person.born.iso()));
    form.set("sex", person.sex.word());
    form.set("needs", person.needs(draw));
    form.set("whereabouts", whereabouts);
    form.maybe(draw, "separated", None::<Value>);
    form.done()
}
