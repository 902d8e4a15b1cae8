//! Staff's edits of a case, each written on the state of the case that its form was drawn from: what
//! arrived since is not overwritten but stands beside it. What is noted for many cases at once is
//! drawn from no form of theirs, and written on the latest.
//!
//! Refuses values of the wrong form, and a purged case.

use std::collections::BTreeSet;

use beket_directory::{Directory, Judgement};
use beket_model::{
    Answer, Document, Heads, Kind, Opened, Reading, Review, Stamp, Status, Write, answer_writes,
    field_write, intake_writes, review_writes, says_whom,
};
use beket_record::{CaseId, Draft, Envelope, Guarded, Lane, Part, Record, Scope, seal};
use beket_store::Added;
use serde_json::{Value, json};

use crate::App;
use crate::app::{RegisterVersion, now, record_clock, rng};
use crate::cases::Dossier;
use crate::not_saved::{NotSaved, Why};
use crate::writer::Batch;

/// Opens a case for one edit in somebody's name.
pub(crate) fn edit<T>(
    app: &App,
    id: &str,
    by: &str,
    write: impl FnOnce(&Edit<'_>) -> Result<T, NotSaved>,
) -> Result<T, NotSaved> {
    let id = id.parse::<CaseId>().map_err(|_| NotSaved::Because(Why::NoSuchCase))?;
    let (version, directory) = app.register()?;
    let records = app.read(|store| store.counting(id))?;
    let dossier =
        Dossier::open(id, &records, &app.ring).ok_or(NotSaved::Because(Why::NoSuchCase))?;
    let first = records.iter().map(|fed| fed.record.header());
    let first =
        first.min_by_key(|h| (h.part, h.made)).ok_or(NotSaved::Because(Why::NoSuchCase))?.clone();
    let (lane, scope, by) = (first.lane, first.scope, by.to_owned());
    let pen = Pen { app, directory: &directory, version, lane, scope, by };
    write(&Edit { pen, dossier: &dossier })
}

/// A record that is ready to be kept.
pub(crate) type Sealed = (Record, Judgement);

/// What one person writes with: their name, and where it belongs.
pub(crate) struct Pen<'a> {
    pub(crate) app: &'a App,
    pub(crate) directory: &'a Directory,
    pub(crate) version: RegisterVersion,
    pub(crate) lane: Lane,
    pub(crate) scope: Scope,
    pub(crate) by: String,
}

/// One edit of one case.
pub(crate) struct Edit<'a> {
    pub(crate) pen: Pen<'a>,
    pub(crate) dossier: &'a Dossier,
}

