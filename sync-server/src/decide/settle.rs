//! Settles what two of staff decided or noted apart.
//!
//! Refuses what was not in dispute where the form was drawn: a decision has a form of its own, which
//! checks what must go with it, and a child's hand-over takes two.

use beket_model::Status;
use beket_record::Part;
use serde_json::{Value, json};

use crate::edit::{Edit, seen};
use crate::not_saved::{NotSaved, Why};
use crate::roles::{Action, Role};

/// Texts of an answer: another may be written in the place of all that were.
const TEXTS: [&str; 3] = ["answer.text", "answer.forwarded_to", "answer.extension_reason"];
/// What a hand-over is noted in.
const RELEASE: &str = "review.release_";

/// Whether a conflict can be settled by choosing.
pub(crate) fn takes_choice(path: &str) -> bool {
    !path.starts_with(RELEASE)
}

/// Whether a conflict can be settled by another value than those in dispute.
pub(crate) fn takes_another(path: &str) -> bool {
    TEXTS.contains(&path) || !(path.starts_with("answer.") || path.starts_with("review."))
}

/// Whether somebody may give a case to whoever a value names.
pub(crate) fn may_give(role: Role, by: &str, value: &Value) -> bool {
    role.may(Action::Assign) || value == by
}

impl Edit<'_> {
    /// Whether a value may settle a conflict of the answer or the review.
    pub(crate) fn settles(
        &self,
        (part, path): (Part, &str),
        value: &Value,
        heads: &str,
        role: Role,
    ) -> Result<(), NotSaved> {
        let undisputed = NotSaved::Because(Why::NotDisputed);
        let (opened, whole) = match part {
            Part::Answer => (&self.dossier.case.answer, format!("answer.{path}")),
            _ => (&self.dossier.case.review, format!("review.{path}")),
        };
        let Some(opened) = opened else { return Err(undisputed) };
        let (_, shown) = seen(opened, heads)?;
        let disputed = shown.conflicts.iter().find(|conflict| conflict.path == path);
        let Some(disputed) = disputed else { return Err(undisputed) };
        if !takes_choice(&whole) {
            return Err(NotSaved::Because(Why::TwoForAChild));
        }
        let offered = disputed.values.iter().any(|offered| offered.value == *value);
        if !offered && !takes_another(&whole) {
            return Err(NotSaved::Because(Why::ChooseOne));
        }
        if whole == "review.assigned_to" && !may_give(role, &self.pen.by, value) {
            return Err(NotSaved::Because(Why::NotYoursToGive));
        }
        if part == Part::Answer {
            self.must_have(self.status_with(path, value)?, &json!({ path: value }))?;
        }
        Ok(())
    }

    /// The status that the case has once this is settled.
    fn status_with(&self, path: &str, value: &Value) -> Result<Status, NotSaved> {
        let word = value.as_str().filter(|_| path == "status");
        match word.zip(self.kind()) {
            Some((word, kind)) => {
                Status::of_kind(kind, word).ok_or(NotSaved::Because(Why::CannotFollow))
            }
            None => self.dossier.status().ok_or(NotSaved::Because(Why::NotReadable)),
        }
    }
}
