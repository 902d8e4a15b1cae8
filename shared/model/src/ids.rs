//! Ids of entries: members of a household, suggestions, notes, links.
//!
//! An id names one entry for good and sorts in order of creation. Refuses ids that a path could not
//! hold, and one id for two entries.

use std::collections::BTreeSet;

use rand::Rng;

use crate::Line;
use crate::field::FieldError;

const MAX_ID_CHARS: usize = 64;

/// Makes ids.
pub(crate) struct Ids<'a, R> {
    made_ms: u64,
    count: usize,
    rng: &'a mut R,
}

impl<'a, R: Rng> Ids<'a, R> {
    /// `made_ms` is the writer's clock, in milliseconds since 1970.
    pub(crate) fn new(made_ms: u64, rng: &'a mut R) -> Self {
        Self { made_ms, count: 0, rng }
    }

    /// 48 bits of milliseconds, 16 of place, 32 of chance.
    pub(crate) fn next(&mut self) -> String {
        let (time, place) = (self.made_ms & 0xffff_ffff_ffff, self.count & 0xffff);
        self.count += 1;
        format!("{time:012x}{place:04x}{:08x}", self.rng.next_u32())
    }

    /// Gives an id to an entry that has none.
    pub(crate) fn name(&mut self, id: &mut Option<Line>) {
        if id.is_none() {
            *id = Line::try_from(self.next()).ok();
        }
    }
}

/// An id names one entry for good, in paths and in documents.
pub(crate) fn check_ids<'a>(
    list: &str,
    ids: impl Iterator<Item = &'a Option<Line>>,
) -> Result<(), FieldError> {
    let mut seen = BTreeSet::new();
    for (index, id) in ids.enumerate() {
        let Some(id) = id.as_ref().map(Line::as_str) else { continue };
        let wrong = |reason: &str| Err(FieldError::new(format!("{list}[{index}].id"), reason));
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if id.is_empty() || id.len() > MAX_ID_CHARS || !id.chars().all(fits) {
            return wrong("is no id: leave it out for a new entry");
        }
        if !seen.insert(id) {
            return wrong("is the id of an earlier entry too");
        }
    }
    Ok(())
}
