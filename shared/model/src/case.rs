//! A case opened: its records unsealed with the keys at hand and loaded as documents.
//!
//! What cannot be opened or applied is listed with its reason and hides nothing else.

use std::collections::BTreeMap;

use crate::document::parse;
use crate::{ChangeHash, Document, Kind, Reading, Status};
use beket_record::{
    Author, DocumentKey, KeyId, OpenError, Part, RecipientSecret, Record, RecordId, open,
};

/// Private keys at hand.
#[derive(Debug, Clone, Default)]
pub struct KeyRing(pub Vec<RecipientSecret>);

/// One document of a case, opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What it says.
    pub document: Document,
    /// What later changes are sealed with: the key that the document was created under, which all
    /// who may read it were told.
    pub key: DocumentKey,
    /// Whose record brought each change.
    pub authors: BTreeMap<ChangeHash, Author>,
    /// Which record brought each change.
    pub records: BTreeMap<ChangeHash, RecordId>,
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
        let mut parts: BTreeMap<Part, BTreeMap<RecordId, &Record>> = BTreeMap::new();
        for record in records.into_iter().filter(|record| record.header().part.is_sealed()) {
            parts.entry(record.header().part).or_default().insert(record.id(), record);
        }
        for (part, records) in parts {
            let records: Vec<&Record> = records.into_values().collect();
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

    /// The case's one status, where its intake can be read. No reason voids a case in which a child is
    /// alone: a child is out of sight once two of staff have said so, and not before.
    pub fn status(&self) -> Option<Status> {
        let answer = self.answer.as_ref().map(|opened| opened.document.reading());
        status_of(self.intake.as_ref()?.document.reading(), answer)
    }
}

/// The one status that intake and answer together give.
fn status_of(intake: &Reading, answer: Option<&Reading>) -> Option<Status> {
    if intake.void_reason().is_some() && !intake.has_child_alone() {
        return Some(Status::Void);
    }
    let kind = Kind::from_word(intake.text("kind")?)?;
    let word = match kind {
        Kind::Evacuee | Kind::Passenger => intake.text("person.whereabouts"),
        Kind::Appeal | Kind::Enquiry => answer.and_then(|answer| answer.text("status")),
    };
    let said = word.and_then(|word| Status::of_kind(kind, word));
    Some(said.unwrap_or_else(|| Status::first(kind)))
}

/// `None` where nothing of the document can be read.
fn open_part(
    part: Part,
    records: &[&Record],
    ring: &KeyRing,
    unread: &mut Vec<Unread>,
) -> Option<Opened> {
    let keys: BTreeMap<KeyId, DocumentKey> = records
        .iter()
        .filter_map(|record| ring.granted(record))
        .map(|key| (key.id(), key))
        .collect();
    let mut changes = Vec::new();
    let mut sources: BTreeMap<ChangeHash, &Record> = BTreeMap::new();
    for record in records.iter().filter(|record| !record.body().is_empty()) {
        match open_change(record, &keys) {
            Ok(change) => {
                sources.entry(ChangeHash(change.hash().0)).or_insert(record);
                changes.push(change);
            }
            Err(reason) => unread.push(Unread::new(record, reason)),
        }
    }
    let creation = changes.iter().filter(|change| change.deps().is_empty());
    let creations: Vec<ChangeHash> = creation.map(|change| ChangeHash(change.hash().0)).collect();
    let document = Document::load(part, changes);
    for (hash, setback) in document.setbacks() {
        if let Some(record) = sources.get(hash) {
            unread.push(Unread::new(record, setback.to_string()));
        }
    }
    let set_back = |hash: &ChangeHash| document.setbacks().iter().any(|(one, _)| one == hash);
    let first = creations.into_iter().filter(|hash| !set_back(hash)).min()?;
    let key = keys.get(&sources.get(&first)?.header().kid)?.clone();
    let authors = sources.iter().map(|(hash, record)| (*hash, record.header().author)).collect();
    let records = sources.iter().map(|(hash, record)| (*hash, record.id())).collect();
    Some(Opened { document, key, authors, records })
}

fn open_change(
    record: &Record,
    keys: &BTreeMap<KeyId, DocumentKey>,
) -> Result<automerge::Change, String> {
    let key = keys.get(&record.header().kid).ok_or_else(|| OpenError::NoKey.to_string())?;
    let change = open(record, key).map_err(|reason| reason.to_string())?;
    parse(&change, &record.header().author).map_err(|setback| setback.to_string())
}

impl Unread {
    fn new(record: &Record, reason: String) -> Self {
        let (part, author) = (record.header().part, record.header().author);
        Self { record: record.id(), part, author, reason }
    }
}

#[cfg(test)]
mod tests;
