//! Owns how alike two names are: folded, without what suffixes add, and with the slips of a hand.
//!
//! Refuses names beyond a bound, which are cut: a name of ten megabytes costs what a long one does.

use std::array;

use super::Agreement;
use crate::fold;

/// How far two names agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// One search key.
    Equal,
    /// The same name with another suffix or part, or slips in a name too long to be another.
    Near,
    /// A slip in a short name, which may make another: Ерлан and Ержан.
    Close,
    /// One is the other's beginning.
    Initial,
    /// None of these.
    Differs,
}

impl Level {
    pub(super) fn agreement(self) -> Agreement {
        match self {
            Self::Equal => Agreement::Equal,
            Self::Near | Self::Close | Self::Initial => Agreement::Near,
            Self::Differs => Agreement::Differs,
        }
    }
}

/// Characters of a name that are read.
pub(super) const MOST_CHARS: usize = 64;
/// Sounds of a key that are compared.
const MOST_SOUNDS: usize = 48;
/// Sounds from which one slip hardly makes another name.
const LONG: usize = 7;
/// Sounds from which two do not.
const VERY_LONG: usize = 9;
/// Sounds below which any slip makes another name: Али, Ким, Цой.
const SHORT: usize = 4;

/// A name prepared for comparing; never empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    /// Its sounds, words run together.
    key: Vec<char>,
    /// Sounds before a surname's ending.
    stem: usize,
    /// Where each word ends, if there are several.
    ends: Vec<usize>,
    /// Only the beginning of a name.
    begun: bool,
}

/// Surname endings, folded: -ов, -ова, -ев, -ева, -ин, -ина, -ский, -ская.
const ENDINGS: [&str; 8] = ["ova", "eva", "ina", "skaia", "ov", "ev", "in", "ski"];

/// Patronymic suffixes, folded: -ұлы, -қызы, -ович, -евич, -овна, -евна, -оғлы, -уғли.
const AFTER_FATHER: [&str; 8] = ["uli", "kizi", "ovic", "evic", "ovna", "evna", "ogli", "ugli"];

impl Name {
    pub(super) fn given(text: &str) -> Option<Self> {
        Self::of_key(&fold(cut(text)))
    }

    pub(super) fn family(text: &str) -> Option<Self> {
        let mut name = Self::given(text)?;
        let key: String = name.key.iter().collect();
        let bare = ENDINGS.iter().find_map(|ending| key.strip_suffix(ending)).unwrap_or(&key);
        let stem = bare.trim_end_matches('i').chars().count();
        if stem >= SHORT - 1 {
            name.stem = stem;
        }
        Some(name)
    }

    /// The father's name alone. Its last й is left out, as -евич leaves it out: Абайұлы, Абаевич.
    pub(super) fn patronymic(text: &str) -> Option<Self> {
        let text = cut(text).trim();
        let key = fold(&text[..father_ends(text)]);
        let bare = key.trim_end_matches('i');
        Self::of_key(if bare.chars().count() < 2 { &key } else { bare })
    }

    fn of_key(text: &str) -> Option<Self> {
        let (mut key, mut ends) = (Vec::new(), Vec::new());
        for word in text.split(' ') {
            key.extend(word.chars());
            ends.push(key.len());
        }
        key.truncate(MOST_SOUNDS);
        ends.retain(|end| *end <= MOST_SOUNDS);
        if ends.len() == 1 {
            ends.clear();
        }
        let name = Self { stem: key.len(), key, ends, begun: false };
        (!name.key.is_empty()).then(|| Self { begun: name.is_letter(), ..name })
    }

    /// Whether it is one letter, which is one sound, save for я, ю and ц.
    fn is_letter(&self) -> bool {
        self.key.len() == 1 || matches!(self.key[..], ['i', 'a' | 'u'] | ['t', 's'])
    }

    /// The same name as far as it has been typed.
    pub(super) fn begun(self) -> Self {
        Self { begun: true, ..self }
    }

    fn stem(&self) -> &[char] {
        &self.key[..self.stem]
    }

    fn begins(&self, whole: &Self) -> bool {
        self.begun && whole.key.starts_with(&self.key)
    }

    fn has_word(&self, word: &Self) -> bool {
        let mut start = 0;
        word.ends.is_empty()
            && self.ends.iter().any(|end| {
                let found = self.key[start..*end] == word.key[..];
                start = *end;
                found
            })
    }
}

/// How far two names agree; `None` if one is missing.
pub(super) fn level(one: Option<&Name>, other: Option<&Name>) -> Option<Level> {
    let (one, other) = (one?, other?);
    Some(if one.key == other.key && !one.is_letter() {
        Level::Equal
    } else if one.begins(other) || other.begins(one) {
        Level::Initial
    } else if one.stem() == other.stem() || one.has_word(other) || other.has_word(one) {
        Level::Near
    } else {
        slipped(&one.key, &other.key).min(slipped(one.stem(), other.stem()).max(Level::Close))
    })
}

fn slipped(one: &[char], other: &[char]) -> Level {
    let length = one.len().min(other.len());
    let most = if length >= VERY_LONG { 2 } else { 1 };
    if length < SHORT || slips(one, other, most).is_none() {
        Level::Differs
    } else if length < LONG {
        Level::Close
    } else {
        Level::Near
    }
}

/// Letters written wrong, left out, put in or exchanged with a neighbour, if they are no more than
/// `most` (optimal string alignment).
fn slips(one: &[char], other: &[char], most: usize) -> Option<usize> {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    let same = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[..one.len() - same], &other[..other.len() - same]);
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let (mut before, mut above): ([usize; MOST_SOUNDS + 1], _) = ([0; _], array::from_fn(|at| at));
    for row in 0..one.len() {
        let mut line = [row + 1; MOST_SOUNDS + 1];
        for at in 0..other.len() {
            let wrong = usize::from(one[row] != other[at]);
            line[at + 1] = (above[at] + wrong).min(above[at + 1] + 1).min(line[at] + 1);
            if row > 0 && at > 0 && one[row] == other[at - 1] && one[row - 1] == other[at] {
                line[at + 1] = line[at + 1].min(before[at - 1] + 1);
            }
        }
        if line[..=other.len()].iter().min() > Some(&most) {
            return None;
        }
        (before, above) = (above, line);
    }
    Some(above[other.len()]).filter(|slips| *slips <= most)
}

/// Where the father's name ends in a patronymic. The suffix is looked for in the text, for folding
/// would have merged it with what it follows: Серікқызы.
fn father_ends(text: &str) -> usize {
    let tails = text.char_indices().rev().take(8).take_while(|(at, _)| *at > 0);
    let suffix = |(_, tail): &(usize, String)| AFTER_FATHER.contains(&tail.as_str());
    let found = tails.map(|(at, _)| (at, fold(&text[at..]))).find(suffix);
    found.map_or(text.len(), |(at, _)| at)
}

/// Whether this is a father's name with a suffix, or the letter of one.
pub(super) fn is_patronymic(text: &str) -> bool {
    father_ends(text) < text.len() || Name::given(text).is_some_and(|name| name.is_letter())
}

/// The beginning of a text, as far as it is read.
pub(super) fn cut(text: &str) -> &str {
    text.char_indices().nth(MOST_CHARS).map_or(text, |(end, _)| &text[..end])
}
