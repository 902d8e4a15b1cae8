//! Finding rows: words across spellings, numbers by any part of them, references as they are said.
//!
//! Every word of a query must be found in a row; how well, ranks it. Costs one look at every
//! distinct word and number, so that 44,000 people are searched between two keystrokes.

use std::collections::BTreeSet;

use beket_model::fold;

use super::People;

/// How well a word answers another.
const EQUAL: u32 = 8;
const BEGINS: u32 = 5;
const NEAR: u32 = 2;
/// Digits from which a number is looked for by any part of it.
const LEAST_DIGITS: usize = 3;
/// More words than anybody's names.
const MOST_WORDS: usize = 8;
const MOST_CHARS: usize = 100;

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Folded.
    words: Vec<String>,
    /// Each as it may be written.
    numbers: Vec<Number>,
    /// As references are compared: capital letters and digits.
    references: Vec<String>,
}

impl Query {
    /// Reads what was typed into a search field.
    pub fn parse(text: &str) -> Self {
        let text: String = text.chars().take(MOST_CHARS).collect();
        let mut query = Self::default();
        if let Some(number) = number(&text) {
            query.numbers.push(number);
            return query;
        }
        for part in text.split_whitespace().take(MOST_WORDS) {
            match (reference(part), number(part)) {
                (Some(reference), _) => query.references.push(reference),
                (None, Some(number)) => query.numbers.push(number),
                (None, None) => query.words.extend(folded(part)),
            }
        }
        query
    }

    /// The names and numbers of somebody who is being registered; any of them may find.
    pub fn person(names: &[&str], numbers: &[&str]) -> Self {
        Self {
            words: names.iter().flat_map(|name| folded(name)).take(MOST_WORDS).collect(),
            numbers: numbers.iter().filter_map(|text| number(text)).collect(),
            references: Vec::new(),
        }
    }

    /// Whether there is anything to look for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.numbers.is_empty() && self.references.is_empty()
    }
}

