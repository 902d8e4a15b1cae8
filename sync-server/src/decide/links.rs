//! What two cases are to each other, said in both at once.
//!
//! Refuses a verdict on two that somebody decided on since the form was drawn: two verdicts would
//! stand, and count, against each other.

use beket_model::{LinkKind, Reading};
use serde_json::{Value, json};

use crate::edit::{Edit, Sealed, edit, seen};
use crate::not_saved::{NotSaved, Why};

impl Edit<'_> {
    /// Says in both cases what they are to each other; `None` takes back what was said.
    pub(crate) fn link(
        &self,
        other: &str,
        kind: Option<&str>,
        heads: &str,
    ) -> Result<(), NotSaved> {
        let known = kind.is_none_or(|kind| LinkKind::from_word(kind).is_some());
        let this = self.dossier.id.to_string();
        if !known || other == this {
            return Err(NotSaved::Because(Why::CannotFollow));
        }
        let opened = self.dossier.case.review.as_ref().filter(|_| !heads.is_empty());
        let shown = opened.map(|opened| seen(opened, heads)).transpose()?.map(|(_, shown)| shown);
        if to(shown.as_ref(), other) != to(self.dossier.review.as_ref(), other) {
            return Err(NotSaved::Because(Why::DecidedMeanwhile));
        }
        let there = edit(self.pen.app, other, &self.pen.by, |there| there.linked_to(&this, kind))?;
        let here = self.linked_to(other, kind)?;
        self.pen.keep(there.into_iter().chain(here))
    }

    /// One link to a case at the most stands: what was said before is taken back by what is said.
    fn linked_to(&self, other: &str, kind: Option<&str>) -> Result<Option<Sealed>, NotSaved> {
        let before = to(self.dossier.review.as_ref(), other).into_iter();
        let mut links: Vec<Value> =
            before.map(|link| json!({ "id": link["id"], "removed": true })).collect();
        links.extend(kind.map(|kind| json!({ "case": other, "kind": kind })));
        if links.is_empty() {
            return Ok(None);
        }
        self.of_review(&json!({ "links": links }), None)
    }
}

/// The links to a case that stand.
fn to<'a>(review: Option<&'a Reading>, other: &str) -> Vec<&'a Value> {
    let links = review.and_then(|review| review.at("links")?.as_array()).into_iter().flatten();
    links.filter(|link| link["case"] == other && link["removed"] != json!(true)).collect()
}
