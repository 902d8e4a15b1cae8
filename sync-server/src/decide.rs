//! What staff decide on a case, and what must go with it: a refusal its reason, a forwarded appeal
//! its addressee, a term its day.
//!
//! Refuses what cannot follow, with the reason. Every decision is judged and written on the state that
//! its form showed: of two made at once both stand, as a conflict.

mod links;
pub(crate) mod release;
pub(crate) mod settle;
pub(crate) mod whereabouts;

use beket_model::{
    Answer, AppealStatus, Document, Instant, Intake, LinkKind, Procedure, Review, Status,
};
use beket_record::{CaseId, Part};
use beket_words::moment;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::app::{now, rng};
use crate::begin::begun;
use crate::edit::{Edit, Sealed, seen};
use crate::not_saved::{NotSaved, Why};
use crate::terms;

/// The status form as it was sent.
#[derive(Debug, Default)]
pub(crate) struct Decision<'a> {
    pub(crate) status: &'a str,
    /// Text for the person; `None` where the form had none.
    pub(crate) text: Option<&'a str>,
    pub(crate) forwarded_to: Option<&'a str>,
    /// Of where somebody is: that the rest of the household is there, too.
    pub(crate) together: bool,
    pub(crate) heads: &'a str,
}

impl Edit<'_> {
    /// Sets the status, with all that goes with it.
    pub(crate) fn decide(&self, decision: &Decision<'_>) -> Result<(), NotSaved> {
        let now = self.status_at(decision.heads)?;
        let next = now.next().into_iter().chain([now]);
        let next = next.into_iter().find(|next| next.word() == decision.status);
        let next = match next {
            None | Some(Status::Void) => return Err(NotSaved::Because(Why::CannotFollow)),
            Some(Status::Person(_)) => {
                return self.whereabouts(decision.status, decision.together, decision.heads);
            }
            Some(next) => next,
        };
        let mut patch = json!({ "status": decision.status });
        for (field, typed) in [("text", decision.text), ("forwarded_to", decision.forwarded_to)] {
            let typed = typed.map(|text| text.replace("\r\n", "\n"));
            if let Some(text) = typed {
                patch[field] = if text.trim().is_empty() { Value::Null } else { text.into() };
            }
        }
        self.complete(now, next, &mut patch)?;
        self.answer(&patch, decision.heads)
    }

    /// The status that the form showed: whoever decides otherwise at the same time is heard, too.
    fn status_at(&self, heads: &str) -> Result<Status, NotSaved> {
        let now = self.dossier.status().ok_or(NotSaved::Because(Why::NotReadable))?;
        let (Status::Appeal(_) | Status::Enquiry(_), Some(kind)) = (now, self.kind()) else {
            return Ok(now);
        };
        let opened = self.dossier.case.answer.as_ref().filter(|_| !heads.is_empty());
        let Some(opened) = opened else { return Ok(Status::first(kind)) };
        let (_, seen) = seen(opened, heads)?;
        let said = seen.text("status").and_then(|word| Status::of_kind(kind, word));
        Ok(said.unwrap_or_else(|| Status::first(kind)))
    }

    /// What a decision must have, and what follows from it.
    fn complete(&self, now: Status, next: Status, patch: &mut Value) -> Result<(), NotSaved> {
        self.must_have(next, patch)?;
        if next == Status::Appeal(AppealStatus::UnderReview) && now != next {
            // From here on the person knows by when; a case taken up again begins its term anew.
            let reopened = now != Status::Appeal(AppealStatus::Received);
            if reopened || self.dossier.told().is_none() {
                let due = if reopened { self.due_from_now() } else { self.lawful() };
                patch["due_date"] = due.map_or(Value::Null, |due| due.to_string().into());
                patch["extension_reason"] = Value::Null;
            }
        }
        Ok(())
    }

    fn must_have(&self, next: Status, patch: &Value) -> Result<(), NotSaved> {
        let answer = self.dossier.answer.as_ref();
        let has = |field: &str| {
            let typed = patch.get(field).map(|value| !value.is_null());
            typed.unwrap_or_else(|| answer.is_some_and(|answer| answer.text(field).is_some()))
        };
        match next {
            Status::Appeal(AppealStatus::Refused) if !has("text") => {
                Err(NotSaved::Because(Why::ReasonNeeded))
            }
            Status::Appeal(AppealStatus::Forwarded) if !has("forwarded_to") => {
                Err(NotSaved::Because(Why::WhomNeeded))
            }
            _ => Ok(()),
        }
    }

    fn lawful(&self) -> Option<Date> {
        Some(self.dossier.term(&self.pen.app.columns().calendar)?.due)
    }

    /// Of a case that is taken up again at this moment.
    fn due_from_now(&self) -> Option<Date> {
        let now = moment::civil(now().cast_signed())?;
        let columns = self.pen.app.columns();
        Some(terms::term(&columns.calendar, self.dossier.procedure()?, now)?.due)
    }

    /// Another day, later than the one that stands, and no later than the rule allows.
    pub(crate) fn extend(&self, due: &str, reason: &str, heads: &str) -> Result<(), NotSaved> {
        let due: Date = due.parse().map_err(|_| NotSaved::Because(Why::NotADay))?;
        if reason.trim().is_empty() {
            return Err(NotSaved::Because(Why::ReasonNeeded));
        }
        let (told, term) = {
            let columns = self.pen.app.columns();
            (self.dossier.due(&columns.calendar), self.dossier.term(&columns.calendar))
        };
        let (told, term) = told.zip(term).ok_or(NotSaved::Because(Why::CannotFollow))?;
        self.is_awaited(heads)?;
        if moment::day(now().cast_signed()).is_some_and(|today| told < today) {
            return Err(NotSaved::Because(Why::TooLateToExtend));
        }
        let longest = term.longest.ok_or(NotSaved::Because(Why::NotExtended))?;
        if due <= told {
            return Err(NotSaved::Because(Why::LaterNeeded));
        }
        if due > longest {
            return Err(NotSaved::Beyond(longest));
        }
        let patch = json!({ "due_date": due.to_string(), "extension_reason": reason.trim() });
        self.answer(&patch, heads)
    }

    /// A term is none any more once the answer is given, by now or where the form was drawn.
    fn is_awaited(&self, heads: &str) -> Result<(), NotSaved> {
        let open =
            self.status_at(heads)?.is_open() && self.dossier.status().is_some_and(Status::is_open);
        if open { Ok(()) } else { Err(NotSaved::Because(Why::CannotFollow)) }
    }

    /// What the appeal is by law. A term that the person was told already is told anew.
    pub(crate) fn procedure(&self, word: &str, heads: &str) -> Result<(), NotSaved> {
        let procedure = Procedure::from_word(word).ok_or(NotSaved::Because(Why::CannotFollow))?;
        let before = self.dossier.procedure().ok_or(NotSaved::Because(Why::CannotFollow))?;
        if procedure == before {
            return Ok(());
        }
        self.is_awaited(heads)?;
        let mut patch = json!({ "procedure": word });
        let extended = self.dossier.answer.as_ref().and_then(|it| it.text("extension_reason"));
        if self.dossier.told().is_some() && extended.is_none() {
            let term = self.dossier.term_as(procedure, &self.pen.app.columns().calendar);
            let due = term.map(|term| term.due);
            patch["due_date"] = due.map_or(Value::Null, |due| due.to_string().into());
        }
        self.answer(&patch, heads)
    }

    /// Voids the case, or makes it valid again where no reason is left.
    pub(crate) fn void(&self, reason: Option<&str>, heads: &str) -> Result<(), NotSaved> {
        let reason = match reason.map(str::trim) {
            Some("") => return Err(NotSaved::Because(Why::ReasonNeeded)),
            Some(reason) => reason.into(),
            None => Value::Null,
        };
        self.intake(&["void_reason".to_owned()], &reason, heads)
    }

    /// A part of an appeal goes to another body, as a case of its own beside this one.
    pub(crate) fn forward_part(&self, part: &str, whom: &str) -> Result<(), NotSaved> {
        let (part, whom) = (part.trim().replace("\r\n", "\n"), whom.trim());
        if part.is_empty() {
            return Err(NotSaved::Because(Why::PartNeeded));
        }
        if whom.is_empty() {
            return Err(NotSaved::Because(Why::WhomNeeded));
        }
        let intake = self.dossier.intake.as_ref().ok_or(NotSaved::Because(Why::NotReadable))?;
        if intake.text("kind") != Some("appeal") {
            return Err(NotSaved::Because(Why::CannotFollow));
        }
        let mut child = json!({ "narrative": part });
        for field in ["kind", "language", "person", "category", "programme", "consent"] {
            child[field] = intake.full[field].clone();
        }
        let child = Intake::from_json(&child.to_string())?;
        let register = self.pen.app.register()?;
        let begun = begun(self.pen.app, &register, child, &self.pen.scope, &self.pen.by)?;
        let (pen, case) = (begun.pen, begun.case);
        let link =
            |case: CaseId| json!({ "case": case.to_string(), "kind": LinkKind::Forwarded.word() });
        let answer: Answer = written(json!({ "status": "forwarded", "forwarded_to": whom }))?;
        let review: Review = written(json!({ "links": [link(self.dossier.id)] }))?;
        let (_, answer) = Document::answer(&answer, &pen.stamp(), &mut rng())?;
        let (_, review) = Document::review(&review, &pen.stamp(), &mut rng())?;
        let mut records = vec![
            begun.record,
            pen.begun(Part::Answer, case, &answer)?,
            pen.begun(Part::Review, case, &review)?,
        ];
        records.extend(self.of_review(&json!({ "links": [link(case)] }), None)?);
        // With the older pen: if the register changed in between, all is judged anew.
        self.pen.keep(records)
    }

    /// Adds an internal note.
    pub(crate) fn note(&self, text: &str) -> Result<(), NotSaved> {
        self.pen.keep(self.of_note(text)?)
    }

    /// The record of one.
    pub(crate) fn of_note(&self, text: &str) -> Result<Option<Sealed>, NotSaved> {
        let text = text.replace("\r\n", "\n");
        if text.trim().is_empty() {
            return Err(NotSaved::Because(Why::NoteNeeded));
        }
        let at = Instant::from_unix(now().cast_signed()).ok();
        let at = at.map(|at| at.to_string());
        self.of_review(&json!({ "notes": [{ "text": text.trim(), "at": at }] }), None)
    }

    /// Takes a note back; it stays in the history.
    pub(crate) fn take_back(&self, note: &str) -> Result<(), NotSaved> {
        self.review(&json!({ "notes": [{ "id": note, "removed": true }] }), None)
    }
}

fn written<T: DeserializeOwned>(value: Value) -> Result<T, NotSaved> {
    serde_json::from_value(value).map_err(|_| NotSaved::Because(Why::NotWritten))
}
