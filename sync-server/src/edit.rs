//! Staff's edits of a case, each written on the state of the case that its form was drawn from: what
//! arrived since is not overwritten but stands beside it. What is noted for many cases at once is
//! drawn from no form of theirs, and written on the latest.
//!
//! Refuses values of the wrong form with the field's own words, and a purged case.

use axum::http::StatusCode;
use beket_directory::{Directory, Judgement};
use beket_model::{
    Answer, Document, Heads, Opened, Reading, Review, Stamp, Status, answer_writes, field_write,
    review_writes,
};
use beket_record::{CaseId, Draft, Envelope, Guarded, Header, Part, Record, seal};
use beket_store::Added;
use serde_json::Value;

use crate::App;
use crate::app::{RegisterVersion, now, record_clock, rng};
use crate::cases::Dossier;
use crate::writer::Batch;

/// Why nothing was saved, in words.
#[derive(Debug)]
pub(crate) struct NotSaved(pub(crate) StatusCode, pub(crate) String);

/// The form says what cannot be.
#[expect(clippy::needless_pass_by_value, reason = "`map_err` hands errors over by value")]
pub(crate) fn wrong(error: impl ToString) -> NotSaved {
    NotSaved(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
}

impl From<beket_store::StoreError> for NotSaved {
    fn from(error: beket_store::StoreError) -> Self {
        Self(StatusCode::SERVICE_UNAVAILABLE, error.advice().to_owned())
    }
}

/// Opens a case for one edit in somebody's name.
pub(crate) fn edit(
    app: &App,
    id: &str,
    by: &str,
    write: impl FnOnce(&Edit<'_>) -> Result<(), NotSaved>,
) -> Result<(), NotSaved> {
    let unknown = || NotSaved(StatusCode::NOT_FOUND, "there is no such case".to_owned());
    let id = id.parse::<CaseId>().map_err(|_| unknown())?;
    let (version, directory) = app.register()?;
    let records = app.read(|store| store.counting(id))?;
    let dossier = Dossier::open(id, &records, &app.ring).ok_or_else(unknown)?;
    let first = records.iter().map(|fed| fed.record.header());
    let first = first.min_by_key(|h| (h.part, h.made)).ok_or_else(unknown)?.clone();
    let (directory, dossier, by) = (&directory, &dossier, by.to_owned());
    write(&Edit { app, directory, version, dossier, first, by })
}

/// One edit of one case by one person.
pub(crate) struct Edit<'a> {
    app: &'a App,
    directory: &'a Directory,
    version: RegisterVersion,
    pub(crate) dossier: &'a Dossier,
    first: Header,
    by: String,
}

impl Edit<'_> {
    fn stamp(&self) -> Stamp {
        Stamp {
            author: self.app.office.signer.author(),
            by: self.by.clone(),
            at: now().cast_signed(),
        }
    }

    /// Writes one field of the intake, on the state that its form showed.
    pub(crate) fn intake(&self, path: &str, value: Value, heads: &str) -> Result<(), NotSaved> {
        if path == "kind" {
            return Err(wrong("what a case is stays as it was taken; void it and register anew"));
        }
        let opened = self.dossier.case.intake.as_ref();
        let opened = opened.ok_or_else(|| wrong("this case cannot be read yet"))?;
        let (heads, seen) = seen(opened, heads)?;
        let writes = field_write(&seen, path, value).map_err(wrong)?;
        let mut document = opened.document.clone();
        let change = document.edit(&heads, &writes, &self.stamp(), &mut rng()).map_err(wrong)?;
        let Some(change) = change else { return Ok(()) };
        self.store(&self.later(Part::Intake, opened), &change)
    }

    /// Writes fields of the answer, on the state that its form showed.
    pub(crate) fn answer(&self, patch: &Value, heads: &str) -> Result<(), NotSaved> {
        if let Some(word) = patch.get("status") {
            self.check_status(word.as_str().unwrap_or_default())?;
        }
        let Some(opened) = &self.dossier.case.answer else {
            return self.first_answer(patch);
        };
        let (heads, seen) = seen(opened, heads)?;
        let writes = answer_writes(&seen, patch).map_err(wrong)?;
        let mut document = opened.document.clone();
        let change = document.edit(&heads, &writes, &self.stamp(), &mut rng()).map_err(wrong)?;
        let Some(change) = change else { return Ok(()) };
        self.store(&self.later(Part::Answer, opened), &change)
    }

    /// Writes fields of the review, on the state that its form showed; without one, on the latest:
    /// what is noted for many at once is drawn from no form of theirs.
    pub(crate) fn review(&self, patch: &Value, heads: Option<&str>) -> Result<(), NotSaved> {
        let Some(opened) = &self.dossier.case.review else {
            let review: Review = serde_json::from_value(patch.clone()).map_err(wrong)?;
            let (_, change) =
                Document::review(&review, &self.stamp(), &mut rng()).map_err(wrong)?;
            return self.first(Part::Review, &change);
        };
        let (heads, seen) = match heads {
            Some(heads) => seen(opened, heads)?,
            None => (opened.document.heads(), opened.document.read()),
        };
        let writes = review_writes(&seen, patch, now() * 1_000, &mut rng()).map_err(wrong)?;
        let mut document = opened.document.clone();
        let change = document.edit(&heads, &writes, &self.stamp(), &mut rng()).map_err(wrong)?;
        let Some(change) = change else { return Ok(()) };
        self.store(&self.later(Part::Review, opened), &change)
    }

    fn later(&self, part: Part, opened: &Opened) -> Envelope {
        Envelope::known(part, self.dossier.id, opened.key.clone())
    }

    /// A status is a word of the kind's own life.
    fn check_status(&self, word: &str) -> Result<(), NotSaved> {
        let kind = self.dossier.intake.as_ref().and_then(|intake| intake.at("kind"));
        let kind = kind.and_then(|kind| serde_json::from_value(kind.clone()).ok());
        match kind.and_then(|kind| Status::of_kind(kind, word)) {
            Some(Status::Appeal(_) | Status::Enquiry(_)) => Ok(()),
            _ => Err(wrong("a case of this kind cannot have that status")),
        }
    }

    fn first_answer(&self, patch: &Value) -> Result<(), NotSaved> {
        let answer: Answer = serde_json::from_value(patch.clone()).map_err(wrong)?;
        let (_, change) = Document::answer(&answer, &self.stamp(), &mut rng()).map_err(wrong)?;
        self.first(Part::Answer, &change)
    }

    /// The first record of a document tells its key.
    fn first(&self, part: Part, change: &Guarded) -> Result<(), NotSaved> {
        let recipients = self.directory.recipients(part, &self.first.scope);
        let recipients = recipients.ok_or_else(|| wrong("the case's station is not known here"))?;
        let envelope = Envelope::new(part, self.dossier.id, recipients, &mut rng());
        self.store(&envelope.map_err(wrong)?, change)
    }

    fn store(&self, envelope: &Envelope, change: &Guarded) -> Result<(), NotSaved> {
        let draft = Draft {
            envelope,
            lane: self.first.lane,
            scope: &self.first.scope,
            made: record_clock(),
            change,
        };
        let record: Record = seal(draft, &self.app.office.signer, &mut rng()).map_err(wrong)?;
        let judgement = self.directory.judge(&record);
        let purged = || wrong("this case was purged");
        if !matches!(judgement, Judgement::Member(_)) {
            return Err(purged());
        }
        let records = vec![(record, judgement)];
        let batch = Batch { records, version: self.version, now: now(), ..Batch::default() };
        let stored = self.app.writer.store(batch);
        let added =
            stored.map_err(|error| NotSaved(StatusCode::SERVICE_UNAVAILABLE, error.to_string()))?;
        if added.contains(&Added::Barred) { Err(purged()) } else { Ok(()) }
    }
}

/// The state that a form was drawn from, as it read then.
fn seen(opened: &Opened, heads: &str) -> Result<(Heads, Reading), NotSaved> {
    let heads: Heads = heads.parse().map_err(wrong)?;
    let seen = opened.document.read_at(&heads).map_err(wrong)?;
    Ok((heads, seen))
}
