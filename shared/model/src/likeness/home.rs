//! Owns how alike two addresses are, as people say them: `Майлықожа көшесі 5`, `ул. Майлыкожа,
//! д. 5`.
//!
//! Refuses an address without a house: a street alone is no home.

use std::sync::Arc;

use super::Agreement;
use super::names::{Level, Name, level};
use crate::fold;

/// Characters of an address that are read.
const MOST_CHARS: usize = 120;

/// Words that say what follows or precedes them, folded: street, house, flat, quarter and the like.
const DESIGNATIONS: [&str; 24] = [
    "aul",
    "auil",
    "auili",
    "d",
    "dom",
    "g",
    "gorod",
    "kala",
    "kalasi",
    "kocesi",
    "kv",
    "kvartira",
    "mikroaudan",
    "mikroraion",
    "mkr",
    "p",
    "pater",
    "per",
    "ui",
    "ul",
    "ulitsa",
    "uc",
    "pr",
    "a",
];

/// An address prepared for comparing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Home {
    /// Names in it, sorted.
    pub(super) words: Vec<Arc<Name>>,
    /// What has a digit in it, in the order said: house, then flat.
    numbers: Vec<String>,
}

impl Home {
    pub(super) fn of(text: &str) -> Option<Self> {
        let end = text.char_indices().nth(MOST_CHARS).map_or(text.len(), |(end, _)| end);
        let folded = fold(&text[..end]);
        let (numbers, mut words): (Vec<&str>, Vec<&str>) =
            folded.split(' ').partition(|word| word.contains(|c: char| c.is_numeric()));
        words.retain(|word| !word.is_empty() && !DESIGNATIONS.contains(word));
        words.sort_unstable();
        let words = words.into_iter().filter_map(Name::given).map(Arc::new).collect();
        let numbers: Vec<String> = numbers.into_iter().map(str::to_owned).collect();
        (!numbers.is_empty()).then_some(Self { words, numbers })
    }

    pub(super) fn agreement(&self, other: &Self) -> Agreement {
        if self == other {
            Agreement::Equal
        } else if self.numbers[0] == other.numbers[0] && self.has_word_of(other) {
            Agreement::Near
        } else {
            Agreement::Differs
        }
    }

    fn has_word_of(&self, other: &Self) -> bool {
        let near = |one: &Name, other: &Name| level(Some(one), Some(other)) <= Some(Level::Close);
        self.words.iter().any(|one| other.words.iter().any(|other| near(one, other)))
    }
}
