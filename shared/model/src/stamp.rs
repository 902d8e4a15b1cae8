//! Who changed a document and when, and which state of it they had seen.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use beket_record::Author;
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use thiserror::Error;

/// Automerge's own name for one change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeHash(pub [u8; 32]);

/// Sealed into a change: a volunteer or staff member, their clock's time, and the device that
/// will sign the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The device's public key: a change counts only in a record that this key signed.
    pub author: Author,
    /// The person's name; the kiosk's own name where nobody signed in.
    pub by: String,
    /// Seconds since 1970 by the writer's clock.
    pub at: i64,
}

impl Stamp {
    /// The times that a change may bear: 1970 to 2200. Automerge reckons with their differences,
    /// and with others it overflows.
    pub const TIMES: RangeInclusive<i64> = 0..=7_289_654_399;
}

/// A state of a document: the changes that nothing followed when somebody looked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heads(pub Vec<ChangeHash>);

/// Text that names no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this form does not say which state of the case it was drawn from; open the case again")]
pub struct HeadsError;

impl fmt::Display for Heads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.0.iter().map(|hash| HEXLOWER.encode(&hash.0)).collect();
        f.write_str(&words.join(","))
    }
}

impl FromStr for Heads {
    type Err = HeadsError;

    fn from_str(text: &str) -> Result<Self, HeadsError> {
        let read = |word: &str| {
            let bytes = HEXLOWER_PERMISSIVE.decode(word.trim().as_bytes()).ok()?;
            bytes.try_into().ok().map(ChangeHash)
        };
        if text.is_empty() {
            return Ok(Self::default());
        }
        let heads: Option<Vec<_>> = text.split(',').map(read).collect();
        heads.map(Self).ok_or(HeadsError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_read_back_from_their_text() {
        for heads in
            [vec![], vec![ChangeHash([1; 32])], vec![ChangeHash([1; 32]), ChangeHash([2; 32])]]
        {
            let heads = Heads(heads);
            assert_eq!(heads.to_string().parse(), Ok(heads));
        }
        assert_eq!("01,xyz".parse::<Heads>(), Err(HeadsError));
    }
}
