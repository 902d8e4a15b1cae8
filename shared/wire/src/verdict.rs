//! What the office decided about one record, with the reason that a kiosk shows.

use beket_directory::{Held, Judgement};
use minicbor::{Decode, Encode};

/// The office's decision on one record.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Verdict {
    /// On disk, and new here.
    #[n(0)]
    Stored,
    /// On disk before.
    #[n(1)]
    Duplicate,
    /// Kept aside in the office with this reason; it will never count.
    #[n(2)]
    Refused(#[n(0)] String),
    /// On disk, applied to nothing until the office admits its author.
    #[n(3)]
    Held(#[n(0)] String),
    /// Its case was purged.
    #[n(4)]
    Purged,
    /// Not here (only for ids that were asked about).
    #[n(5)]
    Missing,
}

impl Verdict {
    /// Whether the record is on the office's disk.
    pub fn is_kept(&self) -> bool {
        matches!(self, Self::Stored | Self::Duplicate | Self::Held(_))
    }

    /// A held record's verdict.
    pub fn held(reason: Held) -> Self {
        Self::Held(reason.to_string())
    }

    /// A refused record's verdict.
    #[expect(clippy::needless_pass_by_value, reason = "errors are handed over as they come")]
    pub fn refused(reason: impl ToString) -> Self {
        Self::Refused(reason.to_string())
    }

    /// The verdict that a judgement leads to, for a record that is new or `known` here.
    pub fn of(judgement: &Judgement, known: bool) -> Self {
        match judgement {
            Judgement::Member(_) if known => Self::Duplicate,
            Judgement::Member(_) => Self::Stored,
            Judgement::Held(_, reason) => Self::held(*reason),
            Judgement::Refused(reason) => Self::refused(reason),
            Judgement::Purged => Self::Purged,
        }
    }
}

#[cfg(test)]
mod tests;
