//! A child alone is handed over: two of staff see the document of whoever comes, one after the other.
//!
//! Refuses any step whose form did not show the hand-over as it stands: a second look is worth
//! something only at what the first saw.

use beket_model::Heads;
use serde_json::json;

use crate::edit::Edit;
use crate::not_saved::{NotSaved, Why};

impl Edit<'_> {
    /// The first of staff has seen the document of whoever comes for a child alone.
    pub(crate) fn release(
        &self,
        who: &str,
        (to, document): (&str, &str),
        heads: &str,
    ) -> Result<(), NotSaved> {
        if !self.is_alone(who) {
            return Err(NotSaved::Because(Why::NotAlone));
        }
        let (to, document) = (to.trim(), document.trim());
        if to.is_empty() || document.is_empty() {
            return Err(NotSaved::Because(Why::DocumentNeeded));
        }
        self.shown_as_it_is(heads)?;
        let patch = json!({
            "release_who": who, "release_guardian": to, "release_document": document,
            "release_by": self.pen.by, "release_confirmed_by": null,
        });
        self.review(&patch, Some(heads))
    }

    /// The second of staff has seen it, too: the child goes.
    pub(crate) fn confirm_release(&self, heads: &str) -> Result<(), NotSaved> {
        let (who, first) = self.pending().ok_or(NotSaved::Because(Why::NotAlone))?;
        if first == self.pen.by {
            return Err(NotSaved::Because(Why::SecondNeeded));
        }
        self.shown_as_it_is(heads)?;
        let patch = json!({ "release_confirmed_by": self.pen.by });
        let confirmed = self.of_review(&patch, Some(heads))?;
        let now = self.dossier.case.intake.as_ref().map(|opened| opened.document.heads());
        let now = now.unwrap_or_default().to_string();
        let path = format!("{who}.whereabouts");
        let gone = self.of_any_intake(&[path], &json!("with_relatives"), &now)?;
        self.pen.keep(confirmed.into_iter().chain(gone))
    }

    /// Nobody comes for the child after all.
    pub(crate) fn cancel_release(&self, heads: &str) -> Result<(), NotSaved> {
        self.pending().ok_or(NotSaved::Because(Why::NotAlone))?;
        self.shown_as_it_is(heads)?;
        let patch = json!({
            "release_who": null, "release_guardian": null, "release_document": null,
            "release_by": null,
        });
        self.review(&patch, Some(heads))
    }

    /// Who waits for the second of staff, and who was the first.
    fn pending(&self) -> Option<(&str, &str)> {
        let review = self.dossier.review.as_ref()?;
        let waits = review.text("release_confirmed_by").is_none();
        let who = review.text("release_who").filter(|who| waits && self.is_alone(who))?;
        Some((who, review.text("release_by")?))
    }

    fn is_alone(&self, who: &str) -> bool {
        let intake = self.dossier.intake.as_ref();
        intake.is_some_and(|intake| intake.children_alone().any(|(path, _)| path == who))
    }

    fn shown_as_it_is(&self, heads: &str) -> Result<(), NotSaved> {
        let shown: Heads = heads.parse().map_err(|_| NotSaved::Because(Why::StaleForm))?;
        let now = self.dossier.case.review.as_ref().map(|opened| opened.document.heads());
        if shown == now.unwrap_or_default() {
            Ok(())
        } else {
            Err(NotSaved::Because(Why::StaleForm))
        }
    }
}
