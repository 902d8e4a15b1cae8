//! A case opened: its records unsealed with the keys at hand and loaded as documents.
//!
//! What cannot be opened or applied is listed with its reason and hides nothing else.

use std::collections::BTreeMap;

use beket_record::{
    Author, DocumentKey, Guarded, KeyId, Part, RecipientSecret, Record, RecordId, open,
};
use rand::Rng;
use serde_json::Value;

use crate::tree::{answer_template, full, intake_template, review_template};
use crate::{Answer, ChangeHash, Document, DocumentError, Intake, Kind, Reading, Reference, Review};
use crate::{Stamp, Status};

/// Private keys at hand.
#[derive(Debug, Clone, Default)]
pub struct KeyRing(pub Vec<RecipientSecret>);

/// One document of a case, opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What it says.
    pub document: Document,
    /// What later changes are sealed with.
    pub key: DocumentKey,
    /// Whose record brought each change.
    pub authors: BTreeMap<ChangeHash, Author>,
}

/// A record that says nothing here yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Which.
    pub record: RecordId,
    /// Of which document.
    pub part: Part,
    /// Who wrote it.
    pub author: Author,
    /// Why.
    pub reason: String,
}

/// A case as far as it can be read here.
#[derive(Debug, Clone, Default)]
pub struct Case {
    /// What the person said.
    pub intake: Option<Opened>,
    /// What the office answered.
    pub answer: Option<Opened>,
    /// What the office notes for itself.
    pub review: Option<Opened>,
    /// Records that say nothing here yet.
    pub unread: Vec<Unread>,
}

impl KeyRing {
    fn granted(&self, record: &Record) -> Option<DocumentKey> {
        if record.header().grants.is_empty() {
            return None;
        }
        self.0.iter().find_map(|secret| record.granted_key(secret))
    }
}

impl Case {
    /// Opens the records of one case, in whatever order they come.
    pub fn open<'a>(records: impl IntoIterator<Item = &'a Record>, ring: &KeyRing) -> Self {
        let mut case = Self::default();
        let mut parts: BTreeMap<Part, Vec<&Record>> = BTreeMap::new();
        for record in records {
            parts.entry(record.header().part).or_default().push(record);
        }
        for (part, records) in parts {
            let opened = open_part(part, &records, ring, &mut case.unread);
            match part {
                Part::Intake => case.intake = opened,
                Part::Answer => case.answer = opened,
                Part::Review => case.review = opened,
                Part::Directory | Part::Purge => {}
            }
        }
        case
    }

    /// The case's one status, where its intake can be read.
    pub fn status(&self) -> Option<Status> {
        let intake = self.intake.as_ref()?.document.read();
        let answer = self.answer.as_ref().map(|opened| opened.document.read());
        status_of(&intake, answer.as_ref())
    }
}

/// The one status that intake and answer together give.
pub(crate) fn status_of(intake: &Reading, answer: Option<&Reading>) -> Option<Status> {
    if intake.text("void_reason").is_some() {
        return Some(Status::Void);
    }
    let kind: Kind = serde_json::from_value(intake.at("kind")?.clone()).ok()?;
    let word = match kind {
        Kind::Evacuee | Kind::Passenger => intake.text("person.whereabouts"),
        Kind::Appeal | Kind::Enquiry => answer.and_then(|answer| answer.text("status")),
    };
    let said = word.and_then(|word| Status::of_kind(kind, word));
    Some(said.unwrap_or_else(|| Status::first(kind)))
}

fn open_part(
    part: Part,
    records: &[&Record],
    ring: &KeyRing,
    unread: &mut Vec<Unread>,
) -> Option<Opened> {
    let keys: BTreeMap<KeyId, DocumentKey> =
        records.iter().filter_map(|r| ring.granted(r)).map(|key| (key.id(), key)).collect();
    let mut changes: Vec<Guarded> = Vec::new();
    let mut sources: BTreeMap<ChangeHash, &Record> = BTreeMap::new();
    let mut last_key = None;
    let unread_record = |record: &Record, reason: String| Unread {
        record: record.id(),
        part,
        author: record.header().author,
        reason,
    };
    for record in records.iter().filter(|record| !record.body().is_empty()) {
        let Some(key) = keys.get(&record.header().kid) else {
            unread.push(unread_record(record, beket_record::OpenError::NoKey.to_string()));
            continue;
        };
        match open(record, key) {
            Ok(change) => {
                sources.insert(ChangeHash(*change.hash()), record);
                changes.push(change);
                last_key = Some(key.clone());
            }
            Err(reason) => unread.push(unread_record(record, reason.to_string())),
        }
    }
    let document = Document::load(template(part)?, &changes);
    for (hash, setback) in document.setbacks() {
        if let Some(record) = sources.get(hash) {
            unread.push(unread_record(record, setback.to_string()));
        }
    }
    let authors = sources.into_iter().map(|(hash, record)| (hash, record.header().author));
    let authors = authors.collect();
    let key = last_key.filter(|_| !document.is_empty())?;
    Some(Opened { document, key, authors })
}

fn template(part: Part) -> Option<&'static Value> {
    match part {
        Part::Intake => Some(intake_template()),
        Part::Answer => Some(answer_template()),
        Part::Review => Some(review_template()),
        Part::Directory | Part::Purge => None,
    }
}

impl Document {
    /// A new intake, under its reference number.
    pub fn intake(
        intake: &Intake,
        reference: &Reference,
        stamp: &Stamp,
        rng: &mut impl Rng,
    ) -> Result<(Self, Guarded), DocumentError> {
        let mut value = full(intake);
        value["reference"] = Value::from(reference.as_str());
        Self::create(intake_template(), &value, stamp, rng)
    }

    /// A new answer.
    pub fn answer(
        answer: &Answer,
        stamp: &Stamp,
        rng: &mut impl Rng,
    ) -> Result<(Self, Guarded), DocumentError> {
        Self::create(answer_template(), &full(answer), stamp, rng)
    }

    /// A new review.
    pub fn review(
        review: &Review,
        stamp: &Stamp,
        rng: &mut impl Rng,
    ) -> Result<(Self, Guarded), DocumentError> {
        Self::create(review_template(), &full(review), stamp, rng)
    }
}
