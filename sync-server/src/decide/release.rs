//! A child is alone no more: handed over, where two of staff have seen the document of whoever comes,
//! or never was alone, where two of them have looked into it.
//!
//! Refuses any step whose form did not show what is under way as it stands: a second look is worth
//! something only at what the first saw.

use beket_model::{Heads, Reading};
use serde_json::{Value, json};

use crate::edit::Edit;
use crate::not_saved::{NotSaved, Why};

/// Whether two of staff began apart: what the one saw would be confirmed with the other's name.
pub(crate) fn begun_twice(review: &Reading) -> bool {
    let disputed = review.conflicts.iter().any(|conflict| conflict.path.starts_with("release_"));
    disputed || (review.text("release_mistake").and(review.text("release_guardian")).is_some())
}

fn nothing_under_way() -> Value {
    json!({
        "release_who": null, "release_guardian": null, "release_document": null,
        "release_mistake": null, "release_by": null, "release_confirmed_by": null,
    })
}

impl Edit<'_> {
    /// The first of staff has seen the document of whoever comes for a child alone.
    pub(crate) fn release(
        &self,
        who: &str,
        (to, document): (&str, &str),
        heads: &str,
    ) -> Result<(), NotSaved> {
        let (to, document) = (to.trim(), document.trim());
        if to.is_empty() || document.is_empty() {
            return Err(NotSaved::Because(Why::DocumentNeeded));
        }
        let said = json!({ "release_guardian": to, "release_document": document });
        self.begin_release(who, &said, heads)
    }

    /// The first of staff has looked into it: the child is not alone, or there is none.
    pub(crate) fn mistaken(&self, who: &str, why: &str, heads: &str) -> Result<(), NotSaved> {
        if why.trim().is_empty() {
            return Err(NotSaved::Because(Why::ReasonNeeded));
        }
        self.begin_release(who, &json!({ "release_mistake": why.trim() }), heads)
    }

    fn begin_release(&self, who: &str, said: &Value, heads: &str) -> Result<(), NotSaved> {
        if !self.is_alone(who) {
            return Err(NotSaved::Because(Why::NotAlone));
        }
        self.shown_as_it_is(heads)?;
        let mut patch = nothing_under_way();
        patch["release_who"] = who.into();
        patch["release_by"] = self.pen.by.as_str().into();
        for (field, value) in said.as_object().into_iter().flatten() {
            patch[field] = value.clone();
        }
        self.review(&patch, Some(heads))
    }

    /// The second of staff has seen it, too: the child goes, or the mark.
    pub(crate) fn confirm_release(&self, heads: &str, intake: &str) -> Result<(), NotSaved> {
        let (who, first) = self.pending().ok_or(NotSaved::Because(Why::NotAlone))?;
        if first == self.pen.by {
            return Err(NotSaved::Because(Why::SecondNeeded));
        }
        self.shown_as_it_is(heads)?;
        let review = self.dossier.review.as_ref();
        let is_mistake = review.is_some_and(|it| it.text("release_mistake").is_some());
        if review.is_some_and(begun_twice) {
            return Err(NotSaved::Because(Why::BegunTwice));
        }
        let (fields, value) = if is_mistake {
            (self.marks(who), Value::Null)
        } else {
            (vec![format!("{who}.whereabouts")], json!("with_relatives"))
        };
        // What came since is nothing that either has seen.
        let now = self.dossier.case.intake.as_ref().map(|opened| opened.document.heads());
        if intake.parse::<Heads>().ok() != now {
            return Err(NotSaved::Because(Why::StaleForm));
        }
        let patch = json!({ "release_confirmed_by": self.pen.by });
        let confirmed = self.of_review(&patch, Some(heads))?;
        let gone = self.of_any_intake(&fields, &value, intake)?;
        self.pen.keep(confirmed.into_iter().chain(gone))
    }

    /// Nobody comes for the child after all.
    pub(crate) fn cancel_release(&self, heads: &str) -> Result<(), NotSaved> {
        self.pending().ok_or(NotSaved::Because(Why::NotAlone))?;
        self.shown_as_it_is(heads)?;
        self.review(&nothing_under_way(), Some(heads))
    }

    /// All that can make a child one who is alone.
    fn marks(&self, who: &str) -> Vec<String> {
        let marks = format!("{who}.separated");
        let told = self.dossier.intake.as_ref().and_then(|intake| intake.at(&marks)?.as_object());
        told.into_iter().flatten().map(|(mark, _)| format!("{marks}.{mark}")).collect()
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

#[cfg(test)]
mod tests {
    use beket_model::{Document, Review, Stamp};
    use beket_record::Author;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;

    fn noted(review: &Value) -> Reading {
        let review: Review = serde_json::from_value(review.clone()).unwrap();
        let stamp = Stamp { author: Author::from_bytes([1; 32]), by: String::new(), at: 100 };
        Document::review(&review, &stamp, &mut ChaCha8Rng::seed_from_u64(1)).unwrap().0.read()
    }

    #[test]
    fn a_guardian_that_one_noted_is_not_confirmed_with_a_mistake_that_another_did() {
        let (hands, mistake) =
            (json!({ "release_guardian": "Гүлнар" }), json!({ "release_mistake": "қате" }));
        assert!(!begun_twice(&noted(&hands)) && !begun_twice(&noted(&mistake)));
        let both = json!({ "release_guardian": "Гүлнар", "release_mistake": "қате" });
        assert!(begun_twice(&noted(&both)));
    }
}