impl Edit<'_> {
    /// Writes fields of the intake, each the same, on the state that their form showed. Not one by
    /// which a child alone would be alone no more: that takes two of staff.
    pub(crate) fn intake(
        &self,
        paths: &[String],
        value: &Value,
        heads: &str,
    ) -> Result<(), NotSaved> {
        self.pen.keep(self.of_intake(paths, value, heads)?)
    }

    /// The record of the same.
    pub(crate) fn of_intake(
        &self,
        paths: &[String],
        value: &Value,
        heads: &str,
    ) -> Result<Option<Sealed>, NotSaved> {
        for path in paths {
            if path == "kind" {
                return Err(NotSaved::Because(Why::KindStays));
            }
            // Terms run from it.
            if path == "taken_at" && !self.is_offered(path, value, heads)? {
                return Err(NotSaved::Because(Why::FactStays));
            }
            let now = self.opened_intake()?.document.read();
            let writes = field_write(&now, path, value.clone())?;
            says_whom(&now, &writes).map_err(|_| NotSaved::Because(Why::NothingLeft))?;
            if self.lets_a_child_go(path, value)? {
                return Err(NotSaved::Because(Why::TwoForAChild));
            }
        }
        self.of_any_intake(paths, value, heads)
    }

    /// Adds somebody to the household, who is where the person is.
    pub(crate) fn add_member(&self, member: &Value, heads: &str) -> Result<(), NotSaved> {
        if member.as_object().is_none_or(serde_json::Map::is_empty) {
            return Err(NotSaved::Because(Why::NobodyTyped));
        }
        let opened = self.opened_intake()?;
        let (heads, seen) = seen(opened, heads)?;
        let mut member = member.clone();
        member["whereabouts"] = seen.at("person.whereabouts").cloned().unwrap_or_default();
        let patch = json!({ "household": [member] });
        let writes = intake_writes(&seen, &patch, now() * 1_000, &mut rng())?;
        self.pen.keep(self.write(Part::Intake, opened, &heads, &writes)?)
    }

    /// Whether a value is one of those in dispute where the form was drawn.
    fn is_offered(&self, path: &str, value: &Value, heads: &str) -> Result<bool, NotSaved> {
        let (_, seen) = seen(self.opened_intake()?, heads)?;
        let disputed = seen.conflicts.iter().filter(|conflict| conflict.path == path);
        Ok(disputed.flat_map(|conflict| &conflict.values).any(|other| other.value == *value))
    }

    /// The record of what somebody needs: only of what is ticked otherwise than their form showed it.
    /// What is in dispute is settled for itself.
    pub(crate) fn of_needs(
        &self,
        path: &str,
        ticked: &BTreeSet<&str>,
        heads: &str,
    ) -> Result<Option<Sealed>, NotSaved> {
        let opened = self.opened_intake()?;
        let (heads, seen) = seen(opened, heads)?;
        let said = seen.at(path).and_then(Value::as_array).into_iter().flatten();
        let said: BTreeSet<&str> = said.filter_map(Value::as_str).collect();
        let mut writes = Vec::new();
        for need in said.symmetric_difference(ticked) {
            writes.extend(field_write(
                &seen,
                &format!("{path}.{need}"),
                ticked.contains(need).into(),
            )?);
        }
        self.write(Part::Intake, opened, &heads, &writes)
    }

    /// The record of any fields of the intake; `None` where nothing changes.
    pub(crate) fn of_any_intake(
        &self,
        paths: &[String],
        value: &Value,
        heads: &str,
    ) -> Result<Option<Sealed>, NotSaved> {
        let opened = self.opened_intake()?;
        let (heads, seen) = seen(opened, heads)?;
        let mut writes = Vec::new();
        for path in paths {
            writes.extend(field_write(&seen, path, value.clone())?);
        }
        self.write(Part::Intake, opened, &heads, &writes)
    }

    /// Whether a value, if it stood, would make a child alone by now alone no more.
    fn lets_a_child_go(&self, path: &str, value: &Value) -> Result<bool, NotSaved> {
        let opened = self.opened_intake()?;
        let now = opened.document.read();
        if !now.has_child_alone() {
            return Ok(false);
        }
        let mut then = opened.document.clone();
        let writes = field_write(&now, path, value.clone())?;
        then.edit(&then.heads(), &writes, &self.pen.stamp(), &mut rng())?;
        Ok(now.lets_a_child_go(&then.read()))
    }

    fn opened_intake(&self) -> Result<&Opened, NotSaved> {
        self.dossier.case.intake.as_ref().ok_or(NotSaved::Because(Why::NotReadable))
    }

    /// Writes fields of the answer, on the state that its form showed.
    pub(crate) fn answer(&self, patch: &Value, heads: &str) -> Result<(), NotSaved> {
        self.pen.keep(self.of_answer(patch, heads)?)
    }

    /// The record of the same; `None` where nothing changes.
    pub(crate) fn of_answer(&self, patch: &Value, heads: &str) -> Result<Option<Sealed>, NotSaved> {
        if let Some(word) = patch.get("status") {
            self.check_status(word.as_str().unwrap_or_default())?;
        }
        // Whoever saw no answer begins one: of two begun apart both stand.
        let Some(opened) = self.dossier.case.answer.as_ref().filter(|_| !heads.is_empty()) else {
            let answer: Answer =
                serde_json::from_value(patch.clone()).map_err(|_| not_written())?;
            let (_, change) = Document::answer(&answer, &self.pen.stamp(), &mut rng())?;
            return self.pen.begun(Part::Answer, self.dossier.id, &change).map(Some);
        };
        let (heads, seen) = seen(opened, heads)?;
        self.write(Part::Answer, opened, &heads, &answer_writes(&seen, patch)?)
    }

    /// Writes fields of the review, on the state that its form showed; without one, on the latest:
    /// what is noted for many at once is drawn from no form of theirs. Whoever saw no review begins
    /// one.
    pub(crate) fn review(&self, patch: &Value, heads: Option<&str>) -> Result<(), NotSaved> {
        self.pen.keep(self.of_review(patch, heads)?)
    }

    /// Gives the case to somebody, if it is still whose it was `shown` to be.
    pub(crate) fn assign(&self, patch: &Value, shown: &str) -> Result<(), NotSaved> {
        let review = self.dossier.review.as_ref();
        let disputed = review.is_some_and(|review| {
            review.conflicts.iter().any(|conflict| conflict.path == "assigned_to")
        });
        let now = review.and_then(|review| review.text("assigned_to")).unwrap_or_default();
        if disputed {
            return Err(NotSaved::Because(Why::GivenTwice));
        }
        if now != shown {
            return Err(NotSaved::Because(Why::GivenMeanwhile));
        }
        self.review(patch, None)
    }

    /// The record of fields of the review; `None` where nothing changes.
    pub(crate) fn of_review(
        &self,
        patch: &Value,
        heads: Option<&str>,
    ) -> Result<Option<Sealed>, NotSaved> {
        let opened = self.dossier.case.review.as_ref().filter(|_| heads != Some(""));
        let Some(opened) = opened else {
            let review: Review =
                serde_json::from_value(patch.clone()).map_err(|_| not_written())?;
            let (_, change) = Document::review(&review, &self.pen.stamp(), &mut rng())?;
            return self.pen.begun(Part::Review, self.dossier.id, &change).map(Some);
        };
        let (heads, seen) = match heads {
            Some(heads) => seen(opened, heads)?,
            None => (opened.document.heads(), opened.document.read()),
        };
        let writes = review_writes(&seen, patch, now() * 1_000, &mut rng())?;
        self.write(Part::Review, opened, &heads, &writes)
    }

    pub(crate) fn kind(&self) -> Option<Kind> {
        self.dossier.intake.as_ref()?.text("kind").and_then(Kind::from_word)
    }

    /// A status is a word of the kind's own life.
    fn check_status(&self, word: &str) -> Result<(), NotSaved> {
        match self.kind().and_then(|kind| Status::of_kind(kind, word)) {
            Some(Status::Appeal(_) | Status::Enquiry(_)) => Ok(()),
            _ => Err(NotSaved::Because(Why::CannotFollow)),
        }
    }

    fn write(
        &self,
        part: Part,
        opened: &Opened,
        heads: &Heads,
        writes: &[Write],
    ) -> Result<Option<Sealed>, NotSaved> {
        let mut document = opened.document.clone();
        let change = document.edit(heads, writes, &self.pen.stamp(), &mut rng())?;
        let envelope = Envelope::known(part, self.dossier.id, opened.key.clone());
        change.map(|change| self.pen.sealed(&envelope, &change)).transpose()
    }
}

