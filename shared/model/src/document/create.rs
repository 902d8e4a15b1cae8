//! New documents: one change each, with all their maps in it.

use automerge::hydrate;
use automerge::transaction::Transactable;
use beket_record::{Guarded, Part};
use rand::Rng;
use serde_json::Value;

use super::{Document, DocumentError, actor, last_change, options};
use crate::ids::Ids;
use crate::tree::{full, to_hydrate};
use crate::{Answer, Intake, Reference, Review, Stamp};

impl Document {
    /// A new intake, under its reference number. Members and suggestions without an id get one.
    pub fn intake(
        intake: &Intake,
        reference: &Reference,
        stamp: &Stamp,
        rng: &mut impl Rng,
    ) -> Result<(Self, Guarded), DocumentError> {
        let mut intake = intake.clone();
        intake.name_entries(&mut Ids::new(milliseconds(stamp), rng));
        let mut value = full(&intake);
        value["reference"] = Value::from(reference.as_str());
        Self::create(Part::Intake, &value, stamp, rng)
    }

    /// A new answer.
    pub fn answer(
        answer: &Answer,
        stamp: &Stamp,
        rng: &mut impl Rng,
    ) -> Result<(Self, Guarded), DocumentError> {
        Self::create(Part::Answer, &full(answer), stamp, rng)
    }

    /// A new review. Notes and links without an id get one.
    pub fn review(
        review: &Review,
        stamp: &Stamp,
        rng: &mut impl Rng,
    ) -> Result<(Self, Guarded), DocumentError> {
        let mut review = review.clone();
        let mut ids = Ids::new(milliseconds(stamp), rng);
        review.notes.iter_mut().for_each(|note| ids.name(&mut note.id));
        review.links.iter_mut().for_each(|link| ids.name(&mut link.id));
        Self::create(Part::Review, &full(&review), stamp, rng)
    }

    fn create(
        part: Part,
        full: &Value,
        stamp: &Stamp,
        rng: &mut impl Rng,
    ) -> Result<(Self, Guarded), DocumentError> {
        let options = options(stamp)?;
        let mut document = Self::empty(part);
        document.doc.set_actor(actor(&stamp.author, rng));
        let mut tx = document.doc.transaction();
        if let Some(hydrate::Value::Map(root)) = to_hydrate(full) {
            tx.init_root_from_hydrate(&root)?;
        }
        tx.commit_with(options);
        let guarded = last_change(&document.doc)?;
        Ok((document, guarded))
    }
}

fn milliseconds(stamp: &Stamp) -> u64 {
    u64::try_from(stamp.at).unwrap_or(0).saturating_mul(1000)
}
