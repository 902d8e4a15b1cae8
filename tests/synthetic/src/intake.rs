//! The desk where one form is filled in: which parts each kind has, and in which order.
//! Refuses to judge a form: what is required is the model's to say.

use serde_json::{Value, json};

use crate::calendar::{days, stamp};
use crate::draw::Draw;
use crate::form::Form;
use crate::person::{Person, Shape};
use crate::phrasebook::{CATEGORIES, Phrasebook};
use crate::{Kind, Language, enquiry, household, places};

/// One form's circumstances.
#[derive(Debug)]
pub(crate) struct Desk<'a> {
    pub(crate) draw: &'a mut Draw,
    pub(crate) book: &'a Phrasebook,
    pub(crate) language: Language,
    /// Seconds since 1970.
    pub(crate) now: i64,
}

/// The parts of a form that differ by kind.
#[derive(Debug, Default)]
struct Parts {
    category: Option<&'static str>,
    programme: Option<&'static str>,
    narrative: Option<String>,
    person: Option<Value>,
    household: Vec<Value>,
    movement: Option<Value>,
    place: Option<Value>,
}

impl Desk<'_> {
    pub(crate) fn fill_in(&mut self, kind: Kind, incident: Option<&str>) -> Value {
        let parts = match kind {
            Kind::Evacuee if self.draw.chance(4) => self.child_alone(),
            Kind::Evacuee => self.evacuee(),
            Kind::Passenger => self.passenger(),
            Kind::Appeal => self.appeal(),
            Kind::Enquiry => self.enquiry(),
        };
        let incident = incident.filter(|_| kind != Kind::Appeal);
        self.write(kind, incident, parts)
    }

    fn write(&mut self, kind: Kind, incident: Option<&str>, parts: Parts) -> Value {
        let mut form = Form::default();
        form.set("kind", kind.word());
        form.set("language", self.language.word());
        form.set("taken_at", stamp(self.now));
        form.maybe(self.draw, "incident", incident);
        form.maybe(self.draw, "category", parts.category);
        form.maybe(self.draw, "programme", parts.programme);
        form.maybe(self.draw, "narrative", parts.narrative);
        form.maybe(self.draw, "person", parts.person);
        form.set("household", parts.household);
        form.maybe(self.draw, "movement", parts.movement);
        form.maybe(self.draw, "place", parts.place);
        let answers = [(Some("yes"), 60), (Some("no"), 10), (None, 30)];
        let consent = self.draw.weighted(&answers);
        form.set("consent", json!({ "may_tell_family": consent }));
        form.set("suggested_links", json!([]));
        form.done()
    }

    fn evacuee(&mut self) -> Parts {
        let places = [("here", 72), ("with_relatives", 16), ("moved_on", 8), ("returned", 4)];
        let whereabouts = self.draw.weighted(&places);
        let today = days(self.now);
        let head = Person::head(self.draw, self.language, today);
        let shape = Shape {
            hurried: self.draw.chance(6),
            in_need: true,
            from_arys: true,
            whereabouts: Some(whereabouts),
        };
        Parts {
            narrative: self.draw.chance(35).then(|| self.remarks("evacuee", 1)),
            person: Some(head.write(self.draw, self.language, shape)),
            household: household::together(self.draw, self.language, head, whereabouts, today),
            movement: self.draw.chance(82).then(|| self.flight(whereabouts)),
            place: (whereabouts == "here").then(|| self.place()),
            ..Parts::default()
        }
    }

    fn child_alone(&mut self) -> Parts {
        Parts {
            household: vec![household::alone(self.draw, self.book)],
            movement: self.draw.chance(50).then(|| self.flight("here")),
            place: Some(self.place()),
            ..Parts::default()
        }
    }

    fn passenger(&mut self) -> Parts {
        let whereabouts = self.draw.weighted(&[("here", 75), ("moved_on", 25)]);
        let today = days(self.now);
        let head = Person::head(self.draw, self.language, today);
        let shape = Shape {
            hurried: self.draw.chance(8),
            in_need: self.draw.chance(50),
            from_arys: false,
            whereabouts: Some(whereabouts),
        };
        let household = if self.draw.chance(35) {
            household::together(self.draw, self.language, head, whereabouts, today)
        } else {
            Vec::new()
        };
        Parts {
            narrative: self.draw.chance(45).then(|| self.remarks("passenger", 1)),
            person: Some(head.write(self.draw, self.language, shape)),
            household,
            movement: Some(self.journey()),
            place: self.draw.chance(30).then(|| self.place()),
            ..Parts::default()
        }
    }

    fn appeal(&mut self) -> Parts {
        let category = *self.draw.pick(&CATEGORIES);
        let mut said = Vec::new();
        if self.draw.chance(50) {
            said.push(self.book.line(self.draw, "opening"));
        }
        said.extend(self.book.account(self.draw, category, 2));
        if self.draw.chance(60) {
            said.push(self.book.line(self.draw, "closing"));
        }
        let named = self.draw.chance(95);
        let head = Person::head(self.draw, self.language, days(self.now));
        let from_arys = self.draw.chance(55);
        let shape = Shape { hurried: false, in_need: false, from_arys, whereabouts: None };
        Parts {
            category: self.draw.chance(88).then_some(category),
            programme: programme(category).filter(|_| self.draw.chance(30)),
            narrative: Some(said.join(" ")),
            person: named.then(|| head.write(self.draw, self.language, shape)),
            ..Parts::default()
        }
    }

    fn enquiry(&mut self) -> Parts {
        let search = enquiry::search(self.draw, self.book, self.language, days(self.now));
        Parts {
            narrative: Some(search.narrative),
            person: Some(search.sought),
            household: vec![search.asker],
            ..Parts::default()
        }
    }

    /// One or two remarks of a section, never the same twice.
    fn remarks(&mut self, section: &str, more: i64) -> String {
        let mut said = vec![self.book.line(self.draw, section)];
        for _ in 0..self.draw.between(0, more) {
            let another = self.book.line(self.draw, section);
            if !said.contains(&another) {
                said.push(another);
            }
        }
        said.join(" ")
    }

    /// How somebody left Arys.
    fn flight(&mut self, whereabouts: &str) -> Value {
        let ways = [("bus", 46), ("car", 30), ("train", 14), ("on_foot", 10)];
        let transport = self.draw.weighted(&ways);
        let by_train = transport == "train";
        let number = by_train.then(|| places::train(self.draw, self.language).0);
        let onward = match whereabouts {
            "with_relatives" | "moved_on" => Some(places::town(self.draw, self.language)),
            _ => None,
        };
        let at = self.now - self.draw.between(5, 90) * 60;
        let mut form = Form::default();
        form.set("direction", "arrival");
        form.set("transport", transport);
        form.maybe(self.draw, "number", number);
        form.set("from", places::arys(self.language));
        form.set("to", places::turkistan(self.language));
        form.set("at", stamp(at));
        form.maybe(self.draw, "onward", onward);
        form.done()
    }

    /// How a passenger came to the station, or left it.
    fn journey(&mut self) -> Value {
        let (number, from, to) = places::train(self.draw, self.language);
        let direction = self.draw.weighted(&[("arrival", 84), ("departure", 16)]);
        let transport = self.draw.weighted(&[("train", 72), ("bus", 28)]);
        let at = self.now - self.draw.between(5, 240) * 60;
        let onward = self.draw.chance(55).then(|| self.book.line(self.draw, "onward"));
        let mut form = Form::default();
        form.set("direction", direction);
        form.set("transport", transport);
        form.set("number", number);
        form.set("from", from);
        form.set("to", to);
        form.set("at", stamp(at));
        form.maybe(self.draw, "onward", onward);
        form.done()
    }

    fn place(&mut self) -> Value {
        let mut form = Form::default();
        form.set("site", places::site(self.draw, self.language));
        let bed = self.draw.chance(65).then(|| self.draw.between(1, 260).to_string());
        form.maybe(self.draw, "bed", bed);
        form.done()
    }
}

/// The programme under which such an appeal may be taken.
fn programme(category: &str) -> Option<&'static str> {
    match category {
        "social_aid" | "education" => Some("baqytty_otbasy"),
        "disability" => Some("kedergisiz_keleshek"),
        "health" => Some("ardagerlerdi_ardaqtaiyq"),
        _ => None,
    }
}
