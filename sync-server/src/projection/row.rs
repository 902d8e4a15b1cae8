//! What lists and searches say of one case, read from its documents.

use std::collections::BTreeSet;

use beket_directory::Directory;
use beket_model::{Instant, Reading, Status, fold, full_name};
use beket_store::FedRecord;
use serde_json::{Map, Value};

use super::left::left;
use crate::cases::{Dossier, origin};
use crate::collation::Collation;

/// One row as it should be.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub(crate) reference: String,
    pub(crate) kind: String,
    pub(crate) status: String,
    pub(crate) category: String,
    pub(crate) programme: String,
    pub(crate) language: String,
    pub(crate) station: String,
    pub(crate) scope: String,
    pub(crate) kato: String,
    pub(crate) assignee: String,
    /// The day that the person was told, `YYYY-MM-DD`, or empty.
    pub(crate) due: String,
    /// What an appeal is by law; empty where the law sets no term.
    pub(crate) procedure: String,
    /// Seconds since 1970, by the coupon where it can be believed.
    pub(crate) handed_in: u64,
    /// Where they stay, and by what they came or go: `train 45`.
    pub(crate) site: String,
    pub(crate) journey: String,
    /// `departure` of those who were registered as they went, else they came; and when, in seconds
    /// since 1970.
    pub(crate) direction: String,
    pub(crate) moved: u64,
    /// When an appeal or an enquiry was decided; 0 where it is not.
    pub(crate) decided: u64,
    pub(crate) child_alone: bool,
    pub(crate) conflicts: usize,
    pub(crate) suggested: usize,
    pub(crate) person: String,
    pub(crate) sort: Vec<u8>,
    pub(crate) received: u64,
    pub(crate) changed: u64,
    /// Those it is about, as JSON: what is compared and counted of each, and when they left.
    pub(crate) people: String,
    /// The ids of the cases that staff compared it with, and of those that are of the same people.
    pub(crate) compared: BTreeSet<String>,
    pub(crate) same: BTreeSet<String>,
    /// All names, folded.
    pub(crate) names: String,
    /// What was said, folded.
    pub(crate) words: String,
    /// IINs, phones and the parts of the reference number.
    pub(crate) numbers: String,
}

impl Row {
    /// Of a case; `None` where it has no records.
    pub(crate) fn of(
        dossier: &Dossier,
        records: &[FedRecord],
        directory: &Directory,
        collation: &Collation,
    ) -> Option<Self> {
        let first = records.first()?.record.header();
        let of = |reading: &Option<Reading>, path: &str| {
            let text = reading.as_ref().and_then(|reading| reading.text(path));
            text.unwrap_or_default().to_owned()
        };
        let text = |path: &str| of(&dossier.intake, path);
        let taken = dossier.taken.map(|author| origin(directory, &author));
        let reference = dossier.reference().unwrap_or_default().to_owned();
        let person = name_of(dossier.intake.as_ref());
        Some(Self {
            kind: text("kind"),
            status: dossier.status().map(Status::word).unwrap_or_default(),
            category: text("category"),
            programme: text("programme"),
            language: text("language"),
            station: taken.and_then(|at| at.station).unwrap_or_default(),
            scope: first.scope.to_string(),
            kato: text("person.address.kato"),
            assignee: of(&dossier.review, "assigned_to"),
            due: of(&dossier.answer, "due_date"),
            procedure: dossier.procedure().map_or_else(String::new, |it| it.word().to_owned()),
            handed_in: dossier.handed_in(),
            site: text("place.site"),
            journey: [text("movement.transport"), text("movement.number")]
                .join(" ")
                .trim()
                .to_owned(),
            direction: text("movement.direction"),
            moved: moved(&text("movement.at"), dossier.handed_in()),
            decided: dossier.decided().unwrap_or(0),
            child_alone: dossier.intake.as_ref().is_some_and(Reading::has_child_alone),
            conflicts: dossier.conflicts().len(),
            suggested: suggested(dossier.intake.as_ref(), dossier.review.as_ref()),
            sort: collation.key(&person),
            received: dossier.received,
            changed: records.iter().map(|record| record.came).max()?,
            people: described(dossier),
            compared: compared(dossier.review.as_ref(), None),
            same: compared(dossier.review.as_ref(), Some("same_person")),
            names: names(dossier.intake.as_ref()),
            words: words(dossier.intake.as_ref()),
            numbers: numbers(dossier.intake.as_ref(), &reference),
            reference,
            person,
        })
    }
}

/// Of whoever a case is about.
pub(crate) fn name_of(intake: Option<&Reading>) -> String {
    intake.map_or_else(String::new, |intake| full_name(&intake.full["person"]))
}

/// When somebody came or went: as told, else when they were registered.
fn moved(told: &str, handed_in: u64) -> u64 {
    let told = Instant::parse(told).ok().and_then(|at| u64::try_from(at.unix()).ok());
    told.unwrap_or(handed_in)
}