fn folded(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Digits alone. A telephone's 8 is the country's 7; an IIN that begins with 87 is one of 1987.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Number {
    typed: String,
    abroad: Option<String>,
}

/// Digits of an IIN: no telephone here has so many.
const IIN_DIGITS: usize = 12;

impl Number {
    /// Any way of writing it.
    fn is(&self, test: impl Fn(&str) -> bool) -> bool {
        test(&self.typed) || self.abroad.as_deref().is_some_and(test)
    }
}

/// Digits, however they are parted.
fn number(text: &str) -> Option<Number> {
    let parts = |c: char| c.is_whitespace() || matches!(c, '+' | '-' | '(' | ')');
    if !text.chars().all(|c| c.is_ascii_digit() || parts(c)) {
        return None;
    }
    let typed: String = text.chars().filter(char::is_ascii_digit).collect();
    let trunk = typed.strip_prefix('8').filter(|rest| rest.starts_with('7'));
    let abroad = trunk.filter(|_| typed.len() < IIN_DIGITS).map(|rest| format!("7{rest}"));
    (typed.len() >= LEAST_DIGITS).then_some(Number { typed, abroad })
}

/// `trk-b-0417` as references are compared; `None` for what is no part of one.
fn reference(text: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let has = |test: fn(&char) -> bool| text.chars().any(|c| test(&c));
    let is_one = has(char::is_ascii_digit) && has(char::is_ascii_alphabetic);
    (is_one && text.chars().all(plain)).then(|| compact(text))
}

fn compact(reference: &str) -> String {
    let plain = reference.chars().filter(char::is_ascii_alphanumeric);
    plain.map(|c| c.to_ascii_uppercase()).collect()
}

impl People {
    /// Rows that answer the whole query, each with how well.
    pub(super) fn hits(&self, query: &Query) -> Vec<(u32, u32)> {
        let mut tally = Tally(vec![Answered::default(); self.rows.len()]);
        let mut asked = 0;
        for word in &query.words {
            self.each_word(word, |rows, quality| tally.credit(rows, asked, quality));
            asked += 1;
        }
        for number in &query.numbers {
            let rows = self.rows.iter().enumerate();
            let has = |row: &super::Row| number.is(|digits| row.numbers.contains(digits));
            let rows: Vec<u32> = rows
                .filter(|(at, row)| has(row) || self.bears(*at, &number.typed))
                .filter_map(|(at, _)| u32::try_from(at).ok())
                .collect();
            tally.credit(&rows, asked, EQUAL);
            asked += 1;
        }
        for reference in &query.references {
            let entries = self.entries.iter().flatten();
            let named = entries.filter(|entry| {
                entry.reference.as_ref().is_some_and(|own| compact(own).contains(reference))
            });
            let rows: Vec<u32> = named.map(|entry| entry.rows.0).collect();
            tally.credit(&rows, asked, EQUAL);
            asked += 1;
        }
        tally.answered(asked).filter(|(row, _)| self.entry_of(*row).is_some()).collect()
    }

    /// Rows that answer any part of the query: whom to compare.
    pub(super) fn candidates(&self, query: &Query) -> BTreeSet<u32> {
        let mut rows = BTreeSet::new();
        for word in &query.words {
            self.each_word(word, |found, _| rows.extend(found));
        }
        for number in query.numbers.iter().filter(|number| number.typed.len() >= 10) {
            let has = |row: &super::Row| number.is(|digits| row.numbers.contains(digits));
            let having = self.rows.iter().enumerate().filter(|(_, row)| has(row));
            rows.extend(having.filter_map(|(at, _)| u32::try_from(at).ok()));
        }
        rows
    }

    /// The counter of a reference, said alone.
    fn bears(&self, row: usize, number: &str) -> bool {
        let Some(entry) = u32::try_from(row).ok().and_then(|row| self.entry_of(row)) else {
            return false;
        };
        let own = u32::try_from(row).is_ok_and(|row| row == entry.rows.0);
        let counter = entry.reference.as_ref().and_then(|own| own.rsplit('-').nth(1));
        own && counter.is_some_and(|counter| counter.contains(number))
    }

    fn each_word(&self, asked: &str, mut found: impl FnMut(&[u32], u32)) {
        for (word, rows) in &self.words {
            if let Some(quality) = answers(word, asked) {
                found(rows, quality);
            }
        }
    }
}

/// How well a folded word answers what was typed of one.
fn answers(word: &str, asked: &str) -> Option<u32> {
    if word == asked {
        return Some(EQUAL);
    }
    if word.starts_with(asked) {
        return Some(BEGINS);
    }
    let slips = match asked.len() {
        0..=3 => return None,
        4..=7 => 1,
        _ => 2,
    };
    if word.len().abs_diff(asked.len()) > slips {
        return None;
    }
    (strsim::osa_distance(word, asked) <= slips).then_some(NEAR)
}

/// How well each row has answered so far; a row that left a word unanswered is out.
struct Tally(Vec<Answered>);

#[derive(Clone, Copy, Default)]
struct Answered {
    /// Words of the query that it answered, in their order.
    words: u8,
    /// How well, all but the last.
    before: u32,
    /// How well the last.
    last: u32,
}

impl Tally {
    /// These rows answer the next word, after `asked` ones, so well; the best answer counts.
    fn credit(&mut self, rows: &[u32], asked: u8, quality: u32) {
        for row in rows {
            let Some(row) = self.0.get_mut(*row as usize) else { continue };
            if row.words == asked {
                *row = Answered { words: asked + 1, before: row.before + row.last, last: quality };
            } else if row.words == asked + 1 {
                row.last = row.last.max(quality);
            }
        }
    }

    fn answered(self, asked: u8) -> impl Iterator<Item = (u32, u32)> {
        let rows = self.0.into_iter().enumerate();
        rows.filter(move |(_, row)| asked > 0 && row.words == asked)
            .filter_map(|(at, row)| Some((u32::try_from(at).ok()?, row.before + row.last)))
    }
}