impl Pen<'_> {
    /// Whose change it is, and when it was made.
    pub(crate) fn stamp(&self) -> Stamp {
        Stamp {
            author: self.app.office.signer.author(),
            by: self.by.clone(),
            at: now().cast_signed(),
        }
    }

    /// The record that begins a document: it tells the document's key.
    pub(crate) fn begun(
        &self,
        part: Part,
        case: CaseId,
        change: &Guarded,
    ) -> Result<Sealed, NotSaved> {
        let recipients = self.directory.recipients(part, &self.scope);
        let recipients = recipients.ok_or(NotSaved::Because(Why::StationUnknown))?;
        let envelope = Envelope::new(part, case, recipients, &mut rng());
        self.sealed(&envelope.map_err(|_| not_written())?, change)
    }

    fn sealed(&self, envelope: &Envelope, change: &Guarded) -> Result<Sealed, NotSaved> {
        let draft =
            Draft { envelope, lane: self.lane, scope: &self.scope, made: record_clock(), change };
        let record: Record =
            seal(draft, &self.app.office.signer, &mut rng()).map_err(|_| not_written())?;
        let judgement = self.directory.judge(&record);
        if !matches!(judgement, Judgement::Member(_)) {
            return Err(NotSaved::Because(Why::Purged));
        }
        Ok((record, judgement))
    }

    /// Keeps records, all of them or none.
    pub(crate) fn keep(&self, records: impl IntoIterator<Item = Sealed>) -> Result<(), NotSaved> {
        let records: Vec<Sealed> = records.into_iter().collect();
        if records.is_empty() {
            return Ok(());
        }
        let (version, now) = (self.version, now());
        let batch = Batch { records, whole: true, version, now, ..Batch::default() };
        let added = self.app.writer.store(batch)?;
        if added.contains(&Added::Barred) {
            return Err(NotSaved::Because(Why::Purged));
        }
        Ok(())
    }
}

fn not_written() -> NotSaved {
    NotSaved::Because(Why::NotWritten)
}

/// The state that a form was drawn from, as it read then.
pub(crate) fn seen(opened: &Opened, heads: &str) -> Result<(Heads, Reading), NotSaved> {
    let heads: Heads = heads.parse().map_err(|_| NotSaved::Because(Why::StaleForm))?;
    let seen = opened.document.read_at(&heads)?;
    Ok((heads, seen))
}