/// Suggestions of kiosks that nobody at the office has looked at.
fn suggested(intake: Option<&Reading>, review: Option<&Reading>) -> usize {
    let compared = compared(review, None);
    let links = intake.and_then(|intake| intake.at("suggested_links")?.as_array());
    let standing = links.into_iter().flatten().filter(|link| link["removed"] != Value::Bool(true));
    let open =
        standing.filter(|link| !link["case"].as_str().is_some_and(|it| compared.contains(it)));
    open.count()
}

/// What is compared and counted of a person.
const DESCRIBED: [&str; 11] = [
    "family_name",
    "given_name",
    "patronymic",
    "iin",
    "birth_date",
    "age_years",
    "sex",
    "phone",
    "address",
    "needs",
    "whereabouts",
];

fn described(dossier: &Dossier) -> String {
    let Some(intake) = &dossier.intake else { return "[]".to_owned() };
    let left = left(dossier);
    let alone: Vec<&Value> = intake.children_alone().map(|(_, child)| child).collect();
    let described = |person: &Value| {
        let given = DESCRIBED.iter().map(|field| ((*field).to_owned(), person[*field].clone()));
        let mut given: Map<String, Value> = given.filter(|(_, value)| says(value)).collect();
        // Of a child alone all that is known of them: they are found by description.
        if alone.iter().any(|child| std::ptr::eq(*child, person)) {
            given.insert("separated".to_owned(), person["separated"].clone());
        }
        let who = person["id"].as_str().map(|id| format!("household.{id}"));
        if let Some(at) = left.get(who.as_deref().unwrap_or("person")) {
            given.insert("left".to_owned(), (*at).into());
        }
        Value::Object(given)
    };
    let people = intake.full.get("person").into_iter().chain(intake.household());
    people.map(described).collect::<Value>().to_string()
}

fn says(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => fields.values().any(says),
        _ => true,
    }
}

/// The cases that it is linked to; by links of one kind, or of any.
fn compared(review: Option<&Reading>, kind: Option<&str>) -> BTreeSet<String> {
    let links = review.and_then(|review| review.at("links")?.as_array());
    let standing = links.into_iter().flatten().filter(|link| link["removed"] != Value::Bool(true));
    let standing = standing.filter(|link| kind.is_none_or(|kind| link["kind"] == kind));
    standing.filter_map(|link| Some(link["case"].as_str()?.to_owned())).collect()
}

/// Values in conflict too, so that either is found: those of fields with these names.
fn disputed<'a>(intake: &'a Reading, fields: &'a [&str]) -> impl Iterator<Item = &'a str> {
    let of = |path: &str| path.rsplit('.').next().is_some_and(|field| fields.contains(&field));
    let conflicts = intake.conflicts.iter().filter(move |conflict| of(&conflict.path));
    let values = conflicts.flat_map(|conflict| &conflict.values);
    values.filter_map(|value| value.value.as_str())
}

fn people(intake: &Reading) -> impl Iterator<Item = &Value> {
    let members = intake.full["household"].as_array().into_iter().flatten();
    intake.full.get("person").into_iter().chain(members)
}

fn numbers(intake: Option<&Reading>, reference: &str) -> String {
    let Some(intake) = intake else { return String::new() };
    let given = people(intake).flat_map(|person| [&person["iin"], &person["phone"]]);
    let given = given.filter_map(Value::as_str).chain(disputed(intake, &["iin", "phone"]));
    let parts = reference.split('-').map(str::to_lowercase);
    let digits = given.map(|text| text.chars().filter(char::is_ascii_digit).collect());
    // Days of birth, for whoever looks for one person among namesakes.
    let born = people(intake).filter_map(|person| person["birth_date"].as_str());
    let born = born.map(|day| format!("b{}", day.replace('-', "")));
    digits
        .chain(born)
        .chain(parts)
        .filter(|text| !text.is_empty())
        .collect::<Vec<String>>()
        .join(" ")
}

/// What was said, and what is known of children alone.
fn words(intake: Option<&Reading>) -> String {
    let Some(intake) = intake else { return String::new() };
    let alone = people(intake).filter_map(|person| person["separated"].as_object());
    let told = alone.flat_map(|alone| alone.values()).filter_map(Value::as_str);
    let said = intake.text("narrative").into_iter().chain(told);
    fold(&said.collect::<Vec<_>>().join(" "))
}

fn names(intake: Option<&Reading>) -> String {
    let Some(intake) = intake else { return String::new() };
    let parts = ["family_name", "given_name", "patronymic"];
    let given = people(intake).flat_map(|person| parts.map(|part| &person[part]));
    let given = given.filter_map(Value::as_str).chain(disputed(intake, &parts));
    fold(&given.collect::<Vec<_>>().join(" "))
}
